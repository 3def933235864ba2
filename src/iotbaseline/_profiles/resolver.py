"""What a profile document selects, changes and adds. Every problem is reported and none of them ends the work."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

from attrs import evolve

from iotbaseline._files.positions import Path
from iotbaseline._files.problems import Report
from iotbaseline._library.library import Library
from iotbaseline._library.selection import PROFILE
from iotbaseline._model import identifiers
from iotbaseline._model.kinds import KINDS, Addition
from iotbaseline._model.provenance import Basis
from iotbaseline._profiles.document import (
    FILES,
    Document,
    Modification,
    ModificationKind,
    OpenQuestion,
    ProfileImport,
    WrittenAddition,
)
from iotbaseline._profiles.profile import Profile, ResolvedElement, Selection, fold
from iotbaseline._profiles.selectors import Selecting, Source, element_named
from iotbaseline.errors import IdentifierSyntaxError, UnknownIdentifierError, shorten

_KEY = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_LOCAL = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_LONGEST = 80
_ALL_KINDS = (*KINDS, Addition.kind)


Fetch = Callable[[str, Path], Profile | None]
"""Gives the profile that an import names, or ``None`` if that has problems of its own, which it reports."""


def resolve(document: Document, *, basis: Basis, library: Library, fetch: Fetch, report: Report) -> Profile:
    """Make the profile that a document describes, as far as it can be made; what is wrong goes to the report."""
    return _Work(document, basis, library, fetch, report).profile()


class _Work:
    def __init__(self, document: Document, basis: Basis, library: Library, fetch: Fetch, report: Report) -> None:
        self.document = document
        self.basis = basis
        self.library = library
        self.fetch = fetch
        self.report = report
        self.key = document.profile
        self.sources: dict[str, Source] = {}
        self.items: dict[str, ResolvedElement] = {}
        self.changes: dict[str, list[tuple[Modification, Path]]] = {}
        self.spelt: dict[tuple[str, str], str] = {}
        """What is selected or added, by its folded spelling."""
        self.there: set[str] = set()
        """The same, by identifier."""
        self.selectors = Selecting(library, report)
        self.has_missed = False
        """Whether an import came to nothing because there is no such source."""
        self.malformed = {n for n, _ in enumerate(document.imports) if report.is_broken(("imports", n))}

    def profile(self) -> Profile:
        document = self.document
        self._check_head()
        base = [self._publication(name, ("base", number)) for number, name in enumerate(document.base)]
        self._import_all()
        additions = self._additions()
        modifications = [self._modification(each, ("modify", n)) for n, each in enumerate(document.modify)]
        questions = [self._question(each, ("open", n)) for n, each in enumerate(document.open)]
        self._check_conflicts()
        changed = {identifier: tuple(each for each, _ in found) for identifier, found in self.changes.items()}
        return Profile(
            key=self.key,
            title=document.title,
            version=document.version,
            basis=self.basis,
            summary=document.summary,
            fidelity=document.fidelity,
            missing=document.missing,
            base=tuple(base),
            levels=document.levels,
            imports=document.imports,
            modifications=tuple(modifications),
            additions=tuple(additions),
            questions=tuple(questions),
            selected=tuple(evolve(each, modifications=changed.get(each.id, ())) for each in self.items.values()),
        )

    def _check_head(self) -> None:
        if self.key and not (_KEY.fullmatch(self.key) and len(self.key) <= _LONGEST):
            fix = "use lower-case letters, digits, and single dots or hyphens between them, as in 'my-profile'"
            self.report.add(("profile",), f"{shorten(self.key)} is no key", fix)
        elif self.key and self._is_publication(self.key):
            self.report.add(("profile",), f"{self.key} names a publication", "give the profile another key")
        for number, level in enumerate(self.document.levels):
            if level and level in self.document.levels[:number]:
                self.report.add(("levels", number), f"the level {shorten(level)} occurs twice", "take one of them out")

    def _is_publication(self, name: str) -> bool:
        try:
            self.library.info(name)
        except UnknownIdentifierError:
            return False
        return True

    def _publication(self, name: str, path: Path) -> str:
        try:
            return self.library.info(name).key if name else name
        except (IdentifierSyntaxError, UnknownIdentifierError) as error:
            self.report.refuse(path, error)
            return name

    def _levels(self, given: tuple[str, ...], path: Path) -> tuple[str, ...]:
        """The levels of the profile that are meant, in its order: every one where none is given."""
        levels = self.document.levels
        for number, level in enumerate(given):
            if level and level not in levels:
                known = f"use {', '.join(levels)}" if levels else "list the levels of the profile at its top"
                self.report.add((*path, number), f"there is no level {shorten(level)}", known)
        return tuple(level for level in levels if level in given) if set(given) & set(levels) else levels

    # Imports

    def _import_all(self) -> None:
        taken: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for number, each in enumerate(self.document.imports):
            clashes: dict[int, list[str]] = {}
            for item in self._imported(each, ("imports", number)):
                for other, levels in taken.setdefault(item.id, []):
                    if self._share_a_level(levels, item.levels):
                        clashes.setdefault(other, []).append(item.id)
                taken[item.id].append((number, item.levels))
                self._take(item, ("imports", number))
            for other, named in clashes.items():
                self._report_clash(number, other, named)
        self.spelt = {fold(identifier): identifier for identifier in self.items}
        self.there = set(self.items)

    def _take(self, item: ResolvedElement, path: Path) -> None:
        """Put an item beside the others, or together with what was selected of the same element at other levels."""
        known = self.items.get(item.id)
        self.changes.setdefault(item.id, []).extend((each, path) for each in item.modifications)
        if known is not None:
            both = {*known.levels, *item.levels}
            levels = tuple(level for level in self.document.levels if level in both)
            item = evolve(known, levels=levels, selections=known.selections + item.selections)
        self.items[item.id] = item

    def _share_a_level(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        return not self.document.levels or not set(one).isdisjoint(other)

    def _report_clash(self, number: int, other: int, identifiers: list[str]) -> None:
        if self.malformed.isdisjoint((number, other)) and not any(
            self.report.is_broken(("imports", each, "levels")) for each in (number, other)
        ):
            some = ", ".join(identifiers[:3]) + (f" and {len(identifiers) - 3} more" if len(identifiers) > 3 else "")
            problem = f"double selection: imports[{other}] selects {some} as well"
            self.report.add(("imports", number), problem, "exclude from one of the two, or give them different levels")

    def _imported(self, each: ProfileImport, path: Path) -> list[ResolvedElement]:
        levels = self._levels(each.levels, (*path, "levels"))
        source = self._source(each.source, (*path, "from"))
        if source is None:
            self.has_missed = True
            return []
        excluded = self.selectors.taken(each.exclude, source, (*path, "exclude"))
        included = (
            self.selectors.taken(each.include, source, (*path, "include")) if each.include else set(source.elements)
        )
        wanted = included - excluded
        found = [
            made
            for item in source.items
            if item.id in wanted and (made := self._brought_in(item, each.rationale, levels, source)) is not None
        ]
        if not found and not self.report.is_broken(path):
            self.report.add(path, f"it takes nothing from {source.name}", "select something, or take the import out")
        return found

    def _source(self, name: str, path: Path) -> Source | None:
        if not name:
            return None
        if name.startswith(PROFILE) or name.lower().endswith(FILES):
            profile = self.fetch(name, path)
            return None if profile is None else Source(profile, self.library)
        try:
            publication = self.library.load(name)
        except (IdentifierSyntaxError, UnknownIdentifierError) as error:
            if name in self.library.profile_keys:
                self.report.add(path, f"{name} is a profile, not a publication", f"write {PROFILE}{name}")
            else:
                self.report.refuse(path, error)
            return None
        if not publication.elements:
            self.report.add(path, f"no elements of {publication.key} are held", "import another publication")
            return None
        if publication.key not in self.sources:
            self.sources[publication.key] = Source(publication, self.library)
        return self.sources[publication.key]

    def _brought_in(
        self, item: ResolvedElement, rationale: str, levels: tuple[str, ...], source: Source
    ) -> ResolvedElement | None:
        """The item as an item of this profile, or ``None`` if it is not selected at any of the levels."""
        named_alike = not set(source.levels).isdisjoint(self.document.levels)

        def kept(inner: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(level for level in levels if level in inner) if named_alike else levels

        selections = tuple(
            Selection(
                origin=(self.key, *each.origin), levels=kept(each.levels), rationales=(rationale, *each.rationales)
            )
            for each in item.selections
            if kept(each.levels) or not levels
        )
        if not selections:
            return None
        return evolve(
            item,
            levels=kept(item.levels),
            selections=selections,
            modifications=tuple(
                evolve(each, levels=kept(each.levels)) for each in item.modifications if kept(each.levels) or not levels
            ),
        )

    # What is selected, and what is said of it

    def _known(self, name: str, path: Path) -> str:
        """The identifier of an element, selected or not, or of an addition; the name itself if it is unknown."""
        try:
            found = self.spelt.get(fold(identifiers.checked(name))) if name else name
            if found is None and name.startswith(f"{self.key}:"):
                raise UnknownIdentifierError(f"addition of {self.key}", name, identifiers.nearest(name, self.there))
            return element_named(name, self.library) if found is None else found
        except (IdentifierSyntaxError, UnknownIdentifierError) as error:
            self.report.refuse(path, error)
            return name

    def _selected(self, name: str, path: Path) -> str:
        """The identifier of a selected element or of an addition."""
        identifier = self._known(name, path)
        if identifier and identifier not in self.there and not self.report.is_broken(path):
            publications = {each.partition(":")[0] for each in self.items}
            is_elsewhere = self.has_missed and identifier.partition(":")[0] not in publications
            if identifier not in self.selectors.meant and not is_elsewhere:
                self.report.add(path, f"{identifier} is not selected", "select it by an import, or take this out")
        return identifier

    def _additions(self) -> list[Addition]:
        identifiers = [self._new_identifier(each.id, ("add", n, "id")) for n, each in enumerate(self.document.add)]
        found = [
            self._addition(each, identifier, ("add", number))
            for number, (each, identifier) in enumerate(zip(self.document.add, identifiers, strict=True))
        ]
        self._check_parents(found)
        return found

    def _new_identifier(self, name: str, path: Path) -> str | None:
        """The identifier of an addition, which may now be named, or ``None`` if it cannot have that one."""
        local = name.removeprefix(f"{self.key}:")
        identifier = f"{self.key}:{local}"
        if not name:
            return None
        if not _LOCAL.fullmatch(local) or len(local) > _LONGEST:
            fix = f"use letters, digits, and single dots or hyphens between them, after {self.key}: or nothing"
            self.report.add(path, f"{shorten(name)} cannot be the identifier of an addition", fix)
            return None
        if fold(identifier) in self.spelt:
            self.report.add(path, f"{identifier} occurs twice", "give each addition an identifier of its own")
            return None
        self.spelt[fold(identifier)] = self.spelt["", identifiers.fold_local(local)] = identifier
        self.there.add(identifier)
        return identifier

    def _addition(self, each: WrittenAddition, identifier: str | None, path: Path) -> Addition:
        levels = self._levels(each.levels, (*path, "levels"))
        self._check_sources(each.sources, (*path, "sources"))
        made = Addition(
            id=identifier or each.id,
            title=each.title,
            summary=each.summary,
            parent=None if each.parent is None else self._selected(each.parent, (*path, "parent")),
            rationale=each.rationale,
            sources=each.sources,
            levels=levels,
        )
        if identifier is not None:
            selection = Selection(origin=(self.key,), levels=levels, rationales=(each.rationale,))
            self.items[identifier] = ResolvedElement(element=made, levels=levels, selections=(selection,))
        return made

    def _check_parents(self, additions: list[Addition]) -> None:
        """Report every addition that is below itself, once for each circle."""
        parents = {each.id: each.parent for each in additions}
        numbers = {each.id: number for number, each in enumerate(additions)}
        done: set[str] = set()
        for start in parents:
            way = [start]
            above = parents[start]
            while above in parents and above not in way and above not in done:
                way.append(above)
                above = parents[above]
            if above in way:
                circle = " > ".join([*way[way.index(above) :], above])
                self.report.add(("add", numbers[above], "parent"), f"it is below itself: {circle}", "take a parent out")
            done |= set(way)

    def _modification(self, each: Modification, path: Path) -> Modification:
        identifier = self._selected(each.element, (*path, "element"))
        item = self.items.get(identifier)
        levels = self._levels(each.levels, (*path, "levels"))
        self._check_change(each, path)
        self._check_sources(each.sources, (*path, "sources"))
        if self.basis is Basis.CURATED and not each.sources and not self.report.is_broken((*path, "sources")):
            self.report.add(path, "a change of a curated profile needs a source", "name at least one under sources")
        if item is None:
            return evolve(each, element=identifier, levels=levels, by=self.key)
        elsewhere = [level for level in levels if level not in item.levels]
        if each.levels and elsewhere:
            problem = f"{identifier} is not selected at {', '.join(elsewhere)}"
            self.report.add((*path, "levels"), problem, "select it there, or take the level out")
        at = tuple(level for level in levels if level in item.levels)
        made = evolve(each, element=identifier, levels=at, by=self.key)
        self.changes.setdefault(identifier, []).append((made, path))
        return made

    def _check_change(self, each: Modification, path: Path) -> None:
        """A parameter has a name and a value, every other change a text and neither of the two."""
        if self.report.is_broken((*path, "change")):
            return
        setting = {"parameter": each.parameter, "value": each.value}
        is_setting = each.change is ModificationKind.PARAMETER
        for name, value in (setting if is_setting else {"text": each.text}).items():
            if value is None and not self.report.is_broken((*path, name)):
                self.report.add((*path, name), f"a change of the kind {each.change} needs one", f"write the {name}")
        for name, value in setting.items():
            if value is not None and not is_setting:
                problem = f"a change of the kind {each.change} sets no parameter"
                self.report.add((*path, name), problem, f"take it out, or write {ModificationKind.PARAMETER}")

    def _check_conflicts(self) -> None:
        for identifier, found in self.changes.items():
            stated = [
                (_topic(each), each, path) for each, path in found if each.change is not ModificationKind.GUIDANCE
            ]
            for (topic, one, _), (other_topic, other, path) in combinations(stated, 2):
                if topic == other_topic and self._share_a_level(one.levels, other.levels):
                    problem = f"{identifier} is changed twice: {one.change} by {one.by}, {other.change} by {other.by}"
                    self.report.add(path, problem, "keep one of the two, or give them different levels")

    def _check_sources(self, sources: tuple[str, ...], path: Path) -> None:
        for number, source in enumerate(sources):
            publication, comma, locator = source.partition(",")
            if source and comma and locator.strip():
                self._publication(publication, (*path, number))
            elif source:
                try:
                    element_named(source, self.library)
                except (IdentifierSyntaxError, UnknownIdentifierError) as error:
                    self.report.refuse((*path, number), error)

    def _question(self, each: OpenQuestion, path: Path) -> OpenQuestion:
        about = tuple(self._known(name, (*path, "about", number)) for number, name in enumerate(each.about))
        return evolve(each, about=about)


def _topic(change: Modification) -> tuple[str, str]:
    """What only one change of an element may settle: how much is asked, or a parameter."""
    if change.change is ModificationKind.PARAMETER:
        return change.change, (change.parameter or "").casefold()
    return "scope", ""
