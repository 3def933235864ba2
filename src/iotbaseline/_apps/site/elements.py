"""The pages of elements: each with what stands around it, what it maps to, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import addresses, glance, words
from iotbaseline._apps.site.held import Held, Ref
from iotbaseline._apps.site.neighbourhood import picture
from iotbaseline._apps.site.page import Page
from iotbaseline._apps.site.reaching import Cluster, Reached, clusters, reached
from iotbaseline._model.element import Asks
from iotbaseline._model.kinds import Demand, Normativity, Provider
from iotbaseline.relations import Relation


@frozen
class Row:
    """A mapping of an element: in words, to what, and why one may believe it."""

    relation: str
    target: Ref
    basis: str
    crosswalk: str
    rationale: str
    facts: tuple[str, ...]
    anchor: str | None
    """Where it stands on the page of the element; ``None`` if a row before it to the same target stands there."""


@frozen
class Group:
    """How an element is connected with one publication: its mappings, and what it reaches through other publications.

    ``answers`` says all of that in a line.
    """

    key: str
    short: str
    title: str
    is_old: bool
    answers: tuple[glance.Answer, ...]
    rows: tuple[Row, ...]
    clusters: tuple[Cluster, ...]
    """What it reaches."""

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the element."""
        return glance.anchor(self.key)

    @property
    def found(self) -> tuple[tuple[str, Reached], ...]:
        """What it reaches, each with where it stands on the page."""
        return tuple((self.anchor_of(one), one) for cluster in self.clusters for one in cluster.found)

    def anchor_of(self, one: Reached) -> str:
        """Where something that it reaches stands."""
        return glance.anchor(self.key, one.identifier)

    @property
    def relation(self) -> str | None:
        """How it is connected with what it reaches, if with all of it in the same way."""
        relations = {one.relation for _, one in self.found}
        return relations.pop() if len(relations) == 1 else None

    @property
    def count(self) -> int:
        """How many elements are listed."""
        return len(self.rows) + len(self.found)


@frozen
class Story:
    """What one difference between revisions says of an element."""

    address: str
    before: str
    after: str
    kinds: str
    others: tuple[Ref, ...]
    is_before: bool
    evidence: str
    basis: str


@frozen
class Taken:
    """A profile that takes an element."""

    address: str
    key: str
    title: str
    is_official: bool
    levels: str
    is_partial: bool
    """Whether it takes it at some of its levels only."""
    changes: tuple[str, ...]
    why: str


@frozen
class Copy:
    """A form in which an element can be copied."""

    name: str
    text: str


@frozen(kw_only=True)
class Entry:
    """Everything about one element that its page, or its section of a page, shows."""

    element: ib.Element
    anchor: str
    label: str
    title: str | None
    """Its printed title, unless that is what it is called already."""
    summary: str | None
    where: str
    facts: tuple[tuple[str, str], ...]
    went: tuple[tuple[str, tuple[Ref, ...]], ...]
    """Where what was withdrawn is now."""
    links: tuple[tuple[str, tuple[Ref, ...]], ...]
    below: tuple[Ref, ...]
    groups: tuple[Group, ...]
    old: tuple[Group, ...]
    parts: tuple[glance.PartGroup, ...]
    """What its parts map to, if nothing names it itself."""
    stories: tuple[Story, ...]
    errata: tuple[ib.Erratum, ...]
    taken: tuple[Taken, ...]
    left_out: tuple[tuple[str, str], ...]
    """The profiles that take others of its publication, and not it: address and key."""
    federal: tuple[str, str] | None
    """How far the federal profile goes towards it, if that can be said: where it is listed, and a word."""
    unmapped: tuple[tuple[str, str], ...]
    """The crosswalks that list it with nothing mapped to it: address and name."""
    copies: tuple[Copy, ...]
    sections: tuple[Entry, ...]
    mapped: int
    """How many mappings it has."""


_LONG = 6
"""More lines than this are long: what it maps to then comes before what stands below it."""
_STRONG_FIRST = {relation: number for number, relation in enumerate(Relation)}
_BASES = {basis: number for number, basis in enumerate(words.BASES)}


def pages(held: Held) -> Iterator[Page]:
    """A page for each element that has one."""
    for publication in held.publications.values():
        own = [element for _, element in publication.walk() if held.addresses.has_page(element)]
        for before, element, after in zip((None, *own), own, (*own[1:], None), strict=False):
            yield page(held, publication, element, before, after)


def page(
    held: Held,
    publication: ib.Publication,
    element: ib.Element,
    before: ib.Element | None = None,
    after: ib.Element | None = None,
) -> Page:
    """The page of an element; ``before`` and ``after`` are those that a reader turns to from it."""
    address = held.addresses.of(element.id)
    assert address is not None  # noqa: S101
    entry = entry_of(held, publication, element)
    contents = _contents(held, publication, element)
    short = held.short[publication.key]
    return Page(
        address=address,
        title=f"{entry.label} {entry.title or ''}".strip() + f" · {short}",
        about=words.brief(element.summary or f"{entry.label} of {short}: what it maps to, and why.", 200),
        template="element.html",
        area="publications",
        facts={
            "entry": entry,
            "publication": publication,
            "short": short,
            "link": held.library.url(publication.key),
            "standing": held.standing(publication.key),
            "reason": None if any(each.summary for each in publication) else publication.info.missing,
            "crumbs": [held.ref(each.id) for each in reversed(publication.ancestors(element))],
            "before": None if before is None else held.ref(before.id),
            "after": None if after is None else held.ref(after.id),
            "picture": picture(held, publication, element, _only_reached(entry)),
            "contents": contents,
            "is_mapping_first": min(len(contents), sum(group.count for group in entry.groups)) > _LONG,
            "jumps": [(anchor, name, count) for anchor, name, count in _jumps(entry, contents) if count],
            "bases": words.BASES,
        },
    )


def _only_reached(entry: Entry) -> dict[str, list[Ref]]:
    """What is reached only through other publications, by the key of the publication."""
    return {group.key: [one.target for _, one in group.found] for group in entry.groups if not group.rows}


@frozen
class Line:
    """A line of the outline of what stands below an element."""

    target: Ref
    text: str
    mapped: int


def _jumps(entry: Entry, contents: list[Line]) -> Iterator[tuple[str, str, int]]:
    """The parts of a page beside its mappings: the anchor of each, its name, and how much is there."""
    yield "to-old", "Drafts and superseded", sum(group.count for group in entry.old)
    yield "to-history", "History", len(entry.stories)
    yield "to-errors", "Errors", len(entry.errata)
    yield "to-below", "Below it", len(contents)


def _contents(held: Held, publication: ib.Publication, element: ib.Element) -> list[Line]:
    """What stands below an element on pages of its own."""
    below = [child for child in publication.children(element) if held.addresses.has_page(child)]
    return [_line(held, child) for child in below]


def _line(held: Held, element: ib.Element) -> Line:
    target = held.ref(element.id)
    text = words.brief(element.summary or "", 180) if target.name == element.title else ""
    return Line(target, text, count_mappings(held, element))


def count_mappings(held: Held, element: ib.Element) -> int:
    """How many mappings an element has to publications that are in force."""
    return sum(len(rows) for key, rows in held.mappings(element.id).items() if not held.is_old(key))


def entry_of(held: Held, publication: ib.Publication, element: ib.Element) -> Entry:
    """Everything about an element, with a section for each of those below it that have no page."""
    below = publication.children(element)
    groups = _groups(held, element)
    label = held.ref(element.id).label
    return Entry(
        element=element,
        anchor=addresses.file_name(element.local),
        label=label,
        title=element.title if element.title != label else None,
        summary=element.summary,
        where=str(element.locator),
        facts=tuple(_facts(element)),
        went=tuple(_links(held, element, _WENT)),
        links=tuple(_links(held, element, _REFERENCES)),
        below=tuple(held.ref(child.id) for child in below),
        groups=tuple(group for group in groups if not group.is_old),
        old=tuple(group for group in groups if group.is_old),
        parts=() if count_mappings(held, element) else tuple(glance.of_parts(held, publication, element)),
        stories=tuple(_stories(held, element)),
        errata=tuple(held.errata(element.id)),
        taken=tuple(_taken(held, element)),
        left_out=tuple(_left_out(held, element)),
        federal=_federal(held, publication, element),
        unmapped=tuple(_unmapped(held, element)),
        copies=tuple(_copies(held, element)),
        sections=tuple(entry_of(held, publication, each) for each in below if not held.addresses.has_page(each)),
        mapped=sum(len(group.rows) for group in groups),
    )


_DEMANDS: dict[str, str] = {
    Demand.REQUIRED: "asked for",
    Demand.MAY_BE_NECESSARY: "may be necessary",
    Demand.EXAMPLE: "an example only",
    Normativity.NORMATIVE: "normative",
    Normativity.INFORMATIVE: "informative",
}
_PROVIDERS: dict[str, str] = {provider: f"the {provider}" for provider in Provider}
_PLAIN: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("demand", "Demand", _DEMANDS),
    ("normativity", "Reads", _DEMANDS),
    ("provider", "Provided by", _PROVIDERS),
    ("status", "Provision", {"M": "mandatory", "R": "recommended"}),
    ("phase", "When", {}),
    ("component_type", "For", {}),
)
"""The fields of some kinds of element, what they are called, and what their values are."""
_LISTS = (("baselines", "Control baselines"), ("adds", "Added to"), ("removes", "Removed from"))
_REFERENCES = (("related_controls", "Controls printed with it"), ("selects", "Takes"))
_WENT = (("moved_to", "Moved to"), ("incorporated_into", "Now in"))


def _facts(element: ib.Element) -> Iterator[tuple[str, str]]:
    yield "Kind", element.kind.replace("-", " ")
    for field, name, said in _PLAIN:
        value = getattr(element, field, None)
        if value is not None:
            yield (
                name,
                said.get(value, str(value)) + (", conditional" if getattr(element, "conditional", False) else ""),
            )
    for field, name in _LISTS:
        values = getattr(element, field, ())
        if values:
            yield name, ", ".join(values)
    if element.fidelity != "full":
        yield "Checked", f"against {_FIDELITIES[element.fidelity]}"
    if element.note:
        yield "Note", element.note


_FIDELITIES = {"partial": "part of the publication", "secondary": "what others say of the publication"}


def _links(
    held: Held, element: ib.Element, fields: tuple[tuple[str, str], ...]
) -> Iterator[tuple[str, tuple[Ref, ...]]]:
    for field, name in fields:
        values: tuple[str, ...] = getattr(element, field, ())
        if values:
            yield name, tuple(held.ref(value) for value in values)


def _groups(held: Held, element: ib.Element) -> list[Group]:
    """What an element is connected with, by publication, in the order in which people ask."""
    mapped, indirect = held.mappings(element.id), dict(reached(held, element))
    return [
        _group(held, key, sorted(mapped.get(key, ()), key=_firmness), indirect.get(key, ()))
        for key in sorted({*mapped, *indirect}, key=held.asked)
    ]


def _group(held: Held, key: str, mappings: list[ib.Mapping], found: tuple[Reached, ...]) -> Group:
    direct = [mapping.object and glance.anchor(key, mapping.object) for mapping in mappings]
    answers = list(glance.of_mappings(held, mappings, lambda name: f"#{glance.anchor(key, name)}"))
    if found:
        answers.append(glance.of_reached(held, found, lambda name: f"#{glance.anchor(key, name)}"))
    return Group(
        key=key,
        short=held.short[key],
        title=held.infos[key].title or key,
        is_old=held.is_old(key),
        answers=tuple(answers),
        rows=tuple(
            _row(held, mapping, None if anchor in direct[:at] else anchor)
            for at, (mapping, anchor) in enumerate(zip(mappings, direct, strict=True))
        ),
        clusters=tuple(clusters(held, found)),
    )


def _firmness(mapping: ib.Mapping) -> tuple[int, int, int]:
    strength = -1 if mapping.strength is None else mapping.strength
    return _BASES[mapping.basis], -strength, _STRONG_FIRST[mapping.relation]


def _row(held: Held, mapping: ib.Mapping, anchor: str | None) -> Row:
    target = Ref(None, mapping.object_label or "", "") if mapping.object is None else held.ref(mapping.object)
    subject, _, obj = mapping.source.partition("--")
    said = (
        mapping.locator,
        None if mapping.strength is None else f"strength {mapping.strength} of 10",
        f"printed as “{mapping.printed}”" if mapping.printed else None,
        "through " + ", ".join(held.ref(each).label for each in mapping.path) if mapping.path else None,
    )
    return Row(
        relation=words.RELATIONS[mapping.relation],
        target=target,
        basis=mapping.basis,
        crosswalk=addresses.of_crosswalk(subject, obj) if (subject, obj) in held.library.crosswalk_pairs() else "",
        rationale=words.sentence(held.named(mapping.rationale or "")),
        facts=tuple(words.sentence(each) for each in said if each),
        anchor=anchor,
    )


def _left_out(held: Held, element: ib.Element) -> Iterator[tuple[str, str]]:
    if not element.is_in_force or element.traits.asks is Asks.NEVER:
        return
    taken = {profile.key for profile, _ in held.selected(element.id)}
    for profile in held.profiled.get(element.publication, ()):
        if profile.key not in taken:
            yield addresses.of_profile(profile.key), profile.key


def _federal(held: Held, publication: ib.Publication, element: ib.Element) -> tuple[str, str] | None:
    level = held.federal.get(element.id)
    if level is None:
        return None
    [*_, family] = publication.ancestors(element)
    anchor = addresses.file_name(f"{level.replace(' ', '-')}-{held.ref(family.id).label}")
    return f"{addresses.of_coverage('federal', publication.key, 'all')}#{anchor}", level


def _unmapped(held: Held, element: ib.Element) -> Iterator[tuple[str, str]]:
    for subject, obj in held.unmapped(element.id):
        yield addresses.of_crosswalk(subject, obj), f"{held.short[subject]} → {held.short[obj]}"


def _stories(held: Held, element: ib.Element) -> Iterator[Story]:
    for became in held.changes(element.id):
        before, after = became.difference.before.key, became.difference.after.key
        others = became.change.after if became.is_before else became.change.before
        yield Story(
            address=addresses.of_difference(before, after),
            before=held.short[before],
            after=held.short[after],
            kinds=", ".join(became.change.kinds),
            others=tuple(held.ref(other.id) for other in others),
            is_before=became.is_before,
            evidence=words.evidence(held.named(became.change.evidence)),
            basis=became.change.basis,
        )


def _taken(held: Held, element: ib.Element) -> Iterator[Taken]:
    for profile, item in held.selected(element.id):
        yield Taken(
            address=addresses.of_profile(profile.key),
            key=profile.key,
            title=profile.title,
            is_official=profile.basis == "official",
            levels=", ".join(item.levels),
            is_partial=len(item.levels) < len(profile.levels),
            changes=tuple(map(str, item.modifications)),
            why=item.rationale,
        )


def _copies(held: Held, element: ib.Element) -> Iterator[Copy]:
    yield Copy("Identifier", element.id)
    link = held.library.url(element.publication)
    name = f": {element.title}" if element.title else ""
    where = ", ".join(filter(None, (held.short[element.publication], str(element.locator))))
    cited = f"[{where}]({link})" if link else where
    yield Copy("Markdown", f"**{element.id}**{name}. {element.summary or ''}".strip() + f" ({cited})")
    yield Copy("JSON", element.to_json())
