"""A profile document resolved in four steps: check its head, import and select, tailor, check for conflicts."""

from __future__ import annotations

import re
from itertools import combinations

from attrs import evolve

from iotbaseline._files.positions import Path
from iotbaseline._profiles.document import Modification, ModificationKind
from iotbaseline._profiles.importing import Selected, imported
from iotbaseline._profiles.profile import Profile
from iotbaseline._profiles.tailoring import added, asked, modified
from iotbaseline._profiles.task import MOST_LEVELS, Task, publication_meant, share_a_level
from iotbaseline.errors import UnknownIdentifierError, shorten

_KEY = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_LONGEST = 80


def resolve(task: Task) -> Profile:
    """Make the profile that a document describes, as far as it can be made; what is wrong goes to the report."""
    document = task.document
    _check_key(task)
    _check_levels(task)
    base = tuple(publication_meant(name, ("base", number), task) for number, name in enumerate(document.base))
    selected = imported(task)
    additions = added(selected, task)
    modifications = modified(selected, task)
    questions = asked(selected, task)
    _check_conflicts(selected, task)
    changes = {identifier: tuple(each for each, _ in placed) for identifier, placed in selected.changes.items()}
    return Profile(
        key=task.key,
        title=document.title,
        version=document.version,
        basis=task.basis,
        summary=document.summary,
        fidelity=document.fidelity,
        missing=document.missing,
        base=base,
        levels=document.levels,
        imports=document.imports,
        modifications=modifications,
        additions=additions,
        questions=questions,
        selected=tuple(evolve(item, modifications=changes.get(item.id, ())) for item in selected.items.values()),
    )


def _check_key(task: Task) -> None:
    if task.key and not (_KEY.fullmatch(task.key) and len(task.key) <= _LONGEST):
        fix = "use lower-case letters, digits, and single dots or hyphens between them, as in 'my-profile'"
        task.report.add(("profile",), f"{shorten(task.key)} is no key", fix)
    elif task.key and _is_publication(task.key, task):
        task.report.add(("profile",), f"{task.key} names a publication", "give the profile another key")


def _is_publication(name: str, task: Task) -> bool:
    try:
        task.library.info(name)
    except UnknownIdentifierError:
        return False
    return True


def _check_levels(task: Task) -> None:
    levels = task.document.levels
    if len(levels) > MOST_LEVELS:
        task.report.give_up(("levels",), f"it has {len(levels)} levels", f"use at most {MOST_LEVELS}")
    for number, level in enumerate(levels):
        if level and level in levels[:number]:
            task.report.add(("levels", number), f"the level {shorten(level)} occurs twice", "take one of them out")


def _check_conflicts(selected: Selected, task: Task) -> None:
    """Report two changes that settle the same of an element at the same level."""
    for identifier, placed in selected.changes.items():
        by_topic: dict[tuple[str, str], list[tuple[Modification, Path]]] = {}
        for change, path in placed:
            if change.change is not ModificationKind.GUIDANCE:
                by_topic.setdefault(_topic(change), []).append((change, path))
        for alike in by_topic.values():
            for (one, _), (other, path) in combinations(alike, 2):
                if share_a_level(one.levels, other.levels, task):
                    problem = f"{identifier} is changed twice: {one.change} by {one.by}, {other.change} by {other.by}"
                    task.report.add(path, problem, "keep one of the two, or give them different levels")


def _topic(change: Modification) -> tuple[str, str]:
    """What only one change of an element may settle: how much is asked, or a parameter."""
    if change.change is ModificationKind.PARAMETER:
        return change.change, (change.parameter or "").casefold()
    return "scope", ""
