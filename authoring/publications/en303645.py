"""Build en303645v3.1.3: clauses and provisions of ETSI EN 303 645 V3.1.3 with their status.

Source: mappings/etsi-en-303-645-ids.json, facts taken from Table B.1 of the standard. The standard is copyrighted, so
there are neither summaries nor fingerprints. It prints no titles of provisions: those of content/titles are ours.
"""

from __future__ import annotations

from authoring.shared.content import pairs
from authoring.shared.files import write_publication
from authoring.shared.records import Json, element
from authoring.shared.sources import Sources

KEY = "en303645v3.1.3"
SOURCE = "mappings/etsi-en-303-645-ids.json"
SOURCES = Sources(SOURCE)
OWN_TITLE = "The title is this project's; the standard prints none."


def clauses() -> dict[str, str]:
    """The titles of the clauses by number."""
    return {row["clause"]: row["clause_title"] for row in SOURCES.json(SOURCE)["provisions"]}


def build() -> None:
    titles = pairs(f"titles/{KEY}", "local_id", "title")
    elements: list[Json] = []
    last = None
    for row in SOURCES.json(SOURCE)["provisions"]:
        number = row["clause"]
        parent = f"{KEY}:clause.{number}"
        if number != last:
            last = number
            elements.append(element("clause", parent, title=row["clause_title"], label=number, section=number))
        elements.append(
            element(
                "provision",
                f"{KEY}:{row['provision']}",
                title=titles[row["provision"]],
                label=row["provision"],
                parent=parent,
                status=row["status"],
                conditional=row["conditional"],
                section=number,
                note=OWN_TITLE,
            )
        )
    write_publication(
        KEY,
        elements,
        fidelity="full",
        missing="The text of the provisions, and the F marks of Table B.1 (a feature has to be present).",
    )
