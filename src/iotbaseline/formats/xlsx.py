"""Publications as spreadsheets, with the header that StrictDoc and people expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iotbaseline._display import excel
from iotbaseline._display.extras import require
from iotbaseline._model.element import Element
from iotbaseline._model.publication import Publication
from iotbaseline.formats.facts import facts_of

if TYPE_CHECKING:
    from iotbaseline._display.records import Record
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

HEADER = ("UID", "Title", "Statement", "Parent", "Comment")
"""The columns that StrictDoc knows, of which title and statement may not be empty; others become fields there."""
ABSENT = "parent that is not held"
"""StrictDoc takes no parent that has no row, so such a parent has a column of its own."""

_ELSEWHERE = ("element", "note")
"""Facts that stand in the header."""
_RESERVED = {"status": "provision status"}
"""Facts whose names StrictDoc gives a meaning of its own, and the columns for them."""
_REMARKS = "summaries in the words of the iotbaseline project, neither published nor endorsed by NIST"


def write(things: Things, losses: Losses) -> bytes:
    """Make a workbook with a row for each element; texts are cut where a cell is full.

    Raises :class:`~iotbaseline.errors.MissingExtraError` if XlsxWriter is not installed.
    """
    require("xlsxwriter")
    [publication] = things.publications
    records = [_record(element, publication) for element in publication]
    names = tuple(dict.fromkeys((*HEADER, *(name for record in records for name in record))))
    rows: list[Record] = [{name: record.get(name) for name in names} for record in records]
    for record in records:
        for name, text in record.items():
            if len(text) > excel.LONGEST:
                losses.weakened("texts longer than a cell", f"{record['UID']} {name}")
    info = publication.info
    about = {
        "what": info.title or info.key,
        "status": info.notice or info.status,
        "not held": publication.missing,
        "statements": _REMARKS,
    }
    facts = [(name, value) for name, value in about.items() if value]
    return excel.workbook_of(names, rows, facts)


def _record(element: Element, publication: Publication) -> dict[str, str]:
    held = element.parent is None or publication.has(element.parent)
    title = element.title or element.local
    told: dict[str, str | None] = {
        "UID": element.id,
        "Title": title,
        "Statement": element.summary or title,
        "Parent": element.parent if held else None,
        "Comment": element.note,
        "label": element.label,
        ABSENT: None if held else element.parent,
        "untitled": "true" if element.title is None else None,
    }
    if element.wording is not None:
        told |= {"official wording": element.wording.text, "official wording from": element.wording.origin}
    values: dict[str, list[str]] = {}
    for name, value in facts_of(element):
        if name not in _ELSEWHERE:
            values.setdefault(_RESERVED.get(name, name), []).append(" ".join(value.split()))
    told |= {name: ", ".join(found) for name, found in values.items()}
    return {name: value for name, value in told.items() if value}
