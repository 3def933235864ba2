"""Build data/errata.json: errors in publications, computed for SP 800-213A and found in reading for the others.

What was found in reading stands in content/errata/seen.tsv; each was seen in the source text, and what may be
a flaw of the copy instead is left out.
"""

from __future__ import annotations

import csv

from authoring.errata import sp800_213a as sp800_213a_errata
from authoring.shared.content import CONTENT
from authoring.shared.files import dump, write
from authoring.shared.records import Json


def seen() -> list[Json]:
    """The errata found in reading; the table has the elements as local identifiers, with a blank between them."""
    with (CONTENT / "errata" / "seen.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        {
            name: value
            for name, value in {
                **row,
                "elements": [f"{row['publication']}:{local}" for local in row["elements"].split()],
            }.items()
            if value
        }
        for row in rows
    ]


def build() -> None:
    records = [*seen(), *sp800_213a_errata.records()]
    write("errata.json", dump({"errata": records}))
