"""The views over the tables of a fleet, answered by DuckDB."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from iotbaseline._assessments.document import FindingStatus
from iotbaseline._display.extras import require
from iotbaseline._display.files import replacing
from iotbaseline._fleet.schema import TABLES, Type
from iotbaseline._fleet.tables import Tables, arrow
from iotbaseline._fleet.views import views
from iotbaseline._model import arguments
from iotbaseline.errors import ArgumentTypeError, DataError, QueryError, UnknownNameError, shorten

if TYPE_CHECKING:
    import pyarrow
    from duckdb import DuckDBPyConnection

SOON = 90
"""How many days before it expires evidence is listed as expiring, by default."""
_AT_ONCE = 2_000_000
"""How many findings are worked on at once, which bounds the memory that it takes."""
_PASSING = ("standing", "selected", "ranked")
"""The views that others read more than once: they are worked out once for the products at hand."""
_LARGEST = "coverage"
"""The view that has a row for each item of each product: it is not kept."""
_DATES = ", ".join(f"COUNT({column.name})" for column in TABLES["findings"] if column.type is Type.DATE)
_ROWS = "SELECT * FROM {}"
_ADDED_UP = "SELECT day, element, rank, CAST(SUM(products) AS BIGINT) AS products FROM {} GROUP BY day, element, rank"
_KEPT = {
    "product_coverage": _ROWS,
    "item_levels": _ADDED_UP,
    "outcome_levels": _ADDED_UP,
    "drift": _ROWS,
    "expiring": _ROWS,
}
"""The views that are worked out for some products at a time, each with how to read what is then kept."""


@arguments.checked
def connect(
    made: Tables,
    findings: pyarrow.Table | str | PathLike[str],
    *,
    on: datetime.date | Iterable[datetime.date] | None = None,
    soon: int = SOON,
    connection: DuckDBPyConnection | None = None,
) -> DuckDBPyConnection:
    """A connection of DuckDB that has the tables and the views over them, ready to be asked.

    ``findings`` are a table or Parquet files (``FOLDER/*.parquet``) with the columns of ``TABLES["findings"]``. ``on``
    is the day to look at, or several; without it, today. What expires within ``soon`` days is listed as expiring. Pass
    a ``connection`` of your own to set its memory and threads. Needs the extra ``fleet``.

    Raises :class:`~iotbaseline.errors.QueryError` if a column is missing, no day is given, or a finding is about an
    element that the tables were not made for, :class:`~iotbaseline.errors.UnknownNameError` for an unknown status,
    :class:`~iotbaseline.errors.DataError` for files that are not Parquet, and
    :class:`~iotbaseline.errors.MissingExtraError`.
    """
    found = opened(findings, connection)
    for name, table in {**made, "days": _days(on, soon)}.items():
        found.register(name, table)
    _check(found)
    for name, text in views().items():
        found.execute(text)
        if name in _KEPT:
            _table(found, f"kept_{name}", f"SELECT * FROM {name} LIMIT 0")  # noqa: S608
    for part in in_parts(found):
        for name in _KEPT:
            part.execute(f"INSERT INTO kept_{name} SELECT * FROM {name}")  # noqa: S608
    for name, query in _KEPT.items():
        _view(found, name, query.format(f"kept_{name}"))
    return found


def in_parts(connection: DuckDBPyConnection) -> Iterator[DuckDBPyConnection]:
    """The connection with the findings of some products at a time, until all were there; then it has all of them."""
    [(rows,)] = connection.execute("SELECT COUNT(*) FROM given_findings").fetchall()
    count = 1 + rows // _AT_ONCE
    for number in range(count):
        _take(connection, f"WHERE hash(product) % {count} = {number}")
        for name in _PASSING:
            _table(connection, f"passing_{name}", _ROWS.format(name))
            _view(connection, name, _ROWS.format(f"passing_{name}"))
        yield connection
        for name in _PASSING:
            connection.execute(views()[name])
    for name in _PASSING:
        connection.execute(f"DROP TABLE passing_{name}")
    _take(connection, "")


def _take(connection: DuckDBPyConnection, where: str) -> None:
    _view(connection, "findings", f"SELECT * FROM given_findings {where}")  # noqa: S608


def _table(connection: DuckDBPyConnection, name: str, query: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMPORARY TABLE {name} AS {query}")


def _view(connection: DuckDBPyConnection, name: str, query: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMPORARY VIEW {name} AS {query}")


def opened(
    findings: pyarrow.Table | str | PathLike[str], connection: DuckDBPyConnection | None = None
) -> DuckDBPyConnection:
    """A connection that has the findings as a view; raises what :func:`connect` raises for them."""
    require("duckdb")
    import duckdb

    found = duckdb.connect() if connection is None else connection
    if not isinstance(found, duckdb.DuckDBPyConnection):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ArgumentTypeError("connection", type(found).__name__, "a connection of DuckDB")
    if isinstance(findings, str | PathLike):
        file = os.fspath(findings)
        if not file:  # DuckDB takes it for every file below this folder.
            raise DataError(file, "whole file", "it has no name", "name Parquet files with findings")
        try:
            given = found.read_parquet(file)
        except (duckdb.Error, TypeError, ValueError) as error:
            raise DataError(file, "whole file", _first_line(error), "name Parquet files with findings") from error
    else:
        try:
            given = found.from_arrow(findings)
        except duckdb.InvalidInputException as error:
            raise ArgumentTypeError("findings", type(findings).__name__, "an Arrow table, or Parquet files") from error
    columns = _columns(given.columns)
    try:
        given.project(columns).aggregate(_DATES).fetchall()
    except duckdb.ConversionException as error:
        raise QueryError(f"the findings have {_first_line(error)}", "dates are written as YYYY-MM-DD") from error
    given.project(columns).create_view("given_findings", replace=True)
    _take(found, "")
    return found


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def write_view(connection: DuckDBPyConnection, name: str, path: Path) -> Path:
    """Write what a view answers to a Parquet file, ordered, for some products at a time if it is about each of them."""
    from pyarrow import parquet

    query = f"{_ROWS.format(name)} ORDER BY ALL"
    with (
        replacing(path) as file,
        parquet.ParquetWriter(
            file, connection.sql(query).limit(0).to_arrow_table().schema, compression="zstd"
        ) as writer,
    ):
        for part in in_parts(connection) if name == _LARGEST else (connection,):
            writer.write_table(part.sql(query).to_arrow_table())
    return path


def _columns(held: Iterable[str]) -> str:
    """The columns of findings in SQL: those that are there in their types, null for those that may be missing."""
    names = frozenset(held)
    required = [column.name for column in TABLES["findings"] if not column.may_be_null]
    if not names.issuperset(required):
        missing = ", ".join(name for name in required if name not in names)
        raise QueryError(f"the findings have no column {missing}", f"they need {', '.join(required)}")
    return ", ".join(
        f"CAST({column.name if column.name in names else 'NULL'} AS {column.type}) AS {column.name}"
        for column in TABLES["findings"]
    )


def _days(on: datetime.date | Iterable[datetime.date] | None, soon: int) -> pyarrow.Table:
    given = datetime.datetime.now(datetime.UTC) if on is None else on
    days = sorted({_day(each) for each in arguments.all_of(given, datetime.date, "on")})
    if not days:
        raise QueryError("no day is given", "pass a date with on=")
    try:
        return arrow("days", [(day, day + datetime.timedelta(days=soon)) for day in days])
    except OverflowError as error:
        problem = f"{shorten(soon)} days after {days[-1]} there is no date"
        raise QueryError(problem, "pass fewer days with soon=, or another on=") from error


def _day(when: datetime.date) -> datetime.date:
    return when.date() if isinstance(when, datetime.datetime) else when


def _check(connection: DuckDBPyConnection) -> None:
    """Refuse findings that the views would pass over."""
    known = [status.value for status in FindingStatus]
    seen = connection.execute("SELECT DISTINCT element, status FROM findings ORDER BY ALL").fetchall()
    selectable = connection.execute("SELECT element FROM elements WHERE selectable").fetchall()
    elements = frozenset(element for (element,) in selectable)
    for element, status in seen:
        if status not in known:
            raise UnknownNameError("status of a finding", str(status), known)
        if element not in elements:
            raise QueryError(
                f"there are findings about {element}",
                "write identifiers in full, and make the tables for a selection that has it",
            )
