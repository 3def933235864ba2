"""NIST's own PDFs, and other copies of whole publications, as a user would attach them."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest
from attrs import evolve

import iotbaseline as ib
from iotbaseline._wording.copies import read_copy
from iotbaseline._wording.drafts import DraftChange
from iotbaseline._wording.finder import Finder

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
FOLDER = Path(SOURCES or "")

pytestmark = pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")

OSCAL = "oscal/NIST_SP-800-53_{}_catalog-min.json"
LATER = {"sp800-213a:capability-structure", "sp800-213a:DP.KEY.discussion"}
"""What this file of SP 800-213A does not have: the start of a sentence, and a discussion that it announces."""


@pytest.mark.parametrize(
    ("file", "key", "count", "missing"),
    [
        ("pdf/NIST.SP.800-213A.pdf", "sp800-213a", 663, LATER),
        ("pdf/NIST.SP.800-213.pdf", "sp800-213", 70, set[str]()),
        (OSCAL.format("rev5.2.0"), "sp800-53r5", 1014, set[str]()),
        (OSCAL.format("rev4"), "sp800-53r4", 826, set[str]()),
        ("nist/ir8259a.md", "ir8259a", 69, set[str]()),
    ],
)
def test_a_copy_is_recognised_and_has_its_wordings(file: str, key: str, count: int, missing: set[str]) -> None:
    report = ib.verify(FOLDER / file)
    assert report.info.key == key
    assert len(report) == count
    assert {checked.element.id for checked in report.checked if checked.wording is None} == missing
    for checked in report.checked:
        fingerprint = checked.element.fingerprint
        assert checked.wording is None or (fingerprint is not None and ib.matches(checked.wording.text, fingerprint))


def test_wordings_stand_on_the_page_that_is_printed() -> None:
    """The PDF of SP 800-213A has one page more than it counts; two wordings start on the page after their heading's."""
    library = ib.attach(FOLDER / "pdf/NIST.SP.800-213A.pdf")
    astray = {
        element.local
        for element in library.load("sp800-213a")
        if element.wording and element.page and element.wording.page != int(element.page) + 2
    }
    assert astray == {"related-controls", "fn.6"}


def test_the_errors_that_the_pdf_shows() -> None:
    shown = {erratum.printed for erratum in ib.verify(FOLDER / "pdf/NIST.SP.800-213A.pdf").errata}
    assert "Cybersecurity Event Awareness" in shown


def test_the_draft_of_sp800_213_with_its_line_numbers() -> None:
    """All of the wordings of the final publication that the draft has, as counted by hand in its text: 24."""
    final = ib.attach(FOLDER / "pdf/NIST.SP.800-213.pdf")
    compared = ib.compare_draft(FOLDER / "pdf/NIST.SP.800-213-draft.pdf", "sp800-213", library=final)
    counts = compared.counts()
    assert counts[DraftChange.SURVIVES] == 24
    assert counts[DraftChange.REWORDED] >= 10
    assert counts[DraftChange.UNTOLD] == 0


def test_the_preliminary_router_profile_against_the_consumer_profile() -> None:
    consumer = ib.attach(FOLDER / "nist/ir8425.md")
    draft = FOLDER / "pdf/NIST_ConsumerGradeRouterProfile_20231130.pdf"
    compared = ib.compare_draft(draft, "ir8425", library=consumer)
    reworded = {entry.element.local for entry in compared.where("reworded") if entry.element}
    assert {"asset-identification", "product-configuration", "data-protection", "software-update"} <= reworded


def test_no_false_find_among_mutated_wordings() -> None:
    """Each wording of SP 800-213A with one word dropped, doubled or swapped, unless the PDF has that too."""
    random = Random(1)  # noqa: S311
    copy = read_copy(FOLDER / "pdf/NIST.SP.800-213A.pdf")
    finder = Finder(copy.pages)
    text = f" {finder.words} {' '.join(finder.text.words.words)} "
    mutated = []
    catalog = ib.attach(FOLDER / "pdf/NIST.SP.800-213A.pdf").load("sp800-213a")
    for element in random.sample(list(catalog), 200):
        words = ib.normalize(str(element.wording or "")).split()
        if len(words) > 1:
            place = random.randrange(len(words))
            words[place : place + 1] = random.choice(([], [words[place]] * 2, [random.choice(words)]))
            if f" {' '.join(words)} " not in text:
                known = ib.fingerprint(" ".join(words))
                mutated.append(evolve(element, words=known.words, sha256=known.sha256))
    assert len(mutated) > 100
    assert finder.locate(mutated) == {}
