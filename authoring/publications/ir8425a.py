"""Build ir8425a: of the router profile, what the fragments of its final text hold.

Source: nist/ir8425a-final-fragments.md, about half of the report. Outcomes are numbered through Appendix A;
identifiers are those of IR 8425, which the profile adapts, and of the preliminary draft. Of an outcome that the
fragments cut, there is no fingerprint. The glossary is not held; NIST's CSRC glossary has five of its terms.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from authoring.publications.csrc_glossary import entries
from authoring.publications.router_profile_2023_11 import NON_TECHNICAL, NOTHING_MAPPED, local_id
from authoring.shared.files import write_crosswalk, write_publication
from authoring.shared.records import Json, element, mapping, slug
from authoring.shared.router_standards import write_crosswalks
from authoring.shared.running_text import cut
from authoring.shared.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY, SSDF = "ir8425a", "sp800-218"
SOURCE = "nist/ir8425a-final-fragments.md"
SOURCES = Sources(SOURCE)

RUNNING_HEAD = re.compile(r" NIST IR 8425A Recommended .{,40} September 2024 Consumer-Grade Router Products")
FOOTNOTE = re.compile(r"(?<=interfaces)5 5 Interfaces are a boundary .+?user interfaces\.")
LOST = {"cybersecurityrelated": "cybersecurity-related", "family,,": "family,"}

STANDARD = re.compile(r"(?<= )\d+\. (?P<title>[A-Z][^\[\]]+?) \[(?P<label>[\w-]+)\]")
HEADS = {
    "A.3": "Data Protection",
    "A.4": "Interface Access Control 1",
    "A.6": "Software Update",
    "A.7": "Cybersecurity State Awareness",
}
"""What heads the sections of Appendix A of which something is held."""
TEXT_NOT_HELD = ("A.6",)
OUTCOME = re.compile(
    r"(?P<section>A\.\d)\.(?P<number>\d+)\. (?P<title>[A-Z][A-Za-z ]+ \d[a-c]?)(?P<new>†?) "
    r"(?P<wording>[A-Z](?:(?!\[fragment ends\]).)+?) "
    r"Related Standards Requirements: (?P<references>BBF .+?)"
    r"(?= (?:A\.\d\. |A\.\d\.\d+\. |Interfaces should be |Appendix B\.))"
)
CUT_OFF = {
    "A.6.16": "The beginning of its text is not held.",
    "A.4.10": "The end of its text is not held, nor what is printed beside it.",
}
CUT_REFERENCES = re.compile(r"rollback attacks .+? Related Standards Requirements: (BBF .+?) A\.6\.17\. ")
"""Those of A.6.16."""
DISCUSSION = re.compile(r"4\.2\.1\.2 (Interfaces should be .+?) A\.4\.10\. ")
TABLE = re.compile(r"Related Requirements (?P<rows>Documentation The .+?) The standards do not thoroughly ")
CELL = re.compile(r"(?P<wording>.+\.) (?P<cell>-|CL .+)")
PARTS = {"Firmware": "firmware", "Mobile App.": "mobile-app", "Web App.": "web-app"}
TASK = re.compile(
    r"(?P<task>(?:P[OSW]|RV)\.\d\.\d): (?:(?! (?:P[OSW]|RV)\.\d\.\d: ).)+? "
    r"(?P<parts>\(?Firmware\)?, \(?Mobile App\.\)?, \(?Web App\.\)?)"
)
TASKS_PLACE = "appendix with the SSDF tasks"


@cache
def text() -> str:
    found = FOOTNOTE.sub("", RUNNING_HEAD.sub("", " ".join(SOURCES.read(SOURCE).split())))
    for lost, printed in LOST.items():
        found = found.replace(lost, printed)
    return found


def standards() -> Iterator[Json]:
    listed, *_ = cut(text(), [" NIST recommends the use of four existing router standards"])
    for found in STANDARD.finditer(listed):
        yield element("standard", f"{KEY}:ref.{found['label'].lower()}", **found.groupdict(), section="1")


def outcomes() -> dict[str, re.Match[str]]:
    """The outcomes that are held whole, by their printed numbers."""
    return {f"{found['section']}.{found['number']}": found for found in OUTCOME.finditer(text())}


def outcome(title: str, number: str, *, wording: str | None, new: bool = False) -> Json:
    local = local_id(title)
    return element(
        "criterion",
        f"{KEY}:{local}",
        title=title,
        label=number,
        parent=f"{KEY}:{local.rpartition('.')[0]}",
        section=number,
        wording=wording,
        fidelity="full" if wording else "partial",
        note="New relative to IR 8425." if new else CUT_OFF.get(number),
    )


def technical() -> Iterator[Json]:
    held = outcomes()
    whole = [
        outcome(each["title"], number, wording=each["wording"], new=bool(each["new"])) for number, each in held.items()
    ]
    cut_off = [
        outcome("Interface Access Control 1b", "A.4.10", wording=None),
        outcome("Software Update 2", "A.6.16", wording=None),
    ]
    records = sorted((*whole, *cut_off), key=lambda each: int(each["label"].rpartition(".")[2]))
    for section, title in HEADS.items():
        head = re.search(rf"{re.escape(section)}\. {title} ([A-Z].+?) A\.\d\.\d+\. ", text())
        yield element(
            "capability",
            f"{KEY}:{local_id(title)}",
            title=title,
            label=section,
            provider="product",
            section=section,
            wording=head and head[1],
            fidelity="full" if head else "partial",
            note=None if head else "Its text is not held.",
        )
        yield from (each for each in records if each["label"].startswith(f"{section}."))
    discussion = DISCUSSION.search(text())
    assert discussion
    above = f"{KEY}:interface-access-control.1.a"
    yield element("discussion", f"{above}.discussion", parent=above, section="A.4.9", wording=discussion[1])


def non_technical() -> Iterator[tuple[Json, str]]:
    """The rows of the table in Appendix B, with what is printed beside them."""
    table = TABLE.search(text())
    assert table
    for title, row in zip(
        NON_TECHNICAL, cut(table["rows"], [f"{title} The " for title in NON_TECHNICAL])[1:], strict=True
    ):
        found = CELL.fullmatch(f"The {row}".strip())
        assert found, row
        record = element(
            "capability",
            f"{KEY}:{slug(title)}",
            title=title,
            provider="developer",
            section="Appendix B",
            table="Table 1",
            wording=found["wording"],
        )
        yield record, found["cell"]


def parts() -> Iterator[Json]:
    for title, local in PARTS.items():
        yield element("component-type", f"{KEY}:software.{local}", title=title)


def terms() -> Iterator[Json]:
    for entry in entries():
        if KEY in entry.sources:
            yield element(
                "term",
                f"{KEY}:term.{slug(entry.title)}",
                title=entry.title,
                wording=entry.wording,
                fidelity="secondary",
                note="As NIST's CSRC glossary has it.",
            )


def tasks() -> Iterator[dict[str, str]]:
    for found in TASK.finditer(text()):
        for printed in found["parts"].split(", "):
            bracketed = printed.startswith("(")
            yield mapping(
                f"{KEY}:software.{PARTS[printed.strip('()')]}",
                "related",
                f"{SSDF}:{found['task']}",
                basis="official",
                rationale="Printed in brackets; what they mean is not held" if bracketed else None,
                locator=TASKS_PLACE,
                printed=printed if bracketed else None,
            )


def outcomes_with_references() -> dict[str, tuple[str, str]]:
    """What is printed beside each outcome, with its place."""
    cut_references = CUT_REFERENCES.search(text())
    assert cut_references
    found = {
        f"{KEY}:{local_id(each['title'])}": (f"section {number}", each["references"])
        for number, each in outcomes().items()
    } | {f"{KEY}:software-update.2": ("section A.6.16", cut_references[1])}
    return found | {
        record["id"]: ("Appendix B, Table 1", NOTHING_MAPPED if cell == "-" else cell)
        for record, cell in non_technical()
    }


def build() -> None:
    write_publication(
        KEY,
        [*standards(), *technical(), *(record for record, _ in non_technical()), *parts(), *terms()],
        fidelity="partial",
        complete=["standard"],
        missing="About half of the report: sections A.1, A.2 and A.5 with their outcomes, A.6.15, parts of A.4.10 and "
        "A.6.16, A.4.11, most of section 2, the considerations of Appendix B, the SSDF tasks before PW.4.2, another "
        "appendix, and the glossary, of which others have five terms.",
    )
    write_crosswalks(
        KEY,
        "IR 8425A",
        outcomes_with_references(),
        details="Only the outcomes that are held are here. Numbers in brackets behind a section are kept as printed.",
    )
    write_crosswalk(
        KEY,
        SSDF,
        list(tasks()),
        title="IR 8425A to SP 800-218",
        description="The tasks that NIST recommends for the firmware, the mobile app and the web app of a router, as "
        "far as they are held: from PW.4.2 on.",
        provider="https://www.nist.gov/itl/applied-cybersecurity/nist-cybersecurity-iot-program",
    )
