"""Texts of any characters, in what is valid otherwise, through everything that writes."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable, Sequence
from functools import partial
from io import StringIO
from pathlib import Path
from random import Random
from typing import TypeAlias
from unittest.mock import patch
from xml.etree import ElementTree

from attrs import evolve

import iotbaseline as ib
from iotbaseline import assessments, kinds
from iotbaseline._assessments import report
from iotbaseline._display.records import RUN_BY_SPREADSHEETS
from iotbaseline._model.publication import Publication
from iotbaseline.formats.registry import FORMATS
from tests.fuzz.mutations import mutated
from tests.fuzz.target import Target, place, text

_TEXTS = (
    *(
        "Accounts",
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@x",
        "\tx",
        "a\nb",
        "a\r\nb",
        "<b>x</b>",
        "[x](javascript:y)",
        "|",
    ),
    *("a, b; c", '"quoted"', "'''", '"""', "\\", "é\u0301", "\U0001f512", "\u2028", "{{ x }}", "%s", "&amp;", "]]>"),
    *(
        "kind: control",
        "$\\bad{$",
        "$x^$",
        "- a: b",
        "# a",
        "x" * 40_000,
        "\x1b[31m",
        "\0",
        "\ud800",
        "\u202e",
        "\ufffe",
        "\x85",
        " ",
    ),
)


def _things(words: str) -> tuple[ib.Library, Publication, ib.Crosswalk, assessments.Assessment]:
    """A framework, a crosswalk and an assessment that hold a text wherever they hold text."""
    model = ib.load("ir8425")
    info = evolve(model.info, key="acme", title=words, pubid=None, aliases=(), doi=None, work="acme")
    first = kinds.Clause(id="acme:A", title=words, label=words, summary=words, note=words, section=words)
    second = kinds.Requirement(id="acme:A.1", title="t", parent="acme:A", summary=words)
    publication = evolve(model, info=info, elements=(first, second))
    library = ib.extended(publication)
    held = ib.crosswalk("ir8425", "ir8259a")
    mapping = evolve(held.mappings[0], subject="acme:A.1", rationale=words, locator=words)
    crosswalk = evolve(held, subject=publication, mappings=(mapping,))
    blank = assessments.start("acme", assessments.Product(key="t", name=words, maker=words), library=library)
    evidence = assessments.FindingEvidence(reference=words, kind=assessments.EvidenceKind.TEST, address=words)
    finding = evolve(
        blank.findings[0],
        status=assessments.FindingStatus.NOT_MET,
        rationale=words,
        assessor=words,
        evidence=(evidence,),
    )
    return library.extended(crosswalk), publication, crosswalk, evolve(blank, findings=(finding,))


def _exported(name: str, words: str) -> None:
    library, publication, crosswalk, assessment = _things(words)
    takes: dict[str, ib.Exportable] = {"publications": publication, "crosswalks": crosswalk, "assessments": assessment}
    for kind in FORMATS[name].takes:
        if kind in takes:
            path = place(f"out{FORMATS[name].suffix}" if FORMATS[name].suffix else "out")
            for file in ib.export(takes[kind], name, path, library=library).files:
                _check(Path(file))


def _graph(suffix: str, words: str) -> None:
    library, *_ = _things(words)
    path = place(f"graph{suffix}")
    ib.export_graph(ib.graph("acme", "ir8259a", library=library), path)
    _check(path)


def _shown(words: str) -> None:
    library, publication, crosswalk, assessment = _things(words)
    for thing in (
        publication,
        crosswalk,
        assessment,
        assessment.statement,
        ib.coverage(["acme:A.1"], "ir8259a", library=library),
    ):
        _check(_saved("shown.csv", thing.to_csv()))
        _check(_saved("shown.json", thing.to_json()))
        _saved("shown.md", thing.to_markdown())
        _saved("shown.html", thing._repr_html_())
        assert "<b>x</b>" not in thing.to_markdown() + thing._repr_html_()


def _workbook(words: str) -> None:
    _, publication, crosswalk, assessment = _things(words)
    for thing in (publication, crosswalk, assessment):
        thing.to_excel(place("out.xlsx"), query=words)
        _check(place("out.xlsx"))


def _questionnaire(words: str) -> None:
    library, _, _, assessment = _things(words)
    path = place("out.xlsx")
    assessments.write_questionnaire(assessment, path, library=library)
    _check(path)
    assessments.check_assessment(path, library=library)


def _toml(words: str) -> None:
    library, _, _, assessment = _things(words)
    path = _saved("out.toml", assessments.to_toml(assessment))
    _check(path)
    assert assessments.check_assessment(path, library=library) or assessments.read_assessment(path, library=library)


def _page(words: str) -> None:
    _, _, _, assessment = _things(words)
    with patch.object(report, "_picture", lambda _: ""):
        page = assessment.to_html() + assessment.statement.to_html()
    assert "<b>x</b>" not in _saved("out.html", page).read_text("utf-8")


def _picture(words: str) -> None:
    _, _, _, assessment = _things(words)
    _check(_saved("out.svg", assessment.plot().to_svg()))


def _saved(name: str, content: str) -> Path:
    path = place(name)
    path.write_bytes(content.encode("utf-8", "replace"))
    return path


def _check(path: Path) -> None:
    """What was written is what its name says, and no spreadsheet runs any of it."""
    check = _CHECKS.get(path.suffix)
    if check is not None:
        check(path)


def _is_inert(path: Path, delimiter: str) -> None:
    for row in csv.reader(StringIO(path.read_text("utf-8"), newline=""), delimiter=delimiter):
        assert not any(cell.startswith(RUN_BY_SPREADSHEETS) for cell in row), row


def _has_no_formula(path: Path) -> None:
    from openpyxl import load_workbook

    for sheet in load_workbook(path).worksheets:
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def _is_yaml(path: Path) -> None:
    import yaml

    yaml.safe_load(path.read_text("utf-8"))


_CHECKS: dict[str, Callable[[Path], object]] = {
    ".json": lambda path: json.loads(path.read_text("utf-8")),
    ".jsonld": lambda path: json.loads(path.read_text("utf-8")),
    ".cyjs": lambda path: json.loads(path.read_text("utf-8")),
    ".graphml": ElementTree.parse,
    ".gexf": ElementTree.parse,
    ".reqif": ElementTree.parse,
    ".svg": ElementTree.parse,
    ".toml": lambda path: tomllib.loads(path.read_text("utf-8")),
    ".csv": lambda path: _is_inert(path, ","),
    ".yaml": _is_yaml,
    ".xlsx": _has_no_formula,
}
_Writer: TypeAlias = Callable[[str], object]
_TEXTS_OF: tuple[_Writer, ...] = (
    *(partial(_exported, name) for name, each in FORMATS.items() if {*each.takes} - {"profiles"}),
    *(partial(_graph, suffix) for suffix in (".graphml", ".gexf", ".json", ".cyjs", ".dot", ".mmd")),
    *(_shown, _toml, _page),
)


def _written(writers: Sequence[_Writer], raw: bytes) -> None:
    """Write a text with the writer that the first byte chooses."""
    if raw:
        writer = writers[raw[0] % len(writers)]
        try:
            writer(text(raw[1:]))
        except Exception as error:
            error.add_note(f"by {writer}")
            raise


def _made(random: Random, seeds: Sequence[bytes]) -> bytes:
    known = random.choice(_TEXTS).encode("utf-8", "surrogatepass")
    return random.randbytes(1) + (mutated(random, (*seeds, known)) if random.randint(0, 3) else known)


TARGETS: dict[str, Target] = {
    "writers": Target(partial(_written, _TEXTS_OF), (b"Accounts",), _made),
    "writers of workbooks": Target(partial(_written, (_workbook, _questionnaire)), (b"Accounts",), _made),
    "writer of pictures": Target(partial(_written, (_picture,)), (b"Accounts",), _made),
}
