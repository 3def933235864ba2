"""The algebra of relations: the tables recomputed by brute force, the rules tried on finite models."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import chain, combinations, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iotbaseline.relations import (
    IDENTITY,
    PART_OF,
    STRONGEST,
    TO_SET_THEORY,
    TO_SUPPORTIVE,
    UNIVERSE,
    Conclusion,
    Link,
    Property,
    Relation,
    Style,
    combine,
    compose,
    compose_path,
    intersect,
    invert,
    single,
)

EQUAL, SUBSET_OF, SUPERSET_OF = Relation.EQUAL, Relation.SUBSET_OF, Relation.SUPERSET_OF
INTERSECTS_WITH, NO_RELATIONSHIP = Relation.INTERSECTS_WITH, Relation.NO_RELATIONSHIP
SUPPORTS, IS_SUPPORTED_BY, CONTRARY = Relation.SUPPORTS, Relation.IS_SUPPORTED_BY, Relation.CONTRARY
IDENTICAL, EQUIVALENT, RELATED = Relation.IDENTICAL, Relation.EQUIVALENT, Relation.RELATED
HAS_PART = invert(PART_OF)

Concept = frozenset[int]
Effects = frozenset[tuple[int, int]]


def relation_of(first: Concept, second: Concept) -> Relation:
    """The set-theory relation of two concepts, by its definition."""
    if first == second:
        return EQUAL
    if first < second:
        return SUBSET_OF
    if first > second:
        return SUPERSET_OF
    return INTERSECTS_WITH if first & second else NO_RELATIONSHIP


def concepts_of(size: int) -> list[Concept]:
    """Every concept over a universe of that many parts."""
    universe = range(size)
    return [frozenset(some) for count in range(1, size + 1) for some in combinations(universe, count)]


BASE = sorted(UNIVERSE)
OTHERS = [relation for relation in Relation if relation not in UNIVERSE]
CLAIMS = st.frozensets(st.sampled_from(BASE))
LINKS: st.SearchStrategy[Link] = st.sampled_from(Relation) | CLAIMS
CONCEPTS = st.frozensets(st.integers(0, 5), min_size=1)
STRENGTHS = st.lists(st.none() | st.integers(0, STRONGEST))


# Sets of set-theory relations


def test_the_universe_is_the_set_theory_style() -> None:
    assert {relation for relation in Relation if relation.style is Style.SET_THEORY} == UNIVERSE


def test_composition_is_what_five_parts_can_show() -> None:
    concepts = concepts_of(5)
    between = {pair: relation_of(*pair) for pair in product(concepts, concepts)}
    seen: dict[tuple[Relation, Relation], set[Relation]] = {pair: set() for pair in product(BASE, BASE)}
    for first, second, third in product(concepts, repeat=3):
        seen[between[first, second], between[second, third]].add(between[first, third])
    assert {pair: compose(*pair) for pair in seen} == seen


@given(CLAIMS, CLAIMS)
def test_sets_compose_by_pairs(first: frozenset[Relation], second: frozenset[Relation]) -> None:
    pairs = [compose(one, other) for one, other in product(first, second)]
    assert compose(first, second) == frozenset(chain.from_iterable(pairs))
    assert compose(set(first), second) == compose(first, set(second)) == compose(first, second)


@given(st.sampled_from(BASE), CLAIMS)
def test_a_relation_is_the_set_of_itself(relation: Relation, claims: frozenset[Relation]) -> None:
    assert compose(relation, claims) == compose({relation}, claims)
    assert compose(claims, relation) == compose(claims, {relation})
    assert invert(relation) == invert({relation})


@given(CLAIMS, CLAIMS, CLAIMS)
def test_composition_is_associative(
    first: frozenset[Relation], second: frozenset[Relation], third: frozenset[Relation]
) -> None:
    assert compose(compose(first, second), third) == compose(first, compose(second, third))


def test_composition_of_relations_is_associative() -> None:
    for first, second, third in product(BASE, repeat=3):
        assert compose(compose(first, second), third) == compose(first, compose(second, third))


@given(CLAIMS)
def test_identity_and_contradiction(claims: frozenset[Relation]) -> None:
    assert compose(IDENTITY, claims) == compose(claims, IDENTITY) == claims
    assert compose(frozenset(), claims) == compose(claims, frozenset()) == frozenset()
    assert compose(UNIVERSE, claims) == compose(claims, UNIVERSE) == (UNIVERSE if claims else frozenset())


@given(CLAIMS, CLAIMS)
def test_the_inverse_of_a_composition(first: frozenset[Relation], second: frozenset[Relation]) -> None:
    assert invert(compose(first, second)) == compose(invert(second), invert(first))


@given(st.frozensets(st.sampled_from(Relation)))
def test_the_inverse_of_an_inverse(relations: frozenset[Relation]) -> None:
    assert invert(invert(relations)) == relations
    assert {relation.inverse for relation in relations} == invert(relations)


@given(CLAIMS, CLAIMS, CLAIMS)
def test_to_know_less_is_to_conclude_no_more(
    claims: frozenset[Relation], spare: frozenset[Relation], others: frozenset[Relation]
) -> None:
    assert compose(claims, others) <= compose(claims | spare, others)
    assert compose(others, claims) <= compose(others, claims | spare)
    assert intersect([claims, others]) <= intersect([claims | spare, others])
    assert invert(claims) <= invert(claims | spare)


@given(st.lists(CLAIMS), st.lists(CLAIMS))
def test_intersection(some: list[frozenset[Relation]], others: list[frozenset[Relation]]) -> None:
    assert intersect(some + others) == intersect(others + some) == intersect(some) & intersect(others)
    assert all(intersect(some) <= claims for claims in some)


def test_intersection_of_no_path_and_of_a_contradiction() -> None:
    assert intersect([]) == UNIVERSE
    assert intersect([EQUAL, PART_OF]) == IDENTITY
    assert intersect([compose(SUBSET_OF, SUBSET_OF), {EQUAL}]) == frozenset()


def test_single() -> None:
    assert [single(PART_OF), single(set()), single({SUPPORTS})] == [None, None, SUPPORTS]


@pytest.mark.parametrize("other", OTHERS)
def test_other_styles_do_not_compose(other: Relation) -> None:
    message = f"set-theory style: {other}; compose_path"
    for link in (other, {EQUAL, other}):
        with pytest.raises(ValueError, match=message):
            compose(link, EQUAL)
        with pytest.raises(ValueError, match=message):
            compose(EQUAL, link)
        with pytest.raises(ValueError, match=message):
            intersect([link])
    with pytest.raises(ValueError, match=message):
        compose_path([{EQUAL, other}])


# Paths, tried on finite sets


def known(first: Concept, second: Concept, spare: frozenset[Relation]) -> frozenset[Relation]:
    """Something true of two concepts, with other relations left open."""
    return spare | {relation_of(first, second)}


@given(st.lists(st.tuples(CONCEPTS, CLAIMS), min_size=2, max_size=6))
def test_no_path_excludes_the_true_relation(steps: list[tuple[Concept, frozenset[Relation]]]) -> None:
    concepts = [concept for concept, _ in steps]
    links = [known(a, b, spare) for (a, spare), (b, _) in pairwise(steps)]
    exact = [relation_of(a, b) for a, b in pairwise(concepts)]
    true = relation_of(concepts[0], concepts[-1])
    assert true in compose_path(exact).possible <= compose_path(links).possible
    assert compose_path(links) == Conclusion(reduce(compose, links))
    assert compose_path(exact).relation in (true, None)


@given(CONCEPTS, CONCEPTS, st.lists(st.lists(CONCEPTS, max_size=4)))
def test_no_parallel_paths_exclude_the_true_relation(
    first: Concept, last: Concept, between: list[list[Concept]]
) -> None:
    paths = [[relation_of(a, b) for a, b in pairwise([first, *through, last])] for through in between]
    found = [compose_path(path).possible for path in paths]
    assert relation_of(first, last) in intersect(found)


@given(st.lists(LINKS, max_size=5), st.lists(LINKS, max_size=5))
def test_a_path_is_composed_of_its_stretches(some: list[Link], others: list[Link]) -> None:
    whole = compose_path(some + others)
    assert whole.possible == compose(compose_path(some).possible, compose_path(others).possible)


@given(st.lists(LINKS, max_size=5))
def test_a_path_can_be_read_backwards(links: list[Link]) -> None:
    there = compose_path(links)
    back = compose_path([single(invert(link)) or invert(link) for link in reversed(links)])
    assert back.possible == invert(there.possible)
    assert back.weaker == (there.weaker and there.weaker.inverse)


# Paths with other styles


@given(st.lists(LINKS, max_size=4), st.sampled_from(OTHERS), st.lists(LINKS, max_size=4))
def test_other_styles_never_make_a_set_theory_claim(before: list[Link], other: Relation, after: list[Link]) -> None:
    found = compose_path([*before, other, *after])
    assert found.possible == (frozenset() if frozenset() in [*before, *after] else UNIVERSE)
    assert found.relation not in UNIVERSE
    assert found.relation is found.weaker


@pytest.mark.parametrize("relation", Relation)
def test_a_path_of_one_link_says_what_the_link_says(relation: Relation) -> None:
    assert compose_path([relation]).relation is relation


@given(st.lists(LINKS, max_size=4), st.lists(LINKS, max_size=4))
def test_a_detour_to_the_same_concept_changes_nothing(before: list[Link], after: list[Link]) -> None:
    assert compose_path([*before, EQUAL, *after]) == compose_path([*before, IDENTITY, *after])
    assert compose_path([*before, IDENTITY, SUPPORTS, *after]) == compose_path([*before, SUPPORTS, *after])
    assert compose_path([*before, EQUIVALENT, SUPPORTS, *after]) == compose_path([*before, SUPPORTS, *after])


def test_an_empty_path_is_the_identity() -> None:
    assert compose_path([]) == Conclusion(IDENTITY)
    assert compose_path([]).relation is EQUAL


def test_a_contradiction_on_the_way_leaves_nothing() -> None:
    assert compose_path([frozenset(), SUPPORTS]) == Conclusion(frozenset())
    assert compose_path([EQUIVALENT, set()]) == Conclusion(frozenset())


PATHS: list[tuple[list[Link], Relation | None]] = [
    ([SUPERSET_OF, SUPPORTS, SUBSET_OF], SUPPORTS),
    ([HAS_PART, HAS_PART, IS_SUPPORTED_BY], IS_SUPPORTED_BY),
    ([CONTRARY, EQUIVALENT, PART_OF, SUBSET_OF], CONTRARY),
    ([EQUAL, SUPPORTS, IDENTICAL], SUPPORTS),
    ([SUPPORTS, PART_OF], SUPPORTS),
    ([HAS_PART, SUPPORTS], SUPPORTS),
    ([SUBSET_OF, SUPPORTS], RELATED),
    ([SUPPORTS, SUPERSET_OF], RELATED),
    ([PART_OF, SUPPORTS], RELATED),
    ([INTERSECTS_WITH, SUPPORTS], RELATED),
    ([SUPPORTS, SUPPORTS], RELATED),
    ([SUPPORTS, IS_SUPPORTED_BY], RELATED),
    ([CONTRARY, CONTRARY], RELATED),
    ([RELATED, SUPPORTS, SUPPORTS], RELATED),
    ([RELATED, SUPERSET_OF, SUBSET_OF], RELATED),
    ([PART_OF, HAS_PART, SUPPORTS], None),
    ([SUPPORTS, SUBSET_OF, SUPERSET_OF, SUPPORTS], None),
    ([SUPPORTS, NO_RELATIONSHIP], None),
    ([EQUIVALENT, NO_RELATIONSHIP], None),
    ([RELATED, INTERSECTS_WITH, INTERSECTS_WITH], None),
    ([IDENTICAL, IDENTICAL], IDENTICAL),
    ([IDENTICAL, EQUIVALENT], EQUIVALENT),
    ([IDENTICAL, EQUAL], EQUIVALENT),
    ([EQUIVALENT, SUBSET_OF, SUBSET_OF], SUPPORTS),
    ([SUPERSET_OF, EQUIVALENT], IS_SUPPORTED_BY),
    ([EQUIVALENT, INTERSECTS_WITH], RELATED),
    ([EQUIVALENT, PART_OF], RELATED),
]


@pytest.mark.parametrize(("links", "weaker"), PATHS)
def test_paths(links: list[Link], weaker: Relation | None) -> None:
    assert compose_path(links) == Conclusion(UNIVERSE, weaker)


def test_parts_and_wholes() -> None:
    down = {relation: single(compose(PART_OF, relation)) for relation in BASE}
    up = {relation: single(compose(HAS_PART, relation)) for relation in BASE}
    nothing = dict.fromkeys(BASE, None)
    assert down == {**nothing, SUBSET_OF: SUBSET_OF, NO_RELATIONSHIP: NO_RELATIONSHIP}
    assert up == {**nothing, SUPERSET_OF: SUPERSET_OF}
    assert compose(PART_OF, HAS_PART) == UNIVERSE


def acts(effects: Effects, first: Concept, second: Concept) -> bool:
    """Whether some part of one concept has an effect on some part of another: it helps it, or contradicts it."""
    return not effects.isdisjoint(product(first, second))


def follows(links: Sequence[Relation | None]) -> bool:
    """Whether A acts on the last concept in each model over three parts; ``None`` as a link means "acts on"."""
    concepts = concepts_of(3)
    pairs = list(product(range(3), range(3)))
    effects = [frozenset(some) for count in (1, 2) for some in combinations(pairs, count)]

    def holds(link: Relation | None, model: Effects, first: Concept, second: Concept) -> bool:
        return acts(model, first, second) if link is None else relation_of(first, second) is link

    return all(
        acts(model, path[0], path[-1])
        for model, path in product(effects, product(concepts, repeat=len(links) + 1))
        if all(holds(link, model, *ends) for link, ends in zip(links, pairwise(path), strict=True))
    )


@pytest.mark.parametrize("acting", [SUPPORTS, CONTRARY])
@pytest.mark.parametrize("other", [*BASE, None])
def test_what_acts_passes_where_it_follows_and_nowhere_else(acting: Relation, other: Relation | None) -> None:
    link = acting if other is None else other
    assert (compose_path([acting, link]).weaker is acting) == follows([None, other])
    assert (compose_path([link, acting]).weaker is acting) == follows([other, None])


FEW_PARTS = st.frozensets(st.integers(0, 2), min_size=1)


@given(st.lists(FEW_PARTS, min_size=2, max_size=6), st.data())
def test_what_acts_passes_only_where_it_holds(concepts: list[Concept], data: st.DataObject) -> None:
    where = data.draw(st.integers(0, len(concepts) - 2))
    part, affected = (data.draw(st.sampled_from(sorted(concept))) for concept in concepts[where : where + 2])
    links = [relation_of(*ends) for ends in pairwise(concepts)]
    links[where] = SUPPORTS
    if compose_path(links).weaker is SUPPORTS:
        assert part in concepts[0]
        assert affected in concepts[-1]


# Conversions between styles, strengths


def test_table_7() -> None:
    assert {relation: supportive for relation, (supportive, _) in TO_SUPPORTIVE.items()} == {
        SUBSET_OF: SUPPORTS,
        EQUAL: EQUIVALENT,
        SUPERSET_OF: IS_SUPPORTED_BY,
    }
    assert {relation for relation, (_, how) in TO_SUPPORTIVE.items() if how is Property.INTEGRAL_TO} == {
        SUBSET_OF,
        SUPERSET_OF,
    }
    assert {supportive.style for supportive, _ in TO_SUPPORTIVE.values()} == {Style.SUPPORTIVE}


def test_table_7_goes_both_ways() -> None:
    assert {TO_SUPPORTIVE[relation]: relation for relation in TO_SUPPORTIVE} == TO_SET_THEORY
    assert (SUPPORTS, None) not in TO_SET_THEORY


@pytest.mark.parametrize("relation", TO_SUPPORTIVE)
def test_converting_and_inverting_commute(relation: Relation) -> None:
    supportive, how = TO_SUPPORTIVE[relation]
    assert TO_SUPPORTIVE[relation.inverse] == (supportive.inverse, how)


@given(STRENGTHS, STRENGTHS)
def test_strength_never_grows_along_a_path(some: list[int | None], more: list[int | None]) -> None:
    short, long = combine(some), combine(some + more)
    assert long is None or (short is not None and long <= short)
    assert long == combine([short, combine(more)])


@given(STRENGTHS)
def test_strength_is_that_of_the_weakest_link_or_unknown(strengths: list[int | None]) -> None:
    assert combine(iter(strengths)) == combine(sorted(strengths, key=repr))
    assert (combine(strengths) is None) == (None in strengths)
    assert combine([*strengths, STRONGEST]) == combine(strengths)


def test_strengths() -> None:
    assert [combine([8, 3, 10]), combine([0, None]), combine([])] == [3, None, 10]
