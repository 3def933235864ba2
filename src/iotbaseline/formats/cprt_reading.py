"""Files of NIST's Cybersecurity and Privacy Reference Tool as frameworks of the user's own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from os import PathLike
from typing import cast

from attrs import evolve, frozen

from iotbaseline._files.problems import Problems
from iotbaseline._library.selection import several
from iotbaseline._model import arguments, identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import KINDS, Clause, Control, Requirement, Withdrawable
from iotbaseline._model.publication import Publication
from iotbaseline.errors import DataError, IdentifierSyntaxError, counted, shorten
from iotbaseline.formats.cprt import BELOW, ENHANCEMENT, INCORPORATED, MOVED, REASON, SORT
from iotbaseline.formats.documents import loaded, structured
from iotbaseline.formats.framework import KINDS_ALLOWED
from iotbaseline.formats.user_files import user_framework

BESIDE = frozenset(
    {
        *(SORT, REASON, "reference", "reference_item", "party", "requirement_type", "implementation_example"),
        *("determination", "examine", "interview", "test"),
        *("odp", "odp_type", "odp_statement", "security_baseline", "privacy_baseline"),
        *("adversary_effect", "tactic", "effect", "impact", "expected_result", "protection_strategy"),
    }
)
"""The types of elements that only say something about others in the files of NIST; they are read if asked for."""

_KINDS: dict[str, type[Element]] = {
    **{kind.replace("-", "_"): KINDS[kind] for kind in KINDS_ALLOWED},
    ENHANCEMENT: Control,
    "security_requirement": Requirement,
}


@frozen
class _Document:
    doc_identifier: str
    name: str | None = None


@frozen
class _Entry:
    doc_identifier: str
    element_identifier: str
    element_type: str
    title: str | None = None
    text: str | None = None

    @property
    def name(self) -> str:
        return " ".join(self.element_identifier.split())


@frozen
class _Link:
    source_doc_identifier: str
    source_element_identifier: str
    dest_doc_identifier: str
    dest_element_identifier: str
    relationship_identifier: str


@frozen
class _File:
    documents: tuple[_Document, ...]
    elements: tuple[_Entry, ...]
    relationships: tuple[_Link, ...]


@arguments.checked
def read_cprt(
    path: str | PathLike[str],
    *,
    key: str,
    title: str | None = None,
    document: str | None = None,
    types: str | Iterable[str] | None = None,
) -> Publication:
    """Read a document in a JSON file of NIST's Cybersecurity and Privacy Reference Tool as a framework of your own.

    Its types of elements become the kinds of the same name, such as ``function``, ``control`` or ``requirement``, and
    others clauses; what is withdrawn says so, and where it went. Elements of the types in :data:`BESIDE`, which only
    say something about others, are left out: ``types`` names those to read instead. An element that is below several is
    put below the first. ``document`` is the ``doc_identifier`` of one of several documents; ``key`` is that of
    :func:`iotbaseline.read_framework`, ``title`` by default the name of the document.

    Raises :class:`~iotbaseline.errors.DataErrors` with one error for each bad element,
    :class:`~iotbaseline.errors.DataError` if the file is no such document or has no such elements, and
    :class:`~iotbaseline.errors.IdentifierSyntaxError` for a key that cannot be one.
    """
    file = os.fspath(path)
    read = structured(file, "document", _lists(file, path), _File)
    held = _document(file, read, document)
    listed = (types,) if isinstance(types, str) else types
    wanted = None if listed is None else frozenset(several(listed, "types", "names of types of elements"))
    return user_framework(key, title or held.name or key, _Reader(file, key, held, read, wanted).elements)


def _lists(file: str, path: str | PathLike[str]) -> dict[str, object]:
    """The four lists, which a download has below ``response`` and ``elements``."""
    fields = loaded(path, "name the file that the tool exports as JSON")
    for name in ("response", "elements"):
        inner = fields.get(name)
        if isinstance(inner, dict):
            fields = cast("dict[str, object]", inner)
    if not {"documents", "elements", "relationships"} <= fields.keys():
        problem = "it has no lists of documents, elements and relationships"
        raise DataError(file, "whole file", problem, "name the file that the tool exports as JSON")
    return fields


def _document(file: str, read: _File, wanted: str | None) -> _Document:
    """The document that is meant: of those that have elements, the only one."""
    used = {entry.doc_identifier for entry in read.elements}
    names = [each.doc_identifier for each in read.documents if each.doc_identifier in used]
    meant = [name for name in names if wanted is None or name == wanted]
    if len(meant) != 1:
        problem = f"it has {counted(len(names), 'document')} with elements, of which {len(meant)} are meant"
        fix = f"pass document=, one of {', '.join(names)}" if names else "name a file that has elements"
        raise DataError(file, "documents", problem, fix)
    return next(each for each in read.documents if each.doc_identifier == meant[0])


class _Reader:
    """Makes elements of those of one document."""

    def __init__(self, file: str, key: str, document: _Document, read: _File, wanted: frozenset[str] | None) -> None:
        self._file, self._key, self._problems = file, key, Problems(file)
        of_document = [entry for entry in read.elements if entry.doc_identifier == document.doc_identifier]
        self._all = {entry.element_identifier: entry for entry in of_document}
        self._entries = [each for each in of_document if _is_read(each.element_type, wanted)]
        self._types = sorted({each.element_type for each in of_document})
        self._links = _by_source(_within(document, read.relationships))

    def elements(self) -> tuple[Element, ...]:
        """The elements, children after their parent; raises an error for each bad one."""
        if not self._entries:
            fix = f"pass types=, some of {', '.join(self._types)}"
            raise DataError(self._file, "elements", "there is no element of a type that is read", fix)
        names = self._names()
        above = self._above(names)
        children: dict[str | None, list[Element]] = {}
        order: dict[str, str] = {}
        for entry in self._entries:
            element = self._element(entry, names, above.get(entry.element_identifier))
            order[element.id] = self._place(entry)
            children.setdefault(element.parent, []).append(element)
        made: list[Element] = []
        waiting = _arranged(children.pop(None, []), order)
        while waiting:
            made.append(waiting.pop())
            waiting.extend(_arranged(children.pop(made[-1].id, []), order))
        for element in (each for below in children.values() for each in below):
            self._add(element.local, "its parents lead in a circle", "take out the projection to the topmost one")
        self._problems.raise_any()
        return tuple(made)

    def _names(self) -> dict[str, str]:
        """The identifiers of the elements that are read; raises an error for each that cannot be one."""
        names: dict[str, str] = {}
        taken: dict[str, str] = {}
        for entry in self._entries:
            name = entry.name
            try:
                identifiers.checked(f"{self._key}:{name}")
            except IdentifierSyntaxError as error:
                self._add(name, error.problem, error.fix)
                continue
            fold = identifiers.fold_local(name)
            if not fold or ":" in name:
                self._add(name, f"{shorten(name)} cannot be an identifier", "write letters and digits, as in PR.AA-01")
            elif fold in taken:
                problem = f"it reads like {shorten(taken[fold])}"
                self._add(name, problem, "pass types= to read the elements of one type only")
            taken[fold] = name
            names[entry.element_identifier] = f"{self._key}:{name}"
        self._problems.raise_any()
        return names

    def _above(self, names: dict[str, str]) -> dict[str, str]:
        """The element that each is below: the first that is read."""
        above: dict[str, str] = {}
        for source, links in self._links.items():
            for link in links:
                target = link.dest_element_identifier
                if link.relationship_identifier == BELOW and source in names and target in names:
                    above.setdefault(target, names[source])
        return above

    def _beside(self, entry: _Entry, kind: str) -> Iterator[_Entry]:
        """The elements of a type that say something about an element."""
        for link in self._links.get(entry.element_identifier, ()):
            found = self._all.get(link.dest_element_identifier)
            if found is not None and found.element_type == kind:
                yield found

    def _place(self, entry: _Entry) -> str:
        return next((each.title or "" for each in self._beside(entry, SORT)), "")

    def _element(self, entry: _Entry, names: dict[str, str], parent: str | None) -> Element:
        reasons = list(self._beside(entry, REASON))
        cls = _KINDS.get(entry.element_type.lower(), Clause)
        if reasons and not issubclass(cls, Withdrawable):
            cls = Control  # a kind that cannot be withdrawn would still ask for something
        element = cls(
            id=names[entry.element_identifier],
            title=" ".join((entry.title or "").split()) or None,
            label=entry.name,
            parent=parent,
            summary=(entry.text or "").strip() or None,
        )
        if not reasons or not isinstance(element, Withdrawable):
            return element
        gone = {how: tuple(self._targets(reasons, how, names)) for how in (MOVED, INCORPORATED)}
        return evolve(element, withdrawn=True, moved_to=gone[MOVED], incorporated_into=gone[INCORPORATED])

    def _targets(self, reasons: list[_Entry], how: str, names: dict[str, str]) -> Iterator[str]:
        for reason in reasons:
            for link in self._links.get(reason.element_identifier, ()):
                if link.relationship_identifier == how and link.dest_element_identifier in names:
                    yield names[link.dest_element_identifier]

    def _add(self, name: str, problem: str, fix: str) -> None:
        self._problems.add(DataError(self._file, f"element {shorten(name)}", problem, fix))


def _is_read(kind: str, wanted: frozenset[str] | None) -> bool:
    return kind not in BESIDE if wanted is None else kind in wanted


def _within(document: _Document, links: Iterable[_Link]) -> Iterator[_Link]:
    """The relationships within a document."""
    name = document.doc_identifier
    return (each for each in links if each.source_doc_identifier == name == each.dest_doc_identifier)


def _by_source(links: Iterable[_Link]) -> dict[str, list[_Link]]:
    found: dict[str, list[_Link]] = {}
    for link in links:
        found.setdefault(link.source_element_identifier, []).append(link)
    return found


def _arranged(elements: list[Element], order: dict[str, str]) -> list[Element]:
    """Siblings, the last first: by their place in the order if the file has one, otherwise by identifier."""
    return sorted(sorted(elements), key=lambda each: order[each.id])[::-1]
