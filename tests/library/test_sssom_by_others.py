"""The mapping tables that ship, read by sssom-pydantic; sssom-py reads them as one of the gates."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import sssom_pydantic

from iotbaseline._library import sssom
from iotbaseline._library.library import DEFAULT

TABLES = sorted((Path(__file__).parents[2] / "data" / "crosswalks").glob("*.sssom.tsv"))
every_table = pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)


def pair_of(path: Path) -> tuple[str, str]:
    subject, _, obj = path.name.removesuffix(".sssom.tsv").partition("--")
    return subject, obj


@every_table
def test_sssom_pydantic_reads_all_but_literals(path: Path) -> None:
    mappings = DEFAULT.mappings(*pair_of(path))
    rows, _, about = sssom_pydantic.read(path)
    assert [(row.subject.curie, row.object.curie) for row in rows] == [
        (mapping.subject, mapping.object or sssom.NOTHING)
        for mapping in mappings
        if mapping.object is not None or mapping.is_empty
    ]
    assert str(about.id) == f"https://w3id.org/iotbaseline/crosswalks/{'--'.join(pair_of(path))}"


def test_no_row_is_lost_on_the_way() -> None:
    read = sum(len(DEFAULT.mappings(*pair)) for pair in DEFAULT.crosswalk_pairs())
    lines = [line for path in TABLES for line in path.read_text("utf-8").split("\n") if line and line[0] != "#"]
    assert read == len(list(csv.reader(lines, delimiter="\t"))) - len(TABLES)
