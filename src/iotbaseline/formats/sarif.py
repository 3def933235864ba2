"""What a scanner found (SARIF 2.1.0), joined to the elements of an assessment by a table of the user, as evidence."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import TypeAlias, cast

from attrs import evolve, frozen

from iotbaseline._assessments.assessment import Assessment, is_date
from iotbaseline._assessments.document import FindingEvidence
from iotbaseline._files import tables
from iotbaseline._files.documents import text_of
from iotbaseline._files.tables import Layout, Row
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model import arguments
from iotbaseline._model.hidden import hidden_in
from iotbaseline._model.suggestions import EvidenceKind
from iotbaseline.errors import DataError, IoTBaselineError, counted, shorten

RULES = Layout("a table of rules", ",", ("rule", "element"), (), others=True, fold=str.lower)
_LARGEST = 200_000_000
_CLEAN = ("pass", "notApplicable", "informational")
"""The kinds of results that report nothing wrong."""
_Object: TypeAlias = dict[str, object]


@frozen(kw_only=True)
class Scanned:
    """An assessment with the evidence of a scanner, how much that is, and the rules that the table does not have."""

    assessment: Assessment
    added: int
    unmatched: tuple[str, ...]

    def __str__(self) -> str:
        left = f"; without a row: {', '.join(self.unmatched)}" if self.unmatched else ""
        return f"evidence added {counted(self.added, 'time')}{left}"


@arguments.checked
def add_sarif(
    assessment: Assessment, path: str | PathLike[str], rules: str | PathLike[str], *, library: Library = DEFAULT
) -> Scanned:
    """Add what a scanner found to an assessment, as evidence; statuses stay as they are.

    ``path`` is a SARIF file, ``rules`` a CSV file with the columns ``rule`` and ``element``: which rule of the scanner
    says something about which element. Each rule that ran becomes one piece of evidence of the kind ``test``, with the
    number of its results, for every finding about its elements; a rule that found nothing too. Raises
    :class:`~iotbaseline.errors.DataError` or :class:`~iotbaseline.errors.DataErrors` for either file.
    """
    table = _rules(rules, {finding.id for finding in assessment}, library)
    found = list(_evidence(path))
    by_element: defaultdict[str, list[FindingEvidence]] = defaultdict(list)
    for rule, evidence in found:
        for element in table.get(rule, ()):
            by_element[element].append(evidence)
    return Scanned(
        assessment=evolve(
            assessment,
            findings=tuple(
                evolve(finding, evidence=tuple(dict.fromkeys((*finding.evidence, *by_element[finding.id]))))
                for finding in assessment
            ),
        ),
        added=sum(len(by_element[finding.id]) for finding in assessment),
        unmatched=tuple(dict.fromkeys(rule for rule, _ in found if rule not in table)),
    )


def _rules(path: str | PathLike[str], known: set[str], library: Library) -> dict[str, list[str]]:
    """The elements of each rule."""

    def make(row: Row) -> tuple[str, str]:
        try:
            element = library.get(row["element"]).id
        except IoTBaselineError as error:
            raise row.error(error.problem, error.fix or "name an element of the assessment") from error
        if element not in known:
            raise row.error(f"{element} is not in the assessment", "take the row out")
        return row["rule"], element

    found: defaultdict[str, list[str]] = defaultdict(list)
    for rule, element in dict.fromkeys(tables.read(*tables.text_of(path), RULES, make)):
        found[rule].append(element)
    return dict(found)


def _evidence(path: str | PathLike[str]) -> Iterator[tuple[str, FindingEvidence]]:
    """Each rule that ran, with what it found as evidence."""
    file = Path(path).name
    text = text_of(path, file, _LARGEST)
    digest = sha256(text.encode()).hexdigest()
    for run in _runs(file, text):
        yield from _evidence_of_run(run, file, digest)


def _evidence_of_run(run: _Object, file: str, digest: str) -> Iterator[tuple[str, FindingEvidence]]:
    tool = _object(_object(run.get("tool")).get("driver"))
    listed = [_text(rule.get("id")) for rule in _objects(tool.get("rules"))]
    results = [each for each in _objects(run.get("results")) if each.get("kind") not in _CLEAN]
    counts = Counter(_rule(result, listed) for result in results)
    name = " ".join(filter(None, (_text(tool.get("name")), _text(tool.get("version"))))) or "scanner"
    for rule in filter(None, dict.fromkeys((*listed, *counts))):
        evidence = FindingEvidence(
            reference=f"{name}, rule {rule}: {counted(counts[rule], 'result')}",
            kind=EvidenceKind.TEST,
            date=_day(run),
            sha256=digest,
            address=file,
        )
        yield rule, evidence


def _runs(file: str, text: str) -> list[_Object]:
    try:
        document = _object(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise DataError(file, "whole file", f"it is not JSON ({shorten(error)})", "save the log as SARIF") from error
    if document.get("version") != "2.1.0":
        problem = f"its version is {shorten(document.get('version'))}"
        raise DataError(file, "version", problem, "save the log as SARIF 2.1.0")
    return _objects(document.get("runs"))


def _rule(result: _Object, listed: list[str]) -> str:
    """The identifier of the rule that a result is of."""
    index = result.get("ruleIndex", _object(result.get("rule")).get("index"))
    by_index = listed[index] if isinstance(index, int) and 0 <= index < len(listed) else ""
    return _text(result.get("ruleId")) or _text(_object(result.get("rule")).get("id")) or by_index


def _day(run: _Object) -> str | None:
    """The day on which a run ended."""
    days = (_text(each.get("endTimeUtc"))[:10] for each in _objects(run.get("invocations")))
    return next(filter(is_date, days), None)


def _object(value: object) -> _Object:
    return cast("_Object", value) if isinstance(value, dict) else {}


def _objects(value: object) -> list[_Object]:
    return [_object(each) for each in cast("list[object]", value)] if isinstance(value, list) else []


def _text(value: object) -> str:
    """A text without what nobody sees; empty for anything else."""
    return value.strip() if isinstance(value, str) and hidden_in(value) is None else ""
