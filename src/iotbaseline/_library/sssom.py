"""Mapping tables in SSSOM TSV (Simple Standard for Sharing Ontology Mappings), read into mappings and written.

The columns beyond the standard (basis, fidelity, locator, strength, printed, path) are declared in each file's
header as extensions. A mapping to something that cannot be identified has an ``object_label`` only.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import NoReturn

from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Basis, Fidelity
from iotbaseline.errors import DataError, shorten
from iotbaseline.relations import Relation

COLUMNS = (
    "subject_id",
    "predicate_id",
    "object_id",
    "object_label",
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

_RELATIONS = {f"{PREDICATE_PREFIX}{relation.value}": relation for relation in Relation}
_BASES = {basis.value: basis for basis in Basis if basis is not Basis.USER}
_FIDELITIES = {fidelity.value: fidelity for fidelity in Fidelity}


def read(text: str, file: str) -> tuple[Mapping, ...]:
    """Read a mapping table; ``file`` names it in errors and, without its suffix, as the mappings' source.

    Raises :class:`~iotbaseline.errors.DataError` with the line number for a wrong column or value.
    """
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    rows = csv.reader(filter(None, lines[first:]), delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        header = tuple(next(rows, ()))
    except csv.Error as error:
        raise DataError(file, f"line {first + 1}", f"the columns cannot be read ({error})", "correct them") from error
    if header != COLUMNS:
        raise DataError(file, f"line {first + 1}", f"the columns are {shorten(header)}", f"they must be {COLUMNS}")
    source = file.rpartition("/")[2].removesuffix(".sssom.tsv")
    found: list[Mapping] = []
    try:
        found.extend(_mapping(row, source) for row in rows)
    except (ValueError, csv.Error) as error:
        numbers = [number for number, line in enumerate(lines, 1) if number > first and line]
        place = f"line {numbers[1 + len(found)]}"
        raise DataError(file, place, str(error), "correct the row or take it out") from error
    return tuple(found)


def write(mappings: Iterable[Mapping], addresses: dict[str, str], header: dict[str, object]) -> str:
    """Write a mapping table: a header with the slots given, then a row for each mapping in :data:`COLUMNS`.

    ``addresses`` expands the prefixes of identifiers; those it lacks are expanded to names of this project. What
    holds a tab, a line end or a quote is quoted as the standard says.
    """
    rows = tuple(mappings)
    named = (each for row in rows for each in (row.subject, row.object, *row.path) if each is not None)
    prefixes = sorted({each.partition(":")[0] for each in named})
    entries: dict[str, object] = {
        "sssom_version": "1.1",
        "curie_map": _ADDRESSES | {prefix: addresses.get(prefix, f"{_HOME}{prefix}#") for prefix in prefixes},
        **header,
        "extension_definitions": [{"slot_name": slot, "property": f"iotbaseline:terms/{slot}"} for slot in _EXTENSIONS],
    }
    lines = [f"#{name}: {json.dumps(value)}" for name, value in entries.items()]
    lines += ["\t".join(map(_quoted, cells)) for cells in (COLUMNS, *map(_cells, rows))]
    return "\n".join([*lines, ""])


_HOME = "https://w3id.org/iotbaseline/"
_ADDRESSES = {"iotbaseline": _HOME, "ir8477": "https://doi.org/10.6028/NIST.IR.8477#"}
_EXTENSIONS = ("basis", "fidelity", "locator", "strength", "printed", "path")


def _cells(mapping: Mapping) -> tuple[str, ...]:
    return (
        mapping.subject,
        f"{PREDICATE_PREFIX}{mapping.relation}",
        NOTHING if mapping.is_empty else mapping.object or "",
        mapping.object_label or "",
        mapping.justification,
        mapping.rationale or "",
        mapping.basis,
        mapping.fidelity,
        mapping.locator or "",
        "" if mapping.strength is None else str(mapping.strength),
        mapping.printed or "",
        "|".join(mapping.path),
    )


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in '\t\n\r"') else text


def _mapping(row: list[str], source: str) -> Mapping:
    if len(row) != len(COLUMNS):
        off = "longer" if len(row) > len(COLUMNS) else "shorter"
        raise ValueError(f"the row is {off} than the header: {len(row)} cells, not {len(COLUMNS)}")
    subject, predicate, obj, label, justification, comment, basis, fidelity, locator, judged, printed, path = row
    strength = int(judged) if judged else None
    if strength is not None and not 0 <= strength <= 10:
        raise ValueError(f"the strength {strength} is not from 0 to 10")
    if not obj and not label:
        raise ValueError(f"there is no object; write {NOTHING} if the source lists the subject with none")
    return Mapping(
        subject=subject,
        relation=_RELATIONS.get(predicate) or Relation(predicate.removeprefix(PREDICATE_PREFIX)),
        object=None if obj == NOTHING else obj or None,
        object_label=label or None,
        basis=_BASES.get(basis) or _refused(basis),
        fidelity=_FIDELITIES.get(fidelity) or Fidelity(fidelity),
        justification=justification,
        rationale=comment or None,
        locator=locator or None,
        strength=strength,
        printed=printed or None,
        path=tuple(path.split("|")) if path else (),
        source=source,
    )


def _refused(basis: str) -> NoReturn:
    raise ValueError(f"the basis {Basis(basis).value!r} is for tables that are read by with_crosswalk()")
