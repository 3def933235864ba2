"""The tables of the page "One product, four markets", counted again from the mappings."""

from __future__ import annotations

import csv
import re
import runpy
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import iotbaseline as ib

PAGE = Path(__file__).parents[2] / "docs" / "four_markets.py"
if not PAGE.exists():
    pytest.skip("the documentation is not part of the package", allow_module_level=True)
MADE: dict[str, Any] = runpy.run_path(str(PAGE))
FORWARDS = [dict(zip(MADE["FORWARDS"], row, strict=True)) for row in MADE["forwards"]()]
BACKWARDS = [dict(zip(MADE["BACKWARDS"], row, strict=True)) for row in MADE["backwards"]()]


@pytest.mark.parametrize(("market", "key"), [("ETSI EN 303 645", "en303645v3.1.3"), ("CRA Annexes I and II", "cra")])
def test_every_held_mapping_has_its_row(market: str, key: str) -> None:
    held = {
        (each.subject.partition(":")[2], each.object, str(each.relation), str(each.basis))
        for each in ib.crosswalk("ir8425", key)
    }
    rows = [row for row in FORWARDS if row["market"] == market]
    assert {(row["outcome"], row["asks"], row["relation"], row["basis"]) for row in rows if not row["way"]} == held


def test_a_law_is_reached_through_what_it_names() -> None:
    rows = [row for row in FORWARDS if row["market"] == "UK PSTI"]
    assert {row["asks"] for row in rows} == {f"uk-psti-2023:schedule-1.{number}" for number in "123"}
    assert {(row["relation"], row["basis"]) for row in rows} == {("related", "curated")}
    assert all(" came_from en303645v2.1.1:" in row["way"] for row in rows)


def test_the_second_table_has_every_item_once_at_its_level() -> None:
    low = ib.coverage("ir8425", "sp800-53r5", baseline="low", through="sp800-213a")
    rows = [row for row in BACKWARDS if row["market"] == "SP 800-53 LOW"]
    assert [(row["asks"], row["level"]) for row in rows] == [(item.element.id, item.level) for item in low]
    assert len(rows) == 149
    keys = [(row["market"], row["asks"]) for row in BACKWARDS]
    assert len(keys) == len(set(keys))


def test_the_table_works_without_scripts_and_downloads_its_rows() -> None:
    rows = [("a,b", 'say "<i>"', None), ("ü", "2", "x")]
    shown = MADE["table"]("name", ("one", "two", "three"), rows)
    cells = [unescape(cell) for cell in re.findall(r"<t[hd]>(.*?)</t[hd]>", shown)]
    expected = ["one", "two", "three", "a,b", 'say "<i>"', "", "ü", "2", "x"]
    assert cells == expected
    link = re.search(r'download="name.csv" href="data:text/csv;charset=utf-8,([^"]+)"', shown)
    assert link
    assert [cell for row in csv.reader(StringIO(unquote(link[1]))) for cell in row] == expected
    assert "<label hidden>" in shown
