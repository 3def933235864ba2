"""IR 8259B (August 2021): its Table 1, the footnotes that explain items, and the glossary, from "nist/ir8259b.md".

Also writes the crosswalk to the guidance named in the last column of Table 1. The conversion lost the digits
after the last "." or "-" of a line in that column: such a reference is kept as what is left of it.

Printed pages are counted: every page but the cover and the title page begins with the running head, the fifth
of them on page 1. The count agrees with all five page numbers of the table of contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from authoring.registry.cited_documents import keys_by_name
from authoring.shared.files import write_crosswalk, write_publication
from authoring.shared.records import Json, element, mapping, slug
from authoring.shared.sources import Sources, clean

KEY = "ir8259b"
SOURCE = "nist/ir8259b.md"
SOURCES = Sources(SOURCE)
RUNNING_HEAD = "### NISTIR 8259B IOT NON-TECHNICAL SUPPORTING"
HEADS_BEFORE_PAGE_1 = 4
TABLE_PAGES = range(6, 11)
GLOSSARY_PAGES = (14, 15)

SUPPORTING = "Non-Technical Supporting Capability"
TERMS = (
    "Communications",
    "Configuration",
    "Core Baseline",
    "Customer",
    "Device Cybersecurity Capability",
    "Device Identifier",
    "Entity",
    "IoT Platform",
    "Maintenance",
    SUPPORTING,
    f"{SUPPORTING} Core Baseline",
    "Software",
    "Supporting Parties",
    "Term of Support",
    "Training",
    "Update",
)
EXPLAINED_BY = {"documentation.3": "4", "documentation.3.a": "5", "term.iot-platform": "6"}
FOOTNOTE_PAGES = {"3": 5, "4": 7, "5": 7, "6": 15}
STALE_CITATION = (
    "The printed citation [{}] leads to {} in the reference list; IR 8259A credits {}, here [{}], with this definition."
)
NOTES = {
    "fn.3": "Its mark stands in the text of section 2, at the description of the common actions in general.",
    "documentation.rationale.3": 'Misprint, kept in the fingerprint: "preform".',
    "documentation.rationale.7": "The printed sentence mentions the manufacturer as contracting party twice.",
    "education-and-awareness.rationale.5": "The bullet goes on after its three sub-bullets: "
    "the summary covers that part, the fingerprint does not.",
    "education-and-awareness.rationale.5.c": 'The printed item ends in a stray word, "supports".',
    "term.configuration": STALE_CITATION.format("7, Adapted", "AgeLight", "SP 800-128", 12),
    "term.device-identifier": STALE_CITATION.format("10, Adapted", "ETSI EN 303 645", "SP 800-56A", 15),
    "term.update": STALE_CITATION.format("9", "CSDE", "SP 800-40", 14),
}

CAPABILITY_CELL = re.compile(r"```\n(?P<cell>[^`]*)\n```\n(?P<rest>\d\. [^`]*)")
MARKER = re.compile(r"^ *(?P<marker>\d+(?=\. )|[a-z](?=\. )|-(?= ))\.? +(?P<text>.*)$")
REFERENCE = re.compile(r"\*\*(?P<source>\w+)\*\* : (?:Provisions? )?(?P<items>.*)")


class Block(NamedTuple):
    """A numbered, lettered, bulleted or (with an empty marker) unmarked paragraph of Table 1."""

    page: int
    indent: int
    marker: str
    text: str

    @property
    def is_reference(self) -> bool:
        return self.text.startswith("**")

    @property
    def is_rationale(self) -> bool:
        return self.marker == "-" and not self.is_reference


class Row(NamedTuple):
    """A row of Table 1."""

    page: int
    title: str
    definition: str
    blocks: list[Block]

    @property
    def local(self) -> str:
        return slug(self.title)


def page_text(page: int) -> str:
    """The text of a printed page below its running head and side note."""
    part = SOURCES.read(SOURCE).split(RUNNING_HEAD)[HEADS_BEFORE_PAGE_1 + page]
    return part.partition("\nNIST.IR.8259B\n")[2]


def blocks(page: int, text: str) -> list[Block]:
    """The paragraphs of the second to fourth column; a line indented no deeper than its bullet begins a new one."""
    found: list[Block] = []
    for line in filter(None, text.splitlines()):
        indent = len(line) - len(line.lstrip())
        if match := MARKER.match(line):
            found.append(Block(page, indent, match["marker"], match["text"]))
        elif indent <= found[-1].indent and not found[-1].is_reference:
            found.append(Block(page, indent, "", line))
        else:
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {line.strip()}")
    return found


def table() -> list[Row]:
    """The rows of Table 1; a row that goes on overleaf has a second cell without a definition."""
    rows: list[Row] = []
    for page in TABLE_PAGES:
        match = CAPABILITY_CELL.search(page_text(page).partition("\n(^4)")[0])
        if match is None:
            raise SystemExit(f"{SOURCE}: no row of Table 1 on page {page}")
        name, _, definition = match["cell"].partition(" :")
        if definition:
            rows.append(Row(page, " ".join(name.split()), definition, []))
        rows[-1].blocks.extend(blocks(page, match["rest"]))
    return rows


def footnote(number: str) -> str:
    match = re.search(
        rf"^\(\^{number}\) (.*?)\n(?=\(\^|\n|\Z)", page_text(FOOTNOTE_PAGES[number]), re.DOTALL | re.MULTILINE
    )
    if match is None:
        raise SystemExit(f"{SOURCE}: no footnote {number}")
    return match[1]


def glossary() -> Iterator[tuple[int, str, str]]:
    """Page, name and definition of each glossary term."""
    text = ""
    start = {}
    for page in GLOSSARY_PAGES:
        start[page] = len(text)
        text += page_text(page).partition("\n(^6)")[0].replace("```", "")
    heads = []
    position = 0
    for term in TERMS:
        words = r"\s".join(map(re.escape, term.split()))
        head = re.compile(rf"^{words}(?:\n\[[^]]*\])?\s", re.MULTILINE).search(text, position)
        if head is None:
            raise SystemExit(f"{SOURCE}: no glossary entry {term}")
        heads.append(head)
        position = head.end()
    ends = [head.start() for head in heads[1:]] + [len(text)]
    for term, head, end in zip(TERMS, heads, ends, strict=True):
        page = max(page for page in GLOSSARY_PAGES if start[page] <= head.start())
        yield page, term, text[head.end() : end]


class Records:
    """Collects the element records, each with its note and the footnote that explains it."""

    def __init__(self) -> None:
        self.elements: list[Json] = []

    def add(
        self,
        kind: str,
        local: str,
        *,
        page: int,
        wording: str,
        parent: str | None = None,
        label: str | None = None,
        title: str | None = None,
        section: str = "2",
        in_table: bool = True,
        **more: Any,
    ) -> None:
        self.elements.append(
            element(
                kind,
                f"{KEY}:{local}",
                title=title,
                label=label,
                parent=parent and f"{KEY}:{parent}",
                section=section,
                table="1" if in_table else None,
                page=page,
                wording=clean(wording),
                note=NOTES.get(local),
                **more,
            )
        )
        if number := EXPLAINED_BY.get(local):
            self.add_footnote(number, parent=local, section=section)

    def add_footnote(self, number: str, *, parent: str | None, section: str) -> None:
        self.add(
            "remark",
            f"fn.{number}",
            label=number,
            parent=parent,
            section=section,
            in_table=False,
            page=FOOTNOTE_PAGES[number],
            wording=footnote(number),
        )

    def add_row(self, row: Row) -> None:
        self.add(
            "capability",
            row.local,
            title=row.title,
            provider="manufacturer",
            page=row.page,
            wording=row.definition,
        )
        self.add_actions(row)
        self.add_rationale(row)

    def add_actions(self, row: Row) -> None:
        action = row.local
        for block in row.blocks:
            if block.marker.isdigit():
                action = f"{row.local}.{block.marker}"
                local, parent = action, row.local
            elif block.marker.isalpha():
                local, parent = f"{action}.{block.marker}", action
            else:
                continue
            self.add(
                "common-action",
                local,
                label=block.marker,
                parent=parent,
                page=block.page,
                wording=block.text,
            )

    def add_rationale(self, row: Row) -> None:
        """The bullets are counted, the sub-bullets lettered; the publication itself prints no labels here."""
        bullets = [block for block in row.blocks if block.is_rationale]
        margins = {page: min(b.indent for b in bullets if b.page == page) for page in {b.page for b in bullets}}
        count, letters = 0, iter("")
        for block in bullets:
            if block.indent == margins[block.page]:
                count, letters = count + 1, iter("abcdefgh")
                local, parent = f"{row.local}.rationale.{count}", row.local
            else:
                parent = f"{row.local}.rationale.{count}"
                local = f"{parent}.{next(letters)}"
            self.add("rationale", local, parent=parent, page=block.page, wording=block.text)


def references(row: Row) -> Iterator[tuple[str, str]]:
    """Source and printed identifier of each reference example; a cut identifier ends in "." or "-"."""
    for block in row.blocks:
        if match := REFERENCE.match(block.text):
            items = re.sub(r"- (?=\d)", "-", match["items"])
            for item in re.split(r", |(?<=-) ", items):
                yield match["source"], item


def crosswalk(rows: Iterable[Row], name: str, document: str) -> Iterator[dict[str, str]]:
    """The references of every capability to one document."""
    for row in rows:
        for source, item in references(row):
            if source != name:
                continue
            cut = item.endswith((".", "-"))
            loss = "The last digits of this reference are lost in the copy that was read."
            yield mapping(
                f"{KEY}:{row.local}",
                "related",
                None if cut else f"{document}:{item.replace(' ', '.')}",
                object_label=item if cut else None,
                rationale=loss if cut else None,
                fidelity="partial" if cut else "full",
                basis="official",
                locator="Table 1, column IoT Reference Examples",
                printed=item,
            )


def build() -> None:
    rows = table()
    records = Records()
    records.add_footnote("3", parent=None, section="2")
    for row in rows:
        records.add_row(row)
    for page, term, definition in glossary():
        records.add(
            "term",
            f"term.{slug(term)}",
            title=term,
            section="Appendix B",
            in_table=False,
            page=page,
            wording=definition,
        )
    write_publication(
        KEY,
        records.elements,
        fidelity="full",
        missing="The prose of sections 1 and 2 with footnotes 1 and 2, and Figure 1, which was not read; "
        "reference examples are in their crosswalk, 14 of the 58 cut by the conversion.",
    )
    for name, document in keys_by_name(KEY).items():
        write_crosswalk(
            KEY,
            document,
            crosswalk(rows, name, document),
            title=f"IR 8259B to its IoT reference examples: {name}",
            description="Existing guidance that Table 1 names for each non-technical supporting capability as "
            "specifying a similar or related one; references cut by the text conversion have no object.",
            provider="https://www.nist.gov/",
        )
