"""An official wording, from a copy of the user's own, and the fingerprint that proves it."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top, as shares of the width and height of a page, from its lower left corner."""


@frozen
class Fingerprint:
    """The length in words and the SHA-256 of an official wording, normalised by :func:`iotbaseline.normalize`."""

    words: int
    sha256: str


@frozen(kw_only=True)
class Wording:
    """An official wording as it is printed in a copy of the user's own, which its fingerprint has proved.

    ``source`` is the name of the file and ``sha256`` its hash. ``page`` counts the pages of the file from 1; ``box`` is
    where on that page the wording stands, or begins. Both are ``None`` in a file without pages, ``box`` in any text.
    """

    text: str
    source: str
    sha256: str
    page: int | None = None
    box: Box | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def origin(self) -> str:
        """The file with its hash, and the page of it."""
        page = "" if self.page is None else f", page {self.page} of the file"
        return f"{self.source}{page} (SHA-256 {self.sha256})"

    @property
    def anchor(self) -> str:
        """What to put behind the address of the file, so that a viewer of PDFs opens it there: ``#page=12``."""
        return "" if self.page is None else f"#page={self.page}"
