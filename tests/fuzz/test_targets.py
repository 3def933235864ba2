"""The short run of the fuzz targets; ``python -m tests.fuzz`` is the long one."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.target import attack
from tests.fuzz.targets import TARGETS


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_whatever_is_put_in_the_error_is_ours(name: str, random: Random) -> None:
    attack(TARGETS[name], TARGETS[name].make(random, TARGETS[name].seeds))


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_are_taken_as_they_are(name: str) -> None:
    for seed in TARGETS[name].seeds:
        TARGETS[name].use(seed)
