"""Build en303645v2.1.1: the provisions of ETSI EN 303 645 V2.1.1, the version that laws cite, and their lineage to V3.1.3.

Source: content/lineage/en303645v2.1.1.tsv, written beside public copies of both versions (see the evidence of the
registry). The standard is copyrighted, so there are neither summaries nor fingerprints. The clauses have the titles of
V3.1.3, but for clause 4, which became 5.0.
"""

from __future__ import annotations

import csv

from authoring.publications.en303645 import KEY as NEXT
from authoring.publications.en303645 import SOURCE as NEXT_SOURCE
from authoring.shared.files import write_lineage, write_publication
from authoring.shared.records import Json, element, lineage
from authoring.shared.sources import CONTENT, read_json

KEY = "en303645v2.1.1"
TABLE = CONTENT / "lineage" / f"{KEY}.tsv"
FORMER_NUMBERS = {"5.0": "4"}


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def clauses() -> dict[str, str]:
    """The titles of the clauses by number."""
    provisions = read_json(NEXT_SOURCE)["provisions"]
    return {FORMER_NUMBERS.get(each["clause"], each["clause"]): each["clause_title"] for each in provisions}


def clause_of(provision: str) -> str:
    """``5.1`` for ``5.1-1``, ``6`` for ``6.1``."""
    number, dash, _ = provision.partition("-")
    return number if dash else number.partition(".")[0]


def build() -> None:
    titles = clauses()
    elements: dict[str, Json] = {}
    for row in rows():
        if not row["before"]:
            continue
        number = clause_of(row["before"])
        parent = f"{KEY}:clause.{number}"
        elements.setdefault(
            parent,
            element("clause", parent, title=titles[number], label=number, section=number, fidelity="secondary"),
        )
        identifier = f"{KEY}:{row['before']}"
        status, *conditional = row["status"].split()
        elements[identifier] = element(
            "provision",
            identifier,
            label=row["before"],
            parent=parent,
            status=status,
            conditional=bool(conditional),
            section=number,
            fidelity="secondary",
            note=row["note"] or None,
        )
    write_publication(
        KEY,
        list(elements.values()),
        fidelity="secondary",
        complete=["clause", "provision"],
        missing="The text of the provisions: only their identifiers and status are held.",
    )
    write_lineage(
        f"{KEY}--{NEXT}",
        [
            lineage(
                [f"{KEY}:{row['before']}"] if row["before"] else [],
                [f"{NEXT}:{after}" for after in row["after"].split()],
                row["change"],
                basis="curated",
                fidelity="secondary",
                evidence=row["evidence"],
            )
            for row in rows()
        ],
    )
