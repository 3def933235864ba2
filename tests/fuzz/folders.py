"""The data itself, in a folder of which one file is not as it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import iotbaseline as ib
from iotbaseline._library.folder import FolderStore
from tests.fuzz import small
from tests.fuzz.target import Target, ours


def _file(name: str) -> Callable[[bytes], object]:
    """Ask what reads a file; of the manifest and the registry everything."""
    asked = [ask for part, ask in _ASKS if part in name] or [ask for _, ask in _ASKS]

    def use(raw: bytes) -> str:
        folder = small.folder()
        manifest = folder.path / "manifest.json"
        before = {each: each.read_bytes() for each in (manifest, folder.path / name)}
        try:
            folder.write(name, raw)
            library = ib.Library(FolderStore(folder.path))
            return "; ".join(ours(partial(ask, library)) for ask in asked)
        finally:
            for each, content in before.items():
                each.write_bytes(content)

    return use


_ASKS: tuple[tuple[str, Callable[[ib.Library], object]], ...] = (
    ("publications/", lambda library: library.load("ir8259a").to_markdown()),
    ("crosswalks/", lambda library: ib.crosswalk("ir8425", "ir8259a", library=library).to_markdown()),
    ("lineage/", lambda library: ib.diff("ir8259", "ir8259r1", library=library).to_markdown()),
    ("errata", lambda library: library.errata("ir8259")),
    ("evidence", lambda library: library.evidence_for("ir8425:data-protection.1")),
    ("SOURCES", lambda library: library.sources),
    ("publications.json", lambda library: [library.info("ir8259"), library.revisions("ir8259")]),
)
"""What is asked of a library, by a part of the name of the file that it reads."""
_ATTACKED = (
    *("manifest.json", "publications.json", "publications/ir8259a.json", "crosswalks/ir8425--ir8259a.sssom.tsv"),
    *("lineage/ir8259--ir8259r1.json", "errata.json", "evidence.json", "SOURCES.json"),
)
TARGETS: dict[str, Target] = {
    f"data: {name}": Target(_file(name), ((small.folder().path / name).read_bytes(),)) for name in _ATTACKED
}
