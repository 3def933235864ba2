"""How a record was checked, where it comes from, and whether its publication is in force."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from attrs import frozen

from iotbaseline._display.records import Column
from iotbaseline._display.results import Item, Shown


class Fidelity(StrEnum):
    """How a record was checked."""

    FULL = "full"
    """Against a complete copy of the publication."""
    PARTIAL = "partial"
    """Against part of it."""
    SECONDARY = "secondary"
    """Only against what others say of it."""


class Basis(StrEnum):
    """Where a mapping or a profile comes from."""

    OFFICIAL = "official"
    """The publisher printed it."""
    CURATED = "curated"
    """This project's judgement; the mapping carries its rationale."""
    DERIVED = "derived"
    """Computed; the mapping says how."""
    USER = "user"
    """The user's own: read from a file of theirs, which neither the publisher nor this project vouches for."""


class Status(StrEnum):
    """Whether a publication is in force; ``UNKNOWN`` if nobody looked into what became of it."""

    CURRENT = "current"
    DRAFT = "draft"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


def judgement(judged: int, items: int, name: str) -> str | None:
    """Say how many of some items rest on curated mappings, and what that does not give; ``None`` if none does."""
    if not judged:
        return None
    return (
        f"{judged} of {items} {name} rest on this project's judgement: no publisher made or endorsed it, "
        "and it gives no presumption of conformity"
    )


@frozen
class SourceText(Item):
    """A text that records were made from: its publication, public address, SHA-256 and fidelity."""

    SHOWN: ClassVar[Shown] = {name: (name,) for name in ("name", "publication", "fidelity", "address")}

    name: str
    publication: str | None
    sha256: str
    address: str
    fidelity: str
    use: str | None = None

    def columns(self) -> tuple[Column[SourceText], ...]:
        """All its fields."""
        return _COLUMNS

    def __str__(self) -> str:
        return f"{self.name}: {self.address} ({self.fidelity})"


_COLUMNS: tuple[Column[SourceText], ...] = (
    Column("name", lambda source: source.name),
    Column("publication", lambda source: source.publication),
    Column("sha256", lambda source: source.sha256),
    Column("address", lambda source: source.address),
    Column("fidelity", lambda source: source.fidelity, groups=()),
    Column("use", lambda source: source.use),
)
