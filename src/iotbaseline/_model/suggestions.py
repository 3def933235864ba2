"""What an assessor would look at, for an element that asks for something."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from attrs import frozen

from iotbaseline._display.records import Column
from iotbaseline._display.results import Item, Shown
from iotbaseline._model.provenance import Basis


class EvidenceKind(StrEnum):
    """What an assessor looked at."""

    TEST = "test"
    DOCUMENT = "document"
    CONFIGURATION = "configuration"
    SOURCE = "source"
    """Source code, or the design of hardware."""
    INTERVIEW = "interview"


@frozen(kw_only=True)
class EvidenceSuggestion(Item):
    """One thing that an assessor would look at for an element, and what to look for.

    A suggestion is this project's judgement and no test plan: other evidence may do, and what is listed may not
    suffice.
    """

    SHOWN: ClassVar[Shown] = {"element": ("element",), "kind": ("kind",), "look for": ("look_for",)}

    element: str
    kind: EvidenceKind
    look_for: str
    basis: Basis

    def __str__(self) -> str:
        return f"{self.kind}: {self.look_for}"

    def columns(self) -> tuple[Column[EvidenceSuggestion], ...]:
        """All its fields."""
        return _COLUMNS


_COLUMNS: tuple[Column[EvidenceSuggestion], ...] = (
    Column("element", lambda suggestion: suggestion.element),
    Column("kind", lambda suggestion: suggestion.kind, groups=tuple(EvidenceKind)),
    Column("look_for", lambda suggestion: suggestion.look_for),
    Column("basis", lambda suggestion: suggestion.basis),
)
