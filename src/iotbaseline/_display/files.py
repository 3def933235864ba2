"""Files that are written whole or not at all; every writer of the library goes through here."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from shutil import copymode
from uuid import uuid4

from iotbaseline.errors import ArgumentTypeError, QueryError, shorten

_SHOWN = 20


@contextmanager
def replacing(path: str | PathLike[str]) -> Generator[Path]:
    """Give a new file beside ``path`` to write to, which takes its place once everything is written.

    A reader sees the old file or the new one, never a part; if anything goes wrong, the old file stays as it is and
    nothing is left behind. What is no regular file (``/dev/stdout``, a pipe) is written to as it is, and a link stays
    a link. Raises :class:`~iotbaseline.errors.ArgumentTypeError` and :class:`~iotbaseline.errors.QueryError` for what
    is no path, and ``OSError`` if the file cannot be written.
    """
    file = resolved(path)
    if file.exists() and not file.is_file():
        yield file
        return
    temporary = file.with_name(f".{uuid4().hex}{file.suffix}")
    try:
        yield temporary
        if file.exists():
            copymode(file, temporary)
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def write(path: str | PathLike[str], content: bytes) -> None:
    """Write a file as :func:`replacing` does; its folder must exist."""
    with replacing(path) as file:
        file.write_bytes(content)


def resolved(path: str | PathLike[str]) -> Path:
    """The whole path; raises what :func:`replacing` raises for what is none."""
    if not isinstance(path, str | PathLike):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ArgumentTypeError("path", type(path).__name__, "a path")
    try:
        return Path(path).resolve()
    except ValueError as error:
        raise QueryError(f"{shorten(path)} cannot be the path of a file", "take out what is no character") from error


@contextmanager
def encodable() -> Generator[None]:
    """Raise :class:`~iotbaseline.errors.QueryError` where a text holds a lone surrogate, which no file can hold."""
    try:
        yield
    except UnicodeEncodeError as error:
        near = error.object[max(0, error.start - _SHOWN) : error.end + _SHOWN]
        problem = f"{shorten(near)} has the character U+{ord(error.object[error.start]):04X}, which no file can hold"
        raise QueryError(problem, "take it out") from error
