"""Profile files that are too large, too deep, too many or no files at all: an error within seconds, never a hang."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import iotbaseline as ib
from iotbaseline._profiles import reader

Json = dict[str, Any]
HEAD: Json = {"profile": "mine", "title": "Mine", "version": "1", "summary": "What we ask for."}
GUIDANCE: Json = {"element": "ir8259a:data-protection", "change": "guidance", "text": "t", "rationale": "r"}


def importing(source: str, **fields: Any) -> Json:
    return {"from": source, "rationale": "r", **fields}


def written(path: Path, **fields: Any) -> Path:
    path.write_text(json.dumps({**HEAD, **fields}), "utf-8")
    return path


@contextmanager
def seconds(most: float) -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < most


def last_problem(path: Path, **options: Any) -> str:
    return str(ib.check_profile(path, **options)[-1]).removeprefix(f"{path}: ")


# Too much


def test_files_that_import_the_next_twice_at_two_levels(tmp_path: Path) -> None:
    for number in range(14):
        levels = [f"a{number}", f"b{number}"]
        twice = [importing(f"{number + 1}.json", levels=[level]) for level in levels]
        written(tmp_path / f"{number}.json", levels=levels, imports=twice)
    written(tmp_path / "14.json", levels=["c"], imports=[importing("sp800-53r5")])
    with seconds(10):
        problem = last_problem(tmp_path / "0.json")
    assert problem == (
        "whole file: with all that it imports it has more than 50000 selections; import less, or at fewer levels"
    )


def test_guidance_that_doubles_with_each_import(tmp_path: Path) -> None:
    for number in range(14):
        levels = [f"a{number}", f"b{number}"]
        twice = [importing(f"{number + 1}.json", levels=[level]) for level in levels]
        written(tmp_path / f"{number}.json", levels=levels, imports=twice)
    some = importing("ir8259a", include=[{"ids": ["data-protection"]}])
    written(tmp_path / "14.json", levels=["c"], imports=[some], modify=[GUIDANCE] * 100)
    with seconds(10):
        problem = last_problem(tmp_path / "0.json")
    assert problem == "whole file: with all that it imports it has more than 20000 changes; import less, or change less"


def test_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def text_of(path: str, *_: object) -> str:
        asked.append(Path(path).name)
        return Path(path).read_text("utf-8")

    monkeypatch.setattr(reader, "text_of", text_of)
    written(tmp_path / "d.json", profile="d", imports=[importing("ir8259a")])
    for name in "bc":
        within = [{"within": ["data-protection" if name == "b" else "software-update"]}]
        written(tmp_path / f"{name}.json", profile=name, imports=[importing("./d.json", include=within)])
    profile = ib.read_profile(written(tmp_path / "a.json", imports=[importing("b.json"), importing("c.json")]))
    assert {each.origin for each in profile.resolve()} == {("mine", "b", "d", "ir8259a"), ("mine", "c", "d", "ir8259a")}
    assert asked == ["a.json", "b.json", "d.json", "c.json"]


def test_too_many_files(tmp_path: Path) -> None:
    some = [each.id for each in ib.load("csf2.0")][:201]
    for number, identifier in enumerate(some):
        imports = [importing("csf2.0", include=[{"ids": [identifier]}])]
        written(tmp_path / f"{number}.json", profile=f"p{number}", imports=imports)
    path = written(tmp_path / "a.json", imports=[importing(f"{number}.json") for number in range(201)])
    with seconds(10):
        assert "it has more than 200 files; import fewer profiles" in last_problem(path)


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({"imports": [importing("ir8259a", include=[{"kinds": ["capability"]}] * 5_001)]}, "more than 5000 selectors"),
        ({"imports": [importing("ir8259a", include=[{"ids": ["x"]}])] * 1_001}, "more than 500 problems"),
        ({"levels": [f"l{n}" for n in range(101)]}, "line 1, levels: it has 101 levels; use at most 100"),
        ({"levels": [f"l{n}" for n in range(20_000)]}, "line 1, levels: it has 20000 levels; use at most 100"),
        (
            {"levels": [f"l{n}" for n in range(100)],
             "imports": [importing("sp800-53r5", levels=[f"l{n}"]) for n in range(100)]},
            "more than 50000 selections",
        ),
        ({"imports": [importing("sp800-53r5", include=[{"within": ["x"]}])] * 600}, "more than 500 problems"),
    ],
)  # fmt: skip
def test_too_much(document: Json, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGEST", 20_000_000)
    path = written(tmp_path / "a.json", **document)
    with seconds(15):
        assert problem in last_problem(path)


def test_too_many_imports(tmp_path: Path) -> None:
    imports = [importing("sp800-53r5", include=[{"ids": [each.id]}]) for each in ib.load("sp800-53r5")]
    assert "more than 1000 imports; import each source once" in last_problem(
        written(tmp_path / "a.json", imports=imports)
    )


# Much, but not too much


LARGE: dict[str, Json] = {
    "parameters of one element": {
        "imports": [importing("ir8259a")],
        "modify": [{**GUIDANCE, "change": "parameter", "text": None, "parameter": f"p{n}", "value": "1"}
                   for n in range(4_000)],
    },
    "additions below each other": {
        "add": [{"id": f"a{n}", "title": "t", "summary": "s", "rationale": "r", **({"parent": f"a{n + 1}"}
                 if n < 3_999 else {})} for n in range(4_000)],
    },
    "kinds": {"imports": [importing("sp800-53r5", include=[{"kinds": ["control"] * 40_000}])]},
    "names": {"imports": [importing("sp800-53r5", include=[{"within": ["ac-2", "AC-3"] * 20_000}])]},
    "selectors": {"imports": [importing("sp800-53r5", include=[{"within": ["ac-2"]}] * 2_500)] },
    "mapped": {"imports": [importing("sp800-53r5", include=[{"mapped_to": {"publication": "csf1.1"}}] * 5_000)]},
    "baselines": {"imports": [importing("sp800-53r5", include=[{"baseline": "low"}] * 5_000)]},
    "words": {"imports": [importing("sp800-53r5", include=[{"words": "account"}] * 5_000)]},
    "levels": {
        "levels": [f"l{n}" for n in range(40)],
        "imports": [importing("sp800-53r5", levels=[f"l{n}"]) for n in range(40)],
    },
}  # fmt: skip


@pytest.mark.parametrize("document", LARGE.values(), ids=LARGE.keys())
def test_large_profiles_are_read_in_seconds(document: Json, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGEST", 20_000_000)
    path = written(tmp_path / "a.json", **document)
    with seconds(15):
        assert ib.check_profile(path) == ()


def test_a_circle_of_very_many_additions(tmp_path: Path) -> None:
    add = [
        {"id": f"a{n}", "title": "t", "summary": "s", "rationale": "r", "parent": f"a{(n + 1) % 2_000}"}
        for n in range(2_000)
    ]
    [error] = ib.check_profile(written(tmp_path / "a.json", add=add))
    assert error.problem.startswith("it is below itself: mine:a0 > mine:a1 > ")
    assert len(error.problem) < 1_100


# Where an import leads


def test_an_import_stays_in_the_folder_of_its_file_unless_another_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    outside = written(tmp_path / "b.json", profile="b", imports=[importing("ir8259a")])
    for name in ("../b.json", str(outside)):
        path = written(tmp_path / "in" / "a.json", imports=[importing(name)])
        [error] = ib.check_profile(path)
        assert error.problem.endswith("b.json lies outside the folder of the profile")
        assert error.fix == f"move it into {path.parent.resolve()}, or allow its folder with folder="
        assert ib.check_profile(path, folder=tmp_path) == ()
        assert len(ib.read_profile(path, folder=str(tmp_path)).resolve()) == len(ib.load("ir8259a"))
    (tmp_path / "in" / "link.json").symlink_to(outside)
    [error] = ib.check_profile(written(tmp_path / "in" / "a.json", imports=[importing("link.json")]))
    assert "lies outside" in error.problem
    [error] = ib.check_profile(written(tmp_path / "in" / "a.json", imports=[importing("/dev/zero.json")]))
    assert "lies outside" in error.problem


def test_a_file_of_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "b.json", profile="b", imports=[importing("ir8259a")])
    written(tmp_path / "a.json", imports=[importing("b.json")])
    assert ib.check_profile("a.json") == ()


def test_a_profile_is_carried_over_with_its_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    inner = {"profile": "b", "imports": [importing("sp800-53r4", include=[{"ids": ["ac-2", "ac-3"]}])]}
    written(tmp_path / "b.json", **inner)
    path = written(tmp_path / "in" / "a.json", imports=[importing("../b.json", include=[{"ids": ["ac-2"]}])])
    found = ib.migrate_profile(ib.read_profile(path, folder=tmp_path), "sp800-53r4", "sp800-53r5")
    assert all("outside" not in error.problem for error in found.problems)
    assert [entry.before and entry.before.id for entry in found.report] == ["sp800-53r4:ac-2"]


# What is no file


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_only_regular_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "zero.json").symlink_to("/dev/zero")
    with seconds(5):
        for name in ("pipe.json", "zero.json"):
            [error] = ib.check_profile(tmp_path / name)
            assert error.problem == "it cannot be read (it is not a regular file)"
        [error] = ib.check_profile(written(tmp_path / "a.json", imports=[importing("pipe.json")]))
        assert error.problem == f"there is no file {tmp_path / 'pipe.json'}"


# What is in a file


@pytest.mark.parametrize(
    ("name", "content", "place", "problem"),
    [
        ("a.toml", b"version = 0x" + b"F" * 900_000, "line 1, version", "a value of type int, too large to print is n"),
        ("a.json", b'{"version": ' + b"[" * 1_500 + b"]" * 1_500 + b"}", "whole file", "it is nested too deeply"),
        ("a.json", b'{"version": ' + b"[" * 25 + b"]" * 25 + b"}", "whole file", "it is nested too deeply"),
        ("a.json", b"[" * 300 + b"1," * 300_000 + b"1" + b"]" * 300, "whole file", "it is nested too deeply"),
        ("a.toml", b"version = " + b"[" * 1_500 + b"]" * 1_500, "whole file", "it is nested too deeply"),
        ("a.toml", b"\"a b\" . 'c d' . " * 60_000 + b"a = 1", "whole file", "it is nested too deeply"),
        ("a.toml", b"[" + b"a." * 30 + b"a]", "whole file", "it is nested too deeply"),
        (
            "a.json",
            b'{"\\u001b]0;x\\u0007\\u202e\\ud800\\r": 1}',
            r"line 1, \x1b]0;x\x07\u202e\ud800\r",
            "unknown field",
        ),
        ("a.json", b'{"' + b"x" * 900_000 + b'": 1}', f"line 1, {'x' * 80}…", "unknown field 'xxx"),
        ("a.json", b'{"title": "a\\rb"}', "line 1, title", "it has the character U+000D"),
        ("a.json", b'{"title": "a\\u202eb"}', "line 1, title", "it has the character U+202E"),
        ("a.json", b'{"title": "a\\ud800b"}', "line 1, title", "it has the character U+D800"),
    ],
)
def test_hostile_values(name: str, content: bytes, place: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with seconds(10):
        errors = ib.check_profile(tmp_path / name)
    assert any(error.place == place and error.problem.startswith(problem) for error in errors)
    assert all(str(error).isprintable() and len(str(error)) < 4_000 for error in errors)


def test_lines_may_end_as_on_any_system(tmp_path: Path) -> None:
    written(tmp_path / "a.json", title="a\r\nb\tc\nd")
    assert ib.check_profile(tmp_path / "a.json") == ()


def test_a_name_that_no_file_can_have() -> None:
    for name in ("a\ud800.json", "a\0.json"):
        [error] = ib.check_profile(name)
        assert error.problem.startswith("it cannot be read (")
        assert str(error).isprintable()
