"""The tables of a fleet, what is read and refused, and the report."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow
import pytest
from attrs import evolve
from pyarrow import parquet

import iotbaseline as ib
from iotbaseline import fleet
from iotbaseline._assessments.assessment import Assessment, start
from iotbaseline._assessments.document import Component, ComponentRole, FindingEvidence, FindingStatus
from iotbaseline._assessments.writing import to_toml
from iotbaseline._fleet import duck
from iotbaseline._fleet.report import WRITTEN
from iotbaseline._fleet.tables import arrow
from iotbaseline._model.suggestions import EvidenceKind
from iotbaseline.errors import ArgumentTypeError, DataError, DataErrors, MissingExtraError, QueryError, UnknownNameError

DAY, LATER = date(2026, 3, 1), date(2026, 9, 1)
MET, NOT_MET, NOT_ASSESSED = FindingStatus.MET, FindingStatus.NOT_MET, FindingStatus.NOT_ASSESSED
FIRST, SECOND = "ir8425:asset-identification.1", "ir8425:asset-identification.2"
EVIDENCE = FindingEvidence(reference="report 7", kind=EvidenceKind.TEST)


def row(
    product: str,
    element: str,
    status: str = "met",
    *,
    component: str | None = None,
    made: date | None = None,
    expires: date | None = None,
    replaced: date | None = None,
) -> tuple[object, ...]:
    return product, component, element, status, made, expires, replaced, None


def findings(*rows: tuple[object, ...]) -> pyarrow.Table:
    return arrow("findings", rows)


def assessed(product: str, made: str, **status: FindingStatus) -> Assessment:
    """An assessment against IR 8425 in which these outcomes have a status, and no other is assessed."""
    blank = start("ir8425", product)
    return evolve(
        blank,
        findings=tuple(
            evolve(each, status=status[each.element.local[-1]], date=made, rationale="seen", evidence=(EVIDENCE,))
            if each.id in (FIRST, SECOND)
            else each
            for each in blank
        ),
    )


ONE = {"1": MET, "2": NOT_MET}


# Tables


def test_each_table_is_as_its_schema_says() -> None:
    made = fleet.tables("ir8425", "cra")
    assert {*made} | {"findings", "days"} == {*fleet.TABLES}
    for name, table in made.items():
        assert [(field.name, field.nullable) for field in table.schema] == [
            (column.name, column.may_be_null) for column in fleet.TABLES[name]
        ]
        assert all(table[column.name].null_count == 0 for column in fleet.TABLES[name] if not column.may_be_null)
    closure = made["closure"]
    about, of_source = closure.schema.metadata or {}, closure.schema.field("source").metadata or {}
    assert about[b"data_version"].decode() == ib.data_version == made.data_version
    assert of_source[b"description"] == b"an element that may be selected"
    assert (made.target, len(made)) == ("cra", len({*made}))
    assert repr(made).startswith(f"<Tables for cra: {made['elements'].num_rows} elements, ")


def test_the_page_on_fleets_has_every_column() -> None:
    page = (Path(__file__).parents[2] / "docs" / "fleet.md").read_text("utf-8")
    for name, columns in fleet.TABLES.items():
        for column in columns:
            null = " or null" if column.may_be_null else ""
            assert f"| `{name}` | `{column.name}` | {column.type.lower()}{null} | {column.says} |\n" in page


def test_what_the_tables_say() -> None:
    made = fleet.tables("sp800-213a", "sp800-53r5", baseline="moderate")
    rows = {(each["source"], each["element"]): each for each in made["closure"].to_pylist()}
    assert rows["sp800-213a:DI.IMS", "sp800-53r5:ia-4"] == {
        "source": "sp800-213a:DI.IMS",
        "element": "sp800-53r5:ia-4",
        "level": "supported",
        "rank": 2,
        "follows": "supports",
        "path": "sp800-213a:DI.IMS supports sp800-53r5:ia-4",
        "judgements": 0,
        "curated": False,
        "strength": None,
        "blocker": None,
        "overrides": False,
    }
    assert made["items"].to_pylist()[0] == {
        "element": "sp800-53r5:ac-1",
        "number": 0,
        "name": "Policy and Procedures",
        "family": "sp800-53r5:ac",
        "family_name": "Access Control",
    }
    elements = {each["element"]: each for each in made["elements"].to_pylist()}
    assert [elements[each]["selectable"] for each in ("sp800-213a:DI", "sp800-53r5:ac-1")] == [True, False]
    assert elements["sp800-213a:DI.IMS"]["family"] == "sp800-213a:DI"
    mappings = made["mappings"].to_pylist()
    between = ib.crosswalk("sp800-213a", "sp800-53r5")
    assert {each["source"] for each in mappings} == {each.source for each in between}
    members = {(each["profile"], each["level"]) for each in made["members"].to_pylist()}
    assert {("consumer", None), ("industrial", "high")} <= members
    assert {each["profile"] for each in made["members"].to_pylist()} == {each.key for each in ib.profiles()}


def test_a_publication_from_which_nothing_leads_is_not_mapped() -> None:
    made = fleet.tables(["ir8425", "sp800-213a"], "sp800-53r5", baseline="low")
    blanks = {(each["publication"], each["rank"]) for each in made["blanks"].to_pylist()}
    assert {rank for key, rank in blanks if key == "ir8425"} == {ib.CoverageLevel.NOT_MAPPED.rank}
    assert {rank for key, rank in blanks if key == "sp800-213a"} == {
        ib.CoverageLevel.GAP.rank,
        ib.CoverageLevel.NOT_MAPPED.rank,
    }


def test_the_items_are_of_the_kinds_asked_for() -> None:
    made = fleet.tables("ir8425", "sp800-213a", kinds="capability")
    expected = [each.id for each in ib.load("sp800-213a").of_kind(ib.kinds.Capability)]
    assert made["items"]["element"].to_pylist() == expected


def test_the_publications_stand_in_the_same_order_each_time() -> None:
    """That of their keys, not that of a set, which is another in each process."""
    keys = ["sp800-213a", "ir8425", "ir8259b", "csf2.0", "csf1.1"]
    made = fleet.tables(keys, "sp800-53r5", baseline="low")
    for name, column in (("elements", "publication"), ("blanks", "publication"), ("wholes", "whole")):
        found = [str(each).partition(":")[0] for each in made[name][column].to_pylist()]
        assert found == sorted(found), name
        assert len({*found}) > 3, name


def test_what_stands_above_may_not_be_held(small_library: Callable[..., ib.Library]) -> None:
    elements = [ib.kinds.Criterion(id="a:1.1", parent="a:1"), ib.kinds.Criterion(id="a:1.1.1", parent="a:1.1")]
    made = fleet.tables("a", "a", library=small_library(elements))
    assert [(each["element"], each["family"]) for each in made["elements"].to_pylist()] == [
        ("a:1.1", "a:1.1"),
        ("a:1.1.1", "a:1.1"),
    ]


@pytest.mark.parametrize(
    ("selection", "target", "problem"),
    [
        ([], "ir8259a", "nothing is selected"),
        ("ir8425", [], "nothing is left of the target"),
        ("ir8425", "sp800-53r5", 'pass through="sp800-213a"'),
    ],
)
def test_what_coverage_refuses(selection: str | list[str], target: str | list[str], problem: str) -> None:
    with pytest.raises(QueryError, match=problem):
        fleet.tables(selection, target)


def test_an_argument_of_another_type_is_named() -> None:
    wrong: Any = 3
    with pytest.raises(ArgumentTypeError, match="through is of type int"):
        fleet.tables("ir8425", "ir8259a", through=wrong)


def test_parquet_files_are_read_back(tmp_path: Path) -> None:
    made = fleet.tables("ir8425", "cra")
    files = made.write(tmp_path / "tables")
    assert [file.name for file in files] == [f"{name}.parquet" for name in made]
    for file in files:
        read = parquet.read_table(file)
        assert read.equals(made[file.stem])
        assert read.schema.metadata[b"target"] == b"cra"


# Findings


def test_findings_of_assessments() -> None:
    one = assessed("Thermostat", "2026-01-05", **ONE)
    app = Component(key="app", role=ComponentRole.APP, name="App")
    by_part = evolve(
        one, findings=tuple(evolve(each, component=app, expires="2027-01-01") for each in one if each.id == FIRST)
    )
    rows = fleet.findings([one, by_part]).to_pylist()
    of_first = [each for each in rows if each["element"] == FIRST]
    assert of_first == [
        {
            "product": "thermostat",
            "component": component,
            "element": FIRST,
            "status": "met",
            "date": date(2026, 1, 5),
            "expires": expires,
            "replaced": None,
            "evidence": "test: report 7",
        }
        for component, expires in ((None, None), ("app", date(2027, 1, 1)))
    ]
    assert {each["status"] for each in rows if each["element"] not in (FIRST, SECOND)} == {"not assessed"}


@pytest.mark.parametrize("order", [1, -1])
def test_a_later_finding_replaces_an_earlier_one(order: int) -> None:
    history = [assessed("Lamp", "2026-01-05", **ONE), assessed("Lamp", "2026-06-01", **{"1": NOT_MET, "2": MET})]
    rows = [each for each in fleet.findings(history[::order]).to_pylist() if each["element"] == FIRST]
    assert [(each["status"], each["date"], each["replaced"]) for each in rows] == [
        ("met", date(2026, 1, 5), date(2026, 6, 1)),
        ("not met", date(2026, 6, 1), None),
    ]
    unseen = [each for each in fleet.findings(history).to_pylist() if each["element"] not in (FIRST, SECOND)]
    assert len(unseen) == len({each["element"] for each in unseen})


@pytest.mark.parametrize(
    ("made", "problem"),
    [("2026-01-05", f"{FIRST} of lamp has two findings on 2026-01-05"), (None, "two findings without a date")],
)
def test_two_findings_of_one_day_are_refused(made: str, problem: str) -> None:
    with pytest.raises(QueryError, match=problem):
        fleet.findings([assessed("Lamp", made, **ONE), assessed("Lamp", made, **ONE)])


def test_what_nobody_looked_into_gives_way_to_what_somebody_did() -> None:
    blank = start("ir8425", "Lamp")
    seen = evolve(blank, findings=tuple(evolve(each, status=MET) for each in blank))
    for order in ([blank, seen], [seen, blank]):
        assert {each["status"] for each in fleet.findings(order).to_pylist()} == {"met"}


def test_what_is_met_as_a_profile_widens_it_is_partly_met() -> None:
    one = evolve(assessed("Lamp", "2026-01-05", **{"1": MET, "2": MET}), widened=frozenset({SECOND}))
    found = {each["element"]: each["status"] for each in fleet.findings([one]).to_pylist()}
    assert (found[FIRST], found[SECOND]) == ("met", "partly met")


# Views


def answers(*rows: tuple[object, ...], on: date | Iterable[date] = DAY, view: str) -> list[tuple[object, ...]]:
    made = fleet.tables([FIRST, SECOND], "ir8259a")
    return fleet.connect(made, findings(*rows), on=on).execute(f"SELECT * FROM {view} ORDER BY ALL").fetchall()  # noqa: S608


def test_the_worst_component_counts() -> None:
    rows = [
        row("a", FIRST, component="app"),
        row("a", FIRST, "not met", component="hub"),
        row("b", FIRST, component="app"),
        row("b", FIRST, "not applicable", component="hub"),
        row("c", FIRST, component="app"),
        row("c", FIRST, component="hub", expires=date(2026, 2, 28)),
    ]
    assert answers(*rows, view="selected") == [(DAY, "b", FIRST)]


def test_a_whole_is_met_if_all_its_parts_are() -> None:
    whole, *parts = (f"ir8425:interface-access-control.2{part}" for part in ("", ".a", ".b", ".c"))
    made = fleet.tables([whole, *parts], "ir8259a")
    assert [(each["whole"], each["part"], each["parts"]) for each in made["wholes"].to_pylist()] == [
        (whole, part, 3) for part in parts
    ]
    rows = [
        *(row("all", part) for part in parts),
        *(row("some", part) for part in parts[1:]),
        *(row("told", part) for part in (*parts,)),
        row("told", whole, "not met"),
    ]
    connection = fleet.connect(made, findings(*rows), on=DAY)
    met = connection.execute("SELECT product FROM selected WHERE element = ?", [whole]).fetchall()
    assert met == [("all",)]


@pytest.mark.parametrize(
    ("limits", "holds"),
    [
        ({}, True),
        ({"made": DAY}, True),
        ({"made": LATER}, False),
        ({"expires": DAY}, True),
        ({"expires": date(2026, 2, 28)}, False),
        ({"replaced": DAY}, False),
        ({"replaced": LATER}, True),
    ],
)
def test_when_a_finding_holds(limits: dict[str, Any], holds: bool) -> None:
    assert (answers(row("a", FIRST, **limits), view="selected") == [(DAY, "a", FIRST)]) is holds


def test_drift_is_between_the_first_and_the_last_day() -> None:
    rows = [row("a", FIRST, replaced=LATER), row("a", FIRST, "not met", made=LATER), row("b", FIRST)]
    drift = answers(*rows, on=[LATER, DAY], view="drift")
    assert {(product, change) for product, *_, change in drift} == {("a", "worse")}
    assert ("a", "ir8259a:device-identification.1", "partly covered", "gap", "worse") in drift
    assert answers(*rows, view="drift") == []


def test_what_expires_soon() -> None:
    rows = [
        row("a", FIRST, expires=date(2026, 5, 29)),
        row("b", FIRST, expires=date(2026, 5, 30)),
        row("c", FIRST, expires=date(2026, 2, 28)),
        row("d", FIRST),
    ]
    assert answers(*rows, view="expiring") == [(DAY, "a", None, FIRST, "met", date(2026, 5, 29), None)]


def test_why_a_product_covers_an_item() -> None:
    made = fleet.tables(["ir8425"], "ir8259a")
    connection = fleet.connect(made, findings(row("a", FIRST)), on=DAY)
    paths = connection.execute("SELECT path FROM evidence WHERE element = 'ir8259a:device-identification.1'").fetchall()
    item = ib.coverage([FIRST], "ir8259a")["ir8259a:device-identification.1"]
    assert paths == [(str(item.by[0].paths[0]),)]


def test_outcomes_count_products() -> None:
    rows = [
        row("a", FIRST),
        row("b", FIRST, "not met"),
        row("c", FIRST, "not applicable"),
        row("a", SECOND, "not assessed"),
    ]
    found = answers(*rows, view="outcomes")
    assert [(element, *counts) for _, element, _, *counts in found] == [
        (FIRST, 1, 0, 1, 0, 1, 0.5),
        (SECOND, 0, 0, 0, 1, 0, None),
    ]


def test_without_a_day_it_is_today() -> None:
    connection = fleet.connect(fleet.tables("ir8425", "cra"), findings(row("a", FIRST)))
    assert connection.execute("SELECT day FROM days").fetchall() == [(datetime.now(UTC).date(),)]


def test_many_findings_are_worked_on_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(f"p{number}", FIRST if number % 3 else SECOND) for number in range(50)]
    views = [name for name in fleet.views() if name not in ("evidence", "reached")]
    at_once = {view: answers(*rows, view=view) for view in views}
    monkeypatch.setattr(duck, "_AT_ONCE", 10)
    assert {view: answers(*rows, view=view) for view in views} == at_once


def test_findings_may_lack_what_may_be_null() -> None:
    given = pyarrow.table({"product": ["a"], "status": ["met"], "element": [FIRST]})
    connection = fleet.connect(fleet.tables(FIRST, "ir8259a"), given)
    assert connection.execute("SELECT COUNT(*) FROM selected").fetchall() == [(1,)]


def test_what_is_wrong_with_findings() -> None:
    made = fleet.tables(FIRST, "ir8259a")
    with pytest.raises(QueryError, match="no column element, status"):
        fleet.connect(made, pyarrow.table({"product": ["a"]}))
    undated = pyarrow.table({"product": ["a"], "element": [FIRST], "status": ["met"], "date": ["tomorrow"]})
    with pytest.raises(QueryError, match="tomorrow"):
        fleet.connect(made, undated)
    with pytest.raises(UnknownNameError, match="status of a finding"):
        fleet.connect(made, findings(row("a", FIRST, "fine")))
    with pytest.raises(QueryError, match=f"findings about {SECOND}"):
        fleet.connect(made, findings(row("a", SECOND)))
    with pytest.raises(QueryError, match="no day is given"):
        fleet.connect(made, findings(row("a", FIRST)), on=[])


@pytest.mark.parametrize("library", ["pyarrow", "duckdb"])
def test_without_the_extra(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = None if library == "pyarrow" else fleet.tables(FIRST, "ir8259a")
    monkeypatch.setitem(sys.modules, library, None)
    call: Callable[[], object] = (
        (lambda: fleet.tables(FIRST, "ir8259a")) if made is None else (lambda: fleet.connect(made, "findings.parquet"))
    )
    with pytest.raises(MissingExtraError, match=r"iotbaseline\[(arrow|fleet)\]"):
        call()


def test_a_report_without_extras_asks_for_the_one_that_has_all_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hub.toml").write_text(to_toml(start("ir8425", "Hub")), "utf-8")
    for library in ("duckdb", "pyarrow"):
        monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=r"iotbaseline\[fleet\]"):
        fleet.report(tmp_path, "ir8259a")


# The report


def folder_of(path: Path, *assessments: Assessment) -> Path:
    for number, each in enumerate(assessments):
        (path / f"{number}.toml").write_text(to_toml(each), "utf-8")
    (path / "notes.txt").write_text("not an assessment", "utf-8")
    return path


def test_a_report_of_a_folder(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        assessed("Lamp", "2026-01-05", **ONE),
        assessed("Lamp", "2026-06-01", **{"1": NOT_MET, "2": NOT_MET}),
        assessed("Hub", "2026-01-05", **ONE),
    )
    found = fleet.report(folder, "ir8259a", on=[DAY, LATER])
    assert (found.products, found.target, found.expiring, found.data_version) == (2, "ir8259a", 0, ib.data_version)
    assert {row.day for row in found} == {DAY, LATER}
    for day, met in ((DAY, [[FIRST], [FIRST]]), (LATER, [[], [FIRST]])):
        rows = [row for row in found if row.day == day]
        expected = ib.coverage([FIRST], "ir8259a").counts()
        covered = sum(bool(each) for each in met) * expected[ib.CoverageLevel.PARTLY_COVERED]
        assert sum(row.levels[ib.CoverageLevel.PARTLY_COVERED] for row in rows) == covered > 0
        assert sum(row.total for row in rows) == 2 * len(ib.coverage([FIRST], "ir8259a"))
    assert sum(found.levels.values()) == 2 * len(ib.coverage([FIRST], "ir8259a"))
    assert found.drift == {"worse": len([row for row in ib.coverage([FIRST], "ir8259a") if row.by])}
    assert str(found.weakest[0]).startswith(f"{SECOND}: ")
    assert (found.weakest[0].share, found.weakest[1].share) == (0, 0.5)
    assert str(found.weakest[-1]).endswith(": nobody looked")
    assert f"worse than before: {found.drift['worse']} item" in (found.notice or "")
    assert "this project's judgement" in (found.notice or "")


def test_a_report_in_every_form() -> None:
    given = findings(row("a", FIRST, expires=date(2026, 3, 2)), row("b", SECOND))
    found = fleet.report(given, "ir8259a", on=DAY)
    counts = ", ".join(f"{count / 48:.1%} {level}" for level, count in found.levels.items() if count)
    assert str(found) == f"2 products against ir8259a: {counts}"
    assert repr(found) == f"<FleetReport {found}>"
    assert repr(found.families[0]) == f"<FamilyCoverage {found.families[0]}>"
    assert repr(found.weakest[0]).startswith("<Outcome ir8425:")
    assert "2026-03-01 (6)" in found.to_text()
    assert "| family | items | covered |" in found.to_markdown()
    document = json.loads(found.to_json())
    assert (document["products"], document["expiring"], document["families"][0]["items"]) == (2, 1, 4)
    assert document["weakest"][0]["share"] == 1
    assert "expiring soon: 1 finding" in document["notice"]
    assert "partly covered" in found._repr_html_()
    assert found.plot().alt.count("Device Identification") == 1
    records = found.to_records()
    assert found.families[0].to_records() == records[:1]
    assert [record["items"] for record in records] == [row.total for row in found]
    assert found.weakest.to_records()[0]["met"] == 1
    calm = fleet.report(findings(row("a", FIRST)), "ir8259a", on=DAY)
    assert evolve(calm, caution=None).notice is None


def test_answers_are_written_in_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = findings(*(row(f"p{number}", FIRST if number % 2 else SECOND) for number in range(20)))
    monkeypatch.setattr(duck, "_AT_ONCE", 8)
    found = fleet.report(given, "ir8259a", on=DAY)
    files = found.write(tmp_path / "out")
    assert [file.stem for file in files] == [*WRITTEN]
    for file in files:
        answered = found.connection.sql(f"SELECT * FROM {file.stem} ORDER BY ALL").to_arrow_table()  # noqa: S608
        assert (
            parquet.read_table(file)
            .sort_by([(name, "ascending") for name in answered.column_names])
            .equals(answered.sort_by([(name, "ascending") for name in answered.column_names]))
        )
    assert parquet.read_table(files[0]).num_rows == 20 * 24


def test_a_report_of_parquet_files(tmp_path: Path) -> None:
    parquet.write_table(findings(row("a", FIRST)), tmp_path / "one.parquet")
    parquet.write_table(findings(row("b", FIRST)), tmp_path / "two.parquet")
    connection = duckdb.connect(config={"threads": 1})
    assert fleet.report(tmp_path, "ir8259a", on=DAY, connection=connection).products == 2
    assert fleet.report(tmp_path / "one.parquet", "ir8259a", on=DAY).products == 1


def test_what_a_report_refuses(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="has no findings"):
        fleet.report(tmp_path, "ir8259a")
    with pytest.raises(QueryError, match="there are no findings"):
        fleet.report(findings(), "ir8259a")
    for name in ("one.toml", "two.toml"):
        (tmp_path / name).write_text("against = 1", "utf-8")
    with pytest.raises(DataErrors) as caught:
        fleet.report(tmp_path, "ir8259a")
    assert {Path(error.file).name for error in caught.value.errors} == {"one.toml", "two.toml"}


def test_arguments_of_other_types() -> None:
    made, given = fleet.tables("ir8425", "ir8259a"), findings()
    wrong: Any
    for wrong in (3, "consumer", start("ir8425", "T")):
        with pytest.raises(ArgumentTypeError, match=r"assessments is of type .*; pass several of Assessment"):
            fleet.findings(wrong)
    with pytest.raises(ArgumentTypeError, match="made is of type dict"):
        fleet.connect({}, given)  # type: ignore[arg-type]
    for wrong in ("x", object()):
        with pytest.raises(ArgumentTypeError, match=r"connection is of type .*; pass a connection of DuckDB"):
            fleet.connect(made, given, connection=wrong)
    with pytest.raises(ArgumentTypeError, match="findings is of type float; pass an Arrow table, or Parquet files"):
        fleet.connect(made, 0.5)  # type: ignore[arg-type]
    with pytest.raises(ArgumentTypeError, match="on is of type"):
        fleet.connect(made, given, on=[None])  # type: ignore[list-item]


def test_days_are_dates_within_bounds() -> None:
    made = fleet.tables("ir8425", "ir8259a")
    found = fleet.connect(made, findings(), on=[datetime(2026, 1, 1, 12, tzinfo=UTC), date(2026, 1, 1)])
    assert found.execute("SELECT day FROM days").fetchall() == [(date(2026, 1, 1),)]
    for on, soon in ((date.max, 1), (date(2026, 1, 1), 10**9), (date(2026, 1, 1), 10**30)):
        with pytest.raises(QueryError, match=r"days after .* there is no date; pass fewer days with soon="):
            fleet.connect(made, findings(), on=on, soon=soon)


def test_a_file_of_findings_that_cannot_be_read() -> None:
    made = fleet.tables("ir8425", "ir8259a")
    for path in ("a\0.parquet", "\ud800.parquet", "missing.parquet", ""):
        with pytest.raises(DataError, match="name Parquet files with findings"):
            fleet.connect(made, path)
