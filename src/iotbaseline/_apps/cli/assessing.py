"""Commands about products: assess init, check, report, shows, plan, migrate, evidence, export."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from attrs import evolve

import iotbaseline as ib
from iotbaseline import assessments
from iotbaseline._apps.cli import answer
from iotbaseline._apps.cli.answer import Answer
from iotbaseline._apps.cli.command import PLAIN, command, new_file
from iotbaseline._apps.cli.mapping import baseline, through, within
from iotbaseline._apps.cli.names import PUBLICATION, SELECTABLE, is_file, selected
from iotbaseline._assessments.assessment import key_of
from iotbaseline.assessments import Assessment, Component, ComponentRole, Product
from iotbaseline.errors import DataErrors, printable
from iotbaseline.formats.registry import FORMATS

_SHEET = ".xlsx"
_WRITTEN = (".toml", _SHEET)
_EXPORTED = sorted(name for name, each in FORMATS.items() if "assessments" in each.takes)
on_day = click.option("--on", metavar="DATE", help="As of this day: what has expired before counts as not assessed.")


@command(
    "assess init consumer --product thermostat",
    'assess init ir8425 --product "Heating control" --component device=Hub --output heating.xlsx',
    formats=PLAIN,
)
@click.argument("against", metavar="AGAINST", type=SELECTABLE)
@click.option("--product", required=True, help="What the product is called.")
@click.option("--version", help="Its version.")
@click.option("--maker", help="Who makes it.")
@click.option("--component", multiple=True, metavar="ROLE=NAME", help=f"A component: {', '.join(ComponentRole)}.")
@click.option("--level", help="One level of the profile.")
@click.option("--output", type=click.Path(path_type=Path), help="A new file: .toml, or .xlsx (extra excel).")
def init(
    against: str,
    product: str,
    version: str | None,
    maker: str | None,
    component: Sequence[str],
    level: str | None,
    output: Path | None,
    library: ib.Library,
) -> Answer:
    """Write a questionnaire: a row for each element that AGAINST, a publication or profile, asks for.

    It is a TOML file named after the product, or what --output names. A profile of your own has to be in the folder of
    the questionnaire, or below it.
    """
    path = Path(f"{key_of(product)}.toml") if output is None else output
    held = _named_from(path.parent, against)
    described = Product(
        key=key_of(product), name=product, version=version, maker=maker, components=tuple(_components(component))
    )
    made = assessments.start(held, described, level=level, folder=path.parent, library=library)
    _write(made, path, library)
    return Answer(
        document={"written": str(path), "findings": len(made)},
        text=printable(f"{path} written; fill it in, then: iotbaseline assess check {path}"),
    )


def _components(given: Iterable[str]) -> Iterator[Component]:
    keys: set[str] = set()
    for text in given:
        role, _, name = text.partition("=")
        if not name.strip() or role not in list(ComponentRole):
            raise click.UsageError(printable(f"{text}: write ROLE=NAME, with one of {', '.join(ComponentRole)}"))
        if key_of(name) in keys:
            raise click.UsageError(printable(f"{text}: two components are called so"))
        keys.add(key_of(name))
        yield Component(key=key_of(name), role=ComponentRole(role), name=name)


def _named_from(folder: Path, against: str) -> str:
    """The name of a publication or profile; the file of a profile is named from a folder."""
    return Path(os.path.relpath(against, folder)).as_posix() if is_file(against) else against


def _moved(made: Assessment, before: Path, after: Path) -> Assessment:
    """The assessment for a file in another folder: a profile of your own has to be found from there."""
    if not is_file(made.against):
        return made
    against = _named_from(after, str(before / made.against))
    if against.startswith(".."):
        raise click.UsageError(
            printable(f"{before / made.against} has to be in {after} or below; move it, or --output")
        )
    return evolve(made, against=against)


def _write(made: Assessment, path: Path, library: ib.Library) -> None:
    """Write an assessment to a new file, whose suffix names the format."""
    if path.suffix not in _WRITTEN:
        raise click.UsageError(printable(f"{path} must end in {' or '.join(_WRITTEN)}"))

    def filled(file: Path) -> None:
        if path.suffix == _SHEET:
            assessments.write_questionnaire(made, file, library=library)
        else:
            file.write_bytes(assessments.to_toml(made, library=library).encode())

    new_file(path, filled)


@command("assess check thermostat.toml", "assess check heating.xlsx --json", formats=PLAIN)
@click.argument("path", metavar="FILE")
def check(path: str, library: ib.Library) -> Answer:
    """Check an assessment; ends with status 1 if anything is wrong with it, each problem with line or cell and fix."""
    errors = assessments.check_assessment(path, library=library)
    if errors:
        problems = [{name: getattr(error, name) for name in ("file", "place", "problem", "fix")} for error in errors]
        return Answer(document={"problems": problems}, text=str(DataErrors(errors)), status=1)
    good = assessments.read_assessment(path, library=library)
    told = {} if good.notice is None else {"notice": good.notice}
    lines = (f"{path}: no problems; {good}", *told.values())
    return Answer(document={"problems": [], **told}, text="\n".join(map(printable, lines)))


@command("assess report thermostat.toml", "assess report heating.xlsx --statement --output statement.html")
@click.argument("path", metavar="FILE")
@click.option("--statement", is_flag=True, help="Only what is not met, in part or not applicable, and why.")
@on_day
def report(path: str, statement: bool, on: str | None, library: ib.Library) -> Answer:
    """Print an assessment as a report; --output report.html writes a page that stands alone and can be printed."""
    found = _read(path, on, library)
    shown = found.statement if statement else found
    return answer.report(shown, page=shown.to_html)


@command(
    "assess shows thermostat.toml ir8259a", "assess shows heating.xlsx sp800-53r5 --baseline low --through sp800-213a"
)
@click.argument("path", metavar="FILE")
@click.argument("target", type=SELECTABLE)
@baseline
@within
@through
@on_day
def shows(
    path: str,
    target: str,
    baseline: str | None,
    within: str | None,
    through: Sequence[str],
    on: str | None,
    library: ib.Library,
) -> Answer:
    """Tell what the findings show for another publication or profile: in full, in part, as support, or nothing."""
    found = assessments.shows(
        _read(path, on, library),
        selected(target, library),
        baseline=baseline,
        within=within,
        through=through,
        library=library,
    )
    return answer.of(found, ("element", "name", "conclusion", "by"), heading=str(found))


@command("assess plan thermostat.toml ir8259a", "assess plan heating.xlsx federal --output plan.md")
@click.argument("path", metavar="FILE")
@click.argument("target", type=SELECTABLE)
@baseline
@within
@through
@on_day
def plan(
    path: str,
    target: str,
    baseline: str | None,
    within: str | None,
    through: Sequence[str],
    on: str | None,
    library: ib.Library,
) -> Answer:
    """List what to meet next to show more of another publication or profile, the least effort first."""
    found = assessments.plan(
        _read(path, on, library),
        selected(target, library),
        baseline=baseline,
        within=within,
        through=through,
        library=library,
    )
    nothing = "nothing that is open would show more"
    return answer.of(found, ("element", "name", "findings", "gains", "shows"), heading=str(found), nothing=nothing)


def _read(path: str, on: str | None, library: ib.Library) -> Assessment:
    found = assessments.read_assessment(path, library=library)
    return found if on is None else found.on(on)


@command(
    "assess migrate old.toml ir8259b.ipd ir8259b --output new.toml",
    "assess migrate old.toml ir8259b.ipd ir8259b --json",
    formats=PLAIN,
)
@click.argument("path", metavar="FILE")
@click.argument("before", type=PUBLICATION)
@click.argument("after", type=PUBLICATION)
@click.option("--against", type=SELECTABLE, help="What it is held against then: a profile in the folder of FILE, say.")
@click.option("--output", type=click.Path(path_type=Path), help="A new file: .toml, or .xlsx (extra excel).")
def migrate(
    path: str, before: str, after: str, against: str | None, output: Path | None, library: ib.Library
) -> Answer:
    """Migrate an assessment to another revision; what needs review is not assessed, and keeps its evidence.

    By default it is held against the later publication, or against the same profile as before.
    """
    folder = Path(path).parent
    held = None if against is None else _named_from(folder, against)
    found = assessments.migrate_assessment(
        assessments.read_assessment(path, library=library), before, after, against=held, folder=folder, library=library
    )
    if output is not None:
        _write(_moved(found.assessment, folder, output.parent), output, library)
    return answer.report(found)


@command(
    "assess evidence thermostat.toml scan.sarif rules.csv --output scanned.toml",
    "assess evidence heating.xlsx scan.sarif rules.csv --output scanned.xlsx",
    formats=PLAIN,
)
@click.argument("path", metavar="FILE")
@click.argument("sarif")
@click.argument("rules")
@click.option(
    "--output", required=True, type=click.Path(path_type=Path), help="A new file: .toml, or .xlsx (extra excel)."
)
def evidence(path: str, sarif: str, rules: str, output: Path, library: ib.Library) -> Answer:
    """Add the results of a scanner (SARIF) as evidence; statuses stay as they are.

    RULES is a CSV file with the columns rule and element: which rule of the scanner says something about which element.
    """
    found = assessments.add_sarif(assessments.read_assessment(path, library=library), sarif, rules, library=library)
    _write(_moved(found.assessment, Path(path).parent, output.parent), output, library)
    return Answer(
        document={"written": str(output), "added": found.added, "unmatched": list(found.unmatched)},
        text=printable(f"{output} written; {found}"),
    )


@command(
    "assess export thermostat.toml cyclonedx-declarations thermostat.cdx.json",
    "assess export heating.xlsx oscal-implementation heating",
)
@click.argument("path", metavar="FILE")
@click.argument("target_format", metavar="FORMAT", type=click.Choice(_EXPORTED))
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Write nothing if anything would be lost.")
def export(path: str, target_format: str, target: Path, strict: bool, library: ib.Library) -> Answer:
    """Write an assessment in the format of another tool; TARGET is a new file, or a new folder."""
    if os.path.exists(target):  # noqa: PTH110
        raise click.ClickException(printable(f"{target} exists; name a new file or folder"))
    found = assessments.read_assessment(path, library=library)
    try:
        return answer.report(ib.export(found, target_format, target, strict=strict, library=library))
    except OSError as error:
        raise click.FileError(str(target), str(error.strerror)) from error


assess = click.Group(
    "assess",
    commands=(init, check, report, shows, plan, migrate, evidence, export),
    help="Hold a product against a baseline: questionnaire, report, what it shows elsewhere.",
)
