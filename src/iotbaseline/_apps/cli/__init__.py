"""The command line: ``iotbaseline list | show | map | diff | search | ...``, each with ``--json``."""

from __future__ import annotations

from iotbaseline._apps.cli.group import group as cli

__all__ = ["cli"]
