"""Assessments as declarations of CycloneDX: claims about the product and its components, evidence, attestations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iotbaseline._assessments.assessment import Assessment, Finding
from iotbaseline._assessments.document import ComponentRole, FindingEvidence, FindingStatus
from iotbaseline.formats.cyclonedx import VERSIONS, check_version, document, property_of, standard_of
from iotbaseline.formats.oscal import Json
from iotbaseline.formats.oscal_profile import publications_of

if TYPE_CHECKING:
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

_PRODUCT = "product"
_TYPES = {
    ComponentRole.DEVICE: "device",
    ComponentRole.APP: "application",
    ComponentRole.BACKEND: "application",
    ComponentRole.GATEWAY: "device",
    ComponentRole.NETWORK_EQUIPMENT: "device",
}
_SCORES = {FindingStatus.MET: 1, FindingStatus.NOT_MET: 0}
"""How far a requirement is conformed to, from 0 to 1; what is partly met has no number."""


def write(things: Things, losses: Losses, *, cyclonedx_version: str = VERSIONS[0]) -> bytes:
    """Make a document with the standards that a product is held against, and its findings as claims with evidence.

    What is not assessed is left out.
    """
    check_version(cyclonedx_version)
    [assessment] = things.assessments
    findings = [finding for finding in assessment if finding.status is not FindingStatus.NOT_ASSESSED]
    for finding in assessment.unassessed:
        losses.left_out("elements that are not assessed", finding.id)
    publications = publications_of((finding.element for finding in assessment), things.library)
    evidence = {each: f"evidence-{number}" for number, each in enumerate(_evidence(findings), 1)}
    assessors = {name: f"assessor-{number}" for number, name in enumerate(_assessors(findings), 1)}
    claims = {f"claim-{number}": finding for number, finding in enumerate(findings, 1)}
    declarations: Json = {
        "assessors": [{"bom-ref": ref, "organization": {"name": name}} for name, ref in assessors.items()],
        "attestations": _attestations(assessment, claims, assessors),
        "claims": [_claim(ref, finding, evidence) for ref, finding in claims.items()],
        "evidence": [_evidence_of(ref, each) for each, ref in evidence.items()],
        "targets": {"components": _targets(assessment)},
    }
    body: Json = {
        "definitions": {"standards": [standard_of(publication) for publication in publications]},
        "declarations": {name: value for name, value in declarations.items() if value},
    }
    facts = {"data-version": assessment.data_version, "against": assessment.against, "level": assessment.level}
    properties = [property_of(name, value) for name, value in facts.items() if value]
    return document(body, properties, cyclonedx_version, things.library)


def _evidence(findings: list[Finding]) -> list[FindingEvidence]:
    return list(dict.fromkeys(each for finding in findings for each in finding.evidence))


def _assessors(findings: list[Finding]) -> list[str]:
    return list(dict.fromkeys(finding.assessor for finding in findings if finding.assessor))


def _targets(assessment: Assessment) -> list[Json]:
    """The product, and its components."""
    product = assessment.product
    listed = [(_PRODUCT, "device", product.name, product.version)]
    listed += [(_ref(each.key), _TYPES[each.role], each.name, each.version) for each in product.components]
    targets: list[Json] = []
    for ref, kind, name, version in listed:
        found: Json = {"bom-ref": ref, "type": kind, "name": name}
        targets.append(found | ({"version": version} if version else {}))
    return targets


def _ref(key: str | None) -> str:
    """The reference of the component with a key, or that of the product."""
    return _PRODUCT if key is None else f"component-{key}"


def _claim(ref: str, finding: Finding, evidence: dict[FindingEvidence, str]) -> Json:
    found: Json = {
        "bom-ref": ref,
        "target": _ref(finding.component_key),
        "predicate": f"{finding.id}: {finding.status}",
    }
    if finding.rationale:
        found["reasoning"] = finding.rationale
    if finding.evidence:
        speaks = "counterEvidence" if finding.status is FindingStatus.NOT_MET else "evidence"
        found[speaks] = list(dict.fromkeys(evidence[each] for each in finding.evidence))
    return found


def _evidence_of(ref: str, evidence: FindingEvidence) -> Json:
    found: Json = {"bom-ref": ref, "propertyName": evidence.kind, "description": evidence.reference}
    if evidence.date:
        found["created"] = _moment(evidence.date)
    if evidence.address or evidence.sha256:
        name = f"sha256 {evidence.sha256}" if evidence.sha256 else evidence.reference
        contents = {"contents": {"url": evidence.address}} if evidence.address else {}
        found["data"] = [{"name": name, **contents}]
    return found


def _moment(day: str) -> str:
    """A day as a moment, its beginning."""
    return f"{day}T00:00:00Z"


def _attestations(assessment: Assessment, claims: dict[str, Finding], assessors: dict[str, str]) -> list[Json]:
    """One for each assessor, and one for the findings without."""
    by_assessor: dict[str | None, list[Json]] = {}
    for ref, finding in claims.items():
        conformance: Json = {"rationale": finding.rationale or str(finding.status)}
        if finding.status in _SCORES:
            conformance["score"] = _SCORES[finding.status]
        row: Json = {"requirement": finding.id, "claims": [ref], "conformance": conformance}
        by_assessor.setdefault(finding.assessor, []).append(row)
    summary = f"{assessment.product.name} against {assessment.against}"
    return [
        {"summary": summary, **({"assessor": assessors[name]} if name else {}), "map": rows}
        for name, rows in by_assessor.items()
    ]
