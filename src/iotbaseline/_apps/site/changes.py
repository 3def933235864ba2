"""The pages of revisions: the list, and for each pair of publications a picture and every change."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import addresses, words
from iotbaseline._apps.site.flow import flow, parts
from iotbaseline._apps.site.gist import gist
from iotbaseline._apps.site.held import Held, Ref
from iotbaseline._apps.site.page import Page
from iotbaseline._model.element import Asks

_LEFT_OUT = ("unchanged",)
_LONG = 40
"""More changes than this are told by the part of the publication that they happened in."""


@frozen
class Line:
    """A difference in the list."""

    address: str
    before: str
    after: str
    when: str
    said: str


@frozen
class Row:
    """A change: what it was, what it became, and the evidence; ``of`` are the kinds of its elements."""

    kinds: str
    of: str
    before: tuple[Ref, ...]
    after: tuple[Ref, ...]
    basis: str
    evidence: str


def pages(held: Held) -> Iterator[Page]:
    """The list of differences, and a page for each."""
    yield Page(
        address="changes.html",
        title="Changes",
        about="What became of publications in their next revision, and of one publication in another.",
        template="changes.html",
        area="changes",
        facts={"lines": [_line(held, each) for each in newest(held)]},
    )
    for difference in held.differences.values():
        yield _page(held, difference)


def newest(held: Held) -> list[ib.Diff]:
    """The differences, those to the newest publications first."""
    return sorted(
        held.differences.values(), key=lambda each: (each.after.info.published or "", each.after.key), reverse=True
    )


def _line(held: Held, difference: ib.Diff) -> Line:
    before, after = difference.before.key, difference.after.key
    return Line(
        addresses.of_difference(before, after),
        held.short[before],
        held.short[after],
        difference.after.info.published or "undated",
        str(difference).partition(": ")[2],
    )


def _page(held: Held, difference: ib.Diff) -> Page:
    before, after = difference.before, difference.after
    shorts = held.short[before.key], held.short[after.key]
    counts = {kind.value: count for kind, count in difference.counts().items() if count}
    listed = [change for change in difference if not set(_LEFT_OUT).issuperset(change.kinds)]
    told = sorted(listed, key=_only_explains)
    return Page(
        address=addresses.of_difference(before.key, after.key),
        title=f"{shorts[0]} → {shorts[1]}",
        about=f"What changed from {shorts[0]} to {shorts[1]}, element by element, with the evidence.",
        template="change.html",
        area="changes",
        facts={
            "before": shorts[0],
            "after": shorts[1],
            "before_info": before.info,
            "after_info": after.info,
            "before_address": addresses.of_publication(before.key),
            "after_address": addresses.of_publication(after.key),
            "counts": counts,
            "gist": list(gist(held, difference)),
            "notice": difference.notice and held.named(difference.notice),
            "groups": _grouped(held, difference, told)
            if len(told) > _LONG
            else [("", [_row(held, each) for each in told])],
            "kinds": [kind for kind in counts if kind not in _LEFT_OUT],
            "of": sorted({element.kind for change in told for element in (*change.before, *change.after)}),
            "left_out": sum(counts.get(kind, 0) for kind in _LEFT_OUT),
            "flow": flow(held, difference),
            "command": f"iotbaseline diff {before.key} {after.key}",
        },
    )


def _only_explains(change: ib.Change) -> bool:
    """Whether nothing in a change asks for anything: such changes come last."""
    return all(element.traits.asks is Asks.NEVER for element in (*change.before, *change.after))


def _grouped(held: Held, difference: ib.Diff, told: list[ib.Change]) -> list[tuple[str, list[Row]]]:
    """Changes by the part that they happened in: of the publication before, and for what came of that after."""
    before, after = parts(held, difference.before), parts(held, difference.after)
    groups: dict[str, list[Row]] = {}
    for change in told:
        name = before[change.before[0].id] if change.before else after[change.after[0].id]
        groups.setdefault(name, []).append(_row(held, change))
    return list(groups.items())


def _row(held: Held, change: ib.Change) -> Row:
    return Row(
        " ".join(change.kinds),
        " ".join(dict.fromkeys(element.kind for element in (*change.before, *change.after))),
        tuple(held.ref(element.id) for element in change.before),
        tuple(held.ref(element.id) for element in change.after),
        change.basis,
        words.evidence(held.named(change.evidence)),
    )
