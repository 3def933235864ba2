"""Ranked full-text search in titles, aliases, summaries and attached wordings, by SQLite's FTS5 and BM25."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from contextlib import suppress
from threading import Lock
from typing import ClassVar
from weakref import finalize

from attrs import frozen

from iotbaseline._display.records import Column, lifted
from iotbaseline._display.results import Item, Listing, Shown
from iotbaseline._library.bounds import HITS, check_bound
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.synonyms import SYNONYMS
from iotbaseline._model import arguments
from iotbaseline._model.element import Asks, Element
from iotbaseline._model.fingerprints import normalize
from iotbaseline._model.identifiers import nearest
from iotbaseline._model.kinds import KINDS
from iotbaseline._model.provenance import Fidelity, Status
from iotbaseline._model.publication import Publication, PublicationInfo
from iotbaseline.errors import IdentifierSyntaxError, QueryError, UnknownNameError

_MOST_WORDS = 50
_LITTLE_WORDS = frozenset({
    "a", "about", "an", "and", "are", "by", "can", "do", "does", "for", "from", "how", "i", "in", "is", "it", "me",
    "must", "my", "of", "on", "or", "our", "should", "that", "the", "this", "to", "we", "what", "which", "who", "why",
    "with", "you", "your",
})  # fmt: skip
"""Words of a question that do not have to occur."""
_OUT_OF_FORCE = 0.25
"""What the score is multiplied by of what is superseded, withdrawn or a draft."""
_ROLES = {"baseline": 2.0, "profile": 1.6, "catalog": 1.6}
"""What it is multiplied by of what asks for something, by the role of its publication: those for IoT come first."""
_PUBLICATION = 1.6
"""What it is multiplied by of a publication with elements, which is meant more often than the terms in it."""
_HEADING = 0.6
"""What it is multiplied by of what has a title but asks for nothing, such as a term, a family or a cited work."""
_ASIDE = 0.3
"""What it is multiplied by of what has no title and asks for nothing, such as a footnote or an example."""
_SECONDARY = 0.8
"""What it is multiplied by of what was only checked against what others say of the publication."""


@frozen(kw_only=True, repr=False)
class Found(Element):
    """A publication as a search finds it, by its title and its other names; its ``id`` is its key."""

    kind: ClassVar[str] = "publication"

    def __str__(self) -> str:
        return f"{self.id} {self.title or ''}".rstrip()


SEARCHED = (Found.kind, *KINDS)
"""What a search can be narrowed to."""


@frozen
class Hit(Item):
    """An element found, or a publication; a higher ``score`` is a better match."""

    SHOWN: ClassVar[Shown] = {"score": ("score",)} | Element.SHOWN

    element: Element
    score: float

    def columns(self) -> tuple[Column[Hit], ...]:
        """The score, then the columns of the element."""
        return (_SCORE, *lifted(self.element.columns(), _element))

    def __str__(self) -> str:
        return str(self.element)


def _element(hit: Hit) -> Element:
    return hit.element


_SCORE: Column[Hit] = Column("score", lambda hit: round(hit.score, 3))


class SearchResult(Listing[Hit]):
    """The hits of a search, best match first; a tuple that shows itself."""

    __slots__ = ()

    LISTED: ClassVar[str] = "hits"


class _Index:
    """A full-text index of all publications and elements of a library, which several threads may ask."""

    def __init__(self, library: Library) -> None:
        self._lock = Lock()
        held = [*library.load_all()]
        with_elements = {publication.key for publication in held if publication.elements}
        entries = [
            *(_entry_of_publication(info, info.key in with_elements) for info in library.publications),
            *(_entry(element, publication) for publication in held for element in publication),
        ]
        self._elements = [entry.element for entry in entries]
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        finalize(self, self._database.close)
        columns = (
            "words, summary, wording, title UNINDEXED, kind UNINDEXED, publication UNINDEXED, label UNINDEXED,"
            " in_force UNINDEXED, weight UNINDEXED"
        )
        self._database.execute(f"CREATE VIRTUAL TABLE element USING fts5({columns}, tokenize='porter unicode61')")
        self._database.executemany(
            "INSERT INTO element(rowid, words, summary, wording, title, kind, publication, label, in_force, weight)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((row, *entry.values) for row, entry in enumerate(entries)),
        )

    def find(
        self, query: str, plain: str, kind: str | None, publication: str | None, in_force: bool, limit: int
    ) -> SearchResult:
        """What matches the query; a label or title that is just what was asked for, or a synonym, counts more."""
        statement = (
            "SELECT rowid, -bm25(element, 4.0, 1.0, 1.0) * weight * (1 + (label = :plain))"
            " * (1 + (title IN (SELECT value FROM json_each(:titles))) + 2 * (title = :title)) AS score"
            " FROM element WHERE element MATCH :query AND (:kind IS NULL OR kind = :kind)"
            " AND (:publication IS NULL OR publication = :publication) AND (in_force OR NOT :in_force)"
            " ORDER BY score DESC, rowid LIMIT :limit"
        )
        values = {
            "query": query,
            "plain": plain,
            "title": _gist(plain),
            "titles": json.dumps([_gist(name) for name in _synonyms(plain)]),
            "kind": kind,
            "publication": publication,
            "in_force": in_force,
            "limit": limit,
        }
        with self._lock:
            rows: list[tuple[int, float]] = self._database.execute(statement, values).fetchall()
        return SearchResult(Hit(self._elements[row], score) for row, score in rows)


@frozen(kw_only=True)
class _Entry:
    """What the index holds of an element or publication; ``words`` are searched as its title."""

    element: Element
    words: str
    is_in_force: bool
    weight: float

    @property
    def values(self) -> tuple[str | float | None, ...]:
        """The values of its row."""
        element = self.element
        wording = str(element.wording) if element.wording else None
        title, label = _gist(element.title or ""), normalize(element.label or "")
        weight = self.weight * (1.0 if self.is_in_force else _OUT_OF_FORCE)
        return (
            self.words,
            element.summary,
            wording,
            title,
            element.kind,
            element.publication,
            label,
            self.is_in_force,
            weight,
        )


def _entry_of_publication(info: PublicationInfo, has_elements: bool) -> _Entry:
    return _Entry(
        element=_found(info),
        words=_names(info),
        is_in_force=info.status in _IN_FORCE,
        weight=_PUBLICATION if has_elements else _HEADING,
    )


def _gist(title: str) -> str:
    """The words of a title that tell it from others, in alphabetical order and without a plural."""
    return " ".join(sorted(word.removesuffix("s") for word in normalize(title).split() if word not in _LITTLE_WORDS))


def _entry(element: Element, publication: Publication) -> _Entry:
    asks = element.traits.asks is not Asks.NEVER and not element.is_illustrative
    weight = _ROLES.get(publication.info.role, 1.0) if asks else _HEADING if element.title else _ASIDE
    return _Entry(
        element=element,
        words=f"{element.label or ''} {element.title or ''}",
        is_in_force=publication.info.status in _IN_FORCE and element.is_in_force,
        weight=weight * (_SECONDARY if element.fidelity is Fidelity.SECONDARY else 1.0),
    )


_IN_FORCE = frozenset({Status.CURRENT, Status.UNKNOWN})


def _found(info: PublicationInfo) -> Found:
    return Found(id=info.key, title=info.title, fidelity=info.fidelity)


def _names(info: PublicationInfo) -> str:
    """What a publication is called, and those that adopted it, for they are what people have heard of."""
    adopted_by = (relation.target for relation in info.relations if relation.type == "adopted_by")
    return " ".join(filter(None, (info.title, *info.names, *adopted_by)))


@arguments.checked
def search(
    text: str,
    *,
    kind: str | None = None,
    publication: str | None = None,
    in_force: bool = False,
    limit: int = HITS,
    library: Library = DEFAULT,
) -> SearchResult:
    """Find publications and elements by the words of their names, titles and summaries, best match first.

    The wordings that :func:`~iotbaseline.attach` gave to the library are searched too. All words must occur, but for
    little ones such as "of"; where nothing has all of them, what has any is found. Words are matched whole, but for
    their endings; for some words that people use, such as JTAG or OTA, what the publications call it is searched for
    too. The baselines, profiles and catalogs for IoT come before other frameworks, and what asks for something before
    terms, remarks and examples. What is superseded, withdrawn or a draft comes later, and not at all if ``in_force`` is
    true. An element that the text names in any usual spelling, such as ``IR 8425 Data Protection 1``, is the first hit.
    ``kind`` and ``publication`` narrow the search to one; the kind ``"publication"`` finds publications only.

    Raises :class:`~iotbaseline.errors.UnknownNameError` for an unknown kind,
    :class:`~iotbaseline.errors.UnknownIdentifierError` for an unknown publication,
    :class:`~iotbaseline.errors.ArgumentTypeError` for what is no text, and
    :class:`~iotbaseline.errors.QueryError` for a text without words or a ``limit`` below 1.

    >>> [hit.element.id for hit in ib.search("hardcoded password", limit=2)]
    ['uk-psti-2023:schedule-1.1', 'en303645v3.1.3:clause.5.1']
    """
    if kind is not None and kind not in SEARCHED:
        raise UnknownNameError("kind of element", kind, nearest(kind, SEARCHED))
    check_bound("limit", limit)
    plain = normalize(text)
    words = plain.split()[:_MOST_WORDS]
    if not words:
        raise QueryError("nothing to search for", "give at least one word")
    key = library.info(publication).key if publication is not None else None
    index = library.once(("search", str(os.getpid())), lambda: _Index(library))  # A fork may not use SQLite's memory.
    terms, most = _terms(words), min(limit, sys.maxsize)
    found = index.find(" AND ".join(terms), plain, kind, key, in_force, most)
    found = found or index.find(" OR ".join(terms), plain, kind, key, in_force, most)
    named = _named(text, library)
    if named is None or not _is_wanted(named, kind, key, in_force, library):
        return found
    best = Hit(named, 1 + (found[0].score if found else 0))
    return SearchResult((best, *(hit for hit in found if hit.element.id != named.id)))[:limit]


def _named(text: str, library: Library) -> Element | None:
    """The element that a text names in any usual spelling."""
    with suppress(IdentifierSyntaxError):
        return library.find(text)
    return None


def _is_wanted(element: Element, kind: str | None, key: str | None, in_force: bool, library: Library) -> bool:
    """Whether the search is not narrowed to others."""
    if in_force and not (element.is_in_force and library.info(element.publication).status in _IN_FORCE):
        return False
    return kind in (None, element.kind) and key in (None, element.publication)


_LONGEST_TERM = max(len(term.split()) for term in SYNONYMS)


def _terms(words: list[str]) -> list[str]:
    """The words as a query, without little ones unless there are no others.

    A word or a few words that have synonyms are searched for with those.
    """
    terms: list[str] = []
    place = 0
    while place < len(words):
        for length in range(_LONGEST_TERM, 0, -1):
            term = " ".join(words[place : place + length])
            if synonyms := _synonyms(term):
                terms.append(f"({' OR '.join(_phrase(each) for each in (term, *synonyms))})")
                place += length
                break
        else:
            terms += [f'"{word}"' for word in words[place : place + 1] if word not in _LITTLE_WORDS]
            place += 1
    return terms or [f'"{word}"' for word in words]


def _synonyms(term: str) -> tuple[str, ...]:
    """What else is searched for with a term, in the singular or the plural."""
    return SYNONYMS.get(term) or SYNONYMS.get(term.removesuffix("s"), ())


def _phrase(synonym: str) -> str:
    """A term or synonym, whose words must all occur."""
    words = [f'"{word}"' for word in normalize(synonym).split()]
    return f"({' AND '.join(words)})"
