"""Put the summaries of content/summaries/ into the files of publications, without any source text.

A table belongs to the publication that it is named after; SP 800-213A has one for each capability as well. In a state
of the online catalog, a statement without a row takes over the summary of the same wording in what came later.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from authoring.publications.online_catalog import LATER
from authoring.shared.content import CONTENT
from authoring.shared.files import dump, elements, names, text_of, write
from authoring.shared.records import Json, summarized
from authoring.shared.summaries import Summary, by_wording, summaries
from iotbaseline._model.wording import Fingerprint


def summaries_of(key: str) -> dict[str, Summary]:
    """The summaries of all tables of a publication."""
    stems = sorted(path.stem for path in (CONTENT / "summaries").glob("*.tsv"))
    held = names("publications", ".json")
    return {
        local: summary
        for stem in stems
        if (stem if stem in held else stem.rpartition(".")[0]) == key
        for local, summary in summaries(stem).items()
    }


def statements(key: str) -> Iterator[tuple[str, Fingerprint]]:
    """The local identifiers of what a publication says, with the fingerprints."""
    for record in elements(key):
        if "sha256" in record:
            yield record["id"].partition(":")[2], Fingerprint(record["words"], record["sha256"])


def with_summaries(key: str) -> list[Json]:
    """The elements of a publication with their summaries; stops if a summary is of no element."""
    ours = summaries_of(key)
    records = {record["id"].partition(":")[2]: record for record in elements(key)}
    if unused := ours.keys() - records.keys():
        raise SystemExit(f"{key}: summaries of no element: {', '.join(sorted(unused))}")
    marks = dict(statements(key))
    inherited = by_wording((summaries_of(later), statements(later)) for later in LATER.get(key, ()))
    return [
        summarized(record, ours.get(local) or (inherited.get(marks[local]) if local in marks else None))
        for local, record in records.items()
    ]


def build() -> None:
    for key in names("publications", ".json"):
        name = f"publications/{key}.json"
        document: Json = json.loads(text_of(name))
        write(name, dump(document | {"elements": with_summaries(key)}))
