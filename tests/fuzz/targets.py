"""What is fuzzed: every surface that takes what others wrote, each with files to begin with.

Whatever is put in, out comes an answer or one of our own errors, which can be printed as it is and says where and why.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import cache
from io import StringIO
from pathlib import Path
from typing import TypeAlias

from attrs import frozen
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._apps.cli import lists
from iotbaseline._files.documents import decoded
from iotbaseline._library.folder import FolderStore
from iotbaseline._library.library import DEFAULT
from iotbaseline._profiles.reader import read_text
from tests.conftest import DATA, DataFolder

Edits: TypeAlias = list[tuple[int, int, bytes]]

MOST_SECONDS = 5
"""How much processor time one input may take."""


@frozen
class Target:
    """A surface, and texts that it takes, which are then altered."""

    use: Callable[[bytes], object]
    seeds: tuple[bytes, ...]


def text(raw: bytes) -> str:
    """Bytes as a text of any characters, lone surrogates among them."""
    return raw.decode("utf-8", "surrogateescape")


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="fuzz-")


def _written(name: str, raw: bytes) -> Path:
    path = Path(_folder().name, name)
    path.write_bytes(raw)
    return path


def _named(raw: bytes) -> None:
    name = text(raw)
    calls: Iterable[Callable[[str], object]] = (ib.get, ib.load, ib.info, ib.url, ib.parse_reference, ib.mappings)
    for call in (*calls, ib.profile, lambda each: ib.coverage(each, "ir8425")):
        _ours(lambda call=call: call(name))  # type: ignore[misc]


def _searched(raw: bytes) -> None:
    asked = text(raw)
    for call in (ib.search, ib.normalize, ib.fingerprint):
        _ours(lambda call=call: call(asked))  # type: ignore[misc]
    ib.find_wordings(asked, [ib.fingerprint("device data")])


def _profile(suffix: str) -> Callable[[bytes], object]:
    def use(raw: bytes) -> None:
        made, errors = read_text(decoded(raw, f"a.{suffix}", 10**6), str(Path(_folder().name, f"a.{suffix}")), DEFAULT)
        assert (made is None) == bool(errors)
        for error in errors:
            _checked(error)
        if made is not None:
            made.resolve().to_markdown()

    return use


def _framework(raw: bytes) -> None:
    publication = ib.read_framework(_written("framework.csv", raw), key="acme")
    library = ib.extended(publication)
    publication.to_markdown()
    publication.to_csv()
    for graph_file in ("a.graphml", "a.gexf", "a.json", "a.mmd"):
        ib.export_graph(ib.graph("acme", library=library), Path(_folder().name, graph_file))
    ib.export("acme", "oscal-catalog", Path(_folder().name, "a.json"), library=library)
    for element in publication:
        assert library.get(element.id) is element


def _crosswalk(raw: bytes) -> None:
    crosswalks = ib.read_crosswalk(_written("crosswalk.tsv", raw), subject="ir8425", obj="ir8259a")
    library = ib.extended(*crosswalks)
    for found in crosswalks:
        found.to_markdown()
        ib.export(found, "sssom", Path(_folder().name, "a.tsv"), library=library)


def _catalog(raw: bytes) -> None:
    ib.extended(ib.read_oscal_catalog(_written("catalog.json", raw), key="acme")).load("acme").to_markdown()


def _oscal_profile(raw: bytes) -> None:
    path = _written("profile.json", raw)
    ib.read_oscal_profile(path, key="acme", publications="sp800-53r5").resolve().to_markdown()


def _listed(raw: bytes) -> None:
    file = StringIO(text(raw), newline=None)
    file.name = "list.csv"
    rows = lists.rows(file, "id")
    str(lists.triage(lists.migrate(rows, "id", "sp800-53r4", "sp800-53r5", DEFAULT), rows))


def _migrated(raw: bytes) -> None:
    ib.migrate(text(raw).split("\n"), "sp800-53r4", "sp800-53r5").to_markdown()


def _copy(suffix: str) -> Callable[[bytes], object]:
    def use(raw: bytes) -> None:
        path = _written(f"copy.{suffix}", raw)
        str(ib.verify(path, publication="ir8425"))
        str(ib.compare_draft(path, "ir8425"))

    return use


@cache
def _data() -> DataFolder:
    import shutil

    path = Path(_folder().name, "data")
    shutil.copytree(DATA, path)
    return DataFolder(path)


def _data_file(name: str) -> Callable[[bytes], object]:
    def use(raw: bytes) -> None:
        folder = _data()
        for other in DATA_FILES:
            folder.write(other, _shipped(other), rehash=False)
        folder.write(name, raw)
        library = ib.Library(FolderStore(folder.path))
        for ask in (
            lambda: library.publications,
            lambda: library.load("ir8259a").to_markdown(),
            lambda: ib.crosswalk("ir8425", "ir8259a", library=library).to_markdown(),
            lambda: ib.diff("ir8259", "ir8259r1", library=library).to_markdown(),
            lambda: library.errata("ir8259"),
        ):
            _ours(ask)

    return use


_HEAD = {"profile": "mine", "title": "Mine", "version": "1", "summary": "s"}
_CONTENT = {
    "levels": ["low", "high"],
    "imports": [
        {"from": "ir8259a", "rationale": "r", "include": [{"within": ["data-protection"]}, {"words": "data"}]},
        {"from": "profile:consumer", "rationale": "r", "levels": ["high"]},
    ],
    "add": [{"id": "a.1", "title": "t", "summary": "s", "rationale": "r", "sources": ["IR 8425, section 2"]}],
    "modify": [{"element": "ir8259a:data-protection", "change": "guidance", "text": "t", "rationale": "r"}],
}
_TOML = """
profile = "mine"
title = "Mine"
version = "1"
summary = "s"
[[imports]]
from = "ir8259a"
rationale = "r"
include = [{ within = ["data-protection"] }]
[[modify]]
element = "ir8259a:data-protection"
change = "guidance"
text = "t"
rationale = "r"
"""
_CATALOG = {
    "catalog": {
        "uuid": "0", "metadata": {"title": "t", "last-modified": "x", "version": "1", "oscal-version": "1.1.2"},
        "groups": [{"id": "g", "title": "G", "controls": [
            {"id": "g-1", "title": "C", "params": [{"id": "p", "label": "l"}],
             "parts": [{"id": "g-1_s", "name": "statement", "prose": "{{ insert: param, p }}"}]}]}],
    }
}  # fmt: skip
_PROFILE = {
    "profile": {
        "uuid": "0", "metadata": {"title": "t", "last-modified": "x", "version": "1", "oscal-version": "1.1.2"},
        "imports": [{"href": "#c", "include-controls": [{"with-ids": ["ac-1", "ac-2"]}]}],
        "merge": {"as-is": True},
        "modify": {"set-parameters": [{"param-id": "ac-1_prm_1", "values": ["x"]}]},
        "back-matter": {"resources": [{"uuid": "c", "rlinks": [{"href": "NIST_SP-800-53_rev5_catalog.json"}]}]},
    }
}  # fmt: skip


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1).encode()


def _shipped(name: str) -> bytes:
    return (DATA / name).read_bytes()


DATA_FILES = (
    "manifest.json",
    "publications/ir8259a.json",
    "crosswalks/ir8425--ir8259a.sssom.tsv",
    "lineage/ir8259--ir8259r1.json",
    "errata.json",
)
TARGETS: dict[str, Target] = {
    "names": Target(_named, (b"ir8425:data-protection.1", b"AC-2(3)", b"DO:SMP(5e,f,g,h)", b"ir8259@2025-09")),
    "searches": Target(_searched, (b"software update", "é\u0301 ﷺ ŀ".encode())),
    "profile in JSON": Target(_profile("json"), (_json(_HEAD | _CONTENT), _json(_HEAD))),
    "profile in TOML": Target(_profile("toml"), (_TOML.encode(),)),
    "framework": Target(_framework, (b'id,title,parent,summary,kind\nA,a,,s,clause\nA.1,"b, c",A,,requirement\n',)),
    "crosswalk in SSSOM": Target(
        _crosswalk,
        (b"#a: b\nsubject_id\tpredicate_id\tobject_id\tstrength\nir8425:documentation\tir8477:related\t"
         b"ir8259a:data-protection\t5\n",),
    ),
    "crosswalk in OLIR": Target(
        _crosswalk,
        (b"Focal Document Element,Reference Document Element,Relationship,Rationale\n"
         b"documentation,data-protection,subset of,Semantic\n",),
    ),
    "catalog in OSCAL": Target(_catalog, (_json(_CATALOG),)),
    "profile in OSCAL": Target(_oscal_profile, (_json(_PROFILE),)),
    "list": Target(_listed, (b"id,note\nac-2,x\nAC-3 (1),y\n", b"ac-2\nac-3\n")),
    "entries": Target(_migrated, (b"ac-2\nAC-3 (Access)\nsp800-53r4:ac-4",)),
    "copy in text": Target(_copy("txt"), (b"Device Data Protection\n\n1. The device shall do it.\n",)),
    "copy in Markdown": Target(_copy("md"), (b"# Data Protection\n\n- The *device* [does](x) it.\n",)),
    "copy in HTML": Target(_copy("html"), (b"<html><body><h1>A</h1><p>b <b>c</b></p></body></html>",)),
    **{f"data: {name}": Target(_data_file(name), (_shipped(name),)) for name in DATA_FILES},
}  # fmt: skip

HOSTILE = (
    b"\x00", b"\r", b"\x1b]0;x\x07", "\u202e".encode(), "\x9b".encode(), b"\xff", b"\xed\xa0\x80", b"\\ud800", b'"',
    b'""', b"'", b",", b"\t", b"\n", b"{", b"}", b"[", b"]", b"[" * 2_000, b'{"a":' * 2_000, b"9" * 5_000, b"-1",
    b"NaN", b"null", b"true", b"x" * 10_000, b"\xcc\x80\xcc\xa3" * 500, b"../" * 20, b"/dev/zero",
    b"1e999", b"=cmd|' /C calc'!A0", b"<!--", b"<![CDATA[", b"&#x1b;", b"]](", b"|", b":", b"@", b"#",
    b"a." * 200, b"profile:federal", b"ir8259a",
    b"\xef\xbb\xbf", "ﬃ".encode(), "\u2028".encode(), "İ".encode(),
)  # fmt: skip
EDITS: st.SearchStrategy[Edits] = st.lists(
    st.tuples(
        st.integers(0, 10**6),
        st.integers(0, 60),
        st.one_of(st.sampled_from(HOSTILE), st.binary(max_size=6), st.text(max_size=6).map(lambda t: t.encode())),
    ),
    max_size=6,
)


def altered(seed: bytes, edits: Edits) -> bytes:
    """A seed with some of its bytes replaced."""
    for place, length, new in edits:
        start = place % (len(seed) + 1)
        seed = seed[:start] + new + seed[start + length :]
    return seed


def attack(target: Target, raw: bytes) -> None:
    """Put an input in; raises what is no error of ours, and ``AssertionError`` if it is late or cannot be shown."""
    start = time.process_time()
    _ours(lambda: target.use(raw))
    taken = time.process_time() - start
    assert taken < MOST_SECONDS, f"{taken:.1f} s"


def _ours(call: Callable[[], object]) -> None:
    try:
        call()
    except ib.errors.IoTBaselineError as error:
        _checked(error)


def _checked(error: ib.errors.IoTBaselineError) -> None:
    assert all(line.isprintable() for line in str(error).split("\n"))
    assert len(str(error)) < 200_000
