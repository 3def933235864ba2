"""Build sp800-213: the process of sections 3 and 4 with its questions, and the glossary.

Source: nist/sp800-213.md and content/summaries/sp800-213.tsv. A line ``{n}----`` starts PDF page n, counted from 0; the
printed page is n - 7. Each heading of section 3 or 4 is a step. Below it stand lists of questions or of other items;
the lists of questions have no printed names, so that they are named here in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element, term
from authoring.shared.sources import Sources, clean

KEY = "sp800-213"
SOURCE = "nist/sp800-213.md"
SOURCES = Sources(SOURCE)

LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^)\s]*\)")
FOOTNOTE = re.compile(r"^<span[^>]*></span><sup>.*$", re.MULTILINE)
HEADING = re.compile(r"^#+ \*\*(?P<number>[34][\d.]*) (?P<title>.+)\*\*$")
QUESTION = re.compile(r"^(?:- )?(?:\*\*)?(?P<label>[\da-c])\. ?\*{0,2} ?(?P<wording>[^*]+\?)\*")
LEAD_QUESTION = re.compile(r"^\*\*(?P<wording>[^*]+\?)\*\*")
DATA_TYPE = re.compile(r"^- (?P<label>[a-c])\. \*(?P<title>[^*]+):\* (?P<wording>.+)$")
ITEM = re.compile(r"^(?:- )?(?P<label>[\da-c])\. (?P<wording>.+?)(?:, or)?$")
BULLET = re.compile(r"^- (?P<wording>.+)$")

QUESTION_GROUPS = ("use-case", "interaction", "key-requirements", "manufacturer-practices")
"""The lists of questions in section 3.1, each of which begins again at 1."""

NESTED_QUESTION = re.compile(r"(?:- )?[\da-c]\. \*[^*]")
"""A question below a question is printed in italics, the others in bold type."""

ITEM_GROUPS = {"3.2.1": "case", "3.2.2": "case", "4.1": "scenario", "4.2": "determination"}
"""What the items of the numbered list in a section are."""

REQUIREMENTS = {
    "3.2": re.compile(r"The following discussion of threats.+?\."),
    "3.3": re.compile(r"Using the guidance.+?supported\."),
    "4.2": re.compile(r"As organizations examine IoT devices.+?\."),
}
"""The one sentence with "shall" in a section, which section 1.4 makes a requirement."""

TERMS = {
    "Capabilities Catalog": "Comprehensive list",
    "Configuration": "The possible conditions",
    "Core Baseline": "A set of",
    "Customer": "The organization or person",
    "Device Cybersecurity Capability": "Cybersecurity features",
    "Device Cybersecurity Capability Core Baseline": "See core",
    "Device Identifier": "A context",
    "Entity": "A person, device",
    "Federal Profile": "Profile of the",
    "Interface": "A boundary",
    "Local Interface": "An interface that can",
    "Key Device Cybersecurity Requirement": "A device",
    "Network Interface": "An interface that connects",
    "Non-Technical Supporting Capability": "Non-technical",
    "Non-Technical Supporting Capability Core Baseline": "The non",
    "Profile": "A profile is",
    "Software": "Computer programs",
    "Update": "A patch",
}
"""The glossary in printed order, each term with the beginning of its definition (the copy scatters the terms)."""


def plain(text: str) -> str:
    """A page without footnotes and link targets; the hyphen that the copy drops at line ends is put back."""
    return LINK.sub(r"\1", clean(FOOTNOTE.sub("", text))).replace("nontechnical", "non-technical")


def pages() -> list[tuple[int, str]]:
    """The printed page numbers and the texts of the pages."""
    return [(page, plain(text)) for page, text in SOURCES.pages(SOURCE, 7).items()]


class Steps:
    """Reads sections 3 and 4 line by line."""

    def __init__(self) -> None:
        self.text = "\n".join(text for _, text in pages())
        self.elements: list[Json] = []
        self.section = ""
        self.page = 0
        self.groups = iter(QUESTION_GROUPS)
        self.group = ""
        self.item = ""
        self.bullets = 0

    def add(
        self,
        kind: str,
        local: str,
        parent: str | None,
        *,
        label: str | None = None,
        title: str | None = None,
        wording: str | None = None,
    ) -> None:
        self.elements.append(
            element(
                kind,
                f"{KEY}:{local}",
                parent=parent and f"{KEY}:{parent}",
                section=self.section,
                page=self.page,
                label=label,
                title=title,
                wording=wording,
            )
        )

    def read(self) -> list[Json]:
        for page, text in pages():
            if 12 <= page <= 32:
                self.page = page
                for line in text.splitlines():
                    self.read_line(line.strip())
        return self.elements

    def read_line(self, line: str) -> None:
        if found := HEADING.match(line):
            self.heading(found["number"], found["title"])
        elif found := LEAD_QUESTION.match(line):
            if found["wording"][0].isdigit():
                self.question(line)
            else:
                self.add("question", f"{self.section}.question", self.section, wording=found["wording"])
        elif self.section == "3.1":
            if found := DATA_TYPE.match(line):
                local = f"{self.item}.{found['label']}"
                self.add("example", local, self.item, **found.groupdict())
            else:
                self.question(line)
        elif self.section in ITEM_GROUPS:
            self.list_item(line)

    def heading(self, number: str, title: str) -> None:
        self.section = number
        parent = number.rpartition(".")[0] or None
        found = REQUIREMENTS[number].search(self.text) if number in REQUIREMENTS else None
        self.add("step", number, parent, title=title, label=number, wording=found and found[0])

    def question(self, line: str) -> None:
        found = QUESTION.match(line)
        if not found:
            return
        label = found["label"]
        if NESTED_QUESTION.match(line):
            self.add("question", f"{self.item}.{label}", self.item, label=label, wording=found["wording"])
            return
        if label == "1":
            self.group = f"{self.section}.{next(self.groups)}"
            self.add("topic", self.group, self.section)
        self.item = f"{self.group}.{label}"
        self.add("question", self.item, self.group, label=label, wording=found["wording"])

    def list_item(self, line: str) -> None:
        if found := ITEM.match(line):
            label, group = found["label"], ITEM_GROUPS[self.section]
            if label.isdigit():
                self.item = f"{self.section}.{group}.{label}"
                kind = "step" if group == "determination" else "example"
                self.add(kind, self.item, self.section, **found.groupdict())
            else:
                self.add("example", f"{self.item}.{label}", self.item, **found.groupdict())
        elif found := BULLET.match(line):
            self.bullets += 1
            self.add("example", f"{self.section}.factor.{self.bullets}", self.section, wording=found["wording"])


def glossary() -> Iterator[Json]:
    by_page = {page: text.replace("*", "") for page, text in pages() if page in (38, 39)}
    for title, beginning in TERMS.items():
        definition = re.compile(rf"{re.escape(beginning)}.*?(?=\n\n(?![a-z])|\Z)", re.DOTALL)
        page, found = next((page, found) for page, text in by_page.items() if (found := definition.search(text)))
        yield term(KEY, title, found[0], page=page)


def build() -> None:
    write_publication(
        KEY,
        [*Steps().read(), *glossary()],
        fidelity="full",
        missing="Sections 1 and 2, the explanations around the questions and items of sections 3 and 4, the figures.",
    )
