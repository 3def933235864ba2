"""What a profile document selects, changes and adds. Every problem is reported and none of them ends the work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import combinations

from attrs import evolve, frozen

from iotbaseline import ids
from iotbaseline._crosswalk import crosswalk
from iotbaseline._profiles import (
    Import,
    MappedTo,
    Modification,
    ModificationKind,
    OpenQuestion,
    Profile,
    ResolvedElement,
    Selection,
    Selector,
    fold,
)
from iotbaseline.errors import (
    IdentifierSyntaxError,
    IoTBaselineError,
    UnknownCrosswalkError,
    UnknownIdentifierError,
    shorten,
)
from iotbaseline.library import Library
from iotbaseline.model import KINDS, Addition, Basis, Control, Element, Fidelity, Publication
from iotbaseline.places import Path, Report
from iotbaseline.relations import Relation
from iotbaseline.text import normalise

_KEY = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_LOCAL = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_LONGEST = 80
_ALL_KINDS = (*KINDS, Addition.kind)
PROFILE = "profile:"
"""How an import begins that names a profile."""

FILES = (".toml", ".json")
"""How an import ends that names a file."""


@frozen(kw_only=True)
class WrittenAddition:
    """An addition as it stands in a file."""

    id: str
    title: str
    summary: str
    parent: str | None = None
    levels: tuple[str, ...] = ()
    rationale: str
    sources: tuple[str, ...] = ()


@frozen(kw_only=True)
class Document:
    """A profile as it stands in a file."""

    profile: str
    title: str
    version: str
    basis: Basis | None = None
    summary: str
    fidelity: Fidelity = Fidelity.FULL
    missing: str | None = None
    base: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    imports: tuple[Import, ...] = ()
    modify: tuple[Modification, ...] = ()
    add: tuple[WrittenAddition, ...] = ()
    open: tuple[OpenQuestion, ...] = ()


Fetch = Callable[[str, Path], Profile | None]
"""Gives the profile that an import names, or ``None`` if that has problems of its own, which it reports."""


class _Source:
    """What an import takes from: the elements of a publication, or those that a profile selects."""

    def __init__(self, of: Publication | Profile, library: Library) -> None:
        self.name = of.key if isinstance(of, Publication) else f"profile:{of.key}"
        self.levels = of.levels if isinstance(of, Profile) else ()
        self.library = library
        self._publication = of if isinstance(of, Publication) else None
        if isinstance(of, Publication):
            whole = (Selection(origin=(of.key,), rationales=()),)
            self.items = tuple(ResolvedElement(element=each, selections=whole) for each in of.elements)
        else:
            self.items = of.selected
        self.elements = {each.id: each.element for each in self.items}

    @cached_property
    def publications(self) -> tuple[Publication, ...]:
        """The publications that its elements are of."""
        added = (element for element in self.elements.values() if not isinstance(element, Addition))
        return tuple(self.library.load(key) for key in dict.fromkeys(element.publication for element in added))

    @cached_property
    def around(self) -> dict[str, Element]:
        """All elements of these publications too, selected or not."""
        return {each.id: each for publication in self.publications for each in publication} | self.elements

    @cached_property
    def _by_fold(self) -> dict[tuple[str, str], str]:
        return {fold(identifier): identifier for identifier in self.around}

    @cached_property
    def words(self) -> dict[str, set[str]]:
        """The words of the title and summary of each element."""
        return {i: set(normalise(f"{e.title or ''} {e.summary or ''}").split()) for i, e in self.elements.items()}

    def find(self, text: str, among: dict[str, Element]) -> str:
        """The identifier that a text spells, with or without the publication where there is only one."""
        plain = ids.checked(text)
        publication = self._publication
        if publication is not None:
            element = publication.get(plain)
            named, local = ids.split(plain)
            if element is None and named is not None and self.library.info(named) == publication.info:
                element = publication.get(local)
            if element is not None:
                return element.id
            near = ids.nearest(plain.removeprefix(f"{publication.key}:"), (each.local for each in publication))
            raise UnknownIdentifierError(
                f"element of {self.name}", text, [f"{publication.key}:{each}" for each in near]
            )
        found = self._by_fold.get(fold(plain))
        if found not in among:
            raise UnknownIdentifierError(f"element of {self.name}", text, ids.nearest(plain, among))
        return found

    def above(self, identifier: str) -> Iterable[str]:
        """The element itself, its parent, and so on."""
        above: str | None = identifier
        while above is not None:
            yield above
            element = self.around.get(above)
            above = None if element is None else element.parent


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
        self.items: dict[str, ResolvedElement] = {}
        self.changes: dict[str, list[tuple[Modification, Path]]] = {}
        self.spelt: dict[tuple[str, str], str] = {}
        """What is selected or added, by its folded spelling."""
        self.there: set[str] = set()
        """The same, by identifier."""
        self.meant: set[str] = set()
        """What stands near the identifiers that do not exist; that it is not selected says nothing new."""
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
            self._refuse(error, path)
            return name

    def _refuse(self, error: IoTBaselineError, path: Path) -> None:
        """Report an error of the library: what it suggests is the fix."""
        problem, _, fix = str(error).rpartition("; ")
        if isinstance(error, UnknownIdentifierError):
            known = f"write {' or '.join(error.suggestions)}" if error.suggestions else "name one that exists"
            self.report.add(path, problem if error.suggestions else str(error), known)
        else:
            self.report.add(path, problem, fix)

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
        taken: dict[str, list[int]] = {}
        for number, each in enumerate(self.document.imports):
            clashes: dict[int, list[str]] = {}
            for item in self._imported(each, ("imports", number)):
                known = self.items.get(item.id)
                if known is not None and self._share_a_level(known.levels, item.levels):
                    for other in taken[item.id]:
                        clashes.setdefault(other, []).append(item.id)
                taken.setdefault(item.id, []).append(number)
                self._take(item, known, ("imports", number))
            for other, identifiers in clashes.items():
                self._report_clash(number, other, identifiers)
        self.spelt = {fold(identifier): identifier for identifier in self.items}
        self.there = set(self.items)

    def _take(self, item: ResolvedElement, known: ResolvedElement | None, path: Path) -> None:
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

    def _imported(self, each: Import, path: Path) -> list[ResolvedElement]:
        levels = self._levels(each.levels, (*path, "levels"))
        source = self._source(each.source, (*path, "from"))
        if source is None:
            self.has_missed = True
            return []
        excluded = self._taken(each.exclude, source, (*path, "exclude"))
        included = self._taken(each.include, source, (*path, "include")) if each.include else set(source.elements)
        wanted = included - excluded
        found = [
            made
            for item in source.items
            if item.id in wanted and (made := self._brought_in(item, each.rationale, levels, source)) is not None
        ]
        if not found and not self.report.is_broken(path):
            self.report.add(path, f"it takes nothing from {source.name}", "select something, or take the import out")
        return found

    def _source(self, name: str, path: Path) -> _Source | None:
        if not name:
            return None
        if name.startswith(PROFILE) or name.lower().endswith(FILES):
            profile = self.fetch(name, path)
            return None if profile is None else _Source(profile, self.library)
        try:
            publication = self.library.load(name)
        except (IdentifierSyntaxError, UnknownIdentifierError) as error:
            if name in self.library.profile_keys:
                self.report.add(path, f"{name} is a profile, not a publication", f"write {PROFILE}{name}")
            else:
                self._refuse(error, path)
            return None
        if not publication.elements:
            self.report.add(path, f"no elements of {publication.key} are held", "import another publication")
            return None
        return _Source(publication, self.library)

    def _brought_in(
        self, item: ResolvedElement, rationale: str, levels: tuple[str, ...], source: _Source
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

    # Selectors

    def _taken(self, selectors: tuple[Selector, ...], source: _Source, path: Path) -> set[str]:
        """The identifiers that any of the selectors takes."""
        found: set[str] = set()
        for number, selector in enumerate(selectors):
            place = (*path, number)
            conditions = list(self._conditions(selector, source, place))
            taken = set[str].intersection(*conditions) if conditions else set[str]()
            if not taken and not self.report.is_broken(place):
                self.report.add(place, f"it takes nothing from {source.name}", "correct it, or take it out")
            found |= taken
        return found

    def _conditions(self, selector: Selector, source: _Source, path: Path) -> Iterator[set[str]]:
        """What each condition of a selector takes."""
        elements = source.elements
        if selector.ids:
            yield self._named(selector.ids, source, elements, (*path, "ids"))
        if selector.under:
            tops = self._named(selector.under, source, source.around, (*path, "under"))
            yield {identifier for identifier in elements if not tops.isdisjoint(source.above(identifier))}
        if selector.kinds:
            for number, kind in enumerate(selector.kinds):
                if kind and kind not in _ALL_KINDS:
                    near = UnknownIdentifierError("kind of element", kind, ids.nearest(kind, _ALL_KINDS) or _ALL_KINDS)
                    self._refuse(near, (*path, "kinds", number))
            yield {identifier for identifier, element in elements.items() if element.kind in selector.kinds}
        if selector.words:
            words = set(normalise(selector.words).split())
            if not words:
                self.report.add((*path, "words"), "there is no word in it", "write words of titles or summaries")
            yield {identifier for identifier, there in source.words.items() if words <= there}
        if selector.baseline:
            yield self._controls(elements.values(), selector.baseline, source.name, (*path, "baseline"))
        if selector.mapped_to is not None and selector.mapped_to.publication:
            yield self._mapped(selector.mapped_to, source, (*path, "mapped_to"))

    def _named(self, names: tuple[str, ...], source: _Source, among: dict[str, Element], path: Path) -> set[str]:
        found: set[str] = set()
        for number, name in enumerate(names):
            try:
                found |= {source.find(name, among)} if name else set()
            except (IdentifierSyntaxError, UnknownIdentifierError) as error:
                self._refuse(error, (*path, number))
                self.meant |= set(error.suggestions) if isinstance(error, UnknownIdentifierError) else set()
        return found

    def _controls(self, elements: Iterable[Element], baseline: str, name: str, path: Path) -> set[str]:
        """The controls of a control baseline."""
        controls = [element for element in elements if isinstance(element, Control)]
        found = {control.id for control in controls if baseline.upper() in control.baselines}
        if not found:
            known = sorted({each for control in controls for each in control.baselines})
            fix = f"use {', '.join(known)}" if known else "take it out: only controls have baselines"
            self.report.add(path, f"{name} has no control of a baseline {shorten(baseline)}", fix)
        return found

    def _mapped(self, wanted: MappedTo, source: _Source, path: Path) -> set[str]:
        """What a mapping joins to the publication, or to the controls of its baseline."""
        try:
            target = self.library.load(wanted.publication)
        except (IdentifierSyntaxError, UnknownIdentifierError) as error:
            self._refuse(error, (*path, "publication"))
            return set()
        among: set[str] | None = None
        if wanted.baseline is not None:
            among = self._controls(target, wanted.baseline, target.key, (*path, "baseline"))
        found: set[str] = set()
        missing: list[UnknownCrosswalkError] = []
        for publication in source.publications:
            try:
                there = crosswalk(publication.key, target.key, library=self.library)
            except UnknownCrosswalkError as error:
                missing.append(error)
                continue
            both = (*there, *there.inverse()) if publication is target else there
            found |= {
                mapping.subject
                for mapping in both
                if mapping.object is not None
                and mapping.relation is not Relation.NO_RELATIONSHIP
                and (among is None or mapping.object in among)
            }
        if missing and len(missing) == len(source.publications):
            self._refuse(missing[0], (*path, "publication"))
        return found & source.elements.keys()

    # What is selected, and what is said of it

    def _known(self, name: str, path: Path) -> str:
        """The identifier of an element, selected or not, or of an addition; the name itself if it is unknown."""
        try:
            found = self.spelt.get(fold(ids.checked(name))) if name else name
            if found is None and name.startswith(f"{self.key}:"):
                raise UnknownIdentifierError(f"addition of {self.key}", name, ids.nearest(name, self.there))
            return self.library.get(name).id if found is None else found
        except (IdentifierSyntaxError, UnknownIdentifierError) as error:
            self._refuse(error, path)
            return name

    def _selected(self, name: str, path: Path) -> str:
        """The identifier of a selected element or of an addition."""
        identifier = self._known(name, path)
        if identifier and identifier not in self.there and not self.report.is_broken(path):
            publications = {each.partition(":")[0] for each in self.items}
            is_elsewhere = self.has_missed and identifier.partition(":")[0] not in publications
            if identifier not in self.meant and not is_elsewhere:
                self.report.add(path, f"{identifier} is not selected", "select it by an import, or take this out")
        return identifier

    def _additions(self) -> list[Addition]:
        written: dict[str, tuple[WrittenAddition, Path]] = {}
        for number, each in enumerate(self.document.add):
            path: Path = ("add", number)
            local = each.id.removeprefix(f"{self.key}:")
            identifier = f"{self.key}:{local}"
            if not each.id:
                continue
            if not _LOCAL.fullmatch(local) or len(local) > _LONGEST:
                fix = f"use letters, digits, and single dots or hyphens between them, after {self.key}: or nothing"
                self.report.add((*path, "id"), f"{shorten(each.id)} cannot be the identifier of an addition", fix)
            elif fold(identifier) in self.spelt:
                self.report.add((*path, "id"), f"{identifier} occurs twice", "give each addition a name of its own")
            else:
                self.spelt[fold(identifier)] = self.spelt["", ids.fold_local(local)] = identifier
                self.there.add(identifier)
                written[identifier] = each, path
        found = [self._addition(identifier, each, path) for identifier, (each, path) in written.items()]
        self._check_parents(found, {identifier: path for identifier, (_, path) in written.items()})
        return found

    def _addition(self, identifier: str, each: WrittenAddition, path: Path) -> Addition:
        levels = self._levels(each.levels, (*path, "levels"))
        made = Addition(
            id=identifier,
            title=each.title,
            summary=each.summary,
            parent=None if each.parent is None else self._selected(each.parent, (*path, "parent")),
            rationale=each.rationale,
            sources=each.sources,
            levels=levels,
        )
        self._check_sources(each.sources, (*path, "sources"))
        selection = Selection(origin=(self.key,), levels=levels, rationales=(each.rationale,))
        self.items[identifier] = ResolvedElement(element=made, levels=levels, selections=(selection,))
        return made

    def _check_parents(self, additions: list[Addition], paths: dict[str, Path]) -> None:
        """Report every addition that is below itself, once for each circle."""
        parents = {each.id: each.parent for each in additions}
        done: set[str] = set()
        for start in parents:
            way = [start]
            above = parents[start]
            while above in parents and above not in way and above not in done:
                way.append(above)
                above = parents[above]
            if above in way:
                circle = " > ".join([*way[way.index(above) :], above])
                self.report.add(
                    (*paths[above], "parent"), f"it is below itself: {circle}", "take out one of the parents"
                )
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
                    self.library.get(source)
                except (IdentifierSyntaxError, UnknownIdentifierError) as error:
                    self._refuse(error, (*path, number))

    def _question(self, each: OpenQuestion, path: Path) -> OpenQuestion:
        about = tuple(self._known(name, (*path, "about", number)) for number, name in enumerate(each.about))
        return evolve(each, about=about)


def _topic(change: Modification) -> tuple[str, str]:
    """What only one change of an element may settle: how much is asked, or a parameter."""
    if change.change is ModificationKind.PARAMETER:
        return change.change, (change.parameter or "").casefold()
    return "scope", ""
