"""Build iec62443-4-2: designations and titles of the component requirements of IEC 62443-4-2.

Source: mappings/iec62443-4-2-ids.json, facts on which three public witnesses agree. The standard is copyrighted, so
there are neither summaries nor fingerprints.
"""

from __future__ import annotations

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element
from authoring.shared.sources import Sources

KEY = "iec62443-4-2"
SOURCE = "mappings/iec62443-4-2-ids.json"
SOURCES = Sources(SOURCE)

IN_TYPE_CLAUSES = "Stands in the clauses for the component types (SAR, EDR, HDR, NDR)."
NO_REQUIREMENT = "Appears to ask nothing of components; not confirmed."
NOTES = {
    **dict.fromkeys(("CR 1.6", "CR 1.13", "CR 2.4", "CR 2.13", "CR 3.2"), IN_TYPE_CLAUSES),
    **dict.fromkeys(("CR 3.10", "CR 3.11", "CR 3.12", "CR 3.13", "CR 3.14"), IN_TYPE_CLAUSES),
    **dict.fromkeys(("CR 5.2", "CR 5.3"), IN_TYPE_CLAUSES),
    **dict.fromkeys(("CR 2.3", "CR 5.4"), NO_REQUIREMENT),
    "CR 7.5": "One witness says that it asks nothing of components.",
}
ENHANCEMENT_NOTE = "Known by number only; whether all enhancements are listed is not confirmed."


def curie(designation: str) -> str:
    return f"{KEY}:{designation.replace(' ', '.')}"


def clause(number: int, title: str) -> Json:
    return element(
        "clause", f"{KEY}:clause.{number}", title=title, label=str(number), section=str(number), fidelity="secondary"
    )


def requirement(item: Json, component_type: str | None) -> list[Json]:
    """A requirement, followed by those of its enhancements that were seen."""
    designation, section = item["id"], str(item["clause"])
    identifier = curie(designation)
    records = [
        element(
            "component-requirement",
            identifier,
            title=item["title"],
            label=designation,
            parent=f"{KEY}:clause.{section}",
            component_type=component_type,
            section=section,
            fidelity="secondary",
            note=NOTES.get(designation),
        )
    ]
    records += [
        element(
            "component-requirement",
            f"{identifier}.RE.{number}",
            label=f"{designation} RE({number})",
            parent=identifier,
            component_type=component_type,
            section=section,
            fidelity="secondary",
            note=ENHANCEMENT_NOTE,
        )
        for number in item["requirement_enhancements_seen"]
    ]
    return records


def build() -> None:
    source = SOURCES.json(SOURCE)
    elements: list[Json] = []
    last = None
    for item in source["items"]:
        if item["clause"] != last:
            last = item["clause"]
            elements.append(clause(last, item["clause_title"]))
        elements += requirement(item, source["component_types"].get(item["kind"]))
    write_publication(
        KEY,
        elements,
        fidelity="secondary",
        missing="The text of the standard, the titles of the enhancements and the security levels; "
        "the list of enhancements may have gaps.",
    )
