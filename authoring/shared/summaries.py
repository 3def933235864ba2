"""Our own words for what the statements of publications ask for, from content/summaries/."""

from __future__ import annotations

from attrs import frozen

from authoring.shared.content import table
from iotbaseline._files.tables import Row
from iotbaseline._model.kinds import Demand

DEMANDS = tuple(Demand)


@frozen
class Summary:
    """What a statement says in our words; ``demand`` whether it asks for something, where somebody judged that."""

    text: str
    demand: str | None = None


def summaries(name: str) -> dict[str, Summary]:
    """The summaries of content/summaries/NAME.tsv by local identifier."""
    found: dict[str, Summary] = {}

    def add(row: Row) -> None:
        local, text, demand = row["local_id"], row["summary"], row["demand"] or None
        if local in found:
            raise row.error(f"{local} occurs twice", "keep one of the rows")
        if not text:
            raise row.error("the summary is empty", "write it, or take the row out")
        if demand not in (None, *DEMANDS):
            raise row.error(f"demand is {demand!r}", f"write {', '.join(DEMANDS)}, or leave it empty")
        found[local] = Summary(text, demand)

    table(f"summaries/{name}", add, ("local_id", "summary"), ("demand",))
    return found
