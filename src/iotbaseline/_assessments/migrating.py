"""Carry an assessment over to another revision of what it is held against."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from os import PathLike, fspath
from typing import ClassVar, Self, TypeAlias

from attrs import evolve, frozen

from iotbaseline._assessments.assessment import Assessment, Finding, blank
from iotbaseline._assessments.document import FindingStatus
from iotbaseline._assessments.scope import Against, name_of, scope_of
from iotbaseline._assessments.writing import written
from iotbaseline._display.records import Column, Record
from iotbaseline._display.results import Head, Result, Shown
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, publication_of
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline._model.publication import Publication
from iotbaseline._revisions.migrate import migrate
from iotbaseline._revisions.migration import MigratedEntry, Migration, Outcome
from iotbaseline.errors import UnknownIdentifierError

_HOLDS = (Outcome.KEPT, Outcome.RENAMED)
_Place: TypeAlias = tuple[str, str | None]
"""The element and the component that a finding is about."""


@frozen(kw_only=True, repr=False)
class MigratedAssessment(Result[MigratedEntry[Record], Outcome]):
    """What became of each finding, and the assessment that can go on.

    What is kept or renamed keeps its status. What needs review is ``not assessed``, with its evidence and with what it
    was in the rationale; what is orphaned is only in the report. Findings that nobody had made yet are left out.
    """

    LISTED: ClassVar[str] = "entries"
    GROUPED: ClassVar[bool] = True
    IN_GROUP: ClassVar[tuple[str, ...]] = ("outcome",)
    SHOWN: ClassVar[Shown] = {
        "before": ("before", "before_name"),
        "component": ("component",),
        "status": ("status",),
        "after": ("after", "after_name"),
        "outcome": ("outcome",),
        "why": ("reason",),
    }

    report: Migration[Record]
    assessment: Assessment

    def __str__(self) -> str:
        return f"{self.assessment.product.name}, {self.report}; then {self.assessment}"

    def __repr__(self) -> str:
        return f"<MigratedAssessment {self}>"

    def columns(self) -> tuple[Column[MigratedEntry[Record]], ...]:
        """Component and status of the finding, then the columns of the report."""
        return (
            Column("component", lambda item: item.entry["component"]),
            Column("status", lambda item: item.entry["status"]),
            *self.report.columns(),
        )

    @property
    def _items(self) -> tuple[MigratedEntry[Record], ...]:
        return self.report.entries

    def _part(self, items: tuple[MigratedEntry[Record], ...]) -> Self:
        return evolve(self, report=evolve(self.report, entries=items))

    @property
    def _name(self) -> str:
        return f"{self.assessment.product.name}: {self.report.before.key} → {self.report.after.key}"

    def _head(self) -> Head:
        before, after = self.report.before.key, self.report.after.key
        return {"product": self.assessment.product.name, "before": before, "after": after}

    def _explained(self, item: MigratedEntry[Record]) -> tuple[str, str]:
        return f"{item} (was {item.entry['status']})", item.reason


@arguments.checked
def migrate_assessment(
    assessment: Assessment,
    before: Named,
    after: Named,
    *,
    against: Against | None = None,
    folder: str | PathLike[str] = ".",
    library: Library = DEFAULT,
) -> MigratedAssessment:
    """Migrate an assessment from one revision of a publication to another.

    ``against`` is what it is held against then; by default the later publication, or the same profile. For a profile of
    your own, migrate that first (:func:`iotbaseline.migrate_profile`). Findings about elements of other publications
    stay as they are. Raises what :func:`start` and :func:`iotbaseline.migrate` raise.
    """
    old, new = publication_of(library, before, "before"), publication_of(library, after, "after")
    held = against or _held(assessment, old, new, library)
    scope = scope_of(held, assessment.level, fspath(folder), library)
    made = [finding for finding in assessment if finding.status is not FindingStatus.NOT_ASSESSED or finding.evidence]
    moving = [finding for finding in made if old.has(finding.id)]
    entries: list[Record] = [{"id": finding.id, **_told(finding)} for finding in moving]
    report = migrate(entries, old, new, library=library)
    elements = {element.id: element for element in scope.elements}
    found: defaultdict[_Place, list[tuple[Finding, str | None]]] = defaultdict(list)
    for finding in made:
        if not old.has(finding.id):
            found[finding.id, finding.component_key].append((finding, None))
    for finding, entry in zip(moving, report, strict=True):
        for element in entry.after:
            reason = None if entry.outcome in _HOLDS else entry.reason
            found[element.id, finding.component_key].append((finding, reason))
    by_element: defaultdict[str, list[Finding]] = defaultdict(list)
    for (identifier, _), several in found.items():
        if identifier in elements:
            by_element[identifier].append(_carried(elements[identifier], several))
    return MigratedAssessment(
        report=report,
        assessment=evolve(
            assessment,
            against=name_of(held),
            data_version=library.data_version,
            read_with=library.data_version,
            findings=tuple(
                finding for key, element in elements.items() for finding in by_element[key] or [blank(element)]
            ),
            above=scope.above,
            widened=scope.widened,
        ),
    )


def _held(assessment: Assessment, old: Publication, new: Publication, library: Library) -> str:
    """What the migrated assessment is held against: the later publication, or what it was."""
    with suppress(UnknownIdentifierError):
        return new.key if library.info(assessment.against).key == old.key else assessment.against
    return assessment.against


def _told(finding: Finding) -> Record:
    return {"component": finding.component_key, "status": finding.status.value}


def _carried(element: Element, several: list[tuple[Finding, str | None]]) -> Finding:
    """The finding about an element that follows from one that holds, or from several or others that need review."""
    [first, *others] = several
    if not others and first[1] is None:
        return evolve(first[0], element=element)
    return Finding(
        element=element,
        component=first[0].component,
        status=FindingStatus.NOT_ASSESSED,
        rationale="\n".join(_was(finding, reason) for finding, reason in several),
        evidence=tuple(dict.fromkeys(each for finding, _ in several for each in finding.evidence)),
    )


def _was(finding: Finding, reason: str | None) -> str:
    """What a finding said before it had to be reviewed."""
    told = written(finding)
    said = " ".join(told[name] or "" for name in ("rationale", "assessor", "date")).strip()
    return f"{finding.id} was {finding.status}{f': {said}' if said else ''}. To be reviewed: {reason or 'merged'}."
