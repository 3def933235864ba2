"""data/SOURCES.json lists the source texts as they are: same files, same hashes."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "data"
FOLDER = os.environ.get("IOTBASELINE_SOURCES")
RECORDS: list[dict[str, Any]] = json.loads((DATA / "SOURCES.json").read_text("utf-8"))["sources"]

needs_sources = pytest.mark.skipif(not FOLDER, reason="IOTBASELINE_SOURCES does not name the folder of source texts")


def test_publications_are_registered() -> None:
    registry = json.loads((DATA / "publications.json").read_text("utf-8"))["publications"]
    assert {record["publication"] for record in RECORDS} <= {record["key"] for record in registry} | {None}


def test_files_are_listed_once_and_in_order() -> None:
    names = [record["name"] for record in RECORDS]
    assert names == sorted(set(names))


@needs_sources
@pytest.mark.parametrize("record", RECORDS, ids=[record["name"] for record in RECORDS])
def test_hash_is_that_of_the_file(record: dict[str, Any]) -> None:
    assert sha256((Path(FOLDER or "") / record["name"]).read_bytes()).hexdigest() == record["sha256"]


@needs_sources
def test_every_file_is_listed() -> None:
    folder = Path(FOLDER or "")
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {record["name"] for record in RECORDS} == present - {"README.md", "SHA256SUMS"}
