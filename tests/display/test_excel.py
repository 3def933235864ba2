"""Spreadsheets, as openpyxl reads them, and CSV."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import iotbaseline as ib
from iotbaseline._display import excel, hooks
from iotbaseline._display.records import Record, Tabular, csv_text


def sheets(found: Tabular, path: Path, query: str | None = None) -> list[Any]:
    found.to_excel(path, query=query)
    return [*load_workbook(path).worksheets]


def test_a_workbook_has_the_rows(tmp_path: Path) -> None:
    found = ib.load("ir8425")
    rows, _ = sheets(found, tmp_path / "ir8425.xlsx")
    head, *values = rows.values
    records = found.to_records()
    assert list(head) == list(records[0])
    assert [list(row) for row in values] == [
        [value or None if isinstance(value, str) else value for value in row.values()] for row in records
    ]


def test_a_workbook_is_made_to_be_read(tmp_path: Path) -> None:
    rows, provenance = sheets(ib.load("ir8425"), tmp_path / "ir8425.xlsx")
    assert rows.freeze_panes == "B2"
    assert rows.auto_filter.ref == rows.dimensions
    assert rows["A1"].font.b
    assert all(8 <= column.width <= 62 for column in rows.column_dimensions.values())
    summary = next(cell.column_letter for cell in rows[1] if cell.value == "summary")
    assert rows[f"{summary}2"].alignment.wrap_text
    assert {rows[f"{column}2"].alignment.vertical for column in ("A", summary)} == {"top"}
    assert (rows["A2"].font.u, rows["A2"].font.color.rgb) == ("single", "FF0563C1")
    assert [(each.max, int(each.width)) for each in provenance.column_dimensions.values()] == [(1, 20), (2, 100)]
    assert (provenance["A1"].font.b, provenance["B1"].font.b) == (True, False)
    link = rows["A2"].hyperlink
    assert link is not None
    address = f"{link.target}#{link.location}" if link.location else link.target
    assert address == ib.url(str(rows["A2"].value))


def test_a_workbook_says_where_its_rows_come_from(tmp_path: Path) -> None:
    found = ib.coverage("ir8425", "ir8259a")
    _, provenance = sheets(found, tmp_path / "gaps.xlsx", query="what is open?")
    told = [(str(name), str(value)) for name, value in provenance.values]
    assert told[:2] == [("query", "what is open?"), ("what", str(found))]
    assert ("rows", str(len(found))) in told
    assert ("data", ib.data_version) in told
    sources = {value.partition(": ")[0] for name, value in told if name == "source"}
    assert sources == {source.name for source in ib.sources() if source.publication in ("ir8425", "ir8259a")}


def test_one_row_and_none(tmp_path: Path) -> None:
    rows, provenance = sheets(ib.get("AC-2"), tmp_path / "one.xlsx")
    assert rows.max_row == 2
    assert next(provenance.values) == ("what", str(ib.get("AC-2")))
    nothing = ib.mappings("AC-2").where(lambda _: False)
    rows, _ = sheets(nothing, tmp_path / "none.xlsx")
    assert rows.max_row == 1


def test_cells_of_every_type_and_the_links_of_some(tmp_path: Path) -> None:
    """Identifiers and addresses lead somewhere; what stands in a text does not."""
    record: Record = {
        "id": "ir8425", "subject": "ir8425:documentation", "doi": "https://doi.org/10.6028/NIST.IR.8425",
        "note": "https://example.org/", "flag": True, "other": False, "number": 2.5, "nothing": None,
    }  # fmt: skip
    excel.write(tmp_path / "a.xlsx", [*record], [record], [("what", "one")])
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Rows", "Provenance"]
    head, row = book["Rows"].iter_rows()
    assert {name.value: cell.value for name, cell in zip(head, row, strict=True)} == record
    assert [cell.data_type for cell in row] == ["s", "s", "s", "s", "b", "b", "n", "n"]
    assert [bool(cell.hyperlink) for cell in row] == [True] * 3 + [False] * 5


def test_columns_are_as_wide_as_what_they_hold(tmp_path: Path) -> None:
    records: list[Record] = [
        {"a": "x" * 30, "b": None, "a long name": "x"},
        {"a": None, "b": "x" * 900, "a long name": None},
    ]
    excel.write(tmp_path / "a.xlsx", [*records[0]], records, [])
    rows = load_workbook(tmp_path / "a.xlsx")["Rows"]
    assert [int(rows.column_dimensions[column].width) for column in "ABC"] == [31, 60, 14]


def test_a_workbook_is_made_at_the_moment_that_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    excel.write(tmp_path / "a.xlsx", ["a"], [{"a": "1"}], [])
    assert str(load_workbook(tmp_path / "a.xlsx").properties.created) == "1970-01-02 00:00:00"


def test_texts_stay_texts(tmp_path: Path) -> None:
    element = ib.kinds.Term(id="x:=1", title="=1+1", summary="007", note="https://example.org/ and more")
    rows, _ = sheets(element, tmp_path / "texts.xlsx")
    assert {cell.data_type for cell in rows[2] if cell.value is not None} == {"s"}
    assert "=1+1" in [cell.value for cell in rows[2]]


def test_without_xlsxwriter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(ib.errors.MissingExtraError, match=r"^XlsxWriter is not installed; .*iotbaseline\[excel\]"):
        ib.publications().to_excel(tmp_path / "list.xlsx")
    assert not list(tmp_path.iterdir())


def test_without_the_data_there_is_nothing_to_tell() -> None:
    assert hooks._no_provenance(["ir8425"]) == []
    assert hooks._no_address("ir8425") is None


def test_csv(tmp_path: Path) -> None:
    found = ib.load("ir8425")
    text = found.to_csv(tmp_path / "ir8425.csv")
    assert (tmp_path / "ir8425.csv").read_bytes() == text.encode()
    rows = list(csv.DictReader(StringIO(text, newline="")))
    assert [row["id"] for row in rows] == [element.id for element in found]
    assert len(rows) == len(ib.load("ir8425").to_csv().splitlines()) - 1


@given(
    st.lists(
        st.dictionaries(st.just("a"), st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n")), min_size=1)
    )
)
def test_no_cell_of_csv_is_a_formula(records: list[dict[str, str]]) -> None:
    rows = list(csv.DictReader(StringIO(csv_text(["a"], [{**record} for record in records]), newline="")))
    for row in rows:
        assert not re.match(r"[=+\-@\t\r]", row["a"])
    texts = [record["a"] for record in records]
    assert [row["a"].removeprefix("'") for row in rows if row["a"]] == [
        text.removeprefix("'") for text in texts if text
    ]


def test_an_address_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(hooks, "address", asked.append)
    known: dict[str, str | None] = {}
    assert [excel._address(cell, known) for cell in (None, 3, "two words", "ir8425", "ir8425")] == [None] * 5
    assert asked == ["ir8425"]
    assert excel._address("https://doi.org/10.6028/x", known) == "https://doi.org/10.6028/x"
