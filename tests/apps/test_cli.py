"""The command line."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import asdict, evolve
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

import iotbaseline as ib
from iotbaseline._apps.cli import cli
from iotbaseline._apps.tour import as_text, tour


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "400", "NO_COLOR": "1"}).invoke(cli, arguments, prog_name="iotbaseline")


def text(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.exception) == (0, None), result.output
    with pytest.raises(json.JSONDecodeError):
        json.loads(result.stdout)
    return result.stdout


def parsed(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert (result.exit_code, result.exception, result.stderr) == (0, None, "")
    return json.loads(result.stdout)


def error(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.startswith("Error: ")
    return result.stderr


def test_list() -> None:
    assert parsed("list") == [info.to_records()[0] for info in ib.publications()]
    lines = text("list").splitlines()
    assert lines[0].split() == ["key", "published", "status", "title"]
    assert len(lines) == 1 + len(ib.publications())


def test_list_of_one_role() -> None:
    assert [row["key"] for row in parsed("list", "--role", "activities")] == [
        info.key for info in ib.publications() if info.role == "activities"
    ]
    shown = text("list", "--role", "activities")
    assert "ir8259r1" in shown
    assert "sp800-53r5" not in shown


@pytest.mark.parametrize("name", ["ir8425", "IR 8259A", "sp800-53r5", "csa2015"])
def test_show_publication(name: str) -> None:
    publication = ib.load(name)
    assert parsed("show", name) == publication.to_records()
    shown = text("show", name)
    assert shown.startswith(str(publication))
    assert len(shown.splitlines()) == 1 + len(publication)
    assert all(f" {element.local} {element.name}".rstrip() in shown for element in publication)


def test_show_publication_says_what_is_not_held() -> None:
    assert run("show", "ir8431").stderr == f"Not held: {ib.load('ir8431').missing}\n"
    assert run("show", "en303645v3.1.3").stderr.startswith("Not held: ") == bool(ib.load("en303645v3.1.3").missing)


def test_show_publication_of_which_all_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ib.Publication(info=ib.info("ir8431"), elements=(), fidelity=ib.Fidelity.FULL)
    monkeypatch.setattr(ib, "load", lambda _: whole)
    assert run("show", "ir8431").stderr == ""


@pytest.mark.parametrize("name", ["ir8425:documentation.1.f", "AC-2(3)", "IR 8259:activity-3", "en303645v3.1.3:5.1-1"])
def test_show_element(name: str) -> None:
    element = ib.get(name)
    row = parsed("show", name)[0]
    assert row == {
        **element.to_records()[0],
        "note": element.note,
        "url": ib.url(name),
        "notice": ib.load(element.publication).notice,
    }
    shown = dict(line.split(maxsplit=1) for line in text("show", name).splitlines() if line.strip())
    assert {key: value.strip() for key, value in shown.items()} == {key: value for key, value in row.items() if value}


def test_show_element_of_a_withdrawn_publication_says_so() -> None:
    assert parsed("show", "ir8259:activity-3")[0]["notice"] == "withdrawn 2026-04-20; superseded by ir8259r1"


def test_show_publication_by_its_doi() -> None:
    assert parsed("show", "https://doi.org/10.6028/NIST.IR.8425") == parsed("show", "ir8425")


def test_map_element() -> None:
    assert parsed("map", "ir8425:software-update") == [
        mapping.to_records()[0] for mapping in ib.mappings("ir8425:software-update")
    ]
    shown = text("map", "sp800-53r4:AU-8(1)")
    assert shown.split()[:3] == ["relation", "object", "basis"]
    assert "sp800-53r5:sc-45.1" in shown


def test_map_publications() -> None:
    assert parsed("map", "ir8425", "ir8259a") == ib.crosswalk("ir8425", "ir8259a").to_records()
    lines = text("map", "ir8259a", "bitag2016").splitlines()
    assert lines[0].split() == ["subject", "relation", "object", "object_label", "basis"]
    assert lines[1].split() == ["ir8259a:device-configuration", "related", "7.", "official"]


def test_map_unmapped() -> None:
    expected = ib.crosswalk("ir8425", "ir8259a").unmapped_subjects
    assert [row["id"] for row in parsed("map", "ir8425", "ir8259a", "--unmapped")] == [each.id for each in expected]
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
    assert "let it end in .csv or .xlsx" in run(*arguments[:-1], str(tmp_path / "made.json")).stderr


def test_a_list_in_excel(tmp_path: Path) -> None:
    file, made = tmp_path / "table.xlsx", tmp_path / "made.xlsx"
    book = Workbook()
    assert book.active is not None
    for row in (["Control", "number"], ["AC-10", 1], [None, None], ["AC-2a", None]):
        book.active.append(row)
    book.save(file)
    text("migrate", str(file), "sp800-53r4", "sp800-53r5", "--column", "Control", "--output", str(made))
    written = [[cell.value for cell in row] for row in load_workbook(made).worksheets[0].iter_rows()]
    assert written[0][:4] == ["Control", "number", "grade", "outcome"]
    assert [row[0] for row in written[1:]] == ["AC-2a", "AC-10"]
    assert written[2][1] == "1"


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
    assert json.loads(result.stdout) == json.loads(ib.migrate(LISTED, "sp800-53r4", "sp800-53r5").to_json())
    assert json.loads(CliRunner().invoke(cli, arguments, input="").stdout)["entries"] == []


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


@pytest.mark.parametrize(
    ("file", "output", "message"),
    [("old.toml", "new.toml", "let it end in .json"), ("list.csv", "new.json", "let it end in .csv or .xlsx")],
)
def test_rebase_writes_profiles_only_and_as_json(old: Path, file: str, output: str, message: str) -> None:
    old.with_name("list.csv").write_text("AC-2\n", "utf-8")
    paths = [str(old.with_name(name)) for name in (file, output)]
    result = run("migrate", paths[0], "sp800-53r4", "sp800-53r5", "--output", paths[1])
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert not old.with_name(output).exists()


def test_rebase_of_a_profile_that_is_broken(old: Path) -> None:
    old.write_text(old.read_text("utf-8").replace("AU-8(1)", "AU-88"), "utf-8")
    new = old.with_name("new.json")
    shown = error("migrate", str(old), "sp800-53r4", "sp800-53r5", "--output", str(new))
    assert "unknown element of sp800-53r4 'AU-88'" in shown
    assert not new.exists()


def test_explain() -> None:
    found = ib.paths("ir8425:data-protection.1", "SC-28", limit=3)
    assert text("explain", "ir8425:data-protection.1", "SC-28") == found.explain() + "\n"
    assert parsed("explain", "ir8425:data-protection.1", "SC-28") == found.to_records()
    assert len(found) > 0


def test_explain_within_bounds() -> None:
    found = ib.paths("csf2.0:PR.DS-01", "sp800-213a:DP.STO", through=["sp800-53r5"], max_hops=2, limit=3)
    arguments = ("explain", "csf2.0:PR.DS-01", "sp800-213a:DP.STO")
    assert parsed(*arguments, "--through", "SP 800-53", "--max-hops", "2") == found.to_records()
    assert text(*arguments, "--through", "sp800-53r5", "--max-hops", "2") == found.explain() + "\n"
    for bounds in (("--through", "ir8259a"), ("--max-hops", "1")):
        assert parsed(*arguments, *bounds) != found.to_records()


def test_reach() -> None:
    found = ib.reach("DI:IMS(1)", "sp800-53r5", max_hops=1)
    assert parsed("reach", "DI:IMS(1)", "SP 800-53", "--max-hops", "1") == found.to_records()
    lines = text("reach", "DI:IMS(1)", "sp800-53r5", "--max-hops", "1").splitlines()
    assert lines[0].split() == ["relation", "object", "object_name", "path"]
    assert [line.split()[1] for line in lines[1:]] == list(found.objects)


def test_reach_through() -> None:
    assert parsed("reach", "IA-3", "ir8425") == ib.reach("IA-3", "ir8425").to_records()
    through = parsed("reach", "IA-3", "ir8425", "--through", "sp800-213a")
    assert through == ib.reach("IA-3", "ir8425", through=["sp800-213a"]).to_records() != []
    assert parsed("reach", "IA-3", "ir8425", "--through", "ir8259a") == []


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
    assert parsed("coverage", "IR 8425", "IR 8259A") == found.to_records()
    lines = text("coverage", "ir8425", "ir8259a").splitlines()
    assert lines[0] == str(found)
    assert lines[1].split() == ["element", "name", "level", "by"]
    shown = [line.split()[0] for line in lines[2:]]
    assert [each for each in shown if each.startswith("ir8259a:")] == [item.element.id for item in found]


def test_coverage_by_a_profile(narrow: str) -> None:
    federal = ib.profile("federal").coverage("sp800-53r5", baseline="LOW")
    assert parsed("coverage", "federal", "sp800-53r5", "--baseline", "low") == federal.to_records()
    own = ib.read_profile(narrow).coverage("ir8259a")
    assert parsed("coverage", narrow, "ir8259a") == own.to_records()
    assert len(own.selection) < len(ib.load("ir8425").of_kind(ib.kinds.Criterion))
    target = ib.coverage("ir8259a", ib.read_profile(narrow).resolve().elements)
    assert parsed("coverage", "ir8259a", narrow) == target.to_records()


def test_coverage_under_and_through() -> None:
    within = ib.coverage("ir8425", "sp800-53r5", within="sp800-53r5:ia", through=["sp800-213a"])
    arguments = ("coverage", "ir8425", "sp800-53r5", "--within", "sp800-53r5:ia")
    assert parsed(*arguments, "--through", "SP 800-213A") == within.to_records()
    assert all(str(row["element"]).startswith("sp800-53r5:ia-") for row in within.to_records())
    assert 'pass through="sp800-213a"' in error(*arguments)


def test_compare(narrow: str) -> None:
    found = ib.compare("consumer", "industrial")
    assert parsed("compare", "consumer", "industrial") == json.loads(found.to_json())
    assert text("compare", "consumer", "industrial") == found.to_text() + "\n"
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
    assert parsed("findings") == found.to_records()
    lines = text("findings").splitlines()
    assert lines[0].split() == ["kind", "text"]
    assert len(lines) == 1 + len(found)


def test_search() -> None:
    hits = ib.search("software update", kind="capability", limit=3)
    assert parsed("search", "software", "update", "--kind", "capability", "--limit", "3") == [
        hit.to_records()[0] for hit in hits
    ]
    lines = text("search", "software", "update", "--kind", "capability", "--limit", "3").splitlines()
    assert [line.split()[1] for line in lines[1:]] == [hit.element.id for hit in hits]
    assert {row["id"].partition(":")[0] for row in parsed("search", "update", "--publication", "IR 8425")} == {"ir8425"}
    assert parsed("search", "zzyzx") == []


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


@pytest.mark.parametrize("arguments", [(), ("--json", "--output", "graph.json")])
def test_graph_goes_to_one_place(arguments: tuple[str, ...]) -> None:
    result = run("graph", "ir8425", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "either --output FILE or --json" in result.stderr


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
    lines = text(*arguments).splitlines()
    assert lines[0] == str(found)
    assert lines[1].split() == ["id", "name", "levels", "modifications"]
    assert [line.split()[0] for line in lines[2:-1]] == [each.id for each in found]
    assert lines[-1].startswith("Open: Does a sensor without storage")


def test_profile_that_ships(monkeypatch: pytest.MonkeyPatch, own: str) -> None:
    official = evolve(ib.read_profile(own), basis=ib.Basis.OFFICIAL, questions=())
    monkeypatch.setattr(ib, "profile", lambda key: official if key == "federal" else None)
    shown = text("profile", "federal")
    assert shown.startswith(f"profile:own {official.title}: {len(official.selected)} elements\n")
    assert "Open: " not in shown


def test_check(own: str) -> None:
    assert text("check", own) == f"{own}: no problems\n"
    assert parsed("check", own) == []
    Path(own).write_text(Path(own).read_text("utf-8").replace('"capability"', '"capabilty"'), "utf-8")
    [problem] = ib.check_profile(own)
    result = run("check", own)
    assert (result.exit_code, result.stdout) == (1, f"1 problem:\n{problem}\n")
    result = run("check", own, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {"file": own, "place": problem.place, "problem": problem.problem, "fix": problem.fix}
    ]
    assert f"1 problem:\n{problem}" in error("profile", own)


def test_init_overwrites_nothing(own: str) -> None:
    Path(own).write_text("mine", "utf-8")
    assert "name a file that does not exist yet" in error("init", own)
    assert Path(own).read_text("utf-8") == "mine"
    assert parsed("init", own.replace("own", "other")) == {"written": own.replace("own", "other")}
    result = run("init", own.replace(".toml", ".json"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "let it end in .toml" in result.stderr


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
    assert parsed("sources") == [asdict(source) for source in ib.sources()]
    shown = text("sources")
    assert all(source.name in shown and source.address in shown for source in ib.sources())


def test_tour() -> None:
    stops = tour()
    assert parsed("tour") == json.loads(json.dumps([asdict(stop) for stop in stops]))
    assert text("tour") == as_text(stops) + "\n"


def test_json_is_readable() -> None:
    shown = run("show", "ir8425", "--json").stdout
    assert shown.startswith('[\n {\n  "id": "ir8425:')
    assert "\\u" not in run("show", "nist-blog-2025-09-30", "--json").stdout


def test_markup_in_the_data_is_only_text(monkeypatch: pytest.MonkeyPatch) -> None:
    element = ib.kinds.Term(id="ir8425:x", title="[bold]T[/bold] [/nothing]", note="[red]")
    monkeypatch.setattr(ib, "get", lambda _: element)
    monkeypatch.setattr(ib, "url", lambda _: None)
    shown = text("show", "ir8425:x")
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
        (("search", "x", "--kind", "contol"), "did you mean control"),
        (("search", "x", "--publication", "ir8426"), "did you mean ir8425"),
        (("profile", "nothing"), "unknown profile 'nothing'"),
        (("explain", "AC-2", "AC-99"), "unknown element of sp800-53r5"),
        (("explain", "AC-2", "IA-3", "--through", "ir8426"), "did you mean ir8425"),
        (("reach", "AC-2", "ir8426"), "did you mean ir8425"),
        (("reach", "AC-2", "ir8425", "--max-hops", "0"), "max_hops"),
        (("coverage", "fedral", "sp800-53r5"), "unknown publication"),
        (("coverage", "federal", "sp800-53r5", "--baseline", "lo"), "did you mean HIGH, LOW"),
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
    for name in cli.commands:
        help_of_command = text(name, "--help")
        assert "--json" in help_of_command
        assert "-h, --help" in help_of_command


def test_unknown_role_names_those_there_are() -> None:
    assert "baseline" in error("list", "--role", "nothing")


def test_unmapped_needs_two_publications() -> None:
    result = run("map", "AC-2", "--unmapped")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "SUBJECT OBJECT" in result.stderr
