"""Fleets of products against the MODERATE baseline of SP 800-53: time, memory, growth, and a plain loop beside them.

    python benchmarks/fleet.py [--products 1000 10000 100000] [--findings 500] [--memory 3GB] [--loop 1000]

Each fleet is worked out by DuckDB in a process of its own, on two threads. The findings of a product are
about so many elements of SP 800-213A on average, chosen by a hash; six of ten are met. They are read from Parquet. The
plain loop asks ``ib.coverage`` for the first products of every fleet, one by one; what the two say of them has to be
equal, item by item. Needs the extra ``fleet``.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

import iotbaseline as ib
from iotbaseline import fleet

DAY = date(2026, 11, 30)
TARGET: dict[str, Any] = {"target": "sp800-53r5", "baseline": "MODERATE"}
ASKED = ("fleet_coverage", "family_coverage", "item_coverage", "product_coverage", "outcomes", "drift", "expiring")
FINDINGS = """
    COPY (
        SELECT
            'product-' || lpad(CAST(number AS VARCHAR), 6, '0') AS product, element,
            CASE
                WHEN hash(element, number) % 20 < 12 THEN 'met'
                WHEN hash(element, number) % 20 < 15 THEN 'partly met'
                WHEN hash(element, number) % 20 < 17 THEN 'not met'
                WHEN hash(element, number) % 20 < 19 THEN 'not assessed'
                ELSE 'not applicable'
            END AS status
        FROM range({products}) AS products (number)
        CROSS JOIN (SELECT unnest(?) AS element)
        WHERE hash(number, element) % {elements} < {findings}
    ) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""


def write_findings(path: Path, products: int, findings: int) -> None:
    """Write the findings of so many products."""
    elements = [element.id for element in ib.load("sp800-213a")]
    query = FINDINGS.format(products=products, elements=len(elements), findings=findings, path=path)
    duckdb.execute(query, [elements])


def worked_out(path: Path, memory: str, folder: Path) -> dict[str, Any]:
    """The time and the memory that a fleet takes, and what each of the views has."""
    started = time.perf_counter()
    made = fleet.tables("sp800-213a", **TARGET)
    tables = time.perf_counter() - started
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": 2,
        "temp_directory": str(folder / "spilled"),
    }
    started = time.perf_counter()
    database = fleet.connect(made, path, on=DAY, connection=duckdb.connect(config=settings))
    rows = {name: len(database.table(name).fetchall()) for name in ASKED}
    taken = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_SELF)
    [(levels,)] = database.execute("SELECT struct_pack(*COLUMNS(* EXCLUDE day)) FROM fleet_coverage").fetchall()
    return {
        "tables": tables,
        "seconds": taken,
        "processor": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1024,
        "rows": rows,
        "levels": levels,
    }


def looped(path: Path, products: int) -> tuple[float, float, bool]:
    """The time that a plain loop takes for the first products, of the wall and of the processor, and whether it says
    the same of every item.
    """
    made = fleet.tables("sp800-213a", **TARGET)
    first = f"(SELECT * FROM '{path}' WHERE product < 'product-{products:06}')"  # noqa: S608
    few = path.with_name("few.parquet")
    duckdb.execute(f"COPY {first} TO '{few}' (FORMAT parquet)")
    database = fleet.connect(made, few, on=DAY)
    met = database.execute("SELECT product, list(element) FROM selected GROUP BY product").fetchall()
    views: dict[str, dict[str, str]] = {}
    for product, element, level in database.execute("SELECT product, element, level FROM coverage").fetchall():
        views.setdefault(product, {})[element] = level
    selections = {product: [ib.get(element) for element in elements] for product, elements in met}
    ib.coverage(next(iter(selections.values())), **TARGET)
    started, used = time.perf_counter(), time.process_time()
    found = {product: ib.coverage(selected, **TARGET) for product, selected in selections.items()}
    taken, processor = time.perf_counter() - started, time.process_time() - used
    levels = {product: {item.element.id: item.level for item in each} for product, each in found.items()}
    return taken, processor, levels == views


def main() -> None:
    """Print a line for each fleet, the exponent of the growth, and the loop."""
    parser = argparse.ArgumentParser(description="Measure fleets of products.")
    parser.add_argument("--products", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--findings", type=int, default=500)
    parser.add_argument("--memory", default="3GB")
    parser.add_argument("--loop", type=int, default=1_000)
    parser.add_argument("--of", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.of is not None:
            print(json.dumps(worked_out(given.of, given.memory, Path(folder))))
            return
        compare(given, Path(folder))


def compare(given: argparse.Namespace, folder: Path) -> None:
    """Work out each fleet in a process of its own, and the loop in this one."""
    print("products  findings  seconds  processor      MB  us a finding")
    seconds: dict[int, float] = {}
    path = folder / "findings.parquet"
    for products in given.products:
        write_findings(path, products, given.findings)
        [(rows,)] = duckdb.execute(f"SELECT COUNT(*) FROM '{path}'").fetchall()  # noqa: S608
        command = [sys.executable, __file__, "--memory", given.memory, "--of", str(path)]
        found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603
        seconds[products] = found["processor"]
        numbers = f"{found['seconds']:>8.1f} {found['processor']:>10.1f} {found['megabytes']:>7.0f}"
        print(f"{products:>8} {rows:>9} {numbers} {found['seconds'] / rows * 1e6:>13.2f}", flush=True)
        print(f"          {found['levels']}")
    if len(seconds) > 1:
        (few, less), (many, more) = min(seconds.items()), max(seconds.items())
        print(f"exponent from {few} to {many} products: {math.log(more / less) / math.log(many / few):.2f}")
    taken, processor, is_equal = looped(path, given.loop)
    print(f"plain loop, {given.loop} products: {taken:.1f} seconds, {processor:.1f} of the processor")
    print(f"the loop and the views say the same of every item: {is_equal}")
    if not is_equal:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
