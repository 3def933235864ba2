"""Rows of plain values, and the data frames made from them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from iotbaseline.errors import MissingExtraError

if TYPE_CHECKING:
    import pandas
    import polars


Record: TypeAlias = dict[str, str | int | float | bool | None]
"""One row: column name to a plain value."""


class Tabular:
    """Anything that can be read as a table. Subclasses give :meth:`to_records`."""

    __slots__ = ()

    def to_records(self) -> list[Record]:
        """Return one flat row of plain values per item."""
        raise NotImplementedError

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a pandas data frame.

        Raises :class:`~iotbaseline.errors.MissingExtraError` if pandas is not installed.
        """
        _require("pandas")
        import pandas

        return pandas.DataFrame.from_records(self.to_records()).convert_dtypes()

    def to_polars(self) -> polars.DataFrame:
        """Return the rows as a polars data frame.

        Raises :class:`~iotbaseline.errors.MissingExtraError` if polars is not installed.
        """
        _require("polars")
        import polars

        return polars.DataFrame(self.to_records(), infer_schema_length=None)


def _require(library: str) -> None:
    try:
        import_module(library)
    except ModuleNotFoundError as error:
        raise MissingExtraError(library, library) from error
