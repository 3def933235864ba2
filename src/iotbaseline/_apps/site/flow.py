"""The picture of a revision: how many elements of each part went where, as bands from left to right."""

from __future__ import annotations

from collections import Counter
from itertools import product

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site.held import Held

MOST = 24
"""How many parts a side may have to be drawn one by one."""
_WIDTH = 720
_BAR = 10
_SIDE = 190
_HEIGHT = 560
_PAD = 7
_LEAST = 2.0
_NEW = "new"
_GONE = "gone"
_QUIET = frozenset({"unchanged", "continued"})


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
    counts = _counts(held, difference)
    lefts, rights = (list(dict.fromkeys(pair[side] for pair in counts)) for side in (0, 1))
    if len(lefts) + len(rights) < 3 or max(len(lefts), len(rights)) > MOST + 1:
        return None
    total = sum(count for count in counts.values())
    padding = _PAD * (max(len(lefts), len(rights)) - 1)
    scale = (_HEIGHT - padding) / total
    return _drawn(counts, lefts, rights, scale)


def _counts(held: Held, difference: ib.Diff) -> Counter[tuple[str, str, str]]:
    """How many elements went from each part to each part, and whether they changed, in the order of the parts."""
    sides = (_parts(held, difference.before), _parts(held, difference.after))
    counts: Counter[tuple[str, str, str]] = Counter()
    for change in difference:
        olds = [sides[0][element.id] for element in change.before] or [_NEW]
        news = [sides[1][element.id] for element in change.after] or [_GONE]
        kind = "gone" if news == [_GONE] else "new" if olds == [_NEW] else _kind(change)
        for old, new in product(dict.fromkeys(olds), dict.fromkeys(news)):
            counts[old, new, kind] += max(len(change.before), len(change.after))
    orders = ([*dict.fromkeys(sides[0].values()), _NEW], [*dict.fromkeys(sides[1].values()), _GONE])
    return Counter(
        dict(
            sorted(
                counts.items(), key=lambda item: (orders[0].index(item[0][0]), orders[1].index(item[0][1]), item[0][2])
            )
        )
    )


def _kind(change: ib.Change) -> str:
    return "same" if _QUIET.issuperset(change.kinds) else "changed"


def _parts(held: Held, publication: ib.Publication) -> dict[str, str]:
    """The part that each element belongs to: what stands on top, or its kind where too much does."""
    is_plain = len(publication.roots) <= MOST
    found: dict[str, str] = {}
    for element in publication:
        root = [element, *publication.ancestors(element)][-1]
        found[element.id] = _named(held, root) if is_plain else root.kind.replace("-", " ")
    return found


def _named(held: Held, element: ib.Element) -> str:
    label = held.label(element)
    return f"{label} {element.title}" if element.title and element.title != label and len(label) < 5 else label


def _drawn(counts: Counter[tuple[str, str, str]], lefts: list[str], rights: list[str], scale: float) -> Flow:
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


_SAID = {"same": "unchanged", "changed": "changed", "new": "added", "gone": "removed"}
