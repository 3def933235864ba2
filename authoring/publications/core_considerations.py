"""Build core-considerations-2019-02: the capabilities that NIST considered for a core baseline, with its reasons.

Source: nist/core-baseline-considerations-2019.tsv, extracts that others made of the discussion draft; capabilities 1
and 9 are not among them. NIST proposed numbers 2 to 8 for the baseline and left out 10 to 12, which are examples here,
so that nothing counts them as asked for.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element
from authoring.shared.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "core-considerations-2019-02"
SOURCE = "nist/core-baseline-considerations-2019.tsv"
SOURCES = Sources(SOURCE)

LEFT_OUT = "it should not be in the core baseline"
REMARK_OF_OTHERS = " Note: "
"""Begins what those who made the extracts added to one of them."""


def records() -> Iterator[Json]:
    for row in csv.DictReader(SOURCES.read(SOURCE).splitlines(), delimiter="\t"):
        number, rationale = row["capability_no"], row["nist_rationale_extract(Notes column)"]
        left_out = LEFT_OUT in rationale
        yield element(
            "example" if left_out else "capability",
            f"{KEY}:{number}",
            label=number,
            **({} if left_out else {"provider": "device"}),
            wording=row["nist_text_extract"],
            fidelity="secondary",
            note="Considered and left out of the core baseline." if left_out else None,
        )
        yield element(
            "rationale",
            f"{KEY}:{number}.rationale",
            parent=f"{KEY}:{number}",
            wording=rationale.partition(REMARK_OF_OTHERS)[0],
            fidelity="secondary",
        )


def build() -> None:
    write_publication(
        KEY,
        list(records()),
        fidelity="secondary",
        missing="The text was not available: capabilities 1 and 9, all sections and pages, and what stands around the "
        "extracts that others made.",
    )
