"""Build sp800-82r3: what the OT overlay changes in the control baselines, and the capabilities of IIoT endpoints.

Source: nist/sp800-82r3.md. A line ``{n}----`` starts PDF page n, counted from 0; the printed page is n - 16.

The overlay (Appendix F) marks a control "Add" or "Remove" in the table of the control, and gives a rationale that names
the control and the baselines again; both readings have to agree. An element is the entry of one control: its wording is
the rationale without the words that name the control. The name of an enhancement is printed in capitals behind that of
its control; its title here is the same name as SP 800-53 prints it.

The IIoT endpoint capabilities (section 5.3.7.1) are a list without numbers, of noun phrases without explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from authoring.publications.sp800_53 import publication
from authoring.shared.files import write_publication
from authoring.shared.records import Json, element
from authoring.shared.sources import Sources
from iotbaseline._model.fingerprints import normalize

KEY = "sp800-82r3"
SOURCE = "nist/sp800-82r3.md"
SOURCES = Sources(SOURCE)
CONTROLS = "sp800-53r5"
BASELINES = ("low", "moderate", "high")
OFFSET = 16
OVERLAY_PAGES = range(227, 300)
"""Section F.7.1 and what follows; above its heading, Figure 22 shows the entry of AC-3 as an example."""

SECTION = re.compile(r"^## .*\*\*(F\.7\.\d+)\.", re.MULTILINE)
ROW = re.compile(
    r"^\| (?P<label>[A-Z]{2}-\d+(?:(?: |<br>)\(\d+\))?) +\| (?P<name>[^|]+)\|(?P<marks>.*)\|$", re.MULTILINE
)
RATIONALE = re.compile(
    r"Rationale for (?P<change>adding|removing) (?P<label>[A-Z]{2}-\d+(?: \(\d+\))?)(?: control)? "
    r"(?:to|from) (?P<names>[A-Z, and]+) baselines?: (?P<wording>.+)$",
    re.MULTILINE,
)
PRINTED_NAMES = dict(zip(("LOW", "MOD", "HIGH"), BASELINES, strict=True))
MARKS = {"adds": "Add", "removes": "Remove"}
CHANGES = {"adding": "adds", "removing": "removes"}
LOST_HYPHENS = {"command-andcontrol": "command-and-control"}

ENDPOINT_SECTION = "5.3.7.1"
ENDPOINT_PAGE = 82
ENDPOINT_LEAD_IN = "of the IIoT devices being deployed:"
ENDPOINT_NOTE = "The list has no numbers; the number in the identifier is the place in it."


class Entry(NamedTuple):
    """What the overlay does with one control: the baselines by what is done, and the rationale."""

    label: str
    title: str
    changes: Json
    section: str
    page: int
    wording: str

    @property
    def control(self) -> str:
        return oscal_id(self.label)


def oscal_id(label: str) -> str:
    """A control as printed, "AC-17 (9)", by its identifier in SP 800-53."""
    return label.lower().replace(" (", ".").rstrip(")")


@cache
def titles() -> dict[str, str]:
    """The titles of SP 800-53, by OSCAL identifier."""
    return {record["id"].partition(":")[2]: record["title"] for record in publication(CONTROLS)}


def changes(marks: str) -> Json:
    """The baselines that a row of a table adds a control to and removes it from."""
    cells = [cell.strip() for cell in marks.split("|")][: len(BASELINES)]
    return {
        name: found
        for name, mark in MARKS.items()
        if (found := [level for level, cell in zip(BASELINES, cells, strict=True) if cell == mark])
    }


def title(label: str, printed: str) -> str:
    """The printed name of a control, or the name of an enhancement as SP 800-53 writes it."""
    name = " ".join(printed.replace("<br>", " ").split())
    if "(" not in label:
        return name
    known = titles()[oscal_id(label)]
    if not normalize(name).endswith(normalize(known)):
        raise SystemExit(f"{SOURCE}: {label} is {name!r}, in SP 800-53 {known!r}")
    return known


def passages() -> Iterator[tuple[int, re.Match[str]]]:
    """Headings of sections, rows of tables and rationales of Appendix F, in printed order, with their page."""
    for page, text in SOURCES.pages(SOURCE, OFFSET).items():
        if page in OVERLAY_PAGES:
            found = [match for pattern in (SECTION, ROW, RATIONALE) for match in pattern.finditer(text)]
            for match in sorted(found, key=re.Match.start):
                yield page, match


@cache
def entries() -> tuple[Entry, ...]:
    """The controls added and removed, in printed order."""
    section = ""
    marked: dict[str, tuple[str, Json]] = {}
    found = []
    for page, match in passages():
        if match.re is SECTION:
            section = match[1]
        elif section and match.re is ROW:
            made = changes(match["marks"])
            if made:
                marked[match["label"].replace("<br>", " ")] = match["name"], made
        elif section:
            label = match["label"]
            named = [PRINTED_NAMES[each] for each in re.findall(r"[A-Z]{3,}", match["names"])]
            name, made = marked.pop(label)
            if made != {CHANGES[match["change"]]: named}:
                raise SystemExit(f"{SOURCE}: {label}: the table says {made}, the rationale {named}")
            found.append(Entry(label, title(label, name), made, section, page, plain(match["wording"])))
    if marked:
        raise SystemExit(f"{SOURCE}: without a rationale: {', '.join(marked)}")
    return tuple(found)


def plain(wording: str) -> str:
    for lost, printed in LOST_HYPHENS.items():
        wording = wording.replace(lost, printed)
    return wording


def overlay() -> Iterator[Json]:
    for entry in entries():
        local = f"overlay.{entry.control}"
        yield element(
            "overlay-entry",
            f"{KEY}:{local}",
            title=entry.title,
            label=entry.label,
            control=f"{CONTROLS}:{entry.control}",
            **entry.changes,
            section=entry.section,
            page=entry.page,
            wording=entry.wording,
        )


def endpoint_names() -> list[str]:
    text = SOURCES.pages(SOURCE, OFFSET)[ENDPOINT_PAGE].partition(ENDPOINT_LEAD_IN)[2]
    return re.findall(r"^- (.+)$", text, re.MULTILINE)


def endpoints() -> Iterator[Json]:
    for number, name in enumerate(endpoint_names(), 1):
        yield element(
            "capability",
            f"{KEY}:iiot-endpoint.{number}",
            title=name,
            provider="device",
            section=ENDPOINT_SECTION,
            page=ENDPOINT_PAGE,
            wording=name,
            note=ENDPOINT_NOTE,
        )


def build() -> None:
    write_publication(
        KEY,
        [*endpoints(), *overlay()],
        fidelity="full",
        missing="Everything but the list of endpoint capabilities in section 5.3.7.1, and the controls that the OT "
        "overlay of Appendix F adds to and removes from the baselines, with the rationales. Its OT discussions of "
        "controls are not held, nor are the parts on OT systems, risk management, architecture and the CSF.",
    )
