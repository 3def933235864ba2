"""A library and a folder of data with a few elements of some publications, so that an input costs little."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from attrs import evolve

import iotbaseline as ib
from iotbaseline._library.library import DEFAULT
from iotbaseline._library.memory import MemoryStore
from iotbaseline._model.publication import Publication
from tests.conftest import DATA, DataFolder
from tests.fuzz.target import place

_BEGINNINGS: dict[str, tuple[str, ...]] = {
    "sp800-53r4": ("ac-2", "ac-3"),
    "sp800-53r5": ("ac-2", "ac-3"),
    "ir8259": ("activity-1",),
    "ir8259r1": ("activity-",),
    "ir8259a": ("data-protection",),
    "ir8425": ("data-protection", "documentation"),
}
"""How the identifiers of the elements begin that are kept of each publication."""
_CROSSWALK = ("ir8425", "ir8259a")
_LINEAGES = (("sp800-53r4", "sp800-53r5"), ("ir8259", "ir8259r1"))
DATA_FILES = (
    "manifest.json",
    "publications.json",
    "publications/ir8259.json",
    "publications/ir8259r1.json",
    "publications/ir8259a.json",
    "publications/ir8425.json",
    "crosswalks/ir8425--ir8259a.sssom.tsv",
    "lineage/ir8259--ir8259r1.json",
    "errata.json",
    "evidence.json",
    "SOURCES.json",
)
"""The files of the folder."""


def _cut(publication: Publication) -> Publication:
    kept = [element for element in publication if _is_known(publication.key, element.local)]
    known = {element.id for element in kept}
    whole = (each if each.parent in known else evolve(each, parent=None) for each in kept)
    return evolve(publication, elements=tuple(whole))


@cache
def library() -> ib.Library:
    """A few elements of each publication, with what joins them."""
    publications = [_cut(DEFAULT.load(key)) for key in _BEGINNINGS]
    known = {element.id for publication in publications for element in publication}
    mappings = [each for each in DEFAULT.mappings(*_CROSSWALK) if {each.subject, each.object} <= known]
    lineage = {
        pair: [record for record in DEFAULT.lineage(*pair) if known.issuperset((*record.before, *record.after))]
        for pair in _LINEAGES
    }
    return ib.Library(MemoryStore(publications, {_CROSSWALK: mappings}, lineage))


@cache
def folder() -> DataFolder:
    """Much the same as a folder of data."""
    made = DataFolder(place("data"))
    manifest = _read("manifest.json")
    for name in ("publications", "crosswalks", "lineage", "profiles"):
        manifest[name] = [entry for entry in manifest[name] if entry["file"] in DATA_FILES]
    made.path.mkdir()
    made.path.joinpath("manifest.json").write_text(json.dumps(manifest), "utf-8")
    for name in DATA_FILES[1:]:
        made.path.joinpath(name).parent.mkdir(exist_ok=True)
        made.write(name, _table(name) if name.endswith(".tsv") else _document(name))
    return made


def _document(name: str) -> bytes:
    """A file in JSON without what is about elements or publications that are left out."""
    held = _read(name)
    cut = {
        part: [each for each in value if _IS_KEPT.get(part, _all)(each)] if isinstance(value, list) else value
        for part, value in held.items()
    }
    return json.dumps(cut, indent=1).encode()


def _table(name: str) -> bytes:
    lines = (DATA / name).read_text("utf-8").split("\n")
    return "\n".join(line for line in lines if line[:1] in "#s" or _all_known(line.split("\t")[0:3:2])).encode()


def _all_known(identifiers: Iterable[str]) -> bool:
    return all(_is_known(*each.partition(":")[::2]) for each in identifiers)


def _is_known(key: str, local: str) -> bool:
    return local.startswith(_BEGINNINGS.get(key, ()))


def _all(_: object) -> bool:
    return True


_IS_KEPT: dict[str, Callable[[Any], bool]] = {
    "publications": lambda each: each["key"] in _BEGINNINGS,
    "elements": lambda each: _all_known([each["id"]]),
    "records": lambda each: _all_known([*each["before"], *each["after"]]),
    "errata": lambda each: each.get("elements") and _all_known(each["elements"]),
    "evidence": lambda each: _all_known([each["element"]]),
    "sources": lambda each: each["publication"] in _BEGINNINGS,
}
"""Which records of a list in a file are kept."""


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text("utf-8"))
