"""The command line: ``iotbaseline list | show | map | diff | search | ...``, each with ``--json``."""

from __future__ import annotations

from iotbaseline._apps.cli import looking_up, mapping, profiling, revising, shell
from iotbaseline._apps.cli.command import group as cli

__all__ = ["cli", "looking_up", "mapping", "profiling", "revising", "shell"]
