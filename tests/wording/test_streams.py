"""What belongs to the text, to the footnotes, and to the page alone."""

from __future__ import annotations

from time import process_time

import pytest

from iotbaseline._wording.pages import Line, Page
from iotbaseline._wording.streams import streams


def page(number: int, *texts: str) -> Page:
    return Page(number, tuple(map(Line, texts)))


def body(text: str, size: float = 10, raised: tuple[tuple[int, int], ...] = ()) -> Line:
    return Line(text, (0.2, 0.5, 0.8, 0.52), size, raised)


def text_of(*pages: Page) -> list[str]:
    return [line.text for _, line in streams(pages)[0]]


def notes_of(*pages: Page) -> list[str]:
    return [line.text for _, line in streams(pages)[1]]


def test_what_recurs_at_the_edges_of_pages_goes_whatever_its_digits() -> None:
    pages = [page(n, "Title", "a", "b", f"text {word}", "c", "d", f"p. {n} of 9") for n, word in enumerate("xyz")]
    assert text_of(*pages) == ["text x", "text y", "text z"]


def test_what_recurs_within_pages_stays() -> None:
    pages = [page(n, f"1{n} head x", "2", "3", "Discussion:", "4", "5", f"foot {'y' * n}") for n in (1, 2)]
    assert text_of(*pages).count("Discussion:") == 2


def test_nothing_recurs_in_a_file_without_pages() -> None:
    assert text_of(Page(None, (Line("a"), Line("a")))) == ["a", "a"]


@pytest.mark.parametrize("box", [(0.4, 0.95, 0.6, 0.97), (0.4, 0.03, 0.6, 0.05), (0.01, 0.2, 0.03, 0.8)])
def test_edges_are_places_where_places_are_known(box: tuple[float, float, float, float]) -> None:
    pages = [Page(n, (body(f"one {n * 'x'}"), Line(f"Page {n}", box, 10), body("same"))) for n in (1, 2)]
    assert text_of(*pages) == ["one x", "same", "one xx", "same"]


def test_line_numbers_go_and_numbers_in_the_text_stay() -> None:
    first = page(1, *[f"{n} line {chr(96 + n)}" for n in range(1, 13)], "800 of them")
    second = page(2, *[f"{n} line {chr(96 + n)}" for n in range(13, 16)], "3 ends")
    assert text_of(first, second) == [
        *[f"line {letter}" for letter in "abcdefghijkl"], "800 of them", "line m", "line n", "line o", "3 ends",
    ]  # fmt: skip


def test_many_numbered_lines_take_linear_time() -> None:
    started = process_time()
    text, _ = streams([page(1, *(f"{number} a" for number in range(1, 40_001)))])
    assert process_time() - started < 3
    assert {line.text for _, line in text} == {"a"}


def test_few_numbers_in_a_row_are_a_list() -> None:
    assert text_of(page(1, *[f"{n} item" for n in range(1, 10)])) == [f"{n} item" for n in range(1, 10)]


def test_footnotes_are_a_stream_of_their_own_and_their_marks_go() -> None:
    pages = [
        Page(1, (
            body("A wording1 that is", raised=((9, 10),)),
            body("1 The note is", 8, ((0, 1),)),
            body("two lines long.", 8),
            body("2 Another.", 8, ((0, 1),)),
        )),
        Page(2, (body("cut by a page end, 10 m2 wide.", raised=((24, 25),)), body("5", 6), body("and more"))),
    ]  # fmt: skip
    assert text_of(*pages) == ["A wording that is", "cut by a page end, 10 m2 wide.", "and more"]
    assert notes_of(*pages) == [" The note is", "two lines long.", " Another.", ""]


def test_small_type_without_a_number_is_no_footnote() -> None:
    lines = (body("Text"), body("more text"), body("still text"), body("Figure", 7), body("1 A note.", 7))
    assert notes_of(Page(1, lines)) == ["1 A note."]


def test_no_pages() -> None:
    assert streams([]) == ([], [])
