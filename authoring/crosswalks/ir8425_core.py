"""IR 8425 to the core baseline: the crosswalks to IR 8259A (product) and IR 8259B (developer).

Writes data/crosswalks/ir8425--ir8259a.sssom.tsv and ir8425--ir8259b.sssom.tsv. Section 2.2 of IR 8425 says from which
of the two reports each group of capabilities was developed; it pairs no single capability or item. The capability pairs
below follow the names; the item pairs are this project's judgement, kept in content/crosswalks/ir8425--core-items.tsv.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from authoring.shared.content import CONTENT
from authoring.shared.files import write_crosswalk
from authoring.shared.records import mapping

ITEMS = CONTENT / "crosswalks" / "ir8425--core-items.tsv"
COLUMNS = ["subject", "relation", "object", "strength", "rationale"]

CAPABILITIES = {
    "ir8259a": {
        "asset-identification": "device-identification",
        "product-configuration": "device-configuration",
        "data-protection": "data-protection",
        "interface-access-control": "logical-access-to-interfaces",
        "software-update": "software-update",
        "cybersecurity-state-awareness": "cybersecurity-state-awareness",
    },
    "ir8259b": {
        "documentation": "documentation",
        "information-and-query-reception": "information-and-query-reception",
        "information-dissemination": "information-dissemination",
        "product-education-and-awareness": "education-and-awareness",
    },
}
"""The capabilities of IR 8425 with those of the same or like name, by the report they were developed from."""

GROUPS = {"ir8259a": "the product capabilities from IR 8259A", "ir8259b": "the developer activities from IR 8259B"}
"""What NIST states of the derivation."""


def items() -> list[dict[str, str]]:
    """The rows of the hand-written table of item pairs; none while there is no table."""
    if not ITEMS.exists():
        return []
    with ITEMS.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        rows = list(reader)
    if reader.fieldnames != COLUMNS:
        raise SystemExit(f"{ITEMS.name}: the header must be {', '.join(COLUMNS)}")
    for row in rows:
        if row["object"].partition(":")[0] not in CAPABILITIES:
            raise SystemExit(f"{ITEMS.name}: {row['object']} is in neither {' nor '.join(CAPABILITIES)}")
    return rows


def mappings(core: str) -> Iterator[dict[str, str]]:
    """The rows of one crosswalk: capabilities first, then items in the order of their table."""
    for subject, obj in CAPABILITIES[core].items():
        yield mapping(
            f"ir8425:{subject}",
            "related",
            f"{core}:{obj}",
            basis="official",
            rationale=f"NIST developed {GROUPS[core]}, naming no pairs; this pair is read from the like names.",
            locator="section 2.2",
        )
    for row in items():
        if row["object"].startswith(f"{core}:"):
            yield mapping(
                row["subject"],
                row["relation"],
                row["object"],
                basis="curated",
                rationale=row["rationale"],
                strength=int(row["strength"]) if row["strength"] else None,
            )


def build() -> None:
    for core in CAPABILITIES:
        write_crosswalk(
            "ir8425",
            core,
            mappings(core),
            title=f"IR 8425 to IR {core[2:].upper()}",
            description="Capability pairs by name within the groups whose derivation NIST states (section 2.2), and "
            "item pairs by this project's judgement; NIST publishes no item-by-item map.",
            provider="https://w3id.org/iotbaseline",
        )
