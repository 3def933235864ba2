"""What makes the same things give the same bytes: identifiers, the time, one way to print JSON."""

from __future__ import annotations

import json
from uuid import NAMESPACE_DNS, uuid5

from iotbaseline._display.moments import moment

_OURS = uuid5(NAMESPACE_DNS, "iotbaseline")


def uuid_of(*parts: str) -> str:
    """A UUID (version 5) that depends on nothing but the parts."""
    return str(uuid5(_OURS, "\n".join(parts)))


def timestamp() -> str:
    """The time of ``SOURCE_DATE_EPOCH``, or else now, with its zone: ``2026-11-30T03:34:12+00:00``."""
    return moment().isoformat()


def json_bytes(document: object) -> bytes:
    """A document as JSON in UTF-8, its fields in their order."""
    return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n".encode()
