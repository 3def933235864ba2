"""A store of records in memory, for the user's own and for tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from iotbaseline._model.publication import Publication, PublicationInfo
from iotbaseline.errors import counted

if TYPE_CHECKING:
    from iotbaseline._model import mapping
    from iotbaseline._model.errata import Erratum
    from iotbaseline._model.lineage import LineageRecord
    from iotbaseline._model.sources import SourceText
    from iotbaseline._model.suggestions import EvidenceSuggestion

T = TypeVar("T")

Pair: TypeAlias = tuple[str, str]


class MemoryStore:
    """Publications, and mappings and lineage records by the keys of the two publications that they join.

    Nothing is checked.
    """

    data_version = "in memory"
    profile_keys: tuple[str, ...] = ()
    errata: tuple[Erratum, ...] = ()
    sources: tuple[SourceText, ...] = ()
    suggestions: tuple[EvidenceSuggestion, ...] = ()

    def __init__(
        self,
        publications: Iterable[Publication] = (),
        mappings: Mapping[Pair, Iterable[mapping.Mapping]] | None = None,
        lineage: Mapping[Pair, Iterable[LineageRecord]] | None = None,
    ) -> None:
        self._publications = {publication.key: publication for publication in publications}
        self._mappings = {pair: tuple(held) for pair, held in (mappings or {}).items()}
        self._lineage = {pair: tuple(held) for pair, held in (lineage or {}).items()}

    def __str__(self) -> str:
        sources = Counter(mapping.source for held in self._mappings.values() for mapping in held)
        mappings = (f"{counted(count, 'mapping')} of {file}" for file, count in sources.items())
        return ", ".join([*self._publications, *mappings])

    @property
    def keys(self) -> frozenset[str]:
        """The publications that it holds anything about."""
        return frozenset(chain(self._publications, *self._mappings, *self._lineage))

    @property
    def publications(self) -> tuple[PublicationInfo, ...]:
        return tuple(publication.info for publication in self._publications.values())

    @property
    def element_keys(self) -> tuple[str, ...]:
        return tuple(key for key, publication in self._publications.items() if publication.elements)

    def publication(self, key: str) -> Publication:
        return self._publications[key]

    @property
    def crosswalk_pairs(self) -> tuple[Pair, ...]:
        return tuple(self._mappings)

    def mappings(self, subject: str, obj: str) -> tuple[mapping.Mapping, ...]:
        return self._mappings.get((subject, obj), ())

    @property
    def lineage_pairs(self) -> tuple[Pair, ...]:
        return tuple(self._lineage)

    def lineage(self, before: str, after: str) -> tuple[LineageRecord, ...]:
        return self._lineage.get((before, after), ())

    def profile_text(self, key: str) -> tuple[str, str]:
        raise KeyError(key)
