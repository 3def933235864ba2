"""Workbooks of Excel that people fill in; what a small file can make as large as it likes is refused."""

from __future__ import annotations

import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from iotbaseline._display.extras import require
from iotbaseline.errors import DataError

LARGEST = 30_000_000
"""How large a part of a workbook may be when it is unpacked, in bytes."""
MOST_ROWS = 200_000
"""How many rows a sheet may have, those that hold nothing among them."""
_MOST_CELLS = 2_000_000
_MOST_TAGS = 4_000_000
_MOST_IN_STYLES = 100_000
_MOST_MERGED = 1_000
_STYLES = "xl/styles.xml"


@contextmanager
def workbook(file: str, *, formulas: bool) -> Generator[tuple[Any, ZipFile]]:
    """Open a workbook, and the archive that it is; its cells hold their formulas, or else what these came to.

    Raises :class:`~iotbaseline.errors.DataError` for a file that is none, or is too large when it is unpacked, and
    :class:`~iotbaseline.errors.MissingExtraError` if openpyxl is not installed.
    """
    require("openpyxl")
    from openpyxl import load_workbook

    try:
        with Path(file).open("rb") as opened, ZipFile(opened) as packed, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _check(file, packed)
            book = load_workbook(opened, read_only=True, data_only=not formulas)
            try:
                yield book, packed
            finally:
                book.close()
    except DataError:
        raise
    except OSError as error:
        problem = f"it cannot be read ({error.strerror or error})"
        raise DataError(file, "whole file", problem, "name a file that can be read") from error
    except Exception as error:
        problem = f"it is no workbook ({error})"
        raise DataError(file, "whole file", problem, "save it as .xlsx") from error


def _check(file: str, packed: ZipFile) -> None:
    """Refuse an archive whose parts are large, or hold more than anybody writes."""
    for part in packed.infolist():
        if part.file_size > LARGEST:
            raise _too_much(file, "whole file", f"{part.filename} in it is larger than {LARGEST} bytes")
        content = packed.read(part)
        if content.count(b"<") > (_MOST_IN_STYLES if part.filename == _STYLES else _MOST_TAGS):
            raise _too_much(file, "whole file", f"{part.filename} in it has too many parts of its own")
        if content.count(b"mergeCell ") > _MOST_MERGED:
            raise _too_much(file, "whole file", f"{part.filename} in it has more than {_MOST_MERGED} merged cells")


def rows_of(file: str, sheet: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of cells of a sheet, as far as it has any.

    Raises :class:`~iotbaseline.errors.DataError` if they are too many.
    """
    sheet.reset_dimensions()
    cells = 0
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1)):
        cells += len(row)
        if number == MOST_ROWS:
            raise _too_much(file, sheet.title, f"it has more than {MOST_ROWS} rows")
        if cells > _MOST_CELLS:
            raise _too_much(file, sheet.title, f"it has more than {_MOST_CELLS} cells")
        yield row


def _too_much(file: str, place: str, problem: str) -> DataError:
    return DataError(file, place, problem, "take out what is not needed, or split it")
