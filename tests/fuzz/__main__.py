"""The long run of the fuzz targets: new inputs for every seed, the same for the same one.

    python -m tests.fuzz [--inputs 1000000] [--seconds 600] [--seed 1] [--jobs 2] [TARGET]...
    python -m tests.fuzz --guided [--seconds 600] TARGET

An input that comes to an end that no other came to is a seed from then on. Each failure is printed once, with an input
that is as small as it could be made. With ``--guided``, atheris chooses the inputs by what code they reach.
"""

from __future__ import annotations

import argparse
import sys
import time
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

GUIDED = "--guided"


def attack_all(names: list[str], jobs: int, inputs: int, seconds: float, seed: int) -> bool:
    """Attack each target in a process of its own; whether all of them held."""
    from tests.fuzz.campaign import campaign, limit_memory

    print(f"seed {seed}", flush=True)
    one = partial(campaign, inputs=inputs, seconds=seconds, seed=seed)
    held = True
    with get_context("spawn").Pool(jobs, limit_memory, maxtasksperchild=1) as pool:
        for run in pool.imap_unordered(one, names):
            print(run, flush=True)
            held &= not run.failures
    return held


def guide(atheris: Any, name: str, seconds: float) -> None:
    """Let atheris choose the inputs; it ends the process."""
    from tests.fuzz.target import attack
    from tests.fuzz.targets import TARGETS

    target = TARGETS[name]

    @settings(deadline=None, database=None)
    @given(random=st.randoms(use_true_random=False))
    def test(random: Random) -> None:
        attack(target, target.make(random, target.seeds))

    atheris.Setup([name, f"-max_total_time={seconds:.0f}"], test.hypothesis.fuzz_one_input)  # type: ignore[attr-defined]
    atheris.Fuzz()


def main() -> None:
    """Attack the targets named, or all of them; ends with status 1 if anything failed."""
    atheris = import_module("atheris") if GUIDED in sys.argv else None
    if atheris is not None:
        with atheris.instrument_imports(include=["iotbaseline"]):
            import_module("tests.fuzz.targets")
    from tests.fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--inputs", type=int, default=sys.maxsize, help="how many a target")
    parser.add_argument("--seconds", type=float, default=600, help="how long a target")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument(GUIDED, action="store_true", help="let atheris choose the inputs of one target")
    asked = parser.parse_args()
    if unknown := set(asked.targets) - TARGETS.keys():
        parser.error(f"unknown target {', '.join(sorted(unknown))}")
    if atheris is not None:
        guide(atheris, asked.targets[0], asked.seconds)
    sys.exit(not attack_all(asked.targets or [*TARGETS], asked.jobs, asked.inputs, asked.seconds, asked.seed))


if __name__ == "__main__":
    main()
