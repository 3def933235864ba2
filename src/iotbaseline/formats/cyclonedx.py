"""Publications as standards of CycloneDX: every element is a requirement below the one that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iotbaseline import __version__
from iotbaseline._library.library import Library
from iotbaseline._model.element import Asks, Element
from iotbaseline._model.publication import Publication
from iotbaseline.errors import UnknownNameError
from iotbaseline.formats.oscal import Json, props_of
from iotbaseline.formats.stable import json_bytes, timestamp, uuid_of

if TYPE_CHECKING:
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

VERSIONS = ("1.6", "1.7")
"""The versions of CycloneDX that can be written; standards exist since 1.6."""

PREFIX = "iotbaseline:"
"""What the names of our properties begin with."""
UNLABELLED = "unlabelled"
"""The property of a requirement whose ``identifier`` is not printed, but ours."""

_REMARKS = (
    "The texts are summaries in the words of the iotbaseline project, not those of the publication. "
    "They are neither published nor endorsed by NIST."
)


def write(
    things: Things,
    losses: Losses,
    *,
    cyclonedx_version: str = VERSIONS[0],
    declarations: bool = False,
) -> bytes:
    """Make a document whose only content is the standard that a publication is; official wordings are left out.

    With ``declarations``, an attestation to fill in lists every requirement that asks for something.
    """
    check_version(cyclonedx_version)
    [publication] = things.publications
    for element in publication:
        if element.wording is not None:
            losses.left_out("official wordings", element.id)
    body: Json = {"definitions": {"standards": [standard_of(publication)]}}
    if declarations:
        body["declarations"] = {"attestations": [_attestation(publication)]}
    return document(body, _facts(publication, things.library), cyclonedx_version, things.library)


def check_version(version: str) -> None:
    """Raise :class:`~iotbaseline.errors.UnknownNameError` for a version that cannot be written."""
    if version not in VERSIONS:
        raise UnknownNameError("version of CycloneDX", version, VERSIONS)


def document(body: Json, properties: list[Json], version: str, library: Library) -> bytes:
    """A document: its serial number depends on what it says, not on when it was written."""
    serial = uuid_of("cyclonedx", version, library.data_version, json_bytes(body).decode())
    tool = {"type": "library", "name": "iotbaseline", "version": __version__}
    return json_bytes(
        {
            "bomFormat": "CycloneDX",
            "specVersion": version,
            "serialNumber": f"urn:uuid:{serial}",
            "version": 1,
            "metadata": {"timestamp": timestamp(), "tools": {"components": [tool]}, "properties": properties},
            **body,
        }
    )


def _attestation(publication: Publication) -> Json:
    asking = (element for element in publication if element.traits.asks is not Asks.NEVER and element.is_in_force)
    return {
        "summary": f"To fill in: claims for {publication.key}",
        "map": [{"requirement": element.id} for element in asking],
    }


def _facts(publication: Publication, library: Library) -> list[Json]:
    """What a standard has no field for."""
    info = publication.info
    facts = {
        "data-version": library.data_version,
        "publication": info.key,
        "pubid": info.pubid,
        "status": info.status,
        "notice": info.notice,
        "not-held": publication.missing,
    }
    return [property_of(name, value) for name, value in facts.items() if value]


def standard_of(publication: Publication) -> Json:
    info = publication.info
    found: Json = {"bom-ref": info.key, "name": info.title or info.key}
    if info.published:
        found["version"] = info.published
    found["description"] = " ".join(filter(None, (_REMARKS, info.notice, publication.missing)))
    found["requirements"] = [_requirement(element, publication) for element in publication]
    if info.doi:
        found["externalReferences"] = [{"type": "documentation", "url": f"https://doi.org/{info.doi}"}]
    return found


def _requirement(element: Element, publication: Publication) -> Json:
    found: Json = {"bom-ref": element.id, "identifier": element.label or element.local}
    if element.title:
        found["title"] = element.title
    if element.summary:
        found["text"] = element.summary
    if element.parent and publication.has(element.parent):
        found["parent"] = element.parent
    properties = [property_of(str(each["name"]), str(each["value"])) for each in props_of(element)]
    if element.parent and not publication.has(element.parent):
        properties.append(property_of("parent", element.parent))
    if element.label is None:
        properties.append(property_of(UNLABELLED, "true"))
    return found | {"properties": properties}


def property_of(name: str, value: str) -> Json:
    return {"name": f"{PREFIX}{name}", "value": value}
