"""Measure how the time of reading what users write, and of asking about it, grows with its rows.

    python benchmarks/user_files.py [--rows 1000 10000 100000 1000000] [--rounds 3] [--ask-up-to 100000]

Each size is measured in processes of its own, for its peak of memory. A framework has its rows in groups of a thousand
below a parent; the crosswalk leads from each row to a control of SP 800-53, drawn by a fixed seed; what is migrated are
identifiers of controls of revision 4. The floor is ``csv.reader`` over the files of framework and crosswalk.
Up to some size all that takes the whole framework is asked too: its coverage of SP 800-53, and of CSF 2.0 through that,
how the two compare, what each of its elements reaches in SP 800-53, the check of all crosswalks, the graph of both, how
it differs from itself, and what one element reaches in a library with one mapping more.
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
from time import process_time
from typing import TypeVar

from attrs import evolve

import iotbaseline as ib

T = TypeVar("T")

SEED = 17
GROUP = 1000
READING = ("floor", "framework", "crosswalk", "migration")
ASKING = ("coverage", "through", "compare", "reach", "check", "graph", "diff", "renewal")


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


def measured(rows: int, ask: bool) -> dict[str, float]:
    """Seconds of processor time of each column at one size, and the peak of memory in MB where the system tells it."""
    with tempfile.TemporaryDirectory() as folder:
        framework, crosswalk = write(Path(folder), rows)
        taken: dict[str, float] = {}

        def timed(name: str, call: Callable[[], T]) -> T:
            start = process_time()
            result = call()
            taken[name] = process_time() - start
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
        mapped = timed("crosswalk", lambda: ib.read_crosswalk(crosswalk, library=library))
        taken["MB"] = peak()
        if ask:
            whole = library.extended(*mapped)
            for name, call in questions(own, whole).items():
                timed(name, call)
    named = list(islice(cycle([each.id for each in ib.load("sp800-53r4")]), rows))
    ib.diff("sp800-53r4", "sp800-53r5")
    timed("migration", lambda: ib.migrate(named, "sp800-53r4", "sp800-53r5"))
    return taken


def questions(own: ib.Publication, library: ib.Library) -> dict[str, Callable[[], object]]:
    """What is asked about a whole framework, by the name of the column."""
    one = ib.crosswalk("own", "sp800-53r5", library=library)
    more = ib.Crosswalk(
        subject=own, object=one.object, mappings=(evolve(one.mappings[0], object=one.object.elements[-1].id),)
    )
    return {
        "coverage": lambda: ib.coverage(own, "sp800-53r5", library=library),
        "through": lambda: ib.coverage(own, "csf2.0", through="sp800-53r5", library=library),
        "compare": lambda: ib.compare(own, "sp800-53r5", library=library),
        "reach": lambda: sum(len(ib.reach(each, "sp800-53r5", library=library)) for each in own),
        "check": lambda: ib.check_crosswalks(library=library),
        "graph": lambda: ib.graph(own, "sp800-53r5", library=library),
        "diff": lambda: ib.diff(own, own, library=library),
        "renewal": lambda: ib.reach("own:A.1", "sp800-53r5", library=library.extended(more)),
    }


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
    parser.add_argument("--ask-up-to", type=int, default=100_000, metavar="ROWS", help="the largest size to ask about")
    parser.add_argument("--once", type=int, metavar="ROWS", help="measure one size in this process, as JSON")
    options = parser.parse_args()
    if options.once:
        print(json.dumps(measured(options.once, options.once <= options.ask_up_to)))
        return
    sizes: list[int] = options.rows
    found: list[dict[str, float]] = []
    for size in sizes:
        command = [sys.executable, __file__, "--once", str(size), "--ask-up-to", str(options.ask_up_to)]
        runs = [json.loads(subprocess.check_output(command)) for _ in range(options.rounds)]  # noqa: S603
        found.append({name: median(run[name] for run in runs) for name in runs[0]})
    for names in ((*READING, "MB"), ASKING):
        shown = [(size, line) for size, line in zip(sizes, found, strict=True) if names[0] in line]
        print("rows", *(name if name == "MB" else f"{name} s" for name in names), sep="\t")
        for size, line in shown:
            print(f"{size:,}", *(f"{line[name]:.3f}" for name in names), sep="\t")
        for (few, less), (many, more) in pairwise(shown):
            grown = (f"{math.log(more[name] / less[name]) / math.log(many / few):.2f}" for name in names)
            print(f"exponent to {many:,}", *grown, sep="\t")


if __name__ == "__main__":
    main()
