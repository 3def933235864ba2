"""Publications as guidance catalogs of Gemara, in JSON, which YAML holds too. https://gemara.openssf.org

Every element is a guideline, so that a mapping can begin or end at any of them. The group of a guideline is the topmost
element above it; what it is directly below is named in ``see-also``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iotbaseline._model.element import Element
from iotbaseline._model.publication import Publication
from iotbaseline.errors import QueryError
from iotbaseline.formats.facts import count_unplaced
from iotbaseline.formats.oscal import Json
from iotbaseline.formats.stable import json_bytes

if TYPE_CHECKING:
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

VERSION = "1.4.1"
"""The release of Gemara's schema that the files follow."""
NOTICE = (
    "Texts are summaries in the words of the iotbaseline project, not those of the publication. "
    "They are neither published nor endorsed by NIST."
)

_TYPES = {
    "regulation": "Regulation",
    "reference": "Standard",
    **dict.fromkeys(("guide", "activities", "report", "feedback"), "Best Practice"),
}
_OTHER_TYPE = "Framework"
_FULL_DATE = len("2026-11-30")


def write(things: Things, losses: Losses) -> bytes:
    """Make a guidance catalog of a publication."""
    [publication] = things.publications
    if not publication.elements:
        raise QueryError(f"{publication.key} holds no elements", "export a publication that does")
    count_unplaced(publication, losses, ("withdrawn",))
    info = publication.info
    about = " ".join(filter(None, (NOTICE, info.notice, publication.missing)))
    dated = info.published is not None and len(info.published) == _FULL_DATE
    facts: Json = {"version": things.library.data_version}
    if dated:
        facts["date"] = f"{info.published}T00:00:00Z"
    return json_bytes(
        {
            "title": info.title or info.key,
            "metadata": metadata(info.key, "GuidanceCatalog", about, facts),
            "type": _TYPES.get(info.role, _OTHER_TYPE),
            "groups": [_group(element) for element in publication.roots],
            "guidelines": [_guideline(element, publication, losses) for element in publication],
        }
    )


def metadata(name: str, kind: str, description: str, more: Json) -> Json:
    """What every document of Gemara says of itself."""
    return {
        "id": name,
        "type": kind,
        "gemara-version": VERSION,
        "description": description,
        "author": {"id": "iotbaseline", "name": "iotbaseline", "type": "Software Assisted"},
        **more,
    }


def title_of(element: Element) -> str:
    """The printed title, or what has to stand for it."""
    return element.title or element.label or element.local


def _group(element: Element) -> Json:
    return {"id": element.local, "title": title_of(element), "description": element.summary or title_of(element)}


def _guideline(element: Element, publication: Publication, losses: Losses) -> Json:
    above = publication.ancestors(element)
    if element.title is None:
        losses.weakened("elements without a printed title, whose label or identifier is the title", element.id)
    elif element.label not in (None, element.local):
        losses.left_out("labels beside a title", element.id)
    if element.summary is None:
        losses.weakened("elements without a summary, whose title is the objective", element.id)
    if element.parent is not None and not above:
        losses.left_out("parents that are not held", element.id)
    found: Json = {
        "id": element.local,
        "title": title_of(element),
        "objective": element.summary or title_of(element),
        "group": above[-1].local if above else element.local,
        "state": "Active" if element.is_in_force else "Retired",
    }
    return found | ({"see-also": [above[0].local]} if above else {})
