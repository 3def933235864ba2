"""``python -m iotbaseline``, with the ``cli`` extra and without."""

from __future__ import annotations

import runpy
import subprocess
import sys
from importlib.abc import MetaPathFinder

import pytest

import iotbaseline as ib
from iotbaseline.__main__ import main
from iotbaseline._apps.tour import as_text, tour

WITHOUT_CLICK = "import sys; sys.modules['click'] = None; sys.argv = ['iotbaseline', *{arguments}]\n"
MAIN = "from iotbaseline.__main__ import main; main()"


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["iotbaseline", *arguments])
    main()


class Blocked(MetaPathFinder):
    """Finds that one library is not installed."""

    def __init__(self, library: str) -> None:
        self.library = library

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:  # noqa: ARG002
        if name == self.library:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def without(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, library, raising=False)
    monkeypatch.delitem(sys.modules, "iotbaseline._apps.cli", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Blocked(library), *sys.meta_path])


def test_with_the_extra(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        call(monkeypatch, "--version")
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"iotbaseline {ib.__version__}, data {ib.data_version}\n"


@pytest.mark.parametrize("library", ["click", "rich"])
def test_plain_tour_without_the_extra(
    library: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without(monkeypatch, library)
    call(monkeypatch, "tour")
    assert capsys.readouterr().out == as_text(tour()) + "\n"


@pytest.mark.parametrize("arguments", [(), ("list",), ("tour", "--json"), ("--help",)])
def test_hint_without_the_extra(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "click")
    with pytest.raises(SystemExit, match=r"run: pip install 'iotbaseline\[cli\]'") as caught:
        call(monkeypatch, *arguments)
    assert isinstance(caught.value.code, str)


def test_what_else_is_missing_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "iotbaseline._apps.cli", raising=False)
    monkeypatch.setitem(sys.modules, "iotbaseline._apps.tour", None)
    with pytest.raises(ModuleNotFoundError, match=r"iotbaseline\._apps\.tour"):
        call(monkeypatch, "tour")


def test_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delitem(sys.modules, "iotbaseline.__main__")
    monkeypatch.setattr(sys, "argv", ["iotbaseline", "list", "--json"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("iotbaseline", run_name="__main__")
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("[")


def test_as_a_process() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "iotbaseline", "tour"], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout == as_text(tour()) + "\n"
    assert done.stderr == ""


def test_process_without_click() -> None:
    code = WITHOUT_CLICK.format(arguments=["tour"]) + MAIN
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == as_text(tour()) + "\n"
    code = WITHOUT_CLICK.format(arguments=["list"]) + MAIN
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "only 'tour' runs without click and rich; for the rest run: pip install 'iotbaseline[cli]'\n"
    )
