"""A progress bar for work that takes longer than a second, where somebody watches and tqdm is installed."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable, Iterator
from importlib import import_module
from time import perf_counter
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE = 1.0
"""After how many seconds of work a bar appears."""


def watched(items: Iterable[T], doing: str, unit: str, total: int | None = None) -> Iterable[T]:
    """The same items; a bar shows how many of the ``total`` are done, on a terminal or in a notebook.

    Where nobody watches, the items themselves are returned, so that they cost nothing.
    """
    return _with_bar(iter(items), doing, unit, total) if is_watched() else items


def is_watched() -> bool:
    """Whether standard error is a terminal or the output of a notebook, and tqdm is installed."""
    from importlib.util import find_spec

    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    return (is_terminal or "ipykernel" in sys.modules) and find_spec("tqdm") is not None


def _with_bar(items: Iterator[T], doing: str, unit: str, total: int | None) -> Iterator[T]:
    start = perf_counter()
    for done, item in enumerate(items, 1):
        yield item
        if perf_counter() - start > PATIENCE:
            yield from _bar(items, desc=doing, unit=f" {unit}", total=total, initial=done, leave=False)


def _bar(items: Iterator[T], **options: Any) -> Iterable[T]:
    with warnings.catch_warnings():
        # A notebook without ipywidgets gets the bar of a terminal, and needs no warning.
        warnings.simplefilter("ignore")
        bar: Iterable[T] = import_module("tqdm.auto").tqdm(items, **options)
    return bar
