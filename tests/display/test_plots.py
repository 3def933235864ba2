"""Pictures: what they show, in words and as SVG; readable on light and on dark."""

from __future__ import annotations

import re
import sys
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import iotbaseline as ib
from iotbaseline._display import plots
from iotbaseline._display.plots import Plot


@pytest.fixture(scope="module")
def pictures() -> dict[str, Plot]:
    return {
        "coverage": ib.coverage("federal", "sp800-53r5", baseline="LOW").plot(),
        "side by side": ib.side_by_side("consumer", "industrial", base=("ir8259a",)).plot(),
        "diff": ib.diff("ir8259", "ir8259r1").plot(),
        "comparison": ib.compare("consumer", "industrial").plot(),
        "history": ib.history("ir8259").plot(),
    }


def test_coverage_is_told_by_family(pictures: dict[str, Plot]) -> None:
    found = ib.coverage("federal", "sp800-53r5", baseline="LOW")
    alt = pictures["coverage"].alt
    for group in found.groups:
        if group.element.parent is None:
            counts = ", ".join(f"{n} {level}" for level, n in group.counts().items() if n)
            assert f"{group.element.local} {group.element.title}: {counts}" in alt


def test_coverage_without_families_is_one_bar(small_library: Callable[..., ib.Library]) -> None:
    library = small_library([ib.kinds.Criterion(id="a:1"), ib.kinds.Criterion(id="a:2")], [])
    found = ib.coverage(["a:1"], "a", library=library)
    assert not found.groups
    assert found.plot().alt == f"{found}. a: 1 covered, 1 gap."


def test_a_matrix_has_a_cell_for_each_profile(pictures: dict[str, Plot]) -> None:
    svg = pictures["side by side"].to_svg("light")
    aligned = ib.side_by_side("consumer", "industrial", base=("ir8259a",))
    for row in aligned.where("baseline").to_records():
        told = ", ".join(f"{name} {row[name]}" for name in aligned.profiles)
        assert f"{str(row['element']).partition(':')[2]}" in svg
        assert told in pictures["side by side"].alt


def test_a_comparison_has_a_bar_for_each_side(pictures: dict[str, Plot]) -> None:
    found = ib.compare("consumer", "industrial")
    for place, name in enumerate((found.left, found.right)):
        counts = [(pair[place], kind) for kind, pair in found.counts_by_side().items()]
        told = ", ".join(f"{count} {kind}" for count, kind in counts if count)
        assert f"{name}: {told}" in pictures["comparison"].alt


def test_a_flow_tells_what_became_of_each(pictures: dict[str, Plot]) -> None:
    alt = pictures["diff"].alt
    split = next(change for change in ib.diff("ir8259", "ir8259r1") if change.kinds[0] == "split")
    for after in split.after:
        assert f"{split.before[0].local} {split.before[0].title} to {after.local} {after.title}, split" in alt
    assert "nothing to activity-0" in alt
    assert "to nothing, unpaired" in alt


def test_a_flow_is_of_what_stands_on_top(small_library: Callable[..., ib.Library]) -> None:
    """A part that became a chapter of its own is; parts that come or go are not."""
    parents = {"old:kept": None, "old:gone": None, "old:kept.part": "old:kept", "old:kept.dropped": "old:kept"}
    parents |= {"new:kept": None, "new:kept.part": None, "new:kept.added": "new:kept"}
    elements = [ib.kinds.Clause(id=name, parent=parent) for name, parent in parents.items()]
    works = {"old": "report", "new": "report"}
    picture = ib.diff("old", "new", library=small_library(elements, works=works)).plot()
    told = picture.alt.removeprefix(f"{picture.title}. ").removesuffix(".").split("; ")
    assert told == ["kept to kept, continued", "gone to nothing, removed", "nothing to kept.part, moved"]
    drawn = {each.text for each in ET.fromstring(picture.to_svg()).iter()}  # noqa: S314
    assert {"kept", "gone", "kept.part"} <= drawn
    assert drawn.isdisjoint({"kept.dropped", "kept.added"})


@pytest.mark.parametrize("name", ["coverage", "side by side", "diff", "comparison", "history"])
def test_a_picture_takes_the_colours_of_the_page(name: str, pictures: dict[str, Plot]) -> None:
    picture = pictures[name]
    svg = picture.to_svg()
    root = ET.fromstring(svg)  # noqa: S314
    assert (root.get("role"), root.get("aria-label")) == ("img", picture.alt)
    assert "currentColor" in svg
    assert plots._INK["light"] not in svg
    assert picture.to_svg() == svg
    dark = picture.to_svg("dark")
    assert plots._PAPER["dark"] in dark
    assert plots._INK["dark"] in dark


@pytest.mark.parametrize("name", ["coverage", "side by side", "diff", "comparison", "history"])
def test_a_notebook_that_is_not_trusted_shows_a_picture(name: str, pictures: dict[str, Plot]) -> None:
    """JupyterLab takes the tags of SVG and style out of it, with the content of the latter, and leaves all text."""
    html = pictures[name]._repr_html_()
    left = re.sub(r"<style.*?</style>|<!--.*?-->|<(?!img)[^>]*>", "", html, flags=re.DOTALL)
    image, rest = re.fullmatch(r"\s*<img ([^>]*)>(.*)\s*", left, re.DOTALL).groups()  # type: ignore[union-attr]
    assert rest.strip() == ""
    encoded = image.partition("base64,")[2].rstrip('"')
    assert b64decode(encoded).startswith(b"\x89PNG")
    assert "currentColor" in html
    assert len(html) < 400_000


def test_pictures_are_saved(tmp_path: Path, pictures: dict[str, Plot]) -> None:
    picture = pictures["diff"]
    picture.save(tmp_path / "diff.png", "dark")
    picture.save(tmp_path / "diff.SVG")
    assert (tmp_path / "diff.png").read_bytes().startswith(b"\x89PNG")
    assert picture.alt.encode("latin-1", "replace")[:40] in (tmp_path / "diff.png").read_bytes()
    assert (tmp_path / "diff.SVG").read_text("utf-8").startswith("<svg")
    with pytest.raises(ib.errors.UnknownNameError, match="did you mean svg, png"):
        picture.save(tmp_path / "diff.gif")
    assert repr(picture).startswith(f"<Plot {picture.title}")


def test_no_window_system_is_loaded(pictures: dict[str, Plot]) -> None:
    assert pictures["diff"].to_png()
    assert "matplotlib.pyplot" not in sys.modules


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ib.errors.MissingExtraError, match=r"iotbaseline\[plot\]"):
        ib.diff("ir8259", "ir8259r1").plot()


@pytest.mark.parametrize("colour", plots._SCALE)
def test_what_stands_on_a_colour_can_be_read(colour: str) -> None:
    """At least the contrast that WCAG 2.1 asks of large text."""

    def luminance(text: str) -> float:
        parts = [int(text[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(colour), luminance(plots._on(colour))))
    assert (light + 0.05) / (dark + 0.05) >= 3


@pytest.mark.parametrize("name", ["$x^$", "$\\bad{$", "a\ud800b", "a\x1b\0b", "x" * 40_000])
def test_any_name_can_be_drawn(name: str) -> None:
    plot = plots.stacked(name, {name: {"met": 1}})
    ET.fromstring(plot.to_svg())  # noqa: S314
    assert plot.to_png().startswith(b"\x89PNG")
    assert plot.title.isprintable()
