"""The text of a copy: pages of lines, in the order in which the file gives them."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from iotbaseline._model.fingerprints import Span
from iotbaseline._model.wording import Box

__all__ = ["Box", "Line", "Page", "Place", "Span"]

Place: TypeAlias = tuple[int, int]
"""A page and a line on it, both counted from 0."""


@frozen
class Line:
    """A line of a page.

    ``size`` is the height of its type, and ``raised`` are the places of digits that are set smaller than the rest. A
    file of text alone has neither boxes nor sizes.
    """

    text: str
    box: Box | None = None
    size: float = 0.0
    raised: tuple[Span, ...] = ()


@frozen
class Page:
    """A page; ``number`` counts those of the file from 1, and is ``None`` in a file without pages."""

    number: int | None
    lines: tuple[Line, ...]
