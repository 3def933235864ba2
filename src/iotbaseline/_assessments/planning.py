"""What would still have to be met to show more of another publication, in order of effort."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, TypeAlias, Unpack

from attrs import frozen

from iotbaseline._assessments.assessment import UNMET, Assessment
from iotbaseline._assessments.conclusions import OF_LEVEL, Conclusion, Target, shows
from iotbaseline._assessments.document import FindingStatus
from iotbaseline._assessments.scope import parts_by_whole
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Item, Listing, Result, Shown
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Selectable
from iotbaseline._mappings.coverage import CoverageItem
from iotbaseline._mappings.covering import coverage
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline.errors import counted

_OPEN = (*UNMET, FindingStatus.NOT_ASSESSED)
_Gains: TypeAlias = dict[str, Conclusion]
"""What would follow for the items of the target, by identifier."""


@frozen(kw_only=True, repr=False)
class Step(Item):
    """Elements to be met next, and the items of the target for which more would then be shown.

    ``element`` is one that is open, or one above several: then ``findings`` are all its parts that are open.
    """

    SHOWN: ClassVar[Shown] = {
        "element": ("element", "name"),
        "findings": ("findings",),
        "gains": ("gains",),
        "shows": ("shows",),
    }

    element: Element
    findings: tuple[Element, ...]
    gains: tuple[Element, ...]

    def __str__(self) -> str:
        parts = "" if self.findings == (self.element,) else f" ({counted(len(self.findings), 'finding')})"
        return f"{self.element}{parts}: {len(self.gains)} more"

    def __repr__(self) -> str:
        return f"<Step {self}>"

    def columns(self) -> tuple[Column[Step], ...]:
        """Element, what is open of it, how many items of the target gain, and which."""
        return _COLUMNS


_COLUMNS: tuple[Column[Step], ...] = (
    Column("element", lambda step: step.element.id),
    Column("name", lambda step: step.element.name),
    Column("kind", lambda step: step.element.kind, groups=()),
    Column("findings", lambda step: tuple(element.id for element in step.findings)),
    Column("gains", lambda step: len(step.gains)),
    Column("shows", lambda step: tuple(element.id for element in step.gains)),
)


@frozen(kw_only=True, repr=False)
class Plan(Result[Step, str]):
    """What to meet next for a target: first what takes the fewest new findings for each item that gains.

    ``in_full`` are the items that are shown in full once all steps are done, ``in_part`` those of which something is
    left to be shown by themselves, ``beyond`` those for which nothing in the assessment shows anything.
    """

    HELD: ClassVar[str] = "steps"
    LISTED: ClassVar[str] = "steps"
    SHOWN: ClassVar[Shown] = Step.SHOWN

    target: str
    steps: tuple[Step, ...]
    in_full: Listing[Element]
    in_part: Listing[Element]
    beyond: Listing[Element]

    def __str__(self) -> str:
        findings = [element for step in self.steps for element in step.findings]
        total = len(self.in_full) + len(self.in_part) + len(self.beyond)
        return (
            f"{self.target}: {counted(len(findings), 'finding')} in {counted(len(self.steps), 'step')}; then, "
            f"of {counted(total, 'item')}: {len(self.in_full)} shown in full, "
            f"{len(self.in_part)} in part or supported, {len(self.beyond)} left to be shown by themselves"
        )

    def __repr__(self) -> str:
        return f"<Plan {self}>"

    def columns(self) -> tuple[Column[Step], ...]:
        """The columns of a step."""
        return _COLUMNS

    @property
    def _name(self) -> str:
        return f"Next for {self.target}"

    def _head(self) -> Head:
        lists = {"in_full": self.in_full, "in_part": self.in_part, "beyond": self.beyond}
        return {"target": self.target, **{name: [each.id for each in listed] for name, listed in lists.items()}}

    def _explained(self, item: Step) -> tuple[str, str]:
        return str(item), ", ".join(element.id for element in item.gains)


@arguments.checked
def plan(assessment: Assessment, target: Selectable, **bounds: Unpack[Target]) -> Plan:
    """What would still have to be met to show more of a target, in order of effort.

    Each step takes the element, or the element above several open ones, that improves most items of the target for each
    finding that is still open. The arguments, and what is raised, are those of :func:`iotbaseline.coverage`.
    """
    library = bounds.get("library", DEFAULT)
    now = shows(assessment, target, **bounds)
    items = {item.element.id: item.element for item in now}
    best = {item.element.id: item.conclusion for item in now}
    open_ = _open(assessment)
    candidates = _candidates(assessment, library)
    gains = {
        identifier: _gains(coverage([library.get(each) for each in {identifier, *parts}], target, **bounds))
        for identifier, parts in candidates.items()
        if parts & open_.keys()
    }
    steps: list[Step] = []
    while (chosen := _next(candidates, gains, best, open_.keys())) is not None:
        findings = tuple(element for identifier, element in open_.items() if identifier in candidates[chosen])
        open_ = {identifier: element for identifier, element in open_.items() if element not in findings}
        done = [identifier for identifier in gains if candidates[identifier].isdisjoint(open_)]
        gained = _best(_improved(gains.pop(identifier), best) for identifier in done)
        best |= gained
        steps.append(
            Step(
                element=library.get(chosen),
                findings=findings,
                gains=tuple(element for identifier, element in items.items() if identifier in gained),
            )
        )
    return Plan(
        target=now.target,
        steps=tuple(steps),
        in_full=Listing(items[each] for each, what in best.items() if what is Conclusion.SHOWN_IN_FULL),
        in_part=Listing(
            items[each] for each, what in best.items() if Conclusion.SHOWN_IN_FULL < what < Conclusion.NONE
        ),
        beyond=Listing(items[each] for each, what in best.items() if what is Conclusion.NONE),
    )


def _open(assessment: Assessment) -> dict[str, Element]:
    """The elements that are not met yet."""
    elements = {finding.id: finding.element for finding in assessment}
    return {identifier: element for identifier, element in elements.items() if assessment.status[identifier] in _OPEN}


def _candidates(assessment: Assessment, library: Library) -> dict[str, frozenset[str]]:
    """What may be met by steps, each with the elements to be met for it: those of the assessment, and those above.

    An element above counts only if each of its parts may be met or is met already. What a profile widens is left out,
    for to meet that is not known to show anything.
    """
    scope = {finding.id: finding.element for finding in assessment}
    possible = [
        each
        for each in scope
        if assessment.status[each] is not FindingStatus.NOT_APPLICABLE and each not in assessment.widened
    ]
    keys = dict.fromkeys(element.publication for element in scope.values())
    parts = {whole: parts for key in keys for whole, parts in parts_by_whole(key, library).items()}
    own = {
        each: (parts.get(each, frozenset()) | {each}).intersection(possible)
        for each in possible
        if library.knows(scope[each].publication)
    }
    above = {whole: below for whole, below in parts.items() if whole not in scope and below.issubset(possible)}
    return own | above


def _gains(found: Iterable[CoverageItem]) -> _Gains:
    return {item.element.id: OF_LEVEL[item.level] for item in found if item.level in OF_LEVEL}


def _improved(gains: _Gains, best: _Gains) -> _Gains:
    return {identifier: conclusion for identifier, conclusion in gains.items() if conclusion < best[identifier]}


def _best(several: Iterable[_Gains]) -> _Gains:
    """The best conclusion of several for each item."""
    found: _Gains = {}
    for gains in several:
        found |= {identifier: min(what, found.get(identifier, what)) for identifier, what in gains.items()}
    return found


def _next(
    candidates: dict[str, frozenset[str]], gains: dict[str, _Gains], best: _Gains, open_: Iterable[str]
) -> str | None:
    """The candidate that improves most items for each open finding; of several the one with the fewest findings."""
    left = frozenset(open_)
    rated: list[tuple[float, int, str]] = []
    for identifier, shown in gains.items():
        effort, gained = len(candidates[identifier] & left), len(_improved(shown, best))
        if gained:
            rated.append((gained / effort, -effort, identifier))
    return max(rated, key=lambda each: each[:2])[2] if rated else None
