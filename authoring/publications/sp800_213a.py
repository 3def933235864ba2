"""SP 800-213A (November 2021): the catalog, the federal profile and the three crosswalks it prints.

Reads "nist/sp800-213a.md"; writes data/publications/sp800-213a.json and the crosswalks from the sub-capabilities to
SP 800-53 (the line "Related SP 800-53 Rev. 5 Controls"), from SP 800-53 to the requirements (Appendix B) and from
CSF 1.1 to the requirements (Appendix C). The summaries stand in content/summaries: one file for each capability
(sp800-213a.DI.tsv), and sp800-213a.tsv for the rest.

A line ``{n}----`` of the copy starts PDF page n, counted from 0; the printed page is n - 1. ``body`` yields the lines
of the pages without footnotes and running feet, so that a text cut by a page mark is the next lines put together.
The copy drops some hyphens at line ends ("subcapability"); ``plain`` puts them back.
Some rows of the appendices are broken in the copy; NIST's own PDF says what they hold (``AS_PRINTED``), and which
controls of Appendix A it prints in bold (content/publications/sp800-213a-bold.tsv). The PDF is the first posting, of
29 November 2021; the copy shows a later re-issue, and where the two differ a note says so.
What is wrong in the publication stands in content/errata/sp800-213a.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from authoring.shared.content import table
from authoring.shared.files import write_crosswalk, write_publication
from authoring.shared.records import Json, element, mapping
from authoring.shared.sources import Sources, oscal
from iotbaseline._files.tables import Row as TableRow
from iotbaseline._model.identifiers import control_label

KEY = "sp800-213a"
SOURCE = "nist/sp800-213a.md"
CATALOG_FILE = oscal("rev5.2.0_catalog-min")
SOURCES = Sources(SOURCE, CATALOG_FILE)
CONTROLS = "sp800-53r5"
OUTCOMES = "csf1.1"
PROVIDER = "https://www.nist.gov/"
MISSING = (
    "Left out: figures, acronyms, references, the introduction but for the remarks that say how to read the catalog, "
    "and footnotes 1, 2 and 4, which bear on no element."
)

TECHNICAL = ("DI", "DC", "DP", "LA", "SU", "CS", "DS")
NON_TECHNICAL = ("DO", "IQ", "ID", "EA")
FAMILIES = TECHNICAL + NON_TECHNICAL

CATALOG_PAGES = range(12, 69)
PROFILE_PAGES = range(71, 75)
APPENDIX_B_PAGES = range(75, 83)
APPENDIX_C_PAGES = range(83, 91)

SPAN = re.compile(r"<span[^>]*></span>")
FOOTNOTE = re.compile(r"<sup>(\d+)</sup> ?(.*)")
FOOTNOTE_REST = "may not be since"
"""Footnote 6 runs on to the next page, where it has no mark."""
FURNITURE = re.compile(r"!\[|\*\*Federal Profile\*\* \d+$")
FOOTNOTE_MARK = re.compile(r"\[\d+\]\(#page[^)]*\)")
LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^)\s]*\)")
DROPPED_HYPHEN = re.compile(
    r"\b(organizationally(?=defined)|[Ss]ub(?=capabilit)|cybersecurity(?=related)|non(?=technical))"
)

FIRST_POSTING = {
    "capability-structure": "The first posting leaves the beginning of the sentence blank.",
    "related-controls": "On p. 11 in the first posting.",
    "fn.6": "On p. 11 in the first posting.",
    "DP.KEY.discussion": 'The first posting has only "(Under construction)" here; the wording is that of the re-issue.',
}
"""What the first posting of 29 November 2021 has otherwise; the pages of the DP:KEY and DP:STX lines differ too."""

FAMILY = re.compile(r"(?P<label>[A-Z]{2}) - (?P<title>[A-Z -]+)")
SUB_CAPABILITY = re.compile(r"\((?P<label>[A-Z]{3})\) (?P<title>.+)")
FIELD = re.compile(r"(Description|Discussion|Related SP 800-53 Rev\. 5 Controls): ?(.*)")
LEAD_IN = re.compile(r"(?:Sub-Capabilities|Requirements) that may be necessary:")
ITEM = re.compile(r"(?:- )?(?P<label>\d+|[a-z]|i+)\. (?P<text>.+)")
CONTROL = re.compile(r"\b([A-Z]{2})[- ](\d+(?:\(\d+\))?)")
PROFILE_NAME = re.compile(r"(?P<title>.+) \((?P<label>[A-Z]{2,3})\)")
ROW_LABEL = re.compile(r"[A-Z]{2}-\d+(?:\(\d+\))?|[A-Z]{2}\.[A-Z]{2}-\d+")
TABLE_HEADING = re.compile(r"[A-Z][A-Za-z,& ]+")
REFERENCE = re.compile(r"(?:(?P<prefix>[A-Z]{2}): ?)?(?P<code>[A-Z]{3}\b)(?P<items>(?:\([^)]*\))*)[ ,]*")
AS_PRINTED = {
    "PM-20": {"PM-20": "DO: SMP(6b), IQ: QRY(4d)"},
    "PM-21": {"PM-21": ""},
    "SI-19": {"SI-19": "", "SI-20": ""},
    "DE.DP-1 DE.DP-2": {"DE.DP-1": "", "DE.DP-2": "CS: AUP(2), DO: DAU"},
}
"""The rows that the copy shifts, drops or merges, with what NIST's PDF prints in them, by their labels in the copy."""
LETTER_RUN = re.compile(r"[a-z](?:,[a-z])+")
LONG_LIST = 6


class Line(NamedTuple):
    """A line of text with its printed page. ``marked`` keeps the sign of a heading, bullet or table row."""

    page: int
    marked: str

    @property
    def text(self) -> str:
        return self.marked.lstrip("# ")


class Statement(NamedTuple):
    """A statement of the catalog, or the line of related controls of a sub-capability."""

    kind: str
    local: str
    parent: str | None
    page: int
    section: str
    text: str
    label: str | None = None
    title: str | None = None


class Heading(NamedTuple):
    """The heading of a capability, or of a sub-capability with its code."""

    family: str
    code: str
    title: str

    @property
    def local(self) -> str:
        return f"{self.family}.{self.code}" if self.code else self.family

    @property
    def section(self) -> str:
        return section_of(self.family)


class ProfileRow(NamedTuple):
    """A row of a table of Appendix A: the printed name, the printed selection and the printed controls."""

    family: str
    code: str
    title: str
    table: str
    page: int
    selection: str
    controls: str


class Reference(NamedTuple):
    """A reference in a cell of Appendix B or C, such as ``SMP(5e,f,g,h)`` with the prefix in force there."""

    page: int
    prefix: str
    code: str
    items: str

    @property
    def printed(self) -> str:
        """The reference as printed; in a list of more than six letters, runs of them are written like "a-c"."""
        long_list = self.items.count(",") >= LONG_LIST
        return f"{self.prefix}: {self.code}{LETTER_RUN.sub(shortened, self.items) if long_list else self.items}"


class Row(NamedTuple):
    """A row of Appendix B or C."""

    page: int
    label: str
    references: tuple[Reference, ...]


class Edge(NamedTuple):
    """One item that a row refers to. ``item`` names it in the notation, under the printed prefix.

    ``target`` is its local identifier, or ``None`` if there is no such item.
    """

    label: str
    page: int
    printed: str
    item: str
    target: str | None


# --- reading -----------------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """The text on one line, as printed: without anchors, emphasis and footnote marks, links by their text only."""
    text = FOOTNOTE_MARK.sub("", SPAN.sub("", text)).replace("*", "")
    text = LINK.sub(r"\1", text).replace("\\", "")
    return DROPPED_HYPHEN.sub(r"\1-", " ".join(text.split()))


@cache
def pages() -> tuple[tuple[int, str], ...]:
    """Printed page number and text of every page."""
    return tuple(SOURCES.pages(SOURCE, 1).items())


@cache
def body() -> tuple[Line, ...]:
    """All lines but those of footnotes and page furniture."""
    return tuple(
        Line(page, words)
        for page, text in pages()
        for line in text.splitlines()
        if not (FOOTNOTE.search(line) or FURNITURE.match(line) or line.startswith(FOOTNOTE_REST))
        and (words := plain(line))
    )


def footnotes() -> dict[str, tuple[int, str]]:
    """Page and wording of each footnote, by number."""
    found: dict[str, tuple[int, str]] = {}
    number = ""
    for page, text in pages():
        for line in text.splitlines():
            if note := FOOTNOTE.search(line):
                number = note[1]
                found[number] = page, plain(note[2])
            elif line.startswith(FOOTNOTE_REST):
                found[number] = found[number][0], f"{found[number][1]} {plain(line)}"
    return found


def passage(start: str, end: str) -> tuple[int, str]:
    """Page and wording of the first passage that begins with ``start``, up to and with ``end``."""
    text, first = "", 0
    for line in body():
        words = line.text
        if not text:
            if start not in words:
                continue
            first, words = line.page, words[words.index(start) :]
        text = f"{text} {words}".strip()
        if end in text:
            return first, text[: text.index(end) + len(end)]
    raise SystemExit(f"{SOURCE}: found no passage from {start!r} to {end!r}")


def section_of(family: str) -> str:
    return "2" if family in TECHNICAL else "3"


# --- the catalog -------------------------------------------------------------------------------------------------


def family_names() -> dict[str, str]:
    """What the lists of sections 2 and 3 say, by the same in capitals: the name that heads each capability."""
    return {
        line.text[2:].upper(): line.text[2:]
        for line in body()
        if line.page in CATALOG_PAGES and line.marked.startswith("- ")
    }


def described(heading: Heading, name: str, page: int, text: str) -> Statement:
    """The description, discussion or related controls that stand under a heading."""
    above, family, code, title = heading.local, *heading
    if name == "Description":
        parent, label = (family, f"{family}:{code}") if code else (None, family)
        kind = "sub-capability" if code else "capability"
        return Statement(kind, above, parent, page, heading.section, text, label, title)
    kind = "discussion" if name == "Discussion" else "controls"
    return Statement(kind, f"{above}.{kind}", above, page, heading.section, text)


def requirement(heading: Heading, label: str, page: int, text: str, previous: Statement) -> Statement:
    """A numbered, lettered or roman requirement; which of these it is says how much of ``previous`` is above it."""
    is_roman = label == "ii" or (label == "i" and not previous.local.endswith(".h"))
    depth = 0 if label.isdigit() else 2 if is_roman else 1
    numbers = [*previous.local.split(".")[2 : 2 + depth], label]
    printed = f"{heading.family}:{heading.code}({numbers[0]}{'.'.join(numbers[1:])})"
    parent = ".".join([heading.local, *numbers[:-1]])
    return Statement("requirement", f"{parent}.{label}", parent, page, heading.section, text, printed)


def example(heading: Heading, page: int, text: str, previous: Statement) -> Statement:
    """An item without a number or letter, below a requirement."""
    above, _, number = previous.local.partition(".example.")
    local = f"{above}.example.{int(number or 0) + 1}"
    return Statement("example", local, above, page, heading.section, text)


@cache
def catalog() -> tuple[Statement, ...]:
    """The statements of sections 2 and 3 in their order; the lines of related controls have the kind "controls"."""
    names = family_names()
    found: list[Statement] = []
    heading: Heading | None = None
    for page, marked in (line for line in body() if line.page in CATALOG_PAGES):
        text = marked.lstrip("# ")
        if named := FAMILY.fullmatch(text):
            heading = Heading(named["label"], "", names[named["title"]])
        elif heading and marked != text and (named := SUB_CAPABILITY.fullmatch(text)):
            heading = Heading(heading.family, named["label"], named["title"])
        elif text.startswith("3 Non-Technical"):
            heading = None
        elif not heading or LEAD_IN.fullmatch(text):
            continue
        elif field := FIELD.fullmatch(text):
            found.append(described(heading, field[1], page, field[2]))
        elif item := ITEM.fullmatch(text):
            found.append(requirement(heading, item["label"], page, item["text"], found[-1]))
        elif text.startswith("- ") and text[2].isupper():
            found.append(example(heading, page, text[2:], found[-1]))
        else:
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {text.removeprefix('- ')}")
    return tuple(found)


@cache
def by_local() -> dict[str, Statement]:
    return {statement.local: statement for statement in catalog()}


@cache
def sub_capabilities() -> dict[str, str]:
    """The local identifier of every sub-capability by its code, which no other has."""
    locals_ = [statement.local for statement in catalog() if statement.kind == "sub-capability"]
    assert len({local[3:] for local in locals_}) == len(locals_)
    return {local[3:]: local for local in locals_}


def requirements_of(sub_capability: str) -> list[str]:
    """The requirements below a sub-capability, lettered ones included."""
    return [
        statement.local
        for statement in catalog()
        if statement.kind == "requirement" and statement.local.startswith(f"{sub_capability}.")
    ]


def printed_controls(text: str) -> list[str]:
    """The controls that a text names, as printed; a hyphen lost at a line end is put back."""
    return [f"{family}-{number}" for family, number in CONTROL.findall(text)]


def control_curie(printed: str) -> str:
    return f"{CONTROLS}:{printed.lower().replace('(', '.').rstrip(')')}"


@cache
def controls() -> frozenset[str]:
    """Every control of SP 800-53 revision 5, release 5.2.0, as printed."""

    def walk(node: Json) -> Iterator[str]:
        for control in node.get("controls", []):
            yield control_label(control["id"])
            yield from walk(control)

    return frozenset(name for group in SOURCES.json(CATALOG_FILE)["catalog"]["groups"] for name in walk(group))


def is_known(control: str) -> bool:
    return control in controls()


@cache
def related_controls() -> dict[str, tuple[int, list[str]]]:
    """Page and printed controls of the line "Related SP 800-53 Rev. 5 Controls" of each sub-capability."""
    return {
        str(statement.parent): (statement.page, printed_controls(statement.text))
        for statement in catalog()
        if statement.kind == "controls"
    }


# --- the tables of the appendices --------------------------------------------------------------------------------


def table_lines(where: range) -> Iterator[tuple[int, list[list[str]]]]:
    """Page and cells of the table rows on some pages, each cell a list of the lines printed in it."""
    for page, marked in body():
        if page in where and marked.startswith("|") and not marked.startswith(("|-", "| RMF", "| CSF", "| Sub-")):
            yield page, [[line.strip() for line in cell.split("<br>")] for cell in marked.strip("|").split("|")]


@cache
def profile_rows() -> tuple[ProfileRow, ...]:
    """The rows of the two tables of Appendix A; the copy prints the second line of some rows as a row of its own."""
    found: list[ProfileRow] = []
    family = ""
    for page, (names, controls) in table_lines(PROFILE_PAGES):
        for text in names:
            named = PROFILE_NAME.fullmatch(text)
            if named and named["label"] in FAMILIES:
                family = named["label"]
            elif named and not text.startswith("("):
                table = "1" if family in TECHNICAL else "2"
                found.append(ProfileRow(family, named["label"], named["title"], table, page, "", ""))
            else:
                found[-1] = found[-1]._replace(selection=text)
        if any(controls):
            found[-1] = found[-1]._replace(controls=" ".join([found[-1].controls, *controls]).strip())
    return tuple(found)


def references(page: int, text: str) -> list[Reference]:
    """The references in a cell; a prefix is in force until the next one."""
    found: list[Reference] = []
    prefix, place = "", 0
    while place < len(text):
        match = REFERENCE.match(text, place)
        if not match:
            raise SystemExit(f"{SOURCE}: p. {page}: no reference at {text[place:]!r}")
        prefix, place = match["prefix"] or prefix, match.end()
        found.append(Reference(page, prefix, match["code"], match["items"]))
    return found


def shortened(letters: re.Match[str]) -> str:
    """Letters of a list, with three or more in a row written like "a-c"."""
    runs: list[list[str]] = []
    for letter in letters[0].split(","):
        if runs and ord(letter) == ord(runs[-1][-1]) + 1:
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(run) for run in runs)


def column(reference: Reference) -> bool:
    """Whether a reference belongs in the second of the two columns, that of the non-technical capabilities."""
    return reference.prefix in NON_TECHNICAL


def continues(row: Row, more: Sequence[Reference]) -> bool:
    """Whether references without a label belong to the row above them rather than to the one below.

    Every row prints the capabilities in their order, in each column: what goes on in that order belongs above.
    """
    for side in {column(reference) for reference in more}:
        above = [FAMILIES.index(each.prefix) for each in row.references if column(each) is side]
        first = next(FAMILIES.index(each.prefix) for each in more if column(each) is side)
        if not above or above[-1] >= first:
            return False
    return True


def as_printed(copied: Row) -> tuple[Row, ...]:
    """The rows that NIST's PDF prints where the copy has this one, which may be several empty ones run together."""
    if cells := AS_PRINTED.get(copied.label):
        return tuple(Row(copied.page, label, tuple(references(copied.page, cell))) for label, cell in cells.items())
    labels = copied.label.split()
    if copied.references and len(labels) > 1:
        raise SystemExit(f"{SOURCE}: p. {copied.page}: whose references are those of {' and '.join(labels)}?")
    return tuple(copied._replace(label=label) for label in labels)


@cache
def rows(where: range) -> tuple[Row, ...]:
    """The rows of Appendix B or C, put together from the lines over which the copy spreads some of them."""
    found: list[Row] = []
    waiting: list[Reference] = []
    can_continue = False
    for page, cells in table_lines(where):
        labels: list[str] = []
        cited: list[Reference] = []
        headings = False
        for cell in cells:
            rest = []
            for text in filter(None, cell):
                if ROW_LABEL.fullmatch(text):
                    labels.append(text)
                elif TABLE_HEADING.fullmatch(text):
                    headings = True
                else:
                    rest.append(text)
            cited += references(page, " ".join(rest))
        if labels:
            ordered = sorted(waiting + cited, key=column)
            found.append(Row(page, " ".join(labels), tuple(ordered)))
            waiting, can_continue = [], True
        elif headings:
            can_continue = False
        elif cited and can_continue and not waiting and continues(found[-1], cited):
            ordered = sorted([*found[-1].references, *cited], key=column)
            found[-1] = found[-1]._replace(references=tuple(ordered))
        else:
            waiting += cited
    assert not waiting
    return tuple(row for copied in found for row in as_printed(copied))


def named_items(reference: Reference) -> Iterator[tuple[str, str]]:
    """The number and letter of each item that a reference names; both empty for a sub-capability as a whole.

    ``SMP(12)(a)`` and ``DSC(1a,b,1c)``, which the printed notation does not provide for, are read like ``SMP(12a)``
    and ``DSC(1a,b,c)``.
    """
    if not reference.items:
        yield "", ""
        return
    number = ""
    for part in reference.items.replace(")(", "").strip("()").replace(" ", "").split(","):
        found = re.fullmatch(r"(\d*)([a-z]?)", part)
        assert found, reference
        number = found[1] or number
        yield number, found[2]


def edges_of(row: Row) -> Iterator[Edge]:
    """Every item that a row of Appendix B or C refers to, in the order printed."""
    for reference in row.references:
        sub_capability = sub_capabilities()[reference.code]
        for number, letter in named_items(reference):
            item = f"{reference.prefix}: {reference.code}" + (f"({number}{letter})" if number else "")
            target = ".".join(filter(None, (sub_capability, number, letter)))
            if number + letter == "1" and not requirements_of(sub_capability):
                target = sub_capability
            known = target if target in by_local() else None
            yield Edge(row.label, reference.page, reference.printed, item, known)


def outcome(printed: str) -> str:
    """The CSF outcome that a row of Appendix C is about: it prints RC.CO as RM.CO."""
    return printed.replace("RM.CO", "RC.CO")


def subject(label: str) -> str:
    """What a row of Appendix B or C is about."""
    return f"{OUTCOMES}:{outcome(label)}" if "." in label else control_curie(label)


# --- records -----------------------------------------------------------------------------------------------------


def record(kind: str, local: str, *, parent: str | None = None, **fields: Any) -> Json:
    """One element; ``parent`` is a local identifier."""
    parent = f"{KEY}:{parent}" if parent else None
    return element(kind, f"{KEY}:{local}", parent=parent, **{"note": FIRST_POSTING.get(local)} | fields)


def remark(local: str, section: str, start: str, end: str, **fields: Any) -> Json:
    page, wording = passage(start, end)
    return record("remark", local, section=section, page=page, wording=wording, **fields)


def footnote(number: str, section: str, parent: str) -> Json:
    page, wording = footnotes()[number]
    return record("remark", f"fn.{number}", section=section, page=page, wording=wording, label=number, parent=parent)


def introduction() -> Iterator[Json]:
    """What section 1 says about how the catalog is to be read."""
    yield remark("use-with-sp800-213", "1.1", "This publication shall be used", "Requirements [800-213]")
    yield footnote("3", "1.1", "use-with-sp800-213")
    yield remark(
        "device-cybersecurity-requirements",
        "1.1",
        "Device cybersecurity requirements are",
        "cybersecurity of an IoT device.",
    )
    yield remark(
        "capability-structure", "1.4", "As shown in Figure 1,", "details of device cybersecurity requirements."
    )
    yield footnote("5", "1.4", "capability-structure")
    yield remark("sub-capability-structure", "1.4", "For each capability, this", "why it may be needed.")
    yield remark("related-controls", "1.4", "A mapping to related", "supported by each sub-capability.")
    yield footnote("6", "1.4", "related-controls")
    yield remark("support-for-controls", "1.4", "This support for controls", "including the IoT device.")
    yield remark("baseline-independence", "1.4", "Controls are considered independent", "impact baseline.")
    yield remark("use-of-mappings", "1.4", "As explored in SP", "presence of the sub-capability.")
    yield remark("individual-requirements", "1.4", "Finally, many sub-capabilities contain", "on their applicability.")
    name = "Using Catalog Content Identifiers"
    yield remark("notation", "1.4", "Throughout this catalog,", "in Appendices B and C.", title=name)


def catalog_records() -> Iterator[Json]:
    """Sections 2 and 3, each footnote after the requirement that it is about."""
    notes = {"DO.SMP.4": "7", "DO.DSC.2.a": "8"}
    for statement in catalog():
        kind, local, parent, page, section, text, label, title = statement
        fields: Json = {"label": label, "title": title, "parent": parent}
        if kind == "controls":
            continue
        if kind == "capability":
            fields["provider"] = "device" if local in TECHNICAL else "manufacturer"
        if kind == "sub-capability":
            fields |= related(related_controls()[local][1])
        yield record(kind, local, section=section, page=page, wording=text, **fields)
        if local in notes:
            yield footnote(notes[local], section, local)


def related(printed: Sequence[str]) -> Json:
    """The field ``related_controls``, and a note on what it cannot hold."""
    unknown = [control for control in printed if not is_known(control)]
    return {
        "related_controls": [control_curie(control) for control in printed if is_known(control)],
        "note": f"Also printed: {', '.join(unknown)}, which SP 800-53 does not have." if unknown else None,
    }


def selected(row: ProfileRow) -> Json:
    """What a row of Appendix A takes from the catalog."""
    local = sub_capabilities()[row.code]
    numbers = re.findall(r"\((\d+)\)", row.selection)
    if numbers:
        return {"selects": [f"{KEY}:{local}.{number}" for number in numbers]}
    return {"selects": [f"{KEY}:{local}"], "note": f"Printed: {row.selection}"}


def bold_control(row: TableRow) -> tuple[str, str]:
    """A row of Appendix A and one of the controls that it prints in bold."""
    return row["entry"], row["control"]


def caption(table: str) -> Line:
    return next(line for line in body() if line.page in PROFILE_PAGES and line.text.startswith(f"Table {table}: "))


def profile() -> Iterator[Json]:
    """Appendix A: how the federal profile came about, how its tables are to be read, and their rows."""
    section = "Appendix A"
    yield remark("profile.basis", section, "The federal profile elaborates", "low impact baseline.")
    yield remark("profile.limits", section, "In some cases, the capabilities", "in SP 800-213 [800- 213].")
    yield remark("profile.grouping", section, "The arrangement of abilities", "profile for specific organizations.")
    yield remark("profile.first-column", section, "First column:", "to select from is noted.")
    yield remark("profile.second-column", section, "Second column:", "the control for a device.")
    bold = set(table("publications/sp800-213a-bold", bold_control, ("entry", "control")))
    for number in ("1", "2"):
        page, text = caption(number)
        title = text.partition(": ")[2]
        local = f"profile.table-{number}"
        yield record("topic", local, title=title, label=f"Table {number}", section=section, table=number, page=page)
        for row in (row for row in profile_rows() if row.table == number):
            entry, controls = f"profile.{row.family}.{row.code}", printed_controls(row.controls)
            yield record(
                "profile-entry",
                entry,
                title=row.title,
                label=f"{row.family}:{row.code}",
                parent=local,
                section=section,
                table=number,
                page=row.page,
                related_controls=[control_curie(control) for control in controls],
                bold_controls=[control_curie(control) for control in controls if (entry, control) in bold],
                **selected(row),
            )


def glossary() -> Iterator[Json]:
    """The last page; its only entry is printed under a heading of its own."""
    start = next(place for place, line in enumerate(body()) if line.marked == "# Glossary")
    for term, definition in zip(body()[start + 1 :: 2], body()[start + 2 :: 2], strict=True):
        local = f"term.{'-'.join(term.text.lower().split())}"
        page, wording = definition.page, definition.text
        yield record("term", local, title=term.text, section="Appendix E", page=page, wording=wording)


def elements() -> list[Json]:
    return [
        *introduction(),
        *catalog_records(),
        *profile(),
        remark("appendix-b", "Appendix B", "The table below lists", "to support the control."),
        remark("appendix-c", "Appendix C", "To enable more efficient", "could support the outcomes."),
        *glossary(),
    ]


# --- crosswalks --------------------------------------------------------------------------------------------------


def sub_capabilities_to_controls() -> Iterator[dict[str, str]]:
    for local, (page, printed) in related_controls().items():
        section = section_of(local[:2])
        for control in printed:
            known = is_known(control)
            yield mapping(
                f"{KEY}:{local}",
                "supports",
                control_curie(control) if known else None,
                basis="official",
                object_label=None if known else control,
                rationale=None if known else "SP 800-53 revision 5 has no such enhancement.",
                locator=f"section {section}, p. {page}",
                printed=control,
            )


def remarks_on(edge: Edge) -> str | None:
    """What there is to say about an edge that does not simply repeat what is printed."""
    found = []
    prefix, _, name = edge.item.partition(": ")
    if edge.target is None:
        found.append("The catalog has no such item.")
    elif edge.target[:2] != prefix:
        found.append(f"Printed under {prefix}, but {name[:3]} belongs to {edge.target[:2]}.")
    elif name.endswith("(1)") and edge.target.endswith(name[:3]):
        found.append("Printed as (1), but the sub-capability lists no requirements: taken as a whole.")
    return " ".join(found) or None


def appendix(letter: str, where: range) -> Iterator[dict[str, str]]:
    """The rows of Appendix B or C; a row printed twice counts once."""
    for row in {row.label: row for row in rows(where)}.values():
        for edge in edges_of(row):
            yield mapping(
                subject(edge.label),
                "is_supported_by",
                f"{KEY}:{edge.target}" if edge.target else None,
                basis="official",
                object_label=None if edge.target else edge.item,
                rationale=remarks_on(edge),
                locator=f"Appendix {letter}, p. {edge.page}",
                printed=edge.printed,
            )
        if not row.references:
            also = "" if outcome(row.label) == row.label else f" Printed as {row.label}."
            yield mapping(
                subject(row.label),
                "is_supported_by",
                "sssom:NoTermFound",
                basis="official",
                rationale=f"Listed without a requirement.{also}",
                locator=f"Appendix {letter}, p. {row.page}",
            )


NOTATION = (
    "A reference that lists several items gives a row for each; among more than six letters, those in a row are "
    'written like "a-c". Controls or outcomes listed without a requirement have the object sssom:NoTermFound.'
)


def build() -> None:
    write_publication(KEY, elements(), fidelity="full", missing=MISSING)
    write_crosswalk(
        KEY,
        CONTROLS,
        sub_capabilities_to_controls(),
        title="SP 800-213A: related SP 800-53 controls of each sub-capability",
        description="The controls printed with each sub-capability. Section 1.4 says that a sub-capability may support "
        "them, in full, in part, or by enabling the system or organization, and that none is implied to be necessary.",
        provider=PROVIDER,
    )
    write_crosswalk(
        CONTROLS,
        KEY,
        appendix("B", APPENDIX_B_PAGES),
        title="SP 800-213A, Appendix B: SP 800-53 controls to requirements",
        description=f"Which requirements of the catalog may be needed in support of a control. {NOTATION}",
        provider=PROVIDER,
    )
    write_crosswalk(
        OUTCOMES,
        KEY,
        appendix("C", APPENDIX_C_PAGES),
        title="SP 800-213A, Appendix C: CSF 1.1 outcomes to requirements",
        description=f"Which requirements of the catalog could support an outcome. {NOTATION}",
        provider=PROVIDER,
    )
