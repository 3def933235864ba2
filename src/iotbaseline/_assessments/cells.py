"""Read the workbook that :mod:`iotbaseline._assessments.questionnaire` writes, with the cell of every problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from zipfile import ZipFile

from attrs import frozen

from iotbaseline._assessments.document import FindingStatus
from iotbaseline._assessments.questionnaire import (
    COMPONENT,
    COMPONENTS,
    EVIDENCE,
    FACTS,
    FIELD,
    FILLED,
    FINDINGS,
    GIVEN,
    HEAD,
    PRODUCT,
    REVIEW,
)
from iotbaseline._files.positions import Path
from iotbaseline._files.problems import Problems, Report
from iotbaseline._files.workbooks import rows_of, workbook
from iotbaseline.errors import DataError, shorten

SUFFIX = ".xlsx"
MOST_ROWS = 50_000
"""How many rows that hold something a sheet may have."""
_MOST_COLUMNS = 100
_PLAIN = ("element", "status", "kind", "role", "component", "key")
"""The columns whose cells are names, so that spaces around them mean nothing."""
_ANY_CASE = ("status", "kind", "role")
_OF_FINDING = ("element", "component", "status", "rationale", *REVIEW)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{1,30})"')


@frozen
class Cell:
    """A cell that holds something: where it is, what it holds and what openpyxl says of which type that is."""

    place: str
    value: object
    type: str


@frozen
class Sheet:
    """A sheet: its rows of cells by the numbers of their columns, and the ranges that are merged."""

    name: str
    rows: list[dict[int, Cell]]
    merged: tuple[str, ...]


class Cells(Report):
    """Notes problems by the cells of a workbook."""

    def __init__(self, file: str, problems: Problems) -> None:
        super().__init__(file, {}, problems)
        self.file = file
        self.places: dict[Path, str] = {}

    def _error(self, path: Path, problem: str, fix: str) -> DataError:
        while path not in self.places and path:
            path = path[:-1]
        return DataError(self.file, self.places.get(path, "whole file"), problem, fix)


def values_of(file: str, problems: Problems) -> tuple[object, Report]:
    """The values of a filled-in questionnaire as a TOML file would have them, and a report that knows their cells.

    Raises :class:`~iotbaseline.errors.DataError` for a file that is no such workbook, and
    :class:`~iotbaseline.errors.MissingExtraError` if openpyxl is not installed.
    """
    report, sheets = Cells(file, problems), _sheets(file)
    for name in (FINDINGS, PRODUCT, COMPONENTS):
        if name not in sheets:
            raise DataError(file, "whole file", f"it has no sheet {name}", "start from a new questionnaire")
        for merged in sheets[name].merged:
            report.places["merged", name, merged] = f"{name}!{merged}"
            report.add(("merged", name, merged), "these cells are merged", "unmerge them and fill in each row")
    told = _told(sheets[PRODUCT], report)
    product: dict[str, object] = {name: told[name] for name in FACTS if name in told}
    product["components"] = _components(sheets[COMPONENTS], report)
    head = {name: told[name] for name in HEAD if name in told}
    return {**head, "product": product, "findings": _findings(sheets[FINDINGS], report)}, report


def _sheets(file: str) -> dict[str, Sheet]:
    """The sheets that are read, by name."""
    with workbook(file, formulas=True) as (book, packed):
        names = [name for name in (FINDINGS, PRODUCT, COMPONENTS) if name in book.sheetnames]
        return {name: _sheet(file, name, book[name], packed) for name in names}


def _sheet(file: str, name: str, sheet: Any, packed: ZipFile) -> Sheet:
    rows: list[dict[int, Cell]] = []
    for row in rows_of(file, sheet):
        cells = {
            place: Cell(f"{name}!{cell.coordinate}", cell.value, cell.data_type)
            for place, cell in enumerate(row[:_MOST_COLUMNS])
            if cell.value not in (None, "")
        }
        if len(rows) > MOST_ROWS:
            problem = f"it has more than {MOST_ROWS} rows"
            raise DataError(file, name, problem, "take out what is no finding, or split it")
        rows += [cells] if cells or not rows else []
    xml = packed.read(sheet._worksheet_path)  # noqa: SLF001
    return Sheet(name, rows or [{}], tuple(merged.decode() for merged in _MERGED.findall(xml)))


def _told(sheet: Sheet, report: Cells) -> dict[str, str]:
    """The facts in the sheet of the product."""
    told: dict[str, str] = {}
    for row in sheet.rows[1:]:
        fact = _text(row[0], "key", ("product", "what"), report) if 0 in row else None
        if fact in (*FACTS, *HEAD):
            path: Path = ("product", fact) if fact in FACTS else (fact,)
            report.places[path] = row[0].place.replace("!A", "!B")
            value = _text(row[1], fact, path, report) if 1 in row else None
            told |= {} if value is None else {fact: value}
    report.places["product",] = f"{sheet.name}!A1"
    return told


def _components(sheet: Sheet, report: Cells) -> list[dict[str, str]]:
    columns = _header(sheet, COMPONENT, COMPONENT[:3], report)
    found: list[dict[str, str]] = []
    for cells in _named(sheet, columns):
        place: Path = ("product", "components", len(found))
        report.places[place] = next(iter(cells.values())).place
        found.append(_texts(cells, COMPONENT, place, report))
    return found


def _findings(sheet: Sheet, report: Cells) -> list[dict[str, Any]]:
    """The findings; a row that repeats element and component and says nothing but evidence belongs to the first."""
    columns = _header(sheet, (*GIVEN, *FILLED), ("element", "status"), report)
    read = {name: place for name, place in columns.items() if name == "element" or name in FILLED}
    found: list[dict[str, Any]] = []
    numbers: dict[tuple[str, str], int] = {}
    for cells in _named(sheet, read):
        key = (_key(cells, "element"), _key(cells, "component"))
        number = numbers.setdefault(key, len(found))
        if cells.keys() & {"status", "rationale", *REVIEW}:
            number = len(found)
        place: Path = ("findings", number)
        if number == len(found):
            report.places[place] = next(iter(cells.values())).place
            found.append({"status": FindingStatus.NOT_ASSESSED.value, "evidence": []})
        found[number] |= _texts(cells, _OF_FINDING, place, report)
        listed: list[dict[str, str]] = found[number]["evidence"]
        path = (*place, "evidence", len(listed))
        evidence = _texts(cells, EVIDENCE, path, report)
        if evidence:
            report.places[path] = next(cells[name].place for name in EVIDENCE if name in cells)
            listed.append(evidence)
    return found


def _key(cells: dict[str, Cell], name: str) -> str:
    return str(cells[name].value).strip() if name in cells else ""


def _header(sheet: Sheet, known: Iterable[str], required: Iterable[str], report: Cells) -> dict[str, int]:
    """The columns by name."""
    columns: dict[str, int] = {}
    for place, cell in sheet.rows[0].items():
        path: Path = (sheet.name, place)
        name = _text(cell, "key", path, report)
        if name is not None and name not in known:
            report.add(path, f"unknown column {shorten(name)}", report.hints.near(name, [*known]) or "take it out")
        elif name in columns:
            report.add(path, f"a second column {name}", "take one of them out")
        elif name is not None:
            columns[name] = place
    report.places[sheet.name,] = f"{sheet.name}!A1"
    for name in required:
        if name not in columns:
            report.add((sheet.name,), f"there is no column {name}", "write its name into the first row")
    return columns


def _named(sheet: Sheet, columns: dict[str, int]) -> Iterator[dict[str, Cell]]:
    """The cells of each row below the first that hold something, by the name of their column."""
    for row in sheet.rows[1:]:
        if cells := {name: row[place] for name, place in columns.items() if place in row}:
            yield cells


def _texts(cells: dict[str, Cell], columns: Iterable[str], place: Path, report: Cells) -> dict[str, str]:
    """The texts of some of the cells, by the field that each of these columns holds."""
    texts: dict[str, str] = {}
    for name in columns:
        field = FIELD.get(name, name) if name in EVIDENCE else name
        text = _text(cells[name], name, (*place, field), report) if name in cells else None
        texts |= {} if text is None else {field: text}
    return texts


def _text(cell: Cell, column: str, path: Path, report: Cells) -> str | None:
    """What stands in a cell, as text; a date as ISO 8601."""
    report.places[path] = cell.place
    value = cell.value
    if cell.type in _REFUSED:
        report.add(path, f"it is {_REFUSED[cell.type]}, {shorten(value)}", "write the value itself")
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    text = str(value)
    text = text.strip() if column in _PLAIN else text
    return (text.lower() if column in _ANY_CASE else text) or None


_REFUSED = {"f": "a formula", "e": "an error of the spreadsheet"}
"""What a cell may not hold, by the type that openpyxl gives it."""
