"""What an agent is told: the JSON document of a command, one page of it, and how it is to be read."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, cast

from mcp.types import CallToolResult, TextContent
from pydantic import BaseModel

import iotbaseline as ib
from iotbaseline._apps.agents import reading
from iotbaseline._apps.cli.answer import Answer, enveloped
from iotbaseline.errors import IoTBaselineError, QueryError

LIMIT = 20
"""How many items a page has, unless more are asked for."""
MOST = 100
"""How many items a page has at most."""
LARGEST = 24_000
"""How many characters the items of a page have at most in JSON; one item may have more."""


Page: TypeAlias = dict[str, int | str | None]
"""Which part of which list the document holds, and where the next page begins."""
Source: TypeAlias = dict[str, str | None]
"""A publication that the answer names, with its address."""


class Told(BaseModel):
    """An answer. Read conclusion and cautions first."""

    # Every tool repeats this schema in what it offers, so it is short; what the fields mean stands in the instructions.
    conclusion: str
    cautions: list[str]
    basis: str
    data_version: str
    sources: list[Source]
    page: Page | None
    document: dict[str, object]
    """What ``iotbaseline COMMAND --json`` prints, cut to the page."""


def told(found: Answer, command: str, query: Mapping[str, object], library: ib.Library, page: tuple[int, int]) -> Told:
    """What an agent is told of the answer of a command; ``page`` is its offset and how many items it may have.

    Raises :class:`~iotbaseline.errors.QueryError` for a page behind the last one.
    """
    document: dict[str, Any] = json.loads(enveloped(found, command, query))
    result: dict[str, Any] = document["result"]
    follows = reading.conclusion(found, command, query, result)
    names = (*([] if found.found is None else [found.found.LISTED]), "problems")
    listed = next((name for name in names if isinstance(result.get(name), list)), None)
    kept = None if listed is None else _cut(result, listed, *page)
    named = [library.info(key) for key in _keys(result, library)]
    return Told(
        conclusion=follows,
        cautions=[*_left(kept), *reading.cautions(found, command, result), *reading.of_publications(named)],
        basis=reading.basis(found, Counter(text for name, text in _texts(result) if name == "basis")),
        data_version=ib.data_version,
        sources=[_source(info, library) for info in named],
        page=kept,
        document=document,
    )


def as_result(answer: Told) -> CallToolResult:
    """An answer as the result of a tool, structured and as text."""
    texts = (answer.conclusion, answer.model_dump_json())
    return CallToolResult(
        content=[TextContent(type="text", text=text) for text in texts], structured_content=answer.model_dump()
    )


def refusal(error: IoTBaselineError) -> CallToolResult:
    """An error of the library as the result of a tool: what is wrong, and how to ask instead.

    It is text only, since some clients hold whatever is structured against the schema of an answer.
    """
    parts = {"error": type(error).__name__, "place": error.place, "problem": error.problem, "fix": error.fix}
    text = "\n".join(f"{name}: {part}" for name, part in parts.items() if part)
    return CallToolResult(is_error=True, content=[TextContent(type="text", text=text)])


def _cut(result: dict[str, Any], listed: str, offset: int, limit: int) -> Page:
    """Cut a list of the result to a page, and say which part is left."""
    items: list[object] = result[listed]
    if offset and offset >= len(items):
        raise QueryError(f"offset is {offset}, and there are {len(items)} {listed}", f"ask below {len(items)}")
    kept: list[object] = []
    room = LARGEST
    for item in items[offset : offset + limit]:
        room -= len(json.dumps(item, ensure_ascii=False))
        if kept and room < 0:
            break
        kept.append(item)
    result[listed] = kept
    end = offset + len(kept)
    more = end if end < len(items) else None
    return {"list": listed, "total": len(items), "offset": offset, "returned": len(kept), "next_offset": more}


def _left(page: Page | None) -> list[str]:
    """That there is more than a page."""
    if page is None or page["next_offset"] is None:
        return []
    return [f"this page has {page['returned']} of {page['total']} {page['list']}; offset {page['next_offset']} is next"]


_BETWEEN_NAMES = re.compile(r"[^\w.-]+|--")


def _keys(result: object, library: ib.Library) -> list[str]:
    """The publications that a result names, in their order."""
    known = {info.key for info in library.publications}
    words = (word for _, text in _texts(result) for word in _BETWEEN_NAMES.split(text))
    return list(dict.fromkeys(word for word in words if word in known))


def _source(info: ib.PublicationInfo, library: ib.Library) -> Source:
    return {
        "key": info.key,
        "title": info.title,
        "published": info.published,
        "status": info.status.value,
        "url": library.url(info.key),
        "fidelity": info.fidelity.value,
    }


def _texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """All texts in a JSON value, each with the name that it stands under."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, part in cast("dict[str, object]", value).items():
            yield from _texts(part, key)
    elif isinstance(value, list):
        for part in cast("list[object]", value):
            yield from _texts(part, name)
