"""``python -m iotbaseline``, with the ``cli`` extra and without."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path

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


def forget(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
        monkeypatch.delitem(sys.modules, name)


def without(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, library, raising=False)
    forget(monkeypatch, "iotbaseline._apps.cli")
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


@pytest.mark.parametrize("library", ["click", "rich"])
@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_help_without_the_extra(
    library: str, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without(monkeypatch, library)
    call(monkeypatch, *arguments)
    shown = capsys.readouterr().out
    assert shown.startswith("Usage: iotbaseline ")
    assert shown.endswith("pip install 'iotbaseline[cli]'\n")


def test_version_without_the_extra(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    without(monkeypatch, "click")
    call(monkeypatch, "--version")
    assert capsys.readouterr().out == f"iotbaseline {ib.__version__}, data {ib.data_version}\n"


def test_a_library_without_a_loader_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iotbaseline.__main__.find_spec", lambda _: None)
    with pytest.raises(SystemExit, match="needs click and rich"):
        call(monkeypatch, "list")


@pytest.mark.parametrize("arguments", [("list",), ("tour", "--json")])
def test_hint_without_the_extra(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "click")
    with pytest.raises(SystemExit, match=r"run: pip install 'iotbaseline\[cli\]'") as caught:
        call(monkeypatch, *arguments)
    assert isinstance(caught.value.code, str)


def test_what_else_is_missing_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    forget(monkeypatch, "iotbaseline._apps.cli")
    monkeypatch.setitem(sys.modules, "iotbaseline._apps.cli.group", None)
    with pytest.raises(ModuleNotFoundError, match=r"iotbaseline\._apps\.cli\.group"):
        call(monkeypatch, "tour")


def test_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delitem(sys.modules, "iotbaseline.__main__")
    monkeypatch.setattr(sys, "argv", ["iotbaseline", "list", "--json"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("iotbaseline", run_name="__main__")
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("{")


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
    assert done.stderr == "'list' needs click and rich; run: pip install 'iotbaseline[cli]'\n"


@pytest.mark.parametrize("code", [MAIN, WITHOUT_CLICK.format(arguments=["tour"]) + MAIN])
def test_a_reader_that_has_seen_enough(code: str) -> None:
    arguments = [sys.executable, "-c", code, "tour"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device"), r"cannot be written \(No space left on device\); make room"),
        (OSError(98, "Address already in use"), "Address already in use"),
    ],
)
def test_only_a_full_disk_is_told_as_one(error: OSError, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def write(self, text: str) -> None:  # noqa: ARG002
            raise error

        def flush(self) -> None: ...

    monkeypatch.setattr(sys, "stdout", Full())
    monkeypatch.setitem(sys.modules, "click", None)
    monkeypatch.delitem(sys.modules, "iotbaseline._apps.cli", raising=False)
    with pytest.raises((SystemExit, OSError), match=told) as caught:
        call(monkeypatch, "--version")
    assert isinstance(caught.value, SystemExit) == (error.errno == 28)


def test_streams_that_were_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(SystemExit) as caught:
        call(monkeypatch, "show", "AC-2")
    assert caught.value.code == 0
    for stream in (sys.stdout, sys.stderr):
        stream.close()


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["tour"], ["--version"], ["--help"], ["show", "AC-2"], ["list", "--json"]])
@pytest.mark.parametrize("before", ["", WITHOUT_CLICK.format(arguments=["tour"])])
def test_a_full_disk_is_told_in_a_line(before: str, arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", before + MAIN, *arguments], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.decode().startswith("Error: the output cannot be written (No space left on device); make room")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that closes streams")
@pytest.mark.parametrize(("arguments", "status"), [("show AC-2", 0), ("show nothing", 1)])
def test_closed_streams_are_no_error_of_their_own(arguments: str, status: int) -> None:
    command = f'"{sys.executable}" -m iotbaseline {arguments} >&- 2>&-'
    assert subprocess.run(command, shell=True, check=False).returncode == status  # noqa: S602


def test_output_is_utf_8_whatever_the_locale() -> None:
    arguments = [sys.executable, "-m", "iotbaseline", "diff", "ir8259", "ir8259r1", "--markdown"]
    done = subprocess.run(arguments, capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "cp1252"})
    assert "→" in done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    replaced: list[int] = []

    class Gone:
        def write(self, text: str) -> None:  # noqa: ARG002
            raise BrokenPipeError

        def flush(self) -> None: ...

        def fileno(self) -> int:
            return -1

    monkeypatch.setattr(sys, "stdout", Gone())
    monkeypatch.setattr("os.dup2", lambda _, to: replaced.append(to))
    without(monkeypatch, "click")
    call(monkeypatch, "--version")
    assert replaced == [-1]
