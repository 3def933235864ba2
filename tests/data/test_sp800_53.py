"""The SP 800-53 publications against NIST's OSCAL files, read here without the code that built them."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
DATA = Path(__file__).parents[2] / "data" / "publications"
CATALOG = {"sp800-53r4": "rev4_catalog-min", "sp800-53r5": "rev5.2.0_catalog-min"}
PROFILE = {"sp800-53r4": "rev4_{}-baseline_profile-min", "sp800-53r5": "rev5_{}-baseline_profile"}

pytestmark = [
    pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts"),
    pytest.mark.parametrize("key", ["sp800-53r4", "sp800-53r5"]),
]

Json = dict[str, Any]


def oscal(part: str) -> Json:
    assert SOURCES
    document: Json = json.loads((Path(SOURCES) / "oscal" / f"NIST_SP-800-53_{part}.json").read_text("utf-8"))
    return document


@cache
def families(key: str) -> list[Json]:
    groups: list[Json] = oscal(CATALOG[key])["catalog"]["groups"]
    return groups


@cache
def controls(key: str) -> dict[str, Json]:
    """The controls of the source, enhancements after theirs, by the identifier they have in the data."""
    return {
        f"{key}:{item['id']}": item
        for family in families(key)
        for control in family["controls"]
        for item in (control, *control.get("controls", ()))
    }


@cache
def elements(key: str) -> list[Json]:
    found: list[Json] = json.loads((DATA / f"{key}.json").read_text("utf-8"))["elements"]
    return found


def built(key: str, kind: str = "control") -> dict[str, Json]:
    return {element["id"]: element for element in elements(key) if element["kind"] == kind}


def is_withdrawn(control: Json) -> bool:
    return any(prop["name"] == "status" and prop["value"].lower() == "withdrawn" for prop in control["props"])


def test_counts(key: str) -> None:
    enhancements = sum("." in identifier for identifier in built(key))
    withdrawn = sum(control.get("withdrawn", False) for control in built(key).values())
    expected = {"sp800-53r4": (18, 256, 666, 96), "sp800-53r5": (20, 324, 872, 182)}
    assert (len(built(key, "family")), len(built(key)) - enhancements, enhancements, withdrawn) == expected[key]


def test_families(key: str) -> None:
    expected = {f"{key}:{family['id']}": (family["id"].upper(), family["title"]) for family in families(key)}
    assert {i: (family["label"], family["title"]) for i, family in built(key, "family").items()} == expected


def test_identifiers_in_order(key: str) -> None:
    assert list(built(key)) == list(controls(key))
    assert [element["id"].partition(":")[2] for element in elements(key)] == [
        element["id"].partition(":")[2] for element in elements(key)
    ]


def test_titles(key: str) -> None:
    expected = {identifier: control["title"].strip() for identifier, control in controls(key).items()}
    assert {identifier: control["title"] for identifier, control in built(key).items()} == expected


def test_labels_and_parents_follow_from_the_identifier(key: str) -> None:
    for identifier, control in built(key).items():
        base, _, enhancement = identifier.partition(":")[2].partition(".")
        assert control["label"] == base.upper() + (f"({enhancement})" if enhancement else "")
        assert control["parent"] == f"{key}:{base if enhancement else base[:2]}"


def test_withdrawn(key: str) -> None:
    expected = {identifier for identifier, control in controls(key).items() if is_withdrawn(control)}
    assert {identifier for identifier, control in built(key).items() if control.get("withdrawn")} == expected


@pytest.mark.parametrize("relation", ["moved-to", "incorporated-into"])
def test_targets(key: str, relation: str) -> None:
    expected: dict[str, list[str]] = {}
    for identifier, control in controls(key).items():
        for link in control.get("links", ()):
            if link["rel"] == relation and link["href"].startswith("#"):
                expected.setdefault(identifier, []).append(f"{key}:{link['href'][1:].split('_')[0]}")
    field = relation.replace("-", "_")
    assert {identifier: control[field] for identifier, control in built(key).items() if field in control} == expected
    assert {target for targets in expected.values() for target in targets} <= {item["id"] for item in elements(key)}


def test_baselines(key: str) -> None:
    sizes = {"LOW": 124, "MODERATE": 261, "HIGH": 343}
    if key == "sp800-53r5":
        sizes = {"LOW": 149, "MODERATE": 287, "HIGH": 370, "PRIVACY": 96}
    expected: dict[str, list[str]] = {}
    for name, size in sizes.items():
        (imported,) = oscal(PROFILE[key].format(name))["profile"]["imports"]
        (selection,) = imported["include-controls"]
        assert len(selection["with-ids"]) == size
        for identifier in selection["with-ids"]:
            expected.setdefault(f"{key}:{identifier}", []).append(name)
    assert {i: control["baselines"] for i, control in built(key).items() if "baselines" in control} == expected


def test_every_control_in_force_has_a_fingerprint(key: str) -> None:
    for control in built(key).values():
        assert ("sha256" in control) is not control.get("withdrawn", False), control["id"]


def prose(part: Json) -> str:
    return " ".join([part.get("prose", ""), *(prose(inner) for inner in part.get("parts", ()))])


def test_fingerprints_of_statements_without_parameters(key: str) -> None:
    checked = 0
    for identifier, control in controls(key).items():
        text = " ".join(prose(part) for part in control.get("parts", ()) if part["name"] == "statement")
        if is_withdrawn(control) or "{{" in text or "](" in text:
            continue
        words = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).split()
        digest = sha256(" ".join(words).encode()).hexdigest()
        assert (built(key)[identifier]["words"], built(key)[identifier]["sha256"]) == (len(words), digest), identifier
        checked += 1
    assert checked > 300
