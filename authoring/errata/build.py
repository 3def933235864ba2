"""Build data/errata.json: errors in publications.

They stand in content/errata/. Each was seen in the file that it names; what may be a flaw of a copy is left out. No
source text is read; tests find again in the texts what can be computed.
"""

from __future__ import annotations

from authoring.shared.content import CONTENT, one_of, table
from authoring.shared.files import dump, write
from authoring.shared.records import Json
from iotbaseline._files.tables import Row
from iotbaseline._model.errata import Defect

COLUMNS = ("publication", "defect", "elements", "locator", "printed", "expected", "used", "evidence", "seen_in")
DEFECTS = tuple(Defect)


def erratum(row: Row) -> Json:
    """A row as a record; elements are set apart by blanks, those of the same publication by their local identifiers."""
    names = [name if ":" in name else f"{row['publication']}:{name}" for name in row["elements"].split()]
    record = row.cells | {"defect": one_of(row, "defect", DEFECTS), "elements": names}
    return {name: value for name, value in record.items() if value}


def build() -> None:
    names = sorted(path.stem for path in (CONTENT / "errata").glob("*.tsv"))
    records = [record for name in names for record in table(f"errata/{name}", erratum, COLUMNS)]
    write("errata.json", dump({"errata": records}))
