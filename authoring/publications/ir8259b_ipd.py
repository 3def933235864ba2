"""Draft IR 8259B (December 2020): its four capabilities.

The draft itself was not found. Names and definitions are read in "online-catalog/2021-02-10/nontechnical/overview.md",
whose definitions are those of NIST's companion catalog of the draft's time ("notes/ir8259b-draft-2020.md").
"""

from __future__ import annotations

import re

from authoring.shared.files import write_publication
from authoring.shared.records import element
from authoring.shared.sources import Sources

KEY = "ir8259b.ipd"
SOURCE = "online-catalog/2021-02-10/nontechnical/overview.md"
SOURCES = Sources(SOURCE)
NOTE = "Name and definition as in NIST's companion catalog of the same week, not read in the draft itself."


def build() -> None:
    names = {
        "-".join(name.lower().split()): name
        for name in re.findall(r"^\* \*\*(.+?):\*\*", SOURCES.read(SOURCE), re.MULTILINE)
    }
    write_publication(
        KEY,
        [
            element(
                "capability",
                f"{KEY}:{local}",
                title=name,
                provider="manufacturer",
                fidelity="partial",
                note=NOTE,
            )
            for local, name in names.items()
        ],
        fidelity="partial",
        complete=["capability"],
        missing="Everything but the four capabilities: the draft's numbered actions, rationale, references and "
        "glossary were not found. No fingerprints, as no copy of the draft was read.",
    )
