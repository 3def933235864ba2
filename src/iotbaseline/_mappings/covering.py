"""Tell how far a selection of elements covers a target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from operator import attrgetter
from typing import TypeVar

from attrs import frozen

from iotbaseline._library import garbage
from iotbaseline._library.bounds import DIRECT
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, Selectable, elements_of, keys_of, texts
from iotbaseline._mappings.coverage import Coverage, CoverageItem
from iotbaseline._mappings.coverage_level import CoverageLevel
from iotbaseline._mappings.evidence import EvidenceFrom, Judged, evidence_for
from iotbaseline._mappings.hops import held, parts
from iotbaseline._mappings.items import asking, in_baseline, of_kinds, title_of
from iotbaseline._mappings.mapped import leading, said_of
from iotbaseline._model import arguments, identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.provenance import Fidelity
from iotbaseline.errors import QueryError

T = TypeVar("T")


@arguments.checked
@garbage.put_off()
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
    :class:`~iotbaseline.errors.UnknownNameError` for an unknown baseline or kind,
    :class:`~iotbaseline.errors.ArgumentTypeError` for a value of another type, and
    :class:`~iotbaseline.errors.QueryError` if nothing is selected, if nothing is left of the target, if too many paths
    lead on from a selected element, or if no mapping leads from one side to the other; that error names the crosswalks
    of both sides and a ``through`` that would help.

    >>> found = ib.coverage("federal", "sp800-53r5", baseline="low")
    >>> [control.label for control in found.gaps[:5]]
    ['AC-19', 'AC-20', 'AC-22', 'AT-4', 'CA-1']
    """
    selected = {element.id: element for element in elements_of(library, selection, "selection")}
    goal = _goal(library, target, baseline, within, kinds)
    if not selected or not goal.items:
        raise _nothing("left of the target" if selected else "selected")
    between = keys_of(library, through, "through")
    kinds_of: defaultdict[str, set[str]] = defaultdict(set)
    for element in selected.values():
        kinds_of[element.publication].add(element.kind)
    starts = frozenset(kinds_of)
    ground = _ground(library, goal, starts, between)
    found = _evidence(library, selected, starts, ground.evidence)
    items = tuple([_item(blank, found.get(blank.element.id)) for blank in ground.blanks])
    return Coverage(
        selection=tuple(selected.values()),
        target=goal.title,
        items=items,
        above=goal.above,
        cautions=tuple(_in_part(library, kinds_of)),
    )


def _in_part(library: Library, kinds: dict[str, set[str]]) -> Iterator[str]:
    """Say which publications are held in part, as far as the kinds selected of each go, and what is held in full."""
    for key in filter(library.knows, kinds):
        publication = library.load(key)
        if not all(map(publication.holds_all, kinds[key])):
            others = {other for pair in library.lineage_pairs() if key in pair for other in pair} - {key}
            full = sorted(other for other in others if library.info(other).fidelity is Fidelity.FULL)
            instead = f"; {' or '.join(full)}, which it has lineage with, is held in full" if full else ""
            yield f"{key} is held in part, so its full text may cover more{instead}"


@frozen(kw_only=True)
class _Goal:
    """What a selection is held against; ``name`` is empty if it cannot be asked for by name again."""

    name: tuple[str, ...]
    title: str
    items: tuple[Element, ...]
    above: tuple[Element, ...]
    publications: frozenset[str]
    """The publications of the items."""


def _goal(
    library: Library,
    target: Selectable,
    baseline: str | None,
    within: Element | str | None,
    kinds: str | Iterable[str] | None,
) -> _Goal:
    """The goal that the arguments of :func:`coverage` name; that of a name is kept."""
    names = None if kinds is None else texts(kinds, "kinds")
    place = None if within is None else _place(library, target, within)
    asked = ("*",) if names is None else names
    name = (target, baseline or "", place or "", *asked) if isinstance(target, str) else ()
    return _once(library, "goal", name, lambda: _made(library, name, target, baseline, place, names))


def _place(library: Library, target: Selectable, within: Element | str) -> str:
    """The element that a target is narrowed to; its name needs no publication if the target is one by name."""
    if isinstance(within, str) and isinstance(target, str) and library.knows(target):
        element = library.load(target).get(identifiers.checked(within, "within"))
        if element is not None:
            return element.id
    return library.identify(within, "within")


def _once(library: Library, what: str, name: tuple[str, ...], make: Callable[[], T]) -> T:
    """What ``make`` returns, which is kept if it has a name."""
    return library.once((what, *name), make) if name else make()


def _made(
    library: Library,
    name: tuple[str, ...],
    target: Selectable,
    baseline: str | None,
    within: str | None,
    kinds: tuple[str, ...] | None,
) -> _Goal:
    wanted = {element.id: element for element in elements_of(library, target, "target") if element.is_in_force}
    if baseline is not None:
        wanted = in_baseline(wanted, baseline)
    if within is not None:
        above = library.get(within)
        below = {element.id for element in library.load(above.publication).descendants(above)} | {above.id}
        wanted = {identifier: element for identifier, element in wanted.items() if identifier in below}
    items = tuple(asking(library, wanted) if kinds is None else of_kinds(wanted, kinds))
    title = title_of(library, target, wanted.values(), baseline)
    return _Goal(
        name=name,
        title=title,
        items=items,
        above=_above(library, items),
        publications=frozenset(element.publication for element in items),
    )


@frozen(kw_only=True)
class _Ground:
    """What holds between a goal and some publications, whatever is selected from them.

    ``blanks`` are the items as they are if nothing leads to them.
    """

    blanks: tuple[CoverageItem, ...]
    evidence: EvidenceFrom


def _ground(library: Library, goal: _Goal, starts: frozenset[str], between: frozenset[str]) -> _Ground:
    def make() -> _Ground:
        ends = goal.publications
        sources = leading(library, starts, ends, between)
        said = frozenset[str]().union(*(said_of(library, key, sources - {key}) for key in ends))
        listed = [_listed_with_nothing(library, ours, theirs) for ours in ends for theirs in sorted(starts)]
        blanks = (
            CoverageItem(
                element=element,
                level=CoverageLevel.GAP
                if element.publication in starts or element.id in said
                else CoverageLevel.NOT_MAPPED,
                unmapped_in=tuple(chain.from_iterable(each.get(element.id, ()) for each in listed)),
            )
            for element in goal.items
        )
        asked = frozenset(element.id for element in goal.items)
        return _Ground(blanks=tuple(blanks), evidence=evidence_for(library, asked, ends, between | ends))

    name = (*goal.name, "", *sorted(starts), "", *sorted(between)) if goal.name else ()
    return _once(library, "ground", name, make)


@frozen(kw_only=True)
class Groundwork:
    """What the coverage of a target by elements of some publications rests on, whichever of them are selected.

    ``above`` are the elements that stand above an item. ``blanks`` are the items as they are if nothing leads to them,
    by the publication that something is selected from; those from which no mapping leads to the target are left out.
    """

    title: str
    items: tuple[Element, ...]
    above: tuple[Element, ...]
    blanks: dict[str, tuple[CoverageItem, ...]]
    evidence: EvidenceFrom


def groundwork(
    starts: frozenset[str],
    target: Selectable,
    *,
    baseline: str | None = None,
    within: Element | str | None = None,
    kinds: str | Iterable[str] | None = None,
    through: Named | Iterable[Named] = DIRECT,
    library: Library = DEFAULT,
) -> Groundwork:
    """The groundwork for elements of the publications with these keys; the rest is as in :func:`coverage`.

    Raises what :func:`coverage` raises.
    """
    goal = _goal(library, target, baseline, within, kinds)
    if not starts or not goal.items:
        raise _nothing("left of the target" if starts else "selected")
    between = keys_of(library, through, "through")
    evidence = _ground(library, goal, starts, between).evidence
    blanks: dict[str, tuple[CoverageItem, ...]] = {}
    for key in sorted(starts):
        with suppress(QueryError):
            blanks[key] = _ground(library, goal, frozenset((key,)), between).blanks
    return Groundwork(title=goal.title, items=goal.items, above=goal.above, blanks=blanks, evidence=evidence)


def _nothing(where: str) -> QueryError:
    return QueryError(f"nothing is {where}", "name elements or kinds held")


def _evidence(
    library: Library, selected: dict[str, Element], starts: Iterable[str], evidence: EvidenceFrom
) -> dict[str, list[Judged]]:
    """What leads from selected elements to each item that anything leads to; examples are only related to it."""
    found: defaultdict[str, list[Judged]] = defaultdict(list)
    chosen = frozenset(selected)
    divided = frozenset(whole for key in starts for part, whole in parts(library, key) if part in chosen)
    for start, element in selected.items():
        for end, judged in evidence[start].among(chosen, divided):
            found[end].append(judged.example if element.is_illustrative else judged)
    return found


def _item(blank: CoverageItem, found: list[Judged] | None) -> CoverageItem:
    if found is None:
        return blank
    found.sort(key=attrgetter("rank"))
    by = tuple([judged.connection for judged in found])
    return CoverageItem(element=blank.element, level=found[0].level, by=by, unmapped_in=blank.unmapped_in)


def _listed_with_nothing(library: Library, subject: str, obj: str) -> dict[str, tuple[str, ...]]:
    """Which elements a crosswalk lists with nothing mapped to them, with the names of the crosswalk."""

    def make() -> dict[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for mapping in library.mappings(subject, obj) if (subject, obj) in library.crosswalk_pairs() else ():
            if mapping.is_empty:
                found[mapping.subject].append(mapping.source)
        return {identifier: tuple(sources) for identifier, sources in found.items()}

    return library.once(("listed with nothing", subject, obj), make)


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
