"""Standards of CycloneDX as frameworks of the user's own: those of others, and those that we write."""

from __future__ import annotations

import os
from collections.abc import Iterator
from os import PathLike

from attrs import frozen

from iotbaseline._files.problems import Problems
from iotbaseline._model import arguments, identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import Clause, Requirement
from iotbaseline._model.publication import Publication
from iotbaseline.errors import DataError, IdentifierSyntaxError, counted, shorten
from iotbaseline.formats.cyclonedx import PREFIX, UNLABELLED
from iotbaseline.formats.documents import loaded, structured
from iotbaseline.formats.framework import DEEPEST
from iotbaseline.formats.restored import renamed, restored
from iotbaseline.formats.user_files import user_framework


@frozen
class _Property:
    name: str = ""
    value: str = ""


@frozen
class _Entry:
    """A requirement; the schema asks for none of its fields."""

    bom_ref: str | None = None
    identifier: str | None = None
    title: str | None = None
    text: str | None = None
    parent: str | None = None
    properties: tuple[_Property, ...] = ()

    @property
    def facts(self) -> Iterator[tuple[str, str]]:
        """What we wrote of an element."""
        return _facts(self.properties)


@frozen
class _Standard:
    bom_ref: str | None = None
    name: str | None = None
    requirements: tuple[_Entry, ...] = ()

    @property
    def names(self) -> str:
        return self.bom_ref or self.name or ""


@frozen
class _Definitions:
    standards: tuple[_Standard, ...] = ()


@frozen
class _Metadata:
    properties: tuple[_Property, ...] = ()


@frozen
class _Document:
    definitions: _Definitions = _Definitions()
    metadata: _Metadata = _Metadata()


@arguments.checked
def read_cyclonedx(
    path: str | PathLike[str], *, key: str, title: str | None = None, standard: str | None = None
) -> Publication:
    """Read a standard that a CycloneDX document in JSON defines as a framework of your own.

    A requirement with a text becomes a requirement whose ``summary`` is the text, one without becomes a clause;
    identifiers are those that are printed. A document that :func:`iotbaseline.export` wrote gives the elements that
    it was made from. ``key`` is that of :func:`iotbaseline.read_framework`, ``title`` by default the name of the
    standard; ``standard`` is the ``bom-ref`` or name of one of several.

    Raises :class:`~iotbaseline.errors.DataErrors` with one error for each bad requirement,
    :class:`~iotbaseline.errors.DataError` if the file is no such document, and
    :class:`~iotbaseline.errors.IdentifierSyntaxError` for a key that cannot be one.

    >>> report = ib.export("ir8425", "cyclonedx", "ir8425.cdx.json")
    >>> len(ib.read_cyclonedx("ir8425.cdx.json", key="copy"))
    154
    """
    file = os.fspath(path)
    fields = loaded(path, "convert it to JSON if it is CycloneDX in XML")
    if fields.get("bomFormat") != "CycloneDX":
        raise DataError(file, "whole file", "it is no document of CycloneDX", "name a file that is one")
    document = structured(file, "document", fields, _Document)
    found = _standard(file, document.definitions.standards, standard)
    written_as = dict(_facts(document.metadata.properties)).get("publication", key)
    return user_framework(key, title or found.name or key, _Reader(file, key, written_as, found.requirements).elements)


def _facts(properties: tuple[_Property, ...]) -> Iterator[tuple[str, str]]:
    return ((each.name.removeprefix(PREFIX), each.value) for each in properties if each.name.startswith(PREFIX))


def _standard(file: str, standards: tuple[_Standard, ...], wanted: str | None) -> _Standard:
    found = [each for each in standards if wanted is None or wanted in (each.bom_ref, each.name)]
    if len(found) == 1:
        return found[0]
    if not standards:
        raise DataError(file, "definitions", "it defines no standard", "name a document that has one")
    problem = f"it has {counted(len(standards), 'standard')}, of which {len(found)} are meant"
    raise DataError(
        file, "definitions", problem, f"pass standard=, one of {', '.join(each.names for each in standards)}"
    )


class _Reader:
    """Makes elements of the requirements of one standard."""

    def __init__(self, file: str, key: str, written_as: str, entries: tuple[_Entry, ...]) -> None:
        self._file, self._key, self._written_as, self._entries = file, key, written_as, entries
        self._problems = Problems(file)
        self._by_ref: dict[str, _Entry] = {}

    def elements(self) -> tuple[Element, ...]:
        """The elements in the order of the file; raises an error for each bad requirement."""
        for entry in self._entries:
            if entry.bom_ref is not None and self._by_ref.setdefault(entry.bom_ref, entry) is not entry:
                self._add(entry, "its bom-ref is taken", "give each requirement a bom-ref of its own")
        for entry in self._entries:
            self._check_above(entry)
        self._problems.raise_any()
        made: dict[str, Element] = {}
        for entry in self._entries:
            try:
                element = self._element(entry)
            except DataError as error:
                self._problems.add(error)
                continue
            first = made.setdefault(identifiers.fold_local(element.local), element)
            if first is not element:
                problem = f"its identifier reads like that of {shorten(first.local)}"
                self._add(entry, problem, "give each requirement an identifier of its own")
        self._problems.raise_any()
        return tuple(made.values())

    def _check_above(self, entry: _Entry) -> None:
        """Every parent is there, and they come to an end."""
        above = entry
        for _ in range(DEEPEST):
            if above.parent is None:
                return
            if above.parent not in self._by_ref:
                if above is entry:
                    self._add(entry, f"there is no parent {shorten(entry.parent or '')}", "name the bom-ref of another")
                return
            above = self._by_ref[above.parent]
        self._add(entry, f"it has {DEEPEST} parents or more", "let the parents of each end in one that has none")

    def _element(self, entry: _Entry) -> Element:
        facts = dict(entry.facts)
        parent = None if entry.parent is None else self._id(self._by_ref[entry.parent])
        if "element" not in facts:
            cls = Requirement if entry.text else Clause
            return cls(id=self._id(entry), title=entry.title, label=entry.identifier, parent=parent, summary=entry.text)
        known = {
            "title": entry.title,
            "label": None if UNLABELLED in facts else entry.identifier,
            "parent": parent or facts.get("parent"),
            "summary": entry.text,
        }
        return restored(self._file, _place(entry), [(name, self._own(value)) for name, value in entry.facts], known)

    def _id(self, entry: _Entry) -> str:
        ours = dict(entry.facts).get("element")
        if ours is not None:
            return self._own(ours)
        name = entry.identifier or entry.bom_ref or entry.title or ""
        try:
            identifier = identifiers.checked(f"{self._key}:{name}")
        except IdentifierSyntaxError as error:
            raise DataError(self._file, _place(entry), error.problem, error.fix) from error
        if not identifiers.fold_local(identifier.partition(":")[2]) or ":" in name:
            problem = f"{shorten(name)} cannot be an identifier" if name else "it has no identifier"
            raise DataError(self._file, _place(entry), problem, "write letters and digits, as in V1.1")
        return identifier

    def _own(self, value: str) -> str:
        return renamed(value, self._written_as, self._key)

    def _add(self, entry: _Entry, problem: str, fix: str) -> None:
        self._problems.add(DataError(self._file, _place(entry), problem, fix))


def _place(entry: _Entry) -> str:
    return f"requirement {shorten(entry.bom_ref or entry.identifier or entry.title or '')}"
