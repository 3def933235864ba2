"""What is made once: under threads, after an error, and in a process that was forked meanwhile."""

from __future__ import annotations

import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread
from types import TracebackType

import pytest

from iotbaseline._library.once import Once, _unlock_all


def test_it_is_made_once_for_each_key() -> None:
    once, start, made = Once(), Barrier(8), []

    def make() -> object:
        made.append(object())
        return made[-1]

    def ask(number: int) -> object:
        start.wait()
        return once((f"key {number % 2}",), make)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == len(made) == 2


def test_an_error_is_not_kept() -> None:
    once = Once()
    with pytest.raises(ZeroDivisionError):
        once(("key",), lambda: 1 // 0)
    assert once(("key",), lambda: 1) == 1


def test_one_may_need_another() -> None:
    once = Once()
    assert once(("outer",), lambda: once(("inner",), lambda: 1) + 1) == 2


def test_a_copy_starts_empty() -> None:
    once = Once()
    once(("key",), lambda: 1)
    assert pickle.loads(pickle.dumps(once))(("key",), lambda: 2) == 2  # noqa: S301


class LateLock:
    """A lock that, while one waits for it, lets another thread make what is asked for."""

    def __init__(self, once: Once) -> None:
        self.once = once

    def __enter__(self) -> None:
        self.once._kept["key",] = "of the other"

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass


def test_a_thread_that_waited_takes_what_the_other_has_made(monkeypatch: pytest.MonkeyPatch) -> None:
    once = Once()
    monkeypatch.setattr(once, "_lock", LateLock(once))
    assert once(("key",), lambda: "mine") == "of the other"


def test_what_is_made_already_waits_for_no_other_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    once = Once()
    assert not once.has(("key",))
    made = once(("key",), object)
    assert once.has(("key",))
    monkeypatch.setattr(once, "_lock", None)
    assert once(("key",), object) is made


def test_a_forked_process_takes_new_locks() -> None:
    once, working, done = Once(), Event(), Event()

    def slow() -> int:
        working.set()
        done.wait()
        return 1

    thread = Thread(target=once, args=(("slow",), slow))
    thread.start()
    working.wait()
    _unlock_all()
    assert once(("key",), lambda: 2) == 2
    done.set()
    thread.join()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_fork_while_another_thread_makes_something_does_not_wait_for_it() -> None:
    once, working, done = Once(), Event(), Event()

    def slow() -> int:
        working.set()
        done.wait()
        return 1

    thread = Thread(target=once, args=(("slow",), slow))
    thread.start()
    working.wait()
    child = os.fork()
    if child == 0:  # pragma: no cover
        once(("key",), lambda: 2)
        os._exit(7)
    try:
        assert exit_status(child) == 7
    finally:
        done.set()
        thread.join()


def exit_status(child: int) -> int | None:
    """The exit status of a process, or ``None`` if it does not end within ten seconds."""
    for _ in range(1000):
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        Event().wait(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return None
