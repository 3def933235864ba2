"""Publications and crosswalks as concept schemes of SKOS, in JSON-LD. https://www.w3.org/TR/skos-reference

Each publication is a scheme, each element a concept in it, each mapping one of the mapping properties of SKOS. What
SKOS has no property for is a property of this library.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

from iotbaseline._mappings.crosswalk import Crosswalk
from iotbaseline._model.element import Element
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.publication import Publication
from iotbaseline.errors import QueryError
from iotbaseline.formats.facts import facts_of
from iotbaseline.formats.oscal import Json
from iotbaseline.formats.stable import json_bytes
from iotbaseline.relations import Relation

if TYPE_CHECKING:
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

Matches: TypeAlias = dict[str, dict[str, list[Json]]]
"""The mapping properties of each subject, and what they point to."""

HOME = "https://w3id.org/iotbaseline/"
"""What the names of all schemes and concepts begin with."""
_CONTEXT: Json = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "iotbaseline": f"{HOME}vocabulary#",
    **{
        f"skos:{name}": {"@type": "@id"}
        for name in ("inScheme", "topConceptOf", "hasTopConcept", "broader", "narrower")
    },
}

MATCHES = {
    Relation.EQUAL: "exactMatch",
    Relation.IDENTICAL: "exactMatch",
    Relation.EQUIVALENT: "exactMatch",
    Relation.SUBSET_OF: "broadMatch",
    Relation.SUPERSET_OF: "narrowMatch",
    Relation.RELATED: "relatedMatch",
}
"""The mapping properties that relations are; the object of ``broadMatch`` is the broader concept."""
WEAKENED = (Relation.IDENTICAL, Relation.EQUAL)
"""Those of which ``exactMatch`` says less."""
AS_RELATED = (Relation.INTERSECTS_WITH, Relation.SUPPORTS, Relation.IS_SUPPORTED_BY)
"""Those for which ``relatedMatch`` is all that is left."""

_NOTICE = (
    "Definitions are summaries in the words of the iotbaseline project, not the text of the publication. "
    "They are neither published nor endorsed by NIST."
)


def write(things: Things, losses: Losses) -> bytes:
    """Make a graph with a scheme for each publication, those of the crosswalks included, and the mappings."""
    publications = {each.key: each for each in things.publications}
    for crosswalk in things.crosswalks:
        for each in (crosswalk.subject, crosswalk.object):
            publications.setdefault(each.key, each)
    matches: Matches = {}
    for crosswalk in things.crosswalks:
        _match(crosswalk, matches, losses)
    held = [each for each in publications.values() if each.elements]
    if not held:
        raise QueryError("no element to write", "export a publication that holds elements")
    graph = [_scheme(each) for each in held]
    for publication in held:
        graph.extend(_concept(each, publication, losses) | matches.pop(each.id, {}) for each in publication)
    graph.extend({"@id": iri(name), **found} for name, found in matches.items())
    return json_bytes({"@context": _CONTEXT, "@graph": graph})


def iri(identifier: str) -> str:
    """The name of a publication or an element: ``https://w3id.org/iotbaseline/ir8425#documentation.1.f``."""
    key, colon, local = identifier.partition(":")
    return f"{HOME}{key}#{quote(local, safe='()+')}" if colon else f"{HOME}{key}"


def _english(text: str) -> Json:
    return {"@value": text, "@language": "en"}


def _scheme(publication: Publication) -> Json:
    info = publication.info
    found: Json = {
        "@id": iri(info.key),
        "@type": "skos:ConceptScheme",
        "dcterms:title": _english(info.title or info.key),
        "dcterms:identifier": info.key,
        "dcterms:description": _english(" ".join(filter(None, (_NOTICE, info.notice, publication.missing)))),
        "skos:hasTopConcept": [iri(each.id) for each in publication.roots],
    }
    if info.published:
        found["dcterms:issued"] = info.published
    if info.doi:
        found["dcterms:source"] = {"@id": f"https://doi.org/{info.doi}"}
    return found


def _concept(element: Element, publication: Publication, losses: Losses) -> Json:
    above, below = publication.parent(element), publication.children(element)
    if element.title is None:
        losses.weakened("elements without a printed title, whose label or identifier is preferred", element.id)
    if element.parent is not None and above is None:
        losses.left_out("parents that are not held", element.id)
    if element.wording is not None:
        losses.left_out("official wordings", element.id)
    title = element.title or element.label or element.local
    found: Json = {
        "@id": iri(element.id),
        "@type": "skos:Concept",
        "skos:inScheme": iri(publication.key),
        "skos:notation": element.local,
        "skos:prefLabel": _english(title),
    }
    if element.label not in (None, title):
        found["skos:altLabel"] = _english(element.label or "")
    if element.summary is not None:
        found["skos:definition"] = _english(element.summary)
    if above is None:
        found["skos:topConceptOf"] = iri(publication.key)
    else:
        found["skos:broader"] = iri(above.id)
    if below:
        found["skos:narrower"] = [iri(each.id) for each in below]
    return found | _facts(element)


def _facts(element: Element) -> Json:
    """What SKOS has no property for: one value, or several in a list."""
    values: dict[str, list[str]] = {}
    for name, value in facts_of(element):
        values.setdefault(f"iotbaseline:{name}", []).append(value)
    return {name: held[0] if len(held) == 1 else held for name, held in values.items()}


def _match(crosswalk: Crosswalk, matches: Matches, losses: Losses) -> None:
    """Add the mapping properties of each subject: one for each pair, since SKOS forbids an exact and a related match.

    Of several mappings between two, the one whose property says most is kept.
    """
    best: dict[tuple[str, str], Mapping] = {}
    for mapping in _writable(crosswalk.mappings, losses):
        pair = (mapping.subject, str(mapping.object))
        known = best.setdefault(pair, mapping)
        if known is not mapping:
            kept, other = sorted((known, mapping), key=_rank)
            best[pair] = kept
            losses.left_out("further mappings between the same two", str(other))
    for (subject, target), mapping in best.items():
        name = MATCHES.get(mapping.relation, "relatedMatch")
        if mapping.relation in (*WEAKENED, *AS_RELATED):
            losses.weakened(f"{mapping.relation} as {name}", str(mapping))
        losses.left_out("basis, source and rationale of mappings, for which a property has no place", str(mapping))
        matches.setdefault(subject, {}).setdefault(f"skos:{name}", []).append({"@id": iri(target)})


def _writable(mappings: Iterable[Mapping], losses: Losses) -> Iterable[Mapping]:
    for mapping in mappings:
        if mapping.object is None:
            losses.left_out("mappings that name no element", str(mapping))
        elif mapping.relation not in MATCHES and mapping.relation not in AS_RELATED:
            losses.left_out(f"mappings with the relation {mapping.relation}, for which there is no word", str(mapping))
        else:
            yield mapping


def _rank(mapping: Mapping) -> int:
    """Where the relation of a mapping stands among those that have a property."""
    order = (*MATCHES, *AS_RELATED)
    return order.index(mapping.relation)
