"""The gist of a revision: computed from the differences, each element once, and what asks for something first."""

from __future__ import annotations

import re
from collections import Counter
from typing import cast

import pytest

import iotbaseline as ib
from iotbaseline._apps.site import build, changes, gist, profiles, words
from iotbaseline._apps.site.held import Held
from iotbaseline._apps.site.page import Page
from iotbaseline._revisions.pairing import ChangeKind


@pytest.fixture(scope="module")
def held() -> Held:
    return Held(ib.Library())


def told(held: Held, before: str, after: str) -> dict[str, str]:
    lines = gist.gist(held, held.differences[before, after])
    return {name: "".join(piece.text for piece in said) for name, said in lines}


def test_every_kind_of_change_has_an_outcome() -> None:
    assert Counter(kind for kinds in gist.OUTCOMES.values() for kind in kinds) == Counter(ChangeKind)


def test_each_element_counts_once(held: Held) -> None:
    for difference in held.differences.values():
        counted = Counter(fate.element.id for fate in gist.fates(difference))
        expected = {element.id for change in difference for element in change.before or change.after}
        assert counted == Counter(expected)


def test_what_came_and_went_is_all_of_it(held: Held) -> None:
    for difference in held.differences.values():
        outcomes = Counter(fate.outcome for fate in gist.fates(difference))
        assert outcomes["new"] == len({element.id for change in difference.added for element in change.after})
        assert outcomes["gone"] == len({element.id for change in difference.removed for element in change.before})


def test_the_gist_of_a_catalog(held: Held) -> None:
    found = told(held, "online-catalog-2021-11", "sp800-213a")
    difference = held.differences["online-catalog-2021-11", "sp800-213a"]
    new = Counter(element.kind for change in difference.added for element in change.after)
    assert found["New"].startswith(f"{new['requirement']} requirements and {new['sub-capability']} sub-capabilities; ")
    assert found["Gone"] == "125 examples, 32 topics and 6 discussions."
    assert "441 the same as before, 77 reworded (51 also moved, renumbered or retitled)" in found["Stayed"]
    assert found["Most changed"].startswith("DO Documentation from the Manufacturer (36), ")
    assert "Not paired" not in found


def rows_of(page: Page) -> list[changes.Row]:
    groups = cast("list[tuple[str, list[changes.Row]]]", page.facts["groups"])
    return [row for _, rows in groups for row in rows]


def test_a_number_of_the_gist_leads_to_what_it_counts(held: Held) -> None:
    rows = rows_of(page_of(held, "changes/online-catalog-2021-11--sp800-213a.html"))
    said = dict(gist.gist(held, held.differences["online-catalog-2021-11", "sp800-213a"]))["New"]
    chosen = {piece.text: piece.chosen for piece in said if piece.chosen}
    assert chosen["29 requirements"] == "kind=added&of=requirement"
    for text, wanted in chosen.items():
        kind, of = (each.partition("=")[2] for each in wanted.split("&"))
        found = [row for row in rows if kind in row.kinds.split() and of in row.of.split()]
        assert text.startswith(f"{len(found)} ")


def test_what_asks_for_something_comes_first(held: Held) -> None:
    page = page_of(held, "changes/online-catalog-2021-11--sp800-213a.html")
    added = [row.of for row in rows_of(page) if row.kinds == "added"]
    assert added[0] == "requirement"
    assert [name for name, _ in cast("list[tuple[str, object]]", page.facts["groups"])][-1].startswith(("t", "T", "r"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-11-05", "5 November 2021"),
        ("2021-11", "November 2021"),
        ("2021", "2021"),
        ("", "an undated text"),
        (None, "an undated text"),
    ],
)
def test_dates_are_written_alike(text: str | None, expected: str) -> None:
    assert words.date(text) == expected


def test_evidence_does_not_say_how_it_is_held(held: Held) -> None:
    text = build.drawn(page_of(held, "changes/online-catalog-2021-11--sp800-213a.html"), held.library)
    assert "From 5 November 2021 to November 2021, in short:" in text
    assert "Spells out &#34;ID&#34;." in text
    assert "ineage record (" not in text


def test_each_number_says_what_it_counts(held: Held) -> None:
    text = build.drawn(page_of(held, "changes/online-catalog-2021-11--sp800-213a.html"), held.library)
    assert "By kind, in records of the whole publication" in text
    assert "The lines on top count elements, each once." in text


def test_a_wide_table_scrolls_in_a_frame_of_its_own(held: Held) -> None:
    for page in (
        page_of(held, "changes/online-catalog-2021-11--sp800-213a.html"),
        next(page for page in profiles.pages(held) if page.address == "profiles/federal.html"),
    ):
        text = build.drawn(page, held.library)
        tables = re.findall(r'(<div class="scroll"[^>]*>\s*)?<table class="plain(?: parts)?(?: numbers)?">', text)
        assert tables
        assert all(tables)


def test_what_is_known_in_part_only_says_so(held: Held) -> None:
    found = told(held, "ir8259", "ir8259r1")
    assert found["New"] == "2 activities (Activity 0, Activity 6); besides 1 term."
    assert "Gone" not in found
    assert found["Not paired"].startswith("66 questions, 16 examples, 10 terms, 4 topics and 3 others. They are on one")
    assert found["Of IR 8259 r1 only a part is held"] == held.infos["ir8259r1"].missing
    assert not any(name.startswith("Of IR 8259 only") for name in found)


def test_nothing_gone_is_said_where_all_is_known(held: Held) -> None:
    assert told(held, "csf1.1", "csf2.0")["Gone"] == "nothing."
    assert (
        told(held, "ir8259b.ipd", "ir8259b")["Stayed"] == "4 capabilities: all with a wording that cannot be compared."
    )


def test_where_nothing_asks_for_anything_the_rest_is_told(held: Held) -> None:
    assert told(held, "sp800-213.ipd", "sp800-213")["Stayed"].startswith("17 terms, 15 questions, 4 steps")


def test_a_page_of_changes_begins_with_its_gist(held: Held) -> None:
    page = next(page for page in changes.pages(held) if page.address == "changes/sp800-53r4--sp800-53r5.html")
    text = build.drawn(page, held.library)
    assert '<dd><a href="?kind=added&amp;of=control#changes">232 controls</a>; besides <a' in text
    assert (
        text.index("232 controls")
        < text.index("<svg viewBox")
        < text.index("one that is moved and reworded counts as both")
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sub-capability", ("sub-capability", "sub-capabilities")),
        ("common-action", ("common action", "common actions")),
        ("criterion", ("criterion", "criteria")),
    ],
)
def test_kinds_have_plurals(name: str, expected: tuple[str, str]) -> None:
    assert words.kind(name) == expected


def test_many_changes_are_told_by_part(held: Held) -> None:
    for page in changes.pages(held):
        groups = page.facts.get("groups")
        if not isinstance(groups, list):
            continue
        sizes = [(name, len(rows)) for name, rows in cast("list[tuple[str, list[changes.Row]]]", groups)]
        assert (sum(size for _, size in sizes) > 40) == all(name for name, _ in sizes)
    text = build.drawn(page_of(held, "changes/sp800-53r4--sp800-53r5.html"), held.library)
    assert "<summary><b>AC Access Control</b> <small data-count>133</small></summary>" in text


def test_a_name_that_is_cut_in_a_chart_is_whole_in_its_title(held: Held) -> None:
    text = build.drawn(page_of(held, "changes/sp800-53r4--sp800-53r5.html"), held.library)
    assert "<title>CA Security Assessment and Authorization</title>CA Security Assessment and Au…" in text
    assert text.index("As a table") < text.index("<svg viewBox")


def page_of(held: Held, address: str) -> Page:
    return next(page for page in changes.pages(held) if page.address == address)
