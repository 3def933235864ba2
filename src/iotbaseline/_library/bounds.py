"""The bounds of searches, with the same defaults in Python and on the command line."""

from __future__ import annotations

from iotbaseline.errors import QueryError

MAX_HOPS = 4
"""The most hops that a path may have, by default."""
MOST_HOPS = 10
"""The most hops that you may ask for; each further hop multiplies the paths."""
MOST_PATHS = 100_000
"""How many beginnings of paths a search may try; in the data that ships, a search tries a few thousand."""
LIMIT = 3
"""How many paths with the same conclusion are kept."""
HITS = 10
"""How many hits a search returns at most, by default."""
ANY: None = None
"""Paths may lead through any publication."""
DIRECT: tuple[str, ...] = ()
"""Paths may lead through no other publication: coverage rests on direct mappings."""
_BITS = 64


def check_bound(argument: str, value: int, most: int | None = None) -> None:
    """Raise :class:`~iotbaseline.errors.QueryError` if a bound of a search is below 1 or above ``most``."""
    shown = value if value.bit_length() < _BITS else "a number of many digits"
    if value < 1:
        raise QueryError(f"{argument} is {shown}", "it must be at least 1")
    if most is not None and value > most:
        raise QueryError(f"{argument} is {shown}", f"it must be at most {most}")


class Budget:
    """How many steps a search may still take."""

    def __init__(self, steps: int, problem: str, fix: str) -> None:
        self._left, self._problem, self._fix = steps, problem, fix

    def going_on(self, problem: str, fix: str) -> Budget:
        """What is left of it, with another error."""
        return Budget(self._left, problem, fix)

    def spend(self, steps: int = 1) -> None:
        """Take some steps. Raises :class:`~iotbaseline.errors.QueryError` if fewer are left."""
        self._left -= steps
        if self._left < 0:
            raise QueryError(self._problem, self._fix)
