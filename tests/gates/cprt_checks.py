"""What holds for every file of CPRT; its schema says no more than which fields there are. Only the standard library."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mutations import changed, unseen

FIELDS = {
    "documents": {"doc_identifier", "name", "version", "website"},
    "relationship_types": {"relationship_identifier", "description"},
    "elements": {"doc_identifier", "element_identifier", "element_type", "title", "text"},
    "relationships": {
        *(f"{side}_{what}_identifier" for side in ("source", "dest") for what in ("element", "doc")),
        "relationship_identifier",
        "provenance_doc_identifier",
    },
}
"""The lists and the fields of their rows, all of them required."""


def problems_of(folder: Path) -> list[str]:
    """What is wrong in the files of a folder."""
    found: list[str] = []
    for path in sorted(folder.glob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        found.extend(f"{path.name}: {each}" for each in (*_shape(document), *_references(document)))
    return found


def _shape(document: Any) -> Iterator[str]:
    if set(document) != set(FIELDS):
        yield f"the lists are {sorted(document)}"
    for name, fields in FIELDS.items():
        for row in document.get(name, []):
            if set(row) != fields or not all(isinstance(value, str) for value in row.values()):
                yield f"{name}: {row}"


def _references(document: Any) -> Iterator[str]:
    elements = Counter((row.get("doc_identifier"), row.get("element_identifier")) for row in document["elements"])
    documents = {row.get("doc_identifier") for row in document["documents"]}
    types = {row.get("relationship_identifier") for row in document["relationship_types"]}
    yield from (f"{name} twice" for name, count in elements.items() if count > 1)
    yield from (f"no document {name}" for name, _ in elements if name not in documents)
    for row in document["relationships"]:
        if row.get("relationship_identifier") not in types:
            yield f"no type {row.get('relationship_identifier')}"
        for side in ("source", "dest"):
            name = (row.get(f"{side}_doc_identifier"), row.get(f"{side}_element_identifier"))
            if name not in elements:
                yield f"no element {name}"


DEFECTS: dict[str, Callable[[Any], object]] = {
    "an element without a type": lambda d: d["elements"][0].pop("element_type"),
    "a text that is null": lambda d: d["elements"][0].update(text=None),
    "a list too few": lambda d: d.update(types=d["relationship_types"]),
    "an identifier twice": lambda d: d["elements"][1].update(element_identifier=d["elements"][0]["element_identifier"]),
    "an element of no document": lambda d: d["elements"][0].update(doc_identifier="none"),
    "a relationship to nothing": lambda d: d["relationships"][0].update(dest_element_identifier="none"),
    "a relationship of a type there is not": lambda d: d["relationships"][0].update(relationship_identifier="none"),
}


def main(folder: Path) -> list[str]:
    """Everything that is wrong."""
    found = problems_of(folder)
    print(f"  {len(list(folder.glob('*.json')))} files, {len(found)} problems")
    damages = {defect: changed(change) for defect, change in DEFECTS.items()}
    found.extend(unseen(folder / "csf2.0.json", damages, {"own checks": problems_of}))
    return found


if __name__ == "__main__":
    sys.exit("\n".join(main(Path(sys.argv[1]) / "cprt")) or 0)
