"""Assessments as component definitions of OSCAL: what the product and its components implement of each catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iotbaseline._assessments.assessment import Assessment, Finding
from iotbaseline._assessments.document import Component, ComponentRole, FindingEvidence, FindingStatus
from iotbaseline._model.texts import text_of
from iotbaseline.formats.oscal import VERSION, Json, checked_version, control_id, document, made_by, prop
from iotbaseline.formats.oscal_catalog import catalog, count_renamed, file_name, statement_id
from iotbaseline.formats.oscal_profile import publications_of
from iotbaseline.formats.stable import uuid_of

if TYPE_CHECKING:
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

_TYPES = {
    ComponentRole.DEVICE: "hardware",
    ComponentRole.APP: "software",
    ComponentRole.BACKEND: "service",
    ComponentRole.GATEWAY: "hardware",
    ComponentRole.NETWORK_EQUIPMENT: "hardware",
}
_STATES = {
    FindingStatus.MET: "implemented",
    FindingStatus.PARTLY_MET: "partial",
    FindingStatus.NOT_APPLICABLE: "not-applicable",
}
"""The words of OSCAL for how far a control is implemented; it has none for what is not."""


def write(things: Things, losses: Losses, *, oscal_version: str = VERSION) -> dict[str, bytes]:
    """Make a component definition of the product and its components, and the catalogs that it refers to.

    What is not assessed is left out.
    """
    [assessment] = things.assessments
    version = checked_version(oscal_version)
    for finding in assessment.unassessed:
        losses.left_out("elements that are not assessed", finding.id)
    publications = publications_of((finding.element for finding in assessment), things.library)
    for publication in publications:
        count_renamed(publication, losses)
    product = assessment.product
    made = document(
        "component-definition",
        f"{product.name} against {assessment.against}",
        {"components": [_component(assessment, each) for each in (None, *product.components)]},
        version=version,
        library=things.library,
        metadata={"props": [made_by(), prop("against", assessment.against)]},
    )
    catalogs = {file_name(each.key): catalog(each, things.library, version) for each in publications}
    return {f"{product.key}.component.json": made, **catalogs}


def _component(assessment: Assessment, component: Component | None) -> Json:
    """The product, or one of its components, with its findings for each catalog."""
    product = assessment.product
    described = product if component is None else component
    key = None if component is None else component.key
    parts = (product.key, key or "", assessment.against)
    by_catalog: dict[str, list[Finding]] = {}
    for finding in assessment:
        if finding.component_key == key and finding.status is not FindingStatus.NOT_ASSESSED:
            by_catalog.setdefault(finding.element.publication, []).append(finding)
    made: Json = {
        "uuid": uuid_of("component", *parts),
        "type": "system" if component is None else _TYPES[component.role],
        "title": described.name,
        "description": " ".join(filter(None, (described.name, described.version))),
    }
    if component is not None:
        made["props"] = [prop("role", component.role)]
    if by_catalog:
        made["control-implementations"] = [
            _implementation(publication, findings, parts) for publication, findings in by_catalog.items()
        ]
    return made


def _implementation(publication: str, findings: list[Finding], parts: tuple[str, ...]) -> Json:
    return {
        "uuid": uuid_of("implementation", *parts, publication),
        "source": file_name(publication),
        "description": f"Findings about {publication}",
        "implemented-requirements": [_requirement(finding, parts) for finding in findings],
    }


def _requirement(finding: Finding, parts: tuple[str, ...]) -> Json:
    told = finding.rationale or str(finding.status)
    facts = {"assessor": finding.assessor, "date": finding.date, "expires": finding.expires}
    state = _STATES.get(finding.status)
    made: Json = {
        "uuid": uuid_of("requirement", *parts, finding.id),
        "control-id": control_id(finding.id),
        "description": told,
        "props": [
            prop("element", finding.id),
            prop("finding", finding.status),
            *([prop("implementation-status", state)] if state else []),
            *(prop(name, value) for name, value in facts.items() if value),
            *map(_evidence, finding.evidence),
        ],
    }
    if text_of(finding.element) is not None:
        statement = uuid_of("statement", *parts, finding.id)
        made["statements"] = [{"statement-id": statement_id(finding.element), "uuid": statement, "description": told}]
    return made


def _evidence(evidence: FindingEvidence) -> Json:
    more = "; ".join(filter(None, (evidence.date, evidence.address, evidence.sha256)))
    return prop("evidence", evidence.reference, **{"class": evidence.kind}, **({"remarks": more} if more else {}))
