"""The text of a PDF, read by pdfium in a process of its own, so that a hostile file can do no harm."""

from __future__ import annotations

import ctypes
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from iotbaseline._wording.pages import Box, Line, Page, Span

MOST_PAGES = 2_000
MOST_CHARACTERS = 20_000_000
SMALLER = 0.8
_DIGITS = re.compile(r"\d+")
LINE_END = "\r\n"
HYPHEN = "\x02"
"""What pdfium gives for a hyphen that it takes for one at the end of a line; it leaves out the line end."""


def read(path: Path) -> Iterator[Page]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            yield Page(number + 1, tuple(_lines(text.raw, text.count_chars(), *page.get_size())))
            text.close()
            page.close()


def _lines(page: Any, count: int, width: float, height: float) -> Iterator[Line]:
    """The lines of a page; a hyphen at the end of a line is kept, with the line ended after it."""
    from pypdfium2 import raw

    characters = [_character(raw.FPDFText_GetUnicode(page, index)) for index in range(count)]
    start = 0
    for index, character in enumerate((*characters, "\n")):
        if character in LINE_END or character == HYPHEN:
            end = index + (character == HYPHEN)
            text = "".join(characters[start:end]).replace(HYPHEN, "-")
            if text.strip():
                yield _line(page, text, start, width, height)
            start = index + 1


def _character(code: int) -> str:
    return chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"


def _line(page: Any, text: str, start: int, width: float, height: float) -> Line:
    inked = [place for place, character in enumerate(text) if not character.isspace()]
    first, last = _box(page, start + inked[0]), _box(page, start + inked[-1])
    size = max(_size(first), _size(last))
    box = (first[0] / width, min(first[1], last[1]) / height, last[2] / width, max(first[3], last[3]) / height)
    raised = tuple(
        found.span() for found in _DIGITS.finditer(text) if _size(_box(page, start + found.start())) < size * SMALLER
    )
    return Line(text, box, size, raised)


def _size(box: Box) -> float:
    return box[3] - box[1]


def _box(page: Any, index: int) -> Box:
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(page, index, box)
    return box.left, box.bottom, box.right, box.top
