"""Functions for the look-ups of a library."""

from __future__ import annotations

from collections.abc import Iterable

from iotbaseline._display.results import Listing
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import several
from iotbaseline._library.store import MappingSet
from iotbaseline._model import arguments, identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.errata import Erratum
from iotbaseline._model.identifiers import control_label
from iotbaseline._model.kinds import Control, Requirement, SubCapability
from iotbaseline._model.provenance import SourceText
from iotbaseline._model.publication import Publication, PublicationInfo
from iotbaseline.errors import DataVersionError, IdentifierSyntaxError, QueryError, shorten


@arguments.checked
def publications(*, library: Library = DEFAULT) -> Listing[PublicationInfo]:
    """The registry: every publication known, with or without elements."""
    return library.once(("listed",), lambda: Listing(library.publications))


@arguments.checked
def info(name: str, *, library: Library = DEFAULT) -> PublicationInfo:
    """Return the registry entry of a publication, named in any usual spelling: see :meth:`Library.info`."""
    return library.info(name)


@arguments.checked
def load(name: str, *, library: Library = DEFAULT) -> Publication:
    """Return a publication with its elements: see :meth:`Library.load`."""
    return library.load(name)


@arguments.checked
def get(identifier: str, *, library: Library = DEFAULT) -> Element:
    """Return one element by its CURIE in any usual spelling: see :meth:`Library.get`."""
    return library.get(identifier)


@arguments.checked
def revisions(name: str, *, library: Library = DEFAULT) -> Listing[PublicationInfo]:
    """The lineage of a work: all its revisions that the registry knows, oldest first."""
    return library.revisions(name)


@arguments.checked
def url(identifier: str, *, library: Library = DEFAULT) -> str | None:
    """The DOI or page of a publication, or of the one that an element is in: see :meth:`Library.url`."""
    return library.url(identifier)


@arguments.checked
def errata(name: str | None = None, *, library: Library = DEFAULT) -> Listing[Erratum]:
    """The errors found in the publications, or in one of them: see :meth:`Library.errata`."""
    return library.errata(name)


@arguments.checked
def sources(*, library: Library = DEFAULT) -> Listing[SourceText]:
    """The texts that the records were made from."""
    return Listing(library.sources)


@arguments.checked
def require_data(version: str | None = None, *, at_least: str | None = None, library: Library = DEFAULT) -> None:
    """Make sure of the version of the data, so that a program does not go on with other data than it was written for.

    ``version`` pins it: ``"2026.11"`` takes all data of that month, ``"2026.11.0"`` only that release. ``at_least``
    takes that version and later ones. Raises :class:`~iotbaseline.errors.DataVersionError` for other data, and
    :class:`~iotbaseline.errors.QueryError` for a text that is no version.
    """
    held = _numbers(library.data_version)
    if version is not None:
        wanted = _numbers(version)
        if held[: len(wanted)] != wanted:
            raise DataVersionError(library.data_version, version)
    if at_least is not None and held < _numbers(at_least):
        raise DataVersionError(library.data_version, f"at least {at_least}")


def _numbers(version: str) -> tuple[int, ...]:
    parts = identifiers.text(version, "version").split(".")
    if not all(part.isdecimal() and part.isascii() for part in parts):
        raise QueryError(f"{shorten(version)} is no version of the data", "write one like 2026.11 or 2026.11.0")
    return tuple(map(int, parts))


@arguments.checked
def extended(*things: Publication | MappingSet, library: Library = DEFAULT) -> Library:
    """Return a library that also holds publications and crosswalks of your own: see :meth:`Library.extended`."""
    return library.extended(*things)


@arguments.checked
def parse_reference(text: str, *, library: Library = DEFAULT) -> Listing[Element]:
    """Return the elements that a reference names, as in ``DO:SMP(5e,f)`` or ``AC-2(3)``: see
    :meth:`Library.parse_reference`.
    """
    return library.parse_reference(text)


@arguments.checked
def format_reference(elements: Iterable[Element | str] | Element | str, *, library: Library = DEFAULT) -> str:
    """Print elements of SP 800-213A, or controls of SP 800-53r5, as one reference, which :func:`parse_reference` reads.

    Elements may be named as in :func:`get`, with its errors. Raises
    :class:`~iotbaseline.errors.IdentifierSyntaxError` for anything but the sub-capabilities and requirements of
    SP 800-213A or the controls of SP 800-53r5, which are all that the notations can name, and for both at once.
    """
    from iotbaseline._library.references import contract_reference

    expected = "elements of SP 800-213A or SP 800-53r5 or their names"
    given = (elements,) if isinstance(elements, Element | str) else several(elements, "elements", expected)
    named = [each if isinstance(each, Element) else library.get(identifiers.text(each, "elements")) for each in given]
    if named and all(element.publication == "sp800-53r5" and isinstance(element, Control) for element in named):
        return ", ".join(control_label(element.local) for element in named)
    for element in named:
        if element.publication != "sp800-213a" or not isinstance(element, SubCapability | Requirement):
            problem = f"{element} cannot be named in a reference"
            raise IdentifierSyntaxError(
                problem, "pass sub-capabilities and requirements of sp800-213a, or only controls of sp800-53r5"
            )
    return contract_reference(element.local for element in named)
