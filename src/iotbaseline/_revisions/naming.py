"""Which element of a publication each entry of a list names, or why it names none."""

from __future__ import annotations

import re
from collections import abc
from collections.abc import Sequence

from iotbaseline._display.progress import watched
from iotbaseline._files.problems import Problems
from iotbaseline._library.library import Library
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.fingerprints import normalize
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.publication import Publication, of_local
from iotbaseline._revisions.migration import Entry, is_of
from iotbaseline.errors import (
    ArgumentTypeError,
    DataError,
    IdentifierSyntaxError,
    UnknownIdentifierError,
    shorten,
)

MOST_UNKNOWN = 10_000
"""So many different texts may name no element, and later in a longer list up to half of the entries until there."""
_MOST_TOKENS = 10
"""No identifier of which a part is suggested has more words and numbers than these."""

_APPENDIX_J = re.compile(r"(?:(?:ap|di|se|ul)\.[12]|(?:dm|tr)\.[1-3]|ip\.[1-4]|ar\.[1-8])(?:\.1)?")
"""The privacy controls of SP 800-53 Rev. 4."""
_LINKED = re.compile(
    r"(.+?)\s*(?:[,;/&+]\s*\(?[\w.:-]*\d|\b(?:and|or|to|through)\b|\.\.|-\s*(?:\(\d|[a-z]{2}-\d)|\s[a-z]{2}-\d)",
    re.IGNORECASE,
)
"""What links the first of several names to the next."""
_TITLED = re.compile(r"(.+?)\s*[(\[](.+)[)\]]", re.DOTALL)


def named(entries: Sequence[Entry], publication: Publication, library: Library) -> list[Element | str]:
    """The element that each entry names, or why it names none.

    Raises :class:`~iotbaseline.errors.DataErrors` for all entries of a wrong type, and if too many name none.
    """
    naming, seen = _Naming(publication, library), watched(entries, "migrating", "entries", len(entries))
    found = [naming.of(place, entry) for place, entry in enumerate(seen)]
    naming.problems.raise_any()
    return found


class _Naming:
    """Looks up what entries name, each text once."""

    def __init__(self, publication: Publication, library: Library) -> None:
        self.problems = Problems("entries")
        self._publication, self._library = publication, library
        self._found: dict[tuple[str, str], Element | str] = {}
        self._seen = self._unknown = 0

    def of(self, place: int, entry: Entry) -> Element | str:
        """The element that an entry names, or why it names none; an entry of a wrong type is a problem."""
        self._seen, key = place + 1, self._publication.key
        text: object
        match entry:
            case Element():
                text, what = entry.id, ""
            case Mapping():
                ends = [end for end in (entry.subject, entry.object) if is_of(end, key)]
                if not ends:
                    problem = f"neither side of {shorten(entry)} is of {key}"
                    return self._not_one(f"{problem}; leave it out, or name the other publication")
                text, what = ends[0], ""
            case abc.Mapping():
                text, what = entry.get("id"), "cell"
            case _:
                text, what = entry, "entry"
        if not isinstance(text, str):
            error = ArgumentTypeError("identifier", type(text).__name__, "a string")
            self.problems.add(DataError("entries", str(place), error.problem, error.fix))
            return error.problem
        found = self._found.get((text, what))
        if found is None:
            found = self._found[text, what] = self._looked_up(text, what)
        return found

    def _looked_up(self, text: str, what: str) -> Element | str:
        publication = self._publication
        try:
            plain = identifiers.checked(text)
        except IdentifierSyntaxError as error:
            other = _other_than_a_name(text, what, publication) if what else None
            return self._not_one(other or str(error))
        found = publication.get(plain) or self._of_the_work(plain) or _with_title(plain, publication)
        if found is not None:
            return found
        other = _other_than_a_name(text, what, publication) if what else None
        return self._not_one(other or self._unknown_element(plain))

    def _of_the_work(self, plain: str) -> Element | None:
        """The element of a name that begins with a name of the work: ``SP 800-53 AC-2``."""
        local = self._library.local(plain, self._publication)
        return None if local == plain else self._publication.get(local)

    def _unknown_element(self, plain: str) -> str:
        _, local = self._library.split(plain)
        whole = _whole(local, self._publication)
        near = (whole,) if whole else self.problems.hints.nearest_in(self._publication, local)
        return str(UnknownIdentifierError(f"element of {self._publication.key}", plain, near))

    def _not_one(self, reason: str) -> str:
        """A reason why an entry names no element; raises if there are too many."""
        self._unknown += 1
        if self._unknown > max(MOST_UNKNOWN, self._seen // 2):
            problem = f"{self._unknown} of {self._seen} entries name no element of {self._publication.key}"
            self.problems.give_up(f"{problem}; of the last one: {reason}", "pass what was written for that publication")
        return reason


def _other_than_a_name(given: str, what: str, publication: Publication) -> str | None:
    """What an entry that names no element is instead, or ``None`` if it may be a misspelled name."""
    text = " ".join((given if given.isascii() else given.translate(identifiers.DASHES)).split())
    if not text:
        return f"the {what} is empty; name one element in each"
    linked = _LINKED.match(text, 0, identifiers.MAX_LENGTH)
    if linked is not None and (publication.get(linked[1]) or _with_title(linked[1], publication)):
        return f"{shorten(text)} names several elements; name one in each {what}"
    if publication.key != "sp800-53r4" or len(text) > identifiers.MAX_LENGTH:
        return None
    _, local = identifiers.split(text)
    if not _APPENDIX_J.fullmatch(identifiers.fold_local(local)):
        return None
    return f"{shorten(text)} is a privacy control of Appendix J, which is not held; look it up in {publication.key}"


def _with_title(text: str, publication: Publication) -> Element | None:
    """The element of a name with the element's own title in brackets behind it."""
    titled = _TITLED.fullmatch(text) if text.endswith((")", "]")) else None
    found = None if titled is None else publication.get(titled[1])
    if titled is None or found is None:
        return None
    return found if found.title is not None and normalize(found.title) == normalize(titled[2]) else None


def _whole(local: str, publication: Publication) -> str | None:
    """The element of which a text names a part that is not held, as ``AC-2a`` does."""
    tokens = identifiers.fold_local(local).split(".")
    for end in range(min(len(tokens) - 1, _MOST_TOKENS), 0, -1):
        found = of_local(publication, ".".join(tokens[:end]))
        if found is not None:
            return found.local if tokens[end].isalpha() else None
    return None
