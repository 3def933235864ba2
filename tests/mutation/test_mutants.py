"""The mutants are what they say, and leave the module as it was."""

from __future__ import annotations

import ast
from types import FunctionType

from tests.mutation.mutants import functions, mutants

SOURCE = '''
"""Docstring."""
LEAST: int = 2

def some(items: list[int], least: int = LEAST) -> str | None:
    """Docstring."""
    if not items:
        raise ValueError("no items at all")
    kept = sorted((item for item in items if item >= least), reverse=True)
    kept.append(0)
    return f"some {kept[0]}" or None
'''
EXPECTED = {
    "LEAST: int = 2 -> LEAST: int = 3",
    "not items -> True",
    "not items -> False",
    "not items -> items",
    "raise ValueError('no items at all') -> pass",
    "item >= least -> True",
    "item >= least -> item > least",
    "sorted((item for item in items if item >= least), reverse=True)"
    " -> list((item for item in items if item >= least))",
    "sorted((item for item in items if item >= least), reverse=True)"
    " -> sorted((item for item in items if item >= least))",
    "sorted((item for item in items if item >= least), reverse=True)"
    " -> sorted((item for item in items if item >= least), reverse=False)",
    "kept.append(0) -> pass",
    "kept.append(0) -> kept.append(1)",
    "return f'some {kept[0]}' or None -> return None",
    "f'some {kept[0]}' or None -> None",
    "f'some {kept[0]}' or None -> f'some {kept[0]}'",
    "kept[0] -> kept[1]",
}


def test_what_is_changed() -> None:
    assert {f"{mutant.before} -> {mutant.after}" for mutant in mutants(SOURCE)} == EXPECTED


def test_what_only_type_checkers_read_stays() -> None:
    [mutant] = mutants("first: 'Item' = cast('Item', items[0])")
    assert mutant.after == "items[1]"


def test_a_module_is_left_as_it_was() -> None:
    plain = ast.unparse(ast.parse(SOURCE))
    for mutant in mutants(SOURCE):
        mutant.compiled("some.py")
        assert ast.unparse(mutant.tree) == plain


def test_a_function_takes_over_the_code_of_a_mutant() -> None:
    namespace: dict[str, FunctionType] = {}
    exec(compile(SOURCE, "some.py", "exec"), namespace)  # noqa: S102
    some = namespace["some"]
    [mutant] = [mutant for mutant in mutants(SOURCE) if mutant.after == "item > least"]
    assert (mutant.function, mutant.lines, mutant.in_function) == ("some", range(9, 10), True)
    assert some([1, 2]) == "some 2"
    [(_, code)] = [(key, code) for key, code in functions(mutant.compiled("some.py")) if key[0] == "some"]
    some.__code__ = code
    assert some([1, 2]) == "some 0"
