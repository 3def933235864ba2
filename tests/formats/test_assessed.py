"""Assessments in the formats of others; their schemas are gates of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import iotbaseline as ib
from iotbaseline.assessments import (
    Assessment,
    Component,
    ComponentRole,
    EvidenceKind,
    Finding,
    FindingEvidence,
    FindingStatus,
    Product,
    start,
)

REPORT = FindingEvidence(
    reference="Report 7", kind=EvidenceKind.TEST, date="2026-11-03", sha256="ab" * 32, address="reports/7.pdf"
)
BARE = FindingEvidence(reference="Seen", kind=EvidenceKind.INTERVIEW)
HASHED = FindingEvidence(reference="Image", kind=EvidenceKind.SOURCE, sha256="cd" * 32)
APP = Component(key="app", role=ComponentRole.APP, name="App", version="7")
HUB = Component(key="hub", role=ComponentRole.GATEWAY, name="Hub")


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    """One finding of each status, and one about each component; all else is not assessed."""
    made = start("consumer", Product(key="t2", name="T2", version="1.2", components=(APP, HUB)))
    told: list[dict[str, Any]] = [
        {"status": FindingStatus.MET, "evidence": (REPORT, BARE, HASHED), "assessor": "A", "date": "2026-11-04"},
        {"status": FindingStatus.PARTLY_MET, "rationale": "half", "evidence": (REPORT,), "assessor": "B"},
        {"status": FindingStatus.NOT_MET, "rationale": "no", "evidence": (REPORT,), "component": APP},
        {"status": FindingStatus.NOT_APPLICABLE, "rationale": "none", "expires": "2027-11-04"},
    ]
    filled = tuple(evolve(finding, **changes) for finding, changes in zip(made, told, strict=False))
    return evolve(made, findings=(*filled, *made.findings[len(told) :]))


def assessed(assessment: Assessment) -> list[Finding]:
    return [finding for finding in assessment if finding.status is not FindingStatus.NOT_ASSESSED]


def test_a_component_definition_says_what_each_component_implements(assessment: Assessment, tmp_path: Path) -> None:
    report = ib.export(assessment, "oscal-implementation", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ir8425.catalog.json", "t2.component.json"]
    assert [(loss.what, loss.count) for loss in report] == [
        ("elements that are not assessed", len(assessment.unassessed))
    ]
    made = json.loads((tmp_path / "t2.component.json").read_text("utf-8"))["component-definition"]
    product, app, hub = made["components"]
    assert [(each["title"], each["type"]) for each in made["components"]] == [
        ("T2", "system"),
        ("App", "software"),
        ("Hub", "hardware"),
    ]
    assert "control-implementations" not in hub
    [of_product], [of_app] = product["control-implementations"], app["control-implementations"]
    assert of_product["source"] == of_app["source"] == "ir8425.catalog.json"
    requirements = [*of_product["implemented-requirements"], *of_app["implemented-requirements"]]
    facts = [{each["name"]: each["value"] for each in one["props"]} for one in requirements]
    assert {fact["element"]: fact["finding"] for fact in facts} == {
        finding.id: finding.status.value for finding in assessed(assessment)
    }
    assert [fact.get("implementation-status") for fact in facts] == ["implemented", "partial", "not-applicable", None]
    assert (facts[0]["assessor"], facts[0]["date"], facts[2]["expires"]) == ("A", "2026-11-04", "2027-11-04")
    assert [one["description"] for one in requirements] == ["met", "half", "none", "no"]
    evidence = [each for each in requirements[0]["props"] if each["name"] == "evidence"]
    assert [(each["value"], each["class"], each.get("remarks")) for each in evidence] == [
        ("Report 7", "test", f"2026-11-03; reports/7.pdf; {'ab' * 32}"),
        ("Seen", "interview", None),
        ("Image", "source", "cd" * 32),
    ]
    for one in requirements:
        [statement] = one["statements"]
        assert statement["statement-id"] == f"{one['control-id']}_smt"
        assert statement["description"] == one["description"]


def test_an_element_without_a_text_has_no_statement(assessment: Assessment, tmp_path: Path) -> None:
    first, *others = assessment.findings
    bare = evolve(first, element=evolve(first.element, summary=None))
    ib.export(evolve(assessment, findings=(bare, *others)), "oscal-implementation", tmp_path)
    made = json.loads((tmp_path / "t2.component.json").read_text("utf-8"))["component-definition"]
    requirements = made["components"][0]["control-implementations"][0]["implemented-requirements"]
    assert ["statements" in each for each in requirements] == [False, True, True]


def test_additions_of_a_profile_are_a_catalog(tmp_path: Path) -> None:
    made = start("thermostat.toml", "T", folder=Path(__file__).parents[2] / "docs" / "notebooks" / "thermostat")
    whole = evolve(made, findings=tuple(evolve(one, status=FindingStatus.MET) for one in made))
    ib.export(whole, "oscal-implementation", tmp_path / "a", strict=True)
    names = {path.name for path in (tmp_path / "a").iterdir()}
    assert names == {f"{key}.catalog.json" for key in ("ir8425", "sp800-213a", "thermostat")} | {"t.component.json"}
    ib.export(whole, "cyclonedx-declarations", tmp_path / "a.json", strict=True)
    standards = json.loads((tmp_path / "a.json").read_text("utf-8"))["definitions"]["standards"]
    assert [each["bom-ref"] for each in standards] == ["ir8425", "sp800-213a", "thermostat"]


@pytest.mark.parametrize("version", ["1.6", "1.7"])
def test_declarations_have_claims_evidence_and_attestations(
    assessment: Assessment, version: str, tmp_path: Path
) -> None:
    file = tmp_path / "t.json"
    report = ib.export(assessment, "cyclonedx-declarations", file, cyclonedx_version=version)
    assert [loss.count for loss in report] == [len(assessment.unassessed)]
    document = json.loads(file.read_text("utf-8"))
    assert document["specVersion"] == version
    told = document["declarations"]
    assert [each["organization"]["name"] for each in told["assessors"]] == ["A", "B"]
    assert [(each["bom-ref"], each["type"], each.get("version")) for each in told["targets"]["components"]] == [
        ("product", "device", "1.2"),
        ("component-app", "application", "7"),
        ("component-hub", "device", None),
    ]
    findings = assessed(assessment)
    assert [each["predicate"] for each in told["claims"]] == [f"{one.id}: {one.status}" for one in findings]
    assert [each["target"] for each in told["claims"]] == ["product", "product", "component-app", "product"]
    assert [each.get("reasoning") for each in told["claims"]] == [None, "half", "no", "none"]
    assert [each.get("evidence") for each in told["claims"]] == [
        ["evidence-1", "evidence-2", "evidence-3"],
        ["evidence-1"],
        None,
        None,
    ]
    assert told["claims"][2]["counterEvidence"] == ["evidence-1"]
    assert told["evidence"] == [
        {
            "bom-ref": "evidence-1",
            "propertyName": "test",
            "description": "Report 7",
            "created": "2026-11-03T00:00:00Z",
            "data": [{"name": f"sha256 {'ab' * 32}", "contents": {"url": "reports/7.pdf"}}],
        },
        {"bom-ref": "evidence-2", "propertyName": "interview", "description": "Seen"},
        {
            "bom-ref": "evidence-3",
            "propertyName": "source",
            "description": "Image",
            "data": [{"name": f"sha256 {'cd' * 32}"}],
        },
    ]
    rows = [row for each in told["attestations"] for row in each["map"]]
    assert [each.get("assessor") for each in told["attestations"]] == ["assessor-1", "assessor-2", None]
    assert [row["conformance"].get("score") for row in rows] == [1, None, 0, None]
    assert [row["conformance"]["rationale"] for row in rows] == ["met", "half", "no", "none"]
    requirements = {each["bom-ref"] for one in document["definitions"]["standards"] for each in one["requirements"]}
    assert {row["requirement"] for row in rows} <= requirements
    assert {"name": "iotbaseline:against", "value": "consumer"} in document["metadata"]["properties"]


def test_what_nobody_assessed_declares_nothing(tmp_path: Path) -> None:
    ib.export(start("consumer", "T"), "cyclonedx-declarations", tmp_path / "t.json")
    assert json.loads((tmp_path / "t.json").read_text("utf-8"))["declarations"].keys() == {"targets"}


def test_versions_that_there_are_not(assessment: Assessment, tmp_path: Path) -> None:
    with pytest.raises(ib.errors.UnknownNameError, match="unknown version of CycloneDX"):
        ib.export(assessment, "cyclonedx-declarations", tmp_path / "a.json", cyclonedx_version="1.5")
    with pytest.raises(ib.errors.UnknownNameError, match="unknown version of OSCAL"):
        ib.export(assessment, "oscal-implementation", tmp_path / "a", oscal_version="0.9")
    with pytest.raises(ib.errors.ArgumentTypeError, match="thing is of type Assessment; pass publications to oscal-"):
        ib.export(assessment, "oscal-catalog", tmp_path / "a.json")
    assert list(tmp_path.iterdir()) == []
