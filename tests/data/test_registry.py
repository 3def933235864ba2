"""The registry of publications agrees with itself and with the element files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iotbaseline._model.identifiers import fold_publication

Json = dict[str, Any]

DATA = Path(__file__).parents[2] / "data"
RECORDS: dict[str, Json] = {
    record["key"]: record for record in json.loads((DATA / "publications.json").read_text("utf-8"))["publications"]
}
FIDELITIES = ["secondary", "partial", "full"]
ELEMENT_FILES = [json.loads(path.read_text("utf-8")) for path in sorted((DATA / "publications").glob("*.json"))]


def test_no_spelling_names_two_publications() -> None:
    owner: dict[str, str] = {}
    for key, record in RECORDS.items():
        for name in (key, record["pubid"], record["doi"], *record.get("aliases", ())):
            if name is not None:
                assert owner.setdefault(fold_publication(name), key) == key, name


@pytest.mark.parametrize("key", RECORDS)
def test_links_lead_to_other_publications(key: str) -> None:
    record = RECORDS[key]
    relations = [relation["target"] for relation in record.get("relations", ())]
    links = {*record.get("supersedes", ()), *record.get("superseded_by", ()), *relations}
    assert links <= set(RECORDS) - {key}


@pytest.mark.parametrize("key", RECORDS)
def test_supersession_is_told_from_both_ends(key: str) -> None:
    record = RECORDS[key]
    assert all(key in RECORDS[other].get("supersedes", ()) for other in record.get("superseded_by", ()))
    assert all(key in RECORDS[other].get("superseded_by", ()) for other in record.get("supersedes", ()))


@pytest.mark.parametrize("key", RECORDS)
def test_status_agrees_with_supersession(key: str) -> None:
    record = RECORDS[key]
    if record.get("superseded_by"):
        assert record["status"] in ("superseded", "withdrawn")
    assert ("withdrawn" in record) == (record["status"] == "withdrawn")


def test_what_is_only_cited_is_not_called_current() -> None:
    cited = [record for record in RECORDS.values() if record["role"] == "reference"]
    assert [record["key"] for record in cited if record["status"] == "current"] == []


def test_at_most_one_revision_of_a_work_is_current() -> None:
    current = [record["work"] for record in RECORDS.values() if record["status"] == "current"]
    assert len(current) == len(set(current))


@pytest.mark.parametrize("document", ELEMENT_FILES, ids=[document["publication"] for document in ELEMENT_FILES])
def test_registry_claims_no_more_than_the_element_file(document: Json) -> None:
    claimed = RECORDS[document["publication"]]["fidelity"]
    assert FIDELITIES.index(claimed) <= FIDELITIES.index(document["fidelity"])


def test_what_has_no_elements_says_why() -> None:
    held = {document["publication"] for document in ELEMENT_FILES}
    assert [key for key, record in RECORDS.items() if key not in held and not record.get("missing")] == []
