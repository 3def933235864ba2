"""What the imports of a profile bring in: elements with their levels, and the changes that imported profiles make."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import define, evolve, field

from iotbaseline._files.positions import Path
from iotbaseline._library.selection import FILES, PROFILE
from iotbaseline._model.identifiers import fold
from iotbaseline._profiles.document import Modification, ProfileImport
from iotbaseline._profiles.profile import ResolvedElement, Selection
from iotbaseline._profiles.selectors import Selecting, Source, taken
from iotbaseline._profiles.task import Task, levels_meant
from iotbaseline.errors import IdentifierSyntaxError, UnknownIdentifierError, shorten

_EVERY_LEVEL = ("",)
"""Stands for the levels of a profile that has none."""
_LISTED = 3

Kept = Callable[[tuple[str, ...]], tuple[str, ...]]
"""Turns the levels at which something holds in an imported profile into those of the profile that imports it."""


@define(eq=False)
class Selected:
    """What a profile has selected, and the changes to it, each with the place in the file that brings it."""

    items: dict[str, ResolvedElement] = field(factory=dict[str, ResolvedElement])
    changes: dict[str, list[tuple[Modification, Path]]] = field(factory=dict[str, list[tuple[Modification, Path]]])
    names: dict[tuple[str, str], str] = field(factory=dict[tuple[str, str], str])
    """The identifiers of what is selected or added, by their folded spellings."""
    there: set[str] = field(factory=set[str])
    """The same identifiers, as a set."""
    meant: set[str] = field(factory=set[str])
    """What might be selected if there were no problems; that it is not is no problem of its own."""
    publications: set[str] = field(factory=set[str])
    """The publications whose elements the imports bring in."""
    has_missed: bool = False
    """Whether the source of an import does not exist."""


def imported(task: Task) -> Selected:
    """What all imports bring in; reports what two of them select at the same level."""
    imports = task.document.imports
    malformed = {number for number in range(len(imports)) if task.report.is_broken(("imports", number))}
    selected = Selected()
    selecting = Selecting(task.library, task.report, selected.meant)
    sources: dict[str, Source] = {}
    holders: dict[str, dict[str, list[int]]] = {}
    parts: dict[str, list[ResolvedElement]] = {}
    for number, entry in enumerate(imports):
        path: Path = ("imports", number)
        task.bounds.take("imports")
        task.bounds.take("selectors", len(entry.include) + len(entry.exclude))
        levels = levels_meant(entry.levels, (*path, "levels"), task)
        source = sources.get(entry.source) or _source(entry.source, (*path, "from"), task)
        if source is None:
            selected.has_missed = True
            continue
        sources[entry.source] = source
        clashes: dict[int, list[str]] = {}
        for item in _items(entry, levels, source, path, selecting, task):
            for other in _holders(item, number, holders):
                clashes.setdefault(other, []).append(item.id)
            parts.setdefault(item.id, []).append(item)
            if not _has_wrong_levels(number, task):
                selected.changes.setdefault(item.id, []).extend((change, path) for change in item.modifications)
        for other, identifiers in clashes.items():
            if malformed.isdisjoint((number, other)):
                _report_clash(number, other, identifiers, task)
    selected.items.update({identifier: _united(items, task) for identifier, items in parts.items()})
    selected.names.update({fold(identifier): identifier for identifier in selected.items})
    selected.there.update(selected.items)
    selected.publications.update(identifier.partition(":")[0] for identifier in selected.items)
    return selected


def _source(name: str, path: Path, task: Task) -> Source | None:
    """The source of an import, or ``None`` if there is none of that name."""
    if not name:
        return None
    if name.startswith(PROFILE) or name.lower().endswith(FILES):
        profile = task.fetch(name, path)
        return None if profile is None else Source(profile, task.library)
    try:
        publication = task.library.load(name)
    except (IdentifierSyntaxError, UnknownIdentifierError) as error:
        if name in task.library.profile_keys:
            task.report.add(path, f"{name} is a profile, not a publication", f"write {PROFILE}{name}")
        else:
            task.report.refuse(path, error)
        return None
    if not publication.elements:
        task.report.add(path, f"no elements of {publication.key} are held", "import another publication")
        return None
    return Source(publication, task.library)


def _items(
    entry: ProfileImport, levels: tuple[str, ...], source: Source, path: Path, selecting: Selecting, task: Task
) -> list[ResolvedElement]:
    """What one import brings in."""
    excluded = taken(entry.exclude, source, (*path, "exclude"), selecting)
    included = taken(entry.include, source, (*path, "include"), selecting) if entry.include else set(source.elements)
    wanted = [item for item in source.items if item.id in included and item.id not in excluded]
    task.bounds.take("selections", sum(len(item.selections) for item in wanted))
    task.bounds.take("changes", sum(len(item.modifications) for item in wanted))
    levels, kept = _kept(entry, levels, source, path, task)
    items = list(_brought_in(wanted, entry.rationale, levels, kept, task.key))
    if not items and not task.report.is_broken(path):
        task.report.add(path, f"it takes nothing from {source.name}", "select something, or take the import out")
    return items


def _kept(
    entry: ProfileImport, levels: tuple[str, ...], source: Source, path: Path, task: Task
) -> tuple[tuple[str, ...], Kept]:
    """The levels at which an import applies, and what turns levels of its source into them.

    Levels are the same if the import says so or, where it says nothing, if they have the same name. If the two share no
    name, everything holds at the levels that the import lists; that it lists none is reported.
    """
    own = task.document.levels
    pairs = {(level, level) for level in levels}
    if entry.same_levels:
        pairs = _same(entry, source, path, task)
        levels = tuple(level for level in own if any(level == ours for ours, _ in pairs))
    elif set(source.levels).isdisjoint(own):
        if source.levels and own and not entry.levels:
            problem = (
                f"no level of {source.name} ({', '.join(source.levels)}) is one of this profile ({', '.join(own)})"
            )
            one = f'{{ own = "{own[0]}", theirs = "{source.levels[0]}" }}'
            fix = f"say which is which, same_levels = [{one}], or list levels at which everything applies"
            task.report.add((*path, "levels"), problem, fix)
        return levels, lambda _: levels
    return levels, lambda inner: tuple(level for level in levels if any((level, each) in pairs for each in inner))


def _same(entry: ProfileImport, source: Source, path: Path, task: Task) -> set[tuple[str, str]]:
    """The pairs of levels that an import says are the same; reports those that do not exist."""
    if entry.levels:
        fix = "keep one of the two; same_levels names the levels of the import too"
        task.report.add((*path, "same_levels"), "the import has levels as well", fix)
    for number, pair in enumerate(entry.same_levels):
        for name, level, known in (("own", pair.own, task.document.levels), ("theirs", pair.theirs, source.levels)):
            if level and level not in known:
                place = source.name if name == "theirs" else "this profile"
                fix = f"use {', '.join(known)}" if known else f"{place} has no levels; leave same_levels out"
                task.report.add((*path, "same_levels", number, name), f"there is no level {shorten(level)}", fix)
    return {(pair.own, pair.theirs) for pair in entry.same_levels}


def _brought_in(
    items: list[ResolvedElement], rationale: str, levels: tuple[str, ...], kept: Kept, key: str
) -> Iterator[ResolvedElement]:
    """The items as items of the profile with that key, without those that it selects at none of the levels."""

    def is_kept(part: Selection | Modification) -> bool:
        return not levels or bool(kept(part.levels))

    for item in items:
        selections = tuple(
            Selection(origin=(key, *inner.origin), levels=kept(inner.levels), rationales=(rationale, *inner.rationales))
            for inner in item.selections
            if is_kept(inner)
        )
        if selections:
            yield evolve(
                item,
                levels=kept(item.levels),
                selections=selections,
                modifications=tuple(
                    evolve(change, levels=kept(change.levels)) for change in item.modifications if is_kept(change)
                ),
            )


def _holders(item: ResolvedElement, number: int, holders: dict[str, dict[str, list[int]]]) -> list[int]:
    """The imports that already select the item at one of its levels; this one joins them."""
    by_level = holders.setdefault(item.id, {})
    others: set[int] = set()
    for level in item.levels or _EVERY_LEVEL:
        imports = by_level.setdefault(level, [])
        others.update(imports)
        imports.append(number)
    return sorted(others)


def _united(items: list[ResolvedElement], task: Task) -> ResolvedElement:
    """What several imports select of one element, at different levels, as one item."""
    if len(items) == 1:
        return items[0]
    held = {level for item in items for level in item.levels}
    levels = tuple(level for level in task.document.levels if level in held)
    return evolve(items[0], levels=levels, selections=tuple(one for item in items for one in item.selections))


def _report_clash(number: int, other: int, identifiers: list[str], task: Task) -> None:
    if not any(_has_wrong_levels(place, task) for place in (number, other)):
        more = f" and {len(identifiers) - _LISTED} more" if len(identifiers) > _LISTED else ""
        problem = f"double selection: imports[{other}] selects {', '.join(identifiers[:_LISTED])}{more} as well"
        task.report.add(("imports", number), problem, "exclude from one of the two, or give them different levels")


def _has_wrong_levels(number: int, task: Task) -> bool:
    return any(task.report.is_broken(("imports", number, name)) for name in ("levels", "same_levels"))
