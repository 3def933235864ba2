"""No run of nine words stands both in the project and in a source text.

Names do not count, being facts, nor do web addresses and lists of item numbers.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCES = os.environ.get("IOTBASELINE_SOURCES")
ROOT = Path(__file__).parents[2]
FOLDERS = ("authoring", "benchmarks", "data", "docs", "src", "tests")
SUFFIXES = {".ipynb", ".json", ".md", ".py", ".rst", ".toml", ".tsv", ".txt"}
BUILT = {"_build", "jupyter_execute", "__pycache__"}
NAMES = {"title", "name", "label", "aliases", "authors"}
PROSE = {"prose", "text", "statement", "description", "intro"}
"""The keys of the JSON files among the sources under which official wording stands."""
LENGTH = 9

Texts = Iterator[tuple[str, str]]


def runs(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9]+", re.sub(r"https?://\S+", " ", text.lower()))
    found = (words[start : start + LENGTH] for start in range(len(words) - LENGTH + 1))
    return {" ".join(run) for run in found if sum(len(word) > 2 for word in run) > LENGTH // 2}


def values(node: object, key: str) -> Texts:
    """Every text in a JSON value, with the key it stands under."""
    if isinstance(node, str):
        yield key, node
    elif isinstance(node, list):
        for item in node:
            yield from values(item, key)
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from values(value, name)


def texts(path: Path) -> Texts:
    text = path.read_text("utf-8")
    return values(json.loads(text), "") if path.suffix == ".json" else iter([("text", text)])


def project_files() -> list[Path]:
    paths = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")))
    return [path for path in paths if path.suffix in SUFFIXES and not BUILT & set(path.parts)]


def source_files() -> list[Path]:
    """The texts and data; the notes on them are in words of their own."""
    paths = sorted(Path(SOURCES or "").rglob("*"))
    return [path for path in paths if path.suffix in (".json", ".md") and not {"README.md", "notes"} & set(path.parts)]


@pytest.mark.slow
@pytest.mark.skipif(not SOURCES, reason="IOTBASELINE_SOURCES does not name the folder of source texts")
def test_no_sentence_of_a_source_stands_in_the_project() -> None:
    ours: dict[str, str] = {}
    names: set[str] = set()
    for path in project_files():
        for key, text in texts(path):
            found = runs(text)
            ours |= dict.fromkeys(found, path.relative_to(ROOT).as_posix())
            names |= found if key in NAMES else set()
    shared: dict[str, str] = {}
    for path in source_files():
        for key, text in texts(path):
            found = runs(text) & ours.keys() if key in NAMES | PROSE else set()
            names |= found if key in NAMES else set()
            shared |= dict.fromkeys(found, path.name)
    assert ours
    assert not [f"{ours[run]}: {run!r} as in {source}" for run, source in shared.items() if run not in names]
