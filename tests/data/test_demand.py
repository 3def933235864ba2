"""What SP 800-213A and IR 8259B ask for and what they give as examples, by the words that introduce a list."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
DATA = Path(__file__).parents[2] / "data" / "publications"
CATALOG = slice(13, 70)
"""The pages of the catalog."""

Json = dict[str, Any]


@cache
def elements(key: str) -> list[Json]:
    found: list[Json] = json.loads((DATA / f"{key}.json").read_text("utf-8"))["elements"]
    return found


def introductions() -> list[str]:
    """The text of each numbered requirement of SP 800-213A that has lettered ones, up to the first of them."""
    assert SOURCES
    text = (Path(SOURCES) / "nist" / "sp800-213a.md").read_text("utf-8")
    pages = re.split(r"(?m)^\{\d+\}-+$", text)[1:][CATALOG]
    plain = re.sub(r"<span[^>]*></span>|<sup>.*|\*", "", "\n".join(pages))
    found, numbered = [], ""
    for line in (line.lstrip("#- ").strip() for line in plain.splitlines()):
        if item := re.match(r"(\d+|[a-z])\. (.+)", line):
            numbered = item[2] if item[1].isdigit() else numbered
            found += [numbered] if item[1] == "a" else []
        elif not line.startswith(("Federal", "Related", "Description", "Discussion", "|", "!")):
            numbered += f" {line}"
    return found


@pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")
def test_lettered_items_are_examples_where_their_list_is_one_of_examples() -> None:
    first = [each for each in elements("sp800-213a") if re.fullmatch(r"sp800-213a:\w+\.\w+\.\d+\.a", each["id"])]
    expected = [bool(re.search(r"such as|[Ee]xample", text)) for text in introductions()]
    assert [each["demand"] == "example" for each in first] == expected
    assert len(first) == 77


@pytest.mark.parametrize(
    ("key", "kind", "counts"),
    [
        ("sp800-213a", "requirement", {"may-be-necessary": 308, "example": 197}),
        ("sp800-213a", "sub-capability", {"may-be-necessary": 54}),
        ("sp800-213a", "capability", {"may-be-necessary": 11}),
        ("ir8259b", "capability", {"required": 4}),
        ("ir8259b", "common-action", {"may-be-necessary": 14, "example": 30}),
    ],
)
def test_counts(key: str, kind: str, counts: dict[str, int]) -> None:
    assert Counter(each["demand"] for each in elements(key) if each["kind"] == kind) == counts


@pytest.mark.parametrize("key", ["sp800-213a", "ir8259b"])
def test_the_items_of_a_list_are_alike(key: str) -> None:
    lists: dict[str, set[str]] = {}
    for each in elements(key):
        if each["kind"] in ("requirement", "common-action"):
            lists.setdefault(each["parent"], set()).add(each["demand"])
    assert all(len(demands) == 1 for demands in lists.values())


def test_the_lettered_topics_of_ir8259b_are_examples() -> None:
    actions = [each for each in elements("ir8259b") if each["kind"] == "common-action"]
    assert all(each["label"].isalpha() == (each["demand"] == "example") for each in actions)
