"""The command about many products: fleet report."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from iotbaseline import fleet
from iotbaseline._apps import cli as cli_module
from iotbaseline._apps.cli import cli
from iotbaseline._fleet.report import WRITTEN

SCHEMA = Path(cli_module.__file__).parents[1] / "schemas" / "fleet-report.schema.json"


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "400", "NO_COLOR": "1"}).invoke(cli, ["fleet", "report", *arguments])


def parsed(*arguments: str) -> Any:
    document = json.loads(run(*arguments, "--json").stdout)
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    assert document["query"]["command"] == "fleet report"
    return document["result"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two assessments against IR 8425: the first outcome is met, in one of them until June."""
    for name, expires in (("hub", "2026-06-30"), ("lamp", "2027-01-31")):
        path = tmp_path / "assessments" / f"{name}.toml"
        path.parent.mkdir(exist_ok=True)
        CliRunner().invoke(cli, ["assess", "init", "ir8425", "--product", name, "--output", str(path)])
        lines = path.read_text("utf-8").split("\n")
        place = lines.index('element = "ir8425:asset-identification.1"')
        lines[place + 1] = f'status = "met"\nexpires = "{expires}"'
        path.write_text("\n".join(lines), "utf-8")
    return tmp_path / "assessments"


def test_a_report(folder: Path, tmp_path: Path) -> None:
    arguments = (str(folder), "--target", "ir8259a", "--on", "2026-06-01", "--on", "2026-09-01")
    found = run(*arguments, "--parquet", str(tmp_path / "out"), "--picture", str(tmp_path / "fleet.svg"))
    assert found.exit_code == 0, found.output
    lines = [line.split("\t") for line in found.stdout.splitlines()]
    assert lines[0][:5] == ["day", "family", "name", "items", "covered"]
    assert {line[0] for line in lines[1:]} == {"2026-06-01", "2026-09-01"}
    assert "2 products against ir8259a: " in found.stderr
    assert "Weakest: ir8425:" in found.stderr
    assert "worse than before: " in found.stderr
    assert {file.stem for file in (tmp_path / "out").iterdir()} == {*WRITTEN}
    assert (tmp_path / "fleet.svg").read_text("utf-8").startswith("<svg")
    document = parsed(*arguments, "--soon", "200")
    direct = fleet.report(folder, "ir8259a", on=[date(2026, 6, 1), date(2026, 9, 1)], soon=200)
    assert document == json.loads(direct.to_json())
    assert (document["products"], document["expiring"]) == (2, 1)


def test_what_is_refused(folder: Path, tmp_path: Path) -> None:
    there = run(str(folder), "--target", "ir8259a", "--parquet", str(tmp_path))
    assert (there.exit_code, "exists; name a new folder" in there.output) == (1, True)
    assert "no chain of crosswalks" in run(str(folder), "--target", "sp800-82r3").output
    (folder / "hub.toml").write_text("against = 1", "utf-8")
    broken = run(str(folder), "--target", "ir8259a")
    assert (broken.exit_code, "hub.toml" in broken.output) == (1, True)
    (tmp_path / "bad.parquet").write_text("no Parquet", "utf-8")
    unread = run(str(tmp_path / "bad.parquet"), "--target", "ir8259a")
    assert (unread.exit_code, "bad.parquet" in unread.output) == (1, True)
