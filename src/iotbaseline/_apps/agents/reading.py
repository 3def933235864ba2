"""How an answer is to be read: what follows from it, what has to be said with it, and who stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import iotbaseline as ib
from iotbaseline._apps.cli.answer import Answer
from iotbaseline.errors import counted

NOTHING = "NOTHING FOLLOWS"
"""What a conclusion begins with if nothing follows."""
_SAY_SO = "say that this data does not answer it, and do not fill it in from memory"

_SAYS_NOTHING = {"coverage": "not mapped", "compare": "not mapped", "diff": "unpaired", "migrate": "not-understood"}
"""The group of each result from which nothing follows."""
_WEAK = "related: a weak link; it is no evidence that one satisfies the other"
_WORDS: dict[str, dict[str, str]] = {
    "explain": {"related": _WEAK},
    "reach": {"related": _WEAK},
    "coverage": {
        "related": "related: a weak link that covers nothing",
        "gap": "gap: a crosswalk names the element, and nothing selected leads to it",
        "not mapped": "not mapped: no crosswalk says anything of the element; it is neither covered nor a gap",
    },
    "compare": {
        "related": "related: a weak link; neither side is known to be stricter",
        "not mapped": "not mapped: nothing is known of the other side; do not say that it lacks the element",
    },
    "diff": {"unpaired": "unpaired: it is not known what became of the element, nor that it was added or removed"},
    "migrate": {
        "needs-review": "needs-review: a person has to compare the two wordings",
        "orphaned": "orphaned: no element of the later publication takes its place",
        "not-understood": "not-understood: the entry names no element of the earlier publication",
    },
}
"""What has to be said of a result that has items of a group."""


def conclusion(found: Answer, command: str, query: Mapping[str, object], result: Mapping[str, Any]) -> str:
    """What follows from an answer, in one sentence."""
    if query.get("unmapped"):
        return _unmapped(len(found.rows), query)
    if "problems" in result:
        return _checked(len(result["problems"]))
    counts: Mapping[str, int] = result.get("counts", {"": 1})
    if any(number for group, number in counts.items() if group != _SAYS_NOTHING.get(command)):
        return _sentence(found, command, result)
    said = found.nothing.partition(";")[0] if found.nothing else str(found.found)
    return f"{NOTHING}: {said}; {_SAY_SO}"


def _unmapped(number: int, query: Mapping[str, object]) -> str:
    if not number:
        return f"every element of {query['subject']} is mapped to {query['object']}"
    has = "has" if number == 1 else "have"
    return (
        f"{NOTHING}: {counted(number, 'element')} of {query['subject']} {has} no mapping to {query['object']} in this "
        "data; that does not say that nothing there corresponds to them"
    )


def _checked(problems: int) -> str:
    if not problems:
        return "VALID: the profile can be resolved; whether it asks for enough is not checked"
    return f"NOT VALID: {counted(problems, 'problem')}, each with a fix"


def _sentence(found: Answer, command: str, result: Mapping[str, Any]) -> str:
    number = len(found.rows)
    if command == "search":
        hits = counted(number, "hit")
        return f"{hits}, best first; a hit has the words, or some of them, and no relation follows from it"
    if command == "map" and "subject" not in result:
        return counted(number, "mapping")
    if "children" in result:
        withdrawn = "WITHDRAWN: " if result.get("withdrawn") else ""
        return f"{withdrawn}{result['id']}: {', '.join(filter(None, (result['kind'], result['locator'])))}"
    return str(found.found)


def cautions(found: Answer, command: str, result: Mapping[str, Any]) -> Iterator[str]:
    """What has to be said with any item of an answer."""
    if found.notice:
        yield found.notice
    counts: Mapping[str, int] = result.get("counts", {})
    yield from (said for group, said in _WORDS.get(command, {}).items() if counts.get(group))


def of_publications(named: Iterable[ib.PublicationInfo]) -> Iterator[str]:
    """What has to be said of the publications that an answer names: out of force, or not held whole."""
    for info in named:
        if info.notice:
            yield f"{info.key}: {info.notice}"
        if info.fidelity != "full":
            yield f"{info.key} is not held whole ({info.fidelity}): what is absent here may be in the publication"


_JUDGED = "curated is the judgement of this project, which no publisher made or endorsed"


def basis(found: Answer, counts: Mapping[str, int]) -> str:
    """Who stands behind the items of an answer; ``counts`` are the bases that its page names."""
    if counts:
        told = ", ".join(f"{number} {name}" for name, number in counts.items())
        return f"on this page: {told}" + (f"; {_JUDGED}" if "curated" in counts else "")
    if found.found is None:
        return "the rules that profiles have to follow"
    if not found.rows:
        return "nobody, since nothing is held"
    judged = [is_curated for item in found.found if (is_curated := _is_curated(item)) is not None]
    if judged:
        return f"{sum(judged)} of {len(judged)} rest on curated mappings; {_JUDGED}; explain tells the basis of each"
    return "what the publications print, as far as their fidelity says; titles and summaries may be our own words"


def _is_curated(item: object) -> bool | None:
    """Whether an item rests on this project's judgement; ``None`` for what rests on no mapping."""
    best = item.paths[0] if isinstance(item, ib.Connection) else item
    return getattr(best, "is_curated", None)
