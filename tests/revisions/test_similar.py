"""Elements paired by similar words: as a plain comparison of all with all pairs them, in a fraction of its time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from iotbaseline._model.element import Element
from iotbaseline._model.kinds import Clause
from iotbaseline._revisions import pairing
from tests.steps import counted_steps

if TYPE_CHECKING:
    import pytest

TITLES = st.lists(st.lists(st.sampled_from("abcdef"), max_size=6).map(" ".join), max_size=12)


def clauses(key: str, titles: list[str]) -> dict[str, Element]:
    return {f"{key}:{n}": Clause(id=f"{key}:{n}", title=title or None) for n, title in enumerate(titles)}


def plainly(left: dict[str, Element], right: dict[str, Element]) -> list[tuple[str, str]]:
    words = {each.id: set(each.name.lower().replace(":", " ").split()) for each in (*left.values(), *right.values())}
    best: dict[str, tuple[float, str]] = {}
    for one in left:
        for other in right:
            score = len(words[one] & words[other]) / max(1, len(words[one] | words[other]))
            for this, that in ((one, other), (other, one)):
                if score >= 0.6 and score > best.get(this, (0.0, ""))[0]:
                    best[this] = (score, that)
    return [(one, other) for one, (_, other) in best.items() if one in left and best[other][1] == one]


@given(TITLES, TITLES)
def test_each_is_the_best_match_of_the_other(ours: list[str], theirs: list[str]) -> None:
    left, right = clauses("x", ours), clauses("y", theirs)
    found = [(pair.before[0], pair.after[0]) for pair in pairing._similar(left, right)]
    assert found == plainly(left, right)


def test_five_thousand_rows_on_each_side_take_seconds() -> None:
    for template in ("some title number {} is here", "part {}"):
        left = clauses("x", [template.format(n) for n in range(5_000)])
        right = clauses("y", [template.format(n + 7) for n in range(5_000)])
        start = time.process_time()
        assert len(pairing._similar(left, right)) == 4_993
        assert time.process_time() - start < 5


def test_names_of_which_all_are_alike_take_seconds() -> None:
    left = clauses("x", [f"some title number {n} is here" for n in range(2_000)])
    right = clauses("y", [f"some title number {n + 9_000} is here" for n in range(2_000)])
    start = time.process_time()
    assert len(pairing._similar(left, right)) == 1
    assert time.process_time() - start < 10


def test_names_that_recur_are_compared_once() -> None:
    left, right = (clauses(key, [f"the same words {number % 3}" for number in range(400)]) for key in "xy")
    with counted_steps() as steps:
        assert [(pair.before, pair.after) for pair in pairing._similar(left, right)] == [
            ((f"x:{number}",), (f"y:{number}",)) for number in range(3)
        ]
    assert steps.count < 800 * 50


def test_of_very_many_each_is_compared_with_few(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = (clauses(key, [f"the same words {key}{number}" for number in range(400)]) for key in "xy")
    counts: list[int] = []
    for most in (400 * 200, 400 * 10):
        monkeypatch.setattr(pairing, "_MOST_IN_ALL", most)
        with counted_steps() as steps:
            assert len(pairing._similar(left, right)) == 1
        counts.append(steps.count)
    assert counts[1] < counts[0] / 5
