"""Words in lines, and what is printed of them."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._model.fingerprints import Allowance, Words, _parts, normalize, split
from iotbaseline._wording.pages import Line
from iotbaseline._wording.readings import Joins, Reading, readings, weighed
from iotbaseline._wording.streams import Stream
from tests.steps import counted_steps


def reading(*texts: str, joins: Joins | None = None) -> Reading:
    return Reading([((0, number), Line(text)) for number, text in enumerate(texts)], joins)


def words_of(found: Reading) -> list[str]:
    return list(found.words.words)


def whole(found: Reading) -> str:
    return found.printed(0, len(found.words.words))


def never(_: str, __: str) -> bool:
    return False


def always(_: str, __: str) -> bool:
    return True


LINES = st.lists(st.text("aB1é ﬁ№.,-'([“”])_\u0301½", max_size=12), min_size=1, max_size=6)


@given(st.text())
def test_words_are_those_of_normalising(text: str) -> None:
    parts = list(split(text))
    assert " ".join(word for word, _, _, _ in parts) == normalize(text)
    assert all(0 <= start < end <= len(text) for _, start, end, _ in parts)


@given(LINES)
def test_what_is_printed_has_the_words(lines: list[str]) -> None:
    found = reading(*lines, joins=never)
    count = len(found.words.words)
    assert words_of(found) == normalize("\n".join(lines)).split()
    for start in range(count):
        for end in range(start + 1, count + 1):
            printed = found.printed(start, end)
            if "№" not in printed and "½" not in printed:  # both are two words in one character
                assert normalize(printed).split() == words_of(found)[start:end]


@pytest.mark.parametrize(
    ("lines", "joins", "printed"),
    [
        (("Keep the re-", "issued keys."), never, "Keep the re-issued keys."),
        (("A require-", "ment holds."), always, "A requirement holds."),
        (("See [800-", "53] for it."), always, "See [800-53] for it."),
        (("Such as: ", "• one", "• two."), never, "Such as:\n• one\n• two."),
        (("It has: a.", "(b) x", "c. y"), never, "It has: a.\n(b) x\nc. y"),
        (("one line", "", "and two"), never, "one line and two"),
    ],
)
def test_printed(lines: tuple[str, ...], joins: Joins, printed: str) -> None:
    assert whole(reading(*lines, joins=joins)) == printed


@pytest.mark.parametrize(
    ("text", "start", "end", "printed"),
    [
        ("Say “stop now” twice.", 1, 3, "“stop now”"),
        ("Say (stop now) twice.", 1, 3, "(stop now)"),
        ("Say (stop now) twice.", 1, 2, "stop"),
        ("Say (stop now) twice.", 2, 3, "now"),
        ("Say (stop now) twice.", 0, 4, "Say (stop now) twice."),
        ("as in [A, B].", 2, 4, "[A, B]."),
        ("He asks: why?", 2, 3, "why?"),
        ("* bold", 0, 1, "bold"),
    ],
)
def test_punctuation_belongs_to_it_and_brackets_in_pairs(text: str, start: int, end: int, printed: str) -> None:
    assert reading(text).printed(start, end) == printed


def test_a_joined_word_is_one_word_over_two_lines() -> None:
    found = reading("The require-", "ment holds.", joins=always)
    assert words_of(found) == ["the", "requirement", "holds"]
    assert [found.position(word) for word in range(3)] == [(0, 0, 0), (0, 0, 4), (0, 1, 5)]
    assert list(found.words.find([ib.fingerprint("the requirement holds")], at_breaks=2)) != []


def test_hyphens_are_weighed_by_the_words_elsewhere() -> None:
    joins = weighed(["A requirement is", "re-issued require-", "ment"])
    assert joins("require", "ment")
    assert not joins("re", "issued")


def test_hyphens_are_only_mended_where_there_are_any() -> None:
    plain, broken = ([((0, 0), Line("no hyphen"))], [((0, 0), Line("a hy-")), ((0, 1), Line("phen"))])
    assert len(readings(plain, [], plain)) == 2
    assert [words_of(ways[0]()) for ways in readings(broken, [], broken)] == [
        ["a", "hy", "phen"], ["a", "hy", "phen"], ["a", "hyphen"], ["a", "hy", "phen"],
    ]  # fmt: skip


def test_the_box_is_around_the_lines_of_the_first_page() -> None:
    lines = [
        ((0, 0), Line("one", (0.1, 0.5, 0.4, 0.6))),
        ((0, 1), Line("two", (0.2, 0.4, 0.5, 0.5))),
        ((1, 0), Line("three", (0.0, 0.9, 1.0, 1.0))),
    ]
    assert Reading(lines).box(0, 3) == (0.1, 0.4, 0.5, 0.6)
    assert reading("one").box(0, 1) is None


def test_statements_start_after_a_stop_at_a_list_mark_and_with_other_type() -> None:
    found = Reading([
        ((0, 0), Line("One is said. Two (e.g., this) goes", size=10)),
        ((0, 1), Line("on. Three", size=10)),
        ((0, 2), Line("• four", size=10)),
        ((0, 3), Line("FIVE", size=12)),
    ])  # fmt: skip
    shown = [" ".join(found.words.words[start:end]) for start, end in found.statements()]
    assert shown == ["one is said", "two e g this goes on", "three", "four", "five"]


@pytest.mark.parametrize("line", ["a" * 100_000, "(" * 100_000 + "a", "'" * 100_000 + "a-"])
def test_what_is_repeated_in_a_line_takes_linear_time(line: str) -> None:
    started = process_time()
    stream: Stream = [((0, 0), Line(line)), ((0, 1), Line("b."))]
    [plain, *_] = readings(stream, [], stream)
    assert plain[0]().printed(1, 2) == "b."
    assert plain[0]().printed(0, 1)
    assert process_time() - started < 1


def test_the_words_of_a_page() -> None:
    found = Reading([((0, 0), Line("a b")), ((2, 0), Line("c"))])
    assert [found.on_page(page) for page in range(3)] == [(0, 2), (0, 0), (2, 3)]


@given(st.lists(st.sampled_from(["a", "b.", "c", "d,"]), min_size=1, max_size=12), st.integers(0, 9), st.integers(1, 4))
def test_finding_at_breaks_is_a_part_of_finding_anywhere(words: list[str], start: int, length: int) -> None:
    text = Words.of(" ".join(words))
    wanted = [ib.fingerprint(" ".join(words[start : start + length]))] if words[start : start + length] else []
    both, one, none = (set(text.find(wanted, at_breaks)) for at_breaks in (2, 1, 0))
    assert both.isdisjoint(one)
    assert both | one <= none
    inside = (0, len(words))
    assert set(text.find(wanted, 0, inside)) == none
    assert list(text.find(wanted, 0, allowance=Allowance(-1))) == []


@pytest.mark.parametrize("at_breaks", [0, 1, 2])
def test_no_more_pieces_are_looked_at_than_are_allowed(at_breaks: int) -> None:
    words, wanted = ["a"] * 1_000, [ib.Fingerprint(words, "0" * 64) for words in range(1, 16)]
    text = Words(words, range(0, 1_000, 2))
    for pieces in (500, 5_000):
        with counted_steps() as steps:
            list(text.find(wanted, at_breaks, allowance=Allowance(pieces)))
        assert steps.count < 10 * pieces + 1_000
    assert steps.count > 1_000


def test_a_word_that_recurs_is_taken_apart_once() -> None:
    _parts.cache_clear()
    assert len(list(split("Ünique words, Ünique words; " * 500))) == 2_000
    assert _parts.cache_info().misses == 3
    assert len(list(split("long" * 100 + " word"))) == 2
    assert _parts.cache_info().misses == 4


@pytest.mark.parametrize("line", ["x" * 200_000, "a-" * 100_000 + "x", "(" * 200_000 + " a b)"])
def test_a_line_without_end_takes_linear_time(line: str) -> None:
    started = process_time()
    stream = [((0, 0), Line(line))]
    for way in readings(stream, [], stream):
        found = way[0]()
        assert found.printed(len(found.words.words) - 1, len(found.words.words)).strip("() ")
    assert process_time() - started < 5
