"""Files and texts that are read: ours, those of others, and lists."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache, partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

import iotbaseline as ib
from iotbaseline import assessments
from iotbaseline._apps.cli import lists
from iotbaseline._assessments import cells
from iotbaseline._files.documents import decoded
from iotbaseline._library.library import DEFAULT
from iotbaseline._profiles.reader import read_text
from iotbaseline.formats.ciso_reading import read_ciso_library
from iotbaseline.formats.cprt_reading import read_cprt
from tests.fuzz import small
from tests.fuzz.grown import grown
from tests.fuzz.mutations import mutated
from tests.fuzz.target import Target, checked, ours, place, text, written


def _named(raw: bytes) -> str:
    name = text(raw)
    calls: tuple[Callable[[str], object], ...] = (
        *(ib.get, ib.load, ib.info, ib.url, ib.parse_reference, ib.mappings, ib.profile, ib.history, ib.errata),
        *(ib.format_reference, lambda each: ib.coverage(each, "ir8425")),
    )
    return _all(partial(call, name) for call in calls)


def _searched(raw: bytes) -> None:
    ib.search(text(raw), library=small.library())


def _worded(raw: bytes) -> str:
    known = [ib.fingerprint("device data")]
    return _all(
        partial(call, text(raw))
        for call in (
            *(ib.normalize, ib.fingerprint),
            *(lambda each: ib.find_wordings(each, known), lambda each: ib.matches(each, known[0])),
        )
    )


def _all(calls: Iterable[Callable[[], object]]) -> str:
    """What came of each call."""
    return "; ".join(map(ours, calls))


def _profile(suffix: str) -> Callable[[bytes], object]:
    def use(raw: bytes) -> str:
        made, errors = read_text(decoded(raw, f"a.{suffix}", 10**6), str(place(f"a.{suffix}")), DEFAULT)
        assert (made is None) == bool(errors)
        if made is not None:
            made.resolve().to_markdown()
        return "; ".join(map(checked, errors))

    return use


def _migrated_profile(raw: bytes) -> str:
    made, errors = read_text(decoded(raw, "a.json", 10**6), str(place("a.json")), small.library())
    if made is not None:
        found = ib.migrate_profile(made, "ir8259", "ir8259r1", library=small.library())
        found.to_markdown()
        _, errors = read_text(found.profile_json(), str(place("a.json")), small.library())
    return "; ".join(map(checked, errors))


def _framework(raw: bytes) -> None:
    publication = ib.read_framework(written("framework.csv", raw), key="acme")
    library = ib.extended(publication)
    publication.to_markdown()
    publication.to_csv()
    for graph_file in ("a.graphml", "a.gexf", "a.json", "a.mmd"):
        ib.export_graph(ib.graph("acme", library=library), place(graph_file))
    ib.export("acme", "oscal-catalog", place("a.json"), library=library)
    for element in publication:
        assert library.get(element.id) is element


def _crosswalk(raw: bytes) -> None:
    crosswalks = ib.read_crosswalk(written("crosswalk.tsv", raw), subject="ir8425", obj="ir8259a")
    library = ib.extended(*crosswalks)
    for found in crosswalks:
        found.to_markdown()
        ib.export(found, "sssom", place("a.tsv"), library=library)


def _own(suffix: str, read: Callable[..., ib.Publication]) -> Callable[[bytes], object]:
    """A framework of the user's own in a format of others."""

    def use(raw: bytes) -> None:
        publication = read(written(f"own.{suffix}", raw), key="acme")
        library = ib.extended(publication)
        publication.to_markdown()
        ib.export("acme", "cprt", place("own.out.json"), library=library)
        for element in publication:
            assert library.get(element.id) is element

    return use


def _oscal_profile(raw: bytes) -> None:
    path = written("profile.json", raw)
    ib.read_oscal_profile(path, key="acme", publications="sp800-53r5").resolve().to_markdown()


def _listed(raw: bytes) -> None:
    file = StringIO(text(raw), newline=None)
    file.name = "list.csv"
    rows = lists.rows(file, "id")
    str(lists.triage(lists.migrate(rows, "id", "sp800-53r4", "sp800-53r5", small.library()), rows))


def _migrated(raw: bytes) -> None:
    ib.migrate(text(raw).split("\n"), "sp800-53r4", "sp800-53r5", library=small.library()).to_markdown()


def _sheets(raw: bytes) -> None:
    """A list in Excel whose sheet is the input."""
    path = written("list.xlsx", _packed(_list_in_excel(), "xl/worksheets/sheet1.xml", raw))
    with path.open(encoding="latin-1") as file:
        lists.rows(file, "id")


def _packed_list(raw: bytes) -> None:
    """A list in Excel of which any byte may be another."""
    with written("list.xlsx", raw).open(encoding="latin-1") as file:
        lists.rows(file, "id")


def _assessed(suffix: str) -> Callable[[bytes], object]:
    return lambda raw: _told(written(f"assessment.{suffix}", raw))


def _told(path: Path) -> None:
    found = assessments.read_assessment(path, library=small.library())
    found.on("2026-11-30").to_markdown()
    found.statement.to_markdown()
    assessments.to_toml(found)


def _part(raw: bytes) -> None:
    """A questionnaire with another part: its name, a line feed, its bytes."""
    first, _, content = raw.partition(b"\n")
    name = first.decode("ascii", "ignore")
    held = _questionnaire()
    path = written("assessment.xlsx", _packed(held, name if name in held else "xl/workbook.xml", content))
    assessments.read_assessment(path, library=small.library())


def _filled_in(raw: bytes) -> None:
    """A questionnaire whose rows of cells are lists in JSON, by sheet."""
    try:
        given: Any = json.loads(raw)
        sheets = {name: cells.Sheet(name, _rows(name, given[name]) or [{}], ()) for name in _CELLS if name in given}
    except (ValueError, TypeError, RecursionError, LookupError):
        return
    with patch.object(cells, "_sheets", lambda _: sheets):
        _told(place("assessment.xlsx"))


def _rows(name: str, rows: Any) -> list[dict[int, cells.Cell]]:
    return [
        {
            at: cells.Cell(f"{name}!{chr(65 + at % 26)}{line}", _cell(value), _type(value))
            for at, value in enumerate(row)
            if value not in (None, "")
        }
        for line, row in enumerate(rows, 1)
    ]


def _cell(value: Any) -> object:
    """What a cell holds, which is a day if JSON has a list there."""
    return datetime(2026, 1, 1) if isinstance(value, list | dict) else value


def _type(value: Any) -> str:
    return "f" if str(value).startswith("=") else "e" if str(value).startswith("#") else "s"


def _packed(workbook: dict[str, bytes], name: str, content: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for each, held in {**workbook, name: content}.items():
            archive.writestr(each, held)
    return packed.getvalue()


def _unpacked(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def _questionnaire() -> dict[str, bytes]:
    path = place("questionnaire.xlsx")
    assessments.write_questionnaire(_assessment(), path, library=small.library())
    return _unpacked(path)


@cache
def _list_in_excel() -> dict[str, bytes]:
    lists.write(place("given.xlsx"), [{"id": "ac-2", "note": "x"}, {"id": "AC-3 (1)", "note": "=y"}])
    return _unpacked(place("given.xlsx"))


@cache
def _assessment() -> assessments.Assessment:
    path = written("seed.toml", _FINDINGS.encode())
    return assessments.read_assessment(path, library=small.library())


def _scanned(raw: bytes) -> None:
    rules = written("rules.csv", b"rule,element\nr1,ir8425:data-protection.1\nr2,ir8425:data-protection.2\n")
    found = assessments.add_sarif(_assessment(), written("scan.sarif", raw), rules, library=small.library())
    assessments.to_toml(found.assessment)


def _ruled(raw: bytes) -> None:
    log = written("good.sarif", _json(_SARIF))
    str(assessments.add_sarif(_assessment(), log, written("own-rules.csv", raw), library=small.library()))


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
_EARLIER = {
    "imports": [{"from": "ir8259", "rationale": "r", "include": [{"ids": ["activity-1"]}, {"within": ["activity-1"]}]}],
    "add": [{"id": "a.1", "parent": "ir8259:activity-1", "title": "t", "summary": "s", "rationale": "r",
             "sources": ["ir8259:activity-1.customers.1"]}],
    "modify": [{"element": "ir8259:activity-1.customers", "change": "guidance", "text": "t", "rationale": "r"}],
    "open": [{"question": "q", "why": "w", "about": ["ir8259:activity-1"]}],
}  # fmt: skip
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
_CYCLONEDX = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "definitions": {"standards": [{"bom-ref": "s", "name": "S", "requirements": [
        {"bom-ref": "r1", "identifier": "V1", "title": "Access", "properties": [{"name": "a", "value": "b"}]},
        {"bom-ref": "r2", "identifier": "V1.1", "title": "Check", "text": "Check it.", "parent": "r1"}]}]},
}  # fmt: skip
_CPRT = {
    "documents": [{"doc_identifier": "D", "name": "Document"}],
    "elements": [
        {"doc_identifier": "D", "element_identifier": "PR", "element_type": "function", "title": "Protect", "text": ""},
        {"doc_identifier": "D", "element_identifier": "PR.1", "element_type": "control", "title": "t", "text": "s"},
        {"doc_identifier": "D", "element_identifier": "W", "element_type": "withdraw_reason", "title": "", "text": ""},
    ],
    "relationships": [
        {"source_doc_identifier": "D", "source_element_identifier": "PR", "dest_doc_identifier": "D",
         "dest_element_identifier": "PR.1", "relationship_identifier": "projection"},
        {"source_doc_identifier": "D", "source_element_identifier": "PR.1", "dest_doc_identifier": "D",
         "dest_element_identifier": "W", "relationship_identifier": "projection"},
    ],
}  # fmt: skip
_CISO = """\
urn: urn:acme:risk:library:a
ref_id: a
objects:
  framework:
    urn: urn:acme:risk:framework:a
    ref_id: a
    name: A
    requirement_nodes:
    - urn: urn:acme:risk:req_node:a:1
      assessable: false
      ref_id: '1'
      name: One
    - urn: urn:acme:risk:req_node:a:1.1
      parent_urn: urn:acme:risk:req_node:a:1
      assessable: true
      ref_id: 1.1
      name: &name Two
      description: *name
      annotation: 'kind: control'
"""
_SARIF = {
    "version": "2.1.0",
    "runs": [
        {
            "tool": {"driver": {"name": "scan", "version": "1", "rules": [{"id": "r1"}, {"id": "r2"}]}},
            "invocations": [{"endTimeUtc": "2026-11-01T10:00:00Z"}],
            "results": [{"ruleId": "r1"}, {"ruleIndex": 1, "kind": "fail"}, {"rule": {"index": 0}, "kind": "pass"}],
        }
    ],
}
_FINDINGS = """
against = "ir8425"
data_version = "2026.11.0"
[product]
key = "t"
name = "T"
[[product.components]]
key = "wall"
role = "device"
name = "Wall unit"
[[findings]]
element = "ir8425:data-protection.1"
component = "wall"
status = "met"
date = "2026-10-01"
expires = "2027-10-01"
[[findings.evidence]]
kind = "test"
reference = "r"
date = "2026-09-01"
[[findings]]
element = "ir8425:data-protection.2"
status = "not met"
rationale = "because"
"""


_CELLS = {
    "Findings": [
        ["element", "component", "status", "rationale", "evidence", "kind", "evidence date", "assessor", "date"],
        ["ir8425:data-protection.1", "wall", "met", "", "r", "test", "2026-09-01", "me", "2026-10-01"],
        ["ir8425:data-protection.1", "wall", "", "", "r2", "document"],
        ["ir8425:data-protection.2", "", "Not met", "because"],
    ],
    "Product": [["what", "value"], ["against", "ir8425"], ["data_version", "2026.11.0"], ["key", "t"], ["name", "T"]],
    "Components": [["key", "role", "name", "version"], ["wall", "device", "Wall unit", "1"]],
}


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1).encode()


TARGETS: dict[str, Target] = {
    "names": Target(_named, (b"ir8425:data-protection.1", b"AC-2(3)", b"DO:SMP(5e,f,g,h)", b"ir8259@2025-09")),
    "searches": Target(_searched, (b"software update", "é\u0301 ﷺ ŀ".encode())),
    "wordings": Target(_worded, (b"Device data, at rest", "é\u0301 ﷺ ŀ".encode())),
    "profile in JSON": Target(_profile("json"), (_json(_HEAD | _CONTENT), _json(_HEAD))),
    "profile in TOML": Target(_profile("toml"), (_TOML.encode(),)),
    "profile to migrate": Target(_migrated_profile, (_json(_HEAD | _EARLIER),)),
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
    "catalog in OSCAL": Target(_own("json", ib.read_oscal_catalog), (_json(_CATALOG),)),
    "standard in CycloneDX": Target(_own("json", ib.read_cyclonedx), (_json(_CYCLONEDX),)),
    "document of CPRT": Target(_own("json", read_cprt), (_json(_CPRT),)),
    "library of CISO Assistant": Target(_own("yaml", read_ciso_library), (_CISO.encode(),)),
    "profile in OSCAL": Target(_oscal_profile, (_json(_PROFILE),)),
    "list": Target(_listed, (b"id,note\nac-2,x\nAC-3 (1),y\n", b"ac-2\nac-3\n")),
    "list in Excel": Target(_sheets, (_list_in_excel()["xl/worksheets/sheet1.xml"],)),
    "packed list in Excel": Target(_packed_list, (place("given.xlsx").read_bytes(),), mutated),
    "assessment in TOML": Target(_assessed("toml"), (_FINDINGS.encode(),)),
    "assessment in JSON": Target(_assessed("json"), (_json(tomllib.loads(_FINDINGS)),)),
    "cells of a questionnaire": Target(_filled_in, (_json(_CELLS),), grown),
    "questionnaire": Target(_part, tuple(f"{name}\n".encode() + held for name, held in _questionnaire().items())),
    "log in SARIF": Target(_scanned, (_json(_SARIF),)),
    "rules": Target(_ruled, (b"rule,element\nr1,ir8425:data-protection.1\n",)),
    "entries": Target(_migrated, (b"ac-2\nAC-3 (Access)\nsp800-53r4:ac-4",)),
}  # fmt: skip
