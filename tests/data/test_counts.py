"""How many elements there are, in which order and by which names, counted again in the source texts."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
DATA = Path(__file__).parents[2] / "data" / "publications"

pytestmark = pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")

Json = dict[str, Any]

CORE = {
    "ir8259a": {
        "Device Identification": "1 2 Note",
        "Device Configuration": "1 2 3",
        "Data Protection": "1 2 3",
        "Logical Access to Interfaces": "1 2 3",
        "Software Update": "1 2 3 4 5 6 a b",
        "Cybersecurity State Awareness": "1 2 3 4 5",
    },
    "ir8259b": {
        "Documentation": "1 a b c d e f g h 2 3 a b c d e 4 a b c",
        "Information and Query Reception": "1 2",
        "Information Dissemination": "1 a b c d e f g h 2 a b",
        "Education and Awareness": "1 a b c d 2 3 4 5 6",
    },
}
RATIONALE = {
    "ir8259a": [(4, 0), (5, 0), (3, 0), (3, 0), (5, 0), (3, 0)],
    "ir8259b": [(10, 0), (5, 0), (6, 0), (5, 3)],
}
"""By capability: how many bullets and sub-bullets."""
CONSUMER = {
    "Asset Identification": (2, 0, 0),
    "Product Configuration": (3, 0, 0),
    "Data Protection": (3, 0, 0),
    "Interface Access Control": (2, 6, 0),
    "Software Update": (2, 0, 0),
    "Cybersecurity State Awareness": (1, 0, 0),
    "Documentation": (1, 7, 26),
    "Information and Query Reception": (1, 2, 0),
    "Information Dissemination": (2, 10, 0),
    "Product Education and Awareness": (1, 5, 4),
}
"""By capability: how many numbered, lettered and roman items."""
QUESTIONS = {
    "3.1": 9, "3.2": 7, "3.3": 0, "3.4": 10, "4.1": 5, "4.2": 0,
    "4.2.1": 4, "4.2.2": 5, "4.2.3": 8, "4.2.4": 6, "4.2.5": 2, "4.2.6": 4,
}  # fmt: skip
"""By section of IR 8259 (2020): how many numbered questions."""


@cache
def read(name: str) -> str:
    return (Path(SOURCES or "") / name).read_text("utf-8")


@cache
def elements(key: str) -> list[Json]:
    found: list[Json] = json.loads((DATA / f"{key}.json").read_text("utf-8"))["elements"]
    return found


def of_kind(key: str, *kinds: str) -> list[Json]:
    return [element for element in elements(key) if element["kind"] in kinds]


def titles(key: str, kind: str) -> list[str]:
    return [element["title"] for element in of_kind(key, kind)]


def below(key: str, capability: Json, *kinds: str) -> list[Json]:
    return [each for each in of_kind(key, *kinds) if each["id"].startswith(f"{capability['id']}.")]


def style(label: str) -> str:
    return "number" if label.isdigit() else "letter" if label in "abcdefgh" else "roman"


def styles(labels: Iterable[str]) -> tuple[int, int, int]:
    found = Counter(map(style, labels))
    return found["number"], found["letter"], found["roman"]


def section(text: str, start: str, end: str) -> str:
    assert start in text
    return text.partition(start)[2].partition(end)[0]


CORE_TABLES = {
    "ir8259a": ("\nTable 1: The Device", "\n## References"),
    "ir8259b": ("\nTable 1: Non-Technical", "\nReferences\n"),
}


@cache
def core_table(key: str) -> dict[str, str]:
    """Table 1 of a core baseline: the name of each capability, and the columns to its right."""
    rows: dict[str, str] = {}
    name = ""
    for cell, right in re.findall(
        r"^```\n([^`]+)\n```\n([^`]+)", section(read(f"nist/{key}.md"), *CORE_TABLES[key]), re.MULTILINE
    ):
        heading, colon, _ = " ".join(cell.split()).partition(" :")
        if colon:
            name = heading
            rows[name] = ""
        if name:
            rows[name] += right
    return rows


@pytest.mark.parametrize("key", CORE)
def test_items_of_the_core_baselines(key: str) -> None:
    printed = {
        name: " ".join(
            number or letter or "Note"
            for number, letter in re.findall(r"^ *(?:(\d)\. [A-Z]|([a-h])\. [A-Z]|Note: )", row, re.MULTILINE)
        )
        for name, row in core_table(key).items()
    }
    held = {
        each["title"]: " ".join(item["label"] for item in below(key, each, "common-element", "common-action", "remark"))
        for each in of_kind(key, "capability")
    }
    assert list(printed.items()) == list(held.items()) == list(CORE[key].items())


@pytest.mark.parametrize("key", CORE)
def test_rationale_of_the_core_baselines(key: str) -> None:
    """The bullets of a column, which runs into the next one: bullets that begin in bold type are references."""
    printed = [len(re.findall(r"^ *- (?!\*\*)[A-Za-z]", row, re.MULTILINE)) for row in core_table(key).values()]
    held = []
    for each in of_kind(key, "capability"):
        parents = [bullet["parent"] for bullet in below(key, each, "rationale")]
        held.append((parents.count(each["id"]), len(parents) - parents.count(each["id"])))
    assert held == RATIONALE[key]
    assert printed == [sum(counts) for counts in held]


@pytest.mark.parametrize(("key", "count"), [("ir8259a", 15), ("ir8259b", 16)])
def test_terms_of_the_core_baselines(key: str, count: int) -> None:
    heading, _, listed = section(read(f"notes/{key}-table1.md"), "\n## Glossary terms ", "\n\n").partition("\n")
    names = listed.splitlines()[0].partition(". (" if key == "ir8259a" else " (1")[0].rstrip(".").split("; ")
    assert titles(key, "term") == names
    assert len(names) == count
    assert f"{count} terms" in heading + listed
    text = " ".join(read(f"nist/{key}.md").replace("#", " ").replace("`", " ").rpartition("Glossary")[2].split())
    assert re.search(" .*".join(map(re.escape, names)), text)


def test_items_of_ir8425() -> None:
    printed: dict[str, list[str]] = {}
    utilities = 0
    for row in section(read("nist/ir8425.md"), "**2.2.1. ", "**Consumer Sector Considerations").split("\n### **")[1:]:
        printed[row.partition("**")[0]] = re.findall(r"^ *(?:- )?(\d|[a-g]|[iv]+)\. ", row, re.MULTILINE)
        utilities += row.count("*Cybersecurity utility:*")
    held = {
        each["title"]: [item["label"] for item in below("ir8425", each, "criterion")]
        for each in of_kind("ir8425", "capability")
    }
    assert list(printed.items()) == list(held.items())
    assert {name: styles(labels) for name, labels in held.items()} == CONSUMER
    assert list(held) == list(CONSUMER)
    assert len(of_kind("ir8425", "utility")) == utilities == 10


def test_items_of_the_second_copy_of_ir8425() -> None:
    text = section(read("nist/ir8425-second-copy.md"), "\n**2.2.1. ", "\nConsumer Sector Considerations")
    assert styles(re.findall(r"^ *(\d|[a-g]|[iv]+)\. ", text, re.MULTILINE)) == (18, 30, 30)
    assert set(re.findall(r"^## (.+)$", text, re.MULTILINE)) == set(CONSUMER)
    assert text.count("_Cybersecurity utility:_") == 10


def test_counts_of_the_reading_copy_of_ir8425() -> None:
    table = section(read("notes/ir8425-criteria.md"), "\n## Counts", "\n## ")
    found = {
        name: tuple(int(number) for number in numbers)
        for name, *numbers in re.findall(
            r"^\| ([\w ]+) \| (?:product|developer) \| (\d+) \| (\d+)[^|]* \| (\d+)[^|]* \| 1 \|$", table, re.MULTILINE
        )
    }
    assert found == CONSUMER
    assert [sum(column) for column in zip(*CONSUMER.values(), strict=True)] == [18, 30, 30]


def test_terms_of_ir8425() -> None:
    printed = re.findall(r"^#### \*\*(.+)\*\*$", read("nist/ir8425.md").rpartition("Glossary**")[2], re.MULTILINE)
    assert titles("ir8425", "term") == printed
    assert len(printed) == 7


@cache
def sections_of_2020() -> dict[str, tuple[str, str]]:
    """Number, title and text of the sections of IR 8259 that are about activities."""
    text = re.sub(r"<span[^>]*></span>", "", read("nist/ir8259-2020.md"))
    parts = re.split(r"^#+ \*\*(?:(\d(?:\.\d)*) )?([^*]+)\*\*$", text, flags=re.MULTILINE)
    found = zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    return {number: (title, body) for number, title, body in found if re.match(r"[34]\.\d", number or "")}


def test_activities_of_2020() -> None:
    printed = {
        number: title.partition(": ")
        for number, (title, _) in sections_of_2020().items()
        if title.startswith("Activity")
    }
    activities = of_kind("ir8259", "activity")
    assert [(each["section"], each["label"], each["title"]) for each in activities] == [
        (number, label, title) for number, (label, _, title) in printed.items()
    ]
    assert [each["phase"] for each in activities] == ["pre-market"] * 4 + ["post-market"] * 2
    assert all((each["phase"] == "pre-market") == each["section"].startswith("3") for each in activities)
    listed = re.findall(
        r"^\| (\d) \| (\d\.\d) \| (.+) \| (.+) \|$", read("notes/ir8259-2020-activities.md"), re.MULTILINE
    )
    assert [(each["label"][-1], each["section"], each["title"], each["phase"]) for each in activities] == listed


def test_communication_topics_of_2020() -> None:
    printed = [(number, title) for number, (title, _) in sections_of_2020().items() if number.count(".") == 2]
    topics = [each for each in of_kind("ir8259", "topic") if each["parent"] == "ir8259:activity-6"]
    assert [(each["section"], each["title"]) for each in topics] == printed
    assert len(printed) == 6


def test_questions_of_2020() -> None:
    """Numbered and lettered questions; those of Activity 3 stand in bold type in the text."""
    lists = {
        number: re.findall(r"^(?:#+ )?(?:- )?\**(\d|[a-c])\. ", body, re.MULTILINE)
        for number, (_, body) in sections_of_2020().items()
    }
    held = {
        number: [
            each["label"] for each in of_kind("ir8259", "question") if each["section"] == number and "label" in each
        ]
        for number in lists
    }
    assert held == lists
    assert {number: sum(label.isdigit() for label in labels) for number, labels in lists.items()} == QUESTIONS
    assert {number for number, labels in lists.items() if "a" in labels} == {"4.2.6"}
    in_text = re.findall(r"\*\*[^*]+\?\*\*", sections_of_2020()["3.3"][1])
    unnumbered = [each["section"] for each in of_kind("ir8259", "question") if "label" not in each]
    assert unnumbered == ["3.3"] * len(in_text) == ["3.3"] * 3


def test_bullets_of_2020() -> None:
    printed = {
        number: len(re.findall(r"^ *[-•] (?!\w+\. |\*\*\w\.)", body, re.MULTILINE))
        for number, (_, body) in sections_of_2020().items()
        if number in ("3.2", "3.3")
    }
    assert Counter(each["section"] for each in of_kind("ir8259", "example")) == printed == {"3.2": 6, "3.3": 10}


def test_final_revision_of_the_activities() -> None:
    text = read("notes/ir8259r1-final.md")
    printed = re.findall(r"^\| (\d) \| (.+) \| (\d\.\d) \| ((?:pre|post)-market) \|$", text, re.MULTILINE)
    activities = of_kind("ir8259r1", "activity")
    assert [(each["label"][-1], each["title"], each["section"], each["phase"]) for each in activities] == printed
    assert [number for number, *_ in printed] == list("012345678")
    assert Counter(phase for *_, phase in printed) == {"pre-market": 6, "post-market": 3}
    topics = re.findall(r"^\| (4\.3\.\d) \| (.+) \|$", text, re.MULTILINE)
    assert [(each["section"], each["title"]) for each in of_kind("ir8259r1", "topic")] == topics
    assert len(topics) == 6


@pytest.mark.parametrize(
    ("key", "first", "before", "after", "count"),
    [
        ("ir8259r1.ipd", 1, 4, 3, r"\*\*7\*\* = \*\*4 pre-market \+ 3 post"),
        ("ir8259r1.2pd", 0, 6, 3, r"\*\*9 \(0-8\)\*\*"),
    ],
)
def test_drafts_of_the_revision(key: str, first: int, before: int, after: int, count: str) -> None:
    assert re.search(f"^- Activities: {count}", read(f"notes/{key.replace('.', '-')}.md"), re.MULTILINE)
    activities = of_kind(key, "activity")
    assert [each["label"] for each in activities] == [f"Activity {first + place}" for place in range(before + after)]
    assert [each["phase"] for each in activities] == ["pre-market"] * before + ["post-market"] * after
    assert {each["fidelity"] for each in activities} == {"secondary"}


def test_only_one_title_of_the_drafts_is_known() -> None:
    named = {each["label"]: each["title"] for each in of_kind("ir8259r1.2pd", "activity") if "title" in each}
    (title,) = re.findall(r'"Activity 0: ([^"]+)"', read("notes/ir8259r1-2pd.md"))
    assert named == {"Activity 0": title}
    assert not any("title" in each for each in of_kind("ir8259r1.ipd", "activity"))


def test_iec_62443_4_2() -> None:
    document = json.loads(read("mappings/iec62443-4-2-ids.json"))
    held = {each["label"]: each for each in of_kind("iec62443-4-2", "component-requirement")}
    designations = {label: each for label, each in held.items() if " RE(" not in label}
    assert [(label, each["title"], each["section"]) for label, each in designations.items()] == [
        (item["id"], item["title"], str(item["clause"])) for item in document["items"]
    ]
    assert Counter(label.split()[0] for label in designations) == {
        kind: document["counts"][kind] for kind in ("CCSC", "CR", "SAR", "EDR", "HDR", "NDR")
    }
    assert [label for label in held if label not in designations] == [
        f"{item['id']} RE({number})" for item in document["items"] for number in item["requirement_enhancements_seen"]
    ]
    assert (len(designations), len(held) - len(designations)) == (92, 49)
    clauses = {str(item["clause"]): item["clause_title"] for item in document["items"]}
    assert {each["label"]: each["title"] for each in of_kind("iec62443-4-2", "clause")} == clauses
    assert not any({"summary", "sha256"} & each.keys() for each in elements("iec62443-4-2"))
    for label, each in held.items():
        assert each.get("component_type") == document["component_types"].get(label.split()[0])


def test_etsi_en_303_645() -> None:
    document = json.loads(read("mappings/etsi-en-303-645-ids.json"))
    provisions = of_kind("en303645v3.1.3", "provision")
    assert [
        (each["label"], each["parent"].partition("clause.")[2], each["status"], each.get("conditional", False))
        for each in provisions
    ] == [(item["provision"], item["clause"], item["status"], item["conditional"]) for item in document["provisions"]]
    assert Counter(each["status"] for each in provisions) == {"M": 36, "R": 42}
    assert len(provisions) == 78
    clauses = {item["clause"]: item["clause_title"] for item in document["provisions"]}
    assert {each["label"]: each["title"] for each in of_kind("en303645v3.1.3", "clause")} == clauses
    assert not any({"summary", "sha256"} & each.keys() for each in elements("en303645v3.1.3"))


def test_takeaways_of_ir8562() -> None:
    text = read("nist/ir8562.md")
    table = section(text, "```\nTable 1 - Table of Takeaways\n```\n", "\n\n")
    takeaways = of_kind("ir8562", "insight")
    assert [each["label"] for each in takeaways] == re.findall(r"^(\d)\. ", table, re.MULTILINE) == list("1234567")
    headings = re.findall(r"^```\n(.+)\n```\n\*\*", text.partition(table)[2], re.MULTILINE)
    assert [each["title"] for each in takeaways] == headings


def test_names_of_the_criteria_before_and_after_ir8425() -> None:
    names = titles("ir8425", "capability")
    listed = re.findall(r"^  \d+\. ([\w ]+)$", read("notes/labelling-criteria-2022.md"), re.MULTILINE)
    adopted = re.findall(r"^\((\d+)\) ([A-Z][\w ]+):", read("nist/fcc-24-26-paragraph-99.md"), re.MULTILINE)
    assert titles("cswp24", "capability") == listed == names
    assert [(each["label"], each["title"]) for each in of_kind("fcc-24-26", "capability")] == adopted
    assert [name for _, name in adopted] == names
    assert len(of_kind("fcc-24-26", "utility")) == len(names) == 10
