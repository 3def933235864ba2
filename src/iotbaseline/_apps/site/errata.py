"""The page of errata: every error that was found, by publication and place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import addresses
from iotbaseline._apps.site.held import Held, Ref
from iotbaseline._apps.site.page import Page

_COMPUTED = "Computed disagreements"


@frozen
class Place:
    """The errors of one place of a publication."""

    key: str
    short: str
    address: str
    name: str
    found: tuple[tuple[ib.Erratum, tuple[Ref, ...]], ...]

    @property
    def anchor(self) -> str:
        """Where it is on the page: ``sp800-213a--appendix-b``."""
        return f"{addresses.file_name(self.key)}--{re.sub('[^a-z0-9]+', '-', self.name.lower())}"


def pages(held: Held) -> Iterator[Page]:
    """The page of errata."""
    found = list(places(held))
    yield Page(
        address="errata.html",
        title="Errata",
        about="The errors found in the publications, with both readings.",
        template="errata.html",
        facts={
            "publications": [
                (key, short, count, [place for place in found if place.key == key])
                for key, short, count in publications(held)
            ],
            "defects": sorted({erratum.defect.value for place in found for erratum, _ in place.found}),
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
        yield Place(key, held.short[key], addresses.of_publication(key), name, rows)


def _place(erratum: ib.Erratum) -> str:
    """Where an error is, without the page and the row; what comparing two places of a publication gave is apart."""
    if erratum.evidence.startswith("Computed:"):
        return _COMPUTED
    name = re.sub(r"^p\. ", "page ", re.split("[,;]", erratum.locator)[0])
    return name[:1].upper() + name[1:]


def _natural(name: str) -> list[str | int]:
    """What sorts section 10 after section 9."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]
