"""Columns, rows of plain values, and the data frames made from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from io import StringIO
from os import PathLike
from typing import TYPE_CHECKING, Generic, Never, TypeAlias, TypeVar

from attrs import frozen

from iotbaseline._display.extras import require
from iotbaseline.errors import ArgumentTypeError

if TYPE_CHECKING:
    import pandas
    import polars

Plain: TypeAlias = str | int | float | bool | None
Value: TypeAlias = Plain | tuple[str, ...]
"""What an item has in a column: a plain value or a list of texts."""
Record: TypeAlias = dict[str, Plain]
"""One row: column name to a plain value."""

T = TypeVar("T")
Item_contra = TypeVar("Item_contra", contravariant=True)


@frozen(eq=False)
class Column(Generic[Item_contra]):
    """A column: its name, and how to get its value from an item; ``in_json`` where JSON has more than that.

    ``separator`` joins a list in a flat row. A column with ``groups`` is the one that items are counted and grouped by:
    its possible values in order, or an empty tuple if they are not known in advance.
    """

    name: str
    value: Callable[[Item_contra], Value]
    separator: str = ", "
    groups: tuple[str, ...] | None = None
    in_json: Callable[[Item_contra], object] | None = None

    def flat(self, item: Item_contra) -> Plain:
        """The value as a plain one; a list is joined."""
        value = self.value(item)
        return self.separator.join(value) if isinstance(value, tuple) else _plain(value)

    def nested(self, item: Item_contra) -> object:
        """The value as JSON has it; a list stays a list."""
        if self.in_json is not None:
            return self.in_json(item)
        value = self.value(item)
        return list(value) if isinstance(value, tuple) else _plain(value)


@frozen(eq=False, repr=False)
class Named:
    """A table cell that lists things by identifier and name."""

    pairs: tuple[tuple[str, str | None], ...]


Cell: TypeAlias = Plain | Named


def _plain(value: Plain) -> Plain:
    return value.value if isinstance(value, StrEnum) else value


def lifted(columns: Iterable[Column[T]], get: Callable[[Item_contra], T]) -> tuple[Column[Item_contra], ...]:
    """The columns of what ``get`` returns as columns of what it is given."""

    def of(column: Column[T]) -> Callable[[Item_contra], Value]:
        return lambda item: column.value(get(item))

    return tuple(
        Column(column.name, of(column), separator=column.separator, groups=column.groups) for column in columns
    )


class Tabular:
    """Anything that can be read as a table. Subclasses give :meth:`columns` and :meth:`to_records`."""

    __slots__ = ()

    def columns(self) -> tuple[Column[Never], ...]:
        """The columns of the table."""
        raise NotImplementedError

    def to_records(self) -> list[Record]:
        """Return one flat row of plain values per item; lists are joined."""
        raise NotImplementedError

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a pandas data frame.

        Raises :class:`~iotbaseline.errors.MissingExtraError` if pandas is not installed.
        """
        require("pandas")
        import pandas

        names = [column.name for column in self.columns()]
        return pandas.DataFrame.from_records(self.to_records(), columns=names).convert_dtypes()

    def to_polars(self) -> polars.DataFrame:
        """Return the rows as a polars data frame.

        Raises :class:`~iotbaseline.errors.MissingExtraError` if polars is not installed.
        """
        require("polars")
        import polars

        names = [column.name for column in self.columns()]
        return polars.DataFrame(self.to_records(), schema=names, infer_schema_length=None)

    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        """Return the rows as CSV with a header, and write them to a file if you name one.

        A text that a spreadsheet would run as a formula gets an apostrophe before it. Raises :class:`OSError` if the
        file cannot be written.
        """
        text = csv_text([column.name for column in self.columns()], self.to_records())
        if path is not None:
            from iotbaseline._display.files import encodable, write

            with encodable():
                write(path, text.encode())
        return text

    def to_excel(self, path: str | PathLike[str], *, query: str | None = None) -> None:
        """Write the rows to an Excel workbook, with a sheet that says what they are and where they come from.

        ``query`` is the question as you want it to stand there. Raises
        :class:`~iotbaseline.errors.MissingExtraError` if XlsxWriter is not installed, and :class:`OSError` if the file
        cannot be written.
        """
        from iotbaseline._display import excel

        require("xlsxwriter")
        if not isinstance(query, str | None):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ArgumentTypeError("query", type(query).__name__, "a string or None")
        asked = [] if query is None else [("query", query)]
        excel.write(path, [column.name for column in self.columns()], self.to_records(), [*asked, *self._about()])

    def _about(self) -> list[tuple[str, str]]:
        """What the rows are, for the sheet of provenance."""
        return [("what", str(self))]


RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(names: Sequence[str], records: Iterable[Record], delimiter: str = ",") -> str:
    """Rows as CSV with a header; what a spreadsheet would run as a formula gets an apostrophe before it."""
    import csv

    text = StringIO(newline="")
    writer = csv.DictWriter(text, names, delimiter=delimiter, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({name: _inert(value) for name, value in record.items()} for record in records)
    return text.getvalue()


def _inert(value: Plain) -> Plain:
    """What a cell has instead of a value, so that no program runs it or, at a lone carriage return, begins a row."""
    if not isinstance(value, str):
        return value
    lines = re.sub(r"\r(?!\n)", "\n", value)  # Before Python 3.13, csv puts quotes around the latter only.
    return f"'{lines}" if value.startswith(RUN_BY_SPREADSHEETS) else lines
