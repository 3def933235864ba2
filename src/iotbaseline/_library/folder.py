"""A folder of data files, each checked against the hash that the manifest lists."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from attrs import frozen

from iotbaseline._model.element import Element
from iotbaseline._model.provenance import Fidelity
from iotbaseline.errors import DataError, shorten

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable


MANIFEST = "manifest.json"
RESTORE = "restore the folder (reinstall iotbaseline; where the data are edited, run authoring/build.py)"


@frozen
class SourceText:
    """A text that records were made from: its publication, public address, SHA-256 and fidelity."""

    name: str
    publication: str | None
    sha256: str
    address: str
    fidelity: str
    use: str | None = None


@frozen
class File:
    file: str
    sha256: str


@frozen
class PublicationFile:
    file: str
    sha256: str
    publication: str


@frozen
class CrosswalkFile:
    file: str
    sha256: str
    subject: str
    object: str


@frozen
class LineageFile:
    file: str
    sha256: str
    before: str
    after: str


@frozen
class _ProfileFile:
    file: str
    sha256: str
    profile: str


@frozen
class ElementFile:
    publication: str
    fidelity: Fidelity
    missing: str | None
    complete: tuple[str, ...] = ()


@frozen
class Manifest:
    data_version: str
    registry: File
    sources: File
    errata: File
    publications: tuple[PublicationFile, ...]
    crosswalks: tuple[CrosswalkFile, ...]
    lineage: tuple[LineageFile, ...]
    profiles: tuple[_ProfileFile, ...] = ()


@cache
def shipped_data() -> Traversable | Path:
    """The folder of data files: inside the package as installed or zipped, beside ``src/`` in a checkout."""
    from importlib_resources import files

    inside = files("iotbaseline") / "data"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "data"


def listed_records(file: str, document: dict[str, object], name: str) -> list[object]:
    records = document.get(name)
    if not isinstance(records, list):
        raise DataError(file, name, "it is not a list of records", "restore the file")
    return cast("list[object]", records)


def check_tree(file: str, key: str, elements: tuple[Element, ...]) -> None:
    prefix = f"{key}:"
    require_unique(file, "elements", [element.id for element in elements])
    above: set[str] = set()
    for number, element in enumerate(elements):
        if not element.id.startswith(prefix):
            problem = f"{shorten(element.id)} is not of {key}"
            raise DataError(file, f"elements[{number}]", problem, f"let it start with {prefix}")
        if element.parent is not None and element.parent not in above:
            problem = f"the parent {shorten(element.parent)} of {element.id} does not stand before it"
            raise DataError(file, f"elements[{number}]", problem, "put the parent first or correct its name")
        above.add(element.id)


def require_unique(file: str, place: str, names: list[str]) -> None:
    if len(set(names)) != len(names):
        twice = next(name for number, name in enumerate(names) if name in names[:number])
        raise DataError(file, place, f"{shorten(twice)} occurs twice", "give each record an identifier of its own")
