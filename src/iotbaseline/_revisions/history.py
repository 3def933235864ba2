"""All stages of a work in one report: what is known of each, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen

from iotbaseline._display import html
from iotbaseline._display.plots import Band, Plot, streams
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Item, Result, Shown
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model import arguments
from iotbaseline._model.provenance import Status
from iotbaseline._model.publication import Publication, PublicationInfo
from iotbaseline._revisions.diff import Diff, diff
from iotbaseline._revisions.pairing import ChangeKind
from iotbaseline.errors import NotComparableError, counted


@frozen(kw_only=True)
class Stage(Item):
    """One revision of a work, draft or final.

    ``since`` is the key of the nearest earlier stage with elements, if this one has elements too. ``difference`` is
    what changed since then, or ``None`` if the two have no kind of element in common.
    """

    SHOWN: ClassVar[Shown] = {
        "key": ("key",),
        "stage": ("stage",),
        "published": ("published",),
        "withdrawn": ("withdrawn",),
        "status": ("status",),
        "elements": ("elements",),
        "since": ("since",),
        "changes": ("changes",),
    }

    info: PublicationInfo
    elements: int
    since: str | None = None
    difference: Diff | None = None

    @property
    def changes(self) -> dict[str, int]:
        """How many pairings of each kind the difference has, without the kinds that it has none of."""
        counts = {} if self.difference is None else self.difference.counts()
        return {kind.value: count for kind, count in counts.items() if count}

    def __str__(self) -> str:
        stage = self.info.stage or "unknown stage"
        told = f"{self.info.key} ({self.info.published or 'undated'}, {stage}, {self.info.notice or 'current'})"
        return f"{told}: {counted(self.elements, 'element') if self.elements else 'no elements'} held"

    def columns(self) -> tuple[Column[Stage], ...]:
        """What the registry says of the stage, the elements held, and the changes."""
        return _COLUMNS


def _phrases(stage: Stage) -> tuple[str, ...]:
    return tuple(f"{count} {kind}" for kind, count in stage.changes.items())


_COLUMNS: tuple[Column[Stage], ...] = (
    Column("key", lambda stage: stage.info.key),
    Column("title", lambda stage: stage.info.title),
    Column("stage", lambda stage: stage.info.stage),
    Column("published", lambda stage: stage.info.published),
    Column("withdrawn", lambda stage: stage.info.withdrawn),
    Column("status", lambda stage: stage.info.status, groups=tuple(Status)),
    Column("superseded_by", lambda stage: stage.info.superseded_by),
    Column("fidelity", lambda stage: stage.info.fidelity),
    Column("elements", lambda stage: stage.elements),
    Column("since", lambda stage: stage.since),
    Column("changes", _phrases, in_json=lambda stage: stage.changes),
)


@frozen(kw_only=True, repr=False)
class History(Result[Stage, str]):
    """The stages of a work, oldest first; counted by status."""

    HELD: ClassVar[str] = "stages"
    LISTED: ClassVar[str] = "stages"
    SHOWN: ClassVar[Shown] = Stage.SHOWN

    work: str
    stages: tuple[Stage, ...]

    def to_html(self) -> str:
        """The report as an HTML page that stands alone."""
        return html.page(self._name, html.note(self._summary) + self._body())

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {status}" for status, count in self.counts().items() if count)
        return f"{self.work}: {counts or 'no stages'}"

    def __repr__(self) -> str:
        return f"<History {self}>"

    def columns(self) -> tuple[Column[Stage], ...]:
        """The columns of a stage."""
        return _COLUMNS

    @property
    def _name(self) -> str:
        return f"History of {self.work}"

    def _head(self) -> Head:
        return {"work": self.work}

    def plot(self) -> Plot:
        """The stages with elements, and what became of those from one to the next, as a flow (a Sankey diagram).

        A change of several kinds counts as the first of them. An element with several origins is in the band of each;
        one that its stage has as withdrawn is in none. Raises :class:`~iotbaseline.errors.MissingExtraError` if
        matplotlib is not installed.
        """
        held = [stage for stage in self.stages if stage.elements]
        stages = [(stage.info.key, stage.elements) for stage in held]
        bands = [_bands(stage.difference) for stage in held[1:]]
        return streams(str(self), stages, bands, "elements", calm=ChangeKind.UNCHANGED)

    def _explained(self, item: Stage) -> tuple[str, str]:
        changes = ", ".join(_phrases(item)) or "no kind of element in common"
        return str(item), f"since {item.since}: {changes}" if item.since else ""


def _bands(difference: Diff | None) -> list[Band]:
    """How many elements became how many others, for each kind of change; those of one side only apart."""
    sides: dict[tuple[ChangeKind, bool, bool], tuple[set[str], set[str]]] = {}
    for change in difference or ():
        kind = (change.kinds[0], bool(change.before), bool(change.after))
        before, after = sides.setdefault(kind, (set(), set()))
        before.update(element.id for element in change.before)
        after.update(element.id for element in change.after)
    return [Band(len(before), len(after), kind) for (kind, _, _), (before, after) in sorted(sides.items())]


@arguments.checked
def history(name: str, *, library: Library = DEFAULT) -> History:
    """All stages of a work, drafts too, with their dates and status, the elements held, and what changed in between.

    A stage is compared with the nearest earlier one, if elements of both are held. Names and errors are those of
    :func:`info`.

    >>> print(ib.history("ir8259b"))
    ir8259b: 1 current, 1 withdrawn
    """
    return History(work=library.info(name).work, stages=tuple(_stages(name, library)))


def _stages(name: str, library: Library) -> Iterator[Stage]:
    before: Publication | None = None
    for info in library.revisions(name):
        publication = library.load(info.key)
        earlier = before if publication.elements else None
        yield Stage(
            info=info,
            elements=len(publication),
            since=None if earlier is None else earlier.key,
            difference=None if earlier is None else _difference(earlier, publication, library),
        )
        before = publication if publication.elements else before


def _difference(before: Publication, after: Publication, library: Library) -> Diff | None:
    try:
        return diff(before, after, library=library)
    except NotComparableError:
        return None
