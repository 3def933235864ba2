"""Publications as catalogs of OSCAL.

Every element is a control, since a profile can select and change nothing else; a group only holds the controls at
the top.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from iotbaseline._library.library import Library
from iotbaseline._model.element import Asks, Element
from iotbaseline._model.kinds import Withdrawable
from iotbaseline._model.publication import Publication, PublicationInfo
from iotbaseline._model.texts import text_of
from iotbaseline.errors import QueryError
from iotbaseline.formats.oscal import (
    VERSION,
    WORDING_HASH,
    Json,
    checked_version,
    control_id,
    document,
    made_by,
    prop,
    props_of,
)

if TYPE_CHECKING:
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

Parameters = Mapping[str, Mapping[str, str]]
"""The parameters of elements, by the identifier of the element: their labels by their identifiers."""

_FULL_DATE = len("2026-11-30")
_SUMMARISED = (
    "The prose of the controls is a summary in the words of the iotbaseline project, not that of the publication."
)
_WORDED = (
    "Prose with a property wording-sha256 is the official wording, copied from the file with this hash; other prose "
    "is a summary in the words of the iotbaseline project. The wordings keep the rights of their publisher."
)


def write(things: Things, losses: Losses, *, oscal_version: str = VERSION) -> bytes:
    """Make a catalog of a publication."""
    [publication] = things.publications
    count_renamed(publication, losses)
    return catalog(publication, things.library, checked_version(oscal_version))


def file_name(key: str) -> str:
    """What the file of a catalog is called."""
    return f"{key}.catalog.json"


def count_renamed(publication: Publication, losses: Losses) -> None:
    """Count the elements whose labels cannot be part of an identifier; raises if two become the same."""
    taken: dict[str, str] = {}
    for element in publication:
        name = control_id(element.id)
        if not name.endswith(element.local):
            losses.renamed("labels with characters that identifiers of OSCAL cannot have", element.id)
        other = taken.setdefault(name, element.id)
        if other != element.id:
            problem = f"{other} and {element.id} would both be the control {name}"
            raise QueryError(problem, "give one of them another identifier")


def catalog(publication: Publication, library: Library, version: str, parameters: Parameters | None = None) -> bytes:
    """A catalog with all elements of a publication."""
    shelves = _Shelves(publication, parameters or {})
    body: Json = {"groups": [shelves.group(root) for root in publication.roots]}
    info = publication.info
    return document(
        "catalog",
        info.title or info.key,
        body,
        version=version,
        library=library,
        metadata=_metadata(info, publication),
    )


def _metadata(info: PublicationInfo, publication: Publication) -> Json:
    facts = {
        "publication": info.key,
        "pubid": info.pubid,
        "status": info.status,
        "published": info.published,
        "notice": info.notice,
        "not-held": publication.missing,
    }
    found: Json = {}
    if info.published and len(info.published) == _FULL_DATE:
        found["published"] = f"{info.published}T00:00:00Z"
    if info.doi:
        found["document-ids"] = [{"scheme": "http://www.doi.org/", "identifier": info.doi}]
    found["props"] = [made_by(), *(prop(name, value) for name, value in facts.items() if value)]
    if info.doi:
        found["links"] = [{"href": f"https://doi.org/{info.doi}", "rel": "reference"}]
    is_worded = any(element.wording is not None for element in publication)
    found["remarks"] = f"{_WORDED if is_worded else _SUMMARISED} It is neither published nor endorsed by NIST."
    return found


class _Shelves:
    """Makes the groups and controls of one publication."""

    def __init__(self, publication: Publication, parameters: Parameters) -> None:
        self._publication = publication
        self._parameters = parameters
        self._places = {element.id: number for number, element in enumerate(publication, 1)}
        self._width = len(str(len(publication)))

    def group(self, root: Element) -> Json:
        """The shelf of an element of the top."""
        props = [self._sort_id(root), prop("shelf", root.id)]
        return {
            "id": f"{control_id(root.id)}_group",
            "class": root.kind,
            "title": self._title(root),
            "props": props,
            "controls": [self._control(root)],
        }

    def _control(self, element: Element) -> Json:
        name = control_id(element.id)
        found: Json = {"id": name, "class": element.kind, "title": self._title(element)}
        parameters = self._parameters.get(element.id, {})
        if parameters:
            found["params"] = [{"id": each, "label": label} for each, label in parameters.items()]
        found["props"] = [*self._props(element), *props_of(element)]
        if element.parent and not self._publication.has(element.parent):
            found["props"] = [*self._props(element), *props_of(element), prop("parent", element.parent)]
        if links := _links(element, self._publication):
            found["links"] = links
        if statement := _statement(element):
            found["parts"] = [statement]
        if children := self._publication.children(element):
            found["controls"] = [self._control(child) for child in children]
        return found

    def _props(self, element: Element) -> list[Json]:
        found: list[Json] = [{"name": "label", "value": element.label}] if element.label else []
        found.append(self._sort_id(element))
        if not element.is_in_force:
            found.append({"name": "status", "value": "withdrawn"})
        return found

    def _sort_id(self, element: Element) -> Json:
        return {"name": "sort-id", "value": f"{self._places[element.id]:0{self._width}}"}

    def _title(self, element: Element) -> str:
        """Its title, or that of the nearest element above that has one, with the labels on the way down."""
        labels: list[str] = []
        for each in (element, *self._publication.ancestors(element)):
            if each.title:
                return " ".join((each.title, *reversed(labels)))
            labels.append(each.label or each.local)
        return element.local


def statement_id(element: Element) -> str:
    """The identifier of the part that says what an element asks for."""
    return f"{control_id(element.id)}_smt"


def _statement(element: Element) -> Json | None:
    """The part that has the official wording, marked with the file that it is from, or the summary."""
    told = text_of(element)
    if told is None:
        return None
    found: Json = {"id": statement_id(element), "name": _part_name(element)}
    if told.wording is not None:
        found["props"] = [prop("wording-from", told.wording.origin), prop(WORDING_HASH, told.wording.sha256)]
    return found | {"prose": told.text}


def _part_name(element: Element) -> str:
    """What asks for something is a statement; what explains it is not."""
    return "statement" if element.traits.asks is not Asks.NEVER or element.traits.is_part else "overview"


def _links(element: Element, publication: Publication) -> list[Json]:
    """Where a withdrawn element went, as far as the catalog has it."""
    if not isinstance(element, Withdrawable):
        return []
    return [
        {"href": f"#{control_id(target)}", "rel": rel}
        for rel, targets in (("moved-to", element.moved_to), ("incorporated-into", element.incorporated_into))
        for target in targets
        if publication.has(target)
    ]
