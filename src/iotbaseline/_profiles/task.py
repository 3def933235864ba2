"""A profile document that is being resolved, and the bounds of that work."""

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
"""How many of each a profile may have, with all that it imports, and what to do if it has more."""

MOST_LEVELS = 100

Fetch = Callable[[str, Path], Profile | None]
"""Returns the profile that an import names, or reports what is wrong with it and returns ``None``."""


class Bounds:
    """Counts what the files of one run hold; a run that exceeds :data:`BOUNDS` stops."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._left = {what: most for what, (most, _) in BOUNDS.items()}

    def take(self, what: str, count: int = 1) -> None:
        """Count what was read; raises :class:`~iotbaseline.errors.DataErrors` when there is too much of it."""
        self._left[what] -= count
        if self._left[what] < 0:
            most, fix = BOUNDS[what]
            self._problems.give_up(f"with all that it imports it has more than {most} {what}", fix)


@frozen(eq=False)
class Task:
    """A document and what resolving it needs; problems go to the report and do not stop the work."""

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
    """The given levels in the order of the profile; all of its levels if none is given, or none that it has."""
    levels = task.document.levels
    for number, level in enumerate(given):
        if level and level not in levels:
            known = f"use {', '.join(levels)}" if levels else "list the levels of the profile at its top"
            task.report.add((*path, number), f"there is no level {shorten(level)}", known)
    meant = set(given) & set(levels)
    return tuple(level for level in levels if level in meant) if meant else levels


def share_a_level(one: tuple[str, ...], other: tuple[str, ...], task: Task) -> bool:
    """Whether two statements of a profile hold at the same level, which they do if it has no levels."""
    return not task.document.levels or not set(one).isdisjoint(other)


def publication_meant(name: str, path: Path, task: Task) -> str:
    """The key of the publication that a name means, or the name itself if it means none."""
    try:
        return task.library.info(name).key if name else name
    except (IdentifierSyntaxError, UnknownIdentifierError) as error:
        task.report.refuse(path, error)
        return name


def is_publication(name: str, library: Library) -> bool:
    """Whether a name means a publication."""
    try:
        library.info(name)
    except UnknownIdentifierError:
        return False
    return True
