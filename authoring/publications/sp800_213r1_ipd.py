"""Build sp800-213r1.ipd, as far as our notes on the draft go, and its lineage from sp800-213.

Source: nist/sp800-213r1-ipd-notes.md and content/summaries/sp800-213r1.ipd.tsv. The notes come from a capture that ends
in section 3.1; later sections are known from its table of contents alone. Without the text there are no fingerprints,
and titles only where the notes quote them.
"""

from __future__ import annotations

import re

from authoring.shared.files import write_lineage, write_publication
from authoring.shared.records import Json, element, lineage
from authoring.shared.sources import Sources
from authoring.shared.summaries import Summary, summaries

KEY = "sp800-213r1.ipd"
SOURCE = "nist/sp800-213r1-ipd-notes.md"
SOURCES = Sources(SOURCE)
BEFORE = "sp800-213"

QUOTED_HEADING = re.compile(r'Section (?P<local>[\d.]+) is "(?P<title>[^"]+)"')

TERMS = {
    "term.allocation": "Allocation",
    "term.iot-product-components": "IoT product components",
    "term.iot-product-cybersecurity-requirements": "IoT product cybersecurity requirements",
    "term.iot-product-cybersecurity-capabilities": "IoT product cybersecurity capabilities",
    "term.non-technical-supporting-capabilities": "Non-technical supporting capabilities",
    "term.key-cybersecurity-requirement": "Key cybersecurity requirement",
    "term.security": "Security",
    "term.cybersecurity": "Cybersecurity",
}

SAME_PLACE = {
    "3": "both put the whole process into section 3",
    "3.1": "section 3.1 of both is about understanding the use case by questions",
    "3.1.use-case": "in both, questions on the use case come first",
    "3.1.interaction": "in both, three questions on interaction come second",
    "3.1.key-requirements": "in both, questions that lead to the key requirements come third",
    "3.1.key-requirements.1": "both begin with what is particular to the organization; later questions were not seen",
    "3.1.interaction.1": "same place, same subject: interference, with privacy, safety, reliability and resiliency",
    "3.1.interaction.2": "same place, same subject: unacceptable risk or non-compliance",
    "3.1.interaction.3": "same place, same subject: known vulnerabilities",
    "3.2": "section 3.2 of both leads to an updated risk assessment; the heading seems to be new",
    "3.2.1": "same number, same subject in the table of contents: threat sources and events",
    "3.2.2": "same number, same subject in the table of contents: vulnerabilities and predisposing conditions",
    "3.2.3": "same number, same subject in the table of contents: likelihood",
    "3.2.4": "same number, same subject in the table of contents: magnitude of impact",
    "3.2.5": "same number, same subject in the table of contents: the updated risk assessment",
    "3.3": "section 3.3 of both determines the requirements; the heading seems to be new",
    "3.3.1": "same number and heading",
    "3.3.2": "same number, same subject in the table of contents: other resources",
    "4": "section 4 of both is about risk management options; the subsections of the draft were not seen",
}
"""Elements with the same local identifier in both, and why they are taken for the same."""

OTHER_PLACE = {
    "3.1.use-case.1": ("3.1.use-case.2", "one place later, same subject: benefit and use"),
    "3.1.use-case.2": ("3.1.use-case.3", "one place later, same subject: data collected, of the same three types"),
    "3.1.use-case.3": ("3.1.use-case.4", "one place later, same subject: storage technologies and transmission"),
    "3.1.use-case.4": ("3.1.use-case.5", "one place later, same subject: geographic areas"),
    "3.1.use-case.5": ("3.1.use-case.6", "one place later, same subject: other third parties"),
    "term.key-device-cybersecurity-requirement": (
        "term.key-cybersecurity-requirement",
        "section 2 of the draft explains the term as section 2.3 of the 2021 text does, with product for device",
    ),
    "term.non-technical-supporting-capability": (
        "term.non-technical-supporting-capabilities",
        "section 2 of the draft explains the term much as section 2.2 of the 2021 text does",
    ),
}
"""Elements of the 2021 text with another local identifier in the draft, that identifier, and why."""

SHAPES = {
    "term": re.compile(r"term\.[a-z-]+"),
    "topic": re.compile(r"3\.1\.[a-z-]+"),
    "question": re.compile(r"3\.1\.[a-z-]+\.\d"),
    "step": re.compile(r"[\d.]+"),
}
"""What the local identifiers of each kind look like."""

NO_SECTION = {"term.security", "term.cybersecurity"}
"""Terms whose place in the draft the notes do not say."""


def record(local: str, summary: Summary, title: str | None) -> Json:
    kind = next(kind for kind, shape in SHAPES.items() if shape.fullmatch(local))
    label, parent, section = None, local.rpartition(".")[0], "3.1"
    if kind == "term":
        parent, section = "", "2"
    elif kind == "step":
        label, section = local, local
    elif kind == "question":
        label = local[-1]
    return element(
        kind,
        f"{KEY}:{local}",
        title=title,
        label=label,
        parent=f"{KEY}:{parent}" if parent else None,
        summary=summary,
        section=None if local in NO_SECTION else section,
        fidelity="secondary",
    )


def changes() -> list[Json]:
    pairs = {old: (old, reason) for old, reason in SAME_PLACE.items()} | OTHER_PLACE
    records = [
        lineage(
            [f"{BEFORE}:{old}"],
            [f"{KEY}:{new}"],
            "continued",
            basis="curated",
            fidelity="secondary",
            evidence=f"{reason[0].upper()}{reason[1:]}",
        )
        for old, (new, reason) in sorted(pairs.items())
    ]
    added = lineage(
        [],
        [f"{KEY}:3.1.use-case.1"],
        "added",
        basis="curated",
        fidelity="secondary",
        evidence="No question of the 2021 text asks whether to build or buy",
    )
    return [*records, added]


def build() -> None:
    titles = TERMS | {found["local"]: found["title"] for found in QUOTED_HEADING.finditer(SOURCES.read(SOURCE))}
    write_publication(
        KEY,
        [record(local, summary, titles.get(local)) for local, summary in summaries(KEY).items()],
        fidelity="secondary",
        missing="The text. The questions that follow the first one on key requirements, sections 3.2 to 4 beyond their "
        "table of contents, and the appendices with the glossary and the change log were not seen at all.",
    )
    write_lineage(f"{BEFORE}--{KEY}", changes())
