"""A tiny builder of tables, trees and badges for notebooks; it knows none of the library's types.

Colours are taken from the surrounding page (``currentColor``), so that light and dark themes both read well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_LINE = "1px solid color-mix(in srgb, currentColor 25%, transparent)"
_TABLE = "border-collapse:collapse;color:inherit;background:transparent"
_CELL = f"padding:.25em .6em;text-align:left;vertical-align:top;border-bottom:{_LINE}"


def badge(text: str) -> str:
    """A small outlined label."""
    style = (
        "border:1px solid currentColor;border-radius:.7em;padding:0 .5em;margin-right:.4em;font-size:85%;opacity:.75"
    )
    return f'<span style="{style}">{escape(text)}</span>'


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; ``None`` shows as an empty cell."""
    head = "".join(f'<th style="{_CELL}">{escape(header)}</th>' for header in headers)
    body = "".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in rows)
    return f'<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _cell(value: object) -> str:
    return f'<td style="{_CELL}">{"" if value is None else escape(str(value))}</td>'


def tree(lines: Iterable[tuple[int, str, str]]) -> str:
    """An indented outline; each line is its depth, a name and a text."""
    items = (
        f'<div style="margin-left:{depth * 1.4}em"><code>{escape(name)}</code> {escape(text)}</div>'
        for depth, name, text in lines
    )
    return f"<div>{''.join(items)}</div>"


def card(
    identifier: str, title: str, badges: Iterable[str], rows: Iterable[tuple[str, str | None]], more: str = ""
) -> str:
    """A heading with badges, a definition table of the rows that have a value, then ``more`` HTML."""
    facts = "".join(f'<tr><th style="{_CELL}">{escape(name)}</th>{_cell(value)}</tr>' for name, value in rows if value)
    return (
        f'<div style="color:inherit"><div><strong>{escape(title)}</strong> <code>{escape(identifier)}</code></div>'
        f"<div>{''.join(badge(text) for text in badges)}</div>"
        f'<table style="{_TABLE}">{facts}</table>{more}</div>'
    )
