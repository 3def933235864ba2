"""Build ir8259c.ipd: the three operations by which draft IR 8259C tailors the core baselines.

Source: notes/ir8259c-draft.md, NIST's own description of the draft, and content/summaries/ir8259c.ipd.tsv. The draft
itself was not seen.
"""

from __future__ import annotations

from authoring.shared.files import write_publication
from authoring.shared.records import element
from authoring.shared.summaries import summaries

KEY = "ir8259c.ipd"


def build() -> None:
    elements = [
        element("step", f"{KEY}:{operation}", label=operation, fidelity="partial") for operation in summaries(KEY)
    ]
    write_publication(
        KEY,
        elements,
        fidelity="partial",
        missing="The text of the draft: the steps of its profiling process and its definitions. What is held comes "
        "from NIST's page about the series.",
    )
