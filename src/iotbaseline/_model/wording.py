"""Official wordings without the wording: normalising, fingerprinting, and finding one again.

A fingerprint proves that a text in hand is the text a record was made from. Normalising follows one
rule: NFKC, case-folded, only letters and digits, single spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

from attrs import frozen

from iotbaseline.errors import QueryError


@frozen
class Fingerprint:
    """The length in words and the SHA-256 of an official wording, normalised by :func:`iotbaseline.normalize`."""

    words: int
    sha256: str


_NOT_WORD = re.compile(r"[\W_]+")


def normalize(text: str) -> str:
    """Return ``text`` in NFKC, case-folded, reduced to letters and digits with single spaces between words."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of an official wording.

    Raises :class:`~iotbaseline.errors.QueryError` if ``text`` has no letter or digit.
    """
    words = normalize(text)
    if not words:
        raise QueryError("a text without letters or digits has no fingerprint", "pass the wording itself")
    return Fingerprint(words.count(" ") + 1, sha256(words.encode()).hexdigest())


def matches(text: str, expected: Fingerprint) -> bool:
    """Whether ``text`` is, word for word, the wording that ``expected`` was made from."""
    return bool(normalize(text)) and fingerprint(text) == expected


def find_wordings(text: str, wanted: Iterable[Fingerprint]) -> dict[Fingerprint, str]:
    """Find wordings in a longer text, such as the user's own copy of a publication.

    Returns the normalised wording for each fingerprint that occurs in ``text``; the others are left out.
    """
    by_length: defaultdict[int, dict[str, Fingerprint]] = defaultdict(dict)
    for item in wanted:
        by_length[item.words][item.sha256] = item
    words = normalize(text)
    spans = [match.span() for match in re.finditer(r"\S+", words)]
    found: dict[Fingerprint, str] = {}
    for length, hashes in by_length.items():
        for first, last in zip(spans, spans[length - 1 :], strict=False):
            window = words[first[0] : last[1]]
            hit = hashes.get(sha256(window.encode()).hexdigest())
            if hit is not None:
                found[hit] = window
    return found
