"""Files given to the command line that are no files, too large, or written to do harm."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

import iotbaseline as ib
from iotbaseline import assessments, fleet
from iotbaseline._apps.cli import cli, lists
from iotbaseline._library import folder as data_folder
from iotbaseline._profiles.reader import LARGEST
from iotbaseline.errors import DataErrors


def error(*arguments: str, given: bytes = b"") -> str:
    result = CliRunner().invoke(cli, arguments, input=given, prog_name="iotbaseline")
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 1
    return result.stdout + result.stderr


def migrating(path: Path) -> str:
    return error("migrate", str(path), "sp800-53r4", "sp800-53r5")


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04junk"])
def test_what_is_no_workbook(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    assert "a.xlsx: whole file: it is no workbook (" in migrating(tmp_path / "a.xlsx")


@pytest.mark.parametrize("content", ["id,note\nac-2,\x1b]0;x\x07\n", "ac-2\u202e\n", "id\nac-2\n\x9bac-3\n"])
def test_lists_have_no_hidden_characters(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(content, "utf-8")
    message = migrating(tmp_path / "a.csv")
    assert "it has the character U+" in message
    assert message.replace("\n", "").isprintable()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no /dev/zero")
def test_a_list_without_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "_LARGEST", 1_000)
    (tmp_path / "a.csv").symlink_to("/dev/zero")
    assert "it has more than 1000 characters; split it" in migrating(tmp_path / "a.csv")


def test_lines_end_where_a_file_has_them_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("ac-2\u2028\nac-3", "utf-8")
    with (tmp_path / "a.txt").open(encoding="utf-8") as file:
        assert lists.rows(file, "id") == [(1, {"id": "ac-2"}), (2, {"id": "ac-3"})]


@pytest.mark.parametrize(
    ("given", "problem"),
    [(b"\xff\xfe", "byte 0: it is not UTF-8"), (b"#" * (LARGEST + 1), "it is larger than 1000000 bytes")],
)
def test_standard_input(given: bytes, problem: str) -> None:
    assert problem in error("check", "-", given=given)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no /dev/zero")
def test_a_data_folder_of_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").symlink_to("/dev/zero")
    with pytest.raises(ib.errors.DataError, match="there is no such file"):
        _ = ib.Library(tmp_path).data_version


def test_a_data_folder_with_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_folder, "_LARGEST", 10)
    (tmp_path / "manifest.json").write_bytes(b"x" * 11)
    with pytest.raises(ib.errors.DataError, match="it is larger than 10 bytes"):
        _ = ib.Library(tmp_path).data_version


@pytest.mark.parametrize("source", [5, [1], object(), b"data"])
def test_what_is_no_source_of_a_library(source: object) -> None:
    with pytest.raises(ib.errors.ArgumentTypeError, match=r"source is of type .*; pass a folder"):
        ib.Library(source)  # type: ignore[arg-type]


def test_an_entry_cannot_write_to_a_terminal() -> None:
    [entry] = ib.migrate(["zz\x1b]0;x"], "sp800-53r4", "sp800-53r5")
    assert str(entry).isprintable()


def test_markdown_has_no_html_links_or_pictures_of_others(tmp_path: Path) -> None:
    title = "<img src=x onerror=alert(1)> ![i](http://x) [a](javascript:b) | x"
    path = tmp_path / "a.csv"
    path.write_text(f'id,title\nA.1,"{title}\r\n# h"\n', "utf-8", newline="")
    library = ib.extended(ib.read_framework(path, key="acme", title="<b> [a](b)"))
    text = library.load("acme").to_markdown()
    assert "<" not in text
    assert "](" not in text
    assert "\n# h" not in text
    assert "&lt;img src=x onerror=alert(1)> ![i]\\(http://x)" in text


@pytest.mark.parametrize(
    ("groups", "problem"),
    [("", "it has the character U+001B"), (",".join(['{"title": 1}'] * 600), "it has more than 500 problems")],
)
def test_a_catalog_of_oscal(groups: str, problem: str, tmp_path: Path) -> None:
    head = '{"catalog": {"metadata": {"title": "a\\u001bb"}, "groups": ['
    (tmp_path / "a.json").write_text(f"{head}{groups}]}}}}", "utf-8")
    with pytest.raises(ib.errors.DataErrors) as caught:
        ib.read_oscal_catalog(tmp_path / "a.json", key="acme")
    assert problem in str(caught.value.errors)
    assert len(caught.value.errors) <= 501


@pytest.mark.parametrize(
    "arguments", [["show", "ir8425", "\x1b]0;x\x07"], ["li\x9bst"], ["list", "--form\u202eat", "x"]]
)
def test_what_click_says_of_arguments_is_plain(arguments: list[str]) -> None:
    result = CliRunner().invoke(cli, arguments, color=True, prog_name="iotbaseline")
    assert result.exit_code == 2
    assert result.output.replace("\n", "").isprintable()


@pytest.mark.parametrize("name", ["a\0", "\ud800", "x" * 5_000])
def test_what_cannot_be_a_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(ib.errors.IoTBaselineError):
        ib.attach(f"{name}.txt")
    with pytest.raises(ib.errors.IoTBaselineError):
        fleet.report(name, "ir8259a")
    with pytest.raises(ib.errors.IoTBaselineError):
        assessments.start(f"{name}.toml", "T", folder=tmp_path)
    if len(name) < 5_000:
        with pytest.raises(ib.errors.QueryError, match="cannot be the path of a file"):
            fleet.tables("ir8425", "ir8259a").write(name)


TOO_LONG = "a" * 300
OSCAL = {"uuid": "0", "metadata": {"title": "t", "last-modified": "x", "version": "1", "oscal-version": "1.1.2"}}
FILES = {
    "oscal.json": {"profile": {**OSCAL, "imports": [{"href": f"{TOO_LONG}.json", "include-all": {}}]}},
    "mine.json": {
        "profile": "mine",
        "title": "t",
        "version": "1",
        "summary": "s",
        "imports": [{"from": f"{TOO_LONG}.json", "rationale": "r"}],
    },
}


@pytest.mark.parametrize(
    ("name", "read", "problem"),
    [
        ("oscal.json", partial(ib.read_oscal_profile, key="acme"), "nothing is known of 'aaa"),
        ("mine.json", ib.read_profile, "there is no file "),
    ],
)
def test_an_import_of_a_file_whose_name_is_too_long(
    name: str, read: Callable[[Path], object], problem: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(json.dumps(FILES[name]), "utf-8")
    with pytest.raises(DataErrors, match=problem):
        read(tmp_path / name)


@pytest.mark.parametrize(
    "command",
    [
        "export ir8425 oscal-catalog",
        "assess export t.toml cyclonedx-declarations",
        "fleet report . --target ir8259a --parquet",
    ],
)
def test_a_file_to_write_whose_name_is_too_long(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    product = assessments.Product(key="t", name="T")
    (tmp_path / "t.toml").write_text(assessments.to_toml(assessments.start("ir8425", product)), "utf-8")
    assert "File name too long" in error(*command.split(), f"{TOO_LONG}.json")
