"""IR 8425: the consumer profile (section 2.2), component kinds, footnotes, both tables and the glossary.

Reads "nist/ir8425.md"; writes data/publications/ir8425.json and, from Table 1,
data/crosswalks/ir8425--ir8425.sssom.tsv. The scenarios of Table 1 come from "nist/ir8425-second-copy.md", because the
first copy mixes up their lines.

A line ``{n}----`` of the first copy starts PDF page n, counted from 0; the printed page is n - 6. Footnotes stand at
the foot of a page, so ``pages`` parts each page into body and footnotes before anything else is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from authoring.shared.files import write_crosswalk, write_publication
from authoring.shared.records import Json, element, mapping, slug
from authoring.shared.sources import Sources, clean

KEY = "ir8425"
SOURCE = "nist/ir8425.md"
SECOND_COPY = "nist/ir8425-second-copy.md"
SOURCES = Sources(SOURCE, SECOND_COPY)
MISSING = (
    "Left out: Figure 1 (it repeats the names of the capabilities), the considerations after Table 2, "
    "and footnotes 1 and 21, which bear on no element."
)

SIDES = {"2.2.1": "product", "2.2.2": "developer"}
"""Who has to provide the capabilities of a section."""

COMPONENTS = {
    "iot-device": ("IoT device", "NIST describes", "one network interface"),
    "specialty-networking-gateway-hardware": ("Specialty networking/gateway hardware", "Specialty", "is used)"),
    "companion-application-software": ("Companion application software", "Companion", "the IoT device)"),
    "backend": ("Backends", "Backends", "the IoT device)"),
}
"""The kinds of components: printed name, and how the sentence on each begins and ends."""

CONFORMITY = "Note on Conformity Assessment Considerations of IoT Components"

FOOTNOTE_MARK = re.compile(r"\[(\d+)\]\(#page")
CITATION = re.compile(r" ?\[\\\[.*?\\\]\]\([^)]*\)")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
ITEM = re.compile(r"(?:- )?(?P<label>\d|[a-g]|[iv]+)\. (?P<text>.*)")
UTILITY = "*Cybersecurity utility:* "
NOTE = "*Note:* "
BOLD_LEAD_IN = re.compile(r"\*\*[^*]+\*\*:?$")
ITALIC_LEAD_IN = re.compile(r"(?<!\*)\*[^*]+\*:?$")
SCENARIO = re.compile(r"```\n([^`–]+?) – ([^`]+)\n```")


class Page(NamedTuple):
    """A printed page: its text without the footnotes, and the footnotes."""

    number: int
    body: str
    notes: str


class Statement(NamedTuple):
    """A definition, sub-criterion or utility of section 2.2, with its emphasis and footnote marks."""

    kind: str
    local: str
    label: str | None
    parent: str | None
    page: int
    section: str
    text: str


LOST_HYPHENS = {
    "subcriteria": "sub-criteria",
    "onboarding": "on-boarding",
    "reprovisioned": "re-provisioned",
}


def plain(text: str) -> str:
    """The text on one line, without footnote marks, citations and links.

    Hyphens that the first copy drops at a line end, where the second keeps them, are put back.
    """
    text = LINK.sub(r"\1", CITATION.sub("", clean(text))).replace("<br>", " ")
    for dropped, printed in LOST_HYPHENS.items():
        text = text.replace(dropped, printed)
    return " ".join(text.split())


@cache
def pages() -> tuple[Page, ...]:
    """The pages from the Introduction (page 1) on."""
    found = []
    for number, text in SOURCES.pages(SOURCE, 6).items():
        body, mark, notes = re.sub(r"^\d+$", "", text, flags=re.MULTILINE).partition("<sup>")
        found.append(Page(number, body, mark + notes))
    return tuple(page for page in found if page.number > 0)


def lines() -> Iterator[tuple[int, str]]:
    """The lines of the body that hold text, each with its page."""
    for page in pages():
        for line in page.body.splitlines():
            if plain(line):
                yield page.number, line.strip()


@cache
def footnotes() -> dict[int, tuple[int, str]]:
    """Page and wording of every footnote. Some marks of a page have lost their own line, so numbers are counted."""
    found: dict[int, tuple[int, str]] = {}
    for page in pages():
        rest = plain(re.sub(r"<sup>(\d+)</sup>", r"\1", page.notes))
        while rest:
            number = len(found) + 1
            after = re.search(rf"[ >]{number + 1} (?=[A-Z\"])", rest)
            end = after.start() if after else len(rest)
            found[number] = page.number, rest[:end].removeprefix(f"{number} ")
            rest = rest[end + 1 :]
    return found


def passage(start: str, end: str) -> tuple[int, str]:
    """Page and wording of the first passage of the body that begins with ``start``, up to and with ``end``."""
    text, first = "", 0
    for page, line in lines():
        words = plain(line)
        if not text:
            if start not in words:
                continue
            first, words = page, words[words.index(start) :]
        text = f"{text} {words}".strip()
        if end in text:
            return first, text[: text.index(end) + len(end)]
    raise SystemExit(f"{SOURCE}: found no passage from {start!r} to {end!r}")


def record(kind: str, local: str, *, page: int, section: str, parent: str | None = None, **fields: Any) -> Json:
    """One element; ``parent`` is a local identifier."""
    parent = f"{KEY}:{parent}" if parent else None
    return element(kind, f"{KEY}:{local}", page=page, section=section, parent=parent, **fields)


def remark(local: str, section: str, start: str, end: str, title: str | None = None) -> Json:
    page, wording = passage(start, end)
    return record("remark", local, page=page, section=section, title=title, wording=wording)


def footnote(number: int, section: str, parent: str | None = None) -> Json:
    page, wording = footnotes()[number]
    label = str(number)
    return record("remark", f"fn.{number}", page=page, section=section, parent=parent, label=label, wording=wording)


def scope() -> Iterator[Json]:
    """Section 2.1: what an IoT product consists of."""
    for name, (title, start, end) in COMPONENTS.items():
        page, wording = passage(start, end)
        yield record("component-type", f"component.{name}", title=title, page=page, section="2.1", wording=wording)
    yield footnote(3, "2.1", "component.specialty-networking-gateway-hardware")
    yield remark("in-the-box", "2.1", "Some IoT product components", "operation of the IoT product.")
    yield footnote(4, "2.1", "in-the-box")
    yield footnote(5, "2.1", "in-the-box")
    yield remark("whole-product", "2.1", "Since these additional components", "must be securable.")
    yield remark(
        "conformity-assessment", "2.1", "This document discusses", "application software/hardware.", CONFORMITY
    )


def reading() -> Iterator[Json]:
    """Section 2.2 up to the capabilities: whom the criteria address, and how they are to be read."""
    yield footnote(6, "2.2")
    yield remark("applicability", "2.2", "Product criteria", "from the IoT product itself.")
    yield remark("derivation", "2.2", "The following figure", "in the sections below.")
    yield footnote(7, "2.2", "derivation")
    yield remark("reading-rule", "2.2", "Each capability's name", "utility of the capability.")
    yield footnote(8, "2.2", "reading-rule")


def profile() -> Iterator[tuple[str, list[Statement]]]:  # noqa: C901
    """Sections 2.2.1 and 2.2.2: the printed name of each capability with its statements, the definition first."""
    section = title = number = letter = ""
    found: list[Statement] = []
    for page, line in lines():
        if line.startswith("### "):
            if found:
                yield title, found
            title, found = clean(line).strip("#* "), []
            if title.startswith("Consumer Sector Considerations"):
                return
            section = next((name for name in SIDES if title.startswith(name)), section)
            continue
        if not section:
            continue
        base = slug(title)
        item = ITEM.match(line)
        if not found:
            found.append(Statement("capability", base, None, None, page, section, line))
        elif line.startswith(UTILITY):
            found.append(Statement("utility", f"{base}.utility", None, base, page, section, line.removeprefix(UTILITY)))
        elif item:
            label = item["label"]
            if label.isdigit():
                parent, number = base, f"{base}.{label}"
                local = number
            elif label in "abcdefg":
                parent, letter = number, f"{number}.{label}"
                local = letter
            else:
                parent, local = letter, f"{letter}.{label}"
            found.append(Statement("criterion", local, label, parent, page, section, item["text"]))
        else:
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {line.lstrip('#- ')}")


def forces(statements: Sequence[Statement]) -> dict[str, str | None]:
    """What section 2.2's reading rule says of each statement, by local identifier.

    Items that follow bold text are normative; items that follow italic text are informative, with anything nested
    under them. The rule is silent on the numbered sub-criteria, which follow neither.
    """
    leads: dict[str | None, str | None] = {}
    found: dict[str, str | None] = {}
    for statement in statements:
        normativity = leads.get(statement.parent)
        found[statement.local] = normativity
        if normativity == "informative" or ITALIC_LEAD_IN.search(statement.text):
            leads[statement.local] = "informative"
        elif BOLD_LEAD_IN.search(statement.text):
            leads[statement.local] = "normative"
    return found


def capability(title: str, statements: Sequence[Statement]) -> Iterator[Json]:
    """The elements of one capability, followed by the footnotes on them."""
    normativity = forces(statements)
    for statement in statements:
        kind, local, label, parent, page, section, text = statement
        fields: dict[str, Any] = {"label": label, "parent": parent, "wording": plain(text)}
        if kind == "capability":
            fields |= {"title": title, "provider": SIDES[section]}
        if kind == "criterion":
            fields["normativity"] = normativity[local]
        yield record(kind, local, page=page, section=section, **fields)
    for statement in statements:
        for number in FOOTNOTE_MARK.findall(statement.text):
            yield footnote(int(number), statement.section, statement.local)


def table(number: int) -> Iterator[tuple[int, list[str]]]:
    """Page and cells of the rows of a table, which may run over several pages; <br> stands for a line break."""
    current = 0
    for page, line in lines():
        caption = re.search(r"\*\*Table (\d)\.\*\*", line)
        if caption:
            current = int(caption[1])
        elif current == number and line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not cells[0].startswith(("--", "Vulnerability", "Highlighted Insight")):
                yield page, cells


def scenarios() -> Iterator[tuple[str, str]]:
    """Printed name and description of the scenarios of Table 1."""
    text = SOURCES.read(SECOND_COPY)
    start, end = text.index("Vulnerability Relevant Consumer"), text.index("Highlighted Insight Key Takeaway")
    return ((title, wording) for title, wording in SCENARIO.findall(text[start:end]))


def table_1() -> Iterator[tuple[Json, list[str]]]:
    """The scenarios and their vulnerabilities, each vulnerability with the capabilities named beside it."""
    scenario = scenarios()
    base, count = "", 0
    for page, (name, names, *_) in table(1):
        fields: dict[str, Any] = {"page": page, "section": "3", "table": "1"}
        if names:
            count += 1
            title = plain(name)
            local = f"{base}.{count}"
            yield record("example", local, parent=base, title=title, wording=title, **fields), names.split("<br>")
        else:
            title, wording = next(scenario)
            base, count = f"table-1.{slug(title)}", 0
            yield record("example", base, title=title, wording=wording, **fields), []


def table_2() -> Iterator[Json]:
    for place, (page, (insight, takeaway, *_)) in enumerate(table(2), 1):
        wording = plain(f"{insight} {takeaway}")
        yield record("insight", f"table-2.{place}", page=page, section="3", table="2", wording=wording)


def glossary() -> Iterator[Json]:
    """Appendix A, the last page; the note on a term becomes a remark, and footnote 2 follows the term it is about."""
    section, title = "Appendix A", ""
    for page, line in lines():
        local = f"term.{slug(title)}"
        if page != pages()[-1].number:
            continue
        if line.startswith("#### "):
            title = line.strip("#* ")
        elif line.startswith(NOTE):
            fields: dict[str, Any] = {"label": "Note", "wording": plain(line.removeprefix(NOTE))}
            yield record("remark", f"{local}.note", page=page, section=section, parent=local, **fields)
        elif title:
            yield record("term", local, title=title, page=page, section=section, wording=plain(line))
            if title == "core baseline":
                yield footnote(2, "1", local)


def table_1_mappings(capabilities: dict[str, str]) -> Iterator[dict[str, str]]:
    """The pairs that Table 1 prints; ``capabilities`` gives the identifier of each printed name in lower case."""
    for vulnerability, names in table_1():
        for name in names:
            full = "product education and awareness" if name == "Education and Awareness" else name.lower()
            obj = capabilities[full]
            yield mapping(vulnerability["id"], "related", obj, basis="official", locator="Table 1", printed=name)


def build() -> None:
    capabilities = [part for title, statements in profile() for part in capability(title, statements)]
    elements = [
        *scope(),
        *reading(),
        *capabilities,
        *(vulnerability for vulnerability, _ in table_1()),
        footnote(18, "3"),
        footnote(19, "3"),
        *table_2(),
        footnote(20, "3"),
        *glossary(),
    ]
    write_publication(KEY, elements, fidelity="full", missing=MISSING)
    write_crosswalk(
        KEY,
        KEY,
        table_1_mappings({part["title"].lower(): part["id"] for part in capabilities if part["kind"] == "capability"}),
        title="IR 8425, Table 1: consumer IoT vulnerabilities and relevant capabilities",
        description="Which capabilities of the consumer profile Table 1 names beside each vulnerability. NIST calls "
        "them relevant and the list not exhaustive, and states no kind of relation.",
        provider="https://doi.org/10.6028/NIST.IR.8425",
    )
