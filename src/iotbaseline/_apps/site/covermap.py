"""The picture of how far a profile covers a framework: a bar for each family, divided by level."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site.held import Held, Ref
from iotbaseline.errors import QueryError, UnknownIdentifierError

TARGETS = ("sp800-53r5", "csf2.0")
_THROUGH = "sp800-213a"
_WIDTH = 640
_LEFT = 230
_RIGHT = 44
_ROW = 24


@frozen
class Piece:
    """A piece of a bar: how many items are at a level."""

    level: str
    count: int
    x: float
    width: float


@frozen
class Bar:
    """A family with its bar."""

    target: Ref
    y: int
    total: int
    pieces: tuple[Piece, ...]


@frozen
class CoverMap:
    """The picture: what was held against what, the counts over all, and the bars."""

    key: str
    short: str
    through: str | None
    counts: tuple[tuple[str, int], ...]
    notice: str | None
    width: int
    height: int
    left: int
    bars: tuple[Bar, ...]
    gaps: tuple[Ref, ...]


def cover_maps(held: Held, profile: ib.Profile) -> Iterator[CoverMap]:
    """The pictures of a profile; none of a framework that no mapping leads to."""
    for key in TARGETS:
        for through in ((_THROUGH,), ()):
            found = _coverage(held, profile, key, through)
            if found is not None:
                yield _drawn(held, key, found, through)
                break


def _coverage(held: Held, profile: ib.Profile, key: str, through: tuple[str, ...]) -> ib.Coverage | None:
    try:
        return profile.coverage(key, through=through, library=held.library)
    except (QueryError, UnknownIdentifierError):  # No mapping leads there, or it is not held.
        return None


def _drawn(held: Held, key: str, found: ib.Coverage, through: tuple[str, ...]) -> CoverMap:
    top = [group for group in found.groups if group.element.parent is None]
    most = max(group.total for group in top)
    bars = tuple(_bar(held, number, group, most) for number, group in enumerate(top))
    counts = tuple((level.value, count) for level, count in found.counts().items())
    gaps = tuple(held.ref(element.id) for element in found.gaps)
    between = held.short[through[0]] if through else None
    return CoverMap(key, held.short[key], between, counts, found.notice, _WIDTH, len(bars) * _ROW, _LEFT, bars, gaps)


def _bar(held: Held, number: int, group: ib.CoverageGroup, most: int) -> Bar:
    scale = (_WIDTH - _LEFT - _RIGHT) / most
    x = float(_LEFT)
    pieces: list[Piece] = []
    for level, count in group.counts().items():
        if count:
            width = round(count * scale, 1)
            pieces.append(Piece(level.value, count, round(x, 1), width))
            x += width
    return Bar(held.ref(group.element.id), number * _ROW, group.total, tuple(pieces))
