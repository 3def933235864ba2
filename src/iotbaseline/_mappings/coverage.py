"""How far a selection of elements covers a publication, a baseline or any other list of elements.

An element is covered if a selected one asks for all that it asks for, partly covered if a selected one certainly has
something in common with it, supported if a selected one supports it and no more is said, related if there is a lead to
follow, and a gap if there is nothing. Every answer keeps the paths that it rests on. Parts count: what is part of a
covered element is covered, and what supports a part supports the whole; but a mere lead to an element is none to its
parts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from functools import cached_property
from operator import attrgetter, itemgetter

from attrs import frozen

from iotbaseline._display import html
from iotbaseline._display.records import Record, Tabular
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._mappings.connection import Connection, EvidencePath
from iotbaseline._mappings.coverage_search import find_evidence
from iotbaseline._mappings.hops import held
from iotbaseline._mappings.selection import Selection, asking, elements, in_baseline, named, of_kinds
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import in_force
from iotbaseline.errors import QueryError, UnknownIdentifierError
from iotbaseline.relations import Relation


class CoverageLevel(StrEnum):
    """How far an element is covered, best first."""

    COVERED = "covered"
    """A selected element asks for all of it: equal, superset of, identical or equivalent."""
    PARTLY_COVERED = "partly covered"
    """A selected element certainly has something in common with it."""
    SUPPORTED = "supported"
    """A selected element supports it; how much of it that is, nobody says."""
    RELATED = "related"
    """Nothing but leads: mappings of no type, read the other way or in contradiction; what is given as an example."""
    GAP = "gap"


@frozen(kw_only=True, repr=False)
class CoverageItem:
    """One element of the target: how far it is covered, by what, and who lists it as mapped to nothing.

    ``by`` are the selected elements that bear upon it, those that cover most first. ``unmapped_in`` names the
    crosswalks that list it with nothing mapped to it.
    """

    element: Element
    level: CoverageLevel
    by: tuple[Connection, ...] = ()
    unmapped_in: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.element}: {self.level}"

    def __repr__(self) -> str:
        return f"<CoverageItem {self}>"


@frozen(kw_only=True)
class CoverageGroup:
    """The items below one element of the target, counted by level."""

    element: Element
    counts: dict[CoverageLevel, int]

    @property
    def total(self) -> int:
        """How many items there are below it."""
        return sum(self.counts.values())


@frozen(kw_only=True, repr=False)
class Coverage(Tabular):
    """How far a selection covers a target, item by item in the order of the target.

    ``selection`` are the elements selected, ``items`` what they were held against, ``groups`` the items rolled up by
    the elements above them. Behaves as a read-only collection of its items: ``len``, iteration, ``[]`` by identifier.
    """

    selection: tuple[Element, ...]
    target: str
    items: tuple[CoverageItem, ...]
    groups: tuple[CoverageGroup, ...]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[CoverageItem]:
        return iter(self.items)

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

    def at(self, level: CoverageLevel) -> tuple[Element, ...]:
        """The elements of the target at one level."""
        return tuple(item.element for item in self.items if item.level is level)

    @property
    def covered(self) -> tuple[Element, ...]:
        """What a selected element asks for in full."""
        return self.at(CoverageLevel.COVERED)

    @property
    def partly_covered(self) -> tuple[Element, ...]:
        """What a selected element asks for in part."""
        return self.at(CoverageLevel.PARTLY_COVERED)

    @property
    def supported(self) -> tuple[Element, ...]:
        """What a selected element supports, and no more is said."""
        return self.at(CoverageLevel.SUPPORTED)

    @property
    def related(self) -> tuple[Element, ...]:
        """What there are only leads to."""
        return self.at(CoverageLevel.RELATED)

    @property
    def gaps(self) -> tuple[Element, ...]:
        """What nothing selected bears upon, as far as mappings are held."""
        return self.at(CoverageLevel.GAP)

    @property
    def unmapped(self) -> tuple[Element, ...]:
        """What a crosswalk lists with nothing mapped to it: a gap that the publisher states."""
        return tuple(item.element for item in self.items if item.unmapped_in)

    @property
    def unused(self) -> tuple[Element, ...]:
        """The selected elements that bear upon no item."""
        return tuple(element for element in self.selection if element.id not in self.contributions)

    @cached_property
    def contributions(self) -> dict[str, tuple[Connection, ...]]:
        """What each selected element bears upon, by its identifier: the other direction of the items' ``by``."""
        found: defaultdict[str, list[Connection]] = defaultdict(list)
        for item in self.items:
            for connection in item.by:
                found[connection.subject].append(connection)
        return {element.id: tuple(found[element.id]) for element in self.selection if element.id in found}

    def counts(self) -> dict[CoverageLevel, int]:
        """How many items there are at each level."""
        counted = Counter(item.level for item in self.items)
        return {level: counted[level] for level in CoverageLevel}

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {level}" for level, count in self.counts().items())
        return f"{len(self.selection)} elements against {len(self)} of {self.target}: {counts}"

    def __repr__(self) -> str:
        return f"<Coverage {self}>"

    def to_records(self) -> list[Record]:
        """One row per item: identifier, name, level, what covers it, the best relation and its strength."""
        return [
            {
                "element": item.element.id,
                "name": item.element.name,
                "level": item.level.value,
                "by": ", ".join(connection.subject for connection in item.by),
                "relation": item.by[0].found if item.by else None,
                "strength": item.by[0].strength if item.by else None,
                "unmapped_in": ", ".join(item.unmapped_in),
            }
            for item in self.items
        ]

    def _repr_html_(self) -> str:
        groups = html.table(
            ("", "", "items", *CoverageLevel),
            (
                (g.element.local, g.element.name, g.total, *(g.counts[level] for level in CoverageLevel))
                for g in self.groups
            ),
        )
        shown = ((row["element"], row["name"], row["level"], row["by"]) for row in self.to_records())
        items = html.table(("element", "", "level", "by"), shown)
        badges = [f"{level} {count}" for level, count in self.counts().items()]
        more = f"{groups}<details><summary>{len(self)} items</summary>{items}</details>"
        return html.card(self.target, f"{len(self.selection)} elements against {self.target}", badges, [], more)


def _is_named(element: Element, name: str) -> bool:
    return identifiers.fold_local(element.local) == identifiers.fold_local(name.removeprefix(f"{element.publication}:"))


def coverage(
    selection: Selection,
    target: Selection,
    *,
    baseline: str | None = None,
    within: Element | str | None = None,
    kinds: Collection[str] | None = None,
    through: Collection[str] = (),
    library: Library = DEFAULT,
) -> Coverage:
    """Tell how far a selection of elements covers a target.

    Both are a publication (or its name) or any elements, identifiers and publications. ``baseline`` keeps the controls
    of one control baseline of SP 800-53B (``LOW``, ``MODERATE``, ``HIGH``, ``PRIVACY``), ``within`` what stands below
    one element, ``kinds`` the items of some kinds; without it, what asks for something on its own is counted, and what
    stands above it is rolled up. What a publication gives as an example or for information asks for nothing: it is no
    item, and selected it is no more than a lead. An element brings its parts with it, unless some of them are selected
    by themselves: the others count as left out. Only direct mappings count unless ``through`` names publications that
    paths may lead through.

    Raises :class:`~iotbaseline.errors.UnknownIdentifierError`, :class:`~iotbaseline.errors.IdentifierSyntaxError`, and
    :class:`~iotbaseline.errors.QueryError` if nothing is selected or nothing is left of the target.
    """
    selected = {element.id: element for element in elements(library, selection)}
    wanted = {element.id: element for element in elements(library, target) if in_force(element)}
    if baseline is not None:
        wanted = in_baseline(wanted, baseline)
    if within is not None:
        above = library.get(library.identify(within))
        below = {element.id for element in library.load(above.publication).descendants(above)} | {above.id}
        wanted = {identifier: element for identifier, element in wanted.items() if identifier in below}
    items = asking(library, wanted) if kinds is None else of_kinds(wanted, kinds)
    if not selected or not items:
        raise QueryError(f"nothing is {'left of the target' if selected else 'selected'}; name elements or kinds held")
    allowed = library.keys(through) | {element.publication for element in items}
    evidence = find_evidence(library, selected, wanted, allowed)
    nothing = _listed_with_nothing(library, items, selected)
    leads = {element.id for element in selected.values() if element.is_illustrative}
    made = tuple(_item(element, evidence[element.id], leads, nothing[element.id]) for element in items)
    return Coverage(
        selection=tuple(selected.values()),
        target=named(target, wanted, baseline),
        items=made,
        groups=_rolled_up(library, made),
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
    element: Element, ways: dict[str, list[EvidencePath]], leads: Collection[str], unmapped_in: list[str]
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
        level=_LEVELS[by[0][0]] if by else CoverageLevel.GAP,
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


def _rolled_up(library: Library, items: tuple[CoverageItem, ...]) -> tuple[CoverageGroup, ...]:
    """The items below every element above one of them, in the order of their publications."""
    counted: defaultdict[str, dict[CoverageLevel, int]] = defaultdict(lambda: dict.fromkeys(CoverageLevel, 0))
    elements = [
        each for key in dict.fromkeys(item.element.publication for item in items) for each in held(library, key)
    ]
    parents = {element.id: element.parent for element in elements}
    for item in items:
        above = item.element.parent
        while above is not None:
            counted[above][item.level] += 1
            above = parents.get(above)
    return tuple(CoverageGroup(element=each, counts=counted[each.id]) for each in elements if each.id in counted)
