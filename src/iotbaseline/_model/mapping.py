"""A mapping: one assertion about two elements."""

from __future__ import annotations

from typing import ClassVar

from attrs import evolve, frozen

from iotbaseline._display.records import Column
from iotbaseline._display.results import Item, Shown
from iotbaseline._model.provenance import Basis, Fidelity
from iotbaseline._model.thawed import thawed
from iotbaseline.errors import QueryError
from iotbaseline.relations import Relation


@frozen(kw_only=True, repr=False)
class Mapping(Item):
    """One assertion: subject, relation, object, and why one may believe it.

    ``object`` is ``None`` where the publication cites something that cannot be identified, and ``object_label``
    then holds what is left of it; both are ``None`` where the source lists the subject with nothing mapped to it.
    ``printed`` is the reference as printed, ``strength`` a judgement from 0 to 10, ``rationale`` the reason for a
    judgement, ``source`` the mapping set that it belongs to. ``path`` lists the elements that a derived mapping leads
    through, from subject to object.
    """

    SHOWN: ClassVar[Shown] = {
        "subject": ("subject",),
        "relation": ("relation",),
        "object": ("object",),
        "basis": ("basis",),
        "why": ("rationale",),
        "where": ("locator",),
    }

    subject: str
    relation: Relation
    object: str | None
    object_label: str | None = None
    basis: Basis
    fidelity: Fidelity
    justification: str
    rationale: str | None = None
    locator: str | None = None
    strength: int | None = None
    printed: str | None = None
    path: tuple[str, ...] = ()
    source: str

    @property
    def is_empty(self) -> bool:
        """Whether the source lists the subject with nothing mapped to it."""
        return self.object is None and self.object_label is None

    def inverse(self) -> Mapping:
        """The same assertion read from object to subject.

        Raises :class:`~iotbaseline.errors.QueryError` if the object is not identified.
        """
        if self.object is None:
            raise QueryError(
                f"{self} cannot be inverted: its object is not identified", "invert those that have an object"
            )
        return evolve(
            self,
            subject=self.object,
            object=self.subject,
            relation=self.relation.inverse,
            object_label=None,
            path=self.path[::-1],
        )

    def __str__(self) -> str:
        target = self.object or (repr(self.object_label) if self.object_label else "nothing")
        return f"{self.subject} {self.relation} {target} [{self.basis}]"

    def __repr__(self) -> str:
        return f"<Mapping {self}>"

    def columns(self) -> tuple[Column[Mapping], ...]:
        """All its fields but the justification."""
        return MAPPING_COLUMNS


THAWED = thawed(Mapping)
"""What the readers of whole tables make mappings with."""

MAPPING_COLUMNS: tuple[Column[Mapping], ...] = (
    Column("subject", lambda mapping: mapping.subject),
    Column("relation", lambda mapping: mapping.relation),
    Column("object", lambda mapping: mapping.object),
    Column("object_label", lambda mapping: mapping.object_label),
    Column("basis", lambda mapping: mapping.basis, groups=tuple(Basis)),
    Column("fidelity", lambda mapping: mapping.fidelity),
    Column("strength", lambda mapping: mapping.strength),
    Column("rationale", lambda mapping: mapping.rationale),
    Column("printed", lambda mapping: mapping.printed),
    Column("locator", lambda mapping: mapping.locator),
    Column("path", lambda mapping: mapping.path, separator=" "),
    Column("source", lambda mapping: mapping.source),
)
