"""Every error the library raises: one hierarchy, each naming the place and the fix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_SHOWN = 80
_LISTED = 50


def shorten(text: object) -> str:
    """Quote ``text`` for a message, cut to 80 characters."""
    shown = repr(text if isinstance(text, str) else str(text))
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}… ({len(shown)} characters)"


class IoTBaselineError(Exception):
    """Base of all errors of this library."""


class IdentifierSyntaxError(IoTBaselineError, ValueError):
    """A text that cannot be an identifier at all: wrong type, empty, too long, foreign characters."""


class ArgumentTypeError(IoTBaselineError, TypeError):
    """A value of a type that an argument does not take: names the argument, the type given and what to pass."""

    def __init__(self, argument: str, given: str, expected: str) -> None:
        super().__init__(f"{argument} is of type {given}; pass {expected}")
        self.args = argument, given, expected

    def __str__(self) -> str:
        argument, given, expected = self.args
        return f"{argument} is of type {given}; pass {expected}"


class UnknownIdentifierError(IoTBaselineError, LookupError):
    """A well-formed identifier that names nothing the library knows.

    ``suggestions`` holds the nearest identifiers that exist, best first.
    """

    def __init__(self, what: str, text: str, suggestions: Sequence[str] = ()) -> None:
        self.suggestions: tuple[str, ...] = tuple(suggestions)
        hint = f"; did you mean {', '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"unknown {what} {shorten(text)}{hint}")


class QueryError(IoTBaselineError, ValueError):
    """A search for nothing, or for no result."""


class UnknownCrosswalkError(IoTBaselineError, LookupError):
    """No mappings are known between two publications."""


class NotComparableError(IoTBaselineError, ValueError):
    """Two things that cannot be diffed, or a diff applied to a publication it was not made from."""


class DataError(IoTBaselineError, ValueError):
    """A data file that breaks its contract: names the file, the place in it and the fix."""

    def __init__(self, file: str, place: str, problem: str, fix: str) -> None:
        self.file, self.place, self.problem, self.fix = file, place, problem, fix
        super().__init__(f"{file}: {place}: {problem}; {fix}")


class IntegrityError(DataError):
    """A data file whose bytes are not the ones the manifest lists: truncated or tampered with."""


class DataErrors(IoTBaselineError, ValueError):  # noqa: N818
    """All that is wrong in a file of the user's own; ``errors`` holds one error for each bad place, in their order.

    The message lists the first 50 of them, a line each.
    """

    def __init__(self, errors: Iterable[DataError]) -> None:
        self.errors: tuple[DataError, ...] = tuple(errors)
        count = len(self.errors)
        lines = [f"{count} problem{'' if count == 1 else 's'}:", *map(str, self.errors[:_LISTED])]
        if count > _LISTED:
            lines.append(f"… and {count - _LISTED} more")
        super().__init__("\n".join(lines))


class MissingExtraError(IoTBaselineError, ImportError):
    """An optional library is needed; the message says which extra installs it."""

    def __init__(self, library: str, extra: str) -> None:
        self.library, self.extra = library, extra
        super().__init__(f"{library} is not installed; run: pip install 'iotbaseline[{extra}]'", name=library)
