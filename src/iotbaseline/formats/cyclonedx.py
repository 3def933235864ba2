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
    if cyclonedx_version not in VERSIONS:
        raise UnknownNameError("version of CycloneDX", cyclonedx_version, VERSIONS)
    [publication] = things.publications
    for element in publication:
        if element.wording is not None:
            losses.left_out("official wordings", element.id)
    body: Json = {"definitions": {"standards": [_standard(publication)]}}
    if declarations:
        body["declarations"] = {"attestations": [_attestation(publication)]}
    serial = uuid_of("cyclonedx", cyclonedx_version, things.library.data_version, json_bytes(body).decode())
    tool = {"type": "library", "name": "iotbaseline", "version": __version__}
    return json_bytes(
        {
            "bomFormat": "CycloneDX",
            "specVersion": cyclonedx_version,
            "serialNumber": f"urn:uuid:{serial}",
            "version": 1,
            "metadata": {
                "timestamp": timestamp(),
                "tools": {"components": [tool]},
                "properties": _facts(publication, things.library),
            },
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
    return [_property(name, value) for name, value in facts.items() if value]


def _standard(publication: Publication) -> Json:
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
    properties = [_property(str(each["name"]), str(each["value"])) for each in props_of(element)]
    if element.parent and not publication.has(element.parent):
        properties.append(_property("parent", element.parent))
    if element.label is None:
        properties.append(_property(UNLABELLED, "true"))
    return found | {"properties": properties}


def _property(name: str, value: str) -> Json:
    return {"name": f"{PREFIX}{name}", "value": value}
