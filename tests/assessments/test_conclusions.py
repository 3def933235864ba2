"""What an assessment shows for another publication: only what follows, and all that does."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline.assessments import Assessment, Conclusion, FindingStatus, met, plan, shows, start
from iotbaseline.kinds import Control
from iotbaseline.relations import Relation

Fill = Callable[..., Assessment]
LEVELS = {
    ib.CoverageLevel.COVERED: Conclusion.SHOWN_IN_FULL,
    ib.CoverageLevel.PARTLY_COVERED: Conclusion.SHOWN_IN_PART,
    ib.CoverageLevel.SUPPORTED: Conclusion.SUPPORTS,
}
TARGETS: list[tuple[str, dict[str, Any]]] = [
    ("ir8259a", {}),
    ("en303645v3.1.3", {}),
    ("cra", {}),
    ("federal", {}),
    ("sp800-53r5", {"baseline": "LOW", "through": ["sp800-213a"]}),
]


@pytest.mark.parametrize(("target", "bounds"), TARGETS, ids=[target for target, _ in TARGETS])
def test_what_is_met_in_full_shows_what_the_publication_covers(
    target: str, bounds: dict[str, Any], filled: Fill
) -> None:
    found = shows(filled(start("ir8425", "T"), "met"), target, **bounds)
    covered = ib.coverage("ir8425", target, **bounds)
    assert [item.element for item in found] == [item.element for item in covered]
    for item, of in zip(found, covered, strict=True):
        assert item.conclusion is LEVELS.get(of.level, Conclusion.NONE)
        assert bool(item.by) == (of.level in LEVELS)
        assert set(item.by) <= set(of.by)  # Examples are related to some, but nobody assesses them.
    judged = sum(item.is_curated for item in found)
    assert (found.notice is None) == (judged == 0)
    assert found.notice is None or found.notice.startswith(f"{judged} of {len(found)} items rest on this project's")


@pytest.mark.parametrize("status", ["not met", "not assessed", "not applicable"])
def test_nothing_follows_from_what_is_not_met(status: str, filled: Fill) -> None:
    found = shows(filled(start("ir8425", "T"), status), "ir8259a")
    assert set(found.counts()) == set(Conclusion)
    assert found.counts()[Conclusion.NONE] == len(found)
    assert found.notice is None


def test_what_has_one_part_that_is_not_met_is_not_shown_in_full(filled: Fill) -> None:
    whole = filled(start("ir8425", "T"), "met")
    part = filled(whole, {"software-update.1": "not met"})
    before = {each.element.id: each for each in shows(whole, "ir8259a")}
    after = {each.element.id: each for each in shows(part, "ir8259a")}
    worse = {key for key, item in after.items() if item.conclusion > before[key].conclusion}
    assert "ir8259a:software-update.1" in worse
    assert all(after[key].conclusion >= before[key].conclusion for key in before)
    assert "ir8425:software-update" in {element.id for element in met(whole)}
    assert "ir8425:software-update" not in {element.id for element in met(part)}


@pytest.mark.parametrize("function", [shows, plan])
def test_an_assessment_is_given_not_named(function: Callable[..., object]) -> None:
    with pytest.raises(ib.errors.ArgumentTypeError, match="assessment is of type str; pass an instance of Assessment"):
        function("t.toml", "ir8259a")


def test_results_show_themselves(filled: Fill) -> None:
    found = shows(filled(start("ir8425", "Hub"), "met"), "ir8259a")
    assert str(found).startswith("Hub, assessed against ir8425, for ir8259a: 5 shown in full, ")
    assert repr(found) == f"<Conclusions {found}>"
    first = found.items[0]
    assert repr(first) == f"<Shows {first}>"
    assert first.to_records()[0]["conclusion"] == first.conclusion
    text = found.to_text()
    assert text.index("shown in full (5)") < text.index("no conclusion (8)")
    assert "      ir8425:" in text
    told = json.loads(found.to_json())
    assert [told[name] for name in ("product", "against", "target")] == ["Hub", "ir8425", "ir8259a"]
    assert found.to_markdown().startswith("# ir8259a")


# A library in which everything is known


def test_an_enhancement_is_no_part_of_its_control(filled: Fill) -> None:
    blank = start(ib.get("AC-2(1)").publication, "T")
    met_ids = {element.id for element in met(filled(blank, {"ac-2.1": "not met"} | {"ac-2": "met"}))}
    assert met_ids == {"sp800-53r5:ac-2"}
    without = filled(filled(blank, "met"), {"ac-2.1": "not met"})
    assert "sp800-53r5:ac" in {element.id for element in met(without)}


def test_what_stands_above_may_not_be_held(small_library: Callable[..., ib.Library], filled: Fill) -> None:
    library = small_library([control("a1", parent="ax:a")])
    made = filled(start("ax", "T", library=library), "met")
    assert list(made.groups) == ["a1"]
    assert [element.id for element in met(made, library)] == ["ax:a1"]


def control(local: str, parent: str | None = None) -> Control:
    return Control(
        id=f"{local[0]}x:{local}", title=local, label=None, parent=parent, summary=None, section=None, table=None,
        page=None, words=None, sha256=None, fidelity=ib.Fidelity.FULL,
    )  # fmt: skip


@pytest.fixture(scope="module")
def library(small_library: Callable[..., ib.Library], mapped: Callable[..., ib.Mapping]) -> ib.Library:
    relations = [
        Relation.EQUAL, Relation.SUBSET_OF, Relation.SUPERSET_OF, Relation.INTERSECTS_WITH, Relation.SUPPORTS,
        Relation.IDENTICAL, Relation.EQUIVALENT, Relation.RELATED,
    ]  # fmt: skip
    elements = [control(f"{side}{number}") for side in "ab" for number in range(len(relations))]
    mappings = [mapped(f"ax:a{number}", relation, f"bx:b{number}") for number, relation in enumerate(relations)]
    return small_library(elements, mappings)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("met", ["full", "part", "full", "part", "supports", "full", "full", "none"]),
        ("partly met", ["part", "part", "none", "none", "none", "part", "part", "none"]),
        ("not met", ["none"] * 8),
    ],
)
def test_what_follows_from_each_relation(library: ib.Library, filled: Fill, status: str, expected: list[str]) -> None:
    words = {"full": "shown in full", "part": "shown in part", "none": "no conclusion"}
    assessment = filled(start("ax", "T", library=library), status)
    found = shows(assessment, "bx", library=library)
    assert [item.conclusion.value for item in found] == [words.get(word, word) for word in expected]


def test_what_is_partly_met_takes_nothing_from_what_is_met(
    small_library: Callable[..., ib.Library], mapped: Callable[..., ib.Mapping], filled: Fill
) -> None:
    elements = [control(local) for local in ("a0", "a1", "b0")]
    library = small_library(elements, [mapped(element.id, Relation.EQUAL, "bx:b0") for element in elements[:2]])
    made = filled(start("ax", "T", library=library), {"a0": "met", "a1": "partly met"})
    [item] = shows(made, "bx", library=library)
    assert item.conclusion is Conclusion.SHOWN_IN_FULL
    assert [connection.subject for connection in item.by] == ["ax:a0"]


def test_what_a_profile_widens_counts_as_partly_met(library: ib.Library, filled: Fill) -> None:
    assessment = filled(start("ax", "T", library=library), "met")
    widened = evolve(assessment, widened=frozenset({"ax:a0", "ax:a2"}))
    found = {item.element.local: item.conclusion for item in shows(widened, "bx", library=library)}
    assert (found["b0"], found["b2"]) == (Conclusion.SHOWN_IN_PART, Conclusion.NONE)
    assert {element.id for element in met(widened, library)} == {finding.id for finding in assessment} - {
        "ax:a0",
        "ax:a2",
    }


@settings(max_examples=20)
@given(st.lists(st.sampled_from(FindingStatus), min_size=63, max_size=63))
def test_worse_findings_never_show_more(statuses: list[FindingStatus]) -> None:
    blank = start("ir8425", "T")
    made = evolve(
        blank, findings=tuple(evolve(one, status=status) for one, status in zip(blank, statuses, strict=True))
    )
    worse = evolve(
        made,
        findings=tuple(
            evolve(one, status=FindingStatus.PARTLY_MET) if one.status is FindingStatus.MET else one for one in made
        ),
    )
    before, after = shows(made, "ir8259a"), shows(worse, "ir8259a")
    assert all(after_.conclusion >= before_.conclusion for before_, after_ in zip(before, after, strict=True))
