"""A copy of a publication that the user has: a file, read into pages."""

from __future__ import annotations

import os
from hashlib import sha256
from os import PathLike, fspath
from pathlib import Path

from attrs import frozen

from iotbaseline._wording.pages import Page
from iotbaseline._wording.pdf import read_pdf
from iotbaseline._wording.texts import READERS
from iotbaseline.errors import DataError, QueryError

MOST_BYTES = 100 * 1024**2
SUFFIXES = (".pdf", *READERS)


@frozen
class Copy:
    """The pages of a file, with its name and the SHA-256 of its bytes."""

    name: str
    sha256: str
    pages: tuple[Page, ...]


def read_copy(file: PathLike[str] | str, cache: PathLike[str] | str | None = None) -> Copy:
    """Read a file; the end of its name tells its format. The text of a PDF is kept in the folder ``cache``.

    Raises :class:`~iotbaseline.errors.QueryError` for what is not one of the files that can be read,
    :class:`~iotbaseline.errors.DataError` for a file that is broken, too large or without text, and
    :class:`~iotbaseline.errors.MissingExtraError` for a PDF if pypdfium2 is not installed.
    """
    path = Path(fspath(file))
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise QueryError(f"{path.name} is none of {', '.join(SUFFIXES)}")
    if not os.path.isfile(path):  # noqa: PTH113
        raise QueryError(f"there is no file {path.name}")
    if path.stat().st_size > MOST_BYTES:
        raise DataError(path.name, "", f"it has more than {MOST_BYTES} bytes", "give the publication alone")
    raw = path.read_bytes()
    digest = sha256(raw).hexdigest()
    if suffix != ".pdf":
        return Copy(path.name, digest, _text_pages(path.name, raw))
    kept = None if cache is None else Path(fspath(cache)) / f"{digest}.jsonl"
    return Copy(path.name, digest, read_pdf(path, kept))


def _text_pages(name: str, raw: bytes) -> tuple[Page, ...]:
    try:
        return READERS[Path(name).suffix.lower()](raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise DataError(name, "", "it is not in UTF-8", "save it as UTF-8") from None
    except ValueError as error:
        raise DataError(name, "", str(error), "give the catalog as NIST publishes it") from None


def files_in(path: PathLike[str] | str) -> list[Path]:
    """The file itself, or the files of a folder that can be read, by name; without those of its folders."""
    place = Path(fspath(path))
    if not os.path.isdir(place):  # noqa: PTH112  # A name that is too long is none either.
        return [place]
    return sorted(file for file in place.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file())
