"""How far a selection of elements covers a publication, a baseline or any other list of elements.

An element is covered if a selected one asks for all that it asks for, partly covered if a selected one certainly has
something in common with it, supported if a selected one supports it and no more is said, related if there is only a
weak link, a gap if a crosswalk names it but nothing selected leads to it, and not mapped if no crosswalk says anything
of it. Every answer keeps the paths that it rests on. Parts count: what is part of a covered element is covered, and
what supports a part supports the whole; but an untyped mapping to an element does not extend to its parts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import ClassVar

from attrs import frozen

from iotbaseline._display import html, records
from iotbaseline._display.plots import Plot, stacked
from iotbaseline._display.records import Cell, Column
from iotbaseline._display.results import Head, Listing, Result, Shown
from iotbaseline._library.bounds import DIRECT
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, Selectable, elements_of, keys_of, texts
from iotbaseline._mappings.connection import Connection, EvidencePath
from iotbaseline._mappings.coverage_search import find_evidence
from iotbaseline._mappings.hops import held
from iotbaseline._mappings.items import asking, in_baseline, of_kinds, title_of
from iotbaseline._mappings.mapped import leading, said_of
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.provenance import judgement
from iotbaseline._model.ranked import Ranked
from iotbaseline.errors import QueryError, UnknownIdentifierError
from iotbaseline.relations import Relation


class CoverageLevel(Ranked):
    """How far an element is covered, best first."""

    COVERED = "covered"
    """A selected element asks for all of it: equal, superset of, identical or equivalent."""
    PARTLY_COVERED = "partly covered"
    """A selected element certainly has something in common with it."""
    SUPPORTED = "supported"
    """A selected element supports it; no source says how much of it."""
    RELATED = "related"
    """Only weak links: untyped mappings, support the other way, contradictions, or elements given as examples."""
    GAP = "gap"
    """A crosswalk between the two sides names it, its whole or a part of it, but nothing selected leads to it."""
    NOT_MAPPED = "not mapped"
    """No crosswalk held between the two sides says anything of it: it may or may not be covered."""


@frozen(kw_only=True, repr=False)
class CoverageItem:
    """One element of the target: how far it is covered, by what, and who lists it as mapped to nothing.

    ``by`` are the selected elements connected with it, those that cover most first. ``unmapped_in`` names the
    crosswalks that list it with nothing mapped to it.
    """

    element: Element
    level: CoverageLevel
    by: tuple[Connection, ...] = ()
    unmapped_in: tuple[str, ...] = ()

    @property
    def is_curated(self) -> bool:
        """Whether the best path from one of them goes along this project's judgement."""
        return any(connection.paths[0].is_curated for connection in self.by)

    def __str__(self) -> str:
        return f"{self.element}: {self.level}"

    def __repr__(self) -> str:
        return f"<CoverageItem {self}>"


@frozen(kw_only=True)
class CoverageGroup:
    """The items below one element of the target."""

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


@frozen(kw_only=True, repr=False)
class Coverage(Result[CoverageItem, CoverageLevel]):
    """How far a selection covers a target, item by item in the order of the target.

    ``selection`` are the elements selected, ``items`` what they were held against, ``above`` the elements that stand
    above one of them. Behaves as a read-only collection of its items: ``len``, iteration, ``[]`` by identifier.
    """

    HELD: ClassVar[str] = "items"
    LISTED: ClassVar[str] = "items"
    GROUPED: ClassVar[bool] = True
    IN_GROUP: ClassVar[tuple[str, ...]] = ("level",)
    SHOWN: ClassVar[Shown] = {"element": ("element", "name"), "level": ("level",), "by": ("by",)}

    selection: tuple[Element, ...]
    target: str
    items: tuple[CoverageItem, ...]
    above: tuple[Element, ...]

    @cached_property
    def groups(self) -> tuple[CoverageGroup, ...]:
        """The items rolled up by the elements above them, in the order of their publications."""
        parents = {element.id: element.parent for element in self.above}
        below: defaultdict[str, list[CoverageItem]] = defaultdict(list)
        for item in self.items:
            place = item.element.parent
            while place is not None:
                below[place].append(item)
                place = parents.get(place)
        return tuple(
            CoverageGroup(element=each, items=tuple(below[each.id])) for each in self.above if each.id in below
        )

    @cached_property
    def _by_id(self) -> dict[str, CoverageItem]:
        return {item.element.id: item for item in self.items}

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._by_id

    def __getitem__(self, identifier: str) -> CoverageItem:
        """The item of one element, by its identifier in any usual spelling, with or without the publication.

        Raises :class:`~iotbaseline.errors.UnknownIdentifierError` if it is not in the target.
        """
        plain = identifiers.checked(identifier)
        found = self._by_id.get(plain) or next((item for item in self.items if _is_named(item.element, plain)), None)
        if found is None:
            near = identifiers.nearest(plain.rpartition(":")[2].strip(), (item.element.local for item in self))
            raise UnknownIdentifierError(f"item of {self.target}", identifier, near)
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
        """Says how many items rest on this project's judgement, and what that does not give; ``None`` if none does."""
        return judgement(sum(item.is_curated for item in self.items), len(self), "items")

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
        return f"{len(self.selection)} elements against {len(self)} of {self.target}: {counts}"

    def __repr__(self) -> str:
        return f"<Coverage {self}>"

    def columns(self) -> tuple[Column[CoverageItem], ...]:
        """The element, its level, what covers it, the best relation and its strength."""
        return _COLUMNS

    @property
    def _name(self) -> str:
        return self.target

    @property
    def _title(self) -> str:
        return f"{len(self.selection)} elements against {self.target}"

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
        return html.table(("", "items", *CoverageLevel), groups) + html.details(f"{len(self)} items", super()._body())

    def plot(self) -> Plot:
        """A bar for each family of the target, stacked by level.

        Raises :class:`~iotbaseline.errors.MissingExtraError` if matplotlib is not installed.
        """
        top = [group for group in self.groups if group.element.parent is None] or [*self.groups]
        families = {f"{group.element.local} {group.element.title or ''}".strip(): group.counts() for group in top}
        return stacked(str(self), families or {self.target: self.counts()})

    def _explained(self, item: CoverageItem) -> tuple[str, str]:
        return str(item.element), "; ".join(str(connection.paths[0]) for connection in item.by)


_COLUMNS: tuple[Column[CoverageItem], ...] = (
    Column("element", lambda item: item.element.id),
    Column("name", lambda item: item.element.name),
    Column("level", lambda item: item.level, groups=tuple(CoverageLevel)),
    Column("by", lambda item: tuple(connection.subject for connection in item.by)),
    Column("relation", lambda item: item.by[0].found if item.by else None),
    Column("strength", lambda item: item.by[0].strength if item.by else None),
    Column("unmapped_in", lambda item: item.unmapped_in),
)


def _is_named(element: Element, name: str) -> bool:
    return identifiers.fold_local(element.local) == identifiers.fold_local(name.removeprefix(f"{element.publication}:"))


def coverage(
    selection: Selectable,
    target: Selectable,
    *,
    baseline: str | None = None,
    within: Element | str | None = None,
    kinds: str | Iterable[str] | None = None,
    through: Named | Iterable[Named] = DIRECT,
    library: Library = DEFAULT,
) -> Coverage:
    """Tell how far a selection of elements covers a target.

    Both are an element, a publication, a profile or what it resolves to (``ib.profile("industrial").resolve("high")``),
    the name of one (``AC-2``, ``ir8425``, ``federal``), or several of them. ``baseline`` keeps the controls of one
    control baseline of SP 800-53B (``LOW``, ``MODERATE``, ``HIGH``, ``PRIVACY``), ``within`` what stands below one
    element, ``kinds`` the items of one kind or of several. Without ``kinds``, the items are the elements that ask for
    something on their own; the elements above them are rolled up. What a publication gives as an example or for
    information asks for nothing: it is no item, and if selected it is only a weak link. An element brings its parts
    with it, unless some of them are selected by themselves: the others count as left out. Only direct mappings count
    unless ``through`` names publications that paths may lead through. Nothing follows from a path with two untyped
    mappings.

    No crosswalk is no gap: an item is a ``gap`` if a crosswalk or lineage that paths may follow names it, what it is
    part of or a part of it, or if it is of a publication that something is selected from. Otherwise it is
    ``not mapped``.

    Raises :class:`~iotbaseline.errors.UnknownIdentifierError`, :class:`~iotbaseline.errors.IdentifierSyntaxError`,
    :class:`~iotbaseline.errors.ArgumentTypeError` for a value of another type, and
    :class:`~iotbaseline.errors.QueryError` if nothing is selected, if nothing is left of the target, or if no mapping
    leads from one to the other; the error then names the crosswalks of both sides and a ``through`` that would help.
    """
    selected = {element.id: element for element in elements_of(library, selection, "selection")}
    wanted = {element.id: element for element in elements_of(library, target, "target") if element.is_in_force}
    if baseline is not None:
        wanted = in_baseline(wanted, baseline)
    if within is not None:
        above = library.get(library.identify(within, "within"))
        below = {element.id for element in library.load(above.publication).descendants(above)} | {above.id}
        wanted = {identifier: element for identifier, element in wanted.items() if identifier in below}
    items = asking(library, wanted) if kinds is None else of_kinds(wanted, texts(kinds, "kinds"))
    if not selected or not items:
        missing = "left of the target" if selected else "selected"
        raise QueryError(f"nothing is {missing}", "name elements or kinds held")
    between = keys_of(library, through, "through")
    starts, ends = ({element.publication for element in side} for side in (selected.values(), items))
    sources = leading(library, starts, ends, between)
    said = frozenset[str]().union(*(said_of(library, key, sources - {key}) for key in ends))
    evidence = find_evidence(library, selected, wanted, between | ends)
    nothing = _listed_with_nothing(library, items, selected)
    leads = {element.id for element in selected.values() if element.is_illustrative}
    made = tuple(
        _item(
            element,
            evidence[element.id],
            leads,
            nothing[element.id],
            is_mapped=element.publication in starts or element.id in said,
        )
        for element in items
    )
    return Coverage(
        selection=tuple(selected.values()),
        target=title_of(library, target, wanted.values(), baseline),
        items=made,
        above=_above(library, items),
    )


_COVERING = frozenset({Relation.EQUAL, Relation.SUPERSET_OF})
_SAME = frozenset({Relation.IDENTICAL, Relation.EQUIVALENT})
_LEVELS = tuple(CoverageLevel)
_ORDER = {level: number for number, level in enumerate(_LEVELS)}


def _level(connection: Connection, leads: Collection[str]) -> CoverageLevel:
    level = _level_of_what_asks(connection)
    return CoverageLevel.RELATED if connection.subject in leads and level is not CoverageLevel.GAP else level


def _level_of_what_asks(connection: Connection) -> CoverageLevel:
    possible, weaker = connection.possible, connection.weaker
    if not possible:
        return CoverageLevel.RELATED
    if possible <= _COVERING or weaker & _SAME:
        return CoverageLevel.COVERED
    if Relation.NO_RELATIONSHIP not in possible:
        return CoverageLevel.PARTLY_COVERED
    if Relation.SUPPORTS in weaker:
        return CoverageLevel.SUPPORTED
    return CoverageLevel.RELATED if weaker - {Relation.CONTRARY} else CoverageLevel.GAP


def _item(
    element: Element,
    ways: dict[str, list[EvidencePath]],
    leads: Collection[str],
    unmapped_in: list[str],
    is_mapped: bool,
) -> CoverageItem:
    by: list[tuple[int, tuple[object, ...], Connection]] = []
    for start, found in ways.items():
        connection = Connection(subject=start, object=element.id, paths=tuple(sorted(found, key=attrgetter("rank"))))
        level = _level(connection, leads)
        if level is not CoverageLevel.GAP:
            by.append((_ORDER[level], connection.paths[0].rank, connection))
    by.sort(key=itemgetter(0, 1))
    return CoverageItem(
        element=element,
        level=_LEVELS[by[0][0]] if by else CoverageLevel.GAP if is_mapped else CoverageLevel.NOT_MAPPED,
        by=tuple(connection for _, _, connection in by),
        unmapped_in=tuple(unmapped_in),
    )


def _listed_with_nothing(
    library: Library, items: Iterable[Element], selected: dict[str, Element]
) -> defaultdict[str, list[str]]:
    """Which crosswalks with a publication of the selection list an item with nothing mapped to it."""
    ours, theirs = ({element.publication for element in side} for side in (items, selected.values()))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for subject, obj in library.crosswalk_pairs():
        if subject in ours and obj in theirs:
            for mapping in library.mappings(subject, obj):
                if mapping.is_empty:
                    found[mapping.subject].append(mapping.source)
    return found


def _above(library: Library, items: Iterable[Element]) -> tuple[Element, ...]:
    """Every element above one of the items, in the order of their publications."""
    around = [each for key in dict.fromkeys(item.publication for item in items) for each in held(library, key)]
    parents = {element.id: element.parent for element in around}
    named: set[str] = set()
    for item in items:
        place = item.parent
        while place is not None and place not in named:
            named.add(place)
            place = parents.get(place)
    return tuple(element for element in around if element.id in named)
