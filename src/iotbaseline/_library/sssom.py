"""Mapping tables in SSSOM TSV (Simple Standard for Sharing Ontology Mappings), read and written.

The columns beyond the standard (basis, fidelity, locator, strength, printed, path) are declared in each file's
header as extensions. A reference that cannot be identified becomes a literal object, which has only a label.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import NoReturn, cast

from iotbaseline._model import mapping as model
from iotbaseline._model.hidden import hidden_in
from iotbaseline._model.provenance import Basis, Fidelity
from iotbaseline.errors import DataError, counted, shorten
from iotbaseline.relations import Relation

COLUMNS = (
    "subject_id",
    "predicate_id",
    "object_id",
    "object_label",
    "object_type",
    "mapping_justification",
    "comment",
    "basis",
    "fidelity",
    "locator",
    "strength",
    "printed",
    "path",
)
"""The columns of a mapping table, in order."""

NOTHING = "sssom:NoTermFound"
"""The object of a row that lists a subject with nothing mapped to it."""

PREDICATE_PREFIX = "ir8477:"
"""Predicates are the relations of NIST IR 8477, written as CURIEs."""

LITERAL = "rdfs literal"
"""The type of an object that has a label only."""

PUBLIC_DOMAIN = "https://creativecommons.org/publicdomain/zero/1.0/"
UNSPECIFIED = "https://w3id.org/sssom/license/unspecified"

_RELATIONS = {f"{PREDICATE_PREFIX}{relation.value}": relation for relation in Relation}
_BASES = {basis.value: basis for basis in Basis if basis is not Basis.USER}
_FIDELITIES = {fidelity.value: fidelity for fidelity in Fidelity}
_EXTENSIONS = ("basis", "fidelity", "locator", "strength", "printed", "path")
_HOME = "https://w3id.org/iotbaseline/"
_PREFIXES = {"iotbaseline": _HOME, "ir8477": "https://doi.org/10.6028/NIST.IR.8477#"}


def read(text: str, file: str) -> tuple[model.Mapping, ...]:
    """Read a mapping table; ``file`` names it in errors and, without its suffix, as the mappings' source.

    Raises :class:`~iotbaseline.errors.DataError` with the line number for a wrong column or value.
    """
    if (hidden := hidden_in(text)) is not None:
        line = next(n for n, line in enumerate(StringIO(text, newline="\n"), 1) if hidden_in(line) is not None)
        raise DataError(file, f"line {line}", f"it has the character {hidden}", "take the character out")
    start, above = 0, 0
    while text.startswith("#", start):
        start, above = text.find("\n", start) + 1 or len(text), above + 1
    rows = csv.reader(StringIO(text[start:], newline="\n"), delimiter="\t", strict=True)
    try:
        header = tuple(next(rows, ()))
    except csv.Error as error:
        raise DataError(file, f"line {above + 1}", f"the columns cannot be read ({error})", "correct them") from error
    if header != COLUMNS:
        raise DataError(file, f"line {above + 1}", f"the columns are {shorten(header)}", f"they must be {COLUMNS}")
    source = file.rpartition("/")[2].removesuffix(".sssom.tsv")
    try:
        return tuple([mapping_of(row, source) for row in rows if row])
    except (ValueError, csv.Error) as error:
        place = f"line {above + rows.line_num}"
        raise DataError(file, place, str(error), "correct the row or take it out") from error


def write(
    mappings: Iterable[model.Mapping],
    subject: str,
    obj: str,
    *,
    addresses: Mapping[str, str],
    license_: str = PUBLIC_DOMAIN,
    about: Mapping[str, str] = {},
) -> str:
    """Write a mapping table from one publication to another: a header, then a row for each mapping.

    ``addresses`` expands the prefixes of identifiers; those it lacks are expanded to names of this project. ``about``
    holds further slots of the header. A cell with a tab, a line end or a quote is quoted, as the standard requires.
    """
    rows = tuple(mappings)
    named = (end for row in rows for end in (row.subject, row.object, *row.path) if end is not None)
    prefixes = sorted({identifier.partition(":")[0] for identifier in named})
    slots: dict[str, object] = {
        "sssom_version": "1.1",
        "curie_map": _PREFIXES | {prefix: addresses.get(prefix, f"{_HOME}{prefix}#") for prefix in prefixes},
        "mapping_set_id": f"{_HOME}crosswalks/{subject}--{obj}",
        **about,
        "license": license_,
        "subject_source": f"iotbaseline:{subject}",
        "object_source": f"iotbaseline:{obj}",
        "extension_definitions": [{"slot_name": slot, "property": f"iotbaseline:terms/{slot}"} for slot in _EXTENSIONS],
    }
    lines = [f"#{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in slots.items()]
    lines += ["\t".join(map(_quoted, cells)) for cells in (COLUMNS, *map(cells_of, rows))]
    return "\n".join([*lines, ""])


def cells_of(mapping: model.Mapping) -> tuple[str, ...]:
    """The cells of the row of a mapping, as they are before quoting."""
    return (
        mapping.subject,
        f"{PREDICATE_PREFIX}{mapping.relation}",
        NOTHING if mapping.is_empty else mapping.object or "",
        mapping.object_label or "",
        "" if mapping.is_empty or mapping.object else LITERAL,
        mapping.justification,
        mapping.rationale or "",
        mapping.basis,
        mapping.fidelity,
        mapping.locator or "",
        "" if mapping.strength is None else str(mapping.strength),
        mapping.printed or "",
        "|".join(mapping.path),
    )


def mapping_of(row: Sequence[str], source: str) -> model.Mapping:
    """The mapping that a row states; raises ``ValueError`` for a wrong cell."""
    if len(row) != len(COLUMNS):
        off = "longer" if len(row) > len(COLUMNS) else "shorter"
        raise ValueError(f"the row is {off} than the header: {counted(len(row), 'cell')}, not {len(COLUMNS)}")
    subject, predicate, obj, label, kind, justification, comment, basis, fidelity, locator, judged, printed, path = row
    strength = int(judged) if judged else None
    if strength is not None and not 0 <= strength <= 10:
        raise ValueError(f"the strength {strength} is not from 0 to 10")
    if not obj and not label:
        raise ValueError(f"there is no object; write {NOTHING} if the source lists the subject with none")
    if kind != ("" if obj else LITERAL):
        raise ValueError(
            f"the object_type is {shorten(kind)}; it is {LITERAL!r} where there is only a label, else empty"
        )
    made = object.__new__(model.THAWED)
    made.subject = subject
    made.relation = _RELATIONS.get(predicate) or Relation(predicate.removeprefix(PREDICATE_PREFIX))
    made.object = None if obj == NOTHING else obj or None
    made.object_label = label or None
    made.basis = _BASES.get(basis) or _refused(basis)
    made.fidelity = _FIDELITIES.get(fidelity) or Fidelity(fidelity)
    made.justification = justification
    made.rationale = comment or None
    made.locator = locator or None
    made.strength = strength
    made.printed = printed or None
    made.path = tuple(path.split("|")) if path else ()
    made.source = source
    made.__class__ = model.Mapping
    return cast("model.Mapping", made)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in '\t\n\r"') else text


def _refused(basis: str) -> NoReturn:
    raise ValueError(f"the basis {Basis(basis).value!r} is for tables that are read by read_crosswalk()")
