"""A process that is forked while other threads are at work."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from iotbaseline._library import forking

FORKS = """
import os, sys, time, warnings
from threading import Thread
import iotbaseline as ib

def ask():
    return ib.load("IR 8259A").capabilities, ib.crosswalk("sp800-213a", "sp800-53r5").sources("AC-2")

def work():
    return ask(), ib.search("software update")

warnings.simplefilter("ignore")
thread, forked = Thread(target=work), 0
thread.start()
while thread.is_alive():
    if not (child := os.fork()):
        ask()
        os._exit(0)
    end = time.monotonic() + 30
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > end:
            os.kill(child, 9)
            sys.exit(f"child {forked} waits for ever")
        time.sleep(0.005)
    forked += 1
print(forked)
"""
"""Forks a process that has just started as often as it can while its other thread works."""

OURS, LOCKED, THEIRS = "iotbaseline.formats.graph", "<frozen importlib._bootstrap>", "networkx"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_child_never_waits_for_what_another_thread_imports() -> None:
    done = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 0


@pytest.mark.parametrize(
    ("stack", "holds"),
    [
        ([("a.py", OURS)], False),
        ([(LOCKED, "importlib"), ("a.py", OURS)], True),
        ([("b.py", THEIRS), (LOCKED, "importlib"), ("a.py", OURS), ("main.py", "__main__")], True),
        ([("/lib/functools.py", "functools"), ("a.py", "iotbaseline")], True),
        ([("/src/iotbaseline/_library/search.py", "iotbaseline._library.search")], True),
        ([(LOCKED, "importlib"), ("main.py", "__main__")], False),
        ([("a.py", OURS), (LOCKED, "importlib"), ("main.py", "__main__")], False),
        ([(LOCKED, "importlib"), ("a.py", "iotbaseline_of_others")], False),
    ],
    ids=str,
)
def test_it_waits_for_locks_that_this_package_asked_for(
    stack: list[tuple[str, str]], holds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = None
    for filename, module in reversed(stack):
        frame = SimpleNamespace(
            f_code=SimpleNamespace(co_filename=filename), f_globals={"__name__": module}, f_back=frame
        )
    waited: list[float] = []
    monkeypatch.setattr(sys, "_current_frames", lambda: {} if waited else {-1: frame})
    monkeypatch.setattr("time.sleep", waited.append)
    forking.wait_for_threads()
    assert bool(waited) == holds


def test_its_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forking, "_PATIENCE", 0)
    frame = SimpleNamespace(
        f_code=SimpleNamespace(co_filename="/functools.py"), f_globals={"__name__": OURS}, f_back=None
    )
    monkeypatch.setattr(sys, "_current_frames", lambda: {-1: frame})
    forking.wait_for_threads()


def test_systems_that_do_not_fork_wait_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "register_at_fork", raising=False)
    forking.register()
