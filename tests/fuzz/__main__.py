"""The long run of the fuzz targets, each for so many seconds, with new inputs every time.

    python -m tests.fuzz [--seconds 600] [TARGET]...

Coverage guides it where atheris is installed, else the inputs are random edits. What fails is printed as small as
Hypothesis can make it, and kept in ``.hypothesis``, so that the next run tries it first.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.fuzz.targets import EDITS, TARGETS, Edits, Target, altered, attack

_BATCH = 500


def fuzzed(target: Target, count: list[int]) -> Callable[[], None]:
    """A test that attacks a target with a batch of inputs, and counts them."""

    @settings(
        max_examples=_BATCH,
        deadline=None,
        derandomize=False,
        database=DirectoryBasedExampleDatabase(".hypothesis/fuzz"),
        suppress_health_check=list(HealthCheck),
        phases=(Phase.reuse, Phase.generate, Phase.shrink),
    )
    @given(st.sampled_from(target.seeds), EDITS)
    def test(seed: bytes, edits: Edits) -> None:
        count[0] += 1
        attack(target, altered(seed, edits))

    return test


def guided(name: str, target: Target, seconds: float) -> None:
    """Let atheris choose the inputs; it ends the process."""
    atheris = import_module("atheris")
    test = fuzzed(target, [0])
    atheris.Setup([name, f"-max_total_time={seconds:.0f}"], test.hypothesis.fuzz_one_input)  # type: ignore[attr-defined]
    atheris.Fuzz()


def main() -> None:
    """Attack the targets named, or all of them; ends with status 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=float, default=600)
    given = parser.parse_args()
    if unknown := set(given.targets) - TARGETS.keys():
        parser.error(f"unknown target {', '.join(sorted(unknown))}")
    failed = False
    for name in given.targets or TARGETS:
        if find_spec("atheris") is not None and len(given.targets) == 1:
            guided(name, TARGETS[name], given.seconds)
        count, end = [0], time.monotonic() + given.seconds
        test = fuzzed(TARGETS[name], count)
        try:
            while time.monotonic() < end:
                test()
        except Exception as error:
            failed = True
            print(f"{name}: {type(error).__name__}: {error}", *getattr(error, "__notes__", ()), sep="\n")
        print(f"{name}: {count[0]} inputs", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
