"""The notations of references, read and printed: ``DO:SMP(5e,f,g,h)`` of SP 800-213A, section 1.4, and ``AC-2(3)``."""

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
_CONTROL = re.compile(r"(?P<control>[A-Z]{2}-\d{1,2})(?P<numbers>(?: ?\([\d, ]+\))*)(?:[,;] ?| |$)", re.IGNORECASE)
_IS_CONTROL = re.compile(r"[A-Z]{2}-\d", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_CONTROLS = "write e.g. 'AC-2', 'AC-2(3)' or 'AC-2(3,5), AC-3', with enhancements in parentheses"
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
    local_ids: list[str] = []
    family = ""
    end = 0
    for part in _REFERENCE.finditer(text):
        if part.start() != end:
            break
        end = part.end()
        family = (part["family"] or family).upper()
        if not family:
            raise IdentifierSyntaxError(f"{shorten(text)} names no capability", _NOTATION)
        items = part["items"]
        code = f"{family}.{part['code'].upper()}"
        local_ids += [".".join([code, *item]) for item in _items(text, items.lower())] if items is not None else [code]
    if not local_ids or end != len(text) or text.endswith((",", " ")):
        raise IdentifierSyntaxError(f"{shorten(text)} is not a reference at {shorten(text[end:])}", _NOTATION)
    return tuple(local_ids)


def expand_controls(text: str) -> tuple[str, ...]:
    """Expand references to controls of SP 800-53: ``AC-2(3,5), AC-3`` gives ``AC-2(3)``, ``AC-2(5)`` and ``AC-3``.

    A text that does not begin with a control gives none. Raises :class:`~iotbaseline.errors.IdentifierSyntaxError` for
    anything else in one that does, such as a part of a statement.
    """
    if not _IS_CONTROL.match(text):
        return ()
    labels: list[str] = []
    end = 0
    while part := _CONTROL.match(text, end):
        end = part.end()
        control = part["control"].upper()
        labels += [f"{control}({number})" for number in _NUMBER.findall(part["numbers"])] or [control]
    if end != len(text) or text.endswith((",", ";", " ")):
        raise IdentifierSyntaxError(f"{shorten(text)} is not a reference at {shorten(text[end:])}", _CONTROLS)
    return tuple(labels)


def _items(text: str, items: str) -> list[list[str]]:
    """Expand the list in the parentheses: ``5e,f`` gives 5.e and 5.f."""
    expanded: list[list[str]] = []
    number = ""
    for item in items.replace(" ", "").split(","):
        match = _ITEM.fullmatch(item)
        number = (match["number"] or number) if match else ""
        if not item or match is None or not number:
            raise IdentifierSyntaxError(f"{shorten(text)} has the item {shorten(item)}", _NOTATION)
        expanded.append([part for part in (number, match["letter"], match["roman"]) if part])
    return expanded


def referred(catalog: Publication, local: str) -> Element:
    """The element with that local identifier; raises an error that suggests what exists beside it."""
    element = catalog.get(local)
    if element is None:
        above = local.rpartition(".")[0]
        while above and catalog.get(above) is None:
            above = above.rpartition(".")[0]
        kinds = ("capability", "sub-capability", "requirement")
        siblings = catalog.children(above) if above else catalog.roots
        labels = [sibling.label for sibling in siblings if sibling.label and sibling.kind in kinds]
        near = labels or [requirement_label(above)]
        raise UnknownIdentifierError("requirement", requirement_label(local), near)
    return element
