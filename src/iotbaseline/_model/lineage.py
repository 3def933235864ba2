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


@frozen(kw_only=True)
class LineageRecord:
    """What became of elements of one revision in another, with its evidence."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    change: LineageChange
    basis: Basis
    fidelity: Fidelity
    evidence: str
