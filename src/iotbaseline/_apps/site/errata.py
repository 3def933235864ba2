"""The page of errata: every error that was found, by publication and place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import addresses, words
from iotbaseline._apps.site.held import Held, Ref
from iotbaseline._apps.site.page import Page
from iotbaseline._model.errata import Defect

_COMPUTED = "Computed disagreements"
_DEFECTS = {
    Defect.UNKNOWN_REFERENCE: ("reference to what does not exist", "references to what does not exist"),
    Defect.WRONG_PREFIX: ("wrong prefix", "wrong prefixes"),
    Defect.UNKNOWN_CONTROL: ("control that does not exist", "controls that do not exist"),
    Defect.WITHDRAWN_CONTROL: ("withdrawn control", "withdrawn controls"),
    Defect.DISAGREEMENT: ("disagreement", "disagreements"),
    Defect.OMISSION: ("omission", "omissions"),
    Defect.MISPRINT: ("misprint", "misprints"),
    Defect.OUTDATED_NUMBER: ("outdated number", "outdated numbers"),
}
"""Each kind of error, of one and of many."""


@frozen
class Place:
    """The errors of one place of a publication.

    ``computed`` is how many disagreements with other places were computed.
    """

    key: str
    short: str
    address: str
    name: str
    found: tuple[tuple[ib.Erratum, tuple[Ref, ...]], ...]
    computed: int

    @property
    def anchor(self) -> str:
        """Where it is on the page: ``sp800-213a--appendix-b``."""
        return _anchor(self.key, self.name)

    @property
    def anchor_of_computed(self) -> str:
        """Where the computed disagreements of its publication are."""
        return _anchor(self.key, _COMPUTED)

    @property
    def computed_filter(self) -> str:
        """What the list is filtered by to see what was computed for this place."""
        return urlencode({"words": self.name, "publication": self.key})

    @property
    def gist(self) -> str:
        """How many errors of each kind there are: ``7 misprints, 5 wrong prefixes``."""
        return gist(erratum for erratum, _ in self.found)


def gist(errata: Iterable[ib.Erratum]) -> str:
    """How many of each kind there are, the most frequent first."""
    counts = Counter(erratum.defect for erratum in errata)
    return ", ".join(words.plural(count, *_DEFECTS[defect]) for defect, count in counts.most_common())


def _anchor(key: str, name: str) -> str:
    return f"{addresses.file_name(key)}--{re.sub('[^a-z0-9]+', '-', name.lower())}"


def pages(held: Held) -> Iterator[Page]:
    """The page of errata."""
    found = list(places(held))
    yield Page(
        address="errata.html",
        title="Errata",
        about="The errors found in the publications, with both readings.",
        template="errata.html",
        area="errata",
        facts={
            "publications": [
                (key, short, count, [place for place in found if place.key == key])
                for key, short, count in publications(held)
            ],
            "gists": {
                key: gist(each for each in held.library.errata() if each.publication == key)
                for key, _, _ in publications(held)
            },
            "defects": {
                defect.value: one
                for defect, (one, _) in _DEFECTS.items()
                if any(erratum.defect == defect for place in found for erratum, _ in place.found)
            },
        },
    )


def publications(held: Held) -> list[tuple[str, str, int]]:
    """Each publication with errors: its key, its short name, and how many were found."""
    counts = Counter(erratum.publication for erratum in held.library.errata())
    return [(key, held.short[key], counts[key]) for key in sorted(counts, key=held.rank)]


def places(held: Held) -> Iterator[Place]:
    """The errors by publication and place, and last in each what was computed."""
    found: defaultdict[tuple[str, str], list[ib.Erratum]] = defaultdict(list)
    for erratum in held.library.errata():
        found[erratum.publication, _place(erratum)].append(erratum)
    for key, name in sorted(found, key=lambda each: (held.rank(each[0]), each[1] == _COMPUTED, _natural(each[1]))):
        rows = tuple((each, tuple(held.ref(one) for one in each.elements)) for each in found[key, name])
        others = () if name == _COMPUTED else found.get((key, _COMPUTED), ())
        computed = sum(name in each.locator for each in others)
        yield Place(key, held.short[key], addresses.of_publication(key), name, rows, computed)


def _place(erratum: ib.Erratum) -> str:
    """Where an error is, without the page and the row; what comparing two places of a publication gave is apart."""
    if erratum.evidence.startswith("Computed:"):
        return _COMPUTED
    name = re.sub(r"^p\. ", "page ", re.split("[,;]", erratum.locator)[0])
    return name[:1].upper() + name[1:]


def _natural(name: str) -> list[str | int]:
    """What sorts section 10 after section 9."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]
