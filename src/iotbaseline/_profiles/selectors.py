"""Which elements of a publication or a profile the selectors of an import select."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from typing import Any

from attrs import frozen

from iotbaseline._files.positions import Path
from iotbaseline._files.problems import Hints, Report
from iotbaseline._library.library import Library
from iotbaseline._mappings.crosswalk import crosswalk
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.fingerprints import normalize
from iotbaseline._model.kinds import KINDS, Addition, Control
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.publication import Publication
from iotbaseline._profiles.document import MappedTo, Selector
from iotbaseline._profiles.profile import Profile, ResolvedElement, Selection
from iotbaseline.errors import (
    IdentifierSyntaxError,
    UnknownCrosswalkError,
    UnknownIdentifierError,
    UnknownNameError,
    shorten,
)
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
            self.items = tuple(ResolvedElement(element=element, selections=whole) for element in of.elements)
        else:
            self.items = of.selected
        self.elements = {item.id: item.element for item in self.items}
        self.joined: dict[tuple[str, str | None], set[str]] = {}
        """A cache: the elements that mappings link to a publication, or to a control baseline of it."""

    @cached_property
    def publications(self) -> tuple[Publication, ...]:
        """The publications that its elements belong to."""
        added = (element for element in self.elements.values() if not isinstance(element, Addition))
        return tuple(self.library.load(key) for key in dict.fromkeys(element.publication for element in added))

    @cached_property
    def around(self) -> dict[str, Element]:
        """Its elements, and all others of these publications."""
        return {element.id: element for publication in self.publications for element in publication} | self.elements

    @cached_property
    def _by_fold(self) -> dict[tuple[str, str], str]:
        return {identifiers.fold(identifier): identifier for identifier in self.around}

    @cached_property
    def words(self) -> dict[str, set[str]]:
        """The words of the title and summary of each element."""
        return {i: set(normalize(f"{e.title or ''} {e.summary or ''}").split()) for i, e in self.elements.items()}

    def find(self, text: str, among: dict[str, Element], hints: Hints | None = None) -> str:
        """The identifier that a text spells; it must name the publication only if there are several.

        Raises :class:`~iotbaseline.errors.UnknownIdentifierError`, with suggestions if ``hints`` are given.
        """
        plain = identifiers.checked(text)
        identifier = self._by_fold.get(identifiers.fold(plain))
        if identifier is None and len(self.publications) == 1:
            element = self.publications[0].get(plain)
            identifier = None if element is None else element.id
        if identifier is None:
            with suppress(UnknownIdentifierError):
                identifier = element_named(plain, self.library)
        if identifier is None or identifier not in among:
            local = {element.local: identifier for identifier, element in among.items()}
            near = () if hints is None else hints.nearest(plain.rpartition(":")[2], local)
            raise UnknownIdentifierError(f"element of {self.name}", text, [local[name] for name in near])
        return identifier

    def below(self, tops: Iterable[str]) -> set[str]:
        """The identifiers of these elements and of all below them."""
        return set[str]().union(*(self._all_below.get(top, ()) for top in tops))

    @cached_property
    def _all_below(self) -> dict[str, set[str]]:
        """For each element around, the selected ones among itself and all below it."""
        below: dict[str, set[str]] = {}
        for identifier in self.elements:
            for above in self._upwards(identifier):
                below.setdefault(above, set()).add(identifier)
        return below

    def _upwards(self, identifier: str | None) -> Iterator[str]:
        while identifier is not None:
            yield identifier
            element = self.around.get(identifier)
            identifier = None if element is None else element.parent

    def of_kinds(self, kinds: tuple[str, ...]) -> set[str]:
        """The identifiers of the elements of some kinds."""
        return set[str]().union(*(self._by_kind.get(kind, ()) for kind in set(kinds)))

    @cached_property
    def _by_kind(self) -> dict[str, set[str]]:
        by_kind: dict[str, set[str]] = {}
        for identifier, element in self.elements.items():
            by_kind.setdefault(element.kind, set()).add(identifier)
        return by_kind

    @cached_property
    def baselines(self) -> dict[str, set[str]]:
        """The controls of each control baseline."""
        return controls_by_baseline(self.elements.values())


def controls_by_baseline(elements: Iterable[Element]) -> dict[str, set[str]]:
    """The identifiers of the controls of each control baseline of SP 800-53B."""
    held: dict[str, set[str]] = {}
    for element in elements:
        for baseline in element.baselines if isinstance(element, Control) else ():
            held.setdefault(baseline, set()).add(element.id)
    return held


def element_named(name: str, library: Library, hints: Hints | None = None) -> str:
    """The identifier of the element of that name.

    Raises what :meth:`Library.get` raises. Names are compared only if there are ``hints``, and only as far as those
    allow; :meth:`Library.get` compares them each time, which takes too long for a file of unknown names.
    """
    publication, local = library.split(identifiers.checked(name))
    if publication is None:
        return library.get(name).id
    holder = library.load(publication)
    element = holder.get(local)
    if element is None:
        near = () if hints is None else hints.nearest(local, [other.local for other in holder])
        raise UnknownIdentifierError(f"element of {holder.key}", name, [f"{holder.key}:{other}" for other in near])
    return element.id


@frozen(eq=False)
class Selecting:
    """What selectors need; their problems go to the report."""

    library: Library
    report: Report
    meant: set[str]
    """What a faulty selector might have selected; that it is not selected is no problem of its own."""


def taken(selectors: tuple[Selector, ...], source: Source, path: Path, run: Selecting) -> set[str]:
    """The identifiers that any of the selectors selects."""
    identifiers: set[str] = set()
    for number, selector in enumerate(selectors):
        identifiers |= _taken_by(selector, source, (*path, number), run)
    return identifiers


def _taken_by(selector: Selector, source: Source, path: Path, run: Selecting) -> set[str]:
    """The identifiers that meet all conditions of a selector."""
    conditions = [
        apply(value, source, (*path, name), run)
        for name, apply in _CONDITIONS.items()
        if (value := getattr(selector, name))
    ]
    identifiers = set[str].intersection(*conditions) if conditions else set[str]()
    if not identifiers and not run.report.is_broken(path):
        run.report.add(path, f"it takes nothing from {source.name}", "correct it, or take it out")
    if any(run.report.is_broken((*path, name)) for name in ("words", "baseline", "mapped_to")):
        run.meant.update(source.elements)
    return identifiers


def _ids(names: tuple[str, ...], source: Source, path: Path, run: Selecting) -> set[str]:
    identifiers, meant = _named(names, source, source.elements, path, run)
    run.meant.update(meant)
    return identifiers


def _within(names: tuple[str, ...], source: Source, path: Path, run: Selecting) -> set[str]:
    tops, meant = _named(names, source, source.around, path, run)
    run.meant.update(meant, source.below(meant))
    return source.below(tops)


def _named(
    names: tuple[str, ...], source: Source, among: dict[str, Element], path: Path, run: Selecting
) -> tuple[set[str], set[str]]:
    """The identifiers that the names spell, and those that misspelled names may mean."""
    identifiers: set[str] = set()
    meant: set[str] = set()
    for number, name in enumerate(names):
        try:
            identifiers.update({source.find(name, among, run.report.hints)} if name else ())
        except (IdentifierSyntaxError, UnknownIdentifierError) as error:
            run.report.refuse((*path, number), error)
            meant.update(error.suggestions if isinstance(error, UnknownIdentifierError) else ())
    return identifiers, meant


def _kinds(kinds: tuple[str, ...], source: Source, path: Path, run: Selecting) -> set[str]:
    for number, kind in enumerate(kinds):
        if kind and kind not in _ALL_KINDS:
            near = run.report.hints.nearest(kind, _ALL_KINDS) or _ALL_KINDS
            run.report.refuse((*path, number), UnknownNameError("kind of element", kind, near))
            run.meant.update(source.of_kinds(near))
    return source.of_kinds(kinds)


def _words(text: str, source: Source, path: Path, run: Selecting) -> set[str]:
    words = set(normalize(text).split())
    if not words:
        run.report.add(path, "there is no word in it", "write words of titles or summaries")
    return {identifier for identifier, there in source.words.items() if words <= there}


def _baseline(baseline: str, source: Source, path: Path, run: Selecting) -> set[str]:
    return _controls(baseline, source.baselines, source.name, path, run)


def _controls(baseline: str, held: dict[str, set[str]], name: str, path: Path, run: Selecting) -> set[str]:
    """The controls of one of the control baselines held."""
    for known, controls in held.items():
        if known.casefold() == baseline.casefold():
            return controls
    fix = f"use {', '.join(sorted(held))}" if held else "take it out: only controls have baselines"
    run.report.add(path, f"{name} has no control of a baseline {shorten(baseline)}", fix)
    return set()


def _mapped_to(wanted: MappedTo, source: Source, path: Path, run: Selecting) -> set[str]:
    """The elements that a mapping links to the publication, or to the controls of its baseline."""
    if not wanted.publication:
        return set(source.elements)
    try:
        target = run.library.load(wanted.publication)
    except (IdentifierSyntaxError, UnknownIdentifierError) as error:
        run.report.refuse((*path, "publication"), error)
        return set()
    key = target.key, wanted.baseline and wanted.baseline.casefold()
    if key in source.joined:
        return source.joined[key]
    among: set[str] | None = None
    if wanted.baseline is not None:
        held = controls_by_baseline(target)
        among = _controls(wanted.baseline, held, target.key, (*path, "baseline"), run)
    joined: set[str] = set()
    missing: list[UnknownCrosswalkError] = []
    for publication in source.publications:
        try:
            mappings = _between(publication, target, run.library)
        except UnknownCrosswalkError as error:
            missing.append(error)
            continue
        joined.update(mapping.subject for mapping in mappings if among is None or mapping.object in among)
    if missing and len(missing) == len(source.publications):
        run.report.refuse((*path, "publication"), missing[0])
        return set()
    if not run.report.is_broken(path):
        source.joined[key] = joined & source.elements.keys()
    return joined & source.elements.keys()


def _between(publication: Publication, target: Publication, library: Library) -> Iterator[Mapping]:
    """The mappings between a publication and the target, read from the publication."""
    held = crosswalk(publication.key, target.key, library=library)
    both_ways = (*held, *held.inverse()) if publication is target else held
    return (
        mapping
        for mapping in both_ways
        if mapping.object is not None and mapping.relation is not Relation.NO_RELATIONSHIP
    )


_CONDITIONS: dict[str, Callable[[Any, Source, Path, Selecting], set[str]]] = {
    "ids": _ids,
    "within": _within,
    "kinds": _kinds,
    "words": _words,
    "baseline": _baseline,
    "mapped_to": _mapped_to,
}
"""The function for each condition of a selector."""
