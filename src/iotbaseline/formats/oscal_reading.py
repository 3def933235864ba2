"""Catalogs of OSCAL as frameworks of the user's own: those of others, and those that we write."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from os import PathLike

from attrs import evolve

from iotbaseline._files.problems import Problems
from iotbaseline._model import arguments, identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import KINDS, Family
from iotbaseline._model.kinds import Control as ControlElement
from iotbaseline._model.publication import Publication
from iotbaseline.errors import DataError, IdentifierSyntaxError, shorten
from iotbaseline.formats.framework import KINDS_ALLOWED
from iotbaseline.formats.oscal import NAMESPACE, WORDING_HASH
from iotbaseline.formats.oscal_documents import Catalog, Control, Group, Insertions, ours, prose_of, read, theirs
from iotbaseline.formats.restored import renamed, restored
from iotbaseline.formats.user_files import user_framework


@arguments.checked
def read_oscal_catalog(path: str | PathLike[str], *, key: str, title: str | None = None) -> Publication:
    """Read a catalog of OSCAL in JSON as a framework of your own.

    Groups become families, controls become controls; a control whose class names a kind of element, as in NIST's
    catalog of the Cybersecurity Framework, becomes an element of that kind. The ``summary`` of a control is its
    statement, with parameters as their values or names. A catalog that :func:`iotbaseline.export` wrote gives the
    elements that it was made from. ``key`` is that of :func:`iotbaseline.read_framework`, ``title`` by default that of
    the catalog.

    Raises :class:`~iotbaseline.errors.DataErrors` with one error for each bad value,
    :class:`~iotbaseline.errors.DataError` if the file is no catalog of OSCAL in JSON, and
    :class:`~iotbaseline.errors.IdentifierSyntaxError` for a key that cannot be one.

    >>> report = ib.export("ir8425", "oscal-catalog", "ir8425.json")
    >>> len(ib.read_oscal_catalog("ir8425.json", key="copy"))
    154
    """
    file = os.fspath(path)
    catalog = read(path)
    if not isinstance(catalog, Catalog):
        raise DataError(file, "whole file", "it is a profile, not a catalog", "read it with read_oscal_profile()")
    return user_framework(key, title or catalog.metadata.title, _Reader(file, key, catalog).elements)


def walk(catalog: Catalog) -> Iterator[tuple[Group | Control, Group | Control | None]]:
    """Every group and control with what it stands in, in their order."""
    top: list[Group | Control] = [*catalog.groups, *catalog.controls]
    waiting: list[tuple[Group | Control, Group | Control | None]] = [(each, None) for each in reversed(top)]
    while waiting:
        node, above = waiting.pop()
        yield node, above
        groups = node.groups if isinstance(node, Group) else ()
        below: list[Group | Control] = [*groups, *node.controls]
        waiting.extend((each, node) for each in reversed(below))


class _Reader:
    """Makes elements of the groups and controls of one catalog."""

    def __init__(self, file: str, key: str, catalog: Catalog) -> None:
        self._file, self._key, self._catalog = file, key, catalog
        self._written_as = next(iter(ours(catalog.metadata.props, "publication")), key)
        self._insertions = Insertions(file)

    def elements(self) -> tuple[Element, ...]:
        """The elements; raises an error for each that has no right identifier or one that is taken."""
        problems = Problems(self._file)
        made: dict[str, Element] = {}
        places: dict[str, str] = {}
        identifiers_of: dict[int, str | None] = {}
        nodes = list(walk(self._catalog))
        for node, _ in nodes:
            self._insertions.parameters |= {each.id: each for each in getattr(node, "params", ())}
        for node, above in nodes:
            parent = None if above is None else identifiers_of[id(above)]
            if isinstance(node, Group) and ours(node.props, "shelf"):
                identifiers_of[id(node)] = parent
                continue
            try:
                element = self._element(node, parent)
            except DataError as error:
                problems.add(error)
                identifiers_of[id(node)] = parent
                continue
            identifiers_of[id(node)] = element.id
            fold = identifiers.fold_local(element.local)
            if fold in made:
                problem = f"its identifier reads like that of {shorten(made[fold].local)}"
                problems.add(self._error(node, problem, "give each group and control an identifier of its own"))
            made[fold] = element
            if ours(node.props, "element"):
                places[fold] = theirs(node.props, "sort-id") or ""
        problems.raise_any()
        return tuple(made[fold] for fold in sorted(made, key=lambda fold: places.get(fold, "")))

    def _element(self, node: Group | Control, parent: str | None) -> Element:
        if isinstance(node, Control) and ours(node.props, "element"):
            return self._of_ours(node, parent)
        name = node.id or re.sub(r"[^A-Za-z0-9]+", "-", node.title).strip("-").lower()
        made = self._kind(node)(
            id=f"{self._key}:{self._local(node, name)}",
            title=node.title.strip(),
            label=theirs(node.props, "label"),
            parent=parent,
            summary=self._summary(node) if isinstance(node, Control) else None,
        )
        if not isinstance(made, ControlElement) or not isinstance(node, Control):
            return made
        return evolve(
            made,
            withdrawn=(theirs(node.props, "status") or "").lower() == "withdrawn",
            moved_to=self._linked(node, "moved-to"),
            incorporated_into=self._linked(node, "incorporated-into"),
        )

    def _kind(self, node: Group | Control) -> type[Element]:
        if node.class_ in KINDS_ALLOWED:
            return KINDS[node.class_]
        return Family if isinstance(node, Group) else ControlElement

    def _local(self, node: Group | Control, name: str) -> str:
        try:
            local = identifiers.checked(f"{self._key}:{name}").partition(":")[2]
        except IdentifierSyntaxError as error:
            raise self._error(node, error.problem, error.fix) from error
        if not identifiers.fold_local(local) or ":" in local:
            raise self._error(node, f"{shorten(name)} cannot be an identifier", "use letters and digits")
        return local

    def _summary(self, control: Control) -> str | None:
        statements = [each for each in control.parts if each.name == "statement"]
        return " ".join(prose_of(each, self._insertions) for each in statements) or None

    def _linked(self, control: Control, rel: str) -> tuple[str, ...]:
        """The controls that links of one kind lead to, or to statements of; older catalogs write ``_`` for ``-``."""
        links = (each for each in control.links if (each.rel or "").replace("_", "-") == rel)
        names = (each.href[1:].partition("_")[0] for each in links if each.href.startswith("#"))
        return tuple(f"{self._key}:{name}" for name in names)

    def _of_ours(self, control: Control, parent: str | None) -> Element:
        """The element that a control was made from; raises for properties that do not make one."""
        facts = [(each.name, self._own(each.value)) for each in control.props if each.ns == NAMESPACE]
        known = {
            "title": None if ours(control.props, "untitled") else control.title,
            "label": theirs(control.props, "label"),
            "parent": parent,
            "summary": _own_summary(control),
        }
        return restored(self._file, control.id, facts, known)

    def _own(self, value: str) -> str:
        return renamed(value, self._written_as, self._key)

    def _error(self, node: Group | Control, problem: str, fix: str) -> DataError:
        return DataError(self._file, f"{type(node).__name__.lower()} {shorten(node.id or node.title)}", problem, fix)


def _own_summary(control: Control) -> str | None:
    """The summary of a control that we wrote; where its statement is the official wording, it is a property."""
    statement = next((each for each in control.parts if each.id == f"{control.id}_smt"), None)
    if statement is None or ours(statement.props, WORDING_HASH):
        return next(iter(ours(control.props, "summary")), None)
    return statement.prose
