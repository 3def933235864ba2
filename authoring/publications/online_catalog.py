"""NIST's online catalog, the forerunner of SP 800-213A, at its three states, and its two draft crosswalks.

Reads the Markdown pages in "online-catalog/2020-08-11/", "online-catalog/2021-02-10/" and "online-catalog/2021-11-05/".
They print no codes. Those of the identifiers are of the final SP 800-213A; "catalog-2021-11.json" says which
sub-capability has which. The sub-capabilities of 2020 have the slug of their name, in the non-technical part a number.
Requirements are counted on the page: 1, 2 / a, b / i, ii. Topic letters and action numbers are printed.

The crosswalks to SP 800-53 revision 5 and to CSF 1.1 are those of the two workbooks in "online-catalog/workbooks/",
whose rows are joined to the requirements in "catalog-2021-11.json".
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from authoring.shared.files import write_crosswalk, write_publication
from authoring.shared.records import Json, element, mapping, slug
from authoring.shared.sources import Sources

FIRST, SECOND, LAST = "online-catalog-2020-08", "online-catalog-2021-02", "online-catalog-2021-11"
FOLDERS = {FIRST: "2020-08-11", SECOND: "2021-02-10", LAST: "2021-11-05"}
STRUCTURE = "online-catalog/catalog-2021-11.json"

TECHNICAL = {
    "identity": "DI",
    "configuration": "DC",
    "protection": "DP",
    "logical": "LA",
    "update": "SU",
    "event": "CE",
    "state": "CS",
    "security": "DS",
}
BOTH_ACTORS = {
    "identity": "N-DI",
    "configuration": "N-DC",
    "protection": "N-DP",
    "logical": "N-LA",
    "update": "N-SU",
    "event": "N-CE",
    "security": "N-DS",
    "maintenance": "N-AM",
}
MANUFACTURER = {
    "manufacturer_documentation": "DO",
    "manufacturer_query": "IQ",
    "manufacturer_information": "ID",
    "manufacturer_education": "EA",
}
NON_TECHNICAL: dict[str, dict[str, str]] = {FIRST: BOTH_ACTORS, SECOND: {}, LAST: MANUFACTURER}
"""The pages with the code of the family that each holds, in the order of the site."""


def pages_of(key: str) -> dict[str, str]:
    """The files of a state with the code of the family that each holds, technical families first."""
    folder = f"online-catalog/{FOLDERS[key]}"
    absent = "state" if key == FIRST else "event"
    technical = {f"{folder}/technical/{page}.md": code for page, code in TECHNICAL.items() if page != absent}
    return technical | {f"{folder}/nontechnical/{page}.md": code for page, code in NON_TECHNICAL[key].items()}


PAGES = {key: pages_of(key) for key in FOLDERS}
SOURCES = Sources(STRUCTURE, *(page for pages in PAGES.values() for page in pages))
ACTORS = {"Manufacturer": "M", "Agency": "A"}

CODES = "The pages print no codes: those in the identifiers are of SP 800-213A"
REST = "Left out: introductions, questions and answers."
MISSING = {
    FIRST: f"{CODES}, but for CE, AM and the prefix N of the non-technical part. {REST}",
    SECOND: f"{CODES}. The non-technical part was announced, but not there yet. {REST}",
    LAST: f"{CODES}. The part for customers was announced, but never published. {REST}",
}

BOTH_SIDES = "Its sub-capabilities list actions of the manufacturer and of the agency that uses the devices."
NOTES = {
    f"{SECOND}:LA.AUN.2.a": "Repeats the first item of the list.",
    f"{LAST}:LA.AUN.2.a": "Repeats the first item of the list.",
    f"{SECOND}:LA.AUN.4": "Repeats an item further up, with its list run on.",
    f"{LAST}:LA.AUN.4": "Repeats an item further up, with its list run on.",
    f"{SECOND}:LA.IFC.14.a": "Two items run together; later they are apart.",
    f"{FIRST}:DP.cryptography-capabilities-and-support.6": "Stands below the next item, too.",
    f"{LAST}:DC.CTL.3.a": "The page sets this item level with the one above it, and the next two below it; "
    "the nesting is that of NIST's workbook.",
    f"{LAST}:DO.SMP.h.1.2": "The page sets this item and those that follow it below the first; "
    "in NIST's workbook they are rows like it.",
}

TITLE = re.compile(r'^title: "?\s*(.*?)"?$', re.MULTILINE)
HEADING = re.compile(r"#+ (?:(?P<label>[A-Z1-9])[.)]+ )?(?P<title>.+)")
TOPIC = re.compile(r"\*\*(?P<label>[a-z])\. (?P<title>.+)\*\*")
ACTION = re.compile(r"(?P<label>\d)\. \*\*(?P<wording>.+)\*\*")
ACTOR = re.compile(r"\*\*(?P<title>Manufacturer|Agency):?\*\*")
BULLET = re.compile(r"- +(?P<wording>.+)")
FURNITURE = re.compile(r"\{.*\}|_See also the \[.*\)_|Actions that may be necessary:")
SUMMARY = re.compile(r"<summary.*?</summary>")
TAG = re.compile(r"<[^>]+>")
LEAD_IN = re.compile(r"\s*(?:Elements that may be necessary|Actions that may be necessary|Some examples):$")
SENTENCE_END = re.compile(r"(?<=\.) (?=[A-Z])")
ASIDES = {"Some examples:": "example", "Example:": "example", "For example,": "example", "NOTE:": "remark"}
ROMAN = ("i", "ii", "iii", "iv", "v", "vi")


class Line(NamedTuple):
    """A line of a page with its indentation; ``folded`` if it stands in a fold-out of examples."""

    indent: int
    text: str
    folded: bool


@dataclass
class Item:
    """A bullet with the bullets and the examples below it."""

    indent: int
    wording: str
    items: list[Item] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)


@dataclass
class Block:
    """A heading, topic, actor or action with the text and the bullets up to the next one."""

    head: re.Match[str]
    text: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


class Part(NamedTuple):
    """An element, before it becomes a record; ``above`` is the local identifier of its parent."""

    kind: str
    local: str
    above: str | None
    section: str
    wording: str | None
    label: str | None = None
    title: str | None = None


# --- reading a page ----------------------------------------------------------------------------------------------


def page_lines(page: str) -> Iterator[Line]:
    """The lines below the front matter, without those that are empty or markup of the site."""
    fold: int | None = None
    for raw in html.unescape(page.partition("\n---\n")[2]).expandtabs().splitlines():
        indent = len(raw) - len(raw.lstrip())
        fold = indent if "<details>" in raw else fold
        text = " ".join(TAG.sub("", SUMMARY.sub("", raw)).split())
        if text and not FURNITURE.fullmatch(text):
            yield Line(indent if fold is None else fold, text, fold is not None)
        fold = None if "</details>" in raw else fold


def place(items: list[Item], line: Line) -> None:
    """Put a line into a list: below the last item that is indented less by two columns or more."""
    bullet = BULLET.fullmatch(line.text)
    wording = bullet["wording"] if bullet else line.text
    last: Item | None = None
    while items and line.indent >= items[-1].indent + 2:
        last = items[-1]
        items = last.items
    if bullet and not line.folded:
        items.append(Item(line.indent, wording))
    elif last and line.folded:
        last.examples.append(wording)
    elif last:
        last.wording += f" {wording}"


def blocks(page: str) -> list[Block]:
    found: list[Block] = []
    for line in page_lines(page):
        head = next((m for head in (HEADING, TOPIC, ACTION, ACTOR) if (m := head.fullmatch(line.text))), None)
        if head:
            found.append(Block(head))
        elif found[-1].items or BULLET.fullmatch(line.text):
            place(found[-1].items, line)
        else:
            found[-1].text.append(line.text)
    return found


# --- from a page to elements -------------------------------------------------------------------------------------


@cache
def codes() -> dict[str, str]:
    """The code of each sub-capability of 2021 by its printed name."""
    return {
        f"{family['id']}.{sub['name']}": sub["code"]
        for family in SOURCES.json(STRUCTURE)["families"]
        for sub in family["subcapabilities"]
    }


def mended(identifier: str, items: list[Item]) -> list[Item]:
    """The items of an element; those of two are put right where the page does not indent them as it means them."""
    if identifier == f"{LAST}:DC.CTL":
        *before, settings, first = items
        settings.items = [Item(first.indent, first.wording), *first.items]
        return [*before, settings]
    if identifier == f"{LAST}:DO.SMP.h.1":
        (first,) = items
        return [Item(first.indent, first.wording, examples=first.examples), *first.items]
    return items


def item_parts(above: str, section: str, items: Sequence[Item], level: int = 0) -> Iterator[Part]:
    for number, item in enumerate(items):
        name = (str(number + 1), chr(ord("a") + number), ROMAN[min(number, len(ROMAN) - 1)])[level]
        local = f"{above}.{name}"
        kind = next((kind for start, kind in ASIDES.items() if item.wording.startswith(start)), "requirement")
        yield Part(kind, local, above, section, item.wording)
        yield from item_parts(local, section, item.items, level + 1)
        yield from example_parts(local, section, item.examples)


def example_parts(above: str, section: str, examples: Sequence[str]) -> Iterator[Part]:
    for number, example in enumerate(examples, 1):
        yield Part("example", f"{above}.example.{number}", above, section, example)


def statement(text: Sequence[str]) -> str | None:
    """A text without the sentence that leads over to the list; without a text, none."""
    return LEAD_IN.sub("", " ".join(text)) or None


def family_parts(key: str, family: str, page: str) -> Iterator[Part]:
    """The elements of a page; the first heading is that of the family."""
    title = TITLE.search(page)
    assert title
    section = title[1]
    sub = topic = ""
    count = 0
    for number, block in enumerate(blocks(page)):
        head, text, items = block.head, block.text, block.items
        named = head.groupdict()
        label = named.get("label")
        explained: list[str] = []
        if head.re is HEADING and number == 0:
            local = family
            if len(text) > 1:
                text, explained = text[:1], text[1:]
            yield Part("capability", local, None, section, statement(text), label, named["title"])
        elif head.re is HEADING and key == FIRST:
            count += 1
            local = sub = f"{family}.{count if family.startswith('N-') else slug(named['title'])}"
            yield Part("sub-capability", local, family, section, statement(text), label, named["title"])
        elif head.re is HEADING:
            code = codes()[f"{family}.{named['title']}"]
            local = sub = f"{family}.{code}"
            wording = named["title"] if label else statement(text)
            explained = text if label else []
            yield Part("sub-capability", local, family, section, wording, label, named["title"])
        elif head.re is TOPIC:
            local = topic = f"{sub}.{label}"
            yield Part("topic", local, sub, section, named["title"], label, named["title"])
        elif head.re is ACTOR:
            local = f"{sub}.{ACTORS[named['title']]}"
            lead_in = [line for line in text if line.endswith(":")]
            items = [*(Item(0, line) for line in text if line not in lead_in), *items]
            yield Part("topic", local, sub, section, statement(lead_in), None, named["title"])
        else:
            local = f"{topic}.{label}"
            explained = SENTENCE_END.split(" ".join(text))[:-1]
            yield Part("common-action", local, topic, section, named["wording"], label)
        if explained:
            yield Part("discussion", f"{local}.discussion", local, section, " ".join(explained))
        if head.re is HEADING and local.startswith("N-"):
            yield from example_parts(local, section, [item.wording for item in items])
        else:
            yield from item_parts(local, section, mended(f"{key}:{local}", items))


@cache
def parts(key: str) -> tuple[Part, ...]:
    """All elements of a state in the order of the site, technical families first."""
    return tuple(part for page, family in PAGES[key].items() for part in family_parts(key, family, SOURCES.read(page)))


# --- records -----------------------------------------------------------------------------------------------------


def record(key: str, part: Part) -> Json:
    more: Json = {}
    note = NOTES.get(f"{key}:{part.local}")
    if part.kind == "capability":
        more["provider"] = "device" if part.local in TECHNICAL.values() else "manufacturer"
        note = BOTH_SIDES if part.local.startswith("N-") else None
    return element(
        part.kind,
        f"{key}:{part.local}",
        title=part.title,
        label=part.label,
        parent=part.above and f"{key}:{part.above}",
        section=part.section,
        wording=part.wording,
        note=note,
        **more,
    )


# --- the crosswalks of the workbooks -----------------------------------------------------------------------------

MISPRINTS = {
    ("nontechnical", 46, "PR.PT-1"): "PT.PT-1",
    ("nontechnical", 88, "ID.SC-3"): "ID-SC-3",
    ("nontechnical", 89, "ID.SC-3"): "ID-SC-3",
}
"""What the workbook on CSF 1.1 prints, by sheet, row and the right number, which "catalog-2021-11.json" has."""
SHEETS = {"technical": "technical sheet", "nontechnical": "non-technical sheet"}
DRAFT = "NIST marks these mappings as a draft."
MISPRINTED = "Misprinted; the only subcategory that can be meant is given."
NO_MAPPING = "The workbook says that there is no mapping."
UNJOINED = "Row 176 of the non-technical sheet is left out: on the page, it is an example (EA.CSC.b.1.1.example.2)."


def mapped(node: Json, sheet: str) -> Iterator[tuple[str, Json]]:
    """What has mappings at or below a node of the structured form, with the sheet that they stand in."""
    if "mapping_source" in node:
        yield sheet, node
    for name in ("subcapabilities", "topics", "actions", "requirements", "children"):
        for below in node.get(name, []):
            yield from mapped(below, sheet)


def workbook_rows(target: str) -> Iterator[tuple[str, str, int, Json]]:
    """Subject, sheet and row of everything in one workbook, with its node of the structured form."""
    for family in SOURCES.json(STRUCTURE)["families"]:
        for sheet, node in mapped(family, family["kind"]):
            subject = f"{LAST}:{node['id'].replace('-', '.', 1)}"
            yield subject, sheet, node["mapping_source"][f"row_{target}"], node


def located(sheet: str, row: int) -> str:
    return f"workbook of 21 April 2021, {SHEETS[sheet]}, row {row}"


def control_rows() -> Iterator[dict[str, str]]:
    for subject, sheet, row, node in workbook_rows("800_53"):
        for control in node["sp800_53r5"]:
            yield mapping(
                subject,
                "related",
                f"sp800-53r5:{control['id']}",
                basis="official",
                rationale=DRAFT,
                locator=located(sheet, row),
                printed="bold" if control["low_bold"] else None,
            )
        if not node["sp800_53r5"]:
            yield nothing(subject, sheet, row)


def outcome_rows() -> Iterator[dict[str, str]]:
    for subject, sheet, row, node in workbook_rows("csf"):
        for outcome in node["csf_1_1"]:
            wrong = MISPRINTS.get((sheet, row, outcome))
            yield mapping(
                subject,
                "related",
                f"csf1.1:{outcome}",
                basis="official",
                rationale=f"{DRAFT} {MISPRINTED}" if wrong else DRAFT,
                locator=located(sheet, row),
                printed=wrong,
            )
        if not node["csf_1_1"]:
            yield nothing(subject, sheet, row)


def nothing(subject: str, sheet: str, row: int) -> dict[str, str]:
    """A row that the workbook marks as having no mapping."""
    return mapping(
        subject,
        "related",
        "sssom:NoTermFound",
        basis="official",
        rationale=f"{DRAFT} {NO_MAPPING}",
        locator=located(sheet, row),
    )


def build() -> None:
    for key in FOLDERS:
        records = [record(key, part) for part in parts(key)]
        write_publication(key, records, fidelity="full", missing=MISSING[key])
    provider = "https://github.com/usnistgov"
    write_crosswalk(
        LAST,
        "sp800-53r5",
        control_rows(),
        title="NIST's online catalog to SP 800-53 revision 5",
        description="NIST's draft workbook of 21 April 2021. Controls of the LOW baseline are printed in bold there. "
        f"An enhancement is named without its control. {UNJOINED}",
        provider=provider,
    )
    write_crosswalk(
        LAST,
        "csf1.1",
        outcome_rows(),
        title="NIST's online catalog to CSF 1.1",
        description=f"NIST's draft workbook of 21 April 2021. {UNJOINED}",
        provider=provider,
    )
