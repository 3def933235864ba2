"""Profiles: selections and tailorings of baselines, and what they resolve to.

The method comes from draft IR 8259C: start from a baseline, take elements out, change some, add others, and say why.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import ClassVar

from attrs import asdict, evolve, field, frozen

from iotbaseline._display import html
from iotbaseline._display.records import Column, lifted
from iotbaseline._display.results import Head, Item, Listing, Lookup, Shown, united
from iotbaseline._library.bounds import DIRECT
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, Selectable
from iotbaseline._mappings.coverage import Coverage
from iotbaseline._mappings.covering import coverage
from iotbaseline._model import identifiers
from iotbaseline._model.element import ELEMENT_COLUMNS, Element
from iotbaseline._model.kinds import Addition
from iotbaseline._model.provenance import Basis, Fidelity
from iotbaseline._profiles.document import Modification, OpenQuestion, ProfileImport, at
from iotbaseline.errors import UnknownIdentifierError, UnknownNameError, counted

_NOTICES = {
    Basis.CURATED: "unofficial: made by the iotbaseline project, neither published nor endorsed by NIST",
    Basis.USER: "the user's own: neither published nor endorsed by NIST or the iotbaseline project",
}


@frozen(kw_only=True)
class Selection:
    """How an element came into a profile.

    ``origin`` is the chain of keys from the profile to the publication, such as ``("federal", "sp800-213a")``; for an
    addition, it ends with the profile that adds it. ``rationales`` has the reason for each step, in the same order.
    """

    origin: tuple[str, ...]
    levels: tuple[str, ...] = ()
    rationales: tuple[str, ...]


@frozen(kw_only=True, repr=False)
class ResolvedElement(Item):
    """An element of a resolved profile, with its origin and its modifications.

    ``levels`` are the levels of the profile at which it is selected, empty if the profile has none. There are several
    ``selections`` if imports select it at different levels.
    """

    SHOWN: ClassVar[Shown] = {
        "element": ("id", "title"),
        "summary": ("summary",),
        "levels": ("levels",),
        "origin": ("origin",),
        "modifications": ("modifications",),
    }

    element: Element
    levels: tuple[str, ...] = ()
    selections: tuple[Selection, ...]
    modifications: tuple[Modification, ...] = ()

    @property
    def id(self) -> str:
        """The identifier of the element."""
        return self.element.id

    @property
    def origin(self) -> tuple[str, ...]:
        """The chain of keys of its first selection: ``("federal", "sp800-213a")``."""
        return self.selections[0].origin

    @property
    def rationale(self) -> str:
        """Why it was selected: every reason, each once, from the outermost profile on."""
        return " / ".join(dict.fromkeys(reason for selection in self.selections for reason in selection.rationales))

    def at(self, level: str) -> ResolvedElement | None:
        """The element as it is at one level, or ``None`` if it is not selected there."""
        selections = tuple(selection for selection in self.selections if level in selection.levels)
        modifications = tuple(change for change in self.modifications if level in change.levels)
        return evolve(self, selections=selections, modifications=modifications) if selections else None

    def __str__(self) -> str:
        kinds = ", ".join(modification.change for modification in self.modifications)
        changes = f" ({kinds})" if kinds else ""
        return f"{self.element}{at(self.levels)}{changes}"

    def __repr__(self) -> str:
        return f"<ResolvedElement {self}>"

    def columns(self) -> tuple[Column[ResolvedElement], ...]:
        """The columns of the element, then origin, levels, modifications, rationale."""
        return _columns_beside(self.element.columns())


_OF_THE_PROFILE: dict[str, Column[ResolvedElement]] = {
    column.name: column
    for column in (
        Column[ResolvedElement]("origin", lambda item: item.origin, separator=" > "),
        Column[ResolvedElement]("levels", lambda item: item.levels),
        Column[ResolvedElement](
            "modifications",
            lambda item: tuple(map(str, item.modifications)),
            separator="; ",
            in_json=lambda item: [asdict(modification) for modification in item.modifications],
        ),
        Column[ResolvedElement]("rationale", lambda item: item.rationale),
    )
}


def _element(item: ResolvedElement) -> Element:
    return item.element


def _columns_beside(columns: Iterable[Column[Element]]) -> tuple[Column[ResolvedElement], ...]:
    """The columns of elements and those of the profile, which also replace the fields of the same name in additions."""
    return tuple(({column.name: column for column in lifted(columns, _element)} | _OF_THE_PROFILE).values())


@frozen(kw_only=True, repr=False)
class Profile(Item):
    """A profile as it was written, with all that it selects.

    ``basis`` is ``official`` if the publisher printed the selection, ``curated`` if this project made it, ``user`` if
    it was read from a user's file. ``base`` are the baselines it is a profile of, ``levels`` its levels, weakest
    first. ``selected`` are the elements that it selects at any level; :meth:`resolve` makes them a collection.
    """

    SHOWN: ClassVar[Shown] = {
        "profile": ("key", "title"),
        "basis": ("basis",),
        "of": ("base",),
        "levels": ("levels",),
        "elements": ("elements",),
    }

    key: str
    title: str
    version: str
    basis: Basis
    summary: str
    fidelity: Fidelity = Fidelity.FULL
    missing: str | None = None
    base: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    imports: tuple[ProfileImport, ...] = ()
    modifications: tuple[Modification, ...] = ()
    additions: tuple[Addition, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    selected: tuple[ResolvedElement, ...] = ()
    file: str | None = field(default=None, eq=False)
    """The user's file that it was read from; imported files are named from the folder of this file."""
    folder: str | None = field(default=None, eq=False)
    """The folder that imported files must be in; by default, the folder of ``file``."""

    @property
    def notice(self) -> str | None:
        """Whose an unofficial profile is; ``None`` for an official profile."""
        return _NOTICES.get(self.basis)

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements that it selects at any level, and its additions."""
        return tuple(item.element for item in self.selected)

    def resolve(self, level: str | None = None) -> ResolvedProfile:
        """Return the elements of the profile at one level or, without an argument, at any level.

        Raises :class:`~iotbaseline.errors.UnknownNameError`, which suggests the levels there are, for an unknown level.
        """
        if level is None:
            return ResolvedProfile(profile=self, level=None, items=self.selected)
        if identifiers.text(level, "level") not in self.levels:
            raise UnknownNameError(f"level of {self.key}", level, self.levels)
        at_level = (item.at(level) for item in self.selected)
        return ResolvedProfile(profile=self, level=level, items=tuple(item for item in at_level if item is not None))

    def coverage(
        self,
        target: Selectable,
        *,
        level: str | None = None,
        baseline: str | None = None,
        within: Element | str | None = None,
        kinds: str | Iterable[str] | None = None,
        through: Named | Iterable[Named] = DIRECT,
        library: Library = DEFAULT,
    ) -> Coverage:
        """Return how far the resolved profile, at one level or at any, covers a target.

        The arguments and the errors are those of :func:`iotbaseline.coverage` and of :meth:`resolve`. Additions do not
        count until a mapping names them.
        """
        return coverage(
            self.resolve(level),
            target,
            baseline=baseline,
            within=within,
            kinds=kinds,
            through=through,
            library=library,
        )

    def __str__(self) -> str:
        return f"{self.key} {self.title} ({self.version}, {self.notice or self.basis})"

    def __repr__(self) -> str:
        return f"<Profile {self}: {_counts(self.selected)}>"

    def columns(self) -> tuple[Column[Profile], ...]:
        """What tells profiles apart: key, title, basis, levels, how large it is and the like."""
        return _COLUMNS

    def _repr_html_(self) -> str:
        imports = html.table(
            ("from", "levels", "why"), ((e.source, ", ".join(_levels(e)), e.rationale) for e in self.imports)
        )
        return html.card(self.key, self.title, _badges(self), _facts(self), imports)


def _levels(entry: ProfileImport) -> tuple[str, ...]:
    """The levels of an import, each with that of its source where it says so."""
    return entry.levels or tuple(f"{pair.own} = {pair.theirs}" for pair in entry.same_levels)


_COLUMNS: tuple[Column[Profile], ...] = (
    Column("key", lambda profile: profile.key),
    Column("title", lambda profile: profile.title),
    Column("version", lambda profile: profile.version),
    Column("basis", lambda profile: profile.basis, groups=tuple(Basis)),
    Column("notice", lambda profile: profile.notice),
    Column("base", lambda profile: profile.base),
    Column("levels", lambda profile: profile.levels),
    Column("elements", lambda profile: len(profile.selected)),
    Column("modifications", lambda profile: len(profile.modifications)),
    Column("additions", lambda profile: len(profile.additions)),
    Column("questions", lambda profile: len(profile.questions)),
    Column("fidelity", lambda profile: profile.fidelity),
    Column("missing", lambda profile: profile.missing),
)


@frozen(kw_only=True, repr=False)
class ResolvedProfile(Lookup[ResolvedElement, str]):
    """What a profile resolves to, at one level or at any: a read-only collection of resolved elements.

    Elements are in the order of the imports, within an import in the order of the publication; additions come last.
    Behaves as a collection: ``len``, iteration, ``in``, and ``resolved["sp800-213a:DI.IMS.1"]``.
    """

    HELD: ClassVar[str] = "items"
    LISTED: ClassVar[str] = "elements"
    SHOWN: ClassVar[Shown] = ResolvedElement.SHOWN

    profile: Profile
    level: str | None
    items: tuple[ResolvedElement, ...]

    @property
    def notice(self) -> str | None:
        """The notice of the profile."""
        return self.profile.notice

    @property
    def elements(self) -> Listing[Element]:
        """The elements themselves, as the publications have them, and the additions."""
        return Listing(item.element for item in self.items)

    @property
    def modified(self) -> Listing[ResolvedElement]:
        """The elements that the profile, or one that it imports, changes."""
        return Listing(item for item in self.items if item.modifications)

    @property
    def added(self) -> Listing[ResolvedElement]:
        """The elements that the profile, or one that it imports, adds."""
        return Listing(item for item in self.items if isinstance(item.element, Addition))

    @property
    def by_origin(self) -> dict[tuple[str, ...], Listing[ResolvedElement]]:
        """The elements by their origin; an element with two origins is listed under both."""
        by_origin: dict[tuple[str, ...], dict[str, ResolvedElement]] = {}
        for item in self.items:
            for selection in item.selections:
                by_origin.setdefault(selection.origin, {})[item.id] = item
        return {origin: Listing(items.values()) for origin, items in by_origin.items()}

    @cached_property
    def _by_fold(self) -> dict[tuple[str, str], ResolvedElement]:
        return {identifiers.fold(item.id): item for item in self.items}

    def __contains__(self, item: object) -> bool:
        if isinstance(item, Element | ResolvedElement):
            held = self.get(item.id)
            return held is not None and item in (held, held.element)
        return isinstance(item, str) and self.get(item) is not None

    def get(self, identifier: str) -> ResolvedElement | None:
        """Return the element of that name, with its publication, in any usual spelling, or ``None``."""
        found = map(self._by_fold.get, identifiers.spellings(identifiers.text(identifier)))
        return next(filter(None, found), None)

    def _named(self, name: str) -> ResolvedElement:
        item = self.get(identifiers.checked(name))
        if item is None:
            near = identifiers.nearest(name, (item.id for item in self.items))
            raise UnknownIdentifierError(f"element of {self._name}", name, near)
        return item

    @property
    def _name(self) -> str:
        return f"profile:{self.profile.key}{at((self.level,) if self.level else ())}"

    def __str__(self) -> str:
        notice = f" ({self.notice})" if self.notice else ""
        return f"{self._name} {self.profile.title}{notice}: {counted(len(self), 'element')}"

    def __repr__(self) -> str:
        return f"<ResolvedProfile {self._name}: {_counts(self.items)}{f'; {self.notice}' if self.notice else ''}>"

    def columns(self) -> tuple[Column[ResolvedElement], ...]:
        """The columns of its elements, then origin, levels, modifications, rationale, and the notice of the profile."""
        columns = _columns_beside(united(self.elements) or ELEMENT_COLUMNS)
        return (*columns, Column("notice", lambda _: self.notice))

    @property
    def _title(self) -> str:
        return self.profile.title

    def _head(self) -> Head:
        profile = self.profile
        return {
            "profile": profile.key,
            "title": profile.title,
            "version": profile.version,
            "basis": profile.basis,
            "notice": self.notice,
            "fidelity": profile.fidelity,
            "missing": profile.missing,
            "levels": profile.levels,
            "level": self.level,
            "open": [asdict(question) for question in profile.questions],
        }

    def _nested(self, item: ResolvedElement, columns: tuple[Column[ResolvedElement], ...]) -> dict[str, object]:
        """The columns, and all selections of the element."""
        return super()._nested(item, columns) | {"selections": [asdict(selection) for selection in item.selections]}

    def _badges(self) -> list[str]:
        return _badges(self.profile)

    def _facts(self) -> Iterable[tuple[str, str | None]]:
        return _facts(self.profile)

    def _body(self) -> str:
        return html.details(_counts(self.items), super()._body())

    def _explained(self, item: ResolvedElement) -> tuple[str, str]:
        return str(item), item.rationale


def _counts(items: tuple[ResolvedElement, ...]) -> str:
    counts = Listing(items).counts()
    return ", ".join(f"{count} {kind}" for kind, count in counts.items()) or "no elements"


def _badges(profile: Profile) -> list[str]:
    return [profile.version, profile.notice or profile.basis, f"fidelity {profile.fidelity}"]


def _facts(profile: Profile) -> list[tuple[str, str | None]]:
    return [
        ("summary", profile.summary),
        ("of", ", ".join(profile.base)),
        ("levels", ", ".join(profile.levels)),
        ("not held", profile.missing),
        ("open", "; ".join(question.question for question in profile.questions)),
    ]
