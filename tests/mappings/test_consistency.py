"""What is wrong in crosswalks: found where it is planted, not found where all is true, and recorded where it ships."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline import Defect, FindingKind, Relation
from iotbaseline._library.bounds import Budget
from iotbaseline._mappings import consistency, truth
from iotbaseline._mappings.closure import closure
from iotbaseline._mappings.consistency import contradictions
from iotbaseline._mappings.truth import impossible, new_budget
from iotbaseline.relations import IDENTITY, UNIVERSE, compose, invert

if TYPE_CHECKING:
    from collections.abc import Callable

    MakeLibrary = Callable[..., ib.Library]
    MakeMapping = Callable[..., ib.Mapping]

BASE = sorted(UNIVERSE)
Concept = frozenset[int]
Row = tuple[str, Relation, str]


# The shipped data


def recorded() -> set[tuple[str, str]]:
    """What errata say of sub-capabilities: the controls that only one of two places has, read as that place does.

    A row of Appendix B that cites an item the catalog lacks leaves no mapping from the control either.
    """
    found: set[tuple[str, str]] = set()
    controls = ib.load("sp800-53r5")
    for erratum in ib.errata("sp800-213a"):
        mine, found_both, others = erratum.printed.partition("; only in Appendix B: ")
        if erratum.defect is Defect.DISAGREEMENT and found_both:
            [named] = erratum.elements
            for label in mine.removeprefix("only in the related controls: ").split(", "):
                found |= {(named, each.id) for each in (controls.get(label),) if each}
            for label in others.split(", "):
                found |= {(each.id, named) for each in (controls.get(label),) if each}
        if erratum.defect is Defect.UNKNOWN_REFERENCE and erratum.expected and "row" in erratum.locator:
            control, item = erratum.elements
            found |= {(sub_capability(item), control)} if key_of(control) == "sp800-53r5" else set()
    return found


def rolled_up(finding: ib.Finding) -> tuple[str, str]:
    """The elements of a finding, a requirement of the catalog as the sub-capability that it stands under."""
    subject, obj = map(sub_capability, finding.elements)
    return subject, obj


def sub_capability(identifier: str) -> str:
    line = (ib.get(identifier), *ib.load(key_of(identifier)).ancestors(identifier))
    return next((element.id for element in line if element.kind == "sub-capability"), identifier)


def key_of(identifier: str) -> str:
    return identifier.partition(":")[0]


def test_no_mappings_of_the_shipped_data_contradict_each_other() -> None:
    found = ib.check_crosswalks().where(FindingKind.CONTRADICTION).findings
    assert not found, "\n".join(map(str, found))


def test_no_mapping_of_the_shipped_data_leads_nowhere() -> None:
    found = ib.check_crosswalks().where(FindingKind.ORPHAN).findings
    assert not found, "\n".join(map(str, found))


def test_what_two_crosswalks_of_the_shipped_data_say_differently_is_recorded() -> None:
    found = ib.check_crosswalks().where(FindingKind.ASYMMETRY).findings
    elsewhere = [each for each in found if {*map(key_of, each.elements)} != {"sp800-213a", "sp800-53r5"}]
    assert not elsewhere, "not recorded as errata:\n" + "\n".join(map(str, elsewhere))
    pairs = {rolled_up(finding): finding for finding in found}
    new = [str(finding) for pair, finding in pairs.items() if pair not in recorded()]
    assert not new, "record as errata of sp800-213a (disagreement), or correct the crosswalk:\n" + "\n".join(new)
    gone = [" and ".join(pair) for pair in sorted(recorded() - pairs.keys())]
    assert not gone, "recorded as errata, but not found in the crosswalks:\n" + "\n".join(gone)


def test_mappings_of_what_is_withdrawn_are_recorded() -> None:
    found = ib.check_crosswalks().where(FindingKind.WITHDRAWN).findings
    errata = [erratum for erratum in ib.errata() if erratum.defect is Defect.WITHDRAWN_CONTROL]
    for finding in found:
        [control] = finding.elements
        label = ib.get(control).label or control
        for mapping in finding.mappings:
            ends = {mapping.subject, mapping.object} - {control}
            matching = [each for each in errata if label in each.printed and ends <= {*each.elements}]
            assert matching, f"record as an erratum (withdrawn-control): {mapping} in {mapping.source}"
            errata = [each for each in errata if each not in matching]
    assert not errata, "recorded as errata, but not found in the crosswalks:\n" + "\n".join(map(str, errata))


# The closure


def relation_of(first: Concept, second: Concept) -> Relation:
    """The set-theory relation of two concepts, by its definition."""
    if first == second:
        return Relation.EQUAL
    if first < second:
        return Relation.SUBSET_OF
    if first > second:
        return Relation.SUPERSET_OF
    return Relation.INTERSECTS_WITH if first & second else Relation.NO_RELATIONSHIP


CONCEPTS = st.dictionaries(
    st.sampled_from([f"{key}:{number}" for key in "abc" for number in "123"]),
    st.frozensets(st.integers(0, 4), min_size=1),
    min_size=2,
)


@st.composite
def true_rows(draw: st.DrawFn) -> tuple[dict[str, Concept], list[Row]]:
    """Elements that stand for sets, and mappings that are true of them."""
    concepts = draw(CONCEPTS)
    ends = st.sampled_from(sorted(concepts))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=12))
    return concepts, [(one, relation_of(concepts[one], concepts[other]), other) for one, other in pairs]


def made(mapped: MakeMapping, rows: Iterable[Row]) -> list[ib.Mapping]:
    return [mapped(*row) for row in rows]


@pytest.mark.slow
@given(true_rows())
@settings(max_examples=300)
def test_what_is_true_never_clashes_and_nothing_true_is_excluded(
    mapped: MakeMapping, drawn: tuple[dict[str, Concept], list[Row]]
) -> None:
    concepts, rows = drawn
    parts = [(one, other) for one, other in product(concepts, repeat=2) if concepts[one] < concepts[other]][::2]
    known, clashes = closure(made(mapped, rows), parts)
    assert clashes == []
    for one, others in known.items():
        for other, possible in others.items():
            assert relation_of(concepts[one], concepts[other]) in possible
            assert known[other][one] == invert(possible)
            assert possible < UNIVERSE
    for one, relation, other in rows:
        if one != other:
            assert known[one][other] == {relation}


@given(true_rows())
def test_nothing_more_follows_from_the_closure(
    mapped: MakeMapping, drawn: tuple[dict[str, Concept], list[Row]]
) -> None:
    """Composed once more over any third element, what is known stays as it is."""
    known, _ = closure(made(mapped, drawn[1]))
    for one, other, third in product(known, repeat=3):
        if len({one, other, third}) == 3:
            first, second = known[one].get(other, UNIVERSE), known[other].get(third, UNIVERSE)
            pairs = product(first, second)
            over = {end for pair in pairs for end in _SHOWN[pair]}
            assert known[one].get(third, UNIVERSE) <= over


_SMALL = [frozenset(each for each in range(4) if number >> each & 1) for number in range(1, 16)]
_SHOWN: dict[tuple[Relation, Relation], set[Relation]] = {}
for _one, _middle, _last in product(_SMALL, repeat=3):
    _SHOWN.setdefault((relation_of(_one, _middle), relation_of(_middle, _last)), set()).add(relation_of(_one, _last))


def have_a_model(rows: Iterable[Row]) -> bool:
    """Whether some sets over four parts make all mappings true; with three elements no more parts are needed."""
    rows = list(rows)
    names = sorted({name for one, _, other in rows for name in (one, other)})
    return any(
        all(relation_of(sets[one], sets[other]) is relation for one, relation, other in rows)
        for sets in (dict(zip(names, chosen, strict=True)) for chosen in product(_SMALL, repeat=len(names)))
    )


THREE = st.sampled_from(["a:1", "b:1", "c:1"])


@given(st.lists(st.tuples(THREE, st.sampled_from(BASE), THREE), max_size=4))
@settings(max_examples=150)
def test_it_clashes_exactly_where_no_sets_make_all_true(mapped: MakeMapping, rows: list[Row]) -> None:
    assert bool(closure(made(mapped, rows))[1]) != have_a_model(rows)


@pytest.mark.slow
@given(true_rows(), st.data())
@settings(max_examples=200)
def test_what_is_planted_is_found_with_the_mappings_it_clashes_with(
    small_library: MakeLibrary, mapped: MakeMapping, drawn: tuple[dict[str, Concept], list[Row]], data: st.DataObject
) -> None:
    concepts, rows = drawn
    exact = [row for row in rows if row[0] != row[2]]
    assume(exact)
    one, relation, other = data.draw(st.sampled_from(exact))
    wrong = mapped(one, data.draw(st.sampled_from([each for each in BASE if each is not relation])), other)
    mappings = made(mapped, rows)
    mappings.insert(data.draw(st.integers(0, len(rows))), wrong)
    library = small_library([ib.kinds.Step(id=identifier) for identifier in concepts])
    found = list(contradictions(mappings, library=library))
    assert found
    for finding in found:
        assert finding.kind is FindingKind.CONTRADICTION
        assert wrong in finding.mappings
        assert_smallest(finding.mappings)
        assert all(str(mapping) in finding.text for mapping in finding.mappings)
    assert len({finding.mappings for finding in found}) == len(found)


def assert_smallest(mappings: tuple[ib.Mapping, ...]) -> None:
    assert closure(mappings)[1]
    for left_out in mappings:
        assert not closure([each for each in mappings if each is not left_out])[1]


def test_a_clash_over_a_third_element(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    rows: list[Row] = [
        ("a:1", Relation.SUBSET_OF, "b:1"),
        ("b:1", Relation.SUBSET_OF, "c:1"),
        ("a:1", Relation.NO_RELATIONSHIP, "c:1"),
        ("a:2", Relation.EQUAL, "c:1"),
        ("a:1", Relation.SUPPORTS, "c:1"),
        ("a:1", Relation.RELATED, "b:1"),
    ]
    mappings = made(mapped, rows)
    library = small_library([], mappings)
    [finding] = ib.check_crosswalks(library=library)
    assert set(finding.mappings) == {*mappings[:3]}
    assert finding.text.startswith("no relation is left between ")
    assert str(finding) == f"contradiction: {finding.text}"
    assert set(finding.elements) <= {"a:1", "b:1", "c:1"}


def test_a_part_is_not_larger_than_its_whole(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    elements = [
        ib.kinds.Criterion(id="a:1"),
        ib.kinds.Criterion(id="a:1.1", parent="a:1"),
        ib.kinds.Remark(id="a:1.2", parent="a:1"),
    ]
    rows: list[Row] = [("a:1", Relation.SUBSET_OF, "b:1"), ("a:1.1", Relation.SUPERSET_OF, "b:1")]
    [finding] = ib.check_crosswalks(library=small_library(elements, made(mapped, rows)))
    assert len(finding.mappings) == 2
    rows[1] = ("a:1.2", Relation.SUPERSET_OF, "b:1")
    assert not ib.check_crosswalks(library=small_library(elements, made(mapped, rows)))


def test_an_element_is_equal_to_itself(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    for relation in BASE:
        found = ib.check_crosswalks(library=small_library([ib.kinds.Step(id="a:1")], [mapped("a:1", relation, "a:1")]))
        assert bool(found) == (frozenset({relation}) != IDENTITY)


def test_a_clash_is_reported_once(mapped: MakeMapping) -> None:
    rows: list[Row] = [("a:1", relation, "b:1") for relation in BASE] + [("b:1", Relation.EQUAL, "a:1")]
    [clash] = closure(made(mapped, rows))[1]
    assert {clash.subject, clash.object} == {"a:1", "b:1"}
    assert len(clash.mappings) == 2


def test_what_leads_to_nothing_says_nothing(mapped: MakeMapping) -> None:
    assert closure([mapped("a:1", Relation.EQUAL, None)]) == ({}, [])
    assert impossible([mapped("a:1", Relation.EQUAL, None)], (), new_budget()) == set()
    assert list(contradictions([mapped("a:1", Relation.EQUAL, None)])) == []
    both = [mapped("a:1", Relation.EQUAL, None), mapped("b:1", Relation.EQUAL, None)]
    assert impossible([*both, mapped("a:1", Relation.NO_RELATIONSHIP, "b:1")], (), new_budget()) == set()


def test_reading_what_lies_within_what_takes_steps_too(mapped: MakeMapping) -> None:
    """Two for each that is equal, even where nothing has to be looked for."""
    rows = [mapped(f"a:{number}", Relation.EQUAL, "b:1") for number in range(3)]
    assert impossible(rows, (), Budget(6, "too many steps", "check fewer")) == set()
    with pytest.raises(ib.errors.QueryError, match="too many steps"):
        impossible(rows, (), Budget(5, "too many steps", "check fewer"))


def test_many_ways_up_to_the_same_are_gone_once(mapped: MakeMapping) -> None:
    """Of two parts of two wholes, which are both parts of the next two and so on, there are 2 ** 40 ways to the top."""
    parts = [
        (f"a:{level}.{one}", f"a:{level + 1}.{other}") for level in range(40) for one in range(2) for other in range(2)
    ]
    apart = mapped("a:0.0", Relation.NO_RELATIONSHIP, "a:40.0")
    assert impossible([apart], parts, new_budget()) == {"a:0.0"}


# The closure as the slow model has it: all evidence of all pairs, and every clash made smaller by itself


def slow_clashes(mappings: list[ib.Mapping]) -> list[tuple[str, str, frozenset[ib.Mapping]]]:
    known: dict[tuple[str, str], frozenset[Relation]] = {}
    reasons: dict[tuple[str, str], frozenset[ib.Mapping]] = {}
    clashes: dict[tuple[str, ...], tuple[str, str, frozenset[ib.Mapping]]] = {}
    queue: list[tuple[str, str]] = []

    def refine(one: str, other: str, claim: frozenset[Relation], why: frozenset[ib.Mapping]) -> None:
        old = known.get((one, other), IDENTITY if one == other else UNIVERSE)
        why |= reasons.get((one, other), frozenset())
        if not old & claim:
            clashes.setdefault(tuple(sorted((one, other))), (one, other, why))
        elif old & claim != old:
            known[one, other], known[other, one] = old & claim, invert(old & claim)
            reasons[one, other] = reasons[other, one] = why
            queue.append((one, other))

    for mapping in mappings:
        if mapping.object is not None:
            refine(mapping.subject, mapping.object, frozenset({mapping.relation}), frozenset({mapping}))
    while queue:
        one, other = queue.pop(0)
        claim, why = known[one, other], reasons[one, other]
        for start, end, link in ((one, other, claim), (other, one, invert(claim))):
            for third in [to for near, to in known if near == end]:
                refine(start, third, compose(link, known[end, third]), why | reasons[end, third])
    return list(clashes.values())


def slow_findings(mappings: list[ib.Mapping]) -> list[tuple[tuple[str, str], tuple[ib.Mapping, ...]]]:
    found: dict[tuple[ib.Mapping, ...], tuple[str, str]] = {}
    for one, other, why in slow_clashes(mappings):
        left = sorted(why, key=str)
        for mapping in tuple(left):
            rest = [each for each in left if each is not mapping]
            left = rest if slow_clashes(rest) else left
        found.setdefault(tuple(left), (one, other))
    return [(elements, smallest) for smallest, elements in found.items()]


ROWS = st.lists(
    st.tuples(*[st.sampled_from([f"{key}:{number}" for key in "ab" for number in "123"])] * 2, st.sampled_from(BASE)),
    max_size=9,
    unique=True,
)


@given(ROWS)
@settings(max_examples=150)
def test_the_findings_are_those_of_the_slow_model(
    small_library: MakeLibrary, mapped: MakeMapping, rows: list[tuple[str, str, Relation]]
) -> None:
    mappings = [mapped(one, relation, other) for one, other, relation in rows]
    found = contradictions(mappings, library=small_library([], mappings))
    assert [(finding.elements, finding.mappings) for finding in found] == slow_findings(mappings)


TREE = {"a:1.1": "a:1", "a:1.2": "a:1", "a:1.1.1": "a:1.1"}


@given(
    st.lists(
        st.tuples(*[st.sampled_from(["a:1", *TREE, "b:1", "b:2"])] * 2, st.sampled_from(BASE)), max_size=7, unique=True
    )
)
@settings(max_examples=200)
def test_it_is_impossible_exactly_where_the_closure_clashes(
    mapped: MakeMapping, rows: list[tuple[str, str, Relation]]
) -> None:
    mappings = [mapped(one, relation, other) for one, other, relation in rows]
    at_fault = impossible(mappings, TREE.items(), new_budget())
    assert bool(at_fault) == bool(closure(mappings, TREE.items())[1])
    assert at_fault <= {end for one, other, _ in rows for end in (one, other)}


def in_turn(mapped: MakeMapping, relation: Relation, number: int) -> list[ib.Mapping]:
    return [mapped(f"a:{each}", relation, f"a:{each + 1}") for each in range(number)]


@pytest.mark.parametrize(("relation", "number"), [(Relation.SUBSET_OF, 1_000), (Relation.EQUAL, 3_000)])
def test_long_chains_are_checked_without_composing_them(
    small_library: MakeLibrary, mapped: MakeMapping, relation: Relation, number: int
) -> None:
    mappings = in_turn(mapped, relation, number)
    library = small_library([], mappings)
    assert not list(contradictions(mappings, library=library))


def test_a_ring_of_supersets_is_one_finding(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    mappings = [*in_turn(mapped, Relation.SUPERSET_OF, 59), mapped("a:59", Relation.SUPERSET_OF, "a:0")]
    [finding] = contradictions(mappings, library=small_library([], mappings))
    assert set(finding.mappings) == set(mappings)


def test_what_does_not_clash_stays_out_of_the_closure(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    apart = [mapped("b:1", Relation.EQUAL, "b:2"), mapped("b:1", Relation.SUBSET_OF, "b:2")]
    mappings = [*in_turn(mapped, Relation.SUBSET_OF, 1_000), *apart]
    [finding] = contradictions(mappings, library=small_library([], mappings))
    assert set(finding.mappings) == set(apart)


def test_too_much_to_compose_is_refused(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    mappings = [*in_turn(mapped, Relation.SUPERSET_OF, 599), mapped("a:599", Relation.SUPERSET_OF, "a:0")]
    library = small_library([], mappings)
    with pytest.raises(ib.errors.QueryError) as raised:
        list(contradictions(mappings, library=library))
    assert raised.value.problem.endswith("connected with too many others to say which: see a:0, a:1, a:10")
    assert raised.value.fix.startswith("correct what is wrong with the mappings of these first")


def test_too_much_to_read_is_refused(
    small_library: MakeLibrary, mapped: MakeMapping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(truth, "MOST_STEPS", 20)
    mappings = in_turn(mapped, Relation.SUPERSET_OF, 30)
    with pytest.raises(ib.errors.QueryError, match="more than 20 steps to check them; check fewer crosswalks"):
        list(contradictions(mappings, library=small_library([], mappings)))


def test_the_collector_waits_for_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def noted(*_mappings: object, **_options: object) -> tuple[()]:
        seen.append(gc.isenabled())
        return ()

    monkeypatch.setattr(consistency, "contradictions", noted)
    ib.check_crosswalks(("ir8425", "ir8259a"))
    assert seen == [False]


# The other findings


def findings(library: ib.Library, *pairs: tuple[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    return [(finding.kind.value, finding.elements) for finding in ib.check_crosswalks(*pairs, library=library)]


@pytest.fixture
def forest() -> list[ib.Element]:
    names = ["a:1", "a:1.1", "a:1.2", "a:2", "b:1", "b:1.1", "b:2"]
    return [ib.kinds.Criterion(id=name, parent=name[:3] if name.count(".") else None) for name in names]


def test_what_one_direction_lacks(forest: list[ib.Element], small_library: MakeLibrary, mapped: MakeMapping) -> None:
    there = [mapped("a:1", Relation.RELATED, "b:1"), mapped("a:2", Relation.RELATED, "b:1")]
    back = [mapped("b:1", Relation.RELATED, "a:1")]
    assert findings(small_library(forest, there + back)) == [("asymmetry", ("a:2", "b:1"))]
    [finding] = ib.check_crosswalks(library=small_library(forest, there + back))
    assert finding.mappings == (there[1],)
    assert finding.text == "a--b maps a:2 and b:1, but b--a does not"
    assert findings(small_library(forest, there)) == []
    assert findings(small_library(forest, back + there)) == [("asymmetry", ("a:2", "b:1"))]


def test_directions_may_differ_in_detail(
    forest: list[ib.Element], small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    there = [mapped("a:1", Relation.SUPPORTS, "b:1.1")]
    back = [mapped("b:1", Relation.IS_SUPPORTED_BY, "a:1.1")]
    assert findings(small_library(forest, there + back)) == []
    sibling = [mapped("b:1", Relation.IS_SUPPORTED_BY, "a:1.1"), mapped("b:2", Relation.IS_SUPPORTED_BY, "a:1.2")]
    [finding] = ib.check_crosswalks(
        library=small_library(forest, [mapped("a:1.1", Relation.SUPPORTS, "b:1"), *sibling])
    )
    assert (finding.elements, finding.mappings) == (("b:2", "a:1.2"), (sibling[1],))


def test_what_is_missing_is_told_for_the_smallest_whole_that_the_other_direction_names(
    forest: list[ib.Element], small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    there = [mapped("a:1.1", Relation.SUPPORTS, "b:2"), mapped("a:1.2", Relation.SUPPORTS, "b:2")]
    back = [mapped("b:1", Relation.IS_SUPPORTED_BY, "a:1")]
    found = ib.check_crosswalks(library=small_library(forest, [*there, mapped("a:1", Relation.SUPPORTS, "b:1"), *back]))
    assert [(finding.elements, finding.mappings) for finding in found] == [(("a:1", "b:2"), tuple(there))]


def test_directions_that_state_different_relations(
    forest: list[ib.Element], small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    there, back = mapped("a:1", Relation.SUPPORTS, "b:1"), mapped("b:1", Relation.SUPPORTS, "a:1")
    found = ib.check_crosswalks(library=small_library(forest, [there, back]))
    assert [(finding.elements, finding.mappings) for finding in found] == [
        (("a:1", "b:1"), (there, back)),
        (("b:1", "a:1"), (back, there)),
    ]
    assert found.findings[0].text == f"{there} in a--b, but {back} in b--a"


def test_one_of_several_relations_is_enough(
    forest: list[ib.Element], small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    there = [mapped("a:1", Relation.SUPPORTS, "b:1")]
    back = [mapped("b:1", Relation.IS_SUPPORTED_BY, "a:1"), mapped("b:1", Relation.RELATED, "a:1")]
    [finding] = ib.check_crosswalks(library=small_library(forest, there + back))
    assert finding.mappings == (back[1], there[0])


def test_what_is_listed_with_nothing_is_no_asymmetry(
    forest: list[ib.Element], small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    nothing = [
        mapped("a:2", Relation.RELATED, None, source="a--b"),
        mapped("b:2", Relation.RELATED, None, source="b--a"),
    ]
    both = [mapped("a:1", Relation.RELATED, "b:1"), mapped("b:1", Relation.RELATED, "a:1")]
    assert findings(small_library(forest, both + nothing)) == []


def test_a_publication_mapped_to_itself_has_no_other_direction(
    forest: list[ib.Element], small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    assert findings(small_library(forest, [mapped("a:1", Relation.SUPPORTS, "a:2")])) == []


def test_withdrawn_elements(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    gone = ib.kinds.Control(id="a:1", withdrawn=True)
    elements = [
        gone,
        ib.kinds.Control(id="a:2"),
        ib.kinds.Subcategory(id="b:1", withdrawn=True),
        ib.kinds.Criterion(id="c:1"),
    ]
    rows = [
        mapped("a:1", Relation.RELATED, "c:1"),
        mapped("c:1", Relation.RELATED, "b:1"),
        mapped("d:1", Relation.RELATED, "a:1"),
        mapped("a:2", Relation.RELATED, "c:1"),
        mapped("a:1", Relation.RELATED, None, source="a--c"),
        mapped("e:1", Relation.RELATED, "a:1"),
    ]
    found = ib.check_crosswalks(library=small_library(elements, rows, works={"e": "a"}))
    assert [(finding.kind, finding.elements, finding.mappings) for finding in found] == [
        (FindingKind.WITHDRAWN, ("a:1",), (rows[0], rows[2])),
        (FindingKind.WITHDRAWN, ("b:1",), (rows[1],)),
    ]
    assert found.findings[0].text == "a:1 is withdrawn; mappings from or to it: 2"


def test_orphans(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    rows = [
        mapped("a:1", Relation.EQUAL, "b:1"),
        mapped("a:9", Relation.EQUAL, "b:9"),
        mapped("c:1", Relation.EQUAL, "a:8"),
        mapped("a:7", Relation.EQUAL, None, source="a--b"),
    ]
    elements = [ib.kinds.Criterion(id="a:1"), ib.kinds.Criterion(id="b:1")]
    found = ib.check_crosswalks(library=small_library(elements, rows))
    assert [(finding.elements, finding.mappings) for finding in found.where(FindingKind.ORPHAN)] == [
        (("a:9",), (rows[1],)),
        (("b:9",), (rows[1],)),
        (("a:7",), (rows[3],)),
        (("a:8",), (rows[2],)),
    ]
    assert len(found) == 4
    assert found.findings[0].text == "a--b maps a:9, which a does not have"


# Which crosswalks


def test_the_crosswalks_looked_at() -> None:
    assert ib.check_crosswalks().crosswalks == ib.crosswalks()
    both = (("sp800-213a", "sp800-53r5"), ("sp800-53r5", "sp800-213a"))
    for pair in (both[0], both[1], ("SP 800-53 Rev. 5", "SP 800-213A")):
        assert ib.check_crosswalks(pair).crosswalks == both
    some = ib.check_crosswalks(("ir8425", "ir8259a"), ("ir8259b", "ir8425"))
    assert some.crosswalks == (("ir8425", "ir8259a"), ("ir8425", "ir8259b"))


def test_crosswalks_that_are_not_held() -> None:
    with pytest.raises(ib.errors.UnknownCrosswalkError, match="between ir8431 and ir8425; see crosswalks"):
        ib.check_crosswalks(("ir8425", "ir8259a"), ("ir8431", "IR 8425"))
    with pytest.raises(ib.errors.UnknownIdentifierError, match="ir8425"):
        ib.check_crosswalks(("ir8426", "ir8425"))


@pytest.mark.parametrize("pair", [(3, "ir8425"), ("ir8425", 3)])
def test_a_pair_is_of_publications_or_their_names(pair: Any) -> None:
    with pytest.raises(ib.errors.ArgumentTypeError, match="pairs is of type int; pass a publication or its name"):
        ib.check_crosswalks(pair)


# What users see


def test_findings_show_themselves() -> None:
    found = ib.check_crosswalks(("sp800-213a", "sp800-53r5"), ("csf2.0", "sp800-53r5"))
    assert len(found) == len(found.findings) == len(list(found)) > 1
    assert found.where(FindingKind.WITHDRAWN).findings == found.findings[-1:]
    asymmetries = len(found.where(FindingKind.ASYMMETRY))
    assert str(found) == f"3 crosswalks: 0 contradiction, {asymmetries} asymmetry, 1 withdrawn, 0 orphan"
    assert repr(found) == f"<Findings {found}>"
    rows = found.to_records()
    assert [(row["kind"], row["text"]) for row in rows] == [(each.kind.value, each.text) for each in found]
    assert rows[-1]["elements"] == "sp800-53r5:ra-4"
    [withdrawn] = found.findings[-1].mappings
    assert rows[-1]["mappings"] == f"{withdrawn} in csf2.0--sp800-53r5"
    shown = found._repr_html_()
    assert shown.count("<tr>") == 1 + len(found)
    assert re.findall("<th[^>]*>([^<]*)</th>", shown) == ["kind", "what", "mappings"]
    assert found.to_markdown().startswith(f"# crosswalks\n\n{found}\n")


def test_display_escapes_what_it_shows(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    rows = [mapped("a:<b>", Relation.EQUAL, "b:1"), mapped("a:<b>", Relation.NO_RELATIONSHIP, "b:1")]
    shown = ib.check_crosswalks(library=small_library([], rows))._repr_html_()
    assert "a:&lt;b&gt;" in shown
    assert "<b>" not in shown
