"""Commands about revisions: diff, history, migrate."""

from __future__ import annotations

from typing import TextIO

import click

import iotbaseline as ib
from iotbaseline._apps.cli import answer, lists
from iotbaseline._apps.cli.answer import Answer, Saved
from iotbaseline._apps.cli.command import command
from iotbaseline._apps.cli.names import PUBLICATION, is_file


@command("diff ir8259 ir8259r1", "diff sp800-53r4 sp800-53r5 --markdown --output changes.md")
@click.argument("before", type=PUBLICATION)
@click.argument("after", type=PUBLICATION)
def diff(before: str, after: str, library: ib.Library) -> Answer:
    """Show what changed between two publications."""
    return answer.report(ib.diff(before, after, library=library))


@command("history sp800-213a", "history ir8259 --output history.html")
@click.argument("publication", type=PUBLICATION)
def history(publication: str, library: ib.Library) -> Answer:
    """Show all stages of a work: their dates and status, and what changed from one to the next."""
    return answer.report(ib.history(publication, library=library))


@command(
    "migrate controls.csv sp800-53r4 sp800-53r5 --column id --output triage.xlsx",
    "migrate profile.toml sp800-53r4 sp800-53r5 --output profile-r5.json",
)
@click.argument("file", type=click.File(encoding="utf-8-sig", lazy=True))
@click.argument("before", type=PUBLICATION)
@click.argument("after", type=PUBLICATION)
@click.option("--column", default="id", show_default=True, help="The column of a table that has the identifiers.")
def migrate(file: TextIO, before: str, after: str, column: str, library: ib.Library) -> Answer:
    """Migrate a list of identifiers, or a profile, written for one publication, to another.

    FILE is a table (.xlsx, or CSV) with a column of identifiers, or has one identifier on each line; "-" is standard
    input. If it ends in .toml or .json it is a profile, and --output names a new JSON file for the migrated profile.
    For a list, --output with .csv or .xlsx keeps the other columns, and the rows that need your attention come first.
    """
    if is_file(file.name):
        migrated = ib.migrate_profile(ib.read_profile(file.name, library=library), before, after, library=library)
        text = migrated.profile_json() + "\n"
        return answer.report(migrated, saved=Saved((".json",), lambda path: path.write_bytes(text.encode()), True))
    rows = lists.rows(file, column)
    found = lists.migrate(rows, column, before, after, library)
    saved = Saved((".csv", ".xlsx"), lambda path: lists.write(path, lists.triage(found, rows)))
    return answer.report(found, saved=saved)
