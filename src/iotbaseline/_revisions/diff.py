"""What changed between two publications, as typed changes that state their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from typing import ClassVar

from attrs import evolve, frozen

from iotbaseline._display.plots import Flow, Plot, flows
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Item, Listing, Result, Shown
from iotbaseline._library import garbage
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, publication_of
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline._model.fingerprints import normalize
from iotbaseline._model.lineage import WordingGrade
from iotbaseline._model.provenance import Basis
from iotbaseline._model.publication import Publication
from iotbaseline._revisions.pairing import ChangeKind, Pair, in_order, pairs
from iotbaseline.errors import NotComparableError, counted

_QUIET = {ChangeKind.CONTINUED, ChangeKind.UNPAIRED, ChangeKind.UNCHANGED}


@frozen(kw_only=True)
class Change(Item):
    """Which elements ``after`` the elements ``before`` became, and the evidence for pairing them.

    ``basis`` is the basis of the lineage record, or ``derived`` if the pairing was computed.
    """

    SHOWN: ClassVar[Shown] = {
        "before": ("before", "before_name"),
        "after": ("after", "after_name"),
        "kinds": ("change",),
        "evidence": ("evidence",),
    }

    kinds: tuple[ChangeKind, ...]
    before: tuple[Element, ...]
    after: tuple[Element, ...]
    basis: Basis
    evidence: str
    grade: WordingGrade | None = None

    def __str__(self) -> str:
        old, new = (", ".join(map(str, side)) for side in (self.before, self.after))
        if old and new:
            return f"{'+'.join(self.kinds)}: {old} -> {new}"
        return f"{'+'.join(self.kinds)}: {old or new}"

    def columns(self) -> tuple[Column[Change], ...]:
        """Kinds, identifiers and names on both sides, basis, evidence."""
        return _COLUMNS


_COLUMNS: tuple[Column[Change], ...] = (
    Column("change", lambda change: change.kinds, separator="+", groups=tuple(ChangeKind)),
    Column("before", lambda change: tuple(element.id for element in change.before)),
    Column("before_name", lambda change: tuple(element.name for element in change.before), separator="; "),
    Column("after", lambda change: tuple(element.id for element in change.after)),
    Column("after_name", lambda change: tuple(element.name for element in change.after), separator="; "),
    Column("basis", lambda change: change.basis),
    Column("evidence", lambda change: change.evidence),
    Column("grade", lambda change: change.grade),
)


@frozen(kw_only=True, repr=False)
class Diff(Result[Change, ChangeKind]):
    """The difference between two publications.

    Its ``pairings`` account for every element of both sides. ``changes`` leaves out those that are unchanged, merely
    continued or unpaired. ``is_backwards`` says that ``after`` is the earlier text.
    """

    HELD: ClassVar[str] = "pairings"
    LISTED: ClassVar[str] = "pairings"
    GROUPED: ClassVar[bool] = True
    SHOWN: ClassVar[Shown] = Change.SHOWN

    before: Publication
    after: Publication
    pairings: tuple[Change, ...]
    is_backwards: bool = False

    @property
    def notice(self) -> str | None:
        """Says which text is the earlier one where the difference is read backwards; else ``None``."""
        if not self.is_backwards:
            return None
        return f"{self.after.key} comes before {self.before.key}; reasons are written from the earlier to the later one"

    @property
    def _caution(self) -> str | None:
        return self.notice

    @property
    def changes(self) -> Listing[Change]:
        """The pairings that are known to be changes."""
        return Listing(change for change in self.pairings if not _QUIET.issuperset(change.kinds))

    def _of_kind(self, kind: ChangeKind) -> Listing[Change]:
        return Listing(change for change in self.pairings if kind in change.kinds)

    @property
    def added(self) -> Listing[Change]:
        """What only the later publication has."""
        return self._of_kind(ChangeKind.ADDED)

    @property
    def removed(self) -> Listing[Change]:
        """What only the earlier publication has."""
        return self._of_kind(ChangeKind.REMOVED)

    @property
    def split(self) -> Listing[Change]:
        """What became several elements."""
        return self._of_kind(ChangeKind.SPLIT)

    @property
    def merged(self) -> Listing[Change]:
        """What went into an element that also has other origins."""
        return self._of_kind(ChangeKind.MERGED)

    @property
    def moved(self) -> Listing[Change]:
        """What has another parent."""
        return self._of_kind(ChangeKind.MOVED)

    @property
    def renumbered(self) -> Listing[Change]:
        """What has another printed label."""
        return self._of_kind(ChangeKind.RENUMBERED)

    @property
    def retitled(self) -> Listing[Change]:
        """What has another printed name."""
        return self._of_kind(ChangeKind.RETITLED)

    @property
    def reworded(self) -> Listing[Change]:
        """What has another wording, proved by fingerprints."""
        return self._of_kind(ChangeKind.REWORDED)

    @property
    def continued(self) -> Listing[Change]:
        """What was paired without both wordings at hand."""
        return self._of_kind(ChangeKind.CONTINUED)

    @property
    def unchanged(self) -> Listing[Change]:
        """What is the same on both sides."""
        return self._of_kind(ChangeKind.UNCHANGED)

    def apply(self, publication: Publication) -> Publication:
        """Return the later publication, given the earlier one.

        Raises :class:`~iotbaseline.errors.NotComparableError` if ``publication`` is not the one that the
        difference was made from.
        """
        if publication != self.before:
            raise NotComparableError(f"this difference was made from {self.before.key}", "apply it to that publication")
        paired = {element.id: element for change in self.pairings for element in change.after}
        return evolve(self.after, elements=tuple(paired[e.id] if e.is_in_force else e for e in self.after))

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {kind}" for kind, count in self.counts().items() if count)
        return f"{self.before.key} -> {self.after.key}: {counts or 'no elements'}"

    def __repr__(self) -> str:
        return f"<Diff {self}>"

    def columns(self) -> tuple[Column[Change], ...]:
        """The columns of a change."""
        return _COLUMNS

    @property
    def _name(self) -> str:
        return f"{self.before.key} → {self.after.key}"

    @property
    def _title(self) -> str:
        return f"{self.before.title} → {self.after.title}"

    def _head(self) -> Head:
        return {"before": self.before.key, "after": self.after.key}

    def plot(self) -> Plot:
        """What became of each element that stands alone or on top, as a flow from one publication to the other.

        Raises :class:`~iotbaseline.errors.MissingExtraError` if matplotlib is not installed.
        """
        before, after = self.before, self.after
        found = [*_flows(self)]
        shown = {name for old, new, _ in found for name in (old, new)}
        names = ([name for each in side if (name := _named(each)) in shown] for side in (before, after))
        return flows(str(self), (before.key, after.key), (next(names), next(names)), found)

    def _groups(self) -> list[tuple[str, Sequence[Change]]]:
        return [(kind, changes) for kind, changes in super()._groups() if kind != ChangeKind.UNCHANGED]

    def _explained(self, item: Change) -> tuple[str, str]:
        return str(item), item.evidence


def _flows(found: Diff) -> Iterator[Flow]:
    """The changes of the elements that stand on top."""
    for change in found:
        word = str(change.kinds[0])
        olds, news = ([_named(each) for each in side if each.parent is None] for side in (change.before, change.after))
        for old, new in product(olds or (None,), news or (None,)):
            if old or new:
                yield old, new, word


def _named(element: Element) -> str:
    return f"{element.local} {element.title or ''}".strip()


@arguments.checked
@garbage.put_off()
def diff(before: Named, after: Named, *, library: Library = DEFAULT) -> Diff:
    """Compare two publications, given or named in any usual spelling (``ir8259``, ``sp800-53r4``, ``ir8259@2025-09``).

    Raises :class:`~iotbaseline.errors.NotComparableError` if no element of one is held or they have no kind in common,
    and :class:`~iotbaseline.errors.DataError` if a lineage record names no element, or an unknown one.

    >>> print(ib.diff("ir8259b.ipd", "ir8259b"))
    ir8259b.ipd -> ir8259b: 4 continued, 93 unpaired
    >>> [change.after[0].local for change in ib.diff("ir8259", "ir8259r1").added]
    ['term.securable-iot-product', 'activity-0', 'activity-6']
    """
    old, new = publication_of(library, before, "before"), publication_of(library, after, "after")
    empty = [publication.key for publication in (old, new) if not publication.elements]
    if empty:
        fix = "compare publications whose elements are held"
        raise NotComparableError(f"no element of {' or '.join(empty)} is held, only its registry entry", fix)
    shared = {element.kind for element in old} & {element.kind for element in new}
    if not shared:
        held = f"{old.key} has {counted(len(old), 'element')} and {new.key} has {len(new)}"
        raise NotComparableError(
            f"{held}, with no kind in common", "compare revisions of a work, or publications with the same kinds"
        )
    changes = tuple(_changes(old, new, pairs(old, new, library)))
    return Diff(before=old, after=new, pairings=changes, is_backwards=_comes_before(new.key, old.key, library))


def _comes_before(one: str, other: str, library: Library) -> bool:
    """Whether a publication is known to be an earlier text than another: by lineage, or as a revision of one work."""
    if (one, other) in library.lineage_pairs():
        return True
    stages = [info.key for info in library.revisions(one)] if library.knows(one) else []
    return one in stages and other in stages and stages.index(one) < stages.index(other)


def _changes(old: Publication, new: Publication, paired: list[Pair]) -> Iterator[Change]:
    left, right = ({element.id: element for element in publication} for publication in (old, new))
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for pair in paired:
        for identifier in pair.before:
            partners[identifier].update(pair.after)
    order = {identifier: number for number, identifier in enumerate((*left, *right))}
    for pair in sorted(paired, key=lambda pair: order[(pair.before + pair.after)[0]]):
        olds, news = tuple(left[i] for i in pair.before), tuple(right[i] for i in pair.after)
        kinds = _kinds(olds, news, pair.kind, partners)
        yield Change(kinds=kinds, before=olds, after=news, basis=pair.basis, evidence=pair.evidence, grade=pair.grade)


def _kinds(
    olds: tuple[Element, ...], news: tuple[Element, ...], stated: ChangeKind | None, partners: dict[str, set[str]]
) -> tuple[ChangeKind, ...]:
    kinds: set[ChangeKind] = set() if stated is None else {stated}
    match olds, news:
        case [old], [new] if stated is not ChangeKind.SPLIT and stated is not ChangeKind.MERGED:
            differences = _differences(old, new, partners)
            kinds |= differences - {ChangeKind.UNCHANGED} if kinds else differences
        case _:
            kinds |= {ChangeKind.MERGED} if len(olds) > 1 else set()
            kinds |= {ChangeKind.SPLIT} if len(news) > 1 else set()
    return in_order(kinds)


def _differences(old: Element, new: Element, partners: dict[str, set[str]]) -> set[ChangeKind]:
    if old == new:
        return {ChangeKind.UNCHANGED}
    kinds: set[ChangeKind] = set()
    if (old.parent is None) != (new.parent is None) or (old.parent and new.parent not in partners[old.parent]):
        kinds.add(ChangeKind.MOVED)
    if old.label and new.label and old.label != new.label:
        kinds.add(ChangeKind.RENUMBERED)
    if old.title and new.title and old.title != new.title and normalize(old.title) != normalize(new.title):
        kinds.add(ChangeKind.RETITLED)
    before, after = old.fingerprint, new.fingerprint
    if before is None or after is None:
        kinds.add(ChangeKind.CONTINUED)
    elif before != after:
        kinds.add(ChangeKind.REWORDED)
    return kinds or {ChangeKind.UNCHANGED}
