"""Hops from element to element, counted again from the rows that they stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache, reduce
from itertools import product
from typing import TYPE_CHECKING

import pytest

import iotbaseline as ib
from iotbaseline import HopKind
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._mappings import hops as network
from iotbaseline._mappings.hops import Hop, hops, neighbours, parts, ways, ways_from
from iotbaseline._mappings.progress import Progress, Stage
from iotbaseline._model.kinds import is_part
from iotbaseline.relations import PART_OF, UNIVERSE, Chain, Relation, invert

if TYPE_CHECKING:
    from collections.abc import Callable

    MakeLibrary = Callable[..., Library]
    MakeMapping = Callable[..., ib.Mapping]

TURNED = {
    HopKind.MAPS_TO: HopKind.MAPS_TO,
    HopKind.PART_OF: HopKind.HAS_PART,
    HopKind.HAS_PART: HopKind.PART_OF,
    HopKind.SELECTS: HopKind.SELECTED_BY,
    HopKind.SELECTED_BY: HopKind.SELECTS,
    HopKind.BECAME: HopKind.CAME_FROM,
    HopKind.CAME_FROM: HopKind.BECAME,
}


def turned(hop: Hop) -> Hop:
    """The hop read from its object."""
    link = hop.link.inverse if isinstance(hop.link, Relation) else invert(hop.link)
    return Hop(hop.object, hop.subject, TURNED[hop.kind], link, hop.evidence)


@cache
def every_hop() -> list[Hop]:
    """All hops of the shipped library, over the elements that exist and the labels that are cited."""
    cited = {
        each
        for pair in DEFAULT.crosswalk_pairs()
        for mapping in DEFAULT.mappings(*pair)
        for each in (mapping.subject, mapping.object)
        if each is not None
    }
    held = {element.id for publication in DEFAULT.load_all() for element in publication}
    return [hop for each in sorted(cited | held) for hop in hops(DEFAULT, each)]


def of_kind(*kinds: HopKind) -> list[Hop]:
    return [hop for hop in every_hop() if hop.kind in kinds]


def profile_rows() -> list[ib.kinds.ProfileEntry]:
    return [row for publication in DEFAULT.load_all() for row in publication.of_kind(ib.kinds.ProfileEntry)]


def test_every_hop_can_be_gone_backwards() -> None:
    there = Counter(every_hop())
    assert there == Counter(map(turned, every_hop()))


def test_every_mapping_with_an_object_is_a_hop_from_either_side() -> None:
    rows = [row for pair in DEFAULT.crosswalk_pairs() for row in DEFAULT.mappings(*pair) if row.object is not None]
    expected = Counter((row.subject, row.relation, row.object) for row in rows)
    expected += Counter((row.object or "", row.relation.inverse, row.subject) for row in rows)
    printed = [(row.id, control) for row in profile_rows() for control in row.related_controls]
    assert printed
    expected += Counter((row, Relation.SUPPORTS, control) for row, control in printed)
    expected += Counter((control, Relation.IS_SUPPORTED_BY, row) for row, control in printed)
    assert expected == Counter((hop.subject, hop.link, hop.object) for hop in of_kind(HopKind.MAPS_TO))


def test_a_row_of_a_profile_supports_what_it_prints() -> None:
    row = next(row for row in profile_rows() if row.related_controls)
    there = [hop for hop in hops(DEFAULT, row.id) if hop.kind is HopKind.MAPS_TO]
    assert [hop.object for hop in there] == [*row.related_controls]
    for hop in there:
        assert turned(hop) in hops(DEFAULT, hop.object)
        assert (hop.link, hop.basis, hop.is_judgement) == (Relation.SUPPORTS, ib.Basis.OFFICIAL, False)
        assert hop.mapping is not None
        assert hop.mapping.fidelity is row.fidelity
        assert hop.explained() == f"{hop} (official; crosswalk {row.parent}; {row.locator})"


def test_a_row_that_stands_under_nothing(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    row = ib.kinds.ProfileEntry(id="a:row", selects=(), related_controls=("b:2",))
    library = small_library([row], [mapped("a:1", Relation.SUPPORTS, "b:1")])
    [back] = hops(library, "b:2")
    [there] = hops(library, "a:row")
    assert back == turned(there)
    assert there.mapping is not None
    assert there.mapping.source == "a"


def test_the_structure_of_publications() -> None:
    elements = {element.id: element for publication in DEFAULT.load_all() for element in publication}
    parts = of_kind(HopKind.PART_OF)
    assert {(hop.subject, hop.object) for hop in parts} == {
        (element.id, element.parent)
        for element in elements.values()
        if element.parent is not None and is_part(element, elements[element.parent])
    }
    assert {hop.link for hop in parts} == {PART_OF}
    selecting = of_kind(HopKind.SELECTS)
    assert Counter((hop.subject, hop.object) for hop in selecting) == Counter(
        (row.id, selected) for row in profile_rows() for selected in row.selects
    )
    assert {hop.link for hop in selecting} == {invert(PART_OF)}
    assert {hop.evidence for hop in [*parts, *selecting]} == {None}


def test_parts_are_told_with_their_wholes() -> None:
    """The rows of a profile of SP 800-213A select from it, so they count as wholes of what they select."""
    found = parts(DEFAULT, "sp800-213a")
    up = of_kind(HopKind.PART_OF, HopKind.SELECTED_BY)
    assert Counter(found) == Counter((hop.subject, hop.object) for hop in up if hop.subject.startswith("sp800-213a:"))
    assert {HopKind.PART_OF, HopKind.SELECTED_BY} == {hop.kind for hop in up if (hop.subject, hop.object) in {*found}}


def test_rows_of_profiles_select_from_their_own_publication() -> None:
    """What a row selects elsewhere would not be found from there, since hops are gathered by publication."""
    assert {hop.subject.partition(":")[0] == hop.object.partition(":")[0] for hop in of_kind(HopKind.SELECTS)} == {True}


def test_lineage_is_equal_only_with_the_same_wording() -> None:
    expected: Counter[tuple[str, str]] = Counter()
    for pair in DEFAULT.lineage_pairs():
        for record in (each for each in DEFAULT.lineage(*pair) if each.grade is None):
            expected.update(product(record.before, record.after))
    became = of_kind(HopKind.BECAME)
    assert Counter((hop.subject, hop.object) for hop in became) == expected
    for hop in became:
        wordings = [ib.get(each).fingerprint for each in (hop.subject, hop.object)]
        assert isinstance(hop.evidence, ib.LineageRecord)
        alone = len(hop.evidence.before) == len(hop.evidence.after) == 1
        same = wordings[0] == wordings[1] is not None
        assert hop.link is (Relation.EQUAL if alone and same else Relation.RELATED)
    assert {hop.link for hop in became} == {Relation.EQUAL, Relation.RELATED}


WORDED, REWORDED = {"words": 3, "sha256": "a" * 64}, {"words": 3, "sha256": "b" * 64}


@pytest.mark.parametrize(
    ("old", "new", "link"),
    [
        ([WORDED], [WORDED], Relation.EQUAL),
        ([WORDED], [REWORDED], Relation.RELATED),
        ([{}], [{}], Relation.RELATED),
        ([WORDED], [WORDED, WORDED], Relation.RELATED),
        ([WORDED, WORDED], [WORDED], Relation.RELATED),
    ],
)
def test_what_lineage_says(
    old: list[dict[str, str]], new: list[dict[str, str]], link: Relation, small_library: MakeLibrary
) -> None:
    before = [ib.kinds.Criterion(id=f"a:{number}", **words) for number, words in enumerate(old)]  # type: ignore[arg-type]
    after = [ib.kinds.Criterion(id=f"b:{number}", **words) for number, words in enumerate(new)]  # type: ignore[arg-type]
    record = ib.LineageRecord(
        before=tuple(each.id for each in before),
        after=tuple(each.id for each in after),
        change=ib.LineageChange.CONTINUED,
        basis=ib.Basis.CURATED,
        fidelity=ib.Fidelity.FULL,
        evidence="both say so",
    )
    library = small_library([*before, *after], lineage=[record])
    [hop, *others] = hops(library, "a:0")
    assert (hop.kind, hop.link, hop.is_judgement, hop.mapping) == (HopKind.BECAME, link, True, None)
    assert len(others) == len(after) - 1
    assert hops(library, "b:0")[0] == turned(hop)
    assert str(hop) == "a:0 became b:0"
    assert hop.explained() == "a:0 became b:0 (curated; continued): both say so"
    assert (hop.facts()["evidence"], hop.facts()["source"]) == ("both say so", None)


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("sp800-53r5:ac-2", True),
        ("sp800-53r5:ac-2.3", False),
        ("sp800-213a:DI.AID.1.a", True),
        ("sp800-213a:DI.IMS", True),
        ("sp800-213a:DI.discussion", False),
        ("ir8425:documentation.1.a", True),
        ("ir8259b:documentation.rationale.3", False),
        ("ir8259a:device-identification.1", True),
        ("csf2.0:PR.AA-01", True),
        ("csf2.0:PR.AA", True),
    ],
)
def test_parts(identifier: str, expected: bool) -> None:
    element = ib.get(identifier)
    parent = ib.load(element.publication).parent(element)
    assert parent is not None
    assert is_part(element, parent) is expected
    assert (HopKind.PART_OF in {hop.kind for hop in hops(DEFAULT, identifier)}) is expected


def test_an_enhancement_of_a_component_requirement_adds_to_it() -> None:
    base = ib.kinds.ComponentRequirement(id="a:1", parent="a:clause")
    enhancement = ib.kinds.ComponentRequirement(id="a:1.1", parent="a:1")
    assert is_part(base, ib.kinds.Clause(id="a:clause"))
    assert not is_part(enhancement, base)


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (ib.kinds.CommonAction(id="a:1.a", parent="a:1"), True),
        (ib.kinds.CommonAction(id="a:1.a", parent="a:1", demand=ib.kinds.Demand.EXAMPLE), False),
        (ib.kinds.Criterion(id="a:1.a", parent="a:1", normativity=ib.kinds.Normativity.NORMATIVE), True),
        (ib.kinds.Criterion(id="a:1.a", parent="a:1", normativity=ib.kinds.Normativity.INFORMATIVE), False),
    ],
)
def test_an_example_is_no_part(element: ib.Element, expected: bool, small_library: MakeLibrary) -> None:
    whole = ib.kinds.CommonAction(id="a:1")
    assert is_part(element, whole) is expected
    assert len(hops(small_library([whole, element]), "a:1")) == expected


def test_examples_of_the_shipped_library() -> None:
    examples = [element.id for publication in DEFAULT.load_all() for element in publication if element.is_illustrative]
    assert {each.partition(":")[0] for each in examples} >= {"ir8259b", "ir8425"}
    assert not {*examples} & {hop.subject for hop in of_kind(HopKind.PART_OF)}


def test_hops_by_where_they_lead() -> None:
    for identifier in ("ir8425:documentation", "sp800-213a:DI.IMS", "csf1.1:ID.AM-1", "csa2015:1"):
        for key, onwards in ways(DEFAULT, identifier).items():
            assert onwards
            assert {hop.subject for hop in onwards} == {identifier}
            assert {hop.object.partition(":")[0] for hop in onwards} == {key}


@pytest.mark.parametrize("nowhere", ["ir8425:nothing", "nothing:1", "", "ir8425", "ir8425:Documentation"])
def test_no_hops_from_what_is_not_there(nowhere: str) -> None:
    assert hops(DEFAULT, nowhere) == ()
    assert ways(DEFAULT, nowhere) == {}


def test_neighbours_are_where_hops_lead() -> None:
    found = neighbours(DEFAULT)
    led: dict[str, set[str]] = {}
    for hop in every_hop():
        led.setdefault(hop.subject.partition(":")[0], set()).add(hop.object.partition(":")[0])
    for key, keys in led.items():
        assert keys - {key} <= found.get(key, set())
    assert all(one in found[other] and one in found[one] for one in found for other in found[one])


def test_hops_are_gathered_from_what_is_asked_for_only() -> None:
    asked: list[str] = []

    class Watched(Library):
        def load(self, name: str) -> ib.Publication:
            asked.append(name)
            return super().load(name)

    assert hops(Watched(), "csa2015:1")
    assert {*asked} == {"csa2015"} | neighbours(DEFAULT)["csa2015"] == {"csa2015", "ir8259a"}


ADDED = [
    ("sp800-213a", "sp800-53r5"),
    ("sp800-53r5", "sp800-213a"),
    ("sp800-53r4", "sp800-53r5"),
    ("csf2.0", "ir8425"),
    ("ir8425", "ir8425"),
]
"""A crosswalk that is held, one held the other way, one beside lineage, one that is new, and one within."""


@pytest.mark.parametrize(("subject", "obj"), ADDED, ids=lambda key: key)
def test_hops_of_an_extension_are_those_gathered_anew_in_the_same_order(
    subject: str, obj: str, mapped: MakeMapping
) -> None:
    own, ends = DEFAULT, (ib.load(subject), ib.load(obj))
    for number in range(3):
        ways_from(own, subject)
        pairs = zip(ends[0].elements[number::7], ends[1].elements[number::5], strict=False)
        added = tuple(mapped(one.id, Relation.RELATED, other.id, source=f"{number}.tsv") for one, other in pairs)
        own = own.extended(ib.Crosswalk(subject=ends[0], object=ends[1], mappings=added))
        for key in (subject, obj):
            renewed, anew = ways_from(own, key), network._gathered(own, key)
            assert renewed == anew
            assert all([*renewed[start]] == [*anew[start]] for start in anew)


def test_hops_of_a_publication_that_is_replaced_are_gathered_anew() -> None:
    ways_from(DEFAULT, "ir8425")
    other = ib.load("ir8425").where("capability")
    own = DEFAULT.replacing(other, "only capabilities")
    assert not [hop for hop in hops(own, "ir8425:documentation") if hop.kind is HopKind.HAS_PART]


@pytest.mark.parametrize(
    ("which", "identifier"),
    [
        ("AC-2(3)", "sp800-53r5:ac-2.3"),
        ("NIST IR 8425:documentation.1", "ir8425:documentation.1"),
        (ib.get("ir8425:documentation"), "ir8425:documentation"),
        ("csa2015:1", "csa2015:1"),
        (" csa2015: 1 ", "csa2015:1"),
    ],
)
def test_elements_are_named_in_any_usual_spelling(which: ib.Element | str, identifier: str) -> None:
    assert DEFAULT.identify(which) == identifier


@pytest.mark.parametrize(
    ("which", "message"),
    [
        ("csa2015:99", "unknown citation of csa2015 'csa2015:99'; did you mean csa2015:4"),
        ("csa2015:nothing", "unknown citation of csa2015 'csa2015:nothing'"),
        ("ir8425:documentatoin", "unknown element of ir8425 .* did you mean ir8425:documentation"),
        ("documentation", "name its publication too"),
        ("ir9999:1", "unknown publication"),
    ],
)
def test_what_does_not_exist_is_an_error(which: str, message: str) -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError, match=message):
        DEFAULT.identify(which)


# How far along a path is

WAYS: dict[str, list[HopKind]] = {
    "d": [HopKind.HAS_PART, HopKind.SELECTS],
    "a": [HopKind.MAPS_TO, HopKind.BECAME, HopKind.CAME_FROM],
    "u": [HopKind.PART_OF, HopKind.SELECTED_BY],
}


def test_every_kind_of_hop_leads_down_up_or_across() -> None:
    assert Counter(kind for kinds in WAYS.values() for kind in kinds) == Counter(HopKind)
    assert [set(WAYS[letter]) for letter in "dau"] == [network.DOWN, network.ACROSS, network.UP]
    assert {TURNED[kind] for kind in network.DOWN} == network.UP
    names = "maps_to part_of has_part selects selected_by became came_from"
    assert [kind.value for kind in HopKind] == names.split()


@pytest.mark.parametrize("length", range(5))
def test_stages_tell_parts_of_the_start_and_wholes_of_the_end(length: int) -> None:
    stages = [(Stage.OWN_PARTS, "d*"), (Stage.MAPPED, "d*a+"), (Stage.WHOLES, "d*a+u+")]
    for kinds in product(HopKind, repeat=length):
        letters = "".join(map(_letter, kinds))
        expected = next((stage for stage, pattern in stages if re.fullmatch(pattern, letters)), Stage.LOOSE)
        assert reduce(Stage.then, kinds, Stage.OWN_PARTS) is expected


LINKS: list[Relation | frozenset[Relation]] = [*Relation, PART_OF, invert(PART_OF)]


@pytest.mark.slow
def test_what_is_lost_could_not_come_to_anything() -> None:
    """Of every three hops and what they say: none is given up that counts at its end, whatever follows."""
    steps = [*product([HopKind.HAS_PART, HopKind.MAPS_TO, HopKind.PART_OF], LINKS)]
    for hops_gone in product(steps, steps, steps):
        progress: Progress | None = Progress()
        for kind, link in hops_gone:
            progress = progress and progress.then(kind, link)
        chain = reduce(Chain.then, (link for _, link in hops_gone), Chain())
        in_line = re.fullmatch("d*(a+u*)?", "".join(_letter(kind) for kind, _ in hops_gone)) is not None
        worth = not chain.is_idle and (in_line or chain.conclusion.weaker is not Relation.RELATED)
        assert (progress is not None and progress.counts) == worth
        assert progress is None or progress.chain == chain


def _letter(kind: HopKind) -> str:
    return next(letter for letter, kinds in WAYS.items() if kind in kinds)


def test_a_hop_in_words(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    elements = [
        ib.kinds.Capability(id="a:1", provider=ib.kinds.Provider.DEVICE),
        ib.kinds.Criterion(id="a:1.a", parent="a:1"),
    ]
    full = mapped(
        "a:1", Relation.SUBSET_OF, "b:1", basis=ib.Basis.CURATED, strength=0, locator="p. 3", path=("c:1", "c:2"),
        rationale="It says less.",
    )  # fmt: skip
    library = small_library(elements, [full, mapped("a:1", Relation.SUPPORTS, "b:2")])
    down, there, bare = hops(library, "a:1")
    assert [down.basis, there.basis] == [ib.Basis.OFFICIAL, ib.Basis.CURATED]
    assert [down.is_judgement, there.is_judgement, bare.is_judgement] == [False, True, False]
    assert [down.mapping, there.mapping] == [None, full]
    assert down.explained() == "a:1 has_part a:1.a (by the structure of a)"
    assert there.explained() == (
        "a:1 subset_of b:1 (curated, strength 0 of 10; crosswalk a--b; p. 3; through c:1, c:2): It says less."
    )
    assert bare.explained() == "a:1 supports b:2 (official; crosswalk a--b)"
    nothing = dict.fromkeys(("strength", "rationale", "evidence", "source", "locator"))
    assert there.facts() == nothing | {
        "subject": "a:1", "relation": "subset_of", "object": "b:1", "kind": "maps_to", "basis": "curated",
        "strength": 0, "rationale": "It says less.", "source": "a--b", "locator": "p. 3",
    }  # fmt: skip
    assert down.facts() == nothing | {
        "subject": "a:1", "relation": ["equal", "superset_of"], "object": "a:1.a", "kind": "has_part",
        "basis": "official",
    }  # fmt: skip
    [back] = hops(library, "b:1")
    assert back == turned(there)
    assert str(back) == "b:1 superset_of a:1"
    assert {hop.link for hop in (there, back)} <= UNIVERSE


def test_mappings_within_a_publication(small_library: MakeLibrary, mapped: MakeMapping) -> None:
    library = small_library(
        [ib.kinds.Step(id="a:1"), ib.kinds.Step(id="a:2")],
        [mapped("a:1", Relation.SUPPORTS, "a:2"), mapped("a:1", Relation.RELATED, None)],
    )
    assert [str(hop) for hop in hops(library, "a:1")] == ["a:1 supports a:2"]
    assert [str(hop) for hop in hops(library, "a:2")] == ["a:2 is_supported_by a:1"]
    assert neighbours(library) == {"a": {"a"}}


def test_a_graded_wording_is_no_hop_beside_the_mapping() -> None:
    found = ib.paths("sp800-53r4:ac-10", "sp800-53r5:ac-10", max_hops=1)
    assert [path.hops[0].kind for path in found] == [ib.HopKind.MAPS_TO]


def test_pairs_of_publications_are_listed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    listed: Counter[str] = Counter()

    def counted(name: str) -> Callable[[Library], tuple[tuple[str, str], ...]]:
        pairs: tuple[tuple[str, str], ...] = getattr(DEFAULT, name)()

        def of(library: Library) -> tuple[tuple[str, str], ...]:  # noqa: ARG001
            listed[name] += 1
            return pairs

        return of

    for name in ("crosswalk_pairs", "lineage_pairs"):
        monkeypatch.setattr(Library, name, counted(name))
    library = Library()
    for info in library.publications:
        ways_from(library, info.key)
    assert listed == {"crosswalk_pairs": 1, "lineage_pairs": 1}
