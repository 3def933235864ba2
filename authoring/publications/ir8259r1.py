"""IR 8259 revision 1: the activities of its two public drafts and of the final.

No text of these publications was available. The facts are in "notes/ir8259r1-ipd.md", "notes/ir8259r1-2pd.md"
and "notes/ir8259r1-final.md"; the titles of the final are read from the tables of the last. Writes
data/publications/ir8259r1*.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element
from authoring.shared.sources import Sources

IPD, SECOND, FINAL = "ir8259r1.ipd", "ir8259r1.2pd", "ir8259r1"
FINAL_SOURCE = "notes/ir8259r1-final.md"
SOURCES = Sources(FINAL_SOURCE)
FINAL_ACTIVITY = re.compile(r"^\| (\d) \| (.+) \| (\d\.\d) \| (pre-market|post-market) \|$", re.MULTILINE)
FINAL_TOPIC = re.compile(r"^\| (4\.3\.\d) \| (.+) \|$", re.MULTILINE)

FINAL_MISSING = (
    "The report itself was not available: numbers, titles and sections come from one third-party reference that says "
    "it quotes them (references/nist-8259-8425.md in the public repository Stab-Rabbit-coding/SecureControllers). "
    "Pages, questions, other definitions and any crosswalk tables were not found."
)
SECOND_MISSING = (
    "The draft itself was not available: the title of Activity 0 comes from a law firm's blog (Covington, November "
    "2025). The titles of Activities 1 to 8, sections, pages, communication topics and questions were not found. "
    "The same blog mentions new activities for defining product cybersecurity capabilities, without numbers. "
    "The count of nine and the phases are inferred from the first draft and the changes NIST named."
)
IPD_MISSING = (
    "The draft itself was not available: the count of four and three activities and what the last three are about "
    "come from a news article (MeriTalk). Titles, sections, pages, communication topics and questions were not found."
)
PHASES = {IPD: ("pre-market",) * 4 + ("post-market",) * 3, SECOND: ("pre-market",) * 6 + ("post-market",) * 3}
"""The phase of each activity of a draft, in order."""
NUMBERED = {IPD: (3,), SECOND: (0, 3, 4)}
"""The activities of a draft that a source mentions by number."""


def final() -> Iterator[Json]:
    """The final: nine activities, the topics of Activity 8 and one definition, all from one reference."""
    text = SOURCES.read(FINAL_SOURCE)
    yield element(
        "term",
        f"{FINAL}:term.securable-iot-product",
        title="securable IoT product",
        section="1.1",
        fidelity="secondary",
    )
    for number, title, section, phase in FINAL_ACTIVITY.findall(text):
        local = f"activity-{number}"
        yield element(
            "activity",
            f"{FINAL}:{local}",
            title=title,
            label=f"Activity {number}",
            phase=phase,
            section=section,
            fidelity="secondary",
        )
    for section, title in FINAL_TOPIC.findall(text):
        yield element(
            "topic",
            f"{FINAL}:{section}",
            title=title,
            label=section,
            parent=f"{FINAL}:activity-8",
            section=section,
            fidelity="secondary",
        )


def draft(key: str, first: int, titles: dict[int, str]) -> Iterator[Json]:
    """The activities of a draft, numbered from ``first``; ``titles`` are the few that are known."""
    for number, phase in enumerate(PHASES[key], first):
        local = f"activity-{number}"
        gaps = ["title not found"] if number not in titles else []
        if number not in NUMBERED[key]:
            gaps.append("number inferred")
        yield element(
            "activity",
            f"{key}:{local}",
            title=titles.get(number),
            label=f"Activity {number}",
            phase=phase,
            fidelity="secondary",
            note="; ".join(gaps) or None,
        )


def build() -> None:
    write_publication(IPD, list(draft(IPD, 1, {})), fidelity="secondary", complete=["activity"], missing=IPD_MISSING)
    zero = "Prioritize Cybersecurity and Maintain Cybersecurity Posture"
    write_publication(SECOND, list(draft(SECOND, 0, {0: zero})), fidelity="secondary", missing=SECOND_MISSING)
    write_publication(FINAL, list(final()), fidelity="secondary", complete=["activity"], missing=FINAL_MISSING)
