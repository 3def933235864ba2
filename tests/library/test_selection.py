"""What queries take: names, elements, publications, profiles, and several of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

import iotbaseline as ib
from iotbaseline._library.library import DEFAULT
from iotbaseline._library.selection import elements_of, keys_of, texts

if TYPE_CHECKING:
    from iotbaseline import Selectable

FEDERAL = ib.profile("federal")
HIGH = ib.profile("industrial").resolve("high")
ONE = ib.get("ir8425:documentation.1")
IR8425 = ib.load("ir8425")


@pytest.mark.parametrize(
    ("selected", "expected"),
    [
        ("ir8425:documentation.1", (ONE,)),
        ("NISTIR 8425: Documentation 1", (ONE,)),
        (ONE, (ONE,)),
        ("IR 8425", IR8425.elements),
        (IR8425, IR8425.elements),
        ("federal", FEDERAL.elements),
        ("profile:federal", FEDERAL.elements),
        (FEDERAL, FEDERAL.elements),
        (FEDERAL.resolve(), FEDERAL.elements),
        (HIGH, HIGH.elements),
        ([ONE, "AC-2", IR8425, "federal"], (ONE, ib.get("AC-2"), *IR8425.elements, *FEDERAL.elements)),
        ({"ir8425": 1}, IR8425.elements),
        ((name for name in ("AC-2", "AC-3")), (ib.get("AC-2"), ib.get("AC-3"))),
        ((), ()),
    ],
)
def test_what_is_selected(selected: Selectable, expected: tuple[ib.Element, ...]) -> None:
    assert tuple(elements_of(DEFAULT, selected, "selection")) == expected


def test_every_profile_by_name() -> None:
    for profile in ib.profiles():
        assert tuple(elements_of(DEFAULT, profile.key, "selection")) == profile.resolve().elements == profile.elements


def test_unknown_profile() -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError, match="unknown profile 'fedral'; did you mean federal"):
        ib.coverage("profile:fedral", "ir8425")


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("fedral", "federal"),
        ("ir8452", "ir8425"),
        ("cra@nineteen-ninety", "cra@2024-11-20"),
    ],
)
def test_a_name_of_nothing_suggests_profiles_and_publications(name: str, suggested: str) -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError, match="unknown publication or profile") as caught:
        ib.coverage(name, "ir8425")
    assert suggested in caught.value.suggestions


def test_publications_by_key() -> None:
    expected = {"ir8425", "csf1.1"}
    assert keys_of(DEFAULT, "IR 8425", "through") == keys_of(DEFAULT, IR8425, "through") == {"ir8425"}
    assert keys_of(DEFAULT, ["IR 8425", ib.load("csf1.1")], "through") == expected
    assert keys_of(DEFAULT, (), "through") == set()


def test_one_text_or_several() -> None:
    assert texts("control", "kinds") == texts(["control"], "kinds") == ("control",)


# Queries read their arguments alike


@pytest.mark.parametrize("selected", [FEDERAL, "profile:federal", FEDERAL.resolve(), FEDERAL.elements])
def test_coverage_by_a_profile(selected: Selectable) -> None:
    expected = FEDERAL.coverage("sp800-53r5", baseline="LOW")
    assert ib.coverage(selected, "sp800-53r5", baseline="LOW") == expected
    assert ib.coverage("federal", ib.load("sp800-53r5"), baseline="LOW") == expected


def test_coverage_of_a_profile() -> None:
    expected = ib.coverage("ir8425", ib.profile("consumer").elements)
    assert ib.coverage("ir8425", "consumer") == ib.coverage("ir8425", ib.profile("consumer")) == expected
    assert expected.target == f"{len(ib.profile('consumer').elements)} elements of ir8425"


def test_coverage_of_one_kind_below_an_element() -> None:
    found = ib.coverage("federal", "ir8425", kinds="criterion", within="ir8425:documentation")
    assert found == ib.coverage("federal", "ir8425", kinds=["criterion"], within=ib.get("ir8425:documentation"))
    assert found == FEDERAL.coverage("ir8425", kinds="criterion", within="ir8425:documentation")
    assert {item.element.kind for item in found} == {"criterion"}
    with pytest.raises(ib.errors.UnknownNameError, match="unknown kind of element 'contorl'"):
        ib.coverage("federal", "ir8425", kinds="contorl")


@pytest.mark.parametrize("through", ["sp800-213a", "NIST SP 800-213A", ib.load("sp800-213a"), ["sp800-213a"]])
def test_paths_lead_through_one_publication_or_several(through: Any) -> None:
    pair = ("ir8425", "sp800-53r5")
    assert ib.coverage(*pair, through=through) == ib.coverage(*pair, through=("sp800-213a",))
    ends = ("IA-3", "ir8425")
    assert ib.reach(*ends, through=through) == ib.reach(ends[0], IR8425, through=["sp800-213a"]) != ib.reach(*ends)


def test_comparisons_take_any_selection() -> None:
    by_name = ib.compare("consumer", "industrial")
    assert ib.compare(ib.profile("consumer"), ["industrial"]).to_records()[0] == by_name.to_records()[0]
    mixed = ib.compare(["consumer", "industrial", ONE], "ir8425")
    assert {row.modifications for row in mixed.left_rows} >= {
        item.modifications for item in ib.profile("industrial").resolve().modified if "ir8425" in item.id
    }
    assert ib.compare("AC-2", "sp800-53r4:AC-2").left == "1 element of sp800-53r5"


def test_one_baseline_is_not_read_by_letters() -> None:
    expected = ib.side_by_side("consumer", "federal", base=("ir8259a",))
    assert ib.side_by_side("consumer", "federal", base="ir8259a") == expected
    assert ib.side_by_side("consumer", "federal", base=ib.load("ir8259a")) == expected
    assert len(ib.side_by_side("federal", base="consumer")) > 0


def test_publications_themselves() -> None:
    assert ib.crosswalk(IR8425, ib.load("ir8259a")) == ib.crosswalk("ir8425", "ir8259a")
    assert ib.diff(ib.load("ir8259"), ib.load("ir8259r1")) == ib.diff("ir8259", "ir8259r1")
    assert ib.check_crosswalks((IR8425, "ir8259a")) == ib.check_crosswalks(("ir8425", "ir8259a"))


def test_one_entry_is_not_read_by_letters() -> None:
    [entry] = ib.migrate("AC-2", "sp800-53r4", "sp800-53r5")
    assert entry.before is not None
    assert (entry.entry, entry.before.id) == ("AC-2", "sp800-53r4:ac-2")
    [element] = ib.migrate(entry.before, "sp800-53r4", "sp800-53r5")
    assert element.after == entry.after
    [mapping] = ib.crosswalk("csf1.1", "sp800-213a").mappings[:1]
    assert len(ib.migrate(mapping, "csf1.1", "csf2.0")) == 1
    catalog = ib.migrate(FEDERAL, "sp800-213a", "online-catalog-2021-11")
    assert [entry.entry for entry in catalog] == [*FEDERAL.elements]


ASK: dict[str, tuple[Callable[[Any], object], str]] = {
    "coverage, selection": (lambda bad: ib.coverage(bad, "ir8425"), "selection"),
    "coverage, target": (lambda bad: ib.coverage("ir8425", bad), "target"),
    "coverage, selected": (lambda bad: ib.coverage(["ir8425", bad], "ir8425"), "selection"),
    "coverage, within": (lambda bad: ib.coverage("ir8425", "ir8425", within=bad), "within"),
    "coverage, kinds": (lambda bad: ib.coverage("ir8425", "ir8425", kinds=bad), "kinds"),
    "coverage, kind": (lambda bad: ib.coverage("ir8425", "ir8425", kinds=[bad]), "kinds"),
    "coverage, through": (lambda bad: ib.coverage("ir8425", "ir8425", through=bad), "through"),
    "coverage, baseline": (lambda bad: ib.coverage("ir8425", "sp800-53r5", baseline=bad), "baseline"),
    "coverage of a profile": (lambda bad: FEDERAL.coverage(bad), "target"),
    "a level": (lambda bad: FEDERAL.resolve(bad), "level"),
    "compare, left": (lambda bad: ib.compare(bad, "ir8425"), "left"),
    "compare, right": (lambda bad: ib.compare("ir8425", bad), "right"),
    "side_by_side, profiles": (lambda bad: ib.side_by_side("federal", bad), "profiles"),
    "side_by_side, base": (lambda bad: ib.side_by_side("federal", base=bad), "base"),
    "diff, before": (lambda bad: ib.diff(bad, "ir8425"), "before"),
    "diff, after": (lambda bad: ib.diff("ir8425", bad), "after"),
    "migrate, entries": (lambda bad: ib.migrate(bad, "ir8259", "ir8259r1"), "entries"),
    "migrate, before": (lambda bad: ib.migrate(["1"], bad, "ir8259r1"), "before"),
    "migrate_profile": (lambda bad: ib.migrate_profile(FEDERAL, "sp800-213a", bad), "after"),
    "crosswalk, subject": (lambda bad: ib.crosswalk(bad, "ir8425"), "subject"),
    "crosswalk, object": (lambda bad: ib.crosswalk("ir8425", bad), "obj"),
    "check_crosswalks": (lambda bad: ib.check_crosswalks(bad), "pairs"),
    "check_crosswalks, one": (lambda bad: ib.check_crosswalks(("ir8425", bad)), "pairs"),
    "paths, subject": (lambda bad: ib.paths(bad, "AC-2"), "subject"),
    "paths, object": (lambda bad: ib.paths("AC-2", bad), "obj"),
    "paths, through": (lambda bad: ib.paths("AC-2", "AC-3", through=[bad]), "through"),
    "reach, target": (lambda bad: ib.reach("AC-2", bad), "target"),
    "reach, limit": (lambda bad: ib.reach("AC-2", "ir8425", limit=bad), "limit"),
    "graph": (lambda bad: ib.graph("ir8425", bad), "selection"),
    "search": (lambda bad: ib.search(bad), "text"),
}


@pytest.mark.parametrize("bad", [7.5, b"ir8425", IR8425.get, object()], ids=["number", "bytes", "method", "object"])
@pytest.mark.parametrize(("ask", "argument"), ASK.values(), ids=ASK.keys())
def test_a_value_of_another_type_names_its_argument(ask: Callable[[Any], object], argument: str, bad: object) -> None:
    with pytest.raises(TypeError, match=rf"^{argument} is of type {type(bad).__name__}; pass ") as caught:
        ask(bad)
    assert isinstance(caught.value, ib.errors.ArgumentTypeError)


@pytest.mark.parametrize("letters", ["ir8425", "AC-2"])
def test_a_pair_is_not_read_by_letters(letters: Any) -> None:
    with pytest.raises(TypeError, match="pairs is of type str; pass pairs of publications"):
        ib.check_crosswalks(letters)


@pytest.mark.parametrize("pair", [(), ("ir8425",), ("ir8425", "ir8259a", "ir8259")])
def test_a_pair_is_of_two(pair: Any) -> None:
    with pytest.raises(TypeError, match="pairs is of type tuple; pass pairs of publications"):
        ib.check_crosswalks(pair)


def test_one_record_is_not_read_by_its_keys() -> None:
    with pytest.raises(TypeError, match="entries is of type dict; pass a list of records"):
        ib.migrate({"id": "AC-2"}, "sp800-53r4", "sp800-53r5")


def test_a_result_is_no_selection() -> None:
    results: Any = ib.coverage("ir8425", "ir8259a")
    with pytest.raises(TypeError, match="selection is of type CoverageItem"):
        ib.coverage(results, "ir8425")


def test_lists_in_lists_come_to_an_end() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(ib.errors.ArgumentTypeError, match="selection is of type list in 20 others"):
        ib.coverage(endless, "ir8259a")
