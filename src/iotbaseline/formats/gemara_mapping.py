"""Crosswalks as mapping documents of Gemara, in JSON: the one format of others that has a word for ``supports``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iotbaseline._model.mapping import Mapping
from iotbaseline._model.publication import Publication
from iotbaseline.errors import QueryError
from iotbaseline.formats.facts import as_text, facts_of_mapping
from iotbaseline.formats.gemara import NOTICE, metadata
from iotbaseline.formats.oscal import Json
from iotbaseline.formats.stable import json_bytes
from iotbaseline.relations import Relation

if TYPE_CHECKING:
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

RELATIONSHIPS = {
    Relation.SUPPORTS: "supports",
    Relation.IS_SUPPORTED_BY: "supported-by",
    Relation.EQUAL: "equivalent",
    Relation.EQUIVALENT: "equivalent",
    Relation.SUPERSET_OF: "subsumes",
    Relation.RELATED: "relates-to",
}
"""The relations that it has a word for; a proper subset has none."""
WEAKENED = {
    Relation.IDENTICAL: "equivalent",
    Relation.SUBSET_OF: "relates-to",
    Relation.INTERSECTS_WITH: "relates-to",
}
"""Those for which it has a word that says less; the remarks of the target keep the true one."""
NO_MATCH = "no-match"
"""What an element is that is listed with nothing."""


def write(things: Things, losses: Losses) -> bytes:
    """Make a mapping document of a crosswalk; what both sides are stands in their guidance catalogs."""
    [crosswalk] = things.crosswalks
    mappings = [
        made
        for number, mapping in enumerate(crosswalk.mappings, 1)
        if (made := _mapping(mapping, number, losses, crosswalk.object)) is not None
    ]
    if not mappings:
        raise QueryError(f"{crosswalk} has no mapping that Gemara has a word for", "export another crosswalk")
    sides = {"source": crosswalk.subject, "target": crosswalk.object}
    name = f"{crosswalk.subject.key}--{crosswalk.object.key}"
    title = f"{crosswalk.subject.title or crosswalk.subject.key} → {crosswalk.object.title or crosswalk.object.key}"
    references = [_reference(each, things.library.data_version) for each in dict.fromkeys(sides.values())]
    facts: Json = {"version": things.library.data_version, "mapping-references": references}
    return json_bytes(
        {
            "title": title,
            "metadata": metadata(name, "MappingDocument", NOTICE, facts),
            **{
                f"{side}-reference": {"reference-id": each.key, "entry-type": "Guideline"}
                for side, each in sides.items()
            },
            "mappings": mappings,
        }
    )


def _reference(publication: Publication, otherwise: str) -> Json:
    info = publication.info
    found: Json = {"id": info.key, "title": info.title or info.key, "version": info.published or otherwise}
    url = f"https://doi.org/{info.doi}" if info.doi else info.url
    return found | ({"url": url} if url else {})


def _mapping(mapping: Mapping, number: int, losses: Losses, target: Publication) -> Json | None:
    """A mapping to one target; ``None`` if it cannot be written."""
    made: Json = {"id": f"map-{number}", "source": mapping.subject.partition(":")[2]}
    remarks = as_text(facts_of_mapping(mapping), "; ")
    if mapping.object is None and mapping.is_empty:
        return made | {"relationship": NO_MATCH, "remarks": remarks}
    if mapping.object is None:
        losses.left_out("citations that name no element", str(mapping))
        return None
    word = RELATIONSHIPS.get(mapping.relation) or WEAKENED.get(mapping.relation)
    if word is None:
        losses.left_out(f"mappings with the relation {mapping.relation}, for which there is no word", str(mapping))
        return None
    if mapping.relation in WEAKENED:
        losses.weakened(f"{mapping.relation} as {word}, with the true word in the remarks", str(mapping))
    entry: Json = {"entry-id": target.local(mapping.object)}
    if mapping.strength:
        entry["strength"] = mapping.strength
    if mapping.rationale:
        entry["rationale"] = mapping.rationale
    return made | {"targets": [entry | {"remarks": remarks}], "relationship": word}
