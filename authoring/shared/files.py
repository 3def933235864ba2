"""The data files, each in its one canonical form.

What builders write is kept until all of them have run, so that a build that fails changes nothing, and a check can
compare. Who reads a data file gets what was written in this build, else what the folder holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from authoring.shared.records import Json
from iotbaseline._library import sssom
from iotbaseline._model.mapping import Mapping as MappingRecord

DATA = Path(__file__).resolve().parents[2] / "data"
PROFILE_FIELDS = (
    "profile",
    "title",
    "version",
    "basis",
    "summary",
    "fidelity",
    "missing",
    "base",
    "levels",
    "imports",
    "modify",
    "add",
    "open",
)
_written: dict[str, str] = {}


def write(name: str, text: str) -> None:
    """Keep the text of a data file, by its path in the folder."""
    _written[name] = text


def text_of(name: str) -> str:
    """The text of a data file."""
    return _written[name] if name in _written else (DATA / name).read_text("utf-8")


def names(folder: str, suffix: str) -> list[str]:
    """The data files of a folder in the order of their names, without folder and suffix."""
    there = (path.name for path in (DATA / folder).glob(f"*{suffix}"))
    new = (name.partition("/")[2] for name in _written if name.startswith(f"{folder}/"))
    return [name.removesuffix(suffix) for name in sorted({*there, *new})]


def changed() -> list[str]:
    """The files that this build would change or add."""
    paths = ((name, DATA / name) for name in sorted(_written))
    return [name for name, path in paths if not path.exists() or path.read_text("utf-8") != _written[name]]


def save() -> None:
    """Put what was written into the folder."""
    for name in changed():
        path = DATA / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(_written[name], "utf-8")


def elements(key: str) -> list[Json]:
    """The records of the elements of a publication."""
    document: Json = json.loads(text_of(f"publications/{key}.json"))
    return list(document["elements"])


def crosswalk(subject: str, obj: str) -> tuple[MappingRecord, ...]:
    """The mappings of a crosswalk."""
    name = f"{subject}--{obj}.sssom.tsv"
    return sssom.read(text_of(f"crosswalks/{name}"), name)


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
    write(f"publications/{key}.json", dump({**document, "elements": list(elements)}))


def write_crosswalk(
    subject: str, obj: str, rows: Iterable[Mapping[str, str]], *, title: str, description: str, provider: str
) -> None:
    """Write data/crosswalks/SUBJECT--OBJECT.sssom.tsv from one publication to another (or within one)."""
    name = f"{subject}--{obj}"
    about = {"mapping_set_title": title, "mapping_set_description": description, "mapping_provider": provider}
    mappings = [sssom.mapping_of([row[column] for column in sssom.COLUMNS], name) for row in rows]
    text = sssom.write(mappings, subject, obj, addresses=addresses(), about=about)
    write(f"crosswalks/{name}.sssom.tsv", text)


def addresses() -> dict[str, str]:
    """What the prefixes of identifiers stand for: the DOI of the publication, where it has one."""
    registry: list[Json] = json.loads(text_of("publications.json"))["publications"]
    return {info["key"]: f"https://doi.org/{info['doi']}#" for info in registry if info.get("doi")}


def write_lineage(name: str, records: Sequence[Json]) -> None:
    """Write data/lineage/NAME.json: which elements of one revision became which of another."""
    write(f"lineage/{name}.json", dump({"lineage": name, "records": list(records)}))


def write_profile(written: Json, **computed: list[Json]) -> None:
    """Write data/profiles/KEY.json: what people wrote of a profile, with the fields that are computed."""
    document = {name: value for name, value in (written | computed).items() if value}
    fields = [name for name in PROFILE_FIELDS if name in document]
    write(f"profiles/{written['profile']}.json", dump({name: document[name] for name in fields}))
