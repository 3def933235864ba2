"""Build cswp24: the ten criteria of the 2022 labeling white paper, by name.

Source: notes/labelling-criteria-2022.md, whose numbered list gives the names in their order. The paper was not seen.
"""

from __future__ import annotations

import re

from authoring.shared.files import write_publication
from authoring.shared.records import element, slug
from authoring.shared.sources import Sources

KEY = "cswp24"
SOURCE = "notes/labelling-criteria-2022.md"
SOURCES = Sources(SOURCE)
NAME = re.compile(r"^  (?P<number>\d+)\. (?P<name>[\w ]+)$", re.MULTILINE)
NOTES = {
    "documentation": "A public fragment of the paper has the item on lifecycle policies that became 1.f of IR 8425.",
    "product-education-and-awareness": "A public fragment of the paper has the item on maintaining a product that "
    "became 1.b of IR 8425.",
}


def build() -> None:
    names = ((int(found["number"]), found["name"]) for found in NAME.finditer(SOURCES.read(SOURCE)))
    write_publication(
        KEY,
        [
            element(
                "capability",
                f"{KEY}:{slug(name)}",
                title=name,
                provider="product" if number <= 6 else "developer",
                section="2.2",
                fidelity="secondary",
                note=NOTES.get(slug(name)),
            )
            for number, name in names
        ],
        fidelity="secondary",
        complete=["capability"],
        missing="The text of criteria and sub-criteria, and the parts on labeling and conformity assessment. The last "
        "three names were cut in the list seen and are supplied from FCC 24-26, paragraph 96.",
    )
