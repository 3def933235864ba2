"""Build fcc-24-26: the ten criteria of paragraph 99 with their utilities, from nist/fcc-24-26-paragraph-99.md."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element, slug
from authoring.shared.sources import Sources

KEY = "fcc-24-26"
SOURCE = "nist/fcc-24-26-paragraph-99.md"
SOURCES = Sources(SOURCE)
CRITERION = re.compile(
    r"^\((?P<number>\d+)\) (?P<title>[A-Z][\w ]+): (?P<wording>.+?)\s+"
    r"i\. Cybersecurity Utility: (?P<utility>.+?)(?=\n\n|\n\(\d)",
    re.MULTILINE | re.DOTALL,
)
NOTES = {"data-protection": "Prints 'store' where IR 8425 has 'stored'."}


def elements() -> Iterator[Json]:
    for found in CRITERION.finditer(SOURCES.read(SOURCE)):
        number, title = found["number"], found["title"]
        local = slug(title)
        yield element(
            "capability",
            f"{KEY}:{local}",
            title=title,
            label=number,
            provider="product" if int(number) <= 6 else "developer",
            section="paragraph 99",
            wording=found["wording"],
            note=NOTES.get(local),
        )
        yield element(
            "utility",
            f"{KEY}:{local}.utility",
            label="i",
            parent=f"{KEY}:{local}",
            section="paragraph 99",
            wording=found["utility"],
        )


def build() -> None:
    write_publication(
        KEY,
        list(elements()),
        fidelity="partial",
        complete=["capability", "utility"],
        missing="Everything but the criteria of paragraph 99, so for instance the rules for labels, testing and "
        "administration.",
    )
