"""Profiles as people wrote them, in content/profiles/KEY.toml; those to which nothing is computed are built here.

They are files like those of users, read by the same checked reader.
"""

from __future__ import annotations

from enum import StrEnum
from typing import cast

from attrs import AttrsInstance, fields, has

from authoring.shared.content import structured
from authoring.shared.files import write_profile
from authoring.shared.records import Json
from iotbaseline._files.structure import WRITTEN
from iotbaseline._profiles.document import Document

WHOLE = ("consumer", "consumer-router", "industrial-controller", "industrial-gateway", "industrial-sensor")
ALWAYS = ("about",)
"""Fields that stand in a data file even if they are empty."""


def profile(key: str) -> Json:
    """The profile that content/profiles/KEY.toml holds, as the fields of its data file."""
    document = record(structured(f"profiles/{key}.toml", Document))
    if document["profile"] != key:
        raise SystemExit(f"content/profiles/{key}.toml holds the profile {document['profile']}")
    return document


def record(value: AttrsInstance) -> Json:
    """What a file holds as a record, in the order of its fields, without those that say nothing."""
    named = ((each.metadata.get(WRITTEN, each.name), getattr(value, each.name)) for each in fields(type(value)))
    return {name: plain(field) for name, field in named if name and (field not in (None, ()) or name in ALWAYS)}


def plain(value: object) -> object:
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if has(type(value)):
        return record(cast("AttrsInstance", value))
    return str(value) if isinstance(value, StrEnum) else value


def build() -> None:
    for key in WHOLE:
        write_profile(profile(key))
