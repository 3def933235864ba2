"""The data files read once, lazily and thread-safely, into the model.

Every file is checked against the hash that the manifest lists before it is read, and every record against
its type; whatever is wrong gives one :class:`~iotbaseline.errors.DataError` that names the file and the place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar, cast

from attrs import fields_dict

from iotbaseline._display.results import Listing
from iotbaseline._library import references, sssom
from iotbaseline._library.folder import (
    MANIFEST,
    RESTORE,
    CrosswalkFile,
    ElementFile,
    File,
    LineageFile,
    Manifest,
    PublicationFile,
    SourceText,
    check_tree,
    listed_records,
    require_unique,
    shipped_data,
)
from iotbaseline._library.records import all_proven, checked, checked_element, proven, proven_elements
from iotbaseline._library.references import referred
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.errata import Erratum
from iotbaseline._model.lineage import LineageRecord
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Status
from iotbaseline._model.publication import Publication, PublicationInfo
from iotbaseline.errors import DataError, IntegrityError, UnknownIdentifierError, shorten

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable


T = TypeVar("T")


class Library:
    """Everything in one folder of data files; without an argument, in the one that ships with the package."""

    def __init__(self, folder: Traversable | Path | str | None = None) -> None:
        self._folder = Path(folder) if isinstance(folder, str) else folder
        self._lock = RLock()
        self._read: dict[tuple[str, ...], object] = {}

    def __repr__(self) -> str:
        return f"<Library data {self.data_version}: {len(self.publications)} publications>"

    def once(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return what ``make`` makes, which is made once for each key however many threads ask."""
        if key not in self._read:
            with self._lock:
                if key not in self._read:
                    self._read[key] = make()
        return cast("T", self._read[key])

    def _text(self, file: str, expected: str | None) -> str:
        folder = shipped_data() if self._folder is None else self._folder
        try:
            raw = folder.joinpath(*file.split("/")).read_bytes()
        except (OSError, ValueError) as error:
            raise DataError(file, "whole file", f"it cannot be read ({error})", RESTORE) from error
        if expected is not None and sha256(raw).hexdigest() != expected:
            raise IntegrityError(file, "whole file", "its SHA-256 is not the one in manifest.json", RESTORE)
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise DataError(file, f"byte {error.start}", "it is not UTF-8", "save it as UTF-8") from error

    def _json(self, file: str, expected: str | None) -> dict[str, object]:
        text = self._text(file, expected)
        try:
            document = json.loads(text)
        except json.JSONDecodeError as error:
            place = f"line {error.lineno} column {error.colno}"
            raise DataError(file, place, f"it is not JSON ({error.msg})", "restore the file") from error
        except ValueError as error:
            raise DataError(
                file, "whole file", f"it holds a value out of bounds ({error})", "restore the file"
            ) from error
        except RecursionError as error:
            raise DataError(file, "whole file", "it is nested too deeply", "restore the file") from error
        if not isinstance(document, dict):
            raise DataError(file, "top", "it is not a JSON object", "restore the file")
        return cast("dict[str, object]", document)

    def _made(self, file: str, place: str, record: object, kind: type[T]) -> T:
        return proven(record, kind) if self._folder is None else checked(file, place, record, kind)

    def _all(self, entry: File | LineageFile, name: str, kind: type[T]) -> tuple[T, ...]:
        """Every record of one type in a file that lists them under ``name``."""
        records = listed_records(entry.file, self._json(entry.file, entry.sha256), name)
        if self._folder is None:
            return all_proven(records, kind)
        numbered = enumerate(records)
        return tuple(checked(entry.file, f"{name}[{number}]", record, kind) for number, record in numbered)

    @property
    def _manifest(self) -> Manifest:
        return self.once(("manifest",), self._read_manifest)

    def _read_manifest(self) -> Manifest:
        """No hash protects the manifest: what is wrong with it is said as in any other folder."""
        if self._folder is None:
            with suppress(AttributeError, KeyError, TypeError, ValueError):
                document = self._json(MANIFEST, None)
                if document.keys() == fields_dict(Manifest).keys():
                    return proven(document, Manifest)
        return checked(MANIFEST, "top", self._json(MANIFEST, None), Manifest)

    @property
    def _element_files(self) -> dict[str, PublicationFile]:
        return self.once(("files",), lambda: {entry.publication: entry for entry in self._manifest.publications})

    @property
    def data_version(self) -> str:
        """The version of the data, apart from the version of the code."""
        return self._manifest.data_version

    @property
    def publications(self) -> tuple[PublicationInfo, ...]:
        """The registry: every publication known, with or without elements."""
        return self.once(("registry",), self._read_registry)

    def _read_registry(self) -> tuple[PublicationInfo, ...]:
        found = self._all(self._manifest.registry, "publications", PublicationInfo)
        require_unique(self._manifest.registry.file, "publications", [info.key for info in found])
        return found

    @property
    def sources(self) -> tuple[SourceText, ...]:
        """The texts that the records were made from."""
        return self.once(("sources",), lambda: self._all(self._manifest.sources, "sources", SourceText))

    @property
    def _by_key(self) -> dict[str, PublicationInfo]:
        return self.once(("keys",), lambda: {info.key: info for info in self.publications})

    def errata(self, name: str | None = None) -> Listing[Erratum]:
        """The errors found in the publications, or in the one named as in :meth:`info`, which tells what is raised."""
        found = self.once(("errata",), lambda: Listing(self._all(self._manifest.errata, "errata", Erratum)))
        if name is None:
            return found
        key = self.info(name).key
        return Listing(erratum for erratum in found if erratum.publication == key)

    def _spellings(self) -> dict[str, PublicationInfo]:
        def make() -> dict[str, PublicationInfo]:
            table: dict[str, PublicationInfo] = {}
            for info in self.publications:
                for name in (info.key, info.pubid, info.doi, *info.aliases):
                    if name is not None:
                        table.setdefault(identifiers.fold_publication(name), info)
            for status in (Status.CURRENT, Status.UNKNOWN):
                for info in self.publications:
                    if info.status is status:
                        table.setdefault(identifiers.fold_publication(info.work), info)
            return table

        return self.once(("spellings",), make)

    def info(self, name: str) -> PublicationInfo:
        """Return the registry entry of a publication, named in any usual spelling.

        ``name@date`` names the revision of the same work that was published then, ``ir8259@2025-09``; where the
        named publication itself and another one fit, the other one. A name that is no publication's but a
        work's, ``SP 800-53``, means its current revision, or the one whose status is unknown. Raises
        :class:`~iotbaseline.errors.UnknownIdentifierError` with suggestions, or
        :class:`~iotbaseline.errors.IdentifierSyntaxError`.
        """
        plain = identifiers.checked(name)
        exact = self._by_key.get(plain)
        if exact is not None:
            return exact
        base, at, date = plain.partition("@")
        found = self._spellings().get(identifiers.fold_publication(base))
        if found is not None and at:
            dated = [each for each in self.revisions(found.key) if each.published]
            hits = [each for each in dated if date and (each.published or "").startswith(date)]
            others = [each for each in hits if each is not found] if len(hits) > 1 else hits
            if len(others) != 1:
                near = [f"{base}@{each.published}" for each in others or dated]
                raise UnknownIdentifierError("revision" if not others else "revision (several fit)", plain, near)
            found = others[0]
        if found is None:
            known = [name for info in self.publications for name in (info.key, info.pubid, *info.aliases) if name]
            raise UnknownIdentifierError("publication", plain, identifiers.nearest(plain.partition(":")[0], known))
        return found

    def knows(self, key: str) -> bool:
        """Whether the registry has a publication of exactly that key."""
        return key in self._by_key

    def revisions(self, name: str) -> Listing[PublicationInfo]:
        """The lineage of a work: all its revisions that the registry knows, oldest first."""
        work = self.info(name).work
        return Listing(
            sorted(
                (info for info in self.publications if info.work == work), key=lambda info: f"{info.published or 9}~"
            )
        )

    def load(self, name: str) -> Publication:
        """Return a publication with its elements; named as in :meth:`info`, which tells what is raised.

        A withdrawn or superseded publication loads like any other; its ``notice`` and its display say so.
        """
        info = self.info(name)
        return self.once(("publication", info.key), lambda: self._read_publication(info))

    def _read_publication(self, info: PublicationInfo) -> Publication:
        entry = self._element_files.get(info.key)
        if entry is None:
            return Publication(info=info, elements=(), fidelity=info.fidelity, missing=info.missing)
        file = entry.file
        document = self._json(file, entry.sha256)
        records = listed_records(file, document, "elements")
        rest = {name: value for name, value in document.items() if name != "elements"}
        head = self._made(file, "top", rest, ElementFile)
        if head.publication != info.key:
            raise DataError(file, "publication", f"it is {shorten(head.publication)}", f"write {info.key}")
        if self._folder is None:
            elements = proven_elements(records)
        else:
            numbered = enumerate(records)
            elements = tuple(checked_element(file, f"elements[{number}]", record) for number, record in numbered)
            check_tree(file, info.key, elements)
        return Publication(
            info=info, elements=elements, fidelity=head.fidelity, complete=head.complete, missing=head.missing
        )

    def get(self, identifier: str) -> Element:
        """Return one element by its CURIE in any usual spelling: ``ir8425:documentation.1.f``, ``AC-2(3)``.

        Raises :class:`~iotbaseline.errors.UnknownIdentifierError` with suggestions, or
        :class:`~iotbaseline.errors.IdentifierSyntaxError`.
        """
        plain = identifiers.checked(identifier)
        publication, local = identifiers.split(plain)
        if publication is None:
            holders = (key for key in self._held_keys() if self.load(key).get(local) is not None)
            near = [f"{key}:{local}" for key, _ in zip(holders, range(3), strict=False)]
            raise UnknownIdentifierError(
                "element (it names no publication, as in 'ir8425:data-protection')", plain, near
            )
        return self.load(publication)[local]

    def parse_reference(self, text: str) -> Listing[Element]:
        """Return the elements that a reference in the notation of SP 800-213A names: ``DO:SMP(5e,f,g,h)``.

        Raises :class:`~iotbaseline.errors.IdentifierSyntaxError` for what is not in the notation, and
        :class:`~iotbaseline.errors.UnknownIdentifierError`, naming what there is, for what does not exist.
        """
        catalog = self.load("sp800-213a")
        return Listing(referred(catalog, local) for local in references.expand_reference(identifiers.checked(text)))

    def url(self, identifier: str) -> str | None:
        """The public address of a publication or element, or ``None`` where no address is known.

        Raises what :meth:`info` and :meth:`get` raise.
        """
        publication, local = identifiers.split(identifiers.checked(identifier))
        info = self.info(publication if publication is not None else local)
        address = f"https://doi.org/{info.doi}" if info.doi else info.url
        if publication is None or address is None:
            return address
        return f"{address}#{self.load(info.key)[local].local}"

    def crosswalk_pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair (subject publication, object publication) that mappings are held for."""
        return tuple((each.subject, each.object) for each in self._manifest.crosswalks)

    def mappings(self, subject: str, obj: str) -> tuple[Mapping, ...]:
        """The mappings held from one publication to another, by their keys; none if there is no such crosswalk."""
        for entry in self._manifest.crosswalks:
            if (entry.subject, entry.object) == (subject, obj):
                return self._mapping_file(entry)
        return ()

    def _mapping_file(self, entry: CrosswalkFile) -> tuple[Mapping, ...]:
        return self.once(
            ("crosswalk", entry.file), lambda: sssom.read(self._text(entry.file, entry.sha256), entry.file)
        )

    def lineage_pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair (earlier publication, later publication) that lineage records are held for."""
        return tuple((each.before, each.after) for each in self._manifest.lineage)

    def lineage(self, before: str, after: str) -> tuple[LineageRecord, ...]:
        """The lineage records held between two publications, by their keys.

        Raises :class:`~iotbaseline.errors.DataError` for a record that names no or an unknown element.
        """
        for entry in self._manifest.lineage:
            if (entry.before, entry.after) == (before, after):
                return self._lineage_file(entry)
        return ()

    def _lineage_file(self, entry: LineageFile) -> tuple[LineageRecord, ...]:
        return self.once(("lineage", entry.file), lambda: self._read_lineage(entry))

    def _read_lineage(self, entry: LineageFile) -> tuple[LineageRecord, ...]:
        found = self._all(entry, "records", LineageRecord)
        before, after = self.load(entry.before), self.load(entry.after)
        for number, record in enumerate(found):
            if not record.before and not record.after:
                fix = "name what became of what, or take it out"
                raise DataError(entry.file, f"records[{number}]", "it names no element", fix)
            for publication, named in ((before, record.before), (after, record.after)):
                for identifier in named:
                    if not publication.has(identifier):
                        problem, fix = (
                            f"there is no element {shorten(identifier)}",
                            f"name an element of {publication.key}",
                        )
                        raise DataError(entry.file, f"records[{number}]", problem, fix)
        return found

    @property
    def profile_keys(self) -> tuple[str, ...]:
        """The keys of the profiles held, which :func:`~iotbaseline.profile` takes."""
        return tuple(each.profile for each in self._manifest.profiles)

    def profile_text(self, key: str) -> tuple[str, str]:
        """The name of the file of a profile, and what it says.

        Raises :class:`~iotbaseline.errors.UnknownIdentifierError` with suggestions if there is no such profile.
        """
        for entry in self._manifest.profiles:
            if entry.profile == key:
                return entry.file, self._text(entry.file, entry.sha256)
        raise UnknownIdentifierError("profile", identifiers.text(key), identifiers.nearest(key, self.profile_keys))

    def _held_keys(self) -> tuple[str, ...]:
        return tuple(self._element_files)

    def load_all(self) -> tuple[Publication, ...]:
        """Every publication that has elements."""
        return tuple(self.load(key) for key in self._held_keys())

    def overlaid(
        self,
        *,
        publications: Iterable[Publication] = (),
        mappings: dict[tuple[str, str], tuple[Mapping, ...]] | None = None,
    ) -> Library:
        """Return a new library that holds these beside all that this one holds; this one stays as it is.

        ``mappings`` are given by their subject and object publications and follow those held between the same two;
        equal ones are held once. Nothing is checked here: :func:`~iotbaseline.with_framework` and
        :func:`~iotbaseline.with_crosswalk` see to it that keys are new and that what is mapped exists.
        """
        return _Overlaid(self, {publication.key: publication for publication in publications}, mappings or {})


_OF_THE_FOLDER = frozenset({"manifest", "sources", "errata", "crosswalk", "lineage"})
"""What the files of the folder alone decide, so that a library and those laid over it share it."""


class _Overlaid(Library):
    """A library with the user's own beside what is in its folder, which the library below reads and keeps.

    Both use one lock, so that neither can wait for the other while it holds its own.
    """

    def __init__(
        self, library: Library, own: dict[str, Publication], mappings: dict[tuple[str, str], tuple[Mapping, ...]]
    ) -> None:
        super().__init__(library._folder)
        self._lock = library._lock
        self._below, self._own = library, own
        held: dict[tuple[str, str], tuple[Mapping, ...]] = {}
        if isinstance(library, _Overlaid):
            self._below, self._own, held = library._below, library._own | own, library._own_mappings
        self._own_mappings: dict[tuple[str, str], tuple[Mapping, ...]] = {
            pair: tuple(dict.fromkeys(held.get(pair, ()) + mappings.get(pair, ()))) for pair in held | mappings
        }

    def __repr__(self) -> str:
        files = sorted({mapping.source for held in self._own_mappings.values() for mapping in held})
        count = sum(map(len, self._own_mappings.values()))
        own = [*self._own, f"{count} mappings of {', '.join(files)}"] if count else [*self._own]
        return f"{super().__repr__()[:-1]}; the user's own: {', '.join(own)}>"

    def once(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        return self._below.once(key, make) if key[0] in _OF_THE_FOLDER else super().once(key, make)

    def _read_registry(self) -> tuple[PublicationInfo, ...]:
        return self._below.publications + tuple(publication.info for publication in self._own.values())

    def _read_publication(self, info: PublicationInfo) -> Publication:
        return self._own[info.key] if info.key in self._own else self._below.load(info.key)

    def _held_keys(self) -> tuple[str, ...]:
        return (*super()._held_keys(), *self._own)

    def crosswalk_pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple(dict.fromkeys((*super().crosswalk_pairs(), *self._own_mappings)))

    def mappings(self, subject: str, obj: str) -> tuple[Mapping, ...]:
        return super().mappings(subject, obj) + self._own_mappings.get((subject, obj), ())


DEFAULT = Library()
"""The library that ships with the package."""

load = DEFAULT.load
get = DEFAULT.get
info = DEFAULT.info
revisions = DEFAULT.revisions
url = DEFAULT.url
errata = DEFAULT.errata
parse_reference = DEFAULT.parse_reference


def publications() -> Listing[PublicationInfo]:
    """The registry: every publication known, with or without elements."""
    return DEFAULT.once(("listed",), lambda: Listing(DEFAULT.publications))


def sources() -> tuple[SourceText, ...]:
    """The texts that the records were made from."""
    return DEFAULT.sources
