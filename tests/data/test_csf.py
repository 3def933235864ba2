"""The Cybersecurity Framework 1.1 and 2.0 against NIST's files, read here without the code that built them."""

from __future__ import annotations

import csv
import json
import os
import re
import unicodedata
from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
DATA = Path(__file__).parents[2] / "data"
KEYS = ["csf1.1", "csf2.0"]

with_sources = pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")

Json = dict[str, Any]


@cache
def source(name: str) -> Json:
    assert SOURCES
    document: Json = json.loads((Path(SOURCES) / "mappings" / f"{name}.json").read_text("utf-8"))
    return document


@cache
def workbook() -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The rows of the CSF sheet that hold a subcategory: their numbers and their four texts, trimmed."""
    openpyxl = pytest.importorskip("openpyxl")
    assert SOURCES
    sheet = openpyxl.load_workbook(Path(SOURCES) / "mappings" / "csf-pf-to-sp800-53r5-mappings.xlsx").worksheets[1]
    rows = ((row[0].row, tuple(str(cell.value or "").strip() for cell in row[:4])) for row in sheet.iter_rows())
    return tuple((number, texts) for number, texts in rows if re.match(r"[A-Z]{2}\.[A-Z]{2}-\d", texts[2]))


@cache
def elements(key: str) -> list[Json]:
    found: list[Json] = json.loads((DATA / "publications" / f"{key}.json").read_text("utf-8"))["elements"]
    return found


def live(key: str, *kinds: str) -> dict[str, Json]:
    """The elements in force, by label; of the given kinds, if any."""
    return {
        element["label"]: element
        for element in elements(key)
        if not element.get("withdrawn") and (not kinds or element["kind"] in kinds)
    }


def withdrawn(kind: str = "subcategory") -> dict[str, Json]:
    gone = (element for element in elements("csf2.0") if element.get("withdrawn"))
    return {element["label"]: element for element in gone if element["kind"] == kind}


@cache
def rows(name: str) -> list[dict[str, str]]:
    lines = (DATA / "crosswalks" / f"{name}.sssom.tsv").read_text("utf-8").splitlines()
    table = [line for line in lines if not line.startswith("#")]
    return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def lineage() -> list[Json]:
    found: list[Json] = json.loads((DATA / "lineage" / "csf1.1--csf2.0.json").read_text("utf-8"))["records"]
    return found


def words(text: str) -> list[str]:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).split()


def fingerprint(text: str) -> Json:
    normal = words(text)
    return {"words": len(normal), "sha256": sha256(" ".join(normal).encode()).hexdigest()}


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    tokens = words(text)
    return {tuple(tokens[start : start + length]) for start in range(len(tokens) - length + 1)}


def statements(key: str) -> dict[str, str]:
    """Every statement of one Core in the sources, by label."""
    if key == "csf2.0":
        return {row["id"]: row["statement"] for row in source("csf20-core")["rows"]}
    found = {}
    for _, (_, category, subcategory, _) in workbook():
        for text in filter(None, (category, subcategory)):
            heading, _, statement = text.partition(":")
            found[heading.rpartition("(")[2].rstrip(")")] = statement
    return found


@pytest.mark.parametrize(("key", "counts"), [("csf1.1", (5, 23, 108)), ("csf2.0", (6, 22, 106))])
def test_counts(key: str, counts: tuple[int, int, int]) -> None:
    found = Counter(element["kind"] for element in live(key).values())
    assert tuple(found[kind] for kind in ("function", "category", "subcategory")) == counts
    assert len(elements(key)) == sum(counts) + (79 + 12 if key == "csf2.0" else 0)


@pytest.mark.parametrize("key", KEYS)
def test_glosses(key: str) -> None:
    for element in live(key).values():
        assert len(words(element["summary"])) >= 4, element["id"]
        assert not element["summary"].endswith("."), element["id"]


@pytest.mark.parametrize("key", KEYS)
def test_identifiers_and_parents_follow_from_the_labels(key: str) -> None:
    seen: set[str] = set()
    for element in elements(key):
        label = element["label"]
        assert element["id"] == f"{key}:{label}"
        assert element["label"] == label
        above = re.sub(r"[-.][^-.]+$", "", label) if len(label) > 2 else None
        assert element.get("parent") == (above and f"{key}:{above}")
        assert above is None or element["parent"] in seen
        assert element["id"] not in seen
        seen.add(element["id"])


@pytest.mark.parametrize("key", KEYS)
def test_only_subcategories_have_no_name(key: str) -> None:
    assert all(("title" in element) == (element["kind"] != "subcategory") for element in elements(key))


def test_withdrawn_numbers_carry_no_wording() -> None:
    assert not any({"summary", "sha256", "title"} & element.keys() for element in withdrawn().values())
    assert not any({"summary", "sha256"} & element.keys() for element in withdrawn("category").values())


@with_sources
def test_core_of_csf11_in_order() -> None:
    expected: list[tuple[str, str, str | None]] = []
    for _, (function, category, subcategory, _) in workbook():
        if function:
            name, _, label = function.rstrip(")").rpartition(" (")
            expected.append(("function", label, name))
        if category:
            name, _, label = category.partition(":")[0].rstrip(")").rpartition(" (")
            expected.append(("category", label, name))
        expected.append(("subcategory", subcategory.partition(":")[0], None))
    assert [(each["kind"], each["label"], each.get("title")) for each in elements("csf1.1")] == expected


@with_sources
def test_core_of_csf20_in_order() -> None:
    expected = [(row["level"], row["id"], row["name"]) for row in source("csf20-core")["rows"]]
    assert [(each["kind"], each["label"], each.get("title")) for each in live("csf2.0").values()] == expected


@with_sources
@pytest.mark.parametrize("key", KEYS)
def test_fingerprints(key: str) -> None:
    expected = {label: fingerprint(statement) for label, statement in statements(key).items()}
    found = {
        each["label"]: {"words": each["words"], "sha256": each["sha256"]} for each in elements(key) if "sha256" in each
    }
    assert found == expected


@with_sources
def test_the_two_files_of_csf11_have_the_same_statements() -> None:
    subcategories = {label: words(text) for label, text in statements("csf1.1").items() if "-" in label}
    for name in ("csf11-to-sp800-53r5", "csf11-to-csf20"):
        assert {row["csf_1_1"]: words(row["text"]) for row in source(name)["rows"]} == subcategories


@with_sources
@pytest.mark.parametrize("key", KEYS)
def test_glosses_are_not_the_wording(key: str) -> None:
    printed = {run for each in KEYS for text in statements(each).values() for run in runs(text, 9)}
    assert not {label: each["summary"] for label, each in live(key).items() if runs(each["summary"], 9) & printed}


@with_sources
def test_withdrawn_numbers() -> None:
    words_of_catalog = {row["csf_1_1"]: row["relation"] for row in source("csf11-to-csf20")["rows"]}
    listed = source("csf20-core")["withdrawn"]
    assert len(withdrawn()) == 79
    assert withdrawn().keys() == {row["id"] for row in listed}
    differing = set()
    for row in listed:
        element, relation = withdrawn()[row["id"]], words_of_catalog[row["csf_1_1"]]
        assert {"moved_to", "incorporated_into"} & element.keys() == {relation}
        assert element[relation] == [f"csf2.0:{target}" for target in row["targets"]]
        assert {target.partition(":")[2] for target in element[relation]} <= live("csf2.0").keys()
        assert (row["relation"] in element.get("note", "")) == (row["relation"] != relation)
        if "note" in element:
            differing.add(row["csf_1_1"])
    assert differing == set(source("csf11-to-csf20")["relation word differs"])


@with_sources
def test_crosswalk_to_csf20() -> None:
    document = source("csf11-to-csf20")
    found = rows("csf1.1--csf2.0")
    expected = [
        (f"csf1.1:{row['csf_1_1']}", f"csf2.0:{target}", printed)
        for row in document["rows"]
        for printed, targets in (
            (row["relation"], row["csf_2_0"]),
            (f"CSF v1.1: {row['csf_1_1']}", [e for e in row["csf_2_0_items_citing_it"] if e not in row["csf_2_0"]]),
        )
        for target in targets
    ]
    assert [(row["subject_id"], row["object_id"], row["printed"]) for row in found] == expected
    assert {(row["predicate_id"], row["basis"], row["fidelity"]) for row in found} == {
        ("ir8477:related", "official", "full")
    }
    disputed = {row["subject_id"][7:] for row in found if "Reference Tool says" in row["comment"]}
    assert disputed == set(document["relation word differs"])
    only_cited = {row["subject_id"][7:] for row in found if row["printed"].startswith("CSF v1.1")}
    cited_elsewhere = {row["subject_id"][7:] for row in found if "is cited by" in row["comment"]}
    assert only_cited | cited_elsewhere == set(document["targets and citing items differ"])
    assert cited_elsewhere == {"ID.GV-4", "RC.CO-2"}
    assert all(f"{label}: " in document["remarks"][-1] for label in only_cited - {"ID.GV-4"})


@with_sources
def test_same_numbers_say_whether_the_wording_changed() -> None:
    new = statements("csf2.0")
    kept = [row for row in source("csf11-to-csf20")["rows"] if row["relation"] == "same_identifier"]
    comments = {
        row["subject_id"][7:]: row["comment"] for row in rows("csf1.1--csf2.0") if row["printed"] == "same_identifier"
    }
    evidence = {record["before"][0][7:]: record["evidence"] for record in lineage()}
    assert len(kept) == 29
    for row in kept:
        label = row["csf_1_1"]
        category, _, number = label.partition("-")
        successor = f"{category}-{int(number):02}"
        assert row["csf_2_0"] == [successor]
        assert successor in row["csf_2_0_items_citing_it"]
        same = words(row["text"]) == words(new[successor])
        wording = "with the same wording" if same else "with another wording"
        assert wording in comments[label]
        assert wording in evidence[label]


@with_sources
def test_lineage_of_subcategories() -> None:
    change = {"moved_to": "moved", "incorporated_into": "incorporated", "same_identifier": "continued"}
    expected = [
        ([f"csf1.1:{row['csf_1_1']}"], [f"csf2.0:{target}" for target in row["csf_2_0"]], change[row["relation"]])
        for row in source("csf11-to-csf20")["rows"]
    ]
    found = [record for record in lineage() if "-" in record["before"][0]]
    assert [(record["before"], record["after"], record["change"]) for record in found] == expected
    assert {record["basis"] for record in found} == {"official"}
    assert Counter(record["change"] for record in found) == {"moved": 20, "incorporated": 59, "continued": 29}


def test_lineage_of_functions_and_categories() -> None:
    new = live("csf2.0", "function", "category")
    expected = {
        f"csf1.1:{label}": f"csf2.0:{label}"
        for label, element in live("csf1.1", "function", "category").items()
        if label in new and element["title"].lower() == new[label]["title"].lower()
    }
    gone = withdrawn("category")
    found = [r for r in lineage() if "-" not in r["before"][0] and r["before"][0].partition(":")[2] not in gone]
    assert {record["before"][0]: record["after"][0] for record in found} == expected
    assert {(len(record["after"]), record["change"], record["basis"]) for record in found} == {
        (1, "continued", "curated")
    }
    assert len(found) == 9


def test_withdrawn_categories() -> None:
    """They are the ones of 1.1 that 2.0 lacks; each went where one of its subcategories went, or near it."""
    gone, old = withdrawn("category"), live("csf1.1", "category")
    assert gone.keys() == old.keys() - live("csf2.0").keys()
    assert len(gone) == 12
    records = {record["before"][0][7:]: record for record in lineage()}
    for label, element in gone.items():
        assert element["title"] == old[label]["title"]
        went = {
            target.partition(":")[2]
            for each in withdrawn().values()
            if each["parent"] == element["id"]
            for target in each.get("moved_to", []) + each.get("incorporated_into", [])
        }
        stated = element.get("moved_to", []) + element.get("incorporated_into", [])
        record = records[label]
        assert record["basis"] == ("official" if stated else "derived")
        assert record["change"] == ("moved" if "moved_to" in element else "incorporated")
        if stated:
            assert record["after"] == stated
            assert any(target.startswith(stated[0].partition(":")[2]) for target in went)
        else:
            assert label in {"PR.IP", "PR.PT", "DE.DP"}
            assert set(record["after"]) == {f"csf2.0:{target.partition('-')[0]}" for target in went}


@with_sources
def test_crosswalk_of_csf11_to_controls() -> None:
    expected = []
    for number, (_, _, subcategory, printed) in workbook():
        subject = f"csf1.1:{subcategory.partition(':')[0]}"
        for reference in (part.strip() for part in printed.split(",")):
            control = re.fullmatch(r"([A-Z]{2}-\d+)(?:\((\d+)\))?", reference)
            obj = f"sp800-53r5:{'.'.join(filter(None, control.groups())).lower()}" if control else ""
            expected.append((subject, obj, "" if control else reference, f"row {number}"))
    found = rows("csf1.1--sp800-53r5")
    assert [
        (row["subject_id"], row["object_id"], row["object_label"], row["locator"].rpartition(", ")[2]) for row in found
    ] == expected
    assert sum(bool(row["object_id"]) for row in found) == 495
    assert {row["subject_id"][7:]: row["object_label"] for row in found if row["object_label"]} == {
        "ID.GV-1": "-1 controls from all security control families",
        "ID.GV-3": "-1 controls from all security control families",
        "DE.DP-2": "all -1 controls",
    }


@with_sources
def test_crosswalk_of_csf20_to_controls() -> None:
    document = source("csf20-to-sp800-53r5")
    expected = [
        (f"csf2.0:{row['csf_2_0']}", f"sp800-53r5:{control}")
        for row in document["rows"]
        for control in row["sp800_53r5_release_5_2_0"]
    ]
    families = [
        (f"csf2.0:{row['csf_2_0']}", f"sp800-53r5:{row['family'].lower()}")
        for row in document["whole_family_references"]
        if row["release"] == "5.2.0"
    ]
    found = [(row["subject_id"], row["object_id"]) for row in rows("csf2.0--sp800-53r5")]
    assert len(expected) == 737
    assert [pair for pair in found if pair not in families] == expected
    assert [pair for pair in found if pair in families] == families


@with_sources
def test_references_that_release_511_lacks_say_so() -> None:
    new = {
        (f"csf2.0:{row['csf_2_0']}", f"sp800-53r5:{control}")
        for row in source("csf20-to-sp800-53r5")["rows"]
        for control in set(row["sp800_53r5_release_5_2_0"]) - set(row["sp800_53r5_release_5_1_1"])
    }
    found = {
        (row["subject_id"], row["object_id"])
        for row in rows("csf2.0--sp800-53r5")
        if "Not among the references for release 5.1.1" in row["comment"]
    }
    assert found == new


@pytest.mark.parametrize("key", KEYS)
def test_crosswalks_to_controls_point_to_what_exists(key: str) -> None:
    controls = {element["id"]: element for element in elements("sp800-53r5")}
    for row in rows(f"{key}--sp800-53r5"):
        assert row["subject_id"].partition(":")[2] in live(key, "subcategory")
        assert (row["predicate_id"], row["basis"]) == ("ir8477:related", "official")
        if row["object_id"]:
            marked = "withdrawn in revision 5" in row["comment"]
            assert marked == controls[row["object_id"]].get("withdrawn", False)


@pytest.mark.parametrize("name", ["csf1.1--csf2.0", "csf1.1--sp800-53r5", "csf2.0--sp800-53r5"])
def test_no_mapping_twice(name: str) -> None:
    pairs = Counter((row["subject_id"], row["object_id"], row["object_label"]) for row in rows(name))
    assert max(pairs.values()) == 1
