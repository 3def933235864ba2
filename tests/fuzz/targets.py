"""Everything that is fuzzed: every surface that takes what others wrote."""

from __future__ import annotations

from tests.fuzz import calls, copies, files, folders, writers
from tests.fuzz.target import Target

TARGETS: dict[str, Target] = {
    **files.TARGETS,
    **copies.TARGETS,
    **folders.TARGETS,
    **calls.TARGETS,
    **writers.TARGETS,
}
