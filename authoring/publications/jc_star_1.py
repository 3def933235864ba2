"""Build jc-star-1: the identifiers of the STAR-1 requirements, and what IPA lists beside each of them.

Source: mappings/jc-star-star1-pairs.tsv. The requirements are IPA's: there are neither titles nor summaries.

Two of the schemes are listed without a version. The status letters printed beside the provisions of EN 303 645 are
those of V2.1.1, and the numbers of the CRA are those of the proposal of 2022; so they point there, and to nothing
later.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple

from authoring.shared.files import write_crosswalk, write_publication
from authoring.shared.records import element, mapping, slug
from authoring.shared.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "jc-star-1"
SOURCE = "mappings/jc-star-star1-pairs.tsv"
SOURCES = Sources(SOURCE)


class Scheme(NamedTuple):
    """A scheme that IPA lists: its key, its name, and how a reference to it is read."""

    key: str
    name: str
    local: Callable[[str], str]
    rationale: str | None = None


def capability(printed: str) -> str:
    """``interface-access-control.2.b`` for "Interface Access Control 2.b"."""
    found = re.fullmatch(r"(?P<name>\D+?)(?: (?P<item>\d\S*))?", printed)
    assert found, printed
    return ".".join(filter(None, (slug(found["name"]), found["item"])))


def annex(printed: str) -> str:
    """``annex-i.1.3.b`` for "Annex I 1.(3)(b)"."""
    name, number, item = printed.split(" ")
    return ".".join((slug(f"{name} {number}"), *re.findall(r"\w+", item)))


def schedule(printed: str) -> str:
    """``schedule-1.1.3`` for "Sch.1 1-(3)"."""
    return "schedule-" + ".".join(re.findall(r"\d", printed))


def component(printed: str) -> str:
    """``CR.1.5`` for "CR1.5"."""
    return re.sub(r"([A-Z]) ?(?=\d)", r"\1.", printed)


SCHEMES = {
    "NIST IR 8425": Scheme("ir8425", "NIST IR 8425", capability),
    "ETSI EN 303 645": Scheme(
        "en303645v2.1.1",
        "ETSI EN 303 645",
        str,
        "The version is not stated; the status letters printed with the provisions are those of V2.1.1",
    ),
    "EU CRA (2022 proposal numbering)": Scheme(
        "cra-2022",
        "the EU Cyber Resilience Act as proposed in 2022",
        annex,
        "The number is that of the proposal of 2022, not of Regulation (EU) 2024/2847",
    ),
    "UK PSTI (SI 2023/1007)": Scheme("uk-psti-2023", "UK SI 2023/1007", schedule),
    "Singapore CLS": Scheme("singapore-cls", "Singapore's Cybersecurity Labelling Scheme", str),
    "IEC 62443-4-1": Scheme("iec62443-4-1", "IEC 62443-4-1", str),
    "IEC 62443-4-2": Scheme("iec62443-4-2", "IEC 62443-4-2", component),
}
LEVEL = re.compile(r"(?P<reference>.+) (?P<level>\[\*+\])")
"""References to Singapore's scheme are printed with the stars of its levels."""


def crosswalk_row(requirement: str, scheme: Scheme, printed: str) -> dict[str, str]:
    level = LEVEL.fullmatch(printed)
    return mapping(
        f"{KEY}:{requirement}",
        "related",
        f"{scheme.key}:{scheme.local(level['reference'] if level else printed)}",
        basis="official",
        rationale=f"Listed with {level['level']}" if level else scheme.rationale,
        locator=f"section 3, {requirement}, reference to schemes of other countries",
    )


def build() -> None:
    rows = list(csv.DictReader(SOURCES.read(SOURCE).splitlines(), delimiter="\t"))
    requirements = dict.fromkeys(row["star1_requirement"] for row in rows)
    write_publication(
        KEY,
        [element("requirement", f"{KEY}:{label}", label=label, section="3") for label in requirements],
        fidelity="partial",
        complete=["requirement"],
        missing="What the requirements say: only their identifiers, and what is listed beside them, are held.",
    )
    for name, scheme in SCHEMES.items():
        write_crosswalk(
            KEY,
            scheme.key,
            [crosswalk_row(row["star1_requirement"], scheme, row["element"]) for row in rows if row["scheme"] == name],
            title=f"JC-STAR STAR-1 to {scheme.name}",
            description=(
                "What IPA lists beside each requirement as an existing scheme of another country, for reference. It "
                "states no relation, and two requirements that have something beside them in common are not thereby "
                "related."
            ),
            provider="https://www.ipa.go.jp/",
        )
