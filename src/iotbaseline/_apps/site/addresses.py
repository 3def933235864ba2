"""Where everything is on the site. An address follows from the identifier, so it stays the same from build to build."""

from __future__ import annotations

import re

from iotbaseline._library.library import Library
from iotbaseline._model.element import Asks, Element

_DEEPEST = 2
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


def file_name(name: str) -> str:
    """A name as a part of an address; what is unsafe in file names becomes ``~`` and its number."""
    return _UNSAFE.sub(lambda found: f"~{ord(found[0]):x}", name)


def of_publication(key: str) -> str:
    """The page of a publication."""
    return f"publications/{file_name(key)}/index.html"


def of_crosswalk(subject: str, obj: str) -> str:
    """The page of the mappings held from one publication to another."""
    return f"crosswalks/{file_name(subject)}--{file_name(obj)}.html"


def of_difference(before: str, after: str) -> str:
    """The page that tells what became of one publication in another."""
    return f"changes/{file_name(before)}--{file_name(after)}.html"


def of_profile(key: str) -> str:
    """The page of a profile."""
    return f"profiles/{file_name(key)}.html"


def of_coverage(profile: str, key: str, part: str) -> str:
    """The page that names how far a profile goes towards a part of a framework, such as a control baseline."""
    return f"profiles/{file_name(profile)}/{file_name(key)}-{part.lower()}.html"


class Addresses:
    """Where each element of a library is.

    What asks for something, or groups what does, has a page, down to the third level of its publication. Everything
    else is a section: on the page of what it stands below, or of its publication.
    """

    def __init__(self, library: Library) -> None:
        self._pages: dict[str, str | None] = {}
        for publication in library.load_all():
            for depth, element in publication.walk():
                above = self._pages.get(element.parent or "")
                is_deep = depth > _DEEPEST or above != element.parent
                self._pages[element.id] = above if is_deep or _only_talks(element) else element.id

    def page(self, identifier: str) -> str | None:
        """The element on whose page an element is, or ``None`` if it is on that of its publication."""
        return self._pages[identifier]

    def has_page(self, element: Element) -> bool:
        """Whether an element has a page of its own."""
        return self._pages[element.id] == element.id

    def of(self, identifier: str) -> str | None:
        """The address of an element, or ``None`` if it is not held."""
        if identifier not in self._pages:
            return None
        key, _, local = identifier.partition(":")
        page = self._pages[identifier]
        if page is None:
            return f"{of_publication(key)}#{file_name(local)}"
        address = f"publications/{file_name(key)}/{file_name(page.partition(':')[2])}.html"
        return address if page == identifier else f"{address}#{file_name(local)}"


def _only_talks(element: Element) -> bool:
    """Whether an element explains or illustrates; families and functions group what asks."""
    return element.traits.asks is Asks.NEVER and not element.traits.is_part and element.kind not in _GROUPS


_GROUPS = frozenset({"family", "function"})
