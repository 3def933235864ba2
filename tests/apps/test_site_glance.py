"""What an element says of its mappings in a line for each publication, and what it shows of those of its parts."""

from __future__ import annotations

import re

import pytest

import iotbaseline as ib
from iotbaseline._apps.site import build, elements, glance, neighbourhood, profiles
from iotbaseline._apps.site.held import Held


@pytest.fixture(scope="module")
def held() -> Held:
    return Held(ib.Library())


def entry_of(held: Held, identifier: str) -> elements.Entry:
    element = held.elements[identifier]
    return elements.entry_of(held, held.publications[element.publication], element)


def drawn(held: Held, identifier: str) -> str:
    element = held.elements[identifier]
    return build.drawn(elements.page(held, held.publications[element.publication], element), held.library)


def lines(held: Held, identifier: str) -> dict[str, list[tuple[str, list[str], int, str | None]]]:
    """The line of each publication: what is said, of which targets, how many more, and on what basis."""
    return {
        group.key: [(one.said, [each.text for each in one.targets], one.more, one.basis) for one in group.answers]
        for group in entry_of(held, identifier).groups
    }


def test_a_line_names_relation_targets_and_basis(held: Held) -> None:
    found = lines(held, "ir8425:data-protection.1")
    assert found["cra"] == [("overlaps with", ["Annex I Part I.2.e", "f"], 0, "curated")]
    assert found["jc-star-1"] == [("is related to", ["S1.1-11"], 0, "official")]


def test_a_line_says_what_is_reached_through_what(held: Held) -> None:
    found = lines(held, "sp800-53r5:sc-28")
    assert found["ir8425"] == [("2 elements, through DP:STO:", ["Data Protection", "Data Protection 1"], 0, None)]
    assert "<summary>SC-28 is related to 2 elements, through DP:STO <span" in drawn(held, "sp800-53r5:sc-28")
    [(said, targets, more, _)] = lines(held, "sp800-53r5:si-2")["ir8425"]
    assert said == "20 elements, through SU:APP, SU:APP(3), IQ:BUG and others:"
    assert len(targets) + more == 20


def test_what_is_reached_is_listed_below_what_it_stands_below(held: Held) -> None:
    [group] = [each for each in entry_of(held, "sp800-53r5:si-2").groups if each.key == "ir8425"]
    assert [cluster.top.label for cluster in group.clusters][:2] == ["Software Update", "Documentation"]
    assert [one.target.label for one in group.clusters[0].found] == [
        "Software Update",
        "Software Update 1",
        "Software Update 2",
    ]
    assert group.relation == "is related to"
    text = drawn(held, "sp800-53r5:si-2")
    section = text[text.index('id="maps-ir8425"') : text.index('id="maps-ir8259a"')]
    assert section.count("SI-2 is related to 20 elements") == 1
    assert "<summary>is related to" not in section
    assert section.count("<details") == len(group.found) + 1
    assert "Information and Query Reception 1.a" in section


def test_relations_that_differ_are_each_said(held: Held) -> None:
    element = held.elements["ir8425:software-update"]
    group = next(each for each in entry_of(held, element.id).groups if each.found and each.relation is None)
    text = drawn(held, element.id)
    assert all(f"<summary>{one.relation} <b>{one.target.label}<" in text for _, one in group.found)


def test_a_short_link_says_in_full_where_it_leads(held: Held) -> None:
    assert re.search(r'aria-label="Software Update 2 [^"]*">2</a>', drawn(held, "sp800-53r5:si-2"))


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("sp800-53r5:ps-1", ("profiles/federal/sp800-53r5-all.html#gap-PS", "gap")),
        ("sp800-53r5:si-2", ("profiles/federal/sp800-53r5-all.html#supported-SI", "supported")),
        ("sp800-53r5:au", None),
        ("ir8425:data-protection", None),
    ],
)
def test_a_control_says_how_far_the_federal_profile_goes(
    held: Held, identifier: str, expected: tuple[str, str] | None
) -> None:
    found = entry_of(held, identifier).federal
    assert found == expected
    if found:
        [page] = [page for page in profiles.pages(held) if page.address == found[0].partition("#")[0]]
        text = build.drawn(page, held.library)
        section = text.partition(f'id="{found[0].partition("#")[2]}"')[2].partition("</section>")[0]
        assert f"<b>{held.ref(identifier).label}</b>" in section
        assert f'{found[0]}"><b>{found[1]}</b></a>' in drawn(held, identifier)


def test_a_family_is_not_said_to_be_left_out(held: Held) -> None:
    assert entry_of(held, "sp800-53r5:au").left_out == ()


def test_a_line_accounts_for_every_target(held: Held) -> None:
    for element in [*held.elements.values()][::60]:
        for group in entry_of(held, element.id).groups:
            named = {(row.relation, row.basis, row.target.label) for row in group.rows}
            assert sum(len(one.targets) + one.more for one in group.answers) >= len(named) + len(group.found)


@pytest.mark.parametrize("identifier", ["ir8425:data-protection.1", "sp800-53r5:si-2", "uk-psti-2023:schedule-1.1"])
def test_each_target_in_a_line_leads_to_its_reason(held: Held, identifier: str) -> None:
    text = drawn(held, identifier)
    anchors = re.findall(r'<a href="#(maps-[^"]*)"', text)
    assert all(f' id="{anchor}"' in text for anchor in anchors)
    assert len(anchors) >= len(entry_of(held, identifier).groups)


@pytest.mark.parametrize("identifier", ["csf1.1:ID.GV-1", "ir8259b:information-and-query-reception"])
def test_what_is_only_cited_leads_to_its_publication(held: Held, identifier: str) -> None:
    text = drawn(held, identifier)
    anchors = re.findall(r' id="([^"]*)"', text)
    assert len(set(anchors)) == len(anchors)
    assert set(re.findall(r'href="#(maps-[^"]*)"', text)) <= set(anchors)


def test_a_heading_names_the_publication(held: Held) -> None:
    assert "<h1><span>IR 8425 ·</span> Data Protection 1</h1>" in drawn(held, "ir8425:data-protection.1")
    assert '<h1><span>SP 800-53 r5 · <span class="whole">SI-2</span></span> Flaw' in drawn(held, "sp800-53r5:si-2")


def test_the_picture_shows_what_is_reached(held: Held) -> None:
    page = elements.page(held, held.publications["sp800-53r5"], held.elements["sp800-53r5:si-2"])
    shown = page.facts["picture"]
    assert isinstance(shown, neighbourhood.Picture)
    bases = {cluster.name: cluster.basis for cluster in shown.clusters}
    assert (bases["IR 8425"], bases["SP 800-213A"]) == ("derived", "official")


def test_a_clause_shows_the_mappings_of_its_parts(held: Held) -> None:
    found = {group.key: group for group in entry_of(held, "en303645v3.1.3:clause.5.1").parts}
    assert [*found] == ["ir8425", "cra"]
    [first, *_] = found["ir8425"].parts
    assert (first.label, first.address) == ("5.1-1", "publications/en303645v3.1.3/5.1-1.html#maps-ir8425")
    parts = held.publications["en303645v3.1.3"].descendants("en303645v3.1.3:clause.5.1")
    assert found["ir8425"].count == sum("ir8425" in held.mappings(part.id) for part in parts)
    text = drawn(held, "uk-psti-2023:schedule-1.1")
    assert "What its parts map to" in text
    assert "No crosswalk that is held names it" not in text


def test_many_parts_are_counted(held: Held) -> None:
    [controls, *_] = entry_of(held, "sp800-53r5:ac").parts
    assert (controls.key, controls.count) == ("sp800-213a", len(controls.parts) + controls.more)
    assert f"and {controls.more} parts more: see below" in drawn(held, "sp800-53r5:ac")


def test_what_is_mapped_itself_does_not_speak_for_its_parts(held: Held) -> None:
    assert entry_of(held, "sp800-53r5:ac-2").parts == ()


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["Software Update 1", "Software Update 2"], ["Software Update 1", "2"]),
        (["Documentation 1.g.i", "Documentation 1.g.ii"], ["Documentation 1.g.i", "ii"]),
        (["PR.AA-03", "PR.AA-05"], ["PR.AA-03", "PR.AA-05"]),
        (["Device Configuration", "Data Protection 1"], ["Device Configuration", "Data Protection 1"]),
        ([], []),
    ],
)
def test_labels_leave_out_what_they_share(labels: list[str], expected: list[str]) -> None:
    assert glance.shortened(labels) == expected


def test_a_paragraph_is_called_as_its_publication_does(held: Held) -> None:
    labels = {
        "uk-psti-2023:schedule-1": "Schedule 1",
        "uk-psti-2023:schedule-1.1": "Schedule 1, paragraph 1",
        "uk-psti-2023:schedule-1.1.2": "Schedule 1, paragraph 1.2",
        "cra:annex-i.part-i.2": "Annex I Part I.2",
    }
    assert {identifier: held.ref(identifier).label for identifier in labels} == labels
