"""Ranked full-text search in titles and summaries, by SQLite's FTS5 with its BM25 ranking."""

from __future__ import annotations

import os
import sqlite3
import sys
from threading import Lock
from weakref import finalize

from attrs import frozen

from iotbaseline._display.records import Record, Tabular
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model.element import Element
from iotbaseline._model.identifiers import nearest
from iotbaseline._model.kinds import KINDS
from iotbaseline._model.wording import normalize
from iotbaseline.errors import QueryError, UnknownIdentifierError

_MOST_WORDS = 50


@frozen
class Hit(Tabular):
    """An element found; a higher ``score`` is a better match."""

    element: Element
    score: float

    def to_records(self) -> list[Record]:
        """One row: the score, then the element's."""
        return [{"score": round(self.score, 3), **self.element.to_records()[0]}]


class _Index:
    """A full-text index of all elements of a library, which several threads may ask."""

    def __init__(self, library: Library) -> None:
        self._lock = Lock()
        self._elements = tuple(element for publication in library.load_all() for element in publication)
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        finalize(self, self._database.close)
        columns = "title, summary, kind UNINDEXED, publication UNINDEXED"
        self._database.execute(f"CREATE VIRTUAL TABLE element USING fts5({columns}, tokenize='porter unicode61')")
        self._database.executemany(
            "INSERT INTO element(rowid, title, summary, kind, publication) VALUES (?, ?, ?, ?, ?)",
            ((row, *_columns(element)) for row, element in enumerate(self._elements)),
        )

    def find(self, query: str, kind: str | None, publication: str | None, limit: int) -> tuple[Hit, ...]:
        statement = (
            "SELECT rowid, -bm25(element, 4.0, 1.0) AS score FROM element WHERE element MATCH :query"
            " AND (:kind IS NULL OR kind = :kind) AND (:publication IS NULL OR publication = :publication)"
            " ORDER BY score DESC, rowid LIMIT :limit"
        )
        values = {"query": query, "kind": kind, "publication": publication, "limit": limit}
        with self._lock:
            rows: list[tuple[int, float]] = self._database.execute(statement, values).fetchall()
        return tuple(Hit(self._elements[row], score) for row, score in rows)


def _columns(element: Element) -> tuple[str | None, ...]:
    title = f"{element.label or ''} {element.title or ''}"
    return title, element.summary, element.kind, element.publication


def search(
    text: str, *, kind: str | None = None, publication: str | None = None, limit: int = 10, library: Library = DEFAULT
) -> tuple[Hit, ...]:
    """Find elements by the words of their labels, titles and summaries, best match first.

    All words must occur; where no element has all of them, those with any are found. Word endings are
    ignored. ``kind`` and ``publication`` narrow the search to one. Raises
    :class:`~iotbaseline.errors.UnknownIdentifierError` for an unknown kind or publication and
    :class:`~iotbaseline.errors.QueryError` for what is no text, has no words, or for a ``limit`` below 1.
    """
    if kind is not None and kind not in KINDS:
        raise UnknownIdentifierError("kind of element", kind, nearest(kind, KINDS))
    if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"search for a text, not {type(text).__name__}")
    if limit < 1:
        raise QueryError("limit must be at least 1")
    words = [f'"{word}"' for word in normalize(text).split()[:_MOST_WORDS]]
    if not words:
        raise QueryError("nothing to search for; give at least one word")
    key = library.info(publication).key if publication is not None else None
    index = library.once(("search", str(os.getpid())), lambda: _Index(library))  # A fork may not use SQLite's memory.
    find, most = index.find, min(limit, sys.maxsize)
    return find(" ".join(words), kind, key, most) or find(" OR ".join(words), kind, key, most)
