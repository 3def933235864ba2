"""Read the user's own files: a framework or a crosswalk, for :meth:`~iotbaseline.Library.extended`.

A file is read completely or not at all. What comes from it says so: its mappings have the basis ``user`` and the
name of the file as their source, its publication the role ``user framework`` and a notice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from os import PathLike
from pathlib import PurePath

from iotbaseline._files.problems import Hints, meant
from iotbaseline._files.tables import Ends, Layout, Row, layout_of, read, text_of
from iotbaseline._library import garbage
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._mappings.crosswalk import Crosswalk
from iotbaseline._model import arguments, identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.hidden import hidden_in
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Fidelity, Status
from iotbaseline._model.publication import USER_FRAMEWORK, Publication, PublicationInfo
from iotbaseline.errors import DataError, IdentifierSyntaxError, UnknownIdentifierError, shorten
from iotbaseline.formats import framework, olir, sssom

_LIBRARIES = (".yaml", ".yml")
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")


@arguments.checked
@garbage.put_off()
def read_framework(path: str | PathLike[str], *, key: str, title: str | None = None) -> Publication:
    """Read a framework of your own from a file.

    The file is CSV in UTF-8 with a header. Its columns, in any order, are ``id`` (``A.1``, which becomes
    ``key:A.1``) and, where wanted, ``title``, ``parent`` (the ``id`` of another row, anywhere in the file),
    ``summary`` and ``kind`` (a kind of element that needs nothing else, by default ``clause``). ``key`` is in lower
    case; ``title`` is by default the name of the file without its suffix. The fidelity is ``full``, because the file
    is the framework.

    A file whose name ends in ``.yaml`` or ``.yml`` is a library of CISO Assistant with one framework, for which the
    extra ``ciso`` is needed: :func:`iotbaseline.formats.ciso_reading.read_ciso_library` says what becomes of it.
    One that ends in ``.json`` is an export of NIST's Cybersecurity and Privacy Reference Tool: see
    :func:`iotbaseline.formats.cprt_reading.read_cprt`.

    Raises :class:`~iotbaseline.errors.DataErrors` with one error for each bad row,
    :class:`~iotbaseline.errors.DataError` if the file is not such a table,
    :class:`~iotbaseline.errors.MissingExtraError` without the extra, and
    :class:`~iotbaseline.errors.IdentifierSyntaxError` for a ``key`` that cannot be one.

    >>> ib.read_framework("acme.csv", key="acme")["AC.1"].title
    'Personal accounts'
    """
    suffix = PurePath(path).suffix.lower()
    if suffix in _LIBRARIES:
        from iotbaseline.formats.ciso_reading import read_ciso_library

        return read_ciso_library(path, key=key, title=title)
    if suffix == ".json":
        from iotbaseline.formats.cprt_reading import read_cprt

        return read_cprt(path, key=key, title=title)
    file, text = text_of(path)
    name = title if title is not None else PurePath(file).stem
    return user_framework(key, name, lambda: framework.elements(file, text, key))


def user_framework(key: str, title: str, elements: Callable[[], tuple[Element, ...]]) -> Publication:
    """A publication of the user's own with what ``elements`` makes, for a key that can be one.

    Raises :class:`~iotbaseline.errors.IdentifierSyntaxError` for a key that cannot.
    """
    if not _KEY.fullmatch(identifiers.text(key)) or not identifiers.fold_publication(key):
        rule = "write lower-case letters, digits and . _ -, at most 60, as in acme-policy"
        raise IdentifierSyntaxError(f"{shorten(key)} cannot be the key of a publication", rule)
    if (hidden := hidden_in(identifiers.text(title, "title"))) is not None:
        raise IdentifierSyntaxError(f"the title {shorten(title)} has the character {hidden}", "pass another title=")
    info = PublicationInfo(
        key=key,
        pubid=None,
        work=key,
        title=title,
        role=USER_FRAMEWORK,
        series=None,
        stage="user",
        status=Status.CURRENT,
        published=None,
        doi=None,
        authors=None,
        fidelity=Fidelity.FULL,
    )
    return Publication(info=info, elements=elements(), fidelity=Fidelity.FULL)


@arguments.checked
@garbage.put_off()
def read_crosswalk(
    path: str | PathLike[str], *, subject: str | None = None, obj: str | None = None, library: Library = DEFAULT
) -> tuple[Crosswalk, ...]:
    """Read mappings of your own from a file: one crosswalk for each pair of publications, in the order of the file.

    The header decides which of two layouts is read, both in UTF-8:

    - SSSOM TSV, with the columns ``subject_id``, ``predicate_id`` and ``object_id``. Predicates are the relations of
      IR 8477 (``ir8477:subset_of`` or ``subset of``) and the mapping properties of SKOS. ``comment`` becomes the
      rationale and ``confidence`` (0 to 1), where there is no ``strength`` (0 to 10), the nearest strength.
    - CSV in the columns of NIST's OLIR templates (IR 8278A r1), with ``Focal Document Element`` and ``Reference
      Document Element``. The focal element becomes the subject. The relationship, which IR 8278A states of the
      reference element, is inverted: ``subset of`` becomes ``superset_of``.

    ``subject`` and ``obj`` name the publications of all subjects and all objects. An OLIR file needs both,
    an SSSOM file only for identifiers without a publication and for rows without an object. Identifiers may be
    spelled as in :meth:`Library.get`, and ``library`` has to know what they name.

    Raises :class:`~iotbaseline.errors.DataErrors` with one error for each bad row,
    :class:`~iotbaseline.errors.DataError` if the file is not such a table, and what :meth:`Library.info` raises
    for ``subject`` and ``obj``.

    >>> library = ib.extended(ib.read_framework("acme.csv", key="acme"))
    >>> [crosswalk] = ib.read_crosswalk("acme.sssom.tsv", library=library)
    >>> for mapping in crosswalk.mappings:
    ...     print(mapping)
    acme:AC.1 subset_of sp800-53r5:ac-2 [user]
    """
    ends = Ends(
        _Identifiers(library, None if subject is None else library.load(subject), "subject").find,
        _Identifiers(library, None if obj is None else library.load(obj), "obj").find,
        _Identifiers(library, None, "").find,
    )
    file, text = text_of(path)
    layout = layout_of(file, text, _LAYOUTS)
    if layout is olir.LAYOUT and (subject is None or obj is None):
        problem = "it does not name its publications"
        raise DataError(file, "whole file", problem, "pass subject= (focal document) and obj= (reference document)")
    target = None if obj is None else library.info(obj).key
    make, pairs = _LAYOUTS[layout], defaultdict[tuple[str, str], list[Mapping]](list)

    def add(row: Row) -> None:
        mapping = make(row, ends)
        key = target if mapping.object is None else mapping.object.partition(":")[0]
        if key is None:
            raise row.error("a row without an object has to say which publication has none", "pass obj=")
        pairs[mapping.subject.partition(":")[0], key].append(mapping)

    read(file, text, layout, add)
    return tuple(
        Crosswalk(subject=library.load(first), object=library.load(second), mappings=tuple(dict.fromkeys(mappings)))
        for (first, second), mappings in pairs.items()
    )


_LAYOUTS: dict[Layout, Callable[[Row, Ends], Mapping]] = {sssom.LAYOUT: sssom.mapping, olir.LAYOUT: olir.mapping}


class _Identifiers:
    """Resolves the identifiers in a file: to anything the library knows, or only to what is in one publication.

    Each text is looked up once.
    """

    def __init__(self, library: Library, within: Publication | None, argument: str) -> None:
        self._library, self._within, self._argument = library, within, argument
        self._resolved: dict[str, str | tuple[str, str]] = {}
        self._publications: dict[str, Publication | tuple[str, ...]] = {}
        self._hints = Hints()

    def find(self, row: Row, column: str, text: str) -> str:
        """Return the identifier that a text means; raises an error in the row if it means none."""
        resolved = self._resolved.get(text)
        if resolved is None:
            resolved = self._resolved[text] = self._looked_up(text)
        if isinstance(resolved, tuple):
            problem, fix = resolved
            raise row.error(f"{column}: {problem}", fix)
        return resolved

    def _looked_up(self, text: str) -> str | tuple[str, str]:
        name = text.partition(":")[0]
        known = self._publications.get(name) if self._within is None else self._within
        if isinstance(known, Publication) and known.key == name and (exact := known.exact(text)) is not None:
            return exact.id
        try:
            publication, local = self._split(identifiers.checked(text))
        except UnknownIdentifierError as error:
            hint = f"did you mean {' or '.join(error.suggestions)}?" if error.suggestions else ""
            fix = hint or "if it is your own, pass a library extended with what read_framework() gives"
            return f"unknown publication in {shorten(text)}", fix
        except IdentifierSyntaxError as error:
            return error.problem, error.fix
        element = publication.get(local)
        if element is not None:
            return element.id
        if not publication.elements and ":" not in local:
            return f"{publication.key}:{local}"
        hint = meant(f"{publication.key}:{name}" for name in self._hints.nearest_in(publication, local))
        return f"unknown element {shorten(local)} of {publication.key}", hint or f"see load({publication.key!r})"

    def _split(self, text: str) -> tuple[Publication, str]:
        if self._within is not None:
            return self._within, self._library.local(text, self._within)
        name, local = self._library.split(text)
        if name is None:
            fix = f"write one before a colon{f' or pass {self._argument}=' if self._argument else ''}"
            raise IdentifierSyntaxError(f"{shorten(text)} names no publication", fix)
        if name not in self._publications:
            try:
                self._publications[name] = self._library.load(name)
            except UnknownIdentifierError as error:
                self._publications[name] = error.suggestions
        loaded = self._publications[name]
        if isinstance(loaded, tuple):
            raise UnknownIdentifierError("publication", name, loaded)
        return loaded, local
