"""Publications as spreadsheets; StrictDoc, which imports them, is a gate of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

import iotbaseline as ib
from iotbaseline._display import excel
from iotbaseline._model.wording import Wording
from iotbaseline.formats.xlsx import ABSENT, HEADER


def rows_of(file: Path) -> list[dict[str, object]]:
    """The rows of the first sheet by their header, without what is empty."""
    header, *rows = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)
    return [{str(name): cell for name, cell in zip(header, row, strict=True) if cell is not None} for row in rows]


@pytest.mark.parametrize("key", ["ir8425", "sp800-213a", "csf2.0", "en303645v3.1.3", "sp800-82r3"])
def test_every_element_is_a_row_that_says_all_that_is_known(key: str, tmp_path: Path) -> None:
    ib.export(key, "xlsx", tmp_path / "a.xlsx", strict=True)
    rows = rows_of(tmp_path / "a.xlsx")
    publication = ib.load(key)
    assert [row["UID"] for row in rows] == [element.id for element in publication]
    for row, element in zip(rows, publication, strict=True):
        assert row["Title"] == (element.title or element.local)
        assert row["Statement"] == (element.summary or row["Title"])
        assert row.get("Parent") == element.parent
        assert row.get("Comment") == element.note
        assert (row["kind"], row.get("label"), row.get("page")) == (element.kind, element.label, element.page)
        assert (row.get("untitled") == "true") == (element.title is None)
        assert row.get("sha256") == element.sha256


def test_the_header_begins_as_strictdoc_expects_and_keeps_its_names_to_it(tmp_path: Path) -> None:
    for key in ("ir8425", "en303645v3.1.3"):
        ib.export(key, "xlsx", tmp_path / "a.xlsx")
        header = [str(cell.value) for cell in openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0][1]]
        assert tuple(header[: len(HEADER)]) == HEADER
        assert not {"STATUS", "LEVEL", "TAGS", "RATIONALE", "REF", "NAME", "ID"} & {name.upper() for name in header}
    assert "provision status" in header


def test_a_parent_that_is_not_held_and_an_attached_wording_have_columns(tmp_path: Path) -> None:
    publication = ib.load("ir8425")
    child = next(each for each in publication if each.parent)
    worded = evolve(child, wording=Wording(text="Official words.", source="copy.pdf", sha256="0" * 64))
    ib.export(evolve(publication, elements=(worded,)), "xlsx", tmp_path / "a.xlsx", strict=True)
    [row] = rows_of(tmp_path / "a.xlsx")
    assert "Parent" not in row
    assert row[ABSENT] == child.parent
    assert row["official wording"] == "Official words."
    assert "copy.pdf" in str(row["official wording from"])


def test_the_second_sheet_says_what_it_is(tmp_path: Path) -> None:
    partial = next(info.key for info in ib.publications() if ib.load(info.key).missing)
    ib.export(partial, "xlsx", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[1]
    facts = {str(name): value for name, value, *_ in sheet.iter_rows(values_only=True)}
    assert facts["not held"] == ib.load(partial).missing
    assert "neither published nor endorsed by NIST" in str(facts["statements"])


def test_a_text_that_no_cell_holds_is_counted(tmp_path: Path) -> None:
    publication = ib.load("ir8425")
    long = evolve(publication.elements[0], summary="x" * (excel.LONGEST + 1))
    report = ib.export(evolve(publication, elements=(long,)), "xlsx", tmp_path / "a.xlsx")
    assert [str(loss) for loss in report] == ["1 weakened: texts longer than a cell"]
    assert report.losses[0].examples == (f"{long.id} Statement",)


def test_the_same_bytes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("a.xlsx", "b.xlsx"):
        ib.export("ir8425", "xlsx", tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").properties.created.year == 2023


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ib.errors.MissingExtraError, match="excel"):
        ib.export("ir8425", "xlsx", tmp_path / "a.xlsx")
