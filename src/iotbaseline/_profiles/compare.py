"""Compare two profiles, or a profile and a baseline, element by element: what only one asks for, what asks for more.

The relations of mappings decide, along the paths that :func:`iotbaseline.coverage` finds; similar words do not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import ClassVar, Self

from attrs import evolve, frozen

from iotbaseline._display.plots import Plot, stacked
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Listing, Result, Shown
from iotbaseline._library import garbage
from iotbaseline._library.bounds import DIRECT
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, Selectable, parts_of
from iotbaseline._mappings.connection import Connection
from iotbaseline._mappings.coverage import Coverage, CoverageItem
from iotbaseline._mappings.coverage_level import CoverageLevel
from iotbaseline._mappings.covering import coverage
from iotbaseline._mappings.items import title_of
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline._model.provenance import judgement
from iotbaseline._model.publication import Publication
from iotbaseline._model.ranked import Ranked
from iotbaseline._profiles.document import Modification, ModificationKind
from iotbaseline._profiles.profile import Profile, ResolvedProfile
from iotbaseline.relations import IDENTITY, Relation


class ComparisonKind(Ranked):
    """How an element relates to the other side, the closest first."""

    SAME = "same"
    """The other side has it too and asks for no other change of it."""
    TAILORED = "tailored"
    """The other side has it too, but one of them narrows, widens or sets what the other does not."""
    EQUIVALENT = "equivalent"
    """An element of the other side asks for exactly that, in other words."""
    WEAKER = "weaker"
    """An element of the other side asks for all of it, and may ask for more."""
    OVERLAPPING = "overlapping"
    """It certainly has something in common with an element of the other side, and each may have more."""
    STRONGER = "stronger"
    """It asks for all that elements of the other side ask for, and may ask for more; none of them only overlaps."""
    RELATED = "related"
    """Only weak links: support or untyped mappings, in either direction, or examples."""
    ONLY = "only"
    """A crosswalk between the two sides names it, but nothing on the other side leads to it."""
    NOT_MAPPED = "not mapped"
    """No crosswalk held between the two sides says anything of it."""


@frozen(kw_only=True)
class ComparisonRow:
    """One element of one ``side``, how it relates to the other side, and by which paths.

    ``partners`` are the connections to it from elements of the other side. ``modifications`` are those that its own
    side makes to it; in a :class:`~iotbaseline.SideBySide`, those that the profile makes.
    """

    side: str
    element: Element
    kind: ComparisonKind
    partners: tuple[Connection, ...]
    closest: tuple[str, ...]
    """The identifiers of the partners that decide its kind."""
    modifications: tuple[Modification, ...] = ()

    @property
    def is_curated(self) -> bool:
        """Whether the best path from one of the partners goes along this project's judgement."""
        return any(partner.paths[0].is_curated for partner in self.partners)

    @property
    def because(self) -> str:
        """The best path from each partner that decides its kind, or a note that there is none."""
        paths = [str(partner.paths[0]) for partner in self.partners if partner.subject in self.closest]
        if paths:
            return "; ".join(paths)
        return "no mapping is held" if self.kind is ComparisonKind.NOT_MAPPED else "no mapping leads to the other side"


@frozen(kw_only=True, repr=False)
class Comparison(Result[ComparisonRow, ComparisonKind]):
    """How two sides relate: every element of either side that asks for something has one row.

    ``left_rows`` and ``right_rows`` are in the order of their sides, and each row is read from its own element.
    Iteration gives the rows of the left side, then those of the right side.
    """

    LISTED: ClassVar[str] = "rows"
    IN_GROUP: ClassVar[tuple[str, ...]] = ("side", "kind")
    SHOWN: ClassVar[Shown] = {
        "side": ("side",),
        "element": ("element", "name"),
        "kind": ("kind",),
        "because": ("because",),
    }

    left: str
    right: str
    left_rows: tuple[ComparisonRow, ...]
    right_rows: tuple[ComparisonRow, ...]

    @property
    def notice(self) -> str | None:
        """Says how many rows rest on this project's judgement, and what that does not give; ``None`` if none does."""
        return judgement(sum(row.is_curated for row in self), len(self), "row")

    @property
    def only_left(self) -> Listing[Element]:
        """What only the left side asks for, by a crosswalk that names it."""
        return Listing(row.element for row in self.left_rows if row.kind is ComparisonKind.ONLY)

    @property
    def only_right(self) -> Listing[Element]:
        """What only the right side asks for, by a crosswalk that names it."""
        return Listing(row.element for row in self.right_rows if row.kind is ComparisonKind.ONLY)

    def counts_by_side(self) -> dict[ComparisonKind, tuple[int, int]]:
        """How many elements of the left and of the right side are of each kind."""
        left, right = (Counter(row.kind for row in rows) for rows in (self.left_rows, self.right_rows))
        return {kind: (left[kind], right[kind]) for kind in ComparisonKind}

    def __str__(self) -> str:
        sides = self.counts_by_side().items()
        counts = ", ".join(f"{left} | {right} {kind}" for kind, (left, right) in sides if left or right)
        return f"{self.left} | {self.right}: {counts}"

    def __repr__(self) -> str:
        return f"<Comparison {self}>"

    def columns(self) -> tuple[Column[ComparisonRow], ...]:
        """Side, element, kind, the closest partners, the best path to each, the modifications."""
        return _COLUMNS

    @property
    def _items(self) -> tuple[ComparisonRow, ...]:
        return self.left_rows + self.right_rows

    def _part(self, items: tuple[ComparisonRow, ...]) -> Self:
        left = set(map(id, self.left_rows))  # by identity: a side may be compared with itself
        sides = [tuple(row for row in items if (id(row) in left) is on_left) for on_left in (True, False)]
        return evolve(self, left_rows=sides[0], right_rows=sides[1])

    @property
    def _name(self) -> str:
        return f"{self.left} | {self.right}"

    @property
    def _title(self) -> str:
        return "Comparison"

    @property
    def _caution(self) -> str | None:
        return self.notice

    def _head(self) -> Head:
        return {"left": self.left, "right": self.right}

    def _counts_in_json(self) -> object:
        return {kind: {"left": left, "right": right} for kind, (left, right) in self.counts_by_side().items()}

    def _badges(self) -> list[str]:
        return [f"{left} | {right} {kind}" for kind, (left, right) in self.counts_by_side().items()]

    def plot(self) -> Plot:
        """A bar for each side, stacked by how its elements relate to the other side.

        Raises :class:`~iotbaseline.errors.MissingExtraError` if matplotlib is not installed.
        """
        counts = self.counts_by_side()
        left, right = ({kind: pair[place] for kind, pair in counts.items() if any(pair)} for place in (0, 1))
        return stacked(f"{self.left} | {self.right}", {self.left: left, self.right: right})

    def _groups(self) -> list[tuple[str, Sequence[ComparisonRow]]]:
        """The rows of both sides by side and kind."""
        sides = ((self.left, self.left_rows), (self.right, self.right_rows))
        groups = (
            (f"{side}: {kind}", [row for row in rows if row.kind is kind])
            for side, rows in sides
            for kind in ComparisonKind
        )
        return [(name, rows) for name, rows in groups if rows]

    def _explained(self, item: ComparisonRow) -> tuple[str, str]:
        return str(item.element), item.because


_COLUMNS: tuple[Column[ComparisonRow], ...] = (
    Column("side", lambda row: row.side),
    Column("element", lambda row: row.element.id),
    Column("name", lambda row: row.element.name),
    Column("kind", lambda row: row.kind, groups=tuple(ComparisonKind)),
    Column("partners", lambda row: row.closest),
    Column("because", lambda row: row.because),
    Column("modifications", lambda row: tuple(map(str, row.modifications)), separator="; "),
)


@arguments.checked
@garbage.put_off()
def compare(
    left: Selectable,
    right: Selectable,
    *,
    through: Named | Iterable[Named] = DIRECT,
    library: Library = DEFAULT,
) -> Comparison:
    """Compare two profiles, or a profile and a baseline, by the mappings between their elements.

    A side can be anything that :func:`~iotbaseline.coverage` takes. Only direct mappings count unless ``through`` names
    publications that paths may lead through. Raises :class:`~iotbaseline.errors.UnknownIdentifierError` for an unknown
    name, :class:`~iotbaseline.errors.ArgumentTypeError` for a value of another type, and
    :class:`~iotbaseline.errors.QueryError` for a side without elements, or if no mapping leads from side to side.

    >>> print(ib.compare("consumer", "federal"))
    consumer | federal: 0 | 5 weaker, 44 | 56 overlapping, 19 | 32 related, 0 | 130 only, 0 | 35 not mapped
    """
    one, other = side(left, library, "left"), side(right, library, "right")
    there = coverage(one.elements, other.elements, through=through, library=library)
    back = coverage(other.elements, one.elements, through=through, library=library)
    return Comparison(
        left=one.name, right=other.name, left_rows=rows(back, one, other), right_rows=rows(there, other, one)
    )


@frozen(kw_only=True)
class Side:
    name: str
    elements: tuple[Element, ...]
    modifications: dict[str, tuple[Modification, ...]]


def side(which: Selectable, library: Library, argument: str) -> Side:
    """The elements of one side, with what the profiles among them change of each."""
    parts = [part.resolve() if isinstance(part, Profile) else part for part in parts_of(library, which, argument)]
    chosen: dict[str, Element] = {}
    modifications: dict[str, tuple[Modification, ...]] = {}
    for part in parts:
        chosen.update((one.id, one) for one in ([part] if isinstance(part, Element) else part.elements))
        if isinstance(part, ResolvedProfile):
            for item in part.modified:
                modifications[item.id] = modifications.get(item.id, ()) + item.modifications
    match parts:
        case [Publication() as publication]:
            name = publication.key
        case [ResolvedProfile() as resolved]:
            level = f" [{resolved.level}]" if resolved.level else ""
            name = f"{resolved.profile.key}{level}" + (" (unofficial)" if resolved.notice else "")
        case _:
            name = title_of(library, parts, chosen.values())
    return Side(name=name, elements=tuple(chosen.values()), modifications=modifications)


def rows(covered: Coverage, own: Side, other: Side) -> tuple[ComparisonRow, ...]:
    """The rows of one side, from how far the other side covers it."""
    illustrative = {element.id for element in covered.selection if element.is_illustrative}
    return tuple(_row(item, illustrative, own, other) for item in covered)


def _row(item: CoverageItem, illustrative: set[str], own: Side, other: Side) -> ComparisonRow:
    element = item.element
    ours, theirs = (side.modifications.get(element.id, ()) for side in (own, other))
    kinds = {connection.subject: _kind_of(connection) for connection in item.by}
    kinds |= dict.fromkeys(illustrative & kinds.keys(), ComparisonKind.RELATED)
    is_mapped = item.level is not CoverageLevel.NOT_MAPPED
    kind = min(kinds.values(), default=ComparisonKind.ONLY if is_mapped else ComparisonKind.NOT_MAPPED)
    closest = tuple(partner for partner, kind_of_partner in kinds.items() if kind_of_partner is kind)
    if kind is ComparisonKind.SAME and _changes(ours) != _changes(theirs):
        kind = ComparisonKind.TAILORED
    return ComparisonRow(
        side=own.name, element=element, kind=kind, partners=item.by, closest=closest, modifications=ours
    )


def _changes(modifications: tuple[Modification, ...]) -> set[tuple[object, ...]]:
    """What modifications change, whoever makes them and why; guidance does not change what is asked."""
    return {
        (change.change, change.text, change.parameter, change.value, change.levels)
        for change in modifications
        if change.change is not ModificationKind.GUIDANCE
    }


_NO_LESS = IDENTITY | {Relation.SUPERSET_OF}
_NO_MORE = IDENTITY | {Relation.SUBSET_OF}
_SAME_MEANING = frozenset({Relation.IDENTICAL, Relation.EQUIVALENT})


def _kind_of(connection: Connection) -> ComparisonKind:
    """How an element relates to a partner, by the connection from the partner to it."""
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
