"""Assessments and statements as pages that stand alone and can be printed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from iotbaseline._assessments.assessment import Assessment, Finding, Statement
from iotbaseline._assessments.document import Product
from iotbaseline._display import html
from iotbaseline._display.records import Cell, Named
from iotbaseline.errors import MissingExtraError, counted

_STYLE = (
    "body{max-width:80em}h2{margin:1.6em 0 .4em;font-size:1.15em}svg{max-width:100%;height:auto}table{margin:.6em 0}"
    ".dated td:nth-last-child(-n+2){white-space:nowrap}td:has(code){min-width:16em}code{overflow-wrap:anywhere}"
    "@media print{@page{size:landscape;margin:12mm}body{margin:0;font-size:9pt}svg{width:16cm}"
    "tr,svg{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}}"
)
_WHOSE = (
    "The findings are those of the assessors named. What the elements ask for is summarised in the words of the "
    "iotbaseline project; it is neither published nor endorsed by the publishers of the baselines."
)


def page(assessment: Assessment) -> str:
    """The report: the product, the counts with a picture, what is not met and why, every finding."""
    statement = assessment.statement
    counts = "".join(html.badge(f"{status} {count}") for status, count in assessment.counts().items() if count)
    parts = [
        html.facts(_facts(assessment.product, str(assessment.against), assessment.level, assessment.data_version)),
        *map(html.note, filter(None, (assessment.notice,))),
        html.section("Summary", counts + _picture(assessment)),
        html.section("What is not met, and why", _explained(statement)),
        *(html.section(name, _table(findings)) for name, findings in assessment.groups.items()),
        html.note(_WHOSE),
    ]
    return html.page(f"Assessment of {assessment.product.name}", "".join(parts), _STYLE)


def statement_page(statement: Statement) -> str:
    """The statement of what is not met, and why."""
    facts = html.facts(_facts(statement.product, statement.against, None, None))
    title = f"What {statement.product.name} does not meet, and why"
    return html.page(title, facts + _explained(statement) + html.note(_WHOSE), _STYLE)


def _facts(
    product: Product, against: str, level: str | None, data_version: str | None
) -> Iterable[tuple[str, str | None]]:
    yield "product", " ".join(filter(None, (product.name, product.version)))
    yield "maker", product.maker
    for component in product.components:
        yield component.role, " ".join(filter(None, (component.name, component.version, f"[{component.key}]")))
    yield "against", against
    yield "level", level
    yield "data", data_version


def _picture(assessment: Assessment) -> str:
    """The picture, if it can be drawn."""
    with suppress(MissingExtraError):
        return assessment.plot().to_svg()
    return ""


def _explained(statement: Statement) -> str:
    incomplete = f"Not complete: {counted(statement.open, 'element')} not assessed." if statement.open else ""
    if not statement.findings:
        return html.note(incomplete or "Everything is met.")
    rows: list[list[Cell]] = [
        [_named(finding), finding.component_key, finding.status.value, finding.rationale] for finding in statement
    ]
    return html.table(("element", "component", "status", "why"), rows) + html.note(incomplete)


def _table(findings: Iterable[Finding]) -> str:
    rows: list[list[Cell]] = [
        [
            _named(finding),
            finding.component_key,
            finding.status.value,
            finding.rationale,
            "; ".join(" ".join(filter(None, (str(each), each.address))) for each in finding.evidence),
            finding.assessor,
            finding.date,
            finding.expires,
        ]
        for finding in findings
    ]
    names = ("element", "component", "status", "rationale", "evidence", "assessor", "date", "expires")
    used = [place for place in range(len(names)) if any(row[place] for row in rows)]
    table = html.table([names[place] for place in used], ([row[place] for place in used] for row in rows))
    return f'<div class="dated">{table}</div>' if used[-1] == len(names) - 1 else table


def _named(finding: Finding) -> Cell:
    return Named(((finding.element.id, finding.element.name),))
