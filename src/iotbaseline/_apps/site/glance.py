"""What an element maps to, at a glance: for each publication a line with the relations, the targets and the basis."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import addresses, words
from iotbaseline._apps.site.held import Held, Ref
from iotbaseline._apps.site.reaching import Reached

_MOST = 8
"""So many targets a line shows; what is beyond them is counted."""
_FEW = 2
"""So many targets a line shows with their titles, if these are short."""
_MOST_BETWEEN = 3
_MOST_PARTS = 10
_SHORT = 48


@frozen
class Target:
    """A target in a line: the address of its reason, what is written there, and what it is in full."""

    address: str
    text: str
    full: str
    name: str


@frozen
class Answer:
    """A part of a line: what is said of the targets, these, how many more there are, and what it rests on."""

    said: str
    targets: tuple[Target, ...]
    more: int
    basis: str | None


@frozen
class PartLine:
    """What a part of an element has to do with a publication; ``address`` is where its reasons stand."""

    label: str
    name: str
    address: str
    answers: tuple[Answer, ...]


@frozen
class PartGroup:
    """How the parts of an element are connected with one publication, and how many beyond those that are listed."""

    key: str
    short: str
    parts: tuple[PartLine, ...]
    more: int

    @property
    def count(self) -> int:
        """How many parts are connected with it."""
        return len(self.parts) + self.more


def of_mappings(held: Held, mappings: Iterable[ib.Mapping], where: Callable[[str | None], str]) -> Iterator[Answer]:
    """The mappings to one publication, by relation and basis.

    ``where`` is the address of a mapping to an element, or to what is only cited.
    """

    def said(mapping: ib.Mapping) -> tuple[str, str]:
        return words.RELATIONS[mapping.relation], mapping.basis

    # Sorting twice keeps the order in which each first comes.
    rows = list(mappings)
    order = list(dict.fromkeys(map(said, rows)))
    for (relation, basis), alike in groupby(sorted(rows, key=lambda row: order.index(said(row))), key=said):
        named = {row.object or row.object_label or "": row for row in alike}
        found = [
            (where(row.object), Ref(None, name, "") if row.object is None else held.ref(name))
            for name, row in named.items()
        ]
        yield _answer(relation, found, basis)


def of_reached(held: Held, found: tuple[Reached, ...], where: Callable[[str], str]) -> Answer:
    """What is reached through other publications: how many, between what, and which."""
    kinds = {held.elements[one.identifier].kind for one in found}
    one, many = words.kind(kinds.pop()) if len(kinds) == 1 else ("element", "elements")
    between = list(dict.fromkeys(hop.target.label for each in found for hop in each.hops[:-1]))
    named = ", ".join(between[:_MOST_BETWEEN]) + (" and others" if len(between) > _MOST_BETWEEN else "")
    return _answer(
        f"{words.plural(len(found), one, many)}, through {named}:",
        [(where(each.identifier), each.target) for each in found],
        None,
    )


def of_parts(held: Held, publication: ib.Publication, element: ib.Element) -> Iterator[PartGroup]:
    """What the parts of an element map to, by publication in force."""
    parts: dict[str, list[ib.Element]] = {}
    for part in publication.descendants(element):
        for key in held.mappings(part.id):
            if not held.is_old(key):
                parts.setdefault(key, []).append(part)
    for key in sorted(parts, key=held.asked):
        lines = tuple(_part(held, part, key) for part in parts[key][:_MOST_PARTS])
        yield PartGroup(key, held.short[key], lines, len(parts[key]) - len(lines))


def _part(held: Held, part: ib.Element, key: str) -> PartLine:
    ref = held.ref(part.id)
    address = ref.address or ""
    if held.addresses.has_page(part):
        address += f"#{anchor(key)}"
    answers = of_mappings(held, held.mappings(part.id)[key], lambda _: address)
    return PartLine(ref.label, ref.name, address, tuple(answers))


def anchor(key: str, identifier: str | None = None) -> str:
    """Where the mappings to a publication, or to one element of it, stand on the page of an element."""
    local = "" if identifier is None else f"--{addresses.file_name(identifier.partition(':')[2])}"
    return f"maps-{addresses.file_name(key)}{local}"


def _answer(said: str, found: list[tuple[str, Ref]], basis: str | None) -> Answer:
    refs = [ref for _, ref in found]
    texts = shortened([ref.label for ref in refs[:_MOST]])
    is_named = len(found) <= _FEW
    targets = tuple(
        Target(
            address, text, f"{ref.label} {ref.name}".strip(), ref.name if is_named and len(ref.name) <= _SHORT else ""
        )
        for (address, ref), text in zip(found, texts, strict=False)
    )
    return Answer(said, targets, len(found) - len(targets), basis)


def shortened(labels: list[str]) -> list[str]:
    """Labels of which each leaves out the words that the one before it begins with: ``Software Update 1, 2``."""
    begins = [_BEGIN.match(label) for label in labels]
    return [
        label[begin.end() :] if begin and before and begin[0] == before[0] else label
        for label, begin, before in zip(labels, begins, [None, *begins], strict=False)
    ]


_BEGIN = re.compile(r"\S+ (?:.*[ .])?")
