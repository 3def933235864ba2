"""The tables of a fleet, in Arrow and Parquet."""

# The types of pyarrow leave some arguments unknown.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from iotbaseline._display.extras import require
from iotbaseline._display.files import replacing, resolved
from iotbaseline._fleet.rows import Row, rows_of
from iotbaseline._fleet.schema import TABLES, Type
from iotbaseline._library import hooks
from iotbaseline._library.bounds import DIRECT
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, Selectable
from iotbaseline._model import arguments
from iotbaseline._model.element import Element

if TYPE_CHECKING:
    import pyarrow


@frozen(kw_only=True, repr=False)
class Tables(Mapping[str, "pyarrow.Table"]):
    """Arrow tables by name, made for one target; :data:`TABLES` says what their columns hold."""

    target: str
    data_version: str
    tables: dict[str, pyarrow.Table] = field(eq=False)

    def __getitem__(self, name: str) -> pyarrow.Table:
        """The table of that name; raises ``KeyError`` if there is none."""
        return self.tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    def __str__(self) -> str:
        return f"{self.target}: " + ", ".join(f"{table.num_rows} {name}" for name, table in self.items())

    def __repr__(self) -> str:
        return f"<Tables for {self}>"

    def write(self, folder: str | PathLike[str]) -> tuple[Path, ...]:
        """Write each table to ``NAME.parquet`` in a folder, which is made if it is not there, and return the files.

        Raises ``OSError`` if a file cannot be written.
        """
        place = resolved(folder)
        place.mkdir(parents=True, exist_ok=True)
        return tuple(write_parquet(table, place / f"{name}.parquet") for name, table in self.items())


@arguments.checked
def tables(
    selection: Selectable,
    target: Selectable,
    *,
    baseline: str | None = None,
    within: Element | str | None = None,
    kinds: str | Iterable[str] | None = None,
    through: Named | Iterable[Named] = DIRECT,
    library: Library = DEFAULT,
) -> Tables:
    """What :func:`iotbaseline.coverage` concludes of a target, whatever is selected of ``selection``, as tables.

    ``selection`` is everything that products may meet, such as a publication; it and the other arguments are those of
    :func:`iotbaseline.coverage`. Needs the extra ``arrow``.

    Raises what :func:`iotbaseline.coverage` raises, and :class:`~iotbaseline.errors.MissingExtraError`.
    """
    require("pyarrow")
    rows = rows_of(library, selection, target, baseline=baseline, within=within, kinds=kinds, through=through)
    about = {"target": rows.target, "data_version": library.data_version}
    made = {name: arrow(name, each, **about) for name, each in rows.tables.items()}
    return Tables(target=rows.target, data_version=library.data_version, tables=made)


def arrow(name: str, rows: Iterable[Row], **about: str) -> pyarrow.Table:
    """A table of :data:`TABLES` with these rows; its metadata says what it is about."""
    import pyarrow

    types = {
        Type.TEXT: pyarrow.string(),
        Type.NUMBER: pyarrow.int32(),
        Type.TRUTH: pyarrow.bool_(),
        Type.DATE: pyarrow.date32(),
    }
    metadata: dict[bytes | str, bytes | str] = {"table": name, "code_version": hooks.version}
    metadata.update(about)
    schema = pyarrow.schema(
        [
            pyarrow.field(column.name, types[column.type], column.may_be_null, {"description": column.says})
            for column in TABLES[name]
        ],
        metadata,
    )
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pyarrow.table(
        [pyarrow.array(values, each.type) for values, each in zip(columns, schema, strict=True)], schema=schema
    )


def write_parquet(table: pyarrow.Table, path: Path) -> Path:
    """Write a table whole or not at all."""
    from pyarrow import parquet

    with replacing(path) as file:
        parquet.write_table(table, file, compression="zstd")
    return path
