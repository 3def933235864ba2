"""The picture of an element among its neighbours: what stands above and below it, and what it maps to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site.held import Held, Ref

MOST = 40
"""How many neighbours a picture shows."""
_WIDTH = 340
_MARGIN = 34
_ROW = 28
_HEAD = 30
_GAP = 10
_CHIP = 22
_LETTER = 7.3
_LONGEST = 28
_NOTHING: Mapping[str, Sequence[Ref]] = {}
_BASES = ("official", "curated", "derived", "user")


@frozen
class Chip:
    """A neighbour: where it stands in the picture, how wide it is, and what is written on it."""

    x: int
    y: int
    width: int
    text: str
    target: Ref


@frozen
class Cluster:
    """Neighbours of one publication: a heading, chips, and how many there are beside those shown.

    ``basis`` is the firmest basis that leads there, which the line to it shows.
    """

    y: int
    name: str
    basis: str
    chips: tuple[Chip, ...]
    more: int


@frozen
class Picture:
    """A picture as wide as a phone: the element on top, and a branch to each cluster."""

    width: int
    height: int
    label: str
    clusters: tuple[Cluster, ...]


def picture(
    held: Held, publication: ib.Publication, element: ib.Element, reached: Mapping[str, Sequence[Ref]] = _NOTHING
) -> Picture | None:
    """The neighbourhood of an element, or ``None`` if there is none to show.

    ``reached`` is what it is connected with through other publications only, by the key of the publication.
    """
    clusters = [*_around(held, publication, element), *_mapped(held, element, reached)]
    if not clusters:
        return None
    drawn = tuple(_drawn(clusters))
    last = drawn[-1]
    height = max((chip.y + _CHIP for chip in last.chips), default=last.y) + _GAP
    return Picture(_WIDTH, height, held.ref(element.id).label, drawn)


_Named = tuple[str, str, Sequence[Ref]]


def _around(held: Held, publication: ib.Publication, element: ib.Element) -> Iterator[_Named]:
    above = publication.parent(element)
    if above is not None:
        yield "stands under", "official", [held.ref(above.id)]
    below = [child for child in publication.children(element) if held.addresses.has_page(child)]
    if below:
        yield "has below it", "official", [held.ref(child.id) for child in below]


def _mapped(held: Held, element: ib.Element, reached: Mapping[str, Sequence[Ref]]) -> Iterator[_Named]:
    groups = held.mappings(element.id)
    for key in sorted((key for key in {*groups, *reached} if not held.is_old(key)), key=held.asked):
        if key in reached:
            yield held.short[key], "derived", reached[key]
            continue
        rows = sorted(groups[key], key=lambda mapping: _BASES.index(mapping.basis))
        identified = dict.fromkeys(mapping.object for mapping in rows if mapping.object is not None)
        if identified:
            yield held.short[key], rows[0].basis, [held.ref(identifier) for identifier in identified]


def _drawn(clusters: list[_Named]) -> Iterator[Cluster]:
    """Each cluster in its place; if there are too many neighbours, the largest clusters show fewer."""
    shares = _shares([len(refs) for _, _, refs in clusters], MOST)
    top = _HEAD + _GAP
    for (name, basis, refs), share in zip(clusters, shares, strict=True):
        chips = tuple(_chips(refs[:share], top + _ROW - 6))
        yield Cluster(top, name, basis, chips, len(refs) - share)
        top = max((chip.y for chip in chips), default=top) + _ROW + _GAP


def _shares(sizes: list[int], most: int) -> list[int]:
    """How many of each are shown so that there are at most that many: small ones whole, large ones cut alike."""
    shares = [0] * len(sizes)
    left = most
    for taken, (size, number) in enumerate(sorted((size, number) for number, size in enumerate(sizes))):
        shares[number] = min(size, left // (len(sizes) - taken))
        left -= shares[number]
    return shares


def _chips(refs: Iterable[Ref], y: int) -> Iterator[Chip]:
    x = _MARGIN
    for ref in refs:
        text = ref.label if len(ref.label) <= _LONGEST else f"{ref.label[: _LONGEST - 1]}…"
        width = round(len(text) * _LETTER) + 14
        if x + width > _WIDTH and x > _MARGIN:
            x, y = _MARGIN, y + _ROW
        yield Chip(x, y, width, text, ref)
        x += width + 6
