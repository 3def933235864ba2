"""What people want to know of the site, and where it is told: ``changes 213A``, ``errata appendix B``.

A line of :data:`INTENTS` has the words that say what is wanted, and a function that yields the places where it is told.
A place is found if one of the words is typed, and everything else that is typed is a part of the names of the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from urllib.parse import urlencode

from attrs import field, frozen

from iotbaseline._apps.site import addresses, changes, errata, glossary, words
from iotbaseline._apps.site.covermap import BASELINES, TARGETS
from iotbaseline._apps.site.held import Held
from iotbaseline._apps.site.profiles import COMPARED
from iotbaseline._model.kinds import Capability


@frozen
class Goal:
    """A page, or a place on a page: where it is, what it is called, and what is there.

    Each item of ``ends`` has the names of one thing that it is about. A publication is named by its key, in ``keys``.
    """

    address: str
    label: str
    about: str
    ends: tuple[tuple[str, ...], ...] = ()
    keys: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def page(self) -> str:
        """The address of the page, without the place on it and what is chosen there."""
        return re.split("[?#]", self.address)[0]


GAPS = "gap gaps open leave leaves left missing uncovered cover covers covered coverage"
"""The words for what a profile leaves open."""
_MEANT = "federal"
"""The profile that is meant if none is named: control baselines are for federal systems."""


def _changes(held: Held) -> Iterator[Goal]:
    yield Goal("changes.html", "Changes", "what became of publications in their next revision")
    for each in changes.newest(held):
        pair = each.before.key, each.after.key
        before, after = (held.short[key] for key in pair)
        said = " to ".join(publication.info.published or "undated" for publication in (each.before, each.after))
        yield Goal(addresses.of_difference(*pair), f"{before} → {after}", f"changes, {said}", keys=pair)


def _errata(held: Held) -> Iterator[Goal]:
    yield Goal("errata.html", "Errata", "errors found in the publications")
    for key, short, count in errata.publications(held):
        address = f"errata.html?{urlencode({'publication': key})}#{addresses.file_name(key)}"
        yield Goal(address, f"Errata in {short}", words.plural(count, "error found", "errors found"), keys=(key,))
    for place in sorted(errata.places(held), key=lambda place: -len(place.found)):
        said = words.plural(len(place.found), "error found", "errors found")
        label = f"Errata in {place.short}: {place.name}"
        yield Goal(f"errata.html#{place.anchor}", label, said, ((place.name,),), keys=(place.key,))


def _crosswalks(held: Held) -> Iterator[Goal]:
    yield Goal("crosswalks.html", "Crosswalks", "every set of mappings from one publication to another")
    counts = {pair: len(held.library.mappings(*pair)) for pair in held.library.crosswalk_pairs()}
    for pair in sorted(counts, key=counts.__getitem__, reverse=True):
        subject, obj = (held.short[key] for key in pair)
        said = f"crosswalk, {words.plural(counts[pair], 'mapping')}"
        yield Goal(addresses.of_crosswalk(*pair), f"{subject} → {obj}", said, keys=pair)


def _compared(held: Held) -> Iterator[Goal]:
    profiles = ("profile", "profiles", *COMPARED)
    yield Goal("compare.html", "Compare", f"{', '.join(COMPARED)} side by side", (profiles,))
    for key in ("ir8259a", "ir8259b"):
        for each in held.publications[key].of_kind(Capability) if key in held.publications else ():
            address = f"compare.html#{addresses.file_name(each.local)}"
            title = each.title or each.local
            yield Goal(address, f"Compare: {title}", f"{', '.join(COMPARED)} side by side", ((title, *profiles),))


def _gaps(held: Held) -> Iterator[Goal]:
    yield Goal("profiles.html", "Profiles", "each with how far it goes towards the CSF and SP 800-53")
    parts = [*product(filter(held.infos.__contains__, TARGETS), (*BASELINES, "all"))]
    families = {each: tuple(_families(held, *each)) for each in parts}
    ranks = {each.key: (each.key != _MEANT, each.basis != "official", each.key) for each in held.profiles.values()}
    for profile, (key, part) in product(sorted(held.profiles.values(), key=lambda each: ranks[each.key]), parts):
        address, short = addresses.of_coverage(profile.key, key, part), held.short[key]
        about = (profile.key, profile.title), (part, "profile", "baseline")
        yield Goal(
            address,
            f"What {profile.key} leaves open of {short}, {part}",
            "the controls and outcomes that nothing in the profile leads to, and those that it supports",
            about,
            keys=(key,),
        )
        for label, title in families[key, part]:
            yield Goal(
                f"{address}#{addresses.file_name(label)}",
                f"What {profile.key} leaves open of {short if part == 'all' else part}: {label}",
                title,
                (*about, (label, title)),
                keys=(key,),
            )


def _families(held: Held, key: str, part: str) -> Iterator[tuple[str, str]]:
    """The families or functions that have something in a part of a framework: what each is called, and its title."""
    publication = held.publications[key]
    for family in publication.roots:
        below = publication.descendants(family)
        if part == "all" or any(part in getattr(each, "baselines", ()) for each in below):
            ref = held.ref(family.id)
            yield ref.label, ref.name


def _meanings(_: Held) -> Iterator[Goal]:
    yield Goal("about.html", "How to read this site", "what the words mean")
    for term in glossary.terms():
        yield Goal(f"about.html#{term.anchor}", term.question, term.said, ((term.word,),))


INTENTS: tuple[tuple[str, Callable[[Held], Iterator[Goal]]], ...] = (
    (
        "change changes changed difference differences diff differ revision revisions revised became become new since"
        " happened replaced superseded withdrawn",
        _changes,
    ),
    ("errata erratum error errors mistake mistakes misprint misprints typo typos wrong found print printed", _errata),
    ("crosswalk crosswalks map maps mapped mapping mappings", _crosswalks),
    ("compare compared comparison comparisons difference differences versus vs side", _compared),
    (GAPS, _gaps),
    ("mean means meaning definition glossary legend", _meanings),
)
"""The words for what is wanted, and where that is told; the first place of each is for those who type nothing else."""
