"""Write every data file that a script can write, then the manifest that lists all files with their hashes.

    IOTBASELINE_SOURCES=path/to/sources python authoring/build.py [BUILDER ...]

Without the sources only the manifest is written. Files that no builder writes (curated crosswalks) are
written by hand and listed like the others.
"""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from authoring.shared.files import DATA, dump

DATA_VERSION = "2026.11.0"
WINGS = ("registry", "publications", "crosswalks", "lineage", "profiles", "errata")
"""The folders of the builders, in the order in which they run."""


def builders() -> list[str]:
    """The builders as WING.MODULE: every module of a wing that has a function ``build``."""
    paths = (path for wing in WINGS for path in sorted((Path(__file__).parent / wing).glob("*.py")))
    return [f"{path.parent.name}.{path.stem}" for path in paths if "\ndef build(" in path.read_text("utf-8")]


def entry(path: Path) -> dict[str, str]:
    return {"file": path.relative_to(DATA).as_posix(), "sha256": sha256(path.read_bytes()).hexdigest()}


def pair(path: Path, suffix: str) -> tuple[str, str]:
    first, _, second = path.name.removesuffix(suffix).partition("--")
    return first, second


def write_manifest() -> None:
    publications = [
        {**entry(path), "publication": path.name.removesuffix(".json")}
        for path in sorted((DATA / "publications").glob("*.json"))
    ]
    crosswalks = [
        {**entry(path), "subject": subject, "object": obj}
        for path in sorted((DATA / "crosswalks").glob("*.sssom.tsv"))
        for subject, obj in [pair(path, ".sssom.tsv")]
    ]
    lineage = [
        {**entry(path), "before": before, "after": after}
        for path in sorted((DATA / "lineage").glob("*.json"))
        for before, after in [pair(path, ".json")]
    ]
    profiles = [
        {**entry(path), "profile": path.name.removesuffix(".json")}
        for path in sorted((DATA / "profiles").glob("*.json"))
    ]
    manifest = {
        "data_version": DATA_VERSION,
        "registry": entry(DATA / "publications.json"),
        "sources": entry(DATA / "SOURCES.json"),
        "errata": entry(DATA / "errata.json"),
        "publications": publications,
        "crosswalks": crosswalks,
        "lineage": lineage,
        "profiles": profiles,
    }
    (DATA / "manifest.json").write_text(dump(manifest), "utf-8")


def main(names: list[str]) -> None:
    if os.environ.get("IOTBASELINE_SOURCES"):
        for name in names or builders():
            import_module(f"authoring.{name}").build()
    write_manifest()


if __name__ == "__main__":
    main(sys.argv[1:])
