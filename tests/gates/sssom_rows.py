"""sssom-py has to read every row of every mapping table that ships, those without an object included."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from sssom.parsers import parse_sssom_table


def problems(folder: Path) -> Iterator[str]:
    """The tables of which it reads other rows than we wrote."""
    rows = 0
    for name, expected in json.loads((folder / "expected.json").read_text("utf-8")).items():
        read = parse_sssom_table(folder / name).df[["subject_id", "object_id"]].fillna("").to_numpy().tolist()
        rows += len(read)
        if sorted(read) != sorted(expected):
            yield f"{name}: {len(read)} rows and not {len(expected)}"
    print(f"  {rows} rows")


if __name__ == "__main__":
    sys.exit("\n".join(problems(Path(sys.argv[1]) / "sssom")) or 0)
