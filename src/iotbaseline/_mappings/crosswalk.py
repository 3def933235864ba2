"""Crosswalks: the mappings between two publications, read forwards and backwards."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import ClassVar

from attrs import evolve, frozen

from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Listing, Result, Shown
from iotbaseline._library import sssom
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, publication_of
from iotbaseline._model import arguments, identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.mapping import MAPPING_COLUMNS, Mapping
from iotbaseline._model.provenance import Basis, judgement
from iotbaseline._model.publication import Publication
from iotbaseline.errors import DataError, UnknownCrosswalkError, counted


class _OfElement(Listing[Mapping]):
    """The mappings of one element; every output says which are this project's judgement."""

    __slots__ = ()

    @property
    def _caution(self) -> str | None:
        return _judged(self)


@frozen(kw_only=True, repr=False)
class Crosswalk(Result[Mapping, Basis]):
    """The mappings from a subject publication to an object publication, in the order of their source."""

    HELD: ClassVar[str] = "mappings"
    LISTED: ClassVar[str] = "mappings"
    SHOWN: ClassVar[Shown] = {
        "subject": ("subject", "subject_name"),
        "relation": ("relation",),
        "object": ("object", "object_name"),
        "cited as": ("object_label",),
        "basis": ("basis",),
        "why": ("rationale",),
        "where": ("locator",),
    }

    subject: Publication
    object: Publication
    mappings: tuple[Mapping, ...]

    def __str__(self) -> str:
        return f"{self.subject.key} to {self.object.key}: {counted(len(self), 'mapping')}"

    def __repr__(self) -> str:
        return f"<Crosswalk {self}>"

    @property
    def notice(self) -> str | None:
        """Says how many mappings are this project's judgement, and what that does not give; ``None`` if none is."""
        return _judged(self.mappings)

    @cached_property
    def _forward(self) -> dict[str, tuple[Mapping, ...]]:
        return _grouped((mapping.subject, mapping) for mapping in self.mappings if not mapping.is_empty)

    @cached_property
    def _backward(self) -> dict[str, tuple[Mapping, ...]]:
        return _grouped((mapping.object, mapping) for mapping in self.mappings if mapping.object is not None)

    def targets(self, subject: Element | str) -> tuple[Mapping, ...]:
        """The mappings of one subject, named in any usual spelling; empty if it is not mapped.

        Raises :class:`~iotbaseline.errors.UnknownIdentifierError` if there is no such element.
        """
        return _looked_up(self._forward, self.subject, subject)

    def sources(self, obj: Element | str) -> tuple[Mapping, ...]:
        """The mappings that lead to one object, named in any usual spelling; empty if none does.

        Raises :class:`~iotbaseline.errors.UnknownIdentifierError` if there is no such element.
        """
        return _looked_up(self._backward, self.object, obj)

    @property
    def unmapped_subjects(self) -> Listing[Element]:
        """The subjects without a mapping, among the kinds of element that this crosswalk maps from."""
        return _unmapped(self.subject, self._forward)

    @property
    def unmapped_objects(self) -> Listing[Element]:
        """The objects that no mapping leads to, among the kinds of element that this crosswalk maps to."""
        return _unmapped(self.object, self._backward)

    @property
    def listed_without_object(self) -> tuple[str, ...]:
        """The subjects that the source lists with nothing mapped to them."""
        return tuple(mapping.subject for mapping in self.mappings if mapping.is_empty)

    def inverse(self) -> Crosswalk:
        """The same mappings read from object to subject; those without an identified object are left out."""
        mappings = tuple(mapping.inverse() for mapping in self.mappings if mapping.object is not None)
        return Crosswalk(subject=self.object, object=self.subject, mappings=mappings)

    def columns(self) -> tuple[Column[Mapping], ...]:
        """The columns of a mapping, then the names of subject and object."""
        return (
            *MAPPING_COLUMNS,
            Column("subject_name", lambda mapping: _name(self.subject, mapping.subject)),
            Column("object_name", lambda mapping: _name(self.object, mapping.object)),
        )

    def to_sssom(self) -> str:
        """The crosswalk as SSSOM TSV in UTF-8, a table of mappings that other tools read.

        :func:`~iotbaseline.read_crosswalk` reads it back, with ``user`` as the basis and its file as the source. The
        license is the license of the data, or unspecified if a mapping is the user's own.
        """
        infos = (self.subject.info, self.object.info)
        is_own = any(mapping.basis is Basis.USER for mapping in self.mappings)
        return sssom.write(
            self.mappings,
            self.subject.key,
            self.object.key,
            addresses={info.key: f"https://doi.org/{info.doi}#" for info in infos if info.doi is not None},
            license_=sssom.UNSPECIFIED if is_own else sssom.PUBLIC_DOMAIN,
            about={"comment": self.notice} if self.notice else {},
        )

    @property
    def _name(self) -> str:
        return f"{self.subject.key} → {self.object.key}"

    @property
    def _title(self) -> str:
        return f"{self.subject.title} → {self.object.title}"

    @property
    def _caution(self) -> str | None:
        return self.notice

    def _head(self) -> Head:
        return {"subject": self.subject.key, "object": self.object.key}

    def _badges(self) -> list[str]:
        return [counted(len(self), "mapping"), *super()._badges()]

    def _explained(self, item: Mapping) -> tuple[str, str]:
        return str(item), item.rationale or item.locator or item.source


@arguments.checked
def crosswalk(subject: Named, obj: Named, *, library: Library = DEFAULT) -> Crosswalk:
    """Return the crosswalk between two publications, given or named in any usual spelling.

    Mappings held from ``obj`` to ``subject`` are read backwards and follow those held from ``subject`` to ``obj``.
    Raises :class:`~iotbaseline.errors.UnknownCrosswalkError`, which names the crosswalks that exist, if none are held
    in either direction, and :class:`~iotbaseline.errors.DataError` for a mapping from or to an element that does not
    exist.

    >>> for mapping in ib.crosswalk("ir8425", "ir8259a").targets("ir8425:data-protection.1"):
    ...     print(mapping)
    ir8425:data-protection.1 intersects_with ir8259a:data-protection [curated]
    ir8425:data-protection.1 intersects_with ir8259a:data-protection.1 [curated]
    """
    first, second = publication_of(library, subject, "subject"), publication_of(library, obj, "obj")
    forward = library.mappings(first.key, second.key)
    backward = library.mappings(second.key, first.key) if first != second else ()
    if forward or backward:
        held = checked(Crosswalk(subject=first, object=second, mappings=forward))
        inverted = checked(Crosswalk(subject=second, object=first, mappings=backward)).inverse()
        return evolve(held, mappings=held.mappings + inverted.mappings)
    partners, others = (_partners(library, publication.key) for publication in (first, second))
    hint = f"there are crosswalks of {first.key} with {', '.join(sorted(partners))}" if partners else "see crosswalks()"
    if between := sorted(partners & others):
        hint = f"reach may connect their elements through {', '.join(between)}; {hint}"
    if {(first.key, second.key), (second.key, first.key)}.intersection(library.lineage_pairs()):
        hint = f"the lineage between them is held: see diff('{first.key}', '{second.key}'); {hint}"
    raise UnknownCrosswalkError(f"no mappings are held between {first.key} and {second.key}", hint)


def _partners(library: Library, key: str) -> set[str]:
    """The publications that a publication has crosswalks with."""
    return {other for pair in library.crosswalk_pairs() if key in pair for other in pair} - {key}


@arguments.checked
def crosswalks(*, library: Library = DEFAULT) -> tuple[tuple[str, str], ...]:
    """Every pair of publication keys (subject, object) that mappings are held for.

    >>> ("sp800-213a", "sp800-53r5") in ib.crosswalks()
    True
    """
    return library.crosswalk_pairs()


@arguments.checked
def mappings(identifier: Element | str, *, library: Library = DEFAULT) -> Listing[Mapping]:
    """All mappings from or to one element, over every crosswalk; those to it are read backwards.

    Raises what :meth:`Library.get` raises.

    >>> for mapping in ib.mappings("ir8425:software-update.2")[:2]:
    ...     print(mapping)
    ir8425:software-update.2 intersects_with cra:annex-i.part-i.2.c [curated]
    ir8425:software-update.2 supports cra:annex-i.part-ii.7 [curated]
    """
    element = identifier if isinstance(identifier, Element) else library.get(identifier)
    rows: list[Mapping] = []
    for subject, obj in library.crosswalk_pairs():
        if subject == element.publication:
            rows.extend(row for row in library.mappings(subject, obj) if row.subject == element.id)
        if obj == element.publication:
            rows.extend(row.inverse() for row in library.mappings(subject, obj) if row.object == element.id)
    return _OfElement(rows)


def checked(table: Crosswalk) -> Crosswalk:
    """Return the crosswalk; raises :class:`~iotbaseline.errors.DataError` if a mapping names an unknown element."""
    for publication, ends in (
        (table.subject, [mapping.subject for mapping in table.mappings]),
        (table.object, [mapping.object for mapping in table.mappings]),
    ):
        unknown = {end for end in set(ends) if end is not None and publication.elements and not publication.has(end)}
        astray = [pair for pair in zip(table.mappings, ends, strict=True) if pair[1] in unknown]
        if astray:
            mapping, identifier = astray[0]
            problem = f"there is no element {identifier}"
            fix = f"map an element of {publication.key}"
            raise DataError(f"crosswalks/{mapping.source}.sssom.tsv", str(mapping), problem, fix)
    return table


def _judged(rows: Collection[Mapping]) -> str | None:
    return judgement(sum(mapping.basis is Basis.CURATED for mapping in rows), len(rows), "mapping")


def _grouped(pairs: Iterable[tuple[str, Mapping]]) -> dict[str, tuple[Mapping, ...]]:
    groups: dict[str, list[Mapping]] = {}
    for key, mapping in pairs:
        groups.setdefault(key, []).append(mapping)
    return {key: tuple(mappings) for key, mappings in groups.items()}


def _looked_up(
    index: dict[str, tuple[Mapping, ...]], publication: Publication, which: Element | str
) -> tuple[Mapping, ...]:
    identifier = which.id if isinstance(which, Element) else identifiers.text(which)
    exact = index.get(identifier)
    if exact is not None:
        return exact
    return index.get(publication.identify(identifier), ())


def _unmapped(publication: Publication, mapped: dict[str, tuple[Mapping, ...]]) -> Listing[Element]:
    kinds = {element.kind for element in publication.elements if element.id in mapped}
    return Listing(
        element
        for element in publication.elements
        if element.kind in kinds and element.id not in mapped and element.is_in_force
    )


def _name(publication: Publication, identifier: str | None) -> str | None:
    element = publication.get(identifier) if identifier is not None else None
    return element.name if element is not None else None
