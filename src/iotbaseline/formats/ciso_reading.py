"""Libraries of CISO Assistant as frameworks of the user's own: those of its collection, and those that we write."""

from __future__ import annotations

import os
import re
import unicodedata
from os import PathLike
from typing import Any, TypeAlias, cast

from attrs import frozen

from iotbaseline._display.extras import require
from iotbaseline._files.documents import text_of
from iotbaseline._files.problems import Problems
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import KINDS, Control, Family
from iotbaseline._model.publication import Publication
from iotbaseline.errors import DataError, IdentifierSyntaxError, shorten
from iotbaseline.formats.framework import KINDS_ALLOWED
from iotbaseline.formats.user_files import user_framework

Node: TypeAlias = dict[str, "object"]

_LARGEST = 50_000_000
_LARGEST_NUMBER = 10**18
_MERGE, _INTEGER = "tag:yaml.org,2002:merge", "tag:yaml.org,2002:int"
_BEFORE_TAIL = 5
"""How many parts a URN has before what names the requirement: ``urn:intuitem:risk:req_node:nist-csf-2.0:gv.oc-01``."""
_KIND = re.compile(r"^kind: (\S+)$", re.MULTILINE)


def read_ciso_library(
    path: str | PathLike[str], *, key: str, title: str | None = None, framework: str | None = None
) -> Publication:
    """Read a framework in a library of CISO Assistant as a framework of your own.

    Requirements that can be assessed become controls, others families, unless :func:`iotbaseline.export` wrote the
    library. Identifiers are the ends of the URNs in plain letters, with ``.`` for ``:``, and with a
    number where they would read like another one. ``framework`` is the ``ref_id`` of one of
    several frameworks; ``key`` is that of :func:`iotbaseline.read_framework`, ``title`` by default the name of the
    framework. Needs the extra ``ciso``.

    Raises :class:`~iotbaseline.errors.DataErrors` with one error for each bad requirement,
    :class:`~iotbaseline.errors.DataError` if the file is no such library,
    :class:`~iotbaseline.errors.MissingExtraError`, and :class:`~iotbaseline.errors.IdentifierSyntaxError` for a key
    that cannot be one.
    """
    file = os.fspath(path)
    found = _framework(file, _loaded(file, text_of(path, file, _LARGEST)), framework)
    return user_framework(key, title or _text(found, "name") or key, lambda: _elements(file, key, found))


def _loaded(file: str, text: str) -> Node:
    require("yaml")
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        """Refuses what a few lines can make as large as they like."""

        def flatten_mapping(self, node: yaml.MappingNode) -> None:
            if any(key.tag == _MERGE for key, _ in node.value):
                raise yaml.constructor.ConstructorError(None, None, "it merges mappings", node.start_mark)

        def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
            number: int = base.construct_yaml_int(self, node)
            if abs(number) > _LARGEST_NUMBER:
                raise yaml.constructor.ConstructorError(None, None, "it has a number out of bounds", node.start_mark)
            return number

    Loader.add_constructor(_INTEGER, Loader.construct_yaml_int)
    try:
        value: object = yaml.load(text, Loader)  # noqa: S506
    except Exception as error:  # Of a tag that does not fit its value, PyYAML raises anything.
        problem = f"it is not plain YAML ({' '.join(str(error).split())})"
        raise DataError(file, "whole file", problem, "correct it") from error
    return _fields(value)


def _fields(value: object) -> Node:
    return cast("Node", value) if isinstance(value, dict) else {}


def _nodes(value: object) -> list[Node]:
    return [_fields(each) for each in cast("list[object]", value)] if isinstance(value, list) else []


def _text(node: Node, field: str) -> str | None:
    """A field as text on one line; a number, such as an unquoted ``1.1``, is text too."""
    value = node.get(field)
    return " ".join(str(value).split()) or None if isinstance(value, str | int | float) else None


def _framework(file: str, library: Node, wanted: str | None) -> Node:
    objects = _fields(library.get("objects"))
    held = [_fields(objects["framework"])] if "framework" in objects else _nodes(objects.get("frameworks"))
    names = [str(_text(each, "ref_id")) for each in held]
    if wanted is not None:
        held = [each for name, each in zip(names, held, strict=True) if name == wanted]
    if len(held) == 1:
        return held[0]
    if not names:
        raise DataError(file, "objects", "there is no framework in it", "name a library that has one")
    problem = f"there are {len(held)} such frameworks in it" if wanted else f"there are {len(names)} frameworks in it"
    raise DataError(file, "objects", problem, f"pass framework=, one of {', '.join(names)}")


@frozen
class _Requirement:
    """A requirement with a valid identifier."""

    node: Node
    local: str
    above: str | None


def _elements(file: str, key: str, framework: Node) -> tuple[Element, ...]:
    """The elements, children after their parent; raises an error for each bad requirement."""
    problems = Problems(file)
    by_urn: dict[str, _Requirement] = {}
    taken: dict[str, int] = {}
    for number, node in enumerate(_nodes(framework.get("requirement_nodes")), 1):
        name = (_text(node, "urn") or "").lower()
        try:
            local = _distinct(_local(file, key, node, name or f"requirement {number}"), taken)
        except DataError as error:
            problems.add(error)
            continue
        if name in by_urn:
            problems.add(DataError(file, name, "its urn is taken", "give each requirement a URN of its own"))
        by_urn[name] = _Requirement(node, local, (_text(node, "parent_urn") or "").lower() or None)
    children: dict[str | None, list[str]] = {}
    for name, each in by_urn.items():
        if each.above is not None and each.above not in by_urn:
            fix = "name the URN of a requirement of the framework"
            problems.add(DataError(file, name, f"there is no parent {shorten(each.above)}", fix))
        children.setdefault(each.above, []).append(name)
    problems.raise_any()
    made: list[Element] = []
    waiting = children.pop(None, [])[::-1]
    while waiting:
        name = waiting.pop()
        each = by_urn[name]
        made.append(_element(key, each, by_urn[each.above].local if each.above else None))
        waiting.extend(reversed(children.pop(name, [])))
    for name in (name for below in children.values() for name in below):
        problems.add(DataError(file, name, "its parents lead in a circle", "leave out the parent of the topmost one"))
    problems.raise_any()
    return tuple(made)


def _local(file: str, key: str, node: Node, place: str) -> str:
    parts = (_text(node, "urn") or "").split(":")
    tail = ".".join(
        unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode() for part in parts[_BEFORE_TAIL:]
    )
    reference = _text(node, "ref_id") or ""
    local = reference if reference.lower() == tail.lower() else tail
    try:
        identifiers.checked(f"{key}:{local}")
    except IdentifierSyntaxError as error:
        raise DataError(file, place, error.problem, error.fix) from error
    if not identifiers.fold_local(local):
        fix = "write it as in urn:intuitem:risk:req_node:nist-csf-2.0:gv.oc-01"
        raise DataError(file, place, "its urn names no requirement", fix)
    return local


def _distinct(local: str, taken: dict[str, int]) -> str:
    """The identifier, with a number if it reads like one that is taken: ``r9-`` after ``r9`` becomes ``r9-.2``.

    ``taken`` has the last number of each that is.
    """
    found, fold = local, identifiers.fold_local(local)
    while identifiers.fold_local(found) in taken:
        taken[fold] += 1
        found = f"{local}.{taken[fold]}"
    taken[identifiers.fold_local(found)] = 1
    return found


def _element(key: str, requirement: _Requirement, above: str | None) -> Element:
    node = requirement.node
    annotation = node.get("annotation")
    kind = _KIND.search(annotation) if isinstance(annotation, str) else None
    cls: type[Element] = Control if node.get("assessable") else Family
    if kind is not None and kind[1] in KINDS_ALLOWED:
        cls = KINDS[kind[1]]
    return cls(
        id=f"{key}:{requirement.local}",
        title=_text(node, "name"),
        label=_text(node, "ref_id"),
        parent=None if above is None else f"{key}:{above}",
        summary=_text(node, "description"),
    )
