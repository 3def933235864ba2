"""Read a framework of the user's own from CSV: one row for each element."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from attrs import NOTHING, define, fields

from iotbaseline._files.problems import Problems
from iotbaseline._files.tables import Layout, Row, read
from iotbaseline._library.records import maker_of_kind
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import KINDS, Clause
from iotbaseline.errors import IdentifierSyntaxError, shorten

LAYOUT = Layout("a framework", ",", ("id",), ("title", "parent", "summary", "kind"), others=False, fold=str.lower)
"""The columns, in any order and case; only ``id`` must be there."""

KINDS_ALLOWED = tuple(
    kind for kind, cls in KINDS.items() if [field.name for field in fields(cls) if field.default is NOTHING] == ["id"]
)
"""The kinds of element that need nothing beyond these columns."""
_ALLOWED = frozenset(KINDS_ALLOWED)

DEEPEST = 50
"""How deep elements may be nested."""

_LOCAL = re.compile(r"[A-Za-z0-9 ._()/+-]*")
_PLAIN = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
"""What most identifiers look like, of which nothing more has to be checked than the length."""


@define
class _Record:
    """A row with a valid identifier and kind; ``fold`` and ``above`` are the folded ids of itself and its parent."""

    row: Row
    local: str
    kind: str
    fold: str
    above: str


def elements(file: str, text: str, key: str) -> tuple[Element, ...]:
    """Read the elements of a framework, children after their parent and otherwise in the order of the file.

    Identifiers become ``key:id``. Raises what :func:`~iotbaseline._files.tables.read` raises, with an error for
    each row whose identifier is empty, too long, has other characters or reads like another one, whose kind or parent
    is unknown, or whose parents lead back to it.
    """
    fold = cache(identifiers.fold_local)
    records = read(file, text, LAYOUT, lambda row: _record(row, key, fold))
    by_fold: dict[str, _Record] = {}
    problems = Problems(file)
    for record in records:
        first = by_fold.setdefault(record.fold, record)
        if first is not record:
            problem = f"the id {shorten(record.local)} reads like {shorten(first.local)} in line {first.row.line}"
            problems.add(record.row.error(problem, "give each row its own id"))
    known = [record.local for record in by_fold.values()]
    for record in records:
        parent = record.row["parent"]
        if parent and record.above not in by_fold:
            fix = problems.hints.near(parent, known) or "name the id of another row, or leave it empty"
            problems.add(record.row.error(f"there is no row for the parent {shorten(parent)}", fix))
    problems.errors.sort(key=lambda error: error.line or 0)
    problems.raise_any()
    return tuple(_element(record, key, by_fold) for record in _ordered(file, records))


def _ordered(file: str, records: tuple[_Record, ...]) -> list[_Record]:
    """The records in document order; an error for each that is nested too deep or below itself."""
    children: dict[str, list[_Record]] = {}
    for record in records:
        children.setdefault(record.above, []).append(record)
    ordered: list[_Record] = []
    problems = Problems(file)
    waiting = [(record, 1) for record in reversed(children.pop("", []))]
    while waiting:
        record, level = waiting.pop()
        ordered.append(record)
        if level > DEEPEST:
            fix = f"put it under an element of at most level {DEEPEST - 1}"
            problems.add(record.row.error(f"it is on level {level}", fix))
        else:
            waiting += [(child, level + 1) for child in reversed(children.pop(record.fold, []))]
    problems.raise_any()
    for record in (record for below in children.values() for record in below):
        fix = "leave the parent of the topmost one empty"
        problems.add(record.row.error("its parents lead in a circle", fix))
    problems.raise_any()
    return ordered


def _record(row: Row, key: str, fold: Callable[[str], str]) -> _Record:
    kind, written = row["kind"] or Clause.kind, row["id"]
    if kind not in _ALLOWED:
        near = identifiers.nearest(kind, KINDS_ALLOWED) or KINDS_ALLOWED
        raise row.error(f"there is no kind {shorten(kind)} that such a row can make", f"use one of {', '.join(near)}")
    is_plain = _PLAIN.fullmatch(written) and len(key) + len(written) < identifiers.MAX_LENGTH and len(key) > _SHORT
    local = written if is_plain else _checked(row, key)
    return _Record(row, local, kind, identifiers.fold_local(local), fold(row["parent"]))


_SHORT = 2
"""A key of two letters may be the first part of a notation that names another publication."""


def _checked(row: Row, key: str) -> str:
    """The identifier of a row without its publication; raises an error in the row if it cannot be one."""
    try:
        local = identifiers.checked(f"{key}:{row['id']}").removeprefix(f"{key}:").strip()
        curie = f"{key}:{local}"
    except IdentifierSyntaxError as error:
        raise row.error(error.problem, error.fix) from error
    if not identifiers.fold_local(local) or not _LOCAL.fullmatch(local) or identifiers.split(curie) != (key, local):
        problem = f"the id {shorten(local)} cannot be an identifier" if local else "the id is empty"
        raise row.error(problem, "write letters, digits, spaces and . _ - + / ( ), as in A.1")
    return local


def _element(record: _Record, key: str, by_fold: dict[str, _Record]) -> Element:
    row = record.row
    return maker_of_kind(record.kind)(
        {
            "id": f"{key}:{record.local}",
            "title": row["title"] or None,
            "label": record.local,
            "parent": f"{key}:{by_fold[record.above].local}" if record.above else None,
            "summary": row["summary"] or None,
        }
    )
