"""What a product is held against: the elements of a publication or profile that ask for something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from attrs import frozen

from iotbaseline._display.files import resolved
from iotbaseline._library.library import Library
from iotbaseline._library.selection import FILES, elements_of, is_profile
from iotbaseline._mappings.items import asking
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import is_part
from iotbaseline._model.publication import Publication
from iotbaseline._profiles.document import ModificationKind
from iotbaseline._profiles.profile import Profile
from iotbaseline._profiles.reader import profile, read_profile
from iotbaseline.errors import ArgumentTypeError, QueryError, UnknownIdentifierError

Against: TypeAlias = str | Publication | Profile
"""A publication or profile, the name of one, or the file of a profile."""


@frozen(kw_only=True)
class Scope:
    """What is asked for: the elements in their order, the elements above them, and those that a profile widens."""

    elements: tuple[Element, ...]
    above: tuple[Element, ...]
    widened: frozenset[str] = frozenset()


def scope_of(against: Against, level: str | None, folder: str, library: Library) -> Scope:
    """What a publication or profile asks for; a profile in a file must be in a folder or below it.

    Raises :class:`~iotbaseline.errors.UnknownIdentifierError` or :class:`~iotbaseline.errors.UnknownNameError` for an
    unknown name or level, :class:`~iotbaseline.errors.DataErrors` for a broken profile, and
    :class:`~iotbaseline.errors.QueryError` if nothing is asked for, or a publication is asked for a level.
    """
    if not isinstance(against, str | Publication | Profile):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ArgumentTypeError("against", type(against).__name__, "a publication or profile, or the name of one")
    named = _profile(against, folder, library)
    if named is None:
        if level is not None:
            raise QueryError(f"{against} is no profile, so it has no levels", "leave the level out")
        return _scope(elements_of(library, against, "against"), library)
    resolved = named.resolve(level)
    return _scope(
        resolved.elements,
        library,
        frozenset(
            item.id
            for item in resolved
            if any(change.change is ModificationKind.WIDEN for change in item.modifications)
        ),
    )


def name_of(against: Against) -> str:
    """The name by which a file refers to a publication or profile."""
    return against if isinstance(against, str) else getattr(against, "file", None) or against.key


def _profile(against: Against, folder: str, library: Library) -> Profile | None:
    """The profile that is given, named, or in a file of that name; ``None`` for anything else."""
    if isinstance(against, Profile):
        return against
    if not isinstance(against, str):
        return None
    if not against.lower().endswith(FILES):
        return profile(against, library=library) if is_profile(library, against) else None
    path = Path(folder, against)
    if not resolved(path).is_relative_to(resolved(folder)):
        raise QueryError(f"{against} lies outside the folder of the assessment", "move it into that folder")
    return read_profile(path, library=library)


def _scope(elements: Iterable[Element], library: Library, widened: frozenset[str] = frozenset()) -> Scope:
    found = tuple(asking(library, {element.id: element for element in elements if element.is_in_force}))
    if not found:
        raise QueryError("it asks for nothing that is held", "name a publication or profile with elements")
    above = {each.id: each for element in found for each in reversed([*ancestors(element, library)])}
    return Scope(elements=found, above=tuple(above.values()), widened=widened)


def ancestors(element: Element, library: Library) -> Iterator[Element]:
    """The elements above one, from the inside out, as far as they are held."""
    while element.parent is not None:
        try:
            element = library.get(element.parent)
        except UnknownIdentifierError:
            return
        yield element


def wholes(met: Iterable[str], scope: Iterable[Element], library: Library) -> Iterator[Element]:
    """The elements above those in scope all of whose parts that ask for something are met.

    The parts are those of the publication, whether or not they are in scope.
    """
    known, done = frozenset(element.id for element in scope), frozenset(met)
    for key in dict.fromkeys(element.publication for element in scope):
        for whole, parts in parts_by_whole(key, library).items():
            if whole not in known and parts <= done:
                yield library.get(whole)


def parts_by_whole(key: str, library: Library) -> dict[str, frozenset[str]]:
    """The parts of each element of a publication that ask for something; elements without such parts are left out."""

    def make() -> dict[str, frozenset[str]]:
        if not library.knows(key):
            return {}
        in_force = {element.id: element for element in library.load(key) if element.is_in_force}
        below: dict[str, set[str]] = {}
        for part in asking(library, in_force):
            for whole in wholes_of(part, library):
                below.setdefault(whole.id, set()).add(part.id)
        return {whole: frozenset(parts) for whole, parts in below.items()}

    return library.once(("parts by whole", key), make)


def wholes_of(element: Element, library: Library) -> Iterator[Element]:
    """The elements that one is a part of, from the inside out."""
    for above in ancestors(element, library):
        if not is_part(element, above):
            return
        yield above
        element = above
