"""Answers about mappings show the official wordings that are attached, and say which file they are from."""

from __future__ import annotations

import json

from attrs import evolve

import iotbaseline as ib
from iotbaseline._model.wording import Wording

SAID = "The device\nis known by a name."
MARK = f"official wording, from copy.pdf, page 3 of the file (SHA-256 {'ab' * 32})"
QUOTED = "The device is known by a name."


def worded(*identifiers: str) -> ib.Library:
    """The library that ships, with a wording attached to some elements."""
    library = ib.Library()
    wording = Wording(text=SAID, source="copy.pdf", sha256="ab" * 32, page=3)
    for key in dict.fromkeys(identifier.partition(":")[0] for identifier in identifiers):
        elements = (evolve(each, wording=wording) if each.id in identifiers else each for each in library.load(key))
        library = library.replacing(evolve(library.load(key), elements=tuple(elements)), "wordings of a copy")
    return library


CRITERION, OTHER, CORE = (
    "ir8425:asset-identification.1",
    "ir8425:asset-identification.2",
    "ir8259a:device-identification",
)


def test_explain_quotes_the_ends_that_have_a_wording() -> None:
    plain, one = ib.explain(CRITERION, "IA-3"), ib.explain(CRITERION, "IA-3", library=worded(CRITERION))
    head, *rest = plain.splitlines()
    assert one.splitlines() == [head, f"  {CRITERION}, {MARK}: {QUOTED}", *rest]
    both = ib.paths(CRITERION, CORE, library=worded(CORE, CRITERION))
    assert [element.id for element in both.worded] == [CRITERION, CORE]
    assert json.loads(both.to_json())["wordings"] == [f"{each}, {MARK}: {QUOTED}" for each in (CRITERION, CORE)]
    assert "wordings" not in json.loads(ib.paths(CRITERION, CORE, library=worded(OTHER)).to_json())


def test_coverage_has_the_wordings_of_items_and_of_what_covers_them() -> None:
    plain = ib.coverage("ir8425", "ir8259a")
    assert {"wording", "wording_from", "by_wording"}.isdisjoint(plain.to_records()[0])
    of_item = ib.coverage("ir8425", "ir8259a", library=worded(plain.items[0].element.id))
    first, second, *_ = of_item.to_records()
    assert (first["wording"], second["wording"]) == (SAID, None)
    assert str(first["wording_from"]).startswith("copy.pdf, page 3 of the file")
    assert "by_wording" not in first
    assert f"{MARK}: {QUOTED}" in of_item.to_text()
    assert "wording" in of_item.to_markdown().partition("\n| ")[2].partition("\n")[0]
    by = next(connection.subject for item in plain for connection in item.by)
    of_selected = ib.coverage("ir8425", "ir8259a", library=worded(by))
    rows = [row["by_wording"] for row in of_selected.to_records() if row["by_wording"]]
    assert rows
    assert all(f"{by}, {MARK}: {QUOTED}" in str(row) for row in rows)
    assert len(rows) == len(plain.contributions[by])
    assert [str(item) for item in of_selected] == [str(item) for item in plain]
    of_both = ib.coverage("ir8425", "ir8259a", library=worded(plain.items[0].element.id, by))
    head = of_both.to_markdown().partition("\n| ")[2].partition("\n")[0]
    assert head.endswith("| wording | by wording |")
