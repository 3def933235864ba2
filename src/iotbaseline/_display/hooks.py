"""What the wings above tell this one about the data, so that a spreadsheet can say where its rows come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def _no_provenance(publications: Iterable[str]) -> list[tuple[str, str]]:  # noqa: ARG001
    return []


def _no_address(identifier: str) -> str | None:  # noqa: ARG001
    return None


provenance: Callable[[Iterable[str]], list[tuple[str, str]]] = _no_provenance
"""Facts about the data, and the sources of those of the names that are publications."""
address: Callable[[str], str | None] = _no_address
"""The DOI or page of a publication, or of the one that an element is in, or ``None``."""
