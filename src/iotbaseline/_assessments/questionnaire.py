"""An assessment as a workbook that people fill in; :mod:`iotbaseline._assessments.cells` reads it.

A sheet has a row for each finding, with the cells of the element protected; a further row with the same element and
component and without a status holds further evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from os import PathLike
from typing import Any, TypeAlias

from iotbaseline._assessments.assessment import Assessment, Finding
from iotbaseline._assessments.document import ComponentRole, FindingStatus
from iotbaseline._assessments.writing import HELP, suggestions, written
from iotbaseline._display import excel
from iotbaseline._display.extras import require
from iotbaseline._display.files import encodable, write
from iotbaseline._display.moments import moment
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model import arguments
from iotbaseline._model.suggestions import EvidenceKind
from iotbaseline.errors import QueryError

FINDINGS, PRODUCT, COMPONENTS, ABOUT = "Findings", "Product", "Components", "How to fill it in"
_SPARE = 200
"""How many empty rows follow, for findings about components and for further evidence."""

SUGGESTED = "what to look at"
GIVEN = {"group": 22, "element": 34, "name": 30, "summary": 60, "wording": 60, SUGGESTED: 60}
"""The protected columns, with their widths. Only the second is read."""
_WHERE_ANY = ("wording", SUGGESTED)
"""The protected columns that are left out where no element has anything in them."""
_OF_FINDING = {"component": 14, "status": 14, "rationale": 40}
EVIDENCE = {"evidence": 40, "kind": 14, "evidence date": 14, "address": 30, "sha256": 20}
REVIEW = {"assessor": 16, "date": 12, "expires": 12}
FILLED = {**_OF_FINDING, **EVIDENCE, **REVIEW}
"""The columns to fill in, with their widths."""
FIELD = {"evidence": "reference", "evidence date": "date"}
"""The field of evidence that a column holds, where the two have different names."""
FACTS = ("key", "name", "version", "maker")
HEAD = ("against", "level", "data_version")
COMPONENT = ("key", "role", "name", "version")
_COLOURS = {
    FindingStatus.NOT_MET: "#F4B6B6",
    FindingStatus.PARTLY_MET: "#F9DFA6",
    FindingStatus.MET: "#BFE3C0",
    FindingStatus.NOT_APPLICABLE: "#DDDDDD",
}
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_TEXT = {"num_format": "@", "text_wrap": True, "valign": "top"}
"""A cell keeps what is typed as text: 1.10 is no number, and a date stays as it was written."""
_LOCKED = {"text_wrap": True, "valign": "top", "bg_color": "#F2F2F2"}
_HEADER = {"bold": True, "bottom": 1, "valign": "top", "bg_color": "#F2F2F2"}

Sheet: TypeAlias = Any
"""A sheet of XlsxWriter, which has no types for what is used here."""


@arguments.checked
@encodable()
def write_questionnaire(assessment: Assessment, path: str | PathLike[str], *, library: Library = DEFAULT) -> None:
    """Write an assessment as a questionnaire to fill in (extra ``excel``); :func:`read_assessment` reads it.

    A column says what an assessor would look at (:func:`evidence_for`), where the library has suggestions. The official
    wordings have one where the assessment was started with a library that has them attached.

    Raises :class:`~iotbaseline.errors.MissingExtraError` if XlsxWriter is not installed,
    :class:`~iotbaseline.errors.QueryError` for a text that is longer than a cell, and ``OSError`` if the file cannot be
    written.
    """
    require("xlsxwriter")
    content = BytesIO()
    with import_module("xlsxwriter").Workbook(content, _OPTIONS) as book:
        book.set_properties({"created": moment()})
        _write_findings(book, book.add_worksheet(FINDINGS), assessment, library)
        _write_product(book, book.add_worksheet(PRODUCT), assessment)
        _write_components(book, book.add_worksheet(COMPONENTS), assessment)
        _write_about(book, book.add_worksheet(ABOUT))
    write(path, content.getvalue())


def _write_findings(book: Any, sheet: Sheet, assessment: Assessment, library: Library) -> None:
    rows = [
        row
        for group, findings in assessment.groups.items()
        for finding in findings
        for row in _rows(group, finding, library)
    ]
    given = {name: width for name, width in GIVEN.items() if name not in _WHERE_ANY or any(row[name] for row in rows)}
    columns, last = {**given, **FILLED}, len(rows) + _SPARE
    places = {name: place for place, name in enumerate(columns)}
    head, locked = book.add_format(_HEADER), book.add_format(_LOCKED)
    free = book.add_format({**_TEXT, "locked": False})
    for name, place in places.items():
        sheet.set_column(place, place, columns[name])
        _text(sheet, 0, place, name, head)
        for number, row in enumerate(rows, 1):
            _text(sheet, number, place, row[name], locked if name in given else free)
        for number in range(len(rows) + 1, last + 1):
            sheet.write_blank(number, place, None, free)
    status = places["status"]
    _offer(sheet, status, last, [*FindingStatus])
    _offer(sheet, places["kind"], last, [*EvidenceKind])
    _offer(sheet, places["component"], last, f"={COMPONENTS}!$A$2:$A${_SPARE + 1}")
    for value, colour in _COLOURS.items():
        style = book.add_format({"bg_color": colour})
        rule = {"type": "cell", "criteria": "==", "value": f'"{value}"', "format": style}
        sheet.conditional_format(1, status, last, status, rule)
    sheet.freeze_panes(1, places["element"] + 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def _write_product(book: Any, sheet: Sheet, assessment: Assessment) -> None:
    facts = {name: getattr(assessment.product, name) for name in FACTS}
    head = {name: getattr(assessment, name) for name in HEAD}
    bold, locked = book.add_format(_HEADER), book.add_format(_LOCKED)
    free = book.add_format({**_TEXT, "locked": False})
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 60)
    for number, (name, value) in enumerate({"what": "value", **facts, **head}.items()):
        _text(sheet, number, 0, name, bold)
        _text(sheet, number, 1, value, bold if number == 0 else free if name in FACTS else locked)
    sheet.protect()


def _write_components(book: Any, sheet: Sheet, assessment: Assessment) -> None:
    bold, free = book.add_format(_HEADER), book.add_format(_TEXT)
    sheet.set_column(0, len(COMPONENT) - 1, 24, free)
    for place, name in enumerate(COMPONENT):
        _text(sheet, 0, place, name, bold)
        for number, component in enumerate(assessment.product.components, 1):
            _text(sheet, number, place, getattr(component, name), free)
    _offer(sheet, COMPONENT.index("role"), _SPARE, [*ComponentRole])


def _write_about(book: Any, sheet: Sheet) -> None:
    sheet.set_column(0, 0, 100, book.add_format(_TEXT))
    more = "For more evidence, or a finding about a component, add a row below with the same element."
    for number, line in enumerate((*HELP, more)):
        _text(sheet, number, 0, line, book.add_format(_TEXT))


def _text(sheet: Sheet, row: int, column: int, text: str | None, style: Any) -> None:
    if not text:
        sheet.write_blank(row, column, None, style)
        return
    if len(text) > excel.LONGEST:
        problem = f"a text of {len(text)} characters does not fit into a cell, which holds {excel.LONGEST}"
        raise QueryError(problem, "shorten it, or write TOML")
    text.encode()  # A lone surrogate has to fail here: XlsxWriter would leave its files behind.
    sheet.write_string(row, column, text, style)


def _offer(sheet: Sheet, column: int, last: int, values: list[str] | str) -> None:
    sheet.data_validation(1, column, last, column, {"validate": "list", "source": values})


def _rows(group: str, finding: Finding, library: Library) -> Iterator[dict[str, str | None]]:
    """The row of a finding with its first evidence, then one for each further evidence."""
    element, own = finding.element, written(finding)
    row: dict[str, str | None] = dict.fromkeys((*GIVEN, *FILLED))
    row |= {"group": group, "element": element.id, "name": element.name, "summary": element.summary}
    row |= {"wording": None if element.wording is None else element.wording.text, "component": own["component"]}
    row[SUGGESTED] = "\n".join(suggestions(element, library))
    first = {name: own[name] for name in ("status", "rationale", *REVIEW)}
    for place, evidence in enumerate(finding.evidence or (None,)):
        told = {} if evidence is None else {name: getattr(evidence, FIELD.get(name, name)) for name in EVIDENCE}
        yield row | told | (first if place == 0 else {})
