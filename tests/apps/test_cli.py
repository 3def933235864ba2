"""The command line."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from attrs import asdict, evolve
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openpyxl import Workbook, load_workbook

import iotbaseline as ib
from iotbaseline._apps import cli as cli_module
from iotbaseline._apps.cli import cli
from iotbaseline._apps.cli import own as own_files
from iotbaseline._apps.cli.command import Command, new_file, write_new
from iotbaseline._apps.cli.group import COMMANDS
from iotbaseline._apps.cli.table import fitted
from iotbaseline._apps.tour import as_text, tour
from iotbaseline._library.library import Library
from iotbaseline._library.memory import MemoryStore
from iotbaseline.kinds import Requirement
from tests.wording.conftest import pdf_of

SCHEMAS = Path(cli_module.__file__).parents[1] / "schemas"


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "400", "NO_COLOR": "1"}).invoke(cli, arguments, prog_name="iotbaseline")


def text(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.exception) == (0, None), result.output
    with pytest.raises(json.JSONDecodeError):
        json.loads(result.stdout)
    return result.stdout


def parsed(*arguments: str) -> Any:
    """The result in the JSON document of a command, which its schema describes."""
    result = run(*arguments, "--json")
    assert (result.exit_code, result.exception, result.stderr) == (0, None, "")
    return valid(result.stdout, arguments[0])["result"]


@cache
def schema_of(command: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{command}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def valid(document: str, command: str) -> Any:
    parsed_document = json.loads(document)
    schema_of(command).validate(parsed_document)
    return parsed_document


def columns(*arguments: str) -> list[list[str]]:
    """The cells of what a command prints into a pipe: one record a line, the first one their names."""
    result = run(*arguments)
    assert (result.exit_code, result.exception) == (0, None), result.output
    return [line.split("\t") for line in result.stdout.splitlines()]


def _calls(group: click.Group, *words: str) -> Iterator[tuple[str, ...]]:
    """The words that call each command, those of groups too."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _calls(command, *words, name)
        else:
            yield (*words, name)


CALLS = sorted(_calls(cli))


def of(found: Any) -> Any:
    return json.loads(found.to_json())


def error(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.startswith("Error: ")
    return result.stderr


def test_list() -> None:
    assert parsed("list") == of(ib.publications())
    head, *rows = columns("list")
    assert head == ["key", "published", "status", "title"]
    assert [row[0] for row in rows] == [info.key for info in ib.publications()]


def test_list_of_one_role() -> None:
    assert [row["key"] for row in parsed("list", "--role", "Activities")["items"]] == [
        info.key for info in ib.publications() if info.role == "activities"
    ]
    shown = text("list", "--role", "activities")
    assert "ir8259r1" in shown
    assert "sp800-53r5" not in shown


@pytest.mark.parametrize("name", ["ir8425", "IR 8259A", "sp800-53r5", "csa2015"])
def test_show_publication(name: str) -> None:
    publication = ib.load(name)
    assert valid(run("show", name, "--json").stdout, "show")["result"] == of(publication)
    result = run("show", name)
    assert [line.split("\t")[0] for line in result.stdout.splitlines()[1:]] == [element.id for element in publication]
    assert result.stderr.startswith("" if publication.elements else f"no elements of {publication.key} are held")
    assert str(publication) in result.stderr


def test_show_publication_says_what_is_not_held() -> None:
    assert f"Not held: {ib.load('ir8431').missing}\n" in run("show", "ir8431").stderr
    assert ("Not held: " in run("show", "en303645v3.1.3").stderr) == bool(ib.load("en303645v3.1.3").missing)


def test_show_publication_of_which_all_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ib.Publication(info=ib.info("ir8431"), elements=(), fidelity=ib.Fidelity.FULL)
    monkeypatch.setattr(ib, "load", lambda _, library: whole)  # noqa: ARG005
    assert "Not held" not in run("show", "ir8431").stderr


@pytest.mark.parametrize("name", ["ir8425:documentation.1.f", "AC-2(3)", "IR 8259:activity-3", "en303645v3.1.3:5.1-1"])
def test_show_element(name: str) -> None:
    element = ib.get(name)
    children = ib.load(element.publication).children(element)
    facts = {"note": element.note, "url": ib.url(name), "notice": ib.load(element.publication).notice}
    assert parsed("show", name) == {**of(element), **facts, "children": [child.id for child in children]}
    told = {**element.to_records()[0], **facts}
    assert columns("show", name) == [
        ["field", "value"],
        *([key, str(value)] for key, value in told.items() if value),
        *(["child", str(child)] for child in children),
    ]


def test_show_element_of_a_withdrawn_publication_says_so() -> None:
    assert parsed("show", "ir8259:activity-3")["notice"] == "withdrawn 2026-04-20; superseded by ir8259r1"


def test_show_publication_by_its_doi() -> None:
    assert parsed("show", "https://doi.org/10.6028/NIST.IR.8425") == parsed("show", "ir8425")


def test_map_element() -> None:
    assert parsed("map", "ir8425:software-update") == of(ib.mappings("ir8425:software-update"))
    head, *rows = columns("map", "sp800-53r4:AU-8(1)")
    assert head == ["relation", "object", "basis"]
    assert "sp800-53r5:sc-45.1" in [row[1] for row in rows]


def test_map_publications() -> None:
    assert parsed("map", "ir8425", "ir8259a") == of(ib.crosswalk("ir8425", "ir8259a"))
    head, first, *_ = columns("map", "ir8259a", "bitag2016")
    assert head == ["subject", "relation", "object", "object_label", "basis"]
    assert first == ["ir8259a:device-configuration", "related", "", "7.", "official"]


def test_map_unmapped() -> None:
    expected = ib.crosswalk("ir8425", "ir8259a").unmapped_subjects
    assert [row["id"] for row in parsed("map", "ir8425", "ir8259a", "--unmapped")["items"]] == [
        each.id for each in expected
    ]
    shown = text("map", "ir8425", "ir8259a", "--unmapped")
    assert all(each.id in shown for each in expected)


def test_diff() -> None:
    found = ib.diff("ir8259", "ir8259r1")
    assert parsed("diff", "ir8259", "ir8259r1") == json.loads(found.to_json())
    assert text("diff", "ir8259", "ir8259r1") == found.to_text() + "\n"
    assert text("diff", "ir8259", "ir8259r1", "--markdown") == found.to_markdown() + "\n"


LISTED = [{"id": "AU-8(1)"}, {"id": "SC-19"}]


def test_rebase_of_a_list(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text(" AU-8(1)\n\nSC-19", "utf-8")
    found = ib.migrate(LISTED, "sp800-53r4", "sp800-53r5")
    arguments = ("migrate", str(file), "SP 800-53 Rev. 4", "sp800-53r5")
    assert parsed(*arguments) == json.loads(found.to_json())
    assert text(*arguments) == found.to_text() + "\n"
    assert text(*arguments, "--markdown") == found.to_markdown() + "\n"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_rebase_of_a_table_keeps_its_other_columns(tmp_path: Path, mark: str) -> None:
    file = tmp_path / "table.csv"
    file.write_text(f'{mark}owner, ID \n"me, too",AU-8(1)\n,\n\nyou,SC-19\n', "utf-8")
    document = parsed("migrate", str(file), "sp800-53r4", "sp800-53r5")
    assert [each["entry"] for each in document["entries"]] == [
        {"owner": "me, too", "id": "AU-8(1)"},
        {"owner": "you", "id": "SC-19"},
    ]


def test_a_column_of_any_name_and_a_triage_with_all_the_others(tmp_path: Path) -> None:
    file, made = tmp_path / "table.csv", tmp_path / "made.csv"
    file.write_text("id,Control,owner\n1,AC-10,me\n2,AC-2a,=SUM(A1)\n3,IA-5(11),you\n", "utf-8")
    arguments = ("migrate", str(file), "sp800-53r4", "sp800-53r5", "--column", "control", "--output", str(made))
    assert "3 needs-review" not in text(*arguments)
    with made.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["control"] for row in rows] == ["AC-2a", "IA-5(11)", "AC-10"]
    assert [row["id"] for row in rows] == ["2", "3", "1"]
    assert [row["grade"] for row in rows] == ["not understood", "split", "editorial"]
    assert [row["owner"] for row in rows] == ["'=SUM(A1)", "you", "me"]
    assert rows[1]["became"] == "sp800-53r5:ia-2.1, sp800-53r5:ia-2.2"
    assert "cannot be written" in error(*arguments)
    report = tmp_path / "made.json"
    assert text(*arguments[:-1], str(report)) == ""
    assert json.loads(report.read_text("utf-8"))["result"]["counts"]["not-understood"] == 1


def test_a_list_in_excel(tmp_path: Path) -> None:
    file, made = tmp_path / "table.xlsx", tmp_path / "made.xlsx"
    book = Workbook()
    assert book.active is not None
    for row in (["Control", "number"], ["AC-10", 1], [None, None], ["AC-2a", None]):
        book.active.append(row)
    book.save(file)
    text("migrate", str(file), "sp800-53r4", "sp800-53r5", "--column", "Control", "--output", str(made))
    written = [[cell.value for cell in row] for row in load_workbook(made).worksheets[0].iter_rows()]
    assert written[0][:5] == ["Control", "number", "row", "grade", "outcome"]
    assert [row[2] for row in written[1:]] == ["4", "2"]
    assert [row[0] for row in written[1:]] == ["AC-2a", "AC-10"]
    assert written[2][1] == "1"


@pytest.mark.parametrize("mark", [";", "\t", ","])
def test_columns_may_be_separated_otherwise_and_rows_keep_their_numbers(tmp_path: Path, mark: str) -> None:
    file, made = tmp_path / "table.csv", tmp_path / "made.csv"
    lines = [["Row", '"Control"'], ["a", "AC-10"], [], ["b", "AR-1"], ["c", ""]]
    file.write_text("".join(f"{mark.join(line)}\n" for line in lines), "utf-8")
    text("migrate", str(file), "sp800-53r4", "sp800-53r5", "--column", "control", "--output", str(made))
    with made.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["Row"], row["row"]) for row in rows] == [("b", "4"), ("c", "5"), ("a", "2")]
    assert "Appendix J" in rows[0]["reason"]
    assert rows[1]["reason"] == "the cell is empty; name one element in each"
    file.write_text("row,id\n7,AC-10\n", "utf-8")
    again = tmp_path / "again.csv"
    text("migrate", str(file), "sp800-53r4", "sp800-53r5", "--output", str(again))
    assert again.read_text("utf-8").splitlines()[0].startswith("row,id,row_in_file,grade")


@pytest.mark.parametrize("arguments", [("table.xlsx",), ("table.csv", "--output", "made.xlsx")])
def test_excel_needs_an_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    Path("table.csv").write_text("id\nAC-1\n", "utf-8")
    Path("table.xlsx").write_bytes(b"")
    file, *more = arguments
    assert "iotbaseline[excel]" in error("migrate", file, "sp800-53r4", "sp800-53r5", *more)


def test_rebase_of_standard_input() -> None:
    arguments = ["migrate", "-", "sp800-53r4", "sp800-53r5", "--json"]
    result = CliRunner().invoke(cli, arguments, input="AU-8(1)\nSC-19\n")
    assert valid(result.stdout, "migrate")["result"] == of(ib.migrate(LISTED, "sp800-53r4", "sp800-53r5"))
    nothing = CliRunner().invoke(cli, arguments, input="").stdout
    assert valid(nothing, "migrate")["result"]["entries"] == []


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        (b"name,note\nAC-1,a\n", ["unknown column of", "did you mean name, note?"][:1]),
        (b"id,note\nAC-1,a\nAC-2\n", ["line 3: it is not a row of the table; give each row as many cells"]),
        (b'"' + b"a" * 200_000, ["line 1: it is not a row of the table"]),
        (b"AC-1\xff", ["byte 4: it is not UTF-8; save it as UTF-8"]),
    ],
)
def test_rebase_names_the_lines_that_are_wrong(tmp_path: Path, content: bytes, messages: list[str]) -> None:
    file = tmp_path / "list"
    file.write_bytes(content)
    shown = error("migrate", str(file), "sp800-53r4", "sp800-53r5").splitlines()
    assert len(shown) == len(messages)
    assert all(message in line for message, line in zip(messages, shown, strict=True))
    assert str(file) in shown[-1]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A profile of revision 4 that has something to be fixed in revision 5."""
    path = tmp_path / "old.toml"
    path.write_text(
        """
profile = "old"
title = "Old"
version = "1"
summary = "Written for revision 4."

[[imports]]
from = "sp800-53r4"
include = [{ ids = ["AU-8(1)", "AC-2", "AC-2(10)"] }]
rationale = "policy"

[[modify]]
element = "sp800-53r4:ac-2"
change = "narrow"
text = "daily"
rationale = "policy"

[[modify]]
element = "sp800-53r4:ac-2.10"
change = "widen"
text = "everybody"
rationale = "policy"
""",
        "utf-8",
    )
    return path


def test_rebase_of_a_profile(old: Path) -> None:
    found = ib.migrate_profile(ib.read_profile(old), "sp800-53r4", "sp800-53r5")
    arguments = ("migrate", str(old), "SP 800-53 Rev. 4", "sp800-53r5")
    [problem] = found.problems
    assert parsed(*arguments) == json.loads(found.to_json())
    assert parsed(*arguments)["problems"] == [
        {name: getattr(problem, name) for name in ("file", "place", "problem", "fix")}
    ]
    assert text(*arguments) == found.to_text() + "\n"
    assert text(*arguments, "--markdown") == found.to_markdown() + "\n"
    assert problem.problem in text(*arguments)


def test_rebase_writes_the_profile_carried_over(old: Path) -> None:
    new = old.with_name("new.json")
    found = ib.migrate_profile(ib.read_profile(old), "sp800-53r4", "sp800-53r5")
    arguments = ("migrate", str(old), "sp800-53r4", "sp800-53r5", "--output", str(new))
    assert text(*arguments) == found.to_text() + "\n"
    assert new.read_text("utf-8") == found.profile_json() + "\n"
    assert [each.problem for each in ib.check_profile(new)] == [each.problem for each in found.problems]
    new.write_text("mine", "utf-8")
    assert "name a file that does not exist yet" in error(*arguments)
    assert new.read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["new.toml", "new.csv"])
def test_a_migrated_profile_is_json(old: Path, name: str) -> None:
    output = old.with_name(name)
    result = run("migrate", str(old), "sp800-53r4", "sp800-53r5", "--output", str(output))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "end in" in result.stderr
    assert ".json" in result.stderr
    assert not output.exists()


def test_a_migrated_list_is_saved_in_any_format(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("AU-8(1)\nSC-19\n", "utf-8")
    output = tmp_path / "new.md"
    assert text("migrate", str(tmp_path / "list.txt"), "sp800-53r4", "sp800-53r5", "--output", str(output)) == ""
    assert output.read_text("utf-8").startswith("# sp800-53r4 → sp800-53r5")


def test_rebase_of_a_profile_that_is_broken(old: Path) -> None:
    old.write_text(old.read_text("utf-8").replace("AU-8(1)", "AU-88"), "utf-8")
    new = old.with_name("new.json")
    shown = error("migrate", str(old), "sp800-53r4", "sp800-53r5", "--output", str(new))
    assert "unknown element of sp800-53r4 'AU-88'" in shown
    assert not new.exists()


def test_explain() -> None:
    found = ib.paths("ir8425:data-protection.1", "SC-28", limit=3)
    assert text("explain", "ir8425:data-protection.1", "SC-28") == found.explain() + "\n"
    document = parsed("explain", "ir8425:data-protection.1", "SC-28")
    assert document == of(found)
    for path, shown in zip(found, document["paths"], strict=True):
        assert [each["source"] for each in shown["evidence"]] == [
            hop.mapping and hop.mapping.source for hop in path.hops
        ]
    assert len(found) > 0


def test_explain_within_bounds() -> None:
    found = ib.paths("csf2.0:PR.DS-01", "sp800-213a:DP.STO", through=["sp800-53r5"], max_hops=2, limit=3)
    arguments = ("explain", "csf2.0:PR.DS-01", "sp800-213a:DP.STO")
    assert parsed(*arguments, "--through", "SP 800-53", "--max-hops", "2") == of(found)
    assert text(*arguments, "--through", "sp800-53r5", "--max-hops", "2") == found.explain() + "\n"
    one = ib.paths("csf2.0:PR.DS-01", "sp800-213a:DP.STO", through=["sp800-53r5"], max_hops=2, limit=1)
    assert len(one) < len(found)
    assert parsed(*arguments, "--through", "SP 800-53", "--max-hops", "2", "--limit", "1") == of(one)
    for bounds in (("--through", "ir8259a"), ("--max-hops", "1")):
        assert parsed(*arguments, *bounds) != of(found)


def test_reach() -> None:
    found = ib.reach("DI:IMS(1)", "sp800-53r5", max_hops=1)
    assert parsed("reach", "DI:IMS(1)", "SP 800-53", "--max-hops", "1") == of(found)
    head, *rows = columns("reach", "DI:IMS(1)", "sp800-53r5", "--max-hops", "1")
    assert head == ["relation", "object", "object_name", "path"]
    assert [row[1] for row in rows] == list(found.objects)


def test_reach_through() -> None:
    assert parsed("reach", "IA-3", "ir8425") == of(ib.reach("IA-3", "ir8425"))
    through = parsed("reach", "IA-3", "ir8425", "--through", "sp800-213a")
    assert through == of(ib.reach("IA-3", "ir8425", through=["sp800-213a"]))
    assert through["connections"]
    assert parsed("reach", "IA-3", "ir8425", "--through", "ir8259a")["connections"] == []
    empty = run("reach", "IA-3", "ir8425", "--through", "ir8259a")
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "reaches 0 elements of ir8425" in empty.stderr


@pytest.fixture
def narrow(tmp_path: Path) -> str:
    """A profile of the user's own that takes one capability of the consumer profile."""
    path = tmp_path / "narrow.toml"
    path.write_text(
        """
profile = "narrow"
title = "Narrow"
version = "1"
summary = "Updates only."

[[imports]]
from = "ir8425"
include = [{ within = ["software-update"], kinds = ["criterion"] }]
rationale = "policy"
""",
        "utf-8",
    )
    return str(path)


def test_coverage_by_a_publication() -> None:
    found = ib.coverage("ir8425", "ir8259a")
    document = parsed("coverage", "IR 8425", "IR 8259A")
    assert document == of(found)
    assert all(isinstance(item["by"], list) for item in document["items"])
    assert run("coverage", "ir8425", "ir8259a").stderr == f"{found}\n{found.notice}\n"
    head, *rows = columns("coverage", "ir8425", "ir8259a")
    assert head == ["element", "name", "level", "by"]
    assert [row[0] for row in rows] == [item.element.id for item in found]


def test_coverage_by_a_profile(narrow: str) -> None:
    federal = ib.profile("federal").coverage("sp800-53r5", baseline="LOW")
    assert parsed("coverage", "federal", "sp800-53r5", "--baseline", "low") == of(federal)
    own = ib.read_profile(narrow).coverage("ir8259a")
    assert parsed("coverage", narrow, "ir8259a") == of(own)
    assert len(own.selection) < len(ib.load("ir8425").of_kind(ib.kinds.Criterion))
    target = ib.coverage("ir8259a", ib.read_profile(narrow).resolve().elements)
    assert parsed("coverage", "ir8259a", narrow)["items"] == of(target)["items"]


def test_coverage_by_one_level_of_a_profile() -> None:
    high = ib.profile("industrial").resolve("high")
    document = parsed("coverage", "industrial", "ir8425", "--level", "high")
    assert document == of(ib.coverage(high, "ir8425"))
    low = parsed("coverage", "industrial", "ir8425", "--level", "low")
    assert low["selected"] < document["selected"] == len(high)
    assert "did you mean" in error("coverage", "industrial", "ir8425", "--level", "hihg")


def test_errors_speak_of_options_and_commands() -> None:
    said = error("coverage", "fcc-24-26", "uk-psti-2023")
    assert re.search(r"pass( --through \S+){3};", said)
    assert "through=" not in said
    said = error("map", "fcc-24-26", "ir8425")
    assert "see iotbaseline diff fcc-24-26 ir8425" in said or "see iotbaseline diff ir8425 fcc-24-26" in said


def test_a_framework_with_semicolons_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "acme.csv"
    file.write_text("id;title\na;b\n", "utf-8")
    told = "its columns are separated by semicolons; save it with commas between them, as a framework has them"
    assert told in error("list", "--with", str(file))
    file.write_text("id\ttitle\na\tb\n", "utf-8")
    assert "separated by tabs" in error("list", "--with", str(file))


def test_a_profile_is_suggested_where_one_may_be_shown() -> None:
    assert "unknown publication or profile 'federl'; did you mean federal, federal-low?" in error("show", "federl")
    assert "did you mean ir8425, ir8425a" in error("show", "ir8426")


def test_words_of_a_title_lead_to_the_search() -> None:
    said = error("show", "Data Protection 1")
    assert said.strip().endswith('iotbaseline search "Data Protection 1"')
    for name in ("federl", "qqqq zzzzqq"):
        assert "iotbaseline search" not in error("show", name)


def test_what_a_format_takes_is_named(tmp_path: Path) -> None:
    said = error("export", "ir8425", "oscal-profile", str(tmp_path / "made"))
    assert "the profiles are consumer-router, consumer, " in said
    assert "write SUBJECT--OBJECT" in error("export", "ir8425", "sssom", str(tmp_path / "made.tsv"))


def test_coverage_under_and_through() -> None:
    within = ib.coverage("ir8425", "sp800-53r5", within="sp800-53r5:ia", through=["sp800-213a"])
    arguments = ("coverage", "ir8425", "sp800-53r5", "--within", "sp800-53r5:ia")
    assert parsed(*arguments, "--through", "SP 800-213A") == of(within)
    assert all(str(row["element"]).startswith("sp800-53r5:ia-") for row in within.to_records())
    assert "pass --through sp800-213a;" in error(*arguments)


def test_compare(narrow: str) -> None:
    found = ib.compare("consumer", "industrial")
    assert parsed("compare", "consumer", "industrial") == json.loads(found.to_json())
    shown = run("compare", "consumer", "industrial")
    assert [row[:2] for row in columns("compare", "consumer", "industrial")] == [
        ["side", "element"],
        *([row.side, row.element.id] for row in found),
    ]
    assert str(found) in shown.stderr
    assert text("compare", "consumer", "industrial", "--markdown") == found.to_markdown() + "\n"
    own = ib.compare(ib.read_profile(narrow), ib.load("ir8259b"), through=["ir8259a"])
    assert parsed("compare", narrow, "IR 8259B", "--through", "ir8259a") == json.loads(own.to_json())


@pytest.mark.parametrize(
    "arguments", [("coverage", "nowhere.toml", "ir8259a"), ("compare", "consumer", "nowhere.json"),
                  ("profile", "nowhere.TOML")]
)  # fmt: skip
def test_a_profile_that_is_not_there(arguments: tuple[str, ...]) -> None:
    assert "1 problem:\nnowhere" in error(*arguments)


def test_findings() -> None:
    found = ib.check_crosswalks()
    assert parsed("findings") == of(found)
    lines = text("findings").splitlines()
    assert lines[0].split() == ["kind", "text"]
    assert len(lines) == 1 + len(found)


def test_search() -> None:
    hits = ib.search("software update", kind="capability", limit=3)
    arguments = ("search", "software", "update", "--kind", "capability", "--limit", "3")
    assert parsed(*arguments) == of(hits)
    assert [row[1] for row in columns(*arguments)[1:]] == [hit.element.id for hit in hits]
    found = parsed("search", "update", "--publication", "IR 8425")["hits"]
    assert {row["id"].partition(":")[0] for row in found} == {"ir8425"}
    assert parsed("search", "software", "update", "--in-force") == of(ib.search("software update", in_force=True))
    assert run("search", "zzyzx", "--format", "table").stdout == ""
    nothing = run("search", "zzyzx")
    assert (nothing.exit_code, nothing.stdout, nothing.stderr) == (0, "", "nothing found for: zzyzx\n")
    assert run("search", "\u202ezzyzx").stderr == "nothing found for: \\u202ezzyzx\n"


def test_graph_to_a_file(tmp_path: Path) -> None:
    made = ib.graph("ir8425", "ir8259a")
    file = tmp_path / "graph.graphml"
    counts = f"{len(made)} nodes, {made.number_of_edges()} edges"
    assert text("graph", "IR 8425", "ir8259a", "--output", str(file)) == f"{file}: {counts}\n"
    ib.export_graph(made, tmp_path / "same.graphml")
    assert file.read_bytes() == (tmp_path / "same.graphml").read_bytes()


def test_graph_as_json() -> None:
    found = parsed("graph", "ir8425")
    assert {node["id"] for node in found["nodes"]} == set(ib.graph("ir8425"))
    assert len(parsed("graph")["nodes"]) == len(ib.graph())


def test_export(tmp_path: Path) -> None:
    report = ib.export("ir8425", "oscal-catalog", tmp_path / "same.json")
    file = tmp_path / "made.json"
    assert text("export", "IR 8425", "oscal-catalog", str(file)) == report.to_text().rstrip("\n") + "\n"
    assert json.loads(file.read_text("utf-8"))["catalog"]["groups"]


def test_export_of_a_crosswalk(tmp_path: Path) -> None:
    file = tmp_path / "made.tsv"
    found = parsed("export", "ir8425--ir8259a", "sssom", str(file), "--strict")
    assert found == {"format": "sssom", "files": [str(file)], "counts": dict.fromkeys(ib.LossKind, 0), "losses": []}
    [crosswalk] = ib.read_crosswalk(file)
    assert len(crosswalk) == len(ib.crosswalk("ir8425", "ir8259a"))


def test_export_says_what_is_lost(own: str, tmp_path: Path) -> None:
    folder = tmp_path / "of--a--file"
    found = parsed("export", own, "oscal-profile", str(folder))
    assert found["losses"] == of(ib.export(ib.read_profile(own), "oscal-profile", tmp_path / "same"))["losses"] != []
    assert {Path(file) for file in found["files"]} == set(folder.iterdir())
    assert "would lose something" in error("export", own, "oscal-profile", str(tmp_path / "strict"), "--strict")
    assert not (tmp_path / "strict").exists()


def test_export_that_cannot_be_written(own: str, tmp_path: Path) -> None:
    before = Path(own).read_bytes()
    assert "name a new file or folder" in error("export", "ir8425", "oscal-catalog", own)
    assert "File exists" in error("export", "ir8425", "oscal-catalog", str(Path(own) / "made.json"))
    assert "did you mean .json" in error("export", "ir8425", "oscal-catalog", str(tmp_path / "made.xml"))
    assert "did you mean ir8425" in error("export", "ir8426", "oscal-catalog", str(tmp_path / "made.json"))
    assert Path(own).read_bytes() == before


def test_a_graph_needs_a_place() -> None:
    result = run("graph", "ir8425")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "give --output FILE, or --json" in result.stderr


def test_graph_that_cannot_be_written(tmp_path: Path) -> None:
    assert "No such file or directory" in error("graph", "ir8425", "--output", str(tmp_path / "none" / "graph.json"))
    assert "did you mean .graphml" in error("graph", "ir8425", "--output", str(tmp_path / "graph.xls"))
    assert "did you mean ir8425" in error("graph", "ir8426", "--output", str(tmp_path / "graph.json"))
    assert not list(tmp_path.iterdir())


@pytest.fixture
def own(tmp_path: Path) -> str:
    path = str(tmp_path / "own.toml")
    assert text("init", path) == f"{path} written; see: iotbaseline profile {path}\n"
    return path


@pytest.mark.parametrize("level", [None, "critical"])
def test_profile(own: str, level: str | None) -> None:
    found = ib.read_profile(own).resolve(level)
    arguments = ("profile", own, *(("--level", level) if level else ()))
    assert parsed(*arguments) == json.loads(found.to_json())
    head, *rows = columns(*arguments)
    assert head == ["id", "name", "levels", "modifications"]
    assert [row[0] for row in rows] == [each.id for each in found]
    heading, question = run(*arguments).stderr.splitlines()
    assert heading == str(found)
    assert question.startswith("Open: Does a sensor without storage")


@pytest.mark.parametrize("arguments", [("profile", "federal"), ("profile", "profile:federal"), ("show", "federal")])
def test_profile_that_ships(arguments: tuple[str, ...]) -> None:
    federal = ib.profile("federal").resolve()
    assert valid(run(*arguments, "--json").stdout, arguments[0])["result"] == of(federal)
    assert run(*arguments).stderr == f"{federal}\n"


def test_profiles_can_be_discovered() -> None:
    assert parsed("profiles") == of(ib.profiles())
    assert [row[0] for row in columns("profiles")[1:]] == [profile.key for profile in ib.profiles()]


def test_check(own: str) -> None:
    assert text("check", own) == f"{own}: no problems\n"
    assert parsed("check", own) == {"problems": []}
    Path(own).write_text(Path(own).read_text("utf-8").replace('"capability"', '"capabilty"'), "utf-8")
    [problem] = ib.check_profile(own)
    result = run("check", own)
    assert (result.exit_code, result.stdout) == (1, f"1 problem:\n{problem}\n")
    result = run("check", own, "--json")
    assert result.exit_code == 1
    assert valid(result.stdout, "check")["result"]["problems"] == [
        {"file": own, "place": problem.place, "problem": problem.problem, "fix": problem.fix}
    ]
    piped = CliRunner().invoke(cli, ["check", "-"], input=Path(own).read_text("utf-8"))
    assert (piped.exit_code, piped.stdout) == (1, f"1 problem:\n{problem}\n".replace(own, "stdin.toml"))
    assert f"1 problem:\n{problem}" in error("profile", own)


def test_init_overwrites_nothing(own: str) -> None:
    Path(own).write_text("mine", "utf-8")
    assert "name a file that does not exist yet" in error("init", own)
    assert Path(own).read_text("utf-8") == "mine"
    assert parsed("init", own.replace("own", "other")) == {"written": own.replace("own", "other")}
    result = run("init", own.replace(".toml", ".json"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "let it end in .toml" in result.stderr


def test_of_two_commands_that_write_one_file_the_second_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"

    def write(file: Path) -> None:
        with pytest.raises(click.ClickException, match="name a file that does not exist yet"):
            write_new(path, "second")
        file.write_text("first", "utf-8")

    new_file(path, write)
    assert path.read_text("utf-8") == "first"


def test_what_cannot_be_written_whole_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"

    def write(file: Path) -> None:
        file.write_text("half", "utf-8")
        raise OSError("disk full")

    with pytest.raises(click.ClickException, match="disk full"):
        new_file(path, write)
    assert not list(tmp_path.iterdir())


def test_names_of_files_are_safe_to_print(tmp_path: Path) -> None:
    path = str(tmp_path / "a\x1b]0;x\x07\u202e.toml")
    shown = text("init", path) + text("check", path) + error("init", path) + run("init", f"{path}.x").stderr
    assert r"a\x1b]0;x\x07\u202e.toml written" in shown
    assert shown.replace("\n", "").isprintable()


def test_so_many_lines_that_name_nothing(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("zzz\n" * 2_000)
    told = text("migrate", str(tmp_path / "list.txt"), "sp800-53r4", "sp800-53r5")
    assert "2000 not-understood" in told
    assert "unknown element of sp800-53r4 'zzz'" in told


def test_sources() -> None:
    assert parsed("sources") == of(ib.sources())
    shown = text("sources")
    assert all(source.name in shown and source.address in shown for source in ib.sources())


def test_tour() -> None:
    stops = tour()
    assert parsed("tour")["stops"] == json.loads(json.dumps([asdict(stop) for stop in stops]))
    assert text("tour") == as_text(stops) + "\n"


def test_json_is_readable() -> None:
    shown = run("show", "ir8425", "--json").stdout
    assert shown.startswith('{\n "schema": "https://')
    assert "\\u" not in run("show", "nist-blog-2025-09-30", "--json").stdout


def test_markup_in_the_data_is_only_text(monkeypatch: pytest.MonkeyPatch) -> None:
    element = evolve(ib.get("ir8425:fn.13"), title="[bold]T[/bold] [/nothing]", note="[red]")
    monkeypatch.setattr(ib, "get", lambda _, library: element)  # noqa: ARG005
    shown = text("show", "ir8425:fn.13", "--format", "table")
    assert "[bold]T[/bold] [/nothing]" in shown
    assert "[red]" in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "ir8426"), "did you mean ir8425"),
        (("show", "ir8425:data-protecton"), "did you mean ir8425:data-protection"),
        (("show", ""), "cannot be empty"),
        (("show", "ir\u200b8425"), "ZERO WIDTH SPACE"),
        (("map", "ir8431", "ir8425"), "no mappings are held"),
        (("map", "AC-99"), "unknown element of sp800-53r5"),
        (("diff", "ir8431", "csa2015"), "no element of csa2015 is held"),
        (("search", "--", "---"), "give at least one word"),
        (("search", "x", "--limit", "0"), "limit is 0; it must be at least 1"),
        (("search", "x", "--publication", "ir8426"), "did you mean ir8425"),
        (("profile", "nothing"), "unknown profile 'nothing'"),
        (("explain", "AC-2", "AC-99"), "unknown element of sp800-53r5"),
        (("explain", "AC-2", "IA-3", "--through", "ir8426"), "did you mean ir8425"),
        (("reach", "AC-2", "ir8426"), "did you mean ir8425"),
        (("reach", "AC-2", "ir8425", "--max-hops", "0"), "max_hops"),
        (("coverage", "fedral", "sp800-53r5"), "did you mean federal"),
        (("coverage", "federal", "sp800-53r5", "--within", "sp800-53r5:zz"), "unknown element of sp800-53r5"),
        (("compare", "consumer", "ir8426"), "did you mean ir8425"),
    ],
)
def test_errors_are_one_line(arguments: tuple[str, ...], message: str) -> None:
    shown = error(*arguments)
    assert message in shown
    assert shown.count("\n") == 1


@pytest.mark.parametrize("arguments", [("show",), ("diff", "ir8425"), ("search",), ("nothing",), ("list", "--jsn")])
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: " in result.stderr


def test_version() -> None:
    assert text("--version") == f"iotbaseline {ib.__version__}, data {ib.data_version}\n"


@pytest.mark.parametrize("arguments", [("-h",), ("--help",)])
def test_help_names_every_command(arguments: tuple[str, ...]) -> None:
    shown = text(*arguments)
    assert all(f"  {name} " in shown for name in cli.commands)
    for words in CALLS:
        help_of_command = text(*words, "--help")
        assert "--json" in help_of_command
        assert "-h, --help" in help_of_command


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_the_help_of_all_says_what_that_of_each_says(name: str) -> None:
    _, line = COMMANDS[name]
    command = cli.commands[name]
    assert command.name == name
    assert " ".join(str(command.help).split()).startswith(line)


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (("--help",), {"_display", "_mappings", "_model", "_profiles", "_revisions", "formats"}),
        (("show", "AC-2(3)"), {"_mappings", "_profiles", "_revisions", "formats"}),
        (("list", "--json"), {"_mappings", "_profiles", "_revisions", "formats"}),
    ],
)
def test_a_command_imports_no_more_than_it_needs(arguments: tuple[str, ...], unwanted: set[str]) -> None:
    code = (
        "import atexit, sys\n"
        "from iotbaseline.__main__ import main\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        f"sys.argv = ['iotbaseline', *{arguments!r}]\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    imported = {tuple(name.split(".")) for name in done.stderr.splitlines()[-1].split()}
    assert not {name[1] for name in imported if name[0] == "iotbaseline" and len(name) > 1} & unwanted
    assert ("rich",) not in imported


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("list", "--role", "nothing"), "activities, baseline"),
        (("search", "x", "--kind", "contol"), "'control'"),
        (("coverage", "federal", "sp800-53r5", "--baseline", "lo"), "HIGH, LOW, MODERATE, PRIVACY"),
        (("list", "--format", "pdf"), "'xlsx'"),
        (("list", "--format", "xlsx"), "give --output FILE.xlsx"),
        (("list", "--output", "list.pdf"), "let it end in .txt, .md"),
        (("list", "--with", "=a.csv"), "write FILE, KEY=FILE or SUBJECT--OBJECT=FILE"),
        (("map", "AC-2", "--unmapped"), "SUBJECT OBJECT"),
        (("map", "ir8425"), "it has crosswalks with: "),
        (("map", "AC-2", "AC-3"), "iotbaseline explain AC-2 AC-3"),
    ],
)
def test_a_value_that_cannot_be_names_those_there_are(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_map_of_an_element_to_a_publication() -> None:
    found = parsed("map", "ir8425:software-update", "IR 8259A")["items"]
    assert {row["object"].partition(":")[0] for row in found} == {"ir8259a"}
    everything = parsed("map", "ir8425:software-update")["items"]
    assert found == [row for row in everything if (row["object"] or "").startswith("ir8259a:")]
    assert (
        "no mappings of ir8425:software-update to csa2015 are held"
        in run("map", "ir8425:software-update", "csa2015").stderr
    )


def test_errata() -> None:
    assert parsed("errata", "ir8259a") == of(ib.errata("ir8259a"))
    assert run("errata", "csa2015").stderr == "no errata are known of csa2015\n"


# Copies of the user's own

WORDING = "The maker keeps a log."


@pytest.fixture
def copy_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A PDF with the one wording of a publication that the library is made to know."""
    known = ib.fingerprint(WORDING)
    element = Requirement(id="sp800-213:1", label="1", page="1", words=known.words, sha256=known.sha256)
    publication = evolve(ib.load("sp800-213"), elements=(element,))
    monkeypatch.setattr(own_files, "DEFAULT", Library(MemoryStore([publication])))
    path = tmp_path / "copy.pdf"
    path.write_bytes(pdf_of([[(80, 720, 10, WORDING)]]))
    return path


def test_verify(copy_of: Path) -> None:
    found = parsed("verify", str(copy_of))
    assert found["counts"] == {"found": 1, "other-state": 0, "not-found": 0}
    assert [(row["id"], row["page"]) for row in found["wordings"]] == [("sp800-213:1", 1)]
    assert "1 found" in text("verify", str(copy_of), "--publication", "sp800-213")
    assert WORDING not in text("verify", str(copy_of))
    letter = copy_of.with_suffix(".txt")
    letter.write_text("Dear colleagues, good morning.", "utf-8")
    assert "less than half of the wordings" in error("verify", str(letter))


def test_wordings_of_a_copy_are_shown(copy_of: Path) -> None:
    for file in (str(copy_of), f"sp800-213={copy_of}"):
        shown = parsed("show", "sp800-213:1", "--with", file)
        assert shown["wording"] == WORDING
        assert shown["wording_from"].startswith("copy.pdf, page 1 of the file (SHA-256 ")
        assert ["wording", WORDING] in columns("show", "sp800-213:1", "--with", file)
    assert WORDING not in text("show", "sp800-213:1")


def test_compare_draft(copy_of: Path) -> None:
    draft = copy_of.with_name("draft.txt")
    draft.write_text("The maker always keeps a log.", "utf-8")
    untold = parsed("compare-draft", str(draft), "sp800-213")
    assert (untold["provisional"], untold["counts"]["untold"]) == (True, 1)
    [entry] = parsed("compare-draft", str(draft), "sp800-213", "--with", str(copy_of))["entries"]
    assert (entry["change"], entry["before"]) == ("reworded", WORDING)
    shown = text("compare-draft", str(draft), "sp800-213", "--with", str(copy_of))
    assert "provisional" in shown


# Formats and files


def test_an_envelope_says_what_was_asked_of_which_data() -> None:
    document = valid(run("search", "jtag", "--limit", "2", "--json").stdout, "search")
    assert (document["code_version"], document["data_version"]) == (ib.__version__, ib.data_version)
    assert document["query"] == {
        "command": "search", "words": ["jtag"], "kind": None, "publication": None, "in_force": False, "limit": 2,
        "with": [],
    }  # fmt: skip
    assert document["schema"] == schema_of("search").schema["$id"]  # type: ignore[index]


def test_every_command_has_a_schema_that_it_prints() -> None:
    assert sorted(path.name.partition(".")[0] for path in SCHEMAS.glob("*.schema.json")) == sorted(map("-".join, CALLS))
    assert json.loads(run("schema", "coverage").stdout) == schema_of("coverage").schema
    assert parsed("schema", "coverage")["schema"] == schema_of("coverage").schema


def test_formats(tmp_path: Path) -> None:
    found = ib.profiles()
    rows = list(csv.DictReader(run("profiles", "--format", "csv").stdout.splitlines()))
    assert [row["key"] for row in rows] == [profile.key for profile in found]
    assert run("profiles", "--format", "tsv").stdout.splitlines()[0].split("\t") == list(rows[0])
    assert run("profiles", "--markdown").stdout == found.to_markdown() + "\n"
    assert run("profiles", "--format", "table").stdout.splitlines()[0].split() == [
        "key",
        "basis",
        "levels",
        "elements",
        "title",
    ]
    page = run("sources", "--format", "html").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<tr>") == 1 + len(ib.sources())
    for suffix in ("csv", "tsv", "json", "md", "html", "txt"):
        path = tmp_path / f"profiles.{suffix}"
        assert run("profiles", "--output", str(path)).stdout == ""
        assert "federal-low" in path.read_text("utf-8")
    assert "name a file that does not exist yet" in error("profiles", "--output", str(path))


def test_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "coverage.xlsx"
    assert text("coverage", "federal", "sp800-53r5", "--baseline", "low", "--output", str(path)) == ""
    rows, provenance = load_workbook(path).worksheets
    found = ib.coverage("federal", "sp800-53r5", baseline="LOW")
    assert rows.max_row == 1 + len(found)
    told = {str(name): str(value) for name, value in provenance.values}
    assert json.loads(told["query"])["baseline"] == "LOW"
    assert told["data"] == ib.data_version


def test_a_file_that_cannot_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    assert "pip install 'iotbaseline[excel]'" in error("list", "--output", str(tmp_path / "list.xlsx"))
    assert list(tmp_path.iterdir()) == []


# A terminal


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch, *arguments: str, width: int = 80, height: int = 10_000) -> str:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(out, "utf-8", write_through=True))
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("LINES", str(height))
    monkeypatch.setenv("NO_COLOR", "1")
    cli.main(arguments, standalone_mode=False)
    return out.getvalue().decode()


def test_identifiers_never_wrap_and_prose_does(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ib.coverage("ir8425", "ir8259a")
    shown = on_terminal(monkeypatch, "coverage", "ir8425", "ir8259a", width=90)
    lines = shown.splitlines()
    assert lines[0] == str(found)
    assert lines[-1] == found.notice
    starts = [line.split()[0] for line in lines[2:-1] if line[:1].strip()]
    assert starts == [item.element.id for item in found]
    assert len(lines) > 3 + len(found)
    words = set(shown.split())
    assert all(connection.subject in {word.rstrip(",") for word in words} for item in found for connection in item.by)


def test_a_publication_is_a_tree_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = on_terminal(monkeypatch, "show", "ir8259a", width=200)
    assert shown.startswith(str(ib.load("ir8259a")))
    assert all(f"{element.local} " in shown for element in ib.load("ir8259a"))


def test_what_is_longer_than_the_terminal_is_paged(monkeypatch: pytest.MonkeyPatch) -> None:
    paged: list[str] = []
    monkeypatch.setattr(sys, "stdin", Terminal(io.BytesIO(), "utf-8"))
    monkeypatch.setattr(click, "echo_via_pager", lambda text, color: paged.append(text))  # noqa: ARG005
    assert on_terminal(monkeypatch, "list", height=20) == ""
    assert "ir8425" in paged[0]
    assert on_terminal(monkeypatch, "profiles", height=100) != ""


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 100)).map(lambda pair: (min(pair), max(pair))), min_size=1),
    st.integers(1, 200),
)
def test_columns_never_get_less_than_their_longest_word(needs: list[tuple[int, int]], space: int) -> None:
    widths = fitted(needs, space)
    assert all(word <= width <= max(word, line) for width, (word, line) in zip(widths, needs, strict=True))
    least = sum(max(word, min(line, 1)) for word, line in needs)
    assert sum(widths) <= max(space, least)


# Own files, versions, shells


def test_own_frameworks_and_crosswalks(tmp_path: Path) -> None:
    (tmp_path / "acme.csv").write_text("id,title\nR1,Change the password\nR2,Update\n", "utf-8")
    (tmp_path / "map.tsv").write_text(
        "subject_id\tpredicate_id\tobject_id\nacme:R2\tir8477:supports\tir8425:software-update\n", "utf-8"
    )
    own = ("--with", str(tmp_path / "acme.csv"), "--with", str(tmp_path / "map.tsv"))
    assert [row["object"] for row in parsed("map", "acme:R2", *own)["items"]] == ["ir8425:software-update"]
    assert [row[0] for row in columns("show", "acme", *own)[1:]] == ["acme:R1", "acme:R2"]
    assert valid(run("list", "--json", *own).stdout, "list")["query"]["with"] == [own[1], own[3]]
    renamed = ("--with", f"policy={tmp_path / 'acme.csv'}")
    assert [row[0] for row in columns("show", "policy", *renamed)[1:]] == ["policy:R1", "policy:R2"]
    (tmp_path / "plain.tsv").write_text(
        "subject_id\tpredicate_id\tobject_id\nR1\tir8477:supports\tsoftware-update\n", "utf-8"
    )
    pair = ("--with", f"policy--ir8425={tmp_path / 'plain.tsv'}")
    assert len(parsed("map", "policy", "ir8425", *renamed, *pair)["mappings"]) == 1


def test_a_version_of_the_data_can_be_required(monkeypatch: pytest.MonkeyPatch) -> None:
    month = ib.data_version.rpartition(".")[0]
    assert run("--require-data", month, "profiles").exit_code == 0
    assert f"the data has the version {ib.data_version}, not 1999.01" in error("--require-data", "1999.01", "profiles")
    monkeypatch.setenv("IOTBASELINE_REQUIRE_DATA", "1999.01")
    assert "not 1999.01" in error("profiles")


def completions(line: str) -> list[str]:
    words = line.split()
    typed = "" if line.endswith(" ") else words.pop()
    found = ShellComplete(cli, {}, "iotbaseline", "_IOTBASELINE_COMPLETE").get_completions(words, typed)
    return [item.value for item in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("cov", "coverage"),
        ("show ir8425:soft", "ir8425:software-update"),
        ("show IR84", "ir8425"),
        ("coverage fed", "federal-low"),
        ("coverage profile:fed", "profile:federal"),
        ("diff ir8259r", "ir8259r1"),
        ("list --role b", "baseline"),
        ("search --kind contr", "control"),
    ],
)
def test_a_shell_completes(line: str, expected: str) -> None:
    found = completions(line)
    assert expected in found
    assert all(value.lower().startswith(line.split()[-1].lower()) for value in found)


def test_a_shell_completes_nothing_that_is_not_there() -> None:
    assert completions("show nothing:") == completions("diff federal") == completions("diff ir8425:s") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_of_completion(shell: str) -> None:
    script = text("completion", shell)
    assert "_IOTBASELINE_COMPLETE" in script
    assert ("COMP_WORDBREAKS" in script.splitlines()[0]) == (shell == "bash")
    assert parsed("completion", shell)["script"].strip() == script.strip()


@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_the_examples_of_a_command_work(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("iotbaseline._profiles.starter.DEFAULT", ib.Library())
    monkeypatch.setattr("iotbaseline._apps.site.build.PARTS", ())  # All pages take their time.
    Path("controls.csv").write_text("id\nAU-8(1)\n", "utf-8")
    Path("excerpt.txt").write_text(WORDING, "utf-8")
    Path("draft.txt").write_text(WORDING, "utf-8")
    Path("NIST.SP.800-213.pdf").write_bytes(pdf_of([[(80, 720, 10, WORDING)]]))
    if words != ("init",):
        run("init", "my-profile.toml")
        run("init", "profile.toml")
    if words != ("assess", "init"):
        run("assess", "init", "consumer", "--product", "thermostat")
        run("assess", "init", "ir8425", "--product", "Heating control", "--output", "heating.xlsx")
        run("assess", "init", "ir8259b.ipd", "--product", "Old", "--output", "old.toml")
        Path("assessments").mkdir()
        run("assess", "init", "ir8425", "--product", "Hub", "--output", "assessments/hub.toml")
    if words == ("mcp",):
        monkeypatch.setattr("iotbaseline._apps.agents.server.serve", lambda *_: None)
    Path("scan.sarif").write_text('{"version": "2.1.0", "runs": []}', "utf-8")
    Path("rules.csv").write_text("rule,element\nR1,ir8425:data-protection.1\n", "utf-8")
    command: click.Command = cli
    for word in words:
        assert isinstance(command, click.Group)
        command = command.commands[word]
    assert isinstance(command, Command)
    assert len(command.examples) == 2
    for example in command.examples:
        line, _, source = example.partition(" < ")
        line, _, _ = line.partition(" > ")
        given_text = Path(source).read_text("utf-8") if source else None
        result = CliRunner().invoke(cli, shlex.split(line), input=given_text)
        assert result.exit_code == 0, (example, result.output)
        assert f"iotbaseline {example}" in text(*words, "--help")


JUDGED = [
    ("coverage", "ir8425", "cra"),
    ("map", "ir8425", "cra"),
    ("map", "ir8425:software-update.2", "cra"),
    ("reach", "ir8425:software-update.2", "cra"),
    ("explain", "ir8425:software-update.2", "cra:annex-i.part-i.2.c"),
]


@pytest.mark.parametrize("form", ["text", "table", "csv", "tsv", "json", "markdown", "html"])
@pytest.mark.parametrize("arguments", JUDGED, ids=" ".join)
def test_every_form_says_that_a_judgement_gives_no_presumption(arguments: tuple[str, ...], form: str) -> None:
    result = run(*arguments, "--format", form)
    assert (result.exit_code, result.exception) == (0, None), result.output
    assert "no presumption of conformity" in result.output
    assert "presumption" in (result.stderr if form in ("csv", "tsv") else result.output)
    assert not (form in ("csv", "tsv") and "presumption of conformity" in result.stdout)


@pytest.mark.parametrize("arguments", JUDGED, ids=" ".join)
def test_every_file_says_that_a_judgement_gives_no_presumption(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert run(*arguments, "--output", str(tmp_path / "a.xlsx")).exit_code == 0
    told = {str(name): str(value) for name, value in load_workbook(tmp_path / "a.xlsx")["Provenance"].values}
    assert "no presumption of conformity" in told["notice"]
    assert "no presumption of conformity" in run(*arguments, "--output", str(tmp_path / "a.csv")).stderr
