"""The words of the site for what mappings, profiles, revisions and texts are, each explained once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from attrs import frozen

from iotbaseline._apps.site import words
from iotbaseline._mappings.coverage_level import CoverageLevel
from iotbaseline._model.provenance import Fidelity, Status
from iotbaseline._revisions.pairing import ChangeKind
from iotbaseline.relations import Relation


@frozen
class Term:
    """A word, where it stands on the page *How to read this site*, what it means, and its name in the data if other."""

    word: str
    anchor: str
    said: str
    code: str | None = None

    @property
    def question(self) -> str:
        """What one who looks for the word wants to know."""
        return f"What “{self.word}” means"


@frozen
class Topic:
    """Words that belong together."""

    name: str
    heading: str
    intro: str
    terms: tuple[Term, ...]


_RELATIONS: Mapping[Relation, str] = {
    Relation.EQUAL: "both ask for exactly the same",
    Relation.SUBSET_OF: "the other asks for all that this asks for, and for more",
    Relation.SUPERSET_OF: "this asks for all that the other asks for, and for more",
    Relation.INTERSECTS_WITH: "they have a part in common, and each asks for something else too",
    Relation.NO_RELATIONSHIP: "this asks for something else altogether",
    Relation.SUPPORTS: "this helps to do the other; how much of it, nobody says",
    Relation.IS_SUPPORTED_BY: "the other helps to do this; how much of it, nobody says",
    Relation.IDENTICAL: "both say the same in the same words",
    Relation.EQUIVALENT: "both say the same in other words",
    Relation.CONTRARY: "they say the opposite of each other",
    Relation.RELATED: "its source names them together and does not say how they relate",
}
_LEVELS: Mapping[CoverageLevel, str] = {
    CoverageLevel.COVERED: "something selected asks for all of it",
    CoverageLevel.PARTLY_COVERED: "something selected certainly asks for a part of it",
    CoverageLevel.SUPPORTED: "something selected helps to do it; how much of it, nobody says",
    CoverageLevel.RELATED: "only weak links lead to it: mappings without a type, support the other way, examples",
    CoverageLevel.GAP: "a crosswalk names it, and nothing selected leads to it",
    CoverageLevel.NOT_MAPPED: "no crosswalk says anything of it: it may be covered or not",
}
COMPARISON: Mapping[str, str] = {
    "same": "asks for the same element",
    "tailored": "takes the element and changes it",
    "equivalent": "asks for the same in other words",
    "more": "asks for all of it, and perhaps more",
    "overlaps": "asks for some of it",
    "less": "asks for less than it",
    "related": "has something to do with it, and no more is said",
    "—": "has nothing that a mapping leads to",
    "not mapped": "no crosswalk says anything",
    "beyond": "asks for what no mapping leads from to the baselines",
}
CHANGES: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: "it is new",
    ChangeKind.REMOVED: "it is gone",
    ChangeKind.SPLIT: "it became several",
    ChangeKind.MERGED: "it became part of another, or several became one",
    ChangeKind.MOVED: "it stands elsewhere in the publication",
    ChangeKind.RENUMBERED: "its identifier is another one",
    ChangeKind.RETITLED: "its title is another one",
    ChangeKind.REWORDED: "its sentence is another one",
    ChangeKind.CONTINUED: "it is still there; whether it was reworded cannot be told, since one wording is not held",
    ChangeKind.UNPAIRED: "it is on one side only, and nothing says that it was added or removed",
    ChangeKind.UNCHANGED: "it says the same in the same words",
}
_STATUSES: Mapping[Status, str] = {
    Status.CURRENT: "in force",
    Status.DRAFT: "published for comment, not in force",
    Status.SUPERSEDED: "another publication took its place",
    Status.WITHDRAWN: "taken back by its publisher",
    Status.UNKNOWN: "nobody looked into whether it is in force",
}
_FIDELITIES: Mapping[Fidelity, str] = {
    Fidelity.FULL: "checked against a complete copy of the publication",
    Fidelity.PARTIAL: "checked against a part of the publication",
    Fidelity.SECONDARY: "checked only against what others say of the publication",
}


_Name = TypeVar("_Name", bound=str)


def _anchor(topic: str, name: str) -> str:
    return f"{topic}-{re.sub('[^a-z0-9]+', '-', name).strip('-') or 'nothing'}"


def _terms(topic: str, said: Mapping[_Name, str]) -> tuple[Term, ...]:
    return tuple(Term(str(name), _anchor(topic, name), text) for name, text in said.items())


TOPICS = (
    Topic(
        "basis",
        "Who made a mapping",
        "A mapping that is this project’s judgement was neither made nor endorsed by a publisher. It helps to find the"
        " place to look; a product does not comply by being mapped.",
        _terms("basis", words.BASES),
    ),
    Topic(
        "relation",
        "What a mapping says: the relation",
        "The relations are those of NIST IR 8477. They are read from the element whose page you are on to the other"
        " one. Nothing follows from a path with two links “is related to”, so none is shown.",
        tuple(
            Term(words.RELATIONS[relation], _anchor("relation", relation), said, relation)
            for relation, said in _RELATIONS.items()
        ),
    ),
    Topic(
        "coverage",
        "How far a profile goes",
        "Where no mapping is held, nothing follows: a crosswalk may not have been made.",
        _terms("coverage", _LEVELS),
    ),
    Topic(
        "compare",
        "What a profile makes of an element",
        "These words stand in the comparison of profiles. A cell reads from the profile: it …",
        _terms("compare", COMPARISON),
    ),
    Topic(
        "change",
        "What a revision did",
        "One element can be several of these at once: moved, renumbered and reworded.",
        _terms("change", CHANGES),
    ),
    Topic("status", "Whether a publication is in force", "", _terms("status", _STATUSES)),
    Topic(
        "fidelity",
        "How well a text was checked",
        "The fidelity of a publication, an element or a source says what it was checked against.",
        _terms("fidelity", _FIDELITIES),
    ),
)
"""Every word that is explained, by what it is about."""


_SAID = {(topic.name, term.code or term.word): term.said for topic in TOPICS for term in topic.terms}


def meaning(name: str, topic: str) -> str:
    """What a word of a topic means; a relation is named as in the data."""
    return _SAID[topic, name]


def terms() -> Iterator[Term]:
    """Every word that is explained."""
    for topic in TOPICS:
        yield from topic.terms
