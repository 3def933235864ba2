"""A draft without fingerprints compared with a publication: provisional, and every line says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from os import PathLike
from typing import ClassVar, TypeAlias

from attrs import frozen

from iotbaseline._display.extras import require
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Item, Result, Shown
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline._model.fingerprints import Span, normalize
from iotbaseline._model.publication import PublicationInfo
from iotbaseline._model.wording import Wording
from iotbaseline._wording.attach import Examined, examine, wording_at
from iotbaseline._wording.copies import read_copy
from iotbaseline._wording.finder import FEWEST_WORDS, NEAR, Passage
from iotbaseline._wording.readings import Reading

SIMILAR = 70.0
"""How similar two wordings must be, out of 100, to count as one that was reworded."""
LONGEST_RUN = 6
"""How many statements in a row are tried as one wording."""
TRIED = 5
"""How many of the likest are tried, as others may claim them."""
LENGTHS = (0.6, 1.6)
"""How long a rewording may be, as shares of the length of the wording."""


class DraftChange(StrEnum):
    """What seems to have become of a wording in a draft."""

    SURVIVES = "survives"
    """The same words; the only change that is proved."""
    REWORDED = "reworded"
    GONE = "gone"
    UNTOLD = "untold"
    """Not there word for word; whether it was reworded cannot be told without its wording."""
    NEW = "new"


@frozen(kw_only=True)
class DraftEntry(Item):
    """What seems to have become of an element, or what seems to be new; ``similarity`` is of 100.

    ``before`` is the wording of the element, if its library has one, and ``after`` that in the draft.
    """

    SHOWN: ClassVar[Shown] = {
        "element": ("id",), "change": ("change",), "similarity": ("similarity",),
        "before": ("before",), "after": ("after",), "certainty": ("certainty",),
    }  # fmt: skip

    change: DraftChange
    element: Element | None = None
    before: Wording | None = None
    after: Wording | None = None
    similarity: float | None = None

    @property
    def certainty(self) -> str:
        """``proved`` by a fingerprint, or ``provisional``."""
        return "proved, in a provisional comparison" if self.change is DraftChange.SURVIVES else "provisional"

    def __str__(self) -> str:
        what = self.element.id if self.element else f"page {self.after.page if self.after else None}"
        return f"provisional: {self.change}: {what}"

    def columns(self) -> tuple[Column[DraftEntry], ...]:
        """The change, the element, both wordings, how like they are, and that it is provisional."""
        return _COLUMNS


_COLUMNS: tuple[Column[DraftEntry], ...] = (
    Column("change", lambda entry: entry.change, groups=tuple(DraftChange)),
    Column("id", lambda entry: entry.element.id if entry.element else None),
    Column("before", lambda entry: entry.before.text if entry.before else None),
    Column("after", lambda entry: entry.after.text if entry.after else None),
    Column("page", lambda entry: entry.after.page if entry.after else None),
    Column("similarity", lambda entry: entry.similarity),
    Column("certainty", lambda entry: entry.certainty),
)


@frozen(kw_only=True, repr=False)
class DraftComparison(Result[DraftEntry, DraftChange]):
    """A provisional comparison of a publication with a draft that has no fingerprints.

    Each item has a ``change`` (``survives``, ``reworded``, ``gone``, ``untold`` or ``new``), the ``element``, the
    wordings ``before`` and ``after``, and their ``similarity`` out of 100; each says that it is provisional.
    """

    HELD: ClassVar[str] = "entries"
    LISTED: ClassVar[str] = "entries"
    GROUPED: ClassVar[bool] = True
    SHOWN: ClassVar[Shown] = DraftEntry.SHOWN
    IN_GROUP: ClassVar[tuple[str, ...]] = ("change",)

    info: PublicationInfo
    source: str
    sha256: str
    entries: tuple[DraftEntry, ...]

    def columns(self) -> tuple[Column[DraftEntry], ...]:
        """The change, the element, both wordings, how like they are, and that it is provisional."""
        return _COLUMNS

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {change}" for change, count in self.counts().items() if count)
        return f"provisional: {self.info.key} -> {self.source}: {counts or 'no wordings known'}"

    def __repr__(self) -> str:
        return f"<DraftComparison {self}>"

    @property
    def _name(self) -> str:
        return f"{self.info.key} → {self.source} (provisional)"

    def _head(self) -> Head:
        return {"publication": self.info.key, "source": self.source, "sha256": self.sha256, "provisional": True}


@arguments.checked
def compare_draft(source: PathLike[str] | str, publication: str, *, library: Library = DEFAULT) -> DraftComparison:
    """Compare a draft that the library does not know with a publication that it does; the result is provisional.

    Wordings that survive are proved by fingerprints. What was reworded is found by similarity, which needs the extra
    ``drafts`` and the wordings: pass a library that has them from :func:`~iotbaseline.attach`. Without its wording an
    element is *untold*. *New* are statements of the draft that stand between others that are accounted for.

    Raises what :func:`~iotbaseline.attach` raises for the file, and
    :class:`~iotbaseline.errors.MissingExtraError` if rapidfuzz is needed and not installed.
    """
    found = examine(read_copy(source), library.info(publication).key, library)
    reading, missing = found.finder.text, [each for each in found.publication if _is_missing(each, found)]
    free = _free(reading, found.places.values())
    reworded = _reworded([element for element in missing if element.wording is not None], reading, free)
    new = _new(reading, free, [*found.places.values(), *(place for place, _ in reworded.values())])
    entries = [_entry(element, found, reworded) for element in found.publication if element.fingerprint is not None]
    entries += [DraftEntry(change=DraftChange.NEW, after=wording_at(place, found.copy)) for place in new]
    info, copy = found.publication.info, found.copy
    return DraftComparison(info=info, source=copy.name, sha256=copy.sha256, entries=tuple(entries))


Rewordings: TypeAlias = dict[str, tuple[Passage, float]]


def _is_missing(element: Element, found: Examined) -> bool:
    return element.fingerprint is not None and element.id not in found.places


def _entry(element: Element, found: Examined, reworded: Rewordings) -> DraftEntry:
    before = element.wording
    if element.id in found.places:
        survived = found.wording(element.id)
        return DraftEntry(change=DraftChange.SURVIVES, element=element, before=before, after=survived, similarity=100.0)
    if element.id in reworded:
        place, score = reworded[element.id]
        after = wording_at(place, found.copy)
        return DraftEntry(
            change=DraftChange.REWORDED, element=element, before=before, after=after, similarity=round(score, 1)
        )
    return DraftEntry(change=DraftChange.UNTOLD if before is None else DraftChange.GONE, element=element, before=before)


def _free(reading: Reading, taken: Iterable[Passage]) -> list[Span]:
    """The statements of a reading without those that wordings of the publication are in."""
    words = {word for place in taken if place.reading is reading for word in range(place.start, place.end)}
    return [span for span in reading.statements() if words.isdisjoint(range(*span))]


def _reworded(elements: Sequence[Element], reading: Reading, free: Sequence[Span]) -> Rewordings:
    """What is likest to each wording, the likest pairs first, nothing twice."""
    if not elements:
        return {}
    require("rapidfuzz")
    from rapidfuzz import fuzz, process

    runs = {run: " ".join(reading.words.words[slice(*run)]) for run in _runs(free)}
    likest: list[tuple[float, str, Span]] = []
    for element in elements:
        wording = normalize(str(element.wording))
        shortest, longest = (share * len(wording) for share in LENGTHS)
        near = {run: text for run, text in runs.items() if shortest <= len(text) <= longest}
        ranked = process.extract(wording, near, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=TRIED)
        likest += [(score, element.id, run) for _, score, run in ranked]
    chosen: Rewordings = {}
    used: set[int] = set()
    for score, identifier, run in sorted(likest, key=lambda pair: -pair[0]):
        if identifier not in chosen and used.isdisjoint(range(*run)):
            used.update(range(*run))
            chosen[identifier] = Passage(reading, *run, reading.position(run[0])), score
    return chosen


def _runs(spans: Sequence[Span]) -> Iterator[Span]:
    """Each statement, and each with some that follow it without a gap."""
    for number, (start, end) in enumerate(spans):
        yield start, end
        for following, after in spans[number + 1 : number + LONGEST_RUN]:
            if following != end:
                break
            end = after
            yield start, end


def _new(reading: Reading, free: Sequence[Span], known: Iterable[Passage]) -> Iterator[Passage]:
    """Statements between two that are accounted for, which start on one page or on two that follow each other."""
    taken = sorted((place for place in known if place.reading is reading), key=lambda place: place.start)
    for before, after in pairwise(taken):
        if after.position[0] - before.position[0] <= NEAR:
            for start, end in free:
                if before.end <= start and end <= after.start and end - start >= FEWEST_WORDS:
                    yield Passage(reading, start, end, reading.position(start))
