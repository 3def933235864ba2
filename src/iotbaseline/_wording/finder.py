"""Wordings of a publication found in a copy, and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from iotbaseline._model.element import Element
from iotbaseline._model.fingerprints import Allowance, Span
from iotbaseline._model.wording import Fingerprint
from iotbaseline._wording.pages import Page
from iotbaseline._wording.readings import Position, Reading, readings
from iotbaseline._wording.streams import Stream, streams

FEWEST_WORDS = 5
"""Fewer words than these may stand anywhere, and count only where they are expected."""
AGREEING = 0.6
"""The share of wordings that have to agree on how far the pages of a file are ahead of the printed ones."""
MOST_PIECES, MOST_BY_CHARACTER = 1_000_000, 1.5
"""How many pieces of a copy are looked at before giving up: so many, and some for each of its characters.

The PDF of the catalog of SP 800-213A takes 700,000, SP 800-82r3 1,200,000 with 900,000 characters."""
NEAR = 1
"""How many pages apart neighbours may begin."""


@frozen(eq=False)
class Passage:
    """Words of a reading that are a wording."""

    reading: Reading
    start: int
    end: int
    position: Position


class Finder:
    """A copy in which wordings are looked for."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages
        text, footnotes = streams(pages)
        everything: Stream = [
            ((number, place), line) for number, page in enumerate(pages) for place, line in enumerate(page.lines)
        ]
        *likely, self._everything = readings(text, footnotes, everything)
        self._readings = likely if text == everything else [*likely, self._everything]
        length = sum(len(line.text) for page in pages for line in page.lines)
        self._allowance = Allowance(MOST_PIECES + int(MOST_BY_CHARACTER * length))
        self._searched: set[Fingerprint] = set()
        self._known: defaultdict[Fingerprint, list[Passage]] = defaultdict(list)

    @property
    def text(self) -> Reading:
        """The copy without its footnotes, in the way that it most likely has to be read."""
        return self._readings[0][0]()

    @property
    def words(self) -> str:
        """All words of the copy."""
        return " ".join(self._everything[0]().words.words)

    def recognised(self, wanted: Iterable[Fingerprint]) -> set[Fingerprint]:
        """Which wordings of at least five words occur, from one break to another, in the text or the footnotes."""
        wanted = set(wanted)
        self._searched |= wanted
        for reading in (way() for way in self._readings[0]):
            for found, passage in self._in(reading, wanted, at_breaks=2):
                self._known[found].append(passage)
        return {found for found in self._known if found.words >= FEWEST_WORDS}

    def locate(self, elements: Iterable[Element]) -> dict[str, Passage]:
        """Where each element has its wording, by identifier; without those that are not found.

        Of several places the one on the page that the element names is taken, or the next one after that of the element
        before. A wording of under five words has to stand on that page, between the elements around it.
        """
        wanted = [(element, element.fingerprint) for element in elements if element.fingerprint is not None]
        occurrences = self._occurrences({fingerprint for _, fingerprint in wanted})
        ahead = self._ahead(wanted, occurrences)
        anchors: dict[int, Passage] = {}
        last: Position = (0, 0, 0)
        for number, (element, fingerprint) in enumerate(wanted):
            if fingerprint.words >= FEWEST_WORDS:
                page = _expected(element, ahead)
                places = occurrences.get(fingerprint) or self._on_page(fingerprint, page)
                if places:
                    anchors[number] = min(places, key=lambda place: _distance(place, page, last))
                    last = anchors[number].position
        found = dict(anchors)
        for number, (element, fingerprint) in enumerate(wanted):
            if number not in anchors and fingerprint.words < FEWEST_WORDS:
                beside = _neighbours(anchors, number)
                places = occurrences.get(fingerprint, [])
                fitting = [place for place in places if _fits(place, _expected(element, ahead), *beside)]
                if fitting:
                    found[number] = fitting[0]
        return {element.id: found[number] for number, (element, _) in enumerate(wanted) if number in found}

    def _occurrences(self, wanted: set[Fingerprint]) -> dict[Fingerprint, list[Passage]]:
        """Where wordings occur, in the first readings, of text and footnotes, that have them."""
        self.recognised(wanted - self._searched)
        found = defaultdict(list, {each: self._known[each] for each in wanted & self._known.keys()})
        for number, ways in enumerate(self._readings):
            for at_breaks in (1,) if number == 0 else (2, 1):
                missing = wanted - found.keys()
                for reading in [way() for way in ways] if missing else ():
                    for fingerprint, passage in self._in(reading, missing, at_breaks):
                        found[fingerprint].append(passage)
        return found

    def _in(
        self, reading: Reading, wanted: Iterable[Fingerprint], at_breaks: int = 0, within: Span | None = None
    ) -> Iterator[tuple[Fingerprint, Passage]]:
        """Where wordings occur in a reading, as long as the copy has not taken too much."""
        for fingerprint, start, end in reading.words.find(wanted, at_breaks, within, self._allowance):
            yield fingerprint, Passage(reading, start, end, reading.position(start))

    def _on_page(self, fingerprint: Fingerprint, page: int | None) -> list[Passage]:
        """Where a wording occurs on a page, wherever it starts and ends."""
        likely = [way() for way in self._readings[0]] if page is not None else []
        return [
            passage
            for reading in likely
            for _, passage in self._in(reading, [fingerprint], within=reading.on_page(page or 0))
        ]

    def _ahead(
        self, wanted: Iterable[tuple[Element, Fingerprint]], occurrences: Mapping[Fingerprint, list[Passage]]
    ) -> int | None:
        """How far a page of the file is ahead of the printed page, if most of the wordings that occur once agree."""
        distances = Counter(
            occurrences[fingerprint][0].position[0] - int(element.page)
            for element, fingerprint in wanted
            if element.page and element.page.isdecimal() and len(occurrences.get(fingerprint, ())) == 1
        )
        [(distance, count)] = distances.most_common(1) or [(0, 0)]
        return distance if count > AGREEING * distances.total() and self._pages[0].number is not None else None


def _expected(element: Element, ahead: int | None) -> int | None:
    """The page, counted from 0, that an element should stand on."""
    return int(element.page) + ahead if ahead is not None and element.page and element.page.isdecimal() else None


def _distance(place: Passage, page: int | None, last: Position) -> tuple[int, bool, Position]:
    return (0 if page is None else abs(place.position[0] - page)), place.position < last, place.position


def _neighbours(anchors: Mapping[int, Passage], number: int) -> tuple[Passage | None, Passage | None]:
    """The places of the nearest elements before and after one that have been found."""
    before = max((other for other in anchors if other < number), default=None)
    after = min((other for other in anchors if other > number), default=None)
    return (anchors[before] if before is not None else None), (anchors[after] if after is not None else None)


def _fits(place: Passage, page: int | None, before: Passage | None, after: Passage | None) -> bool:
    """Whether a short wording stands on its page, between its neighbours and near one of them."""
    if page not in (None, place.position[0]):
        return False
    if (before and place.position < before.position) or (after and place.position > after.position):
        return False
    return any(other and abs(other.position[0] - place.position[0]) <= NEAR for other in (before, after))
