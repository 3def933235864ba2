"""The commands about products: assess init, check, report, shows, plan."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

import iotbaseline as ib
from iotbaseline._apps import cli as cli_module
from iotbaseline._apps.cli import cli
from iotbaseline.assessments import add_sarif, migrate_assessment, plan, read_assessment, shows

SCHEMAS = Path(cli_module.__file__).parents[1] / "schemas"


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "400", "NO_COLOR": "1"}).invoke(cli, arguments, prog_name="iotbaseline")


def text(*arguments: str, status: int = 0) -> str:
    result = run("assess", *arguments)
    assert result.exit_code == status, result.output
    return result.output


def parsed(*arguments: str, status: int = 0) -> Any:
    """The result in the JSON document of a command, which its schema describes."""
    document = json.loads(text(*arguments, "--json", status=status))
    schema = json.loads((SCHEMAS / f"assess-{arguments[0]}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    assert document["query"]["command"] == f"assess {arguments[0]}"
    return document["result"]


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of an assessment in which software update is met and data protection is not."""
    monkeypatch.chdir(tmp_path)
    assert run("assess", "init", "consumer", "--product", "Hub").exit_code == 0
    path = tmp_path / "hub.toml"
    lines = path.read_text("utf-8").split("\n")
    for number, line in enumerate(lines):
        if line.startswith('element = "ir8425:software-update.'):
            lines[number + 1] = 'status = "met"\nexpires = "2027-01-31"'
        elif line.startswith('element = "ir8425:data-protection.'):
            lines[number + 1] = 'status = "not met"\nrationale = "not yet"'
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_init_writes_a_questionnaire_named_after_the_product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    options = ("--version", "1.2", "--maker", "Acme", "--component", "device=Wall unit", "--component", "app=App")
    told = text("init", "industrial", "--product", "Big, Hub", "--level", "high", *options)
    assert told == "big-hub.toml written; fill it in, then: iotbaseline assess check big-hub.toml\n"
    made = read_assessment("big-hub.toml")
    assert (made.against, made.level, made.product.version, made.product.maker) == ("industrial", "high", "1.2", "Acme")
    assert [(each.key, each.role) for each in made.product.components] == [("wall-unit", "device"), ("app", "app")]
    assert "cannot be written" in text("init", "industrial", "--product", "Big, Hub", status=1)
    assert parsed("init", "ir8425", "--product", "T", "--output", "t.xlsx") == {"written": "t.xlsx", "findings": 63}
    assert len(read_assessment("t.xlsx")) == 63
    assert "cannot be written" in text("init", "industrial", "--product", "T", "--output", "t.xlsx", status=1)


def test_init_with_a_profile_of_your_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "made").mkdir()
    run("init", "made/own.toml")
    text("init", "made/own.toml", "--product", "T", "--output", "made/t.toml")
    assert read_assessment("made/t.toml").against == "own.toml"
    text("init", "made/own.toml", "--product", "T")
    assert read_assessment("t.toml").against == "made/own.toml"
    (tmp_path / "other").mkdir()
    told = text("init", "made/own.toml", "--product", "T", "--output", "other/t.toml", status=1)
    assert "lies outside the folder of the assessment; move it into that folder" in told


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--output", "t.csv"), "t.csv must end in .toml or .xlsx"),
        (("--component", "toaster=X"), "write ROLE=NAME, with one of device, app"),
        (("--component", "device"), "write ROLE=NAME"),
        (("--component", "device=X", "--component", "app=x"), "app=x: two components are called so"),
    ],
)
def test_init_says_how_it_is_used(options: tuple[str, ...], message: str) -> None:
    assert message in text("init", "consumer", "--product", "T", *options, status=2)


def test_check(filled: Path) -> None:
    assert text("check", "hub.toml") == (
        "hub.toml: no problems; Hub against consumer: 3 not met, 58 not assessed, 2 met\n"
    )
    assert parsed("check", "hub.toml") == {"problems": []}
    current = Path("hub.toml").read_text("utf-8")
    Path("old.toml").write_text(current.replace(ib.data_version, "2025.01.0"), "utf-8")
    notice = f"written with data 2025.01.0 and read with {ib.data_version}: see the change log of the data; "
    good, told = text("check", "old.toml").splitlines()
    assert good.startswith("old.toml: no problems; ")
    assert told.startswith(notice)
    assert told.endswith("if identifiers changed, use assess migrate")
    assert parsed("check", "old.toml") == {"problems": [], "notice": told}
    assert parsed("report", "old.toml")["notice"] == told
    assert told in text("report", "old.toml")
    filled.write_text(filled.read_text("utf-8").replace('"not met"', '"nto met"'), "utf-8")
    assert text("check", "hub.toml", status=1).startswith("3 problems:\nhub.toml: line ")
    problems = parsed("check", "hub.toml", status=1)["problems"]
    assert [problem["problem"] for problem in problems] == ["'nto met' is not known here"] * 3


@pytest.mark.usefixtures("filled")
def test_report(tmp_path: Path) -> None:
    found = read_assessment("hub.toml")
    assert parsed("report", "hub.toml") == json.loads(found.to_json())
    assert text("report", "hub.toml") == found.to_text() + "\n"
    assert text("report", "hub.toml", "--markdown") == found.to_markdown() + "\n"
    assert text("report", "hub.toml", "--format", "html") == found.to_html() + "\n"
    for name in ("a.html", "a.xlsx", "a.csv", "a.md"):
        assert text("report", "hub.toml", "--output", name) == ""
    assert (tmp_path / "a.html").read_text("utf-8") == found.to_html() + "\n"
    rows = load_workbook("a.xlsx").worksheets[0]
    assert rows.max_row == 1 + len(found)
    assert "3 not met" in text("report", "hub.toml", "--on", "2027-01-31")
    assert parsed("report", "hub.toml", "--on", "2027-02-01")["counts"]["met"] == 0
    assert "is no date; write it as YYYY-MM-DD" in text("report", "hub.toml", "--on", "soon", status=1)


@pytest.mark.usefixtures("filled")
def test_the_statement() -> None:
    found = read_assessment("hub.toml").statement
    assert parsed("report", "hub.toml", "--statement") == json.loads(found.to_json())
    assert text("report", "hub.toml", "--statement").count("      not yet") == 3
    assert text("report", "hub.toml", "--statement", "--format", "html") == found.to_html() + "\n"


BOUNDS = ("--baseline", "low", "--through", "sp800-213a", "--within", "sp800-53r5:si")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("function", [shows, plan])
def test_shows_and_plan(function: Callable[..., Any]) -> None:
    name, found = function.__name__, read_assessment("hub.toml")
    assert parsed(name, "hub.toml", "IR 8259A") == json.loads(function(found, "ir8259a").to_json())
    bounds = {"baseline": "LOW", "through": "sp800-213a", "within": "sp800-53r5:si"}
    expected = function(found, "sp800-53r5", **bounds)
    assert parsed(name, "hub.toml", "sp800-53r5", *BOUNDS) == json.loads(expected.to_json())
    assert str(function(found, "ir8259a")) in text(name, "hub.toml", "ir8259a")
    assert parsed(name, "hub.toml", "ir8259a", "--on", "2027-02-01") != parsed(name, "hub.toml", "ir8259a")
    assert text(name, "hub.toml", "ir8259a", "--markdown") == function(found, "ir8259a").to_markdown() + "\n"


def test_a_plan_may_be_empty(filled: Path) -> None:
    document = filled.read_text("utf-8")
    filled.write_text(document.replace('"not met"', '"met"').replace('"not assessed"', '"met"'), "utf-8")
    assert "nothing that is open would show more" in text("plan", "hub.toml", "ir8259a")


@pytest.mark.parametrize("suffix", ["toml", "xlsx"])
def test_migrate(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text("init", "ir8259b.ipd", "--product", "T")
    document = Path("t.toml").read_text("utf-8")
    Path("t.toml").write_text(document.replace('"not assessed"', '"not met"\nrationale = "no"'), "utf-8")
    arguments = ("migrate", "t.toml", "ir8259b.ipd", "ir8259b")
    expected = migrate_assessment(read_assessment("t.toml"), "ir8259b.ipd", "ir8259b")
    assert parsed(*arguments) == json.loads(expected.to_json())
    assert text(*arguments, "--output", f"new.{suffix}") == expected.to_text() + "\n"
    assert read_assessment(f"new.{suffix}") == expected.assessment
    assert "must end in .toml or .xlsx" in text(*arguments, "--output", "new.md", status=2)
    assert read_assessment("t.toml").against == "ir8259b.ipd"
    run("init", "own.toml")
    text(*arguments, "--against", "own.toml", "--output", f"own-{suffix}.toml")
    assert read_assessment(f"own-{suffix}.toml").against == "own.toml"


@pytest.mark.usefixtures("filled")
def test_evidence_of_a_scanner(tmp_path: Path) -> None:
    run_ = {"tool": {"driver": {"name": "lint", "rules": [{"id": "R1"}, {"id": "R2"}]}}}
    (tmp_path / "scan.sarif").write_text(json.dumps({"version": "2.1.0", "runs": [run_]}), "utf-8")
    (tmp_path / "rules.csv").write_text("rule,element\nR1,ir8425:data-protection.1\n", "utf-8")
    arguments = ("evidence", "hub.toml", "scan.sarif", "rules.csv", "--output")
    assert text(*arguments, "new.toml") == "new.toml written; evidence added 1 time; without a row: R2\n"
    assert parsed(*arguments, "new.xlsx") == {"written": "new.xlsx", "added": 1, "unmatched": ["R2"]}
    expected = add_sarif(read_assessment("hub.toml"), "scan.sarif", "rules.csv").assessment
    assert read_assessment("new.toml") == read_assessment("new.xlsx") == expected


def test_a_profile_of_your_own_is_found_from_the_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "made").mkdir()
    (tmp_path / "other").mkdir()
    run("init", "made/own.toml")
    text("init", "made/own.toml", "--product", "T", "--output", "made/t.toml")
    (tmp_path / "scan.sarif").write_text('{"version": "2.1.0", "runs": []}', "utf-8")
    element = read_assessment("made/t.toml").findings[0].id
    (tmp_path / "rules.csv").write_text(f"rule,element\nR1,{element}\n", "utf-8")
    arguments = ("evidence", "made/t.toml", "scan.sarif", "rules.csv", "--output")
    text(*arguments, "up.toml")
    assert read_assessment("up.toml").against == "made/own.toml"
    assert "has to be in other or below; move it" in text(*arguments, "other/t.toml", status=2)
    text("migrate", "made/t.toml", "ir8259", "ir8259r1", "--output", "migrated.toml")
    assert read_assessment("migrated.toml").against == "made/own.toml"


@pytest.mark.usefixtures("filled")
def test_export(tmp_path: Path) -> None:
    document = parsed("export", "hub.toml", "oscal-implementation", "made")
    assert document["counts"]["left-out"] == 58
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["hub.component.json", "ir8425.catalog.json"]
    assert "made exists; name a new file or folder" in text(
        "export", "hub.toml", "oscal-implementation", "made", status=1
    )
    assert "would lose something" in text(
        "export", "hub.toml", "cyclonedx-declarations", "a.json", "--strict", status=1
    )
    (tmp_path / "file").write_text("", "utf-8")
    told = text("export", "hub.toml", "cyclonedx-declarations", "file/a.json", status=1)
    assert "Could not open file" in told
    assert "oscal-implementation" in text("export", "hub.toml", "sssom", "a.tsv", status=2)


def test_the_group_has_help_and_schemas() -> None:
    told = text("--help")
    for name in ("init", "check", "report", "shows", "plan", "migrate", "evidence", "export"):
        assert f"  {name} " in told
        assert run("schema", f"assess-{name}").exit_code == 0
    assert run("schema", "assess").exit_code == 2
