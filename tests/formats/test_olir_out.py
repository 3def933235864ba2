"""Crosswalks in the columns of OLIR: what is written is read again as the same, up to what the report counts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline.relations import Relation

PAIRS = [("sp800-213a", "sp800-53r5"), ("sp800-213a", "csf2.0"), ("cra", "ir8425"), ("csf1.1", "sp800-53r5")]


def said(crosswalk: ib.Crosswalk) -> list[tuple[object, ...]]:
    """What a crosswalk says, each once, without what the table has no column for."""
    why = {each: each.rationale if each.object else None for each in crosswalk}
    return list(
        dict.fromkeys((each.subject, each.relation, each.object, why[each], each.strength) for each in crosswalk)
    )


def back(path: Path, crosswalk: ib.Crosswalk) -> list[tuple[object, ...]]:
    ends = (crosswalk.subject.key, crosswalk.object.key)
    return [each for found in ib.read_crosswalk(path, subject=ends[0], obj=ends[1]) for each in said(found)]


@pytest.mark.parametrize("pair", PAIRS, ids="--".join)
def test_a_crosswalk_comes_back(pair: tuple[str, str], tmp_path: Path) -> None:
    crosswalk = ib.crosswalk(*pair)
    report = ib.export(crosswalk, "olir", tmp_path / "a.csv")
    concept = all(each.relation is Relation.RELATED for each in crosswalk)
    held = [
        each
        for each in crosswalk
        if (each.object or each.is_empty) and (concept or each.is_empty or each.relation is not Relation.RELATED)
    ]
    assert back(tmp_path / "a.csv", crosswalk) == said(evolve(crosswalk, mappings=tuple(held)))
    reasons = sum(each.is_empty and each.rationale is not None for each in crosswalk)
    assert report.counts() == {"weakened": len(held) + reasons, "renamed": 0, "left-out": len(crosswalk) - len(held)}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(element.id for element in ib.load("ir8425"))),
            st.sampled_from(Relation),
            st.none() | st.sampled_from(sorted(element.id for element in ib.load("csf2.0"))),
            st.none() | st.from_regex(r"[A-Za-z,;\"]{1,20}", fullmatch=True),
            st.none() | st.integers(0, 10),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_relation_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, Relation, str | None, str | None, int | None]],
) -> None:
    given_ = ib.crosswalk("sp800-213a", "csf2.0")
    one = given_.mappings[0]
    mappings = tuple(
        evolve(one, subject=subject, relation=relation, object=obj, object_label=None, rationale=why, strength=strength)
        if obj
        else evolve(
            one,
            subject=subject,
            relation=Relation.RELATED,
            object=None,
            object_label=None,
            rationale=None,
            strength=None,
        )
        for subject, relation, obj, why, strength in rows
    )
    crosswalk = evolve(given_, subject=ib.load("ir8425"), mappings=mappings)
    path = tmp_path_factory.mktemp("olir") / "a.csv"
    report = ib.export(crosswalk, "olir", path)
    if all(each.relation is Relation.RELATED for each in mappings):
        held = mappings
    else:
        held = tuple(each for each in mappings if each.is_empty or each.relation is not Relation.RELATED)
    assert back(path, crosswalk) == said(evolve(crosswalk, mappings=held))
    assert report.counts() == {"weakened": len(held), "renamed": 0, "left-out": len(mappings) - len(held)}


def test_labels_are_those_that_are_printed_and_relations_are_read_from_the_reference(tmp_path: Path) -> None:
    crosswalk = ib.crosswalk("sp800-213a", "sp800-53r5")
    one = evolve(crosswalk.mappings[0], object="sp800-53r5:ac-2.3", relation=Relation.SUBSET_OF)
    ib.export(evolve(crosswalk, mappings=(one,)), "olir", tmp_path / "a.csv")
    [row] = csv.DictReader((tmp_path / "a.csv").read_text("utf-8").splitlines())
    assert row["Reference Document Element"] == "AC-2(3)"
    assert (row["Relationship"], row["Relationship Type"]) == ("superset of", "")


def test_strict_writes_nothing_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    crosswalk = ib.crosswalk("sp800-213a", "csf2.0")
    with pytest.raises(ib.errors.LossError):
        ib.export(crosswalk, "olir", tmp_path / "a.csv", strict=True)
    assert not list(tmp_path.iterdir())
    for name in ("a.csv", "b.csv"):
        ib.export(crosswalk, "olir", tmp_path / name)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_what_a_spreadsheet_would_run_is_counted(tmp_path: Path) -> None:
    crosswalk = ib.crosswalk("sp800-213a", "csf2.0")
    one = evolve(crosswalk.mappings[0], rationale="=1+1")
    report = ib.export(evolve(crosswalk, mappings=(one,)), "olir", tmp_path / "a.csv")
    assert str(report.losses[-1]).startswith("1 weakened: reasons with an apostrophe")
    assert back(tmp_path / "a.csv", crosswalk)[0][3] == "'=1+1"
