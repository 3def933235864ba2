"""Garbage collection, put off while many records are made."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from threading import Lock


class _Collector:
    """The collector of this process, which is off as long as anybody wants it to be."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wanted_off = 0
        self._was_on = False

    def stop(self) -> None:
        with self._lock:
            if not self._wanted_off:
                self._was_on = gc.isenabled()
                gc.disable()
            self._wanted_off += 1

    def resume(self) -> None:
        with self._lock:
            self._wanted_off -= 1
            if not self._wanted_off and self._was_on:
                gc.enable()

    def forget(self) -> None:
        """Begin anew in a forked process, which does not have the threads that would resume."""
        if self._wanted_off and self._was_on:
            gc.enable()
        self._lock = Lock()
        self._wanted_off = 0


_COLLECTOR = _Collector()


@contextmanager
def put_off() -> Generator[None]:
    """Keep the collector from going through all records made so far, again and again.

    Records hold no cycles, so there is nothing to collect; of a million it would take half of the time.
    """
    _COLLECTOR.stop()
    try:
        yield
    finally:
        _COLLECTOR.resume()


def let_rest() -> None:
    """Move all objects to the oldest generation without going through them, as a collection would.

    For records that stay: each call also delays the collection of what others have left. What somebody has frozen stays
    so, and then nothing is moved; Python 3.12 does so itself when it begins.
    """
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()


with suppress(AttributeError):  # Windows cannot fork.
    os.register_at_fork(after_in_child=_COLLECTOR.forget)
