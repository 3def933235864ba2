"""The sub-criteria of IR 8425."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from attrs import frozen

from iotbaseline._model.element import Asks, Element, Traits


class Normativity(StrEnum):
    """Whether IR 8425, section 2.2, makes a lettered or roman item normative or informative."""

    NORMATIVE = "normative"
    INFORMATIVE = "informative"


@frozen(kw_only=True, repr=False)
class Criterion(Element):
    """A numbered, lettered or roman sub-criterion of IR 8425.

    ``normativity`` is ``None`` where the publication marks neither (the numbered sub-criteria themselves).
    """

    kind: ClassVar[str] = "criterion"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS, is_part=True)
    normativity: Normativity | None = None

    @property
    def is_illustrative(self) -> bool:
        """Whether it is informative."""
        return self.normativity is Normativity.INFORMATIVE
