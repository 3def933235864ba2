"""Appendices A, B and C of SP 800-213A in NIST's own PDF, row by row, against the data.

The tables are read by their ruling lines, without the code that built the data and the text it was built from.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    import pdfplumber
    from pdfplumber.table import Table
else:
    pdfplumber = pytest.importorskip("pdfplumber", reason="pdfplumber is not installed")
    Table = pdfplumber.table.Table

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
DATA = Path(__file__).parents[2] / "data"
KEY = "sp800-213a"
PDF = "pdf/NIST.SP.800-213A.pdf"
COVER_PAGES = 2
PAGES = {"A": range(72, 75), "B": range(75, 83), "C": range(83, 91)}
CROSSWALKS = {"B": f"sp800-53r5--{KEY}", "C": f"csf1.1--{KEY}"}
HEADINGS = {"RMF Control", "CSF"}
NOTHING = "sssom:NoTermFound"

CONTROL = re.compile(r"([A-Z]{2})-\s*(\d+)(?:\((\d+)\))?")
ENTRY = re.compile(r"(.+) \(([A-Z]{2,3})\)")
REFERENCE = re.compile(r"(?:(?P<prefix>[A-Z]{2}): ?)?(?P<code>[A-Z]{3})(?P<items>(?:\([^)]*\))*)")

pytestmark = pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")

Json = dict[str, Any]


class Edge(NamedTuple):
    """One item that a row of Appendix B or C refers to; ``target`` is ``None`` where the catalog has no such item."""

    page: int
    printed: str
    target: str | None


class Row(NamedTuple):
    """A row of Appendix B or C: what it is about, and the edges of its two columns."""

    page: int
    label: str
    technical: list[Edge]
    non_technical: list[Edge]


class Entry(NamedTuple):
    """A row of Appendix A."""

    table: int
    page: int
    family: str
    code: str
    title: str
    selection: str
    controls: list[str]
    bold: list[str]


# --- the PDF -----------------------------------------------------------------------------------------------------


def is_text_or_line(thing: Json) -> bool:
    """Not shading: the lines of the tables are rectangles less than a point wide or high."""
    return bool(thing["object_type"] != "rect" or min(thing["width"], thing["height"]) < 1)


def is_bold(thing: Json) -> bool:
    return bool(thing["object_type"] == "char" and "Bold" in thing["fontname"])


def tables(pages: range) -> Iterator[tuple[int, Table]]:
    """The tables on some pages, each with the number printed on its page."""
    assert SOURCES
    with pdfplumber.open(Path(SOURCES) / PDF) as pdf:
        for number in pages:
            for table in pdf.pages[number + COVER_PAGES - 1].filter(is_text_or_line).find_tables():
                yield number, table


def only_bold(table: Table) -> Table:
    """The same cells, each with its bold characters only."""
    return Table(table.page.filter(is_bold), table.cells)


def control(printed: re.Match[str]) -> str:
    return ".".join(filter(None, (f"sp800-53r5:{printed[1].lower()}-{printed[2]}", printed[3])))


def controls(cell: str | None) -> list[str]:
    assert not CONTROL.sub("", cell or "").strip(", \n")
    return [control(match) for match in CONTROL.finditer(cell or "")]


@cache
def profile() -> tuple[Entry, ...]:
    """Appendix A; a row cut in two by a page break goes on with its second line, such as "(all requirements)"."""
    found: list[Entry] = []
    family, number = "", 0
    for page, table in tables(PAGES["A"]):
        for (first, cited), (_, bold) in zip(table.extract(), only_bold(table).extract(), strict=True):
            name, _, selection = (first or "").partition("\n")
            named = ENTRY.fullmatch(name.strip())
            if name == "Sub-Capability":
                number += 1
            elif named and cited is None:
                family = named[2]
            elif named:
                title, code = named.groups()
                found.append(Entry(number, page, family, code, title, selection, controls(cited), controls(bold)))
            else:
                assert [found[-1].selection, selection, cited] == ["", "", ""]
                found[-1] = found[-1]._replace(selection=name)
    return tuple(found)


@cache
def rows(appendix: str) -> tuple[Row, ...]:
    """Appendix B or C; a row that a page break cuts in two goes on without a label."""
    found: list[Row] = []
    for page, table in tables(PAGES[appendix]):
        for label, *columns in table.extract():
            if label in HEADINGS or len(columns) < 2 or None in columns:
                continue
            if label:
                found.append(Row(page, label, [], []))
            for edges, text in zip(found[-1][2:], columns, strict=True):
                edges.extend(references(page, " ".join((text or "").split())))
    return tuple(found)


def references(page: int, text: str) -> Iterator[Edge]:
    """The items that a cell refers to; a prefix is in force until the next one."""
    assert not REFERENCE.sub("", text).strip(", ")
    prefix = ""
    for match in REFERENCE.finditer(text):
        prefix = match["prefix"] or prefix
        for item in items(match["items"]):
            yield Edge(page, f"{prefix}: {match['code']}{match['items']}", target(match["code"], item))


def items(printed: str) -> Iterator[str]:
    """The items of "(5e,f)" or "(12)(a)" as "5.e", "5.f", "12.a"; nothing in parentheses is the whole."""
    numbered = re.findall(r"(\d+)(\D*)", printed)
    if not numbered:
        yield ""
    for number, rest in numbered:
        letters = re.findall(r"[a-z]", rest)
        yield from (f"{number}.{letter}" for letter in letters) if letters else (number,)


# --- the data ----------------------------------------------------------------------------------------------------


@cache
def elements() -> dict[str, Json]:
    document = json.loads((DATA / "publications" / f"{KEY}.json").read_text("utf-8"))
    return {element["id"]: element for element in document["elements"]}


@cache
def sub_capabilities() -> dict[str, str]:
    """The sub-capabilities by their codes, which are unique whatever the prefix."""
    return {name[-3:]: name for name, element in elements().items() if element["kind"] == "sub-capability"}


def target(code: str, item: str) -> str | None:
    """The item, or the sub-capability where it lists no requirements: "(1)" stands for the whole there."""
    whole = sub_capabilities()[code]
    lists_requirements = f"{whole}.1" in elements()
    name = f"{whole}.{item}" if item and (lists_requirements or item != "1") else whole
    return name if name in elements() else None


@cache
def crosswalk(appendix: str) -> list[dict[str, str]]:
    lines = (DATA / "crosswalks" / f"{CROSSWALKS[appendix]}.sssom.tsv").read_text("utf-8").splitlines()
    return list(csv.DictReader([x for x in lines if x[0] != "#"], delimiter="\t", quoting=csv.QUOTE_NONE))


def in_full(printed: str) -> str:
    """A printed reference with "a-c" written out: the data shortens long lists of letters."""
    return re.sub(r"([a-z])-([a-z])", lambda run: ",".join(map(chr, range(ord(run[1]), ord(run[2]) + 1))), printed)


def subject(label: str) -> str:
    """What a row is about; Appendix C prints RC.CO as RM.CO."""
    is_control = CONTROL.fullmatch(label)
    return control(is_control) if is_control else f"csf1.1:{label.replace('RM.CO', 'RC.CO')}"


# --- the two compared --------------------------------------------------------------------------------------------


def test_every_row_is_read() -> None:
    assert len(profile()) == 46
    assert sum(len(entry.controls) for entry in profile()) == 239
    assert sum(len(entry.bold) for entry in profile()) == 153
    assert len(rows("B")) == 347
    assert len(rows("C")) == 108


@pytest.mark.parametrize("appendix", ["B", "C"])
def test_the_crosswalk_has_the_rows_of_the_appendix(appendix: str) -> None:
    printed = [
        (subject(row.label), f"Appendix {appendix}, p. {edge.page}", edge.printed, edge.target or "")
        for row in rows(appendix)
        for edge in (row.technical + row.non_technical or [Edge(row.page, "", NOTHING)])
    ]
    held = [
        (row["subject_id"], row["locator"], in_full(row["printed"]), row["object_id"]) for row in crosswalk(appendix)
    ]
    assert held == list(dict.fromkeys(printed))


@pytest.mark.parametrize("appendix", ["B", "C"])
def test_the_crosswalk_is_official_and_in_full(appendix: str) -> None:
    assert {(row["basis"], row["fidelity"]) for row in crosswalk(appendix)} == {("official", "full")}


def test_the_profile_has_the_rows_of_appendix_a() -> None:
    held = [
        (
            element["table"],
            element["page"],
            element["id"],
            element["title"],
            element["selects"],
            element.get("note"),
            element["related_controls"],
            element["bold_controls"],
        )
        for element in elements().values()
        if element["kind"] == "profile-entry"
    ]
    printed = []
    for entry in profile():
        whole = f"{KEY}:{entry.family}.{entry.code}"
        numbers = re.findall(r"\((\d+)\)", entry.selection)
        printed.append(
            (
                str(entry.table),
                str(entry.page),
                f"{KEY}:profile.{entry.family}.{entry.code}",
                entry.title,
                [f"{whole}.{number}" for number in numbers] or [whole],
                None if numbers else f"Printed: {entry.selection}",
                entry.controls,
                entry.bold,
            )
        )
    assert held == printed
