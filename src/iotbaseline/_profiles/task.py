"""A profile document on its way to a profile, and what bounds the way."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from iotbaseline._files.positions import Path
from iotbaseline._files.problems import Problems, Report
from iotbaseline._library.library import Library
from iotbaseline._model.provenance import Basis
from iotbaseline._profiles.document import Document
from iotbaseline._profiles.profile import Profile
from iotbaseline.errors import IdentifierSyntaxError, UnknownIdentifierError, shorten

BOUNDS = {
    "files": (200, "import fewer profiles"),
    "imports": (1_000, "import each source once, and select from it together"),
    "selectors": (5_000, "list more in one selector"),
    "selections": (50_000, "import less, or at fewer levels"),
    "changes": (20_000, "import less, or change less"),
}
"""Of what a profile, with all that it imports, may have how many, and what helps if it has more."""

MOST_LEVELS = 100

Fetch = Callable[[str, Path], Profile | None]
"""Gives the profile that an import names, or ``None`` if that has problems of its own, which it reports."""


class Bounds:
    """Counts what the files of one run hold; a run with more than :data:`BOUNDS` is given up."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._left = {what: most for what, (most, _) in BOUNDS.items()}

    def take(self, what: str, count: int = 1) -> None:
        """Count what was met; raises :class:`~iotbaseline.errors.DataErrors` when it is too much."""
        self._left[what] -= count
        if self._left[what] < 0:
            most, fix = BOUNDS[what]
            self._problems.give_up(f"with all that it imports it has more than {most} {what}", fix)


@frozen(eq=False)
class Task:
    """A document with all that it takes to resolve it; every problem goes to the report, and none ends the work."""

    document: Document
    basis: Basis
    library: Library
    fetch: Fetch
    report: Report
    bounds: Bounds

    @property
    def key(self) -> str:
        """The key of the profile."""
        return self.document.profile


def levels_meant(given: tuple[str, ...], path: Path, task: Task) -> tuple[str, ...]:
    """The levels of the profile that are meant, in its order: every one where none is given."""
    levels = task.document.levels
    for number, level in enumerate(given):
        if level and level not in levels:
            known = f"use {', '.join(levels)}" if levels else "list the levels of the profile at its top"
            task.report.add((*path, number), f"there is no level {shorten(level)}", known)
    meant = set(given) & set(levels)
    return tuple(level for level in levels if level in meant) if meant else levels


def share_a_level(one: tuple[str, ...], other: tuple[str, ...], task: Task) -> bool:
    """Whether two of a profile's statements hold at the same level; where there are no levels, they do."""
    return not task.document.levels or not set(one).isdisjoint(other)


def publication_meant(name: str, path: Path, task: Task) -> str:
    """The key of the publication that a name means; the name itself if it means none."""
    try:
        return task.library.info(name).key if name else name
    except (IdentifierSyntaxError, UnknownIdentifierError) as error:
        task.report.refuse(path, error)
        return name
