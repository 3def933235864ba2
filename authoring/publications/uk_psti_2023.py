"""Build uk-psti-2023: Schedules 1 and 2 of UK SI 2023/1007.

Source: laws/uk-psti-regulations-2023-1007.md, in its state of 25 February 2025.

Schedule 1 asks. What says to which products a paragraph applies or what its words mean is a remark or a term, and so
are the two ways of making passwords, of which one is enough. Schedule 2 asks nothing: it says when a requirement of
Schedule 1 counts as met.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element, slug
from authoring.shared.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "uk-psti-2023"
SOURCE = "laws/uk-psti-regulations-2023-1007.md"
SOURCES = Sources(SOURCE)

SCHEDULES = re.compile(
    r"^## Schedule (?P<number>[12])U\.K\.(?P<title>[^\n]+)\n(?P<body>.*?)(?=^## )", re.MULTILINE | re.DOTALL
)
PARAGRAPH = re.compile(
    r"^### (?P<title>[^\n]+)U\.K\.\n\n(?P<number>\d)\.—(?P<body>.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL
)
APPARATUS = re.compile(r"^(?:Textual Amendments|Commencement Information)\n.*", re.MULTILINE | re.DOTALL)
AMENDED = re.compile(r"\[\[F\d+\]\([^)]*\)([^]]*)\]")
FOOTNOTE = re.compile(r"\(\[\d+\]\([^)]*\)\)")
SUB_PARAGRAPH = re.compile(r"\((\d)\)\s(.*)")
LETTER = re.compile(r"\(([a-h])\) ?(.*)")
ROMAN = re.compile(r"\(([ivx]+)\) ?(.*)")
TERM = re.compile(r"“([^”]+)”\s(?:means|has)\s.*")

SCOPE = {"1.1", "1.4", "2.1", "3.1"}
"""The sub-paragraphs of Schedule 1 that say what the others cover; each is one record together with its points."""
MEANINGS = {"1.5", "3.7"}
"""The sub-paragraphs of Schedule 1 that say what words mean."""
ALTERNATIVES = "1.2"
"""The sub-paragraph of Schedule 1 of whose points one is enough."""


class Item(NamedTuple):
    """A piece of a paragraph: its number within the schedule, and what it says before its own items."""

    local: str
    label: str
    wording: str
    title: str | None = None


def items(paragraph: str, body: str) -> Iterator[Item]:
    """The sub-paragraphs, points and terms of a paragraph; a line without a number ends the item before it."""
    sub = letter = ""
    for line in filter(None, FOOTNOTE.sub("", AMENDED.sub(r"\1", APPARATUS.sub("", body))).splitlines()):
        if found := SUB_PARAGRAPH.fullmatch(line):
            sub = f"{paragraph}.{found[1]}"
            yield Item(sub, found[1], found[2])
        elif found := TERM.fullmatch(line):
            yield Item(f"{sub}.{slug(found[1])}", found[1], line, title=found[1])
        elif found := LETTER.fullmatch(line):
            letter = f"{sub}.{found[1]}"
            yield Item(letter, found[1], found[2])
        elif found := ROMAN.fullmatch(line):
            yield Item(f"{letter}.{found[1]}", found[1], found[2])


def sub_paragraph(item: Item) -> str:
    return ".".join(item.local.split(".")[:2])


def is_own_record(schedule: str, item: Item) -> bool:
    return schedule == "2" or item.local in SCOPE or sub_paragraph(item) not in SCOPE


def kind_of(schedule: str, item: Item) -> str:
    if item.title:
        return "term"
    above = sub_paragraph(item)
    enough = above == ALTERNATIVES and item.local != above
    return "remark" if schedule == "2" or above in SCOPE | MEANINGS or enough else "requirement"


def records() -> Iterator[Json]:
    for schedule in SCHEDULES.finditer(SOURCES.read(SOURCE)):
        number, local = schedule["number"], f"schedule-{schedule['number']}"
        yield element(
            "clause" if number == "1" else "remark",
            f"{KEY}:{local}",
            title=schedule["title"],
            label=f"Schedule {number}",
            section=f"Schedule {number}",
        )
        for paragraph in PARAGRAPH.finditer(schedule["body"]):
            section = f"Schedule {number}, paragraph {paragraph['number']}"
            yield element(
                "requirement" if number == "1" else "remark",
                f"{KEY}:{local}.{paragraph['number']}",
                title=paragraph["title"],
                label=paragraph["number"],
                parent=f"{KEY}:{local}",
                section=section,
            )
            for item in items(paragraph["number"], paragraph["body"]):
                if not is_own_record(number, item):
                    continue
                yield element(
                    kind_of(number, item),
                    f"{KEY}:{local}.{item.local}",
                    title=item.title,
                    label=None if item.title else item.label,
                    parent=f"{KEY}:{local}.{item.local.rpartition('.')[0]}",
                    section=section,
                    wording=None if number == "1" and item.local in SCOPE else item.wording,
                )


def build() -> None:
    write_publication(
        KEY,
        list(records()),
        fidelity="full",
        missing="Regulations 1 to 10, which define the support period and security updates among others, and Schedules "
        "3 and 4. The state is that of 25 February 2025: later amendments were not available.",
    )
