"""Commands about revisions: diff, migrate."""

from __future__ import annotations

import csv
from typing import TextIO

import click

import iotbaseline as ib
from iotbaseline._apps.cli import answer
from iotbaseline._apps.cli.answer import Answer
from iotbaseline._apps.cli.command import command
from iotbaseline._apps.cli.names import PUBLICATION, is_file


@command("diff ir8259 ir8259r1", "diff sp800-53r4 sp800-53r5 --markdown --output changes.md")
@click.argument("before", type=PUBLICATION)
@click.argument("after", type=PUBLICATION)
def diff(before: str, after: str, library: ib.Library) -> Answer:
    """Show what changed between two publications."""
    return answer.report(ib.diff(before, after, library=library))


@command(
    "migrate controls.csv sp800-53r4 sp800-53r5",
    "migrate profile.toml sp800-53r4 sp800-53r5 --output profile-r5.json",
)
@click.argument("file", type=click.File(encoding="utf-8-sig", lazy=True))
@click.argument("before", type=PUBLICATION)
@click.argument("after", type=PUBLICATION)
def migrate(file: TextIO, before: str, after: str, library: ib.Library) -> Answer:
    """Migrate a list of identifiers, or a profile, written for one publication, to another.

    FILE is a table (CSV) with a column "id", or has one identifier on each line; "-" is standard input. If it ends in
    .toml or .json it is a profile, and --output names a new JSON file for the migrated profile.
    """
    if is_file(file.name):
        migrated = ib.migrate_profile(ib.read_profile(file.name, library=library), before, after, library=library)
        return answer.report(migrated, saved=migrated.profile_json() + "\n")
    listed = _listed(file)
    try:
        found = ib.migrate([row for _, row in listed], before, after, library=library)
    except ib.errors.DataErrors as error:
        lines = {str(place): number for place, (number, _) in enumerate(listed)}
        raise ib.errors.DataErrors(_placed(each, file.name, lines.get(each.place)) for each in error.errors) from error
    return answer.report(found)


def _placed(error: ib.errors.DataError, file: str, line: int | None) -> ib.errors.DataError:
    """The error of an entry as that of the line of the file that it stands in."""
    place = error.place if line is None else f"line {line}"
    return ib.errors.DataError(file, place, error.problem, error.fix, line)


def _listed(file: TextIO) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table or the lines of a list, each with its number; what is empty is left out."""
    try:
        lines = file.readlines()
    except UnicodeDecodeError as error:
        raise ib.errors.DataError(file.name, f"byte {error.start}", "it is not UTF-8", "save it as UTF-8") from error
    rows = csv.reader(lines)
    try:
        header = ["id" if name.strip().lower() == "id" else name for name in next(rows, list[str]())]
        if "id" not in header:
            return [(number, {"id": line.strip()}) for number, line in enumerate(lines, 1) if line.strip()]
        return [(rows.line_num, dict(zip(header, row, strict=True))) for row in rows if any(row)]
    except (ValueError, csv.Error) as error:
        fix = "give each row as many cells as the first one"
        raise ib.errors.DataError(file.name, f"line {rows.line_num}", "it is not a row of the table", fix) from error
