"""The columns of NIST's OLIR templates as CSV: NIST IR 8278A revision 1, section 3.2, Table 2.

A row compares the *reference* document's element with the *focal* document's one: by Table 2 the relationship is what
the former is to the latter, and in the example of Table 6 the reference element supports the focal one. ``subset of``
therefore says that the reference element lies within the focal one. Here the focal element is the subject, so each
relationship is inverted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iotbaseline._display.records import RUN_BY_SPREADSHEETS, csv_text
from iotbaseline._files.tables import Ends, Layout, Row
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Basis, Fidelity
from iotbaseline._model.publication import Publication
from iotbaseline.errors import shorten
from iotbaseline.formats.sssom import JUSTIFICATION
from iotbaseline.relations import Property, Relation

if TYPE_CHECKING:
    from iotbaseline._display.records import Record
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

FOCAL, REFERENCE = "focal document element", "reference document element"
SET_THEORY, SUPPORTIVE = "relationship", "relationship type"
STRENGTH = "strength of relationship"
_WHY = {
    "rationale": "rationale: ",
    "relationship property": "property: ",
    "relationship explanation": "",
    "comments": "",
    "fulfilled by": "fulfilled by: ",
    "group identifier": "group: ",
}
"""The columns that make up a rationale, in this order. Only the first edition of IR 8278A has the last two."""

NOT_TAKEN = (f"{FOCAL} description", f"{REFERENCE} description", "security control baseline")
"""Columns that are accepted and left out: they repeat what the publications say."""

LAYOUT = Layout(
    "the OLIR layout of NIST IR 8278A r1",
    ",",
    (FOCAL, REFERENCE),
    (SET_THEORY, SUPPORTIVE, STRENGTH, *_WHY, *NOT_TAKEN),
    others=False,
    fold=lambda name: " ".join(re.sub(r"\((optional|y/n)\)", "", name.lower()).split()),
)

WORDS = {
    SET_THEORY: {
        "subset of": Relation.SUBSET_OF,
        "intersects with": Relation.INTERSECTS_WITH,
        "equal": Relation.EQUAL,
        "equal to": Relation.EQUAL,
        "superset of": Relation.SUPERSET_OF,
        "not related to": Relation.NO_RELATIONSHIP,
        "no relationship": Relation.NO_RELATIONSHIP,
    },
    SUPPORTIVE: {
        "supports": Relation.SUPPORTS,
        "is supported by": Relation.IS_SUPPORTED_BY,
        "supported by": Relation.IS_SUPPORTED_BY,
        "identical": Relation.IDENTICAL,
        "equivalent": Relation.EQUIVALENT,
        "contrary": Relation.CONTRARY,
    },
}
"""The relationships of the two columns, read from the reference element to the focal one.

The supportive style has its own ``no relationship``, too little in common to be worth a mapping. It is not the one of
the set-theory style, and :class:`~iotbaseline.relations.Relation` does not have it.
"""

_WRITTEN = (FOCAL, REFERENCE, SUPPORTIVE, SET_THEORY, "relationship explanation", STRENGTH)
_STATED = {relation: (column, word) for column, words in WORDS.items() for word, relation in reversed(words.items())}
"""The column and the first of its words for each relation of the reference element to the focal one."""

_GIVEN = {
    "rationale": ("syntactic", "semantic", "functional"),
    "relationship property": tuple(kind.replace("_", " ") for kind in Property),
}
_JUDGED = (SET_THEORY, SUPPORTIVE, STRENGTH, *_WHY)


def mapping(row: Row, ends: Ends) -> Mapping:
    """Make a mapping from a row: its subject is the focal element, its object the reference element.

    A row without a reference element says that nothing is mapped to the focal one. Raises
    :class:`~iotbaseline.errors.DataError`.
    """
    focal = ends.subject(row, FOCAL, row[FOCAL])
    written = row[REFERENCE]
    if not written:
        for column in _JUDGED:
            if row[column]:
                fix = f"name the {REFERENCE}, or leave the row empty but for the {FOCAL}"
                raise row.error(f"there is a {column} without a {REFERENCE}", fix)
    for column, words in _GIVEN.items():
        if row[column] and _plain(row[column]) not in words:
            raise row.error(f"the {column} is {shorten(row[column])}", f"use one of {', '.join(words)}")
    why = (f"{label}{row[column]}" for column, label in _WHY.items() if row[column])
    return Mapping(
        subject=focal,
        relation=_relation(row).inverse if written else Relation.RELATED,
        object=ends.object(row, REFERENCE, written) if written else None,
        basis=Basis.USER,
        fidelity=Fidelity.FULL,
        justification=JUSTIFICATION,
        rationale="; ".join(why) or None,
        strength=None if row[STRENGTH].lower() == "n/a" else row.strength(STRENGTH),
        printed=written or None,
        source=row.file,
    )


def write(things: Things, losses: Losses) -> bytes:
    """Make a table of a crosswalk, whose subject is the focal document.

    Where no mapping has a relation with a word of its own, it is a concept crosswalk, without columns for it.
    """
    [crosswalk] = things.crosswalks
    is_concept = all(each.relation is Relation.RELATED for each in crosswalk)
    rows: list[Record] = []
    for each in crosswalk:
        if each.object_label is not None and each.object is None:
            losses.left_out("citations that name no element", str(each))
        elif each.relation is Relation.RELATED and each.object is not None and not is_concept:
            losses.left_out("mappings whose relation has no word", str(each))
        else:
            losses.weakened("mappings without their basis, source and place, for which there is no column", str(each))
            if each.is_empty and each.rationale:
                losses.weakened("reasons why nothing is mapped", str(each))
            elif each.rationale and each.rationale.startswith(RUN_BY_SPREADSHEETS):
                losses.weakened("reasons with an apostrophe before them, since a spreadsheet would run them", str(each))
            rows.append(_row(each, crosswalk.subject, crosswalk.object))
    names = [name for name in _WRITTEN if not is_concept or name not in WORDS]
    return csv_text([name.title() for name in names], rows).encode()


def _row(mapping: Mapping, focal: Publication, reference: Publication) -> Record:
    found: Record = {FOCAL: _printed(focal, mapping.subject)}
    if mapping.object is not None:
        found[REFERENCE] = _printed(reference, mapping.object)
        found["relationship explanation"] = mapping.rationale
        found[STRENGTH] = mapping.strength
        if mapping.relation in _STATED:
            column, word = _STATED[mapping.relation.inverse]
            found[column] = word
    return {name.title(): found.get(name) for name in _WRITTEN}


def _printed(publication: Publication, identifier: str) -> str:
    """The printed label of an element if it leads back to it, else its identifier within the publication."""
    element = publication.get(identifier)
    if element is not None and element.label is not None and publication.get(element.label) is element:
        return element.label
    return publication.local(identifier)


def _relation(row: Row) -> Relation:
    """What the reference element is to the focal one; ``related`` in a concept crosswalk, which has no such column."""
    columns = [column for column in WORDS if column in row.cells]
    stated = [column for column in columns if row[column]]
    if not columns:
        return Relation.RELATED
    if len(stated) != 1:
        raise row.error(f"there are {len(stated)} relationships", f"fill in one of {', '.join(columns)}")
    [column] = stated
    relation = WORDS[column].get(_plain(row[column]))
    if relation is None:
        raise row.error(f"there is no {column} {shorten(row[column])}", f"use one of {', '.join(WORDS[column])}")
    return relation


def _plain(text: str) -> str:
    return " ".join(re.split(r"[\s_-]+", text.lower()))
