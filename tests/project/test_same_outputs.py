"""What the library writes is the same whatever the hash seed, the locale, the encoding and the time zone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from iotbaseline.formats.graph_files import GRAPH_FORMATS
from iotbaseline.formats.registry import FORMATS

SETTINGS = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Auckland", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONHASHSEED": "2", "LC_ALL": "de_DE.UTF-8", "TZ": "America/St_Johns"},
    {"PYTHONHASHSEED": "3", "LC_ALL": "tr_TR.ISO-8859-9", "TZ": "Asia/Kathmandu", "PYTHONUTF8": "0"},
)
"""A locale that the system does not have counts as ``C``."""


def made_with(settings: dict[str, str]) -> dict[str, str]:
    """The digest of everything that is written, by its name."""
    made = subprocess.run(
        [sys.executable, Path(__file__).with_name("outputs.py")],
        env=os.environ | {"SOURCE_DATE_EPOCH": "0"} | settings,
        stdout=subprocess.PIPE,
        check=True,
    )
    digests: dict[str, str] = json.loads(made.stdout)
    return digests


@pytest.mark.slow
def test_everything_is_written_the_same_everywhere() -> None:
    first, *others = map(made_with, SETTINGS)
    for other in others:
        assert other == first
    formats = {name for name, each in FORMATS.items() if each.takes}
    assert {name for name in formats if any(key.startswith(f"{name}-") for key in first)} == formats
    assert {f"graph{suffix}" for suffix in GRAPH_FORMATS} < first.keys()
