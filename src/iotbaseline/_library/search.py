"""Ranked full-text search in titles, aliases, summaries and attached wordings, by SQLite's FTS5 and BM25."""

from __future__ import annotations

import os
import sqlite3
import sys
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
from iotbaseline._model.element import Element
from iotbaseline._model.identifiers import nearest
from iotbaseline._model.kinds import KINDS
from iotbaseline._model.provenance import Status
from iotbaseline._model.publication import PublicationInfo
from iotbaseline._model.wording import normalize
from iotbaseline.errors import QueryError, UnknownNameError

_MOST_WORDS = 50
_OUT_OF_FORCE = 0.25
"""What the score is multiplied by of what is superseded, withdrawn or a draft."""


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
        in_force = {info.key: info.status in _IN_FORCE for info in library.publications}
        publications = [(_found(info), _names(info), in_force[info.key]) for info in library.publications]
        elements = [
            (
                element,
                f"{element.label or ''} {element.title or ''}",
                in_force[element.publication] and element.is_in_force,
            )
            for publication in library.load_all()
            for element in publication
        ]
        self._elements = [element for element, _, _ in (*publications, *elements)]
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        finalize(self, self._database.close)
        columns = "title, summary, wording, kind UNINDEXED, publication UNINDEXED, label UNINDEXED, in_force UNINDEXED"
        self._database.execute(f"CREATE VIRTUAL TABLE element USING fts5({columns}, tokenize='porter unicode61')")
        self._database.executemany(
            "INSERT INTO element(rowid, title, summary, wording, kind, publication, label, in_force)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (row, title, *_columns(element), is_in_force)
                for row, (element, title, is_in_force) in enumerate((*publications, *elements))
            ),
        )

    def find(
        self, query: str, label: str, kind: str | None, publication: str | None, in_force: bool, limit: int
    ) -> SearchResult:
        """What matches the query; an element of just this label counts double."""
        statement = (
            "SELECT rowid, -bm25(element, 4.0, 1.0, 1.0) * (1 + (label = :label))"
            " * CASE WHEN in_force THEN 1 ELSE :less END AS score"
            " FROM element WHERE element MATCH :query AND (:kind IS NULL OR kind = :kind)"
            " AND (:publication IS NULL OR publication = :publication) AND (in_force OR NOT :in_force)"
            " ORDER BY score DESC, rowid LIMIT :limit"
        )
        values = {
            "query": query,
            "label": label,
            "kind": kind,
            "publication": publication,
            "in_force": in_force,
            "limit": limit,
            "less": _OUT_OF_FORCE,
        }
        with self._lock:
            rows: list[tuple[int, float]] = self._database.execute(statement, values).fetchall()
        return SearchResult(Hit(self._elements[row], score) for row, score in rows)


def _columns(element: Element) -> tuple[str | None, ...]:
    wording = str(element.wording) if element.wording else None
    return element.summary, wording, element.kind, element.publication, normalize(element.label or "")


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

    The wordings that :func:`~iotbaseline.attach` gave to the library are searched too. All words must occur; where
    nothing has all of them, what has any is found. Words are matched whole, but for their endings; for some words that
    people use, such as JTAG or OTA, what the publications call it is searched for too. What is superseded, withdrawn or
    a draft comes later, and not at all if ``in_force`` is true. ``kind`` and ``publication`` narrow the search to one;
    the kind ``"publication"`` finds publications only. Raises
    :class:`~iotbaseline.errors.UnknownNameError` for an unknown kind,
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
    return found or index.find(" OR ".join(terms), plain, kind, key, in_force, most)


_LONGEST_TERM = max(len(term.split()) for term in SYNONYMS)


def _terms(words: list[str]) -> list[str]:
    """The words as a query; a word or a few words that have synonyms are searched for with those."""
    terms: list[str] = []
    place = 0
    while place < len(words):
        for length in range(_LONGEST_TERM, 0, -1):
            term = " ".join(words[place : place + length])
            if term in SYNONYMS:
                spelled = " AND ".join(f'"{word}"' for word in term.split())
                terms.append(f"(({spelled}) OR {' OR '.join(_phrase(each) for each in SYNONYMS[term])})")
                place += length
                break
        else:
            terms.append(f'"{words[place]}"')
            place += 1
    return terms


def _phrase(synonym: str) -> str:
    """A synonym, whose words must all occur."""
    words = [f'"{word}"' for word in normalize(synonym).split()]
    return f"({' AND '.join(words)})"
