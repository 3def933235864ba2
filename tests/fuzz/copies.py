"""Copies of a publication: the files that are read, and the text that was kept of a PDF."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256

import iotbaseline as ib
from tests.fuzz import small
from tests.fuzz.target import Target, place, written

_PUBLICATION = "ir8259a"


def _copy(suffix: str) -> Callable[[bytes], object]:
    def use(raw: bytes) -> None:
        path = written(f"copy.{suffix}", raw)
        str(ib.verify(path, publication=_PUBLICATION, library=small.library()))
        str(ib.compare_draft(path, _PUBLICATION, library=small.library()))

    return use


def _kept(raw: bytes) -> None:
    """A PDF whose text was kept, by pdfium once and now by anybody."""
    path, cache = written("copy.pdf", b"%PDF-1.4"), place("cache")
    cache.mkdir(exist_ok=True)
    cache.joinpath(f"{sha256(b'%PDF-1.4').hexdigest()}.jsonl").write_bytes(raw)
    library = ib.attach(path, publication=_PUBLICATION, cache=cache, library=small.library())
    library.load(_PUBLICATION).to_markdown()


_CATALOG = {
    "catalog": {
        "groups": [{"id": "g", "controls": [
            {"id": "g-1", "params": [{"id": "p", "label": "l"},
                                      {"id": "q", "select": {"choice": ["{{ insert: param, p }}"]}}],
             "parts": [{"id": "g-1_s", "name": "statement", "prose": "Do {{ insert: param, q }} [x](#y)."}]}]}],
    }
}  # fmt: skip
_PAGES = (
    [1, [["A running head", [0.1, 0.95, 0.9, 0.97], 9.0, []], ["Device Data Protec-", [0.1, 0.8, 0.9, 0.82], 12.0, []],
         ["tion1 is asked for.", [0.1, 0.78, 0.9, 0.8], 12.0, [[4, 5]]], ["1 A note.", [0.1, 0.1, 0.9, 0.12], 8, []]]],
    [2, [["A running head", [0.1, 0.95, 0.9, 0.97], 9.0, []], ["10 (1) It does it.", [0.1, 0.8, 0.9, 0.82], 12.0, []]]],
)  # fmt: skip
TARGETS: dict[str, Target] = {
    "copy in text": Target(_copy("txt"), (b"Device Data Protection\n\n1. The device shall do it.\n",)),
    "copy in Markdown": Target(_copy("md"), (b"# Data Protection\n\n- The *device* [does](x) it.\n",)),
    "copy in OSCAL": Target(_copy("json"), (json.dumps(_CATALOG).encode(),)),
    "copy in HTML": Target(_copy("html"), (b"<html><body><h1>A</h1><p>b <b>c</b></p></body></html>",)),
    "text of a PDF": Target(_kept, ("".join(f"{json.dumps(each)}\n" for each in _PAGES).encode(),)),
}
