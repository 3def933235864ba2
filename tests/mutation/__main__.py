"""What the tests of a wing do not notice: small changes of its modules, each with the tests that run the changed line.

    python -m tests.mutation [MODULE]... [--sample 60] [--tests PATH...]

A MODULE is a path below ``src/iotbaseline``; without one, it is those of ``MODULES``. Of a module with more mutants
than ``--sample``, as many are drawn, the same ones every time. Survivors are printed as they are found, then a row of
a table for each module. ``equivalent.toml`` lists the mutants that no test can notice, and why.

It is our own because a pytest for each mutant, as cosmic-ray has it, takes too long for thousands of them, and because
mutmut, which is as quick, leaves out properties, tables and all functions with a decorator, which is where much of this
library is. Here one process collects the tests of a wing, and each fork of it puts the changed code into the functions
that are there. Only a change outside of functions has its fork import everything anew.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import cattrs.gen  # noqa: F401  # what every fork needs is imported once
import networkx  # noqa: F401
import pytest

from tests.mutation.mutants import Mutant, mutants
from tests.mutation.plugins import PACKAGE, Alone, Together, ended, started

MODULES = (
    "errors.py",
    "relations.py",
    *(f"_mappings/{name}.py" for name in ("covering", "coverage", "evidence", "paths", "hops", "consistency", "truth")),
    *(f"_revisions/{name}.py" for name in ("diff", "history", "migrate", "migration", "pairing")),
    *(f"_model/{name}.py" for name in ("identifiers", "lineage")),
    *(f"_library/{name}.py" for name in ("once", "references", "search", "selection", "sssom")),
    *(f"_profiles/{name}.py" for name in ("importing", "resolver", "selectors", "compare")),
    *(f"formats/{name}.py" for name in ("sssom", "olir", "graph_files")),
    *(f"_assessments/{name}.py" for name in ("assessment", "cells", "conclusions", "planning", "migrating")),
    *(f"_assessments/{name}.py" for name in ("questionnaire", "reader", "scope")),
    "_fleet/rows.py",
    *(f"_display/{name}.py" for name in ("excel", "html", "records", "markdown")),
)
OPTIONS = ("-q", "--no-cov", "--hypothesis-profile=mutation", "-p", "no:cacheprovider", "-m", "not slow")
LIMIT = 300
"""After how many seconds a mutant outside of functions will not end any more."""
ROOT = Path(__file__).parents[2]
VERDICTS = ("killed", "survived", "equivalent")
EQUIVALENT = {
    (row["module"], row["function"], row["before"], row["after"])
    for row in tomllib.loads((Path(__file__).parent / "equivalent.toml").read_text("utf-8"))["mutant"]
}


def main() -> None:
    """Try the mutants of the modules named; ends with status 1 if one survives that a test could notice."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("modules", nargs="*", metavar="MODULE", default=MODULES)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--tests", nargs="+", metavar="PATH", help="instead of all tests of the wing")
    given = parser.parse_args()
    os.chdir(ROOT)
    drawn: dict[tuple[str, ...], dict[str, list[Mutant]]] = defaultdict(dict)
    for module in given.modules:
        drawn[tuple(given.tests or tests_of(module))][module] = sample(
            (PACKAGE / module).read_text("utf-8"), given.sample
        )
    survivors = sum([tried(tests, chosen) for tests, chosen in drawn.items()])
    sys.exit(survivors > 0)


def sample(source: str, size: int) -> list[Mutant]:
    """Some mutants of a module in its functions, and a tenth as many outside of them, which take ten times as long."""
    every = mutants(source)
    inside = [mutant for mutant in every if mutant.in_function]
    outside = [mutant for mutant in every if not mutant.in_function]
    draw = Random(size).sample  # noqa: S311
    return draw(inside, min(size, len(inside))) + draw(outside, min(size // 10, len(outside)))


def tests_of(module: str) -> tuple[str, ...]:
    """The tests of the wing that a module belongs to, or those that belong to no wing."""
    wing = Path(module).parts[0].removeprefix("_")
    return (f"tests/{wing}",) if wing != module else tuple(map(str, sorted(Path("tests").glob("test_*.py"))))


def tried(tests: tuple[str, ...], chosen: dict[str, list[Mutant]]) -> int:
    """Print what survives the tests of a wing, and how many mutants of each module do; how many do of all."""
    counts: dict[str, Counter[str]] = {module: Counter() for module in chosen}
    for module, mutant, killed in judged(tests, chosen):
        row = (module, mutant.function, mutant.before, mutant.after)
        verdict = "killed" if killed else "equivalent" if row in EQUIVALENT else "survived"
        counts[module][verdict] += 1
        if verdict == "survived":
            print(f"{module}:{mutant.lines[-1]} {mutant.function}: {mutant.before}  ->  {mutant.after}", flush=True)
    for module, count in counts.items():
        print(f"| {module} | {count.total()} | {' | '.join(str(count[verdict]) for verdict in VERDICTS)} |")
    return sum(count["survived"] for count in counts.values())


def judged(tests: tuple[str, ...], chosen: dict[str, list[Mutant]]) -> Iterator[tuple[str, Mutant, bool]]:
    """Each mutant with its module and whether a test fails with it."""
    alone: list[tuple[str, Mutant, list[str]]] = []
    with tempfile.NamedTemporaryFile() as log:
        read, write = os.pipe()
        server = started(partial(tested, log.fileno(), tests, Together(chosen, write)))
        os.close(write)
        with os.fdopen(read, encoding="utf-8") as lines:
            for module, number, killed, names in map(json.loads, lines):
                mutant = chosen[module][number]
                if killed is None:
                    alone.append((module, mutant, names))
                else:
                    yield module, mutant, killed
        if ended(server):
            sys.exit(Path(log.name).read_text("utf-8"))
        for module, mutant, names in alone:
            files = {name.partition("::")[0] for name in names}
            trial = partial(tested, log.fileno(), sorted(files), Alone(PACKAGE / module, mutant, names))
            yield module, mutant, bool(ended(started(trial, LIMIT)))


def tested(log: int, tests: Iterable[str], plugin: object) -> int:
    """The status that pytest ends with; what it prints goes to a file."""
    os.dup2(log, 1)
    os.dup2(log, 2)
    return pytest.main([*OPTIONS, *tests], [plugin])


if __name__ == "__main__":
    main()
