"""The command line: ``iotbaseline list | show | map | diff | search | ...``, each with ``--json``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TextIO

import click
from attrs import asdict
from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

import iotbaseline as ib
from iotbaseline._apps import lists
from iotbaseline._apps.tour import as_text, tour
from iotbaseline._display.records import Record
from iotbaseline._library.bounds import HITS, MAX_HOPS
from iotbaseline._model import identifiers
from iotbaseline._model.kinds import KINDS
from iotbaseline._profiles.document import FILES
from iotbaseline._profiles.starter import starter
from iotbaseline.errors import printable
from iotbaseline.formats import graph_files
from iotbaseline.formats.graph_files import GRAPH_FORMATS


class _Group(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (ib.errors.IoTBaselineError, ValueError) as error:
            raise click.ClickException(str(error)) from error


as_markdown = click.option("--markdown", is_flag=True, help="Print Markdown instead of text.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(ib.__version__, message=f"%(prog)s %(version)s, data {ib.data_version}")
def cli() -> None:
    """NIST's IoT cybersecurity baselines as data."""


@cli.command("list")
@click.option("--role", help="Only publications of one role, such as baseline, profile, framework.")
@as_json
def list_(role: str | None, as_json: bool) -> None:
    """List the publications."""
    roles = sorted({info.role for info in ib.publications()})
    if role is not None and role not in roles:
        raise ib.errors.UnknownNameError("role", role, roles)
    rows = [info.to_records()[0] for info in ib.publications() if role in (None, info.role)]
    _print(rows, ("key", "published", "status", "title"), as_json)


@cli.command()
@click.argument("identifier")
@as_json
def show(identifier: str, as_json: bool) -> None:
    """Show a publication with its elements, or one element: ir8425, "IR 8259A", ir8425:documentation.1.f, AC-2(3)."""
    publication, _ = identifiers.split(identifiers.checked(identifier))
    if publication is None:
        _show_publication(ib.load(identifier), as_json)
    else:
        _show_element(ib.get(identifier), as_json)


def _show_publication(publication: ib.Publication, as_json: bool) -> None:
    if as_json:
        click.echo(_dumped(publication.to_records()))
        return
    nodes: dict[str | None, Tree] = {None: Tree(Text(str(publication), "bold"))}
    for element in publication:
        nodes[element.id] = nodes[element.parent].add(Text.assemble((element.local, "cyan"), " ", element.name))
    Console().print(nodes[None])
    if publication.missing:
        click.echo(f"Not held: {publication.missing}", err=True)


def _show_element(element: ib.Element, as_json: bool) -> None:
    facts: Record = {"note": element.note, "url": ib.url(element.id), "notice": ib.info(element.publication).notice}
    row = {**element.to_records()[0], **facts}
    rows: list[Record] = [row] if as_json else [{"": name, " ": value} for name, value in row.items() if value]
    _print(rows, ("", " "), as_json)


@cli.command("map")
@click.argument("subject")
@click.argument("object", required=False)
@click.option("--unmapped", is_flag=True, help="Show what no mapping starts from instead.")
@as_json
def map_(subject: str, object: str | None, unmapped: bool, as_json: bool) -> None:  # noqa: A002
    """Show the mappings of one element, or all between two publications."""
    if object is None and unmapped:
        raise click.UsageError("--unmapped needs two publications: map SUBJECT OBJECT --unmapped")
    if object is None:
        rows = [mapping.to_records()[0] for mapping in ib.mappings(subject)]
        columns: tuple[str, ...] = ("relation", "object", "object_label", "basis", "rationale")
    elif unmapped:
        rows = [element.to_records()[0] for element in ib.crosswalk(subject, object).unmapped_subjects]
        columns = ("id", "title", "summary")
    else:
        rows = ib.crosswalk(subject, object).to_records()
        columns = ("subject", "relation", "object", "object_label", "basis")
    _print(rows, columns, as_json)


@cli.command()
@click.argument("before")
@click.argument("after")
@as_markdown
@as_json
def diff(before: str, after: str, markdown: bool, as_json: bool) -> None:
    """Show what changed between two publications."""
    _report(ib.diff(before, after), markdown, as_json)


@cli.command()
@click.argument("file", type=click.File(encoding="utf-8-sig", lazy=True))
@click.argument("before")
@click.argument("after")
@click.option("--column", default="id", show_default=True, help="The column of a table that has the identifiers.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="A new file: .csv or .xlsx for a list with what became of each row, .json for a profile carried over.",
)
@as_markdown
@as_json
def migrate(
    file: TextIO, before: str, after: str, column: str, output: Path | None, markdown: bool, as_json: bool
) -> None:
    """Carry over a list of identifiers, or a profile, written for one publication, to another.

    FILE is a table (.xlsx, or CSV) with a column of identifiers, or has one identifier on each line; "-" is standard
    input. If it ends in .toml or .json it is a profile. With --output, the other columns of a table are kept, and the
    rows that need somebody's attention most come first.
    """
    if file.name.lower().endswith(FILES):
        _migrate_profile(ib.read_profile(file.name), before, after, output, markdown, as_json)
        return
    if output is not None and output.suffix not in (".csv", ".xlsx"):
        raise click.UsageError(printable(f"{output} is to be a table; let it end in .csv or .xlsx"))
    rows = lists.rows(file, column)
    found = lists.migrate(rows, column, before, after)
    if output is not None:
        with _writing(output):
            lists.write(output, lists.triage(found, rows))
    _report(found, markdown, as_json)


def _migrate_profile(
    profile: ib.Profile, before: str, after: str, output: Path | None, markdown: bool, as_json: bool
) -> None:
    if output is not None and output.suffix != ".json":
        raise click.UsageError(printable(f"{output} is to be a JSON file; let it end in .json"))
    found = ib.migrate_profile(profile, before, after)
    if output is not None:
        _write_new(output, found.profile_json() + "\n")
    _report(found, markdown, as_json)


def _write_new(path: Path, text: str) -> None:
    """Write a file that does not exist yet."""
    with _writing(path), path.open("x", encoding="utf-8") as file:
        file.write(text)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Says what to do if a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(
            printable(f"{path} cannot be written ({error}); name a file that does not exist yet")
        ) from error


def _fields(error: ib.errors.DataError) -> Record:
    return {name: getattr(error, name) for name in ("file", "place", "problem", "fix")}


class _Reporting(Protocol):
    def to_text(self) -> str: ...
    def to_markdown(self) -> str: ...
    def to_json(self) -> str: ...


def _report(found: _Reporting, markdown: bool, as_json: bool) -> None:
    click.echo(found.to_json() if as_json else found.to_markdown() if markdown else found.to_text())


@cli.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", help=f"Only one kind of element: {', '.join(KINDS)}.")
@click.option("--publication", help="Only one publication.")
@click.option("--limit", default=HITS, show_default=True, help="How many at most.")
@as_json
def search(words: Sequence[str], kind: str | None, publication: str | None, limit: int, as_json: bool) -> None:
    """Find elements by words of their titles and summaries."""
    hits = ib.search(" ".join(words), kind=kind, publication=publication, limit=limit)
    _print([hit.to_records()[0] for hit in hits], ("score", "id", "title", "summary"), as_json)


through = click.option("--through", multiple=True, metavar="PUBLICATION", help="What paths may lead through.")
weak_ = click.option("--weak", is_flag=True, help="Show weak paths too: two untyped mappings, nothing follows.")


@cli.command()
@click.argument("subject")
@click.argument("obj", metavar="OBJECT")
@click.option("--max-hops", default=MAX_HOPS, show_default=True, help="How many hops a path has at most.")
@through
@weak_
@as_json
def explain(subject: str, obj: str, max_hops: int, through: Sequence[str], weak: bool, as_json: bool) -> None:
    """Say how two elements are connected and why, with the source of every hop."""
    found = ib.paths(subject, obj, max_hops=max_hops, through=through or None, weak=weak)
    click.echo(_dumped(found.to_records()) if as_json else found.explain())


@cli.command()
@click.argument("identifier")
@click.argument("publication")
@click.option("--max-hops", default=MAX_HOPS, show_default=True, help="How many hops a path has at most.")
@through
@click.option("--relation", multiple=True, metavar="RELATION", help=f"Only one relation: {', '.join(ib.Relation)}.")
@click.option("--strongest", type=int, metavar="NUMBER", help="Only the first so many.")
@weak_
@as_json
def reach(
    identifier: str,
    publication: str,
    max_hops: int,
    through: Sequence[str],
    relation: Sequence[str],
    strongest: int | None,
    weak: bool,
    as_json: bool,
) -> None:
    """List the elements of a publication that an element is connected with, the firmest first."""
    found = ib.reach(
        identifier,
        publication,
        max_hops=max_hops,
        through=through or None,
        relation=relation or None,
        strongest=strongest,
        weak=weak,
    )
    columns = ("follows" if weak else "relation", "object", "object_name", "path")
    _print(found.to_records(), columns, as_json)


@cli.command()
@click.argument("selection")
@click.argument("target")
@click.option("--baseline", help="Only the controls of one baseline of SP 800-53B: LOW, MODERATE, HIGH, PRIVACY.")
@click.option("--within", help="Only what stands below one element of the target.")
@through
@as_json
def coverage(
    selection: str, target: str, baseline: str | None, within: str | None, through: Sequence[str], as_json: bool
) -> None:
    """Show how far a publication or profile covers another, and what it leaves open."""
    one, other = _elements(selection), _elements(target)
    found = ib.coverage(one, other, baseline=baseline, within=within, through=through)
    if not as_json:
        click.echo(found)
    _print(found.to_records(), ("element", "name", "level", "by"), as_json)


def _elements(name: str) -> str | tuple[ib.Element, ...]:
    """The name of a publication as it is, or the elements of a profile that ships or stands in a file."""
    return _profile(name).resolve().elements if _is_profile(name) else name


def _is_profile(name: str) -> bool:
    return name.lower().endswith(FILES) or name in {each.key for each in ib.profiles()}


def _profile(name: str) -> ib.Profile:
    return ib.read_profile(name) if name.lower().endswith(FILES) else ib.profile(name)


@cli.command()
@click.argument("left")
@click.argument("right")
@through
@as_markdown
@as_json
def compare(left: str, right: str, through: Sequence[str], markdown: bool, as_json: bool) -> None:
    """Compare two profiles, or a profile and a publication, element by element."""
    one, other = (_profile(name) if _is_profile(name) else name for name in (left, right))
    _report(ib.compare(one, other, through=through), markdown, as_json)


@cli.command()
@as_json
def findings(as_json: bool) -> None:
    """List what is wrong in the crosswalks: contradictions, asymmetries, withdrawn and missing elements."""
    _print(ib.check_crosswalks().to_records(), ("kind", "text"), as_json)


@cli.command()
@click.argument("key_or_path")
@click.option("--level", help="Only what holds at one level of the profile.")
@as_json
def profile(key_or_path: str, level: str | None, as_json: bool) -> None:
    """Show what a profile comes to: one that ships (federal), or a file of your own (my-profile.toml)."""
    found = _profile(key_or_path).resolve(level)
    if as_json:
        click.echo(found.to_json())
        return
    click.echo(str(found))
    rows: list[Record] = [{**row, "name": item.element.name} for item in found for row in item.to_records()]
    _print([{name: value or None for name, value in row.items()} for row in rows], _PROFILE_COLUMNS, as_json)
    for question in found.profile.questions:
        click.echo(f"Open: {question.question} ({question.why})")


_PROFILE_COLUMNS = ("id", "name", "levels", "modifications")


@cli.command()
@click.argument("path")
@as_json
def check(path: str, as_json: bool) -> None:
    """Check a profile file of your own; ends with status 1 if there is anything wrong with it."""
    errors = ib.check_profile(path)
    if as_json:
        click.echo(_dumped([_fields(error) for error in errors]))
    else:
        click.echo(str(ib.errors.DataErrors(errors)) if errors else printable(f"{path}: no problems"))
    if errors:
        raise SystemExit(1)


@cli.command()
@click.argument("path", type=click.Path(path_type=Path))
@as_json
def init(path: Path, as_json: bool) -> None:
    """Write a profile to begin with, as a TOML file that explains itself."""
    if path.suffix != ".toml":
        raise click.UsageError(printable(f"{path} is to be a TOML file; let it end in .toml"))
    _write_new(path, starter(path.name))
    click.echo(
        _dumped({"written": str(path)}) if as_json else printable(f"{path} written; see: iotbaseline profile {path}")
    )


@cli.command()
@click.argument("publications", nargs=-1, metavar="[PUBLICATION]...")
@click.option("--output", type=click.Path(dir_okay=False), help=f"A file: {', '.join(GRAPH_FORMATS)}.")
@as_json
def graph(publications: Sequence[str], output: str | None, as_json: bool) -> None:
    """Write publications, or all there are, as a graph to a file whose suffix names the format."""
    if (output is None) is not as_json:
        raise click.UsageError("give either --output FILE or --json")
    made = ib.graph(*publications)
    if output is None:
        click.echo(graph_files.node_link(made), nl=False)
        return
    try:
        ib.export_graph(made, output)
    except OSError as error:
        raise click.FileError(output, str(error.strerror)) from error
    click.echo(f"{output}: {len(made)} nodes, {made.number_of_edges()} edges")


@cli.command()
@as_json
def sources(as_json: bool) -> None:
    """List the texts that the data was made from."""
    rows: list[Record] = [asdict(source) for source in ib.sources()]
    _print(rows, ("name", "publication", "fidelity", "address"), as_json)


@cli.command("tour")
@as_json
def tour_(as_json: bool) -> None:
    """Answer one real question of each kind."""
    stops = tour()
    click.echo(_dumped([asdict(stop) for stop in stops]) if as_json else as_text(stops))


def _print(rows: Sequence[Record], columns: Sequence[str], as_json: bool) -> None:
    if as_json:
        click.echo(_dumped(rows))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    shown = [column for column in columns if any(row[column] is not None for row in rows)]
    for column in shown:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if row[column] is None else str(row[column])) for column in shown))
    Console().print(table)


def _dumped(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False)
