"""Several profiles side by side against a baseline."""

from __future__ import annotations

import json
from collections.abc import Iterable
from textwrap import shorten

from attrs import evolve, frozen

from iotbaseline._display import html, markdown
from iotbaseline._display.records import Record, Tabular
from iotbaseline._library.bounds import DIRECT
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, Selectable, elements_of
from iotbaseline._mappings.coverage import CoverageLevel, coverage
from iotbaseline._model.element import Element
from iotbaseline._profiles.compare import ComparisonKind, ComparisonRow, Side, rows, side


@frozen(kw_only=True, repr=False)
class SideBySide(Tabular):
    """Several profiles side by side, row by row of a baseline that they are held against.

    ``cells`` has a row for each element of the baseline and in it, for each profile, how the element stands to those of
    the profile. Reports say it the other way round: the profile asks for the ``same``, tailors it, asks for an
    ``equivalent``, for all of it and perhaps ``more``, for ``less`` of it, or for what ``overlaps``. ``beyond`` are, of
    each profile, the elements that nothing in the baseline bears upon, nor, by more than a lead, upon
    what they stand below.
    """

    base: tuple[Element, ...]
    profiles: tuple[str, ...]
    cells: tuple[tuple[ComparisonRow, ...], ...]
    beyond: tuple[tuple[Element, ...], ...]

    def __len__(self) -> int:
        return len(self.base)

    def __str__(self) -> str:
        return f"{', '.join(self.profiles)} against {len(self)} elements of the baseline"

    def __repr__(self) -> str:
        return f"<SideBySide {self}>"

    def to_records(self) -> list[Record]:
        """One row per element of the baseline with a cell for each profile, then the elements beyond it."""
        rows: list[Record] = []
        for element, cells in zip(self.base, self.cells, strict=True):
            rows.append({"element": element.id, "name": element.name})
            rows[-1].update(zip(self.profiles, map(_cell, cells), strict=True))
        for name, elements in zip(self.profiles, self.beyond, strict=True):
            for element in elements:
                blank: Record = dict.fromkeys(self.profiles)
                rows.append({"element": element.id, "name": element.name} | blank | {name: "beyond the baseline"})
        return rows

    def to_markdown(self) -> str:
        """The table as Markdown, and the elements beyond the baseline by profile."""
        table = [tuple(markdown.plain(str(value)) for value in row.values()) for row in self.to_records()[: len(self)]]
        title, headers = ", ".join(self.profiles), ("element", "", *self.profiles)
        lines = [markdown.markdown(title, str(self), headers, [("baseline", table)])]
        for name, elements in zip(self.profiles, self.beyond, strict=True):
            lines += [f"## {name}, beyond the baseline ({len(elements)})", ""]
            lines += [f"- {markdown.named([each])}" for each in elements] or ["Nothing."]
            lines.append("")
        return "\n".join(lines)

    def to_text(self) -> str:
        """The same as plain text."""
        groups = [("baseline", [(str(e), ", ".join(self._line(n))) for n, e in enumerate(self.base)])]
        for name, elements in zip(self.profiles, self.beyond, strict=True):
            groups.append((f"{name}, beyond the baseline", [(str(each), "no mapping is held") for each in elements]))
        return markdown.text(str(self), groups)

    def _line(self, number: int) -> list[str]:
        return [f"{name}: {_cell(row)}" for name, row in zip(self.profiles, self.cells[number], strict=True)]

    def to_json(self) -> str:
        """The table as JSON."""
        return json.dumps({"profiles": self.profiles, "rows": self.to_records()}, indent=1, ensure_ascii=False)

    def _repr_html_(self) -> str:
        rows = (
            (element.id, shorten(element.name, _SHOWN, placeholder=" …"), *map(_cell, cells))
            for element, cells in zip(self.base, self.cells, strict=True)
        )
        badges = [f"{name}: {len(e)} beyond the baseline" for name, e in zip(self.profiles, self.beyond, strict=True)]
        body = html.table(("element", "", *self.profiles), rows)
        return html.card(", ".join(self.profiles), "Side by side", badges, [], body)


_SHOWN = 90
"""How much of the name of an element fits into a table of several columns."""

_CELLS = {
    ComparisonKind.WEAKER: "more",
    ComparisonKind.STRONGER: "less",
    ComparisonKind.OVERLAPPING: "overlaps",
    ComparisonKind.ONLY: "—",
}
"""What a profile does with an element of the baseline, where that is not the word for how the element stands to it."""


def _cell(row: ComparisonRow) -> str:
    return _CELLS.get(row.kind, row.kind.value)


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
    return SideBySide(
        base=tuple(row.element for row in found[0]) if found else (),
        profiles=tuple(side.name for side in sides),
        cells=tuple(zip(*found, strict=True)),
        beyond=tuple(_beyond(side.elements, elements, through, library) for side in sides),
    )


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
