"""The two public drafts of IR 8259 (July 2019, January 2020).

No text of the drafts was available. The facts are in "notes/ir8259-draft1-2019.md" and
"notes/ir8259-draft2-2020.md", from whose lists the names are read. Writes
data/publications/ir8259.ipd.json and data/publications/ir8259.2pd.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element, slug
from authoring.shared.sources import Sources

IPD, SECOND = "ir8259.ipd", "ir8259.2pd"
IPD_SOURCE = "notes/ir8259-draft1-2019.md"
SECOND_SOURCE = "notes/ir8259-draft2-2020.md"
SOURCES = Sources(IPD_SOURCE, SECOND_SOURCE)
FEATURE = re.compile(r"^\d\. \**([A-Z][A-Za-z ]+?)\** - ", re.MULTILINE)
ACTIVITY = re.compile(r"^(\d)\. (.+?) \((pre-market|post-market)[;)]", re.MULTILINE)

IPD_MISSING = (
    "The draft itself was not available: the names and subjects of its six features (its word for capabilities) come "
    "from a secondary source (dig.watch). Numbered elements, rationales, references, sections and pages were not found."
)
SECOND_MISSING = (
    "The draft itself was not available: activity titles and capability names come from secondary sources (Crowell, "
    "risk3sixty, dig.watch), so the use of capitals may differ from print. Questions, elements, rationales, "
    "references, sections and pages were not found."
)
NOTES = {
    "activity-4": "one secondary source writes 'for' where the others write 'of'",
    "logical-access-to-interfaces": "the secondary source leaves out the word logical",
}

RENAMED = {"Cybersecurity Event Logging": "Cybersecurity State Awareness"}
"""Names that changed from the first to the second draft."""


def capabilities(key: str, names: Sequence[str]) -> Iterator[Json]:
    """The device capabilities of a draft by name."""
    for name in names:
        local = slug(name)
        yield element(
            "capability",
            f"{key}:{local}",
            title=name,
            provider="device",
            fidelity="secondary",
            note=NOTES.get(local) if key == SECOND else None,
        )


def activities() -> Iterator[Json]:
    """The six activities of the second draft."""
    for number, title, phase in ACTIVITY.findall(SOURCES.read(SECOND_SOURCE)):
        local = f"activity-{number}"
        yield element(
            "activity",
            f"{SECOND}:{local}",
            title=title,
            label=f"Activity {number}",
            phase=phase,
            fidelity="secondary",
            note=NOTES.get(local),
        )


def build() -> None:
    features = FEATURE.findall(SOURCES.read(IPD_SOURCE))
    names = [RENAMED.get(name, name) for name in features]
    write_publication(
        IPD, list(capabilities(IPD, features)), fidelity="secondary", complete=["capability"], missing=IPD_MISSING
    )
    elements = [*activities(), *capabilities(SECOND, names)]
    write_publication(
        SECOND, elements, fidelity="secondary", complete=["activity", "capability"], missing=SECOND_MISSING
    )
