"""How a record was checked, where it comes from, and whether its publication is in force."""

from __future__ import annotations

from enum import StrEnum

from iotbaseline.errors import counted


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


def judgement(judged: int, items: int, item: str) -> str | None:
    """Say how many of some items rest on curated mappings, and what that does not give; ``None`` if none does."""
    if not judged:
        return None
    rests = "rests" if judged == 1 else "rest"
    return (
        f"{judged} of {counted(items, item)} {rests} on this project's judgement: no publisher made or endorsed it, "
        "and it gives no presumption of conformity"
    )
