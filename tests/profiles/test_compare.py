"""Two sides held against each other: laws on made and shipped data, kinds one by one, reports that hold every row."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline import Basis, ComparisonKind, CoverageLevel, ModificationKind, Relation

if TYPE_CHECKING:
    from collections.abc import Callable

    MakeLibrary = Callable[..., ib.Library]
    MakeMapping = Callable[..., ib.Mapping]

SAME, TAILORED, EQUIVALENT, WEAKER, OVERLAPPING, STRONGER, RELATED, ONLY, NOT_MAPPED = KINDS = list(ComparisonKind)
LEVELS = {
    SAME: {CoverageLevel.COVERED},
    EQUIVALENT: {CoverageLevel.COVERED},
    WEAKER: {CoverageLevel.COVERED},
    STRONGER: {CoverageLevel.PARTLY_COVERED},
    OVERLAPPING: {CoverageLevel.PARTLY_COVERED},
    RELATED: {CoverageLevel.SUPPORTED, CoverageLevel.RELATED},
    ONLY: {CoverageLevel.GAP},
    NOT_MAPPED: {CoverageLevel.NOT_MAPPED},
}
"""How far the other side covers an element of each kind."""

Row = tuple[str, Relation, str]
Concept = frozenset[int]
PAIRS = [
    ("consumer", "ir8259a"),
    ("consumer", "federal"),
    ("industrial", "ot-overlay"),
    ("ir8425", "ir8259b"),
    ("ir8425", "sp800-213a"),
    ("csf1.1", "csf2.0"),
]


def asking(elements: Iterable[ib.Element]) -> list[str]:
    """What a coverage of the elements by themselves has as items."""
    held = [*elements]
    return [item.element.id for item in ib.coverage(held, held)]


def elements_of(name: str) -> tuple[ib.Element, ...]:
    known = {profile.key for profile in ib.profiles()}
    return ib.profile(name).resolve().elements if name in known else ib.load(name).elements


# Laws of the shipped library


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_every_element_that_asks_has_one_row(left: str, right: str) -> None:
    found = ib.compare(left, right)
    assert [row.element.id for row in found.left_rows] == asking(elements_of(left))
    assert [row.element.id for row in found.right_rows] == asking(elements_of(right))
    assert [*found] == [*found.left_rows, *found.right_rows]
    assert len(found) == len([*found])


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_seen_from_the_other_side_it_is_the_same(left: str, right: str) -> None:
    there, back = ib.compare(left, right), ib.compare(right, left)
    assert (there.left, there.right) == (back.right, back.left)
    assert (there.left_rows, there.right_rows) == (back.right_rows, back.left_rows)
    assert there.counts_by_side() == {kind: counts[::-1] for kind, counts in back.counts_by_side().items()}


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_what_bears_upon_the_other_side_is_not_only_on_one(left: str, right: str) -> None:
    found = ib.compare(left, right)
    for rows, others in ((found.left_rows, found.right_rows), (found.right_rows, found.left_rows)):
        bearing = {partner.subject for row in others for partner in row.partners}
        assert bearing.isdisjoint(row.element.id for row in rows if row.kind is ONLY)


@pytest.mark.parametrize("which", ["consumer", "consumer-router", "industrial", "ot-overlay", "ir8425", "sp800-213a"])
def test_against_itself_all_is_the_same(which: str) -> None:
    found = ib.compare(which, which)
    assert {row.kind for row in found} == {SAME}
    assert found.left_rows == found.right_rows
    assert [row.closest for row in found.left_rows] == [(row.element.id,) for row in found.left_rows]
    assert found.only_left == found.only_right == ()


def test_a_profile_and_what_it_is_a_profile_of() -> None:
    """The consumer profile takes all of IR 8425 and changes nothing of it."""
    found = ib.compare("consumer", "IR 8425")
    assert {row.kind for row in found} == {SAME}
    assert (found.left, found.right) == ("consumer", "ir8425")


def test_a_level_of_a_profile() -> None:
    overlay = ib.profile("ot-overlay")
    low, high = overlay.resolve("low"), overlay.resolve("high")
    found = ib.compare(low, high)
    assert (found.left, found.right) == ("ot-overlay [low]", "ot-overlay [high]")
    common = {*asking(low.elements)} & {*asking(high.elements)}
    assert {row.element.id for row in found.left_rows if row.kind in (SAME, TAILORED)} == common
    assert ib.compare(overlay, "ot-overlay").counts_by_side()[SAME] == (len(asking(overlay.resolve().elements)),) * 2
    assert ib.compare("industrial", "industrial").left == "industrial (unofficial)"


# Laws of made libraries


@st.composite
def true(draw: st.DrawFn) -> tuple[dict[str, Concept], list[ib.Element], list[Row]]:
    """Elements that stand for sets, items within the sets of what they are below, and mappings, most of them true."""
    concepts: dict[str, Concept] = {}
    elements: list[ib.Element] = []
    for key in "abc":
        for number in range(draw(st.integers(1, 4))):
            parent = draw(st.none() | st.sampled_from([f"{key}:{each}" for each in range(number)])) if number else None
            universe = sorted(concepts[parent]) if parent else range(4)
            concepts[f"{key}:{number}"] = draw(st.frozensets(st.sampled_from(universe), min_size=1))
            elements.append(ib.kinds.Criterion(id=f"{key}:{number}", parent=parent, normativity=draw(FORCES)))
    pairs = draw(st.lists(st.tuples(*[st.sampled_from(sorted(concepts))] * 2), max_size=10))
    rows = [
        (one, draw(st.sampled_from([relation_of(concepts[one], concepts[other])] * 3 + WEAKER_STYLES)), other)
        for one, other in pairs
        if one != other
    ]
    return concepts, elements, rows


WEAKER_STYLES = [Relation.SUPPORTS, Relation.IS_SUPPORTED_BY, Relation.RELATED, Relation.CONTRARY]
FORCES = st.sampled_from([None, None, None, ib.kinds.Normativity.INFORMATIVE])


def relation_of(first: Concept, second: Concept) -> Relation:
    """The set-theory relation of two concepts, by its definition."""
    if first == second:
        return Relation.EQUAL
    if first < second:
        return Relation.SUBSET_OF
    if first > second:
        return Relation.SUPERSET_OF
    return Relation.INTERSECTS_WITH if first & second else Relation.NO_RELATIONSHIP


TRUE_OF = {
    SAME: {Relation.EQUAL},
    EQUIVALENT: {Relation.EQUAL},
    WEAKER: {Relation.EQUAL, Relation.SUBSET_OF},
    STRONGER: {Relation.EQUAL, Relation.SUPERSET_OF},
    OVERLAPPING: {Relation.EQUAL, Relation.SUBSET_OF, Relation.SUPERSET_OF, Relation.INTERSECTS_WITH},
}


@pytest.mark.slow
@given(true(), st.booleans())
@settings(max_examples=300)
def test_what_is_said_is_true(
    small_library: MakeLibrary,
    mapped: MakeMapping,
    made: tuple[dict[str, Concept], list[ib.Element], list[Row]],
    detour: bool,
) -> None:
    concepts, elements, rows = made
    nothing = [mapped(f"{one}:0", Relation.RELATED, None, source=f"{one}--{other}") for one, other in ("ab", "bc")]
    library = small_library(elements, [mapped(*row) for row in rows] + nothing)
    asked = {key: [e for e in library.load(key) if not e.is_illustrative] for key in "ab"}
    if not all(asked.values()):
        with pytest.raises(ib.errors.QueryError):
            ib.compare("a", "b", library=library)
        return
    found = ib.compare("a", "b", through=["c"] if detour else [], library=library)
    assert [row.element for row in found.left_rows] == asked["a"]
    assert [row.element for row in found.right_rows] == asked["b"]
    for row in found:
        for partner in row.closest if row.kind in TRUE_OF else ():
            assert relation_of(concepts[row.element.id], concepts[partner]) in TRUE_OF[row.kind]


@st.composite
def any_rows(draw: st.DrawFn) -> list[Row]:
    ends = st.sampled_from([f"{key}:{number}" for key in "ab" for number in "1234"])
    return draw(st.lists(st.tuples(ends, st.sampled_from(Relation), ends), max_size=10))


@pytest.mark.slow
@given(any_rows(), st.sets(st.sampled_from("1234"), max_size=2))
@settings(max_examples=300)
def test_kinds_agree_with_coverage(
    small_library: MakeLibrary, mapped: MakeMapping, rows: list[Row], examples: set[str]
) -> None:
    """Here a publication maps to itself as well, and mappings contradict each other."""
    forces = dict.fromkeys(examples, ib.kinds.Normativity.INFORMATIVE)
    elements = [
        ib.kinds.Criterion(id=f"{key}:{number}", normativity=forces.get(number)) for key in "ab" for number in "1234"
    ]
    nothing = mapped("a:1", Relation.RELATED, None, source="a--b")
    library = small_library(elements, [nothing, *(mapped(*row) for row in rows)])
    found = ib.compare("a", "b", library=library)
    back = ib.compare("b", "a", library=library)
    assert (found.left_rows, found.right_rows) == (back.right_rows, back.left_rows)
    for rows_of, by, own in ((found.left_rows, "b", "a"), (found.right_rows, "a", "b")):
        covered = ib.coverage(by, own, library=library)
        for row in rows_of:
            item = covered[row.element.id]
            assert item.level in LEVELS[row.kind]
            assert row.partners == item.by
            assert {*row.closest} <= {partner.subject for partner in row.partners}
            assert (row.kind in (ONLY, NOT_MAPPED)) == (not row.closest)


# Kinds, one by one

DIRECT = {
    Relation.EQUAL: EQUIVALENT,
    Relation.IDENTICAL: EQUIVALENT,
    Relation.EQUIVALENT: EQUIVALENT,
    Relation.SUBSET_OF: WEAKER,
    Relation.SUPERSET_OF: STRONGER,
    Relation.INTERSECTS_WITH: OVERLAPPING,
    Relation.SUPPORTS: RELATED,
    Relation.IS_SUPPORTED_BY: RELATED,
    Relation.RELATED: RELATED,
    Relation.CONTRARY: ONLY,
    Relation.NO_RELATIONSHIP: ONLY,
}
"""How an element that stands in a relation to one of the other side stands to that side."""


def two_sides(make: MakeLibrary, rows: Iterable[ib.Mapping], example: str | None = None) -> ib.Library:
    forces = {example: ib.kinds.Normativity.INFORMATIVE}
    return make(
        [ib.kinds.Criterion(id=name, normativity=forces.get(name)) for name in ("a:1", "a:2", "b:1", "b:2")], rows
    )


@pytest.mark.parametrize("relation", Relation)
def test_kinds_of_one_mapping(relation: Relation, small_library: MakeLibrary, mapped: MakeMapping) -> None:
    for row in (mapped("a:1", relation, "b:1"), mapped("b:1", relation.inverse, "a:1")):
        found = ib.compare("a", "b", library=two_sides(small_library, [row]))
        assert [row.kind for row in found.left_rows] == [DIRECT[relation], NOT_MAPPED]
        assert [row.kind for row in found.right_rows] == [DIRECT[relation.inverse], NOT_MAPPED]
        [first, second] = found.left_rows
        bears = DIRECT[relation] is not ONLY
        assert first.closest == (("b:1",) if bears else ())
        assert first.because == (f"b:1 {relation.inverse} a:1" if bears else "no mapping leads to the other side")
        assert (second.partners, second.closest, second.because) == ((), (), "no mapping is held")


@pytest.mark.parametrize("relation", Relation)
def test_an_example_of_the_other_side_is_no_more_than_a_lead(
    relation: Relation, small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    library = two_sides(small_library, [mapped("a:1", relation, "b:1")], example="b:1")
    found = ib.compare("a", "b", library=library)
    assert found.left_rows[0].kind is (ONLY if DIRECT[relation] is ONLY else RELATED)
    assert [row.element.id for row in found.right_rows] == ["b:2"]
    both = [mapped("a:1", relation, "b:1"), mapped("a:1", Relation.INTERSECTS_WITH, "b:2")]
    first = ib.compare("a", "b", library=two_sides(small_library, both, example="b:1")).left_rows[0]
    assert (first.kind, first.closest) == (OVERLAPPING, ("b:2",))


@pytest.mark.parametrize(
    ("relations", "expected"),
    [
        ((Relation.EQUAL, Relation.NO_RELATIONSHIP), RELATED),
        ((Relation.SUBSET_OF, Relation.SUPERSET_OF), RELATED),
        ((Relation.EQUIVALENT, Relation.SUBSET_OF), EQUIVALENT),
        ((Relation.EQUIVALENT, Relation.SUBSET_OF, Relation.SUPERSET_OF), RELATED),
        ((Relation.SUPERSET_OF, Relation.SUPPORTS), STRONGER),
        ((Relation.SUPPORTS, Relation.NO_RELATIONSHIP), RELATED),
        ((Relation.CONTRARY, Relation.NO_RELATIONSHIP), ONLY),
    ],
)
def test_several_mappings_of_two_elements(
    relations: tuple[Relation, ...], expected: ComparisonKind, small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    library = two_sides(small_library, [mapped("a:1", relation, "b:1") for relation in relations])
    assert ib.compare("a", "b", library=library).left_rows[0].kind is expected


@pytest.mark.parametrize("better", [kind for kind in KINDS if kind in {*DIRECT.values()} - {ONLY}])
def test_the_closest_partner_decides(better: ComparisonKind, small_library: MakeLibrary, mapped: MakeMapping) -> None:
    relations = [relation for relation in Relation if DIRECT[relation] is better]
    for relation in relations:
        for other in [each for each in Relation if KINDS.index(DIRECT[each]) > KINDS.index(better)]:
            rows = [mapped("a:1", other, "b:1"), mapped("a:1", relation, "b:2")]
            first = ib.compare("a", "b", library=two_sides(small_library, rows)).left_rows[0]
            assert (first.kind, first.closest) == (better, ("b:2",))
            assert first.because == f"b:2 {relation.inverse} a:1"


def test_several_partners_decide_together(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    rows = [mapped("a:1", Relation.SUBSET_OF, "b:2"), mapped("a:1", Relation.SUBSET_OF, "b:1")]
    first = ib.compare("a", "b", library=two_sides(small_library, rows)).left_rows[0]
    assert first.closest == ("b:1", "b:2")
    assert first.because == "b:1 superset_of a:1; b:2 superset_of a:1"


def test_what_is_on_both_sides_is_the_same_whatever_it_is_mapped_to(
    small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    rows = [mapped("a:1", Relation.EQUAL, "b:1"), mapped("a:2", Relation.NO_RELATIONSHIP, "a:1")]
    library = two_sides(small_library, rows)
    left, right = (profile_of(library, *names) for names in (("a:1", "a:2"), ("a:1", "b:1")))
    found = ib.compare(left, right, library=library)
    assert [(row.kind, row.closest) for row in found.left_rows] == [(SAME, ("a:1",)), (ONLY, ())]
    assert [(row.kind, row.closest) for row in found.right_rows] == [(SAME, ("a:1",)), (EQUIVALENT, ("a:1",))]


def test_through_other_publications(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    rows = [mapped("a:1", Relation.EQUAL, "c:1"), mapped("c:1", Relation.SUBSET_OF, "b:1")]
    library = two_sides(small_library, rows)
    with pytest.raises(ib.errors.QueryError, match='between a and b; pass through="c"'):
        ib.compare("a", "b", library=library)
    found = ib.compare("a", "b", through=["c"], library=library)
    assert [row.kind for row in found] == [WEAKER, NOT_MAPPED, STRONGER, NOT_MAPPED]
    cells = aligned(library, "b", through=["c"]).cells
    assert [[row.kind for row in each] for each in cells] == [[WEAKER], [NOT_MAPPED]]


def test_what_a_lead_through_another_publication_reaches_is_not_beyond(
    small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    rows = [mapped("a:1", Relation.RELATED, "c:1"), mapped("c:1", Relation.EQUAL, "b:1")]
    library = two_sides(small_library, rows)
    found = aligned(library, "b", through=["c"])
    assert [element.id for element in left_over(found, 0)] == ["b:2"]


# Tailoring


def profile_of(library: ib.Library, *names: str, changes: Iterable[ib.Modification] = ()) -> ib.Profile:
    """A profile of the user's own that selects some elements and changes them."""
    made = [*changes]
    items = [
        ib.ResolvedElement(
            element=library.get(name),
            selections=(ib.Selection(origin=("mine",), rationales=("needed",)),),
            modifications=tuple(change for change in made if change.element == name),
        )
        for name in names
    ]
    return ib.Profile(
        key="mine", title="Mine", version="1", basis=Basis.USER, summary="A few.", selected=tuple(items)
    )  # fmt: skip


NARROW = ib.Modification(element="a:1", change=ModificationKind.NARROW, text="Daily.", rationale="It is risky.")
GUIDANCE = attrs.evolve(NARROW, change=ModificationKind.GUIDANCE)
SET = ib.Modification(
    element="a:1", change=ModificationKind.PARAMETER, parameter="period", value="1 day", rationale="It is risky."
)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ([], [], SAME),
        ([NARROW], [], TAILORED),
        ([], [NARROW], TAILORED),
        ([NARROW], [NARROW], SAME),
        ([NARROW, SET], [SET, NARROW], SAME),
        ([NARROW, SET], [NARROW], TAILORED),
        ([NARROW], [{"rationale": "Others do it.", "by": "other", "sources": ("ir8425",)}], SAME),
        ([NARROW], [{"text": "Weekly."}], TAILORED),
        ([NARROW], [{"change": ModificationKind.WIDEN}], TAILORED),
        ([NARROW], [{"levels": ("low",)}], TAILORED),
        ([SET], [{"value": "1 week"}], TAILORED),
        ([GUIDANCE], [], SAME),
        ([GUIDANCE, NARROW], [NARROW], SAME),
        ([GUIDANCE], [{"change": ModificationKind.NARROW}], TAILORED),
        ([SET], [{"parameter": "interval"}], TAILORED),
    ],
)
def test_the_same_is_tailored_where_the_sides_change_it_otherwise(
    left: list[ib.Modification],
    right: list[ib.Modification | dict[str, Any]],
    expected: ComparisonKind,
    small_library: MakeLibrary,
) -> None:
    library = two_sides(small_library, [])
    others = [attrs.evolve(left[0], **each) if isinstance(each, dict) else each for each in right]
    one = profile_of(library, "a:1", "a:2", changes=left)
    other = profile_of(library, "a:1", "a:2", changes=others)
    found = ib.compare(one, other.resolve(), library=library)
    assert [row.kind for row in found] == [expected, SAME] * 2
    assert (found.left_rows[0].modifications, found.right_rows[0].modifications) == (tuple(left), tuple(others))
    assert found.left_rows[0].closest == ("a:1",)


def test_what_is_tailored_elsewhere_stays_what_it_is(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    library = two_sides(small_library, [mapped("a:1", Relation.EQUAL, "b:1")])
    found = ib.compare(profile_of(library, "a:1", changes=[NARROW]), "b", library=library)
    assert [row.kind for row in found] == [EQUIVALENT, EQUIVALENT, NOT_MAPPED]
    assert [row.modifications for row in found] == [(NARROW,), (), ()]


# Side by side


def aligned(library: ib.Library, *profiles: str, through: Iterable[str] = ()) -> ib.SideBySide:
    return ib.side_by_side(*profiles, base=("a",), through=[*through], library=library)


BASE = [element for key in ("ir8259a", "ir8259b") for element in ib.load(key)]
SIDES = ("consumer", "federal", "industrial")


@pytest.fixture(scope="module")
def together() -> ib.SideBySide:
    return ib.side_by_side(*SIDES)


def test_the_rows_are_those_of_the_two_core_baselines(together: ib.SideBySide) -> None:
    assert [element.id for element in together.base] == asking(BASE)
    assert len(together.where("baseline")) == len(together.base) == len(together.cells)
    assert len(together) == len(together.base) + sum(map(len, (*together.beyond, *together.not_mapped)))
    assert together.profiles == ("consumer", "federal", "industrial (unofficial)")


@pytest.mark.parametrize("base", ["ir8259a", "ir8259b", "ir8425"])
def test_cells_are_rows_of_comparisons_with_the_baseline(base: str) -> None:
    found = ib.side_by_side(*SIDES, base=(base,))
    for number, name in enumerate(SIDES):
        compared = ib.compare(base, name)
        cells = [row[number] for row in found.cells]
        assert [attrs.evolve(cell, side=base, modifications=()) for cell in cells] == [*compared.left_rows]
        changed = {each.id: each.modifications for each in ib.profile(name).resolve()}
        assert [cell.modifications for cell in cells] == [changed.get(cell.element.id, ()) for cell in cells]
        assert [*found.beyond[number]] == beyond(base, name, compared.only_right)
        not_mapped = [row.element for row in compared.right_rows if row.kind is NOT_MAPPED]
        assert [*found.not_mapped[number]] == beyond(base, name, not_mapped)
    assert found.base == tuple(row.element for row in compared.left_rows)


def beyond(base: str, name: str, only: Iterable[ib.Element]) -> list[ib.Element]:
    """Of what only a profile has that which stands below nothing that the baseline bears upon by more than a lead."""
    elements = {element.id: element for element in elements_of(name)}
    kinds = {element.kind for element in elements.values()}
    touched = {
        item.element.id
        for item in ib.coverage(base, elements.values(), kinds=kinds)
        if item.level not in (CoverageLevel.RELATED, CoverageLevel.GAP, CoverageLevel.NOT_MAPPED)
    }

    def line(element: ib.Element) -> set[str]:
        above = elements.get(element.parent or "")
        return {element.id} | (line(above) if above else set())

    return [element for element in only if not line(element) & touched]


def test_what_stands_below_something_of_the_baseline_is_not_beyond_it(
    small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    parents = {"b:1": None, "b:1.1": "b:1", "b:1.1.1": "b:1.1", "b:2": None, "b:2.1": "b:2", "b:3": None}
    elements = [
        ib.kinds.Requirement(id="a:1"),
        *(ib.kinds.Requirement(id=name, parent=parent) for name, parent in parents.items()),
    ]
    rows = [mapped("a:1", Relation.INTERSECTS_WITH, "b:1"), mapped("a:1", Relation.RELATED, "b:2")]
    library = small_library(elements, rows)
    assert [element.id for element in aligned(library, "b").beyond[0]] == ["b:2.1"]
    assert [element.id for element in aligned(library, "b").not_mapped[0]] == ["b:3"]


def test_several_baselines_stand_below_each_other(together: ib.SideBySide) -> None:
    """What is beyond both is beyond each of them."""
    apart = [ib.side_by_side(*SIDES, base=(key,)) for key in ("ir8259a", "ir8259b")]
    assert together.base == apart[0].base + apart[1].base
    kinds = [[cell.kind for cell in cells] for cells in (*apart[0].cells, *apart[1].cells)]
    assert [[cell.kind for cell in cells] for cells in together.cells] == kinds
    for number in range(len(SIDES)):
        one, other, both = ({each.id for each in left_over(found, number)} for found in (*apart, together))
        assert one & other == both
        not_mapped = ({each.id for each in found.not_mapped[number]} for found in apart)
        assert {each.id for each in together.not_mapped[number]} == set.intersection(*not_mapped)


def left_over(found: ib.SideBySide, number: int) -> tuple[ib.Element, ...]:
    return (*found.beyond[number], *found.not_mapped[number])


def test_the_baseline_beside_itself() -> None:
    [cells] = {tuple(cell.kind for cell in cells) for cells in ib.side_by_side("ir8259a", base=("ir8259a",)).cells}
    assert cells == (SAME,)


def test_nothing_side_by_side() -> None:
    found = ib.side_by_side()
    assert (len(found), found.base, found.cells, found.beyond, found.to_records()) == (0, (), (), (), [])
    assert found.not_mapped == ()


CELLS = {SAME: "same", EQUIVALENT: "equivalent", WEAKER: "more", STRONGER: "less", OVERLAPPING: "overlaps"}
CELLS |= {RELATED: "related", ONLY: "—", NOT_MAPPED: "not mapped", TAILORED: "tailored"}


@pytest.mark.parametrize("relation", Relation)
def test_what_a_cell_says_of_the_profile(relation: Relation, small_library: MakeLibrary, mapped: MakeMapping) -> None:
    """An element of the baseline that is a subset of one of the profile: the profile asks for more."""
    library = two_sides(small_library, [mapped("a:1", relation, "b:1")])
    found = aligned(library, "b")
    assert [row["b"] for row in found.to_records()][:2] == [CELLS[DIRECT[relation]], "not mapped"]
    assert [element.id for element in found.beyond[0]] == (
        ["b:1"] if DIRECT[relation] is ONLY else []
    )  # fmt: skip
    assert [element.id for element in found.not_mapped[0]] == ["b:2"]


# What users see


@pytest.fixture(scope="module")
def made() -> ib.Comparison:
    return ib.compare("consumer", "industrial")


def test_comparisons_show_themselves(made: ib.Comparison) -> None:
    counts = made.counts_by_side()
    assert list(counts) == KINDS
    for kind in KINDS:
        rows = [[row for row in side if row.kind is kind] for side in (made.left_rows, made.right_rows)]
        assert counts[kind] == (len(rows[0]), len(rows[1]))
        assert made.where(kind).left_rows == tuple(rows[0])
        assert made.counts()[kind] == len(made.where(kind)) == sum(counts[kind])
        shown = f"{counts[kind][0]} | {counts[kind][1]} {kind}"
        assert (shown in str(made)) == (counts[kind] != (0, 0))
    assert str(made).startswith("consumer | industrial (unofficial): ")
    assert repr(made) == f"<Comparison {made}>"
    assert [row.element for row in made.where(ONLY).left_rows] == [*made.only_left]
    assert {row.element for row in made.right_rows if row.kind is ONLY} == {*made.only_right}


def test_records(made: ib.Comparison) -> None:
    rows = made.to_records()
    assert [row["element"] for row in rows] == [row.element.id for row in made]
    assert [row["name"] for row in rows] == [row.element.name for row in made]
    assert [row["kind"] for row in rows] == [row.kind.value for row in made]
    assert [row["because"] for row in rows] == [row.because for row in made]
    assert [row["side"] for row in rows] == [made.left] * len(made.left_rows) + [made.right] * len(made.right_rows)
    assert [row["partners"] for row in rows] == [", ".join(row.closest) for row in made]
    changed = [row for row in made if row.modifications]
    assert changed
    assert [row["modifications"] for row in rows if row["modifications"]] == [
        "; ".join(str(change) for change in row.modifications) for row in changed
    ]


def sections(report: str, start: str) -> dict[str, list[str]]:
    """The lines of a report by the headings above them."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in report.splitlines():
        if re.fullmatch(rf"{start}\S.* \(\d+\)", line):
            name = line.removeprefix(start)
        found.setdefault(name, []).append(line)
    return found


@pytest.mark.parametrize("report", ["text", "markdown"])
def test_reports_hold_every_row_under_its_side_and_kind(made: ib.Comparison, report: str) -> None:
    text, start = (made.to_text(), "") if report == "text" else (made.to_markdown(), "## ")
    found = sections(text, start)
    assert str(made) in text
    expected = 1
    for side, rows in ((made.left, made.left_rows), (made.right, made.right_rows)):
        for kind in KINDS:
            here = [row for row in rows if row.kind is kind]
            expected += bool(here)
            lines = found.get(f"{side}: {kind} ({len(here)})", [])
            for row in here:
                [place] = [
                    at for at, line in enumerate(lines) if re.search(rf"(^  |`){re.escape(row.element.id)}[` ]", line)
                ]
                assert row.element.name.replace("|", "\\|" if start else "|") in lines[place]
                assert row.because in lines[place + (report == "text")]
    assert len(found) == expected


def test_tables_below_a_side_and_kind_do_not_repeat_them(made: ib.Comparison) -> None:
    headings = {line for line in made.to_markdown().splitlines() if line.startswith("| element")}
    assert headings == {"| element | because |"}


def test_json(made: ib.Comparison, together: ib.SideBySide) -> None:
    document = json.loads(made.to_json())
    assert (document["left"], document["right"]) == (made.left, made.right)
    partners = [{**row, "partners": ", ".join(row["partners"])} for row in document["rows"]]
    assert [{**row, "modifications": "; ".join(row["modifications"])} for row in partners] == made.to_records()
    assert {kind: (each["left"], each["right"]) for kind, each in document["counts"].items()} == made.counts_by_side()
    document = json.loads(together.to_json())
    assert document == {
        "profiles": [*together.profiles],
        "notice": together.notice,
        "counts": together.counts(),
        "rows": together.to_records(),
    }
    assert "—" in together.to_json()


def test_displays_hold_every_row(made: ib.Comparison, together: ib.SideBySide) -> None:
    shown = made._repr_html_()
    assert shown.count("<tr>") == 1 + 100
    for kind, (left, right) in made.counts_by_side().items():
        assert f">{left} | {right} {kind}<" in shown
    shown = together._repr_html_()
    assert shown.count("<tr>") == 1 + min(len(together), 100)
    for name, elements in zip(together.profiles, together.beyond, strict=True):
        assert f">{name}: {len(elements)} beyond the baseline<" in shown
    assert re.findall("<td [^>]*>([^<]*)</td>", shown)[:3] == [*together.to_records()[0].values()][2:]


def test_alignments_show_themselves(together: ib.SideBySide) -> None:
    assert str(together) == f"{', '.join(together.profiles)} against {len(together.base)} elements of the baseline"
    assert repr(together) == f"<SideBySide {together}>"
    rows = together.to_records()
    for element, cells, row in zip(together.base, together.cells, rows[: len(together.base)], strict=True):
        assert (row["element"], row["name"]) == (element.id, element.name)
        assert [row[name] for name in together.profiles] == [CELLS[cell.kind] for cell in cells]
    beyond = [(name, e.id) for name, each in zip(together.profiles, together.beyond, strict=True) for e in each]
    unmapped = [(name, e.id) for name, each in zip(together.profiles, together.not_mapped, strict=True) for e in each]
    assert unmapped
    further = rows[len(together.base) :]
    words = ["beyond the baseline"] * len(beyond) + ["not mapped"] * len(unmapped)
    for (name, identifier), word, row in zip([*beyond, *unmapped], words, further, strict=True):
        assert row["element"] == identifier
        assert {key: row[key] for key in together.profiles} == dict.fromkeys(together.profiles) | {name: word}
        assert list(row) == list(rows[0])


def test_reports_of_alignments_hold_every_row(together: ib.SideBySide) -> None:
    text, markdown = sections(together.to_text(), ""), sections(together.to_markdown(), "## ")
    assert list(markdown)[1:] == list(text)[1:]
    assert text[""][0] == str(together)
    assert markdown[""][:3] == [f"# {', '.join(together.profiles)}", "", str(together)]
    name = f"baseline ({len(together.base)})"
    assert text[name][1:-1:2] == [f"  {element}" for element in together.base]
    for cells, line in zip(together.cells, text[name][2::2], strict=False):
        said = zip(together.profiles, cells, strict=True)
        assert line.strip() == ", ".join(f"{profile}: {CELLS[cell.kind]}" for profile, cell in said)
    table = markdown[name]
    assert table[2] == f"| element | {' | '.join(together.profiles)} |"
    assert table[3] == "|---|---|---|---|"
    for element, cells, line in zip(together.base, together.cells, table[4:], strict=False):
        assert line.startswith(f"| `{element.id}` ")
        assert line.endswith(f" | {' | '.join(CELLS[cell.kind] for cell in cells)} |")
    for profile, elements in zip(together.profiles, together.beyond, strict=True):
        name = f"{profile}, beyond the baseline ({len(elements)})"
        assert (name in text) == (name in markdown) == bool(elements)
        for element in elements:
            assert f"  {element}" in text[name]
            start = f"| `{element.id}` {element.name}".replace("|", "\\|").removeprefix("\\")
            assert any(line.startswith(start) for line in markdown[name])


def test_reports_escape_what_they_show(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    elements = [ib.kinds.Criterion(id="a:1", title="<b>x|y"), ib.kinds.Criterion(id="b:1", title="<i>|")]
    library = small_library(elements, [mapped("a:1", Relation.EQUAL, "b:1")])
    compared, found = ib.compare("a", "b", library=library), aligned(library, "b")
    for shown in (compared._repr_html_(), found._repr_html_()):
        assert "&lt;b&gt;x|y" in shown
        assert "<b>" not in shown
    for report in (compared.to_markdown(), found.to_markdown()):
        assert "&lt;b>x\\|y" in report


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: ib.compare("consumers", "ir8425"), ib.errors.UnknownIdentifierError, "consumers"),
        (lambda: ib.compare("consumer", "ir8426"), ib.errors.UnknownIdentifierError, "ir8425"),
        (lambda: ib.compare("consumer", "csa2015"), ib.errors.QueryError, "nothing is"),
        (lambda: ib.compare("csa2015", "consumer"), ib.errors.QueryError, "nothing is"),
        (lambda: ib.compare("consumer", "ir8425", through=["csf3"]), ib.errors.UnknownIdentifierError, "csf"),
        (lambda: ib.side_by_side("consumer", "ir8426"), ib.errors.UnknownIdentifierError, "ir8425"),
        (lambda: ib.side_by_side("consumer", base=("ir8426",)), ib.errors.UnknownIdentifierError, "ir8425"),
        (lambda: ib.side_by_side("consumer", base=()), ib.errors.QueryError, "nothing is"),
        (lambda: ib.side_by_side("csa2015"), ib.errors.QueryError, "nothing is selected"),
    ],
)
def test_errors(ask: Callable[[], object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        ask()
