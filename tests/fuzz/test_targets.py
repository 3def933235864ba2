"""The short run of the fuzz targets; ``python -m tests.fuzz`` is the long one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import EDITS, TARGETS, Edits, altered, attack


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data(), edits=EDITS)
def test_whatever_is_put_in_the_error_is_ours(name: str, data: st.DataObject, edits: Edits) -> None:
    target = TARGETS[name]
    attack(target, altered(data.draw(st.sampled_from(target.seeds)), edits))


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_are_taken_as_they_are(name: str) -> None:
    for seed in TARGETS[name].seeds:
        TARGETS[name].use(seed)
