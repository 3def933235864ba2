"""Look-ups in a store of records, and the one resolver of names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from itertools import chain, islice
from os import PathLike
from typing import TYPE_CHECKING

from iotbaseline._display import hooks
from iotbaseline._display.results import Listing
from iotbaseline._library import hooks as package
from iotbaseline._library.folder import SHIPPED, FolderStore, ShippedStore
from iotbaseline._library.once import Once
from iotbaseline._library.store import Layers, MappingSet, Replacing, Store
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.provenance import Status
from iotbaseline._model.publication import Publication, PublicationInfo, of_local, unknown_element
from iotbaseline.errors import ArgumentTypeError, IoTBaselineError, KeyTakenError, UnknownIdentifierError, counted

if TYPE_CHECKING:
    from iotbaseline._model.errata import Erratum
    from iotbaseline._model.lineage import LineageRecord
    from iotbaseline._model.mapping import Mapping
    from iotbaseline._model.sources import SourceText
    from iotbaseline._model.suggestions import EvidenceSuggestion

_FINISHED = ("final", "published")
"""The stages that are no drafts."""


class Library:
    """Look-ups in a store of records: by default the data that ships, else a folder of data files.

    A library can be sent to another process, which reads the files again.
    """

    def __init__(self, source: Store | PathLike[str] | str | None = None) -> None:
        self._store = _opened(source)
        self._below: Library | None = None
        self._added: frozenset[str] = frozenset()
        self._more: dict[tuple[str, str], tuple[Mapping, ...]] = {}
        self.once = Once()
        """Call it with a key and a function: it calls the function once for each key and keeps the result."""

    def __repr__(self) -> str:
        return f"<Library {self._store}: {counted(len(self.publications), 'publication')}>"

    def __reduce__(self) -> str | tuple[object, ...]:
        return "DEFAULT" if self is DEFAULT else super().__reduce__()

    def extended(self, *things: Publication | MappingSet) -> Library:
        """Return a new library that also holds these publications and crosswalks; this one stays as it is.

        New mappings follow those already held between the same two publications; one that is already held from the
        same source is not added again. The new library shares what this one has read and computed.

        Raises :class:`~iotbaseline.errors.KeyTakenError` for a publication whose key is taken, and
        :class:`~iotbaseline.errors.UnknownIdentifierError` for a crosswalk from or to an unknown publication.
        """
        from iotbaseline._library.memory import MemoryStore

        for thing in things:
            if not isinstance(thing, Publication | MappingSet):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise ArgumentTypeError("things", type(thing).__name__, "publications and crosswalks")
        publications = [thing for thing in things if isinstance(thing, Publication)]
        crosswalks = [thing for thing in things if not isinstance(thing, Publication)]
        keys = {publication.key for publication in publications}
        for number, publication in enumerate(publications):
            self._check_key(publication.key, publications[:number])
        mappings: dict[tuple[str, str], tuple[Mapping, ...]] = {}
        for crosswalk in crosswalks:
            pair = (crosswalk.subject.key, crosswalk.object.key)
            for key in pair:
                _ = key in keys or self.info(key)
            mappings[pair] = tuple(dict.fromkeys(mappings.get(pair, ()) + crosswalk.mappings))
        store = MemoryStore(publications, mappings)
        library = Library(Layers(self._store, store))
        library._below, library._added, library._more = self, store.keys, mappings
        return library

    def replacing(self, publication: Publication, note: str) -> Library:
        """Return a new library that holds this in the place of the publication of the same key; the note tells why."""
        if not isinstance(publication, Publication):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ArgumentTypeError("publication", type(publication).__name__, "a publication")
        library = Library(Replacing(self._store, publication, note))
        library._below, library._added = self, frozenset({publication.key})
        return library

    def _check_key(self, key: str, others: Collection[Publication]) -> None:
        taken = self._spelled(key) or next((other.info for other in others if other.info.is_named(key)), None)
        if taken is not None:
            raise KeyTakenError(f"the key {key} is taken by {taken.key}", "choose another one")
        if key in (*self.profile_keys, "profile"):
            raise KeyTakenError(f"the key {key} is that of a profile, or begins those of all", "choose another one")

    def holder(self, key: str) -> Library:
        """The library lowest in the chain of extensions that knows as much about a publication as this one."""
        if self._below is None or key in self._added:
            return self
        return self._below.holder(key)

    def extends(self, key: str) -> tuple[Library, list[Mapping]] | None:
        """The library that this one extends, and the mappings that it adds from or to a publication.

        ``None`` if it extends none, or if the publication is another one than there.
        """
        if self._below is None or not self._below.knows(key) or self._below.load(key) is not self.load(key):
            return None
        added = (mappings for pair, mappings in self._more.items() if key in pair)
        return self._below, list(chain.from_iterable(added))

    @property
    def data_version(self) -> str:
        """The version of the data; the code has its own."""
        return self._store.data_version

    @property
    def publications(self) -> tuple[PublicationInfo, ...]:
        """The registry: every publication known, with or without elements."""
        return self.once(("registry",), lambda: self._store.publications)

    @property
    def sources(self) -> tuple[SourceText, ...]:
        """The texts that the records were made from."""
        return self._store.sources

    def errata(self, name: str | None = None) -> Listing[Erratum]:
        """The errors found in all publications, or in one; names and errors are those of :meth:`info`."""
        errata = self.once(("errata",), lambda: Listing(self._store.errata))
        if name is None:
            return errata
        key = self.info(name).key
        return Listing(erratum for erratum in errata if erratum.publication == key)

    def evidence_for(self, which: Element | str) -> Listing[EvidenceSuggestion]:
        """What an assessor would look at for an element, and what to look for.

        An element without suggestions of its own has those of the element that it is part of. Suggestions are held for
        IR 8425 and for the technical capabilities of SP 800-213A; for what asks for nothing there are none. Names and
        errors are those of :meth:`get`.
        """
        held = self.once(("suggestions",), self._suggestions_by_element)
        element = which if isinstance(which, Element) else self.get(which)
        while element.id not in held and element.parent is not None and element.traits.is_part:
            element = self.get(element.parent)
        return Listing(held.get(element.id, ()))

    def _suggestions_by_element(self) -> dict[str, list[EvidenceSuggestion]]:
        held: dict[str, list[EvidenceSuggestion]] = {}
        for suggestion in self._store.suggestions:
            held.setdefault(suggestion.element, []).append(suggestion)
        return held

    # Names.

    @property
    def _by_key(self) -> dict[str, PublicationInfo]:
        return self.once(("keys",), lambda: {info.key: info for info in self.publications})

    def _key_spellings(self) -> dict[str, PublicationInfo]:
        """Publications by the folded spellings of their keys, which nearly all names that people write fold to."""
        return {identifiers.fold_publication(key): info for key, info in reversed(self._by_key.items())}

    def _spellings(self) -> dict[str, PublicationInfo]:
        """Publications by the folded spellings of their names; a work means its current revision."""
        table: dict[str, PublicationInfo] = {}
        for info in self.publications:
            for name in info.names:
                table.setdefault(identifiers.fold_publication(name), info)
        for status in (Status.CURRENT, Status.UNKNOWN):
            for info in self.publications:
                if info.status is status:
                    table.setdefault(identifiers.fold_publication(info.work), info)
        return table

    def _names(self) -> identifiers.Names:
        """What publications are called, but for their DOIs, which are like each other."""
        listed = ((info.key, info.pubid, *info.aliases) for info in self.publications)
        return identifiers.Names(filter(None, chain.from_iterable(listed)))

    def _spelled(self, name: str) -> PublicationInfo | None:
        exact = self._by_key.get(name)
        if exact is not None:
            return exact
        folded = identifiers.fold_publication(name)
        spelled = self.once(("key spellings",), self._key_spellings).get(folded)
        return spelled or self.once(("spellings",), self._spellings).get(folded)

    def info(self, name: str) -> PublicationInfo:
        """Return the registry entry of a publication, named in any usual spelling.

        ``name@date`` (``ir8259@2025-09``) means the revision of the same work that was published on that date; if a
        final publication and its drafts fit, the final one. The name of a work that is not the name of a publication
        (``SP 800-53``) means its current revision, or else the one whose status is unknown. Raises
        :class:`~iotbaseline.errors.UnknownIdentifierError` with suggestions, or
        :class:`~iotbaseline.errors.IdentifierSyntaxError`.
        """
        exact = self._by_key.get(identifiers.text(name))
        if exact is not None:
            return exact
        plain = identifiers.checked(name)
        base, at, date = plain.partition("@")
        info = self._spelled(base)
        if info is None:
            known = self.once(("names",), self._names)
            raise UnknownIdentifierError("publication", plain, known.nearest(plain.partition(":")[0]))
        return self._dated(info, base, date) if at else info

    def _meant(self, name: str) -> PublicationInfo | None:
        """What :meth:`info` returns for a name, or ``None``; it suggests nothing."""
        base, at, date = name.partition("@")
        info = self._spelled(base)
        if info is None or not at:
            return info
        with suppress(UnknownIdentifierError):
            return self._dated(info, base, date)
        return None

    def _dated(self, info: PublicationInfo, base: str, date: str) -> PublicationInfo:
        """The revision of a work that was published on a date, in a month or in a year."""
        dated = [(revision.published, revision) for revision in self.revisions(info.key) if revision.published]
        hits = [(published, revision) for published, revision in dated if date and published.startswith(date)]
        chosen = [(published, revision) for published, revision in hits if revision.stage in _FINISHED] or hits
        if len(chosen) == 1:
            return chosen[0][1]
        what = "revision (several fit)" if chosen else "revision"
        raise UnknownIdentifierError(
            what, f"{base}@{date}", [f"{base}@{published}" for published, _ in chosen or dated]
        )

    def knows(self, key: str) -> bool:
        """Whether the registry has a publication of exactly that key."""
        return identifiers.text(key, "key") in self._by_key

    def revisions(self, name: str) -> Listing[PublicationInfo]:
        """The lineage of a work: all its revisions that the registry knows, oldest first."""
        return self.once(("revisions",), self._by_work)[self.info(name).work]

    def _by_work(self) -> dict[str, Listing[PublicationInfo]]:
        by_work: dict[str, list[PublicationInfo]] = {}
        for info in self.publications:
            by_work.setdefault(info.work, []).append(info)
        return {
            work: Listing(sorted(revisions, key=lambda info: f"{info.published or 9}~"))
            for work, revisions in by_work.items()
        }

    def load(self, name: str) -> Publication:
        """Return a publication with its elements; names and errors are those of :meth:`info`.

        A withdrawn or superseded publication loads like any other; its ``notice`` and its display say so.
        """
        key = self.info(name).key
        return self.once(("publication", key), lambda: self._store.publication(key))

    def load_all(self) -> tuple[Publication, ...]:
        """Every publication that has elements."""
        return tuple(self.load(key) for key in self._store.element_keys)

    def get(self, identifier: str) -> Element:
        """Return one element by its CURIE in any usual spelling: ``ir8425:documentation.1.f``, ``AC-2(3)``.

        Raises :class:`~iotbaseline.errors.UnknownIdentifierError` with suggestions, or
        :class:`~iotbaseline.errors.IdentifierSyntaxError`.
        """
        publication, local = self._split(identifier)
        element = publication.get(local)
        if element is None:
            raise unknown_element(publication, local, identifier)
        return element

    def identify(self, which: Element | str, argument: str = "identifier") -> str:
        """The exact identifier of an element; names and errors are those of :meth:`get`.

        For a publication without elements, the labels that mappings cite are accepted.
        """
        if isinstance(which, Element):
            return which.id
        publication, local = self._split(identifiers.checked(which, argument))
        if publication.elements:
            return self.get(which).id
        identifier = publication.identify(local)
        cited = self.once(("cited", publication.key), lambda: self._cited(publication.key))
        if identifier not in cited:
            near = identifiers.nearest(identifier, sorted(cited))
            raise UnknownIdentifierError(f"citation of {publication.key}", identifier, near)
        return identifier

    def split(self, name: str) -> tuple[str | None, str]:
        """Split a checked name into that of a publication, ``None`` if it names an element of none, and the rest.

        A colon ends the name of the publication, or it is the longest beginning that is one: ``IR 8425 Documentation``.
        Raises :class:`~iotbaseline.errors.ArgumentTypeError` if it is not a string.
        """
        publication, local = identifiers.split(identifiers.text(name, "name"))
        if " " not in name or self._is_publication(name if publication is None else publication):
            return publication, local
        parted = ((first, rest) for first, rest in identifiers.beginnings(name) if self._is_publication(first))
        return next(parted, (publication, local))

    def find(self, name: str) -> Element | None:
        """The element that a name with its publication means, or ``None``; it suggests nothing.

        Raises :class:`~iotbaseline.errors.IdentifierSyntaxError`.
        """
        publication, local = self.split(identifiers.checked(name))
        info = None if publication is None else self._spelled(publication)
        return None if info is None else self.load(info.key).get(local)

    def local(self, name: str, publication: Publication) -> str:
        """A checked name without that of the publication, which may also be named by its work: ``SP 800-53 AC-2``.

        Raises :class:`~iotbaseline.errors.ArgumentTypeError` for a name or publication of another type.
        """
        if not isinstance(publication, Publication):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ArgumentTypeError("publication", type(publication).__name__, "a publication")
        first, rest = self.split(name)
        info = None if first is None else self._meant(first)
        return rest if info is not None and info.key == publication.key else publication.local(name)

    def _is_publication(self, name: str) -> bool:
        base, _, date = name.partition("@")
        return " " not in date and self._spelled(base) is not None

    def _split(self, identifier: str) -> tuple[Publication, str]:
        """The publication that an identifier names, and the rest of it."""
        plain = identifiers.checked(identifier)
        publication, local = self.split(plain)
        if publication is not None:
            return self.load(publication), local or identifiers.checked(local)
        held = (of_local(self.load(key), local) for key in self._store.element_keys)
        near = [element.id for element in islice(filter(None, held), 3)]
        raise UnknownIdentifierError("element (name its publication too, as in 'ir8425:data-protection')", plain, near)

    def _cited(self, key: str) -> frozenset[str]:
        """The identifiers in a publication that mappings cite."""
        pairs = [pair for pair in self.crosswalk_pairs() if key in pair]
        mappings = (mapping for pair in pairs for mapping in self.mappings(*pair))
        ends = (end for mapping in mappings for end in (mapping.subject, mapping.object) if end is not None)
        return frozenset(end for end in ends if end.startswith(f"{key}:"))

    def parse_reference(self, text: str) -> Listing[Element]:
        """Return the elements that a reference names: ``DO:SMP(5e,f)`` of SP 800-213A, or ``AC-2(3)`` of SP 800-53r5.

        References of one of the two notations may follow each other, with commas between them. A control enhancement
        does not bring its control. Raises :class:`~iotbaseline.errors.IdentifierSyntaxError` if the text is in neither
        notation, and :class:`~iotbaseline.errors.UnknownIdentifierError`, which suggests what exists, if an element
        does not.
        """
        from iotbaseline._library import references

        plain = identifiers.checked(text)
        if controls := references.expand_controls(plain):
            return Listing(self.get(control) for control in controls)
        catalog = self.load("sp800-213a")
        locals_ = references.expand_reference(plain)
        return Listing(references.referred(catalog, local) for local in locals_)

    def url(self, identifier: str) -> str | None:
        """The DOI, or else the page, of a publication, or of the one that an element is in; ``None`` if it has neither.

        Where in the publication an element stands is its ``locator``. Raises what :meth:`info` and :meth:`get` raise.
        """
        publication, local = self.split(identifiers.checked(identifier))
        info = self.info(local if publication is None else self.get(identifier).publication)
        return f"https://doi.org/{info.doi}" if info.doi else info.url

    # Mappings and lineage.

    def crosswalk_pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair (subject publication, object publication) that mappings are held for."""
        return self.once(("pairs",), lambda: self._store.crosswalk_pairs)

    def mappings(self, subject: str, obj: str) -> tuple[Mapping, ...]:
        """The mappings held from one publication to another; none if there is no such crosswalk.

        Names and errors are those of :meth:`info`.
        """
        return self._store.mappings(self.info(subject).key, self.info(obj).key)

    def lineage_pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair (earlier publication, later publication) that lineage records are held for."""
        return self._store.lineage_pairs

    def lineage(self, before: str, after: str) -> tuple[LineageRecord, ...]:
        """The lineage records held between two publications; names and errors are those of :meth:`info`.

        Also raises :class:`~iotbaseline.errors.DataError` if a record names no element, or an unknown one.
        """
        return self._store.lineage(self.info(before).key, self.info(after).key)

    # Profiles.

    @property
    def profile_keys(self) -> tuple[str, ...]:
        """The keys of the profiles that are held; :func:`~iotbaseline.profile` takes them."""
        return self._store.profile_keys

    def profile_text(self, key: str) -> tuple[str, str]:
        """The file name and the text of a profile.

        Raises :class:`~iotbaseline.errors.UnknownIdentifierError` with suggestions if there is no such profile.
        """
        if identifiers.text(key) not in self.profile_keys:
            raise UnknownIdentifierError("profile", key, identifiers.nearest(key, self.profile_keys))
        return self._store.profile_text(key)


def _opened(source: Store | PathLike[str] | str | None) -> Store:
    if source is None:
        return ShippedStore()
    if isinstance(source, str | PathLike):
        return FolderStore(source)
    if not (isinstance(source, FolderStore) or hasattr(source, "publications")):  # hasattr would read the files
        raise ArgumentTypeError("source", type(source).__name__, "a folder of data files, or a store of records")
    return source


DEFAULT: Library = Library(SHIPPED)
"""The library that ships with the package."""


def _provenance(names: Iterable[str]) -> list[tuple[str, str]]:
    """The versions, and the texts behind those of the names that are publications."""
    keys = frozenset(names)
    versions = [("iotbaseline", package.version), ("data", DEFAULT.data_version)]
    used = (source for source in DEFAULT.sources if source.publication in keys)
    return versions + [("source", f"{source.name}: {source.address} ({source.fidelity})") for source in used]


def _address(identifier: str) -> str | None:
    try:
        return DEFAULT.url(identifier)
    except IoTBaselineError:
        return None


hooks.provenance, hooks.address = _provenance, _address
