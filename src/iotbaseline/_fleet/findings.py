"""The findings of assessments as one narrow table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve

from iotbaseline._assessments.assessment import Assessment, Finding
from iotbaseline._assessments.document import FindingStatus
from iotbaseline._display.extras import require
from iotbaseline._fleet.rows import Row
from iotbaseline._fleet.tables import arrow
from iotbaseline._model import arguments
from iotbaseline.errors import QueryError

if TYPE_CHECKING:
    import pyarrow

_Key: TypeAlias = tuple[str, str | None, str]


def findings(assessments: Iterable[Assessment]) -> pyarrow.Table:
    """The findings of assessments as one table, whose columns are those of ``TABLES["findings"]``.

    Several assessments of one product are its history: of two findings about the same element and component, the one
    with the later date replaces the other. What is met as a profile widens it is partly met here: it is not known to be
    met as published. Needs the extra ``arrow``.

    Raises :class:`~iotbaseline.errors.QueryError` if two of them have the same date,
    :class:`~iotbaseline.errors.ArgumentTypeError`, and :class:`~iotbaseline.errors.MissingExtraError`.
    """
    require("pyarrow")
    return arrow("findings", finding_rows(arguments.all_of(assessments, Assessment, "assessments")))


def finding_rows(assessments: Iterable[Assessment]) -> Iterator[Row]:
    """The rows of the findings; raises what :func:`findings` raises."""
    known: defaultdict[_Key, list[Finding]] = defaultdict(list)
    for assessment in assessments:
        for finding in assessment:
            is_less = finding.status is FindingStatus.MET and finding.id in assessment.widened
            as_published = evolve(finding, status=FindingStatus.PARTLY_MET) if is_less else finding
            known[assessment.product.key, finding.component_key, finding.id].append(as_published)
    for key, history in known.items():
        ordered = _ordered(key, history)
        for finding, newer in zip(ordered, (*ordered[1:], None), strict=True):
            dates = (_date(finding.date), _date(finding.expires), _date(newer.date) if newer else None)
            yield *key, finding.status.value, *dates, "; ".join(map(str, finding.evidence)) or None


def _ordered(key: _Key, history: list[Finding]) -> list[Finding]:
    """The findings about one element and component by date, without what was not looked into when another was."""
    by_date: dict[str, Finding] = {}
    for finding in history:
        day = finding.date or ""
        other = by_date.get(day)
        if other is None or other.status is FindingStatus.NOT_ASSESSED:
            by_date[day] = finding
        elif finding.status is not FindingStatus.NOT_ASSESSED:
            product, component, element = key
            where = f"{element} of {product}" + (f" [{component}]" if component else "")
            when = f"on {day}" if day else "without a date"
            raise QueryError(f"{where} has two findings {when}", "give each its own date, or leave one of them out")
    return [by_date[day] for day in sorted(by_date)]


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
