"""Identifiers, mappings and lists written for one revision of a publication, carried over to another."""

from __future__ import annotations

import json
from collections import Counter, abc, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar, cast

from attrs import evolve, frozen

from iotbaseline import relations
from iotbaseline._display import html, markdown
from iotbaseline._display.records import Record, Tabular
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import Control, Subcategory, in_force
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Basis
from iotbaseline._model.publication import Publication
from iotbaseline._revisions.diff import Change, Diff, diff
from iotbaseline._revisions.pairing import ChangeKind
from iotbaseline.errors import DataError, DataErrors, IdentifierSyntaxError, UnknownIdentifierError, shorten
from iotbaseline.relations import Relation

Entry: TypeAlias = str | Element | Mapping | abc.Mapping[str, object]
"""What can be carried over: an identifier, an element, a mapping, or a record with an identifier under ``id``."""

E = TypeVar("E", str, Element, Mapping, dict[str, str], Record, abc.Mapping[str, object], Entry)


class Outcome(StrEnum):
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
class MigratedEntry(Tabular, Generic[E]):
    """What became of one entry: the element ``before`` that it names, and the elements ``after`` that follow it.

    ``kinds`` are the changes between them and ``basis`` is that of their pairing, both as in a
    :class:`~iotbaseline.Change`; ``reason`` says in words what they and their evidence are.
    """

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

    def to_records(self) -> list[Record]:
        """One row: entry, outcome, identifiers and names on either side, kinds of change, basis, reason."""
        return [
            {
                "entry": _text(self.entry),
                "outcome": self.outcome.value,
                "before": self.before.id,
                "before_name": self.before.name,
                "after": ", ".join(element.id for element in self.after),
                "after_name": "; ".join(element.name for element in self.after),
                "change": "+".join(self.kinds),
                "basis": self.basis.value,
                "reason": self.reason,
            }
        ]


@frozen(kw_only=True, repr=False)
class Migration(Tabular, Generic[E]):
    """Entries written for one publication, carried over to another: each of them once, in the order given."""

    before: Publication
    after: Publication
    entries: tuple[MigratedEntry[E], ...]

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[MigratedEntry[E]]:
        return iter(self.entries)

    def of_outcome(self, outcome: Outcome) -> tuple[MigratedEntry[E], ...]:
        """The entries of one outcome."""
        return tuple(each for each in self.entries if each.outcome is outcome)

    @property
    def kept(self) -> tuple[MigratedEntry[E], ...]:
        """What holds under the same identifier."""
        return self.of_outcome(Outcome.KEPT)

    @property
    def renamed(self) -> tuple[MigratedEntry[E], ...]:
        """What holds under another identifier."""
        return self.of_outcome(Outcome.RENAMED)

    @property
    def needs_review(self) -> tuple[MigratedEntry[E], ...]:
        """What somebody has to look at."""
        return self.of_outcome(Outcome.NEEDS_REVIEW)

    @property
    def orphaned(self) -> tuple[MigratedEntry[E], ...]:
        """What has no place any more, or none that is known."""
        return self.of_outcome(Outcome.ORPHANED)

    def counts(self) -> dict[Outcome, int]:
        """How many entries there are of each outcome, in the order of :class:`Outcome`."""
        counted = Counter(each.outcome for each in self.entries)
        return {outcome: counted[outcome] for outcome in Outcome if counted[outcome]}

    def carried_over(self) -> tuple[E, ...]:
        """The entries rewritten for the later publication by :meth:`MigratedEntry.carried_over`; orphans are left out.

        Entries of which one thing became stay two.
        """
        return tuple(new for each in self.entries for new in each.carried_over())

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {outcome}" for outcome, count in self.counts().items())
        return f"{self.before.key} -> {self.after.key}: {counts or 'no entries'}"

    def __repr__(self) -> str:
        return f"<Migration {self}>"

    def _grouped(self) -> dict[Outcome, tuple[MigratedEntry[E], ...]]:
        return {outcome: self.of_outcome(outcome) for outcome in self.counts()}

    def to_text(self) -> str:
        """A plain text report, grouped by outcome, each entry with the reason."""
        groups = self._grouped().items()
        return markdown.text(
            str(self), [(name, [(str(each), each.reason) for each in found]) for name, found in groups]
        )

    def to_markdown(self) -> str:
        """The same report as Markdown tables."""
        title = f"{self.before.key} → {self.after.key}"
        groups = [(outcome, [_cells(each) for each in found]) for outcome, found in self._grouped().items()]
        return markdown.markdown(title, str(self), ("entry", "before", "after", "why"), groups)

    def to_json(self) -> str:
        """The result as JSON: the two keys, the counts, and for each entry what became of it; records as given."""
        document = {
            "before": self.before.key,
            "after": self.after.key,
            "counts": self.counts(),
            "entries": [
                {
                    "entry": _kept(each.entry),
                    "outcome": each.outcome,
                    "before": each.before.id,
                    "after": [element.id for element in each.after],
                    "kinds": each.kinds,
                    "basis": each.basis,
                    "reason": each.reason,
                }
                for each in self.entries
            ],
        }
        return json.dumps(document, indent=1, ensure_ascii=False, default=str)

    def to_records(self) -> list[Record]:
        """One row per entry."""
        return [row for each in self.entries for row in each.to_records()]

    def _repr_html_(self) -> str:
        columns = ("entry", "outcome", "before_name", "after", "after_name", "reason")
        shown = ([row[column] for column in columns] for row in self.to_records())
        badges = [f"{outcome} {count}" for outcome, count in self.counts().items()]
        body = html.table(("entry", "outcome", "", "after", "", "why"), shown)
        title = f"{self.before.title} → {self.after.title}"
        return html.card(f"{self.before.key} → {self.after.key}", title, badges, [], body)


def migrate(
    entries: Iterable[E], before: str | Publication, after: str | Publication, *, library: Library = DEFAULT
) -> Migration[E]:
    """Carry over what was written for the publication ``before`` to the publication ``after``.

    An entry is an identifier in any usual spelling, with or without its publication, an element, a mapping, or a
    record (a dictionary) with an identifier under ``id``, whose other keys are kept. A
    :class:`~iotbaseline.Crosswalk` is a collection of mappings. Of a mapping the side that belongs to ``before`` is
    carried over, the subject if both do; one without an identified object has no other side, and
    ``crosswalk.where(lambda mapping: mapping.object is not None)`` leaves such out.

    What is proved is the wording of the element itself; what stands below it can have changed. A number that is
    withdrawn is followed to where ``after`` says that it went, or else ``before``.

    Raises :class:`~iotbaseline.errors.DataErrors` for all entries that name no element of ``before``, each with its
    place in the list (the first is 0), and what :func:`~iotbaseline.diff` raises.
    """
    found = diff(before, after, library=library)
    listed = list(entries)
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


def _named(entries: Sequence[Entry], publication: Publication, library: Library) -> list[Element]:
    """The element that each entry names."""
    found: list[Element] = []
    problems: list[DataError] = []
    for number, entry in enumerate(entries):
        try:
            found.append(_element(_identifier(entry, publication), publication, library))
        except (IdentifierSyntaxError, UnknownIdentifierError) as error:
            problem, _, fix = str(error).partition("; ")
            fix = fix or f"name an element of {publication.key}"
            problems.append(DataError("entries", str(number), problem, fix))
    if problems:
        raise DataErrors(problems)
    return found


def _identifier(entry: Entry, publication: Publication) -> object:
    match entry:
        case Element():
            return entry.id
        case Mapping():
            own = [side for side in (entry.subject, entry.object) if _is_of(side, publication.key)]
            if not own:
                problem = f"neither side of {shorten(entry)} is of {publication.key}"
                raise IdentifierSyntaxError(f"{problem}; leave it out, or name the other publication")
            return own[0]
        case abc.Mapping():
            return entry.get("id")
        case _:
            return entry


def _is_of(identifier: str | None, key: str) -> bool:
    return identifier is not None and identifier.startswith(f"{key}:")


def _element(text: object, publication: Publication, library: Library) -> Element:
    plain = identifiers.checked(text)
    key, local = identifiers.split(plain)
    found = publication.get(plain)
    if found is None and key is not None:
        with suppress(IdentifierSyntaxError, UnknownIdentifierError):
            found = publication.get(local) if library.info(key).key == publication.key else None
    if found is None:
        near = identifiers.nearest(local, (element.local for element in publication))
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
    earlier = [] if in_force(element) else [_led(element, found.before)]
    if namesake is not None and namesake.kind == element.kind and not (in_force(namesake) and in_force(element)):
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
    ends = tuple(each for each in reached if in_force(each))
    listed = f"lists {number.local} as withdrawn and names {', '.join(named) or 'no element'} in its place"
    return Change(
        kinds=(*(kind for kind in ways if ways[kind]), ChangeKind.CONTINUED) if ends else (ChangeKind.REMOVED,),
        before=(),
        after=ends,
        basis=Basis.DERIVED if in_force(number) else Basis.OFFICIAL,
        evidence=f"{publication.key} {f'has {number.local} in force' if in_force(number) else listed}",
    )


def _successors(element: Element) -> dict[ChangeKind, tuple[str, ...]]:
    """What a withdrawn element names as having taken its place, by kind of change."""
    if not isinstance(element, Control | Subcategory) or not element.withdrawn:
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


def _cells(carried: MigratedEntry[E]) -> tuple[str, ...]:
    before, after = markdown.named((carried.before,)), markdown.named(carried.after)
    return markdown.plain(_text(carried.entry)), before, after, markdown.plain(carried.reason)


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
