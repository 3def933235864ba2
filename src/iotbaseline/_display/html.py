"""A tiny builder of tables, trees and badges for notebooks; it knows none of the library's types.

Colours are taken from the surrounding page (``currentColor``), so that light and dark themes both read well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iotbaseline._display.records import Cell, Named

_LINE = "1px solid color-mix(in srgb, currentColor 25%, transparent)"
_TABLE = "border-collapse:collapse;color:inherit;background:transparent"
_CELL = f"padding:.25em .6em;vertical-align:top;border-bottom:{_LINE};text-align:"


def escape(text: str) -> str:
    """Escape a text; the standard module is imported here because it brings a table of all entities."""
    from html import escape as escaped

    return escaped(text)


def badge(text: str) -> str:
    """A small outlined label."""
    style = (
        "border:1px solid currentColor;border-radius:.7em;padding:0 .5em;margin-right:.4em;font-size:85%;opacity:.75"
    )
    return f'<span style="{style}">{escape(text)}</span>'


def table(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table; ``None`` shows as an empty cell, and numbers are aligned right."""
    every = list(rows)
    numeric = [bool(every) and all(_is_number(row[place]) for row in every) for place in range(len(headers))]
    head = "".join(_header(header, is_number) for header, is_number in zip(headers, numeric, strict=True))
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in every)
    return f'<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def section(heading: str, content: str) -> str:
    """A part of a page with its heading."""
    return f"<section><h2>{escape(heading)}</h2>{content}</section>"


def facts(rows: Iterable[tuple[str, str | None]]) -> str:
    """A table of names and values, without the rows that have no value."""
    listed = "".join(f"<tr>{_header(name, False)}{_cell(value)}</tr>" for name, value in rows if value)
    return f'<table style="{_TABLE}">{listed}</table>'


def note(text: str) -> str:
    """A line below a table."""
    return f"<div>{escape(text)}</div>"


def text(content: str) -> str:
    """Text as it is, with its lines."""
    return f'<pre style="white-space:pre-wrap;color:inherit;background:transparent">{escape(content)}</pre>'


def page(title: str, content: str, more_style: str = "") -> str:
    """A page that stands alone, in the colours that the reader prefers."""
    name = escape(title)
    style = f"body{{font-family:system-ui,sans-serif;margin:2em}}table{{text-align:left}}{more_style}"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        f"<title>{name}</title><style>{style}</style></head>\n<body><h1>{name}</h1>{content}</body></html>"
    )


def details(summary: str, content: str) -> str:
    """HTML that is shown when its summary is clicked on."""
    return f"<details><summary>{escape(summary)}</summary>{content}</details>"


def _header(text: str, is_number: bool) -> str:
    return f'<th style="{_CELL}{"right" if is_number else "left"}">{escape(text)}</th>'


def _cell(cell: Cell) -> str:
    return f'<td style="{_CELL}{"right" if _is_number(cell) else "left"}">{_content(cell)}</td>'


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _content(cell: Cell) -> str:
    if isinstance(cell, Named):
        return "<br>".join(f"<code>{escape(key)}</code> {escape(name or '')}".rstrip() for key, name in cell.pairs)
    return "" if cell is None else escape(str(cell))


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
    return (
        f'<div style="color:inherit"><div><strong>{escape(title)}</strong> <code>{escape(identifier)}</code></div>'
        f"<div>{''.join(badge(text) for text in badges)}</div>"
        f"{facts(rows)}{more}</div>"
    )
