"""Which publications a selection can be followed to, and which elements the crosswalks on the way say anything of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from iotbaseline._library.library import Library
from iotbaseline._mappings.hops import DOWN, UP, HopKind, neighbours, ways_from
from iotbaseline.errors import QueryError


def leading(
    library: Library, starts: Collection[str], ends: Collection[str], through: Collection[str]
) -> frozenset[str]:
    """The publications from which a path that begins in ``starts`` can enter those in ``ends``.

    Raises :class:`~iotbaseline.errors.QueryError` if no mapping leads to any of the ends; it says which ones there are.
    """
    around = neighbours(library)
    found, edge = set(starts), set(starts)
    while edge:
        edge = {key for each in edge for key in around.get(each, ()) if key in through} - found - {*ends}
        found |= edge
    if not found & {*ends} and not any(around.get(each, frozenset()) & {*ends} for each in found):
        raise _no_way(around, starts, ends)
    return frozenset(found)


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


def _no_way(around: dict[str, frozenset[str]], starts: Collection[str], ends: Collection[str]) -> QueryError:
    one, other = (", ".join(sorted(keys)) for keys in (starts, ends))
    held = (
        f"{key} has crosswalks or lineage with {_partners(around, key)}" for key in (*sorted(starts), *sorted(ends))
    )
    opening = " or ".join(f"through={_argument(chain)}" for chain in _shortest(around, starts, ends))
    ways = f"pass {opening}" if opening else "no chain of crosswalks leads there"
    return QueryError(f"no mapping is held between {one} and {other}", "; ".join((ways, *held)))


def _partners(around: dict[str, frozenset[str]], key: str) -> str:
    return ", ".join(sorted(around.get(key, frozenset()) - {key})) or "nothing"


def _argument(chain: tuple[str, ...]) -> str:
    return repr(chain[0] if len(chain) == 1 else chain).replace("'", '"')


def _shortest(
    around: dict[str, frozenset[str]], starts: Collection[str], ends: Collection[str]
) -> tuple[tuple[str, ...], ...]:
    """The shortest chains of publications that lie between, each once."""
    chains: list[tuple[str, ...]] = [(key,) for key in starts]
    seen = set(starts)
    while chains:
        longer = [(*chain, key) for chain in chains for key in around.get(chain[-1], ()) if key not in seen]
        done = sorted({chain[1:-1] for chain in longer if chain[-1] in ends})
        if done:
            return tuple(done)
        seen.update(chain[-1] for chain in longer)
        chains = longer
    return ()
