"""What texts say of numbers: "1 path", never "1 paths"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import iotbaseline as ib
from iotbaseline._model.provenance import judgement
from iotbaseline.errors import DataError, DataErrors, counted

SOURCE = Path(ib.__file__).parent
NEVER_ONE = {
    ("errors.py", " characters"),
    ("_assessments/questionnaire.py", " characters"),
    ("_profiles/resolver.py", " levels"),
    ("_wording/pdf.py", " pages"),
    ("formats/ciso_reading.py", " frameworks"),
    ("formats/olir.py", " relationships"),
}
"""Where a text is written only if the number is not one."""
PLURAL = re.compile(r" [a-z]{3,}s\b")


@pytest.mark.parametrize(("count", "text"), [(0, "0 steps"), (1, "1 step"), (2, "2 steps"), (1_000, "1000 steps")])
def test_counted(count: int, text: str) -> None:
    assert counted(count, "step") == text


def unnumbered(tree: ast.AST) -> Iterator[str]:
    """The words in the plural that follow a ``len(...)`` in a text."""
    for text in ast.walk(tree):
        if isinstance(text, ast.JoinedStr):
            for value, after in pairwise(text.values):
                if isinstance(value, ast.FormattedValue) and ast.unparse(value.value).startswith("len("):
                    word = PLURAL.match(str(after.value)) if isinstance(after, ast.Constant) else None
                    yield from [word[0]] if word else []


def test_no_text_counts_one_thing_in_the_plural() -> None:
    assert list(unnumbered(ast.parse('f"{len(paths)} paths"'))) == [" paths"]
    found = {
        (path.relative_to(SOURCE).as_posix(), word)
        for path in SOURCE.rglob("*.py")
        for word in unnumbered(ast.parse(path.read_text("utf-8")))
    }
    assert found == NEVER_ONE


def test_what_is_judged_is_one_or_many() -> None:
    assert judgement(0, 1, "path") is None
    assert (judgement(1, 1, "path") or "").startswith("1 of 1 path rests on ")
    assert (judgement(1, 3, "path") or "").startswith("1 of 3 paths rests on ")
    assert (judgement(3, 3, "path") or "").startswith("3 of 3 paths rest on ")


def test_results_of_one() -> None:
    connection = ib.paths("ir8425:data-protection.1", "SC-28", limit=1)
    assert repr(connection).endswith(": 1 path>")
    assert "1 of 1 path rests on" in str(connection.notice)
    assert str(ib.check_crosswalks(("ir8425", "ir8259a"))).startswith("1 crosswalk: ")
    assert str(ib.coverage("ir8425:data-protection", "ir8259a")).startswith("1 element against ")
    assert str(ib.reach("IA-3", "ir8259a")[:1]) == "sp800-53r5:ia-3 reaches 1 element of ir8259a"
    assert str(ib.crosswalk("ir8425", "ir8259a")[:1]) == "ir8425 to ir8259a: 1 mapping"
    assert str(DataErrors([DataError("a", "b", "c", "d")])).startswith("1 problem:")
