"""A fork waits while other threads hold locks: the new process, which lacks these threads, would wait for ever."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

_PATIENCE = 10
"""For how many seconds a fork waits."""
_HOLDING = ("<frozen importlib._bootstrap>", "/functools.py", "/_library/search.py")
"""Where a lock is held: in imports, in cached properties (up to Python 3.11), and in SQLite."""
_OURS = __name__.partition(".")[0]


def register() -> None:
    """Have each fork of this process wait for its threads."""
    if hasattr(os, "register_at_fork"):  # Windows cannot fork.
        os.register_at_fork(before=wait_for_threads)


def wait_for_threads() -> None:
    """Wait until no other thread holds a lock at the request of this package, or until patience ends."""
    from threading import get_ident
    from time import monotonic, sleep

    own, end = get_ident(), monotonic() + _PATIENCE
    while monotonic() < end and any(_holds(stack) for thread, stack in _stacks().items() if thread != own):
        sleep(0.001)


def _stacks() -> "dict[int, FrameType]":
    return sys._current_frames()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # documented


def _holds(frame: "FrameType | None") -> bool:
    holding = False
    while frame is not None:
        holding |= frame.f_code.co_filename.endswith(_HOLDING)
        if holding and str(frame.f_globals.get("__name__")).partition(".")[0] == _OURS:
            return True
        frame = frame.f_back
    return False
