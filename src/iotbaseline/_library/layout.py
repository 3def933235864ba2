"""What is in the files of a folder of data, as JSON has it.

Classes of attrs for it would take longer to make than the files to read. This module does without
``from __future__ import annotations`` for the same reason: annotations that are texts have to be compiled.
"""

from typing import NotRequired, TypedDict

from iotbaseline._model.provenance import Fidelity


class File(TypedDict):
    """A file and its hash."""

    file: str
    sha256: str


class PublicationFile(File):
    """The elements of a publication."""

    publication: str


class CrosswalkFile(File):
    """The mappings from one publication to another."""

    subject: str
    object: str


class LineageFile(File):
    """The lineage records between two publications."""

    before: str
    after: str


class ProfileFile(File):
    """A profile."""

    profile: str


class Manifest(TypedDict):
    """The manifest, ``manifest.json``."""

    data_version: str
    registry: File
    sources: File
    errata: File
    publications: list[PublicationFile]
    crosswalks: list[CrosswalkFile]
    lineage: list[LineageFile]
    evidence: NotRequired[File]
    profiles: NotRequired[list[ProfileFile]]


class Head(TypedDict):
    """What the file of a publication says besides its elements."""

    publication: str
    fidelity: Fidelity
    missing: str | None
    complete: NotRequired[tuple[str, ...]]
