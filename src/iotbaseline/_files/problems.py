"""The problems of a run over files that people wrote: collected, counted, and reported with suggestions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NoReturn

from iotbaseline._files.positions import Path
from iotbaseline._model.identifiers import nearest
from iotbaseline._model.publication import Publication, nearest_in
from iotbaseline.errors import DataError, DataErrors, IoTBaselineError, UnknownNameError

MOST = 500
"""A run that finds more problems than this stops."""

MOST_COMPARED = 60_000
"""How many known names a run compares with unknown ones, to suggest what was meant."""

_LONGEST_STEP = 80


class Hints:
    """Suggests what unknown names may mean, until a run has compared enough names."""

    def __init__(self) -> None:
        self._left = MOST_COMPARED

    def nearest(self, text: str, known: Collection[str]) -> tuple[str, ...]:
        """The known names most like a text; none if none is like it or too many names have been compared."""
        return nearest(text, known) if self._may_compare(len(known)) else ()

    def nearest_in(self, publication: Publication, text: str) -> tuple[str, ...]:
        """The identifiers within a publication that are most like a text, as :meth:`nearest` finds them."""
        return nearest_in(publication, text) if self._may_compare(len(publication)) else ()

    def near(self, text: str, known: Collection[str]) -> str:
        """Ask whether one of the nearest names is meant; an empty text if there is none."""
        return meant(self.nearest(text, known))

    def _may_compare(self, count: int) -> bool:
        self._left -= count
        return self._left >= 0


def meant(names: Iterable[str]) -> str:
    """Ask whether one of the names is meant; an empty text if there is none."""
    listed = " or ".join(names)
    return f"did you mean {listed}?" if listed else ""


class Problems:
    """The problems of one run, in the order in which they were found."""

    def __init__(self, file: str) -> None:
        self.errors: list[DataError] = []
        self.hints = Hints()
        self._file = file

    def add(self, error: DataError) -> None:
        """Note a problem; raises :class:`~iotbaseline.errors.DataErrors` when there are too many."""
        if len(self.errors) == MOST:
            self.give_up(f"it has more than {MOST} problems", "correct the others first")
        self.errors.append(error)

    def give_up(self, problem: str, fix: str) -> NoReturn:
        """Raise :class:`~iotbaseline.errors.DataErrors` with all problems, and last why the run stops."""
        raise DataErrors([*self.errors, DataError(self._file, "whole file", problem, fix)])

    def raise_any(self) -> None:
        """Raise :class:`~iotbaseline.errors.DataErrors` with the problems, if there are any."""
        if self.errors:
            raise DataErrors(self.errors)


class Report:
    """Notes the problems of one file by the paths of its values."""

    def __init__(self, file: str, lines: dict[Path, int], problems: Problems) -> None:
        self.hints = problems.hints
        self._file, self._lines, self._problems = file, lines, problems
        self._noted: set[tuple[Path, str, str]] = set()
        self._broken: set[Path] = set()

    def add(self, path: Path, problem: str, fix: str) -> None:
        """Note what is wrong with the value at a path, once; raises what :meth:`Problems.add` raises."""
        if (path, problem, fix) not in self._noted:
            self._problems.add(self._error(path, problem, fix))
            self._noted.add((path, problem, fix))
            self._broken.update(path[:length] for length in range(len(path) + 1))

    def give_up(self, path: Path, problem: str, fix: str) -> NoReturn:
        """Raise :class:`~iotbaseline.errors.DataErrors` with all problems of the run, and this one last."""
        raise DataErrors([*self._problems.errors, self._error(path, problem, fix)])

    def refuse(self, path: Path, error: IoTBaselineError) -> None:
        """Note an error of the library as what is wrong with the value at a path."""
        fix = error.fix
        if isinstance(error, UnknownNameError):
            fix = f"write {' or '.join(error.suggestions)}" if error.suggestions else "name one that exists"
        self.add(path, error.problem, fix)

    def is_broken(self, path: Path) -> bool:
        """Whether a problem was noted in the value at a path."""
        return path in self._broken

    def _error(self, path: Path, problem: str, fix: str) -> DataError:
        line = self._line(path)
        place = f"line {line}, {shown(path)}" if path else f"line {line}"
        return DataError(self._file, place, problem, fix, line)

    def _line(self, path: Path) -> int:
        """The line of the value, or of the nearest value around it that has one."""
        while path not in self._lines and path:
            path = path[:-1]
        return self._lines.get(path, 1)


def shown(path: Path) -> str:
    """Print a path: ``imports[1].include[0].ids``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{_cut(step)}" for step in path).removeprefix(".")


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_STEP else f"{name[:_LONGEST_STEP]}…"
