"""Gemara's documents by gemara-python, whose models are made of its schema, and by our own checks of references.

``GEMARA`` may name a copy of Gemara's repository; then its schema in CUE has to take every document, by the npm package
cue-wasm, which needs node and npm. Its rules for references then see for themselves what our own checks see.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from gemara.v1 import DOCUMENT_TYPES
from mutations import changed, unseen
from pydantic import ValidationError

CUE = "cue-wasm@1.0.0"
RELATIONSHIPS = ("equivalent", "subsumes", "supports", "supported-by", "relates-to", "no-match")

STRONGEST = 10


def of_models(folder: Path) -> list[str]:
    """What gemara-python does not take."""
    found: list[str] = []
    for path in sorted(folder.glob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        try:
            DOCUMENT_TYPES[document["metadata"]["type"]].model_validate(document)
        except ValidationError as error:
            found.append(f"{path.name}: {str(error)[:200]}")
    return found


def of_checks(folder: Path) -> list[str]:
    """What the models let pass: names twice, references to nothing, mappings without targets."""
    found: list[str] = []
    for path in sorted(folder.glob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        check = _mappings if document["metadata"].get("type") == "MappingDocument" else _catalog
        found.extend(f"{path.name}: {each}" for each in check(document))
    return found


def _twice(rows: list[Any]) -> Iterator[str]:
    yield from (f"{name} twice" for name, count in Counter(row.get("id") for row in rows).items() if count > 1)


def _catalog(document: Any) -> Iterator[str]:
    groups, guidelines = document.get("groups", []), document.get("guidelines", [])
    yield from (*_twice(groups), *_twice(guidelines))
    names, of = {each.get("id") for each in guidelines}, {each.get("id") for each in groups}
    for each in guidelines:
        if each.get("group") not in of:
            yield f"{each.get('id')} is of no group"
        yield from (f"{each.get('id')}: no guideline {name}" for name in each.get("see-also", []) if name not in names)


def _mappings(document: Any) -> Iterator[str]:
    references = document["metadata"].get("mapping-references", [])
    yield from (*_twice(references), *_twice(document["mappings"]))
    known = {each.get("id") for each in references}
    for side in ("source", "target"):
        if document[f"{side}-reference"].get("reference-id") not in known:
            yield f"the {side} is no reference"
    for each in document["mappings"]:
        if each.get("relationship") not in RELATIONSHIPS:
            yield f"{each.get('id')}: relationship {each.get('relationship')}"
        if not all(0 < target.get("strength", 1) <= STRONGEST for target in each.get("targets", [])):
            yield f"{each.get('id')}: a strength that is not from 1 to {STRONGEST}"
        if (each.get("relationship") == "no-match") == bool(each.get("targets")):
            yield f"{each.get('id')}: targets and relationship do not fit"


def of_schema(folder: Path) -> list[str]:
    """What the schema in CUE does not take."""
    files = sorted(folder.glob("*.json"))
    command: list[str | Path] = ["node", _installed() / "check.mjs", os.environ["GEMARA"], *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{CUE} does not run: {done.stderr[-500:]}")
    return [line for line in done.stdout.splitlines() if line]


@cache
def _installed() -> Path:
    """A folder with the package and the script that runs it."""
    folder = Path(sys.prefix) / "cue"
    if not (folder / "node_modules").exists():
        folder.mkdir(exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, CUE], check=True)
    script = (Path(__file__).parent / "gemara_cue.mjs").read_text("utf-8")
    (folder / "check.mjs").write_text(script, "utf-8")
    return folder


OF_CATALOGS: dict[str, Callable[[Any], object]] = {
    "no title": lambda d: d.pop("title"),
    "a type there is not": lambda d: d.update(type="Baseline"),
    "a guideline without an objective": lambda d: d["guidelines"][0].pop("objective"),
    "a state there is not": lambda d: d["guidelines"][0].update(state="Withdrawn"),
    "a date without a zone": lambda d: d["metadata"].update(date="2026-11-30T00:00:00"),
    "an identifier twice": lambda d: d["guidelines"][1].update(id=d["guidelines"][0]["id"]),
    "a group that is not there": lambda d: d["guidelines"][0].update(group="none"),
    "a related guideline that is not there": lambda d: d["guidelines"][0].update({"see-also": ["none"]}),
}
OF_MAPPINGS: dict[str, Callable[[Any], object]] = {
    "a relationship there is not": lambda d: d["mappings"][0].update(relationship="intersects"),
    "a mapping without a target": lambda d: d["mappings"][0].pop("targets"),
    "a strength of 11": lambda d: d["mappings"][0]["targets"][0].update(strength=11),
    "a mapping twice": lambda d: d["mappings"][1].update(id=d["mappings"][0]["id"]),
    "a source that is no reference": lambda d: d["source-reference"].update({"reference-id": "none"}),
}


def main(folder: Path) -> list[str]:
    """Everything that is wrong."""
    tools = {"gemara-python": of_models, "own checks": of_checks}
    if "GEMARA" in os.environ:
        tools["CUE"] = of_schema
    found = [f"{tool}: {each}" for tool, find in tools.items() for each in find(folder)]
    print(f"  {len(list(folder.glob('*.json')))} documents by {', '.join(tools)}, {len(found)} problems")
    for name, defects in (("ir8425.json", OF_CATALOGS), ("ir8425--sp800-213a.json", OF_MAPPINGS)):
        found.extend(unseen(folder / name, {defect: changed(change) for defect, change in defects.items()}, tools))
    return found


if __name__ == "__main__":
    sys.exit("\n".join(main(Path(sys.argv[1]) / "gemara")) or 0)
