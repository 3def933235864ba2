"""Coverage held against a slow model of its own, and the laws that it has to keep."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline import CoverageLevel, Relation
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._mappings.covering import groundwork
from iotbaseline.relations import PART_OF, UNIVERSE, Conclusion, Link, compose_path, invert

if TYPE_CHECKING:
    from collections.abc import Callable

    MakeLibrary = Callable[..., Library]
    MakeMapping = Callable[..., ib.Mapping]

LEVELS = list(CoverageLevel)
COVERED, PARTLY, SUPPORTED, RELATED, GAP, NOT_MAPPED = LEVELS
Step = tuple[str, Link, str]
PARTS = {
    "category", "clause", "common-action", "common-element", "component-requirement", "control", "criterion",
    "practice", "profile-entry", "provision", "requirement", "step", "sub-capability", "subcategory", "topic",
}  # fmt: skip


def key_of(identifier: str) -> str:
    return identifier.partition(":")[0]


def is_example(element: ib.Element) -> bool:
    """Whether it is given as an example or for information: in a list of examples, or by IR 8425 as informative."""
    return getattr(element, "demand", None) == "example" or getattr(element, "normativity", None) == "informative"


def steps(library: Library, keys: Iterable[str]) -> dict[str, list[Step]]:
    """Where one can go from each element of some publications, read from the records: (to, what it says, direction)."""
    found: defaultdict[str, list[Step]] = defaultdict(list)

    def part(below: str, above: str) -> None:
        found[below].append((above, PART_OF, "up"))
        found[above].append((below, invert(PART_OF), "down"))

    kept = {*keys}
    for key in kept:
        elements = {element.id: element for element in library.load(key)}
        for element in elements.values():
            above = elements.get(element.parent or "")
            enhances = isinstance(element, ib.kinds.Control) and isinstance(above, ib.kinds.Control)
            if above is not None and element.kind in PARTS and not enhances and not is_example(element):
                part(element.id, above.id)
            if isinstance(element, ib.kinds.ProfileEntry):
                for selected in element.selects:
                    part(selected, element.id)
                for control in (each for each in element.related_controls if key_of(each) in kept):
                    found[element.id].append((control, Relation.SUPPORTS, "across"))
                    found[control].append((element.id, Relation.IS_SUPPORTED_BY, "across"))
    for pair in library.crosswalk_pairs():
        for row in library.mappings(*pair) if {*pair} <= kept else ():
            if row.object is not None:
                found[row.subject].append((row.object, row.relation, "across"))
                found[row.object].append((row.subject, row.relation.inverse, "across"))
    for pair in library.lineage_pairs():
        for record in library.lineage(*pair) if {*pair} <= kept else ():
            wordings = {library.get(each).fingerprint for each in (*record.before, *record.after)}
            alone = len(record.before) == len(record.after) == 1
            link = Relation.EQUAL if alone and len(wordings) == 1 and None not in wordings else Relation.RELATED
            for old in record.before:
                for new in record.after:
                    found[old].append((new, link, "across"))
                    found[new].append((old, link, "across"))
    return found


def model(
    library: Library, selected: Collection[str], wanted: Collection[str], through: Collection[str] = ()
) -> dict[str, dict[str, CoverageLevel]]:
    """For each wanted element the level that each selected one gives it, by trying every way.

    A way goes from publication to publication and enters none twice; it ends in the first publication of the target
    that it enters. Within one it does not go down right after it went up, nor to another selected element, nor to the
    other parts of what a selected element is part of, nor along a mapping, unless it is the only one on the way. A lead
    counts from parts of the selected element to wholes of the wanted one.
    """
    wanted, chosen, ends = {*wanted}, {*selected}, {key_of(each) for each in wanted}
    keys = ends | {*through}
    onwards = steps(library, keys | {key_of(each) for each in selected})
    found: defaultdict[str, defaultdict[str, list[Conclusion]]] = defaultdict(lambda: defaultdict(list))

    def go(path: tuple[str, ...], links: tuple[Link, ...], ways: tuple[str, ...]) -> None:
        start, here = path[0], path[-1]
        said = compose_path(links)
        if links and (said.possible, said.weaker) == (UNIVERSE, None):
            return
        in_line = re.fullmatch("(down )*(across )*(up )*", "".join(f"{way} " for way in ways))
        if here in wanted and (in_line or said.weaker is not Relation.RELATED):
            found[here][start].append(said)
        left_out = any(way == "down" and part in chosen for part, _, way in onwards[here])
        for there, link, way in onwards[here]:
            if there in path:
                continue
            if key_of(there) == key_of(here):
                if there in chosen or (way == "down" and (ways[-1:] == ("up",) or left_out)):
                    continue
                if way == "across" and ("across" in ways or key_of(here) not in ends):
                    continue
            elif (
                key_of(there) in map(key_of, path)
                or key_of(there) not in keys
                or (key_of(here) in ends and "across" in ways)
            ):
                continue
            go((*path, there), (*links, link), (*ways, way))

    for start in selected:
        go((start,), (), ())
    examples = {each for each in selected if is_example(library.get(each))}
    return {each: {start: level(said, start in examples) for start, said in found[each].items()} for each in wanted}


def level(said: list[Conclusion], is_example: bool) -> CoverageLevel:
    """How far one element covers another, from what the paths between them say; an example is no more than a lead."""
    found = level_of_what_asks(said)
    return RELATED if is_example and found is not GAP else found


def level_of_what_asks(said: list[Conclusion]) -> CoverageLevel:
    possible = UNIVERSE.intersection(*(each.possible for each in said))
    weaker = {each.weaker for each in said if each.weaker}
    if not possible:
        return RELATED
    if possible <= {Relation.EQUAL, Relation.SUPERSET_OF} or weaker & {Relation.IDENTICAL, Relation.EQUIVALENT}:
        return COVERED
    if Relation.NO_RELATIONSHIP not in possible:
        return PARTLY
    if Relation.SUPPORTS in weaker:
        return SUPPORTED
    return RELATED if weaker - {Relation.CONTRARY} else GAP


def best(levels: Iterable[CoverageLevel]) -> CoverageLevel:
    return min(levels, key=LEVELS.index, default=GAP)


def mentioned(
    library: Library, selected: Collection[str], wanted: Collection[str], through: Collection[str]
) -> set[str]:
    """The wanted elements of which a crosswalk on a way from the selected ones says anything, read from the records.

    A way has at most one crosswalk along which all links are untyped.
    """
    ends = {key_of(each) for each in wanted}
    untyped = dict.fromkeys(map(key_of, selected), 0)
    pairs = [{*pair} for pair in (*library.crosswalk_pairs(), *library.lineage_pairs())]
    links: defaultdict[tuple[str, str], set[object]] = defaultdict(set)
    for start, onwards in steps(library, {*untyped, *ends, *through}).items():
        for there, link, _ in onwards:
            links[key_of(start), key_of(there)].add(link)
    for _ in through:
        for key, pair in product([*untyped], pairs):
            for other in (pair - {key} - ends) & {*through} if key in pair else ():
                cost = untyped[key] + (links[key, other] == {Relation.RELATED})
                if cost < untyped.get(other, 2):
                    untyped[other] = cost
    keys = {
        key
        for key, cost in untyped.items()
        if key in map(key_of, selected) or any(cost + (links[key, end] == {Relation.RELATED}) < 2 for end in ends)
    }
    found = {each for each in wanted if key_of(each) in keys}
    for end, other in product(ends, keys - ends | {key_of(each) for each in selected}):
        if end == other:
            continue
        rows = [*library.mappings(end, other), *library.mappings(other, end)]
        named = {each for row in rows for each in (row.subject, row.object) if each and key_of(each) == end}
        for start, onwards in steps(library, {end, other}).items():
            named |= {start for there, _, _ in onwards if key_of(start) == end and key_of(there) == other}
        within = steps(library, {end})
        for way in ("up", "down"):
            level = set(named)
            while level:
                level = {there for each in level for there, _, kind in within[each] if kind == way}
                found |= level
        found |= named
    return found


def assert_as_in_the_model(
    found: ib.Coverage, expected: dict[str, dict[str, CoverageLevel]], named: Collection[str] | None = None
) -> None:
    for item in found:
        by = expected[item.element.id]
        level = best(by.values())
        if level is GAP and named is not None and item.element.id not in named:
            level = NOT_MAPPED
        assert item.level is level, item
        assert {connection.subject for connection in item.by} == {start for start in by if by[start] is not GAP}
        order = [(LEVELS.index(by[connection.subject]), connection.paths[0].rank) for connection in item.by]
        assert order == sorted(order)


# Small libraries

Row = tuple[str, Relation, str | None]


@st.composite
def small(draw: st.DrawFn) -> tuple[list[ib.Element], list[Row]]:
    """Three publications with parts and examples, perhaps with rows of profiles, and mappings of any kind between them.

    Every two are joined by a crosswalk, if only by one that lists an element with nothing.
    """
    elements: list[ib.Element] = []
    forces = st.sampled_from([None, None, None, ib.kinds.Normativity.INFORMATIVE])
    for key in "abc":
        ids = [f"{key}:{number}" for number in range(draw(st.integers(1, 4)))]
        for number, identifier in enumerate(ids):
            parent = draw(st.none() | st.sampled_from(ids[:number])) if number else None
            elements.append(ib.kinds.Criterion(id=identifier, parent=parent, normativity=draw(forces)))
        selects = draw(st.sets(st.sampled_from(ids), max_size=2))
        prints = draw(st.sets(st.sampled_from([f"{other}:0" for other in "abc" if other != key]), max_size=1))
        if selects | prints:
            row = ib.kinds.ProfileEntry(id=f"{key}:row", selects=tuple(sorted(selects)), related_controls=tuple(prints))
            elements.append(row)
    ends = st.sampled_from([element.id for element in elements])
    return elements, draw(st.lists(st.tuples(ends, st.sampled_from(Relation), ends), max_size=10))


def library_of(make: MakeLibrary, mapped: MakeMapping, made: tuple[list[ib.Element], list[Row]]) -> Library:
    nothing = [
        mapped(f"{one}:0", Relation.RELATED, None, source=f"{one}--{other}") for one, other in ("ab", "bc", "ca")
    ]
    return make(made[0], [mapped(*row) for row in made[1]] + nothing)


def some(elements: list[ib.Element], keys: str) -> st.SearchStrategy[list[ib.Element]]:
    """A few elements of some publications, in the order of their publications."""
    of = [element for element in elements if element.publication in keys]
    return st.sets(st.sampled_from(range(len(of))), min_size=1).map(
        lambda chosen: [of[each] for each in sorted(chosen)]
    )


ANY_KIND = sorted(ib.kinds.KINDS)


@pytest.mark.slow
@given(small(), st.data(), st.sets(st.sampled_from("abc")))
@settings(max_examples=300)
def test_as_in_the_model(
    small_library: MakeLibrary,
    mapped: MakeMapping,
    made: tuple[list[ib.Element], list[Row]],
    data: st.DataObject,
    through: set[str],
) -> None:
    library = library_of(small_library, mapped, made)
    ours, theirs = (data.draw(st.sampled_from(["a", "b", "ab", "bc", "ac", "abc"])) for _ in range(2))
    selected, wanted = data.draw(some(made[0], ours)), data.draw(some(made[0], theirs))
    found = ib.coverage(selected, wanted, kinds=ANY_KIND, through=through, library=library)
    assert [item.element for item in found] == wanted
    ids = [e.id for e in selected], [e.id for e in wanted]
    assert_as_in_the_model(found, model(library, *ids, through), mentioned(library, *ids, through))
    assert_consistent(found)


def assert_consistent(found: ib.Coverage) -> None:
    """What is the same matter seen from two sides."""
    bearing = [(connection.subject, connection) for item in found for connection in item.by]
    assert Counter(bearing) == Counter(
        (start, each) for start, connections in found.contributions.items() for each in connections
    )
    assert {type(connections) for connections in found.contributions.values()} <= {tuple}
    assert [element for element in found.selection if element.id not in dict(bearing)] == [*found.unused]
    assert sum(found.counts().values()) == len(found) == len(found.items)
    by_level = (found.covered, found.partly_covered, found.supported, found.related, found.gaps, found.not_mapped)
    for which, shown in zip(LEVELS, by_level, strict=True):
        assert (
            shown
            == tuple(item.element for item in found.where(which))
            == tuple(item.element for item in found if item.level is which)
        )
        assert found.counts()[which] == len(shown)
    for item in found:
        assert (item.level in (GAP, NOT_MAPPED)) == (not item.by)
        for connection in item.by:
            assert connection.object == item.element.id
            assert [path.rank for path in connection] == sorted(path.rank for path in connection)
            assert all(len({*path.elements}) == len(path) + 1 for path in connection)


@pytest.mark.slow
@given(small(), st.data(), st.booleans())
@settings(max_examples=200)
def test_a_level_does_not_depend_on_what_else_is_asked_for(
    small_library: MakeLibrary,
    mapped: MakeMapping,
    made: tuple[list[ib.Element], list[Row]],
    data: st.DataObject,
    detour: bool,
) -> None:
    library = library_of(small_library, mapped, made)
    selected, wanted = data.draw(some(made[0], "a")), data.draw(some(made[0], "b"))
    through = ["c"] if detour else []
    every = ib.coverage(selected, "b", kinds=ANY_KIND, through=through, library=library)
    for item in ib.coverage(selected, wanted, kinds=ANY_KIND, through=through, library=library):
        assert item == every[item.element.id]
    [above, *_] = wanted
    for item in ib.coverage(selected, "b", within=above, kinds=ANY_KIND, through=through, library=library):
        assert item == every[item.element.id]


Concept = frozenset[int]


def relation_of(first: Concept, second: Concept) -> Relation:
    if first == second:
        return Relation.EQUAL
    if first < second:
        return Relation.SUBSET_OF
    if first > second:
        return Relation.SUPERSET_OF
    return Relation.INTERSECTS_WITH if first & second else Relation.NO_RELATIONSHIP


@st.composite
def true(draw: st.DrawFn) -> tuple[dict[str, Concept], list[ib.Element], list[Row]]:
    """Elements that stand for sets, items within the sets of what they are below, and true mappings."""
    concepts: dict[str, Concept] = {}
    elements: list[ib.Element] = []
    for key in "abc":
        for number in range(draw(st.integers(1, 4))):
            parent = draw(st.none() | st.sampled_from([f"{key}:{each}" for each in range(number)])) if number else None
            universe = sorted(concepts[parent]) if parent else range(5)
            concepts[f"{key}:{number}"] = draw(st.frozensets(st.sampled_from(universe), min_size=1))
            elements.append(ib.kinds.Criterion(id=f"{key}:{number}", parent=parent))
    pairs = draw(st.lists(st.tuples(*[st.sampled_from(sorted(concepts))] * 2), max_size=10))
    rows = [
        (one, draw(st.sampled_from([relation_of(concepts[one], concepts[other])] * 3 + OTHERS)), other)
        for one, other in pairs
        if one != other
    ]
    return concepts, elements, rows


OTHERS = [Relation.SUPPORTS, Relation.IS_SUPPORTED_BY, Relation.RELATED, Relation.CONTRARY]


@pytest.mark.slow
@given(true(), st.data(), st.booleans())
@settings(max_examples=300)
def test_what_is_covered_is_covered_in_truth_and_more_selected_never_covers_less(
    small_library: MakeLibrary,
    mapped: MakeMapping,
    made: tuple[dict[str, Concept], list[ib.Element], list[Row]],
    data: st.DataObject,
    detour: bool,
) -> None:
    concepts, elements, rows = made
    library = library_of(small_library, mapped, (elements, rows))
    through = ["c"] if detour else []
    selected, more = data.draw(some(elements, "a")), data.draw(some(elements, "ac"))
    found = ib.coverage(selected, "b", through=through, library=library)
    for item in found:
        covering = [relation_of(concepts[each.subject], concepts[item.element.id]) for each in item.by]
        if item.level is COVERED:
            assert {Relation.EQUAL, Relation.SUPERSET_OF} & {*covering}
    larger = ib.coverage([*selected, *more], "b", through=through, library=library)
    for item in found:
        assert LEVELS.index(larger[item.element.id].level) <= LEVELS.index(item.level)


# The shipped library

SELECTIONS: list[tuple[str, str, dict[str, Any]]] = [
    ("sp800-213a", "sp800-53r5", {"baseline": "low"}),
    ("ir8425", "sp800-213a", {}),
    ("ir8425", "ir8259b", {}),
    ("ir8425", "sp800-53r5", {"baseline": "moderate", "through": ["sp800-213a"]}),
    ("sp800-53r5", "sp800-213a", {"within": "sp800-213a:DO"}),
    ("csf1.1", "sp800-213a", {"kinds": ["profile-entry"]}),
    ("csf1.1", "sp800-213a", {"kinds": ["profile-entry"], "within": "sp800-213a:profile.table-1"}),
    ("csf1.1", "csf2.0", {}),
    ("ir8259a", "csf2.0", {"through": ["sp800-213a", "csf1.1"]}),
]


@pytest.mark.parametrize(("selection", "target", "options"), SELECTIONS)
def test_the_shipped_library_as_in_the_model(selection: str, target: str, options: dict[str, Any]) -> None:
    found = ib.coverage(selection, target, **options)
    selected = [element.id for element in ib.load(selection)]
    wanted = [element.id for element in ib.load(target)]
    assert found.selection == ib.load(selection).elements
    through = options.get("through", ())
    counted = [item.element.id for item in found]
    named = mentioned(DEFAULT, selected, counted, through)
    assert_as_in_the_model(found, model(DEFAULT, selected, wanted, through), named)
    assert_consistent(found)
    assert {item.level for item in found} - {GAP, NOT_MAPPED}


@pytest.mark.parametrize("key", ["ir8425", "ir8259a", "sp800-213a", "sp800-53r5", "csf1.1", "csf2.0", "ir8259r1"])
def test_a_publication_covers_itself(key: str) -> None:
    found = ib.coverage(key, key)
    assert found.covered == tuple(item.element for item in found)
    for item in found:
        assert [connection.subject for connection in item.by][:1] == [item.element.id]
        assert item.by[0].relation is Relation.EQUAL


@pytest.mark.parametrize("baseline", ["LOW", "moderate", "High", "privacy"])
def test_baselines(baseline: str) -> None:
    found = ib.coverage("sp800-213a", "SP 800-53r5", baseline=baseline)
    expected = [c for c in ib.load("sp800-53r5").controls if baseline.upper() in c.baselines and not c.withdrawn]
    assert [item.element for item in found] == expected
    assert found.target == f"sp800-53r5 {baseline.upper()}"


def test_what_is_withdrawn_is_nothing_to_cover() -> None:
    items = {item.element.id for item in ib.coverage("sp800-213a", "sp800-53r5")}
    assert items == {control.id for control in ib.load("sp800-53r5").controls if not control.withdrawn}


def test_under_an_element() -> None:
    found = ib.coverage("ir8425", "sp800-213a", within="sp800-213a:DI.AID")
    catalog = ib.load("sp800-213a")
    below = [element for element in catalog.descendants("DI.AID") if element.kind == "requirement"]
    assert [item.element for item in found] == below != []
    assert [group.element.id for group in found.groups][:2] == ["sp800-213a:DI", "sp800-213a:DI.AID"]
    assert [item.element for item in ib.coverage("ir8425", "sp800-213a", within="DI:AID(1a)")] == below[1:2]


def test_the_kinds_that_ask_for_something_are_counted() -> None:
    assert {item.element.kind for item in ib.coverage("ir8425", "ir8259b")} == {"common-action"}
    found = ib.coverage("ir8259a", "sp800-213a")
    requirements = [item.element for item in found if item.element.kind == "requirement"]
    catalog = ib.load("sp800-213a").of_kind(ib.kinds.Requirement)
    assert requirements == [each for each in catalog if each.demand != "example"]
    assert (len(requirements), len(catalog)) == (308, 505)
    named = ib.coverage("ir8259a", "sp800-213a", kinds=["capability", "sub-capability"])
    assert {item.element.kind for item in named} == {"capability", "sub-capability"}


ASKING = [
    "activity", "common-action", "common-element", "component-requirement", "control", "criterion", "practice",
    "provision", "requirement", "subcategory",
]  # fmt: skip
HEADINGS = ["capability", "clause", "sub-capability"]


@pytest.mark.parametrize("kind", sorted(ib.kinds.KINDS))
def test_what_is_an_item_of_each_kind(kind: str, small_library: MakeLibrary) -> None:
    target = [made_of(kind, "b:1"), made_of("topic", "b:1.1", "b:1"), ib.kinds.Requirement(id="b:2")]
    found = ib.coverage("b:2", target, library=small_library(target))
    assert ("b:1" in found) is (kind in ASKING + HEADINGS)
    below = ib.kinds.Requirement(id="b:1.1.1", parent="b:1.1")
    found = ib.coverage("b:2", [*target, below], library=small_library([*target, below]))
    assert ("b:1" in found) is (kind in ASKING)


def made_of(kind: str, identifier: str, parent: str | None = None) -> ib.Element:
    needed: dict[str, Any] = {}
    for field in attrs.fields(ib.kinds.KINDS[kind]):
        if field.default is attrs.NOTHING and field.name != "id":
            needed[field.name] = ib.kinds.Provider.DEVICE if field.name == "provider" else ()
    return ib.kinds.KINDS[kind](id=identifier, parent=parent, **needed)


@st.composite
def trees(draw: st.DrawFn) -> list[ib.Element]:
    """One publication of headings, of what asks for something, of examples, and of what does neither."""
    elements: list[ib.Element] = []
    for number in range(draw(st.integers(1, 8))):
        parent = draw(st.none() | st.sampled_from([f"b:{each}" for each in range(number)])) if number else None
        kind = draw(st.sampled_from([*HEADINGS, "criterion", "criterion", "topic"]))
        element = made_of(kind, f"b:{number}", parent)
        if isinstance(element, ib.kinds.Criterion):
            element = attrs.evolve(element, normativity=draw(st.sampled_from(ib.kinds.Normativity)))
        elements.append(element)
    return elements


@given(trees(), st.data())
def test_headings_are_items_where_nothing_that_asks_stands_below_them(
    small_library: MakeLibrary, elements: list[ib.Element], data: st.DataObject
) -> None:
    library = small_library(elements)
    wanted = data.draw(some(elements, "b"))
    asking = [each for each in wanted if each.kind in HEADINGS or (each.kind == "criterion" and not is_example(each))]
    above = {each.id for element in asking for each in library.load("b").ancestors(element)}
    expected = [each for each in asking if each.kind == "criterion" or each.id not in above]
    if not expected:
        with pytest.raises(ib.errors.QueryError, match="nothing is left of the target"):
            ib.coverage("b", wanted, library=library)
    else:
        assert [item.element for item in ib.coverage("b", wanted, library=library)] == expected
    everything = ib.coverage("b", wanted, kinds=ANY_KIND, library=library)
    assert [item.element for item in everything] == wanted


def test_headings_between_do_not_hide_what_stands_below() -> None:
    items = {item.element.id for item in ib.coverage("sp800-213a", "online-catalog-2021-11")}
    catalog = ib.load("online-catalog-2021-11")
    above = {each for element in catalog.of_kind("requirement") for each in catalog.ancestors(element)}
    headings = {each.id for each in above if each.kind in HEADINGS}
    assert headings
    assert items.isdisjoint(headings)


def test_examples_are_no_items() -> None:
    for key in ("ir8425", "ir8259b"):
        examples = [element for element in ib.load(key) if is_example(element)]
        assert examples
        assert not {element.id for element in examples} & {item.element.id for item in ib.coverage("ir8425", key)}
        assert len(ib.coverage("ir8425", examples, kinds=ANY_KIND)) == len(examples)


def test_where_nothing_asks_for_something_kinds_are_named() -> None:
    functions = ib.load("csf2.0").of_kind("function")
    with pytest.raises(ib.errors.QueryError, match="nothing is left of the target; name elements or kinds held"):
        ib.coverage("csf1.1", functions)
    assert [item.element for item in ib.coverage("csf1.1", functions, kinds=["function"])] == [*functions]


def test_gaps_that_the_publisher_states() -> None:
    found = ib.coverage("sp800-213a", "csf1.1")
    listed = ib.crosswalk("csf1.1", "sp800-213a").listed_without_object
    counted = {item.element.id for item in found}
    assert {element.id for element in found.unmapped} == {*listed} & counted != set()
    assert {item.unmapped_in for item in found if item.unmapped_in} == {("csf1.1--sp800-213a",)}


def test_every_crosswalk_that_lists_an_item_with_nothing_is_named(
    small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    elements = [ib.kinds.Criterion(id=f"{key}:{number}") for key in "abc" for number in "12"]
    rows = [mapped("a:1", Relation.RELATED, None, source=f"a--{other}") for other in "bc"]
    library = small_library(elements, [*rows, mapped("b:1", Relation.RELATED, "a:2")])
    found = ib.coverage(["b", "c"], "a", library=library)
    assert [row["unmapped_in"] for row in found.to_records()] == ["a--b, a--c", ""]
    assert ib.coverage("b", "a", library=library)["1"].unmapped_in == ("a--b",)


def test_additions_of_a_profile_are_a_kind(small_library: MakeLibrary) -> None:
    elements = [ib.kinds.Addition(id="mine:1", rationale="It is needed."), ib.kinds.Criterion(id="mine:2")]
    library = small_library(elements)
    for kinds in (["addition"], None):
        assert "mine:1" in ib.coverage("mine:2", elements, kinds=kinds, library=library)
    with pytest.raises(ib.errors.UnknownNameError, match="kind of element"):
        ib.coverage("mine:2", elements[1:], kinds=["addition"], library=library)


def test_through_publications_in_any_spelling() -> None:
    there = ib.coverage("ir8425", "sp800-53r5", through=["SP 800-213A"])
    assert there.items == ib.coverage("ir8425", "sp800-53r5", through=("sp800-213a",)).items
    assert len(there.gaps) < len(there)
    between = {key_of(path.elements[-2]) for item in there for connection in item.by for path in connection}
    assert between == {"sp800-213a"}


def test_selections_may_be_mixed() -> None:
    parts = (ib.load("ir8425"), "ir8259a", ib.get("AC-2"), "sp800-213a:DI.AID.1", "ir8425:documentation")
    found = ib.coverage(parts, ["sp800-53r5:ac-2", ib.get("AC-3")])
    expected = [*ib.load("ir8425"), *ib.load("ir8259a"), ib.get("AC-2"), ib.get("sp800-213a:DI.AID.1")]
    assert [*found.selection] == expected
    assert [item.element.id for item in found] == ["sp800-53r5:ac-2", "sp800-53r5:ac-3"]
    assert found["AC-2"].level is COVERED
    assert found.target == "2 elements of sp800-53r5"
    assert ib.coverage("sp800-213a:DI.AID.1", "AC-2").target == "sp800-53r5"
    assert ib.coverage("ir8425", ib.load("ir8259a")).target == "ir8259a"


def test_a_target_that_overlaps_the_selection_hides_nothing() -> None:
    alone = ib.coverage("sp800-213a", "csf1.1")
    both = ib.coverage("sp800-213a", ["csf1.1", "sp800-213a"])
    assert all(both[item.element.id].level is item.level for item in alone)
    assert both.target.endswith("elements of csf1.1, sp800-213a")


@pytest.mark.parametrize(("selection", "target", "options"), SELECTIONS[:7])
def test_groups_add_up(selection: str, target: str, options: dict[str, Any]) -> None:
    found = ib.coverage(selection, target, **options)
    publication = ib.load(target)
    levels = {item.element.id: item.level for item in found}
    above = {each.id for item in found for each in publication.ancestors(item.element)}
    assert [group.element for group in found.groups] == [element for element in publication if element.id in above]
    for group in found.groups:
        below = [levels[each.id] for each in publication.descendants(group.element) if each.id in levels]
        assert group.counts() == {each: below.count(each) for each in CoverageLevel}
        assert group.total == len(below) > 0


# No crosswalk is no gap


def test_without_any_crosswalk_coverage_is_refused() -> None:
    for target, opening in (
        ("en303645v2.1.1", 'through="en303645v3.1.3"'),
        ("csf2.0", 'through="sp800-213a"'),
        ("iec62443-4-2", 'through="ir8259a"'),
    ):
        with pytest.raises(ib.errors.QueryError) as caught:
            ib.coverage("ir8425", target)
        assert caught.value.problem == f"no mapping is held between ir8425 and {target}"
        assert f"pass {opening};" in caught.value.fix
        assert "ir8425 has crosswalks or lineage with cra, " in caught.value.fix
        assert f"; {target} has crosswalks or lineage with " in caught.value.fix


def test_what_through_is_said_to_open_is_open() -> None:
    assert ib.coverage("ir8425", "en303645v3.1.3", through="jc-star-1").items
    assert ib.coverage("ir8425", "csf2.0", through="sp800-213a").related
    assert ib.coverage("ir8425", "iec62443-4-2", through="ir8259a").related


def test_where_nothing_opens_a_way(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    library = small_library(
        [ib.kinds.Criterion(id=f"{key}:1") for key in "abc"], [mapped("a:1", Relation.EQUAL, "b:1")]
    )
    with pytest.raises(ib.errors.QueryError) as caught:
        ib.coverage("a", "c", library=library)
    assert caught.value.fix == (
        "no chain of crosswalks leads there; a has crosswalks or lineage with b; "
        "c has crosswalks or lineage with nothing"
    )


def test_gap_and_not_mapped(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    """A crosswalk says something of what it names, of what that is part of and of its parts, and of nothing else."""
    parents = {"b:1.1": "b:1", "b:2.1": "b:2", "b:2.2": "b:2", "b:2.1.a": "b:2.1"}
    names = ["a:1", "a:2", "b:1", "b:1.1", "b:2", "b:2.1", "b:2.1.a", "b:2.2", "b:3", "b:4", "c:1"]
    rows = [
        mapped("a:1", Relation.EQUAL, "b:1"),
        mapped("a:1", Relation.EQUAL, "b:2.1"),
        mapped("b:3", Relation.RELATED, None, source="b--a"),
        mapped("c:1", Relation.EQUAL, "b:4"),
    ]
    library = small_library([ib.kinds.Criterion(id=name, parent=parents.get(name)) for name in names], rows)
    kinds = ["criterion"]
    found = ib.coverage("a:2", "b", kinds=kinds, library=library)
    assert [element.local for element in found.gaps] == ["1", "1.1", "2", "2.1", "2.1.a", "3"]
    assert [element.local for element in found.not_mapped] == ["2.2", "4"]
    assert found.counts()[NOT_MAPPED] == 2
    through = ib.coverage("a:2", "b", kinds=kinds, through="c", library=library)
    assert through["4"].level is NOT_MAPPED


def test_of_a_publication_that_is_selected_from_all_is_known(small_library: MakeLibrary) -> None:
    library = small_library([ib.kinds.Criterion(id=f"a:{number}") for number in "12"])
    assert [item.level for item in ib.coverage("a:1", "a", library=library)] == [COVERED, GAP]


def test_not_mapped_is_a_level_of_its_own_wherever_it_is_shown() -> None:
    found = ib.coverage("federal", "sp800-53r5", baseline="low")
    number = len(found.not_mapped)
    assert 0 < number < len(found.gaps)
    assert str(found).endswith(f" gap, {number} not mapped")
    assert f"not mapped {number}" in found._repr_html_()
    assert sum(row["level"] == "not mapped" for row in found.to_records()) == number
    assert json.loads(found.to_json())["counts"]["not mapped"] == number
    assert "not mapped" in found.to_markdown()


# Levels, one by one

DIRECT = {
    Relation.EQUAL: COVERED,
    Relation.SUPERSET_OF: COVERED,
    Relation.IDENTICAL: COVERED,
    Relation.EQUIVALENT: COVERED,
    Relation.SUBSET_OF: PARTLY,
    Relation.INTERSECTS_WITH: PARTLY,
    Relation.SUPPORTS: SUPPORTED,
    Relation.RELATED: RELATED,
    Relation.IS_SUPPORTED_BY: RELATED,
    Relation.CONTRARY: GAP,
    Relation.NO_RELATIONSHIP: GAP,
}


def one_row(make: MakeLibrary, rows: Iterable[ib.Mapping], parts: str = "") -> Library:
    elements = [ib.kinds.Criterion(id=f"{key}:{number}", parent=None) for key in "ab" for number in "12"]
    below = [ib.kinds.Criterion(id=f"{key}:1.1", parent=f"{key}:1") for key in parts]
    return make([*elements, *below], rows)


@pytest.mark.parametrize("relation", Relation)
def test_levels_of_one_mapping(relation: Relation, small_library: MakeLibrary, mapped: MakeMapping) -> None:
    for row in (mapped("a:1", relation, "b:1"), mapped("b:1", relation.inverse, "a:1")):
        found = ib.coverage("a", "b", library=one_row(small_library, [row]))
        assert found["1"].level is DIRECT[relation]
        assert found["2"].level is NOT_MAPPED
        assert [element.id for element in found.unused] == (["a:2"] if found["1"].by else ["a:1", "a:2"])


@pytest.mark.parametrize("relation", Relation)
def test_levels_of_parts_and_wholes(relation: Relation, small_library: MakeLibrary, mapped: MakeMapping) -> None:
    """To a whole: its part covers part of it. To a part of what is covered: it is. A lead goes up only."""
    whole, part = (
        ib.coverage("a", "b", library=one_row(small_library, [mapped("a:1", relation, to)], parts="b"))[item].level
        for to, item in (("b:1.1", "1"), ("b:1", "1.1"))
    )
    expected = {Relation.EQUAL: PARTLY, Relation.SUPERSET_OF: PARTLY}
    expected |= dict.fromkeys([Relation.IDENTICAL, Relation.EQUIVALENT], RELATED)
    assert whole is expected.get(relation, DIRECT[relation])
    assert part is (COVERED if relation in {Relation.EQUAL, Relation.SUPERSET_OF} else GAP)
    mine, wider = (
        ib.coverage([by], "b", library=one_row(small_library, [mapped(by_, relation, "b:2")], parts="a"))["2"].level
        for by, by_ in (("a:1", "a:1.1"), ("a:1.1", "a:1"))
    )
    expected = dict.fromkeys([Relation.IDENTICAL, Relation.EQUIVALENT], RELATED)
    assert mine is expected.get(relation, DIRECT[relation])
    assert wider is (PARTLY if relation in {Relation.EQUAL, Relation.SUBSET_OF} else GAP)


@pytest.mark.parametrize(
    ("relations", "expected"),
    [
        ((Relation.EQUAL, Relation.NO_RELATIONSHIP), RELATED),
        ((Relation.EQUAL, Relation.RELATED), COVERED),
        ((Relation.SUPPORTS, Relation.CONTRARY), SUPPORTED),
        ((Relation.RELATED, Relation.CONTRARY), RELATED),
        ((Relation.SUPPORTS, Relation.NO_RELATIONSHIP), SUPPORTED),
        ((Relation.SUPPORTS, Relation.INTERSECTS_WITH), PARTLY),
        ((Relation.SUPPORTS, Relation.IS_SUPPORTED_BY), SUPPORTED),
        ((Relation.IS_SUPPORTED_BY, Relation.EQUIVALENT), COVERED),
    ],
)
def test_levels_of_several_mappings(
    relations: tuple[Relation, ...], expected: CoverageLevel, small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    library = one_row(small_library, [mapped("a:1", relation, "b:1") for relation in relations])
    [connection] = ib.coverage("a", "b", library=library)["1"].by
    assert ib.coverage("a", "b", library=library)["1"].level is expected
    assert len(connection) == len(relations)


@pytest.mark.parametrize("relation", Relation)
def test_an_example_is_no_more_than_a_lead(relation: Relation, small_library: MakeLibrary, mapped: MakeMapping) -> None:
    """Selected, it is one; as an item it is held against what is selected like any other."""
    elements = [
        ib.kinds.Criterion(id="a:1", normativity=ib.kinds.Normativity.INFORMATIVE),
        ib.kinds.Criterion(id="b:1"),
    ]
    library = small_library(elements, [mapped("a:1", relation, "b:1")])
    expected = GAP if DIRECT[relation] is GAP else RELATED
    found = ib.coverage("a", "b", library=library)
    assert found["1"].level is expected
    assert [*found.unused] == ([] if expected is RELATED else elements[:1])
    assert ib.coverage("b", "a", kinds=["criterion"], library=library)["1"].level is DIRECT[relation.inverse]


def test_an_example_covers_nothing_of_its_parent(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    elements: list[ib.Element] = [
        ib.kinds.CommonAction(id="a:1"),
        ib.kinds.CommonAction(id="a:1.a", parent="a:1", demand=ib.kinds.Demand.EXAMPLE),
        ib.kinds.CommonAction(id="a:1.b", parent="a:1"),
        ib.kinds.Criterion(id="b:1"),
        ib.kinds.Criterion(id="b:2"),
    ]
    rows = [mapped("b:1", Relation.EQUAL, "a:1.a"), mapped("b:2", Relation.EQUAL, "a:1.b")]
    library = small_library(elements, rows)
    assert [item.element.id for item in ib.coverage("b", "a", library=library)] == ["a:1", "a:1.b"]
    assert ib.coverage("b:1", "a", library=library)["1"].level is GAP
    assert ib.coverage("b:2", "a", library=library)["1"].level is PARTLY
    assert ib.coverage("a:1", "b", library=library).gaps == (elements[3],)


@pytest.fixture
def deep(small_library: MakeLibrary, mapped: MakeMapping) -> Library:
    """Elements with parts that have parts; one of the outermost equals another, one of the innermost a third."""
    elements = [ib.kinds.Criterion(id=key + end) for key in "ab" for end in (":1", ":2")]
    elements += [ib.kinds.Criterion(id=f"{key}:1.1", parent=f"{key}:1") for key in "ab"]
    elements += [ib.kinds.Criterion(id=f"{key}:1.1.1", parent=f"{key}:1.1") for key in "ab"]
    return small_library(elements, [mapped("a:1", Relation.EQUAL, "b:1"), mapped("a:1.1.1", Relation.EQUAL, "b:2")])


def test_parts_of_parts_are_covered(deep: Library) -> None:
    for selected, target in (("a:1", "b"), ("b:1", "a")):
        items = ib.coverage(selected, [f"{target}:1.1.1"], library=deep)
        assert [item.level for item in items] == [COVERED]
    assert ib.coverage("a:1.1", "b:1", library=deep)["1"].level is PARTLY


def test_a_target_that_overlaps_the_selection_leaves_the_ways_over_parts(deep: Library) -> None:
    for target in (["b:2"], ["a:2", "b:2"], ["a:1", "b:2"]):
        assert ib.coverage("a:1", target, library=deep)["b:2"].level is COVERED


def test_what_holds_of_wholes_can_contradict_what_is_said_of_their_parts(
    small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    """Two that have nothing in common have no parts in common: the way up, across and down counts against the other."""
    rows = [mapped("a:1", Relation.NO_RELATIONSHIP, "b:1"), mapped("a:1.1", Relation.EQUAL, "b:1.1")]
    found = ib.coverage(["a:1.1"], "b", library=one_row(small_library, rows, parts="ab"))
    assert found["1.1"].level is RELATED
    assert found["1.1"].by[0].is_contradiction


def test_no_way_comes_back(deep: Library) -> None:
    for item in ib.coverage(["a:1"], "b", library=deep):
        for connection in item.by:
            assert [len({*path.elements}) for path in connection] == [len(path) + 1 for path in connection]
    assert len(ib.coverage(["a:1"], "b", library=deep)["1"].by[0]) == 1


def test_parts_that_are_not_selected_beside_those_that_are_do_not_count(
    small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    parents = {"a:1": None, "a:1.1": "a:1", "a:1.2": "a:1", "a:1.2.1": "a:1.2"}
    elements = [ib.kinds.Criterion(id=name, parent=parent) for name, parent in parents.items()]
    elements += [ib.kinds.Criterion(id=f"b:{number}") for number in "123"]
    names = {"a:1.1": "b:1", "a:1.2": "b:2", "a:1.2.1": "b:3"}
    library = small_library(elements, [mapped(one, Relation.EQUAL, other) for one, other in names.items()])

    def levels(*selected: str) -> list[CoverageLevel]:
        return [item.level for item in ib.coverage(selected, "b", library=library)]

    assert levels("a:1") == [COVERED] * 3
    assert levels("a:1", "a:1.1") == [COVERED, GAP, GAP]
    assert levels("a:1", "a:1.2") == [GAP, COVERED, COVERED]
    assert levels("a:1", "a:1.2.1") == [COVERED, COVERED, COVERED]
    assert levels("a:1.2", "a:1.2.1") == [GAP, COVERED, COVERED]


def test_what_a_selected_requirement_leaves_out_of_its_sub_capability() -> None:
    whole, alone = "sp800-213a:DI.AID", "sp800-213a:DI.AID.2"
    left_out = {each.id for each in ib.load("sp800-213a").descendants(whole)} - {alone}

    less = ib.coverage([whole, alone], "sp800-53r5")
    assert not {each for item in less for by in item.by for path in by for each in path.elements} & left_out


def test_what_a_whole_is_mapped_to_counts_for_a_part_that_is_in_the_target_too(
    small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    library = one_row(small_library, [mapped("a:1", Relation.SUBSET_OF, "b:1")], parts="a")
    found = ib.coverage(["a:1.1"], ["b:1", "a:1.1"], library=library)
    assert [item.level for item in found] == [PARTLY, COVERED]


def test_a_mapping_within_a_publication_is_no_way_on(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    """Of thirty elements that are all mapped to each other the ways from one to the next would be without number."""
    names = [f"b:{number}" for number in range(30)]
    among = [mapped(one, Relation.SUPPORTS, other) for one in names for other in names if one != other]
    elements = [ib.kinds.Criterion(id=name) for name in ("a:0", *names, "c:0")]
    library = small_library(
        elements, [mapped("a:0", Relation.EQUAL, "b:0"), mapped("b:1", Relation.EQUAL, "c:0"), *among]
    )
    assert ib.coverage("a", "b", library=library).covered == (elements[1],)
    assert len(ib.coverage("a", "b", library=library).not_mapped) == 29
    assert ib.coverage("a", "c", through=["b"], library=library)["0"].level is GAP
    assert {item.level for item in ib.coverage(["b:0"], names[1:], library=library)} == {SUPPORTED}
    assert ib.coverage(["b:0"], ["b:2", "c:0"], library=library)["c:0"].level is GAP
    assert ib.coverage(["b:0"], "c", library=library)["0"].level is GAP
    assert ib.coverage(["b:1"], "c", library=library)["0"].level is COVERED


def test_a_way_over_another_selected_element_is_left_to_that_one(deep: Library) -> None:
    """Whether that is where the mapping is, or on the way there."""

    def by(*selected: str) -> list[str]:
        return [connection.subject for connection in ib.coverage(selected, "b:1", library=deep)["1"].by]

    assert by("a:1.1.1") == ["a:1.1.1"]
    assert by("a:1.1.1", "a:1.1") == ["a:1.1"]
    assert by("a:1.1.1", "a:1") == ["a:1"]
    assert by("a:1", "b:1") == ["b:1", "a:1"]


def test_where_the_best_way_is_left_to_another_the_next_one_counts(
    small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    """Over the whole of an element, or over a row of a profile that selects it; on either side."""
    elements = [ib.kinds.Criterion(id=f"{key}:0") for key in "ab"]
    elements += [ib.kinds.Criterion(id=f"{key}:0.{number}", parent=f"{key}:0") for key in "ab" for number in "12"]
    rows = [ib.kinds.ProfileEntry(id=f"{key}:row", selects=(f"{key}:0.1",)) for key in "ab"]

    def best(selected: list[str], target: str, *equal: tuple[str, str]) -> list[str]:
        library = small_library([*elements, *rows], [mapped(one, Relation.EQUAL, other) for one, other in equal])
        [item] = ib.coverage(selected, [target], library=library)
        return [str(connection.paths[0]) for connection in item.by]

    up = [("a:0", "b:0"), ("a:row", "b:0")]
    assert best(["a:0.1"], "b:0", *up) == ["a:0.1 part_of a:0 equal b:0"]
    assert best(["a:0", "a:0.1"], "b:0", *up) == ["a:0 equal b:0", "a:0.1 selected_by a:row equal b:0"]
    down = [("a:0", "b:0"), ("a:0", "b:row")]
    assert best(["a:0"], "b:0.1", *down) == ["a:0 equal b:0 has_part b:0.1"]
    assert best(["a:0", "b:0.2"], "b:0.1", *down) == ["a:0 equal b:row selects b:0.1"]


def test_a_way_goes_on_to_where_a_better_one_has_been(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    """The best way to the row comes from the element that it stands below; only another one goes up there."""
    elements = [ib.kinds.Criterion(id=identifier) for identifier in ("a:0", "a:1", "b:0")]
    part = ib.kinds.Criterion(id="b:0.1", parent="b:0")
    row = ib.kinds.ProfileEntry(id="a:row", parent="a:0", selects=("a:0", "a:1"))
    rows = [mapped("b:0.1", Relation.SUPERSET_OF, "a:0"), mapped("b:0.1", Relation.EQUAL, "a:1")]
    library = small_library([*elements, part, row], rows)
    [connection] = ib.coverage(["b:0"], ["a:0"], library=library)["0"].by
    assert [str(path) for path in connection] == [
        "b:0 has_part b:0.1 superset_of a:0",
        "b:0 has_part b:0.1 equal a:1 selected_by a:row part_of a:0",
    ]


def test_within_the_target_a_way_has_no_second_mapping_after_a_part_either(
    small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    rows = [mapped("a:1", Relation.EQUAL, "b:1"), mapped("b:1.1", Relation.EQUAL, "b:2")]
    found = ib.coverage("a", "b", library=one_row(small_library, rows, parts="b"))
    assert {item.element.local: item.level for item in found} == {"1": COVERED, "1.1": COVERED, "2": NOT_MAPPED}


def test_of_ways_that_say_the_same_the_best_is_kept(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    """Whether they go through the same publications or not."""
    elements = [ib.kinds.Criterion(id=f"{key}:1") for key in "abc"]
    direct = [mapped("a:1", Relation.EQUAL, "b:1", basis=basis) for basis in (ib.Basis.CURATED, ib.Basis.OFFICIAL)]
    round_about = [mapped("a:1", Relation.EQUAL, "c:1"), mapped("c:1", Relation.EQUAL, "b:1")]
    [item] = ib.coverage("a", "b", through="c", library=small_library(elements, direct + round_about))
    assert [hop.evidence for connection in item.by for path in connection for hop in path.hops] == direct[1:]


def test_the_best_comes_first(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    curated = ib.Basis.CURATED
    rows = [
        mapped("a:1", Relation.SUPPORTS, "b:1", basis=curated, strength=3),
        mapped("a:2", Relation.EQUAL, "b:1", basis=curated, strength=8),
        mapped("a:1.1", Relation.INTERSECTS_WITH, "b:1", strength=5),
    ]
    found = ib.coverage("a", "b", library=one_row(small_library, rows, parts="a"))
    assert [connection.subject for connection in found["1"].by] == ["a:2", "a:1.1", "a:1"]
    row = found.to_records()[0]
    assert (row["by"], row["relation"], row["strength"]) == ("a:2, a:1.1, a:1", "equal", 8)


# What users see


@pytest.fixture(scope="module")
def low() -> ib.Coverage:
    return ib.coverage("sp800-213a", "sp800-53r5", baseline="low")


def test_items_by_name(low: ib.Coverage) -> None:
    for name in ("AC-2", "ac-2", "sp800-53r5:ac-2", "ac-02", "sp800-53r5:AC-2"):
        assert low[name].element.id == "sp800-53r5:ac-2"
    assert "sp800-53r5:ac-2" in low
    assert "ac-2" in low
    assert low["ac-2"] in low
    assert "ac-99" not in low
    assert 3 not in low
    assert ib.coverage("ir8425", "sp800-213a")["DI:AID(1a)"].element.id == "sp800-213a:DI.AID.1.a"


@pytest.mark.parametrize("name", ["ac-99", "sp800-53r4:ac-2", "csf1.1:ac-2", "sp800-53r5:ac-2.1", "sp800-53r5"])
def test_items_that_are_not_there(low: ib.Coverage, name: str) -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError, match="unknown item of sp800-53r5 LOW"):
        low[name]


def test_no_identifier_of_an_item(low: ib.Coverage) -> None:
    with pytest.raises(ib.errors.IdentifierSyntaxError):
        low[""]
    with pytest.raises(ib.errors.UnknownIdentifierError) as caught:
        low["sp800-53r5:ac-20.1"]
    assert "ac-20" in caught.value.suggestions


def test_coverage_shows_itself(low: ib.Coverage) -> None:
    counts = low.counts()
    assert list(counts) == LEVELS
    assert str(low) == (
        f"711 elements against {len(low)} of sp800-53r5 LOW: {counts[COVERED]} covered, "
        f"{counts[PARTLY]} partly covered, {counts[SUPPORTED]} supported, {counts[RELATED]} related, "
        f"{counts[GAP]} gap, {counts[NOT_MAPPED]} not mapped"
    ).replace("711", str(len(ib.load("sp800-213a"))))
    assert repr(low) == f"<Coverage {low}>"
    assert list(low) == list(low.items)
    item = low["AC-2"]
    assert str(item) == f"{item.element}: {item.level}"
    assert repr(item) == f"<CoverageItem {item}>"
    rows = low.to_records()
    assert [row["element"] for row in rows] == [item.element.id for item in low]
    assert [row["name"] for row in rows] == [item.element.name for item in low]
    assert [row["level"] for row in rows] == [item.level.value for item in low]
    gap = next(row for row in rows if row["level"] == "gap")
    assert (gap["by"], gap["relation"], gap["strength"]) == ("", None, None)
    covered = rows[[item.element.id for item in low].index("sp800-53r5:ac-2")]
    assert covered["by"] == ", ".join(connection.subject for connection in item.by)
    assert covered["relation"] == item.by[0].found == "supports"
    listed = [row["unmapped_in"] for row in rows if row["unmapped_in"]]
    assert set(listed) == {"sp800-53r5--sp800-213a"}
    assert len(listed) == len(low.unmapped)


def test_display(low: ib.Coverage) -> None:
    shown = low._repr_html_()
    groups, _, items = shown.partition("<details>")
    assert groups.count("<tr>") == 1 + len(low.groups)
    assert items.count("<tr>") == 1 + 100
    assert f"… and {len(low) - 100} more" in items
    headers = ["", "items", *CoverageLevel, "element", "level", "by"]
    assert re.findall("<th[^>]*>([^<]*)</th>", shown) == headers
    assert f"<summary>{len(low)} items</summary>" in items
    for each, count in low.counts().items():
        assert f">{each} {count}<" in groups
    group = low.groups[0]
    assert f"<code>{group.element.local}</code> {group.element.name}</td>" in groups
    cells = re.findall('<td [^>]*text-align:right">([^<]*)</td>', groups)
    assert cells[:7] == [str(group.total), *(str(count) for count in group.counts().values())]
    first = next(item for level in CoverageLevel for item in low if item.level is level)
    assert f"<code>{first.element.id}</code> {first.element.name}</td>" in items


def test_display_escapes_what_it_shows(small_library: MakeLibrary) -> None:
    elements = [ib.kinds.Criterion(id="a:1", title="<b>&"), ib.kinds.Criterion(id="a:1.1", parent="a:1")]
    shown = ib.coverage("a", elements, library=small_library(elements))._repr_html_()
    assert "&lt;b&gt;&amp;" in shown
    assert "<b>" not in shown


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: ib.coverage("ir8426", "ir8425"), ib.errors.UnknownIdentifierError, "ir8425"),
        (lambda: ib.coverage("ir8425", "ir8425:nothing"), ib.errors.UnknownIdentifierError, "element of ir8425"),
        (lambda: ib.coverage("ir8425", ""), ib.errors.IdentifierSyntaxError, "empty"),
        (lambda: ib.coverage([], "ir8425"), ib.errors.QueryError, "nothing is selected; name elements"),
        (lambda: ib.coverage("csa2015", "ir8425"), ib.errors.QueryError, "nothing is selected"),
        (lambda: ib.coverage("ir8425", []), ib.errors.QueryError, "nothing is left of the target"),
        (lambda: ib.coverage("ir8425", "csa2015"), ib.errors.QueryError, "nothing is left of the target"),
        (
            lambda: ib.coverage("ir8425", "ir8259a", kinds=["control"]),
            ib.errors.QueryError,
            "nothing is left of the target",
        ),
        (lambda: ib.coverage("ir8425", "ir8259a", kinds=[]), ib.errors.QueryError, "nothing is left of the target"),
        (
            lambda: ib.coverage("ir8425", "ir8259a", within="AC-2"),
            ib.errors.QueryError,
            "nothing is left of the target",
        ),
        (lambda: ib.coverage("ir8425", "sp800-53r5:ra-4"), ib.errors.QueryError, "nothing is left of the target"),
        (
            lambda: ib.coverage("ir8425", "ir8259a", kinds=["controls"]),
            ib.errors.UnknownNameError,
            "unknown kind .* control",
        ),
        (
            lambda: ib.coverage("ir8425", "sp800-53r5", baseline="medium"),
            ib.errors.UnknownNameError,
            "HIGH, LOW, MODERATE, PRIVACY",
        ),
        (
            lambda: ib.coverage("ir8425", "ir8259a", baseline="low"),
            ib.errors.UnknownNameError,
            "baseline of the target",
        ),
        (lambda: ib.coverage("ir8425", "sp800-53r5", within="AC-99"), ib.errors.UnknownIdentifierError, "ac-9"),
        (
            lambda: ib.coverage("ir8425", "sp800-53r5", through=["csf3"]),
            ib.errors.UnknownIdentifierError,
            "publication",
        ),
    ],
)
def test_errors(ask: Callable[[], object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        ask()


def test_gaps_that_are_parts_of_what_is_reached_are_told() -> None:
    found = ib.coverage("ir8425", "uk-psti-2023", through=("en303645v3.1.3", "en303645v2.1.1"))
    reached = tuple(f"{item.element.id}." for item in found if item.by)
    parts = [gap for gap in found.gaps if gap.id.startswith(reached)]
    assert parts
    assert f"gaps that are parts of an item that is reached: {len(parts)} of {len(found.gaps)}" in str(found.notice)
    assert found.where(lambda item: not item.by).notice is None


def test_only_gaps_are_told_as_gaps_that_are_parts(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    elements = [ib.kinds.Criterion(id=identifier) for identifier in ("a:1", "a:2", "b:1")]
    elements += [ib.kinds.Criterion(id=f"b:1.{number}", parent="b:1") for number in (1, 2)]
    rows = [mapped("a:1", Relation.RELATED, "b:1"), mapped("a:2", Relation.EQUAL, "b:1.1")]
    found = ib.coverage("a", "b", kinds="criterion", library=small_library(elements, rows))
    assert {item.element.id: item.level for item in found} == {"b:1": PARTLY, "b:1.1": COVERED, "b:1.2": GAP}
    assert found.notice == "gaps that are parts of an item that is reached: 1 of 1"


def test_a_selection_that_is_held_in_part_says_what_to_use_instead() -> None:
    criteria = ib.coverage("fcc-24-26", "cra", through="ir8425", within="cra:annex-i")
    assert str(criteria.notice).endswith(
        "; fcc-24-26 is held in part, so its full text may cover more; "
        "ir8425, which it has lineage with, is held in full"
    )
    assert json.loads(criteria.to_json())["notice"] == criteria.notice
    held = ib.load("fcc-24-26").of_kind("capability")
    for selection in (held, "ir8425", "federal", ib.profile("industrial").resolve("high")):
        assert ib.coverage(selection, "cra", through="ir8425").cautions == ()
    nowhere = ib.coverage("csrc-glossary", "csrc-glossary", kinds="term")
    assert ib.coverage("isvs1.0", "isvs1.0").cautions == ("isvs1.0 is held in part, so its full text may cover more",)
    assert nowhere.notice is None


def test_a_relation_that_is_stronger_than_the_level_has_a_reason(low: ib.Coverage) -> None:
    records = low.to_records()
    of_examples = [row for row in records if row["why"]]
    assert {row["why"] for row in of_examples} == {"related only: what has the relation is an example"}
    assert {(row["level"], row["relation"]) for row in of_examples} == {("related", "supports")}
    assert of_examples == [row for row in records if row["level"] == "related" and row["relation"] != "related"]


def test_items_and_groups_show_themselves(low: ib.Coverage) -> None:
    group = low.groups[0]
    [row] = group.to_records()
    named = {"publication": "sp800-53r5", "element": group.element.id, "name": group.element.name}
    assert row == named | {"items": group.total} | {str(level): count for level, count in group.counts().items()}
    shown = group._repr_html_()
    assert str(group.element) in shown
    assert f"{group.total}</td>" in shown
    assert "<th" in low.groups._repr_html_()
    assert repr(group) == f"<CoverageGroup {group}>"
    item = low["ac-1"]
    assert item.to_records()[0] in low.to_records()
    assert item.element.id in item._repr_html_()


def test_a_search_that_takes_too_long_is_refused(
    small_library: MakeLibrary, mapped: MakeMapping, monkeypatch: pytest.MonkeyPatch
) -> None:
    elements = [ib.kinds.Criterion(id=f"{key}:{number}") for key in "abc" for number in range(4)]
    rows = [mapped(f"a:{one}", Relation.SUPERSET_OF, f"b:{other}") for one in range(4) for other in range(4)]
    rows += [mapped(f"b:{one}", Relation.SUPERSET_OF, f"c:{other}") for one in range(4) for other in range(4)]
    assert ib.coverage("a", "c", through="b", library=small_library(elements, rows)).counts()[COVERED] == 4
    monkeypatch.setattr("iotbaseline._mappings.evidence.MOST_STEPS", 10)
    with pytest.raises(ib.errors.QueryError, match="more than 10 paths lead on from a:0; pass fewer publications"):
        ib.coverage("a", "c", through="b", library=small_library(elements, rows))


def test_only_the_best_of_the_ways_to_an_element_goes_on(
    small_library: MakeLibrary, mapped: MakeMapping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With three ways from each element to the next there are 3**5 to the last, but only 5 times 3 steps to take."""
    names = "abcdef"
    rows = [mapped(f"{one}:1", Relation.EQUAL, f"{next_}:1") for one, next_ in pairwise(names) for _ in range(3)]
    elements = [ib.kinds.Criterion(id=f"{key}:1") for key in names]
    monkeypatch.setattr("iotbaseline._mappings.evidence.MOST_STEPS", 15)
    found = ib.coverage("a", "f", through=[*"bcde"], library=small_library(elements, rows))
    assert found.counts()[COVERED] == 1
    monkeypatch.setattr("iotbaseline._mappings.evidence.MOST_STEPS", 14)
    with pytest.raises(ib.errors.QueryError, match="more than 14 paths lead on from a:1"):
        ib.coverage("a", "f", through=[*"bcde"], library=small_library(elements, rows))


def test_nothing_follows_through_two_crosswalks_that_only_relate() -> None:
    """IR 8425 and PSTI are each only related to JC-STAR: nothing is a gap because of that."""
    with pytest.raises(ib.errors.QueryError, match=r'pass through=\("en303645v3.1.3", "en303645v2.1.1"\)') as refused:
        ib.coverage("ir8425", "uk-psti-2023")
    assert "jc-star-1" not in str(refused.value).partition(";")[2].partition(";")[0]
    with pytest.raises(ib.errors.QueryError, match="and nothing follows through jc-star-1; pass through="):
        ib.coverage("ir8425", "uk-psti-2023", through="jc-star-1")
    through = ("en303645v3.1.3", "en303645v2.1.1")
    found = ib.coverage("ir8425", "uk-psti-2023", through=through)
    assert found.counts()[RELATED] > 0
    assert ib.coverage("ir8425", "uk-psti-2023", through=(*through, "jc-star-1")).counts() == found.counts()


def test_within_needs_no_publication_if_the_target_is_one() -> None:
    expected = ib.coverage("federal", "sp800-53r5", within="sp800-53r5:ac")
    assert ib.coverage("federal", "sp800-53r5", within="AC") == expected
    assert ib.coverage("federal", "sp800-53r5", within=ib.get("sp800-53r5:ac")) == expected
    for target, name in (("sp800-53r5", "zz"), (ib.load("sp800-53r5"), "ac")):
        with pytest.raises(ib.errors.UnknownIdentifierError, match="name its publication too"):
            ib.coverage("federal", target, within=name)


@pytest.mark.parametrize(("selection", "target", "options"), SELECTIONS[:2])
def test_the_groundwork_is_what_coverage_rests_on(selection: str, target: str, options: dict[str, Any]) -> None:
    found = ib.coverage(selection, target, **options)
    ground = groundwork(frozenset({selection}), target, **options)
    assert (ground.title, ground.above) == (found.target, found.above)
    assert ground.items == tuple(item.element for item in found)
    for item, blank in zip(found, ground.blanks[selection], strict=True):
        assert (blank.element, blank.by, blank.unmapped_in) == (item.element, (), item.unmapped_in)
        assert item.by or blank == item
    following = {
        (element.id, end)
        for element in found.selection
        for end, evidence in ground.evidence[element.id].by_end
        if evidence.whole
    }
    assert following >= {(connection.subject, connection.object) for item in found for connection in item.by} > set()
    assert {end for _, end in following} <= {element.id for element in ground.items}


def test_a_groundwork_is_refused_as_coverage_is() -> None:
    with pytest.raises(ib.errors.QueryError, match="nothing is selected"):
        groundwork(frozenset(), "ir8425")
    with pytest.raises(ib.errors.QueryError, match="nothing is left of the target"):
        groundwork(frozenset({"ir8425"}), [])


def test_a_groundwork_leaves_out_what_no_mapping_leads_from() -> None:
    assert [*groundwork(frozenset({"ir8425", "en303645v2.1.1"}), "uk-psti-2023").blanks] == ["en303645v2.1.1"]
