"""Publications in the JSON of NIST's Cybersecurity and Privacy Reference Tool. https://csrc.nist.gov/projects/cprt

A file has four lists: documents, elements, types of relationships, and relationships. What is below what, the order and
what is withdrawn are relationships too, the last two by way of elements of the types ``sort`` and ``withdraw_reason``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from iotbaseline._model.element import Element
from iotbaseline._model.kinds import Control, Withdrawable
from iotbaseline._model.publication import Publication
from iotbaseline.formats.facts import count_unplaced
from iotbaseline.formats.stable import json_bytes

if TYPE_CHECKING:
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

Row: TypeAlias = dict[str, str]

BELOW, MOVED, INCORPORATED = "projection", "moved_to", "incorporated_into"
"""The types of relationships that are written: from an element to what is below it, from a reason to a target."""
SORT, REASON, ENHANCEMENT = "sort", "withdraw_reason", "control_enhancement"
"""The types of elements that are not a kind of ours: a place in the order, and why something is withdrawn."""

NOTICE = "(summaries by the iotbaseline project, not the text of the publication; not endorsed by NIST)"
"""What stands beside the version, since there is no other place to say whose texts they are."""

_DESCRIPTIONS = {
    BELOW: "The second element is below the first or says something about it.",
    MOVED: "A withdrawn element was moved to another.",
    INCORPORATED: "A withdrawn element was incorporated into another.",
}
_PLACED = ("kind", "withdrawn", "moved-to", "incorporated-into")


def write(things: Things, losses: Losses) -> bytes:
    """Make a file of one document; texts are summaries in the words of this project."""
    [publication] = things.publications
    count_unplaced(publication, losses, _PLACED)
    elements: list[Row] = []
    relationships: list[Row] = []
    for number, (_, element) in enumerate(publication.walk(), 1):
        if element.parent is not None and publication.parent(element) is None:
            losses.left_out("parents that are not held", element.id)
        if element.label != element.local:
            losses.left_out("labels other than the identifier", element.id)
        elements.extend(_elements(element, publication, f"{number:05}"))
        relationships.extend(_relationships(element, publication, losses))
    return json_bytes(
        {
            "documents": [_document(publication)],
            "relationship_types": [
                {"relationship_identifier": name, "description": text} for name, text in _DESCRIPTIONS.items()
            ],
            "elements": elements,
            "relationships": relationships,
        }
    )


def _document(publication: Publication) -> Row:
    info = publication.info
    site = f"https://doi.org/{info.doi}" if info.doi else info.url
    return {
        "doc_identifier": info.key,
        "name": info.title or info.key,
        "version": " ".join(filter(None, (info.published, NOTICE))),
        "website": site or "",
    }


def _beside(element: Element, what: str) -> str:
    """The identifier of an element about another; no element of ours has a colon in its own part."""
    return f"{what}:{element.local}"


def _elements(element: Element, publication: Publication, place: str) -> Iterator[Row]:
    """The element, its place in the order, and the reason why it is withdrawn."""
    above = publication.parent(element)
    is_enhancement = isinstance(element, Control) and isinstance(above, Control)
    told = [(element.local, ENHANCEMENT if is_enhancement else element.kind, element.title, element.summary)]
    told.append((_beside(element, SORT), SORT, place, None))
    if not element.is_in_force:
        told.append((_beside(element, REASON), REASON, None, "Withdrawn."))
    for name, kind, title, text in told:
        yield {
            "doc_identifier": publication.key,
            "element_identifier": name,
            "element_type": kind.replace("-", "_"),
            "title": title or "",
            "text": text or "",
        }


def _relationships(element: Element, publication: Publication, losses: Losses) -> Iterator[Row]:
    above = publication.parent(element)
    links = [(above.local, element.local, BELOW)] if above else []
    links.append((element.local, _beside(element, SORT), BELOW))
    if isinstance(element, Withdrawable) and element.withdrawn:
        reason = _beside(element, REASON)
        links.append((element.local, reason, BELOW))
        for how, targets in ((MOVED, element.moved_to), (INCORPORATED, element.incorporated_into)):
            links.extend((reason, publication.local(name), how) for name in targets if publication.has(name))
            for name in (name for name in targets if not publication.has(name)):
                losses.left_out("where something went that is not held", f"{element.id} {how} {name}")
    for source, target, how in links:
        yield {
            "source_element_identifier": source,
            "source_doc_identifier": publication.key,
            "dest_element_identifier": target,
            "dest_doc_identifier": publication.key,
            "relationship_identifier": how,
            "provenance_doc_identifier": publication.key,
        }
