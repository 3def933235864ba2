"""Which check sees which defect: damage what passes, in one way at a time, and run every check on it.

A gate gives its defects and its checks; what no check sees fails it. The tables in ``docs/tools.md`` are made of these.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Check = Callable[[Path], list[str]]
"""What is wrong in the files of a folder."""
Damage = Callable[[str], str]
"""The text of a file with one defect."""


def changed(change: Callable[[Any], object]) -> Damage:
    """The damage that a change of a document does to its text in JSON."""

    def damage(text: str) -> str:
        document = json.loads(text)
        change(document)
        return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n"

    return damage


def unseen(good: Path, defects: Mapping[str, Damage], checks: Mapping[str, Check]) -> list[str]:
    """The defects of a file that passes which no check sees, or that change nothing; prints which check sees which."""
    found: list[str] = []
    text = good.read_text("utf-8")
    for defect, damage in defects.items():
        damaged = damage(text)
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / good.name).write_text(damaged, "utf-8")
            seen = [name for name, check in checks.items() if check(Path(folder))]
        print(f"  {defect}: {', '.join(seen) or 'NOBODY'}")
        if damaged == text:
            found.append(f"{defect} changes nothing")
        if not seen:
            found.append(f"nobody sees {defect}")
    return found
