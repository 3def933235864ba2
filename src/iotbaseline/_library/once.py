"""What is made once, however many threads ask for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from threading import RLock
from typing import TypeVar, cast
from weakref import WeakSet

T = TypeVar("T")


class Once:
    """Keeps what was made by its key. A pickled copy starts empty."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, ...], object] = {}
        self.unlock()
        _ALIVE.add(self)

    def __call__(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return what ``make`` makes, which is made once for each key however many threads ask."""
        if key not in self._kept:
            with self._lock:
                if key not in self._kept:
                    self._kept[key] = make()
        return cast("T", self._kept[key])

    def __reduce__(self) -> tuple[type[Once], tuple[()]]:
        return Once, ()

    def unlock(self) -> None:
        """Take a new lock; of the old one, a forked process has only a copy that nobody will release."""
        self._lock = RLock()


_ALIVE: WeakSet[Once] = WeakSet()


def _unlock_all() -> None:
    for once in _ALIVE:
        once.unlock()


with suppress(AttributeError):  # Windows cannot fork.
    os.register_at_fork(after_in_child=_unlock_all)
