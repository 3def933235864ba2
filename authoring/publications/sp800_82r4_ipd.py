"""Build sp800-82r4.ipd: the OT overlay of the draft (Appendix E, Table 18), and its lineage from revision 3.

Source: mappings/sp800-82r4-ipd-table18.tsv, a table that others took from the draft; the draft itself was not seen. The
titles are those of SP 800-53. Lineage says that the overlay still does the same with a control, no more: how the
rationales read was not seen.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from authoring.publications.sp800_82r3 import BASELINES, CONTROLS, entries, titles
from authoring.publications.sp800_82r3 import KEY as BEFORE
from authoring.shared.files import write_lineage, write_publication
from authoring.shared.records import Json, element, lineage
from authoring.shared.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "sp800-82r4.ipd"
SOURCE = "mappings/sp800-82r4-ipd-table18.tsv"
SOURCES = Sources(SOURCE)

ADDED = ("added_vs_53B_low", "added_vs_53B_mod", "added_vs_53B_high")
REMOVED = "removed_per_E7"


def changes(row: dict[str, str]) -> Json:
    """The baselines that the table adds a control to, and those that section E.7 removes it from."""
    found = {
        "adds": [level for level, column in zip(BASELINES, ADDED, strict=True) if row[column]],
        "removes": [level for level in BASELINES if level[0].upper() in row[REMOVED]],
    }
    return {name: levels for name, levels in found.items() if levels}


def overlay() -> Iterator[Json]:
    for row in csv.DictReader(SOURCES.read(SOURCE).splitlines(), delimiter="\t"):
        if changed := changes(row):
            control = row["control"].lower().replace("(", ".").rstrip(")")
            yield element(
                "overlay-entry",
                f"{KEY}:overlay.{control}",
                title=titles()[control],
                label=row["control"].replace("(", " ("),
                control=f"{CONTROLS}:{control}",
                **changed,
                table="Table 18" if "adds" in changed else None,
                section="E.7" if "removes" in changed else None,
                fidelity="secondary",
            )


def unchanged(records: list[Json]) -> Iterator[Json]:
    """The lineage of the controls with which both overlays do the same."""
    now = {record["control"].partition(":")[2]: record for record in records}
    for entry in entries():
        record = now.pop(entry.control)
        if entry.changes != {name: record[name] for name in ("adds", "removes") if name in record}:
            raise SystemExit(f"{SOURCE}: {entry.label} is no longer changed as in revision 3")
        yield lineage(
            [f"{BEFORE}:overlay.{entry.control}"],
            [record["id"]],
            "continued",
            basis="derived",
            fidelity="secondary",
            evidence="Both overlays add this control to the same baselines and remove it from the same; the rationale "
            "of the draft was not seen",
        )
    if now:
        raise SystemExit(f"{SOURCE}: not in revision 3: {', '.join(now)}")


def build() -> None:
    records = list(overlay())
    write_publication(
        KEY,
        records,
        fidelity="secondary",
        complete=["overlay-entry"],
        missing="The text was not available. Of the OT overlay it is held which controls it adds to and removes from "
        "the baselines, not why; whether the draft still lists endpoint capabilities for IIoT is not known.",
    )
    write_lineage(f"{BEFORE}--{KEY}", list(unchanged(records)))
