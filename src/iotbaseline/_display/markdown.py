"""Reports in plain text and Markdown; like :mod:`iotbaseline.html` it knows none of the library's types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


def text(title: str, groups: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """A plain text report: a title, then the items of each group, each a statement and why one may believe it."""
    lines = [title]
    for name, items in groups:
        lines += ["", f"{name} ({len(items)})", *(f"  {statement}\n      {why}" for statement, why in items)]
    return "\n".join(lines)


def markdown(
    title: str, summary: str, headers: Sequence[str], groups: Iterable[tuple[str, Sequence[Sequence[str]]]]
) -> str:
    """The same as Markdown: a table for each group, of cells that are Markdown already."""
    lines = [f"# {title}", "", summary]
    for name, rows in groups:
        lines += ["", f"## {name} ({len(rows)})", "", _row(headers), "|" + "---|" * len(headers), *map(_row, rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def plain(text: str) -> str:
    """A text as a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")


def named(items: Iterable[_Named]) -> str:
    """What has an identifier and a name as a cell of a Markdown table, each on a line of its own."""
    return "<br>".join(f"`{item.id}` {plain(item.name)}" for item in items)
