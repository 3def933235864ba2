"""Lists of identifiers: read from CSV, Excel or plain lines, migrated, and written with what became of each row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import TextIO, TypeAlias

import iotbaseline as ib
from iotbaseline._display.extras import require
from iotbaseline._files.workbooks import rows_of, workbook
from iotbaseline._model.hidden import hidden_in
from iotbaseline.errors import DataError, UnknownNameError

Row: TypeAlias = dict[str, str]
Numbered: TypeAlias = tuple[int, Row]
"""A row with its number in the file."""
EXCEL = ".xlsx"
_LARGEST = 50_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(file: TextIO, column: str) -> list[Numbered]:
    """The rows of a table, or one for each line of a list, with their numbers; what is empty is left out.

    The columns of a text file are separated by commas, or by semicolons or tabs if the column is found only so.

    Raises :class:`~iotbaseline.errors.DataError` for a file that is no table, and
    :class:`~iotbaseline.errors.UnknownNameError` for a column that it does not have.
    """
    if file.name.lower().endswith(EXCEL):
        return _with_column(file.name, enumerate(_sheet(file.name), 1), column)
    try:
        text = file.read(_LARGEST + 1)
    except UnicodeDecodeError as error:
        raise DataError(file.name, f"byte {error.start}", "it is not UTF-8", "save it as UTF-8") from error
    if len(text) > _LARGEST:
        raise DataError(file.name, "whole file", f"it has more than {_LARGEST} characters", "split it")
    lines = StringIO(text).readlines()
    reader = csv.reader(lines, delimiter=_delimiter(lines[0], column) if lines else ",")
    try:
        header = next(reader, list[str]())
        if _place(header, column) is None and len(header) < 2 and column == "id":
            plain = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
            return [(number, {column: _shown(file.name, number, [line])[0]}) for number, line in plain]
        return _with_column(file.name, ((reader.line_num, row) for row in chain([header], reader)), column)
    except csv.Error as error:
        place, fix = f"line {reader.line_num}", "give each row as many cells as the first one"
        raise DataError(file.name, place, "it is not a row of the table", fix) from error


def migrate(listed: Iterable[Numbered], column: str, before: str, after: str, library: ib.Library) -> ib.Migration[Row]:
    """Migrate the rows by the identifiers in a column."""
    return ib.migrate([{**row, "id": row[column]} for _, row in listed], before, after, library=library)


def triage(found: ib.Migration[Row], listed: Iterable[Numbered]) -> list[Row]:
    """The rows with what became of each and with its number in the file, the most urgent first."""
    return [
        {
            **row,
            "row" if "row" not in row else "row_in_file": str(number),
            "grade": entry.grade,
            "outcome": entry.outcome,
            "became": ", ".join(element.id for element in entry.after),
            "became_name": "; ".join(element.name for element in entry.after),
            "reason": entry.reason,
        }
        for entry, (number, row) in sorted(zip(found, listed, strict=True), key=lambda pair: pair[0].grade.rank)
    ]


def write(path: Path, listed: Sequence[Row]) -> None:
    """Write rows to a CSV or Excel file; what a spreadsheet would run as a formula is written as text."""
    header = list(dict.fromkeys(name for row in listed for name in row))
    table = [header, *([row.get(name, "") for name in header] for row in listed)]
    if path.suffix == EXCEL:
        _write_sheet(path, table)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in table)


def _with_column(file: str, numbered: Iterable[tuple[int, Sequence[str]]], column: str) -> list[Numbered]:
    table = [(number, line, list(row)) for number, (line, row) in enumerate(numbered, 1) if any(row)]
    header = table[0][2] if table else []
    place = _place(header, column)
    if place is None and table:
        raise UnknownNameError(f"column of {file}", column, tuple(header))
    named = [column if number == place else name for number, name in enumerate(header)]
    for _, line, row in table:
        _shown(file, line, row)
        if len(row) != len(header):
            fix = "give each row as many cells as the first one"
            raise DataError(file, f"line {line}", "it is not a row of the table", fix, line)
    return [(number, dict(zip(named, row, strict=True))) for number, _, row in table[1:]]


def _shown(file: str, line: int, row: list[str]) -> list[str]:
    """Return a row; raises :class:`~iotbaseline.errors.DataError` if it has a character that cannot be seen."""
    if (hidden := hidden_in("".join(row))) is not None:
        raise DataError(file, f"line {line}", f"it has the character {hidden}", "take the character out", line)
    return row


def _delimiter(head: str, column: str) -> str:
    """What separates the columns: commas, unless the column is only found with semicolons or tabs."""
    marks = (mark for mark in ",;\t" if _place([cell.strip(' "\r\n') for cell in head.split(mark)], column) is not None)
    return next(marks, ",")


def _place(header: Sequence[str], column: str) -> int | None:
    names = [name.strip().lower() for name in header]
    return names.index(column.lower()) if column.lower() in names else None


def _sheet(file: str) -> list[list[str]]:
    """The first sheet of an Excel file, cell by cell as text."""
    with workbook(file, formulas=False) as (book, _):
        rows = [[_text(cell.value) for cell in row] for row in rows_of(file, book.worksheets[0])]
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _write_sheet(path: Path, table: Iterable[Sequence[str]]) -> None:
    require("openpyxl")
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("migrated")
    sheet.freeze_panes = "A2"
    for row in table:
        cells = [WriteOnlyCell(sheet, value=text) for text in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    with path.open("wb") as file:
        book.save(file)
