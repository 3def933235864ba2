"""A profile to begin with, which stands in ``starter.toml``."""

from __future__ import annotations

import re
from pathlib import PurePath

from iotbaseline._library.library import DEFAULT
from iotbaseline.errors import UnknownIdentifierError, printable

_NAMED = re.compile(r"my-profile(\.toml)?")
_LONGEST = 60


def starter(file: str) -> str:
    """A profile in TOML for a file of that name: it explains itself and resolves as it is."""
    from importlib_resources import files

    name, key = printable(PurePath(file).name), _key(PurePath(file).stem)
    text = (files("iotbaseline._profiles") / "starter.toml").read_text("utf-8")
    return _NAMED.sub(lambda named: name if named[1] else key, text)


def _key(stem: str) -> str:
    """A key like the name of a file, which is neither that of a publication nor of a profile that ships."""
    key = "-".join(re.findall("[a-z0-9]+", stem.lower()))[:_LONGEST].strip("-") or "profile"
    return f"{key}-profile" if key in DEFAULT.profile_keys or _is_publication(key) else key


def _is_publication(key: str) -> bool:
    try:
        DEFAULT.info(key)
    except UnknownIdentifierError:
        return False
    return True
