"""Build data/SOURCES.json: every source text, its public address, its hash and what it is good for.

All but the hashes, which are computed from the files, stands in content/registry/source-texts.tsv. An address
``github:OWNER/REPOSITORY@COMMIT/PATH`` is a file or folder of a public repository; the publication is the one that
a text holds or is about, empty for several.
"""

from __future__ import annotations

from hashlib import sha256

from authoring.shared.content import cells, table
from authoring.shared.files import dump, write
from authoring.shared.records import Json
from authoring.shared.sources import Sources, folder

COLUMNS = ("name", "publication", "address", "fidelity", "use")
UNLISTED = {"README.md", "SHA256SUMS"}
LISTED = table("registry/source-texts", cells, COLUMNS)
SOURCES = Sources(*(row["name"] for row in LISTED))


def check() -> None:
    """Stop if a file of the source folder is not listed."""
    present = {path.relative_to(folder()).as_posix() for path in folder().rglob("*") if path.is_file()}
    if unlisted := present - UNLISTED - {*SOURCES.names}:
        raise SystemExit(f"not listed in content/registry/source-texts.tsv: {', '.join(sorted(unlisted))}")


def record(row: dict[str, str]) -> Json:
    return {
        "name": row["name"],
        "publication": row["publication"] or None,
        "sha256": sha256(SOURCES.path(row["name"]).read_bytes()).hexdigest(),
        "address": row["address"],
        "fidelity": row["fidelity"],
        "use": row["use"],
    }


def build() -> None:
    check()
    write("SOURCES.json", dump({"sources": [record(row) for row in sorted(LISTED, key=lambda row: row["name"])]}))
