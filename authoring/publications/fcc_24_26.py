"""Build fcc-24-26: the ten criteria of paragraph 99 with their utilities, and their lineage from ir8425.

Source: nist/fcc-24-26-paragraph-99.md, notes/fcc-24-26-criteria.md for what the FCC changed, and
content/summaries/fcc-24-26.tsv.
"""

from __future__ import annotations

import re

from authoring.shared.files import write_lineage, write_publication
from authoring.shared.records import Json, element, lineage
from authoring.shared.sources import Sources
from authoring.shared.summaries import summaries

KEY = "fcc-24-26"
SOURCE = "nist/fcc-24-26-paragraph-99.md"
SOURCES = Sources(SOURCE)
CRITERION = re.compile(
    r"^\((?P<number>\d+)\) (?P<title>[A-Z][\w ]+): (?P<wording>.+?)\s+"
    r"i\. Cybersecurity Utility: (?P<utility>.+?)(?=\n\n|\n\(\d)",
    re.MULTILINE | re.DOTALL,
)
NOTES = {"data-protection": "Prints 'store' where IR 8425 has 'stored'."}
CHANGES = {
    "asset-identification": "one sentence made of sub-criteria 1 and 2 stands for the definition",
    "product-configuration": "the definition is somewhat shortened, sub-criteria are left out",
    "data-protection": "the definition is repeated with a misprint, sub-criteria are left out",
}
REPEATED = "the definition is repeated, sub-criteria are left out"


def records() -> tuple[list[Json], list[Json]]:
    """The elements, and the lineage of the criteria."""
    summary = summaries(KEY)
    elements, changes = [], []
    for found in CRITERION.finditer(SOURCES.read(SOURCE)):
        number, title = found["number"], found["title"]
        local = title.lower().replace(" ", "-")
        elements.append(
            element(
                "capability",
                f"{KEY}:{local}",
                title=title,
                label=number,
                summary=summary[local],
                provider="product" if int(number) <= 6 else "developer",
                section="paragraph 99",
                wording=found["wording"],
                note=NOTES.get(local),
            )
        )
        elements.append(
            element(
                "utility",
                f"{KEY}:{local}.utility",
                label="i",
                parent=f"{KEY}:{local}",
                summary=summary[f"{local}.utility"],
                section="paragraph 99",
                wording=found["utility"],
            )
        )
        changes.append(
            lineage(
                [f"ir8425:{local}"],
                [f"{KEY}:{local}"],
                "continued",
                basis="official",
                evidence=f"Paragraph 99 makes IR 8425 the basis of the program and lists this capability as "
                f"({number}); {CHANGES.get(local, REPEATED)}; the utility is repeated",
            )
        )
    return elements, changes


def build() -> None:
    elements, changes = records()
    write_publication(
        KEY,
        elements,
        fidelity="partial",
        complete=["capability", "utility"],
        missing="Everything but the criteria of paragraph 99, so for instance the rules for labels, testing and "
        "administration.",
    )
    write_lineage(f"ir8425--{KEY}", changes)
