"""Resolve the arguments of queries, in the same way for every query.

A string is one name, never a sequence of letters. The library resolves the names of publications and elements. The
wing that resolves profiles is above this one, so it is called through :mod:`iotbaseline._library.hooks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeAlias, TypeVar, runtime_checkable

from iotbaseline._library import hooks
from iotbaseline._library.library import Library
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.publication import Publication
from iotbaseline.errors import ArgumentTypeError, UnknownIdentifierError

T = TypeVar("T")

PROFILE = "profile:"
"""What the name of a profile may start with: ``profile:federal``."""
FILES = (".toml", ".json")
"""How the name of a file with a profile ends."""


@runtime_checkable
class HasElements(Protocol):
    """Anything with elements: a publication, a profile, or what a profile resolves to."""

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements, in their order."""
        ...

    @property
    def notice(self) -> str | None:
        """A line of warning about them, if there is one."""
        ...


Selectable: TypeAlias = str | Element | HasElements | Iterable[str | Element | HasElements]
"""What a query takes: an element, a publication, a profile or what it resolves to; the name of one; or several."""
Named: TypeAlias = str | Publication
"""A publication, by itself or by name in any usual spelling."""

_DEEPEST = 20
_SELECTABLE = "an identifier, an element, a publication, a profile, or several of them"
_NAMED = "a publication or its name"


def is_profile(library: Library, name: str) -> bool:
    """Whether a text is the name of a profile, in any case: ``federal``, ``Federal``, ``profile:federal``."""
    return name.startswith(PROFILE) or name.lower() in library.profile_keys


def named(library: Library, name: str) -> Element | HasElements:
    """The profile, publication or element of that name; raises what the library raises for it."""
    plain = identifiers.checked(name)
    if is_profile(library, plain):
        return hooks.profile(plain, library=library)
    publication, _ = library.split(plain)
    if publication is not None:
        return library.get(plain)
    try:
        return library.load(plain)
    except UnknownIdentifierError as error:
        near = identifiers.nearest(plain, (*library.profile_keys, *error.suggestions))
        raise UnknownIdentifierError("publication or profile", plain, near or error.suggestions) from None


def parts_of(library: Library, selected: Selectable, argument: str, depth: int = 0) -> Iterator[Element | HasElements]:
    """The elements, publications and profiles selected, one by one, with names resolved.

    Raises :class:`~iotbaseline.errors.ArgumentTypeError`, which names the ``argument``, and what the library raises
    for a name. ``depth`` is in how many lists they are already.
    """
    if isinstance(selected, str):
        yield named(library, selected)
    elif isinstance(selected, Element | HasElements):
        yield selected
    elif depth == _DEEPEST:
        raise ArgumentTypeError(argument, f"{type(selected).__name__} in {depth} others", _SELECTABLE)
    else:
        for one in several(selected, argument, _SELECTABLE):
            if isinstance(one, Element):
                yield one
            else:
                yield from parts_of(library, one, argument, depth + 1)


def elements_of(library: Library, selected: Selectable, argument: str) -> Iterator[Element]:
    """Every element selected; raises what :func:`parts_of` raises."""
    for part in parts_of(library, selected, argument):
        if isinstance(part, Element):
            yield part
        else:
            yield from part.elements


def publication_of(library: Library, which: Named, argument: str) -> Publication:
    """The publication that is given or named; raises what :func:`key_of` raises."""
    return which if isinstance(which, Publication) else library.load(key_of(library, which, argument))


def key_of(library: Library, which: Named, argument: str) -> str:
    """The key of the publication that is given or named.

    Raises :class:`~iotbaseline.errors.ArgumentTypeError`, which names the ``argument``, and what
    :meth:`Library.info` raises.
    """
    if isinstance(which, Publication):
        return which.key
    if not isinstance(which, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ArgumentTypeError(argument, type(which).__name__, _NAMED)
    return library.info(which).key


def keys_of(library: Library, which: Named | Iterable[Named], argument: str) -> frozenset[str]:
    """The keys of one publication or several; raises what :func:`key_of` raises."""
    if isinstance(which, str | Publication):
        return frozenset((key_of(library, which, argument),))
    return frozenset(key_of(library, one, argument) for one in several(which, argument, f"{_NAMED}, or several"))


def texts(which: str | Iterable[str], argument: str) -> tuple[str, ...]:
    """One text or several, as several; raises :class:`~iotbaseline.errors.ArgumentTypeError` for anything else."""
    listed = (which,) if isinstance(which, str) else tuple(several(which, argument, "a string, or several"))
    return tuple(identifiers.text(one, argument) for one in listed)


def several(which: Iterable[T], argument: str, expected: str) -> Iterable[T]:
    """Return ``which`` if it is iterable and not bytes; else raise :class:`~iotbaseline.errors.ArgumentTypeError`."""
    if isinstance(which, bytes) or not isinstance(which, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ArgumentTypeError(argument, type(which).__name__, expected)
    return which
