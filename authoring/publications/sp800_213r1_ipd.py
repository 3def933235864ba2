"""Build sp800-213r1.ipd, as far as our notes on the draft go.

Source: nist/sp800-213r1-ipd-notes.md and content/summaries/sp800-213r1.ipd.tsv. The notes come from a capture that ends
in section 3.1; later sections are known from its table of contents alone. Without the text there are no fingerprints,
and titles only where the notes quote them.
"""

from __future__ import annotations

import re

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element
from authoring.shared.sources import Sources
from authoring.shared.summaries import summaries

KEY = "sp800-213r1.ipd"
SOURCE = "nist/sp800-213r1-ipd-notes.md"
SOURCES = Sources(SOURCE)

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

SHAPES = {
    "term": re.compile(r"term\.[a-z-]+"),
    "topic": re.compile(r"3\.1\.[a-z-]+"),
    "question": re.compile(r"3\.1\.[a-z-]+\.\d"),
    "step": re.compile(r"[\d.]+"),
}
"""What the local identifiers of each kind look like."""

NO_SECTION = {"term.security", "term.cybersecurity"}
"""Terms whose place in the draft the notes do not say."""


def record(local: str, title: str | None) -> Json:
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
        section=None if local in NO_SECTION else section,
        fidelity="secondary",
    )


def build() -> None:
    titles = TERMS | {found["local"]: found["title"] for found in QUOTED_HEADING.finditer(SOURCES.read(SOURCE))}
    write_publication(
        KEY,
        [record(local, titles.get(local)) for local in summaries(KEY)],
        fidelity="secondary",
        missing="The text. The questions that follow the first one on key requirements, sections 3.2 to 4 beyond their "
        "table of contents, and the appendices with the glossary and the change log were not seen at all.",
    )
