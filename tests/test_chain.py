"""Chains of links: finitely many, sound on finite sets, and the same as the rules that are written down."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, reduce
from itertools import combinations, pairwise, product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from iotbaseline.relations import (
    IDENTITY,
    PART_OF,
    TO_SUPPORTIVE,
    UNIVERSE,
    Chain,
    Conclusion,
    Link,
    Relation,
    compose,
    compose_path,
    invert,
)

HAS_PART = invert(PART_OF)
LINKS: list[Link] = [*Relation, PART_OF, HAS_PART]
"""Every link that the hops of a library have."""
ACTING = {Relation.SUPPORTS, Relation.IS_SUPPORTED_BY, Relation.CONTRARY, Relation.RELATED}
NOTHING = Conclusion(UNIVERSE)
WEAK = Conclusion(UNIVERSE, is_weak=True)
PATHS = st.lists(st.sampled_from(LINKS) | st.frozensets(st.sampled_from(sorted(UNIVERSE))), max_size=7)

Concept = frozenset[int]


def relation_of(first: Concept, second: Concept) -> Relation:
    """The set-theory relation of two concepts, by its definition."""
    if first == second:
        return Relation.EQUAL
    if first < second:
        return Relation.SUBSET_OF
    if first > second:
        return Relation.SUPERSET_OF
    return Relation.INTERSECTS_WITH if first & second else Relation.NO_RELATIONSHIP


def concepts(size: int) -> list[Concept]:
    return [frozenset(some) for count in range(1, size + 1) for some in combinations(range(size), count)]


@cache
def chains() -> frozenset[Chain]:
    """Every chain that any number of links can make; were they not finite, this would not end."""
    found, edge = {Chain()}, {Chain()}
    while edge:
        edge = {chain.then(link) for chain, link in product(edge, LINKS)} - found
        found |= edge
        assert len(found) < 1000
    return frozenset(found)


def said(links: Sequence[Link]) -> Conclusion:
    """What :func:`compose_path` promises, rule by rule, from the whole path at once."""
    claims = [link for link in links if not isinstance(link, Relation) or link in UNIVERSE]
    if len(claims) == len(links):
        return Conclusion(reduce(compose, claims, IDENTITY))
    possible = frozenset() if frozenset() in claims else UNIVERSE
    acting = [link for link in links if isinstance(link, Relation) and link in ACTING]
    runs = [IDENTITY]
    for link in links:
        if isinstance(link, Relation) and link in ACTING:
            runs.append(IDENTITY)
        elif link in (Relation.IDENTICAL, Relation.EQUIVALENT):
            continue
        else:
            runs[-1] = compose(runs[-1], link)
    if any(not run or Relation.NO_RELATIONSHIP in run for run in runs):
        return Conclusion(possible)
    if links.count(Relation.RELATED) > 1:
        return Conclusion(possible, is_weak=True)
    if not acting and set(links) == {Relation.IDENTICAL}:
        return Conclusion(possible, Relation.IDENTICAL)
    if not acting:
        converted = {frozenset({relation}): supportive for relation, (supportive, _) in TO_SUPPORTIVE.items()}
        return Conclusion(possible, converted.get(runs[0], Relation.RELATED))
    if len(acting) == 1 and runs[0] <= HAS_PART and runs[1] <= PART_OF:
        return Conclusion(possible, acting[0])
    return Conclusion(possible, Relation.RELATED)


def test_without_links_it_is_the_identity() -> None:
    assert Chain().conclusion == said([]) == Conclusion(IDENTITY)


@pytest.mark.parametrize("first", LINKS)
def test_short_paths_follow_the_rules(first: Link) -> None:
    for second, third, fourth in product(LINKS, repeat=3):
        chain = Chain().then(first)
        assert chain.conclusion == said([first])
        for links in ([first, second], [first, second, third], [first, second, third, fourth]):
            chain = chain.then(links[-1])
            assert chain.conclusion == said(links)


@given(PATHS)
def test_long_paths_follow_the_rules(links: list[Link]) -> None:
    assert compose_path(links) == said(links)
    assert compose_path(iter(links)) == reduce(Chain.then, links, Chain()).conclusion


@given(PATHS, PATHS)
def test_equal_chains_go_on_alike(some: list[Link], more: list[Link]) -> None:
    chain = reduce(Chain.then, some, Chain())
    twin = evolve(chain)
    assert twin == chain
    assert hash(twin) == hash(chain)
    assert reduce(Chain.then, more, twin).conclusion == said(some + more)


def test_there_are_few_chains() -> None:
    assert 100 < len(chains()) < 1000
    assert {chain.conclusion.weaker for chain in chains()} == {None, *Relation} - UNIVERSE


def test_no_chain_excludes_the_truth() -> None:
    every = concepts(4)
    known = {pair: relation_of(*pair) for pair in product(every, every)}
    for path in product(every, repeat=4):
        chain = Chain()
        for step in pairwise(path):
            chain = chain.then(known[step])
        assert known[path[0], path[-1]] in chain.possible
        assert chain.conclusion.relation in (None, known[path[0], path[-1]])


def test_no_chain_over_parts_and_wholes_excludes_the_truth() -> None:
    """As above, but the path says of two concepts no more than that one is part of the other, where it is."""

    def link(first: Concept, second: Concept) -> Link:
        return PART_OF if first <= second else HAS_PART if first >= second else relation_of(first, second)

    for path in product(concepts(3), repeat=4):
        chain = reduce(Chain.then, (link(*step) for step in pairwise(path)), Chain())
        assert relation_of(path[0], path[-1]) in chain.possible


def test_what_is_idle_stays_idle_however_it_goes_on() -> None:
    idle = {chain for chain in chains() if chain.is_idle}
    assert 0 < len(idle) < len(chains())
    for chain, link in product(idle, [*LINKS, UNIVERSE]):
        assert chain.then(link) in idle
    assert {chain.conclusion for chain in idle} == {NOTHING, WEAK}


def test_what_is_not_idle_says_something() -> None:
    assert not {NOTHING, WEAK} & {chain.conclusion for chain in chains() if not chain.is_idle}


def test_a_lead_stays_a_lead_or_becomes_nothing() -> None:
    leads = {chain for chain in chains() if chain.is_lead}
    assert {chain.conclusion for chain in leads} == {Conclusion(UNIVERSE, Relation.RELATED)}
    for chain, link in product(leads, LINKS):
        longer = chain.then(link)
        assert longer in leads or longer.is_idle


def test_what_is_related_but_no_lead_can_come_to_more() -> None:
    chain = Chain().then(Relation.EQUIVALENT).then(PART_OF)
    assert (chain.conclusion.weaker, chain.is_lead) == (Relation.RELATED, False)
    assert chain.then(Relation.SUBSET_OF).conclusion.weaker is Relation.SUPPORTS


def test_two_untyped_links_conclude_nothing_however_they_meet() -> None:
    weak = {chain for chain in chains() if chain.is_weak}
    assert {chain.conclusion.relation for chain in weak} == {None}
    for chain, link in product(weak, LINKS):
        assert chain.then(link) in weak
    for between in (Relation.EQUAL, Relation.SUBSET_OF, Relation.SUPPORTS, HAS_PART):
        assert compose_path([Relation.RELATED, between, Relation.RELATED]) == WEAK
    assert compose_path([Relation.RELATED, Relation.EQUAL]) == Conclusion(UNIVERSE, Relation.RELATED)


@pytest.mark.parametrize("other", [relation for relation in Relation if relation not in UNIVERSE])
def test_sets_hold_set_theory_relations_only(other: Relation) -> None:
    with pytest.raises(ValueError, match=f"not of the set-theory style: {other}; "):
        Chain().then({Relation.EQUAL, other})


def test_all_that_are_of_another_style_are_named_in_order() -> None:
    others = set(Relation) - UNIVERSE
    with pytest.raises(ValueError, match=f"not of the set-theory style: {', '.join(sorted(others))}; compose_path"):
        Chain().then(others | {Relation.EQUAL})


def test_a_set_may_be_frozen_or_not() -> None:
    assert Chain().then(set(PART_OF)) == Chain().then(PART_OF)
    assert Chain().then({Relation.EQUAL}) == Chain().then(Relation.EQUAL)
