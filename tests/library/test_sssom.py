"""Mapping tables in SSSOM TSV."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from iotbaseline import Basis, Fidelity, Mapping, Relation
from iotbaseline._library import sssom
from iotbaseline._library.library import DEFAULT
from iotbaseline.errors import DataError

TABLES = sorted((Path(__file__).parents[2] / "data" / "crosswalks").glob("*.sssom.tsv"))
FILE = "crosswalks/a--b.sssom.tsv"
HEADER = "\t".join(sssom.COLUMNS)
CELLS = {
    "subject_id": "a:1",
    "predicate_id": "ir8477:subset_of",
    "object_id": "b:2",
    "object_label": "Two",
    "mapping_justification": "semapv:X",
    "comment": "why",
    "basis": "curated",
    "fidelity": "partial",
    "locator": "p. 3",
    "strength": "7",
    "printed": "II",
    "path": "",
}


def row(**cells: str) -> str:
    return "\t".join((CELLS | cells).values())


def test_read() -> None:
    bare = row(object_id="", object_label="II.", comment="", locator="", strength="", printed="")
    path = row(path="a:1|c:3|b:2")
    assert sssom.read(f"#license: x\n#more\n{HEADER}\n{path}\n{bare}\n", FILE) == (
        Mapping(
            subject="a:1",
            relation=Relation.SUBSET_OF,
            object="b:2",
            object_label="Two",
            basis=Basis.CURATED,
            fidelity=Fidelity.PARTIAL,
            justification="semapv:X",
            rationale="why",
            locator="p. 3",
            strength=7,
            printed="II",
            path=("a:1", "c:3", "b:2"),
            source="a--b",
        ),
        Mapping(
            subject="a:1",
            relation=Relation.SUBSET_OF,
            object=None,
            object_label="II.",
            basis=Basis.CURATED,
            fidelity=Fidelity.PARTIAL,
            justification="semapv:X",
            source="a--b",
        ),
    )


def test_quotes_and_line_ends_are_nothing_special() -> None:
    comments = ['says "so', '"all"', "why"]
    rows = "\r\n".join([HEADER, *(row(comment=comment) for comment in comments), ""])
    assert [mapping.rationale for mapping in sssom.read(rows, FILE)] == comments


@pytest.mark.parametrize("strength", ["0", "10"])
def test_strength_in_range(strength: str) -> None:
    [mapping] = sssom.read(f"{HEADER}\n{row(strength=strength)}\n", FILE)
    assert mapping.strength == int(strength)


def test_nothing_mapped() -> None:
    [mapping] = sssom.read(f"{HEADER}\n{row(object_id=sssom.NOTHING, object_label='')}\n", FILE)
    assert (mapping.object, mapping.object_label, mapping.is_empty) == (None, None, True)
    with pytest.raises(DataError, match=f"write {sssom.NOTHING}"):
        sssom.read(f"{HEADER}\n{row(object_id='', object_label='')}\n", FILE)


def test_line_number_after_an_empty_line() -> None:
    with pytest.raises(DataError) as caught:
        sssom.read(f"{HEADER}\n\n{row(basis='guessed')}\n", FILE)
    assert caught.value.place == "line 3"


def test_table_without_rows() -> None:
    assert sssom.read(HEADER, FILE) == ()


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("", "line 1", "the columns are"),
        ("#a\n#b\n", "line 3", "the columns are"),
        (f"#a\n{HEADER}\textra\n{row()}", "line 2", "the columns are"),
        (f"{HEADER.replace('basis', 'bases')}\n{row()}", "line 1", "the columns are"),
        (f"{HEADER}\n{row()}\textra", "line 2", "longer"),
        (f"#a\n{HEADER}\n{row()}\na:1\tir8477:related", "line 4", "shorter"),
        (f"{HEADER}\n{row(predicate_id='ir8477:likes')}", "line 2", "'likes' is not a valid Relation"),
        (f"{HEADER}\n{row()}\n{row(basis='guessed')}", "line 3", "'guessed' is not a valid Basis"),
        (f"{HEADER}\n{row(fidelity='')}", "line 2", "'' is not a valid Fidelity"),
        (f"{HEADER}\n{row(strength='seven')}", "line 2", "'seven'"),
    ],
)
def test_wrong_table(text: str, place: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem) as caught:
        sssom.read(text, FILE)
    assert (caught.value.file, caught.value.place) == (FILE, place)
    assert caught.value.fix


@pytest.mark.parametrize("separator", ["\u2028", "\x85", "\x0c"])
def test_only_a_line_feed_ends_a_row(separator: str) -> None:
    [mapping] = sssom.read(f"{HEADER}\n{row(comment=f'why{separator}so')}\n", FILE)
    assert mapping.rationale == f"why{separator}so"


@pytest.mark.parametrize("strength", ["11", "-1", "99999999999999999999"])
def test_strength_out_of_range(strength: str) -> None:
    with pytest.raises(DataError, match="line 2"):
        sssom.read(f"{HEADER}\n{row(strength=strength)}\n", FILE)


def test_cell_longer_than_csv_reads() -> None:
    with pytest.raises(DataError, match="line 2"):
        sssom.read(f"{HEADER}\n{row(comment='y' * 200_000)}\n", FILE)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_shipped_table_is_read_cell_by_cell(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").split("\n") if line and not line.startswith("#")]
    table = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    mappings = DEFAULT.mappings(*path.name.removesuffix(".sssom.tsv").split("--"))
    assert [
        {
            "subject_id": mapping.subject,
            "predicate_id": f"ir8477:{mapping.relation}",
            "object_id": mapping.object or ("" if mapping.object_label else sssom.NOTHING),
            "object_label": mapping.object_label or "",
            "mapping_justification": mapping.justification,
            "comment": mapping.rationale or "",
            "basis": str(mapping.basis),
            "fidelity": str(mapping.fidelity),
            "locator": mapping.locator or "",
            "strength": "" if mapping.strength is None else str(mapping.strength),
            "printed": mapping.printed or "",
            "path": "|".join(mapping.path),
        }
        for mapping in mappings
    ] == table
    assert {mapping.source for mapping in mappings} == {path.name.removesuffix(".sssom.tsv")}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_shipped_table_says_what_it_is(path: Path) -> None:
    subject, _, obj = path.name.removesuffix(".sssom.tsv").partition("--")
    head = dict(line[1:].split(": ", 1) for line in path.read_text("utf-8").split("\n") if line.startswith("#"))
    assert (head["subject_source"], head["object_source"]) == (f'"{subject}"', f'"{obj}"')
    assert {"sssom_version", "mapping_set_id", "license", "extension_definitions"} <= head.keys()
