"""Build cra: Annexes I and II of Regulation (EU) 2024/2847, point by point.

Source: laws/cra-annexes.json, which gives each annex as running text. The numbers are looked for in their order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element
from authoring.shared.running_text import Point, cut, points
from authoring.shared.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "cra"
SOURCE = "laws/cra-annexes.json"
SOURCES = Sources(SOURCE)


def annexes() -> dict[str, str]:
    """The text of each annex, without its heading, by number."""
    return {each["annex"]: each["content"].partition(f"ANNEX {each['annex']} ")[2] for each in SOURCES.json(SOURCE)}


def numbered(text: str, count: int, form: str = " ({}) ") -> list[Point]:
    return points(text, [str(number) for number in range(1, count + 1)], form)


def lettered(text: str, last: str) -> list[Point]:
    return points(text, [chr(code) for code in range(ord("a"), ord(last) + 1)])


def records() -> Iterator[Json]:
    def record(kind: str, local: str, label: str, section: str, **more: str) -> Json:
        parent = local.rpartition(".")[0]
        return element(
            kind,
            f"{KEY}:{local}",
            label=label,
            parent=f"{KEY}:{parent}" if parent else None,
            section=section,
            **more,
        )

    def requirements(above: str, section: str, found: list[Point], last_letter: dict[str, str]) -> Iterator[Json]:
        """The numbered points, and the lettered ones of those numbers that ``last_letter`` names."""
        for point in found:
            local = f"{above}.{point.label}"
            lead, letters = point.text, []
            if point.label in last_letter:
                lead, *_ = cut(point.text, [" (a) "])
                letters = lettered(point.text, last_letter[point.label])
            yield record("requirement", local, point.label, section, wording=lead)
            for letter in letters:
                yield record("requirement", f"{local}.{letter.label}", letter.label, section, wording=letter.text)

    text = annexes()
    title, properties, handling = cut(text["I"], [" Part I ", " Part II "])
    yield record("clause", "annex-i", "Annex I", "Annex I", title=title.capitalize())
    title, _ = cut(properties, [" (1) "])
    yield record("clause", "annex-i.part-i", "Part I", "Annex I, Part I", title=title)
    yield from requirements("annex-i.part-i", "Annex I, Part I", numbered(properties, 2), {"2": "m"})
    title, _ = cut(handling, [" Manufacturers "])
    yield record("clause", "annex-i.part-ii", "Part II", "Annex I, Part II", title=title)
    yield from requirements("annex-i.part-ii", "Annex I, Part II", numbered(handling, 8), {})
    title, _ = cut(text["II"], [" At minimum"])
    yield record("clause", "annex-ii", "Annex II", "Annex II", title=title.capitalize())
    yield from requirements("annex-ii", "Annex II", numbered(text["II"], 9, " {}. "), {"8": "f"})


def build() -> None:
    write_publication(
        KEY,
        list(records()),
        fidelity="full",
        missing="The recitals, the articles, and Annexes III to VIII. Without the articles it is not held whom and "
        "which products the requirements bind, and from when on.",
    )
