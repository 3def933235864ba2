"""What has no type in its signature takes anything."""

from __future__ import annotations

from collections.abc import Callable

from iotbaseline._model import arguments


def test_what_has_no_annotation_is_not_checked() -> None:
    same: Callable[[object], object] = arguments.checked(lambda anything: anything)
    assert same(1) == 1
    assert same("a") == "a"
