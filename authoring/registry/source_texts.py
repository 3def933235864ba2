"""Build data/SOURCES.json: every source text, its public address, its hash and what it is good for.

All but the hashes, which are computed from the files, stands in content/registry/source-texts.json. An address
``github:OWNER/REPOSITORY@COMMIT/PATH`` is a file or folder of a public repository; the publication is the one that
a text holds or is about, empty for several.
"""

from __future__ import annotations

from hashlib import sha256

from attrs import frozen

from authoring.shared.content import structured
from authoring.shared.files import dump, write
from authoring.shared.records import Json
from authoring.shared.sources import Sources, folder


@frozen(kw_only=True)
class Text:
    """A source text, by its path in the folder."""

    name: str
    publication: str | None = None
    address: str
    fidelity: str
    use: str


@frozen(kw_only=True)
class Texts:
    """All source texts."""

    text: tuple[Text, ...]


UNLISTED = {"README.md", "SHA256SUMS"}
LISTED = structured("registry/source-texts.json", Texts).text
SOURCES = Sources(*(text.name for text in LISTED))


def check() -> None:
    """Stop if a file of the source folder is not listed."""
    present = {path.relative_to(folder()).as_posix() for path in folder().rglob("*") if path.is_file()}
    if unlisted := present - UNLISTED - {*SOURCES.names}:
        raise SystemExit(f"not listed in content/registry/source-texts.json: {', '.join(sorted(unlisted))}")


def record(text: Text) -> Json:
    return {
        "name": text.name,
        "publication": text.publication,
        "sha256": sha256(SOURCES.path(text.name).read_bytes()).hexdigest(),
        "address": text.address,
        "fidelity": text.fidelity,
        "use": text.use,
    }


def build() -> None:
    check()
    write("SOURCES.json", dump({"sources": [record(text) for text in sorted(LISTED, key=lambda text: text.name)]}))
