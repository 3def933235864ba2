"""Which elements of a target are counted as its items."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from iotbaseline._library.library import Library
from iotbaseline._library.selection import Selectable, is_profile
from iotbaseline._mappings.hops import held
from iotbaseline._model import identifiers
from iotbaseline._model.element import Asks, Element
from iotbaseline._model.kinds import KINDS, Control
from iotbaseline._model.publication import Publication
from iotbaseline.errors import UnknownNameError, counted


def asking(library: Library, wanted: dict[str, Element]) -> list[Element]:
    """The elements that ask for something on their own."""
    asking = [item for item in wanted.values() if item.traits.asks is not Asks.NEVER and not item.is_illustrative]
    above = _parents(library, asking)
    with_items: set[str | None] = {None}
    for element in asking:
        parent = element.parent
        while parent not in with_items:
            with_items.add(parent)
            parent = above.get(parent)
    return [item for item in asking if item.traits.asks is Asks.ALWAYS or item.id not in with_items]


def _parents(library: Library, elements: Iterable[Element]) -> dict[str | None, str | None]:
    """The parent of every element in the publications of these elements and of their parents."""
    names = (name for element in elements for name in (element.id, element.parent or element.id))
    keys = dict.fromkeys(name.partition(":")[0] for name in names)
    return {element.id: element.parent for key in keys for element in held(library, key)}


def of_kinds(wanted: dict[str, Element], kinds: Collection[str]) -> list[Element]:
    known = {*KINDS, *(element.kind for element in wanted.values())}
    for kind in kinds:
        if kind not in known:
            raise UnknownNameError("kind of element", kind, identifiers.nearest(kind, known))
    return [element for element in wanted.values() if element.kind in kinds]


def in_baseline(wanted: dict[str, Element], baseline: str) -> dict[str, Element]:
    controls = [element for element in wanted.values() if isinstance(element, Control)]
    known = frozenset[str]().union(*(control.baselines for control in controls))
    name = identifiers.text(baseline, "baseline").upper()
    if name not in known:
        raise UnknownNameError("baseline of the target", baseline, sorted(known))
    return {control.id: control for control in controls if name in control.baselines}


def title_of(library: Library, target: Selectable, wanted: Collection[Element], baseline: str | None = None) -> str:
    """What a report calls a target: by its publication, or by how many elements of which publications it has."""
    if isinstance(target, Publication) or (isinstance(target, str) and not is_profile(library, target)):
        count = ""
    else:
        count = f"{counted(len(wanted), 'element')} of "
    keys = ", ".join(dict.fromkeys(element.publication for element in wanted))
    return f"{count}{keys}" + (f" {baseline.upper()}" if baseline else "")
