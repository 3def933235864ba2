"""How a fleet stands against a target, in one call."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import evolve, field, fields, frozen

from iotbaseline._assessments.assessment import Assessment
from iotbaseline._assessments.reader import read_assessment
from iotbaseline._display.extras import require
from iotbaseline._display.files import resolved
from iotbaseline._display.plots import Plot, stacked
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Item, Listing, Result, Shown
from iotbaseline._fleet.duck import SOON, connect, opened, write_view
from iotbaseline._fleet.findings import findings as findings_of
from iotbaseline._fleet.tables import Tables, tables
from iotbaseline._library.bounds import DIRECT
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, Selectable
from iotbaseline._mappings.coverage_level import CoverageLevel
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline._model.provenance import judgement
from iotbaseline.errors import DataError, DataErrors, QueryError, counted

if TYPE_CHECKING:
    import pyarrow
    from duckdb import DuckDBPyConnection

WRITTEN = (
    "coverage",
    "product_coverage",
    "item_coverage",
    "family_coverage",
    "fleet_coverage",
    "outcomes",
    "drift",
    "expiring",
)
"""The views that :meth:`FleetReport.write` writes."""
ASSESSMENTS = (".toml", ".json", ".xlsx")
PARQUET = ".parquet"
_WEAKEST = 10


@frozen(kw_only=True, repr=False)
class FamilyCoverage(Item):
    """How many items of one family of the target are at each level, over all products on one day."""

    SHOWN: ClassVar[Shown] = {
        "family": ("family", "name"),
        **{name: (name,) for name in ("items", *(level.value for level in CoverageLevel))},
    }

    day: datetime.date
    family: str
    name: str
    levels: dict[CoverageLevel, int]

    @property
    def total(self) -> int:
        """How many items there are, over all products."""
        return sum(self.levels.values())

    def columns(self) -> tuple[Column[FamilyCoverage], ...]:
        """Day, family, how many items, and how many at each level."""
        return _COLUMNS

    def __str__(self) -> str:
        return f"{self.family} {self.name}: {_counted(self.levels)}"

    def __repr__(self) -> str:
        return f"<FamilyCoverage {self}>"


def _level(level: CoverageLevel) -> Column[FamilyCoverage]:
    return Column(level.value, lambda row: row.levels[level])


_COLUMNS: tuple[Column[FamilyCoverage], ...] = (
    Column("day", lambda row: row.day.isoformat(), groups=()),
    Column("family", lambda row: row.family),
    Column("name", lambda row: row.name),
    Column("items", lambda row: row.total),
    *map(_level, CoverageLevel),
)


@frozen(kw_only=True, repr=False)
class Outcome(Item):
    """An element that products were held against: how many of them meet it on the last day, and how many do not."""

    SHOWN: ClassVar[Shown] = {
        "element": ("element", "name"),
        **{name: (name,) for name in ("met", "partly met", "not met", "not assessed", "not applicable")},
    }

    element: str
    name: str
    met: int
    partly_met: int
    not_met: int
    not_assessed: int
    not_applicable: int

    @property
    def share(self) -> float | None:
        """The share that meets it of the products to which it applies and that were assessed."""
        assessed = self.met + self.partly_met + self.not_met
        return self.met / assessed if assessed else None

    def columns(self) -> tuple[Column[Outcome], ...]:
        """The element, how many products have each status, and the share that meets it."""
        return _OUTCOME_COLUMNS

    def __str__(self) -> str:
        share = "nobody looked" if self.share is None else f"{self.share:.0%} meet it"
        return f"{self.element}: {share}"

    def __repr__(self) -> str:
        return f"<Outcome {self}>"


_OUTCOME_COLUMNS: tuple[Column[Outcome], ...] = (
    Column("publication", lambda row: row.element.partition(":")[0], groups=()),
    Column("element", lambda row: row.element),
    Column("name", lambda row: row.name),
    Column("met", lambda row: row.met),
    Column("partly met", lambda row: row.partly_met),
    Column("not met", lambda row: row.not_met),
    Column("not assessed", lambda row: row.not_assessed),
    Column("not applicable", lambda row: row.not_applicable),
    Column("share", lambda row: row.share),
)


@frozen(kw_only=True, repr=False)
class FleetReport(Result[FamilyCoverage, str]):
    """How a fleet stands against a target: the items of all products, rolled up by family and day.

    ``products`` is how many there are, ``weakest`` the outcomes that the fewest of them meet, ``drift`` how many items
    of products are better or worse on the last day than on the first, ``expiring`` how many findings expire soon after
    the last day. ``caution`` says what rests on this project's judgement. ``connection`` is the database in memory
    that answers more: its views are those of :func:`views`.
    """

    HELD: ClassVar[str] = "families"
    LISTED: ClassVar[str] = "families"
    GROUPED: ClassVar[bool] = True
    IN_GROUP: ClassVar[tuple[str, ...]] = ("day",)
    SHOWN: ClassVar[Shown] = {"day": ("day",), **FamilyCoverage.SHOWN}

    target: str
    data_version: str
    products: int
    families: tuple[FamilyCoverage, ...]
    weakest: Listing[Outcome]
    drift: dict[str, int]
    expiring: int
    caution: str | None
    connection: DuckDBPyConnection = field(eq=False)

    @property
    def levels(self) -> dict[CoverageLevel, int]:
        """How many items of all products are at each level on the last day."""
        last = [row.levels for row in self.families if row.day == self.families[-1].day]
        return {level: sum(levels[level] for levels in last) for level in CoverageLevel}

    @property
    def notice(self) -> str | None:
        """What changed between the first and the last day, what expires, and how much of what follows rests on this
        project's judgement; ``None`` if there is nothing to say.
        """
        changed = [f"{change} than before: {counted(items, 'item')}" for change, items in self.drift.items()]
        expiring = f"expiring soon: {counted(self.expiring, 'finding')}" if self.expiring else None
        return "; ".join(filter(None, (*changed, expiring, self.caution))) or None

    def plot(self) -> Plot:
        """A bar for each family on the last day, stacked by level.

        Raises :class:`~iotbaseline.errors.MissingExtraError` if matplotlib is not installed.
        """
        last = self.families[-1].day
        return stacked(
            str(self),
            {f"{row.family.partition(':')[2]} {row.name}": row.levels for row in self.families if row.day == last},
        )

    def write(self, folder: str | PathLike[str]) -> tuple[Path, ...]:
        """Write the answers to ``VIEW.parquet`` in a folder, which is made if it is not there, and return the files.

        Raises ``OSError`` if a file cannot be written.
        """
        place = resolved(folder)
        place.mkdir(parents=True, exist_ok=True)
        return tuple(write_view(self.connection, name, place / f"{name}{PARQUET}") for name in WRITTEN)

    def __str__(self) -> str:
        return f"{counted(self.products, 'product')} against {self.target}: {_counted(self.levels)}"

    def __repr__(self) -> str:
        return f"<FleetReport {self}>"

    def columns(self) -> tuple[Column[FamilyCoverage], ...]:
        """Day, family, how many items, and how many at each level."""
        days = tuple(dict.fromkeys(row.day.isoformat() for row in self.families))
        return evolve(_COLUMNS[0], groups=days), *_COLUMNS[1:]

    @property
    def _name(self) -> str:
        return f"Fleet against {self.target}"

    @property
    def _caution(self) -> str | None:
        return self.notice

    def _head(self) -> Head:
        return {
            "target": self.target,
            "products": self.products,
            "levels": self.levels,
            "drift": self.drift,
            "expiring": self.expiring,
            "weakest": [{column.name: column.nested(row) for column in _OUTCOME_COLUMNS} for row in self.weakest],
        }

    def _badges(self) -> list[str]:
        return [f"{level} {count}" for level, count in self.levels.items() if count]


def _counted(levels: dict[CoverageLevel, int]) -> str:
    total = sum(levels.values())
    return ", ".join(f"{count / total:.1%} {level}" for level, count in levels.items() if count)


@arguments.checked
def report(
    findings: pyarrow.Table | str | PathLike[str],
    target: Selectable,
    *,
    baseline: str | None = None,
    within: Element | str | None = None,
    kinds: str | Iterable[str] | None = None,
    through: Named | Iterable[Named] = DIRECT,
    on: datetime.date | Iterable[datetime.date] | None = None,
    soon: int = SOON,
    connection: DuckDBPyConnection | None = None,
    library: Library = DEFAULT,
) -> FleetReport:
    """How the products of a fleet stand against a target: the coverage of each, rolled up.

    ``findings`` are a folder of assessments (TOML, JSON, xlsx) or of Parquet files, or what :func:`connect` takes. The
    target and its bounds are those of :func:`iotbaseline.coverage`; what a product meets is its selection. ``on`` and
    ``soon`` are those of :func:`connect`. Needs the extra ``fleet``.

    Raises what :func:`iotbaseline.coverage` and :func:`connect` raise, :class:`~iotbaseline.errors.QueryError` if there
    is no finding, and :class:`~iotbaseline.errors.DataErrors` with all problems of all assessments.
    """
    require("duckdb")
    given = _given(Path(findings), library) if isinstance(findings, str | PathLike) else findings
    database = opened(given, connection)
    named = database.execute("SELECT DISTINCT element FROM findings ORDER BY element").fetchall()
    if not named:
        raise QueryError("there are no findings", "name a folder with assessments or Parquet files")
    made = tables(
        [library.get(element) for (element,) in named],
        target,
        baseline=baseline,
        within=within,
        kinds=kinds,
        through=through,
        library=library,
    )
    return _reported(made, connect(made, given, on=on, soon=soon, connection=database))


def _given(path: Path, library: Library) -> pyarrow.Table | Path:
    """The findings of a folder, or a file as it is."""
    if not os.path.isdir(path):  # noqa: PTH112  # A name that is too long is none either.
        return path
    suffixes = {file.suffix.lower() for file in path.iterdir()}
    if suffixes.isdisjoint((*ASSESSMENTS, PARQUET)):
        raise QueryError(f"{path} has no findings", f"name a folder with {', '.join(ASSESSMENTS)} or {PARQUET} files")
    if suffixes.isdisjoint(ASSESSMENTS):
        return path / f"*{PARQUET}"
    return findings_of(_read((file for file in sorted(path.iterdir()) if file.suffix.lower() in ASSESSMENTS), library))


def _read(files: Iterable[Path], library: Library) -> list[Assessment]:
    """The assessments in these files; raises one error with all problems of all of them."""
    found: list[Assessment] = []
    problems: list[DataError] = []
    for file in files:
        try:
            found.append(read_assessment(file, library=library))
        except DataErrors as errors:
            problems += errors.errors
    if problems:
        raise DataErrors(problems)
    return found


def _reported(made: Tables, database: DuckDBPyConnection) -> FleetReport:
    last = "day = (SELECT MAX(day) FROM days)"
    families = tuple(
        FamilyCoverage(
            day=row["day"],
            family=row["family"],
            name=row["family_name"],
            levels={level: row[level.value.replace(" ", "_")] for level in CoverageLevel},
        )
        for row in _rows(database, "SELECT * FROM family_coverage ORDER BY day, number")
    )
    columns = ", ".join(column.name for column in fields(Outcome))
    weakest = f"SELECT {columns} FROM outcomes WHERE {last} ORDER BY share NULLS LAST, element LIMIT {_WEAKEST}"  # noqa: S608
    changes = _rows(database, "SELECT change, COUNT(*) AS items FROM drift GROUP BY change ORDER BY change")
    [fleet] = _rows(database, f"SELECT products FROM fleet_coverage WHERE {last}")  # noqa: S608
    [expiring] = _rows(database, f"SELECT COUNT(*) AS findings FROM expiring WHERE {last}")  # noqa: S608
    [judged] = _rows(database, "SELECT COUNT(*) AS paths FROM closure WHERE curated")
    return FleetReport(
        target=made.target,
        data_version=made.data_version,
        products=fleet["products"],
        families=families,
        weakest=Listing(Outcome(**row) for row in _rows(database, weakest)),
        drift={row["change"]: row["items"] for row in changes},
        expiring=expiring["findings"],
        caution=judgement(judged["paths"], len(made["closure"]), "path"),
        connection=database,
    )


def _rows(database: DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = database.execute(query)
    names = [name for name, *_ in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
