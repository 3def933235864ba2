"""Build data/evidence.json: what an assessor would look at, for elements that ask for something.

The tables in content/evidence/ have the key of their publication and are written in our own words; no source text is
read. An element without rows has those of the element that it is part of.
"""

from __future__ import annotations

from authoring.shared import files
from authoring.shared.content import CONTENT, one_of, table
from authoring.shared.records import Json
from iotbaseline._files.tables import Row
from iotbaseline._model.identifiers import nearest
from iotbaseline._model.provenance import Basis
from iotbaseline._model.suggestions import EvidenceKind

COLUMNS = ("element", "kind", "look_for")
KINDS = tuple(EvidenceKind)
MOST_WORDS = 30


def suggestion(row: Row, key: str, places: dict[str, int]) -> Json:
    """A row as a record; its element is named by the local identifier."""
    element = f"{key}:{row['element']}"
    if element not in places:
        near = " or ".join(nearest(element, places)) or f"an element of {key}"
        raise row.error(f"there is no element {element}", f"write {near}")
    if len(row["look_for"].split()) > MOST_WORDS:
        raise row.error(f"look_for has more than {MOST_WORDS} words", "say it shorter, or in two rows")
    return {
        "element": element,
        "kind": one_of(row, "kind", KINDS),
        "look_for": row["look_for"],
        "basis": Basis.CURATED.value,
    }


def suggestions(key: str) -> list[Json]:
    """The records of a publication, in the order of its elements; those of one element as the table has them."""
    places = {element["id"]: place for place, element in enumerate(files.elements(key))}
    records = table(f"evidence/{key}", lambda row: suggestion(row, key, places), COLUMNS)
    return sorted(records, key=lambda record: places[record["element"]])


def build() -> None:
    keys = sorted(path.stem for path in (CONTENT / "evidence").glob("*.tsv"))
    records = [record for key in keys for record in suggestions(key)]
    files.write("evidence.json", files.dump({"evidence": records}))
