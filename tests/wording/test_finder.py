"""Wordings found in a copy: where they are expected, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import TYPE_CHECKING

import iotbaseline as ib
from iotbaseline._wording import finder
from iotbaseline._wording.finder import Finder
from iotbaseline._wording.pages import Line, Page
from iotbaseline.kinds import Requirement

if TYPE_CHECKING:
    import pytest


def requirement(local: str, wording: str, page: str | None = None) -> Requirement:
    known = ib.fingerprint(wording)
    return Requirement(id=f"x:{local}", page=page, words=known.words, sha256=known.sha256)


def paged(*pages: Iterable[str]) -> list[Page]:
    return [Page(number, tuple(map(Line, lines))) for number, lines in enumerate(pages, 1)]


def places(pages: list[Page], *elements: Requirement) -> dict[str, tuple[int, int]]:
    return {key: passage.position[:2] for key, passage in Finder(pages).locate(elements).items()}


LONG = "the device keeps a log of all that happens"
OTHER = "the maker tells its customers what has changed"
THIRD = "nobody but the owner may change the settings"


def test_of_several_places_the_one_on_the_expected_page_is_taken() -> None:
    pages = paged(["x.", OTHER], ["y.", LONG], ["z.", LONG], ["w.", THIRD])
    found = places(pages, requirement("1", OTHER, "1"), requirement("2", LONG, "3"), requirement("3", THIRD, "4"))
    assert found == {"x:1": (0, 1), "x:2": (2, 1), "x:3": (3, 1)}


def test_printed_pages_are_counted_from_elsewhere_than_those_of_the_file() -> None:
    pages = paged(["cover"], ["preface"], ["x.", OTHER], ["y.", THIRD, LONG], ["z.", LONG])
    found = places(pages, requirement("1", OTHER, "1"), requirement("2", THIRD, "2"), requirement("3", LONG, "3"))
    assert found["x:3"] == (4, 1)


def test_without_pages_the_next_place_is_taken() -> None:
    pages = [Page(None, tuple(map(Line, (LONG, "a.", OTHER, "b.", LONG))))]
    assert places(pages, requirement("1", OTHER), requirement("2", LONG)) == {"x:1": (0, 2), "x:2": (0, 4)}
    assert places(pages, requirement("1", LONG), requirement("2", OTHER)) == {"x:1": (0, 0), "x:2": (0, 2)}


def test_a_short_wording_counts_only_between_its_neighbours_on_its_page() -> None:
    before, short, after = requirement("1", OTHER, "2"), requirement("2", "by post", "2"), requirement("3", LONG, "2")
    pages = paged(["by post"], [OTHER, "by post", LONG], ["by post"])
    assert places(pages, before, short, after)["x:2"] == (1, 1)
    elsewhere = paged(["by post"], [OTHER, LONG, "by post"], ["by post"])
    assert "x:2" not in places(elsewhere, before, short, after)
    assert "x:2" not in places(paged(["by post"]), short)


def test_a_short_wording_without_a_page_needs_a_neighbour_nearby() -> None:
    pages = paged([OTHER], ["far"], ["off"], ["by post"])
    assert places(pages, requirement("1", OTHER), requirement("2", "by post")) == {"x:1": (0, 0)}
    near = paged([OTHER, "by post"])
    assert places(near, requirement("1", OTHER), requirement("2", "by post")).keys() == {"x:1", "x:2"}


def test_within_a_sentence_a_wording_is_found_from_one_break_or_on_its_page() -> None:
    pages = paged(["one.", OTHER], [f"so we see {LONG} and more"], [THIRD], [f"{OTHER} twice"])
    inner = requirement("2", LONG, "2")
    assert places(pages, requirement("1", THIRD, "3"), inner) == {"x:1": (2, 0), "x:2": (1, 0)}
    assert places(pages, inner) == {}
    assert places(paged([f"so we see {LONG}", "a"]), inner) == {"x:2": (0, 0)}


def test_search_gives_up_beyond_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder, "MOST_PIECES", 0)
    monkeypatch.setattr(finder, "MOST_BY_CHARACTER", 0)
    assert places(paged(["a. b. c. d. e.", LONG]), requirement("1", LONG)) == {}


def test_the_bound_is_one_for_all_that_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder, "MOST_PIECES", 50)
    monkeypatch.setattr(finder, "MOST_BY_CHARACTER", 0)
    copy = Finder(paged(["a. b. c. d. e.", LONG]))
    assert copy.recognised([ib.fingerprint(LONG)])
    for number in range(60):
        copy.recognised([ib.Fingerprint(5, f"{number:064}")])
    assert copy.recognised([ib.fingerprint("a b c d e")]) == {ib.fingerprint(LONG)}


def test_what_is_not_there_is_not_found() -> None:
    """No false find among thousands of wordings with one word changed, dropped, doubled or moved."""
    random = Random(1)  # noqa: S311
    vocabulary = [f"word{number}" for number in range(60)]
    sentences = [random.choices(vocabulary, k=random.randint(2, 20)) for _ in range(150)]
    lines = [f"{number}. {' '.join(words)}." for number, words in enumerate(sentences)]
    pages = paged(*(lines[start : start + 10] for start in range(0, 150, 10)))
    text = f" {' '.join(word for words in sentences for word in words)} "
    mutated = []
    for number in range(2_000):
        words = list(sentences[number % 150])
        place = random.randrange(len(words))
        change = random.choice(
            (
                lambda: words.pop(place),  # noqa: B023
                lambda: words.insert(place, "not"),  # noqa: B023
                lambda: words.__setitem__(place, random.choice(vocabulary)),  # noqa: B023
                lambda: words.insert(0, words.pop(place)),  # noqa: B023
            )
        )
        change()
        if words and f" {' '.join(words)} " not in text:
            mutated.append(requirement(str(number), " ".join(words), str(number % 150 // 10 + 1)))
    assert len(mutated) > 1_000
    assert Finder(pages).locate(mutated) == {}


def test_all_sentences_are_found_in_order() -> None:
    random = Random(2)  # noqa: S311
    sentences = [[f"w{random.randrange(9)}" for _ in range(random.randint(5, 9))] for _ in range(40)]
    pages = paged(*([" ".join(words) + "." for words in sentences[start : start + 8]] for start in range(0, 40, 8)))
    elements = [requirement(str(n), " ".join(words), str(n // 8 + 1)) for n, words in enumerate(sentences)]
    assert [found.position[0] for found in Finder(pages).locate(elements).values()] == [n // 8 for n in range(40)]
