"""Reading content/, which people judged and wrote: tables, TOML and JSON, checked as the files of users are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from iotbaseline._files import tables
from iotbaseline._files.documents import values_of
from iotbaseline._files.problems import Problems
from iotbaseline._files.structure import record
from iotbaseline._files.tables import Layout, Row
from iotbaseline._model.identifiers import nearest

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


def pairs(name: str, first: str, second: str) -> dict[str, str]:
    """A table of two columns, content/NAME.tsv, as the second by the first; raises as :func:`table` does."""
    found: dict[str, str] = {}

    def add(row: Row) -> None:
        if row[first] in found:
            raise row.error(f"{row[first]} occurs twice", "keep one of the rows")
        found[row[first]] = row[second]

    table(name, add, (first, second))
    return found


def structured(name: str, kind: type[T]) -> T:
    """What the file content/NAME, in TOML or JSON, holds as a class of attrs.

    Raises :class:`~iotbaseline.errors.DataErrors` with every value that does not fit, its line and a fix.
    """
    file, path = f"content/{name}", CONTENT / name
    problems = Problems(file)
    value, report = values_of(file, path.read_text("utf-8"), problems)
    made: T = record(value, kind, (), report)
    problems.raise_any()
    return made


def cells(row: Row) -> dict[str, str]:
    """A row as it is, by its columns."""
    return row.cells


def one_of(row: Row, column: str, known: Sequence[str]) -> str:
    """What a column says; raises the error of the row if that is not known."""
    if row[column] not in known:
        raise row.error(f"{column} is {row[column]!r}", f"write {' or '.join(nearest(row[column], known) or known)}")
    return row[column]
