"""What leads from one element to others, computed once for each element and kept.

Which paths count depends on what else is selected: a selected element speaks for itself, so no path of another goes
through it within a publication; and an element of which parts are selected speaks for these parts only. So every path
keeps the elements that must not be selected and those of which no part must be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cache, cached_property, partial
from heapq import heappop, heappush
from typing import TypeAlias

from attrs import frozen

from iotbaseline._library.library import Library
from iotbaseline._mappings.connection import Connection, EvidencePath
from iotbaseline._mappings.coverage_level import CoverageLevel, level_of
from iotbaseline._mappings.hops import ACROSS, DOWN, UP, Hop, ways_from
from iotbaseline._mappings.progress import BEGUN, Progress
from iotbaseline.errors import QueryError

MOST_STEPS = 200_000
"""How many steps the search from one element may take."""

_INSIDE = {
    (risen, across): UP.union(() if risen else DOWN, ACROSS if across else ())
    for risen in (False, True)
    for across in (False, True)
}
"""The kinds of hops that may be gone within a publication, by whether the last went up, and a mapping may be gone."""


@frozen
class _Way:
    """A path that counts if none of ``entered`` is selected and no part of any of ``opened``."""

    path: EvidencePath
    entered: frozenset[str]
    opened: frozenset[str]


@frozen(slots=False)
class Evidence:
    """The paths from one element to another, the best of each conclusion first."""

    ways: tuple[_Way, ...]

    @cached_property
    def entered(self) -> frozenset[str]:
        """What must not be selected for all paths to count."""
        return frozenset[str]().union(*(way.entered for way in self.ways))

    @cached_property
    def opened(self) -> frozenset[str]:
        """That of which no part must be selected for all paths to count."""
        return frozenset[str]().union(*(way.opened for way in self.ways))

    @cached_property
    def whole(self) -> Judged | None:
        """What follows if all paths count."""
        return _judged(way.path for way in self.ways)

    def among(self, selected: Collection[str], divided: Collection[str]) -> Judged | None:
        """What follows where these are selected, and parts of those; ``None`` if no path counts or nothing follows."""
        if self.entered.isdisjoint(selected) and self.opened.isdisjoint(divided):
            return self.whole
        return _judged(
            way.path for way in self.ways if way.entered.isdisjoint(selected) and way.opened.isdisjoint(divided)
        )


@frozen(slots=False)
class Judged:
    """A connection, how far its subject covers its object, and what connections are sorted by."""

    connection: Connection
    level: CoverageLevel
    rank: tuple[int, tuple[int, int, tuple[str, ...]]]

    @cached_property
    def example(self) -> Judged:
        """The same for a subject that is only an example: a weak link."""
        return Judged(self.connection, CoverageLevel.RELATED, (CoverageLevel.RELATED.rank, self.rank[1]))


def _judged(paths: Iterable[EvidencePath]) -> Judged | None:
    kept = tuple(paths)
    if not kept:
        return None
    connection = Connection(subject=kept[0].start, object=kept[0].elements[-1], paths=kept)
    level = level_of(connection)
    return None if level is CoverageLevel.GAP else Judged(connection, level, (level.rank, kept[0].rank))


@frozen(slots=False)
class Evidences:
    """The evidence from one element to several others."""

    by_end: tuple[tuple[str, Evidence], ...]

    @cached_property
    def entered(self) -> frozenset[str]:
        """What must not be selected for all paths to count."""
        return frozenset[str]().union(*(evidence.entered for _, evidence in self.by_end))

    @cached_property
    def opened(self) -> frozenset[str]:
        """That of which no part must be selected for all paths to count."""
        return frozenset[str]().union(*(evidence.opened for _, evidence in self.by_end))

    @cached_property
    def whole(self) -> list[tuple[str, Judged]]:
        """What follows for each of the others if all paths count."""
        return [(end, judged) for end, evidence in self.by_end if (judged := evidence.whole) is not None]

    def among(self, selected: frozenset[str], divided: frozenset[str]) -> list[tuple[str, Judged]]:
        """What follows for each of the others where these are selected, and parts of those."""
        if self.entered.isdisjoint(selected) and self.opened.isdisjoint(divided):
            return self.whole
        judged = ((end, evidence.among(selected, divided)) for end, evidence in self.by_end)
        return [(end, each) for end, each in judged if each is not None]


class EvidenceFrom(dict[str, Evidences]):
    """The evidence from each element, by its identifier; found when it is first asked for."""

    def __init__(self, find: Callable[[str], Evidences]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, start: str) -> Evidences:
        return self.setdefault(start, self._find(start))


def evidence_for(
    library: Library, wanted: frozenset[str], ends: frozenset[str], allowed: frozenset[str]
) -> EvidenceFrom:
    """The evidence from any element to the elements wanted, which are of the publications ``ends``.

    Paths enter the publications ``allowed``, each once. Within a publication they go to parts and wholes; a mapping
    within one counts where it is the only one on the path. Of paths with the same conclusion that count wherever a
    worse one does, only the best is kept. Looking an element up raises :class:`~iotbaseline.errors.QueryError` if too
    many paths lead on from it.
    """
    key = ("evidence", *sorted(ends), "", *sorted(allowed))
    everything = library.once(key, lambda: EvidenceFrom(partial(_found, ends, _all_onwards(library, ends, allowed))))

    def some(start: str) -> Evidences:
        return Evidences(tuple((end, each) for end, each in everything[start].by_end if end in wanted))

    return EvidenceFrom(some)


@frozen
class _Step:
    """Where a path has come to."""

    here: str
    progress: Progress
    hops: tuple[Hop, ...]
    keys: tuple[str, ...]
    visited: tuple[str, ...]
    mapped: bool
    entered: frozenset[str]
    opened: frozenset[str]
    around: frozenset[str]
    """What it has visited in the publication that it is in."""

    @property
    def risen(self) -> bool:
        return bool(self.hops) and self.hops[-1].kind in UP


_Onwards: TypeAlias = Callable[[str, bool, bool], list[tuple[str, Hop]]]
"""The hops that may lead on from an element, each with the publication that it stays in or enters.

What is asked besides is whether the last hop went up, and whether a mapping has been followed.
"""


def _all_onwards(library: Library, ends: frozenset[str], allowed: frozenset[str]) -> _Onwards:
    """The hops that may lead on from each element, kept: all parts of a large whole ask for those of the whole."""

    @cache
    def onwards(here: str, risen: bool, mapped: bool) -> list[tuple[str, Hop]]:
        own = here.partition(":")[0]
        at_end = own in ends
        inside = _INSIDE[risen, at_end and not mapped]
        return [
            (key, hop)
            for key, hops in ways_from(library, own).get(here, {}).items()
            if key == own or (key in allowed and not (at_end and mapped))
            for hop in hops
            if key != own or hop.kind in inside
        ]

    return onwards


def _found(ends: frozenset[str], onwards: _Onwards, start: str) -> Evidences:
    origin = start.partition(":")[0]
    nothing = frozenset[str]()
    first = _Step(start, BEGUN, (), (origin,), (start,), False, nothing, nothing, frozenset({start}))
    queue: list[tuple[int, int, tuple[str, ...], int, _Step]] = [(0, 0, (start,), 0, first)]
    been: defaultdict[object, list[_Step]] = defaultdict(list)
    made = 0
    found: defaultdict[str, list[_Way]] = defaultdict(list)

    while queue:
        judgements, length, visited, _, step = heappop(queue)
        here = step.here
        if _is_surpassed(step, been[here, step.progress, frozenset(step.keys), step.mapped, step.risen]):
            continue
        if here.partition(":")[0] in ends and step.progress.counts:
            path = EvidencePath(start, step.hops, step.progress.chain.conclusion)
            _keep(found[here], _Way(path, step.entered, step.opened))
        for key, hop in onwards(here, step.risen, step.mapped):
            stays = key == step.keys[-1]
            if hop.object in visited or (key in step.keys and not stays):
                continue
            progress = step.progress.then(hop.kind, hop.link)
            if progress is None:
                continue
            further = _Step(
                hop.object,
                progress,
                (*step.hops, hop),
                step.keys if stays else (*step.keys, key),
                (*visited, hop.object),
                step.mapped or hop.kind in ACROSS,
                step.entered | {hop.object} if stays else step.entered,
                step.opened | {here} if hop.kind in DOWN else step.opened,
                step.around | {hop.object} if stays else frozenset({hop.object}),
            )
            made += 1
            if made > MOST_STEPS:
                problem = f"more than {MOST_STEPS} paths lead on from {start}"
                raise QueryError(problem, "pass fewer publications with through=")
            heappush(queue, (judgements + hop.is_judgement, length + 1, further.visited, made, further))
    return Evidences(tuple((end, Evidence(tuple(ways))) for end, ways in found.items()))


def _is_surpassed(step: _Step, earlier: list[_Step]) -> bool:
    """Whether a better path has come to the same, and goes on wherever this one does; if not, it joins these."""
    for better in earlier:
        if better.around <= step.around and better.entered <= step.entered and better.opened <= step.opened:
            return True
    earlier.append(step)
    return False


def _keep(ways: list[_Way], way: _Way) -> None:
    """Keep a path, which is no better than those kept before, unless one of these says the same wherever it counts."""
    if not any(
        kept.path.conclusion == way.path.conclusion and kept.entered <= way.entered and kept.opened <= way.opened
        for kept in ways
    ):
        ways.append(way)
