"""What is known of an element or a mapping beyond what every format has a place for, as names and values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import cast

from attrs import NOTHING, fields

from iotbaseline._model.element import Element
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.texts import text_of
from iotbaseline.formats.losses import Losses

_IN_THE_OPEN = ("id", "title", "label", "parent", "summary", "wording")
"""The fields of an element that every format has a place for."""
_OF_A_MAPPING = ("relation", "basis", "fidelity", "justification", "locator", "printed", "object_label", "strength")


def facts_of(element: Element) -> Iterator[tuple[str, str]]:
    """What is known of an element beyond title, label, parent and summary, a pair for each value."""
    yield "element", element.id
    yield "kind", element.kind
    for field in fields(type(element)):
        value: object = getattr(element, field.name)
        if field.name in _IN_THE_OPEN or value is None or (field.default is not NOTHING and value == field.default):
            continue
        name = field.name.replace("_", "-")
        if isinstance(value, tuple):
            yield from ((name, each) for each in cast("tuple[str, ...]", value))
        else:
            yield name, str(value).lower() if isinstance(value, bool) else str(value)


def facts_beside_text(element: Element) -> Iterator[tuple[str, str]]:
    """The facts, and beside an official wording the file that it is from and the summary in whose place it is."""
    told = text_of(element)
    if told is not None and told.wording is not None:
        yield "text", told.mark
        yield from [("summary", element.summary)] if element.summary else []
    yield from facts_of(element)


def facts_of_mapping(mapping: Mapping) -> Iterator[tuple[str, str]]:
    """What is known of a mapping beyond its subject, object and rationale."""
    for name in _OF_A_MAPPING:
        value: object = getattr(mapping, name)
        if value is not None:
            yield name.replace("_", "-"), str(value)
    yield "mapping-set", mapping.source
    yield from (("path", each) for each in mapping.path)


def as_text(facts: Iterator[tuple[str, str]], between: str = "\n") -> str:
    """Facts for a field of plain text, by default a line for each."""
    return between.join(f"{name}: {value}" for name, value in facts)


def count_unplaced(elements: Iterable[Element], losses: Losses, placed: Collection[str] = ()) -> None:
    """Count the facts of elements that a format has no place for, all but those named, and attached wordings."""
    for element in elements:
        for name in dict.fromkeys(name for name, _ in facts_of(element)):
            if name not in ("element", *placed):
                losses.left_out(f"{name} of elements, for which there is no place", element.id)
        if element.wording is not None:
            losses.left_out("official wordings", element.id)
