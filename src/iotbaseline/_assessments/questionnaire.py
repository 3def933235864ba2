"""An assessment as a workbook that people fill in, and back.

A sheet has a row for each finding, with the cells of the element protected; a further row with the same element and
component and without a status holds further evidence.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from importlib import import_module
from os import PathLike
from typing import TYPE_CHECKING, Any, TypeAlias
from zipfile import BadZipFile, ZipFile

from iotbaseline._assessments.document import ComponentRole, EvidenceKind, FindingStatus
from iotbaseline._display import excel
from iotbaseline._files.positions import Path
from iotbaseline._files.problems import Problems, Report
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline.errors import DataError, MissingExtraError, shorten

if TYPE_CHECKING:
    from iotbaseline._assessments.assessment import Assessment, Finding

SUFFIX = ".xlsx"
FINDINGS, PRODUCT, COMPONENTS = "Findings", "Product", "Components"
_LARGEST = 50_000_000
"""How large a sheet may be when it is unpacked, in bytes."""
_SPARE = 200
"""How many empty rows follow, for findings about components and for further evidence."""

_GIVEN = {"group": 22, "element": 34, "name": 30, "summary": 60, "wording": 60}
"""The protected columns, with their widths. Only the second is read."""
_OWN = {"component": 14, "status": 14, "rationale": 40}
_EVIDENCE = {"evidence": 40, "kind": 14, "evidence date": 14, "address": 30, "sha256": 20}
_REVIEW = {"assessor": 16, "date": 12, "expires": 12}
_FILLED = {**_OWN, **_EVIDENCE, **_REVIEW}
_FIELD = {"evidence": "reference", "evidence date": "date"}
"""The field of evidence that a column holds, where the two have different names."""
_FACTS = ("key", "name", "version", "maker")
_HEAD = ("against", "level", "data_version")
_COMPONENT = ("key", "role", "name", "version")
_COLOURS = {
    FindingStatus.NOT_MET: "#F4B6B6",
    FindingStatus.PARTLY_MET: "#F9DFA6",
    FindingStatus.MET: "#BFE3C0",
    FindingStatus.NOT_APPLICABLE: "#DDDDDD",
}

Sheet: TypeAlias = Any
"""A sheet of openpyxl or XlsxWriter, neither of which has types for what is used here."""


def write_questionnaire(assessment: Assessment, path: str | PathLike[str], *, library: Library = DEFAULT) -> None:
    """Write an assessment as a questionnaire to fill in; :func:`read_assessment` reads it.

    The official wording has a column where the library has it attached. Raises
    :class:`~iotbaseline.errors.MissingExtraError` if XlsxWriter is not installed.
    """
    if not excel.is_installed():
        raise MissingExtraError("XlsxWriter", "excel")
    book = import_module("xlsxwriter").Workbook(
        os.fspath(path), {"strings_to_formulas": False, "strings_to_urls": False}
    )
    with book:
        _write_findings(book, book.add_worksheet(FINDINGS), assessment, library)
        facts = {name: getattr(assessment.product, name) for name in _FACTS}
        head = {name: getattr(assessment, name) for name in _HEAD}
        _write_table(book, book.add_worksheet(PRODUCT), [["what", "value"], *map(list, {**facts, **head}.items())])
        components = [[getattr(each, name) for name in _COMPONENT] for each in assessment.product.components]
        sheet = book.add_worksheet(COMPONENTS)
        _write_table(book, sheet, [[*_COMPONENT], *components])
        sheet.data_validation(1, 1, _SPARE, 1, {"validate": "list", "source": [*ComponentRole]})


def _write_table(book: Any, sheet: Sheet, rows: Iterable[list[str | None]]) -> None:
    bold, prose = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 3, 30, prose)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text or "", prose if number else bold)


def _write_findings(book: Any, sheet: Sheet, assessment: Assessment, library: Library) -> None:
    rows = [row for finding in assessment.findings for row in _rows(finding, library)]
    given = {name: width for name, width in _GIVEN.items() if name != "wording" or any(row["wording"] for row in rows)}
    columns = {**given, **_FILLED}
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    styles = {
        True: book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#F2F2F2"}),
        False: book.add_format({"text_wrap": True, "valign": "top", "locked": False}),
    }
    for column, (name, width) in enumerate(columns.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
        for number, row in enumerate(rows, 1):
            sheet.write_string(number, column, row[name] or "", styles[name in given])
        for number in range(len(rows) + 1, len(rows) + _SPARE + 1):
            sheet.write_blank(number, column, None, styles[False])
    last = len(rows) + _SPARE
    _offer(sheet, [*columns].index("status"), last, [*FindingStatus])
    _offer(sheet, [*columns].index("kind"), last, [*EvidenceKind])
    if assessment.product.components:
        _offer(sheet, [*columns].index("component"), last, [each.key for each in assessment.product.components])
    status = [*columns].index("status")
    for value, colour in _COLOURS.items():
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{value}"',
            "format": book.add_format({"bg_color": colour}),
        }
        sheet.conditional_format(1, status, last, status, rule)
    sheet.freeze_panes(1, [*columns].index("element") + 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})


def _offer(sheet: Sheet, column: int, last: int, values: list[str]) -> None:
    sheet.data_validation(1, column, last, column, {"validate": "list", "source": values})


def _rows(finding: Finding, library: Library) -> Iterator[dict[str, str | None]]:
    """The row of a finding with its first evidence, then one for each further evidence."""
    element = finding.element
    row: dict[str, str | None] = dict.fromkeys((*_GIVEN, *_FILLED))
    row |= {"group": _group(finding, library), "element": element.id, "name": element.name, "summary": element.summary}
    row |= {"wording": getattr(getattr(element, "wording", None), "text", None)}
    row |= {"component": finding.component_key}
    first = {"status": finding.status.value, **{name: getattr(finding, name) for name in ("rationale", *_REVIEW)}}
    for place, evidence in enumerate(finding.evidence or (None,)):
        own = {} if evidence is None else {name: getattr(evidence, _FIELD.get(name, name)) for name in _EVIDENCE}
        yield row | own | (first if place == 0 else {})


def _group(finding: Finding, library: Library) -> str:
    """The name of the topmost element above a finding's."""
    element = finding.element
    while (parent := element.parent) is not None:
        element = library.get(parent)
    return element.title or element.id


class _Cells(Report):
    """Notes problems by the cells of a workbook."""

    def __init__(self, file: str, problems: Problems) -> None:
        super().__init__(file, {}, problems)
        self.file = file
        self.cells: dict[Path, str] = {}

    def _error(self, path: Path, problem: str, fix: str) -> DataError:
        while path not in self.cells and path:
            path = path[:-1]
        return DataError(self.file, self.cells.get(path, "whole file"), problem, fix)


def values_of(file: str, problems: Problems) -> tuple[object, Report]:
    """The values of a filled-in questionnaire as a TOML file would have them, and a report that knows their cells.

    Raises :class:`~iotbaseline.errors.DataError` for a file that is no such workbook, and
    :class:`~iotbaseline.errors.MissingExtraError` if openpyxl is not installed.
    """
    report = _Cells(file, problems)
    book = _opened(file)
    for name in (FINDINGS, PRODUCT, COMPONENTS):
        if name not in book.sheetnames:
            raise DataError(file, "whole file", f"it has no sheet {name}", "start from a new questionnaire")
        for merged in book[name].merged_cells.ranges:
            report.cells["merged", str(merged)] = f"{name}!{merged}"
            report.add(("merged", str(merged)), "these cells are merged", "unmerge them")
    told: dict[str, str] = {}
    for row in book[PRODUCT].iter_rows(min_row=2, max_col=2):
        fact = _text(row[0], (), report)
        if fact in (*_FACTS, *_HEAD):
            value = _text(row[1], ("product", fact) if fact in _FACTS else (fact,), report)
            told |= {} if value is None else {fact: value}
    product: dict[str, object] = {name: told[name] for name in _FACTS if name in told}
    product["components"] = _records(book[COMPONENTS], _COMPONENT, ("product", "components"), report)
    head = {name: told[name] for name in _HEAD if name in told}
    return {**head, "product": product, "findings": _findings(book[FINDINGS], report)}, report


def _opened(file: str) -> Any:
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtraError("openpyxl", "excel") from error
    try:
        with ZipFile(file) as packed:
            if any(part.file_size > _LARGEST for part in packed.infolist()):
                raise DataError(file, "whole file", f"a part of it is larger than {_LARGEST} bytes", "split it")
        return load_workbook(file)
    except OSError as error:
        problem = f"it cannot be read ({error.strerror or error})"
        raise DataError(file, "whole file", problem, "name a file that can be read") from error
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise DataError(file, "whole file", "it is not an Excel workbook", "save it as xlsx") from error


def _text(cell: Any, path: Path, report: _Cells) -> str | None:
    """What stands in a cell, as text; a date as ISO 8601."""
    report.cells[path] = _name(cell)
    value = cell.value
    if cell.data_type == "f":
        report.add(path, f"it is a formula, {shorten(str(value))}", "write the value itself")
        return None
    if cell.data_type == "e":
        report.add(path, f"it is an error of the spreadsheet, {value}", "write a value")
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return None if value is None else str(value).strip() or None


def _header(sheet: Sheet, known: Iterable[str], required: Iterable[str], report: _Cells) -> dict[str, int]:
    """The columns by name."""
    columns: dict[str, int] = {}
    for cell in sheet[1]:
        name = _text(cell, (sheet.title, cell.column), report)
        if name is None:
            continue
        if name not in known:
            near = report.hints.near(name, [*known]) or "take it out"
            report.add((sheet.title, cell.column), f"unknown column {shorten(name)}", near)
        columns.setdefault(name, cell.column - 1)
    for name in required:
        if name not in columns:
            report.add((sheet.title,), f"the sheet {sheet.title} has no column {name}", "write it into the first row")
    return columns


def _records(sheet: Sheet, names: tuple[str, ...], path: Path, report: _Cells) -> list[dict[str, str]]:
    columns = _header(sheet, names, names[:3], report)
    found: list[dict[str, str]] = []
    for row in sheet.iter_rows(min_row=2):
        if cells := {name: row[at] for name, at in columns.items() if row[at].value is not None}:
            place = (*path, len(found))
            report.cells[place] = _name(row[0])
            found.append(_texts(cells, {name: name for name in cells}, place, report))
    return found


def _findings(sheet: Sheet, report: _Cells) -> list[dict[str, Any]]:
    columns = _header(sheet, (*_GIVEN, *_FILLED), ("element", "status"), report)
    found: list[dict[str, Any]] = []
    numbers: dict[tuple[str, ...], int] = {}
    for cells in _filled(sheet, columns):
        key = tuple(str(cells[name].value) if name in cells else "" for name in ("element", "component"))
        number = numbers.setdefault(key, len(found))
        if number < len(found) and cells.keys() & {"status", "rationale", *_REVIEW}:
            number = len(found)
        place: Path = ("findings", number)
        if number == len(found):
            report.cells[place] = _name(next(iter(cells.values())))
            found.append({"status": FindingStatus.NOT_ASSESSED.value, "evidence": []})
        found[number] |= _texts(cells, {name: name for name in ("element", *_OWN, *_REVIEW)}, place, report)
        path = (*place, "evidence", len(found[number]["evidence"]))
        evidence = _texts(cells, {name: _FIELD.get(name, name) for name in _EVIDENCE}, path, report)
        if evidence:
            report.cells[path] = _name(next(cells[name] for name in _EVIDENCE if name in cells))
            found[number]["evidence"].append(evidence)
    return found


def _filled(sheet: Sheet, columns: dict[str, int]) -> Iterator[dict[str, Any]]:
    """The cells of each row that hold something, by column; only of the columns that are read."""
    read = {name: at for name, at in columns.items() if name == "element" or name in _FILLED}
    for row in sheet.iter_rows(min_row=2):
        if cells := {name: row[at] for name, at in read.items() if row[at].value is not None}:
            yield cells


def _texts(cells: dict[str, Any], fields: dict[str, str], place: Path, report: _Cells) -> dict[str, str]:
    """The texts of some of the cells, by the field that each of these columns holds."""
    texts = {field: _text(cells[name], (*place, field), report) for name, field in fields.items() if name in cells}
    return {field: text for field, text in texts.items() if text is not None}


def _name(cell: Any) -> str:
    return f"{cell.parent.title}!{cell.coordinate}"
