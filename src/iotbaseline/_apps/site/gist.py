"""What a revision did, in a few lines: what came, what went, what became of the rest, and where most changed.

Each element is counted once, however many kinds of change it went through, and what asks for something is told before
what only explains.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import words
from iotbaseline._apps.site.flow import parts
from iotbaseline._apps.site.held import Held
from iotbaseline._model.element import Asks
from iotbaseline._model.provenance import Fidelity
from iotbaseline._revisions.pairing import ChangeKind

_MOST_AREAS = 3
_LEAST = 3
"""How many changes the first area has to have for areas to be told."""
_MOST_KINDS = 4
_FEW = 6
_PLACES = frozenset({ChangeKind.MOVED, ChangeKind.RENUMBERED, ChangeKind.RETITLED})
OUTCOMES: dict[str, frozenset[ChangeKind]] = {
    "new": frozenset({ChangeKind.ADDED}),
    "gone": frozenset({ChangeKind.REMOVED}),
    "divided": frozenset({ChangeKind.SPLIT, ChangeKind.MERGED}),
    "reworded": frozenset({ChangeKind.REWORDED}),
    "continued": frozenset({ChangeKind.CONTINUED}),
    "placed": _PLACES,
    "unpaired": frozenset({ChangeKind.UNPAIRED}),
    "same": frozenset({ChangeKind.UNCHANGED}),
}
"""What can become of an element, and the kinds of change that make it so; of several that hold, the first counts."""
_STAYED = {
    "same": "{} the same as before",
    "reworded": "{} reworded",
    "placed": "{} only moved, renumbered or retitled",
    "divided": "{} split or merged",
    "continued": "{} with a wording that cannot be compared",
}
"""What became of elements that have a counterpart, and how it is said."""
_CHANGED = frozenset({"new", "gone", "divided", "reworded", "placed"})


@frozen
class Fate:
    """What became of an element, and whether it is in another place, or has another number or title, besides."""

    element: ib.Element
    outcome: str
    is_elsewhere: bool

    @property
    def asks(self) -> bool:
        """Whether the element is of a kind that asks for something."""
        return self.element.traits.asks is not Asks.NEVER


@frozen
class Piece:
    """A piece of a line; ``chosen`` is what the list of changes is filtered by to see what the piece tells."""

    text: str
    chosen: str | None = None


def fates(difference: ib.Diff) -> list[Fate]:
    """What became of each element: as it was before, or as it is now if nothing was paired with it."""
    found: dict[str, Fate] = {}
    for change in difference:
        outcome = next(name for name, kinds in OUTCOMES.items() if not kinds.isdisjoint(change.kinds))
        for element in change.before or change.after:
            found.setdefault(element.id, Fate(element, outcome, not _PLACES.isdisjoint(change.kinds)))
    return list(found.values())


def gist(held: Held, difference: ib.Diff) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """The lines, each with the words that it begins with."""
    found = fates(difference)
    unpaired = [fate for fate in found if fate.outcome == "unpaired"]
    for name, kind in (("new", ChangeKind.ADDED), ("gone", ChangeKind.REMOVED)):
        some = [fate for fate in found if fate.outcome == name]
        if some or not unpaired:
            yield name.capitalize(), tuple(_listed(held, some, kind))
    stayed = [fate for fate in found if fate.outcome in _STAYED]
    for some in _by_asking(stayed)[:1]:
        yield "Stayed", (Piece(f"{words.listed(text for text, _ in _counted(some))}: {words.listed(_told(some))}."),)
    yield from _areas(held, difference, found)
    if unpaired:
        remark = Piece(" They are on one side only; nothing says that they came or went.")
        yield "Not paired", (*_listed(held, unpaired, ChangeKind.UNPAIRED), remark)
    for publication in (difference.before, difference.after):
        if publication.fidelity is not Fidelity.FULL and publication.info.missing:
            yield f"Of {held.short[publication.key]} only a part is held", (Piece(publication.info.missing),)


def _by_asking(found: list[Fate]) -> list[list[Fate]]:
    """What asks for something, then what does not; a part without elements is left out."""
    return [some for some in ([fate for fate in found if fate.asks is asks] for asks in (True, False)) if some]


def _listed(held: Held, found: list[Fate], change: ChangeKind) -> Iterator[Piece]:
    """How many elements of which kinds, those that ask for something first, and by name if they are few."""
    for number, some in enumerate(_by_asking(found)):
        counted = _counted(some)
        between = ["; besides " if number else "", *[", "] * (len(counted) - 2), " and "]
        for before, (text, kind) in zip(between, counted, strict=False):
            yield Piece(before)
            yield Piece(text, kind and f"kind={change}&of={kind}")
        if some[0].asks and len(some) <= _FEW:
            yield Piece(f" ({', '.join(held.ref(fate.element.id).label for fate in some)})")
    yield Piece("." if found else "nothing.")


def _counted(found: Iterable[Fate]) -> list[tuple[str, str | None]]:
    """How many elements of each kind, the most first, each with the kind; the rarest together."""
    counts = Counter(fate.element.kind for fate in found).most_common()
    shown, rest = counts[:_MOST_KINDS], counts[_MOST_KINDS:]
    said: list[tuple[str, str | None]] = [(words.plural(count, *words.kind(kind)), kind) for kind, count in shown]
    return [*said, (words.plural(sum(count for _, count in rest), "other"), None)] if rest else said


def _told(found: list[Fate]) -> Iterator[str]:
    """What became of elements that have a counterpart."""
    counts = Counter(fate.outcome for fate in found)
    elsewhere = Counter(fate.outcome for fate in found if fate.is_elsewhere and fate.outcome != "placed")
    for name, text in _STAYED.items():
        if counts[name]:
            besides = f" ({elsewhere[name]:,} also moved, renumbered or retitled)" if elsewhere[name] else ""
            yield text.format("all" if counts[name] == len(found) else f"{counts[name]:,}") + besides


def _areas(held: Held, difference: ib.Diff, found: list[Fate]) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """Where most changed, if there are parts to tell apart."""
    places = {**parts(held, difference.before), **parts(held, difference.after)}
    for some in _by_asking([fate for fate in found if fate.outcome in _CHANGED])[:1]:
        counts = Counter(places[fate.element.id] for fate in some).most_common()
        if len(counts) > 1 and counts[0][1] >= _LEAST:
            said = [f"{name} ({count:,})" for name, count in counts[:_MOST_AREAS]]
            yield "Most changed", (Piece(f"{words.listed(said)}."),)
