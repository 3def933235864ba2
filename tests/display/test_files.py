"""A file is written whole or not at all, whoever writes it."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import iotbaseline as ib
from iotbaseline._apps.cli import lists
from iotbaseline._apps.cli.command import write_new
from iotbaseline._display import files

FOUND = ib.coverage("ir8425", "ir8259a")
GRAPH = ib.graph("ir8259a")
WRITERS: dict[str, Callable[[Path], object]] = {
    "a.csv": FOUND.to_csv,
    "a.xlsx": FOUND.to_excel,
    "a.svg": lambda path: FOUND.plot().save(path),
    "a.graphml": lambda path: ib.export_graph(GRAPH, path),
    "a.json": lambda path: ib.export("ir8259a", "oscal-catalog", path),
}


def full_disk(*_: object, **__: object) -> Any:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_leaves_the_old_file_as_it_is(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / name
    WRITERS[name](path)
    before = path.read_bytes()
    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(OSError, match="No space left"):
        WRITERS[name](path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
@pytest.mark.parametrize("name", WRITERS)
def test_what_is_no_regular_file_is_not_replaced(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.symlink_to("/dev/full")
    with pytest.raises(Exception, match="No space left"):
        WRITERS[name](path)
    assert path.is_symlink()
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)  # noqa: PTH116
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_link_stays_a_link_and_a_file_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "old").chmod(0o640)
    (tmp_path / "link").symlink_to("old")
    files.write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "old").read_bytes() == b"new"
    assert (tmp_path / "old").stat().st_mode & 0o777 == 0o640


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        files.write(tmp_path / "taken", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_the_command_line_leaves_no_stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(Exception, match="No space left on device"):
        write_new(tmp_path / "a.toml", "x")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    write_new(tmp_path / "a.toml", "x\n")
    with pytest.raises(Exception, match="name a file that does not exist yet"):
        write_new(tmp_path / "a.toml", "y\n")
    assert (tmp_path / "a.toml").read_bytes() == b"x\n"


def test_rows_are_written_by_suffix_under_any_name(tmp_path: Path) -> None:
    for suffix in (".csv", ".xlsx"):
        with files.replacing(tmp_path / f"a{suffix}") as file:
            lists.write(file, [{"id": "=1"}])
        assert file.suffix == suffix
        assert (tmp_path / f"a{suffix}").stat().st_size > 0


def test_a_device_is_written_to_as_it_is() -> None:
    files.write("/dev/null", b"nothing")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("path", ["a\0.csv", "\ud800.csv"])
def test_what_cannot_be_a_path(path: str) -> None:
    with pytest.raises(ib.errors.QueryError, match="cannot be the path of a file; take out what is no character"):
        FOUND.to_csv(path)
    with pytest.raises(ib.errors.ArgumentTypeError, match="path is of type list; pass a path"):
        FOUND.to_csv([path])  # type: ignore[arg-type]
    with pytest.raises(ib.errors.QueryError, match="cannot be the path of a file"):
        ib.export("ir8259a", "oscal-catalog", f"{path}/a.json")


def test_a_lone_surrogate_is_in_no_file(tmp_path: Path) -> None:
    element = evolve(ib.get("ir8259a:device-identification"), title="ab\ud800c")
    bad = ib.Publication(info=evolve(ib.info("ir8259a"), key="bad"), elements=(element,), fidelity=ib.Fidelity.FULL)
    problem = r"ab\\ud800c.* has the character U\+D800, which no file can hold; take it out"
    for write in (
        lambda path: bad.to_csv(path / "a.csv"),
        lambda path: bad.to_excel(path / "a.xlsx"),
        lambda path: ib.export(bad, "cprt", path / "a.json"),
    ):
        with pytest.raises(ib.errors.QueryError, match=problem):
            write(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_query_of_a_workbook_is_a_text(tmp_path: Path) -> None:
    with pytest.raises(ib.errors.ArgumentTypeError, match="query is of type int; pass a string or None"):
        FOUND.to_excel(tmp_path / "a.xlsx", query=1)  # type: ignore[arg-type]
