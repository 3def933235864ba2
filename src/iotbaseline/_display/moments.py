"""The time that a file says it is from."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def moment() -> datetime:
    """The time of ``SOURCE_DATE_EPOCH``, or else now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.now(UTC).replace(microsecond=0) if epoch is None else datetime.fromtimestamp(int(epoch), UTC)
