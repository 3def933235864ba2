"""What the builders share: reading sources and summaries, making records, writing canonical files."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from iotbaseline._library import sssom
from iotbaseline._model.wording import fingerprint as make_fingerprint

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
SUMMARIES = ROOT / "tools" / "summaries"

Json = dict[str, Any]


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


def slug(name: str) -> str:
    """A printed name as part of an identifier: lower-case words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def summaries(key: str) -> dict[str, str]:
    """The hand-written summaries of one publication: local identifier to our own wording."""
    with (SUMMARIES / f"{key}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if rows[0] != ["local_id", "summary"]:
        raise SystemExit(f"{key}.tsv: the header must be local_id, summary")
    found = dict(rows[1:])
    if len(found) != len(rows) - 1:
        raise SystemExit(f"{key}.tsv: an identifier occurs twice")
    return found


def element(
    kind: str,
    identifier: str,
    *,
    title: str | None = None,
    label: str | None = None,
    parent: str | None = None,
    summary: str | None = None,
    section: str | None = None,
    table: str | None = None,
    page: str | int | None = None,
    wording: str | None = None,
    fidelity: str = "full",
    note: str | None = None,
    **more: Any,
) -> Json:
    """One element record; ``wording`` is the official text, of which only the fingerprint is kept."""
    mark = make_fingerprint(wording) if wording else None
    record: Json = {
        "kind": kind,
        "id": identifier,
        "title": title,
        "label": label,
        "parent": parent,
        "summary": summary,
        **more,
        "section": section,
        "table": table,
        "page": None if page is None else str(page),
        "words": mark.words if mark else None,
        "sha256": mark.sha256 if mark else None,
        "fidelity": fidelity if fidelity != "full" else None,
        "note": note,
    }
    return {name: value for name, value in record.items() if value not in (None, [], False)}


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def dump(document: Mapping[str, Any]) -> str:
    """Canonical JSON: one field a line, in records one level down too; deeper values on one line."""
    lines = []
    for name, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            records = (
                "  {\n" + ",\n".join(f"   {compact(k)}: {compact(v)}" for k, v in record.items()) + "\n  }"
                for record in value
            )
            lines.append(f" {compact(name)}: [\n" + ",\n".join(records) + "\n ]")
        elif isinstance(value, dict):
            entries = (f"  {compact(k)}: {compact(v)}" for k, v in value.items())
            lines.append(f" {compact(name)}: {{\n" + ",\n".join(entries) + "\n }")
        else:
            lines.append(f" {compact(name)}: {compact(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write_publication(
    key: str, elements: Sequence[Json], *, fidelity: str, complete: Sequence[str] = (), missing: str | None = None
) -> None:
    """Write data/publications/KEY.json.

    ``complete`` names the kinds of which all elements are held although the fidelity is not full; ``missing``
    says in our words what the file does not hold.
    """
    document = {"publication": key, "fidelity": fidelity, "complete": list(complete), "missing": missing}
    (DATA / "publications" / f"{key}.json").write_text(dump({**document, "elements": list(elements)}), "utf-8")


def mapping(
    subject: str,
    relation: str,
    obj: str | None,
    *,
    basis: str,
    justification: str = "semapv:ManualMappingCuration",
    object_label: str | None = None,
    rationale: str | None = None,
    fidelity: str = "full",
    locator: str | None = None,
    strength: int | None = None,
    printed: str | None = None,
    path: Sequence[str] = (),
) -> dict[str, str]:
    """One row of a crosswalk file. ``obj`` is None for a reference of which only ``object_label`` is known."""
    row = {
        "subject_id": subject,
        "predicate_id": f"ir8477:{relation}",
        "object_id": obj,
        "object_label": object_label,
        "object_type": None if obj else sssom.LITERAL,
        "mapping_justification": justification,
        "comment": rationale,
        "basis": basis,
        "fidelity": fidelity,
        "locator": locator,
        "strength": strength,
        "printed": printed,
        "path": "|".join(path) or None,
    }
    return {name: "" if value is None else str(value) for name, value in row.items()}


def write_crosswalk(
    subject: str, obj: str, rows: Iterable[Mapping[str, str]], *, title: str, description: str, provider: str
) -> None:
    """Write data/crosswalks/SUBJECT--OBJECT.sssom.tsv from one publication to another (or within one)."""
    name = f"{subject}--{obj}"
    about = {"mapping_set_title": title, "mapping_set_description": description, "mapping_provider": provider}
    mappings = [sssom.mapping_of([row[column] for column in sssom.COLUMNS], name) for row in rows]
    text = sssom.write(mappings, subject, obj, addresses=addresses(), about=about)
    (DATA / "crosswalks" / f"{name}.sssom.tsv").write_text(text, "utf-8")


def addresses() -> dict[str, str]:
    """What the prefixes of identifiers stand for: the DOI of the publication, where it has one."""
    registry = json.loads((DATA / "publications.json").read_text("utf-8"))["publications"]
    return {info["key"]: f"https://doi.org/{info['doi']}#" for info in registry if info.get("doi")}


def write_lineage(name: str, records: Sequence[Json]) -> None:
    """Write data/lineage/NAME.json: which elements of one revision became which of another."""
    (DATA / "lineage" / f"{name}.json").write_text(dump({"lineage": name, "records": list(records)}), "utf-8")


def lineage(
    before: Sequence[str], after: Sequence[str], change: str, *, basis: str, evidence: str, fidelity: str = "full"
) -> Json:
    """One lineage record. ``change``: continued, split, merged, moved, incorporated, added or removed."""
    return {
        "before": list(before),
        "after": list(after),
        "change": change,
        "basis": basis,
        "fidelity": fidelity,
        "evidence": evidence,
    }


def write_profile(
    key: str,
    *,
    title: str,
    basis: str,
    summary: str,
    version: str = "1.0",
    fidelity: str = "full",
    missing: str | None = None,
    base: Sequence[str] = (),
    levels: Sequence[str] = (),
    imports: Iterable[Json],
    modify: Iterable[Json] = (),
    add: Iterable[Json] = (),
    open_questions: Iterable[Json] = (),
) -> None:
    """Write data/profiles/KEY.json; the records are those of data/schema/profile.schema.json."""
    document = {
        "profile": key,
        "title": title,
        "version": version,
        "basis": basis,
        "summary": summary,
        "fidelity": fidelity,
        "missing": missing,
        "base": list(base),
        "levels": list(levels),
        "imports": list(imports),
        "modify": list(modify),
        "add": list(add),
        "open": list(open_questions),
    }
    held = {name: value for name, value in document.items() if value not in (None, [])}
    folder = DATA / "profiles"
    folder.mkdir(exist_ok=True)
    (folder / f"{key}.json").write_text(dump(held), "utf-8")
