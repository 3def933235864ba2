"""Progress bars: only for long work, only where somebody watches, and never in the way of what is worked on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from types import ModuleType
from typing import Any

import pytest

import iotbaseline as ib
from iotbaseline._display import progress
from iotbaseline._display.progress import watched


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def bars(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What tqdm was told."""
    told: list[dict[str, Any]] = []

    def tqdm(items: Iterable[object], **options: Any) -> Iterable[object]:
        told.append(options)
        return items

    module = ModuleType("tqdm.auto")
    module.tqdm = tqdm  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tqdm.auto", module)
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    return told


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make standard error a terminal; pytest would undo it between a fixture and the test."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    return screen


def slow(items: int, ticks: Iterator[float], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The items of work whose clock shows the ticks."""
    on_terminal(monkeypatch)
    monkeypatch.setattr(progress, "perf_counter", lambda: next(ticks))
    return list(watched(range(items), "counting", "numbers", items))


def test_short_work_has_no_bar(bars: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    assert slow(5, iter([0, 0.1, 0.2, 0.3, 0.4, 0.5]), monkeypatch) == list(range(5))
    assert bars == []


def test_after_a_second_a_bar_shows_what_is_done(bars: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    assert slow(5, iter([0, 0.1, 0.9, 1.1]), monkeypatch) == list(range(5))
    assert bars == [{"desc": "counting", "unit": " numbers", "total": 5, "initial": 3, "leave": False}]


def test_nobody_watches(bars: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    items = [1, 2]
    monkeypatch.setattr(sys, "stderr", StringIO())
    assert watched(items, "", "") is items
    monkeypatch.setattr(sys, "stderr", None)
    assert watched(items, "", "") is items
    monkeypatch.setitem(sys.modules, "ipykernel", ModuleType("ipykernel"))
    assert watched(items, "", "") is not items
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert watched(items, "", "") is items
    assert bars == []


def test_long_work_of_the_library_is_watched(bars: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    on_terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", -1)
    assert len(ib.migrate(["AC-2", "AC-3"], "sp800-53r4", "sp800-53r5")) == 2
    assert ib.graph("ir8259a").number_of_edges()
    assert ib.find_wordings("one two three. Four.", [ib.fingerprint("one two three")])
    assert [bar["desc"] for bar in bars] == ["migrating", "linking", "looking for wordings"]


def test_the_bar_of_tqdm_goes_on_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tqdm")
    screen = on_terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", -1)
    assert list(watched(iter("abc"), "spelling", "letters", 3)) == ["a", "b", "c"]
    assert "spelling" in screen.getvalue()
    assert "1/3" in screen.getvalue()
