"""The site: every link resolves, every element is there, and the pages say what the library says."""

from __future__ import annotations

import html
import json
import os
import posixpath
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import iotbaseline as ib
from iotbaseline._apps import site as package
from iotbaseline._apps.cli import cli
from iotbaseline._apps.site import (
    addresses,
    build,
    changes,
    covermap,
    crosswalks,
    elements,
    errata,
    flow,
    neighbourhood,
    others,
    profiles,
    publications,
    searching,
    words,
)
from iotbaseline._apps.site.held import Held
from iotbaseline._apps.site.page import Page
from iotbaseline._library.memory import MemoryStore
from iotbaseline._model.errata import Defect
from iotbaseline.kinds import Family, Remark, Requirement
from tests.browser.queries import NAMES, PLACES, SHARED, WORDS

VENDOR = Path(package.__file__).parent / "vendor" / "minisearch-7.2.0"
MOST_PAGES = 6_000
MOST_SCRIPT = 150_000
MOST_OF_A_PROFILE = 150_000
ID = re.compile(r'\sid="([^"]*)"')
LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')


@pytest.fixture(scope="module")
def held() -> Held:
    return Held(ib.Library())


def text_of(page: Page) -> str:
    """The text of a page, without its tags."""
    content = build.drawn(page, ib.Library()).partition("<main")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", content)).split())


def text_of_element(held: Held, identifier: str) -> str:
    element = held.elements[identifier]
    return text_of(elements.page(held, held.publications[element.publication], element))


def broken(pages: dict[str, str], others: set[str]) -> Iterator[tuple[str, str, str]]:
    """Every anchor that a page has twice, and every link that leads nowhere."""
    anchors = {name: ID.findall(text) for name, text in pages.items()}
    for name, text in pages.items():
        yield from ((name, "twice", anchor) for anchor, count in Counter(anchors[name]).items() if count > 1)
        for link in {html.unescape(link) for link in LINK.findall(text)}:
            address, _, anchor = link.partition("#")
            if address.startswith(("https:", "http:", "data:")):
                continue
            path = address.partition("?")[0]
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            if target not in others and (target not in pages or (anchor and anchor not in anchors[target])):
                yield name, "leads nowhere", link


@pytest.mark.slow
def test_the_whole_site(tmp_path: Path, held: Held) -> None:
    # Without measuring coverage, which takes five times as long.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    elsewhere = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Pacific/Auckland"}
    builds = [
        subprocess.Popen(
            [sys.executable, "-m", "iotbaseline", "site", tmp_path / seed],
            env=environment | {"PYTHONHASHSEED": seed} | settings,
        )
        for seed, settings in (("1", {}), ("2", elsewhere))
    ]
    assert [each.wait() for each in builds] == [0, 0]
    first, again = (
        {
            path.relative_to(tmp_path / seed).as_posix(): path.read_bytes()
            for path in (tmp_path / seed).rglob("*")
            if path.is_file()
        }
        for seed in ("1", "2")
    )
    assert first == again
    pages = {name: content.decode() for name, content in first.items() if name.endswith(".html")}
    assert list(broken(pages, first.keys() - pages.keys())) == []
    assert len(pages) <= MOST_PAGES
    for text in pages.values():
        assert text.startswith("<!doctype html>")
        assert (text.count("<h1"), text.count('rel="stylesheet"'), text.count(">None<")) == (1, 1, 0)
    heavy = {name for name in pages if name.startswith("profiles/") and len(first[name]) > MOST_OF_A_PROFILE}
    assert heavy == set()
    assert sum(len(first[f"assets/{name}.js"]) for name in ("site", "find", "minisearch")) < MOST_SCRIPT
    assert {addresses.of_publication(info.key) for info in ib.publications()} <= pages.keys()
    for wanted in (NAMES | PLACES | SHARED | WORDS).values():
        name, _, anchor = wanted.partition("#")
        assert not anchor or f'id="{anchor}"' in pages[name.partition("?")[0]], wanted
    for element in held.elements.values():
        name, _, anchor = str(held.addresses.of(element.id)).partition("#")
        assert f'id="{anchor or addresses.file_name(element.local)}"' in pages[name]


def test_a_requirement_says_why_it_maps(held: Held) -> None:
    text = text_of_element(held, "ir8425:data-protection.1")
    for mapping in ib.mappings("ir8425:data-protection.1"):
        assert words.sentence(mapping.rationale or "") in text
    assert "Consumer profile of the IoT core baselines" in text
    assert "SP 800-53 r5 12 through other publications" in text


def test_a_control_leads_to_the_consumer_outcomes_it_supports(held: Held) -> None:
    text = text_of_element(held, "sp800-53r5:sc-28")
    assert "IR 8425 2 through other publications" in text
    assert "SC-28 is supported by DP:STO official overlaps with Data Protection 1 curated" in text


def test_the_reason_of_a_judgement_stands_under_its_chain(held: Held) -> None:
    reason = "Data Protection 1 curated Both ask that data in storage be secured; the profile asks it of each component"
    assert reason in text_of_element(held, "sp800-53r5:sc-28")


def test_everything_that_is_reached_is_on_the_page(held: Held) -> None:
    text = text_of_element(held, "ir8425:data-protection.1")
    entry = elements.entry_of(held, held.publications["ir8425"], held.elements["ir8425:data-protection.1"])
    [controls] = [group for group in entry.groups if group.key == "sp800-53r5"]
    assert len(controls.found) == 12
    assert all(f"{one.target.label} {one.target.name}" in text for _, one in controls.found)


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        (
            "sp800-53r5:sc-28",
            "Maps to IR 8425 2 2 elements, through DP:STO: Data Protection , Data Protection 1 derived IR 8259A",
        ),
        ("sp800-53r5:sc-28", "SP 800-53 r5 doi.org , item SC-28 Also here Drafts and superseded 4"),
        ("sp800-53r5:ac-3.14", "No crosswalk that is held names it."),
        ("sp800-213a:DI.IMS", "Profiles Not in federal , federal-low ,"),
    ],
)
def test_an_element_says_what_is_there_and_what_is_not(held: Held, identifier: str, expected: str) -> None:
    assert expected in text_of_element(held, identifier)


def test_what_people_ask_for_comes_first(held: Held) -> None:
    control, outcome = (
        elements.entry_of(held, held.publications[element.publication], element)
        for element in (held.elements["sp800-53r5:si-2"], held.elements["ir8425:data-protection.1"])
    )
    assert [group.key for group in control.groups] == ["ir8425", "ir8259a", "ir8259b", "sp800-213a", "csf2.0"]
    keys = [group.key for group in outcome.groups]
    drawn = neighbourhood.picture(held, held.publications["ir8425"], outcome.element)
    assert drawn is not None
    names = [cluster.name for cluster in drawn.clusters]
    assert [name for name in names if name in held.short.values()] == [
        group.short for group in outcome.groups if any(row.target.address for row in group.rows)
    ]
    assert keys.index("ir8259a") < keys.index("cra") < keys.index("sp800-213a") < keys.index("sp800-53r5")


def test_each_publication_has_its_anchor(held: Held) -> None:
    element = held.elements["sp800-53r5:si-2"]
    text = build.drawn(elements.page(held, held.publications["sp800-53r5"], element), ib.Library())
    for anchor in ("maps-ir8425", "maps-sp800-213a", "maps-csf2.0", "profiles", "to-old", "to-history", "to-below"):
        assert f'href="#{anchor}"' in text
        assert f'id="{anchor}"' in text


def test_the_picture_comes_after_what_it_shows(held: Held) -> None:
    element = held.elements["sp800-53r5:si-2"]
    text = build.drawn(elements.page(held, held.publications["sp800-53r5"], element), ib.Library())
    assert text.index('id="maps-csf2.0"') < text.index("<svg viewBox")


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("sp800-53r5:ac-2.3", "Full text SP 800-53 r5 doi.org , item AC-2(3)"),
        ("en303645v3.1.3:5.1-1", "No summary is held. Identifiers, clause titles and status only,"),
        ("sp800-218:PO", "No summary is held. Status Status unknown."),
        ("ir8259:activity-1", "Status IR 8259: Withdrawn 2026-04-20; superseded by IR 8259 r1 ."),
        ("sp800-53r5:ac-2.10", "Status Withdrawn by its publication. Now in AC-2 . Full text"),
        ("sp800-213a:DI.IMS.1", "· Not in federal-low · how Maps to IR 8425"),
    ],
)
def test_what_one_sees_at_a_glance(held: Held, identifier: str, expected: str) -> None:
    assert expected in text_of_element(held, identifier)


def test_what_has_no_summary_leads_to_its_text(held: Held) -> None:
    element = held.elements["en303645v3.1.3:5.1-1"]
    text = build.drawn(elements.page(held, held.publications["en303645v3.1.3"], element), ib.Library())
    assert f'href="{ib.url("en303645v3.1.3")}"' in text
    assert "etsi.org" in str(ib.url("en303645v3.1.3"))


def test_what_is_reached_is_not_said_to_be_named_by_nothing(held: Held) -> None:
    text = text_of_element(held, "cra:annex-i.part-i.2")
    assert "IR 8259A 16 through other publications" in text
    assert "No crosswalk that is held names it" not in text


def test_what_is_listed_with_nothing_says_so(held: Held) -> None:
    mapping = next(
        each for pair in held.library.crosswalk_pairs() for each in held.library.mappings(*pair) if each.is_empty
    )
    assert "Listed with nothing mapped to it: " in text_of_element(held, mapping.subject)


def test_mappings_come_first_where_both_are_long(held: Held) -> None:
    text = text_of_element(held, "sp800-53r5:ac-2")
    assert text.rindex("Maps to") < text.rindex("Below it")


def test_a_revision_is_told_on_both_sides(held: Held) -> None:
    assert "SP 800-53 r4 → SP 800-53 r5 : became SC-45(1)" in text_of_element(held, "sp800-53r4:au-8.1")
    assert "SP 800-53 r4 → SP 800-53 r5 : was AU-8(1)" in text_of_element(held, "sp800-53r5:sc-45.1")


def test_every_mapping_is_on_the_page_of_its_element(held: Held) -> None:
    for element in [*held.elements.values()][::40]:
        entry = elements.entry_of(held, held.publications[element.publication], element)
        rows = [row for group in (*entry.groups, *entry.old) for row in group.rows]
        assert len(rows) == entry.mapped == sum(not mapping.is_empty for mapping in ib.mappings(element))


def test_where_a_withdrawn_control_went(held: Held) -> None:
    text = text_of_element(held, "sp800-53r5:ac-2.10")
    assert "Withdrawn by its publication." in text
    assert "Now in AC-2" in text


@pytest.mark.parametrize(
    ("part", "address", "expected"),
    [
        (changes, "changes/sp800-53r4--sp800-53r5.html", "AU-8(1) Synchronization with Authoritative Time Source"),
        (crosswalks, "crosswalks/sp800-213a--sp800-53r5.html", "275 mappings, 275 official"),
        (errata, "errata.html", "EA: CSC(2e)"),
        (errata, "errata.html", "SP 800-213A: Appendix B"),
        (errata, "errata.html", "SP 800-213A: Computed disagreements 24"),
        (others, "index.html", "overlaps with SP 800-213A DP:STO Secure Storage curated"),
        (profiles, "profiles/federal.html", "gap not mapped supported related items LOW 55 14 71 9 149 MODERATE"),
        (
            profiles,
            "profiles/federal.html",
            " reason 1 ",
        ),
        (profiles, "profiles/federal/sp800-53r5-low.html", "AC Access Control 3 AC-19 Access Control for"),
        (others, "buy.html", "What the federal profile leaves open"),
        (profiles, "profiles/industrial.html", "Industrial IoT profile of the core baselines (unofficial)"),
        (
            profiles,
            "compare.html",
            "Device Identification 1 The device has a logical identifier that is unique overlaps",
        ),
        (publications, "publications/ir8259/index.html", "Withdrawn 2026-04-20; superseded by IR 8259 r1 ."),
        (
            publications,
            "publications/csa2015/index.html",
            "Its elements are not held; mappings to what it contains are",
        ),
    ],
)
def test_a_page_says_what_the_library_says(held: Held, part: Any, address: str, expected: str) -> None:
    pages: dict[str, Page] = {page.address: page for page in part.pages(held)}
    assert expected in text_of(pages[address])


def test_errata_are_grouped_and_complete(held: Held) -> None:
    places = list(errata.places(held))
    found = [erratum for place in places for erratum, _ in place.found]
    assert Counter(map(str, found)) == Counter(map(str, held.library.errata()))
    assert len({place.anchor for place in places}) == len(places)
    assert [key for key, _, _ in errata.publications(held)] == list(dict.fromkeys(place.key for place in places))
    [*_, computed] = [place for place in places if place.key == "sp800-213a"]
    assert (computed.name, computed.anchor) == ("Computed disagreements", "sp800-213a--computed-disagreements")


def test_errata_begin_with_their_gist(held: Held) -> None:
    [appendix] = [place for place in errata.places(held) if place.anchor == "sp800-213a--appendix-b"]
    expected = (
        "7 misprints, 5 wrong prefixes, 2 references to what does not exist, 2 outdated numbers, 1 omission"
        "; and 17 computed disagreements with other places."
    )
    [page] = errata.pages(held)
    assert expected in text_of(page)
    assert appendix.computed == sum(
        erratum.evidence.startswith("Computed:") and "Appendix B" in erratum.locator
        for erratum in held.library.errata("sp800-213a")
    )
    link = "?words=Appendix+B&amp;publication=sp800-213a#sp800-213a--computed-disagreements"
    assert f'href="{link}">17' in build.drawn(page, ib.Library())
    assert "SP 800-213A: Appendix B 17 + 17 computed 7 misprints" in text_of(page)
    assert errata._DEFECTS.keys() == set(Defect)


def test_an_error_is_called_in_its_row_as_in_the_gist(held: Held) -> None:
    [page] = errata.pages(held)
    text = build.drawn(page, ib.Library())
    assert '<td class="relation">reference to what does not exist</td>' in text
    assert '<option value="unknown-reference">reference to what does not exist</option>' in text
    assert ">unknown reference<" not in text


def test_an_error_without_another_reading_says_so(held: Held) -> None:
    [page] = errata.pages(held)
    silent = sum(not erratum.expected for erratum in held.library.errata())
    assert build.drawn(page, ib.Library()).count('title="no other reading is given">—<') == silent


def compared_rows(page: Page) -> list[profiles.Compared]:
    return [row for topic in cast("list[profiles.Topic]", page.facts["topics"]) for row in topic.rows]


def test_the_comparison_lists_what_it_counts(held: Held) -> None:
    [page] = [page for page in profiles.pages(held) if page.address == "compare.html"]
    rows, expected = compared_rows(page), ib.side_by_side(*profiles.COMPARED)
    assert sorted(row.target.label for row in rows) == sorted(held.ref(row.element.id).label for row in expected.rows)
    assert f"of {len(rows)} rows" in str(expected.notice)
    for number, key in enumerate(profiles.COMPARED):
        beyond = {row.target for row in rows if None in row.cells and row.cells[number]}
        taken = (*expected.beyond[number], *expected.not_mapped[number])
        assert beyond == {held.ref(element.id) for element in taken}
        only = [row.cells for row in rows if None in row.cells and row.shows == f"only-{key}"]
        assert all([at for at, cell in enumerate(cells) if cell] == [number] for cells in only)
        words = [
            [cell.word if cell else "" for cell in row.cells]
            for row in rows
            if f"only-{key}" in row.shows and None not in row.cells
        ]
        assert all((word in ("—", "not mapped")) == (at != number) for each in words for at, word in enumerate(each))


def test_a_topic_of_the_comparison_has_an_address(held: Held) -> None:
    [page] = [page for page in profiles.pages(held) if page.address == "compare.html"]
    text = build.drawn(page, ib.Library())
    assert 'href="#software-update"' in text
    assert '<tbody id="software-update">' in text
    assert '<tr id="software-update.2"' in text


def test_a_topic_of_the_comparison_begins_with_counts(held: Held) -> None:
    [page] = [page for page in profiles.pages(held) if page.address == "compare.html"]
    assert (
        "Software Update IR 8259A · 8 Open all in Software Update consumer 6 industrial 8 federal 8 same asks for"
        in text_of(page)
    )
    assert "has nothing that a mapping leads to Software Update 1" in text_of(page)
    topics = cast("list[profiles.Topic]", page.facts["topics"])
    assert {topic.counts[2] for topic in topics if topic.anchor == "beyond-federal"} == {
        len(topic.rows) for topic in topics if topic.anchor == "beyond-federal"
    }
    text = build.drawn(page, ib.Library())
    assert 'class="cell same" title="' in text
    assert {topic.anchor for topic in topics if topic.can_open} == set(re.findall('data-open="([^"]*)"', text))
    assert "beyond-federal" not in re.findall('data-open="([^"]*)"', text)


def test_a_word_of_the_comparison_is_told_where_it_stands(held: Held) -> None:
    [page] = [page for page in profiles.pages(held) if page.address == "compare.html"]
    topics = cast("list[profiles.Topic]", page.facts["topics"])
    for topic in topics:
        assert set(topic.words) == {cell.word for row in topic.rows for cell in row.cells if cell}
    text = build.drawn(page, ib.Library())
    assert '</summary><p class="why">Asks for the same in other words.</p>' in text


def test_a_cell_of_the_comparison_leads_to_what_decides_it(held: Held) -> None:
    [page] = [page for page in profiles.pages(held) if page.address == "compare.html"]
    compared = [row for row in compared_rows(page) if None not in row.cells]
    expected = ib.side_by_side(*profiles.COMPARED)
    for row, cells in zip(compared, expected.cells, strict=True):
        for shown, cell in zip(row.cells, cells, strict=True):
            assert shown is not None
            assert [ref for ref, _ in shown.deciding] == [
                held.ref(partner.subject) for partner in cell.partners if partner.subject in cell.closest
            ]
    [first, *_] = compared
    assert first.cells[2] is not None
    assert first.cells[2].deciding == (
        (
            held.ref("sp800-213a:DI.IMS.1"),
            "Both ask that the device can be identified uniquely by logical means; neither adds anything.",
        ),
    )


def test_the_script_of_others_is_as_published() -> None:
    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()} == {
        "index.js": "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03",
        "LICENSE.txt": "70d37354d6395629fb99edb28cb37a5d356ffa24a48cd02a5def5b83a300a899",
    }


def test_addresses_follow_from_identifiers(held: Held) -> None:
    of = held.addresses.of
    assert of("ir8425:data-protection.1") == "publications/ir8425/data-protection.1.html"
    assert of("sp800-213a:DO.SMP.5.e") == "publications/sp800-213a/DO.SMP.5.html#DO.SMP.5.e"
    assert of("ir8259a:term.update") == "publications/ir8259a/index.html#term.update"
    assert of("ir8259a:nothing") is None
    assert addresses.file_name("A/1 (b)") == "A~2f1~20~28b~29"


def test_names_are_those_that_people_use(held: Held) -> None:
    assert held.short["sp800-53r5"] == "SP 800-53 r5"
    assert held.short["ir8259r1.2pd"] == "IR 8259 r1 (second draft)"
    assert held.short["ts103645v1.1.1"] == "ETSI TS 103 645 V1.1.1"
    assert held.short["csa2015"] == "Identity and Access Management …"
    labels = {
        "sp800-53r5:ac-2.3": "AC-2(3)",
        "ir8425:data-protection.1": "Data Protection 1",
        "ir8425:in-the-box": "in-the-box",
    }
    assert {identifier: held.ref(identifier).label for identifier in labels} == labels
    assert held.ref("csa2015:3").address is None
    assert words.plural(1, "mapping") == "1 mapping"
    assert words.plural(1200, "error found", "errors found") == "1,200 errors found"
    assert words.sentence("") == ""


def test_a_picture_shows_at_most_forty_neighbours(held: Held) -> None:
    for publication in held.publications.values():
        for element in publication:
            drawn = neighbourhood.picture(held, publication, element)
            if drawn is None:
                continue
            chips = [chip for cluster in drawn.clusters for chip in cluster.chips]
            assert len(chips) <= neighbourhood.MOST
            assert all(chip.x + chip.width <= drawn.width and chip.y < drawn.height for chip in chips)
            assert len({(chip.x, chip.y) for chip in chips}) == len(chips)


def luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_what_is_drawn_stands_out_from_the_paper_between() -> None:
    text = Path(package.__file__).parent.joinpath("assets/style.css").read_text("utf-8")
    schemes = [dict(re.findall(r"--([a-z]+): #([0-9a-f]+)", part)) for part in text.split("prefers-color-scheme")[:2]]
    for scheme in schemes:
        paper = luminance(scheme["paper"])
        for name in ("good", "fair", "some", "weak", "gap", "soft"):
            dark, light = sorted((paper, luminance(scheme[name])))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, name
        dark, light = sorted((luminance(scheme["none"]), luminance(scheme["some"])))
        assert (light + 0.05) / (dark + 0.05) >= 3


def test_a_flow_accounts_for_every_pairing(held: Held) -> None:
    difference = held.differences["sp800-53r4", "sp800-53r5"]
    drawn = flow.flow(held, difference)
    assert drawn is not None
    rows = {(old, new): count for old, new, count in drawn.rows}
    assert rows["added", "SR Supply Chain Risk Management"] == sum(
        element.local.startswith("sr") for change in difference.added for element in change.after
    )
    assert all(part.y + part.height <= drawn.height for part in drawn.parts)


def test_coverage_is_that_of_the_library(held: Held) -> None:
    [controls, outcomes] = covermap.cover_maps(held, held.profiles["consumer"])
    expected = ib.profile("consumer").coverage("sp800-53r5", through="sp800-213a")
    assert dict(controls.parts[-1].counts) == {
        level.value: count for level, count in expected.counts().items() if count
    }
    assert sum(bar.total for bar in controls.bars) == len(expected)
    assert [controls.through, outcomes.key] == ["SP 800-213A", "csf2.0"]
    assert [part.name for part in controls.parts] == ["LOW", "MODERATE", "HIGH", "All"]
    assert [part.name for part in outcomes.parts] == ["All"]


@pytest.mark.parametrize("name", covermap.BASELINES)
def test_coverage_of_a_baseline_names_every_control(held: Held, name: str) -> None:
    [controls, _] = covermap.cover_maps(held, held.profiles["consumer"])
    [part] = [part for part in controls.parts if part.name == name]
    expected = ib.profile("consumer").coverage("sp800-53r5", through="sp800-213a", baseline=name)
    assert [level for level, _, _ in part.levels][:2] == ["gap", "not mapped"]
    assert dict(part.counts) == {level.value: count for level, count in expected.counts().items() if count}
    named = {(level, ref) for level, _, families in part.levels for _, refs in families for ref in refs}
    assert named == {(item.level.value, held.ref(item.element.id)) for item in expected}


def test_a_baseline_is_told_by_family(held: Held) -> None:
    [page] = [page for page in profiles.pages(held) if page.address == "profiles/federal/sp800-53r5-low.html"]
    part = cast("covermap.Part", page.facts["part"])
    rows = {row.target.label: row for row in part.families}
    assert (rows["AU"].counts, rows["AU"].is_closed, rows["AC"].is_closed) == ({"supported": 10}, True, False)
    assert sum(row.total for row in part.families) == part.total
    assert "AU Audit and Accountability 0 0 10 0 10 nothing open" in text_of(page)
    text = build.drawn(page, ib.Library())
    assert '<tr id="AU">' in text
    assert 'href="#gap-AC"' in text
    assert 'id="gap-AC"' in text


def test_a_reason_of_many_is_given_once(held: Held) -> None:
    pages = {page.address: page for page in profiles.pages(held)}
    for key, profile in held.profiles.items():
        facts = pages[addresses.of_profile(key)].facts
        reasons = cast("dict[str, int]", facts["reasons"])
        rows = [
            row for _, _, rows in cast("list[tuple[str, str, list[profiles.Row]]]", facts["groups"]) for row in rows
        ]
        assert sorted(row.why for row in rows) == sorted(item.rationale for item in profile.selected)
        assert all(row.reason == reasons.get(row.why) for row in rows)
        assert list(reasons.values()) == list(range(1, len(reasons) + 1))


def test_the_index_finds_words_and_spellings(held: Held) -> None:
    data, words = searching.contents(held, ())
    index = dict(words["index"])
    [wanted] = [number for number, entry in enumerate(data["entries"]) if entry[1] == "5.1-1" and "unique" in entry[4]]
    assert wanted in index["unique"][1]
    assert words["documentCount"] == len(data["entries"]) == len(words["documentIds"])
    assert searching.tokens("The device's Default Password") == ["device", "s", "default", "password"]


@pytest.mark.parametrize(
    ("expected", "written"),
    [
        (".ac.2.1", ("AC-2(1)", "ac-2.1", "AC-02(01)", "AC-2(01)")),
        (".ir.8259", ("IR 8259", "NISTIR 8259", "NIST IR 8259", "NIST.IR.8259")),
        (".sp.800.53.r.5", ("sp800-53r5", "SP 800-53 Rev. 5", "SP 800-53 revision 5")),
    ],
)
def test_one_spelling_stands_for_all(expected: str, written: tuple[str, ...]) -> None:
    assert {searching.spelled(each) for each in written} == {expected}


def test_publications_are_found_by_every_name_and_say_what_they_are(held: Held) -> None:
    data, _ = searching.contents(held, ())
    found = {key: rest for key, _, *rest in data["publications"]}
    names, age, when, published = found["ir8259"]
    assert "|.ir.8259.|" in names
    assert (age, when, published) == (1, "2020 · withdrawn 2026-04-20; superseded by IR 8259 r1", "2020-05")
    assert found["ir8259r1"][1:3] == [0, "2026 · current"]
    assert found["ir8259.2pd"][1:3] == [2, "2020 · superseded by IR 8259, IR 8259A"]
    assert found["isvs1.0"][2] == "undated · status unknown"


def test_the_site_s_own_pages_are_found(held: Held) -> None:
    parts = (others, publications, crosswalks, profiles, changes, errata)
    built = {page.address for part in parts for page in part.pages(held)}
    assert {address for address, _, _ in searching.PLACES} <= built
    assert {name for _, _, name in build.MENU} <= {name for _, name, _ in searching.PLACES}


def small(*kinds: ib.Element, key: str = "acme") -> ib.Library:
    info = ib.PublicationInfo(
        key=key,
        pubid=None,
        work=key,
        title="Acme device policy",
        role="user framework",
        series=None,
        stage="final",
        status=ib.Status.UNKNOWN,
        published=None,
        doi=None,
        authors=None,
        fidelity=ib.Fidelity.FULL,
    )
    publication = ib.Publication(info=info, elements=kinds, fidelity=ib.Fidelity.FULL)
    return ib.Library(MemoryStore([publication], {}))


def test_a_library_of_one_s_own_has_a_site_too(tmp_path: Path) -> None:
    library = small(
        Family(id="acme:AC", title="Access"), Requirement(id="acme:AC 1/a", parent="acme:AC", summary="Lock it.")
    )
    built = build.build(tmp_path / "site", library)
    assert "Lock it." in (tmp_path / "site/publications/acme/AC~201~2fa.html").read_text("utf-8")
    assert built.files == sum(path.is_file() for path in (tmp_path / "site").rglob("*"))
    with pytest.raises(FileExistsError):
        build.build(tmp_path / "site", library)


def test_wordings_of_one_s_own_copy_are_shown() -> None:
    wording = ib.Wording(text="Lock the door <now>.", source="own.pdf", sha256="0" * 64, page=3)
    above = Requirement(id="acme:1", wording=wording)
    note = Remark(id="acme:1.note", parent="acme:1", wording=wording)
    library = small(above, note)
    text = build.drawn(elements.page(Held(library), library.load("acme"), above), library)
    assert text.count("Lock the door &lt;now&gt;.<footer>own.pdf, page 3 of the file") == 2


def test_what_a_library_does_not_hold_is_left_out(held: Held) -> None:
    control = Requirement(id="sp800-53r5:ac-2")
    own = Held(small(control, key="sp800-53r5"))
    entry = elements.entry_of(own, own.publications["sp800-53r5"], control)
    assert (entry.groups, entry.mapped) == ((), 0)
    assert list(covermap.cover_maps(Held(small(Requirement(id="acme:1"))), held.profiles["consumer"])) == []
    assert flow.flow(own, ib.diff(*own.publications.values(), *own.publications.values(), library=own.library)) is None


def test_doors_leave_out_what_is_not_held() -> None:
    own = Held(small(Requirement(id="acme:1")))
    home, *doors = list(others.pages(own))[:5]
    assert home.facts["example"] is None
    groups = [
        group for door in doors for group in cast("list[tuple[str, list[tuple[str, str, str]]]]", door.facts["groups"])
    ]
    assert {address for _, places in groups for address, _, _ in places} == {
        f"{name}.html" for name in ("compare", "publications", "crosswalks", "profiles", "sources", "changes", "errata")
    }


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    build._environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(ib.errors.MissingExtraError, match=re.escape("pip install 'iotbaseline[site]'")):
        build.build(tmp_path / "site", small())
    assert list(tmp_path.iterdir()) == []


def test_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    content = [("index.html", b"<p>"), ("assets/site.js", b"")]
    monkeypatch.setattr(build, "files", lambda _: content)
    output = tmp_path / "site"
    runner = CliRunner()
    done = runner.invoke(cli, ["site", str(output)])
    assert done.output == f"{output}: 1 page, 0 MB; open {output / 'index.html'}\n"
    told = json.loads(runner.invoke(cli, ["site", str(tmp_path / "other"), "--json"]).output)
    schema = Path(package.__file__).parents[1] / "schemas" / "site.schema.json"
    Draft202012Validator(json.loads(schema.read_text("utf-8"))).validate(told)
    assert told["result"] == {"written": str(tmp_path / "other"), "pages": 1, "files": 2, "size": 3}
    again = runner.invoke(cli, ["site", str(output)])
    assert (again.exit_code, "name a new folder" in again.output) == (1, True)


def test_publications_are_named_as_people_know_them(held: Held) -> None:
    assert held.named("nothing in sp800-53r4 pairs with it") == "nothing in SP 800-53 r4 pairs with it"
    assert held.named("superseded by ir8259, ir8259a") == "superseded by IR 8259, IR 8259A"
    for kept in ("ir8425:data-protection.1", "ir8425--cra", "doc/ir8425.pdf", "a secra b"):
        assert held.named(kept) == kept
