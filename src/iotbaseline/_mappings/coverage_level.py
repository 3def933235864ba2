"""How far one element covers another, by what follows from the paths between them."""

from __future__ import annotations

from iotbaseline._mappings.connection import Connection
from iotbaseline._model.ranked import Ranked
from iotbaseline.relations import Relation


class CoverageLevel(Ranked):
    """How far an element is covered, best first."""

    COVERED = "covered"
    """A selected element asks for all of it: equal, superset of, identical or equivalent."""
    PARTLY_COVERED = "partly covered"
    """A selected element certainly has something in common with it."""
    SUPPORTED = "supported"
    """A selected element supports it; no source says how much of it."""
    RELATED = "related"
    """Only weak links: untyped mappings, support the other way, contradictions, or elements given as examples."""
    GAP = "gap"
    """A crosswalk between the two sides names it, its whole or a part of it, but nothing selected leads to it."""
    NOT_MAPPED = "not mapped"
    """No crosswalk held between the two sides says anything of it: it may or may not be covered."""


_COVERING = frozenset({Relation.EQUAL, Relation.SUPERSET_OF})
_SAME = frozenset({Relation.IDENTICAL, Relation.EQUIVALENT})


def level_of(connection: Connection) -> CoverageLevel:
    """How far the subject of a connection covers its object, if both ask for something."""
    possible, weaker = connection.possible, connection.weaker
    if not possible:
        return CoverageLevel.RELATED
    if possible <= _COVERING or weaker & _SAME:
        return CoverageLevel.COVERED
    if Relation.NO_RELATIONSHIP not in possible:
        return CoverageLevel.PARTLY_COVERED
    if Relation.SUPPORTS in weaker:
        return CoverageLevel.SUPPORTED
    return CoverageLevel.RELATED if weaker - {Relation.CONTRARY} else CoverageLevel.GAP
