"""Build cswp33.ipd: the non-technical sub-outcomes, the deployment examples and the references paired with them.

Source: nist/cswp33-ipd.md. A line ``{n}----`` starts PDF page n, counted from 0; the printed page is n - 3.
The conversion spreads a cell of Tables 1 to 3 over several rows, and merges the row of Information Dissemination 1b
with that of 1c.

Also written are the crosswalks to ir8425 (whose sub-criteria the sub-outcomes repeat), to ir8259b (which defines the
four outcomes) and to the references, which are elements of this publication themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from authoring.shared.files import write_crosswalk, write_publication
from authoring.shared.records import Json, element, mapping, slug
from authoring.shared.sources import Sources, clean
from iotbaseline._model.fingerprints import normalize

KEY = "cswp33.ipd"
SOURCE = "nist/cswp33-ipd.md"
IR8425 = "nist/ir8425.md"
SOURCES = Sources(SOURCE, IR8425)
PROVIDER = "https://www.nist.gov/"

LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^)\s]*\)")
CONTENTS = re.compile(r"^\| (?P<title>[A-Z][^|]+?) +\| (?P<page>\d+) +\|$", re.MULTILINE)

OUTCOMES = ("Documentation", "Information and Query Reception", "Information Dissemination", "Education and Awareness")
OUTCOME_PAGES = (22, 25, 26, 28)
MARK = re.compile(rf"(?P<outcome>{'|'.join(OUTCOMES)}) (?P<number>\d)(?P<letter>[a-z])\.")
DISSEMINATION_2 = re.compile(r"Information Dissemination 2 are.+?:\n\n(?P<wording>[^\n]+)")
EDUCATION = re.compile(r"has one sub-outcome: (?P<wording>.+?\.) This")
EDUCATION_ITEM = re.compile(r"^- (?P<label>\d)\. (?P<wording>.+)$", re.MULTILINE)

TECHNICAL = "Technical Cybersecurity Outcome Considerations"
NON_TECHNICAL = "Non-technical Cybersecurity Outcome Considerations"
SUB_OUTCOME = "education-and-awareness.sub-outcome"

EXAMPLES = range(15, 22)
"""The pages with one deployment example each."""

REFERENCES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<label>ISO(?:/IEC)?(?:/IEEE)?(?: TS)? \d+) \((?P<title>[^()]+)\)",
        r"(?P<label>ETSI 303-645)\s+\(?(?P<title>Cyber .+? Requirements)\)?(?P<part>: Provision [\d.-]+)?",
        r"(?P<title>Cyber Resilience Review \(CRR\) Supplemental .+? (?P<label>Volume \d+): .+? ?- ?Version 1\.1)",
        r"\(CISA\)'s (?P<title>Secure by Design)",
        r"\(FTC\) (?P<title>Data Breach .+? Business)",
        r"(?P<title>Foundational [^,]+), (?P<label>NISTIR 8259)",
        r"(?:IoT [^:,]+: )?(?P<title>IoT Device Cybersecurity [^:,]+), (?P<label>NIST(?:IR 8259A| SP 800-213A))",
        r"(?P<label>NIST SP 800-37 Rev\. 2) - (?P<title>Risk .+? Privacy)",
        r"(?P<title>Guide to Enterprise [^,]+), (?P<label>SP 800-40 Rev\. 4)",
        r"(?P<title>Cybersecurity Framework \((?P<label>CSF)\))",
        r"(?P<title>Software Bill of Materials \((?P<label>SBOM)\))",
        r"(?P<title>Hardware Bill of Materials \((?P<label>HBOM)\) .+? Management)",
        r"(?P<title>Cybersecurity Supply Chain [^(]+ \((?P<label>CSCRM)\))",
        r"(?P<title>Secure Software Development Framework \((?P<label>SSDF)\))",
        r"(?P<label>ANSI/CTA-2088-A) +(?P<title>.+? Systems)",
        r"Agency's (?P<title>Cybersecurity Labeling Scheme)",
        r"ANSI/ISA (?P<label>62443-4-1)",
        r"ANSI/ISA .+? and (?P<label>62443-4-2)",
        r"(?P<title>Mobile Application [^(]+ \((?P<label>MASVS)\))",
        r"(?P<title>Risk Management Framework \((?P<label>RMF)\))",
        r"(?P<title>Security, Trust, Assurance and Risk \((?P<label>STAR)\) Registry)",
        r"(?P<title>Application Security [^(]+ \((?P<label>ASVS)\))",
        r"the (?P<label>SSDF) and standards",
        r"like the OWASP (?P<label>MASVS)",
    )
)
"""How the references are printed."""

LOCALS = {"NISTIR 8259": "nistir-8259-2020", "62443-4-1": "isa-62443-4-1", "62443-4-2": "isa-62443-4-2"}
"""Local identifiers where the slug of the label would say too little."""

TITLE_IN_LIST = re.compile(r"\(2018\) (?P<title>Security for industrial [^(]+) \(ANSI/ISA-(?P<label>62443-4-\d)\)")
"""Two titles are printed in the list of references only."""

NOTES = {
    "information-dissemination.1.a": "The draft has found no standard for it.",
    "information-dissemination.1.b": "The copy merges the row with that of 1c.",
    "information-dissemination.1.c": "The copy merges the row with that of 1b.",
    "ref.cscrm": "The copy prints CSCRM, perhaps for C-SCRM.",
    "ref.nist-sp-800-213a": "Printed after the title that both volumes share.",
    "ref.iso-iec-27402": "The copy seems to drop the dashes of the title.",
    "ref.iso-iec-27035": "Table 3 prints the title with that of Part 1.",
}

MERGED = (
    "The copy merges the rows of 1b and 1c; by subject, the provision on support periods seems to belong to 1b and the "
    "maintenance standard to 1c"
)
HEADINGS = {
    "For statement of expectations and assumptions:": "Listed for stating expectations and assumptions",
    "On risk management:": "Listed under risk management",
}
DEVICE = "Named for the cybersecurity of IoT devices"
INDUSTRIAL = "Named as specific guidance for makers of industrial control components, Industrial IoT included"
REMARKS = {
    15: dict.fromkeys(("62443-4-1", "62443-4-2"), INDUSTRIAL),
    16: {"SSDF": "Named for developing the mobile application", "MASVS": "Named for assessing the mobile application"},
    18: dict.fromkeys(("SSDF", "MASVS"), "Named for a third-party application, which is no part of the product"),
    19: {
        **dict.fromkeys(("CSF", "RMF"), "Named for managing the environment of a backend"),
        "STAR": "Named for cloud providers",
        "ASVS": "Named for software that is managed remotely",
    },
    27: {"Volume 8": "Named as possibly helpful where third parties make or manage components"},
    28: dict.fromkeys(("ISO/IEC/IEEE 26512", "ISO/IEC/IEEE 26514"), "Named as possibly helpful for the whole outcome"),
}
"""What the prose says a reference is good for, by page and label."""

SWAPS = (("manufacturer", "developer"), ("outcomes", "criteria"), ("or supporting", "and/or supporting"))
"""Words of the draft and the words of IR 8425 in their place."""


class SubOutcome(NamedTuple):
    """A sub-outcome, and the text that names its references."""

    local: str
    label: str | None
    printed: str
    page: int
    table: str | None
    wording: str
    references: str


class Reference(NamedTuple):
    """A reference as printed in one place."""

    local: str
    label: str | None
    title: str | None
    printed: str
    start: int


class Mention(NamedTuple):
    """A place that names a reference for a sub-outcome, an outcome or an example."""

    subject: str
    page: int
    table: str | None
    reference: Reference
    remark: str
    merged: bool = False


@cache
def pages() -> dict[int, str]:
    """The texts of the pages by printed page number."""
    found = {}
    for page, text in SOURCES.pages(SOURCE, 3).items():
        plain = LINK.sub(r"\1", clean(text)).replace("<br>", " ").replace("*", "").replace("\\", "")
        found[page] = plain.replace("’", "'")
    return found


def contents(page: int) -> str:
    """The title that the table of contents gives for a page with one heading."""
    return next(found["title"] for found in CONTENTS.finditer(pages()[0]) if int(found["page"]) == page)


def table_rows() -> Iterator[tuple[int, str, str]]:
    """Page, left and right cell of each row of Tables 1 to 3, put together from the rows of the copy."""
    start, left, right = 0, "", ""
    for page in range(22, 27):
        for line in pages()[page].splitlines():
            cells = [" ".join(cell.split()) for cell in line.strip("|").split("|")]
            if not line.startswith("|") or set(cells[0]) == {"-"} or cells[1] == "Informative References":
                continue
            if MARK.search(cells[0]):
                if left:
                    yield start, left, right
                start, left, right = page, "", ""
            left, right = f"{left} {cells[0]}".strip(), f"{right} {cells[1]}".strip()
    yield start, left, right


def sub_outcomes() -> Iterator[SubOutcome]:
    for page, left, right in table_rows():
        marks = list(MARK.finditer(left))
        for mark, following in zip(marks, [*marks[1:], None], strict=True):
            outcome, number, letter = mark.groups()
            yield SubOutcome(
                local=f"{slug(outcome)}.{number}.{letter}",
                label=f"{number}{letter}",
                printed=mark[0],
                page=page,
                table=str(OUTCOMES.index(outcome) + 1),
                wording=left[mark.end() : following.start() if following else None].strip(),
                references=right,
            )
    found = DISSEMINATION_2.search(pages()[26])
    assert found
    yield SubOutcome("information-dissemination.2", "2", "Information Dissemination 2", 26, None, found["wording"], "")
    found = EDUCATION.search(pages()[28])
    assert found
    yield SubOutcome(SUB_OUTCOME, None, OUTCOMES[3], 28, None, found["wording"], "")
    for item in EDUCATION_ITEM.finditer(pages()[28]):
        label = item["label"]
        yield SubOutcome(f"{SUB_OUTCOME}.{label}", label, f"{OUTCOMES[3]} {label}", 28, None, item["wording"], "")


def references(text: str) -> list[Reference]:
    """The references named in a text, in their order, each once."""
    found: dict[str, Reference] = {}
    matches = [match for pattern in REFERENCES for match in pattern.finditer(text)]
    for match in sorted(matches, key=re.Match.start):
        groups = match.groupdict()
        label, title = groups.get("label"), groups.get("title")
        name = label or title or ""
        guide = "crr-" if name.startswith("Volume") else ""
        local = f"ref.{LOCALS.get(name, guide + slug(name))}"
        found.setdefault(local, Reference(local, label, title, f"{name}{groups.get('part') or ''}", match.start()))
    return list(found.values())


def mentions() -> Iterator[Mention]:
    """All places that name references, in the order of the pages."""
    for page in EXAMPLES:
        subject = f"example.{slug(contents(page))}"
        for reference in references(pages()[page]):
            yield Mention(subject, page, None, reference, REMARKS[page].get(reference.printed, DEVICE))
    rows = [row for row in sub_outcomes() if row.table]
    for row in rows:
        merged = sum(row.references == other.references for other in rows) > 1
        for reference in references(row.references):
            headings = [remark for heading, remark in HEADINGS.items() if heading in row.references[: reference.start]]
            yield Mention(row.local, row.page, row.table, reference, MERGED if merged else "".join(headings), merged)
    for subject, page in (("information-dissemination.2", 27), ("education-and-awareness", 28)):
        for reference in references(pages()[page]):
            yield Mention(subject, page, None, reference, REMARKS[page][reference.printed])


def examples() -> Iterator[Json]:
    for page in EXAMPLES:
        local = f"example.{slug(contents(page))}"
        yield element("example", f"{KEY}:{local}", title=contents(page), section=TECHNICAL, page=page)


def outcomes() -> Iterator[Json]:
    """The four non-technical outcomes, each followed by its sub-outcomes."""
    for title, page in zip(OUTCOMES, OUTCOME_PAGES, strict=True):
        outcome = slug(title)
        yield element(
            "capability",
            f"{KEY}:{outcome}",
            title=title,
            provider="manufacturer",
            section=NON_TECHNICAL,
            page=page,
        )
        for item in sub_outcomes():
            if item.local.startswith(outcome):
                is_minimum = item.local.startswith(f"{SUB_OUTCOME}.")
                yield element(
                    "criterion",
                    f"{KEY}:{item.local}",
                    label=item.label,
                    parent=f"{KEY}:{SUB_OUTCOME if is_minimum else outcome}",
                    section=title,
                    table=item.table,
                    page=item.page,
                    wording=item.wording,
                    note=NOTES.get(item.local),
                )


def standards() -> Iterator[Json]:
    """The references, each placed where it is first named."""
    titles = {f"ref.isa-{found['label']}": found["title"] for found in TITLE_IN_LIST.finditer(pages()[30])}
    first: dict[str, Mention] = {}
    for mention in mentions():
        first.setdefault(mention.reference.local, mention)
        if mention.reference.title:
            titles.setdefault(mention.reference.local, mention.reference.title)
    for local, mention in first.items():
        yield element(
            "standard",
            f"{KEY}:{local}",
            title=titles[local],
            label=mention.reference.label,
            table=mention.table,
            page=mention.page,
            note=NOTES.get(local),
        )


def compared(wording: str) -> str:
    """How the words of a sub-outcome differ from those of IR 8425."""
    used = [(ours, theirs) for ours, theirs in SWAPS if ours in wording]
    for ours, theirs in used:
        wording = wording.replace(ours, theirs)
    assert normalize(wording) in normalize(clean(SOURCES.read(IR8425)))
    changed = " and ".join(f"'{ours}' for '{theirs}'" for ours, theirs in used)
    return f"Worded as in IR 8425, with {changed}" if changed else "Worded as in IR 8425"


def counterpart(local: str) -> str:
    """The local identifier in IR 8425 of what a sub-outcome repeats."""
    outcome, _, rest = local.partition(".")
    if outcome != "education-and-awareness":
        return local
    number = rest.removeprefix("sub-outcome").removeprefix(".")
    return f"product-{outcome}.1" + (f".{'abcde'[int(number) - 1]}" if number else "")


def to_ir8425() -> Iterator[dict[str, str]]:
    for title, page in zip(OUTCOMES, OUTCOME_PAGES, strict=True):
        name = "Product Education and Awareness" if title == OUTCOMES[3] else title
        yield mapping(
            f"{KEY}:{slug(title)}",
            "related",
            f"ir8425:{slug(name)}",
            rationale="The draft takes the sub-outcomes from this capability",
            basis="official",
            locator=f"p. {page}",
            printed=title,
        )
    for item in sub_outcomes():
        where = f"Table {item.table}, " if item.table else ""
        yield mapping(
            f"{KEY}:{item.local}",
            "related",
            f"ir8425:{counterpart(item.local)}",
            rationale=compared(item.wording),
            basis="official",
            locator=f"{where}p. {item.page}",
            printed=item.printed,
        )


def to_ir8259b() -> Iterator[dict[str, str]]:
    for title in OUTCOMES:
        yield mapping(
            f"{KEY}:{slug(title)}",
            "related",
            f"ir8259b:{slug(title)}",
            rationale="The draft says that IR 8259B defines this outcome",
            basis="official",
            locator="p. 22",
            printed=title,
        )


def to_references() -> Iterator[dict[str, str]]:
    for mention in mentions():
        where = f"Table {mention.table}, " if mention.table else ""
        yield mapping(
            f"{KEY}:{mention.subject}",
            "related",
            f"{KEY}:{mention.reference.local}",
            rationale=mention.remark or None,
            basis="official",
            fidelity="partial" if mention.merged else "full",
            locator=f"{where}p. {mention.page}",
            printed=mention.reference.printed,
        )


def build() -> None:
    write_publication(
        KEY,
        [*examples(), *outcomes(), *standards()],
        fidelity="full",
        missing="The concepts explained on pages 1 to 14, the discussion of the examples, and the list of references "
        "as such.",
    )
    write_crosswalk(
        KEY,
        "ir8425",
        to_ir8425(),
        title="CSWP 33 (draft) to IR 8425",
        description="The outcomes and sub-outcomes that the draft repeats from IR 8425; it states no type of relation.",
        provider=PROVIDER,
    )
    write_crosswalk(
        KEY,
        "ir8259b",
        to_ir8259b(),
        title="CSWP 33 (draft) to IR 8259B",
        description="The four non-technical outcomes of the draft and the capabilities of IR 8259B that define them.",
        provider=PROVIDER,
    )
    write_crosswalk(
        KEY,
        KEY,
        to_references(),
        title="CSWP 33 (draft) to its informative references",
        description="What the draft names as informative for a sub-outcome (Tables 1 to 3) or for a deployment "
        "example; it states no type of relation.",
        provider=PROVIDER,
    )
