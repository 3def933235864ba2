"""The relations of IR 8477."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iotbaseline import Relation, Style
from iotbaseline.relations import Property

SMALL_SETS = st.frozensets(st.integers(0, 4), min_size=1)


def relation_of(first: frozenset[int], second: frozenset[int]) -> Relation:
    """The set-theory relation of two concepts, by its definition in IR 8477, section 4.3."""
    if first == second:
        return Relation.EQUAL
    if first < second:
        return Relation.SUBSET_OF
    if first > second:
        return Relation.SUPERSET_OF
    return Relation.INTERSECTS_WITH if first & second else Relation.NO_RELATIONSHIP


@given(st.sampled_from(Relation))
def test_inverse_is_an_involution(relation: Relation) -> None:
    assert relation.inverse.inverse is relation


@given(SMALL_SETS, SMALL_SETS)
def test_inverse_swaps_the_sides(first: frozenset[int], second: frozenset[int]) -> None:
    assert relation_of(second, first) is relation_of(first, second).inverse


@pytest.mark.parametrize(
    ("relation", "inverse"), [("subset_of", "superset_of"), ("supports", "is_supported_by"), ("related", "related")]
)
def test_inverse(relation: str, inverse: str) -> None:
    assert Relation(relation).inverse == inverse


@given(st.sampled_from(Relation))
def test_inverse_keeps_the_style(relation: Relation) -> None:
    assert relation.inverse.style is relation.style


def test_names_of_styles() -> None:
    assert list(Style) == ["concept_crosswalk", "supportive", "set_theory"]


def test_names_of_properties() -> None:
    assert list(Property) == ["example_of", "integral_to", "precedes"]


def test_styles() -> None:
    members = {style: {str(relation) for relation in Relation if relation.style is style} for style in Style}
    assert members == {
        Style.CONCEPT_CROSSWALK: {"related"},
        Style.SUPPORTIVE: {"supports", "is_supported_by", "identical", "equivalent", "contrary"},
        Style.SET_THEORY: {"equal", "subset_of", "superset_of", "intersects_with", "no_relationship"},
    }
