"""Questionnaires: writing one and reading it back loses nothing, and every problem has its cell and a fix."""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._assessments import cells, questionnaire
from iotbaseline._display import excel
from iotbaseline._files import workbooks
from iotbaseline._library.library import Library
from iotbaseline._model.hidden import hidden_in
from iotbaseline._model.wording import Wording
from iotbaseline.assessments import (
    Assessment,
    Component,
    ComponentRole,
    EvidenceKind,
    Finding,
    FindingEvidence,
    FindingStatus,
    Product,
    check_assessment,
    evidence_for,
    read_assessment,
    start,
    to_toml,
    write_questionnaire,
)

BLANK = start("ir8259b", "T")

# Nothing is lost


def _is_written(text: str) -> bool:
    return bool(text.strip()) and hidden_in(text) is None and "\r" not in text


PROSE = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(_is_written)
AWKWARD = st.sampled_from(
    ["=1+1", "-2", "1.10", "007", "2026-11-30", "TRUE", "_x000D_", " a ", "'a'", '"""', "a\nb", "#N/A"]
)
TEXT = PROSE | AWKWARD
KEYS = st.text("abcXYZ-_019 ", min_size=1, max_size=6).map(str.strip).filter(bool)
DATES = st.dates().map(date.isoformat)
EVIDENCE = st.builds(
    FindingEvidence,
    reference=TEXT,
    kind=st.sampled_from(EvidenceKind),
    date=st.none() | DATES,
    sha256=st.none() | st.text("0123456789abcdef", min_size=64, max_size=64),
    address=st.none() | TEXT,
)


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """An assessment as people may have filled it in: some elements with findings about components, most without."""
    keys = draw(st.lists(KEYS, max_size=3, unique=True))
    components = tuple(
        Component(key=key, role=draw(st.sampled_from(ComponentRole)), name=draw(TEXT), version=draw(st.none() | TEXT))
        for key in keys
    )
    findings: list[Finding] = []
    filled = draw(st.sets(st.sampled_from([finding.id for finding in BLANK]), max_size=4))
    for blank in BLANK:
        held = draw(st.sets(st.sampled_from([None, *components]), min_size=1)) if blank.id in filled else {None}
        ordered = sorted(held, key=lambda each: each.key if each else "")
        findings += [draw(_finding(blank, each)) if blank.id in filled else blank for each in ordered]
    return evolve(
        BLANK,
        product=Product(
            key=draw(KEYS), name=draw(TEXT), version=draw(st.none() | TEXT), maker=draw(st.none() | TEXT),
            components=components,
        ),
        findings=tuple(findings),
    )  # fmt: skip


@st.composite
def _finding(draw: st.DrawFn, blank: Finding, component: Component | None) -> Finding:
    dates = sorted(draw(st.lists(DATES, min_size=2, max_size=2)))
    has_dates = draw(st.tuples(st.booleans(), st.booleans()))
    return evolve(
        blank,
        component=component,
        status=draw(st.sampled_from([FindingStatus.MET, FindingStatus.NOT_ASSESSED, FindingStatus.NOT_APPLICABLE])),
        rationale=draw(TEXT),
        assessor=draw(st.none() | TEXT),
        date=dates[0] if has_dates[0] else None,
        expires=dates[1] if has_dates[1] else None,
        evidence=tuple(draw(st.lists(EVIDENCE, max_size=3))),
    )


@hypothesis_settings(max_examples=25)
@given(assessments())
def test_reading_a_questionnaire_back_loses_nothing(made: Assessment) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(questionnaire, "_SPARE", 5)
        write_questionnaire(made, Path(folder, "t.xlsx"))
        assert check_assessment(Path(folder, "t.xlsx")) == ()
        assert read_assessment(Path(folder, "t.xlsx")) == made


@given(assessments())
def test_reading_toml_back_loses_nothing(made: Assessment) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "t.toml").write_bytes(to_toml(made).encode())
        assert check_assessment(Path(folder, "t.toml")) == ()
        assert read_assessment(Path(folder, "t.toml")) == made


# How it looks


@pytest.fixture
def sheet_of(tmp_path: Path, blank: Assessment) -> Callable[[], tuple[Path, Any]]:
    """What makes a questionnaire and opens it, to be edited and saved again."""

    def make() -> tuple[Path, Any]:
        path = tmp_path / "t.xlsx"
        write_questionnaire(blank, path)
        return path, openpyxl.load_workbook(path)

    return make


Sheets = Callable[[], tuple[Path, Any]]


def places(sheet: Any) -> dict[str, str]:
    """The letter of each column."""
    return {cell.value: cell.column_letter for cell in sheet[1]}


def test_identifiers_are_protected_and_statuses_are_offered(sheet_of: Sheets, blank: Assessment) -> None:
    _, book = sheet_of()
    sheet = book["Findings"]
    at = places(sheet)
    assert sheet.protection.sheet
    assert [sheet[f"{at['element']}{row}"].value for row in range(2, 2 + len(blank))] == [each.id for each in blank]
    assert sheet[f"{at['element']}2"].protection.locked
    assert not sheet[f"{at['status']}2"].protection.locked
    assert not sheet[f"{at['element']}{len(blank) + 2}"].protection.locked
    offered = {str(each.sqref)[0]: each.formula1 for each in sheet.data_validations.dataValidation}
    assert offered[at["status"]] == f'"{",".join(FindingStatus)}"'
    assert offered[at["kind"]] == f'"{",".join(EvidenceKind)}"'
    assert offered[at["component"]] == "Components!$A$2:$A$201"
    assert len(sheet.conditional_formatting) == 1
    assert sheet.freeze_panes == f"{at['name']}2"
    assert book.sheetnames == ["Findings", "Product", "Components", "How to fill it in"]


def test_a_questionnaire_shows_what_is_asked_for_and_can_be_printed(sheet_of: Sheets, blank: Assessment) -> None:
    _, book = sheet_of()
    sheet = book["Findings"]
    at = places(sheet)
    for row, finding in enumerate(blank, 2):
        shown = [sheet[f"{at[name]}{row}"].value for name in ("name", "summary")]
        assert shown == [finding.element.name or None, finding.element.summary or None]
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert [int(sheet.column_dimensions[at[name]].width) for name in ("name", "summary", "rationale")] == [30, 60, 40]


def test_what_is_typed_stays_a_text(sheet_of: Sheets) -> None:
    """Else a version 1.10 would become the number 1.1, also in a component that is added."""
    _, book = sheet_of()
    version = book["Product"]["B4"]
    assert (version.value, version.number_format) == ("1.10", "@")
    added = book["Components"].column_dimensions["A"]
    assert (added.min, added.max, added.number_format) == (1, 4, "@")


def test_a_questionnaire_is_made_at_the_moment_that_is_set(sheet_of: Sheets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    _, book = sheet_of()
    assert str(book.properties.created) == "1970-01-02 00:00:00"


def test_an_attached_wording_has_a_column(tmp_path: Path, blank: Assessment) -> None:
    first, *others = blank.findings
    wording = Wording(text="Official words.", source="copy.pdf", sha256="0" * 64)
    worded = evolve(first, element=evolve(first.element, wording=wording))
    write_questionnaire(evolve(blank, findings=(worded, *others)), tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Findings"]
    assert sheet[f"{places(sheet)['wording']}2"].value == "Official words."
    assert read_assessment(tmp_path / "t.xlsx") == blank


def test_what_to_look_at_stands_beside_each_element_and_is_protected(sheet_of: Sheets, blank: Assessment) -> None:
    _, book = sheet_of()
    sheet = book["Findings"]
    at = places(sheet)["what to look at"]
    for row, finding in enumerate(blank, 2):
        assert sheet[f"{at}{row}"].value.split("\n") == [str(each) for each in evidence_for(finding.element)]
    assert sheet[f"{at}2"].protection.locked
    assert sheet[f"{at}2"].alignment.wrap_text


def test_toml_has_the_same_suggestions_as_comments(blank: Assessment) -> None:
    lines = to_toml(blank).splitlines()
    assert lines[5] == "# Indented comments are what an assessor would look at; other evidence may do."
    for finding in blank:
        place = lines.index(f'element = "{finding.id}"')
        told = [f"#   {suggestion}" for suggestion in evidence_for(finding.element)]
        assert lines[place - 1 - len(told) : place - 1] == told
    assert any(line.startswith("#   test: ") for line in lines)
    assert "Indented" not in to_toml(BLANK)


def test_where_nothing_is_suggested_there_is_no_such_column(
    tmp_path: Path, blank: Assessment, small_library: Callable[..., Library]
) -> None:
    write_questionnaire(BLANK, tmp_path / "a publication without suggestions.xlsx")
    write_questionnaire(blank, tmp_path / "a library without its publication.xlsx", library=small_library())
    for path in tmp_path.iterdir():
        assert "what to look at" not in places(openpyxl.load_workbook(path)["Findings"])
        assert check_assessment(path) == ()


def test_a_text_that_does_not_fit_is_refused_not_cut(tmp_path: Path, blank: Assessment) -> None:
    first, *others = blank.findings
    made = evolve(blank, findings=(evolve(first, rationale="x" * (excel.LONGEST + 1)), *others))
    with pytest.raises(ib.errors.QueryError, match="does not fit into a cell, which holds 32767; shorten it, or write"):
        write_questionnaire(made, tmp_path / "t.xlsx")
    assert list(tmp_path.iterdir()) == []
    write_questionnaire(
        evolve(blank, findings=(evolve(first, rationale="x" * excel.LONGEST), *others)), tmp_path / "t.xlsx"
    )


def test_it_needs_the_extra(tmp_path: Path, blank: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    write_questionnaire(blank, tmp_path / "t.xlsx")
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ib.errors.MissingExtraError, match=r"XlsxWriter is not installed; run: .*\[excel\]"):
        write_questionnaire(blank, tmp_path / "new.xlsx")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ib.errors.MissingExtraError, match="openpyxl"):
        read_assessment(tmp_path / "t.xlsx")


# What people do to it


def test_what_people_type_is_understood(sheet_of: Sheets) -> None:
    path, book = sheet_of()
    sheet, end = book["Findings"], book["Findings"].max_row + 1
    at = places(sheet)
    sheet[f"{at['status']}2"] = "Met "
    sheet[f"{at['date']}2"] = datetime(2026, 11, 3)
    sheet[f"{at['expires']}2"] = date(2027, 11, 3)
    sheet[f"{at['evidence']}2"] = 7
    sheet[f"{at['kind']}2"] = "Test"
    sheet[f"{at['element']}{end}"] = sheet[f"{at['element']}2"].value
    sheet[f"{at['evidence']}{end}"], sheet[f"{at['kind']}{end}"] = "Second", "document"
    sheet[f"{at['element']}{end + 1}"] = "IR 8425:asset-identification.1"
    sheet[f"{at['component']}{end + 1}"], sheet[f"{at['status']}{end + 1}"] = "wall", "met"
    sheet[f"{at['summary']}3"] = "=SUM(A1)"
    sheet[f"{at['what to look at']}3"] = "test: what they like"
    sheet[f"{at['what to look at']}{end}"] = "=A1"
    book.create_sheet("Notes")
    book["Product"].append(["colour", "white"])
    book.save(path)
    first, second, *others = read_assessment(path).findings
    assert (first.status, first.date, first.expires) == (FindingStatus.MET, "2026-11-03", "2027-11-03")
    assert [(each.reference, each.kind) for each in first.evidence] == [("7", "test"), ("Second", "document")]
    assert (second.component_key, second.status) == ("wall", FindingStatus.MET)
    assert {finding.status for finding in others} == {FindingStatus.NOT_ASSESSED}


def test_spaces_around_what_is_no_text_mean_nothing(sheet_of: Sheets, blank: Assessment) -> None:
    """Nor does a column that may be left out."""
    path, book = sheet_of()
    sheet = book["Findings"]
    at = places(sheet)
    sheet[f"{at['status']}1"], sheet[f"{at['status']}2"] = " status ", "  "
    book["Product"]["A4"] = f" {book['Product']['A4'].value} "
    book["Components"].delete_cols(4)
    book.save(path)
    parts = tuple(evolve(each, version=None) for each in blank.product.components)
    assert read_assessment(path) == evolve(blank, product=evolve(blank.product, components=parts))


def edited(change: Callable[[Any, dict[str, str]], object]) -> Callable[[Any], object]:
    return lambda book: change(book["Findings"], places(book["Findings"]))


CASES: dict[str, tuple[Callable[[Any], object], str]] = {
    "a formula": (
        edited(lambda sheet, at: sheet.__setitem__(f"{at['status']}2", '=IF(1,"met","")')),
        'it is a formula, \'=IF(1,"met","")\'; write the value itself',
    ),
    "an error": (
        edited(lambda sheet, at: sheet.__setitem__(f"{at['rationale']}2", "#REF!")),
        "it is an error of the spreadsheet, '#REF!'; write the value itself",
    ),
    "a date as text": (
        edited(lambda sheet, at: sheet.__setitem__(f"{at['date']}2", "30.11.2026")),
        "'30.11.2026' is no date; write it as YYYY-MM-DD",
    ),
    "a wrong id": (
        edited(lambda sheet, at: sheet.__setitem__(f"{at['element']}2", "ir8425:aset-identification.1")),
        "unknown element 'ir8425:aset-identification.1'; did you mean ir8425:asset-identification.1",
    ),
    "no id": (
        edited(lambda sheet, at: sheet.__setitem__(f"{at['element']}2", None)),
        "it is missing; write the element",
    ),
    "a status that there is not": (
        edited(lambda sheet, at: sheet.__setitem__(f"{at['status']}2", "fulfilled")),
        "'fulfilled' is not known here; use not met, partly met, not assessed, met, not applicable",
    ),
    "a component that there is not": (
        edited(lambda sheet, at: sheet.__setitem__(f"{at['component']}2", "cloud")),
        "there is no component 'cloud'; write wall or app",
    ),
    "merged cells": (
        edited(lambda sheet, at: sheet.merge_cells(f"{at['status']}2:{at['status']}4")),
        "these cells are merged; unmerge them and fill in each row",
    ),
    "a duplicate row": (
        edited(lambda sheet, _: sheet.append([cell.value for cell in sheet[2]])),
        "ir8425:asset-identification.1 has another finding already; join the two, or name components",
    ),
    "evidence without its kind": (
        edited(lambda sheet, at: sheet.__setitem__(f"{at['evidence']}2", "Report")),
        "it is missing; write the kind",
    ),
    "evidence without what it is": (
        edited(lambda sheet, at: sheet.__setitem__(f"{at['kind']}2", "test")),
        "it is missing; write the reference",
    ),
    "no key of the product": (
        lambda book: book["Product"].delete_rows(2),
        "it is missing; write the key",
    ),
    "a column of your own": (
        edited(lambda sheet, _: sheet.__setitem__("Z1", "colour")),
        "unknown column 'colour'; take it out",
    ),
    "a column twice": (
        edited(lambda sheet, _: sheet.__setitem__("Z1", "status")),
        "a second column status; take one of them out",
    ),
    "a formula as the name of a column": (
        edited(lambda sheet, _: sheet.__setitem__("Z1", "=A1")),
        "it is a formula, '=A1'; write the value itself",
    ),
    "a character that nobody sees": (
        edited(lambda sheet, at: sheet.__setitem__(f"{at['rationale']}2", "a\u202eb")),
        "it has the character U+202E; take the character out",
    ),
    "a role that there is not": (
        lambda book: book["Components"].__setitem__("B2", "toaster"),
        "'toaster' is not known here; use device, app, backend, gateway, network-equipment",
    ),
    "another profile": (
        lambda book: book["Product"].__setitem__("B6", "consumr"),
        "unknown publication or profile 'consumr'; write consumer",
    ),
    "no sheet of findings": (
        lambda book: book.remove(book["Findings"]),
        "it has no sheet Findings; start from a new questionnaire",
    ),
}
PLACES = {
    "merged cells": "Findings!G2:G4",
    "a duplicate row": "Findings!B265",
    "no sheet of findings": "whole file",
    "a column of your own": "Findings!Z1",
    "a column twice": "Findings!Z1",
    "a role that there is not": "Components!B2",
    "another profile": "Product!B6",
    "no key of the product": "Product!A1",
    "a wrong id": "Findings!B2",
    "a date as text": "Findings!O2",
}


@pytest.mark.parametrize("what", CASES)
def test_every_problem_has_its_cell_and_a_fix(what: str, sheet_of: Sheets) -> None:
    change, expected = CASES[what]
    path, book = sheet_of()
    change(book)
    book.save(path)
    [error] = check_assessment(path)
    assert f"{error.problem}; {error.fix}".startswith(expected)
    assert error.place.startswith(PLACES.get(what, "Findings!"))


def test_all_problems_are_told_at_once(sheet_of: Sheets) -> None:
    path, book = sheet_of()
    sheet, at = book["Findings"], places(book["Findings"])
    for row, value in enumerate(["=1", "fine", None], 2):
        sheet[f"{at['status']}{row}"] = value
    sheet[f"{at['date']}4"] = "soon"
    book["Product"]["B3"] = None
    book.save(path)
    assert [error.place for error in check_assessment(path)] == [
        f"Findings!{at['status']}2",
        "Product!B3",
        f"Findings!{at['status']}3",
        f"Findings!{at['date']}4",
    ]


def test_missing_columns(sheet_of: Sheets) -> None:
    path, book = sheet_of()
    book["Findings"].delete_rows(1)
    book.save(path)
    errors = [str(error) for error in check_assessment(path)]
    assert any("Findings!A1: there is no column status; write its name into the first row" in each for each in errors)


# Bounds


def test_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_text("no", "utf-8")
    with zipfile.ZipFile(tmp_path / "u.xlsx", "w") as packed:
        packed.writestr("[Content_Types].xml", "<")
    for name, expected in (("t", "it is no workbook"), ("u", "it is no workbook"), ("missing", "it cannot be read")):
        [error] = check_assessment(tmp_path / f"{name}.xlsx")
        assert (error.place, error.problem.startswith(expected)) == ("whole file", True)


def test_a_million_rows_are_refused_before_they_are_read(tmp_path: Path, sheet_of: Sheets) -> None:
    path, _ = sheet_of()
    row = b'<row><c t="inlineStr"><is><t>ir8425:data-protection.1</t></is></c></row>'
    huge = tmp_path / "huge.xlsx"
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(huge, "w", zipfile.ZIP_DEFLATED) as made:
        for name in packed.namelist():
            content = packed.read(name)
            if name == "xl/worksheets/sheet1.xml":
                begin, end = content.index(b"<sheetData>"), content.index(b"</sheetData>")
                content = content[: begin + 11] + row * 1_000_000 + content[end:]
            made.writestr(name, content)
    [error] = check_assessment(huge)
    assert error.problem == f"xl/worksheets/sheet1.xml in it is larger than {workbooks.LARGEST} bytes"


def test_rows_that_say_nothing_cost_nothing_and_the_others_are_counted(
    sheet_of: Sheets, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, book = sheet_of()
    sheet = book["Findings"]
    element, status = (f"{places(sheet)[name]}80000" for name in ("element", "status"))
    sheet[element], sheet[status] = "ir8425:asset-identification.1", "fine"
    book.save(path)
    [error] = check_assessment(path)
    assert error.place == f"Findings!{status}"
    monkeypatch.setattr(cells, "MOST_ROWS", 10)
    [error] = check_assessment(path)
    assert (error.place, error.problem) == ("Findings", "it has more than 10 rows")
