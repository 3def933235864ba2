"""The examples in the docstrings of the public functions run, and print what they say."""

from __future__ import annotations

import doctest
import inspect
from pathlib import Path

import pytest

import iotbaseline as ib
from iotbaseline._profiles.starter import starter

NEED_A_COPY = {"attach", "compare_draft", "verify"}
"""These read a publication that only the user has; docs/wordings.md shows them on an invented one."""
FUNCTIONS = {name: getattr(ib, name) for name in ib.__all__ if inspect.isfunction(getattr(ib, name))}


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - NEED_A_COPY))
def test_every_function_has_an_example_that_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acme.csv").write_text("id,title\nAC.1,Personal accounts\n", "utf-8")
    Path("acme.sssom.tsv").write_text(
        "subject_id\tpredicate_id\tobject_id\nacme:AC.1\tskos:broadMatch\tAC-2\n", "utf-8"
    )
    Path("mine.toml").write_text(starter("mine.toml"), "utf-8")
    function = FUNCTIONS[name]
    example = doctest.DocTestParser().get_doctest(inspect.getdoc(function) or "", {"ib": ib}, name, None, None)
    assert example.examples, "it has no example"
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example)
    assert not capsys.readouterr().out
