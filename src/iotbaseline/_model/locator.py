"""Where a statement is in its publication."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Locator:
    """Where a statement is in its publication; ``page`` is the printed page label, ``item`` the printed number."""

    section: str | None = None
    table: str | None = None
    page: str | None = None
    item: str | None = None

    def __str__(self) -> str:
        parts = (("section", self.section), ("table", self.table), ("p.", self.page), ("item", self.item))
        return ", ".join(f"{word} {value}" for word, value in parts if value)
