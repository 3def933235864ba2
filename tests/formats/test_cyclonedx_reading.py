"""Standards of CycloneDX read as frameworks: what went out comes back, what others wrote is read as they mean it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._model.identifiers import fold_local
from iotbaseline._model.kinds import Clause, Requirement, Withdrawable
from iotbaseline.formats.user_files import user_framework

THEIRS: list[dict[str, Any]] = [
    {"bom-ref": "V1", "identifier": "V1", "title": "Architecture"},
    {"bom-ref": "r-1", "identifier": "V1.1", "text": "Verify it.", "parent": "V1", "openCre": ["CRE:1-2"]},
    {"bom-ref": "V2", "properties": [{"name": "level", "value": "1"}]},
    {"title": "V3"},
]


def write(path: Path, *requirements: dict[str, Any], standards: Any = None, **more: Any) -> Path:
    """A document with one standard, or with the standards given."""
    held = [{"bom-ref": "S", "name": "Theirs", "requirements": requirements}] if standards is None else standards
    document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "definitions": {"standards": held}, **more}
    path.write_text(json.dumps(document), "utf-8")
    return path


@pytest.mark.parametrize("key", [info.key for info in ib.publications()])
def test_every_publication_comes_back(key: str, tmp_path: Path) -> None:
    assert not ib.export(key, "cyclonedx", tmp_path / "a.json", strict=True).losses
    back = ib.read_cyclonedx(tmp_path / "a.json", key=key)
    assert back.elements == ib.load(key).elements
    assert back.title == (ib.info(key).title or key)


def test_read_by_another_key_it_refers_to_itself(tmp_path: Path) -> None:
    ib.export("sp800-53r5", "cyclonedx", tmp_path / "a.json")
    framework = ib.read_cyclonedx(tmp_path / "a.json", key="mine", title="Mine")
    assert (framework.title, framework.info.role, len(framework)) == (
        "Mine",
        "user framework",
        len(ib.load("sp800-53r5")),
    )
    assert {element.publication for element in framework} == {"mine"}
    assert all(element.parent is None or element.parent in framework for element in framework)
    moved = [each for each in framework if isinstance(each, Withdrawable) and each.moved_to]
    assert moved
    assert all(target in framework for each in moved for target in each.moved_to)


LOCALS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 .()/+_-]{0,8}", fullmatch=True).filter(
    lambda text: text == " ".join(text.split())
)
SEEN = st.characters(
    exclude_categories=["Cc", "Cs"], exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
TEXTS = st.none() | st.text(SEEN, min_size=1, max_size=20)
ROWS = st.lists(
    st.tuples(LOCALS, TEXTS, TEXTS, TEXTS, st.integers(0, 5)),
    min_size=1,
    max_size=6,
    unique_by=lambda r: fold_local(r[0]),
)


@given(ROWS)
def test_a_framework_of_ones_own_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str | None, str | None, str | None, int]]
) -> None:
    """Any labels, titles and texts, below each other or below what is not held."""
    elements = tuple(
        Clause(
            id=f"k:{local}",
            label=label,
            title=title,
            summary=summary,
            parent=None if place == number else f"k:{rows[place][0]}" if place < number else f"other:{place}",
        )
        for number, (local, label, title, summary, place) in enumerate(rows)
    )
    path = tmp_path_factory.mktemp("k") / "k.json"
    ib.export(user_framework("k", "K", lambda: elements), "cyclonedx", path, strict=True)
    assert ib.read_cyclonedx(path, key="k").elements == elements


def test_a_standard_of_others_is_read_as_they_mean_it(tmp_path: Path) -> None:
    found = ib.read_cyclonedx(write(tmp_path / "a.json", *THEIRS), key="theirs")
    assert found.title == "Theirs"
    assert found.elements == (
        Clause(id="theirs:V1", label="V1", title="Architecture"),
        Requirement(id="theirs:V1.1", label="V1.1", summary="Verify it.", parent="theirs:V1"),
        Clause(id="theirs:V2"),
        Clause(id="theirs:V3", title="V3"),
    )


def test_one_of_several_standards(tmp_path: Path) -> None:
    several = [{"bom-ref": "A", "requirements": THEIRS}, {"name": "B", "requirements": [{"identifier": "1"}]}]
    path = write(tmp_path / "a.json", standards=several)
    assert len(ib.read_cyclonedx(path, key="k", standard="A")) == len(THEIRS)
    assert ib.read_cyclonedx(path, key="k", standard="B").title == "B"
    assert ib.read_cyclonedx(path, key="k", standard="A").title == "k"
    with pytest.raises(ib.errors.DataError, match="of which 2 are meant; pass standard=, one of A, B"):
        ib.read_cyclonedx(path, key="k")
    with pytest.raises(ib.errors.DataError, match="it has 2 standards, of which 0 are meant"):
        ib.read_cyclonedx(path, key="k", standard="C")


@pytest.mark.parametrize(
    ("requirements", "says"),
    [
        ([{"bom-ref": "a"}, {"bom-ref": "a", "identifier": "b"}], "requirement 'a': its bom-ref is taken"),
        ([{"bom-ref": "a", "parent": "b"}], "requirement 'a': there is no parent 'b'"),
        ([{"bom-ref": "a", "parent": "b"}, {"bom-ref": "b", "parent": "a"}], "it has 50 parents or more"),
        ([{"identifier": "A-1"}, {"identifier": "a.1"}], "reads like that of 'A-1'"),
        ([{"text": "no name"}], "it has no identifier"),
        ([{"identifier": "..."}], "'...' cannot be an identifier"),
        ([{"identifier": "a:b"}], "'a:b' cannot be an identifier"),
        ([{"identifier": "\u0430"}], "CYRILLIC"),
        ([{"identifier": 7}], "identifier: '7' is not a text"),
        ([{"bom-ref": "b", "properties": [{"name": "iotbaseline:element", "value": "k:b"}]}], "unknown kind 'element'"),
    ],
)
def test_bad_requirements_are_refused(tmp_path: Path, requirements: list[dict[str, Any]], says: str) -> None:
    with pytest.raises(ib.errors.DataErrors, match=says):
        ib.read_cyclonedx(write(tmp_path / "a.json", *requirements), key="k")


def test_below_a_parent_that_is_not_there_only_that_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", {"bom-ref": "a", "parent": "b"}, {"bom-ref": "c", "parent": "a"})
    with pytest.raises(ib.errors.DataErrors) as caught:
        ib.read_cyclonedx(path, key="k")
    assert len(caught.value.errors) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<bom/>", "it is not JSON"),
        ("[]", "it is no document of CycloneDX"),
        ('{"bomFormat": "CycloneDX"}', "it defines no standard"),
        ('{"catalog": {}}', "it is no document of CycloneDX"),
    ],
)
def test_a_file_that_is_no_standard_is_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    with pytest.raises(ib.errors.DataError, match=says):
        ib.read_cyclonedx(tmp_path / "a.json", key="k")
