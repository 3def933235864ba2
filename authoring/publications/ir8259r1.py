"""IR 8259 revision 1: the activities of its two public drafts and of the final, and where each came from.

No text of these publications was available. The facts are in "notes/ir8259r1-ipd.md", "notes/ir8259r1-2pd.md"
and "notes/ir8259r1-final.md"; the titles of the final are read from the tables of the last. Writes
data/publications/ir8259r1*.json and the lineage files between IR 8259 and its revision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from authoring.shared.files import write_lineage, write_publication
from authoring.shared.records import Json, element, lineage
from authoring.shared.sources import Sources
from authoring.shared.summaries import summaries

FIRST, IPD, SECOND, FINAL = "ir8259", "ir8259r1.ipd", "ir8259r1.2pd", "ir8259r1"
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

BLOG = "the NIST blog of 30 September 2025"
REFERENCE = "the third-party reference to the final"
SAME_TITLE = f"{REFERENCE} gives the title of 2020"
SAME_TITLE_MOVED = f"{SAME_TITLE} under the new number"
PRODUCT = f"{REFERENCE} gives the title of 2020 with product in the place of device"
NEW_ZERO = f"{BLOG} on the second draft names Activity 0 as a new one; 2020 has no counterpart"
SPLIT = (
    f"{BLOG} on the second draft says that Activity 3 became Activities 3 and 4; that it is the 2020 one is inferred"
)
NEW_SUPPORT = "no counterpart in 2020; MeriTalk reports such a post-market activity in the first draft"
BY_COUNT = "titles of the draft not found; paired in order, since MeriTalk counts four pre-market activities as in 2020"
BY_SUBJECT = "MeriTalk describes a post-market activity of this subject; its number is inferred"
BY_FINAL = "titles of the second draft not found; the final has the title of 2020 at this number"
BY_ORDER = f"titles not found; paired in order around the changes that {BLOG} names, a new Activity 0 and a split of 3"
BY_NUMBER = "titles of the second draft not found; paired by number, nine in both (in the draft inferred)"

Row = tuple[str, str, str, str, str]
LINEAGE: dict[tuple[str, str], tuple[Row, ...]] = {
    (FIRST, IPD): (
        ("1", "1", "continued", "curated", BY_COUNT),
        ("2", "2", "continued", "curated", BY_COUNT),
        ("3", "3", "continued", "curated", BY_COUNT),
        ("4", "4", "continued", "curated", BY_COUNT),
        ("", "5", "added", "curated", NEW_SUPPORT),
        ("5", "6", "continued", "curated", BY_SUBJECT),
        ("6", "7", "continued", "curated", BY_SUBJECT),
    ),
    (FIRST, SECOND): (
        ("", "0", "added", "curated", NEW_ZERO),
        ("1", "1", "continued", "curated", BY_FINAL),
        ("2", "2", "continued", "curated", BY_FINAL),
        ("3", "3 4", "split", "curated", SPLIT),
        ("4", "5", "continued", "curated", BY_FINAL),
        ("", "6", "added", "curated", NEW_SUPPORT),
        ("5", "7", "continued", "curated", BY_FINAL),
        ("6", "8", "continued", "curated", BY_FINAL),
    ),
    (FIRST, FINAL): (
        ("", "0", "added", "curated", NEW_ZERO),
        ("1", "1", "continued", "curated", SAME_TITLE),
        ("2", "2", "continued", "curated", SAME_TITLE),
        ("3", "3 4", "split", "curated", SPLIT),
        ("4", "5", "continued", "curated", SAME_TITLE_MOVED),
        ("", "6", "added", "curated", NEW_SUPPORT),
        ("5", "7", "continued", "curated", SAME_TITLE_MOVED),
        ("6", "8", "continued", "curated", SAME_TITLE_MOVED),
        ("4.2.1", "4.3.1", "continued", "curated", SAME_TITLE_MOVED),
        ("4.2.2", "4.3.2", "continued", "curated", SAME_TITLE_MOVED),
        ("4.2.3", "4.3.3", "continued", "curated", PRODUCT),
        ("4.2.4", "4.3.4", "continued", "curated", SAME_TITLE_MOVED),
        ("4.2.5", "4.3.5", "continued", "curated", PRODUCT),
        (
            "4.2.6",
            "4.3.6",
            "continued",
            "curated",
            f"last of six in both; {REFERENCE} titles it by cybersecurity capabilities where 2020 has means",
        ),
    ),
    (IPD, SECOND): (
        ("", "0", "added", "official", f"{BLOG} names Activity 0 as a new one"),
        ("1", "1", "continued", "curated", BY_ORDER),
        ("2", "2", "continued", "curated", BY_ORDER),
        ("3", "3 4", "split", "official", f"{BLOG} says that Activity 3 became Activities 3 and 4"),
        ("4", "5", "continued", "curated", BY_ORDER),
        ("5", "6", "continued", "curated", BY_ORDER),
        ("6", "7", "continued", "curated", BY_ORDER),
        ("7", "8", "continued", "curated", BY_ORDER),
    ),
    (SECOND, FINAL): (
        ("0", "0", "continued", "curated", f"Covington quotes for the draft the title that {REFERENCE} gives"),
        *((number, number, "continued", "curated", BY_NUMBER) for number in "12345678"),
    ),
}
"""Before, after, change, basis and evidence; a digit is an activity, "4.2.1" a communication topic."""


def final() -> Iterator[Json]:
    """The final: nine activities, the topics of Activity 8 and one definition, all from one reference."""
    summary = summaries(FINAL)
    text = SOURCES.read(FINAL_SOURCE)
    yield element(
        "term",
        f"{FINAL}:term.securable-iot-product",
        title="securable IoT product",
        summary=summary["term.securable-iot-product"],
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
            summary=summary[local],
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
            summary=summary[section],
            section=section,
            fidelity="secondary",
        )


def draft(key: str, first: int, titles: dict[int, str]) -> Iterator[Json]:
    """The activities of a draft, numbered from ``first``; ``titles`` are the few that are known."""
    summary = summaries(key)
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
            summary=summary.get(local),
            phase=phase,
            fidelity="secondary",
            note="; ".join(gaps) or None,
        )


def identifiers(key: str, names: str) -> Sequence[str]:
    return [f"{key}:activity-{name}" if name.isdigit() else f"{key}:{name}" for name in names.split()]


def build() -> None:
    write_publication(IPD, list(draft(IPD, 1, {})), fidelity="secondary", complete=["activity"], missing=IPD_MISSING)
    zero = "Prioritize Cybersecurity and Maintain Cybersecurity Posture"
    write_publication(SECOND, list(draft(SECOND, 0, {0: zero})), fidelity="secondary", missing=SECOND_MISSING)
    write_publication(FINAL, list(final()), fidelity="secondary", complete=["activity"], missing=FINAL_MISSING)
    for (old, new), rows in LINEAGE.items():
        records = [
            lineage(
                identifiers(old, before),
                identifiers(new, after),
                change,
                basis=basis,
                evidence=evidence,
                fidelity="secondary",
            )
            for before, after, change, basis, evidence in rows
        ]
        write_lineage(f"{old}--{new}", records)
