"""Build uk-cop-2018 and its crosswalks: the guidelines of the UK's Code of Practice that are listed beside NIST's.

Source: mappings/dcms-cop-v4-nist.tsv, what Copper Horse listed for the UK beside each guideline: whole capabilities of
IR 8259A and of its predecessor, without a relation. Of the guidelines, only the numbers are there.
"""

from __future__ import annotations

import csv

from authoring.shared.files import write_crosswalk, write_publication
from authoring.shared.records import element, mapping, slug
from authoring.shared.sources import Sources

KEY = "uk-cop-2018"
SOURCE = "mappings/dcms-cop-v4-nist.tsv"
SOURCES = Sources(SOURCE)

TARGETS = {
    "core-considerations-2019-02": "Considerations for a Core IoT Cybersecurity Capabilities Baseline",
    "ir8259a": "NISTIR 8259A IoT Device Cybersecurity Capability Core Baseline",
}
NAMES = {"core-considerations-2019-02": "the considerations of February 2019", "ir8259a": "IR 8259A"}


def row(printed: dict[str, str], key: str) -> dict[str, str]:
    return mapping(
        f"{KEY}:{printed['uk_cop_guideline']}",
        "related",
        f"{key}:{slug(printed['nist_element'])}",
        basis="official",
        rationale=f"Listed since version {printed['added_at_version']} of the mapping",
        locator=f"guideline {printed['uk_cop_guideline']}",
    )


def build() -> None:
    rows = list(csv.DictReader(SOURCES.read(SOURCE).splitlines(), delimiter="\t"))
    guidelines = sorted({each["uk_cop_guideline"] for each in rows}, key=int)
    write_publication(
        KEY,
        [element("requirement", f"{KEY}:{number}", label=number, fidelity="secondary") for number in guidelines],
        fidelity="secondary",
        missing="What the guidelines say, and those beside which nothing of NIST's is listed: only numbers are held.",
    )
    for key, document in TARGETS.items():
        write_crosswalk(
            KEY,
            key,
            [row(each, key) for each in rows if each["nist_document"] == document],
            title=f"UK Code of Practice to {NAMES[key]}",
            description="What Copper Horse listed for the UK's Department for Digital, Culture, Media and Sport beside "
            "each guideline, in version 4 of its mapping (2020). It states no relation; NIST has no part in it.",
            provider="https://iotsecuritymapping.uk",
        )
