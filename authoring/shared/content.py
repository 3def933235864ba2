"""Reading content/, which people judged and wrote: tables and TOML, checked as the files of users are."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from attrs import frozen

from iotbaseline._files import tables
from iotbaseline._files.positions import toml_lines
from iotbaseline._files.problems import Report
from iotbaseline._files.structure import record
from iotbaseline._files.tables import Layout, Row
from iotbaseline.errors import DataErrors

CONTENT = Path(__file__).resolve().parents[1] / "content"

T = TypeVar("T")


def table(
    name: str, make: Callable[[Row], T], required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> tuple[T, ...]:
    """Make something of each row of content/NAME.tsv.

    Raises :class:`~iotbaseline.errors.DataError` and :class:`~iotbaseline.errors.DataErrors` with the line and a fix.
    """
    path = CONTENT / f"{name}.tsv"
    layout = Layout(f"the table {name}", "\t", required, optional, False, str)
    _, text = tables.text_of(path)
    return tables.read(f"content/{name}.tsv", text, layout, make)


def toml(name: str, kind: type[T]) -> T:
    """What content/NAME.toml holds, as a class of attrs.

    Raises :class:`~iotbaseline.errors.DataErrors` with every value that does not fit, its line and a fix.
    """
    text = (CONTENT / f"{name}.toml").read_text("utf-8")
    report = Report(f"content/{name}.toml", toml_lines(text))
    made: T = record(tomllib.loads(text), kind, (), report)
    if report.errors:
        raise DataErrors(report.errors)
    return made


def cells(row: Row) -> dict[str, str]:
    """A row as it is, by its columns."""
    return row.cells


@frozen
class Summary:
    """Our words for what a statement asks for, and whether it asks at all, where somebody judged that."""

    text: str
    asks: str | None = None


def _summary(row: Row) -> tuple[str, Summary]:
    if not row["summary"]:
        raise row.error("the summary is empty", "write it, or take the row out")
    if row["asks"] not in ASKS:
        raise row.error(f"asks is {row['asks']!r}", f"write {', '.join(filter(None, ASKS))}, or leave it empty")
    return row["local_id"], Summary(row["summary"], row["asks"] or None)


ASKS = ("required", "may-be-necessary", "example", "")


def summaries(name: str) -> dict[str, Summary]:
    """The summaries of content/summaries/NAME.tsv by local identifier."""
    seen: set[str] = set()

    def once(row: Row) -> tuple[str, Summary]:
        if row["local_id"] in seen:
            raise row.error(f"{row['local_id']} occurs twice", "keep one of the rows")
        seen.add(row["local_id"])
        return _summary(row)

    return dict(table(f"summaries/{name}", once, ("local_id", "summary"), ("asks",)))
