"""What the findings of an assessment show for another publication, and what would still have to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, TypedDict, Unpack

from attrs import frozen

from iotbaseline._assessments.assessment import PARTS, Assessment
from iotbaseline._assessments.document import FindingStatus
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Item, Listing, Result, Shown
from iotbaseline._library.library import Library
from iotbaseline._library.selection import Named, Selectable
from iotbaseline._mappings.connection import Connection
from iotbaseline._mappings.coverage import Coverage, CoverageItem, CoverageLevel, coverage
from iotbaseline._model.element import Element
from iotbaseline._model.ranked import Ranked
from iotbaseline.relations import Relation


class Conclusion(Ranked):
    """What follows for an element from findings about others, most first."""

    SHOWN_IN_FULL = "shown in full"
    """An element that is met asks for all of it."""
    SHOWN_IN_PART = "shown in part"
    """An element that is met asks for a part of it, or one that is partly met is equal to it or part of it."""
    SUPPORTED = "supported"
    """An element that is met supports it; no source says how much of it."""
    NONE = "no conclusion"
    """Nothing follows: what is met leads to it weakly or not at all."""


_OF_LEVEL = {
    CoverageLevel.COVERED: Conclusion.SHOWN_IN_FULL,
    CoverageLevel.PARTLY_COVERED: Conclusion.SHOWN_IN_PART,
    CoverageLevel.SUPPORTED: Conclusion.SUPPORTED,
}
_INSIDE = (Relation.EQUAL, Relation.IDENTICAL, Relation.EQUIVALENT, Relation.SUBSET_OF)
"""The relations with which a part of one element is a part of the other."""


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

    SHOWN: ClassVar[Shown] = {"element": ("element", "name"), "conclusion": ("conclusion",), "by": ("by",)}

    element: Element
    conclusion: Conclusion
    by: tuple[Connection, ...] = ()

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
    notice: str | None = None

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {conclusion}" for conclusion, count in self.counts().items())
        return f"{self.assessment.product.name} against {self.assessment.against}, for {self.target}: {counts}"

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
        return str(item), "; ".join(str(connection.paths[0]) for connection in item.by)


def shows(assessment: Assessment, target: Selectable, **bounds: Unpack[Target]) -> Conclusions:
    """What an assessment shows for another publication, baseline or profile.

    What is met passes on what follows from the mappings; what is partly met only shows a part of what it is equal to
    or part of; all else shows nothing. The arguments, and what is raised, are those of :func:`iotbaseline.coverage`.
    """
    everything = coverage(_elements(assessment, tuple(FindingStatus)), target, **bounds)
    met = _covered(_elements(assessment, (FindingStatus.MET,)), target, bounds)
    partly = _covered(_elements(assessment, (FindingStatus.PARTLY_MET,)), target, bounds)
    items = tuple(_shown(item.element, met, partly) for item in everything)
    return Conclusions(
        assessment=assessment,
        target=everything.target,
        items=items,
        notice=_notice(met),
    )


def _covered(selection: list[Element], target: Selectable, bounds: Target) -> Coverage | None:
    return coverage(selection, target, **bounds) if selection else None


def _notice(met: Coverage | None) -> str | None:
    return None if met is None else met.notice


def _elements(assessment: Assessment, statuses: Iterable[FindingStatus]) -> list[Element]:
    """The elements of the assessment that have one of these statuses as a whole."""
    elements = {finding.id: finding.element for finding in assessment}
    wanted = frozenset(statuses)
    return [element for identifier, element in elements.items() if assessment.status[identifier] in wanted]


def _shown(element: Element, met: Coverage | None, partly: Coverage | None) -> Shows:
    item = None if met is None else met[element.id]
    conclusion = Conclusion.NONE if item is None else _OF_LEVEL.get(item.level, Conclusion.NONE)
    if item is not None and conclusion <= Conclusion.SHOWN_IN_PART:
        return Shows(element=element, conclusion=conclusion, by=item.by)
    inside = () if partly is None else tuple(each for each in partly[element.id].by if each.relation in _INSIDE)
    if inside:
        return Shows(element=element, conclusion=Conclusion.SHOWN_IN_PART, by=inside)
    by = () if item is None or conclusion is Conclusion.NONE else item.by
    return Shows(element=element, conclusion=conclusion, by=by)


@frozen(kw_only=True, repr=False)
class Step(Item):
    """An element still to be met, and the elements of the target for which more would then be shown."""

    SHOWN: ClassVar[Shown] = {"element": ("element", "name"), "status": ("status",), "shows": ("shows",)}

    element: Element
    status: FindingStatus
    gains: tuple[Element, ...]

    def __str__(self) -> str:
        return f"{self.element}: {len(self.gains)} more"

    def __repr__(self) -> str:
        return f"<Step {self}>"

    def columns(self) -> tuple[Column[Step], ...]:
        """Element, its status now, how many elements of the target gain, and which."""
        return _STEP_COLUMNS


_STEP_COLUMNS: tuple[Column[Step], ...] = (
    Column("element", lambda step: step.element.id),
    Column("name", lambda step: step.element.name),
    Column("status", lambda step: step.status, groups=tuple(FindingStatus)),
    Column("gains", lambda step: len(step.gains)),
    Column("shows", lambda step: tuple(element.id for element in step.gains)),
)


@frozen(kw_only=True, repr=False)
class Plan(Result[Step, FindingStatus]):
    """What to meet next for a target: first what shows most of what is not shown yet.

    ``beyond`` are the elements of the target that nothing in the assessment can show in full, in part or support.
    """

    HELD: ClassVar[str] = "steps"
    LISTED: ClassVar[str] = "steps"
    SHOWN: ClassVar[Shown] = Step.SHOWN

    target: str
    steps: tuple[Step, ...]
    beyond: Listing[Element]

    def __str__(self) -> str:
        gains = sum(len(step.gains) for step in self.steps)
        return f"{self.target}: {len(self)} to meet would show more of {gains}; {len(self.beyond)} are out of reach"

    def __repr__(self) -> str:
        return f"<Plan {self}>"

    def columns(self) -> tuple[Column[Step], ...]:
        """The columns of a step."""
        return _STEP_COLUMNS

    @property
    def _name(self) -> str:
        return f"Next for {self.target}"

    def _head(self) -> Head:
        return {"target": self.target, "beyond": [element.id for element in self.beyond]}

    def _explained(self, item: Step) -> tuple[str, str]:
        return str(item), ", ".join(element.local for element in item.gains)


def plan(assessment: Assessment, target: Selectable, **bounds: Unpack[Target]) -> Plan:
    """What would still have to be met to show more of a target, in order of effort: most gains for each step first.

    The arguments, and what is raised, are those of :func:`iotbaseline.coverage`.
    """
    now = shows(assessment, target, **bounds)
    best = {item.element.id: item.conclusion for item in now}
    elements = {item.element.id: item.element for item in now}
    gains = {
        element.id: _conclusions(coverage([element], target, **bounds))
        for element in _elements(assessment, (*PARTS, FindingStatus.NOT_ASSESSED))
    }
    open_ = {finding.id: finding.element for finding in assessment if finding.id in gains}
    steps: list[Step] = []
    while found := _next(gains, best):
        identifier, gained = found
        best |= gained
        del gains[identifier]
        step = Step(
            element=open_[identifier],
            status=assessment.status[identifier],
            gains=tuple(elements[each] for each in elements if each in gained),
        )
        steps.append(step)
    beyond = Listing(elements[each] for each, conclusion in best.items() if conclusion is Conclusion.NONE)
    return Plan(target=now.target, steps=tuple(steps), beyond=beyond)


def _conclusions(found: Iterable[CoverageItem]) -> dict[str, Conclusion]:
    return {item.element.id: _OF_LEVEL[item.level] for item in found if item.level in _OF_LEVEL}


def _next(
    gains: dict[str, dict[str, Conclusion]], best: dict[str, Conclusion]
) -> tuple[str, dict[str, Conclusion]] | None:
    """The element that improves most items, with what it shows for them; the first of several."""
    improved: Iterator[tuple[str, dict[str, Conclusion]]] = (
        (identifier, {each: now for each, now in shown.items() if now < best[each]})
        for identifier, shown in gains.items()
    )
    found = max(improved, key=lambda pair: len(pair[1]), default=None)
    return found if found is not None and found[1] else None
