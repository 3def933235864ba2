"""IR 8259A, Table 1: the column "IoT Reference Examples" as a crosswalk.

Reads "nist/ir8259a.md" and writes data/crosswalks/ir8259a--KEY.sssom.tsv for each document that is cited: one
row for every printed reference of every capability, in printed order.

Rules:

- The conversion lost the digits behind the last "." or "-" of most lists. A reference that ends so ("CR 1.")
  is kept as a label without an object, and is not completed by guessing.
- The object is the printed reference, blanks as dots: "CR 3.1" is iec62443-4-2:CR.3.1. NEMA is cited by names
  without numbers; their slugs are the objects.
- GSMA lists print "CLP13_" before their first number only. It is read as holding for the numbers after it, which
  ascend: every such list has a number (6.19, 6.20, 9.1) whose section exists only under CLP13 in the table of
  this checklist at github.com/scriptingxss/OWASP-IoT-Top-10-2018-Mapping. The row says so, and ``printed``
  stays as printed. The list of Software Update ("7.5.") prints no prefix and is cut, so it gets none.
- PSA has two places without a comma ("D3.1 D3.3" and "R4.5 R6."), read as two references each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from authoring.publications.ir8259a import KEY, Entry, Row, table_rows
from authoring.registry.cited_documents import keys_by_name
from authoring.shared.files import write_crosswalk
from authoring.shared.records import mapping, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCATOR = "Table 1, column IoT Reference Examples"
CUT = "The last digits of this reference are lost in the copy that was read."
PREFIXED = "CLP13 is printed once, before the first number of the list, and read as holding for all of it."

BETWEEN = re.compile(r", ?| (?=[A-Z]\d)")
PREFIX = re.compile(r"CLP\d+_")


def local_id(reference: str, prefix: str) -> str:
    """The identifier of a completely printed reference within the document it points to."""
    if not any(character.isdigit() for character in reference):
        return slug(reference)
    return prefix + reference.replace(" ", ".")


def reference_rows(row: Row, entry: Entry, document: str) -> Iterator[dict[str, str]]:
    """The references of one capability to one document."""
    prefix = ""
    for reference in BETWEEN.split(entry.text):
        cut = reference.endswith((".", "-"))
        rationale = CUT if cut else PREFIXED if prefix else None
        yield mapping(
            row.id,
            "related",
            None if cut else f"{document}:{local_id(reference, prefix)}",
            basis="official",
            object_label=reference if cut else None,
            rationale=rationale,
            fidelity="partial" if cut else "full",
            locator=LOCATOR,
            printed=reference,
        )
        found = PREFIX.match(reference)
        prefix = found[0] if found else prefix


def build() -> None:
    documents = keys_by_name(KEY)
    for name, document in documents.items():
        write_crosswalk(
            KEY,
            document,
            [
                record
                for row in table_rows()
                for entry in row.entries
                if entry.kind == "source" and entry.label == name
                for record in reference_rows(row, entry, document)
            ],
            title=f"IR 8259A to its IoT reference examples: {name}",
            description=(
                "What NIST lists beside each capability as existing guidance with a similar or related capability; "
                "examples, not statements of equivalence. References whose last digits were lost have no object."
            ),
            provider="https://www.nist.gov/",
        )
