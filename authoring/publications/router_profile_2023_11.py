"""Build router-profile-2023-11: the outcomes of the preliminary draft, and the requirements printed beside them.

Source: the text of NIST's file, with line numbers in the margin; where words are cut at a line end the hyphen is lost.
Sections 3.1 to 3.7 print an outcome at two levels: what heads a section, and what is numbered below it. Identifiers are
those of IR 8425, whose outcomes the draft adapts; the two parts of Interface Access Control head a section each.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element, slug
from authoring.shared.router_standards import write_crosswalks
from authoring.shared.running_text import cut
from authoring.shared.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "router-profile-2023-11"
SOURCE = "pdf/NIST_ConsumerGradeRouterProfile_20231130.txt"
SOURCES = Sources(SOURCE)

MARGIN = re.compile(r"^\f?\d{1,3}$", re.MULTILINE)
LOST_HYPHENS = {
    "consumergrade": "consumer-grade",
    "up-to- date": "up-to-date",
    "SBOM004": "SBOM-004",
    "SBOM011": "SBOM-011",
}
BEGINNING = "Consumer-Grade Router Cybersecurity Requirements This section "
TECHNICAL = {
    "3.1": "Asset Identification",
    "3.2": "Product Configuration",
    "3.3": "Data Protection",
    "3.4": "Interface Access Control 1",
    "3.5": "Interface Access Control 2",
    "3.6": "Software Update",
    "3.7": "Cybersecurity State Awareness",
}
"""The sections that are headed by an outcome."""
NON_TECHNICAL = (
    "Documentation",
    "Information and Query Reception",
    "Information Dissemination",
    "Education and Awareness",
)
"""The rows of Table 2."""
CELLS = re.compile(r"(CL HR-.+?) (-) (CL AR-.+?) (-) Conclusion ")
"""Their right cells, which the text prints below each other behind the left ones."""

OUTCOME = re.compile(
    r"(?P<number>3\.\d\.\d)\. (?P<title>[A-Z][A-Za-z ]+? ?\d[a-c]?) "
    r"(?P<new>\(New Addition[^)]+\) New addition[^.]+\. )?(?P<wording>[A-Z].+?)(?:(?<=place\.)4)? "
    r"(?:Related Standards Requirements5?: (?P<references>BBF .+?)|No requirements from .+?outcome\.) "
    rf"(?=3\.\d\.\d\. |(?:{'|'.join(TECHNICAL.values())}) |Non-Technical Outcomes )"
)
NOTHING_MAPPED = "BBF None CL None BSI None IMDA None"
FOOTNOTES = {
    "3": re.compile(r"NIST is working to identify standards and guidance.+?information\. "),
    "4": re.compile(r"IETF RFC6092 Recommended.+?cybersecurity\. "),
    "5": re.compile(r"IMDA 4\.1\.2 discusses.+?requirement\. "),
}
FOOTNOTES_OF = {"interface-access-control.1.b": "45"}
TERMS = ("Consumer-Grade Router Device", "Consumer-Grade Router Product", "Cybersecurity Outcome")


def plain(text: str) -> str:
    text = " ".join(MARGIN.sub("", text).split())
    for lost, printed in LOST_HYPHENS.items():
        text = text.replace(lost, printed)
    return text


@cache
def text() -> str:
    """Section 3 and what follows, footnotes included."""
    _, found, after = plain(SOURCES.read(SOURCE)).partition(BEGINNING)
    if not found:
        raise SystemExit(f"{SOURCE}: section 3 was not found")
    return after


def body() -> str:
    """The same without the footnotes that stand between its lines."""
    found = text()
    for footnote in FOOTNOTES.values():
        found = footnote.sub("", found, count=1)
    return found


def local_id(title: str) -> str:
    """``interface-access-control.1.a`` for "Interface Access Control 1a"."""
    name, number, letter = re.fullmatch(r"(\D+?) ?(\d)?([a-c])?", title).groups()  # type: ignore[union-attr]
    return ".".join(filter(None, (slug(name), number, letter)))


def technical() -> Iterator[Json]:
    outcomes = list(OUTCOME.finditer(body()))
    for section, title in TECHNICAL.items():
        head = re.search(rf"{title} (?P<wording>(?:The|Each|Some)\b[^:]+?) {re.escape(section)}\.1\. ", body())
        assert head, title
        above = f"{KEY}:{local_id(title)}"
        yield element(
            "capability",
            above,
            title=title,
            label=section,
            provider="product",
            section=section,
            wording=head["wording"],
        )
        for found in outcomes:
            if found["number"].startswith(f"{section}."):
                local = local_id(found["title"])
                yield element(
                    "criterion",
                    f"{KEY}:{local}",
                    title=re.sub(r"(?<=[a-z])(?=\d)", " ", found["title"]),
                    label=found["number"],
                    parent=above,
                    section=found["number"],
                    wording=found["wording"],
                    note="New relative to IR 8425." if found["new"] else None,
                )
                for number in FOOTNOTES_OF.get(local, ""):
                    footnote = FOOTNOTES[number].search(text())
                    assert footnote, number
                    yield element(
                        "remark",
                        f"{KEY}:{local}.footnote.{number}",
                        label=number,
                        parent=f"{KEY}:{local}",
                        section=found["number"],
                        wording=footnote[0],
                    )


def non_technical() -> Iterator[Json]:
    _, _, table = body().partition("Related Requirements ")
    wordings = cut(table, [f"{title} " for title in NON_TECHNICAL])[1:]
    wordings[-1] = wordings[-1].partition(f" {cells()[0]}")[0]
    for title, wording in zip(NON_TECHNICAL, wordings, strict=True):
        yield element(
            "capability",
            f"{KEY}:{slug(title)}",
            title=title,
            provider="developer",
            section="3.8",
            table="Table 2",
            wording=wording,
        )


def cells() -> tuple[str, ...]:
    found = CELLS.search(body().partition("Related Requirements ")[2])
    assert found
    return found.groups()


def terms() -> Iterator[Json]:
    _, _, glossary = body().partition("Glossary ")
    for title, following in zip(TERMS, [*TERMS[1:], ""], strict=True):
        wording = glossary.partition(f"{title} ")[2].partition(f" {following} " if following else "\0")[0]
        yield element("term", f"{KEY}:term.{slug(title)}", title=title, section="Appendix C", wording=wording.strip())


def outcomes_with_references() -> dict[str, tuple[str, str]]:
    """What is printed beside each outcome, with its place."""
    found = {
        f"{KEY}:{local_id(each['title'])}": (f"section {each['number']}", each["references"] or NOTHING_MAPPED)
        for each in OUTCOME.finditer(body())
    }
    return found | {
        f"{KEY}:{slug(title)}": ("Table 2", NOTHING_MAPPED if cell == "-" else cell)
        for title, cell in zip(NON_TECHNICAL, cells(), strict=True)
    }


def build() -> None:
    write_publication(
        KEY,
        [*technical(), *non_technical(), *terms()],
        fidelity="full",
        missing="Sections 1, 2 and 4, Appendix A on the scope of routers with its Table 3, and the references.",
    )
    write_crosswalks(
        KEY,
        "Preliminary draft of the router profile",
        outcomes_with_references(),
        details="The draft gives most numbers of BSI TR-03148 with a further number or table in brackets; what is "
        "printed is kept with each mapping, and the object is the section.",
    )
