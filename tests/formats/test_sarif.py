"""Results of scanners as evidence of an assessment, never as a verdict."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline.assessments import Assessment, FindingStatus, add_sarif, start
from iotbaseline.formats import sarif

RUN: dict[str, Any] = {
    "tool": {"driver": {"name": "lint", "version": "2.1", "rules": [{"id": "R1"}, {"id": "R2"}, {"id": "R4"}]}},
    "invocations": [{"executionSuccessful": True}, {"endTimeUtc": "2026-11-03T10:00:00Z"}],
    "results": [
        {"ruleId": "R1", "message": {"text": "bad"}},
        {"ruleIndex": 0, "message": {"text": "bad"}},
        {"rule": {"index": 0}},
        {"rule": {"id": "R3"}},
        {"ruleId": "R1", "kind": "pass"},
        {"ruleIndex": 99},
    ],
}
RULES = (
    "rule,element,why\nR1,IR 8425:data-protection.1,x\nR1,ir8425:software-update.1,x\nR2,ir8425:data-protection.1,x\n"
)


@pytest.fixture(scope="module")
def blank() -> Assessment:
    return start("ir8425", "T")


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """What writes a log and a table of rules."""

    def write(document: object, rules: str = RULES) -> tuple[Path, Path]:
        log, table = tmp_path / "scan.sarif", tmp_path / "rules.csv"
        log.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
        table.write_text(rules, "utf-8")
        return log, table

    return write


Files = Callable[..., tuple[Path, Path]]


def test_each_rule_that_ran_is_evidence_for_its_elements(blank: Assessment, files: Files) -> None:
    log, table = files({"version": "2.1.0", "runs": [RUN]})
    found = add_sarif(blank, log, table)
    evidence = {finding.id: finding.evidence for finding in found.assessment if finding.evidence}
    assert {key: [str(each) for each in several] for key, several in evidence.items()} == {
        "ir8425:data-protection.1": [
            "test: lint 2.1, rule R1: 3 results (2026-11-03)",
            "test: lint 2.1, rule R2: 0 results (2026-11-03)",
        ],
        "ir8425:software-update.1": ["test: lint 2.1, rule R1: 3 results (2026-11-03)"],
    }
    [first] = evidence["ir8425:software-update.1"]
    assert (first.address, first.sha256) == ("scan.sarif", sha256(log.read_bytes()).hexdigest())
    assert (found.added, found.unmatched) == (3, ("R4", "R3"))
    assert str(found) == "evidence added 3 times; without a row: R4, R3"
    assert str(add_sarif(blank, *files({"version": "2.1.0", "runs": []}))) == "evidence added 0 times"


def test_a_row_of_the_rules_that_is_there_twice_counts_once(blank: Assessment, files: Files) -> None:
    twice = RULES + RULES.partition("\n")[2]
    assert add_sarif(blank, *files({"version": "2.1.0", "runs": [RUN]}, twice)).added == 3


@pytest.mark.parametrize("status", FindingStatus)
def test_no_status_changes(blank: Assessment, files: Files, status: FindingStatus) -> None:
    made = evolve(blank, findings=tuple(evolve(one, status=status) for one in blank))
    once = add_sarif(made, *files({"version": "2.1.0", "runs": [RUN]})).assessment
    assert once.status == made.status
    assert add_sarif(once, *files({"version": "2.1.0", "runs": [RUN]})).assessment == once


@pytest.mark.parametrize(
    ("document", "rules", "message"),
    [
        ("{", RULES, "scan.sarif: whole file: it is not JSON"),
        ("[" * 100_000, RULES, "scan.sarif: whole file: it is not JSON"),
        ({"version": "2.0.0"}, RULES, "scan.sarif: version: its version is '2.0.0'; save the log as SARIF 2.1.0"),
        ([], RULES, "scan.sarif: version: its version is 'None'"),
        ({"version": "2.1.0"}, "rule,elment\n", "rules.csv: line 1: the column 'element' is missing"),
        (
            {"version": "2.1.0"},
            "rule,element\nR1,ir8425:data-protecton.1\nR2,AC-2\nR3,a b?\n",
            "3 problems:\nrules.csv: line 2: unknown element of ir8425 'ir8425:data-protecton.1'; did you mean ",
        ),
    ],
)
def test_files_that_cannot_be_read(blank: Assessment, files: Files, document: object, rules: str, message: str) -> None:
    with pytest.raises((ib.errors.DataError, ib.errors.DataErrors)) as caught:
        add_sarif(blank, *files(document, rules))
    assert str(caught.value).startswith(message), str(caught.value)


def test_what_is_not_in_the_assessment_is_named(blank: Assessment, files: Files) -> None:
    with pytest.raises(ib.errors.DataErrors, match="sp800-53r5:ac-2 is not in the assessment; take the row out"):
        add_sarif(blank, *files({"version": "2.1.0"}, "rule,element\nR2,AC-2\n"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["R1", "a\u202e", "2026-11-03T"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["tool", "driver", "rules", "id", "name", "results", "ruleId", "ruleIndex", "rule", "index", "kind",
             "invocations", "endTimeUtc"]
        ),
        inner,
        max_size=4,
    ),
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(JSON, max_size=2))
def test_no_log_breaks_it(runs: list[object]) -> None:
    text = json.dumps({"version": "2.1.0", "runs": runs})
    assert all(rule and evidence.reference for run in sarif._runs("a", text) for rule, evidence in _of(run))


def _of(run: Any) -> list[Any]:
    return list(sarif._evidence_of_run(run, "a", "0" * 64))
