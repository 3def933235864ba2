"""What became of entries that were written for one revision of a publication, and the entries rewritten."""

from __future__ import annotations

from collections import Counter, abc
from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar, cast

from attrs import evolve, frozen

from iotbaseline._display import html
from iotbaseline._display.records import Column, Record
from iotbaseline._display.results import Head, Item, Listing, Result, Shown
from iotbaseline._model.element import Element
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Basis
from iotbaseline._model.publication import Publication
from iotbaseline._model.ranked import Ranked
from iotbaseline._revisions.pairing import ChangeKind
from iotbaseline._revisions.rules import told
from iotbaseline.errors import printable
from iotbaseline.relations import Relation

Entry: TypeAlias = str | Element | Mapping | abc.Mapping[str, object]
"""What can be carried over: an identifier, an element, a mapping, or a record with an identifier under ``id``."""

E = TypeVar("E", str, Element, Mapping, dict[str, str], Record, abc.Mapping[str, object], Entry)


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
    NOT_UNDERSTOOD = "not-understood"
    """The entry names no element of the earlier publication; its reason suggests one."""


class Grade(Ranked):
    """What became of an entry, by how urgently it needs attention: the most urgent first."""

    NOT_UNDERSTOOD = "not understood"
    WITHDRAWN = "withdrawn"
    """The later publication dropped it and names nothing in its place."""
    UNKNOWN = "unknown"
    """Nothing is known to follow it."""
    SPLIT = "split"
    MERGED = "merged"
    """It went into an element that has other origins too."""
    SUBSTANTIVE = "substantive"
    """More than the style of the wording changed, by a comparison that its evidence names."""
    CHANGED = "changed"
    """Its wording, title or label changed or cannot be compared, and nobody has graded that."""
    MOVED = "moved"
    EDITORIAL = "editorial"
    """The same wording but for what the evidence names, such as a leading actor."""
    SAME = "same"
    """The wording is proved to be the same."""


@frozen(kw_only=True, repr=False)
class MigratedEntry(Item, Generic[E]):
    """What became of one entry: the element ``before`` that it names, and the elements ``after`` that follow it.

    ``before`` is ``None`` if the entry is not understood. ``grade`` says how urgent it is.
    ``kinds`` are the changes between them and ``basis`` is that of their pairing, both as in a
    :class:`~iotbaseline.Change`; ``reason`` says in words what they and their evidence are. One whose entry is a
    dictionary has no hash.
    """

    SHOWN: ClassVar[Shown] = {
        "entry": ("entry",),
        "before": ("before", "before_name"),
        "after": ("after", "after_name"),
        "outcome": ("outcome",),
        "grade": ("grade",),
        "why": ("reason",),
    }

    entry: E
    before: Element | None
    after: tuple[Element, ...]
    outcome: Outcome
    grade: Grade
    kinds: tuple[ChangeKind, ...]
    basis: Basis
    reason: str

    def carried_over(self) -> tuple[E, ...]:
        """The entry rewritten, once for each element that follows; none if it is orphaned.

        An identifier becomes the CURIE of the new element, an element the new element, and of a record everything
        but ``id`` stays. A mapping becomes ``derived``, by way of the element it was written for, since nobody
        stated it of the new one; its rationale says so. Where the wording is proved to be the same, relation and
        strength hold. Otherwise it becomes ``related``, without strength; a mapping that said ``no_relationship``
        is left out, since nothing would be left of it.
        """
        made = (_rewritten(self.entry, each, self) for each in self.after)
        return tuple(cast("E", each) for each in made if each is not None)

    def __str__(self) -> str:
        return f"{self.outcome}: {printable(_text(self.entry))} -> {', '.join(map(str, self.after)) or 'nothing'}"

    def __repr__(self) -> str:
        return f"<MigratedEntry {self}>"

    def columns(self) -> tuple[Column[MigratedEntry[E]], ...]:
        """Entry, outcome, identifiers and names on either side, kinds of change, basis, reason."""
        return MIGRATED_COLUMNS


MIGRATED_COLUMNS: tuple[Column[MigratedEntry[Any]], ...] = (
    Column("entry", lambda entry: _text(entry.entry), in_json=lambda entry: _kept(entry.entry)),
    Column("outcome", lambda entry: entry.outcome, groups=tuple(Outcome)),
    Column("grade", lambda entry: entry.grade),
    Column("before", lambda entry: None if entry.before is None else entry.before.id),
    Column("before_name", lambda entry: None if entry.before is None else entry.before.name),
    Column("after", lambda entry: tuple(element.id for element in entry.after)),
    Column("after_name", lambda entry: tuple(element.name for element in entry.after), separator="; "),
    Column("change", lambda entry: entry.kinds, separator="+"),
    Column("basis", lambda entry: entry.basis),
    Column("reason", lambda entry: entry.reason),
)


@frozen(kw_only=True, repr=False)
class Migration(Result[MigratedEntry[E], Outcome], Generic[E]):
    """What became of the entries written for one publication in another: each entry once, in the order given.

    A migration with an entry that is a dictionary has no hash.
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

    @property
    def not_understood(self) -> Listing[MigratedEntry[E]]:
        """What names no element of the earlier publication."""
        return self._of_outcome(Outcome.NOT_UNDERSTOOD)

    def by_urgency(self) -> Migration[E]:
        """The same entries, those first that need somebody's attention most; entries of one grade keep their order."""
        return evolve(self, entries=tuple(sorted(self.entries, key=_urgency)))

    def grades(self) -> dict[Grade, int]:
        """How many entries there are of each grade, the most urgent first."""
        counted = Counter(entry.grade for entry in self.entries)
        return {grade: counted[grade] for grade in Grade}

    def carried_over(self) -> tuple[E, ...]:
        """The entries rewritten for the later publication (:meth:`MigratedEntry.carried_over`).

        Orphans and what is not understood are left out.

        Two entries that become the same stay two.
        """
        return tuple(new for each in self.entries for new in each.carried_over())

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {outcome}" for outcome, count in self.counts().items() if count)
        grades = ", ".join(f"{count} {grade}" for grade, count in self.grades().items() if count)
        return f"{self.before.key} -> {self.after.key}: {f'{counts} ({grades})' if counts else 'no entries'}"

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
        return {"before": self.before.key, "after": self.after.key, **({"rules": self.rules} if self.rules else {})}

    def _groups(self) -> list[tuple[str, Sequence[MigratedEntry[E]]]]:
        """The most urgent outcomes and entries first."""
        groups = super(Migration, self.by_urgency())._groups()
        return groups[::-1]

    @property
    def rules(self) -> tuple[str, ...]:
        """What the rules say that reasons name; reports have them at their end."""
        return tuple(told([entry.reason for entry in self.entries]))

    def to_text(self) -> str:
        """A report in plain text."""
        return "\n\n".join((super().to_text(), *self.rules))

    def to_markdown(self) -> str:
        """A report in Markdown."""
        return "\n".join((super().to_markdown(), *(f"{rule}\n" for rule in self.rules)))

    def _body(self) -> str:
        return "".join((super()._body(), *map(html.note, self.rules)))

    def _explained(self, item: MigratedEntry[E]) -> tuple[str, str]:
        return str(item), f"{item.grade}: {item.reason}"


def _urgency(entry: MigratedEntry[Any]) -> int:
    return entry.grade.rank


def is_of(identifier: str | None, key: str) -> bool:
    return identifier is not None and identifier.startswith(f"{key}:")


def _rewritten(entry: Entry, new: Element, carried: MigratedEntry[E]) -> object:
    match entry:
        case Element():
            return new
        case Mapping():
            return _remapped(entry, carried, new.id)
        case abc.Mapping():
            return {**entry, "id": new.id}
        case _:
            return new.id


def _remapped(mapping: Mapping, carried: MigratedEntry[E], new: str) -> Mapping | None:
    if carried.before is None or carried.before.id == new:
        return mapping
    old = carried.before.id
    holds = carried.outcome in (Outcome.KEPT, Outcome.RENAMED)
    if mapping.relation is Relation.NO_RELATIONSHIP and not holds:
        return None
    relation = mapping.relation if holds else Relation.RELATED
    was = "" if relation is mapping.relation else f", of which it said {mapping.relation}"
    note = " ".join((f"Carried over from {old}{was}: {carried.reason}.", *told([carried.reason])))
    forwards = is_of(mapping.subject, carried.before.publication)
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
