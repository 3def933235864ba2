"""Two profiles, or a profile and a baseline, element by element: what only one asks for, and what asks for more.

The mapping relations decide, by the paths that :func:`iotbaseline.coverage` finds; no mapping is made up by likeness of
words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator
from enum import StrEnum
from textwrap import shorten
from typing import TypeAlias

from attrs import evolve, frozen

from iotbaseline import html, reports
from iotbaseline._coverage import Coverage, CoverageItem, CoverageLevel, coverage
from iotbaseline._paths import Connection
from iotbaseline._profiles import Modification, ModificationKind, Profile, ResolvedProfile
from iotbaseline.library import DEFAULT, Library
from iotbaseline.model import Element, Publication
from iotbaseline.profile_files import profile
from iotbaseline.relations import IDENTITY, Relation
from iotbaseline.tables import Record, Tabular

Comparable: TypeAlias = str | Profile | ResolvedProfile | Publication
"""A profile or a publication, by itself or by name."""


class ComparisonKind(StrEnum):
    """How an element stands to the other side, the closest first."""

    SAME = "same"
    """The other side has it too and asks for no other change of it."""
    TAILORED = "tailored"
    """The other side has it too, but one of them narrows, widens or sets what the other does not."""
    EQUIVALENT = "equivalent"
    """An element of the other side asks for just that, worded otherwise."""
    WEAKER = "weaker"
    """An element of the other side asks for all of it, and may ask for more."""
    OVERLAPPING = "overlapping"
    """It certainly has something in common with an element of the other side, and each may have more."""
    STRONGER = "stronger"
    """It asks for all that elements of the other side ask for, and may ask for more; none of them only overlaps."""
    RELATED = "related"
    """There is support or a lead, in either direction, and no more."""
    ONLY = "only"
    """Nothing on the other side bears upon it, as far as mappings are held."""


@frozen(kw_only=True)
class ComparisonRow:
    """One element of one side, how it stands to the other side, and by which paths.

    ``partners`` are the elements of the other side with a bearing on it; each connection reads from the partner to it.
    ``modifications`` are those that its own side makes of it, in an :class:`Alignment` those of the profile.
    """

    element: Element
    kind: ComparisonKind
    partners: tuple[Connection, ...]
    closest: tuple[str, ...]
    """The identifiers of the partners that decide its kind."""
    modifications: tuple[Modification, ...] = ()

    @property
    def because(self) -> str:
        """The best path from each partner that decides its kind, or that there is none."""
        ways = [str(each.paths[0]) for each in self.partners if each.subject in self.closest]
        return "; ".join(ways) or "no mapping is held"


@frozen(kw_only=True, repr=False)
class Comparison(Tabular):
    """How two sides stand to each other: every element of either side that asks for something has one row.

    ``left_rows`` and ``right_rows`` are in the order of their sides, and each row is read from its own element.
    """

    left: str
    right: str
    left_rows: tuple[ComparisonRow, ...]
    right_rows: tuple[ComparisonRow, ...]

    @property
    def only_left(self) -> tuple[Element, ...]:
        """What only the left side asks for, as far as mappings are held."""
        return tuple(row.element for row in self.left_rows if row.kind is ComparisonKind.ONLY)

    @property
    def only_right(self) -> tuple[Element, ...]:
        """What only the right side asks for, as far as mappings are held."""
        return tuple(row.element for row in self.right_rows if row.kind is ComparisonKind.ONLY)

    def of_kind(self, kind: ComparisonKind) -> tuple[ComparisonRow, ...]:
        """The rows of the left side of one kind."""
        return tuple(row for row in self.left_rows if row.kind is kind)

    def counts(self) -> dict[ComparisonKind, tuple[int, int]]:
        """How many elements of the left and of the right side are of each kind."""
        left, right = (Counter(row.kind for row in rows) for rows in (self.left_rows, self.right_rows))
        return {kind: (left[kind], right[kind]) for kind in ComparisonKind}

    def __len__(self) -> int:
        return len(self.left_rows) + len(self.right_rows)

    def __iter__(self) -> Iterator[ComparisonRow]:
        yield from self.left_rows
        yield from self.right_rows

    def __str__(self) -> str:
        counts = ", ".join(f"{left} | {right} {kind}" for kind, (left, right) in self.counts().items() if left or right)
        return f"{self.left} | {self.right}: {counts}"

    def __repr__(self) -> str:
        return f"<Comparison {self}>"

    def to_records(self) -> list[Record]:
        """One row per element of either side: side, element, kind, the closest partners, the best path to each."""
        return [
            {
                "side": side,
                "element": row.element.id,
                "name": row.element.name,
                "kind": row.kind.value,
                "partners": ", ".join(row.closest),
                "because": row.because,
                "modifications": "; ".join(map(str, row.modifications)),
            }
            for side, rows in ((self.left, self.left_rows), (self.right, self.right_rows))
            for row in rows
        ]

    def _grouped(self) -> list[tuple[str, list[ComparisonRow]]]:
        """The rows of both sides by side and kind, without the groups that are empty."""
        sides = ((self.left, self.left_rows), (self.right, self.right_rows))
        groups = (
            (f"{side}: {kind}", [row for row in rows if row.kind is kind])
            for side, rows in sides
            for kind in ComparisonKind
        )
        return [(name, rows) for name, rows in groups if rows]

    def to_text(self) -> str:
        """A plain text report: for each side, by kind, the elements with the paths that decide."""
        groups = ((name, [(str(row.element), row.because) for row in rows]) for name, rows in self._grouped())
        return reports.text(str(self), groups)

    def to_markdown(self) -> str:
        """The same report as Markdown tables."""
        groups = (
            (name, [(reports.named([row.element]), reports.plain(row.because)) for row in rows])
            for name, rows in self._grouped()
        )
        return reports.markdown(f"{self.left} | {self.right}", str(self), ("element", "because"), groups)

    def to_json(self) -> str:
        """The comparison as JSON: both sides, the counts, and a record per element."""
        counts = {kind: {"left": left, "right": right} for kind, (left, right) in self.counts().items()}
        document = {"left": self.left, "right": self.right, "counts": counts, "rows": self.to_records()}
        return json.dumps(document, indent=1, ensure_ascii=False)

    def _repr_html_(self) -> str:
        shown = ((row["side"], row["element"], row["name"], row["kind"], row["partners"]) for row in self.to_records())
        badges = [f"{left} | {right} {kind}" for kind, (left, right) in self.counts().items()]
        body = html.table(("side", "element", "", "kind", "other side"), shown)
        return html.card(f"{self.left} | {self.right}", "Comparison", badges, [], body)


@frozen(kw_only=True, repr=False)
class Alignment(Tabular):
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
        return f"<Alignment {self}>"

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
        table = [tuple(reports.plain(str(value)) for value in row.values()) for row in self.to_records()[: len(self)]]
        title, headers = ", ".join(self.profiles), ("element", "", *self.profiles)
        lines = [reports.markdown(title, str(self), headers, [("baseline", table)])]
        for name, elements in zip(self.profiles, self.beyond, strict=True):
            lines += [f"## {name}, beyond the baseline ({len(elements)})", ""]
            lines += [f"- {reports.named([each])}" for each in elements] or ["Nothing."]
            lines.append("")
        return "\n".join(lines)

    def to_text(self) -> str:
        """The same as plain text."""
        groups = [("baseline", [(str(e), ", ".join(self._line(n))) for n, e in enumerate(self.base)])]
        for name, elements in zip(self.profiles, self.beyond, strict=True):
            groups.append((f"{name}, beyond the baseline", [(str(each), "no mapping is held") for each in elements]))
        return reports.text(str(self), groups)

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


def compare(
    left: Comparable, right: Comparable, *, through: Collection[str] = (), library: Library = DEFAULT
) -> Comparison:
    """Compare two profiles, or a profile and a baseline, by the mappings between their elements.

    Only direct mappings count unless ``through`` names publications that paths may lead through. Raises
    :class:`~iotbaseline.errors.UnknownIdentifierError` for an unknown name and
    :class:`~iotbaseline.errors.QueryError` for a side without elements.
    """
    one, other = _side(left, library), _side(right, library)
    there = coverage(one.elements, other.elements, through=through, library=library)
    back = coverage(other.elements, one.elements, through=through, library=library)
    return Comparison(
        left=one.name, right=other.name, left_rows=_rows(back, one, other), right_rows=_rows(there, other, one)
    )


def align(
    *profiles: Comparable,
    base: tuple[Comparable, ...] = ("ir8259a", "ir8259b"),
    through: Collection[str] = (),
    library: Library = DEFAULT,
) -> Alignment:
    """Hold several profiles side by side against the elements of a baseline; by default the two core baselines.

    Raises what :func:`compare` raises.
    """
    sides = [_side(each, library) for each in profiles]
    elements = tuple(element for each in base for element in _side(each, library).elements)
    ground = _Side(name="baseline", elements=elements, modifications={})
    found = [
        tuple(
            evolve(row, modifications=side.modifications.get(row.element.id, ()))
            for row in _rows(coverage(side.elements, elements, through=through, library=library), ground, side)
        )
        for side in sides
    ]
    return Alignment(
        base=tuple(row.element for row in found[0]) if found else (),
        profiles=tuple(side.name for side in sides),
        cells=tuple(zip(*found, strict=True)),
        beyond=tuple(_beyond(side.elements, elements, through, library) for side in sides),
    )


def _beyond(
    elements: tuple[Element, ...], base: tuple[Element, ...], through: Collection[str], library: Library
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


@frozen(kw_only=True)
class _Side:
    name: str
    elements: tuple[Element, ...]
    modifications: dict[str, tuple[Modification, ...]]


def _side(which: Comparable, library: Library) -> _Side:
    if isinstance(which, str):
        which = profile(which, library=library) if which in library.profile_keys else library.load(which)
    if isinstance(which, Publication):
        return _Side(name=which.key, elements=which.elements, modifications={})
    resolved = which.resolve() if isinstance(which, Profile) else which
    level = f" [{resolved.level}]" if resolved.level else ""
    return _Side(
        name=f"{resolved.profile.key}{level}" + (" (unofficial)" if resolved.notice else ""),
        elements=resolved.elements,
        modifications={each.id: each.modifications for each in resolved.modified},
    )


def _rows(found: Coverage, own: _Side, other: _Side) -> tuple[ComparisonRow, ...]:
    """The rows of one side, from how far the other side covers it."""
    leads = {element.id for element in found.selection if element.is_illustrative}
    return tuple(_row(item, leads, own, other) for item in found)


def _row(item: CoverageItem, leads: set[str], own: _Side, other: _Side) -> ComparisonRow:
    element = item.element
    ours, theirs = (side.modifications.get(element.id, ()) for side in (own, other))
    kinds = {each.subject: _kind_of(each) for each in item.by}
    kinds |= dict.fromkeys(leads & kinds.keys(), ComparisonKind.RELATED)
    kind = min(kinds.values(), key=_ORDER.__getitem__, default=ComparisonKind.ONLY)
    closest = tuple(partner for partner, each in kinds.items() if each is kind)
    if kind is ComparisonKind.SAME and _changes(ours) != _changes(theirs):
        kind = ComparisonKind.TAILORED
    return ComparisonRow(element=element, kind=kind, partners=item.by, closest=closest, modifications=ours)


def _changes(modifications: tuple[Modification, ...]) -> set[tuple[object, ...]]:
    """What modifications change, whoever makes them and why; guidance leaves what is asked as it is."""
    return {
        (each.change, each.text, each.parameter, each.value, each.levels)
        for each in modifications
        if each.change is not ModificationKind.GUIDANCE
    }


_ORDER = {kind: number for number, kind in enumerate(ComparisonKind)}
_NO_LESS = IDENTITY | {Relation.SUPERSET_OF}
_NO_MORE = IDENTITY | {Relation.SUBSET_OF}
_SAME_MEANING = frozenset({Relation.IDENTICAL, Relation.EQUIVALENT})


def _kind_of(connection: Connection) -> ComparisonKind:
    """How an element stands to a partner, by the connection from the partner to it."""
    possible = connection.possible
    if connection.subject == connection.object:
        return ComparisonKind.SAME
    if not possible:
        return ComparisonKind.RELATED
    if possible == IDENTITY or connection.weaker & _SAME_MEANING:
        return ComparisonKind.EQUIVALENT
    if possible <= _NO_LESS:
        return ComparisonKind.WEAKER
    if possible <= _NO_MORE:
        return ComparisonKind.STRONGER
    return ComparisonKind.RELATED if Relation.NO_RELATIONSHIP in possible else ComparisonKind.OVERLAPPING
