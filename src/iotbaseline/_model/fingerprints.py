"""Official wordings without the wording: normalising, fingerprinting, and finding one again.

A fingerprint proves that a text in hand is the text a record was made from. Normalising follows one
rule: NFKC, case-folded, only letters and digits, single spaces.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from typing import TypeAlias

from iotbaseline._display.progress import watched
from iotbaseline._model import arguments
from iotbaseline._model.wording import Fingerprint
from iotbaseline.errors import ArgumentTypeError, QueryError

Span: TypeAlias = tuple[int, int]
"""The first of several, and the one after the last."""
_Looked: TypeAlias = tuple[int, Iterable[Span]]
"""What it costs to look at some pieces of a text, in pieces, and the pieces."""
_LONG, _CHARGED = 2_000, 100
"""A piece of more bytes than any wording that ships counts as several, one for each 100 bytes."""
_WINDOW = 8
"""How many pieces can be passed over in the time that one takes to be looked at."""

_NOT_WORD = re.compile(r"[\W_]+")
_MARKS = re.compile(r"(?:[^\w\s]|[\uff9e\uff9f]){31,}")
_DECOMPOSED = frozenset("\u0f73\u0f75\u0f81\uff9e\uff9f")
"""What is no combining mark, but becomes one or two by decomposing."""
_MOST_MARKS = 30
_JOINER = "\u034f"


def normalize(text: str) -> str:
    """Return ``text`` in NFKC, case-folded, reduced to letters and digits with single spaces between words.

    More than 30 combining marks in a row, which no language has, are cut up as the Stream-Safe Text Format of
    UAX #15 does, so that the time taken grows with the length of the text alone.

    >>> ib.normalize("Each  user has an account.")
    'each user has an account'
    """
    if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ArgumentTypeError("text", type(text).__name__, "a string")
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", _MARKS.sub(_cut_up, text)).casefold()).strip()


def _cut_up(run: re.Match[str]) -> str:
    """A run of marks with a joiner, which no mark can pass, after every 30 of them."""
    marks, parts = 0, list[str]()
    for character in run.group():
        marks = marks + 1 if unicodedata.combining(character) or character in _DECOMPOSED else 0
        parts.append(character)
        if marks == _MOST_MARKS:
            marks = 0
            parts.append(_JOINER)
    return "".join(parts)


@arguments.checked
def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of an official wording.

    Raises :class:`~iotbaseline.errors.QueryError` if ``text`` has no letter or digit.

    >>> ib.fingerprint("Each user has an account.").words
    5
    """
    words = normalize(text)
    if not words:
        raise QueryError("a text without letters or digits has no fingerprint", "pass the wording itself")
    return Fingerprint(words.count(" ") + 1, sha256(words.encode()).hexdigest())


@arguments.checked
def matches(text: str, expected: Fingerprint) -> bool:
    """Whether ``text`` is, word for word, the wording that ``expected`` was made from.

    >>> ib.matches("each user  has an account", ib.fingerprint("Each user has an account."))
    True
    """
    return bool(normalize(text)) and fingerprint(text) == expected


@arguments.checked
def find_wordings(text: str, wanted: Iterable[Fingerprint]) -> dict[Fingerprint, str]:
    """Find wordings in a longer text, such as the user's own copy of a publication.

    Returns the normalised wording for each fingerprint that occurs in ``text``; the others are left out. In a long text
    only those are found that start after the end of a line, or punctuation such as a full stop, and end before another:
    if there are more than two million pieces of the text as long as one of the wordings. Raises
    :class:`~iotbaseline.errors.QueryError` if even so there are too many.

    >>> wanted = ib.fingerprint("Each user has an account.")
    >>> ib.find_wordings("1. Each user has an account. 2. More.", [wanted])[wanted]
    'each user has an account'
    """
    words, missing = Words.of(text), set(arguments.all_of(wanted, Fingerprint, "wanted"))
    found: dict[Fingerprint, str] = {}
    lengths = {each.words for each in missing}
    most = _MOST_AT_BREAKS + _MOST_BY_CHARACTER * len(text)
    if words.count_at_breaks(lengths) > most:
        raise QueryError("the text has too many lines or stops to look through", "look in a part of it at a time")
    allowance = Allowance(most + _MOST_ANYWHERE)
    for at_breaks in (2, 0) if len(words.words) * len(lengths) <= _MOST_ANYWHERE else (2,):
        for hit, start, end in words.find(missing, at_breaks, allowance=allowance):
            found[hit] = " ".join(words.words[start:end])
        missing -= found.keys()
    if allowance.is_spent:
        raise QueryError(
            "the wordings are too long to be looked for in such a text", "look for fewer of them at a time"
        )
    return found


_MOST_ANYWHERE, _MOST_AT_BREAKS, _MOST_BY_CHARACTER = 2_000_000, 1_000_000, 3
"""How many pieces of a text are looked at; publications have one or two between breaks for each of their characters."""
# Compiled when a text is first searched: most programs never search one.
_CHUNK, _RAW_WORD, _NO_BREAK = r"\S+", r"[^\W_]+", r"(?:[^\S\n]|[,'’/\-‐‑])*"


def split(text: str) -> Iterator[tuple[str, int, int, bool]]:
    """The words of a text as :func:`normalize` gives them, each with its start and end and whether a break precedes."""
    last = 0
    no_break = re.compile(_NO_BREAK)
    for chunk in re.finditer(_CHUNK, text):
        begin, stop = chunk.span()
        parts = _parts(chunk.group()) if stop - begin <= _LONGEST_KEPT else _words_in(chunk.group())
        for word, start, end in parts:
            place = begin + start
            yield word, place, begin + end, text[last:place] != " " and not no_break.fullmatch(text, last, place)
            last = begin + end


_LONGEST_KEPT = 40


def _words_in(chunk: str) -> tuple[tuple[str, int, int], ...]:
    """The words of a text without spaces, with their places in it."""
    places = [place.span() for place in re.finditer(_RAW_WORD, chunk)]
    if chunk.isascii():
        words = [chunk[start:end].lower() for start, end in places]
    else:
        words = normalize(chunk).split()
        if [normalize(chunk[start:end]) for start, end in places] != words:
            places = [(0, len(chunk))] * len(words)
    return tuple((word, start, end) for word, (start, end) in zip(words, places, strict=True))


_parts = lru_cache(maxsize=20_000)(_words_in)
"""Most words of a text recur."""


class Words:
    """Words of a text in which wordings are looked for.

    ``breaks`` are the positions after a line end, or after punctuation other than a comma, slash, hyphen or apostrophe,
    with that of the first word and the one after the last. Most wordings start at one and end before another.
    """

    def __init__(self, words: Sequence[str], breaks: Sequence[int]) -> None:
        self.words, self.breaks = words, sorted({*breaks})
        encoded = [word.encode() for word in words]
        self._bytes = b" ".join(encoded)
        self._starts = [0, *accumulate(len(word) + 1 for word in encoded)]

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of a text that has nothing in it but what is looked through."""
        parts = list(split(text))
        breaks = [place for place, (_, _, _, is_break) in enumerate(parts) if is_break]
        return cls([word for word, _, _, _ in parts], [0, *breaks, len(parts)])

    def find(
        self,
        wanted: Iterable[Fingerprint],
        at_breaks: int = 0,
        within: Span | None = None,
        allowance: Allowance | None = None,
    ) -> Iterator[tuple[Fingerprint, int, int]]:
        """Each wanted wording with its first word and the one after its last, as often as it occurs.

        ``at_breaks`` says how many of its two ends are at a break, which takes the less time the more they are, and 0
        that they may be; ``within`` says where it has to start, ``allowance`` how much is looked at before giving up.
        """
        hashes: defaultdict[int, dict[bytes, Fingerprint]] = defaultdict(dict)
        for item in wanted:
            hashes[item.words][bytes.fromhex(item.sha256)] = item
        windows = (self._anywhere, self._at_one_break, self._at_breaks)[at_breaks]
        places = windows(hashes, *(within or (0, len(self.words))))
        for cost, spans in watched(places, "looking for wordings", "places"):
            if allowance is not None and not allowance.spend(cost):
                return
            for start, end in spans:
                window = self._bytes[self._starts[start] : self._starts[end] - 1]
                if len(window) > _LONG and allowance is not None and not allowance.spend(len(window) // _CHARGED):
                    return
                hit = hashes[end - start].get(sha256(window).digest())
                if hit is not None:
                    yield hit, start, end

    def count_at_breaks(self, lengths: Collection[int]) -> int:
        """How many pieces from one break to another are no longer than the longest of some lengths."""
        longest = max(lengths, default=0)
        return sum(bisect_right(self.breaks, start + longest) - number for number, start in enumerate(self.breaks, 1))

    def _anywhere(self, lengths: Collection[int], first: int, last: int) -> Iterator[_Looked]:
        for length in lengths:
            starts = range(first, min(last, len(self.words) - length + 1))
            yield len(starts), zip(starts, range(first + length, starts.stop + length), strict=True)

    def _at_one_break(self, lengths: Collection[int], first: int, last: int) -> Iterator[_Looked]:
        at_break, count = frozenset(self.breaks), len(self.words)
        for place in self.breaks:
            spans: list[Span] = []
            for length in lengths:
                start, end = place - length, place + length
                if first <= place < last and end <= count and end not in at_break:
                    spans.append((place, end))
                if first <= start < last and start not in at_break:
                    spans.append((start, place))
            yield len(spans) + len(lengths) // _WINDOW, spans

    def _at_breaks(self, lengths: Collection[int], first: int, last: int) -> Iterator[_Looked]:
        longest, breaks = max(lengths, default=0), self.breaks
        for number in range(bisect_left(breaks, first), bisect_left(breaks, last)):
            start = breaks[number]
            ends = breaks[number + 1 : bisect_right(breaks, start + longest)]
            spans = [(start, end) for end in ends if end - start in lengths]
            yield len(spans) + len(ends) // _WINDOW, spans


class Allowance:
    """How many pieces of a text may still be looked at."""

    def __init__(self, pieces: int) -> None:
        self._left = pieces

    @property
    def is_spent(self) -> bool:
        """Whether more was to be looked at than was allowed."""
        return self._left < 0

    def spend(self, pieces: int) -> bool:
        """Take some of them; whether there were as many left."""
        self._left -= pieces
        return self._left >= 0
