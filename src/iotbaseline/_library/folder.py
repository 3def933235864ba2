"""A store that reads a folder of data files, each when it is first needed.

Each file is checked against its hash in the manifest, and each record against its type. What is wrong is one
:class:`~iotbaseline.errors.DataError` that names the file and the place.

Files are opened without pathlib, whose import takes as long as the first answer out of them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from os import PathLike
from typing import TYPE_CHECKING, Any, TypeVar, cast

from iotbaseline._library import garbage
from iotbaseline._library.layout import CrosswalkFile, File, Head, LineageFile, Manifest, ProfileFile, PublicationFile
from iotbaseline._library.once import Once
from iotbaseline._library.records import checked, checked_element, proven, proven_element
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.provenance import Fidelity
from iotbaseline._model.publication import Publication, PublicationInfo
from iotbaseline.errors import DataError, IntegrityError, shorten

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

    from iotbaseline._model.errata import Erratum
    from iotbaseline._model.lineage import LineageRecord
    from iotbaseline._model.mapping import Mapping
    from iotbaseline._model.sources import SourceText
    from iotbaseline._model.suggestions import EvidenceSuggestion


T = TypeVar("T")

_LARGEST = 100_000_000
MANIFEST = "manifest.json"
RESTORE = "restore the folder (reinstall iotbaseline; where the data are edited, run authoring/build.py)"


_ALONE = ("registry", "sources", "errata", "evidence")
_LISTED: dict[str, type] = {
    "publications": PublicationFile,
    "crosswalks": CrosswalkFile,
    "lineage": LineageFile,
    "profiles": ProfileFile,
}


class FolderStore:
    """The records in a folder, each checked field by field."""

    def __init__(self, folder: Traversable | PathLike[str] | str) -> None:
        self._folder = folder
        self._once = Once()

    def __str__(self) -> str:
        return f"data {self.data_version}"

    @property
    def folder(self) -> Traversable | PathLike[str] | str:
        return self._folder

    @property
    def data_version(self) -> str:
        return self._manifest["data_version"]

    @property
    def publications(self) -> tuple[PublicationInfo, ...]:
        return self._once(("registry",), self._read_registry)

    @property
    def element_keys(self) -> tuple[str, ...]:
        return tuple(self._element_files)

    def publication(self, key: str) -> Publication:
        return self._once(("publication", key), lambda: self._read_publication(self._infos[key]))

    @property
    def crosswalk_pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple(self._crosswalk_files)

    def mappings(self, subject: str, obj: str) -> tuple[Mapping, ...]:
        entry = self._crosswalk_files.get((subject, obj))
        if entry is None:
            return ()
        return self._once(("crosswalk", subject, obj), lambda: self._read_mappings(entry))

    @property
    def lineage_pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple(self._lineage_files)

    def lineage(self, before: str, after: str) -> tuple[LineageRecord, ...]:
        """The lineage records; raises :class:`~iotbaseline.errors.DataError` if one names no or an unknown element."""
        entry = self._lineage_files.get((before, after))
        return () if entry is None else self._once(("lineage", before, after), lambda: self._read_lineage(entry))

    @property
    def profile_keys(self) -> tuple[str, ...]:
        return tuple(entry["profile"] for entry in self._manifest.get("profiles", ()))

    def profile_text(self, key: str) -> tuple[str, str]:
        entry = next(entry for entry in self._manifest.get("profiles", ()) if entry["profile"] == key)
        return entry["file"], self._text(entry)

    @property
    def errata(self) -> tuple[Erratum, ...]:
        return self._once(("errata",), self._read_errata)

    @property
    def sources(self) -> tuple[SourceText, ...]:
        return self._once(("sources",), self._read_sources)

    @property
    def suggestions(self) -> tuple[EvidenceSuggestion, ...]:
        return self._once(("suggestions",), self._read_suggestions)

    # The manifest, and its entries by key.

    @property
    def _manifest(self) -> Manifest:
        return self._once(("manifest",), self._read_manifest)

    def _read_manifest(self) -> Manifest:
        return checked(MANIFEST, "top", _document(MANIFEST, self._content(MANIFEST)), Manifest)

    @property
    def _infos(self) -> dict[str, PublicationInfo]:
        return self._once(("infos",), lambda: {info.key: info for info in self.publications})

    @property
    def _element_files(self) -> dict[str, PublicationFile]:
        return self._once(("files",), lambda: {entry["publication"]: entry for entry in self._manifest["publications"]})

    @property
    def _crosswalk_files(self) -> dict[tuple[str, str], CrosswalkFile]:
        entries = self._manifest["crosswalks"]
        return self._once(("crosswalks",), lambda: {(entry["subject"], entry["object"]): entry for entry in entries})

    @property
    def _lineage_files(self) -> dict[tuple[str, str], LineageFile]:
        entries = self._manifest["lineage"]
        return self._once(("lineages",), lambda: {(entry["before"], entry["after"]): entry for entry in entries})

    # Reading files into records. What is not asked for by most questions is imported when it is read.

    def _content(self, file: str, expected: str | None = None) -> str:
        """The text of a file; its SHA-256 must be the expected one, if that is given."""
        try:
            raw = _bytes(self.folder, file)
        except (OSError, ValueError) as error:
            raise DataError(file, "whole file", f"it cannot be read ({error})", RESTORE) from error
        if len(raw) > _LARGEST:
            raise DataError(file, "whole file", f"it is larger than {_LARGEST} bytes", RESTORE)
        if expected is not None and sha256(raw).hexdigest() != expected:
            raise IntegrityError(file, "whole file", "its SHA-256 is not the one in manifest.json", RESTORE)
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise DataError(file, f"byte {error.start}", "it is not UTF-8", "save it as UTF-8") from error

    def _text(self, entry: File) -> str:
        return self._content(entry["file"], entry["sha256"])

    def _listed(self, entry: File, name: str, kind: type[T]) -> tuple[T, ...]:
        """The records that a file lists under ``name``, as instances of a type."""
        records = enumerate(_records(entry["file"], _document(entry["file"], self._text(entry)), name))
        return tuple([self._record(entry["file"], f"{name}[{number}]", record, kind) for number, record in records])

    def _record(self, file: str, place: str, record: object, kind: type[T]) -> T:
        return checked(file, place, record, kind)

    def _parsed(self, file: str, text: str) -> dict[str, object]:
        """The document of a publication."""
        return _document(file, text)

    def _head(self, file: str, record: object) -> Head:
        return checked(file, "top", record, Head)

    def _elements(self, file: str, key: str, records: list[object]) -> tuple[Element, ...]:
        numbered = enumerate(records)
        elements = tuple(checked_element(file, f"elements[{number}]", record) for number, record in numbered)
        _check_tree(file, key, elements)
        return elements

    def _read_registry(self) -> tuple[PublicationInfo, ...]:
        entry = self._manifest["registry"]
        infos = self._listed(entry, "publications", PublicationInfo)
        _require_unique(entry["file"], "publications", [info.key for info in infos])
        _require_unlike(entry["file"], "publications", [info.key for info in infos], identifiers.fold_publication)
        return infos

    def _read_publication(self, info: PublicationInfo) -> Publication:
        entry = self._element_files.get(info.key)
        if entry is None:
            return Publication(info=info, elements=(), fidelity=info.fidelity, missing=info.missing)
        file = entry["file"]
        document = self._parsed(file, self._text(entry))
        records = _records(file, document, "elements")
        rest = {name: value for name, value in document.items() if name != "elements"}
        head = self._head(file, rest)
        if head["publication"] != info.key:
            raise DataError(file, "publication", f"it is {shorten(head['publication'])}", f"write {info.key}")
        return Publication(
            info=info,
            elements=self._elements(file, info.key, records),
            fidelity=head["fidelity"],
            complete=tuple(head.get("complete", ())),
            missing=head["missing"],
        )

    def _read_mappings(self, entry: CrosswalkFile) -> tuple[Mapping, ...]:
        from iotbaseline._library import sssom

        return sssom.read(self._text(entry), entry["file"])

    def _read_sources(self) -> tuple[SourceText, ...]:
        from iotbaseline._model.sources import SourceText

        return self._listed(self._manifest["sources"], "sources", SourceText)

    def _read_errata(self) -> tuple[Erratum, ...]:
        from iotbaseline._model.errata import Erratum

        return self._listed(self._manifest["errata"], "errata", Erratum)

    def _read_suggestions(self) -> tuple[EvidenceSuggestion, ...]:
        from iotbaseline._model.suggestions import EvidenceSuggestion

        entry = self._manifest.get("evidence")
        return () if entry is None else self._listed(entry, "evidence", EvidenceSuggestion)

    def _read_lineage(self, entry: LineageFile) -> tuple[LineageRecord, ...]:
        from iotbaseline._model.lineage import LineageRecord

        records = self._listed(entry, "records", LineageRecord)
        ends = {key: self.publication(key) if key in self._infos else None for key in (entry["before"], entry["after"])}
        for number, record in enumerate(records):
            place = f"records[{number}]"
            if not record.before and not record.after:
                raise DataError(entry["file"], place, "it names no element", "name what became of what, or take it out")
            if bool(record.before) is (record.change == "added") or bool(record.after) is (record.change == "removed"):
                problem = f"elements {record.change}: {len(record.before)} before, {len(record.after)} after"
                raise DataError(entry["file"], place, problem, "correct the record")
            for key, named in ((entry["before"], record.before), (entry["after"], record.after)):
                publication = ends[key]
                for identifier in named:
                    if publication is None or not publication.has(identifier):
                        problem = f"there is no element {shorten(identifier)}"
                        raise DataError(entry["file"], place, problem, f"name an element of {key}")
        return records


class ShippedStore(FolderStore):
    """The records that ship, which are not checked: the tests did that, and the hashes prove them unchanged."""

    def __init__(self) -> None:
        self._once = Once()

    def __reduce__(self) -> str | tuple[object, ...]:
        return _shipped, ()

    @property
    def folder(self) -> Traversable | PathLike[str] | str:
        return shipped_data()

    def _read_manifest(self) -> Manifest:
        """No hash protects the manifest, so one that does not fit is read again with every check."""
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            document = _document(MANIFEST, self._content(MANIFEST))
            if _has_the_shape(document):
                return cast("Manifest", document)
        return super()._read_manifest()

    def _record(self, file: str, place: str, record: object, kind: type[T]) -> T:  # noqa: ARG002
        return proven(record, kind)

    def _parsed(self, file: str, text: str) -> dict[str, object]:
        """The document, in which the elements are made already."""
        with garbage.put_off():
            document = _document(file, text, proven_element)
            garbage.let_rest()
        return document

    def _head(self, file: str, record: object) -> Head:  # noqa: ARG002
        head = cast("Head", record)
        return {**head, "fidelity": Fidelity(head["fidelity"])}

    def _elements(self, file: str, key: str, records: list[object]) -> tuple[Element, ...]:  # noqa: ARG002
        return tuple(cast("list[Element]", records))


SHIPPED = ShippedStore()
"""The shipped store of this process, which every unpickled shipped store becomes."""


def _shipped() -> ShippedStore:
    return SHIPPED


@cache
def shipped_data() -> Traversable | str:
    """The folder of data files: inside the package as installed or zipped, beside ``src/`` in a checkout."""
    package = os.path.dirname(os.path.dirname(__file__))
    for folder in (os.path.join(package, "data"), os.path.join(package, "..", "..", "data")):
        if os.path.isfile(os.path.join(folder, MANIFEST)):
            return os.path.normpath(folder)
    from importlib_resources import files

    return files("iotbaseline") / "data"


def _bytes(folder: Traversable | PathLike[str] | str, file: str) -> bytes:
    """The content of a file, or enough of it to see that it is too large; a pipe or a device would never end."""
    parts = file.split("/")
    if not isinstance(folder, str | PathLike):
        packed = folder.joinpath(*parts)
        if not packed.is_file():
            raise OSError("there is no such file")
        with packed.open("rb") as stream:
            return stream.read(_LARGEST + 1)
    path = os.path.join(folder, *parts)
    if not os.path.isfile(path):
        raise OSError("there is no such file")
    with open(path, "rb") as stream:
        return stream.read(min(os.path.getsize(path), _LARGEST) + 1)


def _has_the_shape(manifest: dict[str, Any]) -> bool:
    """Whether a manifest has the fields that it should have."""
    entries: list[tuple[dict[str, object], type]] = [(manifest[name], File) for name in _ALONE]
    entries += [(entry, kind) for name, kind in _LISTED.items() for entry in manifest[name]]
    fits = (entry.keys() == kind.__annotations__.keys() for entry, kind in entries)
    return manifest.keys() == Manifest.__annotations__.keys() and all(fits)


def _document(file: str, text: str, hook: Callable[[dict[str, object]], object] | None = None) -> dict[str, object]:
    try:
        document = json.loads(text, object_hook=hook)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise DataError(file, place, f"it is not JSON ({error.msg})", "restore the file") from error
    except ValueError as error:
        raise DataError(file, "whole file", f"it holds a value out of bounds ({error})", "restore the file") from error
    except RecursionError as error:
        raise DataError(file, "whole file", "it is nested too deeply", "restore the file") from error
    if not isinstance(document, dict):
        raise DataError(file, "top", "it is not a JSON object", "restore the file")
    return cast("dict[str, object]", document)


def _records(file: str, document: dict[str, object], name: str) -> list[object]:
    records = document.get(name)
    if not isinstance(records, list):
        raise DataError(file, name, "it is not a list of records", "restore the file")
    return cast("list[object]", records)


def _check_tree(file: str, key: str, elements: tuple[Element, ...]) -> None:
    prefix = f"{key}:"
    _require_unique(file, "elements", [element.id for element in elements])
    _require_unlike(file, "elements", [element.id for element in elements], identifiers.fold_local)
    above: set[str] = set()
    for number, element in enumerate(elements):
        if not element.id.startswith(prefix):
            problem = f"{shorten(element.id)} is not of {key}"
            raise DataError(file, f"elements[{number}]", problem, f"start it with {prefix}")
        if element.parent is not None and element.parent not in above:
            problem = f"the parent {shorten(element.parent)} of {element.id} is not listed before it"
            raise DataError(file, f"elements[{number}]", problem, "put the parent first or correct its name")
        above.add(element.id)


def _require_unique(file: str, place: str, names: list[str]) -> None:
    if len(set(names)) != len(names):
        twice = next(name for number, name in enumerate(names) if name in names[:number])
        raise DataError(file, place, f"{shorten(twice)} occurs twice", "give each record its own identifier")


def _require_unlike(file: str, place: str, names: list[str], fold: Callable[[str], str]) -> None:
    """No two names may be spellings of one: only one of them could be found."""
    first: dict[str, str] = {}
    for name in names:
        other = first.setdefault(fold(name), name)
        if other != name:
            problem = f"{shorten(name)} is another spelling of {shorten(other)}"
            raise DataError(file, place, problem, "give each record its own identifier")
