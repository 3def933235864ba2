"""SP 800-213A against its text and a mechanical reading of its tables, read here without the code that built it."""

from __future__ import annotations

import csv
import json
import os
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
DATA = Path(__file__).parents[2] / "data"
KEY = "sp800-213a"
TECHNICAL = ["DI", "DC", "DP", "LA", "SU", "CS", "DS"]
NON_TECHNICAL = ["DO", "IQ", "ID", "EA"]
COUNTS = {
    "capability": 11,
    "sub-capability": 54,
    "discussion": 65,
    "requirement": 505,
    "example": 5,
    "profile-entry": 46,
    "topic": 2,
    "term": 1,
    "remark": 22,
}
NOTHING = "sssom:NoTermFound"

with_sources = pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")

Json = dict[str, Any]


def source(name: str) -> str:
    assert SOURCES
    return (Path(SOURCES) / name).read_text("utf-8")


@cache
def reading() -> Json:
    """The mechanical reading of the related controls and of Appendices B and C, mended where the conversion is broken.

    NIST's PDF has the second reference of PM-20 in its own row, a row SI-20, and an empty row DE.DP-1.
    """
    document: Json = json.loads(source("mappings/sp800-213a-controls.json"))
    controls = {row["control"]: row for row in document["appendix_b"]}
    moved = controls["PM-21"]["nontechnical"]
    controls["PM-20"]["nontechnical"] += f", {moved}"
    controls["PM-21"]["nontechnical"] = ""
    place = document["appendix_b"].index(controls["SI-21"])
    document["appendix_b"].insert(place, {"control": "SI-20", "technical": "", "nontechnical": ""})
    outcomes = {row["csf_1_1"]: row for row in document["appendix_c"]}
    outcomes["DE.DP-2"] |= {"technical": "CS: AUP(2)", "nontechnical": "DO: DAU"}
    return document


@cache
def pages() -> list[str]:
    """The text of each page; the first two have no number, the third is page 1."""
    return re.split(r"(?m)^\{\d+\}-+$", source("nist/sp800-213a.md"))[1:]


@cache
def elements() -> dict[str, Json]:
    document = json.loads((DATA / "publications" / f"{KEY}.json").read_text("utf-8"))
    return {element["id"].partition(":")[2]: element for element in document["elements"]}


def of_kind(kind: str) -> dict[str, Json]:
    return {local: element for local, element in elements().items() if element["kind"] == kind}


@cache
def rows(name: str) -> list[dict[str, str]]:
    lines = (DATA / "crosswalks" / f"{name}.sssom.tsv").read_text("utf-8").splitlines()
    return list(csv.DictReader([x for x in lines if x[0] != "#"], delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def errata() -> list[Json]:
    found: list[Json] = json.loads((DATA / "errata.json").read_text("utf-8"))["errata"]
    return [erratum for erratum in found if erratum["publication"] == KEY]


@cache
def known_identifiers() -> set[str]:
    documents = (json.loads(path.read_text("utf-8")) for path in (DATA / "publications").glob("*.json"))
    return {element["id"] for document in documents for element in document["elements"]}


def control(printed: str) -> str:
    family, number, enhancement = re.findall(r"([A-Z]+)-(\d+)(?:\((\d+)\))?$", printed)[0]
    return f"sp800-53r5:{family.lower()}-{number}" + (f".{enhancement}" if enhancement else "")


def tokens(text: str) -> list[str]:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).split()


# --- structure -----------------------------------------------------------------------------------------------------


def test_counts() -> None:
    assert Counter(element["kind"] for element in elements().values()) == COUNTS
    depths = Counter(local.count(".") for local in of_kind("requirement"))
    assert depths == {2: 221, 3: 282, 4: 2}


def test_parents_come_first_and_follow_from_the_identifiers() -> None:
    seen: set[str] = set()
    for local, element in elements().items():
        parent = element.get("parent", "").removeprefix(f"{KEY}:")
        assert not parent or parent in seen
        if element["kind"] in ("sub-capability", "requirement", "discussion"):
            assert parent == local.rpartition(".")[0]
        if element["kind"] == "example":
            assert parent == local.partition(".example")[0]
        seen.add(local)


def test_labels_are_the_printed_notation() -> None:
    for local, element in elements().items():
        family, *rest = local.split(".")
        if element["kind"] == "sub-capability":
            assert element["label"] == f"{family}:{rest[0]}"
        if element["kind"] == "requirement":
            code, number, *letters = rest
            assert element["label"] == f"{family}:{code}({number}{'.'.join(letters)})"


def test_sides() -> None:
    sides = {local: element["provider"] for local, element in of_kind("capability").items()}
    assert list(sides) == TECHNICAL + NON_TECHNICAL
    assert all(sides[family] == ("device" if family in TECHNICAL else "manufacturer") for family in sides)


def test_everything_but_the_rows_of_the_profile_has_a_summary() -> None:
    assert all(("summary" in element) == (element["kind"] != "profile-entry") for element in elements().values())


@with_sources
def test_capabilities_and_sub_capabilities_in_order() -> None:
    expected = []
    for page, text in enumerate(pages(), -1):
        for found in re.finditer(r"(?m)^#.*\*\*(?:([A-Z]{2}) - ([A-Z -]+)|\(([A-Z]{3})\) (.+))\*\*$", text):
            family, family_name, code, name = found.groups()
            expected.append((family or code, (family_name or name).casefold(), str(page)))
    held = {local: each for local, each in elements().items() if each["kind"] in ("capability", "sub-capability")}
    assert [(local[3:] or local, each["title"].casefold(), each["page"]) for local, each in held.items()] == expected
    assert list(of_kind("capability")) == [entry["id"] for entry in reading()["capabilities"]]
    assert [each["label"] for each in of_kind("sub-capability").values()] == [
        entry["id"] for entry in reading()["sub_capabilities"]
    ]


@with_sources
def test_numbers_of_requirements() -> None:
    for entry in reading()["sub_capabilities"]:
        below = [local for local in of_kind("requirement") if local.startswith(entry["id"].replace(":", ".") + ".")]
        numbers = [int(local.split(".")[2]) for local in below if local.count(".") == 2]
        letters = [local for local in below if local.count(".") == 3]
        assert numbers == list(range(1, entry["numbered_requirements"] + 1)), entry["id"]
        assert len(letters) == entry["lettered_items"], entry["id"]
        for parent, group in groups(letters).items():
            assert group == [chr(ord("a") + place) for place in range(len(group))], parent


def groups(locals_: Iterable[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for local in locals_:
        parent, _, last = local.rpartition(".")
        found[parent].append(last)
    return found


@with_sources
def test_related_controls_as_printed() -> None:
    text = "\n".join(pages())
    lines = re.findall(r"(?m)^#* *Related SP 800-53 Rev\. 5 Controls: (.+)$", text)
    for (local, element), entry, line in zip(
        of_kind("sub-capability").items(), reading()["sub_capabilities"], lines, strict=True
    ):
        printed = re.findall(r"[A-Z]{2}-\d+(?:\(\d+\))?", line)
        assert printed == entry["related_controls_as_printed"]
        assert element["related_controls"] == [control(each) for each in printed if each != "SR-8(32)"]
        found = [row for row in rows(f"{KEY}--sp800-53r5") if row["subject_id"] == f"{KEY}:{local}"]
        assert [row["printed"] for row in found] == printed
        assert [row["object_id"] or row["object_label"] for row in found] == [
            each if each == "SR-8(32)" else control(each) for each in printed
        ]
    assert len(rows(f"{KEY}--sp800-53r5")) == 275


# --- wordings ------------------------------------------------------------------------------------------------------


JOINED = re.compile(
    r"(organizationally)(defined)|(sub)(capab)|(cybersecurity)(related)|(non)(technical)", re.IGNORECASE
)


def words_with_pages() -> list[tuple[str, int]]:
    """Every word of the text with its printed page; those of the footnotes follow at the end."""
    body: list[tuple[str, int]] = []
    notes: list[tuple[str, int]] = []
    for page, text in enumerate(pages(), -1):
        for line in text.splitlines():
            if line.startswith("![") or re.match(r"\*\*Federal Profile\*\* \d+$", line):
                continue
            is_note = "<sup>" in line or line.startswith("may not be since")
            line = re.sub(r"<span[^>]*></span>|<sup>\d+</sup>|\[\d\]\(#[^)]*\)", "", line)
            line = re.sub(r"\]\((?:#|http|mailto)[^)]*\)", "]", line).replace("\\", "")
            line = JOINED.sub(lambda word: "-".join(filter(None, word.groups())), line)
            (notes if is_note else body).extend((word, page) for word in tokens(line))
    return body + notes


@pytest.mark.slow
@with_sources
def test_every_wording_stands_on_its_page() -> None:
    marked = [element for element in elements().values() if "sha256" in element]
    assert len(marked) == sum(COUNTS.values()) - COUNTS["profile-entry"] - COUNTS["topic"]
    words = words_with_pages()
    text = " ".join(word for word, _ in words)
    starts = [found.start() for found in re.finditer(r"\S+", text)]
    wanted = {element["sha256"] for element in marked}
    places: defaultdict[str, set[str]] = defaultdict(set)
    for length in {element["words"] for element in marked}:
        ends = [*(start - 1 for start in starts[length:]), len(text)]
        for start, end, (_, page) in zip(starts, ends, words, strict=False):
            digest = sha256(text[start:end].encode()).hexdigest()
            if digest in wanted:
                places[digest].add(str(page))
    assert [each["id"] for each in marked if each["page"] not in places[each["sha256"]]] == []


# --- the federal profile -------------------------------------------------------------------------------------------


@with_sources
def test_federal_profile() -> None:
    text = source("notes/sp800-213a-federal-profile.md")
    table = re.findall(r"(?m)^\| (?!\*\*)(.+) \(([A-Z]{3})\) \| (\(.+\)) \| (.+) \|$", text)
    assert len(table) == 46
    for (local, entry), (title, code, selection, controls) in zip(of_kind("profile-entry").items(), table, strict=True):
        sub_capability = local.removeprefix("profile.")
        assert (entry["title"], entry["label"][3:], local[-3:]) == (title, code, code)
        assert entry["related_controls"] == [control(each) for each in controls.split(", ")]
        numbers = re.findall(r"\((\d+)\)", selection)
        has_requirements = any(each.startswith(f"{sub_capability}.") for each in of_kind("requirement"))
        if numbers:
            assert entry["selects"] == [f"{KEY}:{sub_capability}.{number}" for number in numbers]
        else:
            assert entry["selects"] == [f"{KEY}:{sub_capability}"]
            assert entry["note"] == f"Printed: {selection}"
            assert has_requirements == (selection == "(all requirements)")


def test_the_profile_selects_what_exists() -> None:
    for entry in of_kind("profile-entry").values():
        assert set(entry["selects"]) | set(entry["related_controls"]) <= known_identifiers()


# --- Appendices B and C --------------------------------------------------------------------------------------------


def items(cell: str) -> list[str]:
    """The local identifiers that a cell of the mechanical reading refers to, whether they exist or not."""
    home = {local[3:]: local for local in of_kind("sub-capability")}
    found = []
    for code, listed in re.findall(r"\b([A-Z]{3})((?:\([^)]*\))*)", cell):
        number = ""
        names = re.findall(r"\d+|[a-z]", listed)
        parts = []
        for place, name in enumerate(names):
            if name.isdigit():
                number = name
                if place + 1 == len(names) or names[place + 1].isdigit():
                    parts.append(number)
            else:
                parts.append(f"{number}.{name}")
        found += [f"{home[code]}.{part}" for part in parts] or [home[code]]
    return [local if local in elements() else local.removesuffix(".1") for local in found]


def expected_edges(name: str, subject: str) -> list[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    for row in reading()[name]:
        label = row[subject]
        cited = items(row["technical"]) + items(row["nontechnical"])
        found |= {(label, local): None for local in cited or [NOTHING]}
    return list(found)


def printed_edges(name: str) -> list[tuple[str, str]]:
    return [
        (row["subject_id"], row["object_id"].removeprefix(f"{KEY}:") or row["object_label"][4:]) for row in rows(name)
    ]


@with_sources
def test_appendix_b() -> None:
    expected = [
        (control(label), "CSC(2e)" if local == "EA.CSC.2.e" else local)
        for label, local in expected_edges("appendix_b", "control")
    ]
    assert printed_edges(f"sp800-53r5--{KEY}") == expected
    assert len([local for _, local in expected if local != NOTHING]) == 559
    assert len({label for label, local in expected if local == NOTHING}) == 178


@with_sources
def test_appendix_c() -> None:
    expected = [
        (f"csf1.1:{label}", "CSC(2e)" if local == "EA.CSC.2.e" else local)
        for label, local in expected_edges("appendix_c", "csf_1_1")
    ]
    assert printed_edges(f"csf1.1--{KEY}") == expected
    assert len({label for label, local in expected if local == NOTHING}) == 43


@pytest.mark.parametrize("name", [f"{KEY}--sp800-53r5", f"sp800-53r5--{KEY}", f"csf1.1--{KEY}"])
def test_crosswalk_rows(name: str) -> None:
    pairs = Counter((row["subject_id"], row["object_id"], row["object_label"]) for row in rows(name))
    assert max(pairs.values()) == 1
    relation = "supports" if name.startswith(KEY) else "is_supported_by"
    for row in rows(name):
        assert (row["predicate_id"], row["basis"]) == (f"ir8477:{relation}", "official")
        assert {row["subject_id"], row["object_id"]} - {"", NOTHING} <= known_identifiers()
        assert bool(row["object_id"]) != bool(row["object_label"])
        assert bool(row["printed"]) == (row["object_id"] != NOTHING)
        assert re.fullmatch(r"(section [23]|Appendix [BC]), p\. \d+", row["locator"])


# --- errata --------------------------------------------------------------------------------------------------------


def test_errata_by_defect() -> None:
    assert Counter(erratum["defect"] for erratum in errata()) == {
        "disagreement": 27,
        "misprint": 52,
        "wrong-prefix": 9,
        "omission": 2,
        "unknown-reference": 6,
        "outdated-number": 3,
        "unknown-control": 1,
    }


def test_errata_lead_to_elements() -> None:
    assert {name for erratum in errata() for name in erratum.get("elements", ())} <= known_identifiers()


def of_defect(defect: str, place: str) -> list[Json]:
    return [erratum for erratum in errata() if erratum["defect"] == defect and place in erratum["locator"]]


@with_sources
def test_misprints_of_the_mechanical_reading_are_errata() -> None:
    listed = reading()["inconsistencies_in_the_text"]
    for appendix in ("B", "C"):
        entries = listed[f"appendix_{appendix.lower()}"]
        wrong = {entry["row"] for entry in entries if "printed_under" in entry}
        assert {
            erratum["locator"].rpartition("row ")[2] for erratum in of_defect("wrong-prefix", f"ix {appendix}")
        } == wrong
        printed = "; ".join(erratum["printed"] for erratum in of_defect("wrong-prefix", f"ix {appendix}"))
        assert all(entry["reference"] in printed for entry in entries if "printed_under" in entry)
        unknown = [entry["reference"] for entry in entries if "printed_under" not in entry]
        assert set(unknown) <= {erratum["printed"] for erratum in of_defect("unknown-reference", f"ix {appendix}")}
    assert [erratum["printed"] for erratum in of_defect("unknown-control", "")] == ["SR-8(32)"]


def differences() -> Iterator[tuple[str, set[str], set[str]]]:
    """Each sub-capability with the controls that only its line, and only Appendix B, relates to it."""
    citing: defaultdict[str, set[str]] = defaultdict(set)
    for row in reading()["appendix_b"]:
        for local in items(row["technical"]) + items(row["nontechnical"]):
            citing[".".join(local.split(".")[:2])].add(row["control"])
    for entry in reading()["sub_capabilities"]:
        local = entry["id"].replace(":", ".")
        line = set(entry["related_controls_as_printed"])
        if line != citing[local]:
            yield f"{KEY}:{local}", line - citing[local], citing[local] - line


@with_sources
def test_disagreements_of_lines_and_appendix_b() -> None:
    found = []
    for erratum in of_defect("disagreement", "; Appendix B"):
        line, _, table = erratum["printed"].partition(";")
        controls = [set(re.findall(r"[A-Z]{2}-\d+(?:\(\d+\))?", side)) for side in (line, table)]
        found.append((erratum["elements"][0], *controls))
    assert found == list(differences())


def covers(one: str, other: str) -> bool:
    """Whether one of two items is the other or lies under it."""
    return f"{one}.".startswith(f"{other}.") or other.startswith(f"{one}.")


@with_sources
def test_rows_of_appendix_a_whose_controls_belong_to_what_they_leave_out() -> None:
    cited: defaultdict[str, list[str]] = defaultdict(list)
    for row in reading()["appendix_b"]:
        cited[row["control"]] += items(row["technical"]) + items(row["nontechnical"])
    expected: dict[str, set[str]] = {}
    for local, entry in of_kind("profile-entry").items():
        taken = [each.partition(":")[2] for each in entry["selects"]]
        whole = local.removeprefix("profile.")
        for curie in entry["related_controls"]:
            joined = [each for name in cited if control(name) == curie for each in cited[name] if covers(each, whole)]
            if joined and not any(covers(one, each) for one in joined for each in taken):
                expected.setdefault(f"{KEY}:{local}", set()).add(curie)
    found = {
        erratum["elements"][0]: {control(each) for each in erratum["printed"].partition(": ")[2].split(", ")}
        for erratum in of_defect("disagreement", " of Appendix B")
    }
    assert found == expected
    assert found[f"{KEY}:profile.DO.SMP"] == {"sp800-53r5:ia-1"}


def test_rows_of_appendix_a_with_controls_that_the_sub_capability_lacks() -> None:
    beyond = {
        local: set(entry["related_controls"]) - set(elements()[local.removeprefix("profile.")]["related_controls"])
        for local, entry in of_kind("profile-entry").items()
    }
    found = {
        erratum["elements"][0].partition(":")[2]: set(map(control, erratum["printed"].partition(": ")[2].split(", ")))
        for erratum in of_defect("disagreement", "Appendix A")
        if erratum["printed"].startswith("not among")
    }
    assert found == {local: controls for local, controls in beyond.items() if controls}


@cache
def workbook(name: str) -> dict[tuple[bool, int], str]:
    """What each row of a workbook of April 2021 joins to; the key says whether the sheet is the technical one."""
    openpyxl = pytest.importorskip("openpyxl")
    assert SOURCES
    (path,) = (Path(SOURCES) / "online-catalog" / "workbooks").glob(f"*{name}.xlsx")
    return {
        (not sheet.title.startswith("Non"), row[4].row): str(row[4].value or "")
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows(min_row=2, max_col=5)
    }


@with_sources
@pytest.mark.parametrize(
    ("appendix", "name", "subject"),
    [("B", "800-53", "control"), ("C", "Cybersecurity_Framework", "csf_1_1")],
)
def test_outdated_letters_are_those_of_the_workbooks(appendix: str, name: str, subject: str) -> None:
    """Rows 175 to 179 are the items of EA:CSC(2) with one more, row 176, so that the third is now b."""
    now = dict(zip("acde", "abcd", strict=True))
    [erratum] = of_defect("outdated-number", f"Appendix {appendix}, row AC" if appendix == "B" else "Appendix C")
    printed, expected = (
        {label: found[-1] for each in erratum[reading_].split("; ")
         for label, found in [(each.partition(": ")[0], re.findall(r"[a-e](?:,[a-e])*", each))]}
        for reading_ in ("printed", "expected")
    )  # fmt: skip
    labels = {row[subject] for row in reading()[f"appendix_{appendix.lower()}"] if "CSC(2" in row["nontechnical"]}
    assert printed.keys() == expected.keys() == labels
    for label in labels:
        joined = re.compile(rf"\b{re.escape(label)}(?!\d)")
        letters = [chr(ord("a") + row - 175) for row in range(175, 180) if joined.search(workbook(name)[False, row])]
        assert printed[label].split(",") == letters
        assert expected[label].split(",") == [now[letter] for letter in letters if letter in now]
    unknown = [each for each in of_defect("unknown-reference", f"Appendix {appendix}") if "CSC(2e)" in each["printed"]]
    assert [each["expected"] for each in unknown] == ["EA: CSC(2d)"]


@cache
def joins_of_2021() -> dict[str, dict[str, str]]:
    """What the workbooks join to each item of the catalog as it is numbered now, with the place of the join."""
    document = json.loads((DATA / "lineage" / f"online-catalog-2021-11--{KEY}.json").read_text("utf-8"))
    now = {before: record["after"] for record in document["records"] for before in record.get("before", ())}
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for target in ("sp800-53r5", "csf1.1"):
        for row in rows(f"online-catalog-2021-11--{target}"):
            for local in now.get(row["subject_id"], ()):
                found[local][row["object_id"]] = row["locator"]
    return found


def test_misplaced_references_differ_from_the_workbooks() -> None:
    """The first element is the row, the second the row that the workbook has instead, the last the item."""
    misplaced = [each for each in of_defect("misprint", ", row ") if each["evidence"].startswith("Probable")]
    assert [each["printed"].partition(":")[0] for each in misplaced] == ["AC-21", "RS.IM-1"]
    lines = of_kind("sub-capability")
    for erratum in misplaced:
        printed, expected, item = erratum["elements"]
        joins = joins_of_2021()[item]
        assert printed not in joins
        assert re.search(rf"\brows? .*{joins[expected].rpartition(' ')[2]}\b", erratum["evidence"])
        if expected.startswith("sp800-53r5"):
            assert expected in lines[item.partition(":")[2][:6]]["related_controls"]
        appendix = rows(f"{printed.partition(':')[0]}--{KEY}")
        assert item in {row["object_id"] for row in appendix if row["subject_id"] == printed}
        assert item not in {row["object_id"] for row in appendix if row["subject_id"] == expected}


def test_the_number_that_changed_places() -> None:
    [erratum] = of_defect("outdated-number", "row IA-6")
    feedback, printed, expected = erratum["elements"]
    assert {each for each in joins_of_2021()[expected] if each.startswith("sp800-53r5")} == {feedback}
    assert feedback not in joins_of_2021()[printed]


@with_sources
@pytest.mark.parametrize(("appendix", "proved"), [("B", ["LA.XCN.4"]), ("C", [])])
def test_only_what_was_probably_lost_on_the_way_to_print_is_an_omission(appendix: str, proved: list[str]) -> None:
    """That no row cites an item is no error: the workbooks of April 2021 join some items to nothing."""
    table = reading()[f"appendix_{appendix.lower()}"]
    cited = {local for row in table for local in items(row["technical"]) + items(row["nontechnical"])}
    missing = {
        local
        for local in [*of_kind("requirement"), *of_kind("sub-capability")]
        if not any(f"{local}.".startswith(f"{each}.") or each.startswith(f"{local}.") for each in cited)
    }
    listed = [name for erratum in of_defect("omission", f"Appendix {appendix}") for name in erratum["elements"]]
    assert listed == [f"{KEY}:{local}" for local in proved]
    assert set(proved) < missing


@with_sources
def test_controls_exist_and_are_in_force() -> None:
    named = {each for entry in reading()["sub_capabilities"] for each in entry["related_controls_as_printed"]}
    named |= {row["control"] for row in reading()["appendix_b"]}
    for release in ("5.0.1", "5.2.0"):
        text = source(f"oscal/NIST_SP-800-53_rev{release}_catalog-min.json")
        stack: list[Json] = list(json.loads(text)["catalog"]["groups"])
        known, withdrawn = set(), set()
        while stack:
            node = stack.pop()
            stack += node.get("controls", [])
            known.add(f"sp800-53r5:{node['id']}")
            if any(prop["value"].lower() == "withdrawn" for prop in node.get("props", [])):
                withdrawn.add(f"sp800-53r5:{node['id']}")
        assert [each for each in named if control(each) not in known] == ["SR-8(32)"]
        assert not {control(each) for each in named} & withdrawn
