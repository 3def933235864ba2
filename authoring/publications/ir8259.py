"""IR 8259 (May 2020): six manufacturer activities, communication topics, questions and the glossary.

Reads "nist/ir8259-2020.md" and writes data/publications/ir8259.json.

A line "{n}---" starts PDF page n, which is printed page n - 9. Official wordings are these:
- an activity or communication topic: the first paragraph of its section, up to a question inside it;
- a list of questions with an introduction of its own: that introduction;
- a numbered or lettered question: all of its own item text; a question of Activity 3: the sentence in bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element, term
from authoring.shared.sources import Sources, clean

KEY = "ir8259"
SOURCE = "nist/ir8259-2020.md"
SOURCES = Sources(SOURCE)
MISSING = (
    "Figures 1 to 3 are pictures that the source text lacks; the introduction, the background section with its "
    "footnotes 1 to 3, the conclusion and the acronyms are not recorded as elements."
)
PHASES = {"3": "pre-market", "4": "post-market"}
QUESTION_LISTS = {"3.1": ("customers", "use-cases"), "3.4": ("provisioning", "secure-development")}
"""Our names for the lists of questions in a section that has two of them."""
BULLETS = {"activity-2.2": "consideration", "activity-3.1": "means", "activity-3.2": "robustness"}
"""Our names for what the bullets under a question are."""
FOOTNOTES = {"3.3": ("4", "activity-3"), "3.4": ("5", "activity-4.secure-development"), "4.2.3": ("6", "4.2.3.4")}
"""By section, the footnote in it and the element that the footnote explains."""
NOTES = {"activity-1": "The executive summary words this title differently: it names users beside customers."}
TERMS = (
    "Actuator",
    "Core Baseline",
    "Device Cybersecurity Capability Core Baseline",
    "Device Cybersecurity Capability",
    "IoT Platform",
    "Means",
    "Minimally Securable IoT Device",
    "Network Interface",
    "Sensor",
    "Transducer",
)
"""The glossary terms in order; the conversion runs terms and definitions together."""

FOOTNOTE = re.compile(r"^<span[^>]*></span><sup>(?P<label>\d+)</sup> (?P<text>.*)$", re.MULTILINE)
FOOTNOTE_MARK = re.compile(r"\[\d\]\(#page[^)]*\)")
LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^)\s]*\)")
HEADING = re.compile(r"#+ \*\*(?P<section>\d(?:\.\d)*) (?P<title>.*)\*\*")
ITEM = re.compile(r"(?:#+ )?(?:- )?(?P<label>\d+|[a-z])\. (?P<text>.*)")
BULLET = re.compile(r"[-•] (?P<text>.*)")
BOLD_QUESTION = re.compile(r"\*\*([^*]+\?)\*\*")


@dataclass
class Block:
    """A paragraph, item or bullet; ``kind`` is paragraph, number, letter or bullet.

    ``page`` is where it begins, ``last_page`` where the last line that a page break cut off stands.
    """

    kind: str
    label: str
    text: str
    page: int
    last_page: int = 0

    def __post_init__(self) -> None:
        self.last_page = self.last_page or self.page


@dataclass
class Section:
    """A numbered section and the blocks below its heading."""

    number: str
    title: str
    page: int
    blocks: list[Block]


def printed_pages() -> dict[int, str]:
    """The source text by printed page, with its markup."""
    return SOURCES.pages(SOURCE, 9)


def plain(text: str) -> str:
    """A text as printed: no page furniture, no footnotes, links by their text, a line-end hyphen put back."""
    unlinked = LINK.sub(r"\1", FOOTNOTE_MARK.sub("", FOOTNOTE.sub("", text)))
    return clean(unlinked).replace("end-oflife", "end-of-life")


def block(line: str, page: int) -> Block:
    """One line of the conversion, which is one paragraph, item or bullet."""
    item, bullet = ITEM.fullmatch(line), BULLET.fullmatch(line)
    if item:
        return Block("number" if item["label"].isdigit() else "letter", item["label"], item["text"], page)
    return Block("bullet", "", bullet["text"], page) if bullet else Block("paragraph", "", line, page)


def sections() -> Iterator[Section]:
    """The sections 3.1 to 4.2.6.

    A paragraph in lower case continues the block that a page break cut.
    """
    current: Section | None = None
    for page, text in printed_pages().items():
        for line in filter(None, map(str.strip, plain(text).splitlines())):
            heading = HEADING.fullmatch(line)
            if heading or line.startswith("# **"):
                if current:
                    yield current
                wanted = heading and heading["section"][:2] in ("3.", "4.")
                current = Section(heading["section"], heading["title"], page, []) if heading and wanted else None
            elif current and line[0].islower():
                current.blocks[-1].text += " " + line
                current.blocks[-1].last_page = page
            elif current:
                current.blocks.append(block(line, page))


def items(section: Section) -> Iterator[Block]:
    """The blocks of a section, ready to become elements.

    A paragraph between two consecutive numbers of one list is joined to the item before it; questions in
    bold within a paragraph follow it as numbers without a label.
    """
    last: Block | None = None
    for place, here in enumerate(section.blocks):
        following = next((later for later in section.blocks[place:] if later.kind == "number"), None)
        if here.kind == "paragraph" and last and following and int(following.label) == int(last.label) + 1:
            last.text += " " + here.text
            continue
        if here.kind == "number":
            last = here
        yield here
        if here.kind == "paragraph":
            yield from (Block("number", "", text, here.last_page) for text in BOLD_QUESTION.findall(here.text))


def section_elements(section: Section) -> Iterator[Json]:
    """The activity or communication topic of a section, then its lists, questions and bullets."""

    def record(kind: str, local: str, page: int, parent: str | None, **more: Any) -> Json:
        return element(
            kind,
            f"{KEY}:{local}",
            parent=parent and f"{KEY}:{parent}",
            section=section.number,
            page=page,
            note=NOTES.get(local),
            **more,
        )

    blocks = list(items(section))
    opening = BOLD_QUESTION.split(blocks[0].text)[0]
    label, colon, title = section.title.partition(": ")
    if colon:
        base = label.lower().replace(" ", "-")
        phase = PHASES[section.number[0]]
        yield record("activity", base, section.page, None, title=title, label=label, phase=phase, wording=opening)
    else:
        base = section.number
        yield record("topic", base, section.page, "activity-6", title=section.title, label=base, wording=opening)
    lists = iter(QUESTION_LISTS.get(section.number, ()))
    lead = blocks[0]
    group = question = base
    questions = bullets = 0
    for here in blocks:
        if here.kind == "paragraph":
            lead = here
        elif here.kind == "number":
            name = next(lists, None) if here.label == "1" else None
            if name:
                group, questions = f"{base}.{name}", 0
                introduction = None if lead is blocks[0] else lead.text
                yield record("topic", group, lead.page, base, wording=introduction)
            questions, bullets = questions + 1, 0
            question = f"{group}.{questions}"
            yield record("question", question, here.page, group, label=here.label or None, wording=here.text)
        elif here.kind == "letter":
            local = f"{question}.{here.label}"
            yield record("question", local, here.page, question, label=here.label, wording=here.text)
        else:
            bullets += 1
            local = f"{question}.{BULLETS[question]}.{bullets}"
            yield record("example", local, here.page, question, wording=here.text)


def footnotes(section: Section) -> Iterator[Json]:
    """The footnote of a section that explains one of its elements, if there is one."""
    wanted, parent = FOOTNOTES.get(section.number, ("", ""))
    for page, text in printed_pages().items():
        for note in FOOTNOTE.finditer(text):
            if note["label"] == wanted:
                yield element(
                    "remark",
                    f"{KEY}:fn.{wanted}",
                    label=wanted,
                    parent=f"{KEY}:{parent}",
                    section=section.number,
                    page=page,
                    wording=plain(note["text"]),
                )


def terms() -> Iterator[Json]:
    """The glossary of Appendix B, without the reference at the end of a definition."""
    page, text = list(printed_pages().items())[-1]
    words = " ".join(plain(text).split())
    pattern = " (.+) ".join(name.replace(" ", r"\s") for name in TERMS) + " (.+)"
    found = re.search(pattern, words)
    if not found:
        raise SystemExit(f"{SOURCE}: the glossary terms were not found")
    for name, definition in zip(TERMS, found.groups(), strict=True):
        yield term(KEY, name, re.sub(r"\s*\\\[\d+\\\]\W*$", "", definition), page=page)


def build() -> None:
    elements: list[Json] = []
    for section in sections():
        elements += [*section_elements(section), *footnotes(section)]
    write_publication(KEY, [*elements, *terms()], fidelity="full", missing=MISSING)
