"""Which publications a selection can be followed to, and which elements the crosswalks on the way say anything of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from iotbaseline._library.library import Library
from iotbaseline._mappings.hops import DOWN, UP, HopKind, neighbours, ways_from
from iotbaseline.errors import QueryError
from iotbaseline.relations import Relation

_TOO_MANY = 2
"""So many crosswalks with untyped mappings only on a way are too many for anything to follow."""


def leading(
    library: Library, starts: Collection[str], ends: Collection[str], through: Collection[str]
) -> frozenset[str]:
    """The publications from which a path that begins in ``starts`` can enter those in ``ends``.

    Nothing follows along two crosswalks that have untyped mappings only, so no such way counts. Raises
    :class:`~iotbaseline.errors.QueryError` if no mapping leads to any of the ends; it says which ones there are.
    """
    around = neighbours(library)
    found = dict.fromkeys(starts, 0)
    edge = [*starts]
    while edge:
        here = edge.pop()
        for key in around.get(here, frozenset()).intersection(through).difference(ends):
            untyped = found[here] + _is_untyped(library, here, key)
            if untyped < found.get(key, _TOO_MANY):
                found[key] = untyped
                edge.append(key)
    entering = {
        key
        for key, untyped in found.items()
        for end in around.get(key, frozenset()).intersection(ends)
        if untyped == 0 or not _is_untyped(library, key, end)
    }
    if not entering and not found.keys() & {*ends}:
        raise _no_way(library, starts, ends, through)
    return frozenset(entering)


def said_of(library: Library, key: str, others: Iterable[str]) -> frozenset[str]:
    """The elements of a publication of which its crosswalks and lineage with others say anything.

    They are those named there, also with nothing mapped to them, what these are part of, and their parts.
    """
    return frozenset[str]().union(*(_said(library, key, other) for other in others))


def _said(library: Library, key: str, other: str) -> frozenset[str]:
    return library.once(("said", key, other), lambda: frozenset(_named(library, key, other)))


def _named(library: Library, key: str, other: str) -> set[str]:
    is_held = (key, other) in library.crosswalk_pairs()
    listed = {mapping.subject for mapping in library.mappings(key, other)} if is_held else set[str]()
    named = listed.union(start for start, by in ways_from(library, key).items() if other in by)
    return named.union(*(_following(library, key, named, kinds) for kinds in (UP, DOWN)))


def _following(library: Library, key: str, named: Iterable[str], kinds: Collection[HopKind]) -> Iterator[str]:
    """What can be reached from elements of a publication by hops of some kinds within it."""
    onto, found = ways_from(library, key), set(named)
    queue = list(found)
    while queue:
        for hop in onto.get(queue.pop(), {}).get(key, ()):
            if hop.kind in kinds and hop.object not in found:
                found.add(hop.object)
                queue.append(hop.object)
                yield hop.object


def _is_untyped(library: Library, one: str, other: str) -> bool:
    """Whether every hop from one publication to another is along an untyped mapping."""
    return library.once(("untyped", one, other), lambda: _links(library, one, other) == {Relation.RELATED})


def _links(library: Library, one: str, other: str) -> set[Relation | frozenset[Relation]]:
    return {hop.link for by in ways_from(library, one).values() for hop in by.get(other, ())}


def _no_way(library: Library, starts: Collection[str], ends: Collection[str], through: Collection[str]) -> QueryError:
    around = neighbours(library)
    one, other = (", ".join(sorted(keys)) for keys in (starts, ends))
    held = (
        f"{key} has crosswalks or lineage with {_partners(around, key)}" for key in (*sorted(starts), *sorted(ends))
    )
    opening = " or ".join(f"through={_argument(chain)}" for chain in _shortest(library, starts, ends))
    ways = f"pass {opening}" if opening else "no chain of crosswalks leads there"
    problem = f"no mapping is held between {one} and {other}"
    tried = f", and nothing follows through {', '.join(sorted(through))}" if through else ""
    return QueryError(problem + tried, "; ".join((ways, *held)))


def _partners(around: dict[str, frozenset[str]], key: str) -> str:
    return ", ".join(sorted(around.get(key, frozenset()) - {key})) or "nothing"


def _argument(chain: tuple[str, ...]) -> str:
    return repr(chain[0] if len(chain) == 1 else chain).replace("'", '"')


def _shortest(library: Library, starts: Collection[str], ends: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """The shortest chains of publications that lie between and that something can follow along, each once."""
    around = neighbours(library)
    chains: list[tuple[tuple[str, ...], int]] = [((key,), 0) for key in starts]
    seen = {(key, 0) for key in starts}
    while chains:
        longer = [
            ((*chain, key), untyped + _is_untyped(library, chain[-1], key))
            for chain, untyped in chains
            for key in around.get(chain[-1], ())
        ]
        chains = [
            (chain, untyped) for chain, untyped in longer if untyped < _TOO_MANY and (chain[-1], untyped) not in seen
        ]
        done = sorted({chain[1:-1] for chain, _ in chains if chain[-1] in ends})
        if done:
            return tuple(done)
        seen.update((chain[-1], untyped) for chain, untyped in chains)
    return ()
