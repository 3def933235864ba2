"""Carrying identifiers, mappings and lists over to another revision."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline import ChangeKind as Kind
from iotbaseline import Outcome
from iotbaseline._library.library import DEFAULT
from iotbaseline._revisions import naming
from iotbaseline._revisions.rules import by_name
from tests.steps import counted_steps

LINEAGE = DEFAULT.lineage_pairs()
PUBLICATIONS = DEFAULT.load_all()
INFO = ib.info("ir8425")

every_lineage = pytest.mark.parametrize("pair", LINEAGE, ids="--".join)


@cache
def whole(before: str, after: str) -> ib.Migration[ib.Element]:
    return ib.migrate(ib.load(before), before, after)


def one(entry: str, before: str | ib.Publication, after: str | ib.Publication) -> ib.MigratedEntry[str]:
    [carried] = ib.migrate([entry], before, after)
    return carried


def ids(elements: Iterable[ib.Element]) -> list[str]:
    return [element.id for element in elements]


# Laws


def present(migration: ib.Migration[Any]) -> dict[Outcome, int]:
    """The counts without those that are zero."""
    return {outcome: count for outcome, count in migration.counts().items() if count}


def named(entry: ib.MigratedEntry[Any]) -> ib.Element:
    """The element that an entry names, where it names one."""
    assert entry.before is not None
    return entry.before


@every_lineage
@pytest.mark.parametrize("backwards", [False, True])
def test_each_entry_comes_out_once_in_one_group(pair: tuple[str, str], backwards: bool) -> None:
    before, after = pair[::-1] if backwards else pair
    found = whole(before, after)
    assert [carried.entry for carried in found] == list(ib.load(before))
    assert sorted(map(id, (*found.kept, *found.renamed, *found.needs_review, *found.orphaned))) == sorted(
        map(id, found)
    )
    assert sum(found.counts().values()) == len(found)


@every_lineage
@pytest.mark.parametrize("backwards", [False, True])
def test_outcomes_say_what_can_be_seen(pair: tuple[str, str], backwards: bool) -> None:
    before, after = map(ib.load, pair[::-1] if backwards else pair)
    for carried in whole(before.key, after.key):
        assert carried.before in before
        assert all(each in after for each in carried.after)
        assert not any(getattr(each, "withdrawn", False) for each in carried.after)
        assert len(set(ids(carried.after))) == len(carried.after)
        assert (carried.outcome is Outcome.ORPHANED) == (not carried.after)
        if carried.outcome in (Outcome.KEPT, Outcome.RENAMED):
            [new] = carried.after
            assert named(carried).fingerprint == new.fingerprint is not None
            assert (carried.outcome is Outcome.KEPT) == (named(carried).local == new.local)
            titles = {ib.normalize(title) for title in (named(carried).title, new.title) if title}
            assert len(titles) < 2
        assert carried.kinds
        assert carried.reason


@every_lineage
def test_what_a_difference_says_of_an_element_in_force_is_what_is_carried(pair: tuple[str, str]) -> None:
    found = whole(*pair)
    by_id = {named(carried).id: carried for carried in found}
    for change in ib.diff(*pair).pairings:
        for element in change.before:
            if change.after:
                assert by_id[element.id].kinds == change.kinds
                assert by_id[element.id].after == change.after
                assert by_id[element.id].basis is change.basis
                assert by_name(change.evidence) in by_id[element.id].reason


@pytest.mark.parametrize("publication", PUBLICATIONS, ids=lambda publication: publication.key)
def test_the_same_publication_keeps_everything(publication: ib.Publication) -> None:
    found = ib.migrate(publication, publication, publication)
    assert present(found) == {Outcome.KEPT: len(publication)}
    assert found.carried_over() == publication.elements


@pytest.mark.parametrize("pair", ib.crosswalks(), ids="--".join)
def test_the_same_publication_keeps_every_mapping(pair: tuple[str, str]) -> None:
    mappings = DEFAULT.mappings(*pair)
    assert ib.migrate(mappings, pair[0], pair[0]).carried_over() == mappings
    held = [mapping for mapping in mappings if mapping.object is not None and ib.load(pair[1]).elements]
    if held and pair[0] != pair[1]:
        assert ib.migrate(held, pair[1], pair[1]).carried_over() == tuple(held)


def test_nothing_in_nothing_out() -> None:
    found = ib.migrate(list[str](), "ir8259", "ir8259r1")
    assert (len(found), list(found), present(found), found.carried_over()) == (0, [], {}, ())
    assert str(found) == found.to_text() == "ir8259 -> ir8259r1: no entries"
    assert found.to_records() == []


CATALOG = ib.load("sp800-53r4")
SPELLINGS = (
    lambda element: element.id,
    lambda element: element.local,
    lambda element: element.label or element.local,
    lambda element: f"NIST SP 800-53 Rev. 4:{element.local}",
    lambda element: f"https://doi.org/{CATALOG.info.doi}#{element.local}",
)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(CATALOG.elements), st.sampled_from(SPELLINGS)), max_size=12))
def test_a_list_in_any_spelling_keeps_its_order_and_its_doubles(chosen: list[tuple[ib.Element, Any]]) -> None:
    spelled = [spelling(element) for element, spelling in chosen]
    found = ib.migrate(spelled, CATALOG, "sp800-53r5")
    assert [carried.entry for carried in found] == spelled
    assert [carried.before for carried in found] == [element for element, _ in chosen]
    by_id = {named(carried).id: carried for carried in whole("sp800-53r4", "sp800-53r5")}
    expected = [by_id[element.id].after for element, _ in chosen]
    assert [carried.after for carried in found] == expected
    assert found.carried_over() == tuple(each.id for after in expected for each in after)


# Publications that are made, with their fates


def publication(key: str, elements: Iterable[ib.Element], **changes: Any) -> ib.Publication:
    named = tuple(evolve(element, id=f"{key}:{element.id}") for element in elements)
    made = ib.Publication(info=evolve(INFO, key=key), elements=named, fidelity=ib.Fidelity.FULL)
    return evolve(made, **changes)


def control(number: str, wording: int | None = None, **rest: Any) -> ib.kinds.Control:
    if wording is None:
        return ib.kinds.Control(id=number, **rest)
    return ib.kinds.Control(id=number, words=3, sha256=f"{wording:064x}", **rest)


fates = st.lists(st.sampled_from(["same", "renamed", "reworded", "gone", "unproved"]), max_size=9)


@given(fates, st.data())
def test_made_changes_give_their_outcomes(changes: list[str], data: st.DataObject) -> None:
    olds, news, expected = [control("z")], [control("z")], {"z": Outcome.NEEDS_REVIEW}
    outcomes = dict(
        zip(
            ("same", "renamed", "reworded", "gone", "unproved"),
            (Outcome.KEPT, Outcome.RENAMED, Outcome.NEEDS_REVIEW, Outcome.ORPHANED, Outcome.NEEDS_REVIEW),
            strict=True,
        )
    )
    for number, change in enumerate(changes, 1):
        name = f"c-{number}"
        olds.append(control(name, number))
        expected[name] = outcomes[change]
        if change != "gone":
            wording = {"reworded": number + 100, "unproved": None}.get(change, number)
            news.append(control(f"d-{number}" if change == "renamed" else name, wording))
    before, after = publication("old", olds), publication("new", news)
    entries = data.draw(st.lists(st.sampled_from(sorted(expected)), max_size=20))
    found = ib.migrate(entries, before, after)
    assert [(carried.entry, carried.outcome) for carried in found] == [(name, expected[name]) for name in entries]
    assert present(found) == {
        outcome: count for outcome in Outcome if (count := [expected[name] for name in entries].count(outcome))
    }
    assert all(after.has(identifier) for identifier in found.carried_over())
    assert len(found.carried_over()) == len(entries) - len(found.orphaned)


@pytest.mark.parametrize(
    ("title", "label", "outcome"),
    [("Name", "2", Outcome.KEPT), ("Other", "1", Outcome.NEEDS_REVIEW), ("NAME.", "1", Outcome.KEPT)],
)
def test_another_name_is_for_review_and_another_number_is_not(title: str, label: str, outcome: Outcome) -> None:
    before = publication("old", [control("a", 1, title="Name", label="1")])
    after = publication("new", [control("a", 1, title=title, label=label)])
    assert one("a", before, after).outcome is outcome


def test_what_is_paired_by_nothing_but_its_place_is_orphaned_not_guessed() -> None:
    before = publication("old", [control("a", 1, summary="one thing")])
    after = publication("new", [control("b", 2, summary="another matter")], fidelity=ib.Fidelity.PARTIAL)
    carried = one("a", before, after)
    assert (carried.outcome, carried.kinds, carried.after) == (Outcome.ORPHANED, (Kind.UNPAIRED,), ())
    assert carried.reason == "nothing is known to follow it (not every control of new is held)"


GONE = control("gone", withdrawn=True)
KEPT = control("kept", 1)


@pytest.mark.parametrize(
    ("old", "new", "kinds", "after"),
    [
        # the later publication says where the number went, and that counts most
        (
            evolve(GONE, incorporated_into=("old:kept",)),
            evolve(GONE, moved_to=("new:other",)),
            (Kind.MOVED, Kind.CONTINUED),
            ["new:other"],
        ),
        # it has taken the number up again
        (evolve(GONE, incorporated_into=("old:kept",)), control("gone", 9), (Kind.CONTINUED,), ["new:gone"]),
        # it says nothing, and the earlier one does
        (evolve(GONE, moved_to=("old:kept",)), GONE, (Kind.MOVED, Kind.CONTINUED, Kind.UNCHANGED), ["new:kept"]),
        (
            evolve(GONE, incorporated_into=("old:kept", "old:nowhere")),
            None,
            (Kind.MERGED, Kind.CONTINUED, Kind.UNCHANGED),
            ["new:kept"],
        ),
        # several
        (
            evolve(GONE, incorporated_into=("old:kept",)),
            evolve(GONE, incorporated_into=("new:kept", "new:other")),
            (Kind.SPLIT, Kind.MERGED, Kind.CONTINUED),
            ["new:kept", "new:other"],
        ),
        # by way of a number that is withdrawn itself, and round in a circle
        (GONE, evolve(GONE, moved_to=("new:also",)), (Kind.MOVED, Kind.CONTINUED), ["new:other"]),
        (GONE, evolve(GONE, moved_to=("new:circle",)), (Kind.REMOVED,), []),
        # nobody says
        (GONE, GONE, (Kind.REMOVED,), []),
        (GONE, None, (Kind.REMOVED,), []),
        # withdrawn only now
        (control("gone", 5), evolve(GONE, moved_to=("new:other",)), (Kind.MOVED, Kind.CONTINUED), ["new:other"]),
        (control("gone", 5), GONE, (Kind.REMOVED,), []),
        # the number is another kind's now
        (GONE, ib.kinds.Family(id="gone"), (Kind.REMOVED,), []),
    ],
)
def test_withdrawn_numbers(
    old: ib.kinds.Control, new: ib.Element | None, kinds: tuple[Kind, ...], after: list[str]
) -> None:
    more = [
        control("other", 2),
        evolve(GONE, id="also", incorporated_into=("new:other",)),
        evolve(GONE, id="circle", moved_to=("new:gone",)),
    ]
    earlier = publication("old", [old, KEPT])
    later = publication("new", [KEPT, *more, *([] if new is None else [new])])
    carried = one("gone", earlier, later)
    assert (carried.kinds, ids(carried.after)) == (kinds, after)
    assert carried.outcome is (Outcome.NEEDS_REVIEW if after else Outcome.ORPHANED)


def test_a_number_in_force_that_pairs_with_nothing_is_not_given_to_its_namesake() -> None:
    """The number is that of something else now, which comes from elsewhere."""
    before = publication("old", [control("a", 1, title="One"), control("b", 2, title="Two")])
    after = publication("new", [control("a", 2, title="Two")])
    assert one("a", before, after).outcome is Outcome.ORPHANED
    assert (one("b", before, after).outcome, one("b", before, after).after) == (Outcome.RENAMED, after.elements)


def test_who_lists_a_number_as_withdrawn_is_said() -> None:
    before, after = publication("old", [GONE]), publication("new", [GONE])
    carried = one("gone", before, after)
    assert carried.reason == (
        "nothing follows it (old lists gone as withdrawn and names no element in its place; "
        "new lists gone as withdrawn and names no element in its place)"
    )
    assert carried.basis is ib.Basis.OFFICIAL
    again = one(
        "gone",
        publication("old", [evolve(GONE, moved_to=("old:a", "old:b"))]),
        publication("new", [KEPT, control("gone", 9)]),
    )
    assert again.reason == (
        "its wording cannot be compared (old lists gone as withdrawn and names old:a, old:b in its place; "
        "new has gone in force)"
    )
    assert again.basis is ib.Basis.DERIVED
    same = one("gone", before, before)
    assert (same.outcome, same.kinds, same.after) == (Outcome.KEPT, (Kind.UNCHANGED,), before.elements)


def test_elements_that_lists_of_several_pairings_name_come_out_once() -> None:
    """Backwards, what took others in is in a pairing with each of them."""
    taken_in = {
        change.before[0].id for change in ib.diff("sp800-53r4", "sp800-53r5").pairings
        if ids(change.after) == ["sp800-53r5:ac-2"]
    }  # fmt: skip
    carried = one("AC-2", "sp800-53r5", "sp800-53r4")
    assert len(taken_in) > 1
    assert set(ids(carried.after)) == taken_in
    assert (carried.outcome, Kind.SPLIT in carried.kinds) == (Outcome.NEEDS_REVIEW, True)
    assert carried.basis is ib.Basis.DERIVED


# What happened


@pytest.mark.parametrize(
    ("entry", "outcome", "after"),
    [
        ("AU-8(1)", Outcome.NEEDS_REVIEW, ["sc-45.1"]),
        ("AC-2(10)", Outcome.NEEDS_REVIEW, ["ac-2"]),
        ("AC-2", Outcome.NEEDS_REVIEW, ["ac-2"]),
        ("IA-5(11)", Outcome.NEEDS_REVIEW, ["ia-2.1", "ia-2.2"]),
        ("SC-19", Outcome.ORPHANED, []),
        # withdrawn in revision 4 already
        ("AC-3(1)", Outcome.NEEDS_REVIEW, ["ac-6"]),
        ("CM-2(4)", Outcome.NEEDS_REVIEW, ["cm-7.4"]),
        ("PL-5", Outcome.NEEDS_REVIEW, ["ra-8"]),
        ("SI-2(4)", Outcome.NEEDS_REVIEW, ["si-2.4"]),
        ("CP-10(3)", Outcome.ORPHANED, []),
    ],
)
def test_controls_of_revision_4(entry: str, outcome: Outcome, after: list[str]) -> None:
    carried = one(entry, "sp800-53r4", "sp800-53r5")
    assert (carried.outcome, [each.local for each in carried.after]) == (outcome, after)


def test_a_withdrawn_number_goes_where_revision_5_says() -> None:
    later = ib.load("sp800-53r5")
    withdrawn = [each for each in whole("sp800-53r4", "sp800-53r5") if getattr(each.before, "withdrawn", False)]
    assert len(withdrawn) == sum(each.withdrawn for each in CATALOG.controls)
    for carried in withdrawn:
        number = later[named(carried).local]
        assert isinstance(number, ib.kinds.Control)
        expected = [*number.moved_to, *number.incorporated_into] if number.withdrawn else [number.id]
        assert ids(carried.after) == expected
        assert carried.outcome is (Outcome.NEEDS_REVIEW if expected else Outcome.ORPHANED)


def test_requirements_of_the_online_catalog() -> None:
    found = ib.migrate(["DI:IMS(1)", "LA.ROL.6.c.i", "LA:IFC(14a)", "DI"], "online-catalog-2021-02", "sp800-213a")
    assert [(each.outcome, [new.local for new in each.after]) for each in found] == [
        (Outcome.KEPT, ["DI.IMS.1"]),
        (Outcome.RENAMED, ["LA.ROL.6.d"]),
        (Outcome.NEEDS_REVIEW, ["LA.IFC.14.a", "LA.IFC.14.b"]),
        (Outcome.NEEDS_REVIEW, ["DI"]),
    ]
    assert found.entries[1].reason.startswith("its wording is the same, it stands in another place (through ")


def test_activities() -> None:
    entries = [{"id": f"activity-{number}", "done": "yes"} for number in (1, 3, 4)]
    found = ib.migrate(entries, "ir8259", "ir8259r1")
    assert found.carried_over() == tuple(
        {"id": f"ir8259r1:activity-{number}", "done": "yes"} for number in (1, 3, 4, 5)
    )
    assert present(found) == {Outcome.NEEDS_REVIEW: 3}
    assert Kind.CONTINUED in found.entries[0].kinds


def test_version_2_of_the_cybersecurity_framework() -> None:
    found = whole("csf1.1", "csf2.0")
    assert {(*ids([named(each)]), *ids(each.after)) for each in found.renamed} == {
        ("csf1.1:ID.RA-2", "csf2.0:ID.RA-02"),
        ("csf1.1:RS.MI-1", "csf2.0:RS.MI-01"),
    }
    assert found.orphaned == ()
    assert one("ID.BE", "csf2.0", "csf1.1").after == (ib.get("csf1.1:ID.BE"),)
    assert one("ID.BE-01", "csf2.0", "csf1.1").after == (ib.get("csf1.1:ID.BE-1"),)


# Rewriting


def test_elements_are_carried_over_as_elements() -> None:
    assert ib.migrate([ib.get("sp800-53r4:AU-8(1)")], "sp800-53r4", "sp800-53r5").carried_over() == (
        ib.get("sp800-53r5:SC-45(1)"),
    )


def test_a_profile_stands_for_its_elements() -> None:
    federal = ib.profile("federal")
    for entries in (federal, federal.resolve()):
        found = ib.migrate(entries, "sp800-213a", "online-catalog-2021-11")
        assert tuple(each.entry for each in found) == federal.elements
    assert len(found.renamed) + len(found.kept) + len(found.needs_review) > 0


def test_records_keep_what_is_the_users_own() -> None:
    row: dict[str, object] = {"note": [1], "id": "IA-5(11)", "before": None}
    found = ib.migrate([row], "sp800-53r4", "sp800-53r5")
    assert found.carried_over() == (
        {"note": [1], "id": "sp800-53r5:ia-2.1", "before": None},
        {"note": [1], "id": "sp800-53r5:ia-2.2", "before": None},
    )
    assert [*found.carried_over()[0]] == [*row]
    assert row["id"] == "IA-5(11)"


def mapping(subject: str, obj: str | None, relation: ib.Relation = ib.Relation.SUBSET_OF, **rest: Any) -> ib.Mapping:
    made = ib.Mapping(
        subject=subject,
        relation=relation,
        object=obj,
        basis=ib.Basis.OFFICIAL,
        fidelity=ib.Fidelity.FULL,
        justification="semapv:ManualMappingCuration",
        strength=7,
        source="mine",
    )
    return evolve(made, **rest)


@pytest.mark.parametrize("relation", ib.Relation)
def test_a_mapping_holds_where_the_wording_does(relation: ib.Relation) -> None:
    old = mapping("csf1.1:ID.RA-2", "mine:1", relation, rationale="Because.", path=("x:1",))
    [new] = ib.migrate([old], "csf1.1", "csf2.0").carried_over()
    assert (new.subject, new.object, new.relation, new.strength) == ("csf2.0:ID.RA-02", "mine:1", relation, 7)
    assert (new.basis, new.justification) == (ib.Basis.DERIVED, "semapv:MappingChaining")
    assert new.path == ("csf1.1:ID.RA-2", "x:1")
    assert new.rationale is not None
    assert new.rationale.startswith("Because. Carried over from csf1.1:ID.RA-2: its wording is the same, ")
    assert (new.source, new.fidelity) == (old.source, old.fidelity)


@pytest.mark.parametrize("relation", ib.Relation)
def test_a_mapping_of_what_is_to_be_reviewed_is_a_lead(relation: ib.Relation) -> None:
    found = ib.migrate([mapping("csf1.1:ID.AM-6", "mine:1", relation)], "csf1.1", "csf2.0")
    if relation is ib.Relation.NO_RELATIONSHIP:
        assert found.carried_over() == ()
        assert len(found.needs_review) == 1
        return
    made = found.carried_over()
    assert [each.subject for each in made] == ["csf2.0:GV.RR-02", "csf2.0:GV.SC-02"]
    assert {(each.relation, each.strength) for each in made} == {(ib.Relation.RELATED, None)}
    was = "" if relation is ib.Relation.RELATED else f", of which it said {relation}"
    assert all(str(each.rationale).startswith(f"Carried over from csf1.1:ID.AM-6{was}: it became") for each in made)


def test_of_a_mapping_the_side_of_the_earlier_publication_is_carried_over() -> None:
    old = mapping("mine:1", "csf1.1:ID.RA-2", path=("x:1",))
    [new] = ib.migrate([old], "csf1.1", "csf2.0").carried_over()
    assert (new.subject, new.object, new.path) == ("mine:1", "csf2.0:ID.RA-02", ("x:1", "csf1.1:ID.RA-2"))
    both = mapping("csf1.1:ID.RA-2", "csf1.1:RS.MI-1")
    [new] = ib.migrate([both], "csf1.1", "csf2.0").carried_over()
    assert (new.subject, new.object) == ("csf2.0:ID.RA-02", "csf1.1:RS.MI-1")
    loose = mapping("csf1.1:id.ra-02", None, object_label="something")
    [new] = ib.migrate([loose], "csf1.1", "csf2.0").carried_over()
    assert (new.subject, new.object, new.object_label) == ("csf2.0:ID.RA-02", None, "something")


def test_a_crosswalk_is_a_list_of_mappings() -> None:
    crosswalk = ib.crosswalk("csf1.1", "sp800-213a")
    found = ib.migrate(crosswalk, "csf1.1", "csf2.0")
    assert [each.entry for each in found] == list(crosswalk)
    later = ib.load("csf2.0")
    assert all(later.has(each.subject) for each in found.carried_over())
    assert Counter(each.object for each in found.carried_over() if each.relation is not ib.Relation.RELATED) == {
        each.entry.object: 1 for each in found.renamed if each.entry.relation is not ib.Relation.RELATED
    }


def test_a_crosswalk_is_carried_over_by_its_object_too() -> None:
    crosswalk = ib.crosswalk("sp800-213a", "sp800-53r5").where(lambda mapping: mapping.object is not None)
    made = ib.migrate(crosswalk, "sp800-53r5", "sp800-53r4").carried_over()
    assert {each.subject for each in made} <= {each.subject for each in crosswalk}
    assert all(ib.load("sp800-53r4").has(str(each.object)) for each in made)


# What cannot be carried


def test_what_names_nothing_is_an_outcome_of_its_own() -> None:
    entries: list[Any] = [
        "AC-99", "AC-1", "", "sp800-53r5:AC-1", mapping("mine:1", "mine:2"), mapping("mine:1", None),
        ib.get("csf1.1:ID.AM-1"), "аc-1", "NIST SP 800-53 Rev. 4:AC-99", "nothing:qqqqqqqq",
    ]  # fmt: skip
    found = ib.migrate(entries, "sp800-53r4", "sp800-53r5")
    assert [each.outcome is Outcome.NOT_UNDERSTOOD for each in found] == [entry != "AC-1" for entry in entries]
    assert len(found.not_understood) == len(entries) - 1
    for each in found.not_understood:
        assert (each.before, each.after, each.kinds, each.carried_over()) == (None, (), (), ())
        assert each.grade is ib.Grade.NOT_UNDERSTOOD
        assert each.reason
    assert "did you mean ac-" in found.entries[0].reason
    assert "unknown element of sp800-53r4 'sp800-53r5:AC-1'" in found.entries[3].reason
    assert f"neither side of '{entries[4]}' is of sp800-53r4" in found.entries[4].reason
    assert found.carried_over() == ("sp800-53r5:ac-1",)
    assert found.to_records()[0]["before"] is None


@pytest.mark.parametrize("entry", ["AC-2a", "AC-2 a.", "sp800-53r4:AC-2a"])
def test_a_part_that_is_not_held_suggests_its_whole(entry: str) -> None:
    [found] = ib.migrate([entry], "sp800-53r4", "sp800-53r5")
    assert found.reason.endswith("did you mean ac-2?")


@pytest.mark.parametrize(
    "entry", ["AC-2 (Account Management)", "ac-2 [ACCOUNT  MANAGEMENT]", "AC-02(Account Management)"]
)
def test_a_title_behind_a_name_is_understood(entry: str) -> None:
    [found] = ib.migrate([entry], "sp800-53r4", "sp800-53r5")
    assert found.before == ib.get("sp800-53r4:ac-2")


@pytest.mark.parametrize("entry", ["AC-2 (Access Enforcement)", "AC-99 (Account Management)", "ID (Asset Management)"])
def test_another_title_behind_a_name_is_not(entry: str) -> None:
    assert ib.migrate([entry], "sp800-53r4", "sp800-53r5").not_understood


def test_entries_that_can_be_none_are_in_the_error() -> None:
    entries: list[Any] = ["AC-99", {"identifier": "AC-1"}, 3]
    with pytest.raises(ib.errors.DataErrors) as raised:
        ib.migrate(entries, "sp800-53r4", "sp800-53r5")
    errors = raised.value.errors
    assert [each.place for each in errors] == ["1", "2"]
    assert {each.file for each in errors} == {"entries"}
    assert all(each.problem and each.fix for each in errors)
    assert isinstance(raised.value, ib.errors.IoTBaselineError)


@pytest.mark.parametrize(
    ("entry", "grade"),
    [
        ("SC-19", ib.Grade.WITHDRAWN),
        ("IA-5(11)", ib.Grade.SPLIT),
        ("AC-2(10)", ib.Grade.MERGED),
        ("AT-3(4)", ib.Grade.MOVED),
        ("AC-2", ib.Grade.SUBSTANTIVE),
        ("AC-10", ib.Grade.EDITORIAL),
    ],
)
def test_grades_of_controls(entry: str, grade: ib.Grade) -> None:
    [found] = ib.migrate([entry], "sp800-53r4", "sp800-53r5")
    assert found.grade is grade


def test_what_nobody_graded_is_changed_or_same_or_unknown() -> None:
    grades = {each.grade for each in ib.migrate(ib.load("ir8259"), "ir8259", "ir8259r1")}
    assert ib.Grade.CHANGED in grades
    assert not grades & {ib.Grade.EDITORIAL, ib.Grade.SUBSTANTIVE}
    same = ib.migrate(ib.load("sp800-53r5"), "sp800-53r5", "sp800-53r5")
    assert {each.grade for each in same.kept} == {ib.Grade.SAME}


def test_the_low_baseline_comes_out_with_a_triage() -> None:
    low = [each.label for each in ib.load("sp800-53r4").of_kind(ib.kinds.Control) if "LOW" in each.baselines]
    found = ib.migrate([str(label) for label in low] + ["AC-2a"], "sp800-53r4", "sp800-53r5")
    ranks = [each.grade.rank for each in found.by_urgency()]
    assert ranks == sorted(ranks)
    assert sum(found.grades().values()) == len(found) == len(low) + 1
    assert found.grades()[ib.Grade.EDITORIAL] > 0
    report, rule = found.to_text().rsplit("\n\n", 1)
    assert rule == found.rules[0]
    headings = [line for line in report.split("\n")[1:] if line and not line.startswith(" ")]
    assert [heading.partition(" (")[0] for heading in headings] == ["not-understood", "needs-review"]
    assert {str(each.entry) for each in found.by_urgency()} == {*low, "AC-2a"}


def test_a_rule_is_told_once_below_the_report() -> None:
    found = ib.migrate(["AC-17(2)", "AC-2", "AC-10"], "sp800-53r4", "sp800-53r5")
    assert found.entries[0].reason == (
        "it has another name, its wording differs only in form "
        "(lineage record (derived, full): same identifier; rule E1)"
    )
    assert found.entries[1].reason.endswith(": same identifier; more than rule E1 leaves aside)")
    [rule] = found.rules
    assert rule.startswith("Rule E1: two wordings differ only in form if they are the same once a leading actor, ")
    for report in (found.to_text(), found.to_markdown(), found._repr_html_(), found.to_json()):
        assert report.count(rule) == 1
    assert ib.migrate("SC-19", "sp800-53r4", "sp800-53r5").rules == ()
    mapped = mapping("sp800-53r4:ac-10", "mine:1")
    assert str(ib.migrate(mapped, "sp800-53r4", "sp800-53r5").carried_over()[0].rationale).endswith(rule)


def test_every_rule_of_the_data_has_a_name() -> None:
    evidence = {record.evidence for pair in DEFAULT.lineage_pairs() for record in DEFAULT.lineage(*pair)}
    assert any("the same wording once" in each for each in evidence)
    assert not any("the same wording once" in by_name(each) for each in evidence)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("AR-1", "'AR-1' is a privacy control of Appendix J, which is not held; look it up in sp800-53r4"),
        ("sp800-53r4:DM-01(1)", "is a privacy control of Appendix J"),
        ("AR-9", "unknown element of sp800-53r4 'AR-9'"),
        ("AC-2(1)-(4)", "'AC-2(1)-(4)' names several elements; name one in each entry"),
        ("AC-2, AC-3", "'AC-2, AC-3' names several elements"),
        ("AC-2(1),(3)", "names several"),
        ("AC-2; AU-2", "names several"),
        ("AC-2\nAC-3", "'AC-2 AC-3' names several"),
        ("AC-2 to AC-5", "names several"),
        ("AC-2\u2013AC-5", "names several"),
        ("AC-2 (Account Management), AC-3", "names several"),
        ("AC-99, AC-3", "unknown element"),
        ("AC-2, Account", "unknown element"),
        ("  ", "the entry is empty; name one element in each"),
        ({"id": "", "owner": "me"}, "the cell is empty; name one element in each"),
        ({"id": "AC-2/AC-3"}, "'AC-2/AC-3' names several elements; name one in each cell"),
    ],
)
def test_what_is_no_misspelled_name_is_told_as_what_it_is(entry: Any, reason: str) -> None:
    [found] = ib.migrate([entry], "sp800-53r4", "sp800-53r5")
    assert reason in found.reason
    assert found.outcome is Outcome.NOT_UNDERSTOOD
    assert ("did you mean" in found.reason) == ("unknown" in reason)


def test_privacy_controls_of_other_publications_are_unknown() -> None:
    [found] = ib.migrate(["AR-1"], "sp800-53r5", "sp800-53r5")
    assert "Appendix J" not in found.reason


def test_one_problem() -> None:
    error = ib.errors.DataErrors(iter([ib.errors.DataError("file", "place", "problem", "fix")]))
    assert str(error) == "1 problem:\nfile: place: problem; fix"
    assert isinstance(error, ValueError)


def test_suggestions_end_after_so_many() -> None:
    entries = [f"qc-2.{number}x" for number in range(4_000)]
    start = time.process_time()
    found = ib.migrate(entries, "sp800-53r4", "sp800-53r5")
    assert time.process_time() - start < 15
    assert len(found.not_understood) == len(entries)
    assert "did you mean" in found.entries[0].reason
    assert "did you mean" not in found.entries[-1].reason


@pytest.mark.parametrize("entry", [str, lambda text: {"id": text}, lambda text: mapping(f"mine:{text}", "mine:1")])
def test_a_list_that_names_next_to_nothing_is_refused(entry: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "MOST_UNKNOWN", 20)
    twenty = [entry(f"qc-2.{number}x") for number in range(20)]
    assert len(ib.migrate(twenty, "sp800-53r4", "sp800-53r5").not_understood) == 20
    with pytest.raises(ib.errors.DataErrors, match="21 of 22 entries name no element of sp800-53r4"):
        ib.migrate([*twenty, "AC-1", entry("qc-3")], "sp800-53r4", "sp800-53r5")
    half = ib.migrate([*["AC-1"] * 21, *twenty, entry("qc-3")], "sp800-53r4", "sp800-53r5")
    assert len(half.not_understood) == 21


def test_what_recurs_is_no_different_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "MOST_UNKNOWN", 2)
    entries: list[Any] = ["qc-3", {"id": "qc-3"}, "AC-2"] * 20
    assert len(ib.migrate(entries, "sp800-53r4", "sp800-53r5").not_understood) == 40


@pytest.mark.parametrize(
    "entry", ["AC-2x", "a b c d e f g h", "mine:x", "AC-2(" * 20, "AC-2,x" * 20, "AC-2, AC-3", "1-" * 90, "AC-2 " * 40]
)
def test_what_names_nothing_takes_few_steps(entry: str) -> None:
    ib.migrate(["AC-2", "qc-2"], "sp800-53r4", "sp800-53r5")
    with counted_steps() as steps:
        ib.migrate([f"{entry}{number}" for number in range(300)], "sp800-53r4", "sp800-53r5")
    assert steps.count < 300 * 1_500


def test_records_of_one_name_are_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []
    get = ib.Publication.get

    def noted(held: ib.Publication, name: str) -> ib.Element | None:
        looked_up.append(name)
        return get(held, name)

    monkeypatch.setattr(ib.Publication, "get", noted)
    found = ib.migrate([{"id": "AC-2", "row": str(row)} for row in range(50)], "sp800-53r4", "sp800-53r5")
    assert len(found) == 50
    assert looked_up.count("AC-2") == 1


def test_a_misspelled_name_is_compared_once_however_often_it_occurs() -> None:
    entries = ["qc-2.1x"] * 100 + ["qc-2.2x"]
    found = ib.migrate(entries, "sp800-53r4", "sp800-53r5")
    assert all("did you mean" in each.reason for each in found.not_understood)
    assert len(found.not_understood) == len(entries)


def test_publications_without_anything_in_common() -> None:
    with pytest.raises(ib.errors.NotComparableError):
        ib.migrate(list[str](), "csf2.0", "sp800-53r5")


# Reports


@pytest.fixture
def found() -> ib.Migration[dict[str, str]]:
    rows = [{"id": number, "owner": "me"} for number in ("GV.OC-04", "ID.RA-02", "GV.OV", "ID.RA-02")]
    return ib.migrate(rows, "csf2.0", "csf1.1")


def test_a_rebase_shows_itself(found: ib.Migration[dict[str, str]]) -> None:
    assert str(found) == ("csf2.0 -> csf1.1: 2 renamed, 1 needs-review, 1 orphaned (1 withdrawn, 1 split, 2 same)")
    assert repr(found) == f"<Migration {found}>"
    assert [str(each) for each in found] == [
        f"needs-review: GV.OC-04 -> {ib.get('csf1.1:ID.BE-4')}, {ib.get('csf1.1:ID.BE-5')}",
        f"renamed: ID.RA-02 -> {ib.get('csf1.1:ID.RA-2')}",
        "orphaned: GV.OV -> nothing",
        f"renamed: ID.RA-02 -> {ib.get('csf1.1:ID.RA-2')}",
    ]
    assert repr(found.entries[2]) == "<MigratedEntry orphaned: GV.OV -> nothing>"


def test_text(found: ib.Migration[dict[str, str]]) -> None:
    lines = found.to_text().split("\n")
    assert lines[:3] == [str(found), "", "orphaned (1)"]
    assert [line for line in lines if line and not line.startswith(" ")][1:] == [
        "orphaned (1)",
        "needs-review (1)",
        "renamed (2)",
    ]
    for carried in found:
        assert lines[lines.index(f"  {carried}") + 1] == f"      {carried.grade}: {carried.reason}"


def test_markdown(found: ib.Migration[dict[str, str]]) -> None:
    text = found.to_markdown()
    assert text.startswith(
        f"# csf2.0 → csf1.1\n\n{found}\n\n## orphaned (1)\n\n| entry | before | after | grade | why |\n|---|"
    )
    rows = [line for line in text.split("\n") if line.startswith(("| ID.", "| GV."))]
    assert len(rows) == len(found)
    assert all(row.count(" | ") == 4 for row in rows)
    assert "`csf1.1:ID.BE-4`" in rows[1]
    assert "<br>`csf1.1:ID.BE-5`" in rows[1]


def test_json(found: ib.Migration[dict[str, str]]) -> None:
    document = json.loads(found.to_json())
    assert (document["before"], document["after"]) == ("csf2.0", "csf1.1")
    assert document["counts"] == {"kept": 0, "renamed": 2, "needs-review": 1, "orphaned": 1, "not-understood": 0}
    assert [each["entry"] for each in document["entries"]] == [each.entry for each in found]
    assert document["entries"][0] == {
        "entry": {"id": "GV.OC-04", "owner": "me"},
        "outcome": "needs-review",
        "grade": "split",
        "before": "csf2.0:GV.OC-04",
        "before_name": ib.get("csf2.0:GV.OC-04").name,
        "after": ["csf1.1:ID.BE-4", "csf1.1:ID.BE-5"],
        "after_name": [ib.get("csf1.1:ID.BE-4").name, ib.get("csf1.1:ID.BE-5").name],
        "change": ["split", "merged"],
        "basis": "official",
        "reason": found.entries[0].reason,
    }


def test_json_of_what_is_no_record() -> None:
    row: dict[str, object] = {"id": "ID.AM-6", "since": INFO}
    [entry] = json.loads(ib.migrate([row], "csf1.1", "csf2.0").to_json())["entries"]
    assert entry["entry"] == {"id": "ID.AM-6", "since": str(INFO)}
    old = mapping("csf1.1:ID.AM-6", "mine:1")
    [entry] = json.loads(ib.migrate([old], "csf1.1", "csf2.0").to_json())["entries"]
    assert entry["entry"] == str(old)


def test_rows(found: ib.Migration[dict[str, str]]) -> None:
    rows = found.to_records()
    assert rows == [row for each in found for row in each.to_records()]
    assert rows[2] == {
        "entry": "GV.OV",
        "outcome": "orphaned",
        "grade": "withdrawn",
        "before": "csf2.0:GV.OV",
        "before_name": "Oversight",
        "after": "",
        "after_name": "",
        "change": "removed",
        "basis": "derived",
        "reason": "nothing follows it (nothing in csf1.1 pairs with it)",
    }
    assert rows[0]["after"] == "csf1.1:ID.BE-4, csf1.1:ID.BE-5"
    assert rows[0]["change"] == "split+merged"
    element = ib.get("csf1.1:ID.BE")
    assert ib.migrate([element], "csf1.1", "csf2.0").to_records()[0]["entry"] == "csf1.1:ID.BE"


def test_display(found: ib.Migration[dict[str, str]]) -> None:
    shown = found._repr_html_()
    assert shown.partition("<tbody>")[2].count("<tr>") == len(found)
    assert "renamed 2" in shown
    assert "Oversight" in shown
