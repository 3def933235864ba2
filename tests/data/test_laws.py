"""Laws and schemes: what they number is counted again in the texts, and their crosswalks in the lists of pairs."""

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

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
ROOT = Path(__file__).parents[2]

with_sources = pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")

LAWS = ("cra", "uk-psti-2023", "california-sb-327")


def read(name: str) -> str:
    return (Path(SOURCES or "") / name).read_text("utf-8")


@cache
def sections(name: str) -> dict[str, str]:
    """The running texts of a law by the number of their annex or section."""
    documents: list[dict[str, str]] = json.loads(read(name))
    return {each.get("annex") or each["section"]: each["content"] for each in documents}


def pairs(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(read(name).splitlines(), delimiter="\t"))


def below(parent: str) -> list[str | None]:
    publication = ib.load(parent.partition(":")[0])
    return [child.label for child in publication.children(parent)]


# --- the Cyber Resilience Act --------------------------------------------------------------------------------------


@with_sources
def test_cra_numbers() -> None:
    properties, handling = sections("laws/cra-annexes.json")["I"].split(" Part II ")
    assert below("cra:annex-i") == ["Part I", "Part II"]
    assert below("cra:annex-i.part-i") == re.findall(r" \((\d)\) ", properties) == ["1", "2"]
    assert below("cra:annex-i.part-i.2") == re.findall(r" \(([a-z])\) ", properties) == list("abcdefghijklm")
    assert below("cra:annex-i.part-ii") == re.findall(r" \((\d)\) ", handling) == list("12345678")
    information = sections("laws/cra-annexes.json")["II"]
    assert below("cra:annex-ii") == re.findall(r" (\d)\. (?=[a-zI])", information) == list("123456789")
    assert below("cra:annex-ii.8") == re.findall(r" \(([a-z])\) ", information) == list("abcdef")
    assert len(ib.load("cra")) == 42


@with_sources
@pytest.mark.parametrize(("annex", "above"), [("I", "annex-i."), ("II", "annex-ii.")])
def test_cra_wordings_follow_each_other_without_a_gap(annex: str, above: str) -> None:
    text = ib.normalize(sections("laws/cra-annexes.json")[annex])
    points = [each for each in ib.load("cra") if each.local.startswith(above) and each.fingerprint]
    wordings = ib.find_wordings(text, [each.fingerprint for each in points if each.fingerprint])
    place = 0
    for point in points:
        assert point.fingerprint
        found = text.index(wordings[point.fingerprint], place)
        assert re.fullmatch(r"(?:.* )?\w", text[place:found].strip()), point
        assert len(text[place:found].split()) <= (20 if point.label == "1" else 1), point
        place = found + len(wordings[point.fingerprint])
    assert text[place:].strip() == ""


# --- the laws of the UK and of California ---------------------------------------------------------------------------


@with_sources
def test_psti_numbers() -> None:
    text = read("laws/uk-psti-regulations-2023-1007.md")
    for number in "12":
        body = re.split(r"^## ", text.split(f"\n## Schedule {number}U.K.")[1], flags=re.MULTILINE)[0]
        paragraphs = re.split(r"^(\d)\.—", body, flags=re.MULTILINE)[1:]
        assert below(f"uk-psti-2023:schedule-{number}") == paragraphs[::2] == ["1", "2", "3"]
        for paragraph, content in zip(paragraphs[::2], paragraphs[1::2], strict=True):
            subs = re.split(r"^\((\d)\)\s", content, flags=re.MULTILINE)[1:]
            above = f"schedule-{number}.{paragraph}"
            assert below(f"uk-psti-2023:{above}") == subs[::2]
            for sub, points in zip(subs[::2], subs[1::2], strict=True):
                terms = re.findall(r"^“([^”]+)”\s(?:means|has)", points, re.MULTILINE)
                letters = re.findall(r"^\(([a-h])\)", points, re.MULTILINE)
                children = ib.load("uk-psti-2023").children(f"{above}.{sub}")
                scope = number == "1" and sub in ("1", "4") and paragraph + sub != "34"
                assert [child.label or child.title for child in children] == ([] if scope else terms or letters)
    assert Counter(each.kind for each in ib.load("uk-psti-2023")) == {
        "requirement": 29, "remark": 39, "term": 10, "clause": 1
    }  # fmt: skip


def test_what_deems_compliance_asks_nothing() -> None:
    assert {each.kind for each in ib.load("uk-psti-2023") if each.local.startswith("schedule-2")} == {"remark"}
    assert [each.kind for each in ib.load("uk-psti-2023").children("schedule-1.1.2")] == ["remark", "remark"]
    assert [each.local for each in ib.load("california-sb-327").of_kind(ib.kinds.Requirement)] == [
        "1798.91.04.a", "1798.91.04.a.1", "1798.91.04.a.2", "1798.91.04.a.3"
    ]  # fmt: skip


@with_sources
def test_california_numbers() -> None:
    text = sections("laws/california-sb-327.json")
    assert [each.local for each in ib.load("california-sb-327").roots] == list(text)
    for section, content in text.items():
        printed = re.findall(r"(?:^| )\(([a-z])\) (?=[A-Z“])", content)
        children = ib.load("california-sb-327").children(section)
        assert [child.label for child in children] == printed
        numbers = [label for child in children for label in below(child.id)]
        assert numbers == re.findall(r" \((\d)\) (?=[A-Z])", content)
    assert [each.title for each in ib.load("california-sb-327").of_kind(ib.kinds.Term)] == re.findall(
        r"\([a-f]\) “(.+?)” means", text["1798.91.05"]
    )


@with_sources
@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("uk-psti-2023", "laws/uk-psti-regulations-2023-1007.md"),
        ("california-sb-327", "laws/california-sb-327.json"),
    ],
)
def test_every_wording_stands_in_the_law(key: str, name: str) -> None:
    text = re.sub(r"\[\[F1\]\([^)]*\)(\w+)\]", r"\1", read(name))
    text = re.sub(r"\(\[\d+\]\([^)]*\)\)", "", text)
    wanted = {each.local: each.fingerprint for each in ib.load(key) if each.fingerprint}
    found = ib.find_wordings(text, wanted.values())
    assert [local for local, fingerprint in wanted.items() if fingerprint not in found] == []


@pytest.mark.parametrize("key", LAWS)
def test_everything_in_a_law_has_a_summary_of_its_own(key: str) -> None:
    summaries = [each.summary for each in ib.load(key)]
    assert None not in summaries
    assert len(set(summaries)) == len(summaries)


# --- ETSI EN 303 645 ------------------------------------------------------------------------------------------------


def test_titles_of_provisions_are_ours_and_short() -> None:
    provisions = ib.load("en303645v3.1.3").of_kind(ib.kinds.Provision)
    titles = [each.title or "" for each in provisions]
    assert len(set(titles)) == len(titles) == 78
    assert [title for title in titles if not 3 <= len(title.split()) <= 9] == []
    assert all(each.note and "this project's" in each.note for each in provisions)


@with_sources
def test_lineage_of_provisions_accounts_for_both_versions() -> None:
    path = ROOT / "data" / "lineage" / "en303645v2.1.1--en303645v3.1.3.json"
    records: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["records"]
    before = [each for record in records for each in record["before"]]
    after = [each for record in records for each in record["after"]]
    assert sorted(before) == sorted(each.id for each in ib.load("en303645v2.1.1").of_kind("provision"))
    assert sorted(after) == sorted(each.id for each in ib.load("en303645v3.1.3").of_kind("provision"))
    assert "68 provisions" in read("notes/etsi-en-303-645-ids.md")
    assert len(before) == 68


# --- crosswalks -----------------------------------------------------------------------------------------------------


@with_sources
def test_deemed_compliance_is_that_of_schedule_2() -> None:
    schedule = read("laws/uk-psti-regulations-2023-1007.md").split("\n## Schedule 2U.K.")[1].split("\n## ")[0]
    cited = re.findall(
        r"provision (5\.\d-\d+) of ETSI EN 303 645|paragraph (6[\d.]*\d);?(?: and)?$", schedule, re.MULTILINE
    )
    listed = pairs("mappings/uk-psti-deemed-compliance.tsv")
    assert {etsi or iso for etsi, iso in cited} == {row["element"] for row in listed}
    held = [
        mapping for target in ("en303645v2.1.1", "iso29147-2018") for mapping in ib.crosswalk("uk-psti-2023", target)
    ]
    assert Counter((mapping.subject[-1], (mapping.object or "").partition(":")[2]) for mapping in held) == Counter(
        (re.findall(r"\d", row["psti_schedule1_requirement"])[1], row["element"]) for row in listed
    )
    assert {mapping.relation for mapping in held} == {ib.Relation.IS_SUPPORTED_BY}
    assert all(mapping.basis is ib.Basis.OFFICIAL and mapping.rationale for mapping in held)


SCHEMES = {
    "NIST IR 8425": "ir8425",
    "ETSI EN 303 645": "en303645v2.1.1",
    "EU CRA (2022 proposal numbering)": "cra-2022",
    "UK PSTI (SI 2023/1007)": "uk-psti-2023",
    "Singapore CLS": "singapore-cls",
    "IEC 62443-4-1": "iec62443-4-1",
    "IEC 62443-4-2": "iec62443-4-2",
}


@with_sources
@pytest.mark.parametrize(("scheme", "key"), SCHEMES.items())
def test_pairs_of_jc_star(scheme: str, key: str) -> None:
    def folded(text: str) -> str:
        """Letters and digits only, as "Interface Access Control 2.b" and "interface-access-control.2.b" share them."""
        plain = re.sub(r"\[\*+\]|^Sch\.|^schedule-", "", text)
        return re.sub(r"[^a-z0-9]", "", plain.lower())

    listed = Counter(
        (row["star1_requirement"], folded(row["element"]))
        for row in pairs("mappings/jc-star-star1-pairs.tsv")
        if row["scheme"] == scheme
    )
    held = Counter(
        (mapping.subject.partition(":")[2], folded((mapping.object or "").partition(":")[2]))
        for mapping in ib.crosswalk("jc-star-1", key)
    )
    assert held == listed
    assert {mapping.relation for mapping in ib.crosswalk("jc-star-1", key)} == {ib.Relation.RELATED}


@with_sources
def test_all_schemes_of_jc_star_are_held() -> None:
    rows = pairs("mappings/jc-star-star1-pairs.tsv")
    assert {row["scheme"] for row in rows} == SCHEMES.keys()
    assert [each.local for each in ib.load("jc-star-1")] == list(
        dict.fromkeys(row["star1_requirement"] for row in rows)
    )


def test_numbers_of_the_proposal_are_not_taken_for_those_of_the_regulation() -> None:
    assert ("jc-star-1", "cra") not in ib.crosswalks()
    assert ib.info("cra-2022").superseded_by == ("cra",)


# --- the crosswalks that are judged ---------------------------------------------------------------------------------

JUDGED = {("ir8425", "en303645v3.1.3"): 77, ("ir8425", "cra"): 56, ("en303645v3.1.3", "cra"): 85}
judged = pytest.mark.parametrize("pair", JUDGED, ids="--".join)


@judged
def test_judged_rows_have_reasons_that_name_both_sides(pair: tuple[str, str]) -> None:
    found = ib.crosswalk(*pair)
    names = {"ir8425": "IR 8425", "en303645v3.1.3": "EN 303 645", "cra": "CRA"}
    assert len(found) == len({(each.subject, each.object) for each in found}) == JUDGED[pair]
    for mapping in found:
        assert mapping.basis is ib.Basis.CURATED
        assert mapping.strength
        assert mapping.rationale
        assert any(names[key] in mapping.rationale for key in pair), mapping
        both = mapping.rationale.startswith("Both ")
        assert both == (mapping.relation in {"intersects_with", "subset_of", "superset_of", "related"}), mapping
        assert ib.get(mapping.object or "").local.startswith(("annex-i.", "5.", "6."))


def test_no_judged_row_claims_that_a_law_is_met() -> None:
    """A law depends on a risk assessment: nothing is held to ask for all of a point, or for just the same."""
    strong = {ib.Relation.EQUAL, ib.Relation.SUPERSET_OF}
    for pair in (("ir8425", "cra"), ("en303645v3.1.3", "cra")):
        assert not strong & {mapping.relation for mapping in ib.crosswalk(*pair)}
        assert ib.coverage(*pair).covered == ()


@judged
def test_judged_rows_contradict_nothing(pair: tuple[str, str]) -> None:
    found = ib.check_crosswalks(pair)
    assert [each for each in found if each.kind == "contradiction"] == []


@judged
def test_the_header_says_what_the_mappings_are_not(pair: tuple[str, str]) -> None:
    header = (
        (ROOT / "data" / "crosswalks" / f"{'--'.join(pair)}.sssom.tsv").read_text("utf-8").partition("\nsubject_id")[0]
    )
    assert "This project's judgement" in header
    assert "no presumption of conformity" in header
