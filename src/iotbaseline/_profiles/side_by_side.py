"""Several profiles side by side against a baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar

from attrs import evolve, frozen

from iotbaseline._display.plots import Plot, matrix
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Listing, Result, Shown
from iotbaseline._library import garbage
from iotbaseline._library.bounds import DIRECT
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, Selectable, elements_of
from iotbaseline._mappings.coverage import CoverageItem
from iotbaseline._mappings.coverage_level import CoverageLevel
from iotbaseline._mappings.covering import coverage
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline._model.provenance import judgement
from iotbaseline._profiles.compare import ComparisonKind, ComparisonRow, Side, rows, side
from iotbaseline.errors import counted


@frozen(kw_only=True)
class SideBySideRow:
    """One element of the baseline with a cell for each profile, or one element that a profile has ``beyond`` it.

    ``cells`` says how the element of the baseline relates to each profile; ``beyond`` is the index of the profile that
    has an element beyond the baseline, ``not_mapped`` that of one about which no crosswalk with the baseline says
    anything.
    """

    element: Element
    cells: tuple[ComparisonRow, ...] = ()
    beyond: int | None = None
    not_mapped: int | None = None


@frozen(kw_only=True, repr=False)
class SideBySide(Result[SideBySideRow, str]):
    """Several profiles side by side: a row for each element of a baseline, then for those beyond it.

    Cells read from the baseline, reports from the profile: it asks for the ``same``, tailors it, asks for an
    ``equivalent``, for all of it and perhaps ``more``, for ``less`` of it, or for something that ``overlaps``. An
    element of a profile is beyond the baseline if a crosswalk names it, but no mapping links it to the baseline, and
    nothing above it in the profile has more than a weak link to the baseline (``related``). If no crosswalk says
    anything about it, it is ``not mapped``.
    """

    HELD: ClassVar[str] = "rows"
    LISTED: ClassVar[str] = "rows"
    GROUPED: ClassVar[bool] = True

    profiles: tuple[str, ...]
    rows: tuple[SideBySideRow, ...]

    @property
    def base(self) -> Listing[Element]:
        """The elements of the baseline."""
        return Listing(row.element for row in self.rows if row.cells)

    @property
    def cells(self) -> tuple[tuple[ComparisonRow, ...], ...]:
        """For each element of the baseline, how it relates to each profile."""
        return tuple(row.cells for row in self.rows if row.cells)

    @property
    def notice(self) -> str | None:
        """Says how many rows rest on this project's judgement, and what that does not give; ``None`` if none does."""
        judged = sum(any(cell.is_curated for cell in row.cells) for row in self.rows)
        return judgement(judged, len(self), "row")

    @property
    def beyond(self) -> tuple[Listing[Element], ...]:
        """For each profile, its elements beyond the baseline."""
        return tuple(
            Listing(row.element for row in self.rows if row.beyond == number) for number in range(len(self.profiles))
        )

    @property
    def not_mapped(self) -> tuple[Listing[Element], ...]:
        """For each profile, its elements that no crosswalk with the baseline says anything of."""
        return tuple(
            Listing(row.element for row in self.rows if row.not_mapped == number)
            for number in range(len(self.profiles))
        )

    def __str__(self) -> str:
        return f"{', '.join(self.profiles)} against {counted(len(self.base), 'element')} of the baseline"

    def __repr__(self) -> str:
        return f"<SideBySide {self}>"

    def columns(self) -> tuple[Column[SideBySideRow], ...]:
        """The element, then what each profile makes of it."""
        return (
            Column("element", lambda row: row.element.id),
            Column("name", lambda row: row.element.name),
            *(Column(name, partial(_cell_of, number)) for number, name in enumerate(self.profiles)),
        )

    @property
    def _name(self) -> str:
        return ", ".join(self.profiles)

    @property
    def _title(self) -> str:
        return "Side by side"

    @property
    def _shown(self) -> Shown:
        return {"element": ("element", "name")} | {name: (name,) for name in self.profiles}

    @property
    def _caution(self) -> str | None:
        return self.notice

    def _head(self) -> Head:
        return {"profiles": self.profiles}

    def _badges(self) -> list[str]:
        return [f"{name}: {len(items)} {_BEYOND}" for name, items in zip(self.profiles, self.beyond, strict=True)]

    def plot(self) -> Plot:
        """A matrix: what each profile makes of each element of the baseline.

        Raises :class:`~iotbaseline.errors.MissingExtraError` if matplotlib is not installed.
        """
        rows = {f"{row.element.local} {row.element.title or ''}".strip(): row for row in self.rows if row.cells}
        cells = {name: [_cell(cell) for cell in row.cells] for name, row in rows.items()}
        return matrix(str(self), cells, self.profiles)

    def _grouping(self) -> tuple[tuple[str, ...], Callable[[SideBySideRow], tuple[str, ...]]]:
        beyond, not_mapped = ([f"{name}, {word}" for name in self.profiles] for word in (_BEYOND, _NOT_MAPPED))

        def group(row: SideBySideRow) -> str:
            if row.beyond is not None:
                return beyond[row.beyond]
            return "baseline" if row.not_mapped is None else not_mapped[row.not_mapped]

        return ("baseline", *beyond, *not_mapped), lambda row: (group(row),)

    def _explained(self, item: SideBySideRow) -> tuple[str, str]:
        if not item.cells:
            return str(
                item.element
            ), "no mapping is held" if item.beyond is None else "no mapping leads to the baseline"
        cells = zip(self.profiles, item.cells, strict=True)
        return str(item.element), ", ".join(f"{name}: {_cell(cell)}" for name, cell in cells)


_BEYOND = "beyond the baseline"
_NOT_MAPPED = ComparisonKind.NOT_MAPPED.value

_CELLS = {
    ComparisonKind.WEAKER: "more",
    ComparisonKind.STRONGER: "less",
    ComparisonKind.OVERLAPPING: "overlaps",
    ComparisonKind.ONLY: "—",
}
"""The word for a cell as read from the profile, where it is not the kind of the row."""


def _cell(row: ComparisonRow) -> str:
    return _CELLS.get(row.kind, row.kind.value)


def _cell_of(number: int, row: SideBySideRow) -> str | None:
    """What the profile of that number has in a row."""
    if row.cells:
        return _cell(row.cells[number])
    return _BEYOND if row.beyond == number else _NOT_MAPPED if row.not_mapped == number else None


@arguments.checked
@garbage.put_off()
def side_by_side(
    *profiles: Selectable,
    base: Selectable = ("ir8259a", "ir8259b"),
    through: Named | Iterable[Named] = DIRECT,
    library: Library = DEFAULT,
) -> SideBySide:
    """Compare several profiles with the elements of a baseline, by default the two core baselines.

    Profiles and baseline can be anything that :func:`~iotbaseline.coverage` takes. Raises what :func:`compare` raises.

    >>> rows = ib.side_by_side("consumer", "federal").to_records()
    >>> rows[1]["element"], rows[1]["consumer"], rows[1]["federal"]
    ('ir8259a:device-identification.2', 'overlaps', 'overlaps')
    """
    sides = [side(profile, library, "profiles") for profile in profiles]
    elements = tuple(elements_of(library, base, "base"))
    baseline = Side(name="baseline", elements=elements, modifications={})
    columns = [
        tuple(
            evolve(row, modifications=side.modifications.get(row.element.id, ()))
            for row in rows(coverage(side.elements, elements, through=through, library=library), baseline, side)
        )
        for side in sides
    ]
    of_base = (SideBySideRow(element=cells[0].element, cells=cells) for cells in zip(*columns, strict=True))
    left_over = [_left_over(side.elements, elements, through, library) for side in sides]
    beyond = (
        SideBySideRow(element=item.element, beyond=number)
        for number, items in enumerate(left_over)
        for item in items
        if item.level is CoverageLevel.GAP
    )
    not_mapped = (
        SideBySideRow(element=item.element, not_mapped=number)
        for number, items in enumerate(left_over)
        for item in items
        if item.level is CoverageLevel.NOT_MAPPED
    )
    return SideBySide(profiles=tuple(side.name for side in sides), rows=(*of_base, *beyond, *not_mapped))


def _left_over(
    elements: tuple[Element, ...], base: tuple[Element, ...], through: Named | Iterable[Named], library: Library
) -> tuple[CoverageItem, ...]:
    """The items that nothing in the baseline relates to, nor, by more than a weak link, to anything above them."""
    kinds = {element.kind for element in elements}
    covered = coverage(base, elements, kinds=kinds, through=through, library=library)
    touched = {item.element.id for item in covered if item.level < CoverageLevel.RELATED}
    above = {element.id: element.parent for element in elements}

    def is_left_over(element: Element) -> bool:
        place: str | None = element.id
        while place is not None and place not in touched:
            place = above.get(place)
        return place is None

    items = coverage(base, elements, through=through, library=library)
    return tuple(item for item in items if item.level > CoverageLevel.RELATED and is_left_over(item.element))
