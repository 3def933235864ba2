"""The collector of the problems of one file."""

from __future__ import annotations

from iotbaseline._files.positions import Path
from iotbaseline.errors import DataError, IoTBaselineError, UnknownIdentifierError

MOST = 500
"""So many problems of one file are enough; looking for more is given up."""


class TooManyProblems(Exception):  # noqa: N818
    """Raised by a :class:`Report` that has had enough."""


class Report:
    """Collects the problems of one file."""

    def __init__(self, file: str, lines: dict[Path, int]) -> None:
        self._file = file
        self._lines = lines
        self._found: dict[str, tuple[Path, DataError]] = {}

    @property
    def errors(self) -> tuple[DataError, ...]:
        """The problems, in the order of the file."""
        found = sorted(self._found.values(), key=lambda each: self._line(each[0]))
        return tuple(error for _, error in found)

    def add(self, path: Path, problem: str, fix: str) -> None:
        """Note what is wrong with the value at a path, once."""
        if len(self._found) == MOST:
            raise TooManyProblems
        line, place = f"line {self._line(path)}", shown(path)
        error = DataError(self._file, f"{line}, {place}" if place else line, problem, fix)
        self._found.setdefault(str(error), (path, error))

    def refuse(self, path: Path, error: IoTBaselineError) -> None:
        """Note an error of the library as what is wrong with the value at a path; its advice is the fix."""
        problem, _, advice = str(error).rpartition("; ")
        if not isinstance(error, UnknownIdentifierError):
            self.add(path, problem, advice)
        elif error.suggestions:
            self.add(path, problem, f"write {' or '.join(error.suggestions)}")
        else:
            self.add(path, str(error), "name one that exists")

    def is_broken(self, path: Path) -> bool:
        """Whether a problem was found in the value at a path."""
        return any(each[: len(path)] == path for each, _ in self._found.values())

    def _line(self, path: Path) -> int:
        """The line of the value, or of the nearest thing around it that there is."""
        while path not in self._lines and path:
            path = path[:-1]
        return self._lines.get(path, 1)


def shown(path: Path) -> str:
    """Print a path: ``imports[1].include[0].ids``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
