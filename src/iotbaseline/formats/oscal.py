"""What all documents of OSCAL share: identifiers, properties, metadata. https://pages.nist.gov/OSCAL/"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias, cast

from attrs import NOTHING, fields

from iotbaseline import __version__
from iotbaseline._library.library import Library
from iotbaseline._model.element import Element
from iotbaseline.errors import UnknownNameError
from iotbaseline.formats.stable import json_bytes, timestamp, uuid_of

Json: TypeAlias = dict[str, "object"]

NAMESPACE = "https://w3id.org/iotbaseline/oscal"
"""The namespace of the names that are ours and not OSCAL's."""
VERSION = "1.2.1"
VERSIONS = (VERSION, "1.1.2")
"""The versions of OSCAL that can be written; mappings exist since 1.2.0."""

BARE = ("sp800-53r5", "sp800-53r4", "csf2.0", "csf1.1", "sp800-213a")
"""The publications whose controls have the publication's own labels as identifiers, as in the catalogs of NIST."""

WORDING_HASH = "wording-sha256"
"""The property of a statement that is the official wording: the hash of the file that it was copied from."""

_NOT_TOKEN = re.compile(r"[^A-Za-z0-9._-]")
_IN_THE_OPEN = ("id", "title", "label", "parent", "summary", "wording")
"""The fields of an element that have a place of their own in a control."""


def control_id(identifier: str) -> str:
    """The identifier of the control that an element is: its own label, or after the key of its publication."""
    key, _, local = identifier.partition(":")
    plain = _NOT_TOKEN.sub("-", local if key in BARE else f"{key}_{local}")
    return plain if plain[:1].isalpha() else f"_{plain}"


def checked_version(version: str, known: Iterable[str] = VERSIONS) -> str:
    """Return the version, or raise :class:`~iotbaseline.errors.UnknownNameError`."""
    if version not in known:
        raise UnknownNameError("version of OSCAL", version, tuple(known))
    return version


def prop(name: str, value: str, **more: str) -> Json:
    """A property in our namespace; white space is made plain, since a value is one line."""
    return {"name": name, "ns": NAMESPACE, "value": " ".join(value.split()), **more}


def props_of(element: Element) -> list[Json]:
    """What is known of an element beyond title, label, parent and text, a property for each value."""
    found = [prop("element", element.id), prop("kind", element.kind)]
    if element.wording is not None and element.summary:
        found.append(prop("summary", element.summary))
    if element.title is None:
        found.append(prop("untitled", "true"))
    for field in fields(type(element)):
        value: object = getattr(element, field.name)
        if field.name in _IN_THE_OPEN or value is None or (field.default is not NOTHING and value == field.default):
            continue
        name = field.name.replace("_", "-")
        if isinstance(value, tuple):
            found.extend(prop(name, each) for each in cast("tuple[str, ...]", value))
        else:
            found.append(prop(name, str(value).lower() if isinstance(value, bool) else str(value)))
    return found


def document(root: str, title: str, body: Json, *, version: str, library: Library, metadata: Json) -> bytes:
    """A document: its identifier depends on what it says, not on when it was written."""
    head: Json = {"title": title, "version": library.data_version, "oscal-version": version, **metadata}
    uuid = uuid_of(root, json_bytes([head, body]).decode())
    stamped = {"title": title, "last-modified": timestamp(), **head}
    return json_bytes({root: {"uuid": uuid, "metadata": stamped, **body}})


def made_by() -> Json:
    """The property that says what wrote a document."""
    return prop("made-by", f"iotbaseline {__version__}")
