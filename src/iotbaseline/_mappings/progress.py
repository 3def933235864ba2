"""What the hops of a path say together, and how far along the path is."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from attrs import frozen

from iotbaseline._mappings.hops import DOWN, UP, HopKind
from iotbaseline.relations import START, Chain, Relation


class Stage(StrEnum):
    """How far along a path is, by its hops within publications."""

    OWN_PARTS = "own parts"
    """At its start, or at parts of it."""
    MAPPED = "mapped"
    """Past a hop that is neither up nor down."""
    WHOLES = "wholes"
    """Past such a hop, at what the element reached is a part of."""
    LOOSE = "loose"
    """Neither: what holds of the elements on the way need not concern the ends."""

    def then(self, kind: HopKind) -> Stage:
        """The stage after one more hop."""
        if kind in DOWN:
            return Stage.OWN_PARTS if self is Stage.OWN_PARTS else Stage.LOOSE
        if kind in UP:
            return Stage.WHOLES if self in (Stage.MAPPED, Stage.WHOLES) else Stage.LOOSE
        return Stage.MAPPED if self in (Stage.OWN_PARTS, Stage.MAPPED) else Stage.LOOSE


@frozen(cache_hash=True)
class Progress:
    """What the hops of a path say together so far, and how far along it is.

    With ``keeps_weak``, a path goes on from which nothing follows because it has two untyped mappings.
    """

    chain: Chain = START
    stage: Stage = Stage.OWN_PARTS
    keeps_weak: bool = False

    def then(self, kind: HopKind, link: Relation | frozenset[Relation]) -> Progress | None:
        """The progress after one more hop, or ``None`` if nothing worth following is left."""
        return _further(self, kind, link)

    @property
    def counts(self) -> bool:
        """Whether a path may end here: a mere lead over elements that need not concern its ends does not count."""
        conclusion = self.chain.conclusion
        return self.stage is not Stage.LOOSE or not (conclusion.is_weak or conclusion.weaker is Relation.RELATED)


BEGUN = Progress()
"""The progress of a path without hops."""

BEGUN_WEAK = Progress(keeps_weak=True)
"""The same where weak paths are wanted too."""


@cache
def _further(progress: Progress, kind: HopKind, link: Relation | frozenset[Relation]) -> Progress | None:
    chain, stage = progress.chain.then(link), progress.stage.then(kind)
    is_weak = chain.conclusion.is_weak
    lost = chain.is_idle and not (is_weak and progress.keeps_weak)
    loose = stage is Stage.LOOSE and (chain.is_lead or is_weak)
    return None if lost or loose else _same(chain, stage, progress.keeps_weak)


@cache
def _same(chain: Chain, stage: Stage, keeps_weak: bool) -> Progress:
    """The only progress of its kind, which a table finds without comparing it."""
    return Progress(chain, stage, keeps_weak)
