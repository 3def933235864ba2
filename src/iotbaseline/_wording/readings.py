"""A stream of lines as words to be looked through, and back from words to what is printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, cached_property, lru_cache, partial
from typing import TypeAlias

from iotbaseline._model.fingerprints import Span, Words, normalize, split
from iotbaseline._model.wording import Box
from iotbaseline._wording.streams import Stream

Joins: TypeAlias = Callable[[str, str], bool]
"""Whether the parts of a word before and after a hyphen at a line end are one word without the hyphen."""
Position: TypeAlias = tuple[int, int, int]
"""A page, a line on it and a character in that, all counted from 0."""

# What is repeated is looked for from its beginning alone: from each of its places it would take a square of the time.
_HYPHEN_AT_END = re.compile(r"(?<![^\W\d_])([^\W\d_]++)[-‐\u00ad]\s*$")
_ENDS_WITH_HYPHEN = re.compile(r"\w[-‐]$")
_WORD_AT_START = re.compile(r"\s*([^\W\d_]+)")
_CLOSING = re.compile(r"[^\w\s]*")
_STOP = re.compile(r"[.:;?!][”’\"')\]]*\s")
_CLOSES = {")": "(", "]": "[", "}": "{", "”": "“", "»": "«"}
_ITEM = re.compile(r"\s*(?:[•●○▪◦–*-]|\(?(?:\d{1,3}|[A-Za-z]|[ivx]{2,5})[.)])\s")


class Reading:
    """The words of a stream, in which a wording that a page end or a footnote cuts up is in one piece."""

    def __init__(self, stream: Stream, joins: Joins | None = None) -> None:
        self._places = [place for place, _ in stream]
        self._lines = [line for _, line in stream]
        self._joined: set[int] = set()
        words: list[str] = []
        breaks = [0]
        self._starts: list[tuple[int, int]] = []
        self._ends: list[tuple[int, int]] = []
        for number, line in enumerate(self._lines):
            parts = _split(line.text)
            if parts and joins and number and (halves := _halves(self._lines[number - 1].text, line.text)):
                if joins(*halves):
                    self._joined.add(number - 1)
                    words[-1] = normalize("".join(halves))
                    self._ends[-1] = (number, parts[0][2])
                    parts = parts[1:]
            elif parts:
                breaks.append(len(words))
            breaks += [len(words) + place for place, part in enumerate(parts) if part[3]]
            words += [part[0] for part in parts]
            self._starts += [(number, part[1]) for part in parts]
            self._ends += [(number, part[2]) for part in parts]
        self.words = Words(words, [*breaks, len(words)])

    def statements(self) -> list[Span]:
        """The words from where a sentence, list item or other type starts to where the next does."""
        count = len(self.words.words)
        starts = [word for word in range(count) if word == 0 or self._starts_statement(word)]
        return list(zip(starts, [*starts[1:], count], strict=False))

    def _starts_statement(self, word: int) -> bool:
        (above, stop), (number, start) = self._ends[word - 1], self._starts[word]
        if above == number:
            return bool(_STOP.search(self._lines[number].text, stop, start))
        before, line = self._lines[above], self._lines[number]
        return before.size != line.size or bool(_STOP.search(f"{before.text[stop:]} ") or _ITEM.match(line.text))

    def position(self, word: int) -> Position:
        """Where a word starts."""
        number, character = self._starts[word]
        return (*self._places[number], character)

    def on_page(self, page: int) -> Span:
        """The words that start on a page."""
        return self._pages.get(page, (0, 0))

    @cached_property
    def _pages(self) -> dict[int, Span]:
        """The words that start on each page: from the first to the one after the last."""
        pages: dict[int, Span] = {}
        for word, (number, _) in enumerate(self._starts):
            page = self._places[number][0]
            pages[page] = (pages.get(page, (word, word))[0], word + 1)
        return pages

    def printed(self, start: int, end: int) -> str:
        """What is printed from one word to before another: with punctuation, hyphens mended, a line per list item."""
        (first, begin), (last, stop) = self._starts[start], self._ends[end - 1]
        text = ""
        for number in range(first, last + 1):
            line = self._lines[number].text
            part = line[begin if number == first else 0 : stop if number == last else len(line)].strip()
            if number - 1 in self._joined and number > first:
                text = text[:-1] + part
            elif _ENDS_WITH_HYPHEN.search(text):
                text += part
            elif part:
                text = f"{text}{chr(10) if _ITEM.match(part + ' ') else ' '}{part}" if text else part
        before, after = self._lines[first].text[:begin], self._lines[last].text[stop:]
        return _with_punctuation(before, text, after)

    def box(self, start: int, end: int) -> Box | None:
        """Where the words stand on the page that the first one stands on: around all their lines there."""
        first, last = self._starts[start][0], self._ends[end - 1][0]
        page = self._places[first][0]
        boxes = [self._lines[number].box for number in range(first, last + 1) if self._places[number][0] == page]
        known = [box for box in boxes if box is not None]
        if not known:
            return None
        left, bottom, right, top = zip(*known, strict=True)
        return min(left), min(bottom), max(right), max(top)


@lru_cache(maxsize=100_000)
def _split(line: str) -> tuple[tuple[str, int, int, bool], ...]:
    return tuple(split(line))


def _halves(line: str, following: str) -> tuple[str, str] | None:
    """The parts of a word that is broken at the end of a line."""
    before, after = _HYPHEN_AT_END.search(line), _WORD_AT_START.match(following)
    return (before[1], after[1]) if before and after else None


def _with_punctuation(before: str, text: str, after: str) -> str:
    """A wording with the punctuation that it is printed with, but with brackets and quotes only in pairs."""
    closing = _CLOSING.match(after)
    opened, closed = before[-1:], closing.group() if closing else ""
    wording = opened + text if any(_CLOSES.get(mark) == opened for mark in text + closed) else text
    for mark in closed:
        opener = _CLOSES.get(mark)
        if opener is not None and wording.count(opener) <= wording.count(mark):
            break
        wording += mark
    return wording


def weighed(lines: Iterable[str]) -> Joins:
    """Join the parts of a word if the whole word, without a hyphen, stands elsewhere in the lines."""
    counts = Counter(word for line in lines for word, _, _, _ in _split(line))
    return lambda before, after: counts[normalize(before + after)] > 0


def _always(_before: str, _after: str) -> bool:
    return True


def readings(text: Stream, footnotes: Stream, everything: Stream) -> list[tuple[Callable[[], Reading], ...]]:
    """How a copy may have to be read, likeliest first: text and footnotes, those with hyphens mended, all lines."""
    lines = [line.text for _, line in everything]
    ways: list[Joins | None] = [None]
    if any(map(_HYPHEN_AT_END.search, lines)):
        ways += [weighed(lines), _always]
    both = (text, footnotes)
    mended = [tuple(cache(partial(Reading, stream, joins)) for stream in both) for joins in ways]
    return [*mended, (cache(partial(Reading, everything)),)]
