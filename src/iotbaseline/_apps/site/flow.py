"""The picture of a revision: how many elements of each part went where, as bands from left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import product

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import words
from iotbaseline._apps.site.held import Held
from iotbaseline._revisions.pairing import ChangeKind

MOST = 24
"""How many parts a side may have to be drawn one by one."""
_WIDTH = 800
_BAR = 10
_SIDE = 220
_HEIGHT = 560
_PAD = 7
_LEAST = 2.0
_ADDED, _REMOVED, _UNPAIRED = "added", "removed", "not paired"
_ENDS = (_ADDED, _REMOVED, _UNPAIRED)
_QUIET = frozenset({ChangeKind.UNCHANGED, ChangeKind.CONTINUED})


@frozen
class Part:
    """A part of a publication: its bar, and what is written beside it."""

    x: int
    y: float
    height: float
    text: str
    count: int
    is_left: bool


@frozen
class Band:
    """Elements that went from one part to another."""

    path: str
    kind: str
    said: str


@frozen
class Flow:
    """The picture, with its table for those who cannot see it."""

    width: int
    height: int
    parts: tuple[Part, ...]
    bands: tuple[Band, ...]
    rows: tuple[tuple[str, str, int], ...]


def flow(held: Held, difference: ib.Diff) -> Flow | None:
    """The flow from one publication to another, or ``None`` if there is nothing that could be told apart."""
    sides = (parts(held, difference.before), parts(held, difference.after))
    counts = _counts(difference, sides)
    lefts, rights = (_ordered(sides[side].values(), {pair[side] for pair in counts}) for side in (0, 1))
    if len(lefts) + len(rights) < 3 or max(len(lefts), len(rights)) > MOST + len(_ENDS):
        return None
    padding = _PAD * (max(len(lefts), len(rights)) - 1)
    scale = (_HEIGHT - padding) / sum(counts.values())
    order = {pair: (lefts.index(pair[0]), rights.index(pair[1]), pair[2]) for pair in counts}
    return _drawn({pair: counts[pair] for pair in sorted(counts, key=order.__getitem__)}, lefts, rights, scale)


_Sides = tuple[dict[str, str], dict[str, str]]


def _ordered(parts: Iterable[str], used: set[str]) -> list[str]:
    """The parts that are used, in the order of the publication; where elements come from or go to otherwise is last."""
    return [part for part in dict.fromkeys((*parts, *_ENDS)) if part in used]


def _counts(difference: ib.Diff, sides: _Sides) -> Counter[tuple[str, str, str]]:
    """How many elements went from each part to each part, and what became of them."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for change in difference:
        kind = _kind(change)
        end = _UNPAIRED if kind == "unpaired" else kind
        olds = [sides[0][element.id] for element in change.before] or [end]
        news = [sides[1][element.id] for element in change.after] or [end]
        for old, new in product(dict.fromkeys(olds), dict.fromkeys(news)):
            counts[old, new, kind] += max(len(change.before), len(change.after))
    return counts


def _kind(change: ib.Change) -> str:
    for kind in (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.UNPAIRED):
        if kind in change.kinds:
            return kind
    return "same" if _QUIET.issuperset(change.kinds) else "changed"


def parts(held: Held, publication: ib.Publication) -> dict[str, str]:
    """The part that each element belongs to: what stands on top, or the kind of that where too much does."""
    roots = {element.id: element for element in publication.roots}
    own = [element for element in roots.values() if held.addresses.has_page(element)]
    is_plain = len(own) <= MOST
    found: dict[str, str] = {}
    for _, element in publication.walk():
        if element.id not in roots:
            found[element.id] = found[element.parent or ""]
        elif is_plain and held.addresses.has_page(element):
            found[element.id] = _named(held, element)
        else:
            found[element.id] = words.kind(element.kind)[1]
    return found


def _named(held: Held, element: ib.Element) -> str:
    label = held.ref(element.id).label
    return f"{label} {element.title}" if element.title and element.title != label and len(label) < 5 else label


def _drawn(counts: dict[tuple[str, str, str], int], lefts: list[str], rights: list[str], scale: float) -> Flow:
    columns = (_SIDE, _WIDTH - _SIDE - _BAR)
    parts: list[Part] = []
    at: tuple[dict[str, float], dict[str, float]] = ({}, {})
    lowest = 0.0
    for side, names in enumerate((lefts, rights)):
        y = 0.0
        for name in names:
            count = sum(number for pair, number in counts.items() if pair[side] == name)
            height = max(count * scale, _LEAST)
            parts.append(Part(columns[side], round(y, 1), round(height, 1), name, count, side == 0))
            at[side][name] = y
            y += height + max(_PAD, 15 - height)
        lowest = max(lowest, y)
    bands = tuple(_band(pair, number, at, columns, scale) for pair, number in counts.items())
    rows = tuple(
        (old, new, sum(n for pair, n in counts.items() if pair[:2] == (old, new)))
        for old, new in dict.fromkeys(pair[:2] for pair in counts)
    )
    return Flow(_WIDTH, round(lowest) + 6, tuple(parts), bands, rows)


def _band(
    pair: tuple[str, str, str],
    count: int,
    at: tuple[dict[str, float], dict[str, float]],
    columns: tuple[int, int],
    scale: float,
) -> Band:
    """A band from where the last one left off, on both sides."""
    old, new, kind = pair
    height = count * scale
    left, right = at[0][old], at[1][new]
    at[0][old] += height
    at[1][new] += height
    x, end = columns[0] + _BAR, columns[1]
    middle = (x + end) / 2
    path = (
        f"M{x} {left:.1f}C{middle} {left:.1f} {middle} {right:.1f} {end} {right:.1f}"
        f"V{right + height:.1f}C{middle} {right + height:.1f} {middle} {left + height:.1f} {x} {left + height:.1f}Z"
    )
    return Band(path, kind, f"{old} → {new}: {count} {_SAID[kind]}")


_SAID = {
    "same": "unchanged or continued",
    "changed": "changed",
    "added": "added",
    "removed": "removed",
    "unpaired": "not paired with anything",
}
