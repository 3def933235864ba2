"""NIST's own catalogs and profiles of OSCAL are read, and say what our data says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import iotbaseline as ib
from iotbaseline.kinds import Control

if "IOTBASELINE_SOURCES" not in os.environ:
    pytest.skip("IOTBASELINE_SOURCES does not name the folder of source texts", allow_module_level=True)
RELEASE = "rev5.2.0"
OSCAL = Path(os.environ["IOTBASELINE_SOURCES"]) / "oscal"
PROFILES = sorted(OSCAL.glob("*profile*.json"))


def test_the_catalog_has_the_controls_of_our_data() -> None:
    theirs = ib.read_oscal_catalog(OSCAL / f"NIST_SP-800-53_{RELEASE}_catalog-min.json", key="nist53")
    ours = ib.load("sp800-53r5")
    assert [each.local for each in theirs.controls if each.withdrawn] == [
        each.local for each in ours.controls if each.withdrawn
    ]
    assert {each.local: each.title for each in theirs} == {each.local: each.title for each in ours}
    library = ib.extended(theirs)
    assert len(ib.coverage("nist53", "nist53", library=library)) > 0


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.name)
def test_a_baseline_has_the_controls_of_our_data(path: Path) -> None:
    publication = ib.load("sp800-53r4" if "rev4" in path.name else "sp800-53r5")
    [level] = [level for level in ("LOW", "MODERATE", "HIGH", "PRIVACY") if level in path.name]
    baseline = ib.read_oscal_profile(path, key="nist", publications=publication)
    assert {each.id for each in baseline.elements} == {
        each.id for each in publication.of_kind(Control) if level in each.baselines
    }
    if publication.key == "sp800-53r5":
        assert len(ib.coverage("profile:federal", baseline)) == len(baseline.elements)


def test_the_resolved_low_baseline_answers_coverage_as_the_profile_does(tmp_path: Path) -> None:
    catalog = json.loads((OSCAL / f"NIST_SP-800-53_{RELEASE}_catalog-min.json").read_text("utf-8"))
    profile = OSCAL / "NIST_SP-800-53_rev5_LOW-baseline_profile.json"
    [imported] = json.loads(profile.read_text("utf-8"))["profile"]["imports"]
    wanted = {name for each in imported["include-controls"] for name in each["with-ids"]}
    for group in catalog["catalog"]["groups"]:
        nested = [each for control in group["controls"] for each in (control, *control.pop("controls", []))]
        group["controls"] = [each for each in nested if each["id"] in wanted]
    (tmp_path / "low.json").write_text(json.dumps(catalog), "utf-8")
    low = ib.read_oscal_catalog(tmp_path / "low.json", key="low")
    assert {each.local for each in low.controls} == wanted
    rows = ["subject_id\tpredicate_id\tobject_id"]
    for each in ib.crosswalk("sp800-213a", "sp800-53r5"):
        local = str(each.object).removeprefix("sp800-53r5:")
        if local in wanted:
            rows.append(f"{each.subject}\tir8477:{each.relation}\tlow:{local}")
    (tmp_path / "low.tsv").write_text("\n".join(rows), "utf-8")
    library = ib.extended(low)
    library = library.extended(*ib.read_crosswalk(tmp_path / "low.tsv", library=library))
    baseline = ib.read_oscal_profile(profile, key="nist-low", publications="sp800-53r5")
    theirs = levels(ib.coverage("sp800-213a", "low", library=library))
    ours = levels(ib.coverage("sp800-213a", baseline))
    assert set(theirs) == set(ours) == wanted
    # The crosswalk maps only an example to it; the profile in Appendix A, which is not in the crosswalk, a row.
    assert {local for local in wanted if theirs[local] != ours[local]} == {"sa-2"}
    assert len(set(theirs.values())) > 1


def levels(coverage: ib.Coverage) -> dict[str, str]:
    """The level of each element; that no crosswalk names it is a gap here, since ours are named by other crosswalks."""
    gaps = (ib.CoverageLevel.GAP, ib.CoverageLevel.NOT_MAPPED)
    return {each.element.local: "gap" if each.level in gaps else each.level for each in coverage}
