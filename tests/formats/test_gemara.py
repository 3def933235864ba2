"""Gemara: its guidance catalogs and mapping documents, checked by its models and schema in ``tests/gates``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import iotbaseline as ib
from iotbaseline._model.kinds import Clause, Control
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Basis, Fidelity
from iotbaseline._model.wording import Wording
from iotbaseline.formats.gemara_mapping import RELATIONSHIPS, WEAKENED
from iotbaseline.formats.user_files import user_framework
from iotbaseline.relations import Relation

WORDING = Wording(text="Said so.", source="copy.pdf", sha256="ab" * 32)


def made(thing: Any, format_: str, folder: Path) -> tuple[Any, dict[str, int]]:
    """The document, and how often what was lost."""
    report = ib.export(thing, format_, folder / "a.json")
    return json.loads((folder / "a.json").read_text("utf-8")), {loss.what: loss.count for loss in report}


@pytest.mark.parametrize("key", [info.key for info in ib.publications() if ib.load(info.key).elements])
def test_every_element_is_a_guideline_of_its_topmost_group(key: str, tmp_path: Path) -> None:
    publication = ib.load(key)
    catalog, _ = made(key, "gemara", tmp_path)
    assert [each["id"] for each in catalog["guidelines"]] == [element.local for element in publication]
    groups = {each["id"] for each in catalog["groups"]}
    assert len(groups) == len(publication.roots)
    assert {each["group"] for each in catalog["guidelines"]} == groups
    above = {each["id"]: each.get("see-also", [None])[0] for each in catalog["guidelines"]}
    parents = {
        element.local: parent.local if (parent := publication.parent(element)) else None for element in publication
    }
    assert above == parents


def test_a_catalog_says_what_it_is(tmp_path: Path) -> None:
    catalog, _ = made("ir8425", "gemara", tmp_path)
    assert (catalog["metadata"]["type"], catalog["type"]) == ("GuidanceCatalog", "Framework")
    assert catalog["title"] == ib.load("ir8425").title
    assert "date" not in catalog["metadata"]
    law = made("cra", "gemara", tmp_path)[0]
    assert (law["type"], law["metadata"]["date"]) == ("Regulation", "2024-11-20T00:00:00Z")


def test_what_a_guideline_cannot_say_is_counted(tmp_path: Path) -> None:
    elements = (
        Control(id="k:a", title="A", label="1", summary="Do.", withdrawn=True, wording=WORDING),
        Clause(id="k:b", parent="other:a"),
        Clause(id="k:c", label="C"),
    )
    catalog, lost = made(user_framework("k", "K", lambda: elements), "gemara", tmp_path)
    assert lost == {
        "elements without a printed title, whose label or identifier is the title": 2,
        "elements without a summary, whose title is the objective": 2,
        "kind of elements, for which there is no place": 3,
        "labels beside a title": 1,
        "official wordings": 1,
        "parents that are not held": 1,
    }
    assert [each["state"] for each in catalog["guidelines"]] == ["Retired", "Active", "Active"]
    assert [each["title"] for each in catalog["guidelines"]] == ["A", "b", "C"]
    assert "date" not in catalog["metadata"]


def test_supports_is_said_as_it_is(tmp_path: Path) -> None:
    crosswalk = ib.crosswalk("sp800-213a", "sp800-53r5")
    document, _ = made(crosswalk, "gemara-mapping", tmp_path)
    words = [each["relationship"] for each in document["mappings"]]
    ours = [each.relation for each in crosswalk.mappings if each.object is not None]
    assert words.count("supports") == ours.count(Relation.SUPPORTS) > 0
    assert words.count("supported-by") == ours.count(Relation.IS_SUPPORTED_BY)
    assert len({each["id"] for each in document["mappings"]}) == len(words)
    assert [each["id"] for each in document["metadata"]["mapping-references"]] == ["sp800-213a", "sp800-53r5"]


def mapping(relation: Relation, target: str | None = "ir8259a:device-identification", **more: Any) -> Mapping:
    facts = {"basis": Basis.USER, "fidelity": Fidelity.FULL, "justification": "j", "source": "s", **more}
    return Mapping(subject="ir8425:documentation", relation=relation, object=target, **facts)


def crosswalk(*mappings: Mapping) -> ib.Crosswalk:
    return ib.Crosswalk(subject=ib.load("ir8425"), object=ib.load("ir8259a"), mappings=mappings)


@pytest.mark.parametrize("relation", Relation)
def test_no_relation_is_made_stronger(relation: Relation, tmp_path: Path) -> None:
    given = crosswalk(mapping(relation), mapping(Relation.RELATED))
    document, lost = made(given, "gemara-mapping", tmp_path)
    words = [each["relationship"] for each in document["mappings"][:-1]]
    if relation in WEAKENED:
        assert (words, sum(lost.values())) == ([WEAKENED[relation]], 1)
        assert f"relation: {relation}" in document["mappings"][0]["targets"][0]["remarks"]
    elif relation in RELATIONSHIPS:
        assert (words, lost) == ([RELATIONSHIPS[relation]], {})
    else:
        assert (words, sum(lost.values())) == ([], 1)


def test_what_is_said_of_a_mapping_arrives(tmp_path: Path) -> None:
    rows = (
        mapping(Relation.RELATED, strength=7, rationale="Why."),
        mapping(Relation.RELATED, None),
        mapping(Relation.RELATED, None, object_label="clause 7"),
    )
    document, lost = made(crosswalk(*rows), "gemara-mapping", tmp_path)
    assert lost == {"citations that name no element": 1}
    [target] = document["mappings"][0]["targets"]
    assert (target["entry-id"], target["strength"], target["rationale"]) == ("device-identification", 7, "Why.")
    assert document["mappings"][1]["relationship"] == "no-match"
    assert "targets" not in document["mappings"][1]


def test_what_says_nothing_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ib.errors.QueryError, match="no mapping that Gemara has a word for"):
        ib.export(crosswalk(mapping(Relation.CONTRARY)), "gemara-mapping", tmp_path / "a.json")
    empty = next(info.key for info in ib.publications() if not ib.load(info.key).elements)
    with pytest.raises(ib.errors.QueryError, match="holds no elements"):
        ib.export(empty, "gemara", tmp_path / "a.json")


def test_references_have_addresses_where_they_are_known(tmp_path: Path) -> None:
    document, _ = made(crosswalk(mapping(Relation.EQUAL)), "gemara-mapping", tmp_path)
    assert document["metadata"]["mapping-references"][0]["url"] == "https://doi.org/10.6028/NIST.IR.8425"
    own = user_framework("k", "K", lambda: (Clause(id="k:a"),))
    to_own = ib.Crosswalk(subject=ib.load("ir8425"), object=own, mappings=(mapping(Relation.EQUAL, "k:a"),))
    document, _ = made(to_own, "gemara-mapping", tmp_path)
    assert "url" not in document["metadata"]["mapping-references"][1]
    assert document["metadata"]["mapping-references"][1]["version"] == ib.data_version
