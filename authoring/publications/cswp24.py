"""Build cswp24: the ten criteria of the 2022 labeling white paper, by name, and their way into IR 8425.

Source: notes/labelling-criteria-2022.md, whose numbered list gives the names in their order. The paper was not seen.
"""

from __future__ import annotations

import re

from authoring.shared.files import write_lineage, write_publication
from authoring.shared.records import element, lineage
from authoring.shared.sources import Sources

KEY = "cswp24"
SOURCE = "notes/labelling-criteria-2022.md"
SOURCES = Sources(SOURCE)
CUT = 8
"""Number of the first name that was cut in the list seen; paragraph 96 of FCC 24-26 supplies it and those after it."""
NAME = re.compile(r"^  (?P<number>\d+)\. (?P<name>[\w ]+)$", re.MULTILINE)
NOTES = {
    "documentation": "A public fragment of the paper has the item on lifecycle policies that became 1.f of IR 8425.",
    "product-education-and-awareness": "A public fragment of the paper has the item on maintaining a product that "
    "became 1.b of IR 8425.",
}


def build() -> None:
    elements, records = [], []
    for found in NAME.finditer(SOURCES.read(SOURCE)):
        local = found["name"].lower().replace(" ", "-")
        number = int(found["number"])
        agreement = "the name is supplied from FCC 24-26" if number >= CUT else "name and number agree"
        elements.append(
            element(
                "capability",
                f"{KEY}:{local}",
                title=found["name"],
                provider="product" if number <= 6 else "developer",
                section="2.2",
                fidelity="secondary",
                note=NOTES.get(local),
            )
        )
        records.append(
            lineage(
                [f"{KEY}:{local}"],
                [f"ir8425:{local}"],
                "continued",
                basis="official",
                fidelity="secondary",
                evidence="IR 8425, footnote 6, says that its capabilities are the outcomes of section 2.2 of the "
                f"paper; {agreement}",
            )
        )
    write_publication(
        KEY,
        elements,
        fidelity="secondary",
        complete=["capability"],
        missing="The text of criteria and sub-criteria, and the parts on labeling and conformity assessment. The last "
        "three names were cut in the list seen and are supplied from FCC 24-26, paragraph 96.",
    )
    write_lineage(f"{KEY}--ir8425", records)
