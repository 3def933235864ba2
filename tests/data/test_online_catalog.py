"""NIST's online catalog at its three states against its pages and workbooks, read without the code that built it."""

from __future__ import annotations

import csv
import html
import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import iotbaseline

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
DATA = Path(__file__).parents[2] / "data"

FIRST, SECOND, LAST, FINAL = (
    "online-catalog-2020-08",
    "online-catalog-2021-02",
    "online-catalog-2021-11",
    "sp800-213a",
)
FOLDERS = {FIRST: "2020-08-11", SECOND: "2021-02-10", LAST: "2021-11-05"}
STEPS = [(FIRST, SECOND), (SECOND, LAST), (LAST, FINAL)]
CROSSWALKS = {"sp800-53r5": "800-53", "csf1.1": "Cybersecurity_Framework"}
TECHNICAL = {"DI", "DC", "DP", "LA", "SU", "CS", "CE", "DS"}
BULLETED = {"requirement", "example", "remark"}

with_sources = pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")

Json = dict[str, Any]


@cache
def elements(key: str) -> dict[str, Json]:
    document = json.loads((DATA / "publications" / f"{key}.json").read_text("utf-8"))
    return {element["id"]: element for element in document["elements"]}


def local(identifier: str) -> str:
    return identifier.partition(":")[2]


def is_technical(identifier: str) -> bool:
    return local(identifier).partition(".")[0] in TECHNICAL


def technical(key: str) -> set[str]:
    return {identifier for identifier in elements(key) if is_technical(identifier)}


def catalog(key: str) -> set[str]:
    """All elements of a state; of the final, those of its sections 2 and 3 (without footnotes)."""
    if key != FINAL:
        return set(elements(key))
    return {each["id"] for each in elements(key).values() if each["section"] in ("2", "3") and each["kind"] != "remark"}


@cache
def lineage(before: str, after: str) -> list[Json]:
    found: list[Json] = json.loads((DATA / "lineage" / f"{before}--{after}.json").read_text("utf-8"))["records"]
    return found


@cache
def rows(target: str) -> list[dict[str, str]]:
    lines = (DATA / "crosswalks" / f"{LAST}--{target}.sssom.tsv").read_text("utf-8").splitlines()
    return list(csv.DictReader([each for each in lines if each[0] != "#"], delimiter="\t", quoting=csv.QUOTE_NONE))


def words(text: str) -> list[str]:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).split()


def digest(text: str) -> str:
    return sha256(" ".join(words(text)).encode()).hexdigest()


@cache
def page(key: str, part: str, name: str) -> str:
    """A page below its front matter; of its tags, only those around fold-outs are kept."""
    assert SOURCES
    text = (Path(SOURCES) / "online-catalog" / FOLDERS[key] / part / f"{name}.md").read_text("utf-8")
    return re.sub(r"<summary.*?</summary>|<(?!/?details>)[^>]+>", "", html.unescape(text.split("---\n", 2)[2]))


@cache
def pages(key: str, part: str) -> tuple[str, ...]:
    """The pages that hold the catalog."""
    assert SOURCES
    folder = Path(SOURCES) / "online-catalog" / FOLDERS[key] / part
    left_out = ("overview", "introduction", "coming_soon", "customer_introduction", "manufacturer_introduction")
    names = sorted(path.stem for path in folder.glob("*.md") if path.stem not in left_out)
    return tuple(page(key, part, name) for name in names)


def bullets(text: str) -> list[str]:
    return re.findall(r"^[ \t]*-[ \t]+(.+)$", text, re.MULTILINE)


def folded(text: str) -> tuple[str, str]:
    """A page without its fold-outs of examples, and the text of these."""
    parts = re.split(r"<details>(.*?)</details>", text, flags=re.DOTALL)
    return "".join(parts[::2]), "".join(parts[1::2])


def depth(identifier: str) -> int:
    """How far below its sub-capability (2020: its family or actor, 2021: its action) a requirement stands."""
    key = identifier.partition(":")[0]
    level, above = 0, identifier
    while elements(key)[above]["kind"] in BULLETED:
        level, above = level + 1, elements(key)[above]["parent"]
    return level


def levels(key: str, wanted: bool) -> list[int]:
    found = Counter(
        depth(each["id"])
        for each in elements(key).values()
        if each["kind"] == "requirement" and is_technical(each["id"]) is wanted
    )
    return [found[level] for level in sorted(found)]


# --- the three states --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "counts"),
    [
        (FIRST, {"capability": 15, "sub-capability": 83, "topic": 116, "requirement": 524, "example": 5, "remark": 1}),
        (SECOND, {"capability": 7, "sub-capability": 38, "requirement": 248}),
        (
            LAST,
            {
                "capability": 11,
                "sub-capability": 52,
                "topic": 32,
                "common-action": 50,
                "requirement": 434,
                "example": 125,
                "discussion": 24,
            },
        ),
    ],
)
def test_counts(key: str, counts: dict[str, int]) -> None:
    assert Counter(each["kind"] for each in elements(key).values()) == counts


def test_levels() -> None:
    assert levels(LAST, True) == [154, 84, 11]
    assert levels(LAST, False) == [180, 5]
    assert levels(SECOND, True) == [155, 82, 11]
    assert levels(FIRST, True) == [123, 89, 19]
    assert levels(FIRST, False) == [229, 64]


@pytest.mark.parametrize("key", FOLDERS)
def test_parents_come_first_and_identifiers_follow_from_them(key: str) -> None:
    seen: set[str] = set()
    for identifier, element in elements(key).items():
        parent = element.get("parent")
        assert (parent is None) == (element["kind"] == "capability")
        assert parent is None or (parent in seen and identifier.startswith(f"{parent}."))
        seen.add(identifier)


@pytest.mark.parametrize("key", FOLDERS)
def test_only_printed_names_and_labels(key: str) -> None:
    for each in elements(key).values():
        assert ("title" in each) == (each["kind"] in ("capability", "sub-capability", "topic"))
        printed = key == LAST and not is_technical(each["id"]) and ("title" in each or each["kind"] == "common-action")
        assert ("label" in each) == printed
        assert "page" not in each


@with_sources
@pytest.mark.parametrize("key", FOLDERS)
def test_every_bullet_is_an_element(key: str) -> None:
    texts = [text for part in ("technical", "nontechnical") for text in pages(key, part)]
    expected = Counter(digest(bullet) for text in texts for bullet in bullets(text))
    found = Counter(each["sha256"] for each in elements(key).values() if each["kind"] in BULLETED)
    printed_otherwise = {
        FIRST: {f"{FIRST}:N-CE.2.M.1", f"{FIRST}:N-LA.2.A.1.b"},
        SECOND: set(),
        LAST: {f"{LAST}:DO.MNT.b.1.5.example.1"},
    }[key]
    assert found - expected == Counter(elements(key)[each]["sha256"] for each in printed_otherwise)
    assert (expected - found).total() == (1 if key == FIRST else 0)


@with_sources
def test_examples_are_those_of_the_fold_outs() -> None:
    fold_outs = "\n".join(folded(text)[1] for text in pages(LAST, "nontechnical"))
    lines = {digest(line.strip(" -")) for line in fold_outs.splitlines() if words(line)}
    assert {each["sha256"] for each in elements(LAST).values() if each["kind"] == "example"} == lines


@with_sources
def test_headings_topics_and_actions() -> None:
    for key in FOLDERS:
        texts = [text for part in ("technical", "nontechnical") for text in pages(key, part)]
        headings = {
            digest(title)
            for text in texts
            for title in re.findall(r"^#+ (?:\W*\w\W*[.)]\W+)?(.+)$", text, re.MULTILINE)
        }
        named = [each for each in elements(key).values() if each["kind"] in ("capability", "sub-capability")]
        assert {digest(each["title"]) for each in named} == headings
    texts = list(pages(LAST, "nontechnical"))
    topics = [m for text in texts for m in re.findall(r"^ \*\*([a-z])\. (.+)\*\*$", text, re.MULTILINE)]
    found = [each for each in elements(LAST).values() if each["kind"] == "topic"]
    assert sorted((each["label"], each["title"]) for each in found) == sorted(topics)
    actions = [m for text in texts for m in re.findall(r"^ +(\d)\. \*\*(.+)$", text, re.MULTILINE)]
    found = [each for each in elements(LAST).values() if each["kind"] == "common-action"]
    assert sorted((each["label"], each["sha256"]) for each in found) == sorted((n, digest(text)) for n, text in actions)


@pytest.mark.slow
@with_sources
@pytest.mark.parametrize("key", FOLDERS)
def test_fingerprints_are_found_in_the_pages(key: str) -> None:
    """Runs of words of the page text, for what is not a single bullet."""
    running = [each for each in elements(key).values() if "sha256" in each and each["kind"] not in BULLETED]
    lengths = {each["words"] for each in running}
    found = set()
    for part in ("technical", "nontechnical"):
        for text in pages(key, part):
            tokens = words(text.replace("<details>", "").replace("</details>", ""))
            for length in lengths:
                for start in range(len(tokens) - length + 1):
                    found.add(sha256(" ".join(tokens[start : start + length]).encode()).hexdigest())
    assert not [each["id"] for each in running if each["sha256"] not in found]


@with_sources
def test_structured_form_has_the_same_elements() -> None:
    def walk(node: Json) -> Iterator[tuple[str, str]]:
        yield node["id"].replace("-", ".", 1), node.get("text") or node.get("statement") or ""
        for name in ("subcapabilities", "topics", "actions", "requirements", "children"):
            for below in node.get(name, []):
                yield from walk(below)

    assert SOURCES
    document = json.loads((Path(SOURCES) / "online-catalog" / "catalog-2021-11.json").read_text("utf-8"))
    printed = dict(pair for family in document["families"] for pair in walk(family))
    ours = {
        local(each["id"]): each for each in elements(LAST).values() if each["kind"] not in ("example", "discussion")
    }
    assert printed.keys() == ours.keys()
    for name, text in printed.items():
        assert not text or ours[name]["sha256"] == digest(text)


def test_dated_name() -> None:
    assert iotbaseline.load(f"{FINAL}@2020-08").key == FIRST


# --- the workbooks -----------------------------------------------------------------------------------------------


@cache
def workbook(target: str) -> tuple[tuple[str, int, str, tuple[tuple[str, bool], ...]], ...]:
    """Sheet, row, requirement and the mapping cell in pieces of one typeface, bold or not."""
    openpyxl = pytest.importorskip("openpyxl")
    assert SOURCES
    (path,) = (Path(SOURCES) / "online-catalog" / "workbooks").glob(f"*{CROSSWALKS[target]}.xlsx")
    found = []
    for sheet in openpyxl.load_workbook(path, rich_text=True).worksheets:
        name = "non-technical" if sheet.title.startswith("Non") else "technical"
        for row in sheet.iter_rows(min_row=2, max_col=5):
            cell = row[4]
            if not cell.value:
                continue
            pieces = [cell.value] if isinstance(cell.value, str) else list(cell.value)
            text = tuple(
                (piece, bool(cell.font.b)) if isinstance(piece, str) else (piece.text, bool(piece.font.b))
                for piece in pieces
            )
            found.append((name, cell.row, str(row[3].value or ""), text))
    return tuple(found)


def located(sheet: str, row: int) -> str:
    return f"workbook of 21 April 2021, {sheet} sheet, row {row}"


def printed_controls(pieces: tuple[tuple[str, bool], ...]) -> set[tuple[str, bool]]:
    """The controls of a cell and whether they are bold; an enhancement is named after its control."""
    text = "".join(piece for piece, _ in pieces)
    bold = [is_bold for piece, is_bold in pieces for _ in piece]
    found = set()
    controls = list(re.finditer(r"\b([A-Z]{2})-(\d+)", text))
    for control, following in zip(controls, [*controls[1:], None], strict=False):
        end = following.start() if following else len(text)
        name = f"{control[1]}-{control[2]}".lower()
        enhancements = list(re.finditer(r"\((\d+)\)", text[control.end() : end]))
        for each in enhancements:
            found.add((f"{name}.{each[1]}", bold[control.end() + each.start(1)]))
        if not enhancements:
            found.add((name, bold[control.start()]))
    return found


@with_sources
def test_links_to_controls() -> None:
    expected = {
        (located(sheet, row), f"sp800-53r5:{control}", bold)
        for sheet, row, _, pieces in workbook("sp800-53r5")
        for control, bold in printed_controls(pieces)
        if (sheet, row) != ("non-technical", 176)
    }
    mapped = [each for each in rows("sp800-53r5") if each["object_id"] != "sssom:NoTermFound"]
    assert {(each["locator"], each["object_id"], each["printed"] == "bold") for each in mapped} == expected
    assert len(mapped) == len(expected) == 454
    assert len({each["object_id"] for each in mapped}) == 147
    assert len({each["object_id"] for each in mapped if each["printed"]}) == 80


@with_sources
def test_links_to_outcomes() -> None:
    mapped = [each for each in rows("csf1.1") if each["object_id"] != "sssom:NoTermFound"]
    expected = set()
    for sheet, row, _, pieces in workbook("csf1.1"):
        for printed in re.findall(r"[A-Z]{2}[.-][A-Z]{2}-\d+", "".join(piece for piece, _ in pieces)):
            expected.add((located(sheet, row), printed))
    expected = {(place, printed) for place, printed in expected if not place.endswith("non-technical sheet, row 176")}
    found = {(each["locator"], each["printed"] or each["object_id"].partition(":")[2]) for each in mapped}
    assert found == expected
    assert len(mapped) == 537
    assert len({each["object_id"] for each in mapped}) == 64
    misprinted = {each["printed"]: each["object_id"] for each in mapped if each["printed"]}
    assert misprinted == {"PT.PT-1": "csf1.1:PR.PT-1", "ID-SC-3": "csf1.1:ID.SC-3"}


@with_sources
@pytest.mark.parametrize("target", CROSSWALKS)
def test_rows_without_a_mapping(target: str) -> None:
    expected = [
        located(sheet, row)
        for sheet, row, _, pieces in workbook(target)
        if "no mapping" in "".join(piece for piece, _ in pieces).lower()
    ]
    found = [each["locator"] for each in rows(target) if each["object_id"] == "sssom:NoTermFound"]
    assert sorted(found) == sorted(expected)


@with_sources
@pytest.mark.parametrize("target", CROSSWALKS)
def test_rows_say_what_their_subjects_say(target: str) -> None:
    """Word for word, but for bullets set into a cell and a few joined or cut words."""
    texts = {located(sheet, row): text for sheet, row, text, _ in workbook(target)}
    subjects = {each["locator"]: each["subject_id"] for each in rows(target)}
    assert len(subjects) == 341
    assert len(set(subjects.values())) == 341
    differing = {s for place, s in subjects.items() if digest(texts[place]) != elements(LAST)[s]["sha256"]}
    for identifier in differing:
        place = next(place for place, subject in subjects.items() if subject == identifier)
        element = elements(LAST)[identifier]
        start = digest(" ".join(words(texts[place])[: element["words"]]))
        joined = identifier in {f"{LAST}:{name}" for name in ("DO.CAP.a.2.4", "ID.CRI.d.3.1", "EA.EOL.a.1.2")}
        cut = identifier == f"{LAST}:IQ.BUG.a.1.3"
        assert joined or cut or start == element["sha256"], identifier


@pytest.mark.parametrize("target", CROSSWALKS)
def test_crosswalks_point_to_what_exists(target: str) -> None:
    for each in rows(target):
        assert each["subject_id"] in elements(LAST)
        assert each["object_id"] in elements(target) or each["object_id"] == "sssom:NoTermFound"
        assert (each["predicate_id"], each["basis"], each["fidelity"]) == ("ir8477:related", "official", "full")
        assert "draft" in each["comment"]


# --- the lineage -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "after"), [*STEPS, (FIRST, LAST)])
def test_derived_records_have_equal_wording(before: str, after: str) -> None:
    for record in lineage(before, after):
        if record["basis"] == "derived":
            (old,), (new,) = record["before"], record["after"]
            assert elements(before)[old]["sha256"] == elements(after)[new]["sha256"]
            assert record["change"] in ("continued", "moved")


@pytest.mark.parametrize(("before", "after"), [*STEPS, (FIRST, LAST)])
def test_judged_records_do_not_hide_equal_wording(before: str, after: str) -> None:
    for record in lineage(before, after):
        if record["basis"] == "curated" and len(record["before"]) == len(record["after"]) == 1:
            old, new = elements(before)[record["before"][0]], elements(after)[record["after"][0]]
            same = "sha256" in old and old.get("sha256") == new.get("sha256")
            assert same == record["evidence"].startswith("same wording")
            assert not same or old["kind"] != new["kind"]


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_every_element_is_accounted_for(before: str, after: str) -> None:
    records = lineage(before, after)
    expected = technical(before) if before == FIRST else catalog(before)
    assert {identifier for record in records for identifier in record["before"]} == expected
    expected = technical(after) if after == LAST else catalog(after)
    assert {identifier for record in records for identifier in record["after"]} == expected


def test_every_action_of_the_manufacturer_is_accounted_for() -> None:
    told = {identifier for record in lineage(FIRST, LAST) for identifier in record["before"]}
    of_manufacturer = {identifier for identifier in elements(FIRST) if ".M." in identifier}
    assert of_manufacturer <= told
    assert not [identifier for identifier in told if is_technical(identifier) or ".A" in identifier]
    assert {each for record in lineage(FIRST, LAST) for each in record["after"]} <= set(elements(LAST)) - technical(
        LAST
    )


@pytest.mark.parametrize(("before", "after"), [*STEPS, (FIRST, LAST)])
def test_no_element_has_two_fates(before: str, after: str) -> None:
    records = lineage(before, after)
    assert max(Counter(identifier for record in records for identifier in record["before"]).values()) == 1


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_moved_is_what_belongs_to_another_sub_capability(before: str, after: str) -> None:
    def home(key: str, identifier: str) -> str:
        above: str = elements(key)[identifier].get("parent", "")
        if not above or elements(key)[above]["kind"] in ("capability", "sub-capability"):
            return above
        return home(key, above)

    became = {each: record["after"] for record in lineage(before, after) for each in record["before"]}
    for record in lineage(before, after):
        if record["basis"] == "derived":
            (old,), (new,) = record["before"], record["after"]
            stays = home(after, new) in became.get(home(before, old), [""])
            assert record["change"] == ("continued" if stays else "moved"), old


# --- summaries ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", FOLDERS)
def test_every_statement_has_a_summary(key: str) -> None:
    lacking = [
        each["id"]
        for each in elements(key).values()
        if "sha256" in each and each["kind"] != "topic" and not each.get("summary")
    ]
    assert not lacking


@pytest.mark.parametrize("key", FOLDERS)
def test_same_wording_has_the_same_summary(key: str) -> None:
    known = {each["sha256"]: each.get("summary") for each in elements(FINAL).values() if "sha256" in each}
    for each in elements(key).values():
        if each.get("sha256") in known:
            assert each.get("summary"), each["id"]
            assert not each["summary"].endswith(".")
