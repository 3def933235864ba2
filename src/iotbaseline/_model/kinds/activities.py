"""The activities of manufacturers, IR 8259 and its revision 1."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from attrs import frozen

from iotbaseline._model.element import Asks, Element, Traits


class Phase(StrEnum):
    """When an activity mainly has its effect (IR 8259, sections 3 and 4)."""

    PRE_MARKET = "pre-market"
    POST_MARKET = "post-market"


@frozen(kw_only=True, repr=False)
class Activity(Element):
    """A foundational cybersecurity activity for manufacturers (IR 8259 and its revision 1)."""

    kind: ClassVar[str] = "activity"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS)
    phase: Phase | None = None
