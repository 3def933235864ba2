"""Build sp800-213.ipd: the process of section 3 of the draft with its questions, and the glossary.

Source: the text of NIST's file, with line numbers in the margin and running heads; where words are cut at a line end
the hyphen is lost. What stands in a list is numbered as printed. The lists have no printed names; those that SP 800-213
still has are named as there.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from authoring.publications.sp800_213 import TERMS as BEGINNINGS
from authoring.shared.files import write_publication
from authoring.shared.records import Json, element, term
from authoring.shared.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "sp800-213.ipd"
SOURCE = "pdf/NIST.SP.800-213-draft.txt"
SOURCES = Sources(SOURCE)

MARGIN = re.compile(r"^\d{1,3}$", re.MULTILINE)
HEADS = (
    "GUIDANCE FOR THE FEDERAL GOVERNMENT",
    "NIST SP 800-213 (DRAFT)",
    "ESTABLISHING IOT DEVICE CYBERSECURITY REQUIREMENTS",
)
FOOTNOTE = re.compile(r" 7 Manufacturers may choose .+? expected customer(?= )")
LOST_HYPHENS = {
    "nontechnical": "non-technical",
    "noncompliance": "non-compliance",
    "passwordbased": "password-based",
}
BEFORE_PAGE_1 = 8
"""The pages of the file before the one that is numbered 1."""

STEPS = (
    "Identifying Device Cybersecurity Requirements for IoT Devices",
    "Important IoT Device Cybersecurity Considerations",
    "Sources of Device Cybersecurity Requirements",
    "Use Context and Other Organization-Specific Information",
)
"""The titles of sections 3 to 3.3."""
REQUIREMENT = re.compile(r"Federal agencies shall identify all applicable.+?Section 3\.1\.")
"""The one sentence of section 3.2 that says what agencies shall do."""
DIFFERENCE = re.compile(
    r"(?P<title>Difference between the IoT Core .+?53B Control Baselines) .*?"
    r"(?P<wording>The IoT core baselines are distinct from .+?considered separately\.)"
)

QUESTION = re.compile(r"(?<!\S)(?P<label>\d|[ab])\. (?P<wording>[A-Z][^.?:]+\?)")
LEAD = re.compile(r"Consider: (?P<wording>Are there aspects[^.?]+\?)")
LISTS = {
    "use-case": ("for their use case(s). 1. What", "After understanding the contextual"),
    "interaction": ("organization and information system: 1. Might", "As discussed extensively in NISTIR 8228"),
    "challenges": ("agencies should consider: 1. Does", "By taking the time to carefully"),
}
"""The lists of questions in section 3.1, each with where it begins and what follows it."""
DATA_TYPES = re.compile(r"(?P<label>[123])\. (?P<title>[A-Z][\w /]+ data): (?P<wording>.+?)(?= [23]\. [A-Z])")
ORGANIZATION = "Organization-specific Considerations Impact Device Cybersecurity Requirements"
ORGANIZATION_QUESTIONS = re.compile(r"(?:Does the agency|Are there any environmental)[^?]+\?")

ENDS = {
    "Capabilities Catalog": "Federal profile",
    "Configuration": "settings exists",
    "Core Baseline": "ecosystems",
    "Customer": "service",
    "Device Cybersecurity Capability": "software\\)",
    "Device Cybersecurity Capability Core Baseline": "baseline",
    "Device Identifier": "address\\)",
    "Entity": "IoT device",
    "Federal Profile": "to IoT devices",
    "Interface": "and local",
    "Local Interface": "slot\\)",
    "Network Interface": "to a network",
    "Non-Technical Supporting Capability": "IoT device",
    "Non-Technical Supporting Capability Core Baseline": "ecosystems",
    "Profile": "target application",
    "Software": "libraries\\)",
    "Update": "in software",
}
"""The glossary in printed order, each term with the end of its definition, which begins as in SP 800-213."""


def plain(page: str) -> str:
    text = MARGIN.sub("", page)
    for head in HEADS:
        text = text.replace(head, "")
    text = FOOTNOTE.sub("", " ".join(text.split()))
    for lost, printed in LOST_HYPHENS.items():
        text = text.replace(lost, printed)
    return text


@cache
def pages() -> tuple[str, ...]:
    """The pages from the one numbered 1 on."""
    return tuple(map(plain, SOURCES.read(SOURCE).split("\f")[BEFORE_PAGE_1:]))


@cache
def text() -> str:
    return " ".join(pages())


def page_of(passage: str) -> int:
    """The page on which a passage of the text begins."""
    place, end = text().index(passage), 0
    for number, page in enumerate(pages(), 1):
        end += len(page) + 1
        if place < end:
            return number
    raise SystemExit(f"{SOURCE}: not found: {passage!r}")


def record(
    kind: str,
    local: str,
    parent: str | None,
    at: str,
    *,
    label: str | None = None,
    title: str | None = None,
    wording: str | None = None,
) -> Json:
    """An element; ``at`` is a passage on the page on which it begins."""
    return element(
        kind,
        f"{KEY}:{local}",
        parent=parent and f"{KEY}:{parent}",
        section=".".join(local.split(".")[:2]),
        page=page_of(at),
        label=label,
        title=title,
        wording=wording,
    )


def questions(name: str, begins: str, follows: str) -> Iterator[Json]:
    """A list of questions, with those below them."""
    local = f"3.1.{name}"
    passage = text().partition(begins)[2].partition(follows)[0]
    passage = f"{begins[begins.index('1. ') :]}{passage}"
    yield record("topic", local, "3.1", begins)
    if name == "challenges" and (lead := LEAD.search(text())):
        yield record("question", f"{local}.question", local, lead[0], wording=lead["wording"])
    item = ""
    for found in QUESTION.finditer(passage):
        label = found["label"]
        if label.isdigit():
            item = f"{local}.{label}"
            yield record("question", item, local, found[0], label=label, wording=found["wording"])
            if label == "2" and name == "use-case":
                yield from data_types(item, passage)
        else:
            yield record("question", f"{item}.{label}", item, found[0], label=label, wording=found["wording"])


def data_types(above: str, passage: str) -> Iterator[Json]:
    for found in DATA_TYPES.finditer(passage.partition(" 3. In what")[0] + " 3. In"):
        yield record("example", f"{above}.{found['label']}", above, found[0], **found.groupdict())


def elements() -> Iterator[Json]:
    for number, title in zip(("3", "3.1", "3.2", "3.3"), STEPS, strict=True):
        parent = "3" if "." in number else None
        required = REQUIREMENT.search(text()) if number == "3.2" else None
        yield record("step", number, parent, title, label=number, title=title, wording=required and required[0])
        if number == "3.1":
            for name, (begins, follows) in LISTS.items():
                yield from questions(name, begins, follows)
        if number == "3.2":
            found = DIFFERENCE.search(text())
            assert found
            title, wording = found["title"], found["wording"]
            yield record("remark", "3.2.difference", "3.2", title, title=title, wording=wording)
    _, _, box = text().partition(f"{ORGANIZATION} ")
    yield record("topic", "3.3.organization", "3.3", ORGANIZATION, title=ORGANIZATION)
    for place, found in enumerate(ORGANIZATION_QUESTIONS.finditer(box), 1):
        yield record("question", f"3.3.organization.{place}", "3.3.organization", found[0], wording=found[0])
    for title, end in ENDS.items():
        meaning = re.search(f"{re.escape(BEGINNINGS[title])}.+?{end}", text()[text().rindex(" Glossary ") :])
        assert meaning, title
        yield term(KEY, title, meaning[0], page=page_of(meaning[0]))


def build() -> None:
    write_publication(
        KEY,
        list(elements()),
        fidelity="full",
        missing="Sections 1 and 2, the explanations around the questions and in the two boxes of section 3.3, and the "
        "figures.",
    )
