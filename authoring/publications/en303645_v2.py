"""Build en303645v2.1.1: the provisions of ETSI EN 303 645 V2.1.1, the version that laws cite, with their status.

Source: content/publications/en303645v2.1.1.tsv, written beside a public copy (see the evidence of the registry). The
standard is copyrighted, so there are neither summaries nor fingerprints. The clauses have the titles of V3.1.3; clause
4 became 5.0.
"""

from __future__ import annotations

from authoring.publications import en303645
from authoring.shared.content import cells, table
from authoring.shared.files import write_publication
from authoring.shared.records import Json, element

KEY = "en303645v2.1.1"
FORMER_NUMBERS = {"5.0": "4"}


def clauses() -> dict[str, str]:
    """The titles of the clauses by number."""
    return {FORMER_NUMBERS.get(number, number): title for number, title in en303645.clauses().items()}


def clause_of(provision: str) -> str:
    """``5.1`` for ``5.1-1``, ``6`` for ``6.1``."""
    number, dash, _ = provision.partition("-")
    return number if dash else number.partition(".")[0]


def build() -> None:
    titles = clauses()
    elements: dict[str, Json] = {}
    for row in table(f"publications/{KEY}", cells, ("provision", "status"), ("conditional", "note")):
        number = clause_of(row["provision"])
        parent, identifier = f"{KEY}:clause.{number}", f"{KEY}:{row['provision']}"
        elements.setdefault(
            parent,
            element("clause", parent, title=titles[number], label=number, section=number, fidelity="secondary"),
        )
        elements[identifier] = element(
            "provision",
            identifier,
            label=row["provision"],
            parent=parent,
            status=row["status"],
            conditional=row["conditional"] == "C",
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
