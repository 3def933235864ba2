"""The notation of SP 800-213A, section 1.4, read and printed: ``DO:SMP(5e,f,g,h)``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from iotbaseline._model.element import Element
from iotbaseline._model.publication import Publication
from iotbaseline.errors import IdentifierSyntaxError, UnknownIdentifierError, shorten

_REFERENCE = re.compile(
    r"(?:(?P<family>[A-Z]{2}) ?: ?)?(?P<code>[A-Z]{3})(?: ?\((?P<items>[^()]*)\))?(?:, ?| |$)", re.IGNORECASE
)
_ITEM = re.compile(r"(?P<number>\d+)?(?P<letter>[a-z])?(?:\.(?P<roman>[ivx]+))?")
_NOTATION = "write e.g. 'CS:AEI(1)' or 'DO:SMP(5e,f,g,h)', each number and letter by itself (there are no ranges)"


def requirement_label(local: str) -> str:
    """Print a local identifier of SP 800-213A in its own notation: ``DO.SMP.5.e`` becomes ``DO:SMP(5e)``."""
    family, *rest = local.split(".")
    sub_capability, items = rest[:1], rest[1:]
    numbered = "".join(items[:2]) + "".join(f".{item}" for item in items[2:])
    return ":".join([family, *sub_capability]) + (f"({numbered})" if items else "")


def contract_reference(local_ids: Iterable[str]) -> str:
    """Print local identifiers of SP 800-213A as one reference, the reverse of :func:`expand_reference`."""
    printed = ""
    code, number = "", ""
    for local in local_ids:
        family, sub_capability, *items = local.split(".")
        label = requirement_label(local)
        if not items or not printed.endswith(")") or code != f"{family}.{sub_capability}":
            printed += f", {label}" if printed else label
        elif len(items) > 1 and items[0] == number:
            printed = f"{printed[:-1]},{'.'.join(items[1:])})"
        else:
            printed = f"{printed[:-1]},{label.partition('(')[2]}"
        code, number = f"{family}.{sub_capability}", items[0] if items else ""
    return printed


def expand_reference(text: str) -> tuple[str, ...]:
    """Expand a reference in the notation of SP 800-213A, section 1.4, to local identifiers.

    ``DO:SMP(5e,f,g,h)`` gives ``DO.SMP.5.e`` to ``DO.SMP.5.h``; ``LA: ROL(1), ROL(2)`` carries the family on.
    Raises :class:`~iotbaseline.errors.IdentifierSyntaxError` for anything else, such as a range.
    """
    found: list[str] = []
    family = ""
    place = 0
    for part in _REFERENCE.finditer(text):
        if part.start() != place:
            break
        place = part.end()
        family = (part["family"] or family).upper()
        if not family:
            raise IdentifierSyntaxError(f"{shorten(text)} names no capability", _NOTATION)
        items = part["items"]
        code = f"{family}.{part['code'].upper()}"
        found += [".".join([code, *item]) for item in _items(text, items.lower())] if items is not None else [code]
    if not found or place != len(text) or text.endswith((",", " ")):
        raise IdentifierSyntaxError(f"{shorten(text)} is not a reference at {shorten(text[place:])}", _NOTATION)
    return tuple(found)


def _items(text: str, items: str) -> list[list[str]]:
    """Expand what stands in the parentheses: ``5e,f`` gives 5.e and 5.f."""
    found: list[list[str]] = []
    number = ""
    for item in items.replace(" ", "").split(","):
        match = _ITEM.fullmatch(item)
        number = (match["number"] or number) if match else ""
        if not item or match is None or not number:
            raise IdentifierSyntaxError(f"{shorten(text)} has the item {shorten(item)}", _NOTATION)
        found.append([part for part in (number, match["letter"], match["roman"]) if part])
    return found


def referred(catalog: Publication, local: str) -> Element:
    element = catalog.get(local)
    if element is None:
        above = local.rpartition(".")[0]
        while above and catalog.get(above) is None:
            above = above.rpartition(".")[0]
        kinds = ("capability", "sub-capability", "requirement")
        there = catalog.children(above) if above else catalog.roots
        near = [each.label for each in there if each.label and each.kind in kinds] or [requirement_label(above)]
        raise UnknownIdentifierError("requirement", requirement_label(local), near)
    return element
