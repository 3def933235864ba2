"""Whether set-theory mappings can all be true, without composing them.

``subset_of``, ``equal`` and the links from parts to wholes say that one concept lies within another. What lies within
each other is one concept. Then mappings can all be true unless one of them is a proper subset within one concept, an
overlap of two of which one lies within the other, or no relationship of two that have something in common: a concept
within both, or overlapping ones within each. In any other case there is a model: give each concept a thing of its
own, and each overlap one that its two concepts share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

from iotbaseline._library.bounds import Budget
from iotbaseline._model.mapping import Mapping
from iotbaseline.relations import Relation

Pair: TypeAlias = tuple[str, str]
_Onto: TypeAlias = defaultdict[str, set[str]]

MOST_STEPS = 700_000
"""How many steps a check of mappings may take; they take about a second."""


def new_budget() -> Budget:
    """The steps that one check may take."""
    problem = f"the mappings say too much of each other: more than {MOST_STEPS} steps to check them"
    return Budget(MOST_STEPS, problem, "check fewer crosswalks at a time")


def impossible(mappings: Iterable[Mapping], parts: Iterable[Pair], budget: Budget) -> set[str]:
    """One element of each mapping that cannot be true together with the others; empty if all can be true."""
    within, stated = _read(mappings, parts)
    budget.spend(sum(map(len, within.values())))
    same = _same(within)
    up, down = _between(same, within)
    overlaps, apart, smaller = (
        [(name, same.get(name, name), {same.get(each, each) for each in ends}) for name, ends in stated[kind].items()]
        for kind in (Relation.INTERSECTS_WITH, Relation.NO_RELATIONSHIP, Relation.SUBSET_OF)
    )
    shared: _Onto = defaultdict(set)
    for _, one, others in overlaps:
        shared[one] |= others
        for other in others:
            shared[other].add(one)
    found = {name for name, one, others in smaller if one in others}
    for name, one, others in overlaps:
        if not others.isdisjoint(_reached({one}, up, budget) | _reached({one}, down, budget)):
            found.add(name)
    for name, one, others in apart:
        below = _reached({one}, down, budget)
        met = below.union(*(shared[each] for each in below if each in shared))
        if not others.isdisjoint(_reached(met, up, budget)):
            found.add(name)
    return found


def _read(mappings: Iterable[Mapping], parts: Iterable[Pair]) -> tuple[_Onto, dict[Relation, _Onto]]:
    """What lies within what, and what is stated but for ``equal``, with every superset read the other way."""
    within: _Onto = defaultdict(set)
    stated: dict[Relation, _Onto] = defaultdict(lambda: defaultdict(set))
    for part, whole in parts:
        within[part].add(whole)
    for mapping in mappings:
        one, other, relation = mapping.subject, mapping.object, mapping.relation
        if other is None:
            continue
        if relation is Relation.SUPERSET_OF:
            one, other, relation = other, one, relation.inverse
        stated[relation][one].add(other)
        if relation in (Relation.EQUAL, Relation.SUBSET_OF):
            within[one].add(other)
        if relation is Relation.EQUAL:
            within[other].add(one)
    return within, stated


def _same(within: _Onto) -> dict[str, str]:
    """For each element the one that stands for all that lie within each other: the strongly connected components."""
    back: _Onto = defaultdict(set)
    for one, others in within.items():
        for other in others:
            back[other].add(one)
    left: list[str] = []
    seen: set[str] = set()
    for start in within:
        stack = [] if start in seen else [(start, iter(within[start]))]
        seen.add(start)
        while stack:
            here, onwards = stack[-1]
            further = next((each for each in onwards if each not in seen), None)
            if further is None:
                left.append(here)
                stack.pop()
            else:
                seen.add(further)
                stack.append((further, iter(within.get(further, ()))))
    same: dict[str, str] = {}
    for first in reversed(left):
        edge = [] if first in same else [first]
        same.setdefault(first, first)
        while edge:
            for each in back.get(edge.pop(), ()):
                if each not in same:
                    same[each] = first
                    edge.append(each)
    return same


def _between(same: dict[str, str], within: _Onto) -> tuple[_Onto, _Onto]:
    """What lies right around each concept, and what right within it."""
    up: _Onto = defaultdict(set)
    down: _Onto = defaultdict(set)
    for one, others in within.items():
        for other in others:
            low, high = same[one], same[other]
            if low != high:
                up[low].add(high)
                down[high].add(low)
    return up, down


def _reached(starts: set[str], onto: _Onto, budget: Budget) -> set[str]:
    found = set(starts)
    edge = list(starts)
    while edge:
        further = onto.get(edge.pop(), set()) - found
        found |= further
        edge.extend(further)
    budget.spend(len(found))
    return found


def concerned(mappings: list[Mapping], parts: list[Pair], elements: set[str]) -> tuple[list[Mapping], list[Pair]]:
    """The mappings and parts that are connected with some elements, over any number of others."""
    beside: _Onto = defaultdict(set)
    for one, other in (*parts, *((each.subject, each.object) for each in mappings if each.object is not None)):
        beside[one].add(other)
        beside[other].add(one)
    found = set(elements)
    edge = list(elements)
    while edge:
        further = beside[edge.pop()] - found
        found |= further
        edge.extend(further)
    return [each for each in mappings if each.subject in found], [pair for pair in parts if pair[0] in found]
