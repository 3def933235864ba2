"""Files that people write: their text, and the values in those that are TOML or JSON."""

from __future__ import annotations

import json
import re
from os import PathLike
from pathlib import Path
from stat import S_ISREG

from iotbaseline._files.positions import json_lines, toml_lines
from iotbaseline._files.problems import Problems, Report
from iotbaseline.errors import DataError, shorten

_DOTTED = re.compile(r"""(?<![\w"'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}""")
"""A dotted key with so many parts that tomllib would take forever."""
_TOML_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def text_of(path: str | PathLike[str], file: str, most: int) -> str:
    """The text of a regular file in UTF-8, without a byte order mark; ``file`` names it in errors.

    Raises :class:`~iotbaseline.errors.DataError` if it cannot be read, has more than ``most`` bytes or is not UTF-8.
    """
    try:
        raw = _bytes(Path(path), most + 1)
    except (OSError, ValueError) as error:
        problem = f"it cannot be read ({getattr(error, 'strerror', None) or error})"
        raise DataError(file, "whole file", problem, "name a file that can be read") from error
    return decoded(raw, file, most)


def decoded(raw: bytes, file: str, most: int) -> str:
    """What was read of a file, as :func:`text_of` gives it; raises what that raises for it."""
    if len(raw) > most:
        raise DataError(file, "whole file", f"it is larger than {most} bytes", "split it")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(file, f"byte {error.start}", "it is not UTF-8", "save it as UTF-8") from error


def _bytes(path: Path, most: int) -> bytes:
    if not S_ISREG(path.stat().st_mode):
        raise OSError("it is not a regular file")
    with path.open("rb") as stream:
        return stream.read(most)


def values_of(file: str, text: str, problems: Problems) -> tuple[object, Report]:
    """The values of a text in TOML or JSON, by the suffix of its file, and a report that knows their lines.

    Raises :class:`~iotbaseline.errors.DataError` for a text that is neither, or is nested too deeply.
    """
    read = _toml if file.lower().endswith(".toml") else _json
    try:
        return read(file, text, problems)
    except RecursionError as error:
        raise DataError(file, "whole file", "it is nested too deeply", "see the format of profiles") from error


def _toml(file: str, text: str, problems: Problems) -> tuple[object, Report]:
    import tomllib

    if _DOTTED.search(text):
        raise RecursionError
    try:
        return tomllib.loads(text), Report(file, toml_lines(text), problems)
    except ValueError as error:
        place, line, problem = _toml_place(str(error), text)
        raise DataError(file, place, problem, "correct it there", line) from error


def _toml_place(message: str, text: str) -> tuple[str, int | None, str]:
    """The place that tomllib names in its message, or the whole file where it is a value that Python refuses."""
    named = _TOML_PLACE.fullmatch(message)
    if named is None:
        return "whole file", None, f"it holds a value out of bounds ({message})"
    line, column = int(named[2] or text.count("\n") + 1), named[3]
    return f"line {line}" + (f", column {column}" if column else ""), line, f"it is not TOML ({named[1]})"


def _json(file: str, text: str, problems: Problems) -> tuple[object, Report]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise DataError(file, place, f"it is not JSON ({error.msg})", "correct it there", error.lineno) from error
    except ValueError as error:
        problem = f"it holds a value out of bounds ({error})"
        raise DataError(file, "whole file", problem, "correct it there") from error
    lines, repeated = json_lines(text)
    report = Report(file, lines, problems)
    for path in repeated:
        report.add(path, f"{shorten(path[-1])} occurs twice", "take one of them out")
    return value, report
