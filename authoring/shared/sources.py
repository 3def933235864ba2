"""Reading the source texts and our own summaries."""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parents[1] / "content"
"""What people judged and wrote: tables, no code."""
SUMMARIES = CONTENT / "summaries"
TITLES = CONTENT / "titles"


def sources() -> Path:
    """The folder of source texts, named by the environment variable IOTBASELINE_SOURCES."""
    folder = os.environ.get("IOTBASELINE_SOURCES")
    if not folder or not Path(folder).is_dir():
        raise SystemExit("set IOTBASELINE_SOURCES to the folder of source texts (see data/SOURCES.json)")
    return Path(folder)


def read(name: str) -> str:
    return (sources() / name).read_text("utf-8")


def read_json(name: str) -> Any:
    return json.loads(read(name))


_FURNITURE = re.compile(
    r"^\s*(?:\{\d+\}-+|```|!\[\].*|s$|This publication is available free of charge from:.*|://doi\.org/.*"
    r"|#* *NIST\.IR\.\d+[A-Z]?.*)\s*$",
    re.MULTILINE,
)
_MARKUP = re.compile(r"<span[^>]*></span>|<sup>.*?</sup>|\[(?:\\?\[)?\d+(?:\\?\])?\]\(#page[^)]*\)|\^\(?\d+\)?")


def clean(markdown: str) -> str:
    """A converted text without page marks, running heads, anchors and footnote marks.

    Markdown emphasis and heading signs need no cleaning: normalising drops them.
    """
    return _MARKUP.sub("", _FURNITURE.sub("", markdown))


_PAGE_MARK = re.compile(r"^\{(\d+)\}-+$", re.MULTILINE)


def marked_pages(name: str, offset: int) -> dict[int, str]:
    """A text with page marks "{n}---" by printed page, which is n less ``offset``."""
    parts = _PAGE_MARK.split(read(name))
    return {int(mark) - offset: text for mark, text in zip(parts[1::2], parts[2::2], strict=True)}


def summaries(key: str) -> dict[str, str]:
    """The hand-written summaries of one publication: local identifier to our own wording."""
    return _by_local_id(SUMMARIES / f"{key}.tsv", "summary")


def titles(key: str) -> dict[str, str]:
    """Titles of our own for the elements of a publication that prints none: local identifier to title."""
    return _by_local_id(TITLES / f"{key}.tsv", "title")


def _by_local_id(path: Path, column: str) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if rows[0] != ["local_id", column]:
        raise SystemExit(f"{path.name}: the header must be local_id, {column}")
    found = dict(rows[1:])
    if len(found) != len(rows) - 1:
        raise SystemExit(f"{path.name}: an identifier occurs twice")
    return found
