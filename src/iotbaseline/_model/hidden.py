"""Characters that nobody sees and that no title, key or cell has."""

from __future__ import annotations

import re

_HIDDEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)"


def hidden_in(text: str) -> str | None:
    """The first control character, bidirectional mark, lone carriage return or lone surrogate, as ``U+001B``."""
    if text.isprintable() or text.replace("\r\n", "\n").replace("\n", "").replace("\t", "").isprintable():
        return None
    hidden = re.search(_HIDDEN, text)
    return None if hidden is None else f"U+{ord(hidden[0]):04X}"
