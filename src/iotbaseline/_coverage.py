"""How far a selection of elements covers a publication, a baseline or any other list of elements.

An element is covered if a selected one asks for all that it asks for, partly covered if a selected one certainly has
something in common with it, supported if a selected one supports it and no more is said, related if there is a lead to
follow, and a gap if there is nothing. Every answer keeps the paths that it rests on. Parts count: what is part of a
covered element is covered, and what supports a part supports the whole; but a mere lead to an element is none to its
parts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import StrEnum
from functools import cache, cached_property, partial
from itertools import chain
from operator import attrgetter, itemgetter
from typing import TypeAlias

from attrs import frozen

from iotbaseline import html, ids
from iotbaseline._paths import Connection, EvidencePath
from iotbaseline.errors import QueryError, UnknownIdentifierError
from iotbaseline.library import DEFAULT, Library
from iotbaseline.model import KINDS, Control, Element, Publication
from iotbaseline.network import ACROSS, BEGUN, DOWN, UP, Hop, Progress, Ways, held, keys_of, located, ways_from
from iotbaseline.pairing import in_force
from iotbaseline.relations import Relation
from iotbaseline.tables import Record, Tabular


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
        plain = ids.checked(identifier)
        found = self._by_id.get(plain) or next((item for item in self.items if _is_named(item.element, plain)), None)
        if found is None:
            near = ids.nearest(plain.rpartition(":")[2].strip(), (item.element.local for item in self))
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
    return ids.fold_local(element.local) == ids.fold_local(name.removeprefix(f"{element.publication}:"))


Selection: TypeAlias = str | Publication | Iterable[Element | str | Publication]
"""A publication, by itself or by name, or elements and publications in any mixture."""


def coverage(
    selection: Selection,
    target: Selection,
    *,
    baseline: str | None = None,
    under: Element | str | None = None,
    kinds: Collection[str] | None = None,
    through: Collection[str] = (),
    library: Library = DEFAULT,
) -> Coverage:
    """Tell how far a selection of elements covers a target.

    Both are a publication (or its name) or any elements, identifiers and publications. ``baseline`` keeps the controls
    of one control baseline of SP 800-53B (``LOW``, ``MODERATE``, ``HIGH``, ``PRIVACY``), ``under`` what stands below
    one element, ``kinds`` the items of some kinds; without it, what asks for something on its own is counted, and what
    stands above it is rolled up. What a publication gives as an example or for information asks for nothing: it is no
    item, and selected it is no more than a lead. An element brings its parts with it, unless some of them are selected
    by themselves: the others count as left out. Only direct mappings count unless ``through`` names publications that
    paths may lead through.

    Raises :class:`~iotbaseline.errors.UnknownIdentifierError`, :class:`~iotbaseline.errors.IdentifierSyntaxError`, and
    :class:`~iotbaseline.errors.QueryError` if nothing is selected or nothing is left of the target.
    """
    selected = {element.id: element for element in _elements(library, selection)}
    wanted = {element.id: element for element in _elements(library, target) if in_force(element)}
    if baseline is not None:
        wanted = _in_baseline(wanted, baseline)
    if under is not None:
        above = library.get(located(library, under))
        below = {element.id for element in library.load(above.publication).descendants(above)} | {above.id}
        wanted = {identifier: element for identifier, element in wanted.items() if identifier in below}
    items = _asking(library, wanted) if kinds is None else _of_kinds(wanted, kinds)
    if not selected or not items:
        raise QueryError(f"nothing is {'left of the target' if selected else 'selected'}; name elements or kinds held")
    allowed = keys_of(library, through) | {element.publication for element in items}
    evidence = _evidence(library, selected, wanted, allowed)
    nothing = _listed_with_nothing(library, items, selected)
    leads = {element.id for element in selected.values() if element.is_illustrative}
    made = tuple(_item(element, evidence[element.id], leads, nothing[element.id]) for element in items)
    return Coverage(
        selection=tuple(selected.values()),
        target=_named(target, wanted, baseline),
        items=made,
        groups=_rolled_up(library, made),
    )


_ASKING = frozenset(
    {
        "activity", "addition", "common-action", "common-element", "component-requirement", "control", "criterion",
        "provision", "requirement", "subcategory",
    }
)  # fmt: skip
"""The kinds that ask for something on their own."""
_ASKING_IF_BARE = frozenset({"capability", "clause", "sub-capability"})
"""The kinds that ask for something through the items below them, or on their own where there are none."""


def _asking(library: Library, wanted: dict[str, Element]) -> list[Element]:
    """The elements that ask for something on their own."""
    kinds = _ASKING | _ASKING_IF_BARE
    asking = [each for each in wanted.values() if each.kind in kinds and not each.is_illustrative]
    above = _parents(library, asking)
    bearing: set[str | None] = {None}
    for element in asking:
        parent = element.parent
        while parent not in bearing:
            bearing.add(parent)
            parent = above.get(parent)
    return [each for each in asking if each.kind in _ASKING or each.id not in bearing]


def _parents(library: Library, elements: Iterable[Element]) -> dict[str | None, str | None]:
    """What stands above which in the publications of the elements and of what they stand under."""
    names = (name for element in elements for name in (element.id, element.parent or element.id))
    keys = dict.fromkeys(name.partition(":")[0] for name in names)
    return {each.id: each.parent for key in keys for each in held(library, key)}


def _of_kinds(wanted: dict[str, Element], kinds: Collection[str]) -> list[Element]:
    known = {*KINDS, *(element.kind for element in wanted.values())}
    for kind in kinds:
        if kind not in known:
            raise UnknownIdentifierError("kind of element", kind, ids.nearest(kind, known))
    return [element for element in wanted.values() if element.kind in kinds]


def _elements(library: Library, selection: Selection) -> Iterator[Element]:
    if isinstance(selection, Publication):
        yield from selection
    elif isinstance(selection, str) or not hasattr(selection, "__iter__"):
        name = ids.checked(selection)
        publication, _ = ids.split(name)
        yield from library.load(name) if publication is None else (library.get(name),)
    else:
        for each in selection:
            yield from (each,) if isinstance(each, Element) else _elements(library, each)


def _in_baseline(wanted: dict[str, Element], baseline: str) -> dict[str, Element]:
    controls = [element for element in wanted.values() if isinstance(element, Control)]
    known = frozenset[str]().union(*(control.baselines for control in controls))
    name = ids.text(baseline).upper()
    if name not in known:
        raise UnknownIdentifierError("baseline of the target", baseline, sorted(known))
    return {control.id: control for control in controls if name in control.baselines}


def _named(target: Selection, wanted: dict[str, Element], baseline: str | None) -> str:
    keys = ", ".join(dict.fromkeys(element.publication for element in wanted.values()))
    part = "" if isinstance(target, str | Publication) else f"{len(wanted)} elements of "
    return f"{part}{keys}" + (f" {baseline.upper()}" if baseline else "")


_Partial: TypeAlias = tuple[str, Progress, tuple[Hop, ...], tuple[str, ...], tuple[str, ...], bool]
"""Where a path has come to, what follows, its hops, the publications and elements on it, whether it has a mapping."""
_Evidence: TypeAlias = defaultdict[str, defaultdict[str, list[EvidencePath]]]
"""Identifier of a wanted element, identifier of a selected one, the paths from the latter to the former."""
_INSIDE = {
    (bottom, across): UP.union(() if bottom else DOWN, ACROSS if across else ())
    for bottom in (False, True)
    for across in (False, True)
}
"""The kinds of hops that may be gone within a publication, at the bottom or not, along its own mappings or not."""


def _evidence(
    library: Library, selected: dict[str, Element], wanted: dict[str, Element], allowed: Collection[str]
) -> _Evidence:
    """For each wanted element the paths to it from each selected one.

    Within a publication they go to parts and wholes; a mapping within one counts where it is the only one on the path.
    A selected element brings its parts with it, unless some of them are selected by themselves: the others are then
    taken to be left out.
    """
    found: _Evidence = defaultdict(lambda: defaultdict(list))
    ends = {element.publication for element in wanted.values()}
    around = cache(partial(ways_from, library))
    leading = _leading(around, wanted)
    above = (around(each.publication).get(each.id, {}).get(each.publication, ()) for each in selected.values())
    divided = {hop.object for hop in chain.from_iterable(above) if hop.kind in UP}

    @cache
    def onwards(here: str, risen: bool, mapped: bool, origin: str) -> list[tuple[str, Hop]]:
        """The hops that may lead on from an element, each with the publication that it stays in or enters."""
        own = here.partition(":")[0]
        onto, at_end = around(own).get(here, {}), own in ends
        bottom = risen or here in divided
        inside = _INSIDE[bottom, at_end and not mapped]
        return [
            (key, hop)
            for key, made in onto.items()
            if key == own or (key in allowed and not (at_end and mapped))
            for hop in made
            if key != own or (hop.kind in inside and hop.object not in selected)
            if key not in ends or key == origin or hop.object in leading[hop.kind in UP]
        ]

    for start, element in selected.items():
        origin = element.publication
        stack: list[_Partial] = [(start, BEGUN, (), (origin,), (start,), False)]
        while stack:
            here, so_far, gone, entered, visited, mapped = stack.pop()
            if here in wanted and so_far.counts:
                found[here][start].append(EvidencePath(start, gone, so_far.chain.conclusion))
            for key, hop in onwards(here, bool(gone) and gone[-1].kind in UP, mapped, origin):
                there, stays = hop.object, key == entered[-1]
                if there in visited or (key in entered and not stays):
                    continue
                longer = so_far.then(hop.kind, hop.link)
                if longer is not None:
                    keys = entered if stays else (*entered, key)
                    across = mapped or hop.kind in ACROSS
                    stack.append((there, longer, (*gone, hop), keys, (*visited, there), across))
    return found


def _leading(around: Callable[[str], dict[str, Ways]], wanted: Collection[str]) -> dict[bool, set[str]]:
    """From which elements of their publications the wanted ones can be reached, if not and if after a hop upwards."""
    found = {risen: set(wanted) for risen in (False, True)}
    queue = [(identifier, risen) for identifier in wanted for risen in found]
    while queue:
        there, risen = queue.pop()
        own = there.partition(":")[0]
        for back in around(own).get(there, {}).get(own, ()):
            if risen == (back.kind in DOWN):
                for before in {False, back.kind not in UP}:
                    if back.object not in found[before]:
                        found[before].add(back.object)
                        queue.append((back.object, before))
    return found


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
