"""The user's own frameworks, crosswalks and copies of publications, given with ``--with``."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

import iotbaseline as ib
from iotbaseline._library.library import DEFAULT
from iotbaseline.errors import printable

_PAIR = "--"
_COPY = ".pdf"


def extended(files: Sequence[str]) -> ib.Library:
    """The library that ships, with the frameworks, the crosswalks and then the wordings of the user's files."""
    copies = [file for file in files if file.lower().endswith(_COPY)]
    named = [_named(file) for file in files if file not in copies]
    frameworks = [ib.read_framework(path, key=key) for key, path in named if not _is_crosswalk(key, path)]
    library = DEFAULT.extended(*frameworks) if frameworks else DEFAULT
    pairs = [(key, path) for key, path in named if _is_crosswalk(key, path)]
    crosswalks = [crosswalk for key, path in pairs for crosswalk in _crosswalks(key, path, library)]
    library = library.extended(*crosswalks) if crosswalks else library
    for copy in copies:
        publication, _, path = copy.rpartition("=")
        library = ib.attach(path, publication=publication or None, library=library)
    return library


def _named(file: str) -> tuple[str, str]:
    """The key and the path in ``KEY=PATH``; without a key, one like the name of the file."""
    key, equals, path = file.partition("=")
    if not equals:
        from pathlib import PurePath  # It takes longer to import than most commands to run.

        key, path = "-".join(re.findall(r"[a-z0-9.]+", PurePath(file).stem.lower())), file
    if not key or not path:
        raise click.UsageError(printable(f"--with {file}: write FILE, KEY=FILE or SUBJECT--OBJECT=FILE"))
    return key, path


def _is_crosswalk(key: str, path: str) -> bool:
    return _PAIR in key or path.lower().endswith(".tsv")


def _crosswalks(key: str, path: str, library: ib.Library) -> Sequence[ib.Crosswalk]:
    subject, pair, obj = key.partition(_PAIR)
    ends = {"subject": subject, "obj": obj} if pair else {}
    return ib.read_crosswalk(path, **ends, library=library)
