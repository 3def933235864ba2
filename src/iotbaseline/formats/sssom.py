"""SSSOM/TSV as others write it: https://mapping-commons.github.io/sssom/spec-formats-tsv/

Columns may be in any order. Three are required, and the extension columns of this library are read if they are there.
Other columns are left out, as the standard tells readers to do, except the one that denies a mapping.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from iotbaseline._files.tables import Ends, Layout, Row
from iotbaseline._library import sssom
from iotbaseline._model.identifiers import nearest
from iotbaseline._model.mapping import THAWED, Mapping
from iotbaseline._model.provenance import Basis, Fidelity
from iotbaseline.errors import shorten
from iotbaseline.relations import STRONGEST, Relation

if TYPE_CHECKING:
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

CONFIDENCE, NEGATION = "confidence", "predicate_modifier"
_REQUIRED = ("subject_id", "predicate_id", "object_id")
LAYOUT = Layout(
    "SSSOM TSV",
    "\t",
    _REQUIRED,
    (*(column for column in sssom.COLUMNS if column not in _REQUIRED), CONFIDENCE, NEGATION),
    others=True,
    fold=str,
)

SKOS = {
    "skos:exactMatch": Relation.EQUIVALENT,
    "skos:broadMatch": Relation.SUBSET_OF,
    "skos:narrowMatch": Relation.SUPERSET_OF,
    "skos:closeMatch": Relation.RELATED,
    "skos:relatedMatch": Relation.RELATED,
}
"""What the mapping properties of SKOS, section 10, are here: the object of ``broadMatch`` is the broader concept."""

PREDICATES = {f"{sssom.PREDICATE_PREFIX}{relation}": relation for relation in Relation} | SKOS
"""Every predicate that is understood; those of IR 8477 also without their prefix."""

JUSTIFICATION = "semapv:ManualMappingCuration"
"""The justification of a mapping that states none."""

_BY_FOLD = {predicate.lower(): relation for predicate, relation in PREDICATES.items()}
_FIDELITIES = {fidelity.value: fidelity for fidelity in Fidelity} | {"": Fidelity.FULL}


def mapping(row: Row, ends: Ends) -> Mapping:
    """Make a mapping from a row; raises :class:`~iotbaseline.errors.DataError`."""
    cell = row.cells.get
    if cell(NEGATION):
        fix = f"take the row out, or state {sssom.PREDICATE_PREFIX}{Relation.NO_RELATIONSHIP} if that is meant"
        raise row.error(f"the {NEGATION} {shorten(row[NEGATION])} denies the mapping, which cannot be held", fix)
    obj, label, path, written = cell("object_id", ""), cell("object_label"), cell("path"), cell("predicate_id", "")
    if not obj and not label:
        raise row.error("there is no object", f"write {sssom.NOTHING} if nothing is mapped to the subject")
    fidelity = _FIDELITIES.get(cell("fidelity", ""))
    if fidelity is None:
        raise row.error(f"there is no fidelity {shorten(row['fidelity'])}", f"use one of {', '.join(Fidelity)}")
    made = object.__new__(THAWED)
    made.subject = ends.subject(row, "subject_id", cell("subject_id", ""))
    made.relation = PREDICATES.get(written) or _spelled(row, written)
    made.object = ends.object(row, "object_id", obj) if obj and obj != sssom.NOTHING else None
    made.object_label = label or None
    made.basis = Basis.USER
    made.fidelity = fidelity
    made.justification = cell("mapping_justification") or JUSTIFICATION
    made.rationale = cell("comment") or None
    made.locator = cell("locator") or None
    made.strength = row.strength("strength") if cell("strength") else _confidence(row) if cell(CONFIDENCE) else None
    made.printed = cell("printed") or None
    made.path = tuple(ends.between(row, "path", step) for step in path.split("|")) if path else ()
    made.source = row.file
    made.__class__ = Mapping
    return cast("Mapping", made)


def write(things: Things, losses: Losses) -> bytes:  # noqa: ARG001
    """Make a mapping set; nothing is lost."""
    [crosswalk] = things.crosswalks
    return crosswalk.to_sssom().encode()


def _spelled(row: Row, written: str) -> Relation:
    """The relation of a predicate in another case, with spaces or hyphens, or without its prefix."""
    folded = re.sub(r"[ -]", "_", written.lower())
    relation = _BY_FOLD.get(folded) or _BY_FOLD.get(f"{sssom.PREDICATE_PREFIX}{folded}")
    if relation is None:
        near = nearest(written, PREDICATES) or PREDICATES
        raise row.error(f"there is no predicate {shorten(written)}", f"use one of {', '.join(near)}")
    return relation


def _confidence(row: Row) -> int:
    """A confidence from 0 to 1 as a strength from 0 to 10: the nearest whole number, the upper one if two are."""
    written = row[CONFIDENCE]
    with suppress(ValueError):
        if 0 <= (value := float(written)) <= 1:
            return int(value * STRONGEST + 0.5)
    raise row.error(f"the {CONFIDENCE} is {shorten(written)}", "write a number from 0 to 1")
