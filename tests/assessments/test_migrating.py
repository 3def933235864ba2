"""Assessments carried over: what is proved goes on, what is not is reviewed with its evidence, nothing is invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from attrs import asdict, evolve

import iotbaseline as ib
from iotbaseline.assessments import (
    Assessment,
    Component,
    ComponentRole,
    EvidenceKind,
    FindingEvidence,
    FindingStatus,
    Product,
    migrate_assessment,
    start,
)

Fill = Callable[..., Assessment]
EVIDENCE = FindingEvidence(reference="Report 7", kind=EvidenceKind.TEST)


def evident(assessment: Assessment) -> Assessment:
    """The assessment with evidence for every finding."""
    return evolve(assessment, findings=tuple(evolve(one, evidence=(EVIDENCE,)) for one in assessment))


@pytest.fixture(scope="module")
def old() -> Assessment:
    return start("sp800-53r4", "T")


def test_what_became_of_each_finding(old: Assessment, filled: Fill) -> None:
    made = evident(filled(old, "met"))
    found = migrate_assessment(made, "sp800-53r4", "sp800-53r5")
    expected = ib.migrate([finding.id for finding in made], "sp800-53r4", "sp800-53r5")
    assert found.counts() == expected.counts()
    assert found.assessment.against == "sp800-53r5"
    assert [each.id for each in found.assessment.findings] == [each.id for each in start("sp800-53r5", "T")]
    after: dict[str, set[ib.Outcome]] = {}
    for entry in expected:
        for element in entry.after:
            after.setdefault(element.id, set()).add(entry.outcome)
    for finding in found.assessment:
        outcomes = after.get(finding.id, set())
        holds = outcomes <= {ib.Outcome.KEPT, ib.Outcome.RENAMED} and bool(outcomes)
        assert (finding.status is FindingStatus.MET) == holds
        assert finding.evidence == ((EVIDENCE,) if outcomes else ())
        assert (finding.rationale is None) == (not outcomes)
    reviewed = next(finding for finding in found.assessment if finding.id == "sp800-53r5:ia-2.1")
    assert "sp800-53r4:ia-5.11 was met: because. To be reviewed: it became several" in (reviewed.rationale or "")


def test_nothing_that_nobody_looked_into_is_reported(old: Assessment) -> None:
    found = migrate_assessment(old, "sp800-53r4", "sp800-53r5")
    assert len(found) == 0
    assert set(found.assessment.counts().values()) == {0, len(start("sp800-53r5", "T"))}


def test_the_report_shows_itself(old: Assessment, filled: Fill) -> None:
    made = filled(old, {"au-8.1": "met", "sc-19": "not met"})
    made = evolve(made, findings=tuple(one for one in made if one.status is not FindingStatus.NOT_ASSESSED))
    found = migrate_assessment(made, "sp800-53r4", "sp800-53r5")
    assert str(found).startswith("T, sp800-53r4 -> sp800-53r5: ")
    assert repr(found) == f"<MigratedAssessment {found}>"
    assert "(was not met)" in found.to_text()
    assert found.to_markdown().startswith("# T: sp800-53r4 → sp800-53r5")
    assert '"status": "not met"' in found.to_json()
    assert len(found.where("orphaned")) + len(found.where("needs-review")) == 2


# A profile of your own, over an invented revision


@pytest.fixture
def profile(tmp_path: Any) -> Callable[[str], ib.Profile]:
    """A profile of two publications, of which one may be any revision."""

    def read(key: str) -> ib.Profile:
        path = tmp_path / f"{key}.toml"
        path.write_text(
            'profile = "own"\ntitle = "T"\nversion = "1"\nsummary = "S"\n'
            f'[[imports]]\nfrom = "{key}"\ninclude = [{{ ids = ["AC-2", "AC-3"] }}]\nrationale = "R"\n'
            '[[imports]]\nfrom = "ir8425"\ninclude = [{ ids = ["software-update.1"] }]\nrationale = "R"\n',
            "utf-8",
        )
        return ib.read_profile(path)

    return read


def test_findings_about_other_publications_stay(profile: Callable[[str], ib.Profile], filled: Fill) -> None:
    made = filled(start(profile("sp800-53r4"), "T"), {"ac-2": "met", "software-update.1": "met"})
    found = migrate_assessment(made, "sp800-53r4", "sp800-53r5", against=profile("sp800-53r5"))
    statuses = {finding.id: finding.status.value for finding in found.assessment}
    assert statuses["ir8425:software-update.1"] == "met"
    assert statuses["sp800-53r5:ac-2"] == "not assessed"
    assert found.assessment.against.endswith("sp800-53r5.toml")


@pytest.mark.parametrize("against", ["consumer", "ir8425"])
def test_what_is_of_another_publication_stays_what_it_is_held_against(against: str, filled: Fill) -> None:
    made = filled(start(against, "T"), "met")
    assert migrate_assessment(made, "sp800-53r4", "sp800-53r5").assessment == made


def test_what_it_is_held_against_afterwards_says_what_is_asked_for() -> None:
    other = start("industrial", "T")
    assert other.widened
    found = migrate_assessment(start("consumer", "T"), "sp800-53r4", "sp800-53r5", against="industrial").assessment
    assert (found.against, found.above, found.widened) == (other.against, other.above, other.widened)
    assert found.findings == other.findings


def test_findings_that_meet_in_one_element_are_all_reviewed(filled: Fill) -> None:
    made = evident(filled(start("sp800-53r4", "T"), {"ac-2": "met", "ac-2.10": "not met"}))
    carried = migrate_assessment(made, "sp800-53r4", "sp800-53r5").assessment
    [whole] = [finding for finding in carried if finding.id == "sp800-53r5:ac-2"]
    assert whole.status is FindingStatus.NOT_ASSESSED
    assert [line.split(". To be")[0] for line in (whole.rationale or "").split("\n")] == [
        "sp800-53r4:ac-2 was met: because",
        "sp800-53r4:ac-2.10 was not met: because",
    ]
    assert whole.evidence == (EVIDENCE,)


WALL = Component(key="wall", role=ComponentRole.DEVICE, name="Wall unit")
APP = Component(key="app", role=ComponentRole.APP, name="Mobile app")


@pytest.fixture
def library(small_library: Callable[..., ib.Library]) -> ib.Library:
    """Two revisions: ``same`` became ``renamed`` with the same wording, ``changed`` got another one."""

    def clause(identifier: str, wording: str) -> ib.Element:
        return ib.kinds.Clause(id=identifier, title="Clause", **asdict(ib.fingerprint(wording)))

    def became(before: str, after: str) -> ib.LineageRecord:
        return ib.LineageRecord(
            before=(before,), after=(after,), change=ib.LineageChange.CONTINUED, basis=ib.Basis.OFFICIAL,
            fidelity=ib.Fidelity.FULL, evidence="its list of changes",
        )  # fmt: skip

    return small_library(
        [
            clause("v1:same", "keep it"), clause("v1:changed", "do it"),
            clause("v2:renamed", "keep it"), clause("v2:changed", "do it soon"), clause("v2:new", "and more"),
        ],
        lineage=[became("v1:same", "v2:renamed"), became("v1:changed", "v2:changed")],
        works={"v1": "v", "v2": "v"},
    )  # fmt: skip


def test_findings_keep_their_component_and_what_they_rest_on(library: ib.Library) -> None:
    blank = start("v1", Product(key="t", name="T", components=(WALL, APP)), library=library)
    findings = tuple(
        evolve(one, component=component, status=status, rationale=rationale, evidence=(EVIDENCE,))
        for one in blank
        for component, status, rationale in ((WALL, FindingStatus.MET, "tested"), (APP, FindingStatus.NOT_MET, None))
    )
    found = migrate_assessment(evolve(blank, findings=findings), "v1", "v2", library=library)
    told = [(one.element.local, one.component_key, one.status.value, one.rationale) for one in found.assessment]
    reason = next(entry.reason for entry in found.report if entry.entry["id"] == "v1:changed")
    assert "its list of changes" in reason
    assert told == [
        ("renamed", "wall", "met", "tested"),
        ("renamed", "app", "not met", None),
        ("changed", "wall", "not assessed", f"v1:changed was met: tested. To be reviewed: {reason}."),
        ("changed", "app", "not assessed", f"v1:changed was not met. To be reviewed: {reason}."),
        ("new", None, "not assessed", None),
    ]
    assert all(one.evidence == (EVIDENCE,) for one in found.assessment if one.component)
    shown = found._repr_html_()
    assert all(word in shown for word in ("v1:same", "v2:renamed", "renamed", "wall", "not met"))
    head = json.loads(found.to_json())
    assert [head[name] for name in ("product", "before", "after")] == ["T", "v1", "v2"]
