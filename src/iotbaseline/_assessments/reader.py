"""Read assessments from TOML, JSON or a questionnaire, with all problems at once."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from os import PathLike

from iotbaseline._assessments import cells
from iotbaseline._assessments.assessment import EXPLAINED, UNMET, Assessment, Finding, blank, is_date
from iotbaseline._assessments.document import Component, Document, FindingStatus, WrittenFinding
from iotbaseline._assessments.scope import Scope, scope_of
from iotbaseline._files.documents import text_of, values_of
from iotbaseline._files.positions import Path
from iotbaseline._files.problems import Problems, Report
from iotbaseline._files.structure import record
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import FILES
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline.errors import (
    DataError,
    DataErrors,
    IoTBaselineError,
    UnknownIdentifierError,
    UnknownNameError,
    shorten,
)

_LARGEST = 20_000_000
_HASH = re.compile("[0-9a-f]{64}")


@arguments.checked
def read_assessment(path: str | PathLike[str], *, library: Library = DEFAULT) -> Assessment:
    """Read an assessment from a TOML or JSON file, or from a filled-in questionnaire (xlsx, extra ``excel``).

    Elements that the file leaves out are ``not assessed``. Raises :class:`~iotbaseline.errors.DataErrors` with every
    problem of the file, each with its line or cell and a fix, and :class:`~iotbaseline.errors.MissingExtraError`.
    """
    made, errors = _read(os.fspath(path), library)
    if made is None:
        raise DataErrors(errors)
    return made


@arguments.checked
def check_assessment(path: str | PathLike[str], *, library: Library = DEFAULT) -> tuple[DataError, ...]:
    """Every problem of an assessment file; none if :func:`read_assessment` reads it."""
    return _read(os.fspath(path), library)[1]


def _read(file: str, library: Library) -> tuple[Assessment | None, tuple[DataError, ...]]:
    problems = Problems(file)
    try:
        value, report = _values(file, problems)
        document: Document = record(value, Document, (), report)
        made = _assessed(document, report, os.path.dirname(file) or ".", library)  # noqa: PTH120
    except DataErrors as given_up:
        return None, tuple(error for error in given_up.exceptions if isinstance(error, DataError))
    except DataError as error:
        problems.add(error)
        made = None
    return (None if problems.errors else made), tuple(problems.errors)


def _values(file: str, problems: Problems) -> tuple[object, Report]:
    suffix = os.path.splitext(file)[1].lower()  # noqa: PTH122
    if suffix == cells.SUFFIX:
        return cells.values_of(file, problems)
    if suffix in FILES:
        return values_of(file, text_of(file, file, _LARGEST), problems)
    known = " or ".join((*FILES, cells.SUFFIX))
    raise DataError(file, "whole file", "its name is not that of an assessment", f"let it end in {known}")


def _assessed(document: Document, report: Report, folder: str, library: Library) -> Assessment | None:
    """The assessment that a document describes; its problems go to the report."""
    scope = _scope(document, report, folder, library)
    if scope is None:
        return None
    elements = {element.id: element for element in scope.elements}
    found = _findings(document, elements, _components(document, report), report, library)
    _check_parts(found, elements, report)
    by_element: defaultdict[str, list[Finding]] = defaultdict(list)
    for _, finding in found:
        by_element[finding.id].append(finding)
    return Assessment(
        product=document.product,
        against=document.against,
        level=document.level,
        data_version=document.data_version,
        read_with=library.data_version,
        findings=tuple(
            finding
            for identifier, element in elements.items()
            for finding in by_element[identifier] or [blank(element)]
        ),
        above=scope.above,
        widened=scope.widened,
    )


def _scope(document: Document, report: Report, folder: str, library: Library) -> Scope | None:
    """What the document is held against; ``None`` if that is not known."""
    if report.is_broken(("against",)) or report.is_broken(("level",)):
        return None
    try:
        return scope_of(document.against, document.level, folder, library)
    except DataErrors as error:
        report.add(("against",), f"the profile has {error.problem}", f"run: iotbaseline check {document.against}")
    except IoTBaselineError as error:
        is_level = isinstance(error, UnknownNameError) and not isinstance(error, UnknownIdentifierError)
        report.refuse(("level",) if is_level else ("against",), error)
    return None


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
        if written.status in EXPLAINED and not written.rationale and not report.is_broken(place):
            report.add((*place, "rationale"), f"it is {written.status} without a reason", "write a rationale")
        if element is None or report.is_broken(place):
            continue
        seen[element.id, written.component] += 1
        if seen[element.id, written.component] > 1:
            report.add(place, f"{element.id} has another finding already", "join the two, or name components")
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
        if value is not None and not is_date(value):
            report.add(path, f"{shorten(value)} is no date", "write it as YYYY-MM-DD")
    are_good = not any(report.is_broken(path) for path, _ in dates[:2])
    if are_good and written.date and written.expires and written.expires < written.date:
        report.add((*place, "expires"), "it expires before its date", "correct one of them")


def _check_parts(found: Iterable[tuple[int, Finding]], elements: dict[str, Element], report: Report) -> None:
    """Report what is said to be met although a part of it is not."""
    status: dict[str, FindingStatus] = {}
    for _, finding in found:
        status[finding.id] = min(status.get(finding.id, finding.status), finding.status)
    for number, finding in found:
        parent = finding.element.parent
        while parent in elements:
            if finding.status in UNMET and status.get(parent) is FindingStatus.MET:
                problem = f"{finding.id} is {finding.status}, but {parent}, of which it is a part, is met"
                report.add(("findings", number, "status"), problem, f"write partly met for {parent}")
            parent = elements[parent].parent
