"""The pages of publications: the list, and for each what it is, its tree and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import addresses, words
from iotbaseline._apps.site.elements import entry_of
from iotbaseline._apps.site.held import Held, Ref
from iotbaseline._apps.site.page import Page

_OPEN = 60
"""A tree of at most so many lines is shown opened."""


@frozen
class Branch:
    """A line of the tree of a publication."""

    target: Ref
    count: int
    below: tuple[Branch, ...]
    is_open: bool


@frozen
class Stage:
    """A stage of a work."""

    key: str
    short: str
    address: str
    when: str


@frozen
class Changed:
    """A difference to another publication."""

    address: str
    before: str
    after: str
    said: str


@frozen
class Walk:
    """A crosswalk from or to a publication."""

    address: str
    subject: str
    object: str
    count: int


@frozen
class Line:
    """A line of the list of publications."""

    address: str
    short: str
    title: str
    when: str
    notice: str | None
    count: int
    is_old: bool


def pages(held: Held) -> Iterator[Page]:
    """The list of publications, and a page for each that the registry knows."""
    yield _list(held)
    for info in held.infos.values():
        yield _page(held, info)


def _list(held: Held) -> Page:
    lines: dict[str, list[Line]] = {heading: [] for heading in words.ROLES.values()}
    for key in sorted(held.infos, key=lambda key: (key not in held.publications, held.rank(key))):
        info = held.infos[key]
        lines.setdefault(words.ROLES.get(info.role, "Other"), []).append(
            Line(
                addresses.of_publication(key),
                held.short[key],
                info.title or "",
                info.published or "undated",
                info.notice and held.named(info.notice),
                len(held.publications.get(key, ())),
                held.is_old(key) or key not in held.publications,
            )
        )
    return Page(
        address="publications.html",
        title="Publications",
        about="Every publication that is held, by what it is, with its date and status.",
        template="publications.html",
        area="publications",
        facts={
            "groups": [(heading, found) for heading, found in lines.items() if found],
            "held": len(held.publications),
            "known": len(held.infos) - len(held.publications),
        },
    )


def _page(held: Held, info: ib.PublicationInfo) -> Page:
    publication = held.publications.get(info.key)
    elements = () if publication is None else publication.elements
    sections = (
        []
        if publication is None
        else [entry_of(held, publication, each) for each in publication.roots if not held.addresses.has_page(each)]
    )
    return Page(
        address=addresses.of_publication(info.key),
        title=f"{held.short[info.key]} {info.title or ''}".strip(),
        about=words.brief(f"{info.title or info.key}: its elements, crosswalks and revisions.", 200),
        template="publication.html",
        area="publications",
        facts={
            "info": info,
            "short": held.short[info.key],
            "link": held.library.url(info.key),
            "missing": None if publication is None else publication.missing,
            "facts": list(_facts(info, len(elements))),
            "standing": held.standing(info.key),
            "stages": list(_stages(held, info)),
            "changes": list(_changes(held, info.key)),
            "crosswalks": list(_crosswalks(held, info.key)),
            "tree": [] if publication is None else _tree(held, publication),
            "sections": sections,
            "errata": sum(erratum.publication == info.key for erratum in held.library.errata()),
        },
    )


def _facts(info: ib.PublicationInfo, count: int) -> Iterator[tuple[str, str]]:
    yield "Published", info.published or "undated"
    yield "Stage", info.stage
    yield (
        "Held",
        f"{words.plural(count, 'element')}, fidelity {info.fidelity}" if count else "its entry in the registry",
    )


def _stages(held: Held, info: ib.PublicationInfo) -> Iterator[Stage]:
    for one in held.library.revisions(info.key):
        yield Stage(one.key, held.short[one.key], addresses.of_publication(one.key), one.published or "undated")


def _changes(held: Held, key: str) -> Iterator[Changed]:
    for (before, after), difference in held.differences.items():
        if key in (before, after):
            said = str(difference).partition(": ")[2]
            yield Changed(addresses.of_difference(before, after), held.short[before], held.short[after], said)


def _crosswalks(held: Held, key: str) -> Iterator[Walk]:
    for subject, obj in held.library.crosswalk_pairs():
        if key in (subject, obj):
            count = len(held.library.mappings(subject, obj))
            yield Walk(addresses.of_crosswalk(subject, obj), held.short[subject], held.short[obj], count)


def _tree(held: Held, publication: ib.Publication) -> list[Branch]:
    own = [element for element in publication.roots if held.addresses.has_page(element)]
    is_small = sum(map(held.addresses.has_page, publication)) <= _OPEN
    return [_branch(held, publication, element, is_small) for element in own]


def _branch(held: Held, publication: ib.Publication, element: ib.Element, is_small: bool) -> Branch:
    below = [child for child in publication.children(element) if held.addresses.has_page(child)]
    branches = tuple(_branch(held, publication, child, is_small) for child in below)
    count = sum(branch.count + 1 for branch in branches)
    return Branch(held.ref(element.id), count, branches, is_small)
