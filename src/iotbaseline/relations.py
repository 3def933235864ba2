"""The relation vocabulary of NIST IR 8477, always read from subject to object, and its algebra.

The five set-theory relations of IR 8477, section 4.3, are the base relations of RCC-5: ``equal`` is EQ, ``subset_of``
PP, ``superset_of`` PPi, ``intersects_with`` PO and ``no_relationship`` DR. Exactly one of them holds between two
concepts that ask for anything at all. Subset and superset are *proper*: by the text the larger concept has something
more, and two that have the same are ``equal``. A link that leaves both open is the set of both, as :data:`PART_OF` is.

What is known about two concepts is the set of relations that are still possible. :data:`UNIVERSE` means that nothing
is known, the empty set is a contradiction, and only a set of one may be reported as a relation (:func:`single`). Sets
are composed along a path; the sets of parallel paths are intersected.

    >>> one_way = compose(Relation.SUBSET_OF, Relation.INTERSECTS_WITH)
    >>> print(*sorted(one_way))
    intersects_with no_relationship subset_of
    >>> other_way = compose(Relation.SUPERSET_OF, Relation.SUBSET_OF)
    >>> print(*sorted(intersect([one_way, other_way])))
    intersects_with subset_of

IR 8477 ties a set-theory relation to its rationale (wording, meaning or effect) and every relation to a use case. The
algebra is sound only for relations judged on the same grounds; the caller has to know whether they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from enum import StrEnum
from functools import cache, reduce
from types import MappingProxyType

from attrs import evolve, frozen


class Style(StrEnum):
    """The relationship styles of IR 8477, section 4."""

    CONCEPT_CROSSWALK = "concept_crosswalk"
    SUPPORTIVE = "supportive"
    SET_THEORY = "set_theory"


class Relation(StrEnum):
    """What a mapping asserts of its subject with respect to its object.

    ``RELATED`` is the untyped relation of a concept crosswalk (IR 8477, section 4.1). ``NO_RELATIONSHIP`` belongs to
    the set-theory style: nothing in common. The supportive style has a weaker relation of the same name, for too little
    in common to be worth a mapping. Do not record it as this one: what is derived from it would be unsound.
    """

    EQUAL = "equal"
    SUBSET_OF = "subset_of"
    SUPERSET_OF = "superset_of"
    INTERSECTS_WITH = "intersects_with"
    NO_RELATIONSHIP = "no_relationship"
    SUPPORTS = "supports"
    IS_SUPPORTED_BY = "is_supported_by"
    IDENTICAL = "identical"
    EQUIVALENT = "equivalent"
    CONTRARY = "contrary"
    RELATED = "related"

    @property
    def inverse(self) -> Relation:
        """The relation read from object to subject."""
        return _INVERSE.get(self, self)

    @property
    def style(self) -> Style:
        """The relationship style of IR 8477 that this relation belongs to."""
        return _STYLE[self]


_INVERSE = {
    Relation.SUBSET_OF: Relation.SUPERSET_OF,
    Relation.SUPERSET_OF: Relation.SUBSET_OF,
    Relation.SUPPORTS: Relation.IS_SUPPORTED_BY,
    Relation.IS_SUPPORTED_BY: Relation.SUPPORTS,
}

_STYLE = {
    Relation.EQUAL: Style.SET_THEORY,
    Relation.SUBSET_OF: Style.SET_THEORY,
    Relation.SUPERSET_OF: Style.SET_THEORY,
    Relation.INTERSECTS_WITH: Style.SET_THEORY,
    Relation.NO_RELATIONSHIP: Style.SET_THEORY,
    Relation.SUPPORTS: Style.SUPPORTIVE,
    Relation.IS_SUPPORTED_BY: Style.SUPPORTIVE,
    Relation.IDENTICAL: Style.SUPPORTIVE,
    Relation.EQUIVALENT: Style.SUPPORTIVE,
    Relation.CONTRARY: Style.SUPPORTIVE,
    Relation.RELATED: Style.CONCEPT_CROSSWALK,
}


class Property(StrEnum):
    """How one concept supports another (IR 8477, section 4.2)."""

    EXAMPLE_OF = "example_of"
    INTEGRAL_TO = "integral_to"
    PRECEDES = "precedes"


Link = Relation | Set[Relation]
"""One step of a path: a relation, or the set-theory relations that are possible."""

_EQ, _PP, _PPI, _PO, _DR = _BASE = (
    Relation.EQUAL,
    Relation.SUBSET_OF,
    Relation.SUPERSET_OF,
    Relation.INTERSECTS_WITH,
    Relation.NO_RELATIONSHIP,
)

UNIVERSE = frozenset(_BASE)
"""All five set-theory relations: nothing is known."""

IDENTITY = frozenset({_EQ})
"""The relation of a concept to itself; composed with any set, it gives that set."""

PART_OF = frozenset({_EQ, _PP})
"""The relation of a part to the statement that it is a part of (IR 8477, section 4.4); ``invert`` it for the reverse.

The whole says everything that its parts say. An only part may say all of it, so ``equal`` stays possible. Composition
decides what passes between them. Down to a part pass ``subset_of`` X and ``no_relationship``, but not ``superset_of`` X
or ``supports`` X, because not every part need do for X what the whole does. Up to the whole pass ``superset_of`` X and
``supports`` X, but not ``subset_of`` X. From one part through the whole to another part, nothing passes.

This holds for the items of one statement, the categories of a function and the like. A child that talks about its
parent (a question, an example, a discussion) or adds to it (a control enhancement) is not a part in this sense.
"""

_ROWS = {
    # then   EQ      PP                      PPi               PO                DR
    _EQ:  ({_EQ},  {_PP},                  {_PPI},           {_PO},            {_DR}),
    _PP:  ({_PP},  {_PP},                  UNIVERSE,         {_PP, _PO, _DR},  {_DR}),
    _PPI: ({_PPI}, {_EQ, _PP, _PPI, _PO},  {_PPI},           {_PPI, _PO},      {_PPI, _PO, _DR}),
    _PO:  ({_PO},  {_PP, _PO},             {_PPI, _PO, _DR}, UNIVERSE,         {_PPI, _PO, _DR}),
    _DR:  ({_DR},  {_PP, _PO, _DR},        {_DR},            {_PP, _PO, _DR},  UNIVERSE),
}  # fmt: skip
_COMPOSITION = {(first, second): cell for first, row in _ROWS.items() for second, cell in zip(_BASE, row, strict=True)}


def compose(first: Link, second: Link) -> frozenset[Relation]:
    """The relations possible between A and C, given those between A and B and those between B and C.

    Raises ``ValueError`` for a relation of another style; use :func:`compose_path` for those.
    """
    pairs = ((one, other) for one in _possible(first) for other in _possible(second))
    return frozenset[Relation]().union(*(_COMPOSITION[pair] for pair in pairs))


def invert(relations: Link) -> frozenset[Relation]:
    """The relations possible from object to subject, given those from subject to object."""
    return frozenset(relation.inverse for relation in _members(relations))


def intersect(paths: Iterable[Link]) -> frozenset[Relation]:
    """The relations that all paths between the same two concepts leave possible; :data:`UNIVERSE` if there is no path.

    The empty set is a contradiction: at least one mapping on these paths is wrong, or not judged on the same grounds.
    Raises ``ValueError`` as :func:`compose` does; for a path with another style, pass its :attr:`Conclusion.possible`.
    """
    return UNIVERSE.intersection(*map(_possible, paths))


def single(relations: Set[Relation]) -> Relation | None:
    """The only relation in a set, which may be reported, or ``None`` if there are several or none."""
    return next(iter(relations)) if len(relations) == 1 else None


def _members(link: Link) -> frozenset[Relation]:
    return frozenset((link,)) if isinstance(link, Relation) else frozenset(link)


def _possible(link: Link) -> frozenset[Relation]:
    members = _members(link)
    if not members <= UNIVERSE:
        names = ", ".join(sorted(members - UNIVERSE))
        raise ValueError(f"not of the set-theory style: {names}; compose_path() takes such a relation by itself")
    return members


TO_SUPPORTIVE: Mapping[Relation, tuple[Relation, Property | None]] = MappingProxyType(
    {
        Relation.SUBSET_OF: (Relation.SUPPORTS, Property.INTEGRAL_TO),
        Relation.EQUAL: (Relation.EQUIVALENT, None),
        Relation.SUPERSET_OF: (Relation.IS_SUPPORTED_BY, Property.INTEGRAL_TO),
    }
)
"""Table 7 of IR 8477: what a set-theory relation is in the supportive style.

``intersects_with`` is not in it, since an overlap does not say who helps whom; IR 8477 (section 4.6) lets it become
``related`` or be judged anew. ``no_relationship`` has no row in the table.
"""

TO_SET_THEORY: Mapping[tuple[Relation, Property | None], Relation] = MappingProxyType(
    {supportive: relation for relation, supportive in TO_SUPPORTIVE.items()}
)
"""Table 7 read backwards: the only set-theory relation that a supportive one with its property can come from.

IR 8477 converts one way only, and a supporting concept can be integral to another without lying within it. This is a
proposal for whoever made the mapping; the library never applies it. What is not in the table, such as ``supports``
without a property, has no counterpart.
"""

_TABLE_7 = {frozenset({relation}): supportive for relation, (supportive, _) in TO_SUPPORTIVE.items()}
_CONTAINS = invert(PART_OF)
_NOTHING = frozenset[Relation]()
_SAME_MEANING = frozenset({Relation.IDENTICAL, Relation.EQUIVALENT})
_SEVERAL = (Relation.RELATED, Relation.RELATED)


@frozen
class Conclusion:
    """What follows from a path of mappings for its two ends.

    ``possible`` holds the set-theory relations that the path does not rule out. If a link is of another style,
    ``weaker`` is what can still be said, also a relation of another style. It is ``None`` if there is no such link or
    nothing can be said.
    ``is_weak`` marks a path with two ``related`` links or more: nothing follows from it.
    """

    possible: frozenset[Relation]
    weaker: Relation | None = None
    is_weak: bool = False

    @property
    def relation(self) -> Relation | None:
        """The one relation that may be reported between the ends, or ``None``."""
        return self.weaker or single(self.possible)


@frozen(cache_hash=True)
class Chain:
    """The links of a path, composed one by one with :meth:`then`; without links, the relation of a concept to itself.

    A chain keeps little more than its :attr:`conclusion` and those of longer paths depend on. So there are few chains,
    and paths that share their first links share the work.
    """

    possible: frozenset[Relation] = IDENTITY
    runs: tuple[frozenset[Relation], ...] = (IDENTITY,)
    """The composed runs of set-theory links: before and after the one link in ``others``, or after the last of two.

    It is only the empty set once a run leaves open whether its ends have anything in common.
    """
    others: tuple[Relation, ...] = ()
    """The link that is neither of the set-theory style nor of the same meaning; two ``related`` stand for several."""
    is_set_theory: bool = True
    is_identical: bool = True
    untyped: int = 0
    """How many links are ``related``; two stand for any more."""

    def then(self, link: Link) -> Chain:
        """The chain with one more link. Raises ``ValueError`` for a set that holds a relation of another style."""
        return _then(self, link if isinstance(link, Relation) else frozenset(link))

    @property
    def conclusion(self) -> Conclusion:
        """What follows for the ends; see :func:`compose_path` for the rules."""
        return _conclusion(self)

    @property
    def is_idle(self) -> bool:
        """Whether nothing follows for the ends, neither from this path nor from any longer one."""
        return self.possible == UNIVERSE and self.conclusion.weaker is None

    @property
    def is_weak(self) -> bool:
        """Whether it has two ``related`` links or more, so that nothing follows from it however it goes on."""
        return self.untyped > 1

    @property
    def is_lead(self) -> bool:
        """Whether the ends are ``related``, and no longer path can say more."""
        return bool(self.others) and self.conclusion.weaker is Relation.RELATED


START = Chain()
"""The chain of no links."""


@cache
def _then(chain: Chain, link: Relation | frozenset[Relation]) -> Chain:
    if not isinstance(link, Relation) or link in UNIVERSE:
        claims = _possible(link)
        runs = (*chain.runs[:-1], compose(chain.runs[-1], claims))
        return evolve(chain, possible=compose(chain.possible, claims), runs=runs, is_identical=False)
    untyped = min(chain.untyped + (link is Relation.RELATED), 2)
    longer = evolve(chain, possible=compose(chain.possible, UNIVERSE), is_set_theory=False, untyped=untyped)
    if link in _SAME_MEANING:
        return evolve(longer, is_identical=chain.is_identical and link is Relation.IDENTICAL)
    if any(map(_may_be_apart, chain.runs)):
        return evolve(longer, runs=(_NOTHING,), is_identical=False)
    if chain.others:
        return evolve(longer, runs=(IDENTITY,), others=_SEVERAL, is_identical=False)
    return evolve(longer, runs=(*chain.runs, IDENTITY), others=(link,), is_identical=False)


@cache
def _conclusion(chain: Chain) -> Conclusion:
    apart = any(map(_may_be_apart, chain.runs))
    silent = apart or chain.is_set_theory or chain.is_weak
    return Conclusion(chain.possible, None if silent else _weaker(chain), is_weak=chain.is_weak and not apart)


def _weaker(chain: Chain) -> Relation:
    if len(chain.others) == 1:
        before, after = chain.runs
        return chain.others[0] if before <= _CONTAINS and after <= PART_OF else Relation.RELATED
    if chain.others:
        return Relation.RELATED
    return Relation.IDENTICAL if chain.is_identical else _TABLE_7.get(chain.runs[0], Relation.RELATED)


def _may_be_apart(run: frozenset[Relation]) -> bool:
    return not run or _DR in run


def compose_path(links: Iterable[Link]) -> Conclusion:
    """What follows for the ends of a path from its links, all read in one direction; without links, the identity.

    Set-theory links are composed. A relation of another style rules out none of the five, so a path with one never
    makes a set-theory claim. The first of these rules that applies decides what it says instead:

    1. Nothing follows if a run of set-theory links leaves open whether its ends have anything in common: with
       ``no_relationship``, or from a part through the whole to another part.
    2. ``supports``, ``is_supported_by`` and ``contrary`` pass to what contains the two concepts, and no further. What
       some part of A does to some part of B, a superset of A does to a superset of B: ``superset_of``, ``supports``,
       ``subset_of`` is ``supports``.
    3. Nothing follows from two ``related`` links: that two concepts are related to a third is no relation.
    4. Everything else with one of these or with ``related`` is ``related``: worth a look, but not a judgement. So is
       ``supports`` twice: support may be partial, and the part of B that A helps need not be the part that helps C.
       IR 8477 (section 4.2) warns against taking one support for the other.
    5. ``identical`` and ``equivalent`` leave the other links as they are. A path of nothing but ``identical`` is
       ``identical``. In any other path, the composed set-theory links are converted by :data:`TO_SUPPORTIVE`, or are
       ``related`` if that has no entry. ``equivalent`` then means the same meaning in any wording.

    Raises ``ValueError`` for a set that holds a relation of another style.
    """
    return reduce(Chain.then, links, START).conclusion


STRONGEST = 10
"""The top of the scale of strengths."""


def combine(strengths: Iterable[int | None]) -> int | None:
    """The strength of a path: the strength of its weakest link, or :data:`STRONGEST` without links. It never grows.

    One unknown strength (``None``) makes it unknown: the link may be the weakest.
    """
    links = list(strengths)
    known = [strength for strength in links if strength is not None]
    return min(known, default=STRONGEST) if len(known) == len(links) else None
