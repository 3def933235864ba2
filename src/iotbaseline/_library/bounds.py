"""The bounds of every search: one default each, in Python and on the command line."""

from __future__ import annotations

from iotbaseline.errors import ArgumentTypeError, QueryError

MAX_HOPS = 4
"""How many hops a path has at most unless you ask for more."""
MOST_HOPS = 10
"""How many hops you can ask for: each further hop multiplies the paths."""
LIMIT = 3
"""How many paths are kept of those that say the same."""
HITS = 10
"""How many hits a search of the texts returns at most."""
ANY: None = None
"""Paths lead through any publication: what you ask for is a path, wherever it leads."""
DIRECT: tuple[str, ...] = ()
"""Paths lead through no other publication: a judgement such as coverage rests on direct mappings."""


def check_bound(argument: str, value: int, most: int | None = None) -> None:
    """Check a bound of a search.

    Raises :class:`~iotbaseline.errors.ArgumentTypeError` if it is no integer, and
    :class:`~iotbaseline.errors.QueryError` if it is below 1 or above ``most``.
    """
    if not isinstance(value, int):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ArgumentTypeError(argument, type(value).__name__, "an integer")
    if value < 1:
        raise QueryError(f"{argument} is {value}", "it must be at least 1")
    if most is not None and value > most:
        raise QueryError(f"{argument} is {value}", f"it must be at most {most}")
