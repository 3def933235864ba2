"""The suggestions of evidence: enough of them, short, each under the element that it is about."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import iotbaseline as ib
from authoring.evidence import build
from authoring.shared import content
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline.assessments import evidence_for

if TYPE_CHECKING:
    from tests.conftest import DataFolder

DATA = Path(__file__).parents[2] / "data"
HELD = DEFAULT._store.suggestions
SUGGESTED = sorted({suggestion.element for suggestion in HELD})
CATALOG = ib.load("sp800-213a")
TECHNICAL = tuple(
    f"{capability.id}." for capability in CATALOG.capabilities if capability.provider is ib.kinds.Provider.DEVICE
)


def kinds(identifier: str) -> set[str]:
    return {suggestion.kind.value for suggestion in evidence_for(identifier)}


def asked(key: str) -> list[str]:
    wanted = ("capability", "sub-capability", "requirement", "criterion")
    return [element.id for element in ib.load(key) if element.kind in wanted]


def test_there_are_seven_technical_capabilities() -> None:
    assert [each.removeprefix("sp800-213a:") for each in TECHNICAL] == ["DI.", "DC.", "DP.", "LA.", "SU.", "CS.", "DS."]


@pytest.mark.parametrize("identifier", asked("ir8425"))
def test_each_outcome_and_criterion_of_ir8425_has_two_kinds(identifier: str) -> None:
    assert len(kinds(identifier)) >= 2


def test_each_technical_item_of_sp800_213a_has_two_kinds() -> None:
    technical = [each for each in asked("sp800-213a") if f"{each}.".startswith(TECHNICAL)]
    assert len(technical) > 300
    assert not [each for each in technical if len(kinds(each)) < 2]


def test_each_technical_sub_capability_has_suggestions_of_its_own() -> None:
    subs = [each.id for each in CATALOG if each.kind == "sub-capability" and each.id.startswith(TECHNICAL)]
    assert not {*subs} - {*SUGGESTED}


@pytest.mark.parametrize("identifier", SUGGESTED)
def test_what_has_suggestions_of_its_own_has_two_kinds(identifier: str) -> None:
    assert {suggestion.element for suggestion in evidence_for(identifier)} == {identifier}
    assert len(kinds(identifier)) >= 2


def test_suggestions_are_short_sentences_of_this_project() -> None:
    for suggestion in HELD:
        assert 5 <= len(suggestion.look_for.split()) <= 30, suggestion
        assert suggestion.look_for[0].isupper() or suggestion.look_for.startswith("security.txt"), suggestion
        assert suggestion.look_for.endswith("."), suggestion
        assert suggestion.basis is ib.Basis.CURATED


def test_they_stand_in_the_order_of_the_elements() -> None:
    places = [element.id for key in ("ir8425", "sp800-213a") for element in ib.load(key)]
    order = list(dict.fromkeys(suggestion.element for suggestion in HELD))
    assert order == [each for each in places if each in {*order}]


@pytest.mark.parametrize(
    ("identifier", "holder"),
    [
        ("ir8425:documentation.1.d.ii", "ir8425:documentation.1.d"),
        ("IR 8425: data-protection.1", "ir8425:data-protection.1"),
        ("sp800-213a:DP.KEY.1.c", "sp800-213a:DP.KEY.1.c"),
        ("sp800-213a:DP.KEY.1.b", "sp800-213a:DP.KEY"),
    ],
)
def test_a_part_has_those_of_what_it_is_part_of(identifier: str, holder: str) -> None:
    found = evidence_for(identifier)
    assert {suggestion.element for suggestion in found} == {holder}
    assert found == evidence_for(ib.get(holder)) == DEFAULT.evidence_for(identifier)


@pytest.mark.parametrize("identifier", ["ir8425:data-protection.utility", "ir8425:fn.12", "sp800-213a:DO.SMP", "ac-2"])
def test_what_asks_for_nothing_or_is_not_covered_has_none(identifier: str) -> None:
    assert evidence_for(identifier if ":" in identifier else f"sp800-53r5:{identifier}") == ()


def test_the_file_is_what_the_tables_make() -> None:
    held = json.loads((DATA / "evidence.json").read_text("utf-8"))["evidence"]
    assert held == [*build.suggestions("ir8425"), *build.suggestions("sp800-213a")]


def test_an_unknown_element_is_an_error() -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError):
        evidence_for("ir8425:data-protektion")
    with pytest.raises(ib.errors.ArgumentTypeError):
        evidence_for(1)  # type: ignore[arg-type]


def test_a_suggestion_shows_what_to_look_for() -> None:
    first = evidence_for("ir8425:asset-identification.1")[0]
    assert str(first).startswith("test: Read the identifier of two units")
    assert first.to_records()[0]["look_for"] == first.look_for
    assert "Read the identifier" in evidence_for("ir8425:asset-identification.1")._repr_html_()


def test_a_folder_is_checked_and_may_have_none(folder: DataFolder) -> None:
    folder.edit("evidence.json", lambda document: document["evidence"][1].update(kind="hearsay"))
    with pytest.raises(ib.errors.DataError, match=r"evidence\.json: evidence\[1\]: 'hearsay' is not a valid"):
        Library(folder.path).evidence_for("ir8425:data-protection")
    folder.edit("manifest.json", lambda document: document.pop("evidence"))
    assert Library(folder.path).evidence_for("ir8425:data-protection") == ()
    folder.edit("manifest.json", lambda document: document.pop("profiles"))
    assert Library(folder.path).profile_keys == ()


def test_an_extended_library_has_them_too(mapped: Callable[..., ib.Mapping]) -> None:
    crosswalk = ib.Crosswalk(
        subject=ib.load("ir8425"),
        object=ib.load("ir8259a"),
        mappings=(mapped("ir8425:data-protection", ib.Relation.RELATED, "ir8259a:data-protection"),),
    )
    library = ib.extended(crosswalk)
    assert evidence_for("ir8425:data-protection", library=library) == evidence_for("ir8425:data-protection")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("data-protektion\ttest\tLook.", r"line 2: there is no element ir8425:data-protektion; write ir8425:data-prot"),
        ("data-protection\thearsay\tLook.", r"line 2: kind is 'hearsay'; write test or document"),
        (f"data-protection\ttest\t{'word ' * 31}", r"line 2: look_for has more than 30 words; say it shorter"),
    ],
)
def test_the_builder_names_the_row_that_is_wrong(
    row: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "ir8425.tsv").write_text(f"element\tkind\tlook_for\n{row}\n", "utf-8")
    monkeypatch.setattr(content, "CONTENT", tmp_path)
    with pytest.raises(ib.errors.DataErrors, match=problem):
        build.suggestions("ir8425")
