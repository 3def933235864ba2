"""Everything that is fuzzed: every surface that takes what others wrote."""

from __future__ import annotations

from tests.fuzz import calls, files, writers
from tests.fuzz.target import Target

TARGETS: dict[str, Target] = {**files.TARGETS, **calls.TARGETS, **writers.TARGETS}
