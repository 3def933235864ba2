"""The search of the site: what is typed, and what comes first. The script itself runs in Node, where that is there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import iotbaseline as ib
from iotbaseline._apps import site as package
from iotbaseline._apps.site import build, glossary, intents, reaching, searching
from iotbaseline._apps.site.held import Held
from iotbaseline._apps.site.page import Page
from tests.browser.queries import NAMES, NOTHING, PLACES, SHARED, WORDS

FIRST = NAMES | PLACES | SHARED | WORDS
OPENED = NAMES | PLACES
SAID = {
    "PS-1 federal": "SP 800-53 r5, LOW → federal profile: gap",
    "federal profile AU LOW": "SP 800-53 r5, LOW → federal profile: nothing open",
    "SI-2(2) federal low": "SP 800-53 r5, MODERATE → federal profile: not mapped, not in LOW",
    "AC-2 CRA": "SP 800-53 r5 · no mapping to Cyber Resilience Act",
    "AC-2 IR 8618": "SP 800-53 r5 · no mapping to IR 8618",
    "SI-2 IR 8425": "SP 800-53 r5 → IR 8425",
    "5.1-1 federal": "EN 303 645 V3.1.3 → SP 800-213A (federal profile)",
}
"""What is said of the first hit, of those that are no name."""
"""What Enter opens."""

PACKAGE = Path(package.__file__).parent
SCRIPTS = ("vendor/minisearch-7.2.0/index.js", "assets/find.js")
RUN = """
const fs = require("fs"), vm = require("vm");
const context = vm.createContext({ window: {} });
for (const name of process.argv.slice(1)) vm.runInContext(fs.readFileSync(name, "utf8"), context);
const find = context.window.iotbaselineFinder(context.window.iotbaselineSearch);
const queries = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(queries.map((text) => find(text, 12))));
"""
ODD = ("constructor", "secure storage " * 5_000)
ID = re.compile(r'\sid="([^"]*)"')


@pytest.fixture(scope="module")
def held() -> Held:
    return Held(ib.Library())


@pytest.fixture(scope="module")
def pages(held: Held) -> dict[str, Page]:
    """The pages of the site, but for those of elements."""
    return {page.address: page for part in build.PARTS[:-1] for page in part(held)}


@pytest.fixture(scope="module")
def data(held: Held, pages: dict[str, Page]) -> str:
    return searching.script(held, pages.keys())


@pytest.fixture(scope="module")
def found(data: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the script finds for each text of the tables."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node; the browser tests look up the same")
    index = tmp_path_factory.mktemp("search") / "search.js"
    index.write_text(data, "utf-8")
    queries = [*FIRST, *SAID, "Appendix B", *NOTHING, *ODD]
    done = subprocess.run(
        [node, "-e", RUN, *(PACKAGE / name for name in SCRIPTS), index],
        input=json.dumps(queries),
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    return dict(zip(queries, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("text", FIRST)
def test_what_is_typed_is_found_first(found: dict[str, Any], text: str) -> None:
    result = found[text]
    assert result["hits"][0]["href"] == FIRST[text]
    assert result["isSure"] is (text in OPENED)
    assert len({hit["href"] for hit in result["hits"]}) == len(result["hits"]) <= 12
    assert "undefined" not in json.dumps(result)


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_not_there_is_not_found(found: dict[str, Any], text: str) -> None:
    assert found[text] == {"total": 0, "isSure": False, "hits": []}


@pytest.mark.parametrize("text", ODD, ids=("a word of JavaScript", "a long text"))
def test_what_is_odd_does_no_harm(found: dict[str, Any], text: str) -> None:
    assert found[text]["total"] > 0


def test_a_hit_says_what_one_has_to_know(found: dict[str, Any]) -> None:
    first, second, *_ = found["AC-2"]["hits"]
    assert {name: first[name] for name in ("label", "text", "where")} == {
        "label": "AC-2",
        "text": "Account Management",
        "where": "SP 800-53 r5",
    }
    assert second["where"] == "SP 800-53 r4 · 2013 · superseded by SP 800-53 r5"


@pytest.mark.parametrize(("text", "said"), SAID.items())
def test_the_first_hit_says_what_there_is(found: dict[str, Any], text: str, said: str) -> None:
    assert found[text]["hits"][0]["where"] == said


def test_no_arrow_leads_to_what_is_not_there(found: dict[str, Any]) -> None:
    row, own, *_ = found["PS-1 federal"]["hits"]
    assert row["label"] == own["label"] == "PS-1"
    assert (own["href"], own["where"]) == ("publications/sp800-53r5/ps-1.html", "SP 800-53 r5")


def test_a_family_is_offered_for_every_baseline(found: dict[str, Any]) -> None:
    parts = [hit["href"].partition("#")[0] for hit in found["AU federal profile"]["hits"][:4]]
    assert [part.rpartition("r5-")[2] for part in parts] == ["low.html", "moderate.html", "high.html", "all.html"]


def test_twins_are_told_apart_by_their_publications(found: dict[str, Any]) -> None:
    twins = [(hit["label"], hit["where"]) for hit in found["data protection 1"]["hits"] if hit["isTwin"]]
    assert twins == [("Data Protection 1", where) for where in ("IR 8259A", "IR 8425", "IR 8425A")]
    assert not any(hit["isTwin"] for hit in found["AC-2"]["hits"][:2])


def test_a_topic_of_the_comparison_is_among_the_first_hits(found: dict[str, Any]) -> None:
    assert "Compare: Software Update" in [hit["label"] for hit in found["software update"]["hits"][:3]]


def test_a_part_with_errata_is_among_the_first_hits(found: dict[str, Any]) -> None:
    hits = [hit["href"] for hit in found["Appendix B"]["hits"][:3]]
    assert "errata.html#sp800-213a--appendix-b" in hits


@pytest.mark.parametrize("text", ["default password", "hard-coded password"])
def test_what_maps_to_something_comes_before_what_does_not(found: dict[str, Any], text: str) -> None:
    maps = [hit["behind"].startswith("maps directly") for hit in found[text]["hits"]]
    assert maps[0]
    assert maps == sorted(maps, reverse=True)


def test_a_hit_says_what_is_behind_it(held: Held, found: dict[str, Any]) -> None:
    current = [key for key in held.mappings("sp800-53r5:ac-2") if not held.is_old(key)]
    first, old, *_ = found["AC-2"]["hits"]
    through = {key for key, _ in reaching.reached(held, held.elements["sp800-53r5:ac-2"])} - {*current}
    assert first["behind"] == f"maps directly to {len(current)} publications, through others to {len(through)}"
    assert old["behind"] == ""
    parts = [hit["behind"] for hit in found["software update"]["hits"] if hit["where"] == "IR 8425A"]
    assert parts == ["its parts map to 6 publications"]


def test_every_place_that_an_intent_leads_to_is_there(held: Held, pages: dict[str, Page]) -> None:
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for _, goals in intents.INTENTS:
        for goal in goals(held):
            wanted[goal.page].update(filter(None, [goal.address.partition("#")[2]]))
    assert all(name.startswith("profiles/") for name in wanted.keys() - pages.keys())
    for name in wanted.keys() & pages.keys():
        assert not wanted[name] or wanted[name] <= {*ID.findall(build.drawn(pages[name], held.library))}


def test_what_is_offered_to_try_does_what_enter_does(held: Held, pages: dict[str, Page]) -> None:
    for address in ("index.html", "about.html"):
        tried = re.findall(r'href="search.html\?q=([^"]+)"', build.drawn(pages[address], held.library))
        assert len(tried) > 3
        assert all(each.endswith("&amp;enter=1") for each in tried)


def test_the_first_page_explains_who_made_what_it_shows(held: Held, pages: dict[str, Page]) -> None:
    drawn = build.drawn(pages["index.html"], held.library)
    assert 'about.html#basis-official">official</a>: printed by the publisher' in drawn
    assert 'about.html#basis-curated">curated</a>: this project&#39;s judgement' in drawn


@pytest.mark.parametrize(("area", "address", "name"), build.MENU)
def test_the_menu_marks_where_one_is(pages: dict[str, Page], area: str, address: str, name: str) -> None:
    assert pages[address].area == area
    assert name


def test_each_word_of_the_site_is_explained_once() -> None:
    anchors = [term.anchor for term in glossary.terms()]
    assert len(anchors) == len(set(anchors))
    assert glossary.meaning("gap", "coverage") == "a crosswalk names it, and nothing selected leads to it"


def test_publications_go_by_what_people_call_them(held: Held) -> None:
    keys = list(held.infos)
    named = searching.contents(held, ())[0]["named"]
    called = {name: [keys[number] for number in numbers] for name, numbers in named.items()}
    assert called[".213.a"][:2] == ["sp800-213a", "sp800-213ar1.ipd"]
    assert called[".ir.8259"][:2] == ["ir8259", "ir8259r1"]
    assert called[".8259"][:2] == ["ir8259r1", "ir8259"]
    assert called[".800.53"] == called[".sp.800.53"] == ["sp800-53r5", "sp800-53r4"]
    assert ".53.r.5" not in called
