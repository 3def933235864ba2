"""Documents of others in JSON, as the types that say how far this library reads them."""

from __future__ import annotations

import json
import os
from functools import cache
from os import PathLike
from typing import TYPE_CHECKING, TypeVar, cast

from iotbaseline._files.documents import text_of
from iotbaseline._files.problems import Problems
from iotbaseline._model.hidden import hidden_in
from iotbaseline.errors import DataError, DataErrors, shorten

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")

_LARGEST = 50_000_000
_NAMES = {"class": "class_"}


def loaded(path: str | PathLike[str], fix: str) -> dict[str, object]:
    """The fields of a document in JSON; none if it is anything but an object.

    Raises :class:`~iotbaseline.errors.DataError` with ``fix`` if the file is not JSON.
    """
    file = os.fspath(path)
    text = text_of(path, file, _LARGEST)
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(file, "whole file", f"it is not JSON ({error})", fix) from error
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def structured(file: str, root: str, value: object, cls: type[T]) -> T:
    """The value as a type whose fields are named as in Python; fields that the type does not have are passed over.

    Raises :class:`~iotbaseline.errors.DataErrors` with one error for each value of another type.
    """
    try:
        return _converter().structure(_renamed(value), cls)
    except RecursionError as error:
        raise DataError(file, "whole file", "it is nested too deeply", "name a file that people wrote") from error
    except Exception as error:
        from cattrs import transform_error

        problems = Problems(file)
        found = transform_error(error, path=root, format_exception=_worded)
        for problem, _, place in (each.rpartition(" @ ") for each in found):
            problems.add(DataError(file, place, problem, "correct it there"))
        raise DataErrors(problems.errors) from error


def _renamed(value: object) -> object:
    """The value with its fields named as in Python: ``with_ids`` for ``with-ids``."""
    if isinstance(value, dict):
        found = cast("dict[str, object]", value)
        return {_NAMES.get(name, name.replace("-", "_")): _renamed(each) for name, each in found.items()}
    return [_renamed(each) for each in cast("list[object]", value)] if isinstance(value, list) else value


@cache
def _converter() -> Converter:
    from cattrs import Converter

    converter = Converter()
    converter.register_structure_hook(str, _text)
    return converter


class _TextError(ValueError):
    """Says itself what is wrong with a text; cattrs would only name the type, which each Python calls differently."""


def _text(value: object, _: object) -> str:
    if not isinstance(value, str):
        raise _TextError(f"{shorten(value)} is not a text")
    if (hidden := hidden_in(value)) is not None:
        raise _TextError(f"it has the character {hidden}")
    return value


def _worded(error: BaseException, expected: type | None) -> str:
    from cattrs.v import format_exception

    return str(error) if isinstance(error, _TextError) else format_exception(error, expected)
