"""What the findings of an assessment show for another publication."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, TypedDict, Unpack

from attrs import frozen

from iotbaseline._assessments.assessment import Assessment
from iotbaseline._assessments.document import FindingStatus
from iotbaseline._assessments.scope import wholes
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Item, Result, Shown
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, Selectable
from iotbaseline._mappings.connection import Connection
from iotbaseline._mappings.coverage import Coverage
from iotbaseline._mappings.coverage_level import CoverageLevel
from iotbaseline._mappings.covering import coverage
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline._model.provenance import judgement
from iotbaseline._model.ranked import Ranked
from iotbaseline.relations import Relation


class Conclusion(Ranked):
    """What follows for an element from findings about others, most first."""

    SHOWN_IN_FULL = "shown in full"
    """An element that is met asks for all of it."""
    SHOWN_IN_PART = "shown in part"
    """An element that is met asks for a part of it, or one that is partly met is equal to it or part of it."""
    SUPPORTS = "supports"
    """An element that is met supports it; no source says how much of it."""
    NONE = "no conclusion"
    """Nothing follows: what is met leads to it weakly or not at all."""


OF_LEVEL = {
    CoverageLevel.COVERED: Conclusion.SHOWN_IN_FULL,
    CoverageLevel.PARTLY_COVERED: Conclusion.SHOWN_IN_PART,
    CoverageLevel.SUPPORTED: Conclusion.SUPPORTS,
}
_INSIDE = frozenset({Relation.EQUAL, Relation.SUBSET_OF})
_SAME = frozenset({Relation.IDENTICAL, Relation.EQUIVALENT})


class Target(TypedDict, total=False):
    """The bounds of a target, as :func:`iotbaseline.coverage` takes them."""

    baseline: str | None
    within: Element | str | None
    kinds: str | Iterable[str] | None
    through: Named | Iterable[Named]
    library: Library


@frozen(kw_only=True, repr=False)
class Shows(Item):
    """What follows for one element of the target, and from which elements of the assessment, with the paths."""

    SHOWN: ClassVar[Shown] = {"element": ("element", "name"), "conclusion": ("conclusion",), "path": ("path",)}

    element: Element
    conclusion: Conclusion
    by: tuple[Connection, ...] = ()

    @property
    def is_curated(self) -> bool:
        """Whether the best path from one of the elements goes along this project's judgement."""
        return any(connection.paths[0].is_curated for connection in self.by)

    def __str__(self) -> str:
        return f"{self.element}: {self.conclusion}"

    def __repr__(self) -> str:
        return f"<Shows {self}>"

    def columns(self) -> tuple[Column[Shows], ...]:
        """Element, conclusion, what it follows from, the best path."""
        return _COLUMNS


_COLUMNS: tuple[Column[Shows], ...] = (
    Column("element", lambda item: item.element.id),
    Column("name", lambda item: item.element.name),
    Column("conclusion", lambda item: item.conclusion, groups=tuple(Conclusion)),
    Column("by", lambda item: tuple(connection.subject for connection in item.by)),
    Column("path", lambda item: str(item.by[0].paths[0]) if item.by else None),
)


@frozen(kw_only=True, repr=False)
class Conclusions(Result[Shows, Conclusion]):
    """What an assessment shows for a target, item by item in its order. Nothing becomes met that does not follow."""

    HELD: ClassVar[str] = "items"
    LISTED: ClassVar[str] = "items"
    GROUPED: ClassVar[bool] = True
    IN_GROUP: ClassVar[tuple[str, ...]] = ("conclusion",)
    SHOWN: ClassVar[Shown] = Shows.SHOWN

    assessment: Assessment
    target: str
    items: tuple[Shows, ...]
    cautions: tuple[str, ...] = ()

    @property
    def notice(self) -> str | None:
        """Says how many items rest on this project's judgement, what that does not give, and what is held in part."""
        judged = judgement(sum(item.is_curated for item in self.items), len(self), "item")
        return "; ".join(filter(None, (judged, *self.cautions))) or None

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {conclusion}" for conclusion, count in self.counts().items())
        return (
            f"{self.assessment.product.name}, assessed against {self.assessment.against}, for {self.target}: {counts}"
        )

    def __repr__(self) -> str:
        return f"<Conclusions {self}>"

    def columns(self) -> tuple[Column[Shows], ...]:
        """The columns of an item."""
        return _COLUMNS

    @property
    def _name(self) -> str:
        return self.target

    @property
    def _caution(self) -> str | None:
        return self.notice

    def _head(self) -> Head:
        return {"product": self.assessment.product.name, "against": self.assessment.against, "target": self.target}

    def _explained(self, item: Shows) -> tuple[str, str]:
        return str(item.element), "; ".join(str(connection.paths[0]) for connection in item.by)


@arguments.checked
def shows(assessment: Assessment, target: Selectable, **bounds: Unpack[Target]) -> Conclusions:
    """What an assessment shows for another publication, baseline or profile.

    What is met passes on what follows from the mappings, and so does what all parts of are met. What is partly met, or
    met as a profile widens it, only shows a part of what it is equal to or part of. All else shows nothing. The
    arguments, and what is raised, are those of :func:`iotbaseline.coverage`.
    """
    library = bounds.get("library", DEFAULT)
    goal = coverage([finding.element for finding in assessment], target, **bounds)
    full = _covered(met(assessment, library), target, bounds)
    part = _covered(partly_met(assessment), target, bounds)
    return Conclusions(
        assessment=assessment,
        target=goal.target,
        items=tuple(_concluded(item.element, full, part) for item in goal),
        cautions=() if full is None else full.cautions,
    )


@arguments.checked
def met(assessment: Assessment, library: Library = DEFAULT) -> tuple[Element, ...]:
    """The elements that are met as published, and those above them all of whose parts are."""
    found = _of_status(assessment, FindingStatus.MET)
    certain = [element for element in found if element.id not in assessment.widened]
    scope = tuple({finding.id: finding.element for finding in assessment}.values())
    return (*certain, *wholes((element.id for element in certain), scope, library))


def partly_met(assessment: Assessment) -> tuple[Element, ...]:
    """The elements of which only a part is known to be met as published."""
    widened = (each for each in _of_status(assessment, FindingStatus.MET) if each.id in assessment.widened)
    return (*_of_status(assessment, FindingStatus.PARTLY_MET), *widened)


def _of_status(assessment: Assessment, status: FindingStatus) -> tuple[Element, ...]:
    """The elements that have a status as a whole."""
    elements = {finding.id: finding.element for finding in assessment}
    return tuple(element for identifier, element in elements.items() if assessment.status[identifier] is status)


def _covered(selection: tuple[Element, ...], target: Selectable, bounds: Target) -> Coverage | None:
    return coverage(selection, target, **bounds) if selection else None


def _concluded(element: Element, full: Coverage | None, part: Coverage | None) -> Shows:
    """What follows for an element: the best of what is met and of what is partly met."""
    found = Shows(element=element, conclusion=Conclusion.NONE)
    if full is not None and (conclusion := OF_LEVEL.get(full[element.id].level)) is not None:
        found = Shows(element=element, conclusion=conclusion, by=full[element.id].by)
    if part is not None and found.conclusion > Conclusion.SHOWN_IN_PART:
        inside = tuple(each for each in part[element.id].by if _is_inside(each))
        if inside:
            return Shows(element=element, conclusion=Conclusion.SHOWN_IN_PART, by=inside)
    return found


def _is_inside(connection: Connection) -> bool:
    """Whether the subject is certainly equal to the object or a part of it, so that its parts are parts of it too."""
    return bool(connection.possible) and (connection.possible <= _INSIDE or bool(connection.weaker & _SAME))
