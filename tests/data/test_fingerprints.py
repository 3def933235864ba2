"""Every fingerprint of an official wording, found again in the copies of its publication.

The copies are conversions with defects of their own; where one breaks a statement up, the table of exceptions says how,
and the statement is looked for in another way. The reading copies in notes/ then show where statements begin and end.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

import iotbaseline
from iotbaseline import Fingerprint

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
COPIES = {
    "ir8259-2020": "ir8259",
    "ir8259a": "ir8259a",
    "ir8259b": "ir8259b",
    "ir8425": "ir8425",
    "ir8425-second-copy": "ir8425",
    "ir8562": "ir8562",
    "sp800-213": "sp800-213",
    "fcc-24-26-paragraph-99": "fcc-24-26",
    "cswp33-ipd": "cswp33.ipd",
}

pytestmark = pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")

Wordings = Iterator[tuple[str, str]]

FOOTNOTES = re.compile(
    r"^(?:<span[^>]*></span>)*<sup>\d+</sup>.*?(?=^\{)"  # from the first one to the foot of the page
    r"|^\(\^\d+\) .*?\n\n(?:## [^\n]*)?",  # and the heading that the second copy has there
    re.MULTILINE | re.DOTALL,
)
FURNITURE = (
    (r"<span[^>]*></span>|<sup>\d+</sup>", ""),
    (r"\[\d+\.?\]\(#page[^)]*\)|\^\d+", ""),  # the marks of footnotes
    (r"\[((?:\\.|[^]\\])*)\]\([^)\s]*\)", r"\1"),  # links
    (r"<br>", " "),
    (r"^(?:\{\d+\}-+|September 2022 for Consumer IoT Products)$", ""),  # page breaks
)


def read(copy: str, folder: str = "nist") -> str:
    return (Path(SOURCES or "") / folder / f"{copy}.md").read_text("utf-8")


def clean(text: str) -> str:
    for pattern, kept in FURNITURE:
        text = re.sub(pattern, kept, text, flags=re.MULTILINE)
    return text


def mended(printed: str, meant: str, text: str) -> str:
    return clean(text.replace(printed, meant))


def without_footnotes(text: str) -> str:
    return clean(FOOTNOTES.sub("", text))


def left_column(text: str) -> str:
    return clean("\n".join(line.split("|")[1] for line in text.splitlines() if line.startswith("|")))


def second_copy(_: str) -> str:
    return clean(read("ir8425-second-copy"))


Elsewhere = tuple[str, Callable[[str], str]]
FOOTNOTE: Elsewhere = "footnotes stand between the two parts of the statement", without_footnotes
SCENARIO: Elsewhere = "the lines of the table cell are in disorder", second_copy
SUB_CRITERIA: Elsewhere = "the hyphen of sub-criteria is lost at a line end", second_copy
ON_BOARDING: Elsewhere = "the hyphen at a line end is lost", partial(mended, "onboarding", "on-boarding")
RE_PROVISIONED: Elsewhere = "the hyphen at a line end is lost", partial(mended, "reprovisioned", "re-provisioned")
COLUMNS: Elsewhere = "the table gives the lines of both columns in turn", left_column
NON_TECHNICAL: Elsewhere = "the hyphen of non-technical is lost", partial(mended, "nontechnical", "non-technical")

EXCEPTIONS: dict[str, dict[str, Elsewhere]] = {
    "ir8259-2020": {
        "activity-4.secure-development.3": FOOTNOTE,
        "4.2.2.3": ("the second hyphen of end-of-life is lost", partial(mended, "end-oflife", "end-of-life")),
    },
    "ir8425": {
        "interface-access-control.2.c": ON_BOARDING,
        "product-education-and-awareness.1.c": RE_PROVISIONED,
        "applicability": FOOTNOTE,
        "documentation.1.d.i": FOOTNOTE,
        "reading-rule": SUB_CRITERIA,
        "fn.20": SUB_CRITERIA,
        "table-1.mirai-malware-variants-attacks": SCENARIO,
        "table-1.unauthorized-publication-of-fitness-tracker-data": SCENARIO,
    },
    "ir8425-second-copy": {
        "applicability": FOOTNOTE,
        "documentation.1.d.i": FOOTNOTE,
        "fn.3": ("the number of the next footnote stands in a word", partial(mended, "Wi 4 -Fi", "Wi-Fi")),
        "fn.4": ("the number of the next footnote stands in a word", partial(mended, "play 5 s", "plays")),
        "fn.14": ("a blank stands after the first letter", partial(mended, "I nformation", "Information")),
    },
    "sp800-213": {
        "3.1.key-requirements.3": NON_TECHNICAL,
        "term.non-technical-supporting-capability-core-baseline": NON_TECHNICAL,
    },
    "cswp33-ipd": {
        **{f"documentation.1.{letter}": COLUMNS for letter in "abcdef"},
        **{f"information-and-query-reception.1.{letter}": COLUMNS for letter in "ab"},
    },
}
"""By copy and element: why the wording does not stand in the copy in one piece, and how it is found nevertheless."""


PAGE_OFFSETS = {"ir8259-2020": 9, "ir8425": 6, "sp800-213": 7, "cswp33-ipd": 3}
"""What to take from the number of a page mark to get the printed page."""
ASTRAY = {
    "sp800-213": {"3.2", "3.3", "4.2"},  # the page is that of the heading, the wording a sentence further down
}
"""Elements whose wording does not begin on the page they give."""


def fingerprints(key: str) -> dict[str, Fingerprint]:
    return {each.local: each.fingerprint for each in iotbaseline.load(key) if each.fingerprint}


def in_copy(copy: str) -> dict[str, Fingerprint]:
    """The fingerprints of what the copy holds; of the FCC's order that is its paragraph 99."""
    wanted = fingerprints(COPIES[copy])
    if copy == "fcc-24-26-paragraph-99":
        publication = iotbaseline.load(COPIES[copy])
        return {local: wanted[local] for local in wanted if publication[local].section == "paragraph 99"}
    return wanted


def found(text: str, wanted: dict[str, Fingerprint]) -> set[str]:
    wordings = iotbaseline.find_wordings(text, wanted.values())
    return {local for local, fingerprint in wanted.items() if fingerprint in wordings}


@pytest.mark.slow
@pytest.mark.parametrize("copy", COPIES)
def test_every_wording_but_the_exceptions_stands_in_the_copy(copy: str) -> None:
    wanted = in_copy(copy)
    assert wanted
    assert wanted.keys() - found(clean(read(copy)), wanted) == EXCEPTIONS.get(copy, {}).keys()


@pytest.mark.parametrize(("copy", "local"), [(copy, local) for copy in EXCEPTIONS for local in EXCEPTIONS[copy]])
def test_every_exception_is_found_elsewhere(copy: str, local: str) -> None:
    reason, elsewhere = EXCEPTIONS[copy][local]
    wanted = {local: fingerprints(COPIES[copy])[local]}
    assert found(elsewhere(read(copy)), wanted) == {local}, reason


@pytest.mark.parametrize("copy", PAGE_OFFSETS)
def test_wordings_begin_on_the_page_of_their_element(copy: str) -> None:
    """They stand on that page and the next one together, but not on the next one alone."""
    _, *parts = re.split(r"^\{(\d+)\}-+$", read(copy), flags=re.MULTILINE)
    pages = {int(number) - PAGE_OFFSETS[copy]: text for number, text in zip(parts[::2], parts[1::2], strict=True)}
    by_page: dict[int, dict[str, Fingerprint]] = {}
    for local, fingerprint in fingerprints(COPIES[copy]).items():
        if local not in EXCEPTIONS.get(copy, {}):
            printed = iotbaseline.load(COPIES[copy])[local].page or ""
            by_page.setdefault(int(printed), {})[local] = fingerprint
    astray = set()
    for page, wanted in by_page.items():
        following = pages.get(page + 1, "")
        astray |= wanted.keys() - (found(clean(pages[page] + following), wanted) - found(clean(following), wanted))
    assert astray == ASTRAY.get(copy, set())


def test_elements_of_full_texts_without_a_fingerprint() -> None:
    """Only what has a name but no statement of its own goes without."""
    elements = [element for key in set(COPIES.values()) for element in iotbaseline.load(key)]
    assert {(each.publication, each.kind) for each in elements if not each.fingerprint} == {
        ("cswp33.ipd", "capability"),
        ("cswp33.ipd", "example"),
        ("cswp33.ipd", "standard"),
        ("fcc-24-26", "clause"),
        ("fcc-24-26", "topic"),
        ("ir8259", "topic"),
        ("sp800-213", "step"),
        ("sp800-213", "topic"),
    }


def slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


def part(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]


def reading_copy_of_a_core_baseline(note: str) -> Wordings:
    """Definitions, items and notes of IR 8259A and IR 8259B."""
    text = re.sub(r" \[footnote [^]]*\]", "", part(read(note, "notes"), "\n## Table 1\n", "\n## "))
    for row in text.split("\n### ")[1:]:
        name, _, row = row.partition("\n")
        base = local = slug(name[3:])
        yield base, part(row, 'Definition: "', '"\n')
        for number, letter, wording in re.findall(r"^(?:(\d)\.| +- ([a-h])\.) (.*)", row, re.MULTILINE):
            local = f"{base}.{number}" if number else local
            yield f"{local}.{letter}" if letter else local, wording
        for wording in re.findall(r'^Note \(unnumbered\): "(.*)"$', row, re.MULTILINE):
            yield f"{base}.note", wording


def reading_copy_of_ir8425(note: str) -> Wordings:
    """Definitions, criteria, utilities and footnotes of section 2.2 of IR 8425."""
    text = re.sub(r" \[fn \d+\]", "", part(read(note, "notes"), "\n## 2.2.1 ", "\n## Counts"))
    for row in text.split("\n### ")[1:]:
        name, definition = row.split("\n\n")[:2]
        base = slug(name)
        yield base, definition
        path = [base]
        for indent, label, wording in re.findall(r"^( *)(\d|[a-g]|[iv]+)\. (.*)", row, re.MULTILINE):
            path = [*path[: 1 + len(indent) // 3], label]
            yield ".".join(path), wording
        for wording in re.findall(r"^\*Cybersecurity utility:\* (.*)", row, re.MULTILINE):
            yield f"{base}.utility", wording
        for number, wording in re.findall(r"^- fn (\d+): (.*)", row, re.MULTILINE):
            yield f"fn.{number}", wording


def reading_copy_of_fcc(note: str) -> Wordings:
    for name, wording in re.findall(r"^\d+\. \*\*(.+):\*\* (.+) \[[^]]*\]$", read(note, "notes"), re.MULTILINE):
        yield slug(name), wording.replace(" [sic]", "")


def reading_copy_of_ir8562(note: str) -> Wordings:
    for number, wording in re.findall(r"^(\d)\. (.+)$", read(note, "notes"), re.MULTILINE):
        yield f"takeaway.{number}", wording


def reading_copy_of_cswp33(note: str) -> Wordings:
    for table in read(note, "notes").split("\n## Table ")[1:]:
        outcome = slug(re.split(r" — | sub-outcomes|\n", table)[1])
        for cell in re.findall(r"^\| (1a .+|1[b-g] .+) \| ", table, re.MULTILINE):
            for item in cell.split(" / 1"):
                letter, wording = item.removeprefix("1").split(" ", 1)
                yield f"{outcome}.1.{letter}", wording


READING_COPIES: dict[str, tuple[Callable[[str], Wordings], str, int]] = {
    "ir8259a-table1": (reading_copy_of_a_core_baseline, "ir8259a", 6 + 22 + 2 + 1),
    "ir8259b-table1": (reading_copy_of_a_core_baseline, "ir8259b", 4 + 14 + 30),
    "ir8425-criteria": (reading_copy_of_ir8425, "ir8425", 10 + 78 + 10 + 9),
    "fcc-24-26-criteria": (reading_copy_of_fcc, "fcc-24-26", 10),
    "ir8562": (reading_copy_of_ir8562, "ir8562", 7),
    "cswp33-ipd-tables": (reading_copy_of_cswp33, "cswp33.ipd", 7 + 2 + 5),
}
DIFFERENT = {
    "documentation.1.d.vii": (" [ISO9241]", ""),
}
"""What stands in the reading copy of IR 8425, and in the record in its place; the citation is in all copies."""


@pytest.mark.parametrize("note", READING_COPIES)
def test_statements_are_those_of_the_reading_copy(note: str) -> None:
    reader, key, count = READING_COPIES[note]
    wordings = dict(reader(note))
    assert len(wordings) == count
    for local, wording in wordings.items():
        printed, recorded = DIFFERENT.get(local, ("", "")) if key == "ir8425" else ("", "")
        assert iotbaseline.fingerprint(wording.replace(printed, recorded)) == fingerprints(key)[local], local
