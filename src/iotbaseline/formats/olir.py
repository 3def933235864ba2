"""The columns of NIST's OLIR templates as CSV: NIST IR 8278A revision 1, section 3.2, Table 2.

A row compares the *reference* document's element with the *focal* document's one: by Table 2 the relationship is what
the former is to the latter, and in the example of Table 6 the reference element supports the focal one. ``subset of``
therefore says that the reference element lies within the focal one. Here the focal element is the subject, so each
relationship is inverted.
"""

from __future__ import annotations

import re

from iotbaseline._files.tables import Ends, Layout, Row
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Basis, Fidelity
from iotbaseline.errors import shorten
from iotbaseline.formats.sssom import JUSTIFICATION
from iotbaseline.relations import Property, Relation

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
