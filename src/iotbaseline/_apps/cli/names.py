"""Arguments that name something: a publication, an element, a profile; they are completed in a shell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import click
from click.shell_completion import CompletionItem

import iotbaseline as ib
from iotbaseline._library.library import DEFAULT
from iotbaseline._library.selection import FILES, PROFILE, is_profile
from iotbaseline.errors import IoTBaselineError

_MOST = 200
"""How many completions a shell is given."""


class Name(click.ParamType[str]):
    """A name, read by the library; in a shell the publications, elements and, if wanted, profiles are offered."""

    name = "name"

    def __init__(self, *, profiles: bool = False, elements: bool = True) -> None:
        self._profiles, self._elements = profiles, elements

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """The names that begin so."""
        key, colon, _ = incomplete.partition(":")
        if colon and self._elements and not incomplete.startswith(PROFILE):
            known: Iterable[str] = _elements(key)
        else:
            keys = DEFAULT.profile_keys if self._profiles else ()
            known = (*keys, *(f"{PROFILE}{each}" for each in keys), *(info.key for info in DEFAULT.publications))
        begun = (name for name in known if name.lower().startswith(incomplete.lower()))
        return [CompletionItem(name) for name in islice(begun, _MOST)]


def _elements(key: str) -> list[str]:
    try:
        return [element.id for element in DEFAULT.load(key)]
    except IoTBaselineError:
        return []


class OneOf(click.ParamType[str]):
    """One of some values that are only known when they are needed, in any case."""

    name = "choice"

    def __init__(self, values: Callable[[], Iterable[str]]) -> None:
        self._values = values

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value as it is spelled."""
        known = {each.lower(): each for each in self._values()}
        if str(value).lower() not in known:
            self.fail(f"{value!r} is not one of {', '.join(known.values())}.", param, ctx)
        return known[str(value).lower()]

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """The values that begin so."""
        return [CompletionItem(each) for each in self._values() if each.lower().startswith(incomplete.lower())]


NAME = Name()
PUBLICATION = Name(elements=False)
SELECTABLE = Name(profiles=True)


def is_file(name: str) -> bool:
    """Whether a name is that of a profile in a file of the user's own."""
    return name.lower().endswith(FILES)


def selected(name: str, library: ib.Library) -> str | ib.Profile:
    """What a query takes: the profile of a file, or the name as it is."""
    return ib.read_profile(name, library=library) if is_file(name) else name


def at_level(name: str, level: str, library: ib.Library) -> ib.ResolvedProfile:
    """The profile of that name, or in that file, at one of its levels."""
    return profile_of(name, library).resolve(level)


def profile_of(name: str, library: ib.Library) -> ib.Profile:
    """The profile of that name, or in that file."""
    return ib.read_profile(name, library=library) if is_file(name) else ib.profile(name, library=library)


__all__ = [
    "NAME",
    "PUBLICATION",
    "SELECTABLE",
    "Name",
    "OneOf",
    "at_level",
    "is_file",
    "is_profile",
    "profile_of",
    "selected",
]
