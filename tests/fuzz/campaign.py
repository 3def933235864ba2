"""A campaign against one target: many inputs, what came of them, and small inputs for what failed."""

from __future__ import annotations

import resource
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from types import FrameType

from attrs import define, field

from tests.fuzz.target import Target, attack
from tests.fuzz.targets import TARGETS

_MOST_MEMORY = 4 * 10**9
"""How much memory a process may ask for, in bytes: what was read is a part of it."""
_HANGS = 20
"""After how many seconds of processor time an input is given up."""
_MOST_SEEDS = 400
_LARGEST_SEED = 4_000
_SHRINKING = 20
"""For how many seconds an input that fails is tried smaller."""


class Hang(BaseException):
    """An input takes too long; no ``except Exception`` stops it."""


@define
class Run:
    """What came of a target: how many inputs were tried, how long the slowest took, and the failures by their place."""

    name: str
    inputs: int = 0
    seconds: float = 0
    slowest: float = 0
    memory: int = 0
    failures: dict[str, int] = field(factory=dict)

    def __str__(self) -> str:
        failed = sum(self.failures.values())
        return (
            f"{self.name}: {self.inputs} inputs in {self.seconds:.0f} s, {failed} failed at "
            f"{len(self.failures)} places; slowest {self.slowest:.2f} s, at most {self.memory} MB"
        )


def campaign(name: str, inputs: int, seconds: float, seed: int) -> Run:
    """Attack a target until so many inputs were tried or so much time is over."""
    target, random, run = TARGETS[name], Random(f"{name} {seed}"), Run(name)  # noqa: S311
    seeds, outcomes = list(target.seeds), set[str]()
    start = time.monotonic()
    while run.inputs < inputs and time.monotonic() - start < seconds:
        raw = target.make(random, seeds)
        began = time.process_time()
        failure = failure_of(target, raw, outcomes)
        run.inputs += 1
        run.slowest = max(run.slowest, time.process_time() - began)
        if failure is None:
            continue
        if failure == "":
            if len(seeds) < _MOST_SEEDS + len(target.seeds) and len(raw) < _LARGEST_SEED:
                seeds.append(raw)
            continue
        run.failures[failure] = run.failures.get(failure, 0) + 1
        if run.failures[failure] == 1:
            print(f"{name}: {failure}\n{smallest(target, raw, failure)!r:.3000}", flush=True)
    run.seconds = time.monotonic() - start
    run.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    return run


def failure_of(target: Target, raw: bytes, outcomes: set[str]) -> str | None:
    """What failed and where; empty if nothing did but it came to a new end, and ``None`` if it came to a known one."""
    try:
        with _alarm():
            outcome = attack(target, raw)
    except (Exception, Hang) as error:
        return _place(error)
    if outcome in outcomes:
        return None
    outcomes.add(outcome)
    return ""


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [each for each in frames if "/src/iotbaseline/" in each.filename] or frames
    where = "" if isinstance(error, Hang) else f" at {own[-1].filename.rpartition('/src/')[2]}:{own[-1].lineno}"
    notes = " ".join(getattr(error, "__notes__", ()))
    return f"{type(error).__name__}{where}" + ("" if own is not frames or not notes else f" ({error!s:.60})")


@contextmanager
def _alarm() -> Iterator[None]:
    def give_up(_: int, __: FrameType | None) -> None:
        raise Hang

    signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, _HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def smallest(target: Target, raw: bytes, failure: str) -> bytes:
    """A small input that fails in the same way: parts are left out as long as it still does."""
    size, end = max(1, len(raw) // 2), time.monotonic() + _SHRINKING
    while size and time.monotonic() < end:
        start = 0
        while start < len(raw) and time.monotonic() < end:
            shorter = raw[:start] + raw[start + size :]
            if failure_of(target, shorter, set()) == failure:
                raw = shorter
            else:
                start += size
        size //= 2
    return raw


def limit_memory() -> None:
    """Let this process have no more memory than a hostile input may take."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
