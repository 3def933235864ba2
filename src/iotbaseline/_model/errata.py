"""Errors found in publications."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from attrs import frozen

from iotbaseline._display.records import Column
from iotbaseline._display.results import Item, Shown


class Defect(StrEnum):
    """What is wrong in a publication."""

    UNKNOWN_REFERENCE = "unknown-reference"
    """It refers to an element that does not exist."""
    WRONG_PREFIX = "wrong-prefix"
    """It prints a reference under a capability that it does not belong to."""
    UNKNOWN_CONTROL = "unknown-control"
    """It names a control or outcome that the cited framework does not have."""
    WITHDRAWN_CONTROL = "withdrawn-control"
    """It names a control that the cited framework has withdrawn."""
    DISAGREEMENT = "disagreement"
    """Two places in it that should say the same do not."""
    OMISSION = "omission"
    """Something is left out where all of its kind are listed."""
    MISPRINT = "misprint"
    """A word, number or name is printed wrongly."""
    OUTDATED_NUMBER = "outdated-number"
    """It cites an item by the number or letter that the item had in a draft."""


@frozen(kw_only=True)
class Erratum(Item):
    """An error in a publication, with both readings; the data never repairs one silently.

    ``printed`` is what stands there, ``expected`` the other reading, ``used`` says which one the data follows.
    ``seen_in`` names the files it was seen in, with the places, and says "conversion only" if none is NIST's own.
    """

    SHOWN: ClassVar[Shown] = {
        "publication": ("publication",),
        "where": ("locator",),
        "defect": ("defect",),
        "printed": ("printed",),
        "expected": ("expected",),
    }

    publication: str
    defect: Defect
    elements: tuple[str, ...] = ()
    locator: str
    printed: str
    expected: str | None = None
    used: str
    evidence: str
    seen_in: str

    def __str__(self) -> str:
        other = f", expected {self.expected}" if self.expected else ""
        return f"{self.publication}, {self.locator}: {self.defect}: {self.printed}{other}"

    def columns(self) -> tuple[Column[Erratum], ...]:
        """All its fields."""
        return _COLUMNS


_COLUMNS: tuple[Column[Erratum], ...] = (
    Column("publication", lambda erratum: erratum.publication),
    Column("defect", lambda erratum: erratum.defect, groups=tuple(Defect)),
    Column("elements", lambda erratum: erratum.elements),
    Column("locator", lambda erratum: erratum.locator),
    Column("printed", lambda erratum: erratum.printed),
    Column("expected", lambda erratum: erratum.expected),
    Column("used", lambda erratum: erratum.used),
    Column("evidence", lambda erratum: erratum.evidence),
    Column("seen_in", lambda erratum: erratum.seen_in),
)
