"""Write assessments to TOML, with what each element asks for as comments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress

from attrs import asdict

from iotbaseline._assessments.assessment import Assessment, Finding
from iotbaseline._assessments.document import FindingStatus
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline._model.suggestions import EvidenceKind
from iotbaseline.errors import UnknownIdentifierError

HELP = (
    f"For each element write a status: {', '.join(FindingStatus)}.",
    "What is not met, partly met or not applicable needs a rationale.",
    "A finding may be about one component of the product: name it by its key.",
    "Dates are written as YYYY-MM-DD; a finding that expires counts as not assessed after that day.",
    f"Evidence has a reference and a kind: {', '.join(EvidenceKind)}; and, if you like, a date, the address and the "
    "SHA-256 of a file.",
)
"""How to fill in an assessment, line by line."""


_SUGGESTED = "Indented comments are what an assessor would look at; other evidence may do."


@arguments.checked
def to_toml(assessment: Assessment, *, library: Library = DEFAULT) -> str:
    """The assessment as TOML; :func:`read_assessment` reads it.

    Comments give the name and summary of each element and, where the library has suggestions, what an assessor would
    look at (:func:`evidence_for`).
    """
    product = assessment.product
    head = {"against": assessment.against, "level": assessment.level, "data_version": assessment.data_version}
    own = {name: value for name, value in asdict(product).items() if name != "components"}
    suggested = {finding.id: suggestions(finding.element, library) for finding in assessment.findings}
    lines = [f"# {line}" for line in (*HELP, *([_SUGGESTED] if any(suggested.values()) else ()))]
    lines += ["", *_pairs(head), "", "[product]", *_pairs(own)]
    for component in product.components:
        lines += ["", "[[product.components]]", *_pairs(asdict(component))]
    for finding in assessment.findings:
        lines += ["", *_comment(finding.element), *(f"#   {line}" for line in suggested[finding.id])]
        lines += ["[[findings]]", *_pairs(written(finding))]
        for evidence in finding.evidence:
            lines += ["[[findings.evidence]]", *_pairs(asdict(evidence))]
    return "\n".join(lines) + "\n"


def suggestions(element: Element, library: Library) -> tuple[str, ...]:
    """What an assessor would look at; nothing if the library lacks the publication of the element."""
    with suppress(UnknownIdentifierError):
        return tuple(map(str, library.evidence_for(element)))
    return ()


def written(finding: Finding) -> dict[str, str | None]:
    """A finding as it stands in a file, without its evidence."""
    return {
        "element": finding.id,
        "component": finding.component_key,
        "status": finding.status.value,
        "rationale": finding.rationale,
        "assessor": finding.assessor,
        "date": finding.date,
        "expires": finding.expires,
    }


def _pairs(values: dict[str, str | None]) -> Iterator[str]:
    """The values that are there as lines of TOML, whose basic strings are those of JSON, but for DEL."""
    told = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items() if value is not None}
    return (f"{name} = {value}".replace("\x7f", "\\u007f") for name, value in told.items())


def _comment(element: Element) -> Iterator[str]:
    for text in filter(None, (element.title, element.summary)):
        yield f"# {''.join(each if each.isprintable() else ' ' for each in ' '.join(text.split()))}"
