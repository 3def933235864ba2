"""Build nist-blog-2025-09-30: what the blog post on the second draft of IR 8259r1 announces, and a comment below it.

The summaries rest on notes/ir8259r1-2pd.md. The four themes of a reader's comment are known from a report of it; the
comment itself was not seen.
"""

from __future__ import annotations

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element
from authoring.shared.summaries import summaries

KEY = "nist-blog-2025-09-30"

TITLES = {
    "splitting-and-revising-activities": "Splitting and Revising Activities",
    "focus-on-risk-assessment-and-threat-modeling": "Focus on Risk Assessment and Threat Modeling",
}
"""The headings of the post that were seen."""


def record(local: str) -> Json:
    parent = local.rpartition(".")[0]
    return element(
        "feedback" if local.startswith("comment") else "insight",
        f"{KEY}:{local}",
        title=TITLES.get(local),
        parent=f"{KEY}:{parent}" if parent else None,
        fidelity="secondary",
    )


def build() -> None:
    write_publication(
        KEY,
        [record(local) for local in summaries(KEY)],
        fidelity="secondary",
        missing="The full text of the post, and the comment itself, of which only the four themes are known, from a "
        "report that is not among the sources.",
    )
