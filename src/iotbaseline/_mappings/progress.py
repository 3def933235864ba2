"""What the hops of a path say together, and how far the path has come."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from attrs import frozen

from iotbaseline._mappings.hops import DOWN, UP, HopKind
from iotbaseline.relations import START, Chain, Relation


class Stage(StrEnum):
    """How far a path has come, by its hops within publications."""

    OWN_PARTS = "own parts"
    """At its start, or at a part of it."""
    MAPPED = "mapped"
    """After a mapping or a lineage record."""
    WHOLES = "wholes"
    """After that, at a whole that the element reached is part of."""
    LOOSE = "loose"
    """Anything else: what holds for the elements on the way need not concern the ends."""

    def then(self, kind: HopKind) -> Stage:
        """The stage after one more hop."""
        if kind in DOWN:
            return Stage.OWN_PARTS if self is Stage.OWN_PARTS else Stage.LOOSE
        if kind in UP:
            return Stage.WHOLES if self in (Stage.MAPPED, Stage.WHOLES) else Stage.LOOSE
        return Stage.MAPPED if self in (Stage.OWN_PARTS, Stage.MAPPED) else Stage.LOOSE


@frozen(cache_hash=True)
class Progress:
    """The composed hops of a path so far, and its stage.

    With ``keeps_weak``, a path goes on although nothing follows from it, because it has two untyped mappings.
    """

    chain: Chain = START
    stage: Stage = Stage.OWN_PARTS
    keeps_weak: bool = False

    def then(self, kind: HopKind, link: Relation | frozenset[Relation]) -> Progress | None:
        """The progress after one more hop, or ``None`` if nothing worth following is left."""
        return _further(self, kind, link)

    @property
    def counts(self) -> bool:
        """Whether a path may end here: not if it only says ``related``, by elements that need not concern its ends."""
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
    """The one instance with these values, which dictionaries then find by identity."""
    return Progress(chain, stage, keeps_weak)
