"""The guided tour: its code gives its answers."""

from __future__ import annotations

import pytest

import iotbaseline as ib
from iotbaseline._apps.tour import Stop, as_text, tour

STOPS = tour()


def test_one_stop_of_each_kind() -> None:
    called = [stop.code.partition("(")[0] for stop in STOPS]
    assert called == [
        "load", "crosswalk", "crosswalk", "explain", "profile", "side_by_side", "diff", "mappings", "search", "sources"
    ]  # fmt: skip
    assert all(stop.question.endswith("?") for stop in STOPS)


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.code)
def test_code_shown_gives_the_answer_shown(stop: Stop) -> None:
    found = eval(stop.code, {name: getattr(ib, name) for name in ib.__all__})  # noqa: S307
    shown = "\n".join(stop.answer)
    assert stop.answer
    assert found
    if isinstance(found, str | ib.Coverage | ib.SideBySide):
        assert str(found) in shown or isinstance(found, ib.SideBySide)
        return
    if not stop.code.startswith(("diff", "sources")):
        assert len(stop.answer) == len(found)
    for each in found:
        if isinstance(each, ib.Mapping | ib.Change):
            assert str(each) in shown
        elif isinstance(each, ib.Hit):
            assert str(each.element) in shown
        elif isinstance(each, ib.kinds.Capability):
            assert f"{each.title}: {each.summary}" in shown
        elif each.publication == "ir8425":
            assert f"{each.name}: {each.address}" in shown


def test_answers() -> None:
    answers = {stop.code.partition("(")[0]: stop.answer for stop in STOPS}
    assert len(answers["load"]) == 6
    assert answers["diff"][0] == "withdrawn 2026-04-20; superseded by ir8259r1"
    assert any("activity-3" in line and "activity-4" in line for line in answers["diff"])
    assert any("sp800-53r5:sc-45.1" in line for line in answers["mappings"])
    gaps = ib.profile("federal").coverage("sp800-53r5", baseline="low").gaps
    assert answers["profile"][1] == f"no support: {', '.join(str(each.label) for each in gaps)}"
    aligned = ib.side_by_side("consumer", "industrial", "federal", base=("ir8259a",))
    assert len(answers["side_by_side"]) == len(aligned.base)
    for line, element, cells in zip(answers["side_by_side"], aligned.base, aligned.cells, strict=True):
        assert line.startswith(f"{element.id}, consumer: ")
        assert "federal: " in line
        assert (cells[1].kind is ib.ComparisonKind.SAME) == ("industrial (unofficial): same" in line)


def test_as_text() -> None:
    stops = [Stop("Why?", "f()", ("one", "two")), Stop("How?", "g()", ())]
    assert as_text(stops) == "Why?\n  >>> f()\n  one\n  two\n\nHow?\n  >>> g()\n"
