"""A profile as it stands in a file: imports, selectors, modifications, additions, open questions."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from attrs import field, frozen

from iotbaseline._files.structure import EMPTY_MEANS, WRITTEN
from iotbaseline._model.provenance import Basis, Fidelity

_EVERY_LEVEL = {EMPTY_MEANS: "leave it out to mean every level"}
_A_CONDITION = {EMPTY_MEANS: "leave it out, or list at least one"}


@frozen(kw_only=True)
class MappedTo:
    """Elements that a mapping, other than ``no_relationship``, links to a publication, in either direction.

    With a ``baseline``, only those linked to the controls of that baseline of SP 800-53B.
    """

    publication: str
    baseline: str | None = None


@frozen(kw_only=True)
class Selector:
    """Selects the elements that meet all of its conditions.

    ``ids`` names the elements themselves, ``within`` elements that are selected with all below them. All ``words``
    occur in title and summary (normalised). ``baseline`` is a control baseline of SP 800-53B.
    """

    ids: tuple[str, ...] = field(default=(), metadata=_A_CONDITION)
    kinds: tuple[str, ...] = field(default=(), metadata=_A_CONDITION)
    within: tuple[str, ...] = field(default=(), metadata=_A_CONDITION)
    words: str | None = None
    baseline: str | None = None
    mapped_to: MappedTo | None = None


@frozen(kw_only=True)
class SameLevel:
    """Says that a level of the profile is one of the imported profile, which has another name there."""

    own: str
    theirs: str


@frozen(kw_only=True)
class ProfileImport:
    """What a profile takes from one source, and why.

    ``source`` is a publication, ``profile:KEY``, or the path of a file. The import takes what any selector of
    ``include`` selects (everything if there is none) and no selector of ``exclude`` does. ``levels`` are those at which
    the import applies; ``same_levels`` says instead which of them are which of the imported profile.
    """

    source: str = field(metadata={WRITTEN: "from"})
    include: tuple[Selector, ...] = field(default=(), metadata={EMPTY_MEANS: "leave it out to take everything"})
    exclude: tuple[Selector, ...] = ()
    levels: tuple[str, ...] = field(default=(), metadata=_EVERY_LEVEL)
    same_levels: tuple[SameLevel, ...] = field(default=(), metadata=_A_CONDITION)
    rationale: str


class ModificationKind(StrEnum):
    """How a profile changes an element."""

    NARROW = "narrow"
    """More is asked of the same, or less choice is left."""
    WIDEN = "widen"
    """It applies to more."""
    PARAMETER = "parameter"
    """A value is set that the element leaves open."""
    GUIDANCE = "guidance"
    """The same is asked; the text helps to meet it."""


@frozen(kw_only=True)
class Modification:
    """A change to a selected element: what is asked now, or guidance, in ``text``; or the ``value`` of a ``parameter``.

    ``levels`` are those at which it applies; a resolved profile spells them out. ``by`` is the profile that makes it.
    """

    element: str
    change: ModificationKind
    text: str | None = None
    parameter: str | None = None
    value: str | None = None
    levels: tuple[str, ...] = field(default=(), metadata=_EVERY_LEVEL)
    rationale: str
    sources: tuple[str, ...] = ()
    by: str = field(default="", metadata={WRITTEN: None})

    def __str__(self) -> str:
        setting = f" {self.parameter} = {self.value}" if self.parameter else ""
        text = f": {self.text}" if self.text else ""
        return f"{self.change}{setting}{at(self.levels)}{text}"


@frozen(kw_only=True)
class OpenQuestion:
    """What a profile leaves undecided, the elements that it is about, and why it is open."""

    question: str
    about: tuple[str, ...] = ()
    why: str


def at(levels: Iterable[str]) -> str:
    return f" [{', '.join(levels)}]" if levels else ""


@frozen(kw_only=True)
class WrittenAddition:
    """An addition as it stands in a file."""

    id: str
    title: str
    summary: str
    parent: str | None = None
    levels: tuple[str, ...] = ()
    rationale: str
    sources: tuple[str, ...] = ()


@frozen(kw_only=True)
class Document:
    """A profile as it stands in a file."""

    profile: str
    title: str
    version: str
    basis: Basis | None = None
    summary: str
    fidelity: Fidelity = Fidelity.FULL
    missing: str | None = None
    base: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    imports: tuple[ProfileImport, ...] = ()
    modify: tuple[Modification, ...] = ()
    add: tuple[WrittenAddition, ...] = ()
    open: tuple[OpenQuestion, ...] = ()
