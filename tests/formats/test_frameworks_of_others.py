"""NIST's LOW baseline as a catalog and CSF 2.0, read as frameworks: they answer as the publications themselves do."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

import iotbaseline as ib
from iotbaseline.kinds import Control


def low() -> ib.Publication:
    """SP 800-53 with the families and controls of the LOW baseline only."""
    publication = ib.load("sp800-53r5")
    kept = tuple(each for each in publication if not isinstance(each, Control) or "LOW" in each.baselines)
    return evolve(publication, elements=kept)


def mapped_to(framework: ib.Publication, key: str, path: Path) -> ib.Library:
    """The library with a framework, and the crosswalk from SP 800-213A to a publication as one to the framework."""
    rows = ["subject_id\tpredicate_id\tobject_id"]
    for each in ib.crosswalk("sp800-213a", key):
        local = (each.object or "").removeprefix(f"{key}:")
        if local in framework:
            rows.append(f"{each.subject}\tir8477:{each.relation}\t{framework.key}:{local}")
    path.write_text("\n".join(rows), "utf-8")
    library = ib.extended(framework)
    return library.extended(*ib.read_crosswalk(path, library=library))


def levels(coverage: ib.Coverage) -> dict[str, str]:
    """The level of each element; that no crosswalk names it is a gap here, since ours are named by other crosswalks."""
    gaps = (ib.CoverageLevel.GAP, ib.CoverageLevel.NOT_MAPPED)
    return {each.element.local: "gap" if each.level in gaps else each.level for each in coverage}


def by_examples(key: str) -> set[str]:
    """What only examples are mapped to in the crosswalk: there, the rows of the profile in Appendix A decide for us."""
    objects: dict[str, bool] = {}
    for each in ib.crosswalk("sp800-213a", key):
        local = (each.object or "").removeprefix(f"{key}:")
        objects[local] = objects.get(local, True) and ib.get(each.subject).is_illustrative
    return {local for local, only in objects.items() if only}


@pytest.mark.parametrize(
    ("publication", "format_", "read"),
    [
        (low(), "oscal-catalog", ib.read_oscal_catalog),
        (ib.load("csf2.0"), "oscal-catalog", ib.read_oscal_catalog),
        (ib.load("csf2.0"), "cyclonedx", ib.read_cyclonedx),
        (ib.load("csf2.0"), "cprt", ib.read_framework),
    ],
    ids=["low in OSCAL", "csf2.0 in OSCAL", "csf2.0 in CycloneDX", "csf2.0 in CPRT"],
)
def test_a_framework_answers_coverage_as_the_publication_does(
    publication: ib.Publication, format_: str, read: object, tmp_path: Path
) -> None:
    assert callable(read)
    ib.export(publication, format_, tmp_path / "a.json", strict=format_ != "cprt")
    framework = read(tmp_path / "a.json", key="theirs")
    assert len(framework) == len(publication)
    library = mapped_to(framework, publication.key, tmp_path / "a.tsv")
    theirs = levels(ib.coverage("sp800-213a", "theirs", library=library))
    ours = levels(ib.coverage("sp800-213a", publication.key))
    assert set(theirs) == {local for local in ours if local in framework}
    firm = theirs.keys() - by_examples(publication.key)
    assert {local: theirs[local] for local in firm} == {local: ours[local] for local in firm}
    assert len(set(theirs.values())) > 1
