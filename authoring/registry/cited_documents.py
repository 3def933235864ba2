"""The documents that the column "IoT Reference Examples" of IR 8259A and IR 8259B points to.

The table is content/registry/cited_documents.json: 15 documents of IR 8259A in printed order, then the four that only
IR 8259B cites (its CSDE reference is the document of IR 8259A). Titles, designations, publishers and dates are
those of the reference lists in "nist/ir8259a.md" and "nist/ir8259b.md", as exact as they tell; hyphens and
blanks that the conversions broke are mended. Where a reference names no publisher apart from the author, the
author stands for it.

Three traps: "ETSI" is TS 103 645 V1.1.1 in IR 8259A (provisions 4.x-y) and EN 303 645 in IR 8259B (provisions
5.x-y, renumbered within clauses). IR 8259B says "v2.1.0" of the EN, but links to the file of 02.01.01. And
IR 8259A prints "Level I" of the PSA questionnaire in section 2, "Level 1" in its reference list; the latter is kept.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from authoring.shared.sources import CONTENT


class ReferenceSource(NamedTuple):
    """One cited document; ``published`` is an ISO 8601 date, as exact as known."""

    key: str
    name: str
    """The short name printed in the column, such as "AGELIGHT"."""
    title: str
    designation: str | None
    """The publisher's own designation where it is printed apart from the title."""
    publisher: str
    published: str
    cited_by: dict[str, int]
    """The citing publications, each with the number in its reference list."""


REFERENCE_SOURCES: tuple[ReferenceSource, ...] = tuple(
    ReferenceSource(**record)
    for record in json.loads((CONTENT / "registry" / "cited_documents.json").read_text("utf-8"))
)


def keys_by_name(publication: str) -> dict[str, str]:
    """The documents that one publication cites: short printed name to key, in printed order."""
    return {source.name: source.key for source in REFERENCE_SOURCES if publication in source.cited_by}
