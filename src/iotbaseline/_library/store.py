"""The protocol of a store of records, and several stores as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from iotbaseline._library.once import Once
from iotbaseline._model.publication import Publication, PublicationInfo

if TYPE_CHECKING:
    from iotbaseline._model.errata import Erratum
    from iotbaseline._model.lineage import LineageRecord
    from iotbaseline._model.mapping import Mapping
    from iotbaseline._model.sources import SourceText
    from iotbaseline._model.suggestions import EvidenceSuggestion

T = TypeVar("T")


class Store(Protocol):
    """Records by exact keys; ``str()`` says what it holds.

    Callers ask only for publications and profiles whose keys the store lists. For two publications that it has nothing
    about, a store returns no mappings and no lineage records.
    """

    @property
    def data_version(self) -> str: ...

    @property
    def publications(self) -> tuple[PublicationInfo, ...]:
        """The registry: every publication known, with or without elements."""
        ...

    @property
    def element_keys(self) -> tuple[str, ...]:
        """The keys of the publications whose elements are held."""
        ...

    def publication(self, key: str) -> Publication:
        """A publication of the registry with its elements."""
        ...

    @property
    def crosswalk_pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs (subject, object) of publications that mappings are held for."""
        ...

    def mappings(self, subject: str, obj: str) -> tuple[Mapping, ...]: ...

    @property
    def lineage_pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs (earlier, later) of publications that lineage records are held for."""
        ...

    def lineage(self, before: str, after: str) -> tuple[LineageRecord, ...]: ...

    @property
    def profile_keys(self) -> tuple[str, ...]: ...

    def profile_text(self, key: str) -> tuple[str, str]:
        """The file name and the text of a profile."""
        ...

    @property
    def errata(self) -> tuple[Erratum, ...]: ...

    @property
    def sources(self) -> tuple[SourceText, ...]: ...

    @property
    def suggestions(self) -> tuple[EvidenceSuggestion, ...]: ...


@runtime_checkable
class MappingSet(Protocol):
    """Mappings from one publication to another; a :class:`~iotbaseline.Crosswalk` is one."""

    @property
    def subject(self) -> Publication: ...

    @property
    def object(self) -> Publication: ...

    @property
    def mappings(self) -> tuple[Mapping, ...]: ...


class Layers:
    """Several stores as one: each adds to those before it and changes nothing in them."""

    def __init__(self, *stores: Store) -> None:
        self._stores = stores
        self._once = Once()

    def __str__(self) -> str:
        return ", ".join(filter(None, map(str, self._stores)))

    @property
    def data_version(self) -> str:
        return self._stores[0].data_version

    @property
    def publications(self) -> tuple[PublicationInfo, ...]:
        return self._together(lambda store: store.publications)

    @property
    def element_keys(self) -> tuple[str, ...]:
        return self._together(lambda store: store.element_keys)

    def publication(self, key: str) -> Publication:
        return self._holder(key, lambda store: (info.key for info in store.publications)).publication(key)

    @property
    def crosswalk_pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple(dict.fromkeys(self._together(lambda store: store.crosswalk_pairs)))

    def mappings(self, subject: str, obj: str) -> tuple[Mapping, ...]:
        return self._once(("crosswalk", subject, obj), lambda: _united(s.mappings(subject, obj) for s in self._stores))

    @property
    def lineage_pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple(dict.fromkeys(self._together(lambda store: store.lineage_pairs)))

    def lineage(self, before: str, after: str) -> tuple[LineageRecord, ...]:
        return self._together(lambda store: store.lineage(before, after))

    @property
    def profile_keys(self) -> tuple[str, ...]:
        return self._together(lambda store: store.profile_keys)

    def profile_text(self, key: str) -> tuple[str, str]:
        return self._holder(key, lambda store: store.profile_keys).profile_text(key)

    @property
    def errata(self) -> tuple[Erratum, ...]:
        return self._together(lambda store: store.errata)

    @property
    def sources(self) -> tuple[SourceText, ...]:
        return self._together(lambda store: store.sources)

    @property
    def suggestions(self) -> tuple[EvidenceSuggestion, ...]:
        return self._together(lambda store: store.suggestions)

    def _together(self, held_by: Callable[[Store], tuple[T, ...]]) -> tuple[T, ...]:
        parts = [part for part in map(held_by, self._stores) if part]
        return parts[0] if len(parts) == 1 else tuple(chain.from_iterable(parts))

    def _holder(self, key: str, keys_of: Callable[[Store], Iterable[str]]) -> Store:
        return next(store for store in self._stores if key in keys_of(store))


class Replacing(Layers):
    """A store with one of its publications in another form, and a note that says in which."""

    def __init__(self, store: Store, publication: Publication, note: str) -> None:
        super().__init__(store)
        self._replaced, self._note = publication, note

    def __str__(self) -> str:
        return f"{super().__str__()}, {self._note}"

    def publication(self, key: str) -> Publication:
        return self._replaced if key == self._replaced.key else super().publication(key)


def _united(layers: Iterable[tuple[Mapping, ...]]) -> tuple[Mapping, ...]:
    """All mappings; one that an earlier layer already has from the same source is not repeated."""
    united: tuple[Mapping, ...] = ()
    for layer in filter(None, layers):
        sources = {mapping.source for mapping in layer}
        known = {mapping for mapping in united if mapping.source in sources}
        united += tuple(mapping for mapping in layer if mapping not in known) if known else layer
    return united
