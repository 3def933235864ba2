"""Ranked full-text search in titles and summaries, by SQLite's FTS5 with its BM25 ranking."""

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
from iotbaseline._model.element import Element
from iotbaseline._model.identifiers import nearest
from iotbaseline._model.kinds import KINDS
from iotbaseline._model.wording import normalize
from iotbaseline.errors import ArgumentTypeError, QueryError, UnknownNameError

_MOST_WORDS = 50


@frozen
class Hit(Item):
    """An element found; a higher ``score`` is a better match."""

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
    """A full-text index of all elements of a library, which several threads may ask."""

    def __init__(self, library: Library) -> None:
        self._lock = Lock()
        self._elements = tuple(element for publication in library.load_all() for element in publication)
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        finalize(self, self._database.close)
        columns = "title, summary, kind UNINDEXED, publication UNINDEXED, label UNINDEXED"
        self._database.execute(f"CREATE VIRTUAL TABLE element USING fts5({columns}, tokenize='porter unicode61')")
        self._database.executemany(
            "INSERT INTO element(rowid, title, summary, kind, publication, label) VALUES (?, ?, ?, ?, ?, ?)",
            ((row, *_columns(element)) for row, element in enumerate(self._elements)),
        )

    def find(self, query: str, label: str, kind: str | None, publication: str | None, limit: int) -> SearchResult:
        """What matches the query; an element of just this label counts double."""
        statement = (
            "SELECT rowid, -bm25(element, 4.0, 1.0) * (1 + (label = :label)) AS score"
            " FROM element WHERE element MATCH :query"
            " AND (:kind IS NULL OR kind = :kind) AND (:publication IS NULL OR publication = :publication)"
            " ORDER BY score DESC, rowid LIMIT :limit"
        )
        values = {"query": query, "label": label, "kind": kind, "publication": publication, "limit": limit}
        with self._lock:
            rows: list[tuple[int, float]] = self._database.execute(statement, values).fetchall()
        return SearchResult(Hit(self._elements[row], score) for row, score in rows)


def _columns(element: Element) -> tuple[str | None, ...]:
    title = f"{element.label or ''} {element.title or ''}"
    return title, element.summary, element.kind, element.publication, normalize(element.label or "")


def search(
    text: str, *, kind: str | None = None, publication: str | None = None, limit: int = HITS, library: Library = DEFAULT
) -> SearchResult:
    """Find elements by the words of their labels, titles and summaries, best match first.

    All words must occur; where no element has all of them, those with any are found. Word endings are
    ignored. ``kind`` and ``publication`` narrow the search to one. Raises
    :class:`~iotbaseline.errors.UnknownNameError` for an unknown kind,
    :class:`~iotbaseline.errors.UnknownIdentifierError` for an unknown publication,
    :class:`~iotbaseline.errors.ArgumentTypeError` for what is no text, and
    :class:`~iotbaseline.errors.QueryError` for a text without words or a ``limit`` below 1.
    """
    if kind is not None and kind not in KINDS:
        raise UnknownNameError("kind of element", kind, nearest(kind, KINDS))
    if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ArgumentTypeError("text", type(text).__name__, "a string")
    check_bound("limit", limit)
    plain = normalize(text)
    words = [f'"{word}"' for word in plain.split()[:_MOST_WORDS]]
    if not words:
        raise QueryError("nothing to search for", "give at least one word")
    key = library.info(publication).key if publication is not None else None
    index = library.once(("search", str(os.getpid())), lambda: _Index(library))  # A fork may not use SQLite's memory.
    find, most = index.find, min(limit, sys.maxsize)
    return find(" ".join(words), plain, kind, key, most) or find(" OR ".join(words), plain, kind, key, most)
