"""Reports in plain text and Markdown; like :mod:`iotbaseline._display.html` it knows none of the library's types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iotbaseline._display.records import Cell, Named


def text(title: str, groups: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """A plain text report: a title, then the items of each group, each a statement and, if given, the reason for it."""
    return "\n".join([title, *(line for name, items in groups for line in text_section(name, items))])


def text_section(name: str, items: Sequence[tuple[str, str]]) -> list[str]:
    """The lines of one group of a plain text report."""
    lines = ["", f"{name} ({len(items)})"]
    for statement, reason in items:
        lines += [f"  {statement}", *([f"      {reason}"] if reason else [])]
    return lines


def markdown(
    title: str, summary: str, headers: Sequence[str], groups: Iterable[tuple[str, Sequence[Sequence[Cell]]]]
) -> str:
    """The same as Markdown: a table for each group."""
    sections = (line for name, rows in groups for line in section(name, headers, rows))
    return "\n".join([f"# {_inert(title)}", "", _inert(summary), *sections]) + "\n"


def section(name: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The lines of one group of a Markdown report."""
    table = [_row(headers), "|" + "---|" * len(headers), *(_row([_cell(cell) for cell in row]) for row in rows)]
    return ["", f"## {name} ({len(rows)})", "", *table]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    if isinstance(cell, Named):
        pairs = ((f"`{identifier}`", _plain(name or "")) for identifier, name in cell.pairs)
        return "<br>".join(" ".join(filter(None, pair)) for pair in pairs)
    return "" if cell is None else _plain(str(cell))


def _plain(text: str) -> str:
    """A text as it is in one line of a table."""
    return " ".join(_inert(text).replace("|", "\\|").splitlines())


def _inert(text: str) -> str:
    """A text without HTML, links and pictures of its own."""
    return text.replace("<", "&lt;").replace("](", "]\\(")
