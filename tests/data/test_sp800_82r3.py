"""The OT overlay and the IIoT endpoint capabilities of SP 800-82r3 against its text, read here a second time."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import iotbaseline as ib

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
LEVELS = ("low", "moderate", "high")
SIZES = {"low": (149, 11, 0, 160), "moderate": (287, 19, 2, 304), "high": (370, 20, 3, 387)}
"""By level: the controls of SP 800-53B, those added, those removed, those of the overlay."""
GARBLED = {"sp800-53r5:ac-2.12", "sp800-53r5:ac-2.13"}
"""The copy runs the rows of these two together."""

needs_sources = pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")


def source(name: str) -> str:
    return (Path(SOURCES or "") / name).read_text("utf-8")


@cache
def pages() -> dict[str, str]:
    """The text of each page by its printed number."""
    _, *parts = re.split(r"^\{(\d+)\}-+$", source("nist/sp800-82r3.md"), flags=re.MULTILINE)
    return {str(int(mark) - 16): text for mark, text in zip(parts[::2], parts[1::2], strict=True)}


@cache
def specifications() -> str:
    """Section F.7.1 and what follows, without page marks."""
    text = source("nist/sp800-82r3.md").partition("**F.7.1. ACCESS CONTROL")[2]
    return re.sub(r"^\{\d+\}-+\n+", "", text, flags=re.MULTILINE)


def curie(label: str) -> str:
    return "sp800-53r5:" + re.sub(r"\W*\((\d+)\)", r".\1", label.replace("<br>", "").lower())


@cache
def marks() -> dict[str, dict[str, str]]:
    """What the table of each control prints at each level, by control; tables without baselines are left out.

    The first row of a control counts: the garbled ones begin with AC-2 again, and PL-8(1) is labelled PL-4(1).
    """
    found: dict[str, dict[str, str]] = {}
    for line in specifications().splitlines():
        label, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) > len(LEVELS) and re.fullmatch(r"[A-Z]{2}-\d+(?:\W*\(\d+\))?", label.replace("<br>", "")):
            found.setdefault(curie(label), dict(zip(LEVELS, cells[1:4], strict=True)))
    return found


def entries() -> tuple[ib.kinds.OverlayEntry, ...]:
    return ib.load("sp800-82r3").of_kind(ib.kinds.OverlayEntry)


def baseline(level: str) -> set[str]:
    return {control.id for control in ib.load("sp800-53r5").controls if level.upper() in control.baselines}


def test_entries_and_their_controls() -> None:
    controls = ib.load("sp800-53r5")
    assert len(entries()) == 27
    for entry in entries():
        control = controls[entry.control]
        assert entry.local == f"overlay.{control.local}"
        assert (entry.label or "").replace(" ", "") == control.label
        assert ib.normalize(entry.title or "") == ib.normalize(control.title or "")
        assert bool(entry.adds) != bool(entry.removes)


@pytest.mark.parametrize("level", LEVELS)
def test_sizes_of_the_overlay(level: str) -> None:
    before = baseline(level)
    added = {entry.control for entry in entries() if level in entry.adds}
    removed = {entry.control for entry in entries() if level in entry.removes}
    assert not added & before
    assert removed <= before
    assert (len(before), len(added), len(removed), len((before | added) - removed)) == SIZES[level]


@needs_sources
@pytest.mark.parametrize("level", LEVELS)
def test_marks_are_those_of_the_tables(level: str) -> None:
    printed = {mark: {control for control, row in marks().items() if row[level] == mark} for mark in ("Add", "Remove")}
    assert printed["Add"] == {entry.control for entry in entries() if level in entry.adds}
    assert printed["Remove"] == {entry.control for entry in entries() if level in entry.removes}
    selected = {control for control, row in marks().items() if row[level] == "Select"}
    garbled = GARBLED & baseline(level)
    assert selected | garbled == baseline(level) - printed["Remove"]
    assert not selected & garbled


@needs_sources
def test_rationales_are_those_printed() -> None:
    rationales = re.findall(r"Rationale for \w+ (\w\w-\d+(?: \(\d+\))?) .*?baselines?: (.+)", specifications())
    assert [label for label, _ in rationales] == [entry.label for entry in entries()]
    for (_, wording), entry in zip(rationales, entries(), strict=True):
        whole = wording.replace("command-andcontrol", "command-and-control")
        assert ib.fingerprint(whole) == entry.fingerprint
        assert wording in pages()[entry.page or ""]


@needs_sources
def test_entries_stand_in_the_section_of_their_family() -> None:
    headings = {
        family: section
        for section, family in re.findall(
            r"\*\*(F\.7\.\d+)\.? .*?[–-] ?([A-Z]{2})\*\*", source("nist/sp800-82r3.md").partition("**F.7. D")[2]
        )
    }
    assert {entry.section for entry in entries()} <= set(headings.values())
    assert all(headings[(entry.label or "")[:2]] == entry.section for entry in entries())


@needs_sources
def test_entries_agree_with_the_mechanical_reading() -> None:
    document: dict[str, Any] = json.loads(source("mappings/ot-overlay-sp800-82r3.json"))
    assert {entry.control for entry in entries()} == {
        f"sp800-53r5:{item['oscal_id']}" for item in document["added"] + document["removed"]
    }
    for item in document["added"] + document["removed"]:
        entry = next(entry for entry in entries() if entry.control == f"sp800-53r5:{item['oscal_id']}")
        changed = {"Add": entry.adds, "Remove": entry.removes}
        for mark, levels in changed.items():
            assert levels == tuple(level for level in LEVELS if item[level.upper()] == mark)
        assert ib.fingerprint(item["rationale"]).words in ((entry.words or 0) - 1, entry.words)


@needs_sources
def test_endpoint_capabilities_are_the_printed_list() -> None:
    listed = re.search(r"IIoT devices being deployed:\n\n((?:- .+\n)+)", pages()["82"])
    assert listed
    names = re.findall(r"- (.+)", listed[1])
    capabilities = ib.load("sp800-82r3").capabilities
    assert [each.title for each in capabilities] == names
    assert [each.local for each in capabilities] == [f"iiot-endpoint.{number}" for number in range(1, 11)]
    assert all(each.fingerprint == ib.fingerprint(each.title or "") for each in capabilities)
    assert {each.label for each in capabilities} == {None}
