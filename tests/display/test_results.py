"""What every result has, whatever it is of."""

from __future__ import annotations

import copy
import json
import pickle
import re
from functools import cache
from typing import Any

import pytest
from attrs import evolve

import iotbaseline as ib
from iotbaseline._display.records import Tabular
from iotbaseline._display.results import MOST_ROWS, Lookup, Result


@cache
def results() -> dict[str, Result[Any, Any]]:
    """One of each type, and one that is empty of most."""
    federal = ib.profile("federal")
    return {
        "comparison": ib.compare("consumer", "ir8259a"),
        "connection": ib.paths("ir8425:data-protection.1", "SC-28", limit=3),
        "coverage": ib.coverage("ir8425", "ir8259a"),
        "crosswalk": ib.crosswalk("ir8425", "ir8259a"),
        "diff": ib.diff("ir8259", "ir8259r1"),
        "errata": ib.errata(),
        "findings": ib.check_crosswalks(("sp800-213a", "sp800-53r5")),
        "listing": ib.load("sp800-213a").roots,
        "migrated profile": ib.migrate_profile(federal, "sp800-213a", "sp800-213a"),
        "migration": ib.migrate(["AU-8(1)", "AC-2"], "sp800-53r4", "sp800-53r5"),
        "nothing derived": ib.crosswalk("ir8425", "ir8259a").where("derived"),
        "nothing found": ib.search("update").where(lambda hit: hit.score < 0),
        "profiles": ib.profiles(),
        "publication": ib.load("ir8425"),
        "publication without elements": ib.load("csa2015"),
        "publications": ib.publications(),
        "reach": ib.reach("sp800-213a:DI.IMS.1", "sp800-53r5"),
        "resolved profile": ib.profile("industrial").resolve("high"),
        "search": ib.search("update", limit=50),
        "side by side": ib.side_by_side("consumer", "federal", base=("ir8259a",)),
    }


every_result = pytest.mark.parametrize("name", sorted(results()))


@every_result
def test_a_result_is_a_collection_of_its_rows(name: str) -> None:
    found = results()[name]
    rows = found.to_records()
    assert len(found) == len(list(found)) == len(rows)
    columns = [column.name for column in found.columns()]
    assert all(list(row) == columns for row in rows)
    assert all(type(value) in (str, int, float, bool, type(None)) for row in rows for value in row.values())
    assert list(found.to_pandas().columns) == list(found.to_polars().columns) == columns
    assert len(found.to_pandas()) == len(found.to_polars()) == len(rows)


@every_result
def test_a_result_is_a_sequence(name: str) -> None:
    found = results()[name]
    items = list(found)
    assert all(found[place] is item for place, item in enumerate(items))
    assert all(item in found for item in items[:20])
    assert object() not in found
    for part in (slice(3), slice(1, None, 2), slice(None, None, -1)):
        taken = found[part]
        assert type(taken) is type(found)
        assert sorted(map(id, taken)) == sorted(map(id, items[part]))
        assert taken.to_records() == taken.where(lambda _: True).to_records()
    assert list(reversed(found)) == items[::-1]
    with pytest.raises(IndexError):
        found[len(items)]


def test_some_results_have_names_too() -> None:
    covered, reached, whole = (results()[name] for name in ("coverage", "reach", "publication"))
    for found, name, spelled in [
        (covered, "ir8259a:data-protection.1", "Data Protection 1"),
        (reached, "sp800-53r5:ia-3", "IA-03"),
        (whole, "ir8425:data-protection.1", "Data Protection (1)"),
    ]:
        assert isinstance(found, Lookup)
        assert name in found
        assert spelled in found
        assert found[name] is found[spelled]
        assert found[name] in found
        assert "nothing-like-it" not in found
        with pytest.raises(ib.errors.UnknownIdentifierError, match="did you mean"):
            found[name[:-1] + "z"]
    assert isinstance(covered, Lookup)
    for cited in ("IR 8259A Data Protection 1", "NIST IR 8259A: Data Protection (1)"):
        assert covered[cited].element.id == "ir8259a:data-protection.1"
    assert isinstance(reached, Lookup)
    assert reached["SP 800-53 Rev. 5 IA-3"].object == "sp800-53r5:ia-3"
    for other in ("IR 8259B Data Protection 1", "ir8259b:data-protection.1"):
        assert other not in covered
    with pytest.raises(ib.errors.ArgumentTypeError, match="the key is of type str; pass a whole number, a slice or,"):
        results()["diff"]["AC-2"]  # type: ignore[call-overload]
    with pytest.raises(ib.errors.ArgumentTypeError, match="the key is of type float; pass"):
        covered[0.5]  # type: ignore[call-overload]


def test_a_part_of_a_comparison_with_itself_keeps_its_sides() -> None:
    found = ib.compare("consumer", "consumer")
    part = found[:-3]
    assert len(found.left_rows) > 3
    assert part.left_rows == found.left_rows
    assert part.right_rows == found.right_rows[:-3]


@every_result
def test_counts_count_every_item(name: str) -> None:
    found = results()[name]
    counted = sum(found.counts().values())
    assert counted >= len(found) if name == "diff" else counted == len(found)
    for group, count in found.counts().items():
        part = found.where(group)
        assert type(part) is type(found) or name == "publication"
        assert len(part) == count


@every_result
def test_json_has_the_same_items_with_lists(name: str) -> None:
    found = results()[name]
    document = json.loads(found.to_json())
    assert "counts" in document
    items = document[found.LISTED]
    assert len(items) == len(found)
    for item, row in zip(items, found.to_records(), strict=True):
        assert row.keys() <= item.keys()
        for column in found.columns():
            if isinstance(item[column.name], list) and column.in_json is None:
                assert column.separator.join(item[column.name]) == row[column.name]


@every_result
def test_reports_name_every_group_and_count_it(name: str) -> None:
    found = results()[name]
    for report, start in ((found.to_text(), ""), (found.to_markdown(), "## ")):
        report = report.partition(f"{start}to be fixed")[0]
        sizes = [int(size) for size in re.findall(rf"^{start}\S.* \((\d+)\)$", report, re.MULTILINE)]
        shown = len(found) if not isinstance(found, ib.Diff) else len(found) - found.counts()[ib.ChangeKind.UNCHANGED]
        assert sum(sizes) == shown or isinstance(found, ib.Connection)


@every_result
def test_a_notebook_shows_a_part_and_says_how_to_get_the_rest(name: str) -> None:
    found = results()[name]
    shown = found._repr_html_()
    if isinstance(found, ib.Publication):
        assert shown.count("<code>") == 1 + len(found)
    elif len(found) > MOST_ROWS:
        assert f"… and {len(found) - MOST_ROWS} more: to_pandas() or to_records()" in shown
    else:
        assert "more: to_pandas()" not in shown
    assert len(shown) < 150_000


@every_result
def test_results_travel_and_have_a_hash(name: str) -> None:
    found = results()[name]
    if name != "migrated profile":
        for other in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):  # noqa: S301
            assert type(other) is type(found)
            assert other == found
    if name == "migrated profile":
        with pytest.raises(TypeError, match="unhashable"):
            hash(found)
    else:
        assert hash(found) == hash(copy.copy(found))


def test_what_holds_dictionaries_has_no_hash() -> None:
    found = ib.migrate([{"id": "AC-2"}], "sp800-53r4", "sp800-53r5")
    for thing in (found, found.entries[0]):
        with pytest.raises(TypeError, match="unhashable"):
            hash(thing)


def test_groups_of_a_coverage_have_a_hash_and_follow_its_items() -> None:
    found = ib.coverage("ir8425", "ir8259a")
    assert len({*found.groups}) == len(found.groups)
    gaps = found.where("gap")
    assert {item.level for item in gaps} == {ib.CoverageLevel.GAP}
    assert all(group.counts()[ib.CoverageLevel.GAP] == group.total > 0 for group in gaps.groups)
    assert len(gaps.groups) <= len(found.groups)


@every_result
def test_an_unknown_group_is_refused_with_those_there_are(name: str) -> None:
    found = results()[name]
    if not found.counts():
        assert len(found.where("gapp")) == 0
        return
    with pytest.raises(ib.errors.UnknownIdentifierError, match="unknown group 'gapp'") as caught:
        found.where("gapp")
    assert [*caught.value.suggestions] == [str(group) for group in found.counts()]


def test_a_condition_keeps_the_side_of_a_comparison() -> None:
    found = ib.compare("consumer", "industrial")
    related = found.where(lambda row: row.kind is ib.ComparisonKind.RELATED)
    assert related == found.where("related")
    assert related.left_rows == tuple(row for row in found.left_rows if row.kind == "related")
    assert related.right_rows == tuple(row for row in found.right_rows if row.kind == "related")
    assert {row.side for row in related.left_rows} == {found.left}


def test_a_part_of_a_publication_knows_that_it_is_none() -> None:
    whole = ib.load("sp800-53r5")
    low = whole.where(lambda element: "LOW" in getattr(element, "baselines", ()))
    assert 0 < len(low) < len(whole)
    assert [depth for depth, _ in low.walk()].count(0) == len(low.roots) > 0
    assert len([*low.walk()]) == len(low)
    assert low.parent("AC-2") is None
    assert low.missing == f"{len(whole) - len(low)} elements left out on request"
    assert not any(low.holds_all(kind) for kind in low.counts())
    assert ib.diff(whole, low).removed == ()


# Lists


def test_a_listing_is_a_tuple_that_shows_itself() -> None:
    found = ib.load("ir8425").capabilities
    assert isinstance(found, tuple)
    assert found == tuple(found)
    assert type(found[:3]) is ib.Listing
    assert found[:3].to_records() == found.to_records()[:3]
    assert found[-1] is tuple(found)[-1]
    assert f"<code>{found[0].id}</code> {found[0].title}" in found._repr_html_()
    assert found.to_text().startswith("10 capability\n\nitems (10)\n")
    assert ib.Listing[ib.Element]().to_markdown() == "# items\n\nno items\n"
    assert ib.Listing[ib.Element]().counts() == {}
    assert str(found).splitlines() == [str(element) for element in found]
    assert str(ib.Listing[ib.Element]()) == "no items"
    assert repr(found) == repr(tuple(found))


def test_a_listing_of_several_kinds_has_the_columns_of_all() -> None:
    found = ib.Listing([ib.get("AC-2"), ib.get("ir8425:documentation.1.f")])
    [control, criterion] = found.to_records()
    assert (control["baselines"], control["normativity"]) == ("LOW, MODERATE, HIGH", None)
    assert (criterion["baselines"], criterion["normativity"]) == (None, ib.get("ir8425:documentation.1.f").normativity)  # type: ignore[attr-defined]


def test_search_finds_hits_that_show_themselves() -> None:
    found = ib.search("update")
    assert isinstance(found, ib.SearchResult)
    assert type(found[:2]) is ib.SearchResult
    assert found[0] in found
    assert str(found).splitlines()[0] == "ir8259a:software-update Software Update"
    assert str(found[:0]) == "no hits"
    assert str(found[0]) == str(found[0].element)
    assert found.where("capability").counts() == {"capability": found.counts()["capability"]}
    assert re.search(r'text-align:right">\d+\.\d+<', found._repr_html_())


# Rows of one thing


def test_a_row_has_the_fields_of_its_kind() -> None:
    [row] = ib.get("sp800-53r5:ac-13").to_records()
    assert row["withdrawn"] is True
    assert row["incorporated_into"] == "sp800-53r5:ac-2, sp800-53r5:au-6"
    assert json.loads(ib.get("sp800-53r5:ac-13").to_json())["incorporated_into"] == [
        "sp800-53r5:ac-2",
        "sp800-53r5:au-6",
    ]
    for name in ("provider", "supports"):
        assert name in ib.load("ir8259a").to_records()[0]
    assert ib.load("en303645v3.1.3").to_pandas()["status"].dropna().isin(["M", "R"]).all()


def test_what_gives_no_columns_is_no_table() -> None:
    named = Lookup[Any, Any]()
    for ask in (
        Tabular().columns,
        Result[Any, Any]().columns,
        lambda: Result[Any, Any]()._name,
        lambda: named["AC-2"],
    ):
        with pytest.raises(NotImplementedError):
            ask()


# Order


@pytest.mark.parametrize(
    "levels",
    [ib.CoverageLevel, ib.ComparisonKind, ib.Outcome, ib.ChangeKind, ib.FindingKind],
    ids=lambda cls: cls.__name__,
)
def test_levels_sort_by_rank(levels: Any) -> None:
    shuffled = sorted(levels, key=str)
    assert shuffled != list(levels)
    assert sorted(shuffled) == list(levels)
    first, *_, last = levels
    assert first < last
    assert first <= first
    assert last > first
    assert last >= str(last)
    assert first < str(last)
    assert first.rank == 0
    with pytest.raises(ValueError, match="nothing"):
        _ = first < "nothing"


def test_elements_sort_by_identifier_with_numbers_as_numbers() -> None:
    controls = ib.load("sp800-53r5").elements
    shuffled = sorted(controls, key=lambda control: control.title or "")
    assert sorted(shuffled) == list(controls) != shuffled
    names = [f"x:{name}" for name in ("1", "1.a", "2", "10", "a", "a.2", "a.10", "b")]
    elements = [ib.kinds.Criterion(id=name) for name in names]
    assert [element.id for element in sorted({*elements})] == names
    assert min(evolve(elements[0], id="y:1"), elements[-1]).id == "x:b"


def test_what_is_one_thing_shows_itself() -> None:
    info = ib.info("ir8425")._repr_html_()
    assert "2022-09" in info
    assert str(info).count("<tr") >= 5


def test_an_explanation_keeps_its_lines() -> None:
    explanation: Any = ib.explain("ir8425:data-protection.1", "SC-28", limit=1)
    shown = explanation._repr_html_()
    assert shown.startswith("<pre")
    assert "\n  path 1: " in shown


def test_a_source_text_names_itself() -> None:
    source = ib.sources()[0]
    assert str(source) == f"{source.name}: {source.address} ({source.fidelity})"


def test_a_condition_is_a_function_or_a_name() -> None:
    wrong: Any = ["gap"]
    with pytest.raises(ib.errors.ArgumentTypeError, match="condition is of type list; pass a function or the name"):
        ib.coverage("ir8425", "ir8259a").where(wrong)
