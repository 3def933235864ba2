"""What coverage concludes between two elements, as rows of which the best one that holds is the answer.

Which paths count depends on what else is selected. So a row names the elements that must not be selected for it to
hold. More paths only ever say more, but for one case: paths that contradict each other say no more than ``related``.
Such a row overrides the others of its two elements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from iotbaseline._mappings.connection import Connection, EvidencePath
from iotbaseline._mappings.coverage_level import CoverageLevel, level_of
from iotbaseline._mappings.evidence import Evidence
from iotbaseline.relations import UNIVERSE, Relation


@frozen(kw_only=True)
class Follows:
    """How far one element covers another, unless any of some elements is selected too; ``connection`` says why."""

    connection: Connection
    level: CoverageLevel
    unless: frozenset[str]
    overrides: bool = False

    @property
    def path(self) -> str:
        """The paths that it follows from together; mostly one."""
        return "; ".join(map(str, self.connection.paths))


@frozen
class _Claim:
    """What some paths leave possible together, and what must not be selected for all of them to count."""

    unless: frozenset[str]
    possible: frozenset[Relation]
    paths: tuple[EvidencePath, ...]

    def is_within(self, other: _Claim) -> bool:
        """Whether it says as much as another, wherever that one holds."""
        return self.possible <= other.possible and self.unless <= other.unless


Blockers = Callable[[frozenset[str], frozenset[str]], frozenset[str]]
"""The elements that must not be selected for a path that enters some elements, and opens others, to count."""


def follows(start: str, end: str, evidence: Evidence, blockers: Blockers, is_example: bool) -> Iterator[Follows]:
    """The rows from one element to another, best first; none says more than ``related`` of what is an example."""
    claims = [
        _Claim(blockers(way.entered, way.opened), way.path.conclusion.possible, (way.path,)) for way in evidence.ways
    ]
    rows = [_concluded(start, end, claim, is_example) for claim in _joined(claims)]
    rows.sort(key=lambda row: (row.overrides, row.level.rank, row.connection.paths[0].rank, len(row.unless)))
    kept: list[Follows] = []
    for row in rows:
        is_known = any(
            other.overrides == row.overrides and other.level <= row.level and other.unless <= row.unless
            for other in kept
        )
        if row.level is not CoverageLevel.GAP and not is_known:
            kept.append(row)
    return iter(kept)


def _concluded(start: str, end: str, claim: _Claim, is_example: bool) -> Follows:
    connection = Connection(subject=start, object=end, paths=claim.paths)
    level = level_of(connection)
    if is_example and level is not CoverageLevel.GAP:
        return Follows(connection=connection, level=CoverageLevel.RELATED, unless=claim.unless)
    return Follows(connection=connection, level=level, unless=claim.unless, overrides=connection.is_contradiction)


def _joined(claims: list[_Claim]) -> list[_Claim]:
    """These claims, and those that several of them make together: each leaves fewer relations possible than they do."""
    sharp = [claim for claim in claims if claim.possible != UNIVERSE]
    found = list(sharp)
    for claim in found:
        for other in sharp:
            both = _Claim(claim.unless | other.unless, claim.possible & other.possible, (*claim.paths, *other.paths))
            if not any(known.is_within(both) for known in found):
                found.append(both)
    return [*(claim for claim in claims if claim.possible == UNIVERSE), *found]
