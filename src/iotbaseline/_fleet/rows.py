"""The rows of the tables that the data gives."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import TypeAlias

from attrs import frozen

from iotbaseline._assessments.document import FindingStatus
from iotbaseline._assessments.scope import parts_by_whole
from iotbaseline._fleet.follows import Follows, follows
from iotbaseline._library.library import Library
from iotbaseline._library.selection import Named, Selectable, elements_of, keys_of
from iotbaseline._mappings.coverage_level import CoverageLevel
from iotbaseline._mappings.covering import Groundwork, groundwork
from iotbaseline._mappings.hops import held, parts
from iotbaseline._model.element import Element
from iotbaseline._profiles.reader import profile

Row: TypeAlias = tuple[object, ...]


@frozen(kw_only=True)
class Rows:
    """The rows of each table, and what the target is called."""

    target: str
    tables: dict[str, list[Row]]


def rows_of(
    library: Library,
    selection: Selectable,
    target: Selectable,
    *,
    baseline: str | None,
    within: Element | str | None,
    kinds: str | Iterable[str] | None,
    through: Named | Iterable[Named],
) -> Rows:
    """The rows of every table that the data gives; raises what :func:`iotbaseline.coverage` raises."""
    selected = {element.id: element for element in elements_of(library, selection, "selection")}
    starts = frozenset(element.publication for element in selected.values())
    between = keys_of(library, through, "through")
    ground = groundwork(starts, target, baseline=baseline, within=within, kinds=kinds, through=between, library=library)
    wholes = {
        whole: parts
        for key in sorted(starts)
        for whole, parts in parts_by_whole(key, library).items()
        if parts.issubset(selected)
    }
    sources = selected | {whole: library.get(whole) for whole in wholes}
    involved = sorted(starts | between | {item.publication for item in ground.items})
    every = {element.id: element for key in involved for element in held(library, key)}
    blockers: dict[frozenset[str], int] = {}
    tables: dict[str, list[Row]] = {
        "elements": list(_elements(every | selected, selected)),
        "mappings": list(_mappings(library, involved)),
        "members": library.once(("members of profiles",), lambda: list(_members(library))),
        "items": list(_items(ground)),
        "blanks": list(_blanks(ground, starts)),
        "wholes": [(whole, part, len(parts)) for whole, parts in wholes.items() for part in sorted(parts)],
        "closure": [_closed(row, blockers) for row in _following(library, sources, ground)],
        "levels": [(level.rank, level.value) for level in CoverageLevel],
        "statuses": [(status.rank, status.value) for status in FindingStatus],
    }
    tables["blockers"] = [(number, element) for unless, number in blockers.items() for element in sorted(unless)]
    return Rows(target=ground.title, tables=tables)


def _elements(elements: dict[str, Element], selected: Container[str]) -> Iterator[Row]:
    families = _families(elements.values())
    for number, element in enumerate(elements.values()):
        place = (element.parent, families[element.id], element.id in selected)
        yield element.id, element.publication, number, element.kind, element.name, *place


def _families(elements: Iterable[Element]) -> dict[str, str]:
    """The topmost of these elements that stands above each, or itself."""
    parents = {element.id: element.parent for element in elements}

    def top(identifier: str) -> str:
        parent = parents[identifier]
        return identifier if parent is None or parent not in parents else top(parent)

    return {identifier: top(identifier) for identifier in parents}


def _mappings(library: Library, keys: Iterable[str]) -> Iterator[Row]:
    among = frozenset(keys)
    for subject, obj in library.crosswalk_pairs():
        if among.issuperset((subject, obj)):
            for mapping in library.mappings(subject, obj):
                ends = (mapping.subject, mapping.relation.value, mapping.object)
                why = (mapping.basis.value, mapping.strength, mapping.rationale, mapping.locator)
                yield *ends, *why, mapping.source


def _members(library: Library) -> Iterator[Row]:
    for key in library.profile_keys:
        for item in profile(key, library=library).resolve():
            yield from ((key, level, item.id) for level in item.levels or (None,))


def _items(ground: Groundwork) -> Iterator[Row]:
    around = {element.id: element for element in (*ground.above, *ground.items)}
    families = _families(around.values())
    for number, item in enumerate(ground.items):
        family = around[families[item.id]]
        yield item.id, number, item.name, family.id, family.name


def _blanks(ground: Groundwork, starts: Iterable[str]) -> Iterator[Row]:
    nowhere = [(item.id, CoverageLevel.NOT_MAPPED.rank) for item in ground.items]
    for key in sorted(starts):
        blanks = ground.blanks.get(key)
        levels = nowhere if blanks is None else [(blank.element.id, blank.level.rank) for blank in blanks]
        yield from ((key, *level) for level in levels)


def _following(library: Library, sources: dict[str, Element], ground: Groundwork) -> Iterator[Follows]:
    divided: dict[str, set[str]] = {}
    for key in dict.fromkeys(element.publication for element in sources.values()):
        for part, whole in parts(library, key):
            divided.setdefault(whole, set()).add(part)

    def blockers(entered: frozenset[str], opened: frozenset[str]) -> frozenset[str]:
        return entered.union(*(divided.get(whole, ()) for whole in opened)).intersection(sources)

    for start, element in sources.items():
        for end, evidence in ground.evidence[start].by_end:
            yield from follows(start, end, evidence, blockers, element.is_illustrative)


def _closed(row: Follows, blockers: dict[frozenset[str], int]) -> Row:
    """A row of the closure; its blocker is numbered if it has none yet."""
    best = row.connection.paths[0]
    blocker = blockers.setdefault(row.unless, len(blockers)) if row.unless else None
    ends = (row.connection.subject, row.connection.object, row.level.value, row.level.rank)
    why = (best.judgements, best.is_curated, best.strength)
    return *ends, row.connection.found, row.path, *why, blocker, row.overrides
