"""Ranked full-text search in titles and summaries, by SQLite's FTS5 with its BM25 ranking."""

from __future__ import annotations

import sqlite3
import sys
from functools import cache, cached_property
from threading import Lock

from attrs import frozen

from iotbaseline.errors import UnknownIdentifierError
from iotbaseline.ids import nearest
from iotbaseline.library import DEFAULT, Library
from iotbaseline.model import KINDS, Element
from iotbaseline.tables import Record, Tabular
from iotbaseline.text import normalise

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
    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = Lock()

    @cached_property
    def _elements(self) -> tuple[Element, ...]:
        return tuple(element for publication in self._library.load_all() for element in publication)

    @cached_property
    def _database(self) -> sqlite3.Connection:
        elements = self._elements
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        columns = "title, summary, kind UNINDEXED, publication UNINDEXED"
        connection.execute(f"CREATE VIRTUAL TABLE element USING fts5({columns}, tokenize='porter unicode61')")
        connection.executemany(
            "INSERT INTO element(rowid, title, summary, kind, publication) VALUES (?, ?, ?, ?, ?)",
            (
                (
                    row,
                    f"{element.label or ''} {element.title or ''}",
                    element.summary,
                    element.kind,
                    element.publication,
                )
                for row, element in enumerate(elements)
            ),
        )
        return connection

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


_index = cache(_Index)


def search(
    text: str, *, kind: str | None = None, publication: str | None = None, limit: int = 10, library: Library = DEFAULT
) -> tuple[Hit, ...]:
    """Find elements by the words of their labels, titles and summaries, best match first.

    All words must occur; where no element has all of them, those with any are found. Word endings are
    ignored. ``kind`` and ``publication`` narrow the search to one. Raises
    :class:`~iotbaseline.errors.UnknownIdentifierError` for an unknown kind or publication and ``ValueError``
    for a text without words or a ``limit`` below 1.
    """
    if kind is not None and kind not in KINDS:
        raise UnknownIdentifierError("kind of element", kind, nearest(kind, KINDS))
    if limit < 1:
        raise ValueError("limit must be at least 1")
    words = [f'"{word}"' for word in normalise(text).split()[:_MOST_WORDS]]
    if not words:
        raise ValueError("nothing to search for; give at least one word")
    key = library.info(publication).key if publication is not None else None
    find, most = _index(library).find, min(limit, sys.maxsize)
    return find(" ".join(words), kind, key, most) or find(" OR ".join(words), kind, key, most)
