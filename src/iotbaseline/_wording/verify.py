"""Which wordings of a publication are in a copy of it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from os import PathLike
from typing import ClassVar

from attrs import frozen

from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Item, Result, Shown
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline._model.errata import Erratum
from iotbaseline._model.fingerprints import normalize
from iotbaseline._model.publication import PublicationInfo
from iotbaseline._model.wording import Wording
from iotbaseline._wording.attach import Examined, examine
from iotbaseline._wording.copies import read_copy


class WordingState(StrEnum):
    """Whether the wording of an element is in a copy."""

    FOUND = "found"
    OTHER_STATE = "other-state"
    """In its place the copy has the wording of another revision or state of the publication."""
    NOT_FOUND = "not-found"


@frozen(kw_only=True)
class CheckedWording(Item):
    """An element with its ``wording`` in the copy, or with the ``other`` element whose wording the copy has instead."""

    SHOWN: ClassVar[Shown] = {"element": ("id", "title"), "state": ("state",), "page": ("page",), "other": ("other",)}

    element: Element
    state: WordingState
    wording: Wording | None = None
    other: Element | None = None

    def __str__(self) -> str:
        where = f", page {self.wording.page} of the file" if self.wording and self.wording.page else ""
        instead = f" ({self.other.id})" if self.other else ""
        return f"{self.element.id}: {self.state}{instead}{where}"

    def columns(self) -> tuple[Column[CheckedWording], ...]:
        """The element, whether its wording was found, and where."""
        return _COLUMNS


_COLUMNS: tuple[Column[CheckedWording], ...] = (
    Column("id", lambda checked: checked.element.id),
    Column("title", lambda checked: checked.element.title),
    Column("state", lambda checked: checked.state, groups=tuple(WordingState)),
    Column("page", lambda checked: checked.wording.page if checked.wording else None),
    Column("other", lambda checked: checked.other.id if checked.other else None),
    Column("locator", lambda checked: str(checked.element.locator)),
)


@frozen(kw_only=True, repr=False)
class Verification(Result[CheckedWording, WordingState]):
    """Which wordings of a publication a copy has.

    Each item has an ``element``, its ``state`` (``found``, ``other-state`` or ``not-found``), its ``wording`` in the
    copy, and for ``other-state`` the ``other`` element, of another revision, whose wording the copy has. ``source`` is
    the name of the file and ``sha256`` its hash; ``errata`` are the known errors that the copy shows.
    """

    HELD: ClassVar[str] = "checked"
    LISTED: ClassVar[str] = "wordings"
    GROUPED: ClassVar[bool] = True
    SHOWN: ClassVar[Shown] = CheckedWording.SHOWN
    IN_GROUP: ClassVar[tuple[str, ...]] = ("state",)

    info: PublicationInfo
    source: str
    sha256: str
    checked: tuple[CheckedWording, ...]
    errata: tuple[Erratum, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether the copy has every wording that has a fingerprint."""
        return all(checked.state is WordingState.FOUND for checked in self.checked)

    def columns(self) -> tuple[Column[CheckedWording], ...]:
        """The element, whether its wording was found, and where."""
        return _COLUMNS

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {state}" for state, count in self.counts().items() if count)
        return f"{self.source} as a copy of {self.info.key}: {counts or 'no wordings known'}"

    def __repr__(self) -> str:
        return f"<Verification {self}>"

    @property
    def _name(self) -> str:
        return f"{self.source}: {self.info.key}"

    def _head(self) -> Head:
        shown = [str(erratum) for erratum in self.errata]
        return {"publication": self.info.key, "source": self.source, "sha256": self.sha256, "errata": shown}

    def _facts(self) -> list[tuple[str, str | None]]:
        shown = f"{len(self.errata)} of the known errors" if self.errata else None
        return [("SHA-256", self.sha256), ("complete", "yes" if self.is_complete else "no"), ("shows", shown)]


@arguments.checked
def verify(source: PathLike[str] | str, *, publication: str | None = None, library: Library = DEFAULT) -> Verification:
    """Report which wordings of a publication are in your own copy of it, and where.

    The file and ``publication`` are as for :func:`~iotbaseline.attach`, and so are the errors.
    """
    found = examine(read_copy(source), publication, library)
    return Verification(
        info=found.publication.info,
        source=found.copy.name,
        sha256=found.copy.sha256,
        checked=tuple(_checked(found, library)),
        errata=tuple(_shown_errata(found, library)),
    )


def _checked(found: Examined, library: Library) -> Iterator[CheckedWording]:
    instead = _instead(found, library)
    for element in found.publication:
        if element.fingerprint is not None:
            wording, other = found.wording(element.id), instead.get(element.id)
            state = WordingState.OTHER_STATE if other is not None else WordingState.NOT_FOUND
            state = WordingState.FOUND if wording is not None else state
            yield CheckedWording(element=element, state=state, wording=wording, other=other)


def _instead(found: Examined, library: Library) -> dict[str, Element]:
    """The element of another revision whose wording the copy has, for each element whose own it has not."""
    key = found.publication.key
    missing = {each.id for each in found.publication if each.fingerprint} - found.places.keys()
    related = [
        (this, other)
        for before, after in library.lineage_pairs()
        if key in (before, after)
        for record in library.lineage(before, after)
        for this in (record.before if before == key else record.after)
        for other in (record.after if before == key else record.before)
        if this in missing
    ]
    others = {other: library.get(other) for _, other in related}
    there = found.finder.recognised(other.fingerprint for other in others.values() if other.fingerprint)
    return {this: others[other] for this, other in related if others[other].fingerprint in there}


def _shown_errata(found: Examined, library: Library) -> Iterator[Erratum]:
    """The errors whose printed reading the copy has: in the wordings concerned, or anywhere if it concerns none."""
    for erratum in library.errata(found.publication.key):
        printed = normalize(erratum.printed)
        wordings = [wording.text for wording in map(found.wording, erratum.elements) if wording is not None]
        texts = map(normalize, wordings) if erratum.elements else [found.finder.words]
        if any(f" {printed} " in f" {text} " for text in texts):
            yield erratum
