"""Tables of delimited text that strangers wrote: read whole, row by row, each with the line it stands on.

Double quotes are those of RFC 4180, which SSSOM/TSV takes over. Every cell is trimmed; empty rows are left out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from io import StringIO
from os import PathLike
from pathlib import Path
from typing import TypeAlias, TypeVar

from attrs import frozen

from iotbaseline._model.identifiers import nearest
from iotbaseline.errors import DataError, DataErrors, shorten
from iotbaseline.relations import STRONGEST

T = TypeVar("T")

_STRENGTH = re.compile(r"10|[0-9]")


class Hints:
    """What is most like a text that is unknown, for the first errors of a file: to look takes long in long lists."""

    def __init__(self) -> None:
        self._left = 60_000

    def near(self, text: str, known: Collection[str], prefix: str = "") -> str:
        """Ask whether the nearest are meant; an empty text if none is near or too many texts have been compared."""
        self._left -= len(known)
        near = nearest(text, known) if self._left >= 0 else ()
        return f"did you mean {' or '.join(f'{prefix}{each}' for each in near)}?" if near else ""


@frozen
class Row:
    """One row by its columns, with its place for errors; what has no column is an empty text."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def error(self, problem: str, fix: str) -> DataError:
        """The error of this row."""
        return DataError(self.file, f"line {self.line}", problem, fix)

    def strength(self, column: str) -> int | None:
        """The strength in a column, or ``None`` where there is none; raises an error for what is no strength."""
        written = self[column]
        if not written:
            return None
        if not _STRENGTH.fullmatch(written):
            raise self.error(f"{column} is {shorten(written)}", f"write a whole number from 0 to {STRONGEST}")
        return int(written)


Resolve: TypeAlias = Callable[[Row, str, str], str]
"""What gives the identifier that a text in a column of a row means, or raises the error of the row."""


@frozen
class Ends:
    """How the identifiers of a mapping are resolved: of its subject, its object, and those on the path between."""

    subject: Resolve
    object: Resolve
    between: Resolve


@frozen
class Layout:
    """How a kind of table is recognised and read.

    ``fold`` turns the name of a column as written into the one that ``required`` and ``optional`` list; ``others``
    says whether columns beside those are left out or are an error.
    """

    name: str
    delimiter: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    others: bool
    fold: Callable[[str], str]

    def __str__(self) -> str:
        between = "tabs" if self.delimiter == "\t" else "commas"
        return f"{self.name} has the columns {', '.join(self.required)} with {between} between them"


def text_of(path: str | PathLike[str]) -> tuple[str, str]:
    """Return the name of a file without its folder, and its text without a byte order mark.

    Raises :class:`~iotbaseline.errors.DataError` if it cannot be read, is not UTF-8 or holds a null character.
    """
    file = Path(path)
    try:
        text = file.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise DataError(file.name, f"byte {error.start}", "it is not UTF-8", "save it as UTF-8") from error
    except (OSError, ValueError) as error:
        problem = f"it cannot be read ({error})"
        raise DataError(str(path), "whole file", problem, "name a file that can be read") from error
    if "\0" in text:
        place = f"line {text.count(chr(10), 0, text.index(chr(0))) + 1}"
        raise DataError(file.name, place, "it holds a null character", "save it as plain text in UTF-8")
    return file.name, text


def layout_of(file: str, text: str, layouts: Iterable[Layout]) -> Layout:
    """Return the layout whose required columns the table has.

    Raises :class:`~iotbaseline.errors.DataError`, which shows all that there are, if it is none of them.
    """
    known = tuple(layouts)
    for layout in known:
        with suppress(DataError):
            _, names = _head(_rows(file, text, layout.delimiter))
            if {layout.fold(name) for name in names}.issuperset(layout.required):
                return layout
    first = next((line for line in StringIO(text) if not line.startswith("#")), "")
    problem = f"its columns are of no known layout: {shorten(first.strip())}"
    raise DataError(file, "header", problem, "; ".join(map(str, known)))


def read(file: str, text: str, layout: Layout, make: Callable[[Row], T]) -> tuple[T, ...]:
    """Make something of each row of a table; lines that start with ``#`` may stand before it.

    Raises :class:`~iotbaseline.errors.DataError` for a column that is missing, not known or there twice and for a
    table without rows, and :class:`~iotbaseline.errors.DataErrors` with one error for each row that is torn or
    that ``make`` raises an error for.
    """
    rows = _rows(file, text, layout.delimiter)
    line, names = _head(rows)
    columns = _columns(file, line, names, layout)
    found: list[T] = []
    problems: list[DataError] = []
    try:
        for line, cells in rows:
            try:
                found.append(make(_row(file, line, columns, cells)))
            except DataError as error:
                problems.append(error)
    except DataError as torn:
        problems.append(torn)
    if problems:
        raise DataErrors(problems)
    if not found:
        raise DataError(file, f"line {line + 1}", "there are no rows", "write a row for each record")
    return tuple(found)


def _rows(file: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    lines = list(StringIO(text, newline=""))
    first = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    reader = csv.reader(lines[first:], delimiter=delimiter, strict=True)
    while True:
        line = first + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problem = f"its cells cannot be told apart ({error})"
            fix = 'close every quote, write "" for a quote in a quoted cell, shorten cells of over 100,000 characters'
            raise DataError(file, f"line {line}", problem, fix) from error
        if cells is None:
            return
        trimmed = [cell.strip() for cell in cells]
        if any(trimmed):
            yield line, trimmed


def _head(rows: Iterator[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    none: tuple[int, list[str]] = (1, [])
    return next(rows, none)


def _columns(file: str, line: int, names: list[str], layout: Layout) -> list[str]:
    columns = [layout.fold(name) for name in names]
    known = (*layout.required, *layout.optional)
    all_known = f"the columns are {', '.join(known)}"
    for name, column in zip(names, columns, strict=True):
        if column not in known and not layout.others:
            hint = f"did you mean {' or '.join(near)}?" if (near := nearest(column, known)) else all_known
            raise DataError(file, f"line {line}", f"there is no column {shorten(name)} in {layout.name}", hint)
        if column in known and columns.count(column) > 1:
            raise DataError(file, f"line {line}", f"the column {shorten(name)} is there twice", "keep one of them")
    for column in layout.required:
        if column not in columns:
            raise DataError(file, f"line {line}", f"the column {shorten(column)} is missing", all_known)
    return columns


def _row(file: str, line: int, columns: list[str], cells: list[str]) -> Row:
    row = Row(file, line, dict(zip(columns, cells, strict=False)))
    if len(cells) != len(columns):
        fix = "give each column one cell, and quote a cell that holds what separates the columns"
        raise row.error(f"the row has {len(cells)} cells for {len(columns)} columns", fix)
    return row
