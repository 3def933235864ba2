"""Build the lineage that is judged record by record: the tables content/lineage/BEFORE--AFTER.tsv.

Identifiers are set apart by blanks. No source text is read, so that a record can be changed without any.
"""

from __future__ import annotations

from authoring.shared.content import CONTENT, one_of, table
from authoring.shared.files import write_lineage
from authoring.shared.records import Json, lineage
from iotbaseline._files.tables import Row
from iotbaseline._model.lineage import LineageChange
from iotbaseline._model.provenance import Basis, Fidelity

COLUMNS = ("before", "after", "change", "basis", "fidelity", "evidence")
CHANGES = tuple(LineageChange)
BASES = (Basis.OFFICIAL, Basis.CURATED)
FIDELITIES = tuple(Fidelity)


def record(row: Row) -> Json:
    if not row["evidence"]:
        raise row.error("there is no evidence", "say why one may believe it")
    return lineage(
        row["before"].split(),
        row["after"].split(),
        one_of(row, "change", CHANGES),
        basis=one_of(row, "basis", BASES),
        fidelity=one_of(row, "fidelity", FIDELITIES),
        evidence=row["evidence"],
    )


def build() -> None:
    for path in sorted((CONTENT / "lineage").glob("*--*.tsv")):
        write_lineage(path.stem, table(f"lineage/{path.stem}", record, COLUMNS))
