"""Several profiles side by side against a baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar

from attrs import evolve, frozen

from iotbaseline._display.plots import Plot, matrix
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Listing, Result, Shown
from iotbaseline._library.bounds import DIRECT
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, Selectable, elements_of
from iotbaseline._mappings.coverage import CoverageLevel, coverage
from iotbaseline._model.element import Element
from iotbaseline._profiles.compare import ComparisonKind, ComparisonRow, Side, rows, side


@frozen(kw_only=True)
class SideBySideRow:
    """One element and how each profile stands to it: an element of the baseline, or one ``beyond`` it.

    ``cells`` has, for each profile, how the element of the baseline stands to those of the profile; ``beyond`` is the
    place of the profile that has an element beyond the baseline.
    """

    element: Element
    cells: tuple[ComparisonRow, ...] = ()
    beyond: int | None = None


@frozen(kw_only=True, repr=False)
class SideBySide(Result[SideBySideRow, str]):
    """Several profiles side by side: a row for each element of a baseline, then for those beyond it.

    Reports say it the other way round than the cells: the profile asks for the ``same``, tailors it, asks for an
    ``equivalent``, for all of it and perhaps ``more``, for ``less`` of it, or for what ``overlaps``. An element of a
    profile is beyond the baseline if nothing in the baseline relates to it, nor, by more than a lead, to what it stands
    below.
    """

    HELD: ClassVar[str] = "rows"
    LISTED: ClassVar[str] = "rows"
    GROUPED: ClassVar[bool] = True

    profiles: tuple[str, ...]
    rows: tuple[SideBySideRow, ...]

    @property
    def base(self) -> Listing[Element]:
        """The elements of the baseline."""
        return Listing(row.element for row in self.rows if row.beyond is None)

    @property
    def cells(self) -> tuple[tuple[ComparisonRow, ...], ...]:
        """For each element of the baseline, how it stands to each profile."""
        return tuple(row.cells for row in self.rows if row.beyond is None)

    @property
    def beyond(self) -> tuple[Listing[Element], ...]:
        """For each profile, its elements beyond the baseline."""
        return tuple(
            Listing(row.element for row in self.rows if row.beyond == number) for number in range(len(self.profiles))
        )

    def __str__(self) -> str:
        return f"{', '.join(self.profiles)} against {len(self.base)} elements of the baseline"

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
        names = ("baseline", *(f"{name}, {_BEYOND}" for name in self.profiles))
        return names, lambda row: (names[0 if row.beyond is None else 1 + row.beyond],)

    def _explained(self, item: SideBySideRow) -> tuple[str, str]:
        if item.beyond is not None:
            return str(item.element), "no mapping is held"
        cells = zip(self.profiles, item.cells, strict=True)
        return str(item.element), ", ".join(f"{name}: {_cell(cell)}" for name, cell in cells)


_BEYOND = "beyond the baseline"

_CELLS = {
    ComparisonKind.WEAKER: "more",
    ComparisonKind.STRONGER: "less",
    ComparisonKind.OVERLAPPING: "overlaps",
    ComparisonKind.ONLY: "—",
}
"""What a profile does with an element of the baseline, where that is not the word for how the element stands to it."""


def _cell(row: ComparisonRow) -> str:
    return _CELLS.get(row.kind, row.kind.value)


def _cell_of(number: int, row: SideBySideRow) -> str | None:
    """What the profile at a place has in a row."""
    if row.beyond is None:
        return _cell(row.cells[number])
    return _BEYOND if row.beyond == number else None


def side_by_side(
    *profiles: Selectable,
    base: Selectable = ("ir8259a", "ir8259b"),
    through: Named | Iterable[Named] = DIRECT,
    library: Library = DEFAULT,
) -> SideBySide:
    """Hold several profiles side by side against the elements of a baseline; by default the two core baselines.

    The profiles and the baseline are what :func:`~iotbaseline.coverage` takes. Raises what :func:`compare` raises.
    """
    sides = [side(each, library, "profiles") for each in profiles]
    elements = tuple(elements_of(library, base, "base"))
    ground = Side(name="baseline", elements=elements, modifications={})
    found = [
        tuple(
            evolve(row, modifications=side.modifications.get(row.element.id, ()))
            for row in rows(coverage(side.elements, elements, through=through, library=library), ground, side)
        )
        for side in sides
    ]
    of_base = (SideBySideRow(element=cells[0].element, cells=cells) for cells in zip(*found, strict=True))
    beyond = (
        SideBySideRow(element=element, beyond=number)
        for number, side in enumerate(sides)
        for element in _beyond(side.elements, elements, through, library)
    )
    return SideBySide(profiles=tuple(side.name for side in sides), rows=(*of_base, *beyond))


def _beyond(
    elements: tuple[Element, ...], base: tuple[Element, ...], through: Named | Iterable[Named], library: Library
) -> tuple[Element, ...]:
    """The items upon which the baseline does not bear, nor, by more than a lead, upon what they stand below."""
    kinds = {element.kind for element in elements}
    found = coverage(base, elements, kinds=kinds, through=through, library=library)
    leads = (CoverageLevel.RELATED, CoverageLevel.GAP)
    touched = {item.element.id for item in found if item.level not in leads}
    above = {element.id: element.parent for element in elements}

    def is_beyond(element: Element) -> bool:
        place: str | None = element.id
        while place is not None and place not in touched:
            place = above.get(place)
        return place is None

    gaps = coverage(base, elements, through=through, library=library).gaps
    return tuple(element for element in gaps if is_beyond(element))
