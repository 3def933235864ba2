"""Which publication a copy is of, and a library whose elements have their wordings from it."""

from __future__ import annotations

from os import PathLike

from attrs import evolve, frozen

from iotbaseline._display.progress import watched
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model import arguments
from iotbaseline._model.publication import Publication
from iotbaseline._model.wording import Fingerprint, Wording
from iotbaseline._wording.copies import Copy, files_in, read_copy
from iotbaseline._wording.finder import FEWEST_WORDS, Finder, Passage
from iotbaseline.errors import QueryError

RECOGNISED = 0.5
"""The share of the wordings of a publication that a file must have to count as a copy of it."""


@frozen(eq=False)
class Examined:
    """A copy with the publication that it is of, and where in it the wordings of elements are, by identifier."""

    copy: Copy
    finder: Finder
    publication: Publication
    places: dict[str, Passage]

    def wording(self, identifier: str) -> Wording | None:
        """The wording of an element in the copy."""
        place = self.places.get(identifier)
        return None if place is None else wording_at(place, self.copy)


@arguments.checked
def attach(
    source: PathLike[str] | str,
    *,
    publication: str | None = None,
    cache: PathLike[str] | str | None = None,
    library: Library = DEFAULT,
) -> Library:
    """Return a library whose elements have their official ``wording`` from your own copy; the given one stays as it is.

    ``source`` is a PDF (needs the extra ``pdf``), a text, a page of Markdown or HTML, an OSCAL catalog, or a folder of
    such files; files in it that are no copy of a publication are skipped. The wordings tell which publication a file
    is a copy of, unless ``publication`` names it. Every wording is proved by its fingerprint; an element whose wording
    is not in the copy has none. Nothing is stored unless you name a folder ``cache``: it gets the text of each PDF,
    under the hash of the file.

    Raises :class:`~iotbaseline.errors.QueryError` if there is no such file or it is a copy of no known publication,
    :class:`~iotbaseline.errors.DataError` for a file that cannot be read, and
    :class:`~iotbaseline.errors.MissingExtraError` for a PDF if pypdfium2 is not installed.
    """
    files = files_in(source)
    alone = len(files) == 1
    for file in watched(files, "attaching wordings", "files", len(files)):
        copy = read_copy(file, cache)
        found = examine(copy, publication, library) if alone or publication else recognised(copy, library)
        if found is not None:
            note = f"wordings of {found.publication.key} from {copy.name}"
            library = library.replacing(_worded(found), note)
    return library


def examine(copy: Copy, name: str | None, library: Library) -> Examined:
    """What a copy is of, or what of the named publication is in it; raises as :func:`attach` does."""
    if name is not None:
        return _examined(copy, Finder(copy.pages), library.load(name))
    found = recognised(copy, library)
    if found is None:
        problem = f"{copy.name} has less than half of the wordings of any publication"
        raise QueryError(f"{problem}; name the publication, or use compare_draft for a draft")
    return found


def recognised(copy: Copy, library: Library) -> Examined | None:
    """A copy with the publication that it has most of, or ``None`` if it has less than half of any."""
    finder = Finder(copy.pages)
    long = {publication.key: _long(publication) for publication in library.load_all()}
    found = finder.recognised(frozenset[Fingerprint]().union(*long.values()))
    shares = {key: len(wanted & found) / len(wanted) for key, wanted in long.items() if wanted}
    best = max(shares, key=lambda key: (shares[key] * len(long[key] & found), key), default=None)
    if best is None or shares[best] < RECOGNISED:
        return None
    return _examined(copy, finder, library.load(best))


def _long(publication: Publication) -> frozenset[Fingerprint]:
    fingerprints = (element.fingerprint for element in publication)
    return frozenset(each for each in fingerprints if each is not None and each.words >= FEWEST_WORDS)


def _examined(copy: Copy, finder: Finder, publication: Publication) -> Examined:
    return Examined(copy, finder, publication, finder.locate(publication))


def wording_at(place: Passage, copy: Copy) -> Wording:
    """A passage of a copy as it is printed."""
    reading, start, end = place.reading, place.start, place.end
    page = copy.pages[place.position[0]].number
    text, box = reading.printed(start, end), reading.box(start, end)
    return Wording(text=text, source=copy.name, sha256=copy.sha256, page=page, box=box)


def _worded(found: Examined) -> Publication:
    elements = (evolve(element, wording=found.wording(element.id)) for element in found.publication)
    return evolve(found.publication, elements=tuple(elements))
