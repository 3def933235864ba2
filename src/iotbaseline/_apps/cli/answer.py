"""What a command found, in every form that it can be printed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

import iotbaseline as ib
from iotbaseline._display import html
from iotbaseline._display.records import Record, csv_text
from iotbaseline._display.results import Result, notice_of

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS = "https://w3id.org/iotbaseline/schema/cli"
"""What the identifiers of the schemas of JSON documents begin with."""


@frozen(eq=False)
class Saved:
    """What ``--output`` saves instead of the answer, to files with one of the ``suffixes``."""

    suffixes: tuple[str, ...]
    write: Callable[[Path], object]
    is_only: bool = False
    """Whether nothing else can be saved."""


@frozen(kw_only=True, eq=False)
class Answer:
    """What a command found.

    ``document`` is the result in JSON. A report is printed from ``text``; what has none is printed as a table of the
    ``columns`` of ``rows``. ``heading`` and ``remarks`` stand before and after it on a terminal, and go to standard
    error elsewhere; ``nothing`` goes there if there are no rows.
    """

    document: Mapping[str, object]
    found: Result[Any, Any] | None = None
    text: str | None = None
    rows: Sequence[Record] = ()
    columns: Sequence[str] = ()
    heading: str = ""
    remarks: tuple[str, ...] = ()
    nothing: str = ""
    status: int = 0
    saved: Saved | None = None
    """What ``--output`` saves instead of the answer, which is then printed."""
    page: Callable[[], str] | None = None
    """What makes a page of its own, in place of the table of all rows."""
    on_terminal: Callable[[], object] | None = None
    """What rich prints on a terminal in place of the table."""

    @property
    def notice(self) -> str:
        """What every form has to say of the result as a whole; tables for programs say it on standard error."""
        return "" if self.found is None else notice_of(self.found) or ""

    @property
    def result(self) -> Result[Any, Any]:
        """The result that the answer is made of; only commands that have one can print all forms."""
        assert self.found is not None  # noqa: S101
        return self.found


def of(found: Result[Any, Any], columns: Sequence[str], **more: Any) -> Answer:
    """The answer that a result gives as a table of some of its columns; ``more`` are further fields."""
    fields: dict[str, Any] = {"document": parsed(found), "rows": found.to_records(), "columns": columns}
    return Answer(found=found, **fields | more)


def report(found: Result[Any, Any], **more: Any) -> Answer:
    """The answer that a result gives as a report in text."""
    return of(found, [column.name for column in found.columns()], text=found.to_text(), **more)


def of_profile(found: ib.ResolvedProfile) -> Answer:
    """The elements of a resolved profile, with its open questions."""
    rows: list[Record] = [
        {name: value or None for name, value in {**row, "name": item.element.name}.items()}
        for item in found
        for row in item.to_records()
    ]
    questions = tuple(f"Open: {question.question} ({question.why})" for question in found.profile.questions)
    return of(found, ("id", "name", "levels", "modifications"), rows=rows, heading=str(found), remarks=questions)


def parsed(found: Result[Any, Any]) -> dict[str, object]:
    """A result as plain values of JSON."""
    document: dict[str, object] = json.loads(found.to_json())
    return document


def enveloped(answer: Answer, command: str, query: Mapping[str, object]) -> str:
    """The JSON document of an answer: its schema, the versions of code and data, the query, the result."""
    document = {
        "schema": f"{SCHEMAS}/{command.replace(' ', '-')}.schema.json",
        "code_version": ib.__version__,
        "data_version": ib.data_version,
        "query": {"command": command, **query},
        "result": answer.document,
    }
    return json.dumps(document, indent=1, ensure_ascii=False, default=str)


def csv_of(answer: Answer) -> str:
    return _separated(answer, ",")


def tsv_of(answer: Answer) -> str:
    return _separated(answer, "\t")


def _separated(answer: Answer, delimiter: str) -> str:
    names = [column.name for column in answer.result.columns()]
    return csv_text(names, answer.result.to_records(), delimiter).rstrip("\n")


def markdown_of(answer: Answer) -> str:
    return answer.result.to_markdown()


def html_of(answer: Answer) -> str:
    """A page that stands alone, with every row."""
    if answer.page is not None:
        return answer.page()
    records, names = answer.result.to_records(), [column.name for column in answer.result.columns()]
    used = [name for name in names if any(record[name] is not None for record in records)]
    table = html.table(used, ([record[name] for name in used] for record in records))
    notice = html.note(answer.notice) if answer.notice else ""
    return html.page(answer.heading or str(answer.result), notice + table)


FORMS: dict[str, Callable[[Answer], str]] = {"csv": csv_of, "tsv": tsv_of, "markdown": markdown_of, "html": html_of}
"""How an answer with a result is written in each format that is neither for a screen nor JSON nor a workbook."""


def lines(rows: Iterable[Record], columns: Sequence[str]) -> str:
    """One record a line, cells separated by tabs, in full width."""
    return "\n".join("\t".join(" ".join(_shown(row[name]).split()) for name in columns) for row in rows)


def used(rows: Sequence[Record], columns: Sequence[str]) -> list[str]:
    """The columns that have a value in any row."""
    return [name for name in columns if any(row[name] is not None for row in rows)]


def _shown(value: object) -> str:
    return "" if value is None else str(value)
