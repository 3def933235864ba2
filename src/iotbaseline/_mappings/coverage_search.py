"""The paths from selected elements to wanted ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import cache, partial
from itertools import chain
from typing import TypeAlias

from iotbaseline._library.library import Library
from iotbaseline._mappings.connection import EvidencePath
from iotbaseline._mappings.hops import ACROSS, DOWN, UP, Hop, Ways, ways_from
from iotbaseline._mappings.progress import BEGUN, Progress
from iotbaseline._model.element import Element

_Partial: TypeAlias = tuple[str, Progress, tuple[Hop, ...], tuple[str, ...], tuple[str, ...], bool]
"""Where a path has come to, what follows, its hops, the publications and elements on it, whether it has a mapping."""
_Evidence: TypeAlias = defaultdict[str, defaultdict[str, list[EvidencePath]]]
"""Identifier of a wanted element, identifier of a selected one, the paths from the latter to the former."""
_INSIDE = {
    (bottom, across): UP.union(() if bottom else DOWN, ACROSS if across else ())
    for bottom in (False, True)
    for across in (False, True)
}
"""The kinds of hops that may be gone within a publication, at the bottom or not, along its own mappings or not."""


def find_evidence(
    library: Library, selected: dict[str, Element], wanted: dict[str, Element], allowed: Collection[str]
) -> _Evidence:
    """For each wanted element the paths to it from each selected one.

    Within a publication they go to parts and wholes; a mapping within one counts where it is the only one on the path.
    A selected element brings its parts with it, unless some of them are selected by themselves: the others are then
    taken to be left out.
    """
    found: _Evidence = defaultdict(lambda: defaultdict(list))
    ends = {element.publication for element in wanted.values()}
    around = cache(partial(ways_from, library))
    leading = _leading(around, wanted)
    above = (around(each.publication).get(each.id, {}).get(each.publication, ()) for each in selected.values())
    divided = {hop.object for hop in chain.from_iterable(above) if hop.kind in UP}

    @cache
    def onwards(here: str, risen: bool, mapped: bool, origin: str) -> list[tuple[str, Hop]]:
        """The hops that may lead on from an element, each with the publication that it stays in or enters."""
        own = here.partition(":")[0]
        onto, at_end = around(own).get(here, {}), own in ends
        bottom = risen or here in divided
        inside = _INSIDE[bottom, at_end and not mapped]
        return [
            (key, hop)
            for key, made in onto.items()
            if key == own or (key in allowed and not (at_end and mapped))
            for hop in made
            if key != own or (hop.kind in inside and hop.object not in selected)
            if key not in ends or key == origin or hop.object in leading[hop.kind in UP]
        ]

    for start, element in selected.items():
        origin = element.publication
        stack: list[_Partial] = [(start, BEGUN, (), (origin,), (start,), False)]
        while stack:
            here, so_far, gone, entered, visited, mapped = stack.pop()
            if here in wanted and so_far.counts:
                found[here][start].append(EvidencePath(start, gone, so_far.chain.conclusion))
            for key, hop in onwards(here, bool(gone) and gone[-1].kind in UP, mapped, origin):
                there, stays = hop.object, key == entered[-1]
                if there in visited or (key in entered and not stays):
                    continue
                longer = so_far.then(hop.kind, hop.link)
                if longer is not None:
                    keys = entered if stays else (*entered, key)
                    across = mapped or hop.kind in ACROSS
                    stack.append((there, longer, (*gone, hop), keys, (*visited, there), across))
    return found


def _leading(around: Callable[[str], dict[str, Ways]], wanted: Collection[str]) -> dict[bool, set[str]]:
    """From which elements of their publications the wanted ones can be reached, if not and if after a hop upwards."""
    found = {risen: set(wanted) for risen in (False, True)}
    queue = [(identifier, risen) for identifier in wanted for risen in found]
    while queue:
        there, risen = queue.pop()
        own = there.partition(":")[0]
        for back in around(own).get(there, {}).get(own, ()):
            if risen == (back.kind in DOWN):
                for before in {False, back.kind not in UP}:
                    if back.object not in found[before]:
                        found[before].add(back.object)
                        queue.append((back.object, before))
    return found
