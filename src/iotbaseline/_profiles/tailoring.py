"""Tailor what a profile selects: its additions, modifications and open questions."""

from __future__ import annotations

import re

from attrs import evolve

from iotbaseline._files.positions import Path
from iotbaseline._model import identifiers
from iotbaseline._model.kinds import Addition
from iotbaseline._model.provenance import Basis
from iotbaseline._profiles.document import Modification, ModificationKind, OpenQuestion, WrittenAddition
from iotbaseline._profiles.importing import Selected
from iotbaseline._profiles.profile import ResolvedElement, Selection
from iotbaseline._profiles.selectors import element_named
from iotbaseline._profiles.task import Task, levels_meant, publication_meant
from iotbaseline.errors import IdentifierSyntaxError, UnknownIdentifierError, shorten

_LOCAL = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_LONGEST = 80


def added(selected: Selected, task: Task) -> tuple[Addition, ...]:
    """The additions of a profile, which count as selected from here on."""
    written = task.document.add
    names = [_new_identifier(entry.id, ("add", number, "id"), selected, task) for number, entry in enumerate(written)]
    additions = tuple(
        _addition(entry, name, ("add", number), selected, task)
        for number, (entry, name) in enumerate(zip(written, names, strict=True))
    )
    _check_circles(additions, task)
    return additions


def modified(selected: Selected, task: Task) -> tuple[Modification, ...]:
    """The modifications that a profile makes; they join those of the profiles that it imports."""
    written = task.document.modify
    task.bounds.take("changes", len(written))
    return tuple(_modification(entry, ("modify", n), selected, task) for n, entry in enumerate(written))


def asked(selected: Selected, task: Task) -> tuple[OpenQuestion, ...]:
    """The open questions of a profile, with the identifiers of what they are about."""
    return tuple(_question(entry, ("open", n), selected, task) for n, entry in enumerate(task.document.open))


def _question(entry: OpenQuestion, path: Path, selected: Selected, task: Task) -> OpenQuestion:
    about = (_known(name, (*path, "about", number), selected, task) for number, name in enumerate(entry.about))
    return evolve(entry, about=tuple(about))


def _known(name: str, path: Path, selected: Selected, task: Task) -> str:
    """The identifier of an element, selected or not, or of an addition; the name itself if it is unknown."""
    if not name:
        return name
    try:
        identifier = selected.names.get(identifiers.fold(identifiers.checked(name)))
        if identifier is None and name.startswith(f"{task.key}:"):
            near = task.report.hints.nearest(name, selected.there)
            raise UnknownIdentifierError(f"addition of {task.key}", name, near)
        return element_named(name, task.library, task.report.hints) if identifier is None else identifier
    except (IdentifierSyntaxError, UnknownIdentifierError) as error:
        task.report.refuse(path, error)
        return name


def _selected(name: str, path: Path, selected: Selected, task: Task) -> str:
    """The identifier of a selected element or of an addition."""
    identifier = _known(name, path, selected, task)
    if not identifier or identifier in selected.there or task.report.is_broken(path):
        return identifier
    may_be_missed = selected.has_missed and identifier.partition(":")[0] not in selected.publications
    if identifier not in selected.meant and not may_be_missed:
        task.report.add(path, f"{identifier} is not selected", "select it by an import, or take this out")
    return identifier


def _new_identifier(name: str, path: Path, selected: Selected, task: Task) -> str | None:
    """The identifier of an addition, which can be named from here on, or ``None`` if it cannot have that one."""
    local = name.removeprefix(f"{task.key}:")
    identifier = f"{task.key}:{local}"
    if not name:
        return None
    if not _LOCAL.fullmatch(local) or len(local) > _LONGEST:
        fix = f"use letters, digits, and single dots or hyphens between them, after {task.key}: or nothing"
        task.report.add(path, f"{shorten(name)} cannot be the identifier of an addition", fix)
        return None
    if identifiers.fold(identifier) in selected.names:
        task.report.add(path, f"{identifier} occurs twice", "give each addition its own identifier")
        return None
    selected.names[identifiers.fold(identifier)] = selected.names["", identifiers.fold_local(local)] = identifier
    selected.there.add(identifier)
    return identifier


def _addition(entry: WrittenAddition, identifier: str | None, path: Path, selected: Selected, task: Task) -> Addition:
    levels = levels_meant(entry.levels, (*path, "levels"), task)
    _check_sources(entry.sources, (*path, "sources"), task)
    addition = Addition(
        id=identifier or entry.id,
        title=entry.title,
        summary=entry.summary,
        parent=None if entry.parent is None else _selected(entry.parent, (*path, "parent"), selected, task),
        rationale=entry.rationale,
        sources=entry.sources,
        levels=levels,
    )
    if identifier is not None:
        task.bounds.take("selections")
        selection = Selection(origin=(task.key,), levels=levels, rationales=(entry.rationale,))
        selected.items[identifier] = ResolvedElement(element=addition, levels=levels, selections=(selection,))
    return addition


def _check_circles(additions: tuple[Addition, ...], task: Task) -> None:
    """Report the additions that are below themselves, once for each circle."""
    parents = {addition.id: addition.parent for addition in additions}
    numbers = {addition.id: number for number, addition in enumerate(additions)}
    done: set[str] = set()
    for start in parents:
        line: dict[str, None] = {}
        above: str | None = start
        while above is not None and above in parents and above not in line and above not in done:
            line[above] = None
            above = parents[above]
        if above is not None and above in line:
            names = list(line)
            circle = " > ".join([*names[names.index(above) :], above])
            task.report.add(("add", numbers[above], "parent"), f"it is below itself: {circle}", "take a parent out")
        done.update(line)


def _modification(entry: Modification, path: Path, selected: Selected, task: Task) -> Modification:
    identifier = _selected(entry.element, (*path, "element"), selected, task)
    item = selected.items.get(identifier)
    levels = levels_meant(entry.levels, (*path, "levels"), task)
    _check_change(entry, path, task)
    _check_sources(entry.sources, (*path, "sources"), task)
    if task.basis is Basis.CURATED and not entry.sources and not task.report.is_broken((*path, "sources")):
        task.report.add(path, "a change of a curated profile needs a source", "name at least one under sources")
    if item is None:
        return evolve(entry, element=identifier, levels=levels, by=task.key)
    elsewhere = [level for level in levels if level not in item.levels]
    if entry.levels and elsewhere:
        problem = f"{identifier} is not selected at {', '.join(elsewhere)}"
        task.report.add((*path, "levels"), problem, "select it there, or take the level out")
    held = tuple(level for level in levels if level in item.levels)
    modification = evolve(entry, element=identifier, levels=held, by=task.key)
    selected.changes.setdefault(identifier, []).append((modification, path))
    return modification


def _check_change(entry: Modification, path: Path, task: Task) -> None:
    """A parameter has a name and a value, every other change a text and neither of the two."""
    if task.report.is_broken((*path, "change")):
        return
    setting = {"parameter": entry.parameter, "value": entry.value}
    is_setting = entry.change is ModificationKind.PARAMETER
    for name, value in (setting if is_setting else {"text": entry.text}).items():
        if value is None and not task.report.is_broken((*path, name)):
            task.report.add((*path, name), f"a change of the kind {entry.change} needs a {name}", f"write the {name}")
    for name, value in setting.items():
        if value is not None and not is_setting:
            problem = f"a change of the kind {entry.change} sets no parameter"
            task.report.add((*path, name), problem, f"take it out, or write {ModificationKind.PARAMETER}")


def _check_sources(sources: tuple[str, ...], path: Path, task: Task) -> None:
    """A source is an element, or a place in a publication: ``IR 8425, section 2``."""
    for number, source in enumerate(sources):
        publication, comma, locator = source.partition(",")
        if source and comma and locator.strip():
            publication_meant(publication, (*path, number), task)
        elif source:
            try:
                element_named(source, task.library, task.report.hints)
            except (IdentifierSyntaxError, UnknownIdentifierError) as error:
                task.report.refuse((*path, number), error)
