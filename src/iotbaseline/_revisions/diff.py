"""What changed between two publications, as typed changes that state their evidence."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from attrs import evolve, frozen

from iotbaseline._display import html, markdown
from iotbaseline._display.records import Record, Tabular
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, publication_of
from iotbaseline._model.element import Element
from iotbaseline._model.provenance import Basis
from iotbaseline._model.publication import Publication
from iotbaseline._model.wording import normalize
from iotbaseline._revisions.pairing import ChangeKind, Pair, pairs
from iotbaseline.errors import NotComparableError

_QUIET = {ChangeKind.CONTINUED, ChangeKind.UNPAIRED, ChangeKind.UNCHANGED}


@frozen(kw_only=True)
class Change(Tabular):
    """What became of the elements ``before`` in the elements ``after``, and the evidence for pairing them.

    ``basis`` is that of the lineage record, or ``derived`` where the pairing was computed.
    """

    kinds: tuple[ChangeKind, ...]
    before: tuple[Element, ...]
    after: tuple[Element, ...]
    basis: Basis
    evidence: str

    def __str__(self) -> str:
        old, new = (", ".join(map(str, side)) for side in (self.before, self.after))
        if old and new:
            return f"{'+'.join(self.kinds)}: {old} -> {new}"
        return f"{'+'.join(self.kinds)}: {old or new}"

    def to_records(self) -> list[Record]:
        """One row: kinds, identifiers and names on either side, basis, evidence."""
        return [
            {
                "change": "+".join(self.kinds),
                "before": ", ".join(element.id for element in self.before),
                "before_name": "; ".join(element.name for element in self.before),
                "after": ", ".join(element.id for element in self.after),
                "after_name": "; ".join(element.name for element in self.after),
                "basis": self.basis.value,
                "evidence": self.evidence,
            }
        ]


@frozen(kw_only=True, repr=False)
class Diff(Tabular):
    """The difference between two publications.

    ``pairings`` accounts for every element of either side; iterating gives the changes alone, without what
    is unchanged or merely continued.
    """

    before: Publication
    after: Publication
    pairings: tuple[Change, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The pairings that are known to be changes."""
        return tuple(change for change in self.pairings if not _QUIET.issuperset(change.kinds))

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def of_kind(self, kind: ChangeKind) -> tuple[Change, ...]:
        """The pairings of one kind."""
        return tuple(change for change in self.pairings if kind in change.kinds)

    @property
    def added(self) -> tuple[Change, ...]:
        """What only the later publication has."""
        return self.of_kind(ChangeKind.ADDED)

    @property
    def removed(self) -> tuple[Change, ...]:
        """What only the earlier publication has."""
        return self.of_kind(ChangeKind.REMOVED)

    @property
    def split(self) -> tuple[Change, ...]:
        """What became several elements."""
        return self.of_kind(ChangeKind.SPLIT)

    @property
    def merged(self) -> tuple[Change, ...]:
        """What went into an element that also has other origins."""
        return self.of_kind(ChangeKind.MERGED)

    @property
    def moved(self) -> tuple[Change, ...]:
        """What stands under another parent."""
        return self.of_kind(ChangeKind.MOVED)

    @property
    def renumbered(self) -> tuple[Change, ...]:
        """What carries another printed label."""
        return self.of_kind(ChangeKind.RENUMBERED)

    @property
    def retitled(self) -> tuple[Change, ...]:
        """What has another printed name."""
        return self.of_kind(ChangeKind.RETITLED)

    @property
    def reworded(self) -> tuple[Change, ...]:
        """What has another wording, proved by fingerprints."""
        return self.of_kind(ChangeKind.REWORDED)

    @property
    def continued(self) -> tuple[Change, ...]:
        """What was paired without both wordings at hand."""
        return self.of_kind(ChangeKind.CONTINUED)

    @property
    def unchanged(self) -> tuple[Change, ...]:
        """What is the same on both sides."""
        return self.of_kind(ChangeKind.UNCHANGED)

    def counts(self) -> dict[ChangeKind, int]:
        """How many pairings there are of each kind, in the order of :class:`ChangeKind`."""
        counted = Counter(kind for change in self.pairings for kind in change.kinds)
        return {kind: counted[kind] for kind in ChangeKind if counted[kind]}

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
        counts = ", ".join(f"{count} {kind}" for kind, count in self.counts().items())
        return f"{self.before.key} -> {self.after.key}: {counts or 'no elements'}"

    def __repr__(self) -> str:
        return f"<Diff {self}>"

    def _grouped(self) -> dict[ChangeKind, list[Change]]:
        groups: dict[ChangeKind, list[Change]] = {kind: [] for kind in ChangeKind}
        for change in self.pairings:
            groups[change.kinds[0]].append(change)
        return {kind: changes for kind, changes in groups.items() if changes and kind is not ChangeKind.UNCHANGED}

    def to_text(self) -> str:
        """A plain text report, grouped by kind of change, each with its evidence."""
        groups = self._grouped().items()
        return markdown.text(
            str(self), [(kind, [(str(each), each.evidence) for each in found]) for kind, found in groups]
        )

    def to_markdown(self) -> str:
        """The same report as Markdown tables."""
        title = f"{self.before.key} → {self.after.key}"
        groups = [(kind, [_cells(change) for change in found]) for kind, found in self._grouped().items()]
        return markdown.markdown(title, str(self), ("before", "after", "kinds", "evidence"), groups)

    def to_json(self) -> str:
        """The difference as JSON: the two keys, the counts, and a record per pairing."""
        document = {
            "before": self.before.key,
            "after": self.after.key,
            "counts": self.counts(),
            "pairings": [
                {
                    "kinds": change.kinds,
                    "before": [element.id for element in change.before],
                    "after": [element.id for element in change.after],
                    "basis": change.basis,
                    "evidence": change.evidence,
                }
                for change in self.pairings
            ],
        }
        return json.dumps(document, indent=1, ensure_ascii=False)

    def to_records(self) -> list[Record]:
        """One row per pairing, unchanged ones included."""
        return [row for change in self.pairings for row in change.to_records()]

    def _repr_html_(self) -> str:
        shown = (
            (row["change"], row["before"], row["before_name"], row["after"], row["after_name"], row["evidence"])
            for changes in self._grouped().values()
            for change in changes
            for row in change.to_records()
        )
        badges = [f"{kind} {count}" for kind, count in self.counts().items()]
        title = f"{self.before.title} → {self.after.title}"
        body = html.table(("change", "before", "", "after", "", "evidence"), shown)
        return html.card(f"{self.before.key} → {self.after.key}", title, badges, [], body)


def diff(before: Named, after: Named, *, library: Library = DEFAULT) -> Diff:
    """Compare two publications, given or named in any usual spelling (``ir8259``, ``sp800-53r4``, ``ir8259@2025-09``).

    Raises :class:`~iotbaseline.errors.NotComparableError` if they have no kind of element in common, and
    :class:`~iotbaseline.errors.DataError` for a lineage record that names no or an unknown element.
    """
    old, new = publication_of(library, before, "before"), publication_of(library, after, "after")
    shared = {element.kind for element in old} & {element.kind for element in new}
    if not shared:
        held = f"{old.key} has {len(old)} elements and {new.key} has {len(new)}"
        raise NotComparableError(f"{held}, none of one kind", "compare revisions of a work or publications alike")
    return Diff(before=old, after=new, pairings=tuple(_changes(old, new, pairs(old, new, library))))


def _changes(old: Publication, new: Publication, found: list[Pair]) -> Iterator[Change]:
    left, right = ({element.id: element for element in publication} for publication in (old, new))
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for pair in found:
        for identifier in pair.before:
            partners[identifier].update(pair.after)
    order = {identifier: number for number, identifier in enumerate((*left, *right))}
    for pair in sorted(found, key=lambda pair: order[(pair.before + pair.after)[0]]):
        olds, news = tuple(left[i] for i in pair.before), tuple(right[i] for i in pair.after)
        kinds = _kinds(olds, news, pair.kind, partners)
        yield Change(kinds=kinds, before=olds, after=news, basis=pair.basis, evidence=pair.evidence)


def _kinds(
    olds: tuple[Element, ...], news: tuple[Element, ...], stated: ChangeKind | None, partners: dict[str, set[str]]
) -> tuple[ChangeKind, ...]:
    kinds: set[ChangeKind] = set() if stated is None else {stated}
    match olds, news:
        case [old], [new] if stated is not ChangeKind.SPLIT and stated is not ChangeKind.MERGED:
            found = _differences(old, new, partners)
            kinds |= found - {ChangeKind.UNCHANGED} if kinds else found
        case _:
            kinds |= {ChangeKind.MERGED} if len(olds) > 1 else set()
            kinds |= {ChangeKind.SPLIT} if len(news) > 1 else set()
    return tuple(kind for kind in ChangeKind if kind in kinds)


def _differences(old: Element, new: Element, partners: dict[str, set[str]]) -> set[ChangeKind]:
    if old == new:
        return {ChangeKind.UNCHANGED}
    kinds: set[ChangeKind] = set()
    if (old.parent is None) != (new.parent is None) or (old.parent and new.parent not in partners[old.parent]):
        kinds.add(ChangeKind.MOVED)
    if old.label and new.label and old.label != new.label:
        kinds.add(ChangeKind.RENUMBERED)
    if old.title and new.title and normalize(old.title) != normalize(new.title):
        kinds.add(ChangeKind.RETITLED)
    if old.fingerprint is None or new.fingerprint is None:
        kinds.add(ChangeKind.CONTINUED)
    elif old.fingerprint != new.fingerprint:
        kinds.add(ChangeKind.REWORDED)
    return kinds or {ChangeKind.UNCHANGED}


def _cells(change: Change) -> tuple[str, ...]:
    sides = (markdown.named(change.before), markdown.named(change.after))
    return (*sides, ", ".join(change.kinds), markdown.plain(change.evidence))
