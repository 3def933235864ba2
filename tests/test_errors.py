"""Every error says what is wrong, what mends it and where; it is safe to print, and travels between processes."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

import iotbaseline as ib
from iotbaseline._model import identifiers
from iotbaseline.errors import DataError, DataErrors, IntegrityError, IoTBaselineError, printable, shorten

HOSTILE = "a\x1b]0;x\x07b\x9bc\u202ed\u2066e\rf\ud800g"
ESCAPED = r"a\x1b]0;x\x07b\x9bc\u202ed\u2066e\rf\ud800g"
BAD_LINE = DataError("a.toml", "line 3, add[0]", "it is empty", "write something", 3)
EXAMPLES: dict[type[IoTBaselineError], IoTBaselineError] = {
    type(error): error
    for error in (
        IoTBaselineError("it is wrong", "mend it", "here"),
        ib.errors.IdentifierSyntaxError("it is empty", "write something"),
        ib.errors.ArgumentTypeError("kinds", "int", "a string"),
        ib.errors.UnknownNameError("level", "hi", ["high"]),
        ib.errors.UnknownIdentifierError("element", "AC-99", ("ac-9", "ac-19")),
        ib.errors.KeyTakenError("the key acme is taken", "choose another one"),
        ib.errors.QueryError("limit is 0", "it must be at least 1"),
        ib.errors.UnknownCrosswalkError("no mappings are held", "see crosswalks()"),
        ib.errors.DataVersionError("2026.11.0", "2026.10"),
        ib.errors.NotComparableError("they have nothing in common"),
        BAD_LINE,
        IntegrityError("manifest.json", "whole file", "its hash is wrong", "restore it"),
        DataErrors(iter([BAD_LINE, BAD_LINE])),
        ib.errors.LossError("reqif", ["2 left-out: rows without an object"]),
        ib.errors.MissingExtraError("pydot", "dot"),
    )
}


def subclasses(of: type[IoTBaselineError]) -> Iterator[type[IoTBaselineError]]:
    yield of
    for each in of.__subclasses__():
        yield from subclasses(each)


def said(error: IoTBaselineError) -> list[object]:
    """What an error tells; a group tells its errors."""
    inner = [said(each) for each in error.errors] if isinstance(error, DataErrors) else []
    fields = {name: value for name, value in vars(error).items() if name != "errors"}
    return [type(error), str(error), fields, getattr(error, "name", None), inner]


EVERY = pytest.mark.parametrize("error", EXAMPLES.values(), ids=lambda error: type(error).__name__)


def test_there_is_an_example_of_every_error() -> None:
    assert set(subclasses(IoTBaselineError)) == set(EXAMPLES)


@EVERY
def test_every_error_is_the_same_when_copied(error: IoTBaselineError) -> None:
    error.add_note("seen in May")
    for other in (copy.copy(error), copy.deepcopy(error), *(pickle.loads(pickle.dumps(error, n)) for n in range(6))):  # noqa: S301
        assert said(other) == said(error)
        assert repr(other.args) == repr(error.args)
        assert other.__notes__ == error.__notes__
    del error.__notes__


def test_an_error_made_with_names_is_the_same_when_copied() -> None:
    error = IoTBaselineError(problem="p", place="x")
    for other in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301
        assert (str(other), other.args) == ("x: p", error.args)


def test_errors_come_back_from_a_pool_of_processes() -> None:
    with ProcessPoolExecutor(1) as pool:
        for error, other in zip(EXAMPLES.values(), pool.map(copy.copy, EXAMPLES.values()), strict=True):
            assert said(other) == said(error)
        with pytest.raises(ib.errors.IdentifierSyntaxError, match=r"cannot be empty; pass e\.g"):
            pool.submit(identifiers.checked, " ").result()


@EVERY
def test_every_error_tells_place_problem_and_fix(error: IoTBaselineError) -> None:
    assert error.problem
    if not isinstance(error, DataErrors):
        advised = f"{error.problem}; {error.fix}" if error.fix else error.problem
        assert str(error).endswith(f"{error.place}: {advised}" if error.place else advised)


def test_the_words_of_an_error() -> None:
    assert str(IoTBaselineError("p")) == "p"
    assert str(IoTBaselineError("p", "f", "x")) == "x: p; f"
    assert str(BAD_LINE) == "a.toml: line 3, add[0]: it is empty; write something"
    assert (BAD_LINE.file, BAD_LINE.line, DataError("f", "top", "p", "f").line) == ("a.toml", 3, None)
    unknown = ib.errors.UnknownIdentifierError("element", "AC-99", ["ac-9"])
    assert (unknown.problem, unknown.fix, unknown.suggestions) == (
        "unknown element 'AC-99'", "did you mean ac-9?", ("ac-9",)
    )  # fmt: skip


def test_where_nothing_is_near_nothing_is_advised() -> None:
    assert str(ib.errors.UnknownNameError("level", "hi")) == "unknown level 'hi'"


def test_a_group_of_errors_is_split_like_any_other() -> None:
    broken = IntegrityError("b", "whole file", "p", "f")
    group = DataErrors([BAD_LINE, broken])
    matched, rest = group.split(IntegrityError)
    assert isinstance(matched, DataErrors)
    assert isinstance(rest, DataErrors)
    assert (matched.errors, rest.errors, group.exceptions) == ((broken,), (BAD_LINE,), (BAD_LINE, broken))
    assert (group.problem, group.message) == ("2 problems", f"2 problems:\n{BAD_LINE}\n{broken}")
    with pytest.raises(ValueError, match="non-empty"):
        DataErrors([])


def test_a_group_lists_the_first_fifty() -> None:
    lines = str(DataErrors([BAD_LINE] * 60)).split("\n")
    assert lines == ["60 problems:", *[str(BAD_LINE)] * 50, "… and 10 more"]
    assert str(DataErrors([BAD_LINE] * 50)).split("\n") == ["50 problems:", *[str(BAD_LINE)] * 50]


def test_what_an_error_holds_is_safe_to_print() -> None:
    error = DataError(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    assert {error.file, error.place, error.problem, error.fix} == {ESCAPED}
    assert str(error).isprintable()
    assert str(error).encode("utf-8").decode("ascii") == f"{ESCAPED}: {ESCAPED}: {ESCAPED}; {ESCAPED}"
    assert str(DataErrors([error])).split("\n") == ["1 problem:", str(error)]
    assert str(ib.errors.UnknownNameError(HOSTILE, HOSTILE, [HOSTILE])).isprintable()


def test_long_texts_are_cut() -> None:
    assert printable("x" * 1_000) == "x" * 1_000
    assert printable("x" * 900_000) == f"{'x' * 1_000}… (900000 characters)"
    assert len(str(DataError("x" * 900_000, "x" * 900_000, "x" * 900_000, "x" * 900_000))) < 4_200
    assert shorten("x" * 900_000) == f"'{'x' * 79}… (900002 characters)"
    assert shorten("x" * 78) == f"'{'x' * 78}'"
    assert shorten(7) == shorten("7") == "'7'"


def test_what_cannot_be_printed_at_all() -> None:
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    assert shorten(1 << 100_000) == "a value of type int, too large to print"
    assert shorten(nested) == "a value of type list, too large to print"
