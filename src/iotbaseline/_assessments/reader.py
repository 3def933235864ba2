"""Read assessments from TOML, JSON or a questionnaire, with all problems at once; write them to TOML."""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from os import PathLike

from attrs import asdict

from iotbaseline._assessments import questionnaire
from iotbaseline._assessments.assessment import PARTS, Assessment, Finding, blank, wanted
from iotbaseline._assessments.document import Component, Document, FindingStatus, WrittenFinding
from iotbaseline._files.documents import text_of, values_of
from iotbaseline._files.positions import Path
from iotbaseline._files.problems import Problems, Report
from iotbaseline._files.structure import record
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model.element import Element
from iotbaseline.errors import (
    DataError,
    DataErrors,
    IoTBaselineError,
    UnknownIdentifierError,
    UnknownNameError,
    shorten,
)

TEXTS = (".toml", ".json")
_LARGEST = 20_000_000
_HASH = re.compile("[0-9a-f]{64}")
_NEEDS_A_REASON = (*PARTS, FindingStatus.NOT_APPLICABLE)


def read_assessment(path: str | PathLike[str], *, library: Library = DEFAULT) -> Assessment:
    """Read an assessment from a TOML or JSON file, or from a filled-in questionnaire (xlsx, extra ``excel``).

    Elements that the file leaves out are ``not assessed``. Raises :class:`~iotbaseline.errors.DataErrors` with every
    problem of the file, each with its line or cell and a fix, and :class:`~iotbaseline.errors.MissingExtraError`.
    """
    made, errors = _read(os.fspath(path), library)
    if made is None:
        raise DataErrors(errors)
    return made


def check_assessment(path: str | PathLike[str], *, library: Library = DEFAULT) -> tuple[DataError, ...]:
    """Every problem of an assessment file; none if :func:`read_assessment` reads it."""
    return _read(os.fspath(path), library)[1]


def _read(file: str, library: Library) -> tuple[Assessment | None, tuple[DataError, ...]]:
    problems = Problems(file)
    try:
        value, report = _values(file, problems)
        document: Document = record(value, Document, (), report)
        made = _assessed(document, report, library)
    except DataErrors as given_up:
        return None, tuple(error for error in given_up.exceptions if isinstance(error, DataError))
    except DataError as error:
        problems.add(error)
        made = None
    return (None if problems.errors else made), tuple(problems.errors)


def _values(file: str, problems: Problems) -> tuple[object, Report]:
    suffix = os.path.splitext(file)[1].lower()  # noqa: PTH122
    if suffix == questionnaire.SUFFIX:
        return questionnaire.values_of(file, problems)
    if suffix in TEXTS:
        return values_of(file, text_of(file, file, _LARGEST), problems)
    known = " or ".join((*TEXTS, questionnaire.SUFFIX))
    raise DataError(file, "whole file", "its name is not that of an assessment", f"let it end in {known}")


def _assessed(document: Document, report: Report, library: Library) -> Assessment | None:
    """The assessment that a document describes; its problems go to the report."""
    if report.is_broken(("against",)) or report.is_broken(("level",)):
        return None
    try:
        elements = {element.id: element for element in wanted(document.against, document.level, library)}
    except IoTBaselineError as error:
        report.refuse(("level",) if isinstance(error, UnknownNameError) else ("against",), error)
        return None
    components = _components(document, report)
    found = _findings(document, elements, components, report, library)
    _check_parts(found, elements, report)
    missing = elements.keys() - {finding.id for _, finding in found}
    by_element: defaultdict[str, list[Finding]] = defaultdict(list)
    for _, finding in found:
        by_element[finding.id].append(finding)
    for identifier in missing:
        by_element[identifier].append(blank(elements[identifier]))
    return Assessment(
        product=document.product,
        against=document.against,
        level=document.level,
        data_version=document.data_version,
        findings=tuple(finding for identifier in elements for finding in by_element[identifier]),
    )


def _components(document: Document, report: Report) -> dict[str, Component]:
    components: dict[str, Component] = {}
    for number, component in enumerate(document.product.components):
        if component.key in components:
            place = ("product", "components", number, "key")
            report.add(place, f"two components have the key {component.key}", "give each its own")
        components[component.key] = component
    return components


def _findings(
    document: Document,
    elements: dict[str, Element],
    components: dict[str, Component],
    report: Report,
    library: Library,
) -> list[tuple[int, Finding]]:
    """The findings with their numbers in the file."""
    found: list[tuple[int, Finding]] = []
    seen: Counter[tuple[str, str | None]] = Counter()
    for number, written in enumerate(document.findings):
        place: Path = ("findings", number)
        element = None
        if not report.is_broken((*place, "element")):
            element = _element(written.element, elements, (*place, "element"), report, library)
        if written.component is not None and written.component not in components:
            near = " or ".join(report.hints.nearest(written.component, components) or components) or "none: list it"
            report.add((*place, "component"), f"there is no component {shorten(written.component)}", f"write {near}")
        _check_dates(written, place, report)
        if written.status in _NEEDS_A_REASON and not written.rationale and not report.is_broken(place):
            report.add((*place, "rationale"), f"it is {written.status} without a reason", "write a rationale")
        if element is None or report.is_broken(place):
            continue
        seen[element.id, written.component] += 1
        if seen[element.id, written.component] == 2:
            report.add(place, f"{element.id} has a second finding here", "join the two, or name components")
        made = Finding(
            element=element,
            component=components[written.component] if written.component else None,
            **{
                name: getattr(written, name)
                for name in ("status", "rationale", "assessor", "date", "expires", "evidence")
            },
        )
        found.append((number, made))
    return found


def _element(name: str, elements: dict[str, Element], path: Path, report: Report, library: Library) -> Element | None:
    """The element that a finding names in any usual spelling."""
    if name in elements:
        return elements[name]
    try:
        element = library.get(name)
    except UnknownIdentifierError:
        near = report.hints.near(name, elements)
        report.add(path, f"unknown element {shorten(name)}", near or "name one that is asked for")
        return None
    except IoTBaselineError as error:
        report.refuse(path, error)
        return None
    if element.id not in elements:
        report.add(path, f"{element.id} is not asked for here", "take the finding out")
        return None
    return element


def _check_dates(written: WrittenFinding, place: Path, report: Report) -> None:
    named = [("date", written.date), ("expires", written.expires)]
    dates = [((*place, name), value) for name, value in named]
    for number, evidence in enumerate(written.evidence):
        dates.append(((*place, "evidence", number, "date"), evidence.date))
        if evidence.sha256 is not None and not _HASH.fullmatch(evidence.sha256):
            report.add(
                (*place, "evidence", number, "sha256"), "it is no SHA-256", "write 64 digits and letters from a to f"
            )
    for path, value in dates:
        if value is not None and not _is_date(value):
            report.add(path, f"{shorten(value)} is no date", "write it as YYYY-MM-DD")
    if written.date and written.expires and written.expires < written.date:
        report.add((*place, "expires"), "it expires before its date", "correct one of them")


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_parts(found: Iterable[tuple[int, Finding]], elements: dict[str, Element], report: Report) -> None:
    """Report what is said to be met although a part of it is not."""
    status: dict[str, FindingStatus] = {}
    for _, finding in found:
        status[finding.id] = min(status.get(finding.id, finding.status), finding.status)
    for number, finding in found:
        parent = finding.element.parent
        while parent in elements:
            if finding.status in PARTS and status.get(parent) is FindingStatus.MET:
                problem = f"{finding.id} is {finding.status}, but {parent}, of which it is a part, is met"
                report.add(("findings", number, "status"), problem, f"write partly met for {parent}")
            parent = elements[parent].parent


def to_toml(assessment: Assessment) -> str:
    """The assessment as TOML, with name and summary of each element as a comment; :func:`read_assessment` reads it."""
    product = assessment.product
    head = {"against": assessment.against, "level": assessment.level, "data_version": assessment.data_version}
    own = {name: value for name, value in asdict(product).items() if name != "components"}
    lines = [f"# {line}" for line in _HELP]
    lines += [*_pairs(head), "", "[product]", *_pairs(own)]
    for component in product.components:
        lines += ["", "[[product.components]]", *_pairs(asdict(component))]
    for finding in assessment.findings:
        lines += ["", *_comment(finding.element), "[[findings]]", *_pairs(_written(finding))]
        for evidence in finding.evidence:
            lines += ["[[findings.evidence]]", *_pairs(asdict(evidence))]
    return "\n".join(lines) + "\n"


_HELP = (
    "For each element, write status: met, partly met, not met, not applicable, or leave it not assessed.",
    "What is not met, partly met or not applicable needs a rationale. Further fields: component, assessor, date,",
    "expires, and [[findings.evidence]] with reference, kind (test, document, configuration, source, interview), date,",
    "sha256, address.",
    "",
)


def _written(finding: Finding) -> dict[str, str | None]:
    return {
        "element": finding.id,
        "component": finding.component_key,
        "status": finding.status.value,
        "rationale": finding.rationale,
        "assessor": finding.assessor,
        "date": finding.date,
        "expires": finding.expires,
    }


def _pairs(values: dict[str, str | None]) -> Iterator[str]:
    """The values that are there as lines of TOML, whose basic strings are those of JSON."""
    return (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value is not None)


def _comment(element: Element) -> Iterator[str]:
    for text in filter(None, (element.title, element.summary)):
        yield f"# {' '.join(text.split())}"
