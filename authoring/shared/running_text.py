"""Taking numbered points out of running text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Point(NamedTuple):
    """A numbered or lettered point, and what it says up to the next one."""

    label: str
    text: str


def cut(text: str, marks: Sequence[str]) -> list[str]:
    """What stands before the first mark, and what follows each; the marks are looked for in their order."""
    parts = []
    for mark in marks:
        before, found, text = text.partition(mark)
        if not found:
            raise SystemExit(f"there is no {mark!r} before {text[:40]!r}")
        parts.append(before)
    return [*parts, text]


def points(text: str, labels: Sequence[str], form: str = " ({}) ") -> list[Point]:
    """The points of these labels, which stand in the text in the form given and in this order."""
    _, *texts = cut(text, [form.format(label) for label in labels])
    return [Point(label, found) for label, found in zip(labels, texts, strict=True)]
