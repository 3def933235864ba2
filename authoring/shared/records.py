"""Making the records of elements, mappings and lineage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from iotbaseline._library import sssom
from iotbaseline._model.fingerprints import fingerprint as make_fingerprint

Json = dict[str, Any]


def slug(name: str) -> str:
    """A printed name as part of an identifier: lower-case words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def element(
    kind: str,
    identifier: str,
    *,
    title: str | None = None,
    label: str | None = None,
    parent: str | None = None,
    section: str | None = None,
    table: str | None = None,
    page: str | int | None = None,
    wording: str | None = None,
    fidelity: str = "full",
    note: str | None = None,
    **more: Any,
) -> Json:
    """One element record, without its summary.

    ``wording`` is the official text, of which only the fingerprint is kept.
    """
    mark = make_fingerprint(wording) if wording else None
    record: Json = {
        "kind": kind,
        "id": identifier,
        "title": title,
        "label": label,
        "parent": parent,
        **more,
        "section": section,
        "table": table,
        "page": None if page is None else str(page),
        "words": mark.words if mark else None,
        "sha256": mark.sha256 if mark else None,
        "fidelity": fidelity if fidelity != "full" else None,
        "note": note,
    }
    return {name: value for name, value in record.items() if value not in (None, [], False)}


def term(key: str, title: str, wording: str, *, page: str | int, section: str = "Appendix B") -> Json:
    """A term of a glossary with its definition."""
    return element("term", f"{key}:term.{slug(title)}", title=title, section=section, page=page, wording=wording)


def mapping(
    subject: str,
    relation: str,
    obj: str | None,
    *,
    basis: str,
    justification: str = "semapv:ManualMappingCuration",
    object_label: str | None = None,
    rationale: str | None = None,
    fidelity: str = "full",
    locator: str | None = None,
    strength: int | None = None,
    printed: str | None = None,
    path: Sequence[str] = (),
) -> dict[str, str]:
    """One row of a crosswalk file. ``obj`` is None for a reference of which only ``object_label`` is known."""
    row = {
        "subject_id": subject,
        "predicate_id": f"ir8477:{relation}",
        "object_id": obj,
        "object_label": object_label,
        "object_type": None if obj else sssom.LITERAL,
        "mapping_justification": justification,
        "comment": rationale,
        "basis": basis,
        "fidelity": fidelity,
        "locator": locator,
        "strength": strength,
        "printed": printed,
        "path": "|".join(path) or None,
    }
    return {name: "" if value is None else str(value) for name, value in row.items()}


def lineage(
    before: Sequence[str],
    after: Sequence[str],
    change: str,
    *,
    basis: str,
    evidence: str,
    fidelity: str = "full",
    grade: str | None = None,
) -> Json:
    """One lineage record.

    ``change``: continued, split, merged, moved, incorporated, added or removed; ``grade`` of what is continued in other
    words: editorial or substantive.
    """
    record = {
        "before": list(before),
        "after": list(after),
        "change": change,
        "basis": basis,
        "fidelity": fidelity,
        "evidence": evidence,
    }
    return record if grade is None else {**record, "grade": grade}
