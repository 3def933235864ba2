"""Assessments: what they hold, their statement, their report."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

import iotbaseline as ib
from iotbaseline.assessments import (
    Assessment,
    EvidenceKind,
    FindingEvidence,
    FindingStatus,
    Product,
    met,
    start,
    to_toml,
)

if TYPE_CHECKING:
    from tests.conftest import DataFolder

Fill = Callable[..., Assessment]
ROOT = Path(__file__).parents[2]


def test_there_is_a_finding_for_every_element_that_asks_for_something(blank: Assessment) -> None:
    covered = ib.coverage("consumer", "consumer")
    assert [finding.id for finding in blank] == [item.element.id for item in covered]
    assert {finding.status for finding in blank} == {FindingStatus.NOT_ASSESSED}
    assert blank.against == "consumer"
    assert blank.data_version == ib.data_version
    assert list(blank.unassessed) == list(blank)
    assert str(blank) == f"Brannhall T2 against consumer: {len(blank)} not assessed"
    assert repr(blank) == f"<Assessment {blank}>"


@pytest.mark.parametrize("against", ["ir8425", ib.load("ir8425"), ib.profile("consumer")])
def test_a_publication_or_profile_may_be_given_or_named(against: object, blank: Assessment) -> None:
    made = start(against, "A thing, v2")  # type: ignore[arg-type]
    assert made.product == Product(key="a-thing-v2", name="A thing, v2")
    assert made.against in ("ir8425", "consumer")
    assert [finding.id for finding in made] == [finding.id for finding in blank]
    assert start("ir8425", "?").product.key == "product"


def test_a_level_of_a_profile() -> None:
    levels = ib.profile("industrial").levels
    sizes = [len(start("industrial", "T", level=level)) for level in levels]
    assert len(set(sizes)) > 1
    assert " at " in str(start("industrial", "T", level=levels[0]))


def test_a_profile_that_is_given_has_its_levels_and_changes_too() -> None:
    industrial = ib.profile("industrial")
    for level in industrial.levels:
        assert start(industrial, "T", level=level) == start("industrial", "T", level=level)
    read = ib.read_profile(ROOT / "docs" / "notebooks" / "thermostat" / "thermostat.toml")
    assert "ir8425:data-protection.1" in start(read, "T").widened


def test_a_profile_that_is_named_is_that_of_the_library(folder: DataFolder) -> None:
    some = ["asset-identification.1", "asset-identification.2"]
    folder.edit("profiles/consumer.json", lambda document: document["imports"][0].update(include=[{"ids": some}]))
    assert [finding.element.local for finding in start("consumer", "T", library=folder.library)] == some


@pytest.mark.parametrize(
    ("against", "level", "message"),
    [
        ("ir8425", "high", "ir8425 is no profile, so it has no levels; leave the level out"),
        ("consumer", "high", "unknown level of consumer 'high'"),
        ("csa2015", None, "it asks for nothing that is held; name a publication or profile with elements"),
        ("consumr", None, "did you mean consumer"),
    ],
)
def test_what_cannot_be_asked_for(against: str, level: str | None, message: str) -> None:
    with pytest.raises(ib.errors.IoTBaselineError, match=message):
        start(against, "T", level=level)


def test_a_profile_of_your_own_has_to_be_in_the_folder() -> None:
    folder = ROOT / "docs" / "notebooks"
    made = start("thermostat/thermostat.toml", "T", folder=folder)
    assert made.against == "thermostat/thermostat.toml"
    assert "ir8425:data-protection.1" in made.widened
    assert any(finding.id.startswith("thermostat:") for finding in made)
    with pytest.raises(ib.errors.QueryError, match="lies outside the folder of the assessment; move it"):
        start("../thermostat/thermostat.toml", "T", folder=folder / "thermostat" / "x")
    read = ib.read_profile(folder / "thermostat" / "thermostat.toml")
    assert [finding.id for finding in start(read, "T")] == [finding.id for finding in made]


def test_the_status_of_an_element_is_the_worst_of_its_findings_that_apply(blank: Assessment) -> None:
    first, *others = blank.findings
    wall, app = blank.product.components
    statuses = [FindingStatus.NOT_APPLICABLE, FindingStatus.MET, FindingStatus.PARTLY_MET]
    made = evolve(
        blank,
        findings=(
            evolve(first, component=wall, status=statuses[0]),
            evolve(first, component=app, status=statuses[1]),
            *others,
        ),
    )
    assert made.status[first.id] is FindingStatus.MET
    worse = evolve(made, findings=(*made.findings, evolve(first, status=statuses[2])))
    assert worse.status[first.id] is FindingStatus.PARTLY_MET
    assert str(made.findings[0]).endswith("[wall]: not applicable")
    assert repr(first) == f"<Finding {first}>"
    assert str(first) == f"{first.element}: not assessed"
    assert [*first.to_records()[0]] == [
        "element", "name", "component", "status", "rationale", "evidence", "assessor", "date", "expires"
    ]  # fmt: skip
    assert first.to_records()[0]["status"] == "not assessed"


def test_what_has_expired_is_not_assessed(blank: Assessment, filled: Fill) -> None:
    met = filled(blank, "met")
    made = evolve(met, findings=tuple(evolve(finding, expires="2027-01-31") for finding in met))
    assert made.on("2027-01-31") == made
    assert len(made.on("2027-02-01").unassessed) == len(made)
    assert met.on("2099-01-01") == met
    with pytest.raises(ib.errors.QueryError, match=r"'1\.2\.2027' is no date; write it as YYYY-MM-DD"):
        made.on("1.2.2027")


def test_the_statement_has_what_needs_a_reason(blank: Assessment, filled: Fill) -> None:
    made = filled(
        filled(blank, "met"),
        {"data-protection.1": "not met", "data-protection.2": "partly met", "documentation.1.a": "not applicable"},
    )
    statement = made.statement
    assert [finding.element.local for finding in statement] == [
        "data-protection.1",
        "data-protection.2",
        "documentation.1.a",
    ]
    assert str(statement) == "Brannhall T2 against consumer: 1 not met, 1 partly met, 1 not applicable"
    assert repr(statement) == f"<Statement {statement}>"
    text = statement.to_text()
    assert text.index("not met (1)") < text.index("partly met (1)") < text.index("not applicable (1)")
    assert text.count("      because") == 3
    assert all(f"  {finding.element}\n      because" in text for finding in statement)
    wall = made.product.components[0]
    of_wall = evolve(statement, findings=tuple(evolve(finding, component=wall) for finding in statement))
    assert all(f"  {finding.element} [wall]\n      because" in of_wall.to_text() for finding in statement)
    assert "not complete" not in text
    assert json.loads(statement.to_json())["open"] == 0
    assert "because" in statement.to_html()
    assert statement.to_markdown().startswith("# What Brannhall T2 does not meet, and why\n")
    assert str(filled(blank, "met").statement) == "Brannhall T2 against consumer: nothing to explain"
    assert "Everything is met." in filled(blank, "met").statement.to_html()


def test_a_statement_says_how_much_is_not_assessed(blank: Assessment) -> None:
    assert f"not complete: {len(blank)} not assessed" in blank.statement.to_text()
    assert f"Not complete: {len(blank)} elements not assessed." in blank.statement.to_html()


def test_findings_are_grouped_by_what_stands_at_the_top(blank: Assessment) -> None:
    capabilities = [each.title for each in ib.load("ir8425").of_kind(ib.kinds.Capability)]
    assert list(blank.groups) == capabilities
    assert [finding for findings in blank.groups.values() for finding in findings] == list(blank)


def test_the_report_has_every_finding_with_its_evidence(blank: Assessment, filled: Fill) -> None:
    made = filled(blank, "met")
    first, *others = made.findings
    evidence = FindingEvidence(reference="Report <7>", kind=EvidenceKind.TEST, date="2026-11-02", address="r/7.pdf")
    component = blank.product.components[0]
    evident = evolve(first, component=component, evidence=(evidence,), assessor="A. Tester", date="2026-11-03")
    whole = evolve(made, product=evolve(made.product, maker="Brannhall"), findings=(evident, *others))
    page = whole.to_html()
    assert page.startswith("<!DOCTYPE html>")
    assert all(finding.id in page for finding in made)
    assert "test: Report &lt;7&gt; (2026-11-02) r/7.pdf" in page
    assert "Brannhall T2 1.10" in page
    assert "<svg" in page
    assert not re.search("<(link|script|img|iframe)", page)
    assert "test: Report <7> (2026-11-02); A. Tester; 2026-11-03" in whole.to_text()
    head = json.loads(whole.to_json())
    product = {"product": "Brannhall T2", "version": "1.10", "maker": "Brannhall"}
    assert head == head | product | {"against": "consumer", "level": None, "data_version": ib.data_version}
    assert head["components"][0]["role"] == "device"
    assert head["findings"][0]["evidence"][0]["date"] == "2026-11-02"
    assert whole.to_markdown().startswith("# Assessment of Brannhall T2\n")


def test_it_says_that_the_data_is_another(blank: Assessment) -> None:
    assert blank.notice is None
    assert evolve(blank, read_with=None).notice is None
    older = evolve(blank, data_version="2025.01.0")
    assert (older.notice or "").startswith(f"written with data 2025.01.0 and read with {ib.data_version}: ")
    for shown in (older.to_text(), older.to_markdown(), older.to_html(), older.to_json(), older._repr_html_()):
        assert str(older.notice) in shown
    assert "written with data" not in blank.to_html()


def test_the_report_goes_without_the_picture(blank: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert "<svg" not in blank.to_html()


def test_the_picture_describes_itself(blank: Assessment, filled: Fill) -> None:
    plot = filled(blank, {"data-protection.1": "not met"}).plot()
    assert "Data Protection: 1 not met, 2 not assessed" in plot.alt
    assert "#d55e00" in plot.to_svg()


def test_arguments_of_other_types(blank: Assessment) -> None:
    wrong: Any = ["ir8425"]
    with pytest.raises(ib.errors.ArgumentTypeError, match="against is of type list; pass a publication or profile"):
        start(wrong, "T")
    with pytest.raises(ib.errors.ArgumentTypeError, match="day is of type list; pass a string"):
        blank.on(wrong)
    for function in (to_toml, met):
        with pytest.raises(ib.errors.ArgumentTypeError, match="assessment is of type list"):
            function(wrong)


def test_toml_holds_what_json_does(blank: Assessment) -> None:
    element = evolve(blank.findings[0].element, title="a\x7f\x1bb")
    finding = evolve(blank.findings[0], element=element, rationale="a\x7f\x1b\u2028b")
    text = to_toml(evolve(blank, findings=(finding,)))
    assert tomllib.loads(text)["findings"][0]["rationale"] == finding.rationale
