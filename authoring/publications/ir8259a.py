"""IR 8259A: the six device cybersecurity capabilities of Table 1 and the glossary (Appendix B).

Reads "nist/ir8259a.md" and writes data/publications/ir8259a.json.

That conversion repeats the DOI side text on every page. Counted from "1 Introduction" (page 1), the pages
agree with the table of contents (section 2 on 3, References on 11, Appendix A on 14, Appendix B on 16), so
the count gives the printed page: the rows of Table 1 stand on pages 5 to 10, one row a page.

The columns of Table 1 follow each other as text: definition, common elements, rationale bullets, references.
``table_rows`` takes them apart; the references are used by ``ir8259a_references``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element, slug, term
from authoring.shared.sources import Sources, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "ir8259a"
SOURCE = "nist/ir8259a.md"
SOURCES = Sources(SOURCE)
MISSING = (
    "Figure 1 (which areas of IR 8228 each capability supports) could not be read; supports and "
    "supports_indirectly come from the first rationale bullet of each row."
)

GLOSSARY = {
    16: (
        "Authorized Entity",
        "Configuration",
        "Core Baseline",
        "Cybersecurity State",
        "Degraded Cybersecurity State",
        "Device Cybersecurity Capability Core Baseline",
        "Device Identifier",
        "Entity",
        "Interface",
    ),
    17: (
        "Local Interface",
        "Logical Identifier",
        "Network Interface",
        "Physical Identifier",
        "Software",
        "Update",
    ),
}
"""The terms as printed, by page, in order; the conversion runs term and definition together."""

PAGE_BREAK = re.compile(r"^This publication .* http$", re.MULTILINE)
TABLE_HEAD = "Common Elements Rationale IoT Reference Examples"
ENTRY = re.compile(
    r"(?P<number>\d+)\. (?=\S)|(?P<letter>[a-z])\. (?=\S)|(?P<note>Note): |[•-] (?P<source>[\w/]+) ?: ?|(?P<bullet>-) "
)


class Entry(NamedTuple):
    """One item in a row of Table 1; ``kind`` is number, letter, note, bullet or source."""

    kind: str
    label: str
    text: str


class Row(NamedTuple):
    """One row of Table 1: a capability with all its columns."""

    page: int
    name: str
    definition: str
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        return f"{KEY}:{slug(self.name)}"


def pages() -> dict[int, str]:
    """The cleaned text of the body, by printed page number."""
    chunks = PAGE_BREAK.split(SOURCES.read(SOURCE))
    first = next(i for i, chunk in enumerate(chunks) if "\n## 1 Introduction\n" in chunk)
    return {number: clean(chunk) for number, chunk in enumerate(chunks[first:], 1)}


def plain_lines(text: str) -> Iterator[str]:
    """The non-empty lines of a text without heading signs and bold marks."""
    for line in text.splitlines():
        plain = re.sub(r"[#*]+", "", line).strip()
        if plain:
            yield plain


def joined(before: str, line: str) -> str:
    """Two lines as one, with no blank after a hyphen."""
    return before + line if before.endswith("-") else f"{before} {line}".strip()


def table_rows() -> Iterator[Row]:
    """The rows of Table 1 in printed order."""
    for page, text in pages().items():
        _, head, body = text.partition(TABLE_HEAD)
        if not head:
            continue
        definition = ""
        entries: list[Entry] = []
        for line in plain_lines(body):
            start = ENTRY.match(line)
            if start:
                kind = start.lastgroup or ""
                entries.append(Entry(kind, start[kind], line[start.end() :]))
            elif entries:
                entries[-1] = entries[-1]._replace(text=joined(entries[-1].text, line))
            else:
                definition = joined(definition, line)
        name, _, definition = definition.partition(" : ")
        yield Row(page, name, definition, tuple(entries))


def risk_areas(bullet: str) -> tuple[list[str], list[str]]:
    """The areas that a first rationale bullet names: supported directly, and supported through these."""
    direct, _, through = bullet.rstrip(".").partition(", which in turn supports ")
    _, _, direct = direct.partition(" supports ")
    return split_list(direct), split_list(through)


def split_list(text: str) -> list[str]:
    return [part for part in re.split(r", and |, | and ", text) if part]


def row_elements(row: Row) -> Iterator[Json]:
    """The capability of a row, then its common elements, its note and its rationale bullets."""

    def record(kind: str, local: str, wording: str, **more: Any) -> Json:
        return element(
            kind,
            f"{KEY}:{local}",
            section="2",
            table="1",
            page=row.page,
            wording=wording,
            **more,
        )

    base = slug(row.name)
    bullets = [entry for entry in row.entries if entry.kind == "bullet"]
    supports, supports_indirectly = risk_areas(bullets[0].text)
    yield record(
        "capability",
        base,
        row.definition,
        title=row.name,
        provider="device",
        supports=supports,
        supports_indirectly=supports_indirectly,
    )
    number = ""
    for kind, label, text in row.entries:
        if kind == "number":
            number = f"{base}.{label}"
            yield record("common-element", number, text, label=label, parent=row.id)
        elif kind == "letter":
            yield record("common-element", f"{number}.{label}", text, label=label, parent=f"{KEY}:{number}")
        elif kind == "note":
            yield record("remark", f"{base}.note", text, label=label, parent=row.id)
    for place, bullet in enumerate(bullets, 1):
        yield record("rationale", f"{base}.rationale.{place}", bullet.text, parent=row.id)


def terms() -> Iterator[Json]:
    """The glossary: each definition reaches from its term to the next one, or to the end of the page."""
    texts = pages()
    for page, names in GLOSSARY.items():
        text = " ".join(plain_lines(texts[page]))
        found = re.search(" (.*?) ".join(map(re.escape, names)) + " (.*)", text)
        if not found:
            raise SystemExit(f"{SOURCE}: the glossary terms are not on page {page}")
        for name, wording in zip(names, found.groups(), strict=True):
            yield term(KEY, name, wording, page=page)


def build() -> None:
    elements = [record for row in table_rows() for record in row_elements(row)]
    write_publication(KEY, [*elements, *terms()], fidelity="full", missing=MISSING)
