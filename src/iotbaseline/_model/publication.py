"""A publication with its elements, and its entry in the registry.

Elements are linked by identifier, so that any of them can be used, pickled or compared on its own; the tree lives in
:class:`Publication`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar, cast, overload

from attrs import evolve, frozen

from iotbaseline._display import html
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Item, Listing, Lookup, Shown, united
from iotbaseline._model import identifiers
from iotbaseline._model.element import ELEMENT_COLUMNS, Element
from iotbaseline._model.kinds import KINDS
from iotbaseline._model.provenance import Fidelity, Status
from iotbaseline.errors import UnknownIdentifierError, UnknownNameError, counted

if TYPE_CHECKING:
    from iotbaseline._model.kinds import Activity, Capability, Control


@frozen
class Evidence:
    """One fact of a registry entry, where it was seen, and how sure it is."""

    fact: str
    source: str
    confidence: str


@frozen
class PublicationRelation:
    """A typed link from one publication to another, such as ``profile_of``."""

    type: str
    target: str
    note: str | None = None


USER_FRAMEWORK = "user framework"
"""The role of a publication that the user has loaded; no shipped one has it."""


@frozen(kw_only=True)
class PublicationInfo(Item):
    """The registry entry of one revision of one document.

    ``pubid`` is NIST's publication identifier, ``work`` the key shared by all revisions of the document.
    ``published`` and ``withdrawn`` are ISO 8601 dates, as exact as known (``2020-05``).
    What is not known is ``None``; ``missing`` says what the library does not hold.
    """

    SHOWN: ClassVar[Shown] = {
        "key": ("key",),
        "title": ("title",),
        "published": ("published",),
        "status": ("status",),
        "superseded by": ("superseded_by",),
    }

    key: str
    pubid: str | None
    work: str
    title: str | None
    role: str
    series: str | None
    stage: str
    status: Status
    published: str | None
    withdrawn: str | None = None
    doi: str | None
    url: str | None = None
    authors: tuple[str, ...] | None
    aliases: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    relations: tuple[PublicationRelation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    fidelity: Fidelity
    missing: str | None = None

    @property
    def notice(self) -> str | None:
        """A line of warning if this revision is the user's own or anything but current, else ``None``."""
        if self.role == USER_FRAMEWORK:
            return "the user's own, not a publication of NIST"
        if self.status is Status.CURRENT:
            return None
        if self.status is Status.UNKNOWN:
            return "status unknown"
        when = f" {self.withdrawn}" if self.withdrawn else ""
        after = f" by {', '.join(self.superseded_by)}" if self.superseded_by else ""
        if self.status is Status.SUPERSEDED or not after:
            return f"{self.status}{when}{after}"
        return f"{self.status}{when}; superseded{after}"

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called: its key, PubID, DOI and aliases."""
        return tuple(filter(None, (self.key, self.pubid, self.doi, *self.aliases)))

    @cached_property
    def _spellings(self) -> frozenset[str]:
        return frozenset(map(identifiers.fold_publication, self.names))

    def is_named(self, text: str) -> bool:
        """Whether a text is one of its names in any usual spelling."""
        return identifiers.fold_publication(text) in self._spellings

    def __str__(self) -> str:
        return f"{self.key} {self.title} ({self.published or 'undated'}, {self.notice or 'current'})"

    def columns(self) -> tuple[Column[PublicationInfo], ...]:
        """What tells publications apart: key, title, role, status, dates and the like."""
        return _INFO_COLUMNS


_INFO_COLUMNS: tuple[Column[PublicationInfo], ...] = (
    Column("key", lambda info: info.key),
    Column("pubid", lambda info: info.pubid),
    Column("title", lambda info: info.title),
    Column("role", lambda info: info.role),
    Column("stage", lambda info: info.stage),
    Column("status", lambda info: info.status, groups=tuple(Status)),
    Column("published", lambda info: info.published),
    Column("withdrawn", lambda info: info.withdrawn),
    Column("doi", lambda info: info.doi),
    Column("superseded_by", lambda info: info.superseded_by),
    Column("fidelity", lambda info: info.fidelity),
)

E = TypeVar("E", bound=Element)

_NAMING = re.compile("[:# ]")
"""What may separate the name of a publication from the name of an element."""


@frozen(kw_only=True, repr=False)
class Publication(Lookup[Element, str]):
    """One revision of one document with its elements, in document order.

    Behaves as a read-only collection: ``len``, iteration, ``in``, and ``publication["data-protection.1"]``.
    ``complete`` names the kinds of element of which all are held although the publication itself was not
    read in full; ``missing`` says what the library does not hold of it.
    """

    HELD: ClassVar[str] = "elements"
    LISTED: ClassVar[str] = "elements"
    SHOWN: ClassVar[Shown] = Element.SHOWN

    info: PublicationInfo
    elements: tuple[Element, ...]
    fidelity: Fidelity
    complete: tuple[str, ...] = ()
    missing: str | None = None

    @property
    def key(self) -> str:
        """The short key, used as the prefix of its elements' identifiers."""
        return self.info.key

    @property
    def title(self) -> str | None:
        """The printed title."""
        return self.info.title

    @property
    def notice(self) -> str | None:
        """A line of warning if this revision is the user's own or anything but current, else ``None``."""
        return self.info.notice

    @cached_property
    def _by_id(self) -> dict[str, Element]:
        return {element.id: element for element in self.elements}

    @cached_property
    def _by_fold(self) -> dict[str, Element]:
        return {identifiers.fold_local(element.local): element for element in self.elements}

    @cached_property
    def _locals(self) -> identifiers.Names:
        return identifiers.Names(element.local for element in self.elements)

    @cached_property
    def _children(self) -> dict[str | None, Listing[Element]]:
        by_parent: dict[str | None, list[Element]] = {}
        for element in self.elements:
            by_parent.setdefault(element.parent if element.parent in self._by_id else None, []).append(element)
        return {parent: Listing(children) for parent, children in by_parent.items()}

    def holds_all(self, kind: str) -> bool:
        """Whether all elements of that kind are held, apart from the parts that ``missing`` names."""
        return self.fidelity is Fidelity.FULL or kind in self.complete

    def __contains__(self, item: object) -> bool:
        if isinstance(item, Element):
            return self._by_id.get(item.id) == item
        return isinstance(item, str) and self.get(item) is not None

    def has(self, identifier: str) -> bool:
        """Whether there is an element of exactly that identifier.

        Raises :class:`~iotbaseline.errors.ArgumentTypeError` if it is not a string.
        """
        return identifiers.text(identifier) in self._by_id

    def exact(self, identifier: str) -> Element | None:
        """Return the element of exactly that identifier, else ``None``.

        Raises :class:`~iotbaseline.errors.ArgumentTypeError` if it is not a string.
        """
        return self._by_id.get(identifiers.text(identifier))

    def get(self, identifier: str) -> Element | None:
        """Return the element of that name in any usual spelling, with or without the publication, else ``None``."""
        exact = self._by_id.get(identifiers.text(identifier))
        if exact is not None:
            return exact
        return self._of_local(self.local(identifier))

    def _of_local(self, local: str) -> Element | None:
        found = self._by_id.get(f"{self.key}:{local}") or self._by_fold.get(identifiers.fold_local(local))
        plain = local if found else identifiers.uncalled(local)
        return found if plain == local else self._by_fold.get(identifiers.fold_local(plain))

    def _named(self, name: str) -> Element:
        element = self.get(identifiers.checked(name))
        if element is None:
            raise unknown_element(self, self.local(name), name)
        return element

    def local(self, identifier: str) -> str:
        """The identifier without the name of this publication, if it starts with one in any usual spelling."""
        prefix = f"{self.key}:"
        if identifiers.text(identifier).startswith(prefix) or not _NAMING.search(identifier):
            return identifier.removeprefix(prefix)
        publication, local = identifiers.split(identifier)
        named = ((publication or "", local), *identifiers.beginnings(identifier))
        return next((rest for first, rest in named if self.info.is_named(first)), identifier)

    def identify(self, identifier: str) -> str:
        """The exact identifier of an element; of a publication without elements, any label is accepted."""
        if self.elements:
            return self._named(identifier).id
        return f"{self.key}:{self.local(identifiers.checked(identifier)).strip()}"

    @overload
    def of_kind(self, kind: type[E]) -> Listing[E]: ...
    @overload
    def of_kind(self, kind: str) -> Listing[Element]: ...
    def of_kind(self, kind: type[E] | str) -> Listing[E] | Listing[Element]:
        """The elements of one kind, named by its type or by its name in the data files.

        Raises :class:`~iotbaseline.errors.UnknownNameError` for a name that is no kind.
        """
        if isinstance(kind, type):
            return Listing(element for element in self.elements if isinstance(element, kind))
        if identifiers.text(kind) not in KINDS:
            raise UnknownNameError("kind of element", kind, identifiers.nearest(kind, KINDS))
        return self.of_kind(KINDS[kind])

    @property
    def capabilities(self) -> Listing[Capability]:
        """Its cybersecurity capabilities."""
        return cast("Listing[Capability]", self.of_kind("capability"))

    @property
    def activities(self) -> Listing[Activity]:
        """Its manufacturer activities."""
        return cast("Listing[Activity]", self.of_kind("activity"))

    @property
    def controls(self) -> Listing[Control]:
        """Its controls and control enhancements, withdrawn ones included."""
        return cast("Listing[Control]", self.of_kind("control"))

    @property
    def roots(self) -> Listing[Element]:
        """The elements that have no parent here."""
        return self._children.get(None, Listing())

    def children(self, of: Element | str) -> Listing[Element]:
        """The direct children of an element, in document order."""
        return self._children.get(self._known(of).id, Listing())

    def parent(self, of: Element | str) -> Element | None:
        """The parent of an element, or ``None`` at the top."""
        above = self._known(of).parent
        return None if above is None else self._by_id.get(above)

    def ancestors(self, of: Element | str) -> Listing[Element]:
        """The parent, its parent and so on, nearest first."""
        ancestors: list[Element] = []
        above = self.parent(of)
        while above is not None:
            ancestors.append(above)
            above = self.parent(above)
        return Listing(ancestors)

    def descendants(self, of: Element | str) -> Listing[Element]:
        """All elements below an element, depth first, siblings in document order."""
        return Listing(below for _, below in self._walk(self.children(of)))

    def walk(self) -> Iterator[tuple[int, Element]]:
        """Every element with its depth in the tree, depth first, siblings in document order."""
        return self._walk(self.roots)

    def _walk(self, elements: tuple[Element, ...]) -> Iterator[tuple[int, Element]]:
        waiting = [(0, element) for element in reversed(elements)]
        while waiting:
            depth, element = waiting.pop()
            yield depth, element
            waiting += [(depth + 1, child) for child in reversed(self._children.get(element.id, ()))]

    def _known(self, of: Element | str) -> Element:
        return self._named(of.id if isinstance(of, Element) else of)

    def columns(self) -> tuple[Column[Element], ...]:
        """The columns of every element, then the fields of the kinds that it has."""
        return united(self.elements) or ELEMENT_COLUMNS

    def __str__(self) -> str:
        return str(self.info)

    def __repr__(self) -> str:
        return f"<Publication {self.info}: {self._outline}>"

    @property
    def _outline(self) -> str:
        return ", ".join(f"{count} {kind}" for kind, count in self.counts().items()) or "no elements"

    def _part(self, items: tuple[Element, ...]) -> Self:
        """Some of the elements, as a publication that is no longer held in full."""
        missing = f"{counted(len(self) - len(items), 'element')} left out on request"
        return evolve(self, elements=items, fidelity=Fidelity.PARTIAL, complete=(), missing=missing)

    @property
    def _name(self) -> str:
        return self.key

    @property
    def _title(self) -> str:
        return self.title or self.key

    def _head(self) -> Head:
        info = self.info
        return {
            "key": info.key,
            "title": info.title,
            "published": info.published,
            "status": info.status,
            "notice": info.notice,
            "fidelity": self.fidelity,
            "missing": self.missing,
        }

    def _badges(self) -> list[str]:
        return [self.info.stage, self.notice or "current", f"fidelity {self.fidelity}"]

    def _facts(self) -> Iterable[tuple[str, str | None]]:
        return [("published", self.info.published), ("DOI", self.info.doi), ("not held", self.missing)]

    def _body(self) -> str:
        outline = ((depth, element.local, element.name) for depth, element in self.walk())
        return html.details(self._outline, html.tree(outline))

    def _explained(self, item: Element) -> tuple[str, str]:
        return str(item), str(item.locator)


def unknown_element(publication: Publication, local: str, identifier: str) -> UnknownIdentifierError:
    """The error for an identifier whose local part names no element of a publication."""
    suggestions = [f"{publication.key}:{name}" for name in nearest_in(publication, local)]
    return UnknownIdentifierError(f"element of {publication.key}", identifier, suggestions)


def nearest_in(publication: Publication, local: str) -> tuple[str, ...]:
    """The identifiers within a publication that are most like a text, best first."""
    return publication._locals.nearest(local)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def of_local(publication: Publication, local: str) -> Element | None:
    """The element of a publication by its name without the publication, in any usual spelling, else ``None``."""
    return publication._of_local(local)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
