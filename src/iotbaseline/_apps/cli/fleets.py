"""Commands about many products: fleet report."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

import iotbaseline as ib
from iotbaseline import fleet as fleets
from iotbaseline._apps.cli import answer
from iotbaseline._apps.cli.answer import Answer
from iotbaseline._apps.cli.command import command, new_file
from iotbaseline._apps.cli.mapping import baseline, through, within
from iotbaseline._apps.cli.names import SELECTABLE, selected
from iotbaseline._fleet.duck import SOON
from iotbaseline.errors import printable

_SHOWN = ("day", "family", "name", "items", *ib.CoverageLevel)


@command(
    "fleet report assessments --target ir8259a",
    "fleet report assessments --target cra --on 2026-03-01 --on 2026-09-01 --parquet answers",
)
@click.argument("findings", metavar="FOLDER", type=click.Path(exists=True, path_type=Path))
@click.option("--target", required=True, type=SELECTABLE, help="A publication or profile to hold the products against.")
@baseline
@within
@through
@click.option(
    "--on",
    multiple=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="A day to look at, by default today; of several, what changed from the first to the last is counted.",
)
@click.option("--soon", default=SOON, show_default=True, metavar="DAYS", help="How soon what is listed expires.")
@click.option("--parquet", type=click.Path(path_type=Path), metavar="FOLDER", help="A new folder for all answers.")
@click.option(
    "--picture", type=click.Path(path_type=Path), metavar="FILE", help="A new file for a picture: .svg, .png."
)
def report(
    findings: Path,
    target: str,
    baseline: str | None,
    within: str | None,
    through: Sequence[str],
    on: Sequence[datetime],
    soon: int,
    parquet: Path | None,
    picture: Path | None,
    library: ib.Library,
) -> Answer:
    """Hold all products of a folder against a publication or profile, and roll their coverage up by family.

    FOLDER has assessments (TOML, JSON, xlsx), or findings in Parquet. --parquet writes the coverage of each product,
    the items, families and outcomes of the fleet, what changed, and what expires.
    """
    if parquet is not None and os.path.exists(parquet):  # noqa: PTH110
        raise click.ClickException(printable(f"{parquet} exists; name a new folder"))
    found = fleets.report(
        findings,
        selected(target, library),
        baseline=baseline,
        within=within,
        through=through,
        on=_days(on),
        soon=soon,
        library=library,
    )
    if picture is not None:
        new_file(picture, found.plot().save)
    if parquet is not None:
        _write(found, parquet)
    weakest = tuple(f"Weakest: {outcome}" for outcome in found.weakest)
    return answer.of(found, _SHOWN, heading=str(found), remarks=weakest)


def _write(found: fleets.FleetReport, folder: Path) -> None:
    try:
        found.write(folder)
    except OSError as error:
        raise click.FileError(str(folder), str(error.strerror)) from error


def _days(given: Sequence[datetime]) -> list[date] | None:
    return [each.date() for each in given] or None


fleet = click.Group("fleet", commands=(report,), help="Hold many products against a baseline at once.")
