"""Build fcc-24-26: the ten criteria, and what the order says of products, label, registry and consumer education.

Sources: nist/fcc-24-26-paragraph-99.md for the criteria with their utilities, laws/fcc-24-26.md for the rest, where
footnotes and the head of the page stand between the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element, slug
from authoring.shared.running_text import points
from authoring.shared.sources import Sources

KEY = "fcc-24-26"
SOURCE = "nist/fcc-24-26-paragraph-99.md"
ORDER = "laws/fcc-24-26.md"
SOURCES = Sources(SOURCE, ORDER)
CRITERION = re.compile(
    r"^\((?P<number>\d+)\) (?P<title>[A-Z][\w ]+): (?P<wording>.+?)\s+"
    r"i\. Cybersecurity Utility: (?P<utility>.+?)(?=\n\n|\n\(\d)",
    re.MULTILINE | re.DOTALL,
)
NOTES = {"data-protection": "Prints 'store' where IR 8425 has 'stored'."}
FURNITURE = re.compile(
    r"```|^#+ (?=\(\d+\))|^\(\^\d+\).*\n(?:^(?!\n).+\n)*|Federal Communications Commission FCC 24-26", re.MULTILINE
)
"""Marks of the conversion, footnotes at the foot of a page, and the head of the next one."""

TERMS = {
    "b": "Consumer IoT Products",
    "e": "Cyber Trust Mark",
    "f": "FCC IoT Label",
    "h": "Internet-Connected Device",
    "i": "IoT Device",
    "j": "IoT Product",
    "k": "Labeling Program",
    "m": "Product Components",
    "n": "Registry",
}
"""The definitions of section 8.203 that say to what and how the criteria apply, by their letters."""
EXCLUDED = {
    "routers": ("footnote 65", r"As with the NIST definition, our definition .+? routers\.”"),
    "medical-devices-and-motor-vehicles": ("8.203(b)", r"Consumer IoT Products exclude medical devices .+?\(NHTSA\)\."),
    "wired-devices": ("paragraph 15", r"we exclude wired IoT devices at this time\."),
    "listed-sources": ("8.204", r"All Consumer IoT Products produced by sources listed .+? under this subpart\."),
}


def criteria() -> Iterator[Json]:
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


@cache
def order(footnotes: bool = False) -> str:
    """The order as running text."""
    text = SOURCES.read(ORDER)
    return " ".join((text if footnotes else FURNITURE.sub(" ", text)).split())


def part(begins: str, ends: str) -> str:
    """What stands between two passages of the order, the last time that it does."""
    return order().rpartition(begins)[2].partition(ends)[0]


def terms() -> Iterator[Json]:
    definitions = part("**§ 8.203 Definitions.**", "**§ 8.204")
    for letter, title in TERMS.items():
        found = re.search(rf"\({letter}\) {title}\. (.+?)(?= \([a-z]\) [A-Z]|$)", definitions)
        assert found, title
        yield element(
            "term",
            f"{KEY}:term.{slug(title)}",
            title=title,
            label=letter,
            section="8.203",
            wording=found[1],
        )


def excluded() -> Iterator[Json]:
    for local, (section, wording) in EXCLUDED.items():
        found = re.search(wording, order(footnotes=True) if section.startswith("footnote") else order())
        assert found, local
        yield element("remark", f"{KEY}:excluded.{local}", section=section, wording=found[0])


def numbered(kind: str, above: str, section: str, text: str, count: int) -> Iterator[Json]:
    for point in points(text, [str(number) for number in range(1, count + 1)]):
        wording = re.sub(r"[;.]? ?(?:and)? ?$", "", point.text)
        yield element(
            kind,
            f"{KEY}:{above}.{point.label}",
            label=point.label,
            parent=f"{KEY}:{above}",
            section=section,
            wording=wording,
        )


def registry() -> Iterator[Json]:
    yield element("clause", f"{KEY}:registry", title="Establishment of an IoT Registry", label="8.222", section="8.222")
    text = part("through the common API in the Registry:", "### APPENDIX B")
    yield from numbered("requirement", "registry", "8.222(b)", text, 11)


def education() -> Iterator[Json]:
    yield element("topic", f"{KEY}:education", title=None, section="paragraph 139")
    text = part("Labeling Program’s consumer education plan:", " 140. ")
    yield from numbered("topic", "education", "paragraph 139", text, 9)


def build() -> None:
    write_publication(
        KEY,
        [*criteria(), *terms(), *excluded(), *registry(), *education()],
        fidelity="partial",
        complete=["capability", "utility"],
        missing="The rules on applications, laboratories, administrators and enforcement, the other definitions of "
        "section 8.203, and the reasoning of the order.",
    )
