"""Put the summaries of content/summaries/ into the files of publications.

A table belongs to the publication that it is named after; SP 800-213A has one for each capability as well. In a
draft or glossary, a statement without a row takes over the summary of the same wording in the final or in what is
cited, unless only one of the two is an example or they define different terms. This runs after the builders of
publications, which leave the summaries to it, and needs no source text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TypeAlias

from authoring.shared.content import CONTENT
from authoring.shared.files import dump, elements, names, text_of, write
from authoring.shared.records import Json
from authoring.shared.summaries import Summary, summaries
from iotbaseline._model.fingerprints import fingerprint
from iotbaseline._model.wording import Fingerprint

FINAL = "sp800-213a"
FIRST, SECOND, LAST = "online-catalog-2020-08", "online-catalog-2021-02", "online-catalog-2021-11"
LATER = {
    FIRST: (FINAL, LAST, SECOND),
    SECOND: (FINAL, LAST),
    LAST: (FINAL,),
    "sp800-213.ipd": ("sp800-213",),
    "csrc-glossary": ("ir8259a", "ir8259b", "ir8259", "ir8425", "sp800-213", "sp800-213a", "ir8425a"),
}
"""Where the same wordings stand: what came after a draft, the final first, or what a glossary cites."""

IN_PART = ("sp800-53r5", "csrc-glossary")
"""Publications of which only some statements get a summary."""

Use: TypeAlias = tuple[bool, str]
"""Whether something is said as an example, and the term that it defines, if any."""

BEFORE_SUMMARY = ("kind", "id", "title", "label", "parent")


def summaries_of(key: str) -> dict[str, Summary]:
    """The summaries in all tables of a publication."""
    publications = names("publications", ".json")
    found: dict[str, Summary] = {}
    for stem in sorted(path.stem for path in (CONTENT / "summaries").glob("*.tsv")):
        if (stem if stem in publications else stem.rpartition(".")[0]) == key:
            table = summaries(stem)
            if twice := found.keys() & table.keys():
                raise SystemExit(f"{key}: two summaries of one element: {', '.join(sorted(twice))}")
            found |= table
    return found


def statements(key: str) -> Iterator[tuple[str, Fingerprint]]:
    """The local identifiers of what a publication says, with the fingerprints."""
    for record in elements(key):
        if "sha256" in record:
            yield record["id"].partition(":")[2], Fingerprint(record["words"], record["sha256"])


def use(record: Json) -> Use:
    """What the statement of this element is for."""
    return record["kind"] == "example", record["title"].casefold() if record["kind"] == "term" else ""


def uses(key: str) -> dict[str, Use]:
    """What each statement of a publication is for, by local identifier."""
    return {record["id"].partition(":")[2]: use(record) for record in elements(key)}


def inherited(key: str) -> dict[tuple[Fingerprint, Use], Summary]:
    """The summaries of what came later, by the wording that they are about and what it is said for.

    What a statement asks for depends on its place, so that only the text is taken over.
    """
    found: dict[tuple[Fingerprint, Use], Summary] = {}
    for later in LATER.get(key, ()):
        known, used = summaries_of(later), uses(later)
        marks = {local: mark for local, mark in statements(later) if local in known}
        found = {(mark, used[local]): Summary(known[local].text) for local, mark in marks.items()} | found
    return found


def summarized(record: Json, summary: Summary | None) -> Json:
    """The record of an element with this summary in place of the one that it has."""
    first = {name: record[name] for name in BEFORE_SUMMARY if name in record}
    ours = {"summary": summary.text, "demand": summary.demand} if summary else {}
    rest = {name: value for name, value in record.items() if name not in (*first, "summary", "demand")}
    return first | {name: value for name, value in ours.items() if value} | rest


def is_all_of(title: str | None, mark: Fingerprint) -> bool:
    """Whether the title is all that is said."""
    return title is not None and fingerprint(title) == mark


def with_summaries(key: str) -> list[Json]:
    """The elements of a publication with their summaries.

    Stops if a summary is of no element or needless, or if a statement has none where others of the publication have
    one; a title that is all that is said needs none.
    """
    later, ours, marks, used = inherited(key), summaries_of(key), dict(statements(key)), uses(key)
    records = {record["id"].partition(":")[2]: record for record in elements(key)}
    if unused := ours.keys() - records.keys():
        raise SystemExit(f"{key}: summaries of no element: {', '.join(sorted(unused))}")
    inherits = {local: later[mark, used[local]] for local, mark in marks.items() if (mark, used[local]) in later}
    if needless := ours.keys() & inherits.keys():
        raise SystemExit(f"{key}: the summary of the same wording is taken over: {', '.join(sorted(needless))}")
    known = inherits | ours
    titles = {local for local, mark in marks.items() if is_all_of(records[local].get("title"), mark)}
    if known and key not in IN_PART and (lacking := marks.keys() - known.keys() - titles):
        raise SystemExit(f"{key}: without a summary: {', '.join(sorted(lacking))}")
    return [summarized(record, known.get(local)) for local, record in records.items()]


def build() -> None:
    for key in names("publications", ".json"):
        name = f"publications/{key}.json"
        document: Json = json.loads(text_of(name))
        write(name, dump(document | {"elements": with_summaries(key)}))
