"""Find what is wrong in crosswalks, with the mappings at fault.

Contradictions come from the algebraic closure: all set-theory mappings and all links between parts and wholes are
composed until nothing new follows. If no relation is left between two elements, the mappings on the way cannot all be
right. Only the relations of RCC-5 take part; nothing follows from the other styles that could contradict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import ClassVar

from attrs import frozen

from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Result, Shown
from iotbaseline._library import garbage
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, key_of
from iotbaseline._mappings.closure import closure, smallest_clash
from iotbaseline._mappings.truth import Pair, concerned, impossible, new_budget
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import is_item, is_part
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.publication import Publication
from iotbaseline._model.ranked import Ranked
from iotbaseline.errors import ArgumentTypeError, UnknownCrosswalkError, counted
from iotbaseline.relations import UNIVERSE


class FindingKind(Ranked):
    """What is wrong."""

    CONTRADICTION = "contradiction"
    """Together the mappings leave no relation possible between two elements."""
    ASYMMETRY = "asymmetry"
    """A crosswalk and its reverse do not say the same: one has a pair that the other lacks, or another relation."""
    WITHDRAWN = "withdrawn"
    """A mapping from or to a control or outcome that its publication has withdrawn."""
    ORPHAN = "orphan"
    """A mapping from or to an element that its publication does not have."""


@frozen(kw_only=True)
class Finding:
    """One thing that is wrong: the elements concerned, the mappings at fault, and a description."""

    kind: FindingKind
    elements: tuple[str, ...]
    mappings: tuple[Mapping, ...]
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


@frozen(kw_only=True, repr=False)
class Findings(Result[Finding, FindingKind]):
    """Everything that is wrong in the crosswalks checked, contradictions first."""

    HELD: ClassVar[str] = "findings"
    LISTED: ClassVar[str] = "findings"
    GROUPED: ClassVar[bool] = True
    IN_GROUP: ClassVar[tuple[str, ...]] = ("kind",)
    SHOWN: ClassVar[Shown] = {"kind": ("kind",), "what": ("text",), "mappings": ("mappings",)}

    crosswalks: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {kind}" for kind, count in self.counts().items())
        return f"{counted(len(self.crosswalks), 'crosswalk')}: {counts}"

    def __repr__(self) -> str:
        return f"<Findings {self}>"

    def columns(self) -> tuple[Column[Finding], ...]:
        """The kind, the elements, the description, the mappings at fault."""
        return _COLUMNS

    @property
    def _name(self) -> str:
        return "crosswalks"

    def _head(self) -> Head:
        return {"crosswalks": self.crosswalks}

    def _badges(self) -> list[str]:
        return []

    def _explained(self, item: Finding) -> tuple[str, str]:
        return item.text, ", ".join(dict.fromkeys(mapping.source for mapping in item.mappings))


_COLUMNS: tuple[Column[Finding], ...] = (
    Column("kind", lambda finding: finding.kind, groups=tuple(FindingKind)),
    Column("elements", lambda finding: finding.elements),
    Column("text", lambda finding: finding.text),
    Column(
        "mappings",
        lambda finding: tuple(f"{mapping} in {mapping.source}" for mapping in finding.mappings),
        separator="; ",
    ),
)


@arguments.checked
@garbage.put_off()
def check_crosswalks(*pairs: tuple[Named, Named], library: Library = DEFAULT) -> Findings:
    """Look for contradictions, asymmetries, mappings to withdrawn elements, and orphans.

    ``pairs`` are the crosswalks to check, as pairs of publications in any usual spelling; by default, all. Raises
    :class:`~iotbaseline.errors.UnknownCrosswalkError` if no mappings are held between a pair,
    :class:`~iotbaseline.errors.UnknownIdentifierError` for an unknown publication,
    :class:`~iotbaseline.errors.ArgumentTypeError` for anything that is not a pair, and
    :class:`~iotbaseline.errors.QueryError` if contradicting mappings are connected with so many others that it would
    take too long to say which are at fault.

    >>> print(ib.check_crosswalks(("ir8425", "ir8259a")))
    1 crosswalk: 0 contradiction, 0 asymmetry, 0 withdrawn, 0 orphan
    """
    named = [_pair(library, pair) for pair in pairs]
    held = library.crosswalk_pairs()
    chosen = [pair for pair in held if not named or pair in named or pair[::-1] in named]
    for pair in named:
        if pair not in chosen and pair[::-1] not in chosen:
            raise UnknownCrosswalkError(f"no mappings are held between {' and '.join(pair)}", "see crosswalks()")
    mappings = [mapping for pair in chosen for mapping in library.mappings(*pair)]
    identified = [mapping for mapping in mappings if mapping.object is not None]
    found = (
        *contradictions(identified, library=library),
        *_asymmetries(chosen, library),
        *_withdrawn(identified, library),
        *_orphans(mappings, library),
    )
    return Findings(crosswalks=tuple(chosen), findings=found)


def _pair(library: Library, pair: tuple[Named, ...]) -> tuple[str, str]:
    if not isinstance(pair, tuple) or len(pair) != 2:  # type: ignore[redundant-expr]  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ArgumentTypeError("pairs", type(pair).__name__, "pairs of publications, e.g. ('ir8425', 'ir8259a')")
    subject, obj = pair
    return key_of(library, subject, "pairs"), key_of(library, obj, "pairs")


def contradictions(mappings: Iterable[Mapping], *, library: Library = DEFAULT) -> Iterator[Finding]:
    """The contradictions among mappings, each with a minimal set of mappings at fault.

    Mappings of other styles than set theory and those without an object are left out. Raises
    :class:`~iotbaseline.errors.QueryError` if there is too much to compose.
    """
    exact = [mapping for mapping in mappings if mapping.object is not None and mapping.relation in UNIVERSE]
    parts, budget = _parts(exact, library), new_budget()
    at_fault = impossible(exact, parts, budget)
    if not at_fault:
        return
    exact, parts = concerned(exact, parts, at_fault)
    budget = budget.going_on(*_too_many(at_fault))
    shrunk: dict[tuple[Mapping, ...], tuple[Mapping, ...]] = {}
    seen: set[tuple[Mapping, ...]] = set()
    for clash in closure(exact, parts, budget)[1]:
        if clash.mappings not in shrunk:
            shrunk[clash.mappings] = smallest_clash(clash.mappings, parts, budget)
        smallest = shrunk[clash.mappings]
        if smallest not in seen:
            seen.add(smallest)
            said = "; ".join(map(str, smallest))
            text = f"no relation is left between {clash.subject} and {clash.object} if all of these hold: {said}"
            yield Finding(
                kind=FindingKind.CONTRADICTION, elements=(clash.subject, clash.object), mappings=smallest, text=text
            )


def _too_many(at_fault: set[str]) -> tuple[str, str]:
    """What is wrong and how to go on if it would take too long to say which mappings contradict each other."""
    listed = ", ".join(sorted(at_fault)[:3])
    problem = f"mappings contradict each other, but are connected with too many others to say which: see {listed}"
    return problem, "correct what is wrong with the mappings of these first, or check fewer crosswalks at a time"


def _parts(mappings: Iterable[Mapping], library: Library) -> list[Pair]:
    """Which of the elements mapped, and of those above them, are parts of which."""
    ends = (identifier for mapping in mappings for identifier in (mapping.subject, mapping.object) if identifier)
    return list(dict.fromkeys(pair for identifier in ends for pair in pairwise(_wholes(identifier, library))))


def _asymmetries(chosen: list[Pair], library: Library) -> Iterator[Finding]:
    """Where mappings are held in both directions, what one of them says of two elements and the other does not.

    A direction that only lists what nothing is mapped to says nothing of any two. The two may differ in detail: a
    mapping is matched by one of the same elements, or of items of them (examples too), or of what they are items of.
    """
    both = [pair for pair in chosen if pair[0] != pair[1] and pair[::-1] in chosen]
    for subject, obj in both:
        back: defaultdict[Pair, list[Mapping]] = defaultdict(list)
        for mapping in library.mappings(obj, subject):
            if mapping.object is not None:
                back[mapping.object, mapping.subject].append(mapping)
        if not back:
            continue
        said = {(near, far) for one, other in back for near in _line(one, library) for far in _line(other, library)}
        named = {identifier for pair in back for identifier in pair}
        missing: defaultdict[Pair, list[Mapping]] = defaultdict(list)
        for mapping in library.mappings(subject, obj):
            if mapping.object is not None:
                pair = (mapping.subject, mapping.object)
                if pair not in said:
                    missing[_coarse(pair[0], named, library), _coarse(pair[1], named, library)].append(mapping)
                elif pair in back and all(each.relation.inverse is not mapping.relation for each in back[pair]):
                    other = back[pair][0]
                    text = f"{mapping} in {mapping.source}, but {other} in {other.source}"
                    yield Finding(kind=FindingKind.ASYMMETRY, elements=pair, mappings=(mapping, other), text=text)
        for pair, mappings in missing.items():
            text = f"{subject}--{obj} maps {pair[0]} and {pair[1]}, but {obj}--{subject} does not"
            yield Finding(kind=FindingKind.ASYMMETRY, elements=pair, mappings=tuple(mappings), text=text)


def _wholes(
    identifier: str, library: Library, belongs: Callable[[Element, Element], bool] = is_part
) -> tuple[str, ...]:
    """An element, what it is part of, what that is part of and so on."""
    key = identifier.partition(":")[0]
    kept = library.holder(key).once(("wholes", belongs.__name__, key), lambda: _all_wholes(library.load(key), belongs))
    return kept.get(identifier, (identifier,))


def _all_wholes(publication: Publication, belongs: Callable[[Element, Element], bool]) -> dict[str, tuple[str, ...]]:
    """Each element that is part of another one, what it is part of and so on, by its identifier."""
    above = {
        element.id: parent.id
        for element in publication
        if (parent := publication.parent(element)) is not None and belongs(element, parent)
    }
    found: dict[str, tuple[str, ...]] = {}
    for start in above:
        line = [start]
        while line[-1] in above:
            line.append(above[line[-1]])
        found[start] = tuple(line)
    return found


def _line(identifier: str, library: Library) -> tuple[str, ...]:
    """An element, what it is an item of, and its own items."""
    key = identifier.partition(":")[0]

    def all_items() -> dict[str, list[str]]:
        items: defaultdict[str, list[str]] = defaultdict(list)
        for element in library.load(key):
            for whole in _wholes(element.id, library, is_item)[1:]:
                items[whole].append(element.id)
        return dict(items)

    items = library.holder(key).once(("items", key), all_items)
    return *_wholes(identifier, library, is_item), *items.get(identifier, ())


def _coarse(identifier: str, named: set[str], library: Library) -> str:
    """The nearest of what an element is an item of that a crosswalk names, or itself if it names none."""
    return next((each for each in _wholes(identifier, library, is_item) if each in named), identifier)


def _withdrawn(mappings: Iterable[Mapping], library: Library) -> Iterator[Finding]:
    """Mappings of withdrawn elements; between revisions of one work they are right: they say where a number went."""

    @cache
    def gone(key: str) -> frozenset[str]:
        return frozenset(element.id for element in library.load(key) if not element.is_in_force)

    @cache
    def work(key: str) -> str:
        return library.load(key).info.work

    by_element: defaultdict[str, list[Mapping]] = defaultdict(list)
    for mapping in mappings:
        ends = (mapping.subject, mapping.object or "")
        keys = [identifier.partition(":")[0] for identifier in ends]
        if work(keys[0]) != work(keys[1]):
            for key, identifier in zip(keys, ends, strict=True):
                if identifier in gone(key):
                    by_element[identifier].append(mapping)
    for identifier, at_fault in by_element.items():
        text = f"{identifier} is withdrawn; mappings from or to it: {len(at_fault)}"
        yield Finding(kind=FindingKind.WITHDRAWN, elements=(identifier,), mappings=tuple(at_fault), text=text)


def _orphans(mappings: Iterable[Mapping], library: Library) -> Iterator[Finding]:
    load = cache(library.load)
    for mapping in mappings:
        for identifier in filter(None, (mapping.subject, mapping.object)):
            publication = load(identifier.partition(":")[0])
            if publication.elements and not publication.has(identifier):
                text = f"{mapping.source} maps {identifier}, which {publication.key} does not have"
                yield Finding(kind=FindingKind.ORPHAN, elements=(identifier,), mappings=(mapping,), text=text)
