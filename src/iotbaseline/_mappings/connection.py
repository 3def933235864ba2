"""What is known of two elements from the paths between them."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from attrs import frozen

from iotbaseline._display.records import Column, lifted
from iotbaseline._display.results import Head, Lookup, Result, Shown, Text
from iotbaseline._mappings.hops import Facts, Hop
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.provenance import Basis, judgement
from iotbaseline._model.texts import quoted
from iotbaseline._model.wording import Wording
from iotbaseline.errors import UnknownIdentifierError, counted
from iotbaseline.relations import UNIVERSE, Conclusion, Relation, combine, single


@frozen
class EvidencePath:
    """A path from one element to another, with what follows from it for the two."""

    start: str
    hops: tuple[Hop, ...]
    conclusion: Conclusion
    """What follows for the ends (:func:`iotbaseline.relations.compose_path`)."""

    @property
    def elements(self) -> tuple[str, ...]:
        """The elements on the way, both ends included."""
        return (self.start, *[hop.object for hop in self.hops])

    @property
    def is_weak(self) -> bool:
        """Whether it has two untyped mappings or more, so that nothing follows from it."""
        return self.conclusion.is_weak

    @property
    def judgements(self) -> int:
        """How many of its hops rest on somebody's judgement other than a publisher's."""
        return sum([hop.is_judgement for hop in self.hops])

    @property
    def is_curated(self) -> bool:
        """Whether one of its hops is this project's judgement."""
        return any(hop.basis is Basis.CURATED for hop in self.hops)

    @property
    def strength(self) -> int | None:
        """The strength of its weakest mapping, from 0 to 10, or ``None`` if one of them states none."""
        return combine(hop.mapping.strength for hop in self.hops if hop.mapping is not None)

    @property
    def rank(self) -> tuple[int, int, tuple[str, ...]]:
        """What paths are sorted by: the judgements, the hops, the elements."""
        return self.judgements, len(self.hops), self.elements

    def __len__(self) -> int:
        return len(self.hops)

    def __str__(self) -> str:
        said = (hop.link if hop.mapping else hop.kind for hop in self.hops)
        return self.start + "".join(f" {word} {hop.object}" for word, hop in zip(said, self.hops, strict=True))


@frozen(kw_only=True, repr=False)
class Connection(Result[EvidencePath, str]):
    """What is known of two elements from the paths between them: the best first, weak ones last.

    ``object_name`` is what the object is called; ``worded`` are those of the two whose official wording is attached
    (:func:`~iotbaseline.attach`). ``possible`` are the set-theory relations that no path rules out; the
    empty set is a contradiction. ``weaker`` are the relations of other styles that follow from paths. Paths are counted
    by what follows from them.
    """

    HELD: ClassVar[str] = "paths"
    LISTED: ClassVar[str] = "paths"
    SHOWN: ClassVar[Shown] = {
        "path": ("path",),
        "it follows": ("follows",),
        "judgements": ("judgements",),
        "strength": ("strength",),
    }

    subject: str
    object: str
    paths: tuple[EvidencePath, ...]
    object_name: str | None = None
    worded: tuple[Element, ...] = ()

    @property
    def possible(self) -> frozenset[Relation]:
        """The set-theory relations that every path found leaves possible."""
        return UNIVERSE.intersection(*(path.conclusion.possible for path in self.paths))

    @property
    def weaker(self) -> frozenset[Relation]:
        """The relations of other styles that follow from paths."""
        return frozenset(path.conclusion.weaker for path in self.paths if path.conclusion.weaker is not None)

    @property
    def relation(self) -> Relation | None:
        """The one relation that may be reported of the two, or ``None`` if nothing or several follow.

        A set-theory relation if the paths leave only one; else the only relation of another style, if there is one that
        says more than ``related``; else ``related`` if any path says that.
        """
        return single(self.possible) or single(self.weaker - {Relation.RELATED} or self.weaker)

    @property
    def is_contradiction(self) -> bool:
        """Whether the paths cannot all be right: together they leave no relation possible."""
        return not self.possible

    @property
    def is_connected(self) -> bool:
        """Whether it follows that the two have something in common, or that one supports or is related to the other."""
        return bool(self.weaker) or Relation.NO_RELATIONSHIP not in self.possible

    @property
    def is_weak(self) -> bool:
        """Whether there are paths, all of them weak, so that nothing follows."""
        return bool(self.paths) and self.paths[0].is_weak

    @property
    def firmness(self) -> tuple[int, int, int]:
        """What connections are sorted by: the relation, the judgements and the strength of the best path."""
        best = self.paths[0]
        strength = -1 if best.strength is None else best.strength
        return self._place(), best.judgements, -strength

    def _place(self) -> int:
        """The place of the relation among the firmest; of several that are possible, of the least firm."""
        if self.is_weak or self.is_contradiction:
            return len(_FIRMEST) + self.is_weak
        if self.relation is not None:
            return _FIRMEST.index(self.relation)
        claims = self.weaker if self.weaker and Relation.NO_RELATIONSHIP in self.possible else self.possible
        return max(map(_FIRMEST.index, claims))

    @property
    def notice(self) -> str | None:
        """Says how many paths rest on this project's judgement, and what that does not give; ``None`` if none does."""
        return judgement(sum(path.is_curated for path in self.paths), len(self), "path")

    @property
    def _caution(self) -> str | None:
        return self.notice

    @property
    def strength(self) -> int | None:
        """The strength of the best path, or ``None`` if it is not known or there is no path."""
        return self.paths[0].strength if self.paths else None

    def __str__(self) -> str:
        return f"{self.subject} {self.found} {self.object}"

    def __repr__(self) -> str:
        return f"<Connection {self}: {counted(len(self), 'path')}>"

    @property
    def found(self) -> str:
        """What follows, in words."""
        if self.is_weak:
            return "has only weak paths, from which nothing follows, to"
        if self.is_contradiction:
            return "contradicts itself on"
        if self.relation is not None:
            return str(self.relation)
        if self.weaker:
            return " and ".join(sorted(self.weaker))
        if self.possible < UNIVERSE:
            return " or ".join(relation for relation in Relation if relation in self.possible)
        return "has no known relation to"

    def explain(self) -> str:
        """What follows for the two and why, in plain words: every path, every hop with its source."""
        lines = [str(self), *(f"  {quotation}" for quotation in quoted(self.worded))]
        if not self.paths:
            lines.append("  No path was found within the bounds of the query; that does not say that there is none.")
        for number, path in enumerate(self.paths, 1):
            judged = f"{path.judgements} by judgement" if path.judgements else "none by judgement"
            lines.append(
                f"  path {number}: {counted(len(path), 'hop')}, {judged}; it follows: {_said(path.conclusion)}"
            )
            lines += [f"    {hop.explained()}" for hop in path.hops]
        lines += [self.notice] if self.notice else []
        return Text("\n".join(lines))

    def to_text(self) -> str:
        """The same as :meth:`explain`."""
        return self.explain()

    def columns(self) -> tuple[Column[EvidencePath], ...]:
        """What follows from a path, its strength, its hops and the elements on the way."""
        return lifted(_COLUMNS, lambda path: (self, path))

    def _nested(self, item: EvidencePath, columns: tuple[Column[EvidencePath], ...]) -> Facts:
        """With what every hop rests on."""
        return super()._nested(item, columns) | {"evidence": [hop.facts() for hop in item.hops]}

    @property
    def _name(self) -> str:
        return self.subject

    def _head(self) -> Head:
        attached = {"wordings": list(quoted(self.worded))} if self.worded else {}
        return {"subject": self.subject, "relation": self.relation, "object": self.object, **attached}

    def _badges(self) -> list[str]:
        return [counted(len(self), "path")]


_COLUMNS: tuple[Column[tuple[Connection, EvidencePath]], ...] = (
    Column("subject", lambda row: row[0].subject),
    Column("relation", lambda row: row[0].relation),
    Column("object", lambda row: row[0].object),
    Column("object_name", lambda row: row[0].object_name),
    Column("path", lambda row: str(row[1])),
    Column("follows", lambda row: _said(row[1].conclusion), groups=()),
    Column("hops", lambda row: len(row[1])),
    Column("judgements", lambda row: row[1].judgements),
    Column("strength", lambda row: row[1].strength),
)


_WEAK = "weak: nothing follows"
"""What is said of a path with two untyped mappings."""

_FIRMEST = (
    Relation.EQUAL,
    Relation.IDENTICAL,
    Relation.EQUIVALENT,
    Relation.SUPERSET_OF,
    Relation.SUBSET_OF,
    Relation.INTERSECTS_WITH,
    Relation.SUPPORTS,
    Relation.IS_SUPPORTED_BY,
    Relation.CONTRARY,
    Relation.RELATED,
    Relation.NO_RELATIONSHIP,
)
"""The relations by how much they say of what two elements have in common."""


def _said(conclusion: Conclusion) -> str:
    if conclusion.is_weak:
        return _WEAK
    if conclusion.weaker is not None:
        return str(conclusion.weaker)
    return " or ".join(relation for relation in Relation if relation in conclusion.possible) or "a contradiction"


def _object_wording(connection: Connection) -> Wording | None:
    """The official wording of the object, where attached."""
    return next((element.wording for element in connection.worded if element.id == connection.object), None)


_WORDINGS: tuple[Column[Connection], ...] = (
    Column("wording", lambda row: wording.text if (wording := _object_wording(row)) else None),
    Column("wording_from", lambda row: wording.origin if (wording := _object_wording(row)) else None),
)


@frozen(kw_only=True, repr=False)
class Reach(Lookup[Connection, str]):
    """The elements of a publication that an element is connected with, each with its paths; the firmest first.

    They are counted by what follows from the best path. ``found["AC-2"]`` is the connection with an element, named in
    any usual spelling.
    """

    HELD: ClassVar[str] = "connections"
    LISTED: ClassVar[str] = "connections"
    SHOWN: ClassVar[Shown] = {
        "element": ("object", "object_name"),
        "relation": ("relation",),
        "judgements": ("judgements",),
        "best path": ("path",),
    }

    subject: str
    target: str
    connections: tuple[Connection, ...]

    def __contains__(self, item: object) -> bool:
        return self._get(item) is not None if isinstance(item, str) else item in self.connections

    @cached_property
    def _by_id(self) -> dict[str, Connection]:
        return {connection.object: connection for connection in self.connections}

    def _get(self, name: str) -> Connection | None:
        return identifiers.named(self._by_id, name)

    def _named(self, name: str) -> Connection:
        plain = identifiers.checked(name)
        found = self._get(plain)
        if found is None:
            near = identifiers.nearest(plain, self.objects)
            raise UnknownIdentifierError(f"element of {self.target} among those reached", name, near)
        return found

    @property
    def objects(self) -> tuple[str, ...]:
        """The identifiers of the elements reached."""
        return tuple(connection.object for connection in self.connections)

    @property
    def notice(self) -> str | None:
        """Says how many connections rest on this project's judgement, and what that does not give."""
        return judgement(sum(connection.paths[0].is_curated for connection in self), len(self), "connection")

    @property
    def _caution(self) -> str | None:
        return self.notice

    def __str__(self) -> str:
        return f"{self.subject} reaches {counted(len(self), 'element')} of {self.target}"

    def __repr__(self) -> str:
        return f"<Reach {self}>"

    def columns(self) -> tuple[Column[Connection], ...]:
        """Those of the best path to an element, and its official wording where attached."""
        best: tuple[Column[Connection], ...] = lifted(_COLUMNS, lambda reached: (reached, reached.paths[0]))
        return (*best, *_WORDINGS) if self._is_worded else best

    @property
    def _is_worded(self) -> bool:
        return any(_object_wording(connection) is not None for connection in self)

    @property
    def _shown(self) -> Shown:
        return self.SHOWN | ({"wording": ("wording",)} if self._is_worded else {})

    @property
    def _name(self) -> str:
        return self.subject

    def _head(self) -> Head:
        return {"subject": self.subject, "target": self.target}

    def _badges(self) -> list[str]:
        return []

    def _explained(self, item: Connection) -> tuple[str, str]:
        worded = (element for element in item.worded if element.id == item.object)
        return str(item), "; ".join([str(item.paths[0]), *quoted(worded)])
