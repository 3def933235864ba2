"""Build ir8431: what the abstract of the June 2022 workshop report supports.

Source: notes/ir8431.md and content/summaries/ir8431.tsv. The body of the report was not seen.
"""

from __future__ import annotations

from authoring.shared.files import write_publication
from authoring.shared.records import element
from authoring.shared.summaries import summaries

KEY = "ir8431"


def build() -> None:
    elements = [
        element("insight", f"{KEY}:{local}", section="Abstract", fidelity="partial") for local in summaries(KEY)
    ]
    write_publication(
        KEY,
        elements,
        fidelity="partial",
        missing="The body of the report with its takeaways; only the abstract was seen.",
    )
