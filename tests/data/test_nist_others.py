"""Publications around the baselines: what they print is counted again in the source texts."""

from __future__ import annotations

import csv
import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import iotbaseline as ib
from iotbaseline.kinds import Control, OverlayEntry, Practice

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
LINEAGE = Path(__file__).parents[2] / "data" / "lineage"

with_sources = pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")

DRAFT, FINAL = "router-profile-2023-11", "ir8425a"
STANDARDS = {
    "tr124i8": r"\b(?:GEN|MGMT|IF|SEC|WAN|LAN)(?:\.[A-Za-z]+)+\.\d+\b",
    "cl-gds-bcp-v01": r"\b(?:OOB|KEY|DE|MI|DRP|HR|SB|NETS|NETA|SBOM|DIAG|SU|LOG|TS|AR)-\d{3}\b",
    "tr03148": r"\((\d(?:\.\d+)*)\)",
}
"""The numbers of three standards, written so that nothing else in a router profile looks like one."""


def read(name: str) -> str:
    return (Path(SOURCES or "") / name).read_text("utf-8")


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(read(name).splitlines(), delimiter="\t"))


def lineage(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((LINEAGE / f"{name}.json").read_text("utf-8"))["records"]
    return found


def missing_wordings(key: str, text: str) -> list[str]:
    """The elements whose wording does not stand in a text."""
    wanted = {each.local: each.fingerprint for each in ib.load(key) if each.fingerprint}
    found = ib.find_wordings(text, wanted.values())
    return [local for local, fingerprint in wanted.items() if fingerprint not in found]


def pairs(subject: str, obj: str) -> set[tuple[str, str]]:
    return {
        (mapping.subject.partition(":")[2], mapping.object.partition(":")[2])
        for mapping in ib.crosswalk(subject, obj)
        if mapping.object
    }


# --- SP 800-218 ---------------------------------------------------------------------------------------------------


@with_sources
def test_practices_and_tasks_of_the_ssdf() -> None:
    text = " ".join(read("nist/sp800-218.md").split())
    held = ib.load("sp800-218")
    printed = set(re.findall(r"\b(?:P[OSW]|RV)\.\d\.\d\b", text))
    tasks = [each for each in held if each.local.count(".") == 2]
    assert {each.local for each in tasks} == printed
    moved = set(re.findall(r"((?:P[OSW]|RV)\.\d\.\d) ?: (?:_?Moved) to", text))
    assert {each.local for each in tasks if not each.is_in_force} == moved
    practices = held.of_kind(Practice)
    assert Counter((len(each.local.split(".")), each.withdrawn) for each in practices) == {
        (2, False): 19, (2, True): 1, (3, False): 42, (3, True): 5
    }  # fmt: skip
    assert {each.local: each.moved_to + each.incorporated_into for each in practices if each.withdrawn} == {
        local: tuple(
            f"sp800-218:{number}" for number in re.findall(r"P[OW]\.\d(?:\.\d)?", re.sub(r"(?<=\.) ", "", printed))
        )
        for local, printed in re.findall(r"(PW\.3|PW\.\d\.\d)\)?[_* ]*:[_* ]*Moved to (.+?)(?= PW\.3\.|[_`])", text)
    }
    assert all(
        each.title and f"{each.title} ({each.local})" in re.sub(r" +\(", " (", text) for each in held.children("PW")
    )


@with_sources
def test_wordings_of_the_ssdf_are_whole() -> None:
    text = re.sub(r"[`*_#]", " ", read("nist/sp800-218.md")).replace("artifacts^6", "artifacts")
    lacking = missing_wordings("sp800-218", re.sub(r"(?<=\w-) (?=\w)", "", " ".join(text.split())))
    assert set(lacking) <= {"PW.3.2"}


# --- OWASP ISVS -----------------------------------------------------------------------------------------------------


@with_sources
def test_isvs_pairs() -> None:
    document = json.loads(read("mappings/owasp-isvs-to-sp800-213a.json"))
    crosswalk = ib.crosswalk("isvs1.0", "sp800-213a")
    expected = {(pair["isvs"], pair["sp800_213a"].replace(":", ".")) for pair in document["pairs"]}
    assert pairs("isvs1.0", "sp800-213a") == expected
    assert len(expected) == 238
    printed = Counter(mapping.locator for mapping in crosswalk if mapping.object)
    assert printed == {
        "Appendix B, Table 1 and Table 2": 227, "Appendix B, Table 1": 232 - 227, "Appendix B, Table 2": 233 - 227
    }  # fmt: skip
    assert set(crosswalk.listed_without_object) == {"isvs1.0:1.1.1", "isvs1.0:1.1.3"}
    assert {(mapping.basis, mapping.relation) for mapping in crosswalk} == {("official", "related")}


# --- SP 800-82 revision 4, draft ------------------------------------------------------------------------------------


def baseline(level: str) -> set[str]:
    return {each.label or "" for each in ib.load("sp800-53r5").of_kind(Control) if level.upper() in each.baselines}


@with_sources
@pytest.mark.parametrize(("level", "size"), [("low", 160), ("moderate", 304), ("high", 387)])
def test_overlay_of_the_draft_is_what_its_table_lists_beside_the_baselines(level: str, size: int) -> None:
    rows = table("mappings/sp800-82r4-ipd-table18.tsv")
    removed = {row["control"] for row in rows if level[0].upper() in row["removed_per_E7"]}
    listed = {row["control"] for row in rows if row[level]} - removed
    entries = ib.load("sp800-82r4.ipd").of_kind(OverlayEntry)
    adds = {(each.label or "").replace(" ", "") for each in entries if level in each.adds}
    removes = {(each.label or "").replace(" ", "") for each in entries if level in each.removes}
    assert len(listed) == size
    assert adds == listed - baseline(level)
    assert removes == baseline(level) - listed == removed


def test_the_overlay_of_the_draft_is_that_of_revision_3() -> None:
    now, before = (
        {each.control: (each.adds, each.removes) for each in ib.load(key).of_kind(OverlayEntry)}
        for key in ("sp800-82r4.ipd", "sp800-82r3")
    )
    assert now == before
    assert Counter(bool(adds) for adds, _ in now.values()) == {True: 24, False: 3}
    records = lineage("sp800-82r3--sp800-82r4.ipd")
    assert {record["change"] for record in records} == {"continued"}
    assert len(records) == len(now)


# --- before IR 8259A ------------------------------------------------------------------------------------------------


@with_sources
def test_considerations_that_were_left_out_ask_nothing() -> None:
    rows = table("nist/core-baseline-considerations-2019.tsv")
    held = ib.load("core-considerations-2019-02")
    assert [each.label for each in held if each.label] == [row["capability_no"] for row in rows]
    left_out = {row["capability_no"] for row in rows if "should not be in the core" in " ".join(row.values())}
    assert {each.label for each in held.of_kind("example")} == left_out == {"10", "11", "12"}
    assert missing_wordings("core-considerations-2019-02", read("nist/core-baseline-considerations-2019.tsv")) == []
    records = lineage("core-considerations-2019-02--ir8259a")
    assert [each for record in records for each in record["before"]] == [each.id for each in held.of_kind("capability")]


@with_sources
def test_pairs_of_the_code_of_practice() -> None:
    rows = table("mappings/dcms-cop-v4-nist.tsv")
    for key, word, size in (("core-considerations-2019-02", "Considerations", 11), ("ir8259a", "8259A", 7)):
        expected = {
            (row["uk_cop_guideline"], row["nist_element"].lower().replace(" ", "-"))
            for row in rows
            if word in row["nist_document"]
        }
        assert pairs("uk-cop-2018", key) == expected
        assert len(expected) == size


# --- the baselines of SP 800-53 -------------------------------------------------------------------------------------


@with_sources
@pytest.mark.parametrize("name", ["LOW", "MODERATE", "HIGH", "PRIVACY"])
def test_baselines_are_those_of_the_release_that_is_held(name: str) -> None:
    def members(file: str) -> tuple[str, set[str]]:
        profile = json.loads(read(f"oscal/{file}"))["profile"]
        (imported,) = profile["imports"]
        (selection,) = imported["include-controls"]
        return profile["metadata"]["version"], set(selection["with-ids"])

    version, now = members(f"NIST_SP-800-53_rev5_{name}-baseline_profile.json")
    _, before = members(f"NIST_SP-800-53_rev5.1.1_{name}-baseline_profile-min.json")
    assert version == "5.2.0"
    assert {each.local for each in ib.load("sp800-53r5").of_kind(Control) if name in each.baselines} == now == before


# --- the router profile ---------------------------------------------------------------------------------------------


@cache
def draft_text() -> str:
    """The preliminary draft without the line numbers and page numbers in its margin, and without footnote 5's mark."""
    text = re.sub(r"^\f?\d{1,3}$", "", read("pdf/NIST_ConsumerGradeRouterProfile_20231130.txt"), flags=re.MULTILINE)
    text = " ".join(text.split()).replace("consumergrade", "consumer-grade").replace("up-to- date", "up-to-date")
    return re.sub(r"\bSBOM(?=\d)", "SBOM-", text)


@cache
def final_text() -> str:
    text = " ".join(read("nist/ir8425a-final-fragments.md").split())
    running_head = r"NIST IR 8425A Recommended .{,40} September 2024 Consumer-Grade Router Products "
    text = re.sub(running_head, "", text).replace("cybersecurityrelated", "cybersecurity-related")
    return re.sub(r"(?<=interfaces)5 5 .+? interfaces\. (?=in order)", " ", text)


@with_sources
def test_outcomes_of_the_draft() -> None:
    held = ib.load(DRAFT)
    contents, _, text = draft_text().partition(" List of Figures ")
    numbers = re.findall(r"(3\.\d\.\d)\. [A-Z][a-z]+ [A-Z]?[a-z]*", contents)
    assert [each.label for each in held.of_kind("criterion")] == numbers
    assert len(numbers) == 19
    assert [each.note for each in held if each.note] == ["New relative to IR 8425."] * contents.count("New Addition")
    assert missing_wordings(DRAFT, text) == []


@with_sources
def test_outcomes_of_the_final_that_are_held() -> None:
    held = ib.load(FINAL)
    printed = set(re.findall(r"(A\.\d\.\d+)\. [A-Z]", final_text()))
    assert {each.label for each in held.of_kind("criterion")} == printed | {"A.6.16"}
    assert {each.label for each in held.of_kind("criterion") if not each.fingerprint} == {"A.4.10", "A.6.16"}
    lacking = missing_wordings(FINAL, final_text().replace("family,,", "family,"))
    assert [each for each in lacking if not each.startswith("term.")] == []
    assert len(held.of_kind("term")) == 5  # from the CSRC glossary
    assert len(held.of_kind("standard")) == 11
    new = set(re.findall(r"(A\.\d\.\d+)\. [A-Za-z ]+\d†", final_text()))
    assert {each.label for each in held if each.note == "New relative to IR 8425."} == new


def printed_beside(text: str, standard: str) -> set[tuple[str, str]]:
    """The numbers of the requirements in the passage of each outcome, by the number of the outcome."""
    found = set()
    for passage in re.split(
        r"(?=\b(?:3\.\d\.\d|A\.\d\.\d+)\. [A-Z])|\[fragment ends\]|(?=Non-Technical Outcome)", text
    ):
        label = re.match(
            r"[\dA.]+(?=\. )|notification of available(?= updates via router)", passage.partition("attacks ")[0]
        )
        numbers = re.findall(STANDARDS[standard], passage.partition("SP 800-193 ")[0])
        if label:
            found |= {(label[0].replace("notification of available", "A.6.16"), number) for number in numbers}
    return found


@with_sources
@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("key", [DRAFT, FINAL])
def test_requirements_beside_outcomes(key: str, standard: str) -> None:
    if key == DRAFT:
        text = draft_text().partition(" List of Figures ")[2]
    else:
        _, _, after = final_text().partition("; Appendix B: beginning with its Table 1 ")
        text = f"{final_text().partition('Appendix B: beginning')[0]} [fragment ends]{after}"
    held = ib.load(key)
    expected = {(label, number) for label, number in printed_beside(text, standard)}
    found = {(held[local].label, obj) for local, obj in pairs(key, standard) if held[local].kind == "criterion"}
    assert found == expected


@with_sources
def test_tasks_that_the_final_recommends() -> None:
    printed = set(re.findall(r"((?:PW|RV)\.\d\.\d): [A-Z]", final_text()))
    crosswalk = ib.crosswalk(FINAL, "sp800-218")
    assert pairs(FINAL, "sp800-218") == {
        (f"software.{part}", task) for part in ("firmware", "mobile-app", "web-app") for task in printed
    }
    in_brackets = len(re.findall(r"\((?:Firmware|Mobile App\.|Web App\.)\)", final_text()))
    assert sum(mapping.rationale is not None for mapping in crosswalk) == in_brackets == 8


@with_sources
def test_outcomes_called_equal_say_the_same_of_another_product() -> None:
    """The wordings that the profile shares with IR 8425 differ in the name of the product and in examples alone."""
    texts = {DRAFT: draft_text(), "ir8425": read("nist/ir8425-second-copy.md") + read("nist/ir8425.md")}

    def words(identifier: str) -> set[str]:
        key = identifier.partition(":")[0]
        fingerprint = ib.get(identifier).fingerprint
        assert fingerprint
        wording = ib.find_wordings(texts[key], [fingerprint]).get(fingerprint, "")
        plain = re.sub(r"consumer grade router|\biot\b|s\b", "", wording)
        return set(plain.split())

    for mapping in ib.crosswalk(DRAFT, "ir8425"):
        if mapping.relation == "equal" and mapping.object:
            ours, theirs = words(mapping.subject), words(mapping.object)
            if theirs:
                assert len(ours & theirs) >= 0.7 * min(len(ours), len(theirs)), mapping


def test_what_the_profile_marks_as_new_has_no_counterpart() -> None:
    new = {each.id for each in ib.load(DRAFT) if each.note == "New relative to IR 8425."}
    unmapped = {each.id for each in ib.crosswalk(DRAFT, "ir8425").unmapped_subjects if each.kind == "criterion"}
    assert unmapped == new


# --- the draft of SP 800-213 ----------------------------------------------------------------------------------------


@cache
def draft_213() -> str:
    """The text of the draft without the line numbers in its margin and without running heads."""
    text = re.sub(r"^\f?\d{1,3}$", "", read("pdf/NIST.SP.800-213-draft.txt"), flags=re.MULTILINE)
    heads = r"^GUIDANCE FOR THE FEDERAL GOVERNMENT|\f?NIST SP 800-213 \(DRAFT\)|^ESTABLISHING IOT DEVICE CYB.+$"
    text = " ".join(re.sub(heads, " ", text, flags=re.MULTILINE).split())
    hyphens = (("nontech", "non-tech"), ("noncomp", "non-comp"), ("passwordb", "password-b"))
    for lost, printed in hyphens:
        text = text.replace(lost, printed)
    return text


@with_sources
def test_every_wording_of_the_draft_of_sp800_213_stands_in_it() -> None:
    assert missing_wordings("sp800-213.ipd", draft_213()) == []


@with_sources
def test_questions_of_the_draft_of_sp800_213() -> None:
    _, _, considerations = draft_213().partition(" their use case(s). ")
    considerations = considerations.partition(" By taking the time ")[0]
    printed = re.findall(r"(?<!\S)(?:[1-9ab]\. |Consider: )([A-Z][^.:]+?\?)", considerations.replace("(i.e., ", "("))
    held = [each for each in ib.load("sp800-213.ipd").of_kind("question") if each.local.startswith("3.1.")]
    assert len(held) == len(printed) == 13
    examples = re.findall(r"[123]\. ([A-Z][^.:?]+ data):", considerations)
    assert [each.title for each in ib.load("sp800-213.ipd").of_kind("example")] == examples
    assert len(ib.load("sp800-213.ipd").of_kind("term")) == 17


def test_what_stayed_word_for_word_from_the_draft_of_sp800_213() -> None:
    draft, final = ib.load("sp800-213.ipd"), ib.load("sp800-213")
    marks = {each.fingerprint: each for each in final if each.fingerprint}
    same = [each for each in draft if each.fingerprint in marks]
    assert (len(same), len(marks)) == (24, 70)
    assert all(each.summary == marks[each.fingerprint].summary for each in same if each.fingerprint)
    became = {
        record["before"][0]: record["after"] for record in lineage("sp800-213.ipd--sp800-213") if record["before"]
    }
    assert all(became[each.id] == [marks[each.fingerprint].id] for each in same if each.fingerprint)
    assert {each.id for each in draft} - became.keys() == {"sp800-213.ipd:3.2.difference"}
    arrived = [each for record in lineage("sp800-213.ipd--sp800-213") for each in record["after"]]
    assert set(arrived) == {each.id for each in final}


# --- FCC 24-26 ------------------------------------------------------------------------------------------------------


def test_the_cyber_trust_mark_is_found() -> None:
    assert ib.info("Cyber Trust Mark").key == "fcc-24-26"
    assert ib.get("fcc-24-26:excluded.routers").kind == "remark"


@with_sources
def test_registry_and_education_of_the_fcc() -> None:
    text = read("laws/fcc-24-26.md")
    _, _, rules = text.rpartition("**§ 8.222 Establishment of an IoT Registry.**")
    entries = re.findall(r"\((\d+)\)", rules.partition("APPENDIX B")[0])
    held = ib.load("fcc-24-26")
    assert [each.label for each in held.children("registry")] == entries
    _, _, plan = text.partition("\n139. ")
    topics = re.findall(r"^\((\d)\) ", plan.partition("\n140. ")[0], re.MULTILINE)
    assert [each.label for each in held.children("education")] == topics == list("123456789")


@with_sources
def test_every_wording_of_the_fcc_stands_in_the_order() -> None:
    text = read("laws/fcc-24-26.md")
    body = re.sub(r"^\(\^\d+\).*\n(?:^(?!\n).+\n)*", "", text, flags=re.MULTILINE)
    body = body.replace("Federal Communications Commission FCC 24-26", "").replace("```", "").replace("## (", "(")
    lacking = missing_wordings("fcc-24-26", body)
    assert [each for each in lacking if each.startswith(("term.", "registry.", "education.", "excluded."))] == [
        "excluded.routers"  # stands in a footnote
    ]


# --- the CSRC glossary ----------------------------------------------------------------------------------------------


@with_sources
def test_glossary_entries_that_name_a_publication_on_iot() -> None:
    records: list[dict[str, str]] = json.loads(read("glossary/csrc-glossary-iot-terms.json"))
    on_iot = re.compile(r"(?:NISTIR|NIST IR|NIST SP) (?:8228|8259[AB]?|8425A?|800-213A?)(?=;|$)")
    named = [record for record in records if on_iot.search(record["notes"].partition("source: ")[2])]
    assert len(ib.load("csrc-glossary")) == len(named) == 65
    for key, name in (("ir8259a", "NISTIR 8259A"), ("ir8259b", "NISTIR 8259B"), ("ir8425", "NISTIR 8425")):
        expected = [record for record in named if re.search(rf"{name}(?=;|$)", record["notes"])]
        assert len(ib.crosswalk("csrc-glossary", key)) == len(expected)


def test_glossary_entries_called_equal_have_the_fingerprint_of_the_term() -> None:
    crosswalks = [ib.crosswalk("csrc-glossary", key) for key in ("ir8259", "ir8259a", "ir8259b", "ir8425", "sp800-213")]
    for mapping in (each for crosswalk in crosswalks for each in crosswalk):
        assert mapping.object
        same = ib.get(mapping.subject).fingerprint == ib.get(mapping.object).fingerprint
        assert (mapping.relation == "equal") is same is (mapping.basis == "derived")
