"""Commands that look something up: list, show, profiles, errata, sources."""

from __future__ import annotations

import click

import iotbaseline as ib
from iotbaseline._apps.cli import answer
from iotbaseline._apps.cli.answer import Answer
from iotbaseline._apps.cli.command import command
from iotbaseline._apps.cli.names import PUBLICATION, SELECTABLE, OneOf, is_file, is_profile, profile_of
from iotbaseline._display.records import Record
from iotbaseline._library.library import DEFAULT
from iotbaseline._model import identifiers
from iotbaseline.errors import UnknownIdentifierError, printable


def _roles() -> list[str]:
    return sorted({info.role for info in DEFAULT.publications})


@command("list --role baseline", "list --format csv --output publications.csv", name="list")
@click.option("--role", type=OneOf(_roles), metavar="ROLE", help="Only one role: baseline, profile, framework ...")
def list_(role: str | None, library: ib.Library) -> Answer:
    """List the publications."""
    found = ib.publications(library=library)
    kept = found if role is None else found.where(lambda info: info.role == role)
    return answer.of(kept, ("key", "published", "status", "title"))


@command("show ir8425", 'show "AC-2(3)" --json')
@click.argument("identifier", type=SELECTABLE)
def show(identifier: str, library: ib.Library) -> Answer:
    """Show a publication or profile with its elements, or one element: ir8425, "IR 8259A", federal, AC-2(3)."""
    if is_file(identifier) or is_profile(library, identifier):
        return answer.of_profile(profile_of(identifier, library).resolve())
    publication, _ = library.split(identifiers.checked(identifier))
    if publication is None:
        return _publication(_loaded(identifier, library))
    return _element(ib.get(identifier, library=library), library)


def _loaded(name: str, library: ib.Library) -> ib.Publication:
    """The publication of that name; words that may be a printed title are for the search."""
    try:
        return ib.load(name, library=library)
    except UnknownIdentifierError as error:
        if " " not in name.strip() or not ib.search(name, limit=1, library=library):
            near = (*error.suggestions, *identifiers.nearest(name, library.profile_keys))
            raise UnknownIdentifierError("publication or profile", name, near) from error
        hint = f'{error}; to find it by words of its title: iotbaseline search "{name}"'
        raise click.ClickException(printable(hint)) from error


def _publication(publication: ib.Publication) -> Answer:
    missing = (f"Not held: {publication.missing}",) if publication.missing else ()
    return answer.of(
        publication,
        ("id", "kind", "title", "summary"),
        heading=str(publication),
        remarks=missing,
        nothing=f"no elements of {publication.key} are held",
        on_terminal=lambda: _tree(publication),
    )


def _tree(publication: ib.Publication) -> object:
    from rich.text import Text
    from rich.tree import Tree

    nodes: dict[str | None, Tree] = {None: Tree("", hide_root=True)}
    for element in publication:
        nodes[element.id] = nodes[element.parent].add(Text.assemble((element.local, "cyan"), " ", element.name))
    return nodes[None]


def _element(element: ib.Element, library: ib.Library) -> Answer:
    publication = library.load(element.publication)
    children = publication.children(element)
    facts: Record = {"note": element.note, "url": library.url(element.id), "notice": publication.notice}
    told = [(name, value) for name, value in {**element.to_records()[0], **facts}.items() if value]
    below = [("child", str(child)) for child in children]
    found = ib.Listing([element])
    return Answer(
        found=found,
        document={**element_document(element), **facts, "children": [child.id for child in children]},
        rows=[{"field": name, "value": value} for name, value in (*told, *below)],
        columns=("field", "value"),
    )


def element_document(element: ib.Element) -> dict[str, object]:
    """An element as JSON has it."""
    return {column.name: column.nested(element) for column in element.columns()}


@command("profiles", "profiles --json")
def profiles(library: ib.Library) -> Answer:
    """List the profiles that ship."""
    return answer.of(ib.profiles(library=library), ("key", "basis", "levels", "elements", "title"))


@command("errata", "errata ir8259a")
@click.argument("publication", required=False, type=PUBLICATION)
def errata(publication: str | None, library: ib.Library) -> Answer:
    """List the errors found in the publications, or in one of them."""
    found = ib.errata(publication, library=library)
    columns = [column.name for column in found.columns()]
    return answer.of(found, columns, nothing=f"no errata are known of {publication}")


@command("sources", "sources --format csv")
def sources(library: ib.Library) -> Answer:
    """List the texts that the data was made from."""
    return answer.of(ib.sources(library=library), ("name", "publication", "fidelity", "address"))
