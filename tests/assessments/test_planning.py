"""What to meet next: every step shows more, the best come first, and the plan ends where nothing more follows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline.assessments import Assessment, Conclusion, FindingStatus, plan, shows, start

Fill = Callable[..., Assessment]
TARGETS: list[tuple[str, dict[str, Any]]] = [
    ("ir8259a", {}),
    ("federal", {}),
    ("sp800-53r5", {"baseline": "LOW", "through": "sp800-213a"}),
]


def after(assessment: Assessment, step: Any) -> Assessment:
    """The assessment once a step is done."""
    return evolve(
        assessment,
        findings=tuple(
            evolve(finding, status=FindingStatus.MET) if finding.element in step.findings else finding
            for finding in assessment
        ),
    )


@settings(max_examples=8)
@given(st.lists(st.sampled_from(FindingStatus), min_size=63, max_size=63))
def test_steps_show_what_they_promise(statuses: list[FindingStatus]) -> None:
    blank = start("ir8425", "T")
    made = evolve(
        blank, findings=tuple(evolve(one, status=status) for one, status in zip(blank, statuses, strict=True))
    )
    found = plan(made, "ir8259a")
    for step in found:
        assert step.gains
        assert step.findings or step.element.id not in made.status
        before, made = shows(made, "ir8259a"), after(made, step)
        now = shows(made, "ir8259a")
        improved = [one.element for one, other in zip(now, before, strict=True) if one.conclusion < other.conclusion]
        assert set(improved) >= set(step.gains)
    end = shows(made, "ir8259a")
    assert [item.element for item in end if item.conclusion is Conclusion.SHOWN_IN_FULL] == list(found.in_full)
    assert [item.element for item in end if item.conclusion is Conclusion.NONE] == list(found.beyond)
    assert len(found.in_full) + len(found.in_part) + len(found.beyond) == len(end)
    assert len(plan(made, "ir8259a")) == 0


@pytest.mark.parametrize(("target", "bounds"), TARGETS, ids=[target for target, _ in TARGETS])
def test_once_all_steps_are_done_no_more_can_be_shown(target: str, bounds: dict[str, Any], filled: Fill) -> None:
    blank = start("ir8425", "T")
    done = blank
    for step in plan(blank, target, **bounds):
        done = after(done, step)
    everything = shows(filled(blank, "met"), target, **bounds)
    assert [item.conclusion for item in shows(done, target, **bounds)] == [item.conclusion for item in everything]


def test_a_whole_takes_all_of_its_open_parts(filled: Fill) -> None:
    made = filled(start("ir8425", "T"), {"software-update.1": "met"})
    [step] = [step for step in plan(made, "ir8259a") if step.element.id == "ir8425:software-update"]
    assert [element.local for element in step.findings] == ["software-update.2"]
    assert str(step) == f"ir8425:software-update Software Update (1 finding): {len(step.gains)} more"
    assert repr(step) == f"<Step {step}>"
    assert step.to_records()[0]["findings"] == "ir8425:software-update.2"


def test_what_is_not_applicable_or_widened_is_not_planned(filled: Fill) -> None:
    blank = start("ir8425", "T")
    made = filled(blank, {"software-update.1": "not applicable"})
    assert "ir8425:software-update" not in {step.element.id for step in plan(made, "ir8259a")}
    widened = evolve(blank, widened=frozenset({"ir8425:software-update.1"}))
    found = plan(widened, "ir8259a")
    assert "ir8425:software-update" not in {step.element.id for step in found}
    assert "ir8425:software-update.1" not in {each.id for step in found for each in step.findings}


def test_a_plan_shows_itself(filled: Fill) -> None:
    found = plan(start("ir8425", "T"), "ir8259a")
    assert str(found).startswith("ir8259a: 13 findings in 11 steps; then, of 24 items: 5 shown in full, 11 in part or ")
    assert repr(found) == f"<Plan {found}>"
    assert found.to_text().count(" more\n") == 11
    told = json.loads(found.to_json())
    assert told["target"] == "ir8259a"
    assert [len(told[name]) for name in ("in_full", "in_part", "beyond")] == [5, 11, 8]
    assert found.to_markdown().startswith("# Next for ir8259a")
    assert not plan(filled(start("ir8425", "T"), "met"), "ir8259a").steps


def test_additions_of_a_profile_lead_nowhere() -> None:
    made = start("thermostat.toml", "T", folder=Path(__file__).parents[2] / "docs" / "notebooks" / "thermostat")
    found = plan(made, "ir8259a")
    assert found.steps
    assert not any(element.id.startswith("thermostat:") for step in found for element in step.findings)
    assert all(ib.get(step.element.id) == step.element for step in found)


def test_the_most_for_the_least_comes_first(
    small_library: Callable[..., ib.Library], mapped: Callable[..., ib.Mapping]
) -> None:
    """The double shows two items for one finding; the single shows one, and the whole two for its two parts."""
    elements = [ib.kinds.Clause(id=f"a:{local}", title=local) for local in ("whole", "single", "double")]
    elements += [ib.kinds.Clause(id=f"a:whole.{n}", title="part", parent="a:whole") for n in (1, 2)]
    elements += [ib.kinds.Clause(id=f"b:{n}", title="item") for n in range(6)]
    ends = [("single", 2), ("double", 3), ("double", 4)]
    mappings = [mapped(f"a:{local}", ib.Relation.EQUAL, f"b:{n}") for local, n in ends]
    mappings += [mapped("a:whole", ib.Relation.SUPPORTS, f"b:{n}") for n in (0, 1)]  # which a part alone need not
    library = small_library(elements, mappings)
    found = plan(start("a", "T", library=library), "b", library=library)
    assert [step.element.local for step in found] == ["double", "single", "whole"]
    assert [[element.local for element in step.gains] for step in found] == [["3", "4"], ["2"], ["0", "1"]]
    assert [element.local for element in found.in_full] == ["2", "3", "4"]
    assert [str(step) for step in found] == [
        "a:double: 2 more", "a:single: 1 more", "a:whole (2 findings): 2 more",
    ]  # fmt: skip
    assert [element.local for element in found.in_part] == ["0", "1"]
    assert [element.local for element in found.beyond] == ["5"]


def test_the_best_of_what_follows_is_planned_for(
    small_library: Callable[..., ib.Library], mapped: Callable[..., ib.Mapping]
) -> None:
    elements = [ib.kinds.Clause(id=f"{key}:{n}", title="clause") for key in "ab" for n in range(3)]
    relations = [ib.Relation.SUPPORTS, ib.Relation.SUBSET_OF, ib.Relation.EQUAL]
    library = small_library(elements, [mapped(f"a:{n}", relation, "b:0") for n, relation in enumerate(relations)])
    found = plan(start("a", "T", library=library), "b", library=library)
    assert [element.local for element in found.in_full] == ["0"]
    assert [element.local for element in found.in_part] == []
    assert [element.local for element in found.beyond] == ["1", "2"]
