"""Build the crosswalk from SP 800-213A to CSF 2.0, which NIST does not print.

It is computed from two others: Appendix C of SP 800-213A (CSF 1.1 to requirements), and what NIST says became of each
subcategory of CSF 1.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from authoring.shared.files import crosswalk, elements, write_crosswalk
from authoring.shared.records import mapping
from iotbaseline._model.mapping import Mapping

KEY = "sp800-213a"
BEFORE, AFTER = "csf1.1", "csf2.0"
CHAINED = "Chained: a CSF 1.1 subcategory that Appendix C links to this, then its place in CSF 2.0 according to NIST."


def order(key: str) -> dict[str, int]:
    """The place of each element in its publication."""
    return {element["id"]: place for place, element in enumerate(elements(key))}


def chains() -> dict[tuple[str, str], list[tuple[Mapping, Mapping]]]:
    """Every requirement and CSF 2.0 target that the two crosswalks connect, with all chains between them."""
    found: dict[tuple[str, str], list[tuple[Mapping, Mapping]]] = {}
    became = crosswalk(BEFORE, AFTER)
    for link in crosswalk(BEFORE, KEY):
        for step in became:
            if link.object and step.object and link.subject == step.subject:
                found.setdefault((link.object, step.object), []).append((link, step))
    return found


def rows() -> Iterator[dict[str, str]]:
    """The mappings in the order of both publications, one row for each subcategory of CSF 1.1 in between.

    A row is partial if a link of its chain is.
    """
    requirements, outcomes = order(KEY), order(AFTER)
    connected = chains()
    for requirement, outcome in sorted(connected, key=lambda pair: (requirements[pair[0]], outcomes[pair[1]])):
        by_middle: dict[str, list[Mapping]] = {}
        for link, step in connected[requirement, outcome]:
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
        KEY,
        AFTER,
        rows(),
        title="SP 800-213A to CSF 2.0, by way of CSF 1.1",
        description="Computed from Appendix C and NIST's account of what became of CSF 1.1; the path names the "
        "subcategory of CSF 1.1 in between. NIST states no such map and no type of relation.",
        provider="https://w3id.org/iotbaseline",
    )
