"""Paths from element to element over the hops of the library, and what follows for their two ends.

A path enters each publication once and goes on to the next; within one it may go up to the statement that an item is a
part of and down to its parts. Paths are found best first: those that rest on the fewest judgements, then the shortest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush
from operator import attrgetter
from typing import TypeAlias

from iotbaseline._library.bounds import ANY, LIMIT, MAX_HOPS, MOST_HOPS, MOST_PATHS, Budget, check_bound
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, key_of, keys_of, texts
from iotbaseline._mappings.connection import Connection, EvidencePath, Reach
from iotbaseline._mappings.hops import Hop, hops, neighbours, ways
from iotbaseline._mappings.progress import BEGUN, BEGUN_WEAK, Progress
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline._model.identifiers import nearest
from iotbaseline.errors import UnknownNameError
from iotbaseline.relations import Relation


@arguments.checked
def paths(
    subject: Element | str,
    obj: Element | str,
    *,
    max_hops: int = MAX_HOPS,
    limit: int = LIMIT,
    through: Named | Iterable[Named] | None = ANY,
    weak: bool = False,
    library: Library = DEFAULT,
) -> Connection:
    """Find how two elements, named in any usual spelling, are connected: the best paths and what follows from them.

    A path has at most ``max_hops`` hops, which can be 10 at most. Of the paths from which the same follows, the best
    ``limit`` are kept; what follows from all of them together does not depend on ``limit``. ``through`` names the
    publications that paths may lead through; without it, they may lead through any. Paths from which nothing follows
    are left out; ``weak`` adds those with two untyped mappings or more, after the others. Raises
    :class:`~iotbaseline.errors.UnknownIdentifierError`, :class:`~iotbaseline.errors.IdentifierSyntaxError`,
    :class:`~iotbaseline.errors.ArgumentTypeError` for a value of another type, and
    :class:`~iotbaseline.errors.QueryError` for ``max_hops`` or ``limit`` below 1, for more than 10 hops, or if too many
    paths would have to be tried.

    >>> ib.paths("sp800-213a:DI.IMS.1", "IA-3").relation
    <Relation.SUPPORTS: 'supports'>
    """
    start, end = library.identify(subject, "subject"), library.identify(obj, "obj")
    _check_bounds(max_hops, limit)
    distances = _distances(library, start, _publication(end), through, max_hops)
    near = _ball(library, end, max_hops // 2)
    begun = BEGUN_WEAK if weak else BEGUN
    found = _search(library, start, lambda each: each == end, distances, near, max_hops, limit, begun)
    return _connection(start, end, found, _held(library, start), _held(library, end))


@arguments.checked
def reach(
    subject: Element | str,
    target: Named,
    *,
    max_hops: int = MAX_HOPS,
    limit: int = LIMIT,
    through: Named | Iterable[Named] | None = ANY,
    relation: str | Iterable[str] | None = None,
    strongest: int | None = None,
    weak: bool = False,
    library: Library = DEFAULT,
) -> Reach:
    """Find every element of a publication that an element is connected with, directly or through other publications.

    Hops are followed both ways, so you can start from a control as well as from a baseline. What follows most firmly
    comes first: by relation, then by the number of judgements, then by strength. ``relation`` keeps the connections
    with that relation, or with one of several; ``strongest`` keeps that many of them, the firmest. The other arguments
    are those of :func:`paths`, and so are the errors; an unknown relation raises
    :class:`~iotbaseline.errors.UnknownNameError`.

    >>> next(iter(ib.reach("sp800-213a:DI.IMS.1", "sp800-53r5")))
    <Connection sp800-213a:DI.IMS.1 supports sp800-53r5:ia-3: 3 paths>
    """
    start, key = library.identify(subject, "subject"), key_of(library, target, "target")
    _check_bounds(max_hops, limit)
    if strongest is not None:
        check_bound("strongest", strongest)
    wanted = None if relation is None else _relations(relation)
    distances = _distances(library, start, key, through, max_hops)

    def is_goal(each: str) -> bool:
        return _publication(each) == key and each != start

    found: defaultdict[str, list[EvidencePath]] = defaultdict(list)
    for path in _search(library, start, is_goal, distances, None, max_hops, limit, BEGUN_WEAK if weak else BEGUN):
        found[path.elements[-1]].append(path)
    target_held = library.load(key)
    place = {element.id: number for number, element in enumerate(target_held)}
    own = _held(library, start)
    made = (_connection(start, end, evidence, own, target_held.get(end)) for end, evidence in found.items())
    shown = [one for one in made if one.is_connected or one.is_weak]
    kept = [one for one in shown if wanted is None or one.relation in wanted]
    kept.sort(key=lambda one: (*one.firmness, place.get(one.object, 0), one.object))
    return Reach(subject=start, target=key, connections=tuple(kept[:strongest]))


@arguments.checked
def explain(
    subject: Element | str,
    obj: Element | str,
    *,
    max_hops: int = MAX_HOPS,
    limit: int = LIMIT,
    through: Named | Iterable[Named] | None = ANY,
    weak: bool = False,
    library: Library = DEFAULT,
) -> str:
    """Say in plain words how two elements are connected and why, with the source of every hop.

    The arguments and the errors are those of :func:`paths`. ``limit`` bounds the paths with one conclusion: with
    ``limit=1`` you see the best path for each conclusion, so that what follows is still explained.

    >>> print(ib.explain("ir8425:data-protection.1", "SC-28", limit=1))
    ir8425:data-protection.1 related sp800-53r5:sc-28
      path 1: 2 hops, 1 by judgement; it follows: related
        ir8425:data-protection.1 intersects_with sp800-213a:DP.STO (curated, strength 7 of 10; ...
        sp800-213a:DP.STO supports sp800-53r5:sc-28 (official; crosswalk sp800-213a--sp800-53r5; section 2, p. 18)
    1 of 1 path rests on this project's judgement: ...
    """
    found = paths(subject, obj, max_hops=max_hops, limit=limit, through=through, weak=weak, library=library)
    return found.explain()


def _held(library: Library, identifier: str) -> Element | None:
    return library.load(_publication(identifier)).get(identifier)


def _connection(
    start: str, end: str, found: Iterable[EvidencePath], subject: Element | None, obj: Element | None
) -> Connection:
    """The connection of two elements, as far as they are held; paths come best first, and weak ones last."""
    best_first = tuple(sorted(found, key=attrgetter("is_weak")))
    worded = tuple(each for each in (subject, obj) if each is not None and each.wording is not None)
    name = None if obj is None else obj.name
    return Connection(subject=start, object=end, object_name=name, paths=best_first, worded=worded)


def _relations(which: str | Iterable[str]) -> frozenset[Relation]:
    names = texts(which, "relation")
    for name in names:
        if name not in set(Relation):
            raise UnknownNameError("relation", name, nearest(name, Relation))
    return frozenset(map(Relation, names))


_Partial: TypeAlias = tuple[int, int, tuple[str, ...], tuple[int, ...], Progress, tuple[Hop, ...], frozenset[str]]
"""Judgements, length, elements, by which paths are ranked, and which of several hops between two; then what follows."""


def _search(
    library: Library,
    start: str,
    is_goal: Callable[[str], bool],
    distances: dict[str, int],
    near: dict[str, int] | None,
    max_hops: int,
    limit: int,
    begun: Progress,
) -> Iterator[EvidencePath]:
    """The paths from an element to goals, best first; a path ends at its first goal.

    Of the paths to a goal from which the same follows there are at most ``limit``, so that what follows from all of
    them together does not depend on it. :class:`~iotbaseline._mappings.progress.Stage` tells how untyped mappings are
    followed, and ``begun`` whether weak paths are.

    ``distances`` tells how many hops away from a goal each publication is at least, ``near`` the same of each element
    within half of ``max_hops``. How a path can go on depends on nothing but where it is, how long it is, what follows
    from it and where it has been, which is publications, and elements of the one it is in; so of the paths that agree
    in all that, the best ``limit`` are enough.
    """
    queue: list[_Partial] = [(0, 0, (start,), (), begun, (), frozenset({_publication(start)}))]
    seen: Counter[tuple[object, ...]] = Counter()
    problem = f"more than {MOST_PATHS} paths begin at {start}"
    budget = Budget(MOST_PATHS, problem, "lower max_hops, or name publications in through")
    while queue:
        judgements, length, elements, numbers, so_far, gone, visited = heappop(queue)
        here = elements[-1]
        own, left = _publication(here), max_hops - length - 1
        ended = is_goal(here)
        if ended and not so_far.counts:
            continue
        within = frozenset(each for each in elements if _publication(each) == own)
        conclusion = so_far.chain.conclusion
        state = (here, conclusion) if ended else (here, length, so_far, visited, within)
        seen[state] += 1
        if seen[state] > limit:
            continue
        if ended:
            yield EvidencePath(start, gone, conclusion)
            continue
        for key, onwards in ways(library, here).items():
            if (key in visited and key != own) or distances.get(key, left + 1) > left:
                continue
            for number, hop in enumerate(onwards):
                there = hop.object
                if near is not None and near.get(there, max_hops // 2 + 1) > left:
                    continue
                longer = so_far.then(hop.kind, hop.link)
                if longer is None or there in within:
                    continue
                cost, more = judgements + hop.is_judgement, (*elements, there)
                partial = (cost, length + 1, more, (*numbers, number), longer, (*gone, hop), visited | {key})
                heappush(queue, partial)
                budget.spend()


def _check_bounds(max_hops: int, limit: int) -> None:
    check_bound("max_hops", max_hops, MOST_HOPS)
    check_bound("limit", limit)


def _publication(identifier: str) -> str:
    return identifier.partition(":")[0]


def _ball(library: Library, centre: str, radius: int) -> dict[str, int]:
    """How many hops away each element is that is at most ``radius`` away."""
    found = {centre: 0}
    edge = [centre]
    for distance in range(1, radius + 1):
        edge = [hop.object for each in edge for hop in hops(library, each)]
        edge = [each for each in dict.fromkeys(edge) if each not in found]
        found.update(dict.fromkeys(edge, distance))
    return found


def _distances(
    library: Library, start: str, target: str, through: Named | Iterable[Named] | None, max_hops: int
) -> dict[str, int]:
    """How many hops away from the target each publication is at least that a path may lead through and can reach."""
    around = neighbours(library)
    ends = {_publication(start), target}
    allowed = None if through is None else keys_of(library, through, "through") | ends
    found = {target: 0}
    edge = [target]
    for distance in range(1, max_hops + 1):
        edge = list(dict.fromkeys(key for each in edge for key in around.get(each, ())))
        edge = [key for key in edge if key not in found and (allowed is None or key in allowed)]
        found.update(dict.fromkeys(edge, distance))
    return found
