"""Frozen classes, filled quickly where many records are made."""

from __future__ import annotations

from typing import Any


def thawed(cls: type) -> Any:
    """A subclass of a frozen class of attrs, with the same slots, whose fields can be set.

    The constructor of a frozen class sets each field through a call, since setting it directly is what the class
    refuses. An instance of the subclass is filled as any other, in a third of the time, and is then made an instance of
    the class itself: ``made.__class__ = cls``. All fields have to be set.
    """
    setters = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(f"Thawed{cls.__name__}", (cls,), setters)
