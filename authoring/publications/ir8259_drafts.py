"""The two public drafts of IR 8259 (July 2019, January 2020) and what became of their contents.

No text of the drafts was available. The facts are in "notes/ir8259-draft1-2019.md" and
"notes/ir8259-draft2-2020.md", from whose lists the names are read. Writes
data/publications/ir8259.ipd.json, data/publications/ir8259.2pd.json and the lineage files of the drafts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from authoring.shared.files import write_lineage, write_publication
from authoring.shared.records import Json, element, lineage, slug
from authoring.shared.sources import Sources
from authoring.shared.summaries import summaries

IPD, SECOND, FINAL, BASELINE = "ir8259.ipd", "ir8259.2pd", "ir8259", "ir8259a"
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

RENAMED_IN_SECOND = {"Cybersecurity Event Logging": "Cybersecurity State Awareness"}
RENAMED_IN_BASELINE = {"Software and Firmware Update": "Software Update"}
"""Names that changed from the first to the second draft, and from there to IR 8259A."""


def renamed(names: Sequence[str], changes: Mapping[str, str]) -> list[str]:
    return [changes.get(name, name) for name in names]


def capabilities(key: str, names: Sequence[str]) -> Iterator[Json]:
    """The device capabilities of a draft by name, with the summaries that the sources support."""
    summary = summaries(key)
    for name in names:
        local = slug(name)
        yield element(
            "capability",
            f"{key}:{local}",
            title=name,
            summary=summary.get(local),
            provider="device",
            fidelity="secondary",
            note=NOTES.get(local) if key == SECOND else None,
        )


def activities() -> Iterator[Json]:
    """The six activities of the second draft."""
    summary = summaries(SECOND)
    for number, title, phase in ACTIVITY.findall(SOURCES.read(SECOND_SOURCE)):
        local = f"activity-{number}"
        yield element(
            "activity",
            f"{SECOND}:{local}",
            title=title,
            label=f"Activity {number}",
            summary=summary[local],
            phase=phase,
            fidelity="secondary",
            note=NOTES.get(local),
        )


def record(before: str, after: str, evidence: str, change: str = "continued") -> Json:
    return lineage([before], [after], change, basis="curated", evidence=evidence, fidelity="secondary")


def features_to_capabilities(features: Sequence[str]) -> Iterator[Json]:
    """First to second draft."""
    for before, after in zip(features, renamed(features, RENAMED_IN_SECOND), strict=True):
        evidence = (
            "dig.watch names it for both drafts; NIST's page on the second draft says the main concepts stayed"
            if before == after
            else "renamed: dig.watch names six for each draft, five of them alike, and these two remain"
        )
        yield record(f"{IPD}:{slug(before)}", f"{SECOND}:{slug(after)}", evidence)


def activities_to_final() -> Iterator[Json]:
    """Second draft to IR 8259: the same six activities."""
    for number in range(1, 7):
        evidence = "same number and phase; the title in secondary sources on the draft is that of the section heading"
        if number in (2, 3, 4):
            evidence += ", except that the heading speaks of needs and goals instead of goals"
        yield record(f"{SECOND}:activity-{number}", f"{FINAL}:activity-{number}", evidence)


def capabilities_to_baseline(names: Sequence[str]) -> Iterator[Json]:
    """Second draft to IR 8259A, into which NIST moved the baseline."""
    for before, after in zip(names, renamed(names, RENAMED_IN_BASELINE), strict=True):
        evidence = "a NIST FAQ says that the baseline became a report of its own at the request of manufacturers; "
        evidence += "dig.watch has the same name" if before == after else "dig.watch has the name with firmware in it"
        yield record(f"{SECOND}:{slug(before)}", f"{BASELINE}:{slug(after)}", evidence, "moved")


def build() -> None:
    features = FEATURE.findall(SOURCES.read(IPD_SOURCE))
    names = renamed(features, RENAMED_IN_SECOND)
    write_publication(
        IPD, list(capabilities(IPD, features)), fidelity="secondary", complete=["capability"], missing=IPD_MISSING
    )
    elements = [*activities(), *capabilities(SECOND, names)]
    write_publication(
        SECOND, elements, fidelity="secondary", complete=["activity", "capability"], missing=SECOND_MISSING
    )
    write_lineage(f"{IPD}--{SECOND}", list(features_to_capabilities(features)))
    write_lineage(f"{SECOND}--{FINAL}", list(activities_to_final()))
    write_lineage(f"{SECOND}--{BASELINE}", list(capabilities_to_baseline(names)))
