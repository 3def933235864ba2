"""Profile files: a file with ten mistakes, files that import files, and files that are none."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

import iotbaseline as ib
from iotbaseline._files.problems import MOST
from iotbaseline._profiles.starter import starter
from iotbaseline.errors import printable

HEAD = 'profile = "mine"\ntitle = "Mine"\nversion = "1"\nsummary = "What we ask for."\n'
CORE = '[[imports]]\nfrom = "ir8259a"\nrationale = "we sell sensors"\n'


def importing(source: str) -> str:
    return f'[[imports]]\nfrom = "{source}"\nrationale = "r"\n'


def told(path: Path, content: str | bytes) -> list[str]:
    """The problems of a file, without the name of the file."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    errors = ib.check_profile(path)
    assert all(len(str(error)) < 700 + len(str(path)) for error in errors)
    return [str(error).removeprefix(f"{path}: ") for error in errors]


MISTAKES = """# Ten mistakes.
profile = "My Sensor"
title = "Sensor"
version = 1
summary = "A sensor."
base = ["ir8259a", "ir8259x"]
levels = ["low", "high"]

[[imports]]
from = "ir8259a"
rationale = "The baseline."
include = [
  { kinds = ["capability"] },
  { ids = [
    "software-update.1",
    "software-updat.2",
  ] },
]

[[imports]]
from = "ir8259a"
include = [{ ids = ["software-update.1"] }]
rationale = "Twice."

[[imports]]
from = "sp800-53r5"
include = [{ baseline = "lw" }]
levels = ["hihg"]

[[modify]]
element = "ir8259a:data-protection"
change = "narow"
text = "Only AES."
rationale = "Policy."

[[add]]
id = "seal"
title = "Seal"
summary = "A seal."
parent = "ir8425:data-protection"
rationale = "Thieves."
"""


def test_ten_mistakes_are_told_in_one_run(tmp_path: Path) -> None:
    assert told(tmp_path / "mine.toml", MISTAKES) == [
        "line 2, profile: 'My Sensor' is not a valid key;"
        " use lower-case letters, digits, and single dots or hyphens between them, as in 'my-profile'",
        "line 4, version: '1' is not a text; write a text in quotes",
        "line 6, base[1]: unknown publication 'ir8259x'; write ir8259 or ir8259b or ir8259a",
        "line 16, imports[0].include[1].ids[1]: unknown element of ir8259a 'software-updat.2';"
        " write ir8259a:software-update.2 or ir8259a:software-update.6 or ir8259a:software-update.5",
        "line 20, imports[1]: double selection: imports[0] selects ir8259a:software-update.1 as well;"
        " exclude from one of the two, or give them different levels",
        "line 25, imports[2].rationale: it is missing; write the rationale",
        "line 27, imports[2].include[0].baseline: sp800-53r5 has no control of a baseline 'lw';"
        " use HIGH, LOW, MODERATE, PRIVACY",
        "line 28, imports[2].levels[0]: there is no level 'hihg'; use low, high",
        "line 32, modify[0].change: 'narow' is not known here; use narrow, widen, parameter, guidance",
        "line 40, add[0].parent: ir8425:data-protection is not selected; select it by an import, or take this out",
    ]
    with pytest.raises(ib.errors.DataErrors) as caught:
        ib.read_profile(tmp_path / "mine.toml")
    lines = str(caught.value).split("\n")
    assert lines[0] == "10 problems:"
    assert lines[1:] == [str(error) for error in ib.check_profile(str(tmp_path / "mine.toml"))]
    assert len(caught.value.errors) == 10


def test_one_problem() -> None:
    assert (
        str(ib.errors.DataErrors([ib.errors.DataError("f", "line 1", "p", "fix")])) == "1 problem:\nf: line 1: p; fix"
    )


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("mine.toml", "mine"),
        ("My Sensor.toml", "my-sensor"),
        ("my-profile-2.toml", "my-profile-2"),
        ("IR 8425.toml", "ir-8425-profile"),
        ("federal.toml", "federal-profile"),
        ("ä.toml", "profile"),
        (f"{'x' * 100}-y.toml", "x" * 60),
        ("a\nb\x1b.toml", "a-b"),
    ],
)
def test_the_starter_resolves_explains_itself_and_is_about_its_file(file: str, key: str, tmp_path: Path) -> None:
    text = starter(file)
    assert told(tmp_path / "starter.toml", text) == []
    profile = ib.read_profile(tmp_path / "starter.toml")
    assert profile.key == key
    assert profile.resolve().modified
    assert [each.id for each in profile.resolve().added] == [f"{key}:tamper-notice"]
    assert f"iotbaseline check {printable(file)}\n" in text
    assert f"becomes {key}:tamper-notice" in text
    assert set(tomllib.loads(text)) >= {"profile", "imports", "modify", "add", "open", "levels"}
    assert all(name in text for name in ("ids", "kinds", "within", "words", "baseline", "mapped_to", "exclude"))


def test_toml_and_json_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(HEAD + CORE)
    (tmp_path / "a.JSON").write_text(
        '{"profile": "mine", "title": "Mine", "version": "1", "summary": "What we ask for.", "missing": null,'
        ' "imports": [{"from": "ir8259a", "rationale": "we sell sensors"}]}'
    )
    assert ib.read_profile(tmp_path / "a.toml") == ib.read_profile(str(tmp_path / "a.JSON"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_files_of_other_editors(encoding: str, end: str, tmp_path: Path) -> None:
    text = (HEAD + "missing = 'Größe'\n" + CORE).replace("\n", end)
    assert told(tmp_path / "a.toml", text.encode(encoding)) == []
    assert told(tmp_path / "a.toml", (text + "x = 1").encode(encoding)) == [
        "line 9, imports[0].x: unknown field 'x'; use from or include or exclude or levels or same_levels or rationale"
    ]


def test_files_that_import_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(HEAD + importing("sub/b.toml"))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.toml").write_text(HEAD.replace("mine", "b") + importing("../c.toml"))
    (tmp_path / "c.toml").write_text(HEAD.replace("mine", "c") + CORE)
    found = ib.read_profile(tmp_path / "a.toml").resolve()
    assert {each.origin for each in found} == {("mine", "b", "c", "ir8259a")}
    assert found.elements == ib.load("ir8259a").elements


def test_a_circle_of_files(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text(HEAD + importing("./sub/../a.toml"))
    (tmp_path / "sub").mkdir()
    [problem] = told(tmp_path / "a.toml", HEAD + importing("b.toml"))
    assert problem == (
        f"{tmp_path / 'b.toml'}: line 6, imports[0].from: it imports itself: a.toml > b.toml > a.toml;"
        " take one of these imports out"
    )
    [problem] = told(tmp_path / "c.toml", HEAD + importing("c.toml"))
    assert problem.startswith("line 6, imports[0].from: it imports itself: c.toml > c.toml; ")


def test_the_problems_of_imported_files_are_told_once(tmp_path: Path) -> None:
    (tmp_path / "d.toml").write_text(HEAD + "nothing = 1\n" + CORE)
    for name in "bc":
        (tmp_path / f"{name}.toml").write_text(HEAD + importing("d.toml") + "y = 1\n")
    problems = told(tmp_path / "a.toml", HEAD + importing("b.toml") + importing("c.toml"))
    places = [problem.replace(f"{tmp_path}/", "").partition(": unknown")[0] for problem in problems]
    assert places == ["d.toml: line 5, nothing", "b.toml: line 8, imports[0].y", "c.toml: line 8, imports[0].y"]


ADDED = '[[add]]\nid = "seal"\ntitle = "{}"\nsummary = "s"\nrationale = "r"\n'


def test_two_files_of_one_key_do_not_both_add_elements(tmp_path: Path) -> None:
    for name in "bc":
        (tmp_path / f"{name}.toml").write_text(HEAD + ADDED.format(f"Of {name}"))
    own = HEAD.replace('"mine"', '"other"') + importing("b.toml") + importing("c.toml")
    [problem] = told(tmp_path / "a.toml", own)
    assert problem == (
        f"{tmp_path / 'c.toml'}: line 1, profile: mine is the key of {tmp_path / 'b.toml'} too, and both add elements;"
        " give each a key of its own"
    )
    [problem] = told(tmp_path / "a.toml", HEAD + importing("b.toml") + ADDED.format("Of a"))
    assert "b.toml: line 1, profile: mine is the key of" in problem
    (tmp_path / "c.toml").write_text(HEAD + importing("b.toml"))
    assert told(tmp_path / "a.toml", HEAD + importing("c.toml")) == []


def test_a_long_row_of_imports(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.toml").write_text(HEAD + importing(f"{number + 1}.toml"))
    [problem] = told(tmp_path / "a.toml", HEAD + importing("0.toml"))
    assert "it is import number 20 in a row; let at most 20 follow each other" in problem


def test_what_is_wrong_with_a_broken_import_says_nothing_of_the_importer(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text("x = 1 = 2")
    modify = '[[modify]]\nelement = "AC-2"\nchange = "guidance"\ntext = "t"\nrationale = "r"\n'
    [problem] = told(tmp_path / "a.toml", HEAD + importing("b.toml") + modify)
    assert problem.startswith(f"{tmp_path / 'b.toml'}: line 1, column 7: it is not TOML (")


NO_PROFILES: dict[str, tuple[str, bytes, str]] = {
    "empty TOML": ("a.toml", b"", "line 1: it is empty; give profile, title, version, basis"),
    "empty JSON": ("a.json", b"", "line 1, column 1: it is not JSON (Expecting value); correct it there"),
    "list": ("a.json", b"[]", "line 1: '[]' is not a table; write a table with profile, title"),
    "null": ("a.json", b"null", "line 1: 'None' is not a table"),
    "number": ("a.json", b"NaN", "line 1: 'nan' is not a table"),
    "no TOML": ("a.toml", b"a = 1\nb = = 2\n", "line 2, column 5: it is not TOML (Invalid value); correct it there"),
    "open string": ("a.toml", b'a = """x\n\n', "line 3: it is not TOML ("),
    "key twice in TOML": ("a.toml", b"a = 1\na = 1\n", "line 2, column 6: it is not TOML (Cannot overwrite a value)"),
    "no JSON": ("a.json", b'{\n "a": ,}', "line 2, column 7: it is not JSON (Expecting value)"),
    "Latin-1": ("a.toml", b"title = '\xe9'", "byte 9: it is not UTF-8; save it as UTF-8"),
    "UTF-16": ("a.json", "{}".encode("utf-16"), "byte 0: it is not UTF-8"),
    "null bytes": ("a.toml", b"\0" * 10, "line 1, column 1: it is not TOML ("),
    "too large": ("a.toml", b"#" * 1_000_001, "whole file: it is larger than 1000000 bytes; split it"),
    "deep JSON": ("a.json", b"[" * 500_000, "whole file: it is nested too deeply; see the format of profiles"),
    "deep TOML": ("a.toml", b"a = " + b"[" * 500_000, "whole file: it is nested too deeply"),
    "deep tables": ("a.toml", b"[" + b"a." * 300_000 + b"a]", "whole file: it is nested too deeply"),
    "deep keys": ("a.toml", b"'a' .\t" * 100_000 + b"a = 1", "whole file: it is nested too deeply"),
    "endless number": ("a.json", b'{"a":' + b"1" * 5000 + b"}", "whole file: it holds a value out of bounds ("),
    "endless number in TOML": ("a.toml", b"a = " + b"1" * 5000, "whole file: it holds a value out of bounds ("),
    "another suffix": ("a.yaml", b"", "whole file: its name is not that of a profile; let it end in .toml or .json"),
}


@pytest.mark.parametrize(("name", "content", "expected"), NO_PROFILES.values(), ids=NO_PROFILES.keys())
def test_what_is_no_profile(name: str, content: bytes, expected: str, tmp_path: Path) -> None:
    start = time.perf_counter()
    [problem] = told(tmp_path / name, content)
    assert problem.startswith(expected)
    assert time.perf_counter() - start < 10


def test_name_twice_in_json(tmp_path: Path) -> None:
    problems = told(
        tmp_path / "a.json", '{"profile": "a",\n "profile": "b", "title": "t", "version": "1", "summary": "s"}'
    )
    assert problems == ["line 2, profile: 'profile' occurs twice; take one of them out"]


@pytest.mark.parametrize("name", ["none.toml", "folder.toml", "a\0b.toml", "x" * 300 + ".toml", "loop.toml"])
def test_what_cannot_be_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "loop.toml").symlink_to(tmp_path / "loop.toml")
    [error] = ib.check_profile(f"{tmp_path}/{name}")
    assert error.place == "whole file"
    assert error.problem.startswith("it cannot be read (")
    with pytest.raises(ib.errors.DataErrors):
        ib.read_profile(tmp_path / name)


def test_checking_stops_after_so_many_problems(tmp_path: Path) -> None:
    problems = told(tmp_path / "a.toml", HEAD + "".join(f"a{number} = 1\n" for number in range(2 * MOST)))
    assert len(problems) == MOST + 1
    assert problems[0].startswith("line 5, a0: unknown field 'a0'; ")
    assert problems[-1] == f"whole file: it has more than {MOST} problems; correct the others first"
