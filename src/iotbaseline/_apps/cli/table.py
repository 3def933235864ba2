"""A table on a terminal: identifiers never wrap, prose does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from iotbaseline._display.records import Record

if TYPE_CHECKING:
    from rich.table import Table

_BETWEEN = 2


def table(rows: Sequence[Record], columns: Sequence[str], width: int, *, header: bool = True) -> tuple[Table, int]:
    """A table and how wide it is: as wide as the terminal, or wider if its longest words need it."""
    from rich.table import Table
    from rich.text import Text

    cells = [["" if row[name] is None else str(row[name]) for name in columns] for row in rows]
    heads = list(columns) if header else [""] * len(columns)
    space = max(1, width - (len(columns) - 1) * _BETWEEN)
    widths = fitted([_needs(column) for column in zip(heads, *cells, strict=True)], space)
    made = Table(box=None, pad_edge=False, padding=(0, _BETWEEN, 0, 0), header_style="bold", show_header=header)
    for head, wide in zip(heads, widths, strict=True):
        made.add_column(head, width=wide, overflow="fold")
    for row in cells:
        made.add_row(*map(Text, row))
    return made, sum(widths) + len(widths) * _BETWEEN


def _needs(texts: Sequence[str]) -> tuple[int, int]:
    """The widths of the longest word and of the longest line."""
    from rich.cells import cell_len

    words = (word for text in texts for word in text.split())
    return max(map(cell_len, words), default=0), max(cell_len(line) for text in texts for line in text.split("\n"))


def fitted(needs: Sequence[tuple[int, int]], space: int) -> list[int]:
    """The widths of columns: what each wants if there is space, else a share of it, but never less than a word."""
    most = max(longest for _, longest in needs)
    while True:
        widths = [max(word, min(longest, most)) for word, longest in needs]
        if sum(widths) <= space or most <= 1:
            return widths
        most -= 1
