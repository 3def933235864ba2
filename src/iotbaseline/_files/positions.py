"""Where a value stands in a JSON or TOML file, and the problems found there.

The parsers of the standard library forget the lines. A text that they have accepted is read a second time here, for
nothing but the line on which each value begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value: names of fields and numbers of items, from the top."""

DEEPEST = 20
"""No value stands deeper than this."""

_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'  # the strings of TOML that span lines
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{},:=.\n]"
    r"""|[^\s\[\]{},:=."'#]+""",
    re.DOTALL,
)
_AFTER_KEY = {"=", ":"}
_AFTER_VALUE = {",", "]", "}", "\n", None}
_BETWEEN = {",", "\n"}


def json_lines(text: str) -> tuple[dict[Path, int], list[Path]]:
    """The line of every value of a JSON text, counted from 1, and the names that occur twice in one object.

    Raises ``RecursionError`` for a value on more than :data:`DEEPEST` levels.
    """
    scan = _Scan((mark, line) for mark, line in _tokens(text) if mark != "\n")
    scan.value(())
    return scan.lines, scan.repeated


def toml_lines(text: str) -> dict[Path, int]:
    """The line of every value and table of a TOML text, counted from 1.

    Raises ``RecursionError`` for a value on more than :data:`DEEPEST` levels.
    """
    scan = _Scan(_tokens(text))
    scan.tables()
    return scan.lines


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, counted = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        if not match[0].startswith("#"):
            yield match[0], line


class _Scan:
    """Goes through the tokens of a text that is known to be well formed."""

    def __init__(self, tokens: Iterator[tuple[str, int]]) -> None:
        self.lines: dict[Path, int] = {}
        self.repeated: list[Path] = []
        self._tokens = chain(tokens, [(None, 1)])
        self._next, self._line = next(self._tokens)

    def _take(self) -> str | None:
        mark = self._next
        self._next, self._line = next(self._tokens)
        return mark

    def tables(self) -> None:
        table: Path = ()
        count: dict[Path, int] = {}
        while self._next is not None:
            if self._next == "\n":
                self._take()
            elif self._next == "[":
                table = self._header(count)
            else:
                self._pair(table)

    def _header(self, count: dict[Path, int]) -> Path:
        """Read ``[a.b]`` or ``[[a.b]]``, the latter with the number of the table in its list."""
        line = self._line
        self._take()
        in_list = self._next == "["
        if in_list:
            self._take()
        *above, last = self._names({"]"})
        self._take()
        if in_list:
            self._take()
        path: Path = ()
        for name in above:
            path = (*path, name)
            path = (*path, count[path]) if path in count else path
        path = (*path, last)
        self._mark(path, line)
        if in_list:
            count[path] = count.get(path, -1) + 1
            path = (*path, count[path])
            self.lines[path] = line
        return path

    def _mark(self, path: Path, line: int) -> None:
        if len(path) > DEEPEST:
            raise RecursionError
        self.lines.setdefault(path, line)

    def _names(self, end: set[str]) -> list[str]:
        names: list[str] = []
        while self._next is not None and self._next not in end:
            mark = self._take()
            if mark is not None and mark != ".":
                names.append(_name(mark))
        return names

    def _pair(self, path: Path) -> None:
        line = self._line
        path = (*path, *self._names(_AFTER_KEY))
        self._take()
        if path in self.lines:
            self.repeated.append(path)
        self.lines[path] = line
        self.value(path)

    def value(self, path: Path) -> None:
        """Read a value and all that is in it."""
        self._mark(path, self._line)
        first = self._take()
        if first == "[":
            self._items(path)
        elif first == "{":
            while self._next not in ("}", None):
                if self._next in _BETWEEN:
                    self._take()
                else:
                    self._pair(path)
            self._take()
        else:
            while self._next not in _AFTER_VALUE:
                self._take()

    def _items(self, path: Path) -> None:
        number = 0
        while self._next not in ("]", None):
            if self._next in _BETWEEN:
                number += self._take() == ","
            else:
                self.value((*path, number))
        self._take()


def _name(mark: str) -> str:
    """The name that a key spells, whatever its quotes."""
    try:
        return str(json.loads(mark)) if mark.startswith('"') else mark.strip("'")
    except ValueError:
        return mark.strip('"')
