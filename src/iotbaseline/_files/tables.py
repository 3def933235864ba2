"""Tables of delimited text that other people wrote, read row by row, each row with its line.

Quoting follows RFC 4180, as SSSOM/TSV does. Cells are trimmed, and empty rows are left out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import BytesIO, StringIO, TextIOWrapper
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import TypeAlias, TypeVar

from attrs import define, frozen

from iotbaseline._display.progress import watched
from iotbaseline._files import documents
from iotbaseline._files.problems import Hints, Problems
from iotbaseline._model.hidden import hidden_in
from iotbaseline.errors import DataError, counted, shorten
from iotbaseline.relations import STRONGEST

T = TypeVar("T")

_LARGEST = 500_000_000
_ANY = "surrogatepass"
"""How a text is encoded with all that may be in it; what no cell may have is refused where it is found."""
_STRENGTH = re.compile(r"10|[0-9]")


@define
class Row:
    """One row: its cells by column, and its place for errors. A column that is not there reads as an empty text."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def error(self, problem: str, fix: str) -> DataError:
        """An error in this row."""
        return DataError(self.file, f"line {self.line}", problem, fix, self.line)

    def strength(self, column: str) -> int | None:
        """The strength in a column, or ``None`` if the cell is empty; raises an error for anything else."""
        written = self[column]
        if not written:
            return None
        if not _STRENGTH.fullmatch(written):
            raise self.error(f"{column} is {shorten(written)}", f"write a whole number from 0 to {STRONGEST}")
        return int(written)


Resolve: TypeAlias = Callable[[Row, str, str], str]
"""Returns the identifier that a text in a column of a row means, or raises an error in the row."""


@frozen
class Ends:
    """How the identifiers of a mapping are resolved: of its subject, its object, and those on the path between."""

    subject: Resolve
    object: Resolve
    between: Resolve


_MARKS = {"\t": "tabs", ",": "commas", ";": "semicolons"}


@frozen
class Layout:
    """How a kind of table is recognised and read.

    ``fold`` turns the name of a column as written into the one that ``required`` and ``optional`` list; ``others``
    says whether other columns are left out or are an error.
    """

    name: str
    delimiter: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    others: bool
    fold: Callable[[str], str]

    def __str__(self) -> str:
        return f"{self.name} has the columns {', '.join(self.required)} with {_MARKS[self.delimiter]} between them"


def text_of(path: str | PathLike[str]) -> tuple[str, str]:
    """Return the name of a file without its folder, and its text without a byte order mark.

    Raises :class:`~iotbaseline.errors.DataError` if it cannot be read, is larger than 500 MB, is not UTF-8 or holds a
    null character.
    """
    file = Path(path)
    text = documents.text_of(file, file.name, _LARGEST)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problem, fix = "it holds a null character", "save it as plain text in UTF-8"
        raise DataError(file.name, f"line {line}", problem, fix, line)
    return file.name, text


def layout_of(file: str, text: str, layouts: Iterable[Layout]) -> Layout:
    """Return the layout whose required columns the table has.

    Raises :class:`~iotbaseline.errors.DataError`, which lists the layouts, if it fits none of them.
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
    """Call ``make`` on each row of a table; lines that start with ``#`` may come before the header.

    Raises :class:`~iotbaseline.errors.DataError` for a column that is missing, unknown or there twice and for a table
    without rows, and :class:`~iotbaseline.errors.DataErrors` with one error for each row that is malformed or for which
    ``make`` raises one.
    """
    rows = _rows(file, text, layout.delimiter)
    line, names = _head(rows)
    columns = _columns(file, line, names, layout)
    problems = Problems(file)
    is_plain = hidden_in(text) is None
    records: list[T] = []
    try:
        for line, cells in watched(rows, f"reading {file}", "rows", text.count("\n")):
            try:
                row = _row(file, line, columns, cells)
                records.append(make(row if is_plain else _plain(row)))
            except DataError as error:
                problems.add(error)
    except DataError as malformed:
        problems.add(malformed)
    problems.raise_any()
    if not records:
        raise DataError(file, f"line {line + 1}", "there are no rows", "write a row for each record", line + 1)
    return tuple(records)


def _rows(file: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their lines, read from bytes, because a ``StringIO`` takes four of them for each character."""
    raw = BytesIO(text.encode(errors=_ANY))
    lines, first = TextIOWrapper(raw, "utf-8", _ANY, newline=""), 0
    while (head := lines.readline()).startswith("#"):
        first += 1
    reader = csv.reader(chain([head], lines), delimiter=delimiter, strict=True)
    line = first + 1
    try:
        for cells in reader:
            trimmed = [*map(str.strip, cells)]
            if any(trimmed):
                yield line, trimmed
            line = first + reader.line_num + 1
    except csv.Error as error:
        problem = f"its cells cannot be separated ({error})"
        fix = 'close every quote, write "" for a quote in a quoted cell, shorten cells of over 100,000 characters'
        raise DataError(file, f"line {line}", problem, fix, line) from error


def _head(rows: Iterator[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    none: tuple[int, list[str]] = (1, [])
    return next(rows, none)


def _columns(file: str, line: int, names: list[str], layout: Layout) -> list[str]:
    other = next((mark for mark in _MARKS if len(names) == 1 and mark in names[0]), None)
    if other is not None:
        problem = f"its columns are separated by {_MARKS[other]}"
        fix = f"save it with {_MARKS[layout.delimiter]} between them, as {layout.name} has them"
        raise DataError(file, f"line {line}", problem, fix, line)
    columns = [layout.fold(name) for name in names]
    known = (*layout.required, *layout.optional)
    all_known = f"the columns are {', '.join(known)}"
    for name, column in zip(names, columns, strict=True):
        if column not in known and not layout.others:
            problem = f"there is no column {shorten(name)} in {layout.name}"
            raise DataError(file, f"line {line}", problem, Hints().near(column, known) or all_known, line)
        if column in known and columns.count(column) > 1:
            raise DataError(
                file, f"line {line}", f"the column {shorten(name)} is there twice", "keep one of them", line
            )
    for column in layout.required:
        if column not in columns:
            raise DataError(file, f"line {line}", f"the column {shorten(column)} is missing", all_known, line)
    return columns


def _row(file: str, line: int, columns: list[str], cells: list[str]) -> Row:
    row = Row(file, line, dict(zip(columns, cells, strict=False)))
    if len(cells) != len(columns):
        fix = "give each column one cell, and quote a cell that holds what separates the columns"
        raise row.error(f"the row has {counted(len(cells), 'cell')} for {counted(len(columns), 'column')}", fix)
    return row


def _plain(row: Row) -> Row:
    """Return the row; raises an error if a cell has an invisible character."""
    for column, cell in row.cells.items():
        if (hidden := hidden_in(cell)) is not None:
            raise row.error(f"{shorten(column)} has the character {hidden}", "take the character out")
    return row
