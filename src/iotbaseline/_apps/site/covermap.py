"""How far a profile covers a framework: a bar for each family, divided by level, and every item by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site.addresses import of_coverage
from iotbaseline._apps.site.held import Held, Ref
from iotbaseline._mappings.coverage_level import CoverageLevel
from iotbaseline.errors import QueryError, UnknownIdentifierError

TARGETS = ("sp800-53r5", "csf2.0")
BASELINES = ("LOW", "MODERATE", "HIGH")
"""The control baselines that are told apart."""
_OPEN = (CoverageLevel.GAP.value, CoverageLevel.NOT_MAPPED.value)
"""The levels that people look for: they come first."""
_THROUGH = "sp800-213a"
_WIDTH = 640
_LEFT = 230
_RIGHT = 44
_ROW = 24
_DIGIT = 7
_MARGIN = 6


@frozen
class Piece:
    """A piece of a bar: how many items are at a level."""

    level: str
    count: int
    x: float
    width: float

    @property
    def has_room(self) -> bool:
        """Whether the number fits into the piece."""
        return self.width > _DIGIT * len(str(self.count)) + _MARGIN


@frozen
class Bar:
    """A family with its bar."""

    target: Ref
    y: int
    total: int
    pieces: tuple[Piece, ...]


Counts: TypeAlias = tuple[tuple[str, int], ...]
"""How many items are at each level that there is."""


@frozen
class FamilyRow:
    """A family in the table of a part: how many of its items are at each level that there is."""

    target: Ref
    total: int
    counts: dict[str, int]

    @property
    def open(self) -> int:
        """How many are left open."""
        return sum(self.counts.get(level, 0) for level in _OPEN)

    @property
    def is_closed(self) -> bool:
        """Whether nothing of it is left open."""
        return not self.open


@frozen
class Part:
    """The items of a control baseline, or all of them: how many are at each level, and which, by level and family.

    ``families`` has how many of each are at each level.
    """

    name: str
    address: str
    command: str
    total: int
    counts: Counts
    levels: tuple[tuple[str, int, tuple[tuple[Ref, tuple[Ref, ...]], ...]], ...]
    families: tuple[FamilyRow, ...]


@frozen
class CoverMap:
    """The picture: what was held against what, the bars, and the items by their names."""

    key: str
    short: str
    through: str | None
    notice: str | None
    width: int
    height: int
    left: int
    bars: tuple[Bar, ...]
    parts: tuple[Part, ...]


def cover_maps(held: Held, profile: ib.Profile) -> Iterator[CoverMap]:
    """The pictures of a profile; none of a framework that no mapping leads to."""
    for key in TARGETS:
        for through in ((_THROUGH,), ()):
            found = _coverage(held, profile, key, through)
            if found is not None:
                yield _drawn(held, profile.key, key, found, through)
                break


def _coverage(held: Held, profile: ib.Profile, key: str, through: tuple[str, ...]) -> ib.Coverage | None:
    try:
        return profile.coverage(key, through=through, library=held.library)
    except (QueryError, UnknownIdentifierError):  # No mapping leads there, or it is not held.
        return None


def _drawn(held: Held, profile: str, key: str, found: ib.Coverage, through: tuple[str, ...]) -> CoverMap:
    top = [group for group in found.groups if group.element.parent is None]
    most = max(group.total for group in top)
    bars = tuple(_bar(held, number, group, most) for number, group in enumerate(top))
    parts = tuple(_parts(held, profile, key, top, through))
    between = held.short[through[0]] if through else None
    return CoverMap(key, held.short[key], between, found.notice, _WIDTH, len(bars) * _ROW, _LEFT, bars, parts)


def _parts(held: Held, profile: str, key: str, top: list[ib.CoverageGroup], through: tuple[str, ...]) -> Iterator[Part]:
    command = " ".join(("iotbaseline coverage", profile, key, *(f"--through {each}" for each in through)))
    for baseline in (*BASELINES, None):
        families = [(group.element, [item for item in group.items if _is_in(item.element, baseline)]) for group in top]
        every = [item for _, items in families for item in items]
        if every:
            name, option = (baseline, f" --baseline {baseline}") if baseline else ("All", "")
            counts = _counted(every)
            levels = tuple(
                (level, count, tuple(_at(held, level, families)))
                for level, count in sorted(counts, key=lambda each: each[0] not in _OPEN)
            )
            rows = tuple(
                FamilyRow(held.ref(element.id), len(items), dict(_counted(items)))
                for element, items in families
                if items
            )
            yield Part(name, of_coverage(profile, key, name), command + option, len(every), counts, levels, rows)


def _at(
    held: Held, level: str, families: list[tuple[ib.Element, list[ib.CoverageItem]]]
) -> Iterator[tuple[Ref, tuple[Ref, ...]]]:
    """The families that have items at a level, with these."""
    for element, items in families:
        found = tuple(held.ref(item.element.id) for item in items if item.level.value == level)
        if found:
            yield held.ref(element.id), found


def _is_in(element: ib.Element, baseline: str | None) -> bool:
    return baseline is None or baseline in getattr(element, "baselines", ())


def _counted(items: Iterable[ib.CoverageItem]) -> Counts:
    counted = Counter(item.level for item in items)
    return tuple((level.value, counted[level]) for level in CoverageLevel if counted[level])


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
