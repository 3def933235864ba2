"""How far a selection of elements covers a publication, a baseline or any other list of elements.

An element is covered if a selected one asks for all that it asks for, partly covered if a selected one certainly has
something in common with it, supported if a selected one supports it and no more is said, related if there is only a
weak link, a gap if a crosswalk names it but nothing selected leads to it, and not mapped if no crosswalk says anything
of it. Every answer keeps the paths that it rests on. Parts count: what is part of a covered element is covered, and
what supports a part supports the whole; but an untyped mapping to an element does not extend to its parts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import ClassVar

from attrs import frozen

from iotbaseline._display import html, records
from iotbaseline._display.plots import Plot, stacked
from iotbaseline._display.records import Cell, Column, lifted
from iotbaseline._display.results import Head, Item, Listing, Lookup, Shown
from iotbaseline._mappings.connection import Connection
from iotbaseline._mappings.coverage_level import CoverageLevel, level_of
from iotbaseline._model import identifiers
from iotbaseline._model.element import WORDING_COLUMNS, Element
from iotbaseline._model.provenance import judgement
from iotbaseline._model.texts import quoted
from iotbaseline.errors import UnknownIdentifierError, counted

SHOWN: Shown = {"element": ("element", "name"), "level": ("level",), "by": ("by",)}


@frozen(kw_only=True, repr=False)
class CoverageItem(Item):
    """One element of the target: how far it is covered, by what, and who lists it as mapped to nothing.

    ``by`` are the selected elements connected with it, those that cover most first. ``unmapped_in`` names the
    crosswalks that list it with nothing mapped to it.
    """

    SHOWN: ClassVar[Shown] = SHOWN

    element: Element
    level: CoverageLevel
    by: tuple[Connection, ...] = ()
    unmapped_in: tuple[str, ...] = ()

    @property
    def is_curated(self) -> bool:
        """Whether the best path from one of them goes along this project's judgement."""
        return any(connection.paths[0].is_curated for connection in self.by)

    def columns(self) -> tuple[Column[CoverageItem], ...]:
        """Those of a coverage."""
        return _COLUMNS

    def __str__(self) -> str:
        return f"{self.element}: {self.level}"

    def __repr__(self) -> str:
        return f"<CoverageItem {self}>"


@frozen(kw_only=True, repr=False)
class CoverageGroup(Item):
    """The items below one element of the target."""

    SHOWN: ClassVar[Shown] = {
        "element": ("element", "name"),
        **{name: (name,) for name in ("items", *(level.value for level in CoverageLevel))},
    }

    element: Element
    items: tuple[CoverageItem, ...]

    @property
    def total(self) -> int:
        """How many items there are below it."""
        return len(self.items)

    def counts(self) -> dict[CoverageLevel, int]:
        """How many of them are at each level."""
        counted = Counter(item.level for item in self.items)
        return {level: counted[level] for level in CoverageLevel}

    def columns(self) -> tuple[Column[CoverageGroup], ...]:
        """The element, how many items are below it, and how many at each level."""
        return _GROUP_COLUMNS

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {level}" for level, count in self.counts().items() if count)
        return f"{self.element}: {counts}"

    def __repr__(self) -> str:
        return f"<CoverageGroup {self}>"


@frozen(kw_only=True, repr=False)
class Coverage(Lookup[CoverageItem, CoverageLevel]):
    """How far a selection covers a target, item by item in the order of the target.

    ``selection`` are the elements selected, ``items`` what they were held against, ``above`` the elements that stand
    above one of them, ``cautions`` what the library does not hold of the selection. Behaves as a read-only collection
    of its items: ``len``, iteration, ``[]`` by name or place.
    """

    HELD: ClassVar[str] = "items"
    LISTED: ClassVar[str] = "items"
    GROUPED: ClassVar[bool] = True
    IN_GROUP: ClassVar[tuple[str, ...]] = ("level",)
    SHOWN: ClassVar[Shown] = SHOWN

    selection: tuple[Element, ...]
    target: str
    items: tuple[CoverageItem, ...]
    above: tuple[Element, ...]
    cautions: tuple[str, ...] = ()

    @cached_property
    def groups(self) -> Listing[CoverageGroup]:
        """The items rolled up by the elements above them, in the order of their publications."""
        parents = {element.id: element.parent for element in self.above}
        below: defaultdict[str, list[CoverageItem]] = defaultdict(list)
        for item in self.items:
            place = item.element.parent
            while place is not None:
                below[place].append(item)
                place = parents.get(place)
        return Listing(
            CoverageGroup(element=each, items=tuple(below[each.id])) for each in self.above if each.id in below
        )

    @cached_property
    def _by_id(self) -> dict[str, CoverageItem]:
        return {item.element.id: item for item in self.items}

    def __contains__(self, item: object) -> bool:
        return self._get(item) is not None if isinstance(item, str) else item in self.items

    def _get(self, name: str) -> CoverageItem | None:
        return identifiers.named(self._by_id, name)

    def _named(self, name: str) -> CoverageItem:
        plain = identifiers.checked(name)
        found = self._get(plain)
        if found is None:
            near = identifiers.nearest(plain.rpartition(":")[2].strip(), (item.element.local for item in self))
            raise UnknownIdentifierError(f"item of {self.target}", name, near)
        return found

    def _at(self, level: CoverageLevel) -> Listing[Element]:
        return Listing(item.element for item in self.items if item.level is level)

    @property
    def covered(self) -> Listing[Element]:
        """What a selected element asks for in full."""
        return self._at(CoverageLevel.COVERED)

    @property
    def partly_covered(self) -> Listing[Element]:
        """What a selected element asks for in part."""
        return self._at(CoverageLevel.PARTLY_COVERED)

    @property
    def supported(self) -> Listing[Element]:
        """What a selected element supports, and no more is said."""
        return self._at(CoverageLevel.SUPPORTED)

    @property
    def related(self) -> Listing[Element]:
        """What selected elements have only weak links to."""
        return self._at(CoverageLevel.RELATED)

    @property
    def gaps(self) -> Listing[Element]:
        """What a crosswalk names, but nothing selected covers, supports or is related to."""
        return self._at(CoverageLevel.GAP)

    @property
    def not_mapped(self) -> Listing[Element]:
        """What no crosswalk between the two sides says anything of."""
        return self._at(CoverageLevel.NOT_MAPPED)

    @property
    def unmapped(self) -> Listing[Element]:
        """What a crosswalk lists with nothing mapped to it: a gap that the publisher states."""
        return Listing(item.element for item in self.items if item.unmapped_in)

    @property
    def unused(self) -> Listing[Element]:
        """The selected elements that are connected with no item."""
        return Listing(element for element in self.selection if element.id not in self.contributions)

    @property
    def notice(self) -> str | None:
        """Says how many items rest on this project's judgement, and what that does not give, how many gaps are parts
        of an item that is reached, and what of the selection is held in part; ``None`` if there is nothing to say.
        """
        judged = judgement(sum(item.is_curated for item in self.items), len(self), "item")
        return "; ".join(filter(None, (judged, self._parts_noticed, *self.cautions))) or None

    @property
    def _parts_noticed(self) -> str | None:
        """Says how many gaps that nobody states are parts of an item that is reached.

        An untyped mapping does not extend to parts.
        """
        reached = {item.element.id for item in self.items if item.by}
        parents = {element.id: element.parent for element in (*self.above, *(item.element for item in self.items))}
        silent = (item.element for item in self.items if item.level is CoverageLevel.GAP and not item.unmapped_in)
        parts = sum(not reached.isdisjoint(_up(gap.parent, parents)) for gap in silent)
        return f"gaps that are parts of an item that is reached: {parts} of {len(self.gaps)}" if parts else None

    @cached_property
    def contributions(self) -> dict[str, tuple[Connection, ...]]:
        """The items that each selected element is connected with, by its identifier: ``by`` of the items, reversed."""
        found: defaultdict[str, list[Connection]] = defaultdict(list)
        for item in self.items:
            for connection in item.by:
                found[connection.subject].append(connection)
        return {element.id: tuple(found[element.id]) for element in self.selection if element.id in found}

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {level}" for level, count in self.counts().items())
        return f"{counted(len(self.selection), 'element')} against {len(self)} of {self.target}: {counts}"

    def __repr__(self) -> str:
        return f"<Coverage {self}>"

    def columns(self) -> tuple[Column[CoverageItem], ...]:
        """An item, its level, what covers it, the best relation, why it says no more, and wordings if attached."""
        worded = self._worded
        of_items: tuple[Column[CoverageItem], ...] = lifted(WORDING_COLUMNS, lambda item: item.element)
        of_selection = Column[CoverageItem]("by_wording", lambda item: _wordings(item, worded), separator="\n")
        is_worded = any(item.element.wording is not None for item in self.items)
        return (*_COLUMNS, *(of_items if is_worded else ()), *((of_selection,) if worded else ()))

    @cached_property
    def _worded(self) -> dict[str, Element]:
        """The selected elements whose official wording is attached."""
        return {element.id: element for element in self.selection if element.wording is not None}

    @property
    def _name(self) -> str:
        return self.target

    @property
    def _title(self) -> str:
        return f"{counted(len(self.selection), 'element')} against {self.target}"

    @property
    def _caution(self) -> str | None:
        return self.notice

    def _head(self) -> Head:
        return {"target": self.target, "selected": len(self.selection)}

    def _badges(self) -> list[str]:
        return [f"{level} {count}" for level, count in self.counts().items()]

    def _body(self) -> str:
        groups: Iterable[list[Cell]] = (
            [records.Named(((group.element.local, group.element.name),)), group.total, *group.counts().values()]
            for group in self.groups
        )
        return html.table(("", "items", *CoverageLevel), groups) + html.details(
            counted(len(self), "item"), super()._body()
        )

    def plot(self) -> Plot:
        """A bar for each family of the target, stacked by level.

        Raises :class:`~iotbaseline.errors.MissingExtraError` if matplotlib is not installed.
        """
        top = [group for group in self.groups if group.element.parent is None] or [*self.groups]
        families = {f"{group.element.local} {group.element.title or ''}".strip(): group.counts() for group in top}
        return stacked(str(self), families or {self.target: self.counts()})

    def _explained(self, item: CoverageItem) -> tuple[str, str]:
        paths = (str(connection.paths[0]) for connection in item.by)
        return str(item.element), "; ".join([*paths, *quoted([item.element]), *_wordings(item, self._worded)])

    @property
    def _shown(self) -> Shown:
        attached = {"wording", "by_wording"} & {column.name for column in self.columns()}
        return self.SHOWN | {name.replace("_", " "): (name,) for name in sorted(attached, reverse=True)}


_COLUMNS: tuple[Column[CoverageItem], ...] = (
    Column("element", lambda item: item.element.id),
    Column("name", lambda item: item.element.name),
    Column("level", lambda item: item.level, groups=tuple(CoverageLevel)),
    Column("by", lambda item: tuple(connection.subject for connection in item.by)),
    Column("relation", lambda item: item.by[0].found if item.by else None),
    Column("strength", lambda item: item.by[0].strength if item.by else None),
    Column("why", lambda item: _EXAMPLE if _is_by_example(item) else None),
    Column("unmapped_in", lambda item: item.unmapped_in),
)

_EXAMPLE = "related only: what has the relation is an example"


def _is_by_example(item: CoverageItem) -> bool:
    """Whether the level says less than the relation does, since examples are only related to what they support."""
    return item.level is CoverageLevel.RELATED and level_of(item.by[0]) is not CoverageLevel.RELATED


def _counted(level: CoverageLevel) -> Column[CoverageGroup]:
    return Column(level.value, lambda group: group.counts()[level])


_GROUP_COLUMNS: tuple[Column[CoverageGroup], ...] = (
    Column("publication", lambda group: group.element.publication, groups=()),
    Column("element", lambda group: group.element.id),
    Column("name", lambda group: group.element.name),
    Column("items", lambda group: group.total),
    *(_counted(level) for level in CoverageLevel),
)


def _wordings(item: CoverageItem, worded: Mapping[str, Element]) -> tuple[str, ...]:
    """The official wordings of what an item is covered by, each with the file that it is from."""
    return tuple(quoted(worded[connection.subject] for connection in item.by if connection.subject in worded))


def _up(place: str | None, parents: dict[str, str | None]) -> Iterator[str]:
    """An element and what it is part of, from the inside out."""
    while place is not None:
        yield place
        place = parents.get(place)
