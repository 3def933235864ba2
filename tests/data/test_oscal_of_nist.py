"""NIST's own catalogs and profiles of OSCAL are read, and say what our data says."""

from __future__ import annotations

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
