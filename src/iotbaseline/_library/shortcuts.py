"""Functions for the look-ups of a library."""

from __future__ import annotations

from collections.abc import Iterable

from iotbaseline._display.results import Listing
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.store import MappingSet
from iotbaseline._model import arguments, identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.identifiers import control_label
from iotbaseline._model.publication import Publication, PublicationInfo
from iotbaseline.errors import DataVersionError, IdentifierSyntaxError, QueryError, shorten


@arguments.checked
def publications(*, library: Library = DEFAULT) -> Listing[PublicationInfo]:
    """The registry: every publication known, with or without elements.

    >>> [info.key for info in ib.publications() if info.work == "ir8425"]
    ['ir8425.ipd', 'ir8425']
    """
    return library.once(("listed",), lambda: Listing(library.publications))


@arguments.checked
def info(name: str, *, library: Library = DEFAULT) -> PublicationInfo:
    """Return the registry entry of a publication, named in any usual spelling: see :meth:`Library.info`.

    >>> ib.info("SP 800-53").key
    'sp800-53r5'
    >>> ib.info("ir8259").notice
    'withdrawn 2026-04-20; superseded by ir8259r1'
    """
    return library.info(name)


@arguments.checked
def load(name: str, *, library: Library = DEFAULT) -> Publication:
    """Return a publication with its elements: see :meth:`Library.load`.

    >>> core = ib.load("IR 8259A")
    >>> [capability.title for capability in core.capabilities][:2]
    ['Device Identification', 'Device Configuration']
    """
    return library.load(name)


@arguments.checked
def get(identifier: str, *, library: Library = DEFAULT) -> Element:
    """Return one element by its CURIE in any usual spelling: see :meth:`Library.get`.

    >>> ib.get("NISTIR 8425: Data Protection 1").id
    'ir8425:data-protection.1'
    """
    return library.get(identifier)


@arguments.checked
def revisions(name: str, *, library: Library = DEFAULT) -> Listing[PublicationInfo]:
    """The lineage of a work: all its revisions that the registry knows, oldest first.

    >>> [info.key for info in ib.revisions("IR 8259")]
    ['ir8259.ipd', 'ir8259.2pd', 'ir8259', 'ir8259r1.ipd', 'ir8259r1.2pd', 'ir8259r1']
    """
    return library.revisions(name)


@arguments.checked
def url(identifier: str, *, library: Library = DEFAULT) -> str | None:
    """The DOI or page of a publication, or of the one that an element is in: see :meth:`Library.url`.

    >>> ib.url("ir8425:data-protection.1")
    'https://doi.org/10.6028/NIST.IR.8425'
    """
    return library.url(identifier)


@arguments.checked
def require_data(version: str | None = None, *, at_least: str | None = None, library: Library = DEFAULT) -> None:
    """Make sure of the version of the data, so that a program does not go on with other data than it was written for.

    ``version`` pins it: ``"2026.11"`` takes all data of that month, ``"2026.11.0"`` only that release. ``at_least``
    takes that version and later ones. Raises :class:`~iotbaseline.errors.DataVersionError` for other data, and
    :class:`~iotbaseline.errors.QueryError` for a text that is no version.

    >>> ib.require_data(at_least="2026.11")
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
    """Return a library that also holds publications and crosswalks of your own: see :meth:`Library.extended`.

    >>> library = ib.extended(ib.read_framework("acme.csv", key="acme"))
    >>> print(ib.get("acme:AC.1", library=library))
    acme:AC.1 Personal accounts
    """
    return library.extended(*things)


@arguments.checked
def parse_reference(text: str, *, library: Library = DEFAULT) -> Listing[Element]:
    """Return the elements that a reference names, as in ``DO:SMP(5e,f)`` or ``AC-2(3)``: see
    :meth:`Library.parse_reference`.

    >>> [element.id for element in ib.parse_reference("DO:SMP(5e,f)")]
    ['sp800-213a:DO.SMP.5.e', 'sp800-213a:DO.SMP.5.f']
    """
    return library.parse_reference(text)


@arguments.checked
def format_reference(elements: Iterable[Element | str] | Element | str, *, library: Library = DEFAULT) -> str:
    """Print elements of SP 800-213A, or controls of SP 800-53r5, as one reference, which :func:`parse_reference` reads.

    Elements may be named as in :func:`get`, with its errors. Raises
    :class:`~iotbaseline.errors.IdentifierSyntaxError` for anything but the sub-capabilities and requirements of
    SP 800-213A or the controls of SP 800-53r5, which are all that the notations can name, and for both at once.

    >>> ib.format_reference(["sp800-213a:DO.SMP.5.e", "sp800-213a:DO.SMP.5.f"])
    'DO:SMP(5e,f)'
    """
    from iotbaseline._library.references import contract_reference
    from iotbaseline._library.selection import several
    from iotbaseline._model.kinds import Control, Requirement, SubCapability

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
