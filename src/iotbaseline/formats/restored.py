"""Elements made again from the names and values that a format holds of them: see ``oscal.props_of``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import fields

from iotbaseline._library.records import checked_element
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import KINDS

_TRUTHS = {"true": True, "false": False}
_NUMBERS = ("words",)


def restored(file: str, place: str, facts: Iterable[tuple[str, str]], known: Mapping[str, str | None]) -> Element:
    """The element that was written, with what the format has fields for in ``known``.

    Raises :class:`~iotbaseline.errors.DataError` for facts that make no element.
    """
    values: dict[str, list[str]] = {}
    for name, value in facts:
        values.setdefault(name, []).append(value)
    kind = KINDS.get(values.get("kind", [""])[0], Element)
    record: dict[str, object] = {"id": values["element"][0], "kind": kind.kind, **known}
    for field in fields(kind):
        found = values.get(field.name.replace("_", "-"))
        if found and field.name not in record:
            record[field.name] = found if "tuple" in str(field.type) else _plain(field.name, found[0])
    return checked_element(file, place, record)


def renamed(value: str, written_as: str, key: str) -> str:
    """An identifier of the publication that was written, as one of the framework that is read; else the value."""
    local = value.removeprefix(f"{written_as}:")
    return value if local == value else f"{key}:{local}"


def _plain(name: str, value: str) -> object:
    return int(value) if name in _NUMBERS and value.isdecimal() else _TRUTHS.get(value, value)
