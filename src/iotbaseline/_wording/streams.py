"""What is read as one text: the lines of a copy without what its pages add, and its footnotes apart.

Lines stay in the order in which the file gives them: by their place on the page, the columns of a table would mix.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from iotbaseline._wording.pages import Line, Page, Place, Span

EDGE = 0.1
"""The share of a page, above, below and at the left, in which what recurs belongs to the page and not to the text."""
EDGE_LINES = 3
"""How many first and last lines of a page are its edges where nothing is known of their places."""
RECURRING = 2
"""On how many pages a line of an edge has to stand."""
SMALLER = 0.9
"""Footnotes and marks are smaller than this share of the text around them."""
NUMBERED_LINES = 10
"""How many numbers in a row at the starts of lines are line numbers."""
_NUMBER = re.compile(r"\d+")
_LINE_NUMBER = re.compile(r"\s*(\d{1,5})(?:\s+|$)")
_NOTE_NUMBER = re.compile(r"\s*(\d{1,3})(?!\d)")

Stream = list[tuple[Place, Line]]


def streams(pages: Sequence[Page]) -> tuple[Stream, Stream]:
    """The text and the footnotes of a copy, both without running heads, line numbers and the marks of footnotes."""
    furniture, numbers = _furniture(pages), _line_numbers(pages)
    body = _body_size(pages)
    text: Stream = []
    footnotes: Stream = []
    for number, page in enumerate(pages):
        lines = {place: line for place, line in enumerate(page.lines) if (number, place) not in furniture}
        unnumbered = {place: _without(line, numbers.get((number, place), ())) for place, line in lines.items()}
        small = {place for place, line in lines.items() if 0 < line.size < body * SMALLER}
        notes = dict(_footnotes(unnumbered, small))
        known = {*notes.values()}
        for place, line in lines.items():
            marks = [mark for mark in _marks(line, place in small) if line.text[slice(*mark)] in known]
            cleared = _without(line, [*numbers.get((number, place), ()), *marks])
            (footnotes if place in notes else text).append(((number, place), cleared))
    return text, footnotes


def _body_size(pages: Sequence[Page]) -> int:
    """The size of type that most characters have."""
    sizes: Counter[int] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size)] += len(line.text)
    return max(sizes, key=sizes.__getitem__, default=0)


def _furniture(pages: Sequence[Page]) -> set[Place]:
    """Lines at the edges of pages that recur on others, whatever their digits."""
    edges = [
        ((number, place), _NUMBER.sub("0", line.text.strip()))
        for number, page in enumerate(pages)
        if page.number is not None
        for place, line in enumerate(page.lines)
        if _at_edge(line, place, len(page.lines))
    ]
    recurring = Counter(text for _, text in {(page, text) for (page, _), text in edges})
    return {place for place, text in edges if recurring[text] >= RECURRING}


def _at_edge(line: Line, place: int, count: int) -> bool:
    if line.box is None:
        return place < EDGE_LINES or place >= count - EDGE_LINES
    _, bottom, right, top = line.box
    return bottom > 1 - EDGE or top < EDGE or right < EDGE


def _line_numbers(pages: Sequence[Page]) -> dict[Place, tuple[Span]]:
    """Where lines begin with the numbers of lines: ten or more on a page, or the next ones after those."""
    numbers: dict[Place, tuple[Span]] = {}
    last = 0
    for number, page in enumerate(pages):
        chains: dict[int, list[tuple[int, Span]]] = {}
        for place, line in enumerate(page.lines):
            if found := _LINE_NUMBER.match(line.text):
                value = int(found[1])
                chains[value] = chains.pop(value - 1, [])
                chains[value].append((place, found.span()))
        for value, chain in chains.items():
            if len(chain) >= NUMBERED_LINES or value - len(chain) == last > 0:
                numbers |= {(number, place): (span,) for place, span in chain}
                last = value
    return numbers


def _footnotes(lines: Mapping[int, Line], small: Collection[int]) -> Iterator[tuple[int, str]]:
    """The lines of footnotes with their numbers: from one that begins with a number, as long as the type is small."""
    inside = ""
    for place, line in lines.items():
        found = _NOTE_NUMBER.match(line.text)
        inside = (found[1] if found else inside) if place in small else ""
        if inside:
            yield place, inside


def _marks(line: Line, small: bool) -> Iterable[Span]:
    """Where the marks of footnotes may be: digits smaller than the rest, or alone and smaller than the text."""
    return [(0, len(line.text))] if small and line.text.isdecimal() else line.raised


def _without(line: Line, spans: Iterable[Span]) -> Line:
    text = line.text
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return evolve(line, text=text) if text != line.text else line
