"""Identifiers, mappings and lists written for one revision of a publication, carried over to another."""

from __future__ import annotations

from collections import abc, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar, cast, overload

from attrs import evolve, frozen

from iotbaseline import relations
from iotbaseline._display.records import Column, Record
from iotbaseline._display.results import Head, Item, Listing, Result, Shown
from iotbaseline._files.problems import Hints, Problems
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import HasElements, Named, several
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import Withdrawable
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Basis
from iotbaseline._model.publication import Publication
from iotbaseline._model.ranked import Ranked
from iotbaseline._revisions.diff import Change, Diff, diff
from iotbaseline._revisions.pairing import ChangeKind
from iotbaseline.errors import ArgumentTypeError, DataError, IdentifierSyntaxError, UnknownIdentifierError, shorten
from iotbaseline.relations import Relation

Entry: TypeAlias = str | Element | Mapping | abc.Mapping[str, object]
"""What can be carried over: an identifier, an element, a mapping, or a record with an identifier under ``id``."""

E = TypeVar("E", str, Element, Mapping, dict[str, str], Record, abc.Mapping[str, object], Entry)
Single = TypeVar("Single", Element, Mapping)
"""An entry that stands for itself without a list; so does an identifier."""


class Outcome(Ranked):
    """What became of an entry."""

    KEPT = "kept"
    """Same identifier, and the wording is proved to be the same."""
    RENAMED = "renamed"
    """Another identifier, but the wording is proved to be the same."""
    NEEDS_REVIEW = "needs-review"
    """Something follows, but it is not the same or not known to be: reworded, retitled, split, merged and the like."""
    ORPHANED = "orphaned"
    """Nothing follows, or nothing is known to."""


_PROVED = frozenset({ChangeKind.UNCHANGED, ChangeKind.MOVED, ChangeKind.RENUMBERED})
"""The kinds of change that leave a wording as it was, where no other comes with them."""

_WORDS = {
    ChangeKind.SPLIT: "it became several",
    ChangeKind.MERGED: "it went into what has other origins too",
    ChangeKind.MOVED: "it stands in another place",
    ChangeKind.RENUMBERED: "it has another number",
    ChangeKind.RETITLED: "it has another name",
    ChangeKind.REWORDED: "it has another wording",
    ChangeKind.CONTINUED: "its wording cannot be compared",
    ChangeKind.REMOVED: "nothing follows it",
    ChangeKind.UNPAIRED: "nothing is known to follow it",
    ChangeKind.UNCHANGED: "its wording is the same",
}


@frozen(kw_only=True, repr=False)
class MigratedEntry(Item, Generic[E]):
    """What became of one entry: the element ``before`` that it names, and the elements ``after`` that follow it.

    ``kinds`` are the changes between them and ``basis`` is that of their pairing, both as in a
    :class:`~iotbaseline.Change`; ``reason`` says in words what they and their evidence are. One whose entry is a
    dictionary has no hash.
    """

    SHOWN: ClassVar[Shown] = {
        "entry": ("entry",),
        "before": ("before", "before_name"),
        "after": ("after", "after_name"),
        "outcome": ("outcome",),
        "why": ("reason",),
    }

    entry: E
    before: Element
    after: tuple[Element, ...]
    outcome: Outcome
    kinds: tuple[ChangeKind, ...]
    basis: Basis
    reason: str

    def carried_over(self) -> tuple[E, ...]:
        """The entry rewritten, once for each element that follows; none if it is orphaned.

        An identifier becomes the CURIE of the new element, an element the new element, and of a record everything
        but ``id`` stays. A mapping becomes ``derived``, by way of the element it was written for, since nobody
        stated it of the new one; its rationale says so. Where the wording is proved to be the same, relation and
        strength hold. Otherwise it is a lead only: ``related`` and without strength, and a mapping that said
        ``no_relationship`` is left out, since nothing is left to say.
        """
        made = (_rewritten(self.entry, each, self) for each in self.after)
        return tuple(cast("E", each) for each in made if each is not None)

    def __str__(self) -> str:
        return f"{self.outcome}: {_text(self.entry)} -> {', '.join(map(str, self.after)) or 'nothing'}"

    def __repr__(self) -> str:
        return f"<MigratedEntry {self}>"

    def columns(self) -> tuple[Column[MigratedEntry[E]], ...]:
        """Entry, outcome, identifiers and names on either side, kinds of change, basis, reason."""
        return MIGRATED_COLUMNS


MIGRATED_COLUMNS: tuple[Column[MigratedEntry[Any]], ...] = (
    Column("entry", lambda entry: _text(entry.entry), in_json=lambda entry: _kept(entry.entry)),
    Column("outcome", lambda entry: entry.outcome, groups=tuple(Outcome)),
    Column("before", lambda entry: entry.before.id),
    Column("before_name", lambda entry: entry.before.name),
    Column("after", lambda entry: tuple(element.id for element in entry.after)),
    Column("after_name", lambda entry: tuple(element.name for element in entry.after), separator="; "),
    Column("change", lambda entry: entry.kinds, separator="+"),
    Column("basis", lambda entry: entry.basis),
    Column("reason", lambda entry: entry.reason),
)


@frozen(kw_only=True, repr=False)
class Migration(Result[MigratedEntry[E], Outcome], Generic[E]):
    """Entries written for one publication, carried over to another: each of them once, in the order given.

    One with an entry that is a dictionary has no hash.
    """

    HELD: ClassVar[str] = "entries"
    LISTED: ClassVar[str] = "entries"
    GROUPED: ClassVar[bool] = True
    IN_GROUP: ClassVar[tuple[str, ...]] = ("outcome",)
    SHOWN: ClassVar[Shown] = MigratedEntry.SHOWN

    before: Publication
    after: Publication
    entries: tuple[MigratedEntry[E], ...]

    def _of_outcome(self, outcome: Outcome) -> Listing[MigratedEntry[E]]:
        return Listing(entry for entry in self.entries if entry.outcome is outcome)

    @property
    def kept(self) -> Listing[MigratedEntry[E]]:
        """What holds under the same identifier."""
        return self._of_outcome(Outcome.KEPT)

    @property
    def renamed(self) -> Listing[MigratedEntry[E]]:
        """What holds under another identifier."""
        return self._of_outcome(Outcome.RENAMED)

    @property
    def needs_review(self) -> Listing[MigratedEntry[E]]:
        """What somebody has to look at."""
        return self._of_outcome(Outcome.NEEDS_REVIEW)

    @property
    def orphaned(self) -> Listing[MigratedEntry[E]]:
        """What has no place any more, or none that is known."""
        return self._of_outcome(Outcome.ORPHANED)

    def carried_over(self) -> tuple[E, ...]:
        """The entries rewritten for the later publication (:meth:`MigratedEntry.carried_over`); orphans are left out.

        Entries of which one thing became stay two.
        """
        return tuple(new for each in self.entries for new in each.carried_over())

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {outcome}" for outcome, count in self.counts().items() if count)
        return f"{self.before.key} -> {self.after.key}: {counts or 'no entries'}"

    def __repr__(self) -> str:
        return f"<Migration {self}>"

    def columns(self) -> tuple[Column[MigratedEntry[E]], ...]:
        """Those of an entry."""
        return MIGRATED_COLUMNS

    @property
    def _name(self) -> str:
        return f"{self.before.key} → {self.after.key}"

    @property
    def _title(self) -> str:
        return f"{self.before.title} → {self.after.title}"

    def _head(self) -> Head:
        return {"before": self.before.key, "after": self.after.key}

    def _explained(self, item: MigratedEntry[E]) -> tuple[str, str]:
        return str(item), item.reason


@overload
def migrate(entries: HasElements, before: Named, after: Named, *, library: Library = DEFAULT) -> Migration[Element]: ...
@overload
def migrate(entries: Single, before: Named, after: Named, *, library: Library = DEFAULT) -> Migration[Single]: ...
@overload
def migrate(entries: Iterable[E], before: Named, after: Named, *, library: Library = DEFAULT) -> Migration[E]: ...
def migrate(
    entries: Single | Iterable[E] | HasElements, before: Named, after: Named, *, library: Library = DEFAULT
) -> Migration[Single] | Migration[E] | Migration[Element]:
    """Carry over what was written for the publication ``before`` to the publication ``after``.

    An entry is an identifier in any usual spelling, with or without its publication, an element, a mapping, or a
    record (a dictionary) with an identifier under ``id``, whose other keys are kept. A single identifier, element or
    mapping needs no list, and a publication or profile stands for its elements. A :class:`~iotbaseline.Crosswalk` is a
    collection of mappings. Of a mapping the side that belongs to ``before`` is carried over, the subject if both do;
    one without an identified object has no other side, and
    ``crosswalk.where(lambda mapping: mapping.object is not None)`` leaves such out.

    What is proved is the wording of the element itself; what stands below it can have changed. A number that is
    withdrawn is followed to where ``after`` says that it went, or else ``before``.

    Raises :class:`~iotbaseline.errors.DataErrors` for all entries that name no element of ``before``, each with its
    place in the list (the first is 0), :class:`~iotbaseline.errors.ArgumentTypeError` for what can be no entries, and
    what :func:`~iotbaseline.diff` raises.
    """
    found = diff(before, after, library=library)
    listed = _listed(entries)
    elements = _named(listed, found.before, library)
    pairings: defaultdict[str, list[Change]] = defaultdict(list)
    for change in found.pairings:
        for element in change.before:
            pairings[element.id].append(change)
    return Migration(
        before=found.before,
        after=found.after,
        entries=tuple(
            _carried(entry, element, _fate(element, found, pairings))
            for entry, element in zip(listed, elements, strict=True)
        ),
    )


def _listed(entries: Entry | Iterable[E] | HasElements) -> list[E]:
    """The entries as a list, of which a single one may stand for itself."""
    if isinstance(entries, HasElements):
        return cast("list[E]", list(entries.elements))
    if isinstance(entries, str | Element | Mapping):
        return [cast("E", entries)]
    if isinstance(entries, abc.Mapping):
        raise ArgumentTypeError("entries", "dict", "a list of records")
    return list(several(entries, "entries", "identifiers, elements, mappings or records"))


def _named(entries: Sequence[Entry], publication: Publication, library: Library) -> list[Element]:
    """The element that each entry names."""
    elements: list[Element] = []
    problems = Problems("entries")
    for number, entry in enumerate(entries):
        try:
            elements.append(_element(_identifier(entry, publication), publication, library, problems.hints))
        except (ArgumentTypeError, IdentifierSyntaxError, UnknownIdentifierError) as error:
            fix = error.fix or f"name an element of {publication.key}"
            problems.add(DataError("entries", str(number), error.problem, fix))
    problems.raise_any()
    return elements


def _identifier(entry: Entry, publication: Publication) -> object:
    match entry:
        case Element():
            return entry.id
        case Mapping():
            own = [side for side in (entry.subject, entry.object) if _is_of(side, publication.key)]
            if not own:
                problem = f"neither side of {shorten(entry)} is of {publication.key}"
                raise IdentifierSyntaxError(problem, "leave it out, or name the other publication")
            return own[0]
        case abc.Mapping():
            return entry.get("id")
        case _:
            return entry


def _is_of(identifier: str | None, key: str) -> bool:
    return identifier is not None and identifier.startswith(f"{key}:")


def _element(text: object, publication: Publication, library: Library, hints: Hints) -> Element:
    plain = identifiers.checked(text)
    key, local = identifiers.split(plain)
    found = publication.get(plain)
    if found is None and key is not None:
        with suppress(IdentifierSyntaxError, UnknownIdentifierError):
            found = publication.get(local) if library.info(key).key == publication.key else None
    if found is None:
        near = hints.nearest(local, [element.local for element in publication])
        raise UnknownIdentifierError(f"element of {publication.key}", plain, near)
    return found


def _fate(element: Element, found: Diff, pairings: dict[str, list[Change]]) -> Change:
    """What became of one element, as one change."""
    ways = list(_ways(element, found, pairings))
    leading = (way for way in ways if any(change.after for change in way))
    chosen = next(leading, [change for way in ways for change in way])
    after = {each.id: each for change in chosen for each in change.after}
    kinds = {kind for change in chosen for kind in change.kinds}
    if len(after) > 1:
        kinds.add(ChangeKind.SPLIT)
    bases = {change.basis for change in chosen}
    return Change(
        kinds=tuple(kind for kind in ChangeKind if kind in kinds),
        before=(element,),
        after=tuple(after.values()),
        basis=bases.pop() if len(bases) == 1 else Basis.DERIVED,
        evidence="; ".join(dict.fromkeys(change.evidence for change in chosen)),
    )


def _ways(element: Element, found: Diff, pairings: dict[str, list[Change]]) -> Iterator[list[Change]]:
    """What is known to have become of an element, what counts most first."""
    yield pairings.get(element.id, [])
    namesake = found.after.get(element.local)
    if namesake == element:
        yield [evolve(_led(element, found.after), kinds=(ChangeKind.UNCHANGED,), after=(element,))]
    earlier = [] if element.is_in_force else [_led(element, found.before)]
    if namesake is not None and namesake.kind == element.kind and not (namesake.is_in_force and element.is_in_force):
        yield [*(evolve(step, kinds=(), after=()) for step in earlier), _led(namesake, found.after)]
    for step in earlier:
        yield [evolve(step, after=()), *(change for each in step.after for change in pairings.get(each.id, []))]


def _led(number: Element, publication: Publication) -> Change:
    """Where a number leads by the word of its own publication: to itself, unless it is withdrawn."""
    ways = _successors(number)
    named = [identifier for identifiers in ways.values() for identifier in identifiers]
    reached = [number]
    for each in reached:
        further = (publication.get(i) for identifiers in _successors(each).values() for i in identifiers)
        reached += [found for found in further if found is not None and found not in reached]
    ends = tuple(each for each in reached if each.is_in_force)
    listed = f"lists {number.local} as withdrawn and names {', '.join(named) or 'no element'} in its place"
    return Change(
        kinds=(*(kind for kind in ways if ways[kind]), ChangeKind.CONTINUED) if ends else (ChangeKind.REMOVED,),
        before=(),
        after=ends,
        basis=Basis.DERIVED if number.is_in_force else Basis.OFFICIAL,
        evidence=f"{publication.key} {f'has {number.local} in force' if number.is_in_force else listed}",
    )


def _successors(element: Element) -> dict[ChangeKind, tuple[str, ...]]:
    """What a withdrawn element names as having taken its place, by kind of change."""
    if not isinstance(element, Withdrawable) or not element.withdrawn:
        return {}
    return {ChangeKind.MOVED: element.moved_to, ChangeKind.MERGED: element.incorporated_into}


def _carried(entry: E, element: Element, fate: Change) -> MigratedEntry[E]:
    proved = len(fate.after) == 1 and _PROVED.issuperset(fate.kinds)
    if not fate.after:
        outcome = Outcome.ORPHANED
    elif not proved:
        outcome = Outcome.NEEDS_REVIEW
    else:
        outcome = Outcome.KEPT if fate.after[0].local == element.local else Outcome.RENAMED
    told = (ChangeKind.UNCHANGED, *fate.kinds) if proved else fate.kinds
    return MigratedEntry(
        entry=entry,
        before=element,
        after=fate.after,
        outcome=outcome,
        kinds=fate.kinds,
        basis=fate.basis,
        reason=f"{', '.join(dict.fromkeys(_WORDS[kind] for kind in told))} ({fate.evidence})",
    )


def _rewritten(entry: Entry, new: Element, carried: MigratedEntry[E]) -> object:
    match entry:
        case Element():
            return new
        case Mapping():
            return _remapped(entry, carried.before.id, new.id, carried)
        case abc.Mapping():
            return {**entry, "id": new.id}
        case _:
            return new.id


def _remapped(mapping: Mapping, old: str, new: str, carried: MigratedEntry[E]) -> Mapping | None:
    if old == new:
        return mapping
    holds = carried.outcome in (Outcome.KEPT, Outcome.RENAMED)
    relation = relations.compose_path([mapping.relation] if holds else [Relation.RELATED, mapping.relation]).relation
    if relation is None:
        return None
    was = "" if relation is mapping.relation else f", of which it said {mapping.relation}"
    note = f"Carried over from {old}{was}: {carried.reason}."
    forwards = _is_of(mapping.subject, carried.before.publication)
    made = evolve(
        mapping,
        relation=relation,
        basis=Basis.DERIVED,
        justification="semapv:MappingChaining",
        rationale=f"{mapping.rationale} {note}" if mapping.rationale else note,
        strength=mapping.strength if holds else None,
        path=(old, *mapping.path) if forwards else (*mapping.path, old),
    )
    return evolve(made, subject=new) if forwards else evolve(made, object=new)


def _kept(entry: Entry) -> object:
    return dict(entry) if isinstance(entry, abc.Mapping) else _text(entry)


def _text(entry: Entry) -> str:
    match entry:
        case Element():
            return entry.id
        case abc.Mapping():
            return str(entry["id"])
        case _:
            return str(entry)
