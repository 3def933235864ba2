"""Arguments of wrong types, refused by every public function in the same way."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Mapping
from functools import cache, wraps
from inspect import Parameter, signature, unwrap
from os import PathLike
from typing import Any, ParamSpec, TypeVar, cast

from iotbaseline.errors import ArgumentTypeError

P = ParamSpec("P")
T = TypeVar("T")

_WORDS: dict[object, str] = {str: "a string", int: "an integer", bool: "True or False", PathLike: "a path"}


def checked(function: Callable[P, T]) -> Callable[P, T]:
    """Make a function check the types of its arguments, as far as its annotations name classes.

    It raises :class:`~iotbaseline.errors.ArgumentTypeError`, which names the argument. What an alias such as ``Named``
    or an ``Iterable`` takes, the function checks itself, because it has to look inside.
    """

    @cache
    def expected() -> tuple[tuple[str, ...], Mapping[str, tuple[type, ...]]]:
        known: dict[str, Any] = getattr(unwrap(function), "__globals__", {})
        parameters = signature(function).parameters.values()
        classes = {each.name: _classes(each.annotation, known) for each in parameters}
        return tuple(each.name for each in parameters if each.kind is Parameter.POSITIONAL_OR_KEYWORD), classes

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        names, classes = expected()
        given = dict(zip(names, args, strict=False)) | kwargs
        for name, value in given.items():
            allowed = classes.get(name)
            if allowed and not isinstance(value, allowed):
                raise ArgumentTypeError(name, type(value).__name__, " or ".join(map(_named, allowed)))
        return function(*args, **kwargs)

    return call


def _classes(annotation: object, known: Mapping[str, Any]) -> tuple[type, ...]:
    """The classes that an annotation names; none if it names anything else, or if there is none."""
    if not isinstance(annotation, str):
        return ()
    named = [each.partition("[")[0] for each in annotation.split(" | ")]
    found = [type(None) if each == "None" else known.get(each, getattr(builtins, each, None)) for each in named]
    if all(isinstance(each, type) and each.__module__ != "collections.abc" for each in found):
        return cast("tuple[type, ...]", tuple(found))
    return ()


def _named(cls: type) -> str:
    if cls is type(None):
        return "None"
    return _WORDS.get(cls) or f"an instance of {cls.__name__}"


def all_of(given: object, cls: type[T], argument: str) -> list[T]:
    """What is given, as a list.

    Raises :class:`~iotbaseline.errors.ArgumentTypeError` if it cannot be a list, or anything in it is no ``cls``.
    """
    listed = list(cast("Iterable[object]", given)) if isinstance(given, Iterable) else [given]
    for each in listed:
        if not isinstance(each, cls):
            raise ArgumentTypeError(argument, type(each).__name__, f"several of {cls.__name__}")
    return cast("list[T]", listed)
