"""Measure how the time of reading and migrating what users write grows with its rows, beside reading the bare cells.

    python benchmarks/user_files.py [--rows 1000 10000 100000 1000000] [--rounds 3]

Each size is measured in processes of its own, for its peak of memory. A framework has its rows in groups of a thousand
below a parent; the crosswalk leads from each row to a control of SP 800-53, drawn by a fixed seed; what is migrated are
identifiers of controls of revision 4. The floor is ``csv.reader`` over the files of framework and crosswalk.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import cycle, islice, pairwise
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

import iotbaseline as ib

T = TypeVar("T")

SEED = 17
GROUP = 1000
COLUMNS = ("floor", "framework", "crosswalk", "migration")


def write(folder: Path, rows: int) -> tuple[Path, Path]:
    """A framework and a crosswalk of so many rows."""
    framework, crosswalk = folder / "own.csv", folder / "own.tsv"
    with framework.open("w", encoding="utf-8") as file:
        file.write("id,title,parent,summary\n")
        for row in range(rows):
            parent = f"A.{row - row % GROUP}" if row % GROUP else ""
            file.write(f"A.{row},Title {row},{parent},What row {row} asks for\n")
    controls, chosen = [each.id for each in ib.load("sp800-53r5")], random.Random(SEED)  # noqa: S311
    with crosswalk.open("w", encoding="utf-8") as file:
        file.write("subject_id\tpredicate_id\tobject_id\tcomment\n")
        for row in range(rows):
            file.write(f"own:A.{row}\tir8477:subset_of\t{chosen.choice(controls)}\tBecause of {row}\n")
    return framework, crosswalk


def measured(rows: int) -> dict[str, float]:
    """Seconds of each column at one size, and the peak of memory in MB where the system tells it."""
    with tempfile.TemporaryDirectory() as folder:
        framework, crosswalk = write(Path(folder), rows)
        taken: dict[str, float] = {}

        def timed(name: str, call: Callable[[], T]) -> T:
            start = perf_counter()
            result = call()
            taken[name] = perf_counter() - start
            return result

        def bare() -> int:
            read = 0
            for path, delimiter in ((framework, ","), (crosswalk, "\t")):
                with path.open(encoding="utf-8", newline="") as file:
                    read += sum(1 for _ in csv.reader(file, delimiter=delimiter))
            return read

        timed("floor", bare)
        own = timed("framework", lambda: ib.read_framework(framework, key="own"))
        library = ib.extended(own)
        timed("crosswalk", lambda: ib.read_crosswalk(crosswalk, library=library))
        taken["MB"] = peak()
    named = list(islice(cycle([each.id for each in ib.load("sp800-53r4")]), rows))
    ib.diff("sp800-53r4", "sp800-53r5")
    timed("migration", lambda: ib.migrate(named, "sp800-53r4", "sp800-53r5"))
    return taken


def peak() -> float:
    """The peak of memory in MB, or not a number on Windows."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ModuleNotFoundError:
        return math.nan
    return getrusage(RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Measure at every size and print."""
    parser = argparse.ArgumentParser(description="Measure how reading and migrating grow with the rows.")
    parser.add_argument("--rows", type=int, nargs="+", default=[1000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3, help="how many processes at each size; medians are printed")
    parser.add_argument("--once", type=int, metavar="ROWS", help="measure one size in this process, as JSON")
    options = parser.parse_args()
    if options.once:
        print(json.dumps(measured(options.once)))
        return
    sizes: list[int] = options.rows
    found: list[dict[str, float]] = []
    for size in sizes:
        command = [sys.executable, __file__, "--once", str(size)]
        runs = [json.loads(subprocess.check_output(command)) for _ in range(options.rounds)]  # noqa: S603
        found.append({name: median(run[name] for run in runs) for name in (*COLUMNS, "MB")})
    print("rows", *(f"{name} s" for name in COLUMNS), "peak MB", sep="\t")
    for size, line in zip(sizes, found, strict=True):
        print(f"{size:,}", *(f"{line[name]:.3f}" for name in COLUMNS), f"{line['MB']:.0f}", sep="\t")
    for (few, less), (many, more) in pairwise(zip(sizes, found, strict=True)):
        grown = (f"{math.log(more[name] / less[name]) / math.log(many / few):.2f}" for name in COLUMNS)
        print(f"exponent to {many:,}", *grown, sep="\t")


if __name__ == "__main__":
    main()
