"""The errata: each names the file it was seen in, and the misprints of SP 800-213A stand in NIST's PDF."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
DATA = Path(__file__).parents[2] / "data"
PDF = "pdf/NIST.SP.800-213A.pdf"
COVER_PAGES = 2
QUOTED = re.compile(r"section|References, p\.|Appendix A, p\. 71|Acronyms")
"""Where misprints of running text are located; in the tables, ``printed`` describes several cells."""

Json = dict[str, Any]

ERRATA: list[Json] = json.loads((DATA / "errata.json").read_text("utf-8"))["errata"]
FILES = [record["name"] for record in json.loads((DATA / "SOURCES.json").read_text("utf-8"))["sources"]]
MISPRINTS = [
    pytest.param(each, id=each["printed"])
    for each in ERRATA
    if each["publication"] == "sp800-213a" and each["defect"] == "misprint" and QUOTED.match(each["locator"])
]


def test_each_names_a_source_text_and_says_if_that_is_a_conversion_alone() -> None:
    for each in ERRATA:
        named = [name for name in FILES if name in each["seen_in"]]
        assert named, each
        assert ("conversion only" in each["seen_in"]) == (not any(name.startswith("pdf/") for name in named)), each


def test_none_of_sp800_213a_rests_on_a_conversion() -> None:
    assert all(PDF in each["seen_in"] for each in ERRATA if each["publication"] == "sp800-213a")


def test_what_is_expected_differs_from_what_is_printed() -> None:
    assert not [each for each in ERRATA if each.get("expected") == each["printed"]]


@cache
def page(number: int) -> str:
    """The words of a printed page of SP 800-213A, hyphenated words at line ends put together."""
    pdfplumber = pytest.importorskip("pdfplumber", reason="pdfplumber is not installed")
    assert SOURCES
    with pdfplumber.open(Path(SOURCES) / PDF) as document:
        text = document.pages[number + COVER_PAGES - 1].extract_text()
    return plain(text)


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text.translate({ord("’"): "'", ord("“"): '"', ord("”"): '"'}))


@pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")
@pytest.mark.parametrize("erratum", MISPRINTS)
def test_a_misprint_of_running_text_stands_on_its_page(erratum: Json) -> None:
    number = int(re.findall(r"p\. (\d+)", erratum["seen_in"])[0])
    for piece in re.split(r" \.\.\. |; (?=complexities)", erratum["printed"]):
        assert plain(piece) in page(number), erratum
