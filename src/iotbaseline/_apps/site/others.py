"""The first page, its four doors, and what explains the site."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import addresses, glossary, words
from iotbaseline._apps.site.held import Held
from iotbaseline._apps.site.page import Page
from iotbaseline._apps.site.profiles import COMPARED

_EXAMPLE = ("ir8425:data-protection.1", "sp800-53r5:sc-28")


@frozen
class Door:
    """A page for one kind of reader: its name, and the groups of places to begin."""

    address: str
    name: str
    about: str
    groups: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
    """Each group: its heading, and the places, each with what it is (see :func:`_placed`), its text and a remark."""


DOORS = (
    Door(
        "make.html",
        "I make products",
        "What a connected product should do, and what its maker should do.",
        (
            (
                "What is asked of my product",
                (
                    (
                        "publication ir8425",
                        "Consumer products",
                        "IR 8425: ten outcomes, the basis of the U.S. Cyber Trust Mark",
                    ),
                    ("publication ir8259a", "Any device", "IR 8259A: what a device can do"),
                    ("publication ir8259b", "Its maker", "IR 8259B: documentation, contact, updates, education"),
                    ("publication ir8425a", "Routers", "IR 8425A: about half of its outcomes are held"),
                    ("profile industrial", "Industrial devices", "an unofficial profile with three levels"),
                ),
            ),
            (
                "What I have to do as a maker",
                (
                    ("publication ir8259r1", "Activities before and after the sale", "IR 8259 revision 1"),
                    ("publication sp800-218", "Secure development", "SP 800-218, the SSDF"),
                ),
            ),
            (
                "One product, several markets",
                (
                    ("crosswalk ir8425 cra", "Consumer profile to the Cyber Resilience Act", "European Union"),
                    ("crosswalk ir8425 en303645v3.1.3", "Consumer profile to EN 303 645", "Europe and beyond"),
                    ("publication uk-psti-2023", "UK PSTI", "what the law deems compliance"),
                    ("publication jc-star-1", "JC-STAR STAR-1", "Japan"),
                    ("publication fcc-24-26", "Cyber Trust Mark", "the rules of the FCC"),
                ),
            ),
        ),
    ),
    Door(
        "buy.html",
        "I buy products",
        "What to ask for when you acquire connected devices, and which controls that supports.",
        (
            (
                "What to ask for",
                (
                    ("profile federal", "The federal profile", "SP 800-213A, Appendix A"),
                    (
                        "coverage federal sp800-53r5 LOW",
                        "What the federal profile leaves open",
                        "LOW controls that nothing in it supports, by family",
                    ),
                    (
                        "publication sp800-213a",
                        "The whole catalog",
                        "SP 800-213A: capabilities down to single requirements",
                    ),
                    ("publication sp800-213", "How to choose", "SP 800-213: the steps and the questions"),
                    ("profile federal-low", "What supports the LOW baseline", "an unofficial selection"),
                ),
            ),
            (
                "Which controls it supports",
                (
                    ("crosswalk sp800-213a sp800-53r5", "From requirements to controls", "as SP 800-213A prints it"),
                    ("crosswalk sp800-53r5 sp800-213a", "From controls to requirements", "its Appendix B"),
                    ("crosswalk sp800-213a csf2.0", "To the Cybersecurity Framework", "computed through CSF 1.1"),
                    ("profile ot-overlay", "The overlay for operational technology", "SP 800-82 revision 3"),
                ),
            ),
            (
                "What makers should tell you",
                (
                    ("publication ir8259b", "Documentation, contact, updates", "IR 8259B"),
                    ("page compare.html", "Consumer or federal: what is the difference?", "profiles side by side"),
                ),
            ),
        ),
    ),
    Door(
        "build.html",
        "I build tools",
        "The same data as a Python library, a command and files.",
        (
            (
                "The data",
                (
                    (
                        "page publications.html",
                        "Publications",
                        "every element has an identifier that never changes its meaning",
                    ),
                    ("page crosswalks.html", "Crosswalks", "SSSOM files with relation, basis and reason"),
                    ("page profiles.html", "Profiles", "also as OSCAL"),
                    ("page sources.html", "Sources", "each text with its SHA-256"),
                ),
            ),
        ),
    ),
    Door(
        "watch.html",
        "I watch standards",
        "What is in force, what is a draft, and what changed.",
        (
            (
                "What changed",
                (
                    ("page changes.html", "All revisions", "newest first"),
                    ("change ir8259 ir8259r1", "IR 8259 to revision 1", "the activities of manufacturers, 2026"),
                    ("change sp800-53r4 sp800-53r5", "SP 800-53 revision 4 to 5", "control by control"),
                    ("change csf1.1 csf2.0", "CSF 1.1 to 2.0", "subcategory by subcategory"),
                    ("change online-catalog-2021-11 sp800-213a", "The online catalog to SP 800-213A", ""),
                ),
            ),
            (
                "Drafts",
                (
                    ("publication sp800-213r1.ipd", "SP 800-213 revision 1", "draft, 2026"),
                    ("publication sp800-213ar1.ipd", "SP 800-213A revision 1", "draft, known by name"),
                    ("publication sp800-82r4.ipd", "SP 800-82 revision 4", "draft, 2026"),
                ),
            ),
            ("What is wrong in print", (("page errata.html", "Errata", "with both readings"),)),
        ),
    ),
)


SEARCHES = (
    "SI-2 IR 8425",
    "DI:IMS(1) federal",
    "changes 213A",
    "errata appendix B",
    "8425 CRA",
    "compare software update",
)
"""Searches that show what can be asked."""


def pages(held: Held) -> Iterator[Page]:
    """The first page, the doors, and what explains."""
    yield _home(held)
    for door in DOORS:
        yield Page(
            address=door.address,
            title=door.name,
            about=door.about,
            template="build.html" if door.address == "build.html" else "door.html",
            facts={
                "door": door,
                "groups": [
                    (
                        heading,
                        [(address, text, remark) for what, text, remark in places if (address := _placed(held, what))],
                    )
                    for heading, places in door.groups
                ],
            },
        )
    yield Page(
        address="about.html",
        title="How to read this site",
        about="What relations, bases and levels mean, and how addresses are made.",
        template="about.html",
        facts={"topics": glossary.TOPICS, "searches": SEARCHES},
    )
    yield Page(
        address="search.html",
        title="Search",
        about="Find publications and elements by identifier or words.",
        template="search.html",
    )
    yield Page(
        address="sources.html",
        title="Sources",
        about="The texts that the data was made from, each with its address and SHA-256.",
        template="sources.html",
        facts={
            "sources": [
                (source, addresses.of_publication(source.publication), held.short[source.publication])
                if source.publication in held.infos
                else (source, None, source.publication or "")
                for source in held.library.sources
            ]
        },
    )


def _placed(held: Held, what: str) -> str | None:
    """The address of a place, or ``None`` if the library does not hold it."""
    kind, *names = what.split()
    match kind:
        case "publication":
            return addresses.of_publication(names[0]) if names[0] in held.infos else None
        case "profile":
            return addresses.of_profile(names[0]) if names[0] in held.profiles else None
        case "coverage":
            return addresses.of_coverage(*names) if {names[0], names[1]} <= {*held.profiles, *held.infos} else None
        case "crosswalk":
            pair = (names[0], names[1])
            return addresses.of_crosswalk(*pair) if pair in held.library.crosswalk_pairs() else None
        case "change":
            pair = (names[0], names[1])
            return addresses.of_difference(*pair) if pair in held.differences else None
        case _:
            return names[0]


def _home(held: Held) -> Page:
    elements = len(held.elements)
    mappings = sum(len(held.library.mappings(*pair)) for pair in held.library.crosswalk_pairs())
    return Page(
        address="index.html",
        title="NIST’s IoT baselines, connected",
        about="Look up what NIST asks of connected products, and follow every mapping to its reason.",
        template="home.html",
        facts={
            "doors": DOORS,
            "counts": (
                (words.plural(len(held.publications), "publication"), "publications.html"),
                (words.plural(elements, "element"), "publications.html"),
                (words.plural(mappings, "mapping"), "crosswalks.html"),
                (words.plural(len(held.profiles), "profile"), "profiles.html"),
                (words.plural(len(held.differences), "revision"), "changes.html"),
            ),
            "example": _example(held),
            "compared": COMPARED,
        },
    )


def _example(held: Held) -> dict[str, object] | None:
    """One question with its answer: how two elements are connected."""
    if any(end not in held.elements for end in _EXAMPLE):
        return None
    path = ib.paths(*_EXAMPLE, limit=1, library=held.library).paths[0]
    hops = [
        (
            words.RELATIONS[
                hop.mapping.relation if hop.mapping.subject == hop.subject else hop.mapping.relation.inverse
            ],
            held.ref(hop.object),
            held.short[hop.object.partition(":")[0]],
            hop.basis,
            words.sentence(hop.mapping.rationale or hop.mapping.locator or ""),
        )
        for hop in path.hops
        if hop.mapping is not None
    ]
    first, last = (held.ref(end) for end in _EXAMPLE)
    return {"first": first, "first_short": held.short["ir8425"], "last": last, "hops": hops}
