"""Build sp800-218: the groups, practices and tasks of the Secure Software Development Framework, version 1.1.

Sources: mappings/sp800-218-tasks.json, which cuts two texts short, and nist/sp800-218.md, which has those two and the
names of the practices. A practice or task that was moved keeps its number in the framework, and is withdrawn.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from authoring.shared.files import write_publication
from authoring.shared.records import Json, element
from authoring.shared.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "sp800-218"
TASKS, TEXT = "mappings/sp800-218-tasks.json", "nist/sp800-218.md"
SOURCES = Sources(TASKS, TEXT)

NUMBER = re.compile(r"[A-Z]{2}\.\d(?:\.\d)?")
CUT_SHORT = ("PW.4.2", "PW.7")
TABLE_HEAD = "Practices Tasks Notional Implementation Examples References "
FORMERLY = re.compile(r" \[Formerly ([\w.]+)\]$")
FOOTNOTE_MARK = re.compile(r"(?<=artifacts)6")
PLACE = {"table": "Table 1"}


@cache
def text() -> str:
    return " ".join(SOURCES.read(TEXT).split())


def title(practice: str) -> str:
    """The printed name of a practice, which stands before its number."""
    found = re.search(rf"([A-Z][A-Za-z,/ -]+?) ?\({re.escape(practice)}\)", text().replace(TABLE_HEAD, "`"))
    assert found, practice
    return found[1]


def wording(label: str, printed: str) -> str:
    """The text of a practice or task without the footnote mark and the remark on its former number."""
    if label in CUT_SHORT:
        found = re.search(rf"{re.escape(label)}\W* : (.+?) ?```", text())
        assert found, label
        printed = found[1].replace("human- ", "human-")
    return FOOTNOTE_MARK.sub("", FORMERLY.sub("", printed))


def fate(printed: str) -> Json:
    """Where a practice or task went, if it was moved."""
    if not printed.startswith("Moved to "):
        return {}
    relation = "incorporated_into" if printed.endswith(" as example") else "moved_to"
    return {"withdrawn": True, relation: [f"{KEY}:{number}" for number in NUMBER.findall(printed)]}


def practice(label: str, parent: str, printed: str, name: str | None = None) -> Json:
    former = FORMERLY.search(printed)
    return element(
        "practice",
        f"{KEY}:{label}",
        title=name,
        label=label,
        parent=f"{KEY}:{parent}",
        **PLACE,
        **fate(printed),
        wording=wording(label, printed),
        note=f"Formerly {former[1]}." if former else None,
    )


def records() -> Iterator[Json]:
    rows = SOURCES.json(TASKS)
    for group, in_group in groupby(rows, key=lambda row: row["group_id"]):
        practices = [list(tasks) for _, tasks in groupby(in_group, key=lambda row: row["practice_id"])]
        yield element("family", f"{KEY}:{group}", title=practices[0][0]["group_name"], label=group, **PLACE)
        for tasks in practices:
            label = tasks[0]["practice_id"]
            yield practice(label, group, tasks[0]["practice_text"], title(label))
            for task in tasks:
                yield practice(task["task_id"], label, task["description"])


def build() -> None:
    write_publication(
        KEY,
        list(records()),
        fidelity="full",
        missing="The notional implementation examples and the references beside each task, Appendix A on Executive "
        "Order 14028, and the text around the table.",
    )
