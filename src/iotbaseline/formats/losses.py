"""What an export cannot carry over as it is: counted, with examples, and told to the user."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from attrs import frozen

from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Item, Result, Shown
from iotbaseline.errors import counted

_EXAMPLES = 5


class LossKind(StrEnum):
    """What became of something that a format cannot hold as it is."""

    WEAKENED = "weakened"
    """The file says less than the library."""
    RENAMED = "renamed"
    """It has another name in the file, and the file does not hold the old one."""
    LEFT_OUT = "left-out"
    """It is not in the file."""


@frozen(kw_only=True)
class Loss(Item):
    """How often one thing was lost in the same way, and the first few that it happened to."""

    SHOWN: ClassVar[Shown] = {"kind": ("kind",), "what": ("what",), "count": ("count",), "examples": ("examples",)}

    kind: LossKind
    what: str
    count: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.count} {self.kind}: {self.what}"

    def columns(self) -> tuple[Column[Loss], ...]:
        """All its fields."""
        return _COLUMNS


_COLUMNS: tuple[Column[Loss], ...] = (
    Column("kind", lambda loss: loss.kind, groups=tuple(LossKind)),
    Column("what", lambda loss: loss.what),
    Column("count", lambda loss: loss.count),
    Column("examples", lambda loss: loss.examples),
)


class Losses:
    """Counts what is lost while a file is made."""

    def __init__(self) -> None:
        self._lost: dict[tuple[LossKind, str], list[str]] = {}

    def weakened(self, what: str, item: str) -> None:
        """Count an item of which the file says less."""
        self._add(LossKind.WEAKENED, what, item)

    def renamed(self, what: str, item: str) -> None:
        """Count an item that goes by another name in the file."""
        self._add(LossKind.RENAMED, what, item)

    def left_out(self, what: str, item: str) -> None:
        """Count an item that is not in the file."""
        self._add(LossKind.LEFT_OUT, what, item)

    def _add(self, kind: LossKind, what: str, item: str) -> None:
        self._lost.setdefault((kind, what), []).append(item)

    def counted(self) -> tuple[Loss, ...]:
        """The losses so far, by their kind and otherwise in the order in which they first happened."""
        order = list(LossKind)
        return tuple(
            Loss(kind=kind, what=what, count=len(items), examples=tuple(items[:_EXAMPLES]))
            for (kind, what), items in sorted(self._lost.items(), key=lambda lost: order.index(lost[0][0]))
        )


@frozen(kw_only=True, repr=False)
class ExportReport(Result[Loss, LossKind]):
    """What an export wrote, and what was lost by it; it is empty if nothing was."""

    HELD: ClassVar[str] = "losses"
    LISTED: ClassVar[str] = "losses"
    SHOWN: ClassVar[Shown] = Loss.SHOWN

    format: str
    files: tuple[str, ...]
    losses: tuple[Loss, ...]

    def counts(self) -> dict[LossKind, int]:
        """How many things were lost in each way."""
        return {kind: sum(loss.count for loss in self.losses if loss.kind is kind) for kind in LossKind}

    def __str__(self) -> str:
        lost = ", ".join(f"{count} {kind}" for kind, count in self.counts().items() if count) or "nothing lost"
        return f"{self.format}: {counted(len(self.files), 'file')}, {lost}"

    def __repr__(self) -> str:
        return f"<ExportReport {self}>"

    def columns(self) -> tuple[Column[Loss], ...]:
        """Those of a loss."""
        return _COLUMNS

    @property
    def _name(self) -> str:
        return f"export to {self.format}"

    def _head(self) -> Head:
        return {"format": self.format, "files": self.files}

    def _explained(self, item: Loss) -> tuple[str, str]:
        return str(item), ", ".join(item.examples)
