"""Spreadsheets by StrictDoc, which has to make a document of each and to load that document again."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

STRICTDOC = Path(sys.executable).parent / "strictdoc"
NODE = re.compile(r"^\[REQUIREMENT\]\nUID: (\S+)\n(.*?)(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
PARENT = re.compile(r"^- TYPE: Parent\n  VALUE: (\S+)$", re.MULTILINE)


Rows = dict[str, str | None]
"""The elements of a spreadsheet, and what each is below."""


def _run(*arguments: str | Path) -> str:
    """What StrictDoc prints if it fails."""
    done = subprocess.run([STRICTDOC, *arguments], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr)[-500:] if done.returncode else ""


def problem_of(sheets: dict[Path, Rows]) -> str:
    """What StrictDoc cannot read, or does not hold afterwards, or cannot load again."""
    with tempfile.TemporaryDirectory() as work:
        documents = Path(work) / "documents"
        for path, wanted in sheets.items():
            if problem := _run("convert", path, documents / path.stem):
                return f"{path.name}: {problem}"
            text = "".join(each.read_text("utf-8") for each in (documents / path.stem).glob("**/*.sdoc"))
            held = {uid: parent[1] if (parent := PARENT.search(body)) else None for uid, body in NODE.findall(text)}
            if held != wanted:
                return f"{path.name}: {len(wanted)} elements, {len(held)} read, or below others"
        return _run("export", documents, "--output-dir", Path(work) / "back", "--formats", "reqif-sdoc")


DEFECTS: dict[str, Callable[[Any], object]] = {
    "no column of statements": lambda sheet: sheet.cell(1, 3, "Text"),
    "an empty statement": lambda sheet: sheet.cell(2, 3).__setattr__("value", None),
    "an identifier twice": lambda sheet: sheet.cell(3, 1, sheet.cell(2, 1).value),
    "a parent that is not there": lambda sheet: sheet.cell(2, 4, "no-such-requirement"),
}


def main(folder: Path) -> list[str]:
    """Everything that is wrong."""
    expected: dict[str, Rows] = json.loads((folder / "expected.json").read_text("utf-8"))
    problem = problem_of({folder / name: wanted for name, wanted in expected.items()})
    found = [problem] if problem else []
    print(f"  {len(expected)} files, {sum(map(len, expected.values()))} rows, {len(found)} problems")
    name, wanted = next(iter(expected.items()))
    for defect, damage in DEFECTS.items():
        book = openpyxl.load_workbook(folder / name)
        damage(book.active)
        damaged = folder / "damaged.xlsx"
        book.save(damaged)
        seen = problem_of({damaged: wanted})
        print(f"  {defect}: {'StrictDoc' if seen else 'NOBODY'}")
        if not seen:
            found.append(f"nobody sees {defect}")
    return found


if __name__ == "__main__":
    sys.exit("\n".join(main(Path(sys.argv[1]) / "xlsx")) or 0)
