"""Build nist-blog-2025-09-30, and the crosswalks from it and from ir8562 to what the feedback touches.

Sources: notes/ir8259r1-2pd.md for what the blog post announces, and nist/ir8562.md for the workshop. The four themes of
a reader's comment below the post are known from a report of it; the comment itself was not seen. The links,
each with its rationale, stand in content/crosswalks/feedback-links.tsv.
"""

from __future__ import annotations

import csv
from itertools import groupby

from authoring.shared.content import CONTENT, Summary, summaries
from authoring.shared.files import write_crosswalk, write_publication
from authoring.shared.records import Json, element, mapping

BLOG = "nist-blog-2025-09-30"
WORKSHOP = "ir8562"
LINKS = CONTENT / "crosswalks" / "feedback-links.tsv"

TITLES = {
    "splitting-and-revising-activities": "Splitting and Revising Activities",
    "focus-on-risk-assessment-and-threat-modeling": "Focus on Risk Assessment and Threat Modeling",
}
"""The headings of the post that were seen."""

NAMES = {BLOG: "Blog post on the second draft of IR 8259r1", WORKSHOP: "IR 8562"}
OBJECTS = {
    "ir8259a": "IR 8259A",
    "ir8259b": "IR 8259B",
    "ir8259r1": "IR 8259r1",
    "ir8259r1.2pd": "the second draft of IR 8259r1",
}
FULL = {(WORKSHOP, "ir8259a"), (WORKSHOP, "ir8259b")}
"""Pairs of which both texts were at hand."""


def record(local: str, summary: Summary) -> Json:
    parent = local.rpartition(".")[0]
    return element(
        "feedback" if local.startswith("comment") else "insight",
        f"{BLOG}:{local}",
        title=TITLES.get(local),
        parent=f"{BLOG}:{parent}" if parent else None,
        summary=summary,
        fidelity="secondary",
    )


def publications(link: dict[str, str]) -> tuple[str, str]:
    """The keys of the publications that a link joins."""
    return link["subject_id"].partition(":")[0], link["object_id"].partition(":")[0]


def links() -> list[dict[str, str]]:
    with LINKS.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), key=publications)


def build() -> None:
    write_publication(
        BLOG,
        [record(local, summary) for local, summary in summaries(BLOG).items()],
        fidelity="secondary",
        missing="The full text of the post, and the comment itself, of which only the four themes are known, from a "
        "report that is not among the sources.",
    )
    for (subjects, objects), rows in groupby(links(), publications):
        fidelity = "full" if (subjects, objects) in FULL else "secondary"
        write_crosswalk(
            subjects,
            objects,
            (
                mapping(
                    row["subject_id"],
                    "related",
                    row["object_id"],
                    rationale=row["rationale"],
                    basis=row["basis"],
                    fidelity=fidelity,
                    locator=row["locator"] or None,
                )
                for row in rows
            ),
            title=f"{NAMES[subjects]} to {OBJECTS[objects]}",
            description="What the feedback touches, by this project's judgement where the basis is not official.",
            provider="https://w3id.org/iotbaseline",
        )
