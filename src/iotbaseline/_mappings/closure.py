"""What follows from typed mappings, composed until nothing new follows.

Sets of relations are numbers here, a bit for each relation, and what a relation rests on is kept as the two that it was
composed from: both keep the memory to a few words for two elements.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from attrs import frozen

from iotbaseline._library.bounds import Budget
from iotbaseline._mappings.truth import Pair, impossible
from iotbaseline._model.mapping import Mapping
from iotbaseline.relations import IDENTITY, PART_OF, UNIVERSE, Relation, compose, invert

_Known: TypeAlias = dict[str, dict[str, frozenset[Relation]]]
_Reason: TypeAlias = "tuple[Mapping | _Reason | None, ...]"
"""What a relation rests on: mappings, and what other relations rest on."""

_BITS = {relation: 1 << number for number, relation in enumerate(sorted(UNIVERSE))}
_SETS = [frozenset(each for each, bit in _BITS.items() if number & bit) for number in range(1 << len(_BITS))]
_NUMBERS = {relations: number for number, relations in enumerate(_SETS)}
_INVERTED = [_NUMBERS[invert(relations)] for relations in _SETS]
_COMPOSED = [[_NUMBERS[compose(one, other)] for other in _SETS] for one in _SETS]
_ANY = _NUMBERS[UNIVERSE]
_SELF = _NUMBERS[IDENTITY]


@frozen
class Clash:
    """Two elements between which no relation is left, and the mappings that rule them all out."""

    subject: str
    object: str
    mappings: tuple[Mapping, ...]


def closure(
    mappings: Iterable[Mapping], parts: Iterable[Pair] = (), budget: Budget | None = None
) -> tuple[_Known, list[Clash]]:
    """The algebraic closure of set-theory mappings and of parts (part, whole), and the clashes found on the way.

    Returns the relations that remain possible between two elements, by subject and object; pairs about which nothing
    is known are left out. A clash is reported once for each pair and does not spread. Raises
    :class:`~iotbaseline.errors.QueryError` if it takes more steps than the budget has.
    """
    known: dict[str, dict[str, int]] = defaultdict(dict)
    reasons: dict[Pair, _Reason] = {}
    clashes: dict[Pair, tuple[str, str, _Reason]] = {}
    queue: deque[Pair] = deque()

    def refine(one: str, other: str, claim: int, first: Mapping | _Reason | None, second: _Reason | None) -> None:
        old = known[one].get(other, _SELF if one == other else _ANY)
        new = old & claim
        if new == old:
            return
        why = (first, second, reasons.get((one, other)))
        if not new:
            clashes.setdefault(min((one, other), (other, one)), (one, other, why))
            return
        known[one][other], known[other][one] = new, _INVERTED[new]
        reasons[one, other] = reasons[other, one] = why
        queue.append((one, other))

    for one, other, relations, mapping in _stated(mappings, parts):
        refine(one, other, _NUMBERS[relations], mapping, None)
    while queue:
        one, other = queue.popleft()
        claim, why = known[one][other], reasons[one, other]
        for start, end, link in ((one, other, claim), (other, one, _INVERTED[claim])):
            composed_with, around, from_start = _COMPOSED[link], list(known[end].items()), known[start]
            if budget is not None:
                budget.spend(len(around))
            for third, further in around:
                composed = composed_with[further]
                if composed != _ANY and from_start.get(third, _SELF if third == start else _ANY) & ~composed:
                    refine(start, third, composed, why, reasons[end, third])
    everything = {one: {other: _SETS[number] for other, number in others.items()} for one, others in known.items()}
    return everything, [Clash(one, other, _unfolded(why)) for one, other, why in clashes.values()]


def _stated(
    mappings: Iterable[Mapping], parts: Iterable[Pair]
) -> Iterator[tuple[str, str, frozenset[Relation], Mapping | None]]:
    """What is stated about two elements: the relations that are possible, and the mapping that says so."""
    for part, whole in parts:
        yield part, whole, PART_OF, None
    for mapping in mappings:
        if mapping.object is not None:
            yield mapping.subject, mapping.object, frozenset((mapping.relation,)), mapping


def smallest_clash(mappings: tuple[Mapping, ...], parts: list[Pair], budget: Budget) -> tuple[Mapping, ...]:
    """A minimal set of these mappings that still clash: none of them can be left out."""
    left = list(mappings)
    for mapping in mappings:
        rest = [other for other in left if other is not mapping]
        if impossible(rest, parts, budget):
            left = rest
    return tuple(left)


def _unfolded(why: _Reason) -> tuple[Mapping, ...]:
    """All mappings that a reason rests on, in the order of their texts and crosswalks."""
    found: set[Mapping] = set()
    seen: set[int] = set()
    stack = [why]
    while stack:
        for each in stack.pop():
            if isinstance(each, Mapping):
                found.add(each)
            elif each is not None and id(each) not in seen:
                seen.add(id(each))
                stack.append(each)
    return tuple(sorted(found, key=lambda mapping: (str(mapping), mapping.source)))
