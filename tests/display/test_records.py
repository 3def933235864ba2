"""Rows and data frames."""

from __future__ import annotations

import csv
import sys
from io import StringIO
from pathlib import Path

import pandas
import polars
import pytest

import iotbaseline as ib
from iotbaseline._display.records import RUN_BY_SPREADSHEETS, Column, Record, Tabular, csv_text, lifted


def tabulars() -> dict[str, Tabular]:
    """One of each type that can be read as a table."""
    crosswalk, difference = ib.crosswalk("csf1.1", "csf2.0"), ib.diff("ir8259", "ir8259r1")
    return {
        "element": ib.get("ir8425:data-protection"),
        "publication": ib.load("ir8425"),
        "publication without elements": ib.load("csa2015"),
        "info": ib.info("ir8425"),
        "mapping": crosswalk.mappings[0],
        "crosswalk": crosswalk,
        "change": difference.pairings[0],
        "diff": difference,
        "hit": ib.search("update")[0],
    }


@pytest.mark.parametrize("name", tabulars())
def test_records_are_flat_and_alike(name: str) -> None:
    rows = tabulars()[name].to_records()
    assert all(type(value) in (str, int, float, bool, type(None)) for row in rows for value in row.values())
    assert len({tuple(row) for row in rows}) <= 1


@pytest.mark.parametrize("name", tabulars())
def test_pandas(name: str) -> None:
    rows = tabulars()[name].to_records()
    frame = tabulars()[name].to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert frame.astype(object).where(frame.notna(), None).to_dict("records") == rows


@pytest.mark.parametrize("name", tabulars())
def test_polars(name: str) -> None:
    frame = tabulars()[name].to_polars()
    assert isinstance(frame, polars.DataFrame)
    assert frame.to_dicts() == tabulars()[name].to_records()


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_missing_extra(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ib.errors.MissingExtraError, match=rf"pip install 'iotbaseline\[{library}\]'") as caught:
        getattr(ib.info("ir8425"), f"to_{library}")()
    assert isinstance(caught.value, ImportError)
    assert caught.value.name == caught.value.library == caught.value.extra == library


def test_a_subclass_has_to_give_records() -> None:
    with pytest.raises(NotImplementedError):
        Tabular().to_records()


class Table(Tabular):
    """Rows of one column, ``value``."""

    def __init__(self, *values: str | int | None) -> None:
        self.values = values

    def columns(self) -> tuple[Column[Record], ...]:
        return (Column("value", lambda record: record["value"]),)

    def to_records(self) -> list[Record]:
        return [{"value": value} for value in self.values]


def test_a_column_that_begins_empty_has_the_type_of_what_follows() -> None:
    table = Table(*[None] * 200, "text")
    assert table.to_polars()["value"].to_list() == [*[None] * 200, "text"]
    assert table.to_pandas()["value"][200] == "text"


def test_csv(tmp_path: Path) -> None:
    rows: list[Record] = [{"a": "x", "b": 1}, {"a": None, "b": True}, {"a": "with, comma", "b": -1, "c": "left out"}]
    assert csv_text(["a", "b"], rows) == 'a,b\nx,1\n,True\n"with, comma",-1\n'
    assert csv_text(["b", "a"], rows, "\t") == "b\ta\n1\tx\nTrue\t\n-1\twith, comma\n"
    assert Table("x", None).to_csv(tmp_path / "a.csv") == (tmp_path / "a.csv").read_text("utf-8") == 'value\nx\n""\n'


@pytest.mark.parametrize("first", RUN_BY_SPREADSHEETS)
def test_no_cell_of_csv_is_run_by_a_spreadsheet(first: str) -> None:
    [_, [cell]] = csv.reader(StringIO(csv_text(["a"], [{"a": f"{first}1"}]), newline=""))
    assert cell == f"'{first}1".replace("\r", "\n")


def test_a_row_of_csv_ends_where_it_should() -> None:
    texts = ["two\rlines", "two\nlines", "two\r\nlines"]
    rows = csv.reader(StringIO(csv_text(["a"], [{"a": text} for text in texts]), newline=""))
    assert [*rows] == [["a"], ["two\nlines"], ["two\nlines"], ["two\r\nlines"]]


def test_what_spreadsheets_run() -> None:
    assert set("=+-@\t\r") == set(RUN_BY_SPREADSHEETS)


def test_columns_of_a_part_are_columns_of_the_whole() -> None:
    several: Column[str] = Column("letters", lambda text: tuple(text), separator="-", groups=("a", "b"))
    status: Column[str] = Column("status", lambda _: ib.Status.CURRENT)
    assert (several.flat("ab"), several.nested("ab")) == ("a-b", ["a", "b"])
    assert (type(status.flat("")), type(status.nested(""))) == (str, str)
    lengths: Column[str] = Column("length", len, in_json=lambda text: {"length": len(text)})
    assert (lengths.flat("ab"), lengths.nested("ab")) == (2, {"length": 2})

    def joined(texts: list[str]) -> str:
        return "".join(texts)

    (found,) = lifted([several], joined)
    assert (found.name, found.separator, found.groups) == ("letters", "-", ("a", "b"))
    assert found.flat(["a", "b"]) == "a-b"
