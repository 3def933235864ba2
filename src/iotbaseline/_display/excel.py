"""Rows as a spreadsheet that can be handed on: widths, wrapped text, a fixed header, a filter, links, provenance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from io import BytesIO
from os import PathLike
from typing import TYPE_CHECKING, Protocol

from iotbaseline._display import hooks
from iotbaseline._display.moments import moment

if TYPE_CHECKING:
    from iotbaseline._display.records import Plain, Record

    class Format(Protocol):
        """A style of cells in XlsxWriter, which has no types of its own."""

    class Worksheet(Protocol):
        """What is used of a sheet."""

        def set_column(self, first: int, last: int, width: int, style: Format) -> object: ...
        def write_string(self, row: int, column: int, text: str, style: Format) -> object: ...
        def write_number(self, row: int, column: int, number: float, style: Format) -> object: ...
        def write_boolean(self, row: int, column: int, value: bool, style: Format) -> object: ...
        def write_url(self, row: int, column: int, url: str, style: Format, *, string: str) -> object: ...
        def freeze_panes(self, row: int, column: int) -> object: ...
        def autofilter(self, top: int, left: int, bottom: int, right: int) -> object: ...

    class Workbook(Protocol):
        """What is used of a workbook."""

        def __enter__(self) -> Workbook: ...
        def __exit__(self, *error: object) -> None: ...
        def add_worksheet(self, name: str) -> Worksheet: ...
        def add_format(self, properties: dict[str, object]) -> Format: ...
        def set_properties(self, properties: dict[str, object]) -> object: ...


_WIDEST = 60
_NARROWEST = 8
LONGEST = 32_767
"""How many characters a cell of a spreadsheet holds."""
_MOST_LINKS = 60_000
"""A sheet may have 65,530 links."""
_LINKED = frozenset({"id", "key", "element", "subject", "object", "doi", "address", "url"})
"""The columns whose cells lead somewhere."""
_OPTIONS = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def write(
    path: str | PathLike[str],
    names: Sequence[str],
    records: Sequence[Record],
    about: Iterable[tuple[str, str]],
) -> None:
    """Write the rows to a new workbook, with a second sheet that says what they are and where they come from."""
    from iotbaseline._display.files import encodable
    from iotbaseline._display.files import write as write_file

    with encodable():
        write_file(path, workbook_of(names, records, about))


def workbook_of(
    names: Sequence[str],
    records: Sequence[Record],
    about: Iterable[tuple[str, str]],
) -> bytes:
    """The workbook that :func:`write` writes."""
    content = BytesIO()
    workbook: Workbook = import_module("xlsxwriter").Workbook(content, _OPTIONS)
    with workbook as book:
        book.set_properties({"created": moment()})
        _rows(book, book.add_worksheet("Rows"), names, records)
        _facts(book, book.add_worksheet("Provenance"), [*about, *hooks.provenance(_publications(records))])
    return content.getvalue()


def _rows(book: Workbook, sheet: Worksheet, names: Sequence[str], records: Sequence[Record]) -> None:
    header = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    prose = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
    addresses: dict[str, str | None] = {}
    for column, name in enumerate(names):
        cells = [record[name] for record in records]
        sheet.set_column(column, column, _width(name, cells), prose)
        sheet.write_string(0, column, name, header)
        for row, cell in enumerate(cells, 1):
            address = _address(cell, addresses) if name in _LINKED and row * len(names) < _MOST_LINKS else None
            _cell(sheet, row, column, cell, prose if address is None else link, address)
    sheet.freeze_panes(1, 1)
    if names:
        sheet.autofilter(0, 0, len(records), len(names) - 1)


def _facts(book: Workbook, sheet: Worksheet, facts: Iterable[tuple[str, str]]) -> None:
    bold, prose = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 20, bold)
    sheet.set_column(1, 1, 100, prose)
    for row, (name, value) in enumerate(facts):
        sheet.write_string(row, 0, name, bold)
        _cell(sheet, row, 1, value, prose, None)


def _cell(sheet: Worksheet, row: int, column: int, cell: Plain, style: Format, address: str | None) -> None:
    if isinstance(cell, str):
        cell.encode()  # A lone surrogate has to fail here: XlsxWriter would leave its files behind.
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, style)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, style)
    elif cell and address is not None:
        sheet.write_url(row, column, address, style, string=cell[:LONGEST])
    elif cell:
        sheet.write_string(row, column, cell[:LONGEST], style)


def _address(cell: Plain, known: dict[str, str | None]) -> str | None:
    if not isinstance(cell, str) or " " in cell:
        return None
    if cell not in known:
        known[cell] = cell if cell.startswith("https://") else hooks.address(cell)
    return known[cell]


def _width(name: str, cells: Iterable[Plain]) -> int:
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    return min(_WIDEST, max(_NARROWEST, len(name) + 3, longest + 1))


def _publications(records: Iterable[Record]) -> frozenset[str]:
    """What stands before the colon of the identifiers in the rows."""
    cells = (cell for record in records for cell in record.values() if isinstance(cell, str))
    return frozenset(word.partition(":")[0] for cell in cells for word in cell.split(", ") if ":" in word)
