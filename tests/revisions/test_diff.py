"""What changed between two publications."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import combinations
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline import ChangeKind as Kind
from iotbaseline._library.library import DEFAULT
from iotbaseline._revisions.pairing import Pair, chained, lineage_pairs

LINEAGE = DEFAULT.lineage_pairs()
PUBLICATIONS = DEFAULT.load_all()
FULL = [
    (one.key, other.key)
    for one, other in combinations([each for each in PUBLICATIONS if each.fidelity is ib.Fidelity.FULL], 2)
    if {element.kind for element in one} & {element.kind for element in other}
]
compared = cache(ib.diff)
every_lineage = pytest.mark.parametrize("pair", LINEAGE, ids="--".join)
every_pair = pytest.mark.parametrize("pair", sorted({*LINEAGE, *FULL}), ids="--".join)


def names(elements: Iterable[ib.Element]) -> tuple[str, ...]:
    return tuple(element.local for element in elements)


def in_force(publication: ib.Publication) -> list[str]:
    return sorted(element.id for element in publication if not getattr(element, "withdrawn", False))


def same_title(one: ib.Element, other: ib.Element) -> bool:
    return ib.normalize(one.title or "") == ib.normalize(other.title or "") != ""


def pairing(difference: ib.Diff, before: str) -> list[ib.Change]:
    return [change for change in difference.pairings if before in names(change.before)]


# Laws


def present(difference: ib.Diff) -> dict[Kind, int]:
    """The counts without those that are zero."""
    return {kind: count for kind, count in difference.counts().items() if count}


@pytest.mark.parametrize("publication", PUBLICATIONS, ids=lambda publication: publication.key)
def test_nothing_changed_between_a_publication_and_itself(publication: ib.Publication) -> None:
    found = ib.diff(publication, publication)
    assert found.changes == ()
    assert present(found) == {Kind.UNCHANGED: len(in_force(publication))}
    assert all(change.before == change.after for change in found.pairings)


@every_pair
def test_apply_gives_the_other_publication(pair: tuple[str, str]) -> None:
    before, after = map(ib.load, pair)
    assert compared(*pair).apply(before) == after
    assert compared(*pair[::-1]).apply(after) == before


@every_pair
def test_apply_wants_the_publication_it_was_made_from(pair: tuple[str, str]) -> None:
    found = compared(*pair)
    with pytest.raises(ib.errors.NotComparableError, match=f"made from {pair[0]}; apply it to that publication"):
        found.apply(found.after)
    with pytest.raises(ib.errors.NotComparableError):
        found.apply(evolve(found.before, elements=found.before.elements[:-1]))


@every_pair
def test_every_element_in_force_is_accounted_for(pair: tuple[str, str]) -> None:
    found = compared(*pair)
    assert sorted({each.id for change in found.pairings for each in change.before}) == in_force(found.before)
    assert sorted({each.id for change in found.pairings for each in change.after}) == in_force(found.after)
    assert all(change.kinds for change in found.pairings)


@every_pair
def test_what_is_paired_by_computing_is_paired_once(pair: tuple[str, str]) -> None:
    found = compared(*pair)
    computed = [change for change in found.pairings if not change.evidence.startswith("lineage record")]
    taken_in = {each.id for change in found.merged for each in change.after}
    records = [change for change in found.pairings if change.evidence.startswith("lineage record")]
    recorded = {each.id for change in records for each in change.before + change.after}
    once = [each.id for change in computed for each in change.before + change.after]
    assert len(once) == len(set(once))
    assert set(once) & recorded <= taken_in


@every_pair
def test_backwards_is_the_mirror_image(pair: tuple[str, str]) -> None:
    forwards, backwards = compared(*pair), compared(*pair[::-1])
    assert {(change.before, change.after) for change in forwards.pairings} == {
        (change.after, change.before) for change in backwards.pairings
    }
    for one, other in ((forwards, backwards), (backwards, forwards)):
        assert {change.after for change in one.added} == {change.before for change in other.removed}
        assert {change.before for change in one.split} == {change.after for change in other.merged}
        assert {change.before for change in one.reworded} == {change.after for change in other.reworded}


@every_pair
def test_kinds_say_what_can_be_seen(pair: tuple[str, str]) -> None:
    for change in compared(*pair).pairings:
        kinds = set(change.kinds)
        if not change.before or not change.after:
            assert len(kinds) == 1
            assert kinds <= {Kind.UNPAIRED, Kind.REMOVED if change.before else Kind.ADDED}
        if not kinds & {Kind.SPLIT, Kind.MERGED} and len(change.before) == len(change.after) == 1:
            [old], [new] = change.before, change.after
            known = old.fingerprint is not None and new.fingerprint is not None
            assert (Kind.REWORDED in kinds) == (known and old.fingerprint != new.fingerprint)
            assert (Kind.CONTINUED in kinds) == (not known)
            assert (Kind.RENUMBERED in kinds) == bool(old.label and new.label and old.label != new.label)
            named = old.title and new.title and ib.normalize(old.title) != ib.normalize(new.title)
            assert (Kind.RETITLED in kinds) == bool(named)


@every_pair
def test_nothing_is_both_changed_and_unchanged(pair: tuple[str, str]) -> None:
    assert {change.kinds for change in compared(*pair).unchanged} <= {(Kind.UNCHANGED,)}


@every_pair
def test_nothing_is_called_gone_that_the_other_side_does_not_hold_in_full(pair: tuple[str, str]) -> None:
    found = compared(*pair)
    for change in (*found.removed, *found.added):
        other = found.after if change.before else found.before
        [element] = change.before or change.after
        computed = change.evidence.startswith("nothing in")
        assert not computed or (other.holds_all(element.kind) and found.before.info.work == found.after.info.work)


@every_pair
def test_nothing_is_called_gone_whose_namesake_is_in_force(pair: tuple[str, str]) -> None:
    found = compared(*pair)
    for change in (*found.removed, *found.added):
        other = found.after if change.before else found.before
        [element] = change.before or change.after
        namesake = other.get(f"{other.key}:{element.local}")
        if namesake is not None and namesake.kind == element.kind and not getattr(namesake, "withdrawn", False):
            assert not same_title(namesake, element), element.id


@every_lineage
def test_lineage_records_are_followed_both_ways(pair: tuple[str, str]) -> None:
    records = {(record.before, record.after): record for record in DEFAULT.lineage(*pair)}
    forwards, backwards = compared(*pair), compared(*pair[::-1])
    assert records
    for found, turned in ((forwards, False), (backwards, True)):
        cited = {}
        for change in found.pairings:
            if change.evidence.startswith("lineage record"):
                before, after = (change.after, change.before) if turned else (change.before, change.after)
                cited[tuple(each.id for each in before), tuple(each.id for each in after)] = change
        assert cited.keys() == records.keys()
        for sides, change in cited.items():
            assert change.basis is records[sides].basis
            assert change.grade is records[sides].grade
            assert change.evidence.endswith(records[sides].evidence)


# Generated publications, with changes put in

INFO = ib.info("ir8425")
LEAF_CHANGES = [Kind.MOVED, Kind.RENUMBERED, Kind.RETITLED, Kind.REWORDED]


def publication(key: str, elements: Iterable[ib.Element], **changes: Any) -> ib.Publication:
    """Elements that are written with the prefix ``x:``, as a publication of their own."""
    moved = [
        evolve(each, id=key + each.id[1:], parent=each.parent if each.parent is None else key + each.parent[1:])
        for each in elements
    ]
    made = ib.Publication(info=evolve(INFO, key=key), elements=tuple(moved), fidelity=ib.Fidelity.FULL)
    return evolve(made, **changes)


def leaf(number: int, parent: str | None = None) -> ib.kinds.Criterion:
    return ib.kinds.Criterion(
        id=f"x:leaf.{number}",
        title=f"Name{number}",
        label=f"{number}",
        parent=parent,
        words=3,
        sha256=f"{number:064x}",
    )


GROUPS = tuple(ib.kinds.Topic(id=f"x:group.{number}", title=f"Group{number}") for number in range(3))

changes_of_a_leaf = st.one_of(
    st.just("removed"),
    st.tuples(st.just("renamed"), st.sets(st.sampled_from([Kind.MOVED, Kind.RENUMBERED, Kind.RETITLED]))),
    st.tuples(st.just("kept"), st.sets(st.sampled_from(LEAF_CHANGES))),
)


Row = tuple[tuple[Kind, ...], tuple[str, ...], tuple[str, ...]]


def rows(difference: ib.Diff) -> set[Row]:
    return {(change.kinds, names(change.before), names(change.after)) for change in difference.pairings}


def changed(old: ib.kinds.Criterion, number: int, kinds: Iterable[Kind], renamed: bool) -> ib.kinds.Criterion:
    new = evolve(old, id=f"x:other.{number}") if renamed else old
    for kind in kinds:
        if kind is Kind.MOVED:
            new = evolve(new, parent=GROUPS[(number + 1) % len(GROUPS)].id)
        elif kind is Kind.RENUMBERED:
            new = evolve(new, label=f"no. {number}")
        elif kind is Kind.RETITLED:
            new = evolve(new, title=f"Renamed{number}")
        else:
            new = evolve(new, sha256=f"{number + 1000:064x}")
    return new


@given(
    st.lists(changes_of_a_leaf, max_size=8),
    st.integers(0, 2),
    st.sampled_from(["old", "new"]),
)
def test_exactly_the_changes_put_in_are_found(
    injected: list[str | tuple[str, set[Kind]]], added: int, key: str
) -> None:
    olds: list[ib.Element] = [*GROUPS]
    news: list[ib.Element] = [*GROUPS]
    expected: set[Row] = {
        ((Kind.CONTINUED,) if key == "new" else (Kind.UNCHANGED,), names([group]), names([group])) for group in GROUPS
    }
    for number, change in enumerate(injected):
        old = leaf(number, GROUPS[number % len(GROUPS)].id)
        olds.append(old)
        if isinstance(change, str):
            expected.add(((Kind.REMOVED,), names([old]), ()))
            continue
        new = changed(old, number, change[1], change[0] == "renamed")
        news.append(new)
        kinds = tuple(kind for kind in Kind if kind in change[1]) or (Kind.UNCHANGED,)
        expected.add((kinds, names([old]), names([new])))
    for number in range(100, 100 + added):
        news.append(leaf(number))
        expected.add(((Kind.ADDED,), (), names([news[-1]])))

    before, after = publication("old", olds), publication(key, news)
    found = ib.diff(before, after)
    assert rows(found) == expected
    assert len(found.pairings) == len(expected)
    assert found.apply(before) == after
    mirror = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}
    assert rows(ib.diff(after, before)) == {
        (tuple(mirror.get(kind, kind) for kind in kinds), new_names, old_names)
        for kinds, old_names, new_names in expected
    }


def test_a_renamed_parent_does_not_move_its_children() -> None:
    renamed = evolve(GROUPS[0], id="x:another")
    before = publication("old", [GROUPS[0], leaf(1, GROUPS[0].id)])
    after = publication("new", [renamed, leaf(1, renamed.id)])
    assert present(ib.diff(before, after)) == {Kind.CONTINUED: 1, Kind.UNCHANGED: 1}


@pytest.mark.parametrize(("old", "new"), [(None, GROUPS[0].id), (GROUPS[0].id, None)])
def test_to_the_top_and_from_it_is_a_move(old: str | None, new: str | None) -> None:
    before, after = publication("old", [GROUPS[0], leaf(1, old)]), publication("new", [GROUPS[0], leaf(1, new)])
    [moved] = ib.diff(before, after).moved
    assert names(moved.after) == ("leaf.1",)


def test_wording_decides_before_the_identifier() -> None:
    first, second = leaf(1), leaf(2)
    swapped = [evolve(first, id=second.id), evolve(second, id=first.id)]
    found = ib.diff(publication("old", [first, second]), publication("new", swapped))
    assert {(names(c.before), names(c.after), c.evidence) for c in found.pairings} == {
        (("leaf.1",), ("leaf.2",), "same wording"),
        (("leaf.2",), ("leaf.1",), "same wording"),
    }
    assert found.changes == ()


def test_identifier_decides_before_the_title() -> None:
    first, second = (evolve(leaf(number), words=None, sha256=None) for number in (1, 2))
    swapped = [evolve(first, title=second.title), evolve(second, title=first.title)]
    found = ib.diff(publication("old", [first, second]), publication("new", swapped))
    assert {(change.kinds, change.evidence) for change in found.pairings} == {
        ((Kind.RETITLED, Kind.CONTINUED), "same identifier")
    }


def test_title_pairs_what_has_another_identifier_and_wording() -> None:
    new = evolve(leaf(1), id="x:other", title="NAME1!", words=4)
    [change] = ib.diff(publication("old", [leaf(1)]), publication("new", [new])).pairings
    assert (change.kinds, change.evidence, change.basis) == ((Kind.REWORDED,), "same title", ib.Basis.DERIVED)


@pytest.mark.parametrize(
    ("old", "new", "paired"),
    [
        ("protect stored data at rest", "protect stored data in transit", False),  # 3 of 7
        ("protect stored data", "protect stored data always please", True),  # 3 of 5
        ("protect stored data", "protect all data", False),  # 2 of 4
        ("Protect DATA", "data, protect", True),
    ],
)
def test_similar_words_pair_from_three_in_five(old: str, new: str, paired: bool) -> None:
    before = publication("old", [ib.kinds.Term(id="x:a", summary=old)])
    after = publication("new", [ib.kinds.Term(id="x:b", summary=new)])
    kinds = [change.kinds for change in ib.diff(before, after).pairings]
    assert kinds == ([(Kind.CONTINUED,)] if paired else [(Kind.REMOVED,), (Kind.ADDED,)])


def test_similar_words_pair_the_best_match_of_both() -> None:
    before = publication(
        "old", [ib.kinds.Term(id="x:a", summary="one two three four"), ib.kinds.Term(id="x:b", summary="one two")]
    )
    after = publication("new", [ib.kinds.Term(id="x:c", summary="one two three four five")])
    found = ib.diff(before, after)
    assert [(change.kinds, names(change.before)) for change in found.pairings] == [
        ((Kind.CONTINUED,), ("a",)),
        ((Kind.REMOVED,), ("b",)),
    ]
    assert found.pairings[0].evidence == "similar words (0.80)"


def test_kinds_are_never_mixed() -> None:
    same = {"id": "x:a", "title": "Same", "words": 1, "sha256": "0" * 64}
    before = publication("old", [ib.kinds.Term(**same), ib.kinds.Topic(id="x:b")])  # type: ignore[arg-type]
    after = publication("new", [ib.kinds.Remark(**same), ib.kinds.Topic(id="x:b")])  # type: ignore[arg-type]
    assert present(ib.diff(before, after)) == {Kind.ADDED: 1, Kind.REMOVED: 1, Kind.CONTINUED: 1}


def test_withdrawn_counts_as_absent() -> None:
    old = ib.kinds.Control(id="x:a", title="A")
    before = publication("old", [old, ib.kinds.Control(id="x:b")])
    after = publication("new", [evolve(old, withdrawn=True), ib.kinds.Control(id="x:b")])
    found = ib.diff(before, after)
    assert [names(change.before) for change in found.removed] == [("a",)]
    assert found.apply(before) == after
    assert [names(change.after) for change in ib.diff(after, before).added] == [("a",)]


@pytest.mark.parametrize(
    ("fidelity", "complete", "kind"),
    [
        (ib.Fidelity.FULL, (), Kind.REMOVED),
        (ib.Fidelity.PARTIAL, (), Kind.UNPAIRED),
        (ib.Fidelity.SECONDARY, ("topic",), Kind.UNPAIRED),
        (ib.Fidelity.SECONDARY, ("criterion",), Kind.REMOVED),
    ],
)
def test_gone_only_if_the_other_side_is_held(fidelity: ib.Fidelity, complete: tuple[str, ...], kind: Kind) -> None:
    before = publication("old", [leaf(1), leaf(2)])
    after = publication("new", [leaf(1)], fidelity=fidelity, complete=complete)
    [change] = ib.diff(before, after).where(kind)
    assert names(change.before) == ("leaf.2",)
    assert change.evidence == (
        "nothing in new pairs with it" if kind is Kind.REMOVED else "not every criterion of new is held"
    )


def test_names_without_words() -> None:
    before = publication("old", [ib.kinds.Term(id="x:a", title="—"), ib.kinds.Term(id="x:b", title="—")])
    after = publication("new", [ib.kinds.Term(id="x:c", title="—"), ib.kinds.Term(id="x:d", title="—")])
    assert sum(ib.diff(before, after).counts().values()) in (2, 4)


def test_another_work_is_not_a_later_one() -> None:
    before = publication("old", [leaf(1), leaf(2)])
    after = publication("new", [leaf(2), leaf(3)])
    after = evolve(after, info=evolve(after.info, work="another"))
    found = ib.diff(before, after)
    assert present(found) == {Kind.UNPAIRED: 2, Kind.UNCHANGED: 1}
    assert {change.evidence for change in found.where(Kind.UNPAIRED)} == {
        f"nothing in {key}, which is another work, pairs with it" for key in ("old", "new")
    }


def test_part_of_a_publication_can_be_compared() -> None:
    whole = ib.load("ir8259")
    part = evolve(whole, elements=tuple(each for each in whole if each.local != "activity-3"))
    assert ib.diff(part, "ir8259r1").split == ()


# What happened


def test_activities_of_the_revision_of_ir_8259() -> None:
    found = ib.diff("ir8259", "ir8259r1")
    activities = [
        change for change in found.pairings if isinstance((change.before + change.after)[0], ib.kinds.Activity)
    ]
    numbers = {
        tuple(each.local.removeprefix("activity-") for each in change.before): tuple(
            each.local.removeprefix("activity-") for each in change.after
        )
        for change in activities
        if change.before
    }
    assert numbers == {
        ("1",): ("1",),
        ("2",): ("2",),
        ("3",): ("3", "4"),
        ("4",): ("5",),
        ("5",): ("7",),
        ("6",): ("8",),
    }
    assert [names(change.after) for change in activities if not change.before] == [("activity-0",), ("activity-6",)]
    assert {names(change.before) for change in found.split} == {("activity-3",)}
    assert {change.kinds for change in activities if not change.before} == {(Kind.ADDED,)}
    assert found.removed == found.merged == found.reworded == ()
    assert all(change.evidence for change in found.pairings)


def test_drafts_of_the_revision_of_ir_8259() -> None:
    found = ib.diff("ir8259r1.ipd", "ir8259r1.2pd")
    assert [(names(change.before), names(change.after)) for change in found.split] == [
        (("activity-3",), ("activity-3", "activity-4"))
    ]
    assert [names(change.after) for change in found.added] == [("activity-0",)]
    assert found.removed == ()
    assert {(*names(change.before), *names(change.after)) for change in found.renumbered} == {
        (f"activity-{number}", f"activity-{number + 1}") for number in (4, 5, 6, 7)
    }
    back = ib.diff("ir8259r1.2pd", "ir8259r1.ipd")
    assert [names(change.before) for change in back.merged] == [("activity-3", "activity-4")]
    assert [names(change.before) for change in back.removed] == [("activity-0",)]


def test_revision_5_of_sp_800_53() -> None:
    found = ib.diff("sp800-53r4", "sp800-53r5")
    [moved] = pairing(found, "au-8.1")
    assert names(moved.after) == ("sc-45.1",)
    assert {Kind.MOVED, Kind.RENUMBERED, Kind.REWORDED} == set(moved.kinds)
    assert moved.basis is ib.Basis.OFFICIAL
    [merged], [same] = pairing(found, "ac-2.10"), pairing(found, "ac-2")
    assert (merged.kinds, names(merged.after)) == ((Kind.MERGED,), ("ac-2",))
    assert (same.kinds, names(same.after)) == ((Kind.REWORDED,), ("ac-2",))
    for change in found.pairings:
        if len(change.before) == len(change.after) == 1 and isinstance(change.before[0], ib.kinds.Control):
            assert {Kind.REWORDED, Kind.MERGED} & set(change.kinds), change
    assert not any(isinstance(each, ib.kinds.Control) for change in found.unchanged for each in change.before)


def test_version_2_of_the_cybersecurity_framework() -> None:
    found = ib.diff("csf1.1", "csf2.0")
    [kept] = pairing(found, "ID.AM-1")
    assert (kept.kinds, names(kept.after)) == ((Kind.RENUMBERED, Kind.REWORDED), ("ID.AM-01",))
    [merged] = pairing(found, "ID.BE-1")
    assert (merged.kinds, names(merged.after)) == ((Kind.MERGED,), ("GV.OC-05",))
    [governance], [maintenance], [technology] = (pairing(found, label) for label in ("ID.GV", "PR.MA", "PR.PT"))
    assert (governance.kinds, names(governance.after)) == ((Kind.MERGED,), ("GV",))
    assert (maintenance.kinds, names(maintenance.after)) == ((Kind.MERGED,), ("ID.AM-08",))
    assert (maintenance.basis, technology.basis) == (ib.Basis.OFFICIAL, ib.Basis.DERIVED)
    assert ("GV.OV",) in {names(change.after) for change in found.added}
    assert found.removed == ()


def test_draft_of_which_little_is_held() -> None:
    found = ib.diff("ir8259b.ipd", "ir8259b")
    assert found.added == found.removed == found.changes == ()
    assert len(found.continued) == 4
    alone = found.where(Kind.UNPAIRED)
    assert len(alone) == len(ib.load("ir8259b")) - 4
    assert {change.evidence for change in alone} >= {"not every common-action of ir8259b.ipd is held"}


# Reports


@pytest.fixture
def difference() -> ib.Diff:
    return ib.diff("ir8259", "ir8259r1")


def test_diff_is_the_collection_of_its_pairings(difference: ib.Diff) -> None:
    assert tuple(difference) == difference.pairings
    assert 0 < len(difference.changes) < len(difference) == len(difference.pairings)
    quiet = {Kind.CONTINUED, Kind.UNPAIRED, Kind.UNCHANGED}
    assert not any(set(change.kinds) <= quiet for change in difference.changes)


@pytest.mark.parametrize("kind", Kind)
def test_kinds_and_counts_agree(kind: Kind) -> None:
    for pair in LINEAGE:
        found = compared(*pair)
        assert len(found.where(kind)) == found.counts()[kind]
        if kind is not Kind.UNPAIRED:
            assert getattr(found, kind) == found.where(kind).pairings


def test_counts_are_in_order(difference: ib.Diff) -> None:
    assert list(difference.counts()) == sorted(difference.counts()) == list(Kind)
    assert str(difference).startswith("ir8259 -> ir8259r1: ")
    assert repr(difference) == f"<Diff {difference}>"
    assert all(f"{count} {kind}" in str(difference) for kind, count in present(difference).items())


def test_text(difference: ib.Diff) -> None:
    lines = difference.to_text().split("\n")
    assert lines[0] == str(difference)
    assert "split (1)" in lines
    for change in difference.pairings:
        assert f"  {change}" in lines
        assert f"      {change.evidence}" in lines


def test_text_separates_the_kinds() -> None:
    before, after = publication("old", [leaf(1), leaf(2)]), publication("new", [leaf(2), leaf(3)])
    assert ib.diff(before, after).to_text().split("\n") == [
        "old -> new: 1 added, 1 removed, 1 unchanged",
        "",
        "added (1)",
        "  added: new:leaf.3 Name3",
        "      nothing in old pairs with it",
        "",
        "removed (1)",
        "  removed: old:leaf.1 Name1",
        "      nothing in new pairs with it",
    ]


def test_nothing_in_force_on_either_side() -> None:
    gone = ib.kinds.Control(id="x:a", withdrawn=True)
    assert str(ib.diff(publication("old", [gone]), publication("new", [gone]))) == "old -> new: no elements"


def test_text_leaves_out_what_is_unchanged() -> None:
    found = ib.diff("ir8425", "ir8425")
    assert found.to_text() == "ir8425 -> ir8425: 154 unchanged"
    assert found.to_markdown() == "# ir8425 → ir8425\n\nir8425 -> ir8425: 154 unchanged\n"


def test_change_shows_itself(difference: ib.Diff) -> None:
    [split] = difference.split
    three, four = ib.get("ir8259r1:activity-3"), ib.get("ir8259r1:activity-4")
    assert str(split) == f"split: {ib.get('ir8259:activity-3')} -> {three}, {four}"
    assert str(difference.added[0]) == f"added: {difference.added[0].after[0]}"
    [removed] = ib.diff("ir8259r1.2pd", "ir8259r1.ipd").removed
    assert str(removed) == f"removed: {removed.before[0]}"
    assert split.to_records() == [
        {
            "change": "split",
            "before": "ir8259:activity-3",
            "before_name": ib.get("ir8259:activity-3").title,
            "after": "ir8259r1:activity-3, ir8259r1:activity-4",
            "after_name": f"{three.title}; {four.title}",
            "basis": "curated",
            "evidence": split.evidence,
            "grade": None,
        }
    ]


def test_markdown_tables_have_four_cells_whatever_the_names_hold() -> None:
    before = publication("old", [ib.kinds.Term(id="x:a", title="a|b\nc")])
    after = publication("new", [ib.kinds.Term(id="x:a", title="d|e"), ib.kinds.Term(id="x:f", title="|")])
    lines = [line for line in ib.diff(before, after).to_markdown().split("\n") if line.startswith("|")]
    assert len(lines) == 2 * 3
    assert all(line.replace("\\|", "").count("|") == 5 for line in lines)
    assert "| `old:a` a\\|b c | `new:a` d\\|e | retitled+continued | same identifier |" in lines


def test_markdown(difference: ib.Diff) -> None:
    text = difference.to_markdown()
    assert text.startswith("# ir8259 → ir8259r1\n\n")
    assert "\n## split (1)\n" in text
    assert text.count("`ir8259r1:activity-4`") == 1
    three, four = (ib.get(f"ir8259r1:activity-{number}") for number in (3, 4))
    assert f"| `{three.id}` {three.title}<br>`{four.id}` {four.title} | split |" in text


def test_json(difference: ib.Diff) -> None:
    document = json.loads(difference.to_json())
    assert (document["before"], document["after"]) == ("ir8259", "ir8259r1")
    assert document["counts"] == {str(kind): count for kind, count in difference.counts().items()}
    assert len(document["pairings"]) == len(difference.pairings)
    [split] = [each for each in document["pairings"] if each["change"] == ["split"]]
    assert split["before"] == ["ir8259:activity-3"]
    assert split["after"] == ["ir8259r1:activity-3", "ir8259r1:activity-4"]
    assert (split["basis"], bool(split["evidence"])) == ("curated", True)


def test_display(difference: ib.Diff) -> None:
    shown = difference._repr_html_()
    assert shown.count("<tr>") == 1 + 100
    assert f"… and {len(difference) - 100} more: to_pandas() or to_records()" in shown
    assert "split 1" in shown
    assert "<tr>" not in ib.diff("ir8425", "ir8425")._repr_html_().partition("<tbody>")[2]


def test_not_comparable() -> None:
    with pytest.raises(ib.errors.NotComparableError, match="no element of csa2015 is held"):
        ib.diff("ir8431", "csa2015")
    with pytest.raises(
        ib.errors.NotComparableError, match="compare revisions of a work, or publications with the same kinds"
    ):
        ib.diff("csf2.0", "sp800-53r5")


def test_publications_may_be_given_by_any_name_or_as_they_are() -> None:
    expected = ib.diff("ir8259", "ir8259r1")
    assert ib.diff("NISTIR 8259", "NIST IR 8259 Rev. 1") == expected
    assert ib.diff(ib.load("ir8259"), "ir8259@2026-04") == expected


def test_a_way_that_breaks_off_leads_nowhere() -> None:
    """The capabilities of the 2019 draft went to another report; nothing of them leads to the revision of this one."""
    assert ib.load("ir8259.ipd").capabilities
    assert lineage_pairs(DEFAULT, "ir8259.ipd", "ir8259r1") == []


def became(change: ib.LineageChange, before: str, after: str) -> ib.LineageRecord:
    return ib.LineageRecord(
        before=tuple(before.split()),
        after=tuple(after.split()),
        change=change,
        basis=ib.Basis.OFFICIAL,
        fidelity=ib.Fidelity.FULL,
        evidence=f"{before} to {after}",
    )


def made_of(small_library: Callable[..., ib.Library], *lineage: ib.LineageRecord) -> ib.Library:
    """A library of the revisions of one work, with the elements that records name, in the order of their names."""
    names = sorted({name for record in lineage for name in record.before + record.after})
    elements = [ib.kinds.Clause(id=name, title=f"title of {name}") for name in names]
    return small_library(elements, lineage=lineage, works={name.partition(":")[0]: "w" for name in names})


@pytest.mark.parametrize(
    ("change", "before", "after", "kind", "backwards"),
    [
        (ib.LineageChange.SPLIT, "v1:a", "v2:b v2:c", Kind.SPLIT, Kind.MERGED),
        (ib.LineageChange.MERGED, "v1:a v1:b", "v2:c", Kind.MERGED, Kind.SPLIT),
        (ib.LineageChange.INCORPORATED, "v1:a", "v2:b", Kind.MERGED, Kind.SPLIT),
        (ib.LineageChange.MOVED, "v1:a", "v2:b", Kind.MOVED, Kind.MOVED),
        (ib.LineageChange.CONTINUED, "v1:a", "v2:b", None, None),
    ],
)
def test_what_a_record_says_in_either_direction(
    change: ib.LineageChange,
    before: str,
    after: str,
    kind: Kind | None,
    backwards: Kind | None,
    small_library: Callable[..., ib.Library],
) -> None:
    library = made_of(small_library, became(change, before, after))
    [pair] = lineage_pairs(library, "v1", "v2")
    assert (pair.before, pair.after, pair.kind) == (tuple(before.split()), tuple(after.split()), kind)
    [inverse] = lineage_pairs(library, "v2", "v1")
    assert (inverse.before, inverse.after, inverse.kind) == (pair.after, pair.before, backwards)
    [there], [back] = ib.diff("v1", "v2", library=library).pairings, ib.diff("v2", "v1", library=library).pairings
    assert (kind is None) or (kind in there.kinds and backwards in back.kinds)


def test_of_several_ways_the_one_through_the_nearest_revision_is_followed(
    small_library: Callable[..., ib.Library],
) -> None:
    continued = partial(became, ib.LineageChange.CONTINUED)
    library = made_of(
        small_library,
        continued("v1:a", "v2:a"),
        continued("v2:a", "v4:far"),
        continued("v1:a", "v3:a"),
        continued("v3:a", "v4:near"),
    )
    [pair] = lineage_pairs(library, "v1", "v4")
    assert (pair.after, pair.evidence.partition(":")[0]) == (("v4:near",), "through v3")
    [pair] = lineage_pairs(library, "v4", "v1")
    assert (pair.before, pair.after) == (("v4:near",), ("v1:a",))


def test_what_records_state_goes_before_what_follows(small_library: Callable[..., ib.Library]) -> None:
    continued = partial(became, ib.LineageChange.CONTINUED)
    library = made_of(
        small_library,
        continued("v1:a", "v3:stated"),
        continued("v1:a", "v2:a"),
        continued("v2:a", "v3:other"),
        continued("v1:b", "v2:b"),
        continued("v2:b", "v3:b"),
    )
    found = [(pair.before, pair.after) for pair in lineage_pairs(library, "v1", "v3")]
    assert found == [(("v1:a",), ("v3:stated",)), (("v1:b",), ("v3:b",))]


def test_an_element_without_a_record_on_the_way_is_not_followed() -> None:
    first = [
        Pair(("a:1",), ("m:1",), None, ib.Basis.OFFICIAL, "same"),
        Pair(("a:2",), ("m:2",), None, ib.Basis.OFFICIAL, "same"),
    ]
    last = [Pair(("m:1",), ("z:1",), None, ib.Basis.OFFICIAL, "same")]
    assert [(pair.before, pair.after) for pair in chained(first, last, "m")] == [(("a:1",), ("z:1",))]


def test_pairs_that_meet_on_the_way_become_one() -> None:
    first = [
        Pair(("a:1",), ("m:1", "m:2"), Kind.SPLIT, ib.Basis.OFFICIAL, "in two"),
        Pair(("a:2",), ("m:3",), None, ib.Basis.OFFICIAL, "same"),
    ]
    last = [
        Pair(("m:1",), ("z:1",), None, ib.Basis.OFFICIAL, "same"),
        Pair(("m:2", "m:3"), ("z:2",), Kind.MERGED, ib.Basis.OFFICIAL, "in one"),
    ]
    (pair,) = chained(first, last, "m")
    assert (set(pair.before), set(pair.after)) == ({"a:1", "a:2"}, {"z:1", "z:2"})
    assert pair.evidence == "through m: in two; same; in one"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ([("a:1", "m:1", None)], [("m:1", "z:1", None)], [("a:1", "z:1", None)]),
        ([("a:1", "m:1", Kind.MOVED)], [("m:1", "z:1", None)], [("a:1", "z:1", Kind.MOVED)]),
        ([("a:1", "m:1", None)], [("m:1", "z:1", Kind.MOVED)], [("a:1", "z:1", Kind.MOVED)]),
        ([("a:1", "m:1", None)], [("m:1", "", Kind.REMOVED)], [("a:1", "", Kind.REMOVED)]),
        (
            [("a:1 a:2", "m:1", Kind.MERGED)],
            [("m:1", "", None)],
            [("a:1", "", Kind.REMOVED), ("a:2", "", Kind.REMOVED)],
        ),
        ([("a:1", "", Kind.REMOVED)], [], [("a:1", "", Kind.REMOVED)]),
        ([("", "m:1", Kind.ADDED)], [("m:1", "z:1 z:2", None)], [("", "z:1", Kind.ADDED), ("", "z:2", Kind.ADDED)]),
        ([("", "m:1", Kind.ADDED)], [("m:1", "", Kind.REMOVED)], []),
        ([], [("", "z:1", Kind.ADDED)], [("", "z:1", Kind.ADDED)]),
        ([], [("m:1", "z:1", None)], []),
    ],
)
def test_what_two_steps_are_together(
    first: list[tuple[str, str, Kind | None]],
    last: list[tuple[str, str, Kind | None]],
    expected: list[tuple[str, str, Kind | None]],
) -> None:
    def pairs(steps: list[tuple[str, str, Kind | None]], said: str) -> list[Pair]:
        return [Pair(tuple(old.split()), tuple(new.split()), kind, ib.Basis.OFFICIAL, said) for old, new, kind in steps]

    found = list(chained(pairs(first, "first"), pairs(last, "last"), "m"))
    assert [(" ".join(pair.before), " ".join(pair.after), pair.kind) for pair in found] == expected
    if first:
        told = "; ".join(said for said, steps in (("first", first), ("last", last)) if steps)
        assert {(pair.evidence, pair.basis) for pair in found} <= {(f"through m: {told}", ib.Basis.DERIVED)}


def test_a_revision_in_between_is_followed() -> None:
    """Activity numbers mean other activities in each revision: they must not be paired by number across two of them."""
    found = {
        tuple(each.label for each in change.before): tuple(each.label for each in change.after)
        for change in ib.diff("ir8259r1.ipd", "ir8259r1").pairings
        if any(isinstance(each, ib.kinds.Activity) for each in change.before)
    }
    assert found[("Activity 3",)] == ("Activity 3", "Activity 4")
    assert found[("Activity 4",)] == ("Activity 5",)
    assert found[("Activity 7",)] == ("Activity 8",)


@pytest.mark.parametrize(
    ("before", "after", "is_backwards"),
    [
        ("sp800-213a", "online-catalog-2021-11", True),
        ("online-catalog-2021-11", "sp800-213a", False),
        ("sp800-53r5", "sp800-53r4", True),
        ("sp800-53r4", "sp800-53r5", False),
        ("ir8259", "ir8259", False),
        ("ir8259r1", "ir8259r1.ipd", True),
    ],
)
def test_a_difference_says_that_it_is_read_backwards(before: str, after: str, is_backwards: bool) -> None:
    found = ib.diff(before, after)
    told = f"{after} comes before {before}; reasons are written from the earlier to the later one"
    assert found.is_backwards is is_backwards
    assert found.notice == (told if is_backwards else None)
    assert (told in found.to_text()) is is_backwards


def test_lineage_says_which_of_two_works_is_the_earlier_text(small_library: Callable[..., ib.Library]) -> None:
    elements = [ib.kinds.Clause(id=f"{key}:a") for key in ("draft", "report")]
    library = small_library(elements, lineage=[became(ib.LineageChange.CONTINUED, "draft:a", "report:a")])
    assert not ib.diff("draft", "report", library=library).is_backwards
    assert ib.diff("report", "draft", library=library).is_backwards
