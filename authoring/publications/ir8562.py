"""Build ir8562: the seven takeaways of the December 2024 workshop and the areas for a revision of IR 8259.

Source: nist/ir8562.md and content/summaries/ir8562.tsv. Table 1 numbers the takeaways; section 3 repeats each of them,
word for word, under a heading of its own, which is its title here. Each page begins with a running head; counted from
0, the pages have the numbers of the table of contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element
from authoring.shared.sources import Sources, clean

KEY = "ir8562"
SOURCE = "nist/ir8562.md"
SOURCES = Sources(SOURCE)
PAGE = re.compile(r"^April 2025 Securable Connected Product Development”$", re.MULTILINE)
TAKEAWAY = re.compile(r"^```\n(?P<title>[^`\n]+)\n```\n\*\*(?P<wording>[^*]+)\*\*", re.MULTILINE)
AREA = re.compile(r"^- (?P<wording>.+(?:\n +.+)*)", re.MULTILINE)


def pages() -> list[str]:
    """The text of the pages; the place in the list is the printed page number."""
    return PAGE.split(SOURCES.read(SOURCE))[1:]


def takeaways() -> Iterator[Json]:
    found = [(page, match) for page, text in enumerate(pages()) if page >= 9 for match in TAKEAWAY.finditer(text)]
    for number, (page, match) in enumerate(found, 1):
        local = f"takeaway.{number}"
        yield element(
            "insight",
            f"{KEY}:{local}",
            title=match["title"],
            label=str(number),
            section="3",
            page=page,
            wording=match["wording"],
        )


def areas() -> Iterator[Json]:
    found = [(page, match) for page, text in enumerate(pages()) for match in AREA.finditer(text)]
    for number, (page, match) in enumerate(found, 1):
        local = f"area.{number}"
        yield element(
            "feedback",
            f"{KEY}:{local}",
            section="1",
            page=page,
            wording=clean(match["wording"]),
        )


def build() -> None:
    write_publication(
        KEY,
        [*areas(), *takeaways()],
        fidelity="full",
        missing="The agenda, the summaries of the talks and the discussion below each takeaway.",
    )
