"""What every writer needs: the same identifiers, time and JSON for the same things, and what no file can hold."""

from __future__ import annotations

import json
import re
from uuid import NAMESPACE_DNS, uuid5

from iotbaseline._display.moments import moment
from iotbaseline.errors import QueryError, shorten

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may have: control characters, lone surrogates and what is no character."""
_NEAR = 20
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


def in_xml(text: str) -> str:
    """The text, if XML can hold it; raises :class:`~iotbaseline.errors.QueryError` if not."""
    found = _UNWRITABLE.search(text)
    if found is None:
        return text
    near = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
    raise QueryError(
        f"{shorten(near)} has the character U+{ord(found[0]):04X}, which no file of this format can hold", "take it out"
    )
