"""Which element of one publication became which of another, with the evidence.

Elements are paired in this order: by the lineage records of the data, followed through the revisions in between;
by equal wording (fingerprint); by equal identifier; by equal title; and last by similar words. Withdrawn elements
count as absent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

from iotbaseline._model.element import Element
from iotbaseline._model.fingerprints import normalize
from iotbaseline._model.lineage import LineageChange, LineageRecord, WordingGrade
from iotbaseline._model.provenance import Basis
from iotbaseline._model.publication import Publication
from iotbaseline._model.ranked import Ranked

if TYPE_CHECKING:
    from iotbaseline._library.library import Library


class ChangeKind(Ranked):
    """What happened to an element. A change can be of several kinds at once."""

    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    RETITLED = "retitled"
    REWORDED = "reworded"
    CONTINUED = "continued"
    """Paired, but the wording of one side is not held, so nobody can say whether it was reworded."""
    UNPAIRED = "unpaired"
    """On one side only, but not called removed or added: the other side is not held in full, or is another work."""
    UNCHANGED = "unchanged"


def in_order(kinds: Collection[ChangeKind]) -> tuple[ChangeKind, ...]:
    """Several kinds of change in the order of their definition; mostly there is only one."""
    return tuple(kinds) if len(kinds) == 1 else tuple(kind for kind in ChangeKind if kind in kinds)


@frozen
class Pair:
    """Identifiers of one side, what they became on the other, and what a lineage record says about it, if any."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    kind: ChangeKind | None
    basis: Basis
    evidence: str
    shared: tuple[str, ...] = ()
    """The elements of this pair that another pair may also have: what something was incorporated into."""
    grade: WordingGrade | None = None


_KIND_OF_RECORD = {
    "split": ChangeKind.SPLIT,
    "merged": ChangeKind.MERGED,
    "incorporated": ChangeKind.MERGED,
    "moved": ChangeKind.MOVED,
    "added": ChangeKind.ADDED,
    "removed": ChangeKind.REMOVED,
}
_INVERSE = {
    ChangeKind.SPLIT: ChangeKind.MERGED,
    ChangeKind.MERGED: ChangeKind.SPLIT,
    ChangeKind.ADDED: ChangeKind.REMOVED,
    ChangeKind.REMOVED: ChangeKind.ADDED,
}


def lineage_pairs(library: Library, before: str, after: str) -> list[Pair]:
    """The lineage from one publication to another: what records state, then what follows through other revisions."""
    keys = [info.key for info in library.revisions(before)] if library.knows(before) else []
    if before in keys and after in keys and keys.index(before) > keys.index(after):
        return [_inverse(pair) for pair in lineage_pairs(library, after, before)]
    stated = [*_stated(library, before, after)]
    if after in keys:
        seen = {identifier for pair in stated for identifier in pair.before + pair.after}
        for middle in reversed(keys[keys.index(before) + 1 : keys.index(after)]):
            last = [*_stated(library, middle, after)]
            first = lineage_pairs(library, before, middle) if last else []
            if first:
                further = chained(first, last, middle)
                return stated + [pair for pair in further if seen.isdisjoint(pair.before + pair.after)]
    return stated


def _stated(library: Library, before: str, after: str) -> Iterator[Pair]:
    """The lineage records between two publications, in either direction, as pairs read from before to after."""
    if library.knows(before) and library.knows(after):
        yield from map(_pair, library.lineage(before, after))
        yield from (_inverse(_pair(record)) for record in library.lineage(after, before))


def _pair(record: LineageRecord) -> Pair:
    evidence = f"lineage record ({record.basis}, {record.fidelity}): {record.evidence}"
    shared = record.after if record.change is LineageChange.INCORPORATED else ()
    return Pair(
        record.before, record.after, _KIND_OF_RECORD.get(record.change), record.basis, evidence, shared, record.grade
    )


def _inverse(pair: Pair) -> Pair:
    kind = None if pair.kind is None else _INVERSE.get(pair.kind, pair.kind)
    return evolve(pair, before=pair.after, after=pair.before, kind=kind)


def chained(first: list[Pair], last: list[Pair], middle: str) -> Iterator[Pair]:
    """Follow pairs through a publication in between; an element without a record there is left out.

    Pairs that share an element on the way become one.
    """
    onwards = {identifier: number for number, pair in enumerate(last) for identifier in pair.before}
    joined = list(range(len(last)))

    def root(number: int) -> int:
        while joined[number] != number:
            number = joined[number]
        return number

    reached: list[tuple[Pair, set[int]]] = []
    for pair in first:
        if onwards.keys() >= set(pair.after):
            roots = {root(onwards[identifier]) for identifier in pair.after}
            for number in roots:
                joined[number] = min(roots)
            reached.append((pair, roots))
    groups: defaultdict[int | Pair, list[Pair]] = defaultdict(list)
    for pair, roots in reached:
        groups[root(min(roots)) if roots else pair].append(pair)
    ends: defaultdict[int, list[Pair]] = defaultdict(list)
    for number, pair in enumerate(last):
        ends[root(number)].append(pair)
    for key, pairs in groups.items():
        further = ends[key] if isinstance(key, int) else []
        olds = tuple(dict.fromkeys(identifier for pair in pairs for identifier in pair.before))
        news = tuple(dict.fromkeys(identifier for pair in further for identifier in pair.after))
        evidence = _evidence(middle, pairs + further)
        if olds and news:
            moved = any(step.kind is ChangeKind.MOVED for step in pairs + further)
            yield Pair(olds, news, ChangeKind.MOVED if moved else None, Basis.DERIVED, evidence)
        else:
            yield from (Pair((old,), (), ChangeKind.REMOVED, Basis.DERIVED, evidence) for old in olds)
            yield from (Pair((), (new,), ChangeKind.ADDED, Basis.DERIVED, evidence) for new in news)
    yield from (pair for pair in last if not pair.before)


def _evidence(middle: str, steps: list[Pair]) -> str:
    return f"through {middle}: " + "; ".join(dict.fromkeys(step.evidence for step in steps))


def pairs(old: Publication, new: Publication, library: Library) -> list[Pair]:
    """Pair the elements of two publications; each one that is in force is in a pair, perhaps alone."""
    left = {element.id: element for element in old if element.is_in_force}
    right = {element.id: element for element in new if element.is_in_force}
    paired: list[Pair] = []
    free_left, free_right = dict(left), dict(right)

    def settle(more: Iterable[Pair]) -> None:
        for pair in more:
            paired.append(pair)
            for side, free in ((pair.before, free_left), (pair.after, free_right)):
                for identifier in set(side).difference(pair.shared):
                    free.pop(identifier, None)

    known = lineage_pairs(library, old.key, new.key)
    settle(pair for pair in known if left.keys() >= set(pair.before) and right.keys() >= set(pair.after))
    for key, evidence in _KEYS:
        settle(_matched(free_left, free_right, key, evidence))
    settle(_similar(free_left, free_right))
    shared = {identifier for pair in paired for identifier in pair.shared}
    removed = [element for element in free_left.values() if element.id not in shared]
    added = [element for element in free_right.values() if element.id not in shared]
    settle([Pair((element.id,), (), *_alone(element, ChangeKind.REMOVED, old, new)) for element in removed])
    settle([Pair((), (element.id,), *_alone(element, ChangeKind.ADDED, new, old)) for element in added])
    return paired


def _alone(
    element: Element, kind: ChangeKind, holder: Publication, other: Publication
) -> tuple[ChangeKind, Basis, str]:
    if holder.info.work != other.info.work:
        return ChangeKind.UNPAIRED, Basis.DERIVED, f"nothing in {other.key}, which is another work, pairs with it"
    if other.holds_all(element.kind):
        return kind, Basis.DERIVED, f"nothing in {other.key} pairs with it"
    return ChangeKind.UNPAIRED, Basis.DERIVED, f"not every {element.kind} of {other.key} is held"


def _same_wording(element: Element) -> Hashable:
    fingerprint = element.fingerprint
    return None if fingerprint is None else (element.kind, fingerprint)


def _same_identifier(element: Element) -> Hashable:
    return (element.kind, element.local)


def _same_title(element: Element) -> Hashable:
    return None if element.title is None else (element.kind, normalize(element.title))


_KEYS: tuple[tuple[Callable[[Element], Hashable], str], ...] = (
    (_same_wording, "same wording"),
    (_same_identifier, "same identifier"),
    (_same_title, "same title"),
)


def _matched(
    left: dict[str, Element], right: dict[str, Element], key: Callable[[Element], Hashable], evidence: str
) -> list[Pair]:
    """Pairs of elements with the same ``key``, each the only one with it on its side."""
    sides: list[dict[Hashable, str]] = []
    for elements in (left, right):
        groups: defaultdict[Hashable, list[str]] = defaultdict(list)
        for identifier, element in elements.items():
            groups[key(element)].append(identifier)
        sides.append({value: group[0] for value, group in groups.items() if value is not None and len(group) == 1})
    return [
        Pair((identifier,), (sides[1][value],), None, Basis.DERIVED, evidence)
        for value, identifier in sides[0].items()
        if value in sides[1]
    ]


_SIMILAR = 0.6
_MOST_COMPARED = 200
"""With how many others an element is compared; more have such a name only where names are made by a template."""
_MOST_IN_ALL = 2_000_000
"""How often elements are compared in all: of more than 10,000, each is compared with fewer others."""
_Words: TypeAlias = frozenset[tuple[str, str]]


def _similar(left: dict[str, Element], right: dict[str, Element]) -> list[Pair]:
    """Pairs of one kind that are each other's best match by the share of words in common (Jaccard index)."""
    ours, theirs = _worded(left), _worded(right)
    best, back = _best(ours, theirs), _best(theirs, ours)
    return [
        Pair((one,), (other,), None, Basis.DERIVED, f"similar words ({score:.2f})")
        for one, (score, other) in best.items()
        if back.get(other, (0, None))[1] == one
    ]


def _worded(elements: dict[str, Element]) -> dict[str, _Words]:
    """The words of the name of each element, each word with the kind, for only those of one kind are alike."""
    return {each.id: frozenset((each.kind, w) for w in normalize(each.name).split()) for each in elements.values()}


def _best(asked: dict[str, _Words], held: dict[str, _Words]) -> dict[str, tuple[float, str]]:
    """The best match of each element, the first of several, if it is good enough.

    Words are looked up from the rarest on. What has none of those looked up so far cannot share more than the others,
    so the search ends when that would be too little, less than what is found, or after 200 comparisons.
    """
    names, sets, different = list(held), list(held.values()), {*asked.values()}
    most = min(_MOST_COMPARED, max(1, _MOST_IN_ALL // max(1, len(different))))
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, words in enumerate(sets):
        for word in words:
            places[word].append(place)
    best: dict[_Words, tuple[float, str]] = {}
    for words in different:
        score, at, seen = 0.0, 0, set[int]()
        for number, word in enumerate(sorted(words, key=lambda each: len(places.get(each, ())))):
            if (len(words) - number) / len(words) < max(_SIMILAR, score) or len(seen) >= most:
                break
            for place in places.get(word, [])[:most]:
                if place not in seen:
                    seen.add(place)
                    shared = len(words & sets[place])
                    this = shared / (len(words) + len(sets[place]) - shared)
                    if this > score or (this == score and place < at):
                        score, at = this, place
        if score >= _SIMILAR:
            best[words] = score, names[at]
    return {name: best[words] for name, words in asked.items() if words in best}
