"""The README does what it says."""

from __future__ import annotations

import doctest
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import iotbaseline as ib
from iotbaseline._apps.cli import cli

README = Path(__file__).parents[2] / "README.md"


def test_examples() -> None:
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    failed, tried = doctest.testfile(str(README), module_relative=False, encoding="utf-8", optionflags=flags)
    assert tried > 0
    assert failed == 0


def test_two_commands() -> None:
    """One runs the main job and one runs the tests; ``.ci/run`` runs both."""
    lines = README.read_text("utf-8").split("\n")
    run, test = [line for line in lines if line.startswith("python3 -m venv")]
    assert "-m iotbaseline tour" in run
    assert "pytest" in test
    shell = shutil.which("bash")
    for command in (run, test) if shell else ():
        assert subprocess.run([str(shell), "-n", "-c", command], check=False).returncode == 0


@pytest.mark.parametrize("word", ["load(", "get(", "crosswalk(", "diff("])
def test_examples_show_the_main_calls(word: str) -> None:
    assert any(word in line for line in README.read_text("utf-8").split("\n") if line.startswith((">>>", "...")))


def test_what_is_held() -> None:
    """The table says how many elements of each publication there are and how they were checked."""
    rows = re.findall(r"^\| (`.+`) \| .+ \| ([0-9, ]+) \| (\w+) \|$", README.read_text("utf-8"), re.MULTILINE)
    told = {
        key.strip("`"): (int(count), fidelity)
        for keys, counts, fidelity in rows
        for key, count in zip(keys.split(", "), counts.split(", "), strict=True)
    }
    held = [ib.load(info.key) for info in ib.publications()]
    assert told == {each.key: (len(each), each.fidelity.value) for each in held if each.elements}


def test_every_command_is_in_the_table() -> None:
    named = set(re.findall(r"(?:`iotbaseline |, `)([\w-]+)", README.read_text("utf-8")))
    assert set(cli.commands) <= named
