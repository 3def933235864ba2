"""Build california-sb-327: sections 1798.91.04 to 1798.91.06 of the California Civil Code.

Source: laws/california-sb-327.json, which gives each section as running text.

Subdivision (a) of the first section is the requirement. (b) and (c) say what counts as meeting it, so that they and
their points are remarks; so is the last section, which says what the title does not do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element, slug
from authoring.shared.running_text import Point, points
from authoring.shared.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "california-sb-327"
SOURCE = "laws/california-sb-327.json"
SOURCES = Sources(SOURCE)
DUTIES, DEFINITIONS, LIMITS = "1798.91.04", "1798.91.05", "1798.91.06"
HISTORY = re.compile(r" \((?:Amended|Added) .*")
TERM = re.compile(r"“(.+?)”")
POINTS = {"a": 3, "b": 2, "c": 3}
"""How many numbered points the subdivisions of the first section have."""


def subdivisions(text: str, last: str) -> list[Point]:
    """The lettered subdivisions of a section, without the history printed after the last one."""
    letters = [chr(code) for code in range(ord("a"), ord(last) + 1)]
    return points(f" {HISTORY.sub('', text)}", letters)


def records() -> Iterator[Json]:
    text = {each["section"]: each["content"] for each in SOURCES.json(SOURCE)}

    def record(kind: str, section: str, *below: str, label: str | None = None, **more: str) -> Json:
        local = ".".join((section, *below))
        parent = ".".join((section, *below[:-1])) if below else None
        return element(
            kind,
            f"{KEY}:{local}",
            label=label or (below[-1] if below else section),
            parent=parent and f"{KEY}:{parent}",
            section=section,
            **more,
        )

    yield record("clause", DUTIES)
    for letter in subdivisions(text[DUTIES], "c"):
        kind = "requirement" if letter.label == "a" else "remark"
        numbers = points(letter.text, [str(number + 1) for number in range(POINTS[letter.label])])
        lead = letter.text.partition(" (1) ")[0]
        yield record(kind, DUTIES, letter.label, wording=lead)
        for number in numbers:
            yield record(kind, DUTIES, letter.label, number.label, wording=number.text)
    yield record("remark", DEFINITIONS)
    for letter in subdivisions(text[DEFINITIONS], "f"):
        (term,) = TERM.findall(letter.text)[:1]
        yield record("term", DEFINITIONS, slug(term), label=letter.label, title=term, wording=letter.text)
    yield record("remark", LIMITS)
    for letter in subdivisions(text[LIMITS], "i"):
        yield record("remark", LIMITS, letter.label, wording=letter.text)


def build() -> None:
    write_publication(
        KEY,
        list(records()),
        fidelity="full",
        missing="The title that Stats. 2018, ch. 886 added, which is similar.",
    )
