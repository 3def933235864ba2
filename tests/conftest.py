"""What several rooms need: the settings of Hypothesis, and a folder of data that a test may break."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from iotbaseline.library import Library

DATA = Path(__file__).parents[1] / "data"

settings.register_profile("gate", deadline=None, derandomize=True, database=None)
settings.load_profile("gate")


class DataFolder:
    """A copy of ``data/`` to break; a file that is rewritten gets its new hash into the manifest."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def library(self) -> Library:
        return Library(self.path)

    def read(self, file: str) -> Any:
        return json.loads((self.path / file).read_text("utf-8"))

    def write(self, file: str, raw: bytes, rehash: bool = True) -> None:
        (self.path / file).write_bytes(raw)
        if rehash and file != "manifest.json":
            manifest = self.read("manifest.json")
            for entry in _entries(manifest):
                if entry["file"] == file:
                    entry["sha256"] = sha256(raw).hexdigest()
            (self.path / "manifest.json").write_text(json.dumps(manifest), "utf-8")

    def edit(self, file: str, change: Callable[[Any], object]) -> None:
        """Let ``change`` alter the document in place."""
        document = self.read(file)
        change(document)
        self.write(file, json.dumps(document).encode())

    def edit_row(self, file: str, number: int, change: Callable[[list[str]], object]) -> None:
        """Let ``change`` alter one row of a mapping table in place; row 0 holds the names of the columns."""
        lines = (self.path / file).read_text("utf-8").split("\n")
        place = [place for place, line in enumerate(lines) if not line.startswith("#")][number]
        cells = lines[place].split("\t")
        change(cells)
        lines[place] = "\t".join(cells)
        self.write(file, "\n".join(lines).encode())


def _entries(manifest: Any) -> list[dict[str, str]]:
    return [
        manifest["registry"],
        manifest["sources"],
        manifest["errata"],
        *manifest["publications"],
        *manifest["crosswalks"],
        *manifest["lineage"],
        *manifest["profiles"],
    ]


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    shutil.copytree(DATA, tmp_path / "data")
    return DataFolder(tmp_path / "data")
