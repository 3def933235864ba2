"""The built-in profiles: what they select, edit and add, worked out again from the publications and the sources."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import iotbaseline as ib

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
FOLDER = Path(__file__).parents[2] / "data" / "profiles"
PROFILES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
LEVELS = ("low", "moderate", "high")
CURIE = re.compile(r"[a-z0-9][a-z0-9.-]*:\S+")

Json = dict[str, Any]

needs_sources = pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")
every_profile = pytest.mark.parametrize("key", PROFILES)


def source(name: str) -> str:
    return (Path(SOURCES or "") / name).read_text("utf-8")


# --- a reading of the format that serves these tests -------------------------------------------------------------


def in_baseline(element: ib.Element, baseline: str) -> bool:
    return isinstance(element, ib.kinds.Control) and baseline.upper() in element.baselines


@cache
def partners(publication: str, other: str) -> dict[str, set[str]]:
    """What mappings of any crosswalk, read either way, join to each element."""
    found: dict[str, set[str]] = {}
    for mapping in ib.crosswalk(publication, other):
        if mapping.object is not None and mapping.relation is not ib.Relation.NO_RELATIONSHIP:
            found.setdefault(mapping.subject, set()).add(mapping.object)
    return found


def selects(selector: Json, element: ib.Element, publication: ib.Publication) -> bool:
    above = {element.id, *(each.id for each in publication.ancestors(element))}
    target = selector.get("mapped_to")
    joined = partners(publication.key, target["publication"]).get(element.id, set()) if target else set()
    conditions: dict[str, Callable[[Any], bool]] = {
        "ids": lambda ids: element.id in ids,
        "kinds": lambda kinds: element.kind in kinds,
        "within": lambda ids: bool(above & set(ids)),
        "baseline": lambda baseline: in_baseline(element, baseline),
        "mapped_to": lambda to: any("baseline" not in to or in_baseline(ib.get(i), to["baseline"]) for i in joined),
    }
    return all(conditions[name](value) for name, value in selector.items())


def imported(record: Json) -> list[str]:
    name = record["from"]
    if name.startswith("profile:"):
        return [identifier for each in PROFILES[name.partition(":")[2]]["imports"] for identifier in imported(each)]
    publication = ib.load(name)
    return [
        element.id
        for element in publication
        if any(selects(each, element, publication) for each in record.get("include", [{}]))
        and not any(selects(each, element, publication) for each in record.get("exclude", ()))
    ]


def levels(record: Json, key: str) -> tuple[str, ...]:
    """The levels that a record applies at; one nameless level where the profile has none."""
    return tuple(record.get("levels") or PROFILES[key].get("levels") or [""])


@cache
def selected(key: str) -> dict[str, tuple[str, ...]]:
    """The elements that a profile takes over, each with its levels in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for record in PROFILES[key]["imports"]:
        for identifier in imported(record):
            found[identifier] = (*found.get(identifier, ()), *levels(record, key))
    order = levels({}, key)
    return {identifier: tuple(sorted(each, key=order.index)) for identifier, each in found.items()}


def named_sources(key: str) -> Iterator[str]:
    for record in (*PROFILES[key].get("modify", ()), *PROFILES[key].get("add", ())):
        yield from record.get("sources", ())


# --- what holds of each ------------------------------------------------------------------------------------------


def test_the_built_in_profiles() -> None:
    assert set(PROFILES) == {"consumer", "consumer-router", "federal", "federal-low", "industrial", "ot-overlay"}
    assert not set(PROFILES) & {info.key for info in ib.publications()}


@every_profile
def test_only_what_a_publisher_printed_is_official(key: str) -> None:
    profile = PROFILES[key]
    assert ("unofficial" in profile["title"]) == (profile["basis"] == "curated")
    if profile["basis"] == "official":
        assert not profile.keys() & {"modify", "add", "open"}


@every_profile
def test_every_identifier_exists(key: str) -> None:
    profile = PROFILES[key]
    registered = {info.key for info in ib.publications()}
    added = {record["id"] for record in profile.get("add", ())}
    wanted = [
        *(i for record in profile["imports"] for part in ("include", "exclude") for each in record.get(part, ())
          for name in ("ids", "within") for i in each.get(name, ())),
        *(i for record in profile.get("open", ()) for i in record["about"]),
        *(text for text in named_sources(key) if CURIE.fullmatch(text)),
    ]  # fmt: skip
    assert all(ib.get(identifier).id == identifier for identifier in wanted)
    places = [text for text in named_sources(key) if not CURIE.fullmatch(text)]
    assert {text.partition(", ")[0] for text in places} <= registered
    assert all(text.partition(", ")[2] for text in places)
    assert set(profile.get("base", ())) <= registered
    assert all(identifier.startswith(f"{key}:") for identifier in added)
    assert len(added) == len(profile.get("add", ()))


@pytest.mark.slow
@every_profile
def test_no_double_selection_and_no_selector_in_vain(key: str) -> None:
    assert [i for i, each in selected(key).items() if len(set(each)) != len(each)] == []
    for record in PROFILES[key]["imports"]:
        assert imported(record)
        whole = imported({"from": record["from"]})
        for each in (*record.get("include", ()), *record.get("exclude", ())):
            hits = imported({"from": record["from"], "include": [each]})
            assert hits
            assert set(hits) <= set(whole)
            named = each.get("ids", [])
            assert set(named) <= set(hits)


@every_profile
def test_edits_are_of_selected_elements_and_do_not_conflict(key: str) -> None:
    changes: Counter[tuple[str, str, str]] = Counter()
    for record in PROFILES[key].get("modify", ()):
        assert set(levels(record, key)) <= set(selected(key)[record["element"]])
        if record["change"] != "guidance":
            changes.update((record["element"], record.get("parameter", ""), level) for level in levels(record, key))
    assert [change for change, count in changes.items() if count > 1] == []


@every_profile
def test_additions_stand_under_what_is_there_at_their_levels(key: str) -> None:
    known = dict(selected(key))
    for record in PROFILES[key].get("add", ()):
        if "parent" in record:
            assert set(levels(record, key)) <= set(known[record["parent"]])
        known[record["id"]] = levels(record, key)


@every_profile
def test_levels_are_those_of_the_profile_in_order(key: str) -> None:
    profile = PROFILES[key]
    known = profile.get("levels", [])
    for record in (*profile["imports"], *profile.get("modify", ()), *profile.get("add", ())):
        assert record.get("levels", known) == [level for level in known if level in record.get("levels", known)]


@every_profile
def test_judgements_have_their_reasons(key: str) -> None:
    profile = PROFILES[key]
    assert all(record["rationale"] for record in profile["imports"])
    for record in (*profile.get("modify", ()), *profile.get("add", ())):
        assert record["rationale"]
        assert record["sources"]
        assert len(set(record["sources"])) == len(record["sources"])
    assert all(record["why"] for record in profile.get("open", ()))


# --- consumer, consumer-router -----------------------------------------------------------------------------------


def test_consumer_profile_is_section_2_2_of_ir8425() -> None:
    report = ib.load("ir8425")
    assert list(selected("consumer")) == [
        e.id for e in report if isinstance(e, ib.kinds.Capability | ib.kinds.Criterion)
    ]
    assert len(selected("consumer")) == 10 + 78


def test_router_profile_asks_what_the_fragments_add_and_says_what_is_not_held() -> None:
    profile = PROFILES["consumer-router"]
    assert selected("consumer-router") == selected("consumer")
    assert profile["fidelity"] == "partial"
    changed = {record["element"] for record in profile["modify"] if record["change"] != "guidance"}
    more = {
        mapping.object
        for mapping in ib.crosswalk("ir8425a", "ir8425")
        if mapping.relation == "superset_of" and mapping.object
    }
    criteria = {identifier for identifier in more if isinstance(ib.get(identifier), ib.kinds.Criterion)}
    assert changed == criteria | {"ir8425:software-update.2"}
    added = {source for record in profile["add"] for source in record["sources"] if source.startswith("ir8425a:")}
    new = {each.id for each in ib.load("ir8425a") if each.note == "New relative to IR 8425."}
    assert added == new
    held = {each.local for each in ib.load("ir8425a").of_kind("criterion") if each.fingerprint}
    asked = {identifier for record in profile["open"] for identifier in record["about"]}
    for draft in ib.load("router-profile-2023-11").of_kind("criterion"):
        above = draft.local.rpartition(".")[0]
        named = {f"ir8425:{draft.local}", f"ir8425:{above}"} & asked
        assert draft.local in held | HELD_IN_PART or named, draft


HELD_IN_PART = {"interface-access-control.1.b", "software-update.2"}
"""Outcomes of which the fragments hold a part."""


@needs_sources
def test_what_cablelabs_named_is_what_the_note_says() -> None:
    note = source("notes/ir8425a.md")
    guidance = [record for record in PROFILES["consumer-router"]["modify"] if record["change"] == "guidance"]
    assert len(guidance) == 3
    for record in guidance:
        subject = re.search(r"look at (.+) with particular care", record["text"])
        assert subject
        assert subject[1] in note


# --- federal, federal-low ----------------------------------------------------------------------------------------


def with_requirements(identifier: str) -> set[str]:
    catalog = ib.load("sp800-213a")
    below = (element for element in catalog.descendants(identifier) if isinstance(element, ib.kinds.Requirement))
    return {identifier, *(element.id for element in below)}


def test_federal_profile_is_what_the_rows_of_appendix_a_select() -> None:
    entries = ib.load("sp800-213a").of_kind(ib.kinds.ProfileEntry)
    imports = PROFILES["federal"]["imports"]
    assert len(entries) == len(imports) == 46
    for entry, record in zip(entries, imports, strict=True):
        assert f"row {entry.label}," in record["rationale"]
        assert f"p. {entry.page}," in record["rationale"]
        assert set(imported(record)) == set().union(*map(with_requirements, entry.selects))


@needs_sources
def test_federal_profile_is_that_of_the_reading_copy() -> None:
    rows = re.findall(
        r"^\| .+? \(([A-Z]{3})\) \| (\(.+?\)) \|", source("notes/sp800-213a-federal-profile.md"), re.MULTILINE
    )
    assert len(rows) == 46
    for (code, printed), record in zip(rows, PROFILES["federal"]["imports"], strict=True):
        taken = [ib.get(identifier) for identifier in imported(record)]
        heads = [element for element in taken if isinstance(element, ib.kinds.SubCapability)]
        numbers = re.findall(r"\((\d+)\)", printed)
        top = [each.local.split(".")[2] for each in taken if each.kind == "requirement" and each.local.count(".") == 2]
        if numbers:
            assert (heads, top) == ([], numbers)
        else:
            assert [head.local[3:] for head in heads] == [code]
            below = ib.load("sp800-213a").children(heads[0])
            assert top == [each.local.split(".")[2] for each in below if each.kind == "requirement"]
            assert bool(top) == (printed == "(all requirements)")


def appendix_b(control: str) -> set[str]:
    """The elements of SP 800-213A that a row of Appendix B names."""
    rows = ib.crosswalk("sp800-53r5", "sp800-213a").targets(control)
    return {row.object for row in rows if row.object and (row.locator or "").startswith("Appendix B")}


def test_federal_low_is_what_appendix_b_joins_to_the_low_baseline() -> None:
    """What a row names, and the lettered items below a requirement that it names by its number."""
    low = [control.id for control in ib.load("sp800-53r5").controls if in_baseline(control, "low")]
    named = set().union(*map(appendix_b, low))
    catalog = ib.load("sp800-213a")
    items = {
        each.id
        for each in catalog.of_kind(ib.kinds.Requirement)
        if any(above.id in named and above.kind == "requirement" for above in catalog.ancestors(each.id))
    }
    assert set(selected("federal-low")) == named | items
    assert len(items - named) == 77
    lead_ins = {catalog[each].parent for each in named if catalog[each].local.count(".") == 3} - named
    assert len(lead_ins) == 45
    assert not lead_ins & set(selected("federal-low"))


def test_federal_low_with_the_present_numbers() -> None:
    """What its open question says would change if the errata on outdated numbers were applied to Appendix B."""
    low = {control.id for control in ib.load("sp800-53r5").controls if in_baseline(control, "low")}
    joins = {
        (row.subject, row.object)
        for control in low
        for row in ib.crosswalk("sp800-53r5", "sp800-213a").targets(control)
        if row.object and (row.locator or "").startswith("Appendix B")
    }
    now = {"2.a": ["2.a"], "2.b": [], "2.c": ["2.b"], "2.d": ["2.c"]}
    corrected = set()
    for control, requirement in joins:
        above, _, letter = requirement.partition("CSC.")
        if letter in now:
            corrected |= {(control, f"{above}CSC.{each}") for each in now[letter]}
        elif control == "sp800-53r5:ia-6":
            corrected.add((control, "sp800-213a:LA.AUN.4"))
        else:
            corrected.add((control, requirement))
    printed, expected = ({requirement for _, requirement in each} for each in (joins, corrected))
    assert expected - printed == {"sp800-213a:LA.AUN.4"}
    assert printed - expected == {"sp800-213a:LA.AUN.3", "sp800-213a:EA.CSC.2.d"}
    assert {*printed ^ expected, "sp800-213a:EA.CSC.2.c"} == set(PROFILES["federal-low"]["open"][1]["about"])


def test_federal_low_is_not_the_federal_profile() -> None:
    chosen = set(selected("federal"))
    assert chosen - set(selected("federal-low"))
    assert set(selected("federal-low")) - chosen


# --- ot-overlay --------------------------------------------------------------------------------------------------


@cache
def overlay() -> dict[str, ib.kinds.OverlayEntry]:
    return {entry.control: entry for entry in ib.load("sp800-82r3").of_kind(ib.kinds.OverlayEntry)}


@pytest.mark.parametrize("level", LEVELS)
def test_overlay_profile_is_the_baseline_with_the_changes(level: str) -> None:
    taken = {identifier for identifier, each in selected("ot-overlay").items() if level in each}
    before = {control.id for control in ib.load("sp800-53r5").controls if in_baseline(control, level)}
    added = {control for control, entry in overlay().items() if level in entry.adds}
    removed = {control for control, entry in overlay().items() if level in entry.removes}
    assert taken == (before | added) - removed
    assert len(taken) == {"low": 160, "moderate": 304, "high": 387}[level]


@needs_sources
def test_overlay_profile_has_the_sizes_of_the_mechanical_reading() -> None:
    sizes = json.loads(source("mappings/ot-overlay-sp800-82r3.json"))["sizes"]
    for level in LEVELS:
        assert sum(level in each for each in selected("ot-overlay").values()) == sizes[level.upper()]["overlay"]


# --- industrial --------------------------------------------------------------------------------------------------

INDUSTRIAL: Json = PROFILES["industrial"]
JUDGED: list[Json] = [*INDUSTRIAL["modify"], *INDUSTRIAL["add"]]
ABOUT = {identifier for record in INDUSTRIAL["open"] for identifier in record["about"]}
ADDED = {control for control, entry in overlay().items() if entry.adds}


def overlay_levels(control: str) -> tuple[str, ...]:
    """The levels at which the overlay has an added control, whether it was added there or selected already."""
    return tuple(each for each in LEVELS if each in overlay()[control].adds or in_baseline(ib.get(control), each))


def test_nothing_of_the_core_baselines_is_left_out() -> None:
    for key, kinds in (("ir8259a", {"capability", "common-element"}), ("ir8259b", {"capability", "common-action"})):
        taken = {identifier for identifier in selected("industrial") if identifier.startswith(f"{key}:")}
        assert taken == {element.id for element in ib.load(key) if element.kind in kinds}
        assert {selected("industrial")[identifier] for identifier in taken} == {LEVELS}
    assert not any("exclude" in record for record in INDUSTRIAL["imports"])


def test_requirements_are_those_that_appendix_b_joins_to_added_controls_at_their_levels() -> None:
    records = [record for record in INDUSTRIAL["imports"] if record["from"] == "sp800-213a"]
    named = {identifier: record for record in records for each in record["include"] for identifier in each["within"]}
    joined = {control: appendix_b(control) for control in ADDED}
    assert {ib.get(control).label for control, found in joined.items() if found} == {
        "AC-17(10)", "CP-12", "IA-3", "SC-24", "SC-45", "SI-17",
    }  # fmt: skip
    assert set(named) == set().union(*joined.values())
    for identifier, record in named.items():
        controls = [control for control, found in joined.items() if identifier in found]
        united = {level for control in controls for level in overlay_levels(control)}
        assert levels(record, "industrial") == tuple(level for level in LEVELS if level in united)
        printed = {overlay()[control].label for control in controls}
        assert set(re.findall(r"[A-Z]{2}-\d+(?: \(\d+\))?", record["rationale"])) == printed
    taken = {identifier for identifier in selected("industrial") if identifier.startswith("sp800-213a:")}
    assert taken == set().union(*map(with_requirements, named))


def test_sub_capabilities_of_the_joined_requirements_print_the_control() -> None:
    catalog = ib.load("sp800-213a")
    for control in ADDED:
        printing = {each.id for each in catalog.of_kind(ib.kinds.SubCapability) if control in each.related_controls}
        homes = {
            each.id
            for identifier in appendix_b(control)
            for each in (catalog[identifier], *catalog.ancestors(identifier))
            if isinstance(each, ib.kinds.SubCapability)
        }
        assert homes == printing
        assert printing - set(selected("industrial")) <= ABOUT


def test_every_added_control_is_joined_judged_or_left_open() -> None:
    joined = {control for control in ADDED if appendix_b(control)}
    leading = {record["sources"][0]: record for record in JUDGED if ":overlay." in record["sources"][0]}
    judged = {control for control in ADDED if overlay()[control].id in leading}
    assert len(judged - joined) == 9
    unused = {overlay()[control].id for control in ADDED - joined - judged}
    assert len(unused) == 9
    assert unused <= ABOUT
    for identifier, record in leading.items():
        entry = ib.get(identifier)
        assert isinstance(entry, ib.kinds.OverlayEntry)
        assert levels(record, "industrial") == overlay_levels(entry.control)


def test_removed_controls_are_named_and_nothing_imported_rests_on_them() -> None:
    removed = {control: entry for control, entry in overlay().items() if entry.removes}
    assert {entry.id for entry in removed.values()} <= ABOUT
    assert not set().union(*map(appendix_b, removed)) & set(selected("industrial"))


def test_every_endpoint_capability_is_used_once() -> None:
    capabilities = [each.id for each in ib.load("sp800-82r3").capabilities]
    uses = {
        name: [text for record in INDUSTRIAL[name] for text in record["sources"] if text in capabilities]
        for name in ("modify", "add")
    }
    assert sorted(uses["modify"] + uses["add"]) == sorted(capabilities)
    assert len(uses["modify"]) == len(uses["add"]) == 5
    explained = {
        record["element"]: ib.get(record["sources"][0]).title
        for record in INDUSTRIAL["modify"]
        if record["sources"][0] in capabilities
    }
    assert explained == {
        "ir8259a:device-identification": "Endpoint identity",
        "ir8259a:logical-access-to-interfaces": "Endpoint access control",
        "ir8259a:data-protection": "Endpoint data protection",
        "ir8259a:cybersecurity-state-awareness": "Endpoint monitoring and analysis",
        "ir8259a:device-configuration": "Endpoint configuration and management",
    }


def test_references_to_iec_62443_are_those_of_ir8259a_and_the_cut_ones_are_open() -> None:
    printed: dict[str, list[str]] = {}
    cut: dict[str, str] = {}
    for mapping in ib.crosswalk("ir8259a", "iec62443-4-2"):
        if mapping.object is not None:
            printed.setdefault(mapping.subject, []).append(mapping.object)
        else:
            cut[mapping.subject] = mapping.printed or ""
    guidance = {
        record["element"]: record["sources"][1:]
        for record in INDUSTRIAL["modify"]
        if record["sources"][0].startswith("ir8259a, Table 1")
    }
    assert guidance == printed
    assert sum(map(len, printed.values())) == 18
    question = next(record for record in INDUSTRIAL["open"] if "cut-off" in record["question"])
    assert question["about"] == list(cut)
    assert all(f"{capability.partition(':')[2]} ({end})" in question["why"] for capability, end in cut.items())
    clauses = {ib.get(identifier).parent for found in printed.values() for identifier in found}
    assert "iec62443-4-2:clause.9" not in clauses
    assert "iec62443-4-2:clause.9" in ABOUT


@needs_sources
def test_no_cut_reference_is_completed() -> None:
    table = json.loads(source("mappings/8259a-to-62443-references.json"))["references"]
    whole = {(row["capability"], row["reference"]) for row in table if not row["truncated"]}
    for record in INDUSTRIAL["modify"]:
        if record["sources"][0].startswith("ir8259a, Table 1"):
            capability = ib.get(record["element"]).title
            assert {(capability, ib.get(text).label) for text in record["sources"][1:]} <= whole


@needs_sources
def test_discussions_stand_where_the_sources_say() -> None:
    _, *parts = re.split(r"^\{(\d+)\}-+$", source("nist/sp800-82r3.md"), flags=re.MULTILINE)
    pages = {int(mark) - 16: text for mark, text in zip(parts[::2], parts[1::2], strict=True)}
    found = [
        re.fullmatch(r"sp800-82r3, section (F\.7\.\d+), p\. (\d+), (\w\w-\d+)(?: \((\d+)\))?", text)
        for text in named_sources("industrial")
        if text.startswith("sp800-82r3, section F.")
    ]
    assert len(found) > 10
    for match in found:
        assert match
        section, page, control, enhancement = match.groups()
        heading = re.compile(rf"\*\*{control} [A-Z]")
        text = pages[int(page)]
        if not heading.search(text):
            text = pages[int(page) - 1] + text
        assert heading.search(text)
        discussed = heading.split(text)[-1]
        begin = rf"Control Enhancement: \({enhancement}\) " if enhancement else ""
        assert re.search(rf"^{begin}OT Discussion:", discussed, re.MULTILINE)
        headings = re.findall(r"\*\*(F\.7\.\d+)\.", "".join(pages[each] for each in range(227, int(page) + 1)))
        assert section in headings[-2:]
