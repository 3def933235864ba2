"""Make every file that the gates check: ``python tests/gates/make_files.py FOLDER``.

``expected.json`` says which controls each profile of OSCAL has to resolve to.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import date
from itertools import cycle
from pathlib import Path

from attrs import evolve

import iotbaseline as ib
from iotbaseline import fleet
from iotbaseline._assessments.scope import wholes
from iotbaseline._fleet.report import WRITTEN
from iotbaseline._fleet.tables import arrow
from iotbaseline._library import sssom
from iotbaseline.assessments import (
    Assessment,
    Component,
    ComponentRole,
    EvidenceKind,
    FindingEvidence,
    FindingStatus,
    Product,
    start,
)
from iotbaseline.formats.oscal import control_id

CROSSWALKS = (
    ("sp800-213a", "sp800-53r5"),
    ("sp800-213a", "csf2.0"),
    ("ir8425", "sp800-213a"),
    ("cra", "iec62443-4-2"),
    ("csf1.1", "sp800-53r5"),
    ("jc-star-1", "ir8425"),
    ("sp800-53r5", "sp800-213a"),
)

REQUIREMENTS = ("ir8259a", "ir8259b", "ir8425", "cra", "en303645v3.1.3", "sp800-213a")
SIDES = ("subject_id", "object_id")
PRODUCTS = 40
SHEETS = ("ir8259a", "ir8425", "cra")


def assessed() -> Assessment:
    """An assessment with findings of every status, some about a component, and with evidence."""
    app = Component(key="app", role=ComponentRole.APP, name="App", version="7")
    made = start("consumer", Product(key="t2", name="T2", version="1.2", components=(app,)))
    evidence = FindingEvidence(
        reference="Report", kind=EvidenceKind.TEST, date="2026-11-03", sha256="0" * 64, address="r.pdf"
    )
    statuses = cycle(zip(FindingStatus, (None, app, None, None, app), (None, "A. Tester", None, "B", "B"), strict=True))
    findings = tuple(
        evolve(one, status=status, component=component, assessor=who, rationale="why", evidence=(evidence,))
        for one, (status, component, who) in zip(made, statuses, strict=False)
    )
    return evolve(made, findings=findings)


def oscal(folder: Path) -> None:
    """Catalogs of all publications, all profiles, component definitions, and crosswalks of every kind."""
    ib.export(assessed(), "oscal-implementation", folder / "assessed" / "t2")
    expected: dict[str, list[str]] = {}
    for profile in ib.profiles():
        ib.export(profile, "oscal-component", folder / "profiles" / profile.key)
        for level in profile.levels or (None,):
            name = f"{profile.key}.{level}.profile.json" if level else f"{profile.key}.profile.json"
            expected[f"{profile.key}/{name}"] = sorted(control_id(item.id) for item in profile.resolve(level))
    (folder / "expected.json").write_text(json.dumps(expected), "utf-8")
    for publication in ib.publications():
        if ib.load(publication.key).elements:
            ib.export(publication.key, "oscal-catalog", folder / "catalogs" / f"{publication.key}.catalog.json")
    for pair in CROSSWALKS:
        if pair in ib.crosswalks():
            ib.export(ib.crosswalk(*pair), "oscal-mapping", folder / "mappings" / "--".join(pair))
    ib.export("ir8425", "oscal-catalog", folder / "old" / "ir8425.catalog.json", oscal_version="1.1.2")


def mapping_sets(folder: Path) -> None:
    """All crosswalks as SSSOM, and the subject and object of each row."""
    expected: dict[str, list[list[str]]] = {}
    for pair in ib.crosswalks():
        name = f"{'--'.join(pair)}.sssom.tsv"
        crosswalk = ib.crosswalk(*pair)
        ib.export(crosswalk, "sssom", folder / name)
        rows = map(sssom.cells_of, crosswalk.mappings)
        expected[name] = [[row[sssom.COLUMNS.index(column)] for column in SIDES] for row in rows]
    (folder / "expected.json").write_text(json.dumps(expected), "utf-8")


def ciso(folder: Path) -> None:
    """Libraries of all publications and all profiles, and of the crosswalks that have something to say there."""
    for publication in map(ib.load, (each.key for each in ib.publications())):
        if publication.elements:
            ib.export(publication, "ciso", folder / f"{publication.key}.yaml")
    for profile in ib.profiles():
        ib.export(profile, "ciso", folder / f"{profile.key}.yaml")
    for pair in CROSSWALKS:
        if pair in ib.crosswalks() and ib.crosswalk(*pair).object.elements:
            ib.export(ib.crosswalk(*pair), "ciso", folder / f"{'--'.join(pair)}.yaml", as_intersect=True)


def reqif(folder: Path) -> None:
    """A file of each publication in ``REQUIREMENTS``, and of each crosswalk."""
    for key in REQUIREMENTS:
        ib.export(key, "reqif", folder / f"{key}.reqif")
    for pair in (("ir8425", "ir8259a"), ("ir8425", "sp800-213a")):
        ib.export(ib.crosswalk(*pair), "reqif", folder / f"{'--'.join(pair)}.reqif")


def cyclonedx(folder: Path) -> None:
    """Documents of all publications and of an assessment, in both versions."""
    for publication in ib.publications():
        for version in ("1.6", "1.7"):
            file = folder / version / f"{publication.key}.json"
            ib.export(publication.key, "cyclonedx", file, cyclonedx_version=version, declarations=True)
    for version in ("1.6", "1.7"):
        file = folder / version / "assessed.json"
        ib.export(assessed(), "cyclonedx-declarations", file, cyclonedx_version=version)


def xlsx(folder: Path) -> None:
    """Spreadsheets of a few publications, and the elements with their parents that StrictDoc has to hold then."""
    expected: dict[str, dict[str, str | None]] = {}
    for key in SHEETS:
        ib.export(key, "xlsx", folder / f"{key}.xlsx")
        expected[f"{key}.xlsx"] = {element.id: element.parent for element in ib.load(key)}
    (folder / "expected.json").write_text(json.dumps(expected), "utf-8")


def fleet_of(folder: Path) -> None:
    """The tables and views of a fleet of random products on two days, and what DuckDB answers.

    What it says of each product on the second day is held against coverage here.
    """
    chance = random.Random(8425)  # noqa: S311
    elements = [*ib.load("sp800-213a"), *ib.load("ir8425")]
    first, last = date(2026, 3, 1), date(2026, 9, 1)
    rows: list[tuple[object, ...]] = []
    assessed: dict[str, list[ib.Element]] = {}
    met: dict[str, list[ib.Element]] = {}
    for number in range(PRODUCTS):
        product = f"product {number}"
        chosen = chance.sample(elements, chance.choice([5, 50, 400]))
        assessed[product], met[product] = chosen, chosen[: len(chosen) // 2]
        rows += [(product, None, each.id, "met", None, None, None, "test") for each in met[product]]
        rest = chosen[len(chosen) // 2 :]
        rows += [(product, "hub", each.id, "met", None, first, None, None) for each in rest]
        rows += [(product, "app", each.id, "not met", last, None, None, None) for each in rest]
    made = fleet.tables(["sp800-213a", "ir8425"], "sp800-53r5", baseline="MODERATE", through="sp800-213a")
    made.write(folder)
    database = fleet.connect(made, arrow("findings", rows), on=[first, last])
    for name in ("findings", "days"):
        database.table(name).write_parquet(str(folder / f"{name}.parquet"))
    for number, (name, text) in enumerate(fleet.views().items()):
        (folder / f"{number:02}_{name}.sql").write_text(text, "utf-8")
    expected: dict[str, dict[str, list[object]]] = {}
    for name in WRITTEN:
        found = database.table(name)
        columns: list[object] = [*found.columns]
        expected[name] = {"columns": columns, "rows": [[str(value) for value in row] for row in found.fetchall()]}
    (folder / "expected.json").write_text(json.dumps(expected), "utf-8")
    covered = database.execute("SELECT product, element, level FROM coverage WHERE day = ?", [last]).fetchall()
    levels = {(product, element): level for product, element, level in covered}
    library = ib.Library()
    for product, selected in met.items():
        complete = wholes((each.id for each in selected), assessed[product], library)
        for item in ib.coverage([*selected, *complete], "sp800-53r5", baseline="MODERATE", through="sp800-213a"):
            assert levels[product, item.element.id] == item.level


if __name__ == "__main__":
    oscal(Path(sys.argv[1]) / "oscal")
    mapping_sets(Path(sys.argv[1]) / "sssom")
    ciso(Path(sys.argv[1]) / "ciso")
    reqif(Path(sys.argv[1]) / "reqif")
    cyclonedx(Path(sys.argv[1]) / "cyclonedx")
    xlsx(Path(sys.argv[1]) / "xlsx")
    fleet_of(Path(sys.argv[1]) / "fleet")
