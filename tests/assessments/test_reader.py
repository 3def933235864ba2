"""Assessments in TOML and JSON: what is read, and every problem with its line and a fix."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import iotbaseline as ib
from iotbaseline.assessments import Assessment, FindingStatus, check_assessment, read_assessment, start, to_toml

Write = Callable[..., Path]


def problems(path: Path) -> list[str]:
    """The problems of a file, of which it must have some."""
    errors = check_assessment(path)
    with pytest.raises(ib.errors.DataErrors) as caught:
        read_assessment(path)
    assert [*map(str, caught.value.errors)] == [*map(str, errors)]
    assert all(error.fix for error in errors)
    return [f"{error.place}: {error.problem}; {error.fix}" for error in errors]


def test_what_the_file_leaves_out_is_not_assessed(written: Write) -> None:
    path = written('[[findings]]\nelement = "IR 8425:data-protection.1"\nstatus = "met"\n')
    made = read_assessment(path)
    assert check_assessment(path) == ()
    assert made.counts()[FindingStatus.MET] == 1
    assert made.status["ir8425:data-protection.1"] is FindingStatus.MET
    assert len(made) == len(start("consumer", "T"))


def test_what_a_finding_may_say(written: Write) -> None:
    [made] = read_assessment(
        written(
            '[[findings]]\nelement = "ir8425:data-protection.1"\nstatus = "met"\ndate = "2026-11-03"\n'
            f'[[findings.evidence]]\nreference = "R"\nkind = "test"\nsha256 = "{"0a" * 32}"\ndate = "2026-11-02"\n'
        )
    ).where("met")
    assert (made.date, made.expires) == ("2026-11-03", None)
    assert [(each.reference, each.sha256, each.date) for each in made.evidence] == [("R", "0a" * 32, "2026-11-02")]


def test_a_finding_may_be_about_a_component(written: Write) -> None:
    one = '[[findings]]\nelement = "ir8425:data-protection.1"\nstatus = "met"\n'
    made = read_assessment(written(f'{one}component = "wall"\n{one}'))
    keys = [finding.component_key for finding in made if finding.id == "ir8425:data-protection.1"]
    assert keys == ["wall", None]


def test_json(tmp_path: Path, blank: Assessment) -> None:
    path = tmp_path / "t.JSON"
    document = {"against": "consumer", "data_version": blank.data_version, "product": {"key": "t2", "name": "T2"}}
    path.write_text(json.dumps(document), "utf-8")
    assert read_assessment(path).findings == blank.findings


FINDING = '[[findings]]\nelement = "ir8425:data-protection.1"\n'


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        (
            '[[findings]]\nelement = "ir8425:data-protecton.1"\nstatus = "met"\n',
            ["line 10, findings[0].element: unknown element 'ir8425:data-protecton.1'; did you mean ir8425:data-prot"],
        ),
        (
            '[[findings]]\nelement = "zzz"\nstatus = "met"\n',
            ["line 10, findings[0].element: unknown element 'zzz'; name one that is asked for"],
        ),
        (
            '[[findings]]\nelement = "AC-2"\nstatus = "met"\n',
            ["line 10, findings[0].element: sp800-53r5:ac-2 is not asked for here; take the finding out"],
        ),
        (
            '[[findings]]\nelement = "a:b:c\\u0007"\nstatus = "met"\n',
            ["line 10, findings[0].element: it has the character U+0007; take the character out"],
        ),
        (
            f'[[findings]]\nelement = "{"x" * 3000}"\nstatus = "met"\n',
            ["line 10, findings[0].element: "],
        ),
        (FINDING + 'status = "fine"\n', ["line 11, findings[0].status: 'fine' is not known here; use not met, partly"]),
        (
            FINDING + 'status = "not met"\n',
            ["line 9, findings[0].rationale: it is not met without a reason; write a rationale"],
        ),
        (
            FINDING + 'status = "met"\ncomponent = "wal"\n',
            ["line 12, findings[0].component: there is no component 'wal'; write wall"],
        ),
        (
            FINDING + 'status = "met"\ndate = "3.11.2026"\nexpires = "2026-13-01"\n',
            [
                "line 12, findings[0].date: '3.11.2026' is no date; write it as YYYY-MM-DD",
                "line 13, findings[0].expires: '2026-13-01' is no date; write it as YYYY-MM-DD",
            ],
        ),
        (
            FINDING + 'status = "met"\ndate = "2026-11-03"\nexpires = "2026-11-02"\n',
            ["line 13, findings[0].expires: it expires before its date; correct one of them"],
        ),
        (
            FINDING + 'status = "met"\n' + FINDING + 'status = "not met"\nrationale = "no"\n',
            ["line 12, findings[1]: ir8425:data-protection.1 has another finding already; join the two, or name comp"],
        ),
        (
            FINDING + 'status = "met"\n[[findings.evidence]]\nreference = "R"\nkind = "rumour"\nsha256 = "ab"\n',
            [
                "line 14, findings[0].evidence[0].kind: 'rumour' is not known here; use test, document",
                "line 15, findings[0].evidence[0].sha256: it is no SHA-256; write 64 digits",
            ],
        ),
        (
            FINDING + 'status = "met"\n[[findings.evidence]]\nkind = "test"\ndate = "now"\n',
            [
                "line 12, findings[0].evidence[0].reference: it is missing; write the reference",
                "line 14, findings[0].evidence[0].date: 'now' is no date",
            ],
        ),
        (
            FINDING + 'status = "met"\ndate = "2026-11-03"\nexpires = "2026-11-02"\n'
            '[[findings.evidence]]\nreference = "R"\nkind = "test"\ndate = "now"\n',
            [
                "line 17, findings[0].evidence[0].date: 'now' is no date",
                "line 13, findings[0].expires: it expires before its date",
            ],
        ),
        (
            '[[product.components]]\nkey = "wall"\nrole = "app"\nname = "A"\n',
            ["line 10, product.components[1].key: two components have the key wall; give each its own"],
        ),
        (
            '[[findings]]\nelement = "ir8425:interface-access-control.1"\nstatus = "met"\n'
            '[[findings]]\nelement = "ir8425:interface-access-control.1.a"\nstatus = "not met"\nrationale = "no"\n',
            [
                "line 14, findings[1].status: ir8425:interface-access-control.1.a is not met, but ir8425:interface-acc"
                "ess-control.1, of which it is a part, is met; write partly met for ir8425:interface-access-control.1"
            ],
        ),
    ],
)
def test_every_problem_has_its_line_and_a_fix(written: Write, findings: str, expected: list[str]) -> None:
    found = problems(written(findings))
    assert len(found) == len(expected), found
    assert all(message.startswith(start_) for message, start_ in zip(found, expected, strict=True)), found


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('against = "consumr"', "line 1, against: unknown publication or profile 'consumr'; write consumer"),
        ('against = "industrial"\nlevel = "hihg"', "line 2, level: unknown level of industrial 'hihg'; write "),
        ('against = "ir8425"\nlevel = "high"', "line 1, against: ir8425 is no profile"),
        ('against = "../consumer.toml"', "line 1, against: ../consumer.toml lies outside the folder"),
        ('against = "broken.toml"', "line 1, against: the profile has 1 problem; run: iotbaseline check broken.toml"),
        ('against = ""', "line 1, against: it is empty"),
        ('against = "consumer"\nlevel = 3', "line 2, level: '3' is not a text"),
    ],
)
def test_what_it_is_held_against_may_be_wrong(written: Write, head: str, expected: str) -> None:
    path = written("", head)
    (path.parent / "broken.toml").write_text("profile = 3\n[", "utf-8")
    [found] = problems(path)
    assert found.startswith(expected)


def test_every_repetition_is_told(written: Write) -> None:
    found = problems(written(f'{FINDING}status = "met"\n' * 4))
    assert [each.partition(":")[0] for each in found] == [
        f"line {line}, findings[{n}]" for n, line in enumerate((12, 15, 18), 1)
    ]


def test_a_component_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "t.toml"
    path.write_text(
        'against = "consumer"\ndata_version = "1"\nproduct = { key = "t", name = "T" }\n'
        f'{FINDING}component = "x"\nstatus = "met"\n'
    )
    [found] = problems(path)
    assert found.endswith("there is no component 'x'; write none: list it")


def test_all_problems_are_told_at_once_up_to_a_bound(written: Write) -> None:
    path = written('[[findings]]\nelement = "zzz"\nstatus = "fine"\n' * 1000)
    found = problems(path)
    assert len(found) == 501
    assert found[-1].startswith("whole file: it has more than 500 problems")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("t.txt", "", "whole file: its name is not that of an assessment; let it end in .toml or .json or .xlsx"),
        ("t.toml", "a = ", "line 1: it is not TOML"),
        ("t.toml", "product = 3", "line 1, product: '3' is not a table; write a table with key, name"),
        ("missing.toml", None, "whole file: it cannot be read"),
    ],
)
def test_what_is_no_assessment(tmp_path: Path, name: str, content: str | None, expected: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, "utf-8")
    assert problems(tmp_path / name)[0].startswith(expected)


@pytest.mark.parametrize("function", [read_assessment, check_assessment])
def test_a_path_is_a_text_or_a_path(function: Callable[[object], object]) -> None:
    with pytest.raises(ib.errors.ArgumentTypeError, match=r"^path is of type int"):
        function(3)


def test_a_profile_of_your_own_is_found_from_the_folder_of_the_assessment(tmp_path: Path, written: Write) -> None:
    (tmp_path / "own.toml").write_text(
        'profile = "own"\ntitle = "T"\nversion = "1"\nsummary = "S"\n[[imports]]\nfrom = "ir8425"\n'
        'include = [{ within = ["data-protection"] }]\nrationale = "R"\n',
        "utf-8",
    )
    made = read_assessment(written("", 'against = "own.toml"'))
    assert [finding.element.local for finding in made] == [f"data-protection.{n}" for n in (1, 2, 3)]
    (tmp_path / "again.toml").write_text(to_toml(made), "utf-8")
    assert read_assessment(tmp_path / "again.toml") == made
