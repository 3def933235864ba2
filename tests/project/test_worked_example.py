"""The files of the worked example fit the data and each other, so that the notebook on them stays true."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import iotbaseline as ib
from iotbaseline.assessments import read_assessment

FILES = Path(__file__).parents[2] / "docs" / "notebooks" / "thermostat"

pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the documentation is not here")


def rows(file: str) -> list[dict[str, str]]:
    with (FILES / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


@pytest.fixture(scope="module")
def resolved() -> ib.ResolvedProfile:
    return ib.read_profile(FILES / "thermostat.toml").resolve()


def test_the_profile_has_no_problem_and_does_what_the_page_shows(resolved: ib.ResolvedProfile) -> None:
    assert ib.check_profile(FILES / "thermostat.toml") == ()
    assert {change.change for item in resolved.modified for change in item.modifications} == set(ib.ModificationKind)
    assert {origin[-1] for origin in resolved.by_origin} == {"ir8425", "sp800-213a", "thermostat"}


@pytest.mark.parametrize("file", ["answers.csv", "communication.csv"])
def test_what_is_answered_was_asked(file: str) -> None:
    asked = {question.local for question in ib.load("ir8259").of_kind(ib.kinds.Question)}
    named = [row["id"] for row in rows(file)]
    assert set(named) <= asked
    assert len(set(named)) == len(named)


def test_every_need_is_served_by_what_is_in_the_profile(resolved: ib.ResolvedProfile) -> None:
    asked = {question.local for question in ib.load("ir8259").of_kind(ib.kinds.Question)}
    needs, means = rows("needs.csv"), rows("means.csv")
    assert {name for need in needs for name in need["from"].split()} <= asked
    assert {each["need"] for each in means} == {need["need"] for need in needs}
    serving = {name for each in means for name in each["elements"].split()}
    assert [name for name in serving if name not in resolved] == []
    assert {item.id for item in (*resolved.modified, *resolved.added)} <= serving


def test_the_statement_explains_just_what_is_not_met(resolved: ib.ResolvedProfile) -> None:
    left_out = {item.id for item in ib.profile("consumer").resolve() if item.id not in resolved}
    widened = {
        item.id
        for item in resolved.modified
        if any(change.change is ib.ModificationKind.WIDEN for change in item.modifications)
    }
    assert left_out
    assert widened
    stated = {row["outcome"]: row for row in rows("not-met.csv")}
    assert stated.keys() == left_out | widened
    assert all(row["compensating"] for row in stated.values())
    assert {name for name, row in stated.items() if row["reason"]} == left_out


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [("evidence.csv", "ir8259", "ir8259r1"), ("controls-r4.csv", "sp800-53r4", "sp800-53r5")],
)
def test_lists_are_carried_over(file: str, before: str, after: str) -> None:
    entries = rows(file)
    found = ib.migrate(entries, before, after)
    assert [each.entry for each in found] == entries
    assert found.carried_over()


def test_the_assessment_says_of_each_part_of_the_product_what_the_profile_widens(
    resolved: ib.ResolvedProfile,
) -> None:
    assessment = read_assessment(FILES / "assessment.toml")
    widened = {
        item.id
        for item in resolved.modified
        if any(change.change is ib.ModificationKind.WIDEN for change in item.modifications)
    }
    assert widened <= {finding.id for finding in assessment.statement}
    assert {each.role for each in assessment.product.components} == {"device", "gateway", "app", "backend"}
