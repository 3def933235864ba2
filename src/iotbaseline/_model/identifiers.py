"""Parse and print identifiers, with pure functions that know the notations but not the data.

A publication is named by NIST's PubID in any usual spelling, an element by a CURIE
``publication:local``. Two spellings are the same when they fold to the same text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from iotbaseline.errors import ArgumentTypeError, IdentifierSyntaxError, shorten

T = TypeVar("T")

MAX_LENGTH = 200
"""No identifier is longer than this many characters."""

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_REGISTRANT = "10.6028/"
"""What the DOIs of NIST begin with."""
_DOI = rf"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?{re.escape(_REGISTRANT)}"
_REVISION = re.compile(r"(?<![a-z])rev(?:ision)?[\s._-]*(\d+)")
_SERIES = (
    ("nist", r"\bnist[\s._-]*ir", "ir"),
    ("report", r"\b(?:internal|interagency) report\b", "ir"),
    ("special", r"\bspecial publication\b", "sp"),
    ("draft", r"\b(?:second|2nd) public draft\b", "2pd"),
    ("draft", r"\binitial public draft\b", "ipd"),
    ("nist", r"\bnist\b", ""),
)
"""What stands for a series or stage, behind a word of it: most names lack the word, and then nobody looks further.

These patterns, ``_DOI`` and those of ``_NUMBERS``, ``_CALLED`` and ``_BARE`` are compiled when first needed: that takes
longer than most look-ups."""
_SEPARATORS = re.compile(r"[\W_]+")
_NUMBERS = ((r"800\d{2,3}(?!\d)", "sp"), (r"8\d{3}(?!\d)", "ir"))
"""How NIST numbers the publications of a series, which are often named without it: ``800-53``, ``8259A``."""
_CALLED = r"(?i)\b(?:paragraph|point|provision)s? (?=[(\d])"
"""What laws and standards are cited with before a number."""
_TOKENS = re.compile(r"[a-z]+|(?!0)\d+|0(?!\d)")
"""Words, and numbers without leading zeros."""

_BARE = (
    (r"(?:DI|DC|DP|LA|SU|CS|DS|DO|IQ|ID|EA): ?[A-Z]{3}(?: ?\([^()]*\))*", "sp800-213a"),
    (r"[A-Z]{2}-\d{1,2}(?: ?\(\d{1,2}\)|\.\d{1,2})?", "sp800-53r5"),
    (r"[A-Z]{2}\.[A-Z]{2}-\d\d", "csf2.0"),
    (r"[A-Z]{2}\.[A-Z]{2}-\d", "csf1.1"),
)
"""Notations that name their publication by themselves, in capitals."""
_FAMILY = 2
"""How many letters the bare notations have before their colon, if they have one."""


def text(value: object, argument: str = "identifier") -> str:
    """Return ``value`` if it is a text, else raise :class:`~iotbaseline.errors.ArgumentTypeError`."""
    if not isinstance(value, str):
        raise ArgumentTypeError(text(argument, "argument"), type(value).__name__, "a string")
    return value


def checked(value: object, argument: str = "identifier") -> str:
    """Return ``value`` trimmed, with typographic dashes and spaces made plain.

    Raises :class:`~iotbaseline.errors.ArgumentTypeError` if it is not a string, and
    :class:`~iotbaseline.errors.IdentifierSyntaxError` if it is empty or longer than 200 characters, or holds a
    character that no identifier has (a Cyrillic look-alike, say).
    """
    given = text(value, argument)
    if len(given) > MAX_LENGTH:
        raise IdentifierSyntaxError(
            f"{shorten(given)} is too long for an identifier", f"write at most {MAX_LENGTH} characters"
        )
    folded = given if given.isascii() else unicodedata.normalize("NFKC", given).translate(DASHES)
    plain = " ".join(folded.split())
    if not plain:
        raise IdentifierSyntaxError("an identifier cannot be empty", "pass e.g. 'ir8425' or 'ir8425:data-protection.1'")
    if not (plain.isascii() and plain.isprintable()):
        place, character = next((n, each) for n, each in enumerate(plain, 1) if not " " <= each <= "~")
        name = unicodedata.name(character, f"U+{ord(character):04X}")
        raise IdentifierSyntaxError(f"{shorten(given)} has {name} at place {place}", "identifiers are plain ASCII")
    return plain


def fold_publication(text: str) -> str:
    """Fold the spelling of a publication: ``NIST SP 800-53 Rev. 5`` and ``sp800-53r5`` give the same text."""
    return _kept(text) if len(text) <= MAX_LENGTH else _folded(text)


def _folded(text: str) -> str:
    folded = (re.sub(_DOI, "", text) if _REGISTRANT in text else text).lower().replace("_", " ")
    if "rev" in folded:
        folded = _REVISION.sub(r"r\1", folded)
    for word, pattern, short in _SERIES:
        if word in folded:
            folded = re.sub(pattern, short, folded)
    plain = _SEPARATORS.sub("", folded)
    series = (series for number, series in _NUMBERS if re.match(number, plain)) if plain.startswith("8") else ()
    return next((f"{name}{plain}" for name in series), plain)


_kept = lru_cache(maxsize=1_024)(_folded)
"""A look-up folds the same beginnings of a name several times."""


def fold_local(text: str) -> str:
    """Fold the spelling of an element within its publication: ``AC-02(03)`` and ``ac-2.3`` give the same text."""
    return ".".join(_TOKENS.findall(text.lower()))


def named(known: Mapping[str, T], name: str) -> T | None:
    """What is known by an identifier of which ``name`` is a spelling, with or without the publication, or ``None``."""
    if name in known:
        return known[name]
    wanted = {(None, fold_local(name)), *spellings(name)}
    folded = ((fold(identifier), thing) for identifier, thing in known.items())
    return next((thing for place, thing in folded if not wanted.isdisjoint((place, (None, place[1])))), None)


def fold(identifier: str) -> tuple[str, str]:
    """Fold the spelling of an identifier; the publication is empty if none is named."""
    publication, local = split(identifier)
    return fold_publication(publication or ""), fold_local(local)


def spellings(name: str) -> Iterator[tuple[str, str]]:
    """What a name may mean, folded: a publication, which ends with a colon or a space, and an element."""
    yield fold(name)
    for first, rest in beginnings(name):
        yield fold_publication(first), fold_local(rest)


def split(text: str) -> tuple[str | None, str]:
    """Split a checked identifier into publication and local part; the publication is ``None`` if none is named.

    A DOI address with a fragment is understood like a CURIE, and the bare notations of SP 800-53 and of the
    Cybersecurity Framework name their publication by themselves.
    """
    address = re.sub(_DOI, "", text) if _REGISTRANT in text else text
    if address != text:
        publication, hash_sign, local = address.partition("#")
        return (publication, local) if hash_sign else (None, text)
    publication, colon, local = text.partition(":")
    if not colon or len(publication) == _FAMILY:
        capitals = text.upper()
        for pattern, key in _BARE:
            if re.fullmatch(pattern, capitals):
                return key, text
    return (publication, local) if colon else (None, text)


def uncalled(local: str) -> str:
    """A local identifier without what is said before its numbers: ``provision 5.1-1``, ``Annex I, point (2)(d)``."""
    return re.sub(_CALLED, "", local)


_MOST_WORDS = 12
"""No name of a publication has more words than these."""


def beginnings(name: str) -> Iterator[tuple[str, str]]:
    """Each beginning that may name a publication and the words that follow it, the longest beginning first."""
    words = name.split(" ", _MOST_WORDS + 1)
    for count in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
        yield " ".join(words[:count]), " ".join(words[count:])


def control_label(control: str) -> str:
    """Print an SP 800-53 control identifier as the publication does: ``ac-2.3`` becomes ``AC-2(3)``."""
    base, dot, enhancement = control.partition(".")
    return f"{base.upper()}({enhancement})" if dot else base.upper()


def nearest(text: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The known identifiers most like ``text``, best first; none for a text too long to be one."""
    return Names(known).nearest(text, count)


class Names:
    """Names that are known, among which those most like a text are looked for.

    Names are as like as :mod:`difflib` finds them. It is slow, so it looks only at those that have enough characters in
    common with the text, those with the most first. Each character of a name is a bit, and so is each recurrence.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._by_fold = {name.lower(): name for name in known}
        self._bits: dict[str, int] = {}
        self._by_size: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for name in self._by_fold:
            characters = 0
            for character in _counted(name):
                characters |= self._bits.setdefault(character, 1 << len(self._bits))
            self._by_size[len(name)].append((characters, name))

    def nearest(self, text: str, count: int = 3) -> tuple[str, ...]:
        """The names most like ``text``, best first; none for a text too long to be a name."""
        if len(text) > MAX_LENGTH:
            return ()
        from difflib import SequenceMatcher

        wanted, best = text.lower(), list[tuple[float, str]]()
        matcher = SequenceMatcher(b=wanted)
        for most, name in self._likely(wanted):
            if len(best) == count and most < best[-1][0]:
                break
            matcher.set_seq1(name)
            if (ratio := matcher.ratio()) >= _ALIKE:
                best = sorted([*best, (ratio, name)], reverse=True)[:count]
        return tuple(self._by_fold[name] for _, name in best)

    def _likely(self, wanted: str) -> list[tuple[float, str]]:
        """The names that can be like a text, each with how like it can be at most, best first."""
        characters = sum(self._bits.get(character, 0) for character in _counted(wanted))
        likely: list[tuple[float, str]] = []
        for size, names in self._by_size.items():
            both = size + len(wanted)
            fewest = both * _ALIKE / 2
            if min(size, len(wanted)) >= fewest:
                likely += [
                    (2.0 * common / (both or 1), name)
                    for bits, name in names
                    if (common := (characters & bits).bit_count()) >= fewest
                ]
        return sorted(likely, reverse=True)


_ALIKE = 0.5
"""How like names have to be, from 0 to 1."""


def _counted(text: str) -> Iterator[str]:
    """Each character as often as it occurs: once, twice and so on."""
    for character in set(text):
        for times in range(1, text.count(character) + 1):
            yield character * times
