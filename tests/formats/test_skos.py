"""SKOS: what a graph holds; rdflib, pySHACL and skosify read it in ``tests/gates``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import iotbaseline as ib
from iotbaseline._model.kinds import Clause
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Basis, Fidelity
from iotbaseline._model.wording import Wording
from iotbaseline.formats.skos import AS_RELATED, MATCHES, WEAKENED, iri
from iotbaseline.formats.user_files import user_framework
from iotbaseline.relations import Relation


def nodes(thing: Any, folder: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The nodes of the graph by their names, and how often what was lost."""
    report = ib.export(thing, "skos", folder / "a.jsonld")
    graph = json.loads((folder / "a.jsonld").read_text("utf-8"))["@graph"]
    found = {each["@id"]: each for each in graph}
    assert len(found) == len(graph)
    return found, {loss.what: loss.count for loss in report}


@pytest.mark.parametrize("key", [info.key for info in ib.publications() if ib.load(info.key).elements])
def test_every_element_is_a_concept_in_its_place(key: str, tmp_path: Path) -> None:
    publication = ib.load(key)
    found, _ = nodes(key, tmp_path)
    assert len(found) == len(publication) + 1
    for element in publication:
        concept = found[iri(element.id)]
        above = publication.parent(element)
        assert concept.get("skos:broader") == (iri(above.id) if above else None)
        assert concept.get("skos:narrower", []) == [iri(each.id) for each in publication.children(element)]
        assert ("skos:topConceptOf" in concept) == (above is None)
        assert concept["iotbaseline:kind"] == element.kind
    assert found[iri(key)]["skos:hasTopConcept"] == [iri(each.id) for each in publication.roots]


def test_what_is_printed_is_told_apart(tmp_path: Path) -> None:
    elements = (
        Clause(id="k:a b", title="A", label="1", summary="Do.", note="n"),
        Clause(id="k:b", parent="other:a"),
        Clause(id="k:c", label="C", table="T"),
    )
    found, lost = nodes(user_framework("k", "K", lambda: elements), tmp_path)
    first = found["https://w3id.org/iotbaseline/k#a%20b"]
    assert first["skos:altLabel"] == {"@value": "1", "@language": "en"}
    assert first["skos:notation"] == "a b"
    assert first["iotbaseline:note"] == "n"
    labels = [each["skos:prefLabel"]["@value"] for each in found.values() if "skos:prefLabel" in each]
    assert labels == ["A", "b", "C"]
    assert "skos:altLabel" not in found[iri("k:c")]
    assert lost == {
        "elements without a printed title, whose label or identifier is preferred": 2,
        "parents that are not held": 1,
    }


def test_an_attached_wording_is_counted(tmp_path: Path) -> None:
    wording = Wording(text="Said so.", source="copy.pdf", sha256="ab" * 32)
    one = Clause(id="k:a", title="A", wording=wording)
    assert nodes(user_framework("k", "K", lambda: (one,)), tmp_path)[1] == {"official wordings": 1}


def test_several_values_are_a_list(tmp_path: Path) -> None:
    found, _ = nodes("sp800-53r5", tmp_path)
    assert found[iri("sp800-53r5:ac-2.1")]["iotbaseline:baselines"] == ["MODERATE", "HIGH"]


def mapping(relation: Relation, target: str | None = "ir8259a:device-identification", **more: Any) -> Mapping:
    facts = {"basis": Basis.USER, "fidelity": Fidelity.FULL, "justification": "j", "source": "s", **more}
    return Mapping(subject="ir8425:documentation", relation=relation, object=target, **facts)


def crosswalk(*mappings: Mapping) -> ib.Crosswalk:
    return ib.Crosswalk(subject=ib.load("ir8425"), object=ib.load("ir8259a"), mappings=mappings)


@pytest.mark.parametrize("relation", Relation)
def test_no_relation_is_made_stronger(relation: Relation, tmp_path: Path) -> None:
    found, lost = nodes(crosswalk(mapping(relation)), tmp_path)
    matches = {name for name in found[iri("ir8425:documentation")] if name.endswith("Match")}
    counted = sum(count for what, count in lost.items() if str(relation) in what)
    if relation in AS_RELATED:
        assert (matches, counted) == ({"skos:relatedMatch"}, 1)
    elif relation in MATCHES:
        assert (matches, counted) == ({f"skos:{MATCHES[relation]}"}, int(relation in WEAKENED))
    else:
        assert (matches, counted) == (set(), 1)


def test_of_several_mappings_between_two_the_one_that_says_most_is_kept(tmp_path: Path) -> None:
    rows = (mapping(Relation.RELATED), mapping(Relation.EQUAL), mapping(Relation.SUPPORTS))
    found, lost = nodes(crosswalk(*rows), tmp_path)
    subject = found[iri("ir8425:documentation")]
    assert subject["skos:exactMatch"] == [{"@id": iri("ir8259a:device-identification")}]
    assert "skos:relatedMatch" not in subject
    assert lost["further mappings between the same two"] == 2


def test_mappings_without_an_object_are_counted(tmp_path: Path) -> None:
    rows = (mapping(Relation.RELATED), mapping(Relation.RELATED, None, object_label="clause 7"))
    assert nodes(crosswalk(*rows), tmp_path)[1]["mappings that name no element"] == 1


def test_a_subject_that_is_not_held_has_its_mappings(tmp_path: Path) -> None:
    bare = ib.load("iec62443-4-2")
    one = Mapping(
        subject="iec62443-4-2:CR 1.1",
        relation=Relation.RELATED,
        object="ir8259a:device-identification",
        basis=Basis.USER,
        fidelity=Fidelity.FULL,
        justification="j",
        source="s",
    )
    found, _ = nodes(ib.Crosswalk(subject=bare, object=ib.load("ir8259a"), mappings=(one,)), tmp_path)
    assert iri("ir8259a:device-identification") in found
    assert "skos:relatedMatch" in found[iri("iec62443-4-2:CR 1.1")]


def test_what_holds_nothing_is_refused(tmp_path: Path) -> None:
    empty = next(info.key for info in ib.publications() if not ib.load(info.key).elements)
    with pytest.raises(ib.errors.QueryError, match="no element to write"):
        ib.export(empty, "skos", tmp_path / "a.jsonld")


def test_the_same_things_give_the_same_bytes(tmp_path: Path) -> None:
    things: list[ib.Publication | ib.Crosswalk] = [ib.load("ir8425"), ib.crosswalk("ir8425", "ir8259a")]
    for name in ("a.jsonld", "b.jsonld"):
        ib.export(things, "skos", tmp_path / name)
    assert (tmp_path / "a.jsonld").read_bytes() == (tmp_path / "b.jsonld").read_bytes()
