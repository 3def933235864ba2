"""Mapping tables in SSSOM TSV."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline import Basis, Fidelity, Mapping, Relation
from iotbaseline._library import sssom
from iotbaseline._library.library import DEFAULT
from iotbaseline._model.hidden import hidden_in
from iotbaseline.errors import DataError

TABLES = sorted((Path(__file__).parents[2] / "data" / "crosswalks").glob("*.sssom.tsv"))
FILE = "crosswalks/a--b.sssom.tsv"
HEADER = "\t".join(sssom.COLUMNS)
CELLS = {
    "subject_id": "a:1",
    "predicate_id": "ir8477:subset_of",
    "object_id": "b:2",
    "object_label": "Two",
    "object_type": "",
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
    bare = row(
        object_id="", object_label="II.", object_type=sssom.LITERAL, comment="", locator="", strength="", printed=""
    )
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


def test_quotes_are_those_of_the_standard() -> None:
    cells = ['"says ""so"""', '"all"', "the 2'' pipe", 'a "word"', '"two\nlines"']
    rows = "\r\n".join([HEADER, *(row(comment=comment) for comment in cells), ""])
    read = ['says "so"', "all", "the 2'' pipe", 'a "word"', "two\nlines"]
    assert [mapping.rationale for mapping in sssom.read(rows, FILE)] == read


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
        ('#a\n"x', "line 2", "the columns cannot be read"),
        (f"#a\n{HEADER}\textra\n{row()}", "line 2", "the columns are"),
        (f"{HEADER.replace('basis', 'bases')}\n{row()}", "line 1", "the columns are"),
        (f"{HEADER}\n{row()}\textra", "line 2", "longer"),
        (f"#a\n{HEADER}\n{row()}\na:1\tir8477:related", "line 4", "shorter"),
        (f"{HEADER}\n{row(predicate_id='ir8477:likes')}", "line 2", "'likes' is not a valid Relation"),
        (f"{HEADER}\n{row()}\n{row(basis='guessed')}", "line 3", "'guessed' is not a valid Basis"),
        (f"{HEADER}\n{row(fidelity='')}", "line 2", "'' is not a valid Fidelity"),
        (f"{HEADER}\n{row(strength='seven')}", "line 2", "'seven'"),
        (f"{HEADER}\n{row(comment=chr(34))}", "line 2", "unexpected end of data"),
        (f"{HEADER}\n{row(object_type='rdfs literal')}", "line 2", "the object_type is 'rdfs literal'"),
        (f"{HEADER}\n{row(object_id='')}", "line 2", "the object_type is ''"),
        (f"#a\n{HEADER}\n{row()}\n{row(comment='a' + chr(27))}", "line 4", "it has the character U\\+001B"),
        (f"{HEADER}\n{row(comment='a' + chr(13) + 'b')}\n", "line 2", "it has the character U\\+000D"),
        (f"{HEADER}\n{row(object_id='', object_label='')}", "line 2", "there is no object; write sssom:NoTermFound"),
    ],
)
def test_wrong_table(text: str, place: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem) as caught:
        sssom.read(text, FILE)
    assert (caught.value.file, caught.value.place) == (FILE, place)
    assert caught.value.fix


@pytest.mark.parametrize("separator", ["\u2028", "\u2029"])
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


def head(path: Path) -> dict[str, Any]:
    lines = path.read_text("utf-8").split("\n")
    slots = (line[1:].split(": ", 1) for line in lines if line.startswith("#"))
    return {name: json.loads(value) for name, value in slots}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_shipped_table_is_as_the_codec_writes_it(path: Path) -> None:
    pair = path.name.removesuffix(".sssom.tsv").split("--")
    mappings, slots = DEFAULT.mappings(*pair), head(path)
    about = {name: slots[f"mapping_{name}"] for name in ("set_title", "set_description", "provider")}
    text = sssom.write(
        mappings, *pair, addresses=slots["curie_map"], about={f"mapping_{name}": text for name, text in about.items()}
    )
    assert text == path.read_text("utf-8")
    assert {mapping.source for mapping in mappings} == {path.name.removesuffix(".sssom.tsv")}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_shipped_table_is_read_cell_by_cell(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").split("\n") if line and not line.startswith("#")]
    table = list(csv.reader(lines, delimiter="\t"))
    mappings = DEFAULT.mappings(*path.name.removesuffix(".sssom.tsv").split("--"))
    assert [sssom.COLUMNS, *map(sssom.cells_of, mappings)] == [tuple(cells) for cells in table]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_shipped_table_says_what_it_is(path: Path) -> None:
    subject, _, obj = path.name.removesuffix(".sssom.tsv").partition("--")
    slots = head(path)
    prefixes = slots["curie_map"]
    assert (slots["subject_source"], slots["object_source"]) == (f"iotbaseline:{subject}", f"iotbaseline:{obj}")
    assert slots["sssom_version"] == "1.1"
    assert {"mapping_set_id", "license"} <= slots.keys()
    for key, address in prefixes.items():
        if DEFAULT.knows(key):
            doi = ib.info(key).doi
            assert address == (f"https://doi.org/{doi}#" if doi else f"https://w3id.org/iotbaseline/{key}#")
    extended = {each["slot_name"]: each["property"] for each in slots["extension_definitions"]}
    beyond = {"basis", "fidelity", "locator", "strength", "printed", "path"}
    assert extended == {name: f"iotbaseline:terms/{name}" for name in beyond}
    curies = list(extended.values())
    assert all(curie.partition(":")[0] in prefixes for curie in (*curies, slots["subject_source"]))


WORDS = st.none() | st.text(min_size=1).filter(lambda text: hidden_in(text) is None)
MAPPINGS = st.builds(
    Mapping,
    subject=st.just("a:1"),
    relation=st.sampled_from(Relation),
    object=st.sampled_from([None, "b:2"]),
    object_label=WORDS,
    basis=st.sampled_from([basis for basis in Basis if basis is not Basis.USER]),
    fidelity=st.sampled_from(Fidelity),
    justification=st.just("semapv:X"),
    rationale=WORDS,
    locator=WORDS,
    strength=st.none() | st.integers(0, 10),
    printed=WORDS,
    path=st.lists(st.sampled_from(["a:1", "c:3"]), max_size=3).map(tuple),
    source=st.just("a--b"),
)


@given(st.lists(MAPPINGS))
def test_what_is_written_is_read_back(mappings: list[Mapping]) -> None:
    assert sssom.read(sssom.write(mappings, "a", "b", addresses={}), FILE) == tuple(mappings)
