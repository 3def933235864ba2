"""Normalising, fingerprints, and finding wordings again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iotbaseline import Fingerprint, find_wordings, fingerprint, matches, normalize
from iotbaseline.errors import QueryError

WORDS = st.lists(st.sampled_from(["device", "data", "the", "a", "ab"]), max_size=12)
ABSENT = Fingerprint(2, sha256(b"not there").hexdigest())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  The IoT device's\n\tdata—at rest. ", "the iot device s data at rest"),
        ("ﬁrmware_update", "firmware update"),
        ("ＩｏＴ\u00a0№ 5", "iot no 5"),
        ("Straße STRASSE", "strasse strasse"),
        ("1.2.3", "1 2 3"),
        ("— … !", ""),
        ("", ""),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalize(text) == expected


@given(st.text())
def test_normalise_is_idempotent(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(st.text())
def test_normalised_text_has_single_spaces_between_words(text: str) -> None:
    words = normalize(text)
    assert words == " ".join(words.split())
    assert all(character.isalnum() for character in words.replace(" ", ""))


@given(st.lists(st.text("abcäß19", min_size=1), min_size=1), st.sampled_from([" ", "\n", " — ", ", ", "_"]))
def test_fingerprint_sees_words_alone(words: list[str], between: str) -> None:
    expected = fingerprint(" ".join(words))
    assert expected.words == len(words)
    assert fingerprint(f"“{between.join(words).upper()}!”") == expected


def test_fingerprint_is_the_hash_of_the_normalised_words() -> None:
    assert fingerprint("Hello, World!") == Fingerprint(2, sha256(b"hello world").hexdigest())


@pytest.mark.parametrize("text", ["", " \n", "—!"])
def test_no_fingerprint_without_words(text: str) -> None:
    with pytest.raises(ValueError, match="pass the wording itself"):
        fingerprint(text)


def test_matches() -> None:
    expected = fingerprint("Each device has an identifier.")
    assert matches("each device: has an IDENTIFIER", expected)
    assert not matches("each device has no identifier", expected)
    assert not matches("each device has an identifier at all", expected)
    assert not matches("", expected)


@given(WORDS, st.lists(st.tuples(st.integers(0, 12), st.integers(1, 12))))
def test_find_wordings_finds_exactly_what_is_there(words: list[str], places: list[tuple[int, int]]) -> None:
    there = {" ".join(words[start : start + length]) for start, length in places} - {""}
    expected = {fingerprint(wording): wording for wording in there}
    assert find_wordings(f"({', '.join(words)})", [*expected, ABSENT]) == expected


@given(WORDS, WORDS.filter(bool))
def test_find_wordings_finds_whole_words_in_sequence(text: list[str], wanted: list[str]) -> None:
    windows = [text[start : start + len(wanted)] for start in range(len(text))]
    assert (fingerprint(" ".join(wanted)) in find_wordings(" ".join(text), [fingerprint(" ".join(wanted))])) == (
        wanted in windows
    )


def test_a_hash_with_another_length_is_not_found() -> None:
    wording = fingerprint("the device")
    assert find_wordings("the device", [Fingerprint(1, wording.sha256)]) == {}


def test_in_a_long_text_wordings_are_found_between_breaks() -> None:
    within, between = fingerprint("user has an"), fingerprint("one more")
    others = [Fingerprint(words, "0" * 64) for words in range(1, 30)]
    short, long = ("Each user has an account. One more. " * count for count in (1, 10_000))
    assert find_wordings(short, [within, between, *others]).keys() == {within, between}
    assert find_wordings(long, [within, between]).keys() == {within, between}
    assert find_wordings(long, [within, between, *others]).keys() == {between}
    with pytest.raises(QueryError, match="too many lines or stops to look through; look in a part of it at a time"):
        find_wordings("a. " * 400_000, others)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("a " * 100_000, [50_000, 50_001]),
        (("x" * 1_000 + " ") * 1_000, range(1, 1_000)),
        ("x" * 10**6 + " a" * 999, range(1, 900)),
    ],
)
def test_wordings_that_are_long_are_not_looked_for_without_end(text: str, lengths: Sequence[int]) -> None:
    started = process_time()
    with pytest.raises(QueryError, match="too long to be looked for in such a text; look for fewer of them at a time"):
        find_wordings(text, [Fingerprint(words, "0" * 64) for words in lengths])
    assert process_time() - started < 5


def test_find_wordings_in_nothing() -> None:
    assert find_wordings("", [ABSENT]) == {}
    assert find_wordings("not there", []) == {}


@given(st.text())
def test_normalising_is_nfkc_and_case_folding(text: str) -> None:
    """What is cut up so that it stays fast changes no text that a language has, and so no fingerprint."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    assert normalize(text) == re.sub(r"[\W_]+", " ", folded).strip()


@pytest.mark.parametrize(
    "unit", ["\u0301\u0323", "\u0f73\u0301", "\uff9e\u0301", "a" + "\u0301\u0323" * 40, "." * 40 + "\u0323\u0301"]
)
def test_combining_marks_take_linear_time(unit: str) -> None:
    hostile = "e" + unit * (400_000 // len(unit))
    started = process_time()
    normalize(hostile)
    with pytest.raises(QueryError):
        fingerprint(hostile[1:].replace("a", "").replace("\uff9e", ""))
    assert not matches(hostile, ABSENT)
    assert find_wordings(hostile, [ABSENT]) == {}
    assert process_time() - started < 10


def test_thirty_marks_are_composed_and_no_more() -> None:
    marks = "\u0323" * 29
    assert normalize(f"a{marks}\u0302") == normalize(f"\u1ead{marks[1:]}")
    assert normalize(f"a{marks}\u0323\u0302x") == "ạ x"
