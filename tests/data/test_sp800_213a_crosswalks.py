"""The crosswalks around SP 800-213A that NIST does not print, read here without the code that built them."""

from __future__ import annotations

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"
CURATED = ["ir8425--sp800-213a", "sp800-213a--ir8259a", "sp800-213a--ir8259b"]
DERIVED = "sp800-213a--csf2.0"

Row = dict[str, str]


@cache
def rows(name: str) -> list[Row]:
    lines = (DATA / "crosswalks" / f"{name}.sssom.tsv").read_text("utf-8").splitlines()
    table = [line for line in lines if not line.startswith("#")]
    return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def places(key: str) -> dict[str, int]:
    """Every element of a publication with its place in the document."""
    document = json.loads((DATA / "publications" / f"{key}.json").read_text("utf-8"))
    return {element["id"]: place for place, element in enumerate(document["elements"])}


def kinds(key: str) -> dict[str, str]:
    document = json.loads((DATA / "publications" / f"{key}.json").read_text("utf-8"))
    return {element["id"]: element["kind"] for element in document["elements"]}


@pytest.mark.parametrize("name", [*CURATED, DERIVED])
def test_subjects_and_objects_exist(name: str) -> None:
    subject, _, obj = name.partition("--")
    assert {row["subject_id"] for row in rows(name)} <= places(subject).keys()
    assert {row["object_id"] for row in rows(name)} <= places(obj).keys()


@pytest.mark.parametrize("name", [*CURATED, DERIVED])
def test_no_pair_occurs_twice(name: str) -> None:
    pairs = Counter((row["subject_id"], row["object_id"], row["path"]) for row in rows(name))
    assert not [pair for pair, times in pairs.items() if times > 1]


@pytest.mark.parametrize("name", [*CURATED, DERIVED])
def test_rows_are_in_document_order(name: str) -> None:
    order = [places(name.partition("--")[0])[row["subject_id"]] for row in rows(name)]
    assert order == sorted(order)


@pytest.mark.parametrize("name", CURATED)
def test_curated_rows_say_why_and_how_strongly(name: str) -> None:
    for row in rows(name):
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert row["fidelity"] == "full"
        assert row["comment"].endswith(".")
        assert row["basis"] == "curated"
        assert 0 <= int(row["strength"]) <= 10
        assert not row["locator"]


@pytest.mark.parametrize("name", CURATED)
def test_equal_rows_are_the_strong_ones(name: str) -> None:
    assert all(int(row["strength"]) >= 8 for row in rows(name) if row["predicate_id"] == "ir8477:equal")


@pytest.mark.parametrize("name", CURATED)
def test_a_shared_topic_alone_is_no_strong_mapping(name: str) -> None:
    assert all(int(row["strength"]) <= 5 for row in rows(name) if row["predicate_id"] == "ir8477:related")


def test_capabilities_of_equal_name_are_paired_by_our_judgement() -> None:
    names: dict[str, dict[str, str]] = {}
    for key in ("sp800-213a", "ir8259a", "ir8259b"):
        document = json.loads((DATA / "publications" / f"{key}.json").read_text("utf-8"))
        names[key] = {e["title"]: e["id"] for e in document["elements"] if e["kind"] == "capability"}
    core = names["ir8259a"] | names["ir8259b"]
    expected = {(family, core[title]) for title, family in names["sp800-213a"].items() if title in core}
    assert len(expected) == 10
    assert expected < {(row["subject_id"], row["object_id"]) for name in CURATED for row in rows(name)}


def test_nearly_all_criteria_have_a_counterpart() -> None:
    criteria = {identifier for identifier, kind in kinds("ir8425").items() if kind == "criterion"}
    assert criteria - {row["subject_id"] for row in rows("ir8425--sp800-213a")} == {
        "ir8425:documentation.1.d.vii",
        "ir8425:information-dissemination.2.e",
    }


def test_subjects_and_objects_are_of_the_right_kind() -> None:
    catalog = kinds("sp800-213a")
    assert {catalog[row["object_id"]] for row in rows(CURATED[0])} == {"capability", "requirement", "sub-capability"}
    for name in CURATED[1:]:
        assert {catalog[row["subject_id"]] for row in rows(name)} == {"capability", "sub-capability", "requirement"}


def test_derived_rows_follow_from_the_two_official_crosswalks() -> None:
    expected: dict[tuple[str, str, str], set[str]] = {}
    for link in rows("csf1.1--sp800-213a"):
        for step in rows("csf1.1--csf2.0"):
            if step["subject_id"] != link["subject_id"] or not link["object_id"].startswith("sp800-213a:"):
                continue
            if step["object_id"].startswith("csf2.0:"):
                way = link["object_id"], step["object_id"], link["subject_id"]
                expected.setdefault(way, set()).update({link["fidelity"], step["fidelity"]})
    found = {(row["subject_id"], row["object_id"], row["path"]): row["fidelity"] for row in rows(DERIVED)}
    assert found == {way: "full" if marks == {"full"} else "partial" for way, marks in expected.items()}


def test_derived_rows_claim_no_more_than_a_connection() -> None:
    for row in rows(DERIVED):
        assert row["predicate_id"] == "ir8477:related"
        assert row["basis"] == "derived"
        assert row["mapping_justification"] == "semapv:MappingChaining"
        assert row["comment"]
        assert not row["strength"]
        assert set(row["path"].split("|")) <= places("csf1.1").keys()
