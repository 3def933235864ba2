"""Build data/errata.json: errors in publications, computed for SP 800-213A and found in reading.

What was found in reading stands in content/errata/; each was seen in the source text, and what may be a flaw of the
copy instead is left out.
"""

from __future__ import annotations

from authoring.errata import sp800_213a
from authoring.shared.content import table
from authoring.shared.files import dump, write
from authoring.shared.records import Json
from iotbaseline._files.tables import Row

COLUMNS = ("publication", "defect", "elements", "locator", "printed", "expected", "used", "evidence")


def erratum(row: Row) -> Json:
    """A row as a record; the table has the elements as local identifiers, with a blank between them."""
    elements = [f"{row['publication']}:{local}" for local in row["elements"].split()]
    return {name: value for name, value in (row.cells | {"elements": elements}).items() if value}


def build() -> None:
    records = [
        *table("errata/other-publications", erratum, COLUMNS),
        *sp800_213a.records(),
        *table("errata/sp800-213a", erratum, COLUMNS),
    ]
    write("errata.json", dump({"errata": records}))
