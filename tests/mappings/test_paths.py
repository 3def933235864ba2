"""Paths held against a search that leaves nothing out, on small made libraries and on the shipped one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from functools import cache
from inspect import signature
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline import HopKind, Relation
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._mappings.hops import hops
from iotbaseline.relations import UNIVERSE, Conclusion, compose_path, intersect, invert

if TYPE_CHECKING:
    from collections.abc import Callable

    MakeLibrary = Callable[..., Library]
    MakeMapping = Callable[..., ib.Mapping]

Ranked = tuple[int, int, tuple[str, ...]]
Row = tuple[str, Relation, str, ib.Basis]
ALL = 1_000_000
WAYS = {HopKind.HAS_PART: "down", HopKind.SELECTS: "down", HopKind.PART_OF: "up", HopKind.SELECTED_BY: "up"}


def key_of(identifier: str) -> str:
    return identifier.partition(":")[0]


def every_path(
    library: Library, start: str, end: str, max_hops: int, through: Collection[str] | None = None, weak: bool = False
) -> list[ib.EvidencePath]:
    """Every path that says anything, best first, found by trying everything to the last hop; weak ones last if wanted.

    A path that is ``related`` or weak counts from parts of the start to wholes of the end only.
    """
    found: list[ib.EvidencePath] = []
    allowed = None if through is None else {*through, key_of(start), key_of(end)}

    def go(gone: tuple[ib.Hop, ...]) -> None:
        been = [start, *(hop.object for hop in gone)]
        here = been[-1]
        if here == end:
            conclusion = compose_path(hop.link for hop in gone)
            ways = "".join(f"{WAYS.get(hop.kind, 'across')} " for hop in gone)
            loose = conclusion.is_weak or conclusion.weaker is Relation.RELATED
            follows = re.fullmatch("(down )*(across )*(up )*", ways) or not loose
            says = conclusion.possible != UNIVERSE or conclusion.weaker is not None or (weak and conclusion.is_weak)
            if follows and says:
                found.append(ib.EvidencePath(start, gone, conclusion))
        elif len(gone) < max_hops:
            for hop in hops(library, here):
                key = key_of(hop.object)
                entered = key != key_of(here) and key in map(key_of, been)
                if hop.object not in been and not entered and (allowed is None or key in allowed):
                    go((*gone, hop))

    go(())
    return sorted(found, key=lambda path: (path.conclusion.is_weak, ranked(path)))


def ranked(path: ib.EvidencePath) -> Ranked:
    """How paths are ranked: by what rests on judgement, by length, then by name."""
    judged = [hop for hop in path.hops if hop.evidence is not None and hop.evidence.basis in ("curated", "user")]
    return len(judged), len(path.hops), path.elements


def kept(paths: Iterable[ib.EvidencePath], limit: int) -> list[Ranked]:
    """The best few of the paths of which the same follows."""
    same: Counter[Conclusion] = Counter()
    best: list[Ranked] = []
    for path in paths:
        same[path.conclusion] += 1
        if same[path.conclusion] <= limit:
            best.append(ranked(path))
    return best


@st.composite
def small(draw: st.DrawFn) -> tuple[list[ib.Element], list[Row]]:
    """Up to five elements each in up to four publications, items and examples below items, and mappings of any kind."""
    elements: list[ib.Element] = []
    forces = st.sampled_from([None, None, ib.kinds.Normativity.INFORMATIVE])
    for key in "abcd"[: draw(st.integers(1, 4))]:
        ids = [f"{key}:{number}" for number in range(draw(st.integers(1, 5)))]
        for number, identifier in enumerate(ids):
            parent = draw(st.none() | st.sampled_from(ids[:number])) if number else None
            elements.append(ib.kinds.Criterion(id=identifier, parent=parent, normativity=draw(forces)))
    ends = st.sampled_from([element.id for element in elements])
    row = st.tuples(ends, st.sampled_from(Relation), ends, st.sampled_from(ib.Basis))
    return elements, draw(st.lists(row, max_size=14))


def library_of(make: MakeLibrary, mapped: MakeMapping, made: tuple[list[ib.Element], list[Row]]) -> Library:
    elements, rows = made
    return make(elements, [mapped(one, link, other, basis=basis) for one, link, other, basis in rows])


@pytest.mark.slow
@given(small(), st.data(), st.integers(1, 5), st.sampled_from([1, 2, 3, ALL]))
@settings(max_examples=400)
def test_nothing_is_lost_and_the_best_are_kept(
    small_library: MakeLibrary,
    mapped: MakeMapping,
    made: tuple[list[ib.Element], list[Row]],
    data: st.DataObject,
    max_hops: int,
    limit: int,
) -> None:
    library = library_of(small_library, mapped, made)
    ends = st.sampled_from([element.id for element in made[0]])
    start, end = data.draw(ends), data.draw(ends)
    through = data.draw(st.none() | st.sets(st.sampled_from([each.key for each in library.load_all()])))
    weak = data.draw(st.booleans())
    found = ib.paths(start, end, max_hops=max_hops, limit=limit, through=through, weak=weak, library=library)
    expected = every_path(library, start, end, max_hops, through, weak)
    assert [ranked(path) for path in found] == kept(expected, limit)
    assert found.possible == intersect(path.conclusion.possible for path in expected)
    assert found.weaker == {path.conclusion.weaker for path in expected} - {None}
    if limit == ALL:
        assert set(found) == set(expected)
        back = ib.paths(end, start, max_hops=max_hops, limit=limit, through=through, weak=weak, library=library)
        assert back.possible == invert(found.possible)
        assert back.weaker == {relation.inverse for relation in found.weaker}
        assert {path.elements for path in back} == {path.elements[::-1] for path in found}
    for path in found:
        assert path.rank == ranked(path)
        keys = [key_of(each) for each in path.elements]
        assert len({*path.elements}) == len(path.elements) == len(path) + 1 <= max_hops + 1
        assert len({*keys}) == 1 + sum(one != other for one, other in pairwise(keys))


@given(small(), st.data(), st.integers(1, 4), st.sampled_from([1, 2, ALL]))
@settings(max_examples=200)
def test_reach_is_what_paths_lead_to_first(
    small_library: MakeLibrary,
    mapped: MakeMapping,
    made: tuple[list[ib.Element], list[Row]],
    data: st.DataObject,
    max_hops: int,
    limit: int,
) -> None:
    """A path of :func:`reach` ends where it enters the target; with it all, so do those found the other way round."""
    library = library_of(small_library, mapped, made)
    start = data.draw(st.sampled_from([element.id for element in made[0]]))
    target = data.draw(st.sampled_from([each.key for each in library.load_all()]))
    found = ib.reach(start, target, max_hops=max_hops, limit=limit, library=library)
    others = [element.id for element in library.load(target) if element.id != start]
    for other in others:
        entering = [
            path for path in every_path(library, start, other, max_hops) if not {*path.elements[1:-1]} & {*others}
        ]
        possible = intersect(path.conclusion.possible for path in entering)
        connected = Relation.NO_RELATIONSHIP not in possible or any(path.conclusion.weaker for path in entering)
        assert (other in found) == connected
        if connected:
            assert list(map(ranked, found[other])) == kept(entering, limit)
            assert found[other].possible == possible
    assert len(found) == len({*found.objects})


STARTS = [
    "ir8425:documentation.1.a",
    "sp800-213a:DI.AID.1.a",
    "csf1.1:PR.AC-1",
    "sp800-53r5:si-2",
    "ir8259a:data-protection",
]


@pytest.mark.parametrize("target", ["sp800-53r5", "csf2.0", "ir8259a", "sp800-213a", "csa2015"])
@pytest.mark.parametrize("start", STARTS)
def test_nothing_is_lost_in_the_shipped_library(start: str, target: str) -> None:
    reached = ib.reach(start, target, max_hops=3).objects
    for end in reached[:: 1 + len(reached) // 3]:
        expected = every_path(DEFAULT, start, end, 3)
        for limit in (2, ALL):
            found = ib.paths(start, end, max_hops=3, limit=limit)
            assert [ranked(path) for path in found] == kept(expected, limit) != []


def test_from_an_element_to_itself() -> None:
    [path] = found = ib.paths("AC-2", "sp800-53r5:ac-2")
    assert (found.relation, path.hops, str(path)) == (Relation.EQUAL, (), "sp800-53r5:ac-2")
    assert (path.judgements, path.strength) == (0, 10)
    assert str(found) == "sp800-53r5:ac-2 equal sp800-53r5:ac-2"


def test_from_a_control_to_a_baseline_and_back() -> None:
    there = ib.reach("sp800-213a:DI.AID", "sp800-53r5")
    assert there
    for connection in there:
        back = ib.paths(connection.object, "sp800-213a:DI.AID", limit=ALL)
        assert back.weaker >= {relation.inverse for relation in connection.weaker}


# Small libraries made by hand


def leaves(*identifiers: str) -> list[ib.Element]:
    return [
        ib.kinds.Criterion(id=identifier, parent=identifier[:-2] if identifier.count(".") else None)
        for identifier in identifiers
    ]


@pytest.fixture
def ladder(small_library: MakeLibrary, mapped: MakeMapping) -> Library:
    """From a:1 to d:1 by one judged hop, by two official ones over b, by two judged ones over c, by three in all."""
    curated = ib.Basis.CURATED
    return small_library(
        leaves("a:1", "b:1", "c:1", "d:1"),
        [
            mapped("a:1", Relation.INTERSECTS_WITH, "d:1", basis=curated, strength=4),
            mapped("a:1", Relation.SUBSET_OF, "b:1", strength=9),
            mapped("b:1", Relation.SUBSET_OF, "d:1", strength=7),
            mapped("a:1", Relation.SUBSET_OF, "c:1", basis=curated),
            mapped("c:1", Relation.SUBSET_OF, "d:1", basis=curated),
            mapped("c:1", Relation.EQUAL, "b:1"),
        ],
    )


def test_judgements_count_before_hops(ladder: Library) -> None:
    found = ib.paths("a:1", "d:1", limit=ALL, library=ladder)
    assert [(path.judgements, path.elements) for path in found] == [
        (0, ("a:1", "b:1", "d:1")),
        (1, ("a:1", "d:1")),
        (1, ("a:1", "b:1", "c:1", "d:1")),
        (1, ("a:1", "c:1", "b:1", "d:1")),
        (2, ("a:1", "c:1", "d:1")),
    ]
    assert [path.strength for path in found] == [7, 4, None, None, None]
    assert found.strength == 7


@pytest.mark.parametrize(
    ("bounds", "lengths"),
    [
        ({"max_hops": 1}, [1]),
        ({"max_hops": 2}, [2, 1, 2]),
        ({"limit": 1}, [2, 1]),
        ({"limit": 2}, [2, 1, 3]),
        ({"through": []}, [1]),
        ({"through": ["c"]}, [1, 2]),
        ({"through": ["a", "b", "d"]}, [2, 1]),
    ],
)
def test_bounds(ladder: Library, bounds: dict[str, int], lengths: list[int]) -> None:
    assert [len(path) for path in ib.paths("a:1", "d:1", library=ladder, **bounds)] == lengths  # type: ignore[arg-type]


def test_a_contradiction_is_shown(ladder: Library) -> None:
    found = ib.paths("a:1", "d:1", library=ladder)
    assert (found.possible, found.relation) == (frozenset(), None)
    assert found.is_contradiction
    assert found.is_connected
    assert str(found) == "a:1 contradicts itself on d:1"
    assert found.explain().startswith("a:1 contradicts itself on d:1\n  path 1: 2 hops, none by judgement")
    assert not ib.paths("a:1", "b:1", max_hops=1, library=ladder).is_contradiction


def test_a_publication_is_entered_once(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    rows = [("a:1", "b:1"), ("b:1", "c:1"), ("c:1", "b:2"), ("b:2", "d:1")]
    library = small_library(
        leaves("a:1", "b:1", "b:2", "c:1", "d:1"), [mapped(one, Relation.EQUAL, other) for one, other in rows]
    )
    assert len(ib.paths("a:1", "c:1", library=library)) == 1
    assert len(ib.paths("a:1", "d:1", max_hops=9, library=library)) == 0


def test_within_a_publication_to_the_whole_and_to_the_parts(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    library = small_library(
        leaves("a:1", "a:1.1", "b:1", "b:1.1"),
        [mapped("a:1", Relation.SUBSET_OF, "b:1.1"), mapped("a:1.1", Relation.SUPPORTS, "b:1.1")],
    )
    found = ib.paths("a:1.1", "b:1", library=library)
    assert [str(path) for path in found] == [
        "a:1.1 supports b:1.1 part_of b:1",
        "a:1.1 part_of a:1 subset_of b:1.1 part_of b:1",
    ]
    assert found.relation is Relation.SUBSET_OF
    assert found.weaker == {Relation.SUPPORTS}
    assert ib.paths("a:1", "b:1", library=library).relation is Relation.SUBSET_OF
    assert [hop.kind for hop in found.paths[0].hops] == [HopKind.MAPS_TO, HopKind.PART_OF]


def test_parallel_mappings_do_not_change_the_order(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    """The elements on the way come before which of several mappings between two of them is taken."""
    rows = [("a:1", "b:1"), ("a:1", "b:1"), ("b:1", "d:1"), ("b:1", "c:1"), ("c:1", "e:1"), ("d:1", "e:1")]
    library = small_library(
        leaves("a:1", "b:1", "c:1", "d:1", "e:1"), [mapped(one, Relation.EQUAL, other) for one, other in rows]
    )
    found = ib.paths("a:1", "e:1", limit=ALL, library=library)
    assert [path.elements[2] for path in found] == ["c:1", "c:1", "d:1", "d:1"]


def test_paths_over_other_elements_of_a_publication_do_not_hide_each_other(
    small_library: MakeLibrary, mapped: MakeMapping
) -> None:
    """Two ways to b:6 cannot go on to b:1, where they have been; the third and longest way can."""
    within = [(1, 2), (1, 3), (2, 6), (3, 6), (4, 5), (5, 6), (6, 1)]
    rows = [("a:1", "b:1"), ("a:1", "b:4"), ("b:1", "c:1"), *((f"b:{one}", f"b:{other}") for one, other in within)]
    library = small_library(
        leaves("a:1", *(f"b:{number}" for number in range(1, 7)), "c:1"),
        [mapped(one, Relation.EQUAL, other) for one, other in rows],
    )
    found = ib.paths("a:1", "c:1", max_hops=5, limit=2, library=library)
    assert [path.elements for path in found] == [
        ("a:1", "b:1", "c:1"),
        ("a:1", "b:4", "b:5", "b:6", "b:1", "c:1"),
    ]


def test_reach_ends_where_it_enters(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    """What the mapped element is part of is found by asking for it, and from its own side."""
    library = small_library(leaves("a:1", "b:1", "b:1.1"), [mapped("a:1", Relation.SUPPORTS, "b:1.1")])
    assert ib.reach("a:1", "b", library=library).objects == ("b:1.1",)
    assert ib.paths("a:1", "b:1", library=library).relation is Relation.SUPPORTS
    assert ib.reach("b:1", "a", library=library).objects == ("a:1",)
    assert ib.reach("b:1.1", "b", library=library).objects == ("b:1",)


def test_a_narrow_limit_hides_nothing_that_follows(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    """The better path leaves it open whether the two have anything in common; the other one is judged, but a lead."""
    library = small_library(
        leaves("a:1", "b:1", "c:1"),
        [
            mapped("a:1", Relation.INTERSECTS_WITH, "c:1"),
            mapped("c:1", Relation.SUPERSET_OF, "b:1"),
            mapped("a:1", Relation.RELATED, "b:1", basis=ib.Basis.CURATED),
        ],
    )
    for limit in (1, 2):
        [connection] = ib.reach("a:1", "b", limit=limit, library=library)
        assert connection.weaker == {Relation.RELATED}
        assert connection.possible == {Relation.SUPERSET_OF, Relation.INTERSECTS_WITH, Relation.NO_RELATIONSHIP}


def test_what_does_not_count_takes_no_room(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    """That the whole is equivalent to the goal is no lead of its part; the path over c:1, longer to judge, is one."""
    library = small_library(
        leaves("a:1", "a:1.1", "b:1", "c:1"),
        [
            mapped("a:1", Relation.EQUIVALENT, "b:1"),
            mapped("a:1.1", Relation.RELATED, "c:1", basis=ib.Basis.USER),
            mapped("c:1", Relation.EQUAL, "b:1"),
        ],
    )
    for limit in (1, 2):
        found = ib.paths("a:1.1", "b:1", limit=limit, library=library)
        assert [path.elements for path in found if path.conclusion.weaker is Relation.RELATED] == [
            ("a:1.1", "c:1", "b:1")
        ]


def test_paths_that_say_nothing_are_left_out(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    library = small_library(
        leaves("a:1", "b:1", "b:1.1", "b:1.2"),
        [mapped("a:1", Relation.SUBSET_OF, "b:1.1"), mapped("c:9", Relation.EQUAL, "b:1")],
    )
    found = ib.paths("a:1", "b:1.2", library=library)
    assert (len(found), found.possible, found.relation, found.strength) == (0, UNIVERSE, None, None)
    assert not found.is_connected
    assert str(found) == "a:1 has no known relation to b:1.2"
    assert found.explain().splitlines()[1].strip().startswith("No path was found within the bounds")
    assert ib.paths("a:1", "c:9", library=library).relation is Relation.SUBSET_OF
    assert ib.reach("a:1", "c", library=library).objects == ("c:9",)


def test_what_follows_in_words(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    library = small_library(
        leaves("a:1", "a:2", "a:3", "a:4", "b:1", "b:2", "b:3", "b:4", "c:1"),
        [
            mapped("a:1", Relation.INTERSECTS_WITH, "c:1"),
            mapped("b:1", Relation.SUPERSET_OF, "c:1"),
            mapped("a:2", Relation.SUPPORTS, "b:2"),
            mapped("a:2", Relation.RELATED, "b:2"),
            mapped("a:3", Relation.SUPPORTS, "b:3"),
            mapped("a:3", Relation.CONTRARY, "b:3"),
            mapped("a:4", Relation.SUPPORTS, "b:4"),
            mapped("a:4", Relation.EQUAL, "b:4"),
            mapped("a:4", Relation.CONTRARY, "b:3"),
            mapped("a:4", Relation.RELATED, "b:3"),
        ],
    )
    found = [ib.paths(f"a:{number}", f"b:{number}", library=library) for number in (1, 2, 3, 4)]
    assert [connection.relation for connection in found] == [None, Relation.SUPPORTS, None, Relation.EQUAL]
    assert [connection.found for connection in found] == [
        "subset_of or intersects_with", "supports", "contrary and supports", "equal",
    ]  # fmt: skip
    assert [connection.is_connected for connection in found] == [True] * 4
    assert "it follows: subset_of or intersects_with" in found[0].explain()
    assert ib.paths("a:4", "b:3", library=library).relation is Relation.CONTRARY
    assert found[2].weaker == {Relation.CONTRARY, Relation.SUPPORTS}


def test_only_leads(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    library = small_library(leaves("a:1", "b:1"), [mapped("a:1", Relation.RELATED, "b:1")])
    assert ib.paths("a:1", "b:1", library=library).relation is Relation.RELATED


# Weak paths: two untyped mappings


@pytest.fixture(scope="module")
def hub(small_library: MakeLibrary, mapped: MakeMapping) -> Library:
    """Two elements that a third is related to, and a judgement of both."""
    rows = [
        mapped("a:1", Relation.RELATED, "h:1"),
        mapped("h:1", Relation.RELATED, "b:1"),
        mapped("h:1", Relation.RELATED, "b:2"),
        mapped("a:1", Relation.INTERSECTS_WITH, "c:1", basis=ib.Basis.CURATED),
        mapped("c:1", Relation.SUBSET_OF, "b:2", basis=ib.Basis.CURATED),
        mapped("c:1", Relation.EQUAL, "b:3", basis=ib.Basis.CURATED),
    ]
    return small_library(leaves("a:1", "b:1", "b:2", "b:3", "c:1", "h:1"), rows)


def test_a_shared_neighbour_is_no_relation(hub: Library) -> None:
    assert list(ib.paths("a:1", "b:1", library=hub)) == []
    assert "b:1" not in ib.reach("a:1", "b", library=hub)


def test_weak_paths_are_shown_on_request_and_conclude_nothing(hub: Library) -> None:
    found = ib.paths("a:1", "b:1", weak=True, library=hub)
    assert [path.is_weak for path in found] == [True]
    assert (found.is_weak, found.is_connected, found.relation, found.weaker) == (True, False, None, frozenset())
    assert found.possible == UNIVERSE
    assert "weak: nothing follows" in ib.explain("a:1", "b:1", weak=True, library=hub)
    assert found.counts() == {"weak: nothing follows": 1}


def test_weak_paths_come_last_and_change_nothing(hub: Library) -> None:
    firm, both = (ib.paths("a:1", "b:2", weak=weak, library=hub) for weak in (False, True))
    assert [path.is_weak for path in both] == [False, True]
    assert (both.relation, both.possible, both.strength) == (firm.relation, firm.possible, firm.strength)
    assert both.is_connected
    assert not both.is_weak


def test_reach_lists_weak_connections_last(hub: Library) -> None:
    found = ib.reach("a:1", "b", weak=True, library=hub)
    assert found.objects == ("b:2", "b:3", "b:1")
    assert [connection.is_weak for connection in found] == [False, False, True]
    assert [row["follows"] for row in found.to_records()][-1] == "weak: nothing follows"


# The order of what is reached


def test_the_firmest_comes_first(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    by_hand = {"basis": ib.Basis.CURATED}
    library = small_library(
        leaves("a:1", *(f"b:{number}" for number in range(10))),
        [
            mapped("a:1", Relation.RELATED, "b:0"),
            mapped("a:1", Relation.SUPPORTS, "b:1", **by_hand, strength=9),
            mapped("a:1", Relation.SUPPORTS, "b:2"),
            mapped("a:1", Relation.INTERSECTS_WITH, "b:3", **by_hand, strength=3),
            mapped("a:1", Relation.INTERSECTS_WITH, "b:4", **by_hand, strength=8),
            mapped("a:1", Relation.INTERSECTS_WITH, "b:5", **by_hand),
            mapped("a:1", Relation.EQUAL, "b:6", **by_hand),
            mapped("a:1", Relation.SUPPORTS, "b:7"),
            mapped("a:1", Relation.CONTRARY, "b:7"),
            mapped("a:1", Relation.EQUAL, "b:8"),
            mapped("a:1", Relation.SUBSET_OF, "b:8"),
            mapped("a:1", Relation.NO_RELATIONSHIP, "b:9"),
        ],
    )
    found = ib.reach("a:1", "b", library=library)
    assert [name.removeprefix("b:") for name in found.objects] == ["6", "4", "3", "5", "2", "1", "7", "0", "8"]
    assert ib.reach("a:1", "b", relation="supports", library=library).objects == ("b:2", "b:1")
    either = ib.reach("a:1", "b", relation=[Relation.EQUAL, "related"], strongest=1, library=library)
    assert either.objects == ("b:6",)
    assert ib.reach("a:1", "b", strongest=2, library=library).objects == found.objects[:2]


def test_what_is_possible_counts_by_the_least_firm(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    rows = [mapped("a:1", Relation.SUPERSET_OF, "b:1"), mapped("a:1", Relation.INTERSECTS_WITH, "b:2")]
    part = ib.kinds.Criterion(id="b:1.a", parent="b:1")
    library = small_library([*leaves("a:1", "b:1", "b:2"), part], rows)
    assert ib.reach("a:1", "b", library=library).objects == ("b:1", "b:2")


def test_titles_of_what_is_reached() -> None:
    found = ib.reach("ir8425:software-update.1", "sp800-53r5")
    assert found["sp800-53r5:si-2"].object_name == "Flaw Remediation"
    assert "Flaw Remediation" in found._repr_html_()
    assert ib.paths("ir8425:software-update.1", "SI-2").object_name == "Flaw Remediation"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"relation": "equals"}, ib.errors.UnknownNameError),
        ({"relation": 1}, ib.errors.ArgumentTypeError),
        ({"strongest": 0}, ib.errors.QueryError),
        ({"strongest": "1"}, ib.errors.ArgumentTypeError),
    ],
)
def test_filters_that_cannot_be(options: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        ib.reach("ir8425:software-update.1", "sp800-53r5", **options)


# What the rule of weak paths takes away


@cache
def composed_without_the_rule(links: tuple[Relation | frozenset[Relation], ...]) -> Conclusion:
    """What :func:`compose_path` would say if two untyped links were as good as one: all but the first stand for less.

    ``supports`` is no better than ``related`` beside another link that acts, so that it can stand for the others.
    """
    first = links.index(Relation.RELATED) if Relation.RELATED in links else len(links)
    kept = (
        Relation.SUPPORTS if link is Relation.RELATED and place > first else link for place, link in enumerate(links)
    )
    return compose_path(kept)


@pytest.mark.slow
def test_no_typed_answer_is_lost() -> None:
    """From the capabilities of IR 8425 to every framework: what goes was untyped, and is what the old rule led to."""
    capabilities = [one.id for one in ib.load("ir8425") if isinstance(one, ib.kinds.Capability)]
    assert len(capabilities) == 10
    kept = gone = 0
    for start, info in product(capabilities, ib.publications()):
        if info.role != "framework":
            continue
        with_weak = ib.reach(start, info.key, weak=True)
        without = ib.reach(start, info.key)
        assert {*without.objects} <= {*with_weak.objects}
        for connection in with_weak:
            before = {composed_without_the_rule(tuple(hop.link for hop in path.hops)) for path in connection}
            if connection.object in without:
                now = without[connection.object]
                assert (connection.relation, connection.possible) == (now.relation, now.possible)
                kept += 1
            else:
                assert before == {Conclusion(UNIVERSE, Relation.RELATED)}
                gone += 1
    assert kept > 900
    assert gone > 600


# What users see


@pytest.fixture(scope="module")
def update() -> ib.Connection:
    return ib.paths("ir8425:documentation.1.a", ib.get("ir8259b:documentation.1"), limit=5)


def test_explanations_name_every_source(update: ib.Connection) -> None:
    text = ib.explain("ir8425:documentation.1.a", "ir8259b:documentation.1", limit=5)
    assert text == update.explain()
    assert len(update) > 1
    lines = text.splitlines()
    assert lines[0] == str(update)
    assert lines[-1] == update.notice
    assert len(lines) == 2 + sum(1 + len(path) for path in update)
    for number, path in enumerate(update, 1):
        place = next(at for at, line in enumerate(lines) if line.startswith(f"  path {number}: {len(path)} hop"))
        judged = f"{path.judgements} by judgement" if path.judgements else "none by judgement"
        assert judged in lines[place]
        for hop, line in zip(path.hops, lines[place + 1 :], strict=False):
            assert line.strip() == hop.explained()
            source = f"crosswalk {hop.mapping.source}" if hop.mapping else f"structure of {key_of(hop.subject)}"
            assert source in line
            assert not (hop.mapping and hop.mapping.rationale) or hop.mapping.rationale in line


def test_connections_show_themselves(update: ib.Connection) -> None:
    assert repr(update) == f"<Connection {update}: {len(update)} paths>"
    assert list(update) == list(update.paths)
    rows = update.to_records()
    assert [row["path"] for row in rows] == [str(path) for path in update]
    assert [row["hops"] for row in rows] == [len(path) for path in update]
    assert [row["judgements"] for row in rows] == [path.judgements for path in update]
    assert [row["strength"] for row in rows] == [path.strength for path in update]
    assert {(row["subject"], row["object"]) for row in rows} == {(update.subject, update.object)}
    assert {row["relation"] for row in rows} == {update.relation and update.relation.value}
    assert update._repr_html_().count("<tr>") == 1 + len(update)


def test_reach_shows_itself() -> None:
    found = ib.reach("sp800-213a:DI.AID", "NIST SP 800-53r5")
    assert (found.subject, found.target) == ("sp800-213a:DI.AID", "sp800-53r5")
    assert found.objects == tuple(connection.object for connection in found) != ()
    assert found.objects[0] in found
    assert "ac-99" not in found
    assert found[found.objects[0]] == found.connections[0]
    with pytest.raises(ib.errors.UnknownIdentifierError, match="unknown element of sp800-53r5 among those reached"):
        found["sp800-53r5:ac-99"]
    assert str(found) == f"sp800-213a:DI.AID reaches {len(found)} elements of sp800-53r5"
    assert repr(found) == f"<Reach {found}>"
    assert [row["object"] for row in found.to_records()] == list(found.objects)
    assert found.to_records()[0] == found.connections[0].to_records()[0]
    assert found._repr_html_().count("<tr>") == 1 + min(len(found), 100)


def test_displays_escape_what_they_show(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    library = small_library(leaves("a:1"), [mapped("a:1", Relation.SUPPORTS, "b:<b>x")])
    found = ib.reach("a:1", "b", library=library)
    for shown in (found._repr_html_(), found.connections[0]._repr_html_()):
        assert "b:&lt;b&gt;x" in shown
        assert "<b>" not in shown


def test_elements_of_a_publication_that_is_only_cited() -> None:
    found = ib.reach("csa2015:1", "ir8259a")
    assert "ir8259a:device-identification" in found
    assert "csa2015:1" in ib.reach("ir8259a:device-identification", "csa2015")


@pytest.mark.parametrize(
    ("bounds", "error", "message"),
    [
        ({"max_hops": 0}, ib.errors.QueryError, "max_hops is 0; it must be at least 1"),
        ({"max_hops": 10**5_000}, ib.errors.QueryError, "max_hops is a number of many digits; it must be at most 10"),
        ({"max_hops": 11}, ib.errors.QueryError, "max_hops is 11; it must be at most 10"),
        ({"max_hops": "4"}, ib.errors.ArgumentTypeError, "max_hops is of type str; pass an integer"),
        ({"limit": -2}, ib.errors.QueryError, "limit is -2; it must be at least 1"),
        ({"limit": 2.5}, ib.errors.ArgumentTypeError, "limit is of type float; pass an integer"),
    ],
)
def test_bounds_out_of_bounds(bounds: dict[str, Any], error: type[Exception], message: str) -> None:
    for ask in (ib.paths, ib.explain):
        with pytest.raises(error, match=message):
            ask("AC-2", "ir8425:documentation", **bounds)
    with pytest.raises(error, match=message):
        ib.reach("AC-2", "ir8425", **bounds)


def test_the_longest_paths_that_can_be_asked_for(ladder: Library) -> None:
    assert ib.paths("a:1", "d:1", max_hops=10, library=ladder).is_connected


def test_the_same_bounds_everywhere() -> None:
    asked = (ib.paths, ib.reach, ib.explain)
    defaults = [{name: p.default for name, p in signature(ask).parameters.items()} for ask in asked]
    for bound in ("max_hops", "limit", "through"):
        assert len({each[bound] for each in defaults}) == 1
    judging = (ib.coverage, ib.compare, ib.side_by_side, ib.Profile.coverage)
    assert {signature(ask).parameters["through"].default for ask in judging} == {()}


@pytest.mark.parametrize(
    "ask",
    [
        lambda: ib.paths("ir8425:documentatoin", "AC-2"),
        lambda: ib.paths("AC-2", "ir8425:documentatoin"),
        lambda: ib.explain("AC-2", "ac-99"),
        lambda: ib.reach("AC-2", "ir8426"),
        lambda: ib.reach("AC-99", "ir8425"),
        lambda: ib.reach("AC-2", "ir8425", through=["sp800-35r5"]),
        lambda: ib.paths("AC-2", "ir8425:documentation", through=["csf3"]),
        lambda: ib.paths("csa2015:nothing", "AC-2"),
    ],
)
def test_what_does_not_exist_is_an_error(ask: Callable[[], object]) -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError):
        ask()


def test_through_in_any_spelling() -> None:
    ends = "ir8425:software-update.1", "sp800-53r5:si-2"
    assert ib.paths(*ends, through=["SP 800-213A"]) == ib.paths(*ends, through=["sp800-213a"])


def test_one_publication_may_be_named_by_itself() -> None:
    several, one = (
        ib.paths("csf2.0:PR.DS-01", "sp800-213a:DP.STO", through=through) for through in (["sp800-53r5"], "sp800-53r5")
    )
    assert several == one
    assert ib.coverage("ir8425", "sp800-53r5", baseline="LOW", through="sp800-213a").counts()[ib.CoverageLevel.RELATED]


def complete(mapped: MakeMapping, publications: int, elements: int) -> list[ib.Mapping]:
    """Each element of each publication mapped to each of each other."""
    names = [[f"{key}:{number}" for number in range(elements)] for key in "abcdefghij"[:publications]]
    return [
        mapped(one, Relation.EQUAL, other)
        for place, mine in enumerate(names)
        for others in names[place + 1 :]
        for one, other in product(mine, others)
    ]


def test_dense_crosswalks_are_answered(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    library = small_library([], complete(mapped, 6, 10))
    assert ib.paths("a:1", "f:1", max_hops=10, library=library).relation is Relation.EQUAL


def test_denser_crosswalks_are_refused(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    library = small_library([], complete(mapped, 10, 10))
    with pytest.raises(ib.errors.QueryError, match="paths begin at a:1; lower max_hops"):
        ib.paths("a:1", "j:1", max_hops=10, library=library)


def test_reach_has_the_wordings_that_are_attached() -> None:
    plain = ib.reach("IA-3", "ir8425", strongest=3)
    held = DEFAULT.load("ir8425")
    chosen = plain.objects[1]
    wording = ib.Wording(text="As it is printed.", source="copy.pdf", sha256="0" * 64, page=7)
    elements = tuple(evolve(each, wording=wording) if each.id == chosen else each for each in held)
    library = DEFAULT.replacing(evolve(held, elements=elements), "wordings from copy.pdf")
    found = ib.reach("IA-3", "ir8425", strongest=3, library=library)
    rows = found.to_records()
    assert [row["wording"] for row in rows] == [None, "As it is printed.", None]
    assert [row["wording_from"] for row in rows] == [None, wording.origin, None]
    assert found.to_text().count("As it is printed.") == 1
    assert "As it is printed." in found.to_markdown()
    assert "As it is printed." in found._repr_html_()
    assert "wording" not in plain.to_records()[0]
    backwards = ib.reach(chosen, "sp800-53r5", strongest=2, library=library)
    assert "wording" not in backwards.to_records()[0]
    assert "As it is printed." in backwards.connections[0].explain()
