"""Values that are computed once, however many threads ask for them."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from threading import RLock
from typing import TypeVar, cast
from weakref import WeakSet

T = TypeVar("T")


class Once:
    """A thread-safe cache of computed values by key. A pickled copy starts empty."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, ...], object] = {}
        self.unlock()
        _ALIVE.add(self)

    def __call__(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return the value of a key; ``make`` computes it once, however many threads ask."""
        if key not in self._kept:
            with self._lock:
                if key not in self._kept:
                    self._kept[key] = make()
        return cast("T", self._kept[key])

    def has(self, key: tuple[str, ...]) -> bool:
        """Whether the value of a key has been computed."""
        return key in self._kept

    def __reduce__(self) -> tuple[type[Once], tuple[()]]:
        return Once, ()

    def unlock(self) -> None:
        """Take a new lock: a forked process may inherit the old one held by a thread that it does not have."""
        self._lock = RLock()


_ALIVE: WeakSet[Once] = WeakSet()


def _unlock_all() -> None:
    for once in _ALIVE:
        once.unlock()


with suppress(AttributeError):  # Windows cannot fork.
    os.register_at_fork(after_in_child=_unlock_all)
