"""Spark has to answer the views of a fleet as DuckDB does, and as coverage does product by product.

The SQL is run as it ships. It needs Java 17 or later, which Debian has as ``openjdk-17-jre-headless``.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pyspark.sql import SparkSession

STORED = ("standing", "selected", "ranked")
"""The views that others read more than once."""


def problems(folder: Path) -> Iterator[str]:
    """The views that Spark answers otherwise."""
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    for file in folder.glob("*.parquet"):
        spark.read.parquet(str(file)).createOrReplaceTempView(file.stem)
    for file in sorted(folder.glob("*.sql")):
        spark.sql(file.read_text("utf-8"))
        name = file.stem.partition("_")[2]
        if name in STORED:
            spark.table(name).persist().createOrReplaceTempView(name)
    for name, expected in json.loads((folder / "expected.json").read_text("utf-8")).items():
        started = time.monotonic()
        found = [[str(value) for value in row] for row in spark.table(name).select(*expected["columns"]).collect()]
        print(f"  {name}: {len(found)} rows ({time.monotonic() - started:.0f}s)")
        if sorted(found) != sorted(expected["rows"]):
            yield f"{name}: {len(found)} rows, which are not the {len(expected['rows'])} of DuckDB and of coverage"
    spark.stop()


if __name__ == "__main__":
    if shutil.which("java") is None:
        sys.exit("Spark needs Java 17 or later: apt-get install openjdk-17-jre-headless")
    sys.exit("\n".join(problems(Path(sys.argv[1]) / "fleet")) or 0)
