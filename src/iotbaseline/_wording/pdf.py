"""The text of a PDF, read by pdfium in a process of its own, so that a hostile file costs bounded time and memory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib import import_module
from math import isfinite
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from time import monotonic
from typing import IO, Any, cast

from iotbaseline._display.extras import require
from iotbaseline._display.files import write
from iotbaseline._display.progress import watched
from iotbaseline._wording.pages import Box, Line, Page
from iotbaseline.errors import DataError

MOST_PAGES = 2_000
MOST_CHARACTERS = 5_000_000
MOST_SECONDS = 60
MOST_MEMORY = 1024**3
SMALLER = 0.8
"""Raised digits are smaller than this share of the line."""
_DIGITS = re.compile(r"\d+")
_LINE_END = "\r\n"
_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line; it leaves out the line end."""
_FIX = "get the file anew from its publisher"


def read_pdf(path: Path, kept: Path | None = None) -> tuple[Page, ...]:
    """The pages of a PDF; their text is taken from the file ``kept`` if it is there, and else written to it.

    Raises :class:`~iotbaseline.errors.MissingExtraError` without pypdfium2, and
    :class:`~iotbaseline.errors.DataError` for a file that cannot be read, has no text, or costs too much to read.
    """
    require("pypdfium2")
    if kept is not None and kept.is_file():
        pages = _kept(kept)
    else:
        written = _extracted(path)
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            write(kept, written.encode())
        pages = tuple(map(_page, written.splitlines()))
    if not any(page.lines for page in pages):
        raise _unreadable(path, "it has no text, only pictures of it", "recognise its text (OCR) first")
    return pages


def _kept(file: Path) -> tuple[Page, ...]:
    try:
        return tuple(map(_page, file.read_text("utf-8").splitlines()))
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        fix = "delete it; it is written anew"
        raise DataError(file.name, "", "it is not the text of a PDF as it was kept", fix) from error


def _extracted(path: Path) -> str:
    """The pages as the other process writes them."""
    command = [sys.executable, "-c", f"from {__name__} import main; main()", str(path)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with (
        TemporaryFile() as reason,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=reason) as process,  # noqa: S603
    ):
        started = monotonic()
        deadline = Timer(MOST_SECONDS, process.kill)
        deadline.start()
        try:
            pages = watched(cast("IO[bytes]", process.stdout), f"reading {path.name}", "pages")
            written = b"".join(pages)
            status = process.wait()
        finally:
            deadline.cancel()
            process.kill()
        reason.seek(0)
        refused = reason.read().decode().strip()
    if status != 0 and monotonic() - started >= MOST_SECONDS:
        raise _unreadable(path, f"reading it takes more than {MOST_SECONDS} seconds")
    if status == _REFUSED:
        raise _unreadable(path, refused)
    if status != 0:
        raise _unreadable(path, f"reading it takes more than {MOST_MEMORY // 1024**3} GB of memory, or breaks pdfium")
    return written.decode()


def _unreadable(path: Path, problem: str, fix: str = _FIX) -> DataError:
    return DataError(path.name, "", problem, fix)


_REFUSED = 3


def main() -> None:
    """Write the pages of the PDF that the command line names as JSON, a line each."""
    _limit_memory()
    try:
        for page in pages_of(Path(sys.argv[1])):
            lines = [(line.text, line.box, line.size, line.raised) for line in page.lines]
            sys.stdout.write(f"{json.dumps((page.number, lines))}\n")
    except ValueError as error:
        sys.stderr.write(str(error))
        sys.exit(_REFUSED)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _page(written: str) -> Page:
    """A page as :func:`main` writes it."""
    number, lines = json.loads(written)
    return Page(int(number), tuple(_read_line(*line) for line in lines))


def _read_line(text: str, box: Iterable[float], size: float, raised: Iterable[Iterable[int]]) -> Line:
    left, bottom, right, top = map(_finite, box)
    return Line(str(text), (left, bottom, right, top), _finite(size), tuple((int(a), int(b)) for a, b in raised))


def _finite(value: float) -> float:
    if not isfinite(value):
        raise ValueError
    return value


def pages_of(path: Path) -> Iterator[Page]:
    """The pages, read in this process. Raises ``ValueError`` for what cannot be read or is too long."""
    pypdfium2: Any = import_module("pypdfium2")
    try:
        with closing(pypdfium2.PdfDocument(path)) as document:
            if len(document) > MOST_PAGES:
                raise ValueError(f"it has {len(document)} pages, more than {MOST_PAGES}")
            characters = 0
            for number in range(len(document)):
                page = document[number]
                text = page.get_textpage()
                characters += text.count_chars()
                if characters > MOST_CHARACTERS:
                    raise ValueError(f"it has more than {MOST_CHARACTERS} characters")
                yield Page(number + 1, tuple(_lines(text.raw, text.count_chars(), *page.get_size())))
                text.close()
                page.close()
    except pypdfium2.PdfiumError as error:
        raise ValueError("it is encrypted" if "password" in str(error) else "it is damaged, or no PDF") from None


def _lines(page: Any, count: int, width: float, height: float) -> Iterator[Line]:
    """The lines of a page; a hyphen at the end of a line is kept, with the line ended after it."""
    raw: Any = import_module("pypdfium2.raw")
    characters = [_character(raw.FPDFText_GetUnicode(page, index)) for index in range(count)]
    start = 0
    for index, character in enumerate((*characters, "\n")):
        if character in _LINE_END or character == _HYPHEN:
            end = index + (character == _HYPHEN)
            text = "".join(characters[start:end]).replace(_HYPHEN, "-")
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
    raw: Any = import_module("pypdfium2.raw")
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(page, index, box)
    return box.left, box.bottom, box.right, box.top
