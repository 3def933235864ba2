"""What became of elements in another revision."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from iotbaseline._model.provenance import Basis, Fidelity


class LineageChange(StrEnum):
    """What a lineage record says became of its elements."""

    CONTINUED = "continued"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    INCORPORATED = "incorporated"
    ADDED = "added"
    REMOVED = "removed"


class WordingGrade(StrEnum):
    """How far the wording of a continued element changed."""

    EDITORIAL = "editorial"
    """The same words but for what the evidence names, such as a leading actor, case and the marks of parameters."""
    SUBSTANTIVE = "substantive"
    """More than that changed."""


@frozen(kw_only=True)
class LineageRecord:
    """What became of elements of one revision in another, with its evidence.

    ``grade`` is how far the wording changed, where somebody compared the two.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    change: LineageChange
    basis: Basis
    fidelity: Fidelity
    evidence: str
    grade: WordingGrade | None = None
