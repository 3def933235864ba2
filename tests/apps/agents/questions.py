"""Forty questions with known answers; ``python -m tests.apps.agents.questions`` prints how many are answered so."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mcp import Client
from mcp.types import CallToolResult, TextContent

from iotbaseline._apps.agents.server import server
from iotbaseline._apps.agents.tools import Tools
from iotbaseline._library.library import DEFAULT

QUESTIONS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["question"]


async def failures(client: Client, question: Mapping[str, Any]) -> list[str]:
    """What is wrong with the answer to a question."""
    result = await client.call_tool(question["tool"], question["arguments"])
    said = error_of(result) if result.is_error else result.structured_content
    wrong = [f"{part['at']}: {part}" for part in question["answers"] if not _holds(part, _at(said, part["at"]))]
    is_refused = question.get("refused", False)
    return wrong if result.is_error == is_refused else [f"refused: {result.is_error}", *wrong]


def error_of(result: CallToolResult) -> dict[str, str]:
    """The lines of an error by their names: error, place, problem, fix."""
    assert result.structured_content is None
    [content] = result.content
    assert isinstance(content, TextContent)
    return {name: text for name, _, text in (line.partition(": ") for line in content.text.split("\n"))}


def _holds(part: Mapping[str, Any], value: Any) -> bool:
    if "is" in part:
        return bool(value == (None if part["is"] == "none" else part["is"]))
    return part["has"] in value


def _at(value: Any, place: str) -> Any:
    """What stands at a place; with ``*`` in it, a list of what stands there in every item."""
    name, _, rest = place.partition(".")
    if not name:
        return value
    if name == "*":
        found = [_at(item, rest) for item in value]
        return [each for item in found for each in item] if "*" in rest else found
    return _at(value[name], rest) if name in value else ()


async def rate(questions: Sequence[Mapping[str, Any]]) -> tuple[int, list[str]]:
    """How many questions are answered as they should be, and what is wrong with the others."""
    async with Client(server(Tools(DEFAULT))) as client:
        found = [(question["ask"], await failures(client, question)) for question in questions]
    wrong = [f"{ask} {reasons}" for ask, reasons in found if reasons]
    return len(found) - len(wrong), wrong


def main() -> None:
    passed, wrong = asyncio.run(rate(QUESTIONS))
    print(f"{passed} of {len(QUESTIONS)} questions answered as they should be", *wrong, sep="\n")


if __name__ == "__main__":
    main()
