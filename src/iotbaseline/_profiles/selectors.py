"""Which elements of a publication or a profile the selectors of an import take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property

from iotbaseline._files.positions import Path
from iotbaseline._files.problems import Report
from iotbaseline._library.library import Library
from iotbaseline._mappings.crosswalk import crosswalk
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import KINDS, Addition, Control
from iotbaseline._model.publication import Publication
from iotbaseline._model.wording import normalize
from iotbaseline._profiles.document import MappedTo, Selector
from iotbaseline._profiles.profile import Profile, ResolvedElement, Selection, fold
from iotbaseline.errors import IdentifierSyntaxError, UnknownCrosswalkError, UnknownIdentifierError, shorten
from iotbaseline.relations import Relation

_ALL_KINDS = (*KINDS, Addition.kind)


class Source:
    """What an import takes from: the elements of a publication, or those that a profile selects."""

    def __init__(self, of: Publication | Profile, library: Library) -> None:
        self.name = of.key if isinstance(of, Publication) else f"profile:{of.key}"
        self.levels = of.levels if isinstance(of, Profile) else ()
        self.library = library
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
        return {i: set(normalize(f"{e.title or ''} {e.summary or ''}").split()) for i, e in self.elements.items()}

    def find(self, text: str, among: dict[str, Element]) -> str:
        """The identifier that a text spells, which needs to name the publication only where there are several."""
        plain = identifiers.checked(text)
        found = self._by_fold.get(fold(plain))
        if found is None and len(self.publications) == 1:
            element = self.publications[0].get(plain)
            found = None if element is None else element.id
        if found is None:
            with suppress(UnknownIdentifierError):
                found = element_named(plain, self.library)
        if found is None or found not in among:
            local = {element.local: identifier for identifier, element in among.items()}
            near = identifiers.nearest(plain.rpartition(":")[2], local)
            raise UnknownIdentifierError(f"element of {self.name}", text, [local[each] for each in near])
        return found

    @cached_property
    def lines(self) -> dict[str, set[str]]:
        """For each element itself, its parent, and so on."""
        return {identifier: set(self._upwards(identifier)) for identifier in self.elements}

    def below(self, tops: set[str]) -> set[str]:
        """The identifiers of these elements and of all below them."""
        return {identifier for identifier, line in self.lines.items() if not tops.isdisjoint(line)}

    def of_kinds(self, kinds: tuple[str, ...]) -> set[str]:
        """The identifiers of the elements of some kinds."""
        return {identifier for identifier, element in self.elements.items() if element.kind in kinds}

    def _upwards(self, identifier: str | None) -> Iterator[str]:
        while identifier is not None:
            yield identifier
            element = self.around.get(identifier)
            identifier = None if element is None else element.parent


def element_named(name: str, library: Library) -> str:
    """The identifier of the element of that name; raises what :meth:`Library.get` raises, with whole identifiers."""
    publication, local = identifiers.split(identifiers.checked(name))
    if publication is None:
        return library.get(name).id
    found = library.load(publication)
    element = found.get(local)
    if element is None:
        near = identifiers.nearest(local, (each.local for each in found))
        raise UnknownIdentifierError(f"element of {found.key}", name, [f"{found.key}:{each}" for each in near])
    return element.id


class Selecting:
    """Applies selectors; what is wrong with them goes to the report."""

    def __init__(self, library: Library, report: Report) -> None:
        self.library = library
        self.report = report
        self.meant: set[str] = set()
        """What a selector would perhaps take if it were right; that it is not selected needs not be told as well."""

    def taken(self, selectors: tuple[Selector, ...], source: Source, path: Path) -> set[str]:
        """The identifiers that any of the selectors takes."""
        found: set[str] = set()
        for number, selector in enumerate(selectors):
            place = (*path, number)
            conditions = list(self._conditions(selector, source, place))
            taken = set[str].intersection(*conditions) if conditions else set[str]()
            if not taken and not self.report.is_broken(place):
                self.report.add(place, f"it takes nothing from {source.name}", "correct it, or take it out")
            if any(self.report.is_broken((*place, name)) for name in ("words", "baseline", "mapped_to")):
                self.meant |= source.elements.keys()
            found |= taken
        return found

    def _conditions(self, selector: Selector, source: Source, path: Path) -> Iterator[set[str]]:
        """What each condition of a selector takes."""
        elements = source.elements
        if selector.ids:
            yield self._named(selector.ids, source, elements, (*path, "ids"))
        if selector.within:
            tops = self._named(selector.within, source, source.around, (*path, "within"))
            yield source.below(tops)
            self.meant |= source.below(self.meant)
        if selector.kinds:
            for number, kind in enumerate(selector.kinds):
                if kind and kind not in _ALL_KINDS:
                    near = identifiers.nearest(kind, _ALL_KINDS) or _ALL_KINDS
                    unknown = UnknownIdentifierError("kind of element", kind, near)
                    self.report.refuse((*path, "kinds", number), unknown)
                    self.meant |= source.of_kinds(near)
            yield source.of_kinds(selector.kinds)
        if selector.words:
            words = set(normalize(selector.words).split())
            if not words:
                self.report.add((*path, "words"), "there is no word in it", "write words of titles or summaries")
            yield {identifier for identifier, there in source.words.items() if words <= there}
        if selector.baseline:
            yield self._controls(elements.values(), selector.baseline, source.name, (*path, "baseline"))
        if selector.mapped_to is not None and selector.mapped_to.publication:
            yield self._mapped(selector.mapped_to, source, (*path, "mapped_to"))

    def _named(self, names: tuple[str, ...], source: Source, among: dict[str, Element], path: Path) -> set[str]:
        found: set[str] = set()
        for number, name in enumerate(names):
            try:
                found |= {source.find(name, among)} if name else set()
            except (IdentifierSyntaxError, UnknownIdentifierError) as error:
                self.report.refuse((*path, number), error)
                self.meant |= set(error.suggestions) if isinstance(error, UnknownIdentifierError) else set()
        return found

    def _controls(self, elements: Iterable[Element], baseline: str, name: str, path: Path) -> set[str]:
        """The controls of a control baseline."""
        controls = [element for element in elements if isinstance(element, Control)]
        found = {each.id for each in controls if baseline.casefold() in map(str.casefold, each.baselines)}
        if not found:
            known = sorted({each for control in controls for each in control.baselines})
            fix = f"use {', '.join(known)}" if known else "take it out: only controls have baselines"
            self.report.add(path, f"{name} has no control of a baseline {shorten(baseline)}", fix)
        return found

    def _mapped(self, wanted: MappedTo, source: Source, path: Path) -> set[str]:
        """What a mapping joins to the publication, or to the controls of its baseline."""
        try:
            target = self.library.load(wanted.publication)
        except (IdentifierSyntaxError, UnknownIdentifierError) as error:
            self.report.refuse((*path, "publication"), error)
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
            self.report.refuse((*path, "publication"), missing[0])
        return found & source.elements.keys()
