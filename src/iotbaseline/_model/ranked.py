"""Levels that sort by rank."""

from __future__ import annotations

from enum import StrEnum
from functools import cache


class Ranked(StrEnum):
    """A level of a scale; levels sort in the order in which they are defined, and so does one beside its plain text."""

    @property
    def rank(self) -> int:
        """Its place on the scale; the first is 0."""
        return _ranks(type(self))[self]

    def __lt__(self, other: str) -> bool:
        return self.rank < type(self)(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= type(self)(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > type(self)(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= type(self)(other).rank


@cache
def _ranks(scale: type[Ranked]) -> dict[str, int]:
    return {level: rank for rank, level in enumerate(scale)}
