"""What follows from typed mappings, composed until nothing new follows."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypeAlias

from attrs import frozen

from iotbaseline._model.mapping import Mapping
from iotbaseline.relations import IDENTITY, PART_OF, UNIVERSE, Relation, compose, invert

Pair: TypeAlias = tuple[str, str]
_Known: TypeAlias = dict[str, dict[str, frozenset[Relation]]]
_composed = cache(compose)
_inverted = cache(invert)


@frozen
class Clash:
    """Two elements between which no relation is left, and the mappings that leave none."""

    subject: str
    object: str
    mappings: tuple[Mapping, ...]


def closure(mappings: Iterable[Mapping], parts: Iterable[Pair] = ()) -> tuple[_Known, list[Clash]]:
    """The algebraic closure of set-theory mappings and of parts (part, whole), and the clashes met on the way.

    Returns what is left possible between two elements, by subject and object; pairs about which nothing is known are
    left out. A clash is reported once for each pair and does not spread.
    """
    known: _Known = defaultdict(dict)
    reasons: dict[Pair, frozenset[Mapping]] = {}
    clashes: dict[Pair, Clash] = {}
    queue: deque[Pair] = deque()

    def refine(one: str, other: str, claim: frozenset[Relation], why: frozenset[Mapping]) -> None:
        old = known[one].get(other, IDENTITY if one == other else UNIVERSE)
        new = old & claim
        if new == old:
            return
        why |= reasons.get((one, other), frozenset())
        if not new:
            clashes.setdefault(min((one, other), (other, one)), Clash(one, other, _sorted(why)))
            return
        known[one][other], known[other][one] = new, _inverted(new)
        reasons[one, other] = reasons[other, one] = why
        queue.append((one, other))

    for stated in _stated(mappings, parts):
        refine(*stated)
    while queue:
        one, other = queue.popleft()
        claim, why = known[one][other], reasons[one, other]
        for start, end, link in ((one, other, claim), (other, one, _inverted(claim))):
            for third, further in list(known[end].items()):
                found = _composed(link, further)
                if found != UNIVERSE:
                    refine(start, third, found, why | reasons[end, third])
    return known, list(clashes.values())


def _stated(
    mappings: Iterable[Mapping], parts: Iterable[Pair]
) -> Iterator[tuple[str, str, frozenset[Relation], frozenset[Mapping]]]:
    """What is stated of two elements: the relations that are possible, and the mappings that say so."""
    for part, whole in parts:
        yield part, whole, PART_OF, frozenset()
    for mapping in mappings:
        if mapping.object is not None:
            yield mapping.subject, mapping.object, frozenset((mapping.relation,)), frozenset((mapping,))


def smallest_clash(mappings: tuple[Mapping, ...], parts: list[Pair]) -> tuple[Mapping, ...]:
    """A part of the mappings that still clash, none of which can be left out."""
    left = list(mappings)
    for mapping in mappings:
        rest = [each for each in left if each is not mapping]
        if closure(rest, parts)[1]:
            left = rest
    return tuple(left)


def _sorted(mappings: Iterable[Mapping]) -> tuple[Mapping, ...]:
    return tuple(sorted(mappings, key=str))
