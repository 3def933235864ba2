"""The line of every value of a JSON or TOML file, and the problems told by it."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._files.positions import Path, json_lines, toml_lines
from iotbaseline._files.problems import MOST, MOST_COMPARED, Problems, Report, shown

Tree = Any
names = st.text(min_size=1, max_size=5)
trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=30,
)


def paths(tree: Tree, path: Path = ()) -> list[Path]:
    """The path of every value of a tree."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(each for step, value in inner for each in paths(value, (*path, step)))]


def at(tree: Tree, path: Path) -> Tree:
    for step in path:
        tree = tree[step]
    return tree


@pytest.mark.slow
@given(trees, st.integers(0, 3))
def test_every_value_of_a_json_text_has_its_line(tree: Tree, indent: int) -> None:
    text = json.dumps(tree, indent=indent or None, ensure_ascii=bool(indent % 2))
    lines, repeated = json_lines(text)
    assert repeated == []
    assert set(lines) == set(paths(tree))
    shown_lines = text.split("\n")
    for path, line in lines.items():
        start = json.dumps(at(tree, path), indent=indent or None, ensure_ascii=bool(indent % 2)).split("\n")[0]
        assert start in shown_lines[line - 1]


@given(st.lists(trees, min_size=1, max_size=6))
def test_values_on_lines_of_their_own(values: list[Tree]) -> None:
    text = "[\n\n" + ",\n".join(json.dumps(value) for value in values) + "]"
    lines, _ = json_lines(text)
    assert [lines[number,] for number in range(len(values))] == list(range(3, 3 + len(values)))


def test_names_that_occur_twice() -> None:
    lines, repeated = json_lines('{"a": 1,\n "b": {"a": 2},\n "a": 3}')
    assert repeated == [("a",)]
    assert lines["b", "a"] == 2


TOML = '''# a = 1
title = "one # two"
"quoted \\u0061" = 'x = 1'
'single "' = """
[[imports]]
a = \\"""1\\"""
"""\
""
after = \'\'\'
it\'\'s
\'\'\'
list = [ # a comment, [
  "a", [1, 2],

  { b = 1, c.d = [
    3.5 ] },
  1979-05-27 07:32:00,
]
plain = true

[[imports]]
from = "x"
[imports.mapped_to]
publication = "y"

[[imports.include]]
ids = ["a",
  "b"]

[[imports.include]]
kinds = ["c"]

[[imports]]
from = "z"
[[imports.include]]
d = 1
[e.f]
g."h.i" = 1\r
j = 2\r
'''


def test_every_value_of_a_toml_text_has_its_line() -> None:
    TREE = tomllib.loads(TOML)  # noqa: N806
    lines = toml_lines(TOML)
    given_paths = set(paths(TREE))
    implied: set[Path] = {(), ("list", 2, "c"), ("e",), ("e", "f", "g")}
    assert set(lines) == given_paths - implied
    marks = {
        ("title",): "title",
        ("quoted a",): '"quoted',
        ('single "',): "'single",
        ("after",): "after",
        ("list",): "list",
        ("list", 0): '"a"',
        ("list", 1): '"a"',
        ("list", 2): "{ b",
        ("list", 2, "c", "d"): "c.d",
        ("list", 2, "c", "d", 0): "3.5",
        ("list", 3): "1979",
        ("plain",): "plain",
        ("imports",): "[[imports]]",
        ("imports", 0, "from"): '"x"',
        ("imports", 0, "mapped_to"): "[imports.mapped_to]",
        ("imports", 0, "mapped_to", "publication"): '"y"',
        ("imports", 0, "include", 0, "ids"): "ids",
        ("imports", 0, "include", 0, "ids", 1): '"b"',
        ("imports", 0, "include", 1, "kinds"): "kinds",
        ("imports", 1, "from"): '"z"',
        ("imports", 1, "include", 0, "d"): "d = 1",
        ("e", "f", "g", "h.i"): "g.",
        ("e", "f", "j"): "j",
    }
    text = TOML.split("\n")
    for path, start in marks.items():
        assert start in text[lines[path] - 1], path
    assert (lines["imports", 0], lines["imports", 1]) == (lines["imports",], text.index('from = "z"'))
    assert lines["imports", 0, "include", 1] == text.index('kinds = ["c"]')


@given(st.dictionaries(st.from_regex("[a-z]{1,3}", fullmatch=True), st.text('[]{}=,.#" \n\t\\a1')))
def test_toml_lines_of_strings_that_look_like_toml(values: dict[str, str]) -> None:
    quoted = {name: value.replace("\\", "\\\\").replace('"', '\\"') for name, value in values.items()}
    text = "".join(f'{name} = """\n{value}"""\n\n' for name, value in quoted.items())
    assert tomllib.loads(text) == values
    lines = toml_lines(text)
    assert list(lines) == [(name,) for name in values]
    assert all(text.split("\n")[line - 1] == f'{path[0]} = """' for path, line in lines.items())


def test_a_key_with_an_escape_that_json_does_not_have_is_left_as_it_is() -> None:
    assert toml_lines('a = 1\n"\\U0001F600" = 2\nb = 3') == {("a",): 1, ("\\U0001F600",): 2, ("b",): 3}


def test_shown() -> None:
    assert shown(("imports", 1, "include", 0, "ids", 2)) == "imports[1].include[0].ids[2]"
    assert shown(()) == ""


def test_problems_are_told_once_and_by_the_nearest_line() -> None:
    problems = Problems("f.toml")
    report = Report("f.toml", {(): 1, ("a",): 3, ("a", 0): 4, ("b",): 2}, problems)
    report.add(("a", 1, "x"), "p", "f")
    report.add(("b",), "p", "f")
    report.add(("a", 0), "p", "f")
    report.add((), "p", "f")
    report.add(("b",), "p", "f")
    assert [error.place for error in problems.errors] == ["line 3, a[1].x", "line 2, b", "line 4, a[0]", "line 1"]
    assert [error.line for error in problems.errors] == [3, 2, 4, 1]
    assert report.is_broken(("a",))
    assert report.is_broken(("a", 1))
    assert not report.is_broken(("a", 2))
    assert not report.is_broken(("c",))


def test_enough_is_enough() -> None:
    problems = Problems("a.toml")
    one, other = (Report(file, {}, problems) for file in ("a.toml", "b.toml"))
    for number in range(MOST):
        (one if number % 2 else other).add((number,), "p", "f")
    with pytest.raises(ib.errors.DataErrors) as caught:
        one.add(("x",), "p", "f")
    assert caught.value.errors[:MOST] == tuple(problems.errors)
    assert (
        str(caught.value.errors[MOST]) == "a.toml: whole file: it has more than 500 problems; correct the others first"
    )


def test_suggestions_end_when_enough_names_have_been_compared() -> None:
    hints, known = Problems("f").hints, [f"name-{number}" for number in range(MOST_COMPARED // 2)]
    assert [bool(hints.nearest("name-1x", known)) for _ in range(3)] == [True, True, False]
    assert hints.near("name-1x", known) == ""


def test_what_is_in_a_publication_is_not_listed_once_enough_has_been_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    hints, controls = Problems("f").hints, ib.load("sp800-53r5")
    assert hints.nearest_in(controls, "ac-2x")[0].startswith("ac-2")
    hints.nearest("", range(MOST_COMPARED))  # type: ignore[arg-type]
    monkeypatch.setattr(ib.Element, "local", None)
    assert hints.nearest_in(controls, "ac-2x") == ()


def test_a_long_name_is_cut_where_a_path_is_printed() -> None:
    assert shown(("a", "x" * 900_000, 0)) == f"a.{'x' * 80}…[0]"
