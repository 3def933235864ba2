"""The pages of crosswalks: the list, and for each a matrix and all its mappings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import addresses, words
from iotbaseline._apps.site.held import Held, Ref
from iotbaseline._apps.site.page import Page
from iotbaseline.errors import counted

_ROWS = 70
_COLUMNS = 26


@frozen
class Line:
    """A line of the list of crosswalks."""

    address: str
    subject: str
    object: str
    count: int
    bases: tuple[str, ...]
    is_old: bool


@frozen
class Row:
    """A mapping, in words."""

    subject: Ref
    relation: str
    relation_name: str
    target: Ref
    basis: str
    why: str


@frozen
class Matrix:
    """How many mappings lead from each group of subjects to each group of objects."""

    rows: tuple[Ref, ...]
    columns: tuple[Ref, ...]
    counts: tuple[tuple[int, ...], ...]
    most: int


def pages(held: Held) -> Iterator[Page]:
    """The list of crosswalks, and a page for each."""
    pairs = held.library.crosswalk_pairs()
    yield _list(held, pairs)
    for subject, obj in pairs:
        yield _page(held, subject, obj)


def _list(held: Held, pairs: tuple[tuple[str, str], ...]) -> Page:
    lines = sorted(
        (
            Line(
                addresses.of_crosswalk(subject, obj),
                held.short[subject],
                held.short[obj],
                len(held.library.mappings(subject, obj)),
                tuple(dict.fromkeys(mapping.basis.value for mapping in held.library.mappings(subject, obj))),
                held.is_old(subject) or held.is_old(obj),
            )
            for subject, obj in pairs
        ),
        key=lambda line: (line.is_old, line.subject, line.object),
    )
    return Page(
        address="crosswalks.html",
        title="Crosswalks",
        about="Every crosswalk between two publications, with who made its mappings.",
        template="crosswalks.html",
        area="crosswalks",
        facts={
            "groups": [
                ("Between publications in force", [line for line in lines if not line.is_old]),
                ("With drafts and superseded publications", [line for line in lines if line.is_old]),
            ],
            "bases": words.BASES,
        },
    )


def _page(held: Held, subject: str, obj: str) -> Page:
    mappings = held.library.mappings(subject, obj)
    over = _headings(held, [mapping.subject for mapping in mappings], _ROWS)
    under = _headings(held, [mapping.object for mapping in mappings if mapping.object is not None], _COLUMNS)
    rows = tuple(_row(held, mapping) for mapping in mappings)
    pair = (held.short[subject], held.short[obj])
    count = counted(len(mappings), "mapping")
    return Page(
        address=addresses.of_crosswalk(subject, obj),
        title=f"{pair[0]} → {pair[1]}",
        about=f"{count} from {pair[0]} to {pair[1]}, each with its relation, basis and reason.",
        template="crosswalk.html",
        area="crosswalks",
        facts={
            "subject": pair[0],
            "object": pair[1],
            "subject_address": addresses.of_publication(subject),
            "object_address": addresses.of_publication(obj),
            "back": addresses.of_crosswalk(obj, subject)
            if (obj, subject) in held.library.crosswalk_pairs() and obj != subject
            else None,
            "rows": rows,
            "relations": sorted({(row.relation_name, row.relation) for row in rows}, key=lambda pair: pair[1]),
            "bases": [basis for basis in words.BASES if any(row.basis == basis for row in rows)],
            "counts": Counter(row.basis for row in rows),
            "matrix": _matrix(held, mappings, over, under),
            "empty": [held.ref(mapping.subject) for mapping in mappings if mapping.is_empty],
            "key": f"{subject}--{obj}",
        },
    )


def _row(held: Held, mapping: ib.Mapping) -> Row:
    target = Ref(None, mapping.object_label or "nothing", "") if mapping.object is None else held.ref(mapping.object)
    strength = None if mapping.strength is None else f"strength {mapping.strength} of 10"
    said = (mapping.rationale, mapping.locator, strength)
    return Row(
        held.ref(mapping.subject),
        words.RELATIONS[mapping.relation],
        mapping.relation,
        target,
        mapping.basis,
        held.named(" ".join(words.sentence(each) for each in said if each)),
    )


def _headings(held: Held, identifiers: list[str], most: int) -> dict[str, str]:
    """The element that each is counted under: itself, or what it stands below, so that there are few enough."""
    lines = {identifier: _line(held, identifier) for identifier in dict.fromkeys(identifiers)}
    deepest = max((len(line) for line in lines.values()), default=1)
    for depth in range(deepest, 0, -1):
        found = {identifier: line[min(depth, len(line)) - 1] for identifier, line in lines.items()}
        if len(set(found.values())) <= most:
            return found
    return {}


def _line(held: Held, identifier: str) -> list[str]:
    """An element and what it stands below, from the top down."""
    element = held.elements.get(identifier)
    if element is None:
        return [identifier]
    above = held.publications[element.publication].ancestors(element)
    return [*(each.id for each in reversed(above)), identifier]


def _matrix(held: Held, mappings: tuple[ib.Mapping, ...], over: dict[str, str], under: dict[str, str]) -> Matrix | None:
    """The matrix, or ``None`` if one side has too many groups or there is only one cell."""
    counts = Counter(
        (over[mapping.subject], under[mapping.object])
        for mapping in mappings
        if mapping.object is not None and over and under
    )
    rows, columns = (_ordered(held, side) for side in ([row for row, _ in counts], [column for _, column in counts]))
    if len(counts) < 2:
        return None
    return Matrix(
        tuple(map(held.ref, rows)),
        tuple(map(held.ref, columns)),
        tuple(tuple(counts[row, column] for column in columns) for row in rows),
        max(counts.values()),
    )


def _ordered(held: Held, identifiers: Iterable[str]) -> list[str]:
    """Identifiers in the order of their publication; what is only cited comes last."""
    places = held.places
    return sorted(set(identifiers), key=lambda identifier: (places.get(identifier, len(places)), identifier))
