"""The pages of profiles: the list, for each what it takes and how far that goes, and three side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import addresses, glossary, words
from iotbaseline._apps.site.covermap import CoverMap, Part, cover_maps
from iotbaseline._apps.site.held import Held, Ref
from iotbaseline._apps.site.page import Page
from iotbaseline.errors import IoTBaselineError

COMPARED = ("consumer", "industrial", "federal")


_BRIEF = 120
"""So long is a summary at most in the list of what a profile takes."""
_OFTEN = 4
"""A reason that more elements have than this is given once, above the list."""


@frozen
class Row:
    """An element that a profile takes; ``reason`` is the number of one that is given above the list."""

    target: Ref
    summary: str
    levels: tuple[str, ...]
    changes: tuple[str, ...]
    why: str
    reason: int | None


@frozen
class Cell:
    """What a profile makes of an element: the word, the elements of the profile that decide it, and what it changes."""

    word: str
    deciding: tuple[tuple[Ref, str], ...]
    """Each element with the reasons of the mappings that lead from it."""
    changes: tuple[str, ...]


@frozen
class Compared:
    """An element with a cell for each profile, and the words for what it is shown for."""

    anchor: str
    target: Ref
    cells: tuple[Cell | None, ...]
    shows: str


@frozen
class Topic:
    """Elements that stand below one, or that a profile has beyond the baselines."""

    anchor: str
    name: str
    address: str | None
    remark: str
    rows: tuple[Compared, ...]
    counts: tuple[int, ...]
    """In how many rows each profile has something."""

    @property
    def words(self) -> list[str]:
        """The words in its cells, as the legend orders them."""
        used = {cell.word for row in self.rows for cell in row.cells if cell}
        return [word for word in glossary.COMPARISON if word in used]

    @property
    def can_open(self) -> bool:
        """Whether there is a cell that opens."""
        return any(cell and cell.deciding for row in self.rows for cell in row.cells)


def pages(held: Held) -> Iterator[Page]:
    """The list of profiles, a page for each, and the comparison."""
    yield Page(
        address="profiles.html",
        title="Profiles",
        about="The profiles that NIST prints, and those that this project put together.",
        template="profiles.html",
        area="profiles",
        facts={"profiles": [(addresses.of_profile(profile.key), profile) for profile in held.profiles.values()]},
    )
    for profile in held.profiles.values():
        maps = list(cover_maps(held, profile))
        yield _page(held, profile, maps)
        for each in maps:
            for part in each.parts:
                yield _coverage(profile, each, part)
    yield _comparison(held)


def _page(held: Held, profile: ib.Profile, maps: list[CoverMap]) -> Page:
    groups: dict[str, list[Row]] = {}
    counts = Counter(item.rationale for item in profile.selected)
    reasons = {why: number for number, why in enumerate((why for why in counts if counts[why] > _OFTEN), 1)}
    for item in profile.selected:
        groups.setdefault(item.element.publication, []).append(_row(held, item, reasons.get(item.rationale)))
    return Page(
        address=addresses.of_profile(profile.key),
        title=profile.title,
        about=words.brief(profile.summary, 200),
        template="profile.html",
        area="profiles",
        facts={
            "profile": profile,
            "groups": [
                (
                    held.short.get(key, "Added by the profile"),
                    addresses.of_publication(key) if key in held.infos else None,
                    rows,
                )
                for key, rows in groups.items()
            ],
            "maps": maps,
            "reasons": reasons,
            "bases": [(held.short[key], addresses.of_publication(key)) for key in profile.base if key in held.infos],
        },
    )


def _coverage(profile: ib.Profile, found: CoverMap, part: Part) -> Page:
    """Every item of a part of a framework, by level and family."""
    return Page(
        address=part.address,
        title=f"{profile.title}: {found.short}, {part.name}",
        about=f"Which items of {found.short} the profile {profile.key} leaves open, and which it supports.",
        template="coverage.html",
        area="profiles",
        facts={"profile": profile, "address": addresses.of_profile(profile.key), "map": found, "part": part},
    )


def _row(held: Held, item: ib.ResolvedElement, reason: int | None) -> Row:
    element = item.element
    target = held.ref(element.id) if element.id in held.elements else Ref(None, element.local, element.title or "")
    summary = words.brief(element.summary or "", _BRIEF) if target.name == element.title else ""
    return Row(target, summary, item.levels, tuple(map(str, item.modifications)), item.rationale, reason)


def _comparison(held: Held) -> Page:
    shown = [key for key in COMPARED if key in held.profiles]
    return Page(
        address="compare.html",
        title="Consumer, industrial and federal side by side",
        about="What the consumer, the industrial and the federal profile make of each element of the core baselines.",
        template="compare.html",
        area="compare",
        facts={
            "profiles": [(addresses.of_profile(key), held.profiles[key]) for key in shown],
            **_compared(held, shown),
        },
    )


def _compared(held: Held, keys: list[str]) -> dict[str, object]:
    try:
        found = ib.side_by_side(*keys, library=held.library)
    except IoTBaselineError:
        return {"topics": [], "notice": None, "words": glossary.COMPARISON}
    return {
        "topics": [*_topics(held, keys, found), *_beyond(held, keys, found)],
        "notice": found.notice,
        "words": glossary.COMPARISON,
    }


def _topics(held: Held, keys: list[str], found: ib.SideBySide) -> Iterator[Topic]:
    """The elements of the baselines below what stands on top of each."""
    topics: dict[str, list[Compared]] = {}
    for row, record in zip(found.rows, found.to_records(), strict=True):
        if row.cells:
            cells = tuple(
                _cell(held, str(record[name]), cell) for name, cell in zip(found.profiles, row.cells, strict=True)
            )
            above = held.publications[row.element.publication].ancestors(row.element)
            top = [row.element, *above][-1]
            anchor = addresses.file_name(row.element.local)
            line = Compared(anchor, held.ref(row.element.id), cells, _shows(keys, cells))
            topics.setdefault(top.id, []).append(line)
    for identifier, rows in topics.items():
        key, _, local = identifier.partition(":")
        ref = held.ref(identifier)
        yield Topic(
            addresses.file_name(local), ref.label, ref.address, held.short[key], tuple(rows), _counts(rows, _NOTHING)
        )


def _counts(rows: list[Compared], nothing: frozenset[str] = frozenset()) -> tuple[int, ...]:
    """In how many rows each profile has something; ``nothing`` are the words for that it has not."""
    columns = zip(*(row.cells for row in rows), strict=True)
    return tuple(sum(cell is not None and cell.word not in nothing for cell in cells) for cells in columns)


def _shows(keys: list[str], cells: tuple[Cell, ...]) -> str:
    """What a row is shown for: that the profiles differ, and that only one of them has something."""
    having = [key for key, cell in zip(keys, cells, strict=True) if cell.word not in _NOTHING]
    only = [f"only-{key}" for key in having if len(having) == 1]
    return " ".join(["differ", *only] if len({cell.word for cell in cells}) > 1 else only)


def _beyond(held: Held, keys: list[str], found: ib.SideBySide) -> Iterator[Topic]:
    """What each profile has beyond the baselines, and what the others make of that beyond them."""
    words_of = [
        {element.id: word for word, elements in (("beyond", more), ("not mapped", silent)) for element in elements}
        for more, silent in zip(found.beyond, found.not_mapped, strict=True)
    ]
    for key, taken in zip(keys, words_of, strict=True):
        rows = [
            Compared(
                addresses.file_name(f"{key}.{identifier}"),
                held.ref(identifier),
                tuple(Cell(words[identifier], (), ()) if identifier in words else None for words in words_of),
                f"only-{key}" if sum(identifier in words for words in words_of) == 1 else "",
            )
            for identifier in taken
        ]
        if rows:
            title = held.profiles[key].title
            yield Topic(f"beyond-{key}", f"Beyond the baselines: {key}", None, title, tuple(rows), _counts(rows))


def _cell(held: Held, word: str, row: ib.ComparisonRow) -> Cell:
    deciding = tuple(
        (held.ref(partner.subject), _reasons(partner.paths[0]))
        for partner in row.partners
        if partner.subject in row.closest
    )
    return Cell(word, deciding, tuple(map(str, row.modifications)))


def _reasons(path: ib.EvidencePath) -> str:
    found = [hop.mapping.rationale or hop.mapping.locator for hop in path.hops if hop.mapping is not None]
    return " ".join(words.sentence(each) for each in found if each)


_NOTHING = frozenset({"—", "not mapped"})
