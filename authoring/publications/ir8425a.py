"""Build ir8425a: the four router standards behind the consumer-grade router profile.

Source: notes/ir8425a.md, whose list gives each title followed by its short label in brackets. The report was not seen.
"""

from __future__ import annotations

import re

from authoring.shared.files import write_publication
from authoring.shared.records import element
from authoring.shared.sources import Sources

KEY = "ir8425a"
SOURCE = "notes/ir8425a.md"
SOURCES = Sources(SOURCE)
STANDARD = re.compile(r"^ +\d\. (?P<title>.+) \[(?P<label>\w+)\]$", re.MULTILINE)


def build() -> None:
    elements = [
        element(
            "standard",
            f"{KEY}:ref.{found['label'].lower()}",
            title=found["title"],
            label=found["label"],
            fidelity="secondary",
        )
        for found in STANDARD.finditer(SOURCES.read(SOURCE))
    ]
    write_publication(
        KEY,
        elements,
        fidelity="secondary",
        missing="The report itself: its outcomes for router products, and the requirements of the standards paired "
        "with them. The standards are those named in NIST's crosswalk of October 2023; the final may cite others.",
    )
