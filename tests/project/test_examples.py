"""The examples in docstrings run, and print what they say."""

from __future__ import annotations

import doctest
import inspect
from importlib import import_module
from pathlib import Path

import pytest

import iotbaseline as ib
from iotbaseline._profiles.starter import starter
from tests.project.test_face import MODULES

NEED_A_COPY = {"attach", "compare_draft", "verify"}
"""These read a publication that only the user has; docs/wordings.md shows them on an invented one."""
FUNCTIONS = {name: value for name in ib.__all__ if inspect.isfunction(value := getattr(ib, name))}


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - NEED_A_COPY))
def test_every_public_function_has_an_example(name: str) -> None:
    assert ">>> " in (FUNCTIONS[name].__doc__ or "")


@pytest.mark.parametrize("name", ["", *(f".{name}" for name in MODULES)])
def test_examples_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acme.csv").write_text("id,title\nAC.1,Personal accounts\n", "utf-8")
    row = "subject_id\tpredicate_id\tobject_id\nacme:AC.1\tskos:broadMatch\tAC-2\n"
    Path("acme.sssom.tsv").write_text(row, "utf-8")
    Path("mine.toml").write_text(starter("mine.toml"), "utf-8")
    module = import_module(f"iotbaseline{name}")
    assert doctest.testmod(module, extraglobs={"ib": ib}, optionflags=doctest.ELLIPSIS).failed == 0
