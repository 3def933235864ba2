"""The crosswalks: every file holds together, and what NIST printed is read again from the reading copies."""

from __future__ import annotations

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
DATA = Path(__file__).parents[2] / "data"
FILES = sorted(path.name.removesuffix(".sssom.tsv") for path in (DATA / "crosswalks").iterdir())
REGISTERED = {record["key"] for record in json.loads((DATA / "publications.json").read_text("utf-8"))["publications"]}
ONE_PAGE = {"nist-blog-2025-09-30--ir8259r1.2pd"}
"""Official rows that stand in a short web page, which has no sections or page numbers to point to."""

with_sources = pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")
every_file = pytest.mark.parametrize("name", FILES)

Json = dict[str, Any]
Row = dict[str, str]
References = dict[tuple[str, str], list[str]]


@cache
def read(name: str) -> str:
    return (Path(SOURCES or "") / name).read_text("utf-8")


@cache
def elements(key: str) -> dict[str, Json]:
    """The elements of a publication by identifier; none if it has no file."""
    path = DATA / "publications" / f"{key}.json"
    records = json.loads(path.read_text("utf-8"))["elements"] if path.exists() else []
    return {record["id"]: record for record in records}


@cache
def header(name: str) -> Row:
    lines = (DATA / "crosswalks" / f"{name}.sssom.tsv").read_text("utf-8").splitlines()
    pairs = (line[1:].split(": ", 1) for line in lines if line.startswith("#"))
    return {key: json.loads(value) for key, value in pairs}


@cache
def rows(name: str) -> list[Row]:
    lines = (DATA / "crosswalks" / f"{name}.sssom.tsv").read_text("utf-8").splitlines()
    table = [line for line in lines if not line.startswith("#")]
    return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@every_file
def test_name_and_header_agree(name: str) -> None:
    subject, _, obj = name.partition("--")
    found = header(name)
    assert (found["subject_source"], found["object_source"]) == (f"iotbaseline:{subject}", f"iotbaseline:{obj}")
    assert found["mapping_set_id"].endswith(f"/crosswalks/{name}")
    assert {subject, obj} <= REGISTERED
    assert rows(name)


@every_file
def test_subjects_and_objects_exist(name: str) -> None:
    subject, _, obj = name.partition("--")
    assert {row["subject_id"] for row in rows(name)} <= elements(subject).keys()
    objects = {row["object_id"] for row in rows(name)} - {"", "sssom:NoTermFound"}
    assert all(each.startswith(f"{obj}:") for each in objects)
    assert objects <= elements(obj).keys() or not elements(obj)


@every_file
def test_rows_without_an_object_say_what_is_known_of_it(name: str) -> None:
    assert all(bool(row["object_id"]) != bool(row["object_label"]) for row in rows(name))


@every_file
def test_every_row_says_why_one_may_believe_it(name: str) -> None:
    required = {"official": "locator", "curated": "comment", "derived": "comment"}
    lacking = [row for row in rows(name) if not row[required[row["basis"]]]]
    assert {row["basis"] for row in lacking} == ({"official"} if name in ONE_PAGE else set())


@every_file
def test_no_row_twice(name: str) -> None:
    told = ("subject_id", "object_id", "object_label", "printed", "path")
    count = Counter(tuple(row[column] for column in told) for row in rows(name))
    assert max(count.values()) == 1


def title(identifier: str) -> str:
    name: str = elements(identifier.partition(":")[0])[identifier]["title"]
    return name


def reference_files(key: str) -> dict[str, str]:
    """The files of a core baseline's column of references, by the short name that the column prints."""
    return {
        header(name)["mapping_set_title"].rpartition(": ")[2]: name for name in FILES if name.startswith(f"{key}--")
    }


def printed_references(key: str) -> References:
    """By capability and source; a reference that has lost digits ends in a dot or hyphen."""
    found: References = {}
    for row in read(f"notes/{key}-table1.md").partition("\n## Table 1\n")[2].split("\n### ")[1:]:
        capability = row.partition("\n")[0].partition(". ")[2]
        (column,) = re.findall(r"^Reference(?:s| examples): (.+)\.$", row, re.MULTILINE)
        for listed in re.sub(r"x+ \[truncated[^]]*\]", "", column).split("; "):
            source, _, numbers = listed.partition(" ")
            found[capability, source] = re.sub(r"^Provisions? ", "", numbers).split(", ")
    return found


def held_references(key: str) -> References:
    found: References = {}
    for source, name in reference_files(key).items():
        for row in rows(name):
            found.setdefault((title(row["subject_id"]), source), []).append(row["printed"])
    return found


@with_sources
@pytest.mark.parametrize(("key", "sources", "total", "cut"), [("ir8259a", 15, 282, 56), ("ir8259b", 5, 58, 14)])
def test_reference_examples(key: str, sources: int, total: int, cut: int) -> None:
    printed = printed_references(key)
    assert held_references(key) == printed
    assert len({source for _, source in printed}) == len(reference_files(key)) == sources
    listed = [number for numbers in printed.values() for number in numbers]
    assert len(listed) == total
    assert sum(number.endswith((".", "-")) for number in listed) == cut


def expected_objects(source: str, document: str, printed: list[str]) -> Iterator[str]:
    """The objects of one list of references; GSMA prints CLP13 before the first number of a list only."""
    prefix = "CLP13_" if source == "GSMA" and printed[0].startswith("CLP13_") else ""
    for number in printed:
        if number.endswith((".", "-")):
            yield ""
        elif source == "NEMA":
            yield f"{document}:{number.lower().replace(' ', '-')}"
        else:
            yield f"{document}:{prefix}{number.removeprefix(prefix).replace(' ', '.')}"


@pytest.mark.parametrize(
    ("source", "name"),
    [(source, name) for key in ("ir8259a", "ir8259b") for source, name in reference_files(key).items()],
)
def test_objects_of_reference_examples(source: str, name: str) -> None:
    """A reference that has lost digits has no object and is of partial fidelity; no other is."""
    by_capability: dict[str, list[Row]] = {}
    for row in rows(name):
        by_capability.setdefault(row["subject_id"], []).append(row)
    for group in by_capability.values():
        printed = [row["printed"] for row in group]
        objects = list(expected_objects(source, name.partition("--")[2], printed))
        assert [row["object_id"] for row in group] == objects
        assert [row["object_label"] for row in group] == [
            "" if obj else number for obj, number in zip(objects, printed, strict=True)
        ]
        assert [row["fidelity"] for row in group] == ["full" if obj else "partial" for obj in objects]
    assert {(row["basis"], row["predicate_id"]) for row in rows(name)} == {("official", "ir8477:related")}


@with_sources
def test_references_to_iec_62443_4_2() -> None:
    document = json.loads(read("mappings/8259a-to-62443-references.json"))
    expected = [
        (item["capability"], item["printed"] if item["truncated"] else item["reference"], item["truncated"])
        for item in document["references"]
    ]
    held = rows("ir8259a--iec62443-4-2")
    assert [(title(row["subject_id"]), row["printed"], not row["object_id"]) for row in held] == expected
    assert Counter(truncated for *_, truncated in expected) == {False: 18, True: 6}
    assert all(
        row["printed"] == elements("iec62443-4-2")[row["object_id"]]["label"] for row in held if row["object_id"]
    )


@with_sources
def test_capabilities_of_ir8425_and_the_core_baselines() -> None:
    """Pairs by name are our judgement, as the reading copy says, since NIST prints no pairs."""
    listed = re.findall(r"^\| ([\w ]+) \| ([\w ]+) \((8259[AB])\) \|$", read("notes/ir8425-criteria.md"), re.MULTILINE)
    assert len(listed) == 10
    for core in ("ir8259a", "ir8259b"):
        held = rows(f"ir8425--{core}")
        names = {each["id"]: each.get("title") for key in ("ir8425", core) for each in elements(key).values()}
        assert {(names[row["subject_id"]], names[row["object_id"]]) for row in held} >= {
            (ours, theirs) for ours, theirs, report in listed if core == f"ir{report.lower()}"
        }
        assert {(row["basis"], row["locator"]) for row in held} == {("curated", "")}


@with_sources
def test_table_1_of_ir8425() -> None:
    text = read("notes/ir8425-criteria.md").partition("\n## Table 1 ")[2].partition("\n## ")[0]
    expected = []
    scenario = ""
    for line in text.splitlines():
        if line.startswith("- **"):
            scenario = line.split("**")[1]
        elif line.startswith("  - "):
            vulnerability, _, names = line[4:].partition(": ")
            expected += [(scenario, vulnerability, name) for name in names.split("; ")]
    held = []
    for row in rows("ir8425--ir8425"):
        parent = elements("ir8425")[row["subject_id"]]["parent"]
        held.append((title(parent), title(row["subject_id"]), row["printed"]))
        name = row["printed"].lower()
        assert title(row["object_id"]).lower() in (name, f"product {name}")
    assert held == expected
    assert len(held) == 33
