"""Crosswalks as mapping collections of OSCAL: a folder with the mappings and the catalogs that they are between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iotbaseline._mappings.crosswalk import Crosswalk
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Basis, Fidelity
from iotbaseline._model.publication import Publication
from iotbaseline.errors import QueryError
from iotbaseline.formats.oscal import NAMESPACE, VERSION, Json, checked_version, control_id, document, made_by, prop
from iotbaseline.formats.oscal_catalog import catalog, count_renamed, file_name
from iotbaseline.formats.stable import uuid_of
from iotbaseline.relations import Relation

if TYPE_CHECKING:
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

RELATIONSHIPS = {
    Relation.EQUAL: "equal-to",
    Relation.SUBSET_OF: "subset-of",
    Relation.SUPERSET_OF: "superset-of",
    Relation.INTERSECTS_WITH: "intersects-with",
    Relation.NO_RELATIONSHIP: "no-relationship",
}
"""What the set-theory relations are in OSCAL. The others are words of ours, in our namespace."""

_METHODS = {Basis.DERIVED: "automation"}
_HUMAN, _BOTH = "human", "hybrid"
_DESCRIPTION = (
    "The mapping of {subject} to {object} as iotbaseline holds it. The basis of each map says whether the publisher "
    "printed it. OSCAL requires a kind of rationale; most publishers state none, and 'semantic' is written for all."
)


def write(things: Things, losses: Losses, *, oscal_version: str = VERSION) -> dict[str, bytes]:
    """Make a mapping collection of a crosswalk, and the two catalogs."""
    [crosswalk] = things.crosswalks
    version = checked_version(oscal_version, (VERSION,))
    held = [each for each in dict.fromkeys((crosswalk.subject, crosswalk.object)) if each.elements]
    for publication in held:
        count_renamed(publication, losses)
    title = f"{crosswalk.subject.title} → {crosswalk.object.title}"
    body = _body(crosswalk, losses)
    name = f"{crosswalk.subject.key}--{crosswalk.object.key}.mapping.json"
    metadata: Json = {"props": [made_by()]}
    made = document("mapping-collection", title, body, version=version, library=things.library, metadata=metadata)
    catalogs = {file_name(each.key): catalog(each, things.library, version) for each in held}
    return {name: made, **catalogs}


def _body(crosswalk: Crosswalk, losses: Losses) -> Json:
    maps: list[Json] = []
    unmapped: list[str] = []
    for number, mapping in enumerate(crosswalk.mappings):
        if mapping.object is not None:
            maps.append(_map(mapping, mapping.object, str(number)))
        elif mapping.is_empty:
            unmapped.append(control_id(mapping.subject))
        else:
            losses.left_out("citations that name no element, which a target of OSCAL has to", str(mapping))
    if not maps:
        raise QueryError(f"{crosswalk} has no mapping to an element", "OSCAL requires one; export another crosswalk")
    pair = (crosswalk.subject.key, crosswalk.object.key)
    made: Json = {
        "uuid": uuid_of("mapping", *pair),
        "source-resource": _resource(crosswalk.subject),
        "target-resource": _resource(crosswalk.object),
        "maps": maps,
    }
    if unmapped:
        gaps = [{"with-ids": list(dict.fromkeys(unmapped))}]
        made["source-gap-summary"] = {"uuid": uuid_of("gap", *pair), "unmapped-controls": gaps}
    return {"provenance": _provenance(crosswalk), "mappings": [made]}


def _resource(publication: Publication) -> Json:
    """The catalog in the folder; of a publication without elements, its address or no more than its name."""
    info = publication.info
    if publication.elements:
        href = file_name(publication.key)
    else:
        href = f"https://doi.org/{info.doi}" if info.doi else info.url or f"urn:iotbaseline:{info.key}"
    return {"type": "catalog", "href": href, "props": [prop("publication", info.key)]}


def _provenance(crosswalk: Crosswalk) -> Json:
    methods = {_METHODS.get(mapping.basis, _HUMAN) for mapping in crosswalk.mappings}
    is_complete = all(mapping.fidelity is Fidelity.FULL for mapping in crosswalk.mappings)
    return {
        "method": _BOTH if len(methods) > 1 else methods.pop(),
        "matching-rationale": "semantic",
        "status": "complete" if is_complete else "not-complete",
        "mapping-description": _DESCRIPTION.format(subject=crosswalk.subject.key, object=crosswalk.object.key),
    }


def _map(mapping: Mapping, target: str, number: str) -> Json:
    of_oscal = RELATIONSHIPS.get(mapping.relation)
    facts = {
        "basis": mapping.basis,
        "fidelity": mapping.fidelity,
        "justification": mapping.justification,
        "locator": mapping.locator,
        "printed": mapping.printed,
        "object-label": mapping.object_label,
        "strength": None if mapping.strength is None else str(mapping.strength),
        "mapping-set": mapping.source,
    }
    props = [prop(name, value) for name, value in facts.items() if value]
    props.extend(prop("path", each) for each in mapping.path)
    found: Json = {
        "uuid": uuid_of("map", mapping.source, number, mapping.subject, mapping.relation, target),
        **({} if of_oscal else {"ns": NAMESPACE}),
        "relationship": of_oscal or mapping.relation.replace("_", "-"),
        "sources": [{"type": "control", "id-ref": control_id(mapping.subject)}],
        "targets": [{"type": "control", "id-ref": control_id(target)}],
        "props": props,
    }
    return found | ({"remarks": mapping.rationale} if mapping.rationale else {})
