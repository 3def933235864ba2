"""Build csrc-glossary: the entries of NIST's CSRC glossary that name a publication on IoT as their source.

Source: glossary/csrc-glossary-iot-terms.json, a copy of May 2026, which has one record for each definition and page. A
term has a page, and on it a definition for each wording among its sources.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from authoring.shared.files import write_publication
from authoring.shared.records import element
from authoring.shared.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "csrc-glossary"
SOURCE = "glossary/csrc-glossary-iot-terms.json"
SOURCES = Sources(SOURCE)

CITED = {
    "NISTIR 8228": "ir8228",
    "NISTIR 8259": "ir8259",
    "NISTIR 8259A": "ir8259a",
    "NISTIR 8259B": "ir8259b",
    "NISTIR 8425": "ir8425",
    "NIST IR 8425A": "ir8425a",
    "NIST SP 800-213": "sp800-213",
    "NIST SP 800-213A": "sp800-213a",
}
"""The publications on IoT by the names that the glossary prints."""


class Entry(NamedTuple):
    """A definition: its identifier, the term, the words, and the publications on IoT that are named as its source."""

    local: str
    title: str
    wording: str
    sources: tuple[str, ...]


def plain(markup: str) -> str:
    """Text without tags, and without the quotation marks around what a source quotes."""
    return re.sub(r"<[^>]+>", "", unescape(markup)).strip().strip('“”"')


def entries() -> Iterator[Entry]:
    """In the order of the copy; the second definition on a page has the number 2, and so on."""
    count: Counter[str] = Counter()
    for record in SOURCES.json(SOURCE):
        names = [name.strip() for name in record["notes"].rpartition("source: ")[2].split(";")]
        if sources := tuple(CITED[name] for name in names if name in CITED):
            page = record["source_anchor"].rpartition("/")[2].replace("_", "-").lower()
            count[page] += 1
            local = page if count[page] == 1 else f"{page}.{count[page]}"
            yield Entry(local, plain(record["term"]), plain(record["definition"]), sources)


def build() -> None:
    write_publication(
        KEY,
        [element("term", f"{KEY}:{each.local}", title=each.title, wording=each.wording) for each in entries()],
        fidelity="partial",
        complete=["term"],
        missing="All entries that name no publication on IoT as their source.",
    )
