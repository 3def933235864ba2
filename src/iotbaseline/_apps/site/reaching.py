"""What an element reaches through other publications, with the best path to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import words
from iotbaseline._apps.site.held import Held, Ref
from iotbaseline.errors import QueryError, UnknownIdentifierError
from iotbaseline.relations import Relation

_BASELINES = ("ir8425", "ir8259a", "ir8259b")
_REACHES = {
    "sp800-53r5": _BASELINES,
    "csf2.0": _BASELINES,
    **dict.fromkeys(_BASELINES, ("sp800-53r5", "csf2.0")),
    "cra": ("sp800-213a", "ir8259a"),
    "en303645v3.1.3": ("sp800-213a", "ir8259a"),
}
"""What people ask of a publication that has no crosswalk with it, so that other publications lead there."""
_THROUGH = ("sp800-213a", "ir8425", "ir8259a", "ir8259b")


@frozen
class Hop:
    """One step of a path: the relation in words, the element it leads to, what it rests on, and why one judged so."""

    relation: str
    target: Ref
    basis: str
    why: str


@frozen
class Reached:
    """An element that is connected through other publications, with the best path to it."""

    identifier: str
    relation: str
    target: Ref
    hops: tuple[Hop, ...]


@frozen
class Cluster:
    """What is reached below one element on top of its publication."""

    top: Ref
    found: tuple[Reached, ...]


def reached(held: Held, element: ib.Element) -> Iterator[tuple[str, tuple[Reached, ...]]]:
    """What an element reaches through other publications, by publication, where people ask for that."""
    if not element.is_in_force:
        return
    for key in _REACHES.get(element.publication, ()):
        try:
            found = ib.reach(element, key, max_hops=3, limit=1, through=_THROUGH, library=held.library)
        except (QueryError, UnknownIdentifierError):  # Too many paths, or a library without these publications.
            continue
        indirect = [one for one in found if len(one.paths[0]) > 1]
        if indirect:
            yield key, tuple(_told(held, one) for one in indirect)


def clusters(held: Held, found: Iterable[Reached]) -> Iterator[Cluster]:
    """What is reached by what it stands below, in the order of the publication."""
    wanted = {one.identifier: one for one in found}
    tops: dict[str, list[Reached]] = {}
    for key in {identifier.partition(":")[0] for identifier in wanted}:
        publication = held.publications[key]
        for _, element in publication.walk():
            if element.id in wanted:
                [*_, top] = [element, *publication.ancestors(element)]
                tops.setdefault(top.id, []).append(wanted[element.id])
    for identifier, members in tops.items():
        yield Cluster(held.ref(identifier), tuple(members))


def _told(held: Held, connection: ib.Connection) -> Reached:
    path = connection.paths[0]
    hops = tuple(Hop(_said(hop), held.ref(hop.object), hop.basis, _reason(hop)) for hop in path.hops)
    relation = connection.relation
    said = "is connected with" if relation is None else words.RELATIONS[relation]
    return Reached(connection.object, said, held.ref(connection.object), hops)


def _said(hop: ib.Hop) -> str:
    if isinstance(hop.link, Relation) and hop.mapping is not None:
        return words.RELATIONS[hop.link]
    return hop.kind.replace("_", " ")


def _reason(hop: ib.Hop) -> str:
    """Why somebody judged so; what is printed or computed needs no reason."""
    return words.sentence(hop.mapping.rationale or "") if hop.is_judgement and hop.mapping is not None else ""
