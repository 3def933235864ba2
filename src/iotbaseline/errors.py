"""The errors of the library, in one hierarchy. Each says what is wrong and how to fix it.

The text of an error is safe to print: control characters, bidirectional marks and lone surrogates are escaped, and
long texts are cut, whichever file or argument they came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

_SHOWN = 80
_LONGEST = 1_000
_LISTED = 50


def shorten(text: object) -> str:
    """Quote ``text`` for a message, cut to 80 characters."""
    try:
        shown = repr(text if isinstance(text, str) else str(text))
    except (ValueError, RecursionError):
        return f"a value of type {type(text).__name__}, too large to print"
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}… ({len(shown)} characters)"


def counted(count: int, thing: str) -> str:
    """How many things there are: ``1 step``, ``2 steps``."""
    return f"{count} {thing}{'' if count == 1 else 's'}"


def printable(text: str) -> str:
    """Make ``text`` safe for a terminal: one line, invisible characters escaped, cut to 1,000 characters."""
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"
    return shown if shown.isprintable() else "".join(map(_escaped, shown))


def _escaped(character: str) -> str:
    return character if character.isprintable() else ascii(character)[1:-1]


class IoTBaselineError(Exception):
    """Base of all errors of this library.

    ``problem`` says what is wrong, ``fix`` how to fix it and ``place`` where it is; ``fix`` and ``place`` may be empty.
    The message combines all three: ``place: problem; fix``.
    """

    def __init__(self, problem: str, fix: str = "", place: str = "") -> None:
        super().__init__(problem, fix, place)
        self.problem, self.fix, self.place = printable(problem), printable(fix), printable(place)

    def __str__(self) -> str:
        message = f"{self.problem}; {self.fix}" if self.fix else self.problem
        return f"{self.place}: {message}" if self.place else message


class IdentifierSyntaxError(IoTBaselineError, ValueError):
    """A text that cannot be an identifier, key or reference: empty, too long, wrong characters or notation."""


class ArgumentTypeError(IoTBaselineError, TypeError):
    """An argument of the wrong type; the message names the argument, the type given and what to pass."""

    def __init__(self, argument: str, given: str, expected: str) -> None:
        super().__init__(f"{argument} is of type {given}", f"pass {expected}")
        self.args = argument, given, expected


class UnknownNameError(IoTBaselineError, LookupError):
    """A name that does not exist: of a kind of element, a level, a baseline, a format.

    ``suggestions`` holds the nearest names that exist, best first.
    """

    def __init__(self, what: str, text: str, suggestions: Sequence[str] = ()) -> None:
        hint = f"did you mean {', '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"unknown {what} {shorten(text)}", hint)
        self.suggestions: tuple[str, ...] = tuple(suggestions)
        self.args = what, text, self.suggestions


class UnknownIdentifierError(UnknownNameError):
    """A well-formed identifier that names no publication, element or profile that the library knows."""


class KeyTakenError(IoTBaselineError, ValueError):
    """A key that you chose for your own publication is already taken."""


class QueryError(IoTBaselineError, ValueError):
    """A query that has no answer: nothing to search for, a bound below 1, a text without words."""


class UnknownCrosswalkError(IoTBaselineError, LookupError):
    """No mappings are known between two publications."""


class DataVersionError(IoTBaselineError, RuntimeError):
    """The data has another version than a program requires; holds both, ``held`` and ``required``."""

    def __init__(self, held: str, required: str) -> None:
        fix = "install the release of iotbaseline that ships it, or require another version"
        super().__init__(f"the data has the version {held}, not {required}", fix)
        self.args = held, required
        self.held, self.required = held, required


class NotComparableError(IoTBaselineError, ValueError):
    """Two publications that cannot be compared, or a diff applied to a publication it was not made from."""


class DataError(IoTBaselineError, ValueError):
    """An error in a file: names the ``file``, the ``place`` in it and, if known, the ``line``."""

    def __init__(self, file: str, place: str, problem: str, fix: str, line: int | None = None) -> None:
        super().__init__(problem, fix, place)
        self.args = file, place, problem, fix, line
        self.file, self.line = printable(file), line

    def __str__(self) -> str:
        return f"{self.file}: {super().__str__()}"


class IntegrityError(DataError):
    """A data file that does not match its hash in the manifest: it was truncated or tampered with."""


class DataErrors(IoTBaselineError, ExceptionGroup[DataError], ValueError):  # noqa: N818
    """Everything that is wrong in a file, as an exception group; ``errors`` has one error for each bad place, in order.

    The message lists the first 50, one on each line.
    """

    def __new__(cls, errors: Iterable[DataError]) -> DataErrors:
        """Make the group; there must be at least one error."""
        group = tuple(errors)
        more = [f"… and {len(group) - _LISTED} more"] if len(group) > _LISTED else []
        lines = [f"{counted(len(group), 'problem')}:", *map(str, group[:_LISTED]), *more]
        return super().__new__(cls, "\n".join(lines), group)

    def __init__(self, errors: Iterable[DataError]) -> None:  # noqa: ARG002
        super().__init__(counted(len(self.exceptions), "problem"), "correct each of them")
        self.args = (self.errors,)

    @property
    def errors(self) -> tuple[DataError, ...]:
        """The errors; the same as ``exceptions``."""
        return cast("tuple[DataError, ...]", self.exceptions)

    def derive(self, errors: Sequence[DataError], /) -> DataErrors:  # type: ignore[override]
        """Make a group of some of the errors, as ``except*`` does."""
        return DataErrors(errors)

    def __str__(self) -> str:
        return self.message


class LossError(IoTBaselineError, ValueError):
    """A format cannot hold all of what is exported, and the export was to be strict; ``losses`` says what is lost."""

    def __init__(self, name: str, losses: Sequence[str]) -> None:
        fix = "leave out strict to write the file without it"
        super().__init__(f"{name} would lose something: {'; '.join(losses)}", fix)
        self.losses = tuple(losses)
        self.args = name, self.losses


class MissingExtraError(IoTBaselineError, ImportError):
    """An optional library is needed; the message says which extra installs it."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"{library} is not installed", f"run: pip install 'iotbaseline[{extra}]'")
        self.args = library, extra
        self.library, self.extra, self.name = library, extra, library
