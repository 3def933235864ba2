"""What a target is, and what an attack on one asserts.

Whatever is put in, out comes an answer or one of our own errors, which can be printed as it is and says where and why.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

from attrs import frozen

import iotbaseline as ib
from tests.fuzz.grown import hostile

MOST_SECONDS = 5
"""How much processor time one input may take."""
_VARYING = re.compile(r"'[^']*'|\"[^\"]*\"|\d+")


@frozen
class Target:
    """A surface, inputs that it takes, and how hostile ones are made of them."""

    use: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    make: Callable[[Random, Sequence[bytes]], bytes] = hostile


def text(raw: bytes) -> str:
    """Bytes as a text of any characters, lone surrogates among them."""
    return raw.decode("utf-8", "surrogateescape")


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder in memory, where the system has one."""
    memory = Path("/dev/shm")  # noqa: S108
    return tempfile.TemporaryDirectory(prefix="fuzz-", dir=memory if memory.is_dir() else None)


def place(name: str) -> Path:
    """A file or folder in a folder that is gone when the run is over."""
    return Path(_folder().name, name)


def written(name: str, raw: bytes) -> Path:
    """A file there."""
    path = place(name)
    path.write_bytes(raw)
    return path


def attack(target: Target, raw: bytes) -> str:
    """Put an input in, and return what came of it; raises what is no error of ours, and ``AssertionError`` if it is
    late or cannot be shown.
    """
    start = time.process_time()
    outcome = ours(lambda: target.use(raw))
    taken = time.process_time() - start
    assert taken < MOST_SECONDS, f"{taken:.1f} s"
    return outcome


def ours(call: Callable[[], object]) -> str:
    """Call, and return in which way it failed, in words that are the same for like failures; empty if it did not."""
    try:
        found = call()
    except ib.errors.IoTBaselineError as error:
        return checked(error)
    return found if isinstance(found, str) else ""


def checked(error: ib.errors.IoTBaselineError) -> str:
    """Make sure that an error can be printed, and return it without what varies."""
    message = str(error)
    assert all(line.isprintable() for line in message.split("\n"))
    assert len(message) < 200_000
    return _VARYING.sub("_", message.partition("\n... and")[0])[:300]
