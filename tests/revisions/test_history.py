"""All stages of a work in one report."""

from __future__ import annotations

import json

import pytest
from attrs import evolve

import iotbaseline as ib
from iotbaseline._display import plots
from iotbaseline._display.plots import Band
from iotbaseline._revisions.history import _bands


def test_the_stages_are_the_revisions_and_compared_with_the_nearest_held() -> None:
    found = ib.history("SP 800-213A")
    assert [stage.info for stage in found] == list(ib.revisions("sp800-213a"))
    assert [stage.elements for stage in found] == [len(ib.load(stage.info.key)) for stage in found]
    last = found.stages[3]
    assert last.difference == ib.diff("online-catalog-2021-11", "sp800-213a")
    assert (found.stages[0].since, found.stages[4].since) == (None, None)


def test_every_form() -> None:
    found = ib.history("sp800-213a")
    stage = json.loads(found.to_json())["stages"][2]
    assert (stage["since"], stage["changes"]["added"]) == ("online-catalog-2021-02", 434)
    assert "since online-catalog-2021-02: 434 added" in found.to_text()
    assert "434 added" in found.to_markdown()
    assert found.to_html().startswith("<!DOCTYPE html>")
    assert "434 added" in found.to_html()
    assert repr(found) == "<History sp800-213a: 1 current, 1 draft, 3 superseded>"


def test_a_stage_that_cannot_be_compared_says_nothing_of_changes() -> None:
    """Revision 2 has no kind of element that revision 1 has."""
    old, new = (
        ib.Publication(
            info=evolve(
                ib.info("ir8425"), key=f"w{n}", work="w", aliases=(), pubid=None, doi=None, published=f"200{n}"
            ),
            elements=(kind(id=f"w{n}:a"),),
            fidelity=ib.Fidelity.FULL,
        )
        for n, kind in enumerate((ib.kinds.Question, ib.kinds.Remark), 1)
    )
    found = ib.history("w1", library=ib.extended(old, new))
    assert [stage.since for stage in found] == [None, "w1"]
    assert [stage.difference for stage in found] == [None, None]
    assert str(found.stages[0]).startswith("w1 (2001, ")
    assert found.stages[1].columns() == found.stages[0].columns()


def test_what_is_told_of_a_stage() -> None:
    """Nothing can be compared with the first stage, and of the third neither date nor stage is known."""
    made = [
        ib.Publication(
            info=evolve(
                ib.info("ir8425"), key=f"w{number}", work="w", aliases=(), pubid=None, doi=None, title="Work",
                published=published, stage=stage, status=status, withdrawn=withdrawn, superseded_by=(),
            ),
            elements=tuple(kind(id=f"w{number}:{local}", title="title") for local in locals_),
            fidelity=ib.Fidelity.FULL,
        )
        for number, published, stage, status, withdrawn, kind, locals_ in (
            (1, "2001", "final", ib.Status.WITHDRAWN, "2002-03-04", ib.kinds.Question, "ab"),
            (2, "2002", "draft", ib.Status.CURRENT, None, ib.kinds.Clause, "ab"),
            (3, None, "", ib.Status.CURRENT, None, ib.kinds.Clause, "abc"),
        )
    ]  # fmt: skip
    found = ib.history("w1", library=ib.extended(*made))
    assert found.to_text().splitlines() == [
        "w: 2 current, 1 withdrawn",
        "",
        "stages (3)",
        "  w1 (2001, final, withdrawn 2002-03-04): 2 elements held",
        "  w2 (2002, draft, current): 2 elements held",
        "      since w1: no kind of element in common",
        "  w3 (undated, unknown stage, current): 3 elements held",
        "      since w2: 1 added, 2 continued",
    ]
    first, _, last = found.to_records()
    assert first == {
        "key": "w1", "title": "Work", "stage": "final", "published": "2001", "withdrawn": "2002-03-04",
        "status": "withdrawn", "superseded_by": "", "fidelity": "full", "elements": 2, "since": None, "changes": "",
    }  # fmt: skip
    assert (last["since"], last["changes"]) == ("w2", "1 added, 2 continued")


def test_a_stage_without_elements_is_passed_over() -> None:
    made = [
        ib.Publication(
            info=evolve(
                ib.info("ir8425"), key=f"w{number}", work="w", aliases=(), pubid=None, doi=None,
                published=f"200{number}",
            ),
            elements=tuple(ib.kinds.Clause(id=f"w{number}:{local}", title="title") for local in locals_),
            fidelity=ib.Fidelity.FULL,
        )
        for number, locals_ in enumerate(("a", "", "ab"), 1)
    ]  # fmt: skip
    found = ib.history("w1", library=ib.extended(*made))
    assert [(stage.info.key, stage.elements, stage.since) for stage in found] == [
        ("w1", 1, None),
        ("w2", 0, None),
        ("w3", 2, "w1"),
    ]
    assert [stage.changes for stage in found] == [{}, {}, {"added": 1, "continued": 1}]
    assert _bands(found.stages[2].difference) == [Band(0, 1, "added"), Band(1, 1, "continued")]
    assert _bands(None) == []
    assert "w2" not in found.plot().alt


def test_a_history_tells_what_changed_from_stage_to_stage() -> None:
    plot = ib.history("ir8259").plot()
    assert "ir8259 111 elements, ir8259r1.ipd 7 elements" in plot.alt
    assert "ir8259r1.ipd → ir8259r1.2pd: 1 added, 1 to 2 split, 4 renumbered, 2 continued" in plot.alt
    assert "ir8259 → ir8259r1.ipd: 1 added, 2 renumbered, 4 continued, 105 unpaired" in plot.alt
    assert "105" in plot.to_svg()
    assert "sp800-213ar1.ipd" not in ib.history("sp800-213a").plot().alt


def test_each_element_of_a_history_is_in_a_band() -> None:
    for stage in ib.history("sp800-213a"):
        if stage.difference is not None:
            bands = _bands(stage.difference)
            assert stage.elements <= sum(band.after for band in bands) < 1.03 * stage.elements
            assert sum(band.before for band in bands) == len(stage.difference.before)
            assert {band.after for band in bands if band.word == "removed"} <= {0}
            assert {band.before for band in bands if band.word == "added"} == {0}


@pytest.mark.parametrize("name", ["uk-psti-2023", "sp800-53r4"])
def test_a_history_of_one_stage_and_of_two(name: str) -> None:
    found = ib.history(name)
    alt = found.plot().alt
    assert all(f"{stage.info.key} {stage.elements} elements" in alt for stage in found)
    assert found.plot().to_png()


def test_what_is_unchanged_is_grey() -> None:
    svg = ib.history("sp800-213a").plot().to_svg()
    assert plots._CALM in svg
    assert plots._CALM not in ib.history("ir8259").plot().to_svg()
