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
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.campaign import Run, campaign, limit_memory
from tests.fuzz.target import Target, attack
from tests.fuzz.targets import TARGETS


def guided(name: str, seconds: float) -> None:
    """Let atheris choose the inputs; it ends the process."""
    atheris = import_module("atheris")
    test = settings(deadline=None, database=None)(
        given(st.randoms(use_true_random=False))(lambda random: _attacked(TARGETS[name], random))
    )
    atheris.Setup([name, f"-max_total_time={seconds:.0f}"], test.hypothesis.fuzz_one_input)  # type: ignore[attr-defined]
    atheris.Fuzz()


def _attacked(target: Target, random: Random) -> None:
    attack(target, target.make(random, target.seeds))


def main() -> None:
    """Attack the targets named, or all of them; ends with status 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--inputs", type=int, default=sys.maxsize, help="how many a target")
    parser.add_argument("--seconds", type=float, default=600, help="how long a target")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--guided", action="store_true", help="let atheris choose the inputs of one target")
    asked = parser.parse_args()
    if unknown := set(asked.targets) - TARGETS.keys():
        parser.error(f"unknown target {', '.join(sorted(unknown))}")
    if asked.guided:
        guided(asked.targets[0], asked.seconds)
    print(f"seed {asked.seed}", flush=True)
    one: Callable[[str], Run] = partial(campaign, inputs=asked.inputs, seconds=asked.seconds, seed=asked.seed)
    with ProcessPoolExecutor(asked.jobs, get_context("spawn"), initializer=limit_memory, max_tasks_per_child=1) as pool:
        failed = False
        for done in as_completed([pool.submit(one, name) for name in asked.targets or TARGETS]):
            print(done.result(), flush=True)
            failed |= bool(done.result().failures)
    sys.exit(failed)


if __name__ == "__main__":
    main()
