"""What several rooms need: the settings of Hypothesis, and a folder of data that a test may break."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import Phase, settings

from iotbaseline._library.library import Library
from iotbaseline._library.memory import MemoryStore
from iotbaseline._model.element import Element
from iotbaseline._model.lineage import LineageRecord
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Basis, Fidelity, Status
from iotbaseline._model.publication import Publication, PublicationInfo
from iotbaseline.relations import Relation

DATA = Path(__file__).parents[1] / "data"

settings.register_profile("gate", deadline=None, derandomize=True, database=None)
settings.register_profile("mutation", settings.get_profile("gate"), phases=(Phase.explicit, Phase.generate))
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
        manifest["evidence"],
        *manifest["publications"],
        *manifest["crosswalks"],
        *manifest["lineage"],
        *manifest["profiles"],
    ]


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    shutil.copytree(DATA, tmp_path / "data")
    return DataFolder(tmp_path / "data")


def _small_library(
    elements: Iterable[Element] = (),
    mappings: Iterable[Mapping] = (),
    lineage: Iterable[LineageRecord] = (),
    works: dict[str, str] | None = None,
) -> Library:
    """A library of a few elements, mappings and lineage records in memory.

    The publication of an element is told by its identifier; one that is only cited has no elements.
    """
    held: dict[str, list[Element]] = {}
    crosswalks: dict[tuple[str, str], list[Mapping]] = {}
    records: dict[tuple[str, str], list[LineageRecord]] = {}
    for element in elements:
        held.setdefault(element.publication, []).append(element)
    for mapping in mappings:
        subject, _, obj = mapping.source.partition("--")
        crosswalks.setdefault((subject, obj), []).append(mapping)
    for record in lineage:
        before, after = (side[0].partition(":")[0] for side in (record.before, record.after))
        records.setdefault((before, after), []).append(record)
    publications = [
        Publication(
            info=_info(key, (works or {}).get(key, key)), elements=tuple(held.get(key, ())), fidelity=Fidelity.FULL
        )
        for key in dict.fromkeys(chain(held, *crosswalks))
    ]
    return Library(MemoryStore(publications, crosswalks, records))


def _info(key: str, work: str) -> PublicationInfo:
    return PublicationInfo(
        key=key, work=work, pubid=None, title=None, role="test", series=None, stage="final", status=Status.CURRENT,
        published=None, doi=None, authors=None, fidelity=Fidelity.FULL,
    )  # fmt: skip


@pytest.fixture(scope="session")
def small_library() -> Callable[..., Library]:
    """What makes a small library, for tests cannot import from each other."""
    return _small_library


def _mapped(subject: str, relation: Relation, obj: str | None, **changes: Any) -> Mapping:
    """A mapping of made elements, official unless said otherwise."""
    keys = [(identifier or subject).partition(":")[0] for identifier in (subject, obj)]
    made = Mapping(
        subject=subject, relation=relation, object=obj, basis=Basis.OFFICIAL, fidelity=Fidelity.FULL,
        justification="semapv:ManualMappingCuration", source="--".join(keys),
    )  # fmt: skip
    return evolve(made, **changes)


@pytest.fixture(scope="session")
def mapped() -> Callable[..., Mapping]:
    return _mapped
