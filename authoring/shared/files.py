"""Writing the data files, each in its one canonical form."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from authoring.shared.records import Json
from iotbaseline._library.sssom import COLUMNS

DATA = Path(__file__).resolve().parents[2] / "data"


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


def write_crosswalk(
    subject: str, obj: str, rows: Iterable[Mapping[str, str]], *, title: str, description: str, provider: str
) -> None:
    """Write data/crosswalks/SUBJECT--OBJECT.sssom.tsv from one publication to another (or within one).

    An SSSOM mapping set, with the columns of this project declared as extensions.
    """
    name = f"{subject}--{obj}"
    header: dict[str, object] = {
        "sssom_version": "1.1",
        "mapping_set_id": f"https://w3id.org/iotbaseline/crosswalks/{name}",
        "mapping_set_title": title,
        "mapping_set_description": description,
        "mapping_provider": provider,
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "subject_source": subject,
        "object_source": obj,
        "extension_definitions": [
            {"slot_name": slot, "property": f"https://w3id.org/iotbaseline/terms/{slot}"}
            for slot in ("basis", "fidelity", "locator", "strength", "printed", "path")
        ],
    }
    text = io.StringIO()
    for key, value in header.items():
        text.write(f"#{key}: {compact(value)}\n")
    writer = csv.DictWriter(text, COLUMNS, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    writer.writeheader()
    writer.writerows(rows)
    (DATA / "crosswalks" / f"{name}.sssom.tsv").write_text(text.getvalue(), "utf-8")


def write_lineage(name: str, records: Sequence[Json]) -> None:
    """Write data/lineage/NAME.json: which elements of one revision became which of another."""
    (DATA / "lineage" / f"{name}.json").write_text(dump({"lineage": name, "records": list(records)}), "utf-8")


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
