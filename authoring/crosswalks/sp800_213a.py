"""SP 800-213A against IR 8425, the core baselines IR 8259A and 8259B, and CSF 2.0: the crosswalks NIST does not print.

Three crosswalks are this project's judgement, row by row: IR 8425 to SP 800-213A from
"content/crosswalks/ir8425--sp800-213a.tsv", SP 800-213A to IR 8259A and to IR 8259B from
"content/crosswalks/sp800-213a--core.tsv". The latter has official rows too: footnote 5 of SP 800-213A (p. 10) says that
the capability names come from the two reports, so the families are paired by their names.

The fourth, SP 800-213A to CSF 2.0, is computed from two crosswalks in data/crosswalks, which must be there first:
Appendix C of SP 800-213A (CSF 1.1 to requirements), and what NIST says became of each subcategory of CSF 1.1.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from authoring.shared.content import CONTENT
from authoring.shared.files import DATA, write_crosswalk
from authoring.shared.records import mapping
from iotbaseline._library import sssom

if TYPE_CHECKING:
    from iotbaseline._model.mapping import Mapping

KEY = "sp800-213a"
PROVIDER = "https://w3id.org/iotbaseline"
COLUMNS = ["subject", "relation", "object", "strength", "rationale"]
CORE_COLUMNS = [*COLUMNS, "basis", "locator"]
CHAINED = "Chained: a CSF 1.1 subcategory that Appendix C links to this, then its place in CSF 2.0 according to NIST."


def table(name: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a hand-written table."""
    with (CONTENT / "crosswalks" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        rows = list(reader)
    if reader.fieldnames != columns:
        raise SystemExit(f"{name}.tsv: the header must be {', '.join(columns)}")
    return rows


def row_mapping(row: dict[str, str]) -> dict[str, str]:
    """A row of a hand-written table as a mapping; curated unless the table says otherwise."""
    return mapping(
        row["subject"],
        row["relation"],
        row["object"],
        basis=row.get("basis", "curated"),
        rationale=row["rationale"],
        locator=row.get("locator") or None,
        strength=int(row["strength"]) if row["strength"] else None,
    )


def crosswalk(subject: str, obj: str) -> tuple[Mapping, ...]:
    """A crosswalk that is already built."""
    file = f"{subject}--{obj}.sssom.tsv"
    return sssom.read((DATA / "crosswalks" / file).read_text("utf-8"), file)


def order(key: str) -> dict[str, int]:
    """The place of each element in its publication."""
    document = json.loads((DATA / "publications" / f"{key}.json").read_text("utf-8"))
    return {element["id"]: place for place, element in enumerate(document["elements"])}


def chains() -> dict[tuple[str, str], list[tuple[Mapping, Mapping]]]:
    """Every requirement and CSF 2.0 target that the two crosswalks connect, with all ways between them."""
    found: dict[tuple[str, str], list[tuple[Mapping, Mapping]]] = {}
    became = crosswalk("csf1.1", "csf2.0")
    for link in crosswalk("csf1.1", KEY):
        for step in became:
            if link.object and step.object and link.subject == step.subject:
                found.setdefault((link.object, step.object), []).append((link, step))
    return found


def derived() -> Iterator[dict[str, str]]:
    """SP 800-213A to CSF 2.0 in the order of both, one row for each way through CSF 1.1.

    A row is partial if a link of its way is.
    """
    requirements, outcomes = order(KEY), order("csf2.0")
    ways = chains()
    for requirement, outcome in sorted(ways, key=lambda pair: (requirements[pair[0]], outcomes[pair[1]])):
        by_middle: dict[str, list[Mapping]] = {}
        for link, step in ways[requirement, outcome]:
            by_middle.setdefault(link.subject, []).extend((link, step))
        for middle, links in by_middle.items():
            yield mapping(
                requirement,
                "related",
                outcome,
                basis="derived",
                justification="semapv:MappingChaining",
                rationale=CHAINED,
                fidelity="partial" if any(link.fidelity == "partial" for link in links) else "full",
                path=[middle],
            )


def build() -> None:
    write_crosswalk(
        "ir8425",
        KEY,
        map(row_mapping, table(f"ir8425--{KEY}", COLUMNS)),
        title="IR 8425 to SP 800-213A",
        description="Criteria of the consumer profile and the requirements or sub-capabilities of the federal catalog "
        "that correspond to them, by this project's judgement; NIST has no such map. Documentation in the catalog "
        "mostly goes to customers, which IR 8425 does not ask (footnote 15).",
        provider=PROVIDER,
    )
    core = table(f"{KEY}--core", CORE_COLUMNS)
    for report in ("ir8259a", "ir8259b"):
        write_crosswalk(
            KEY,
            report,
            (row_mapping(row) for row in core if row["object"].startswith(f"{report}:")),
            title=f"SP 800-213A to IR {report[2:].upper()}",
            description="Families by their equal names, which NIST says come from the core baselines (footnote 5); "
            "sub-capabilities, and requirements that restate the core baseline, by this project's judgement.",
            provider=PROVIDER,
        )
    write_crosswalk(
        KEY,
        "csf2.0",
        derived(),
        title="SP 800-213A to CSF 2.0, by way of CSF 1.1",
        description="Computed from Appendix C and NIST's account of what became of CSF 1.1; the path names the "
        "subcategory of CSF 1.1 in between. NIST states no such map and no type of relation.",
        provider=PROVIDER,
    )
