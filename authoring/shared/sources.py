"""Reading the source texts: each module declares those that it opens."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

VARIABLE = "IOTBASELINE_SOURCES"


def folder() -> Path:
    """The folder of source texts, named by the environment variable IOTBASELINE_SOURCES."""
    name = os.environ.get(VARIABLE)
    if not name or not Path(name).is_dir():
        raise SystemExit(f"set {VARIABLE} to the folder of source texts (see data/SOURCES.json)")
    return Path(name)


def oscal(part: str) -> str:
    """The name of a file of SP 800-53 in OSCAL: "rev4_catalog-min" for the catalog of revision 4."""
    return f"oscal/NIST_SP-800-53_{part}.json"


def absent(names: Iterable[str]) -> list[str]:
    """Those of the source texts that are not there; all of them where there is no folder."""
    name = os.environ.get(VARIABLE)
    return [each for each in names if not (name and Path(name, each).is_file())]


class Sources:
    """The source texts that a module opens, by their paths in the folder. It stops if asked for another one."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def path(self, name: str) -> Path:
        if name not in self.names:
            raise SystemExit(f"{name} is not a declared source; declared are {', '.join(self.names)}")
        return folder() / name

    def read(self, name: str) -> str:
        return self.path(name).read_text("utf-8")

    def json(self, name: str) -> Any:
        return json.loads(self.read(name))

    def pages(self, name: str, offset: int) -> dict[int, str]:
        """A text with page marks "{n}---" by printed page, which is n less ``offset``."""
        parts = _PAGE_MARK.split(self.read(name))
        return {int(mark) - offset: text for mark, text in zip(parts[1::2], parts[2::2], strict=True)}


_PAGE_MARK = re.compile(r"^\{(\d+)\}-+$", re.MULTILINE)
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
