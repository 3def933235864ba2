"""Turn values of TOML or JSON into the types that describe a file; problems go to a report."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, fields, has

from iotbaseline._files.positions import Path
from iotbaseline._files.problems import Report
from iotbaseline._model.hidden import hidden_in
from iotbaseline.errors import shorten

EMPTY_MEANS = "empty means"
"""In the metadata of a field: what to write instead of an empty list, which would be ambiguous."""

WRITTEN = "written"
"""In the metadata of a field: its name in a file if that differs, or ``None`` if the file does not have it."""


def record(value: object, cls: Any, path: Path, report: Report) -> Any:
    """Make an instance of an attrs class; each problem is reported, and a default takes the place of the value."""
    known = _fields(cls)
    if not isinstance(value, dict):
        report.add(path, f"{shorten(value)} is not a table", f"write a table with {', '.join(known)}")
        return _default(cls)
    given = cast("dict[str, object]", value)
    if not given:
        report.add(path, "it is empty", f"give {', '.join(known)}")
        return _default(cls)
    misspelled: set[str] = set()
    for name in [name for name in given if name not in known]:
        near = report.hints.nearest(name, known)
        misspelled.update(near)
        report.add((*path, name), f"unknown field {shorten(name)}", f"use {' or '.join(near or known)}")
    values: dict[str, object] = {}
    for name, (attribute, hint) in known.items():
        if name in given:
            values[attribute.name] = _field(given[name], attribute, hint, (*path, name), report)
        elif attribute.default is NOTHING:
            values[attribute.name] = _default(hint)
            if name not in misspelled:
                report.add((*path, name), "it is missing", f"write the {name}")
    return cls(**values)


@cache
def _fields(cls: Any) -> dict[str, tuple[Attribute[Any], Any]]:
    """The fields of a class by the names that they have in a file, with their types."""
    hints = get_type_hints(cls)
    named = ((attribute.metadata.get(WRITTEN, attribute.name), attribute) for attribute in fields(cls))
    return {name: (attribute, hints[attribute.name]) for name, attribute in named if name is not None}


def _field(value: object, attribute: Attribute[Any], hint: Any, path: Path, report: Report) -> object:
    if value == [] and EMPTY_MEANS in attribute.metadata:
        report.add(path, "it is empty", attribute.metadata[EMPTY_MEANS])
        return attribute.default
    kinds = set(get_args(hint) if isinstance(hint, UnionType) else (hint,))
    if value is None and NoneType in kinds:
        return None
    (kind,) = kinds - {NoneType}
    converted = _value(value, kind, path, report)
    if converted is not NOTHING:
        return converted
    return _default(hint) if attribute.default is NOTHING else attribute.default


def _value(value: object, kind: Any, path: Path, report: Report) -> object:
    """The value as one of its type, or ``NOTHING``."""
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            report.add(path, f"{shorten(value)} is not a list", "put it in brackets: [...]")
            return NOTHING
        inner = get_args(kind)[0]
        items = (_value(item, inner, (*path, n), report) for n, item in enumerate(cast("list[object]", value)))
        return tuple(_default(inner) if item is NOTHING else item for item in items)
    if has(kind):
        return record(value, kind, path, report)
    if not isinstance(value, str):
        report.add(path, f"{shorten(value)} is not a text", "write a text in quotes")
    elif not value.strip():
        report.add(path, "it is empty", "write something, or take it out")
    elif (hidden := hidden_in(value)) is not None:
        report.add(path, f"it has the character {hidden}", "take the character out")
    elif issubclass(kind, StrEnum) and value not in list(kind):
        report.add(path, f"{shorten(value)} is not known here", f"use {', '.join(kind)}")
    else:
        return kind(value)
    return NOTHING


def _default(hint: Any) -> Any:
    """What takes the place of a missing or wrong value; an empty text always marks one."""
    if has(hint):
        required = (field for field in _fields(hint).values() if field[0].default is NOTHING)
        return hint(**{attribute.name: _default(inner) for attribute, inner in required})
    return list(hint)[-1] if issubclass(hint, StrEnum) else ""
