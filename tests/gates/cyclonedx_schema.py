"""The JSON schema of CycloneDX and our own checks: every parent and every ``bom-ref`` is there, once."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs

SCHEMAS = files("cyclonedx") / "schema" / "_res"
BASE = "http://cyclonedx.org/schema/"
REFERRED = ("jsf-0.82", "spdx", "cryptography-defs")


def _schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.SNAPSHOT.schema.json").read_text("utf-8"))


def validator(version: str) -> Any:
    """The schema of a version, with those that it refers to."""
    others = [(f"{BASE}{name}.SNAPSHOT.schema.json", _schema(name)) for name in REFERRED]
    registry = jsonschema_rs.Registry(others)
    return jsonschema_rs.validator_for(_schema(f"bom-{version}"), registry=registry)


def problems_of(document: Any) -> list[str]:
    """What no schema sees: a ``bom-ref`` that two things have, a parent that is not there."""
    standards = document["definitions"]["standards"]
    requirements = [each for standard in standards for each in standard["requirements"]]
    times = Counter(each["bom-ref"] for each in (*standards, *requirements))
    twice = [f"{ref} is there {count} times" for ref, count in times.items() if count > 1]
    claimed = [row["requirement"] for each in document["declarations"]["attestations"] for row in each["map"]]
    twice += [f"an attestation is of {ref}, which is not there" for ref in claimed if ref not in times]
    return twice + [
        f"{each['bom-ref']} is below {each['parent']}, which is not there"
        for each in requirements
        if "parent" in each and each["parent"] not in times
    ]


DEFECTS: dict[str, Callable[[Any], object]] = {
    "a bad serial number": lambda d: d.update(serialNumber="12345"),
    "a requirement with a field there is not": lambda d: _requirement(d).update(sumary="x"),
    "a bom-ref twice": lambda d: _requirement(d).update({"bom-ref": d["definitions"]["standards"][0]["bom-ref"]}),
    "a parent that is not there": lambda d: _requirement(d).update(parent="no-such-requirement"),
    "an attestation of nothing": lambda d: d["declarations"]["attestations"][0]["map"][0].update(requirement="none"),
}


def _requirement(document: Any) -> Any:
    return document["definitions"]["standards"][0]["requirements"][-1]


def main(folder: Path) -> list[str]:
    """Everything that is wrong."""
    found: list[str] = []
    for versioned in sorted(folder.iterdir()):
        schema = validator(versioned.name)
        for path in sorted(versioned.glob("*.json")):
            document = json.loads(path.read_text("utf-8"))
            errors = [error.message[:200] for error in schema.iter_errors(document)]
            found += [f"{versioned.name}/{path.name}: {each}" for each in (*errors, *problems_of(document))]
        for defect, damage in DEFECTS.items():
            broken = json.loads((versioned / "ir8425.json").read_text("utf-8"))
            damage(broken)
            by = {"schema": not schema.is_valid(broken), "own checks": bool(problems_of(broken))}
            print(f"  {versioned.name}, {defect}: {', '.join(tool for tool, sees in by.items() if sees) or 'NOBODY'}")
            if not any(by.values()):
                found.append(f"nobody sees {defect}")
    return found


if __name__ == "__main__":
    sys.exit("\n".join(main(Path(sys.argv[1]) / "cyclonedx")) or 0)
