"""What the router profiles of NIST print beside an outcome: requirements of standards, by their numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from authoring.shared.files import write_crosswalk
from authoring.shared.records import mapping
from iotbaseline._library.sssom import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Standard(NamedTuple):
    """A standard: its key, its name, and the form of its numbers; only the group "local" is the identifier."""

    key: str
    name: str
    number: str


STANDARDS = {
    "BBF": Standard("tr124i8", "BBF TR-124 Issue 8", r"(?P<local>[A-Z]+(?:\.[A-Za-z]+)+\.\d+)"),
    "CL": Standard("cl-gds-bcp-v01", "CableLabs' practices for gateway devices", r"(?P<local>[A-Z]+-\d{3})"),
    "BSI": Standard("tr03148", "BSI TR-03148", r"\((?P<local>\d[\d.]*)\)(?:\[[^\]]+\])?"),
    "IMDA": Standard("imda-rg-sec", "IMDA TS RG-SEC", r"(?P<local>\d\.\d[\d.]*e?)(?![\d(])"),
    "SP 800-193": Standard("sp800-193", "SP 800-193", r"(?P<local>\d\.\d(?:\.\d)*)(?: ?\([^)]+\))?"),
}
"""By the short name that stands before the numbers."""
NONE = "None"
BEGINNINGS = re.compile(rf"(?:^| )({'|'.join(STANDARDS)}) (?=[A-Z(\d])")


def references(printed: str) -> dict[str, list[tuple[str, str]]]:
    """What is printed beside an outcome: by standard, the identifiers with the numbers as printed.

    An identifier that is printed several times counts once, with each further number that stands with it:
    "(4.1.1)[1], [3]" for "(4.1.1)[1], (4.1.1)[3]". Ranges are written with "to".
    """
    _, *parts = BEGINNINGS.split(f" {printed}")
    found: dict[str, list[tuple[str, str]]] = {}
    for name, numbers in zip(parts[::2], parts[1::2], strict=True):
        number = re.compile(STANDARDS[name].number)
        if numbers.strip() != NONE and number.sub("", numbers).replace(",", "").strip():
            raise SystemExit(f"{name}: not read in {numbers!r}")
        by_local: dict[str, dict[str, None]] = {}
        for match in number.finditer(numbers):
            by_local.setdefault(match["local"], {})[match[0]] = None
        found[name] = [(local, joined(local, list(forms))) for local, forms in by_local.items()]
    return found


def joined(local: str, forms: list[str]) -> str:
    """The forms in which one identifier is printed, which says it once."""
    first, *more = (re.sub(r"(?<=\d)-(?=\d)", " to ", form) for form in forms)
    return ", ".join([first, *(form.replace(f"({local})", "") for form in more)])


def rows(outcomes: Mapping[str, tuple[str, str]], standard: str) -> Iterator[dict[str, str]]:
    """The rows for one standard, from the place and the references of each outcome."""
    for outcome, (place, printed) in outcomes.items():
        found = references(printed).get(standard)
        for local, number in found or ():
            yield mapping(
                outcome,
                "related",
                f"{STANDARDS[standard].key}:{local}",
                basis="official",
                locator=place,
                printed=None if number == local else number,
            )
        if found == []:
            yield mapping(
                outcome, "related", NOTHING, basis="official", rationale="Listed without a requirement.", locator=place
            )


def write_crosswalks(key: str, title: str, outcomes: Mapping[str, tuple[str, str]], *, details: str) -> None:
    """Write the crosswalks from a router profile to the standards that it names."""
    for name, standard in STANDARDS.items():
        if found := list(rows(outcomes, name)):
            write_crosswalk(
                key,
                standard.key,
                found,
                title=f"{title} to {standard.name}",
                description="The requirements that NIST prints beside each outcome of the profile, without saying how "
                f"they relate. {details}",
                provider="https://www.nist.gov/itl/applied-cybersecurity/nist-cybersecurity-iot-program",
            )
