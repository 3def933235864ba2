"""The texts that the records were made from."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from iotbaseline._display.records import Column
from iotbaseline._display.results import Item, Shown


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
