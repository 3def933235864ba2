"""What an argument of a query selects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from iotbaseline._library.library import Library
from iotbaseline._mappings.hops import held
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import ASKING, ASKING_IF_BARE, KINDS, Control
from iotbaseline._model.publication import Publication
from iotbaseline.errors import UnknownNameError

Selection: TypeAlias = str | Publication | Iterable[Element | str | Publication]
"""A publication, by itself or by name, or elements and publications in any mixture."""


def asking(library: Library, wanted: dict[str, Element]) -> list[Element]:
    """The elements that ask for something on their own."""
    kinds = ASKING | ASKING_IF_BARE
    asking = [each for each in wanted.values() if each.kind in kinds and not each.is_illustrative]
    above = _parents(library, asking)
    bearing: set[str | None] = {None}
    for element in asking:
        parent = element.parent
        while parent not in bearing:
            bearing.add(parent)
            parent = above.get(parent)
    return [each for each in asking if each.kind in ASKING or each.id not in bearing]


def _parents(library: Library, elements: Iterable[Element]) -> dict[str | None, str | None]:
    """What stands above which in the publications of the elements and of what they stand under."""
    names = (name for element in elements for name in (element.id, element.parent or element.id))
    keys = dict.fromkeys(name.partition(":")[0] for name in names)
    return {each.id: each.parent for key in keys for each in held(library, key)}


def of_kinds(wanted: dict[str, Element], kinds: Collection[str]) -> list[Element]:
    known = {*KINDS, *(element.kind for element in wanted.values())}
    for kind in kinds:
        if kind not in known:
            raise UnknownNameError("kind of element", kind, identifiers.nearest(kind, known))
    return [element for element in wanted.values() if element.kind in kinds]


def elements(library: Library, selection: Selection) -> Iterator[Element]:
    if isinstance(selection, Publication):
        yield from selection
    elif isinstance(selection, str) or not hasattr(selection, "__iter__"):
        name = identifiers.checked(selection)
        publication, _ = identifiers.split(name)
        yield from library.load(name) if publication is None else (library.get(name),)
    else:
        for each in selection:
            yield from (each,) if isinstance(each, Element) else elements(library, each)


def in_baseline(wanted: dict[str, Element], baseline: str) -> dict[str, Element]:
    controls = [element for element in wanted.values() if isinstance(element, Control)]
    known = frozenset[str]().union(*(control.baselines for control in controls))
    name = identifiers.text(baseline).upper()
    if name not in known:
        raise UnknownNameError("baseline of the target", baseline, sorted(known))
    return {control.id: control for control in controls if name in control.baselines}


def named(target: Selection, wanted: dict[str, Element], baseline: str | None) -> str:
    keys = ", ".join(dict.fromkeys(element.publication for element in wanted.values()))
    part = "" if isinstance(target, str | Publication) else f"{len(wanted)} elements of "
    return f"{part}{keys}" + (f" {baseline.upper()}" if baseline else "")
