"""Our own words for what the statements of publications ask for, from content/summaries/."""

from __future__ import annotations

from attrs import frozen

from authoring.shared.content import table
from iotbaseline._files.tables import Row

ASKS = ("required", "may-be-necessary", "example")


@frozen
class Summary:
    """What a statement says in our words; ``asks`` whether it asks for something, where somebody judged that."""

    text: str
    asks: str | None = None


def summaries(name: str) -> dict[str, Summary]:
    """The summaries of content/summaries/NAME.tsv by local identifier."""
    found: dict[str, Summary] = {}

    def add(row: Row) -> None:
        local, text, asks = row["local_id"], row["summary"], row["asks"] or None
        if local in found:
            raise row.error(f"{local} occurs twice", "keep one of the rows")
        if not text:
            raise row.error("the summary is empty", "write it, or take the row out")
        if asks not in (None, *ASKS):
            raise row.error(f"asks is {asks!r}", f"write {', '.join(ASKS)}, or leave it empty")
        found[local] = Summary(text, asks)

    table(f"summaries/{name}", add, ("local_id", "summary"), ("asks",))
    return found
