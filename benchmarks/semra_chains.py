"""Time the chain inference of SeMRA on a file of mappings, for ``scale.py``; run by an interpreter that has SeMRA.

    python benchmarks/semra_chains.py FILE ROUNDS

FILE is SSSOM TSV. The prefixes of its identifiers are made known to bioregistry, without which SeMRA takes none.
Prints JSON: the seconds of processor time of each round, how many relations were found, and the version of SeMRA.
"""

from __future__ import annotations

import csv
import json
import sys
from importlib.metadata import version
from pathlib import Path
from time import process_time

import bioregistry
from semra import Mapping, Reference
from semra.inference import infer_chains, infer_reversible


def main() -> None:
    """Read, infer, print."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    ends = {row[side] for row in rows for side in ("subject_id", "object_id")}
    for prefix in sorted({end.partition(":")[0] for end in ends}):
        bioregistry.add_resource(bioregistry.Resource(prefix=prefix, name=prefix, uri_format=f"urn:{prefix}:$1"))
    mappings = [
        Mapping(
            subject=Reference.from_curie(row["subject_id"]),
            predicate=Reference.from_curie(row["predicate_id"]),
            object=Reference.from_curie(row["object_id"]),
        )
        for row in rows
    ]
    seconds: list[float] = []
    found = 0
    for _ in range(int(sys.argv[2])):
        start = process_time()
        both = infer_reversible(mappings, progress=False)
        found = len(infer_chains(both, progress=False))
        seconds.append(process_time() - start)
    print(json.dumps({"seconds": seconds, "found": found, "version": version("semra")}))


if __name__ == "__main__":
    main()
