"""What the data files say of the controls of SP 800-53: their baselines, and what the OT overlay adds and removes."""

from __future__ import annotations

from functools import cache

from authoring.shared.files import crosswalk, elements
from authoring.shared.records import Json
from iotbaseline._model.mapping import Mapping

CONTROLS = "sp800-53r5"
OVERLAY = "sp800-82r3"
CATALOG = "sp800-213a"
LEVELS = ("low", "moderate", "high")


@cache
def members(level: str) -> frozenset[str]:
    """The identifiers of the controls of a baseline."""
    return frozenset(each["id"] for each in elements(CONTROLS) if level.upper() in each.get("baselines", ()))


@cache
def overlay() -> tuple[Json, ...]:
    """The entries of the OT overlay, in printed order."""
    return tuple(each for each in elements(OVERLAY) if each["kind"] == "overlay-entry")


@cache
def joins() -> tuple[Mapping, ...]:
    """What Appendix B of SP 800-213A joins to controls."""
    return crosswalk(CONTROLS, CATALOG)
