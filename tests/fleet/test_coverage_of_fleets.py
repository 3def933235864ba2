"""What the views say of each product is what coverage says of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline import CoverageLevel, Relation, fleet
from iotbaseline._assessments.scope import wholes
from iotbaseline._fleet.tables import arrow
from iotbaseline._library.library import DEFAULT, Library

MakeLibrary = Callable[..., Library]
MakeMapping = Callable[..., ib.Mapping]
Made = tuple[list[ib.Element], list[tuple[str, Relation, str]]]
Assessed = list[tuple[ib.Element, str | None, str]]
"""What is found of one product: element, component, status."""

ANY_KIND = sorted(ib.kinds.KINDS)
DAY = date(2026, 11, 30)
WORST_FIRST = ["not met", "partly met", "not assessed", "met", "not applicable"]
STATUSES = ["met"] * 6 + WORST_FIRST


@st.composite
def small(draw: st.DrawFn) -> Made:
    """Three publications with parts and examples, perhaps with rows of profiles, and mappings of any kind between them.

    Set-theory relations are frequent, so that paths meet, say more together and contradict each other.
    """
    elements: list[ib.Element] = []
    forces = st.sampled_from([None, None, None, ib.kinds.Normativity.INFORMATIVE])
    for key in "abc":
        ids = [f"{key}:{number}" for number in range(draw(st.integers(1, 4)))]
        for number, identifier in enumerate(ids):
            parent = draw(st.none() | st.sampled_from(ids[:number])) if number else None
            elements.append(ib.kinds.Criterion(id=identifier, parent=parent, normativity=draw(forces)))
        if selects := draw(st.sets(st.sampled_from(ids), max_size=2)):
            elements.append(ib.kinds.ProfileEntry(id=f"{key}:row", selects=tuple(sorted(selects))))
    ends = st.sampled_from([element.id for element in elements])
    relations = st.sampled_from([*Relation, *[Relation.SUBSET_OF, Relation.SUPERSET_OF, Relation.EQUAL] * 3])
    return elements, draw(st.lists(st.tuples(ends, relations, ends), min_size=3, max_size=14))


def library_of(make: MakeLibrary, mapped: MakeMapping, made: Made) -> Library:
    nothing = [
        mapped(f"{one}:0", Relation.RELATED, None, source=f"{one}--{other}") for one, other in ("ab", "bc", "ca")
    ]
    return make(made[0], [mapped(*row) for row in made[1]] + nothing)


def products(elements: Sequence[ib.Element], seed: int, number: int = 12) -> dict[str, Assessed]:
    """Products of which a few elements or nearly all are assessed, some of them by component."""
    chance = random.Random(seed)  # noqa: S311
    found: dict[str, Assessed] = {}
    for product in range(number):
        chosen = chance.sample(elements, chance.randint(1, len(elements)))
        found[f"product {product}"] = [
            (element, component, chance.choice(STATUSES))
            for element in chosen
            for component in chance.choice([(None,), (None,), (None,), ("app", "hub")])
        ]
    return found


def expected(
    assessed: Assessed, target: list[ib.Element], through: Sequence[str], library: Library
) -> dict[str, CoverageLevel]:
    """What coverage says of a product: of what it meets, and of the wholes all of whose parts it meets.

    Where nothing leads there, it is what coverage says of all that the product was held against.
    """
    worst: dict[str, str] = {}
    for element, _, status in assessed:
        worst[element.id] = min(status, worst.get(element.id, "not applicable"), key=WORST_FIRST.index)
    elements = {element.id: element for element, _, _ in assessed}
    nothing = {element.id: CoverageLevel.NOT_MAPPED for element in target}

    def levels(selected: list[ib.Element]) -> dict[str, CoverageLevel]:
        try:
            found = ib.coverage(selected, target, kinds=ANY_KIND, through=through, library=library)
        except ib.errors.QueryError:  # Nothing is selected, or no crosswalk leads there.
            return nothing
        return {item.element.id: item.level for item in found}

    direct = [element for element in elements.values() if worst[element.id] == "met"]
    met = levels([*direct, *wholes((element.id for element in direct), elements.values(), library)])
    every = levels([*elements.values()])
    return {
        item: level if level < CoverageLevel.GAP else max(every[item], CoverageLevel.GAP) for item, level in met.items()
    }


def assert_as_coverage_says(
    fleet_of: dict[str, Assessed], target: list[ib.Element], through: Sequence[str], library: Library
) -> None:
    every = {element.id: element for assessed in fleet_of.values() for element, _, _ in assessed}
    made = fleet.tables([*every.values()], target, kinds=ANY_KIND, through=through, library=library)
    rows = [
        (product, component, element.id, status, None, None, None, None)
        for product, assessed in fleet_of.items()
        for element, component, status in assessed
    ]
    connection = fleet.connect(made, arrow("findings", rows), on=DAY)
    found: dict[str, dict[str, str]] = {}
    for product, element, level in connection.execute("SELECT product, element, level FROM coverage").fetchall():
        found.setdefault(product, {})[element] = level
    assert found == {product: expected(each, target, through, library) for product, each in fleet_of.items()}


@pytest.mark.slow
@given(small(), st.data())
@settings(max_examples=25)
def test_each_product_of_a_made_library(
    small_library: MakeLibrary, mapped: MakeMapping, made: Made, data: st.DataObject
) -> None:
    library = library_of(small_library, mapped, made)
    ours, theirs = (data.draw(st.sampled_from(["a", "b", "ab", "bc", "abc"])) for _ in range(2))
    through = data.draw(st.lists(st.sampled_from("abc"), max_size=2, unique=True))
    selected = [element for element in made[0] if element.publication in ours]
    target = [element for element in made[0] if element.publication in theirs]
    assert_as_coverage_says(products(selected, data.draw(st.integers(0, 99))), target, through, library)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ours", "theirs", "through"),
    [
        (("ir8425",), "ir8259a", ()),
        (("ir8425", "ir8259a"), "cra", ()),
        (("sp800-213a",), "csf1.1", ()),
        (("ir8425", "sp800-213a"), "sp800-53r5", ("sp800-213a",)),
        (("sp800-213a", "ir8259a"), "ir8259a", ()),
    ],
)
def test_each_product_against_what_ships(ours: tuple[str, ...], theirs: str, through: tuple[str, ...]) -> None:
    elements = [element for key in ours for element in ib.load(key)]
    target = [item.element for item in ib.coverage(elements, theirs, through=through)]
    assert_as_coverage_says(products(elements, len(elements)), target, through, DEFAULT)


def test_paths_that_contradict_each_other_say_no_more_than_related(
    small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    elements = [ib.kinds.Criterion(id=identifier) for identifier in ("a:0", "b:0")]
    rows = [mapped("a:0", Relation.EQUAL, "b:0"), mapped("a:0", Relation.NO_RELATIONSHIP, "b:0", source="a--b")]
    library = small_library(elements, rows)
    closure = fleet.tables("a", "b", library=library)["closure"].to_pylist()
    assert [(row["level"], row["overrides"]) for row in closure] == [("covered", False), ("related", True)]
    assert ib.coverage("a", "b", library=library)["b:0"].level is CoverageLevel.RELATED
    assert_as_coverage_says({"one": [(elements[0], None, "met")]}, [elements[1]], (), library)


def test_paths_contradict_each_other_only_where_all_of_them_count(
    small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    """a:0 is within b:0, but a part of it has nothing in common with b:0; that part may speak for itself."""
    whole, part, other = (
        ib.kinds.Criterion(id=each, parent=up) for each, up in (("a:0", None), ("a:1", "a:0"), ("b:0", None))
    )
    rows = [mapped("a:0", Relation.SUBSET_OF, "b:0"), mapped("a:1", Relation.NO_RELATIONSHIP, "b:0")]
    library = small_library([whole, part, other], rows)
    made = fleet.tables("a", "b", library=library)
    closure = [row for row in made["closure"].to_pylist() if row["source"] == "a:0"]
    blockers = {row["blocker"]: row["element"] for row in made["blockers"].to_pylist()}
    assert [(row["level"], row["overrides"], blockers.get(row["blocker"])) for row in closure] == [
        ("partly covered", False, None),
        ("related", True, "a:1"),
    ]
    assert closure[1]["path"].count("; ") == 1
    assert_as_coverage_says(
        {"whole": [(whole, None, "met")], "both": [(whole, None, "met"), (part, None, "met")]}, [other], (), library
    )


def test_a_part_that_is_met_stands_in_the_way_of_the_parts_beside_it(
    small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    whole, one, other, end = (
        ib.kinds.Criterion(id=each, parent=up)
        for each, up in (("a:0", None), ("a:1", "a:0"), ("a:2", "a:0"), ("b:0", None))
    )
    library = small_library([whole, one, other, end], [mapped("a:1", Relation.EQUAL, "b:0")])
    fleet_of: dict[str, Assessed] = {
        "whole": [(whole, None, "met")],
        "whole and another part": [(whole, None, "met"), (other, None, "met")],
        "another part": [(other, None, "met")],
    }
    assert expected(fleet_of["whole"], [end], (), library) == {"b:0": CoverageLevel.COVERED}
    assert expected(fleet_of["whole and another part"], [end], (), library) == {"b:0": CoverageLevel.GAP}
    assert_as_coverage_says(fleet_of, [end], (), library)


def test_ways_through_other_publications(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    elements = [ib.kinds.Criterion(id=f"{key}:0") for key in "abc"]
    rows = [mapped("a:0", Relation.EQUAL, "c:0"), mapped("c:0", Relation.EQUAL, "b:0")]
    library = small_library(elements, rows)
    assert_as_coverage_says({"one": [(elements[0], None, "met")]}, [elements[1]], ("c",), library)
    [row] = fleet.tables("a", "b", through="c", library=library)["closure"].to_pylist()
    assert (row["level"], row["path"]) == ("covered", "a:0 equal c:0 equal b:0")
