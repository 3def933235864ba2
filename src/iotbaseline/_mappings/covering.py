"""Tell how far a selection of elements covers a target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from operator import attrgetter, itemgetter

from iotbaseline._library.bounds import DIRECT
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, Selectable, elements_of, keys_of, texts
from iotbaseline._mappings.connection import Connection, EvidencePath
from iotbaseline._mappings.coverage import Coverage, CoverageItem
from iotbaseline._mappings.coverage_level import CoverageLevel, level_of
from iotbaseline._mappings.coverage_search import find_evidence
from iotbaseline._mappings.hops import held
from iotbaseline._mappings.items import asking, in_baseline, of_kinds, title_of
from iotbaseline._mappings.mapped import leading, said_of
from iotbaseline._model.element import Element
from iotbaseline.errors import QueryError


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


_LEVELS = tuple(CoverageLevel)
_ORDER = {level: number for number, level in enumerate(_LEVELS)}


def _level(connection: Connection, leads: Collection[str]) -> CoverageLevel:
    level = level_of(connection)
    return CoverageLevel.RELATED if connection.subject in leads and level is not CoverageLevel.GAP else level


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
