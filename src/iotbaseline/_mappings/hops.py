"""Everything that links two elements, as typed hops with their evidence.

A hop is read from its subject, and every hop has one that reads backwards. The hops of a publication are collected when
they are first needed, which loads every publication that it has crosswalks or lineage with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import chain
from typing import TypeAlias

from attrs import frozen

from iotbaseline._library import garbage
from iotbaseline._library.library import Library
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import ProfileEntry, is_part
from iotbaseline._model.lineage import LineageRecord
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Basis
from iotbaseline._model.publication import Publication
from iotbaseline.relations import PART_OF, Relation, invert


class HopKind(StrEnum):
    """What a hop follows."""

    MAPS_TO = "maps_to"
    """A mapping, read from either side."""
    PART_OF = "part_of"
    """From an item to the statement that it is a part of."""
    HAS_PART = "has_part"
    SELECTS = "selects"
    """From a row of a profile to what it takes from the catalog."""
    SELECTED_BY = "selected_by"
    BECAME = "became"
    """From an element of a revision to one of a later revision, by a lineage record."""
    CAME_FROM = "came_from"


DOWN = frozenset({HopKind.HAS_PART, HopKind.SELECTS})
UP = frozenset({HopKind.PART_OF, HopKind.SELECTED_BY})
ACROSS = frozenset(HopKind) - DOWN - UP


JUDGED = frozenset({Basis.CURATED, Basis.USER})
"""The bases that rest on somebody's judgement other than the publisher's."""


Facts: TypeAlias = dict[str, object]
"""What a hop rests on, for JSON."""


@frozen
class Hop:
    """One hop: ``link`` is the relation from its subject to its object, ``evidence`` what it rests on.

    ``evidence`` is the mapping or lineage record as it is held, which may point the other way, or ``None`` if the
    publication's own structure is the evidence.
    """

    subject: str
    object: str
    kind: HopKind
    link: Relation | frozenset[Relation]
    evidence: Mapping | LineageRecord | None = None

    @property
    def basis(self) -> Basis:
        """Where it comes from; the structure of a publication is the publisher's."""
        return Basis.OFFICIAL if self.evidence is None else self.evidence.basis

    @property
    def is_judgement(self) -> bool:
        """Whether it rests on somebody's judgement other than the publisher's."""
        return self.evidence is not None and self.evidence.basis in JUDGED

    @property
    def mapping(self) -> Mapping | None:
        """The mapping that it follows, or ``None``."""
        return self.evidence if isinstance(self.evidence, Mapping) else None

    def __str__(self) -> str:
        verb = self.link if self.kind is HopKind.MAPS_TO else self.kind
        return f"{self.subject} {verb} {self.object}"

    def facts(self) -> Facts:
        """What it says and what it rests on, for JSON."""
        mapping = self.mapping
        record = self.evidence if isinstance(self.evidence, LineageRecord) else None
        return {
            "subject": self.subject,
            "relation": str(self.link) if isinstance(self.link, Relation) else sorted(self.link),
            "object": self.object,
            "kind": self.kind,
            "basis": self.basis,
            "strength": mapping.strength if mapping else None,
            "rationale": mapping.rationale if mapping else None,
            "evidence": record.evidence if record else None,
            "source": mapping.source if mapping else None,
            "locator": mapping.locator if mapping else None,
        }

    def explained(self) -> str:
        """The hop in plain words, with its source."""
        match self.evidence:
            case Mapping() as mapping:
                strength = "" if mapping.strength is None else f", strength {mapping.strength} of 10"
                where = f"; {mapping.locator}" if mapping.locator else ""
                through = f"; through {', '.join(mapping.path)}" if mapping.path else ""
                why = f": {mapping.rationale}" if mapping.rationale else ""
                return f"{self} ({mapping.basis}{strength}; crosswalk {mapping.source}{where}{through}){why}"
            case LineageRecord() as record:
                return f"{self} ({record.basis}; {record.change}): {record.evidence}"
            case _:
                return f"{self} (by the structure of {self.subject.partition(':')[0]})"


_WHOLE = invert(PART_OF)


Ways: TypeAlias = dict[str, tuple[Hop, ...]]
"""The hops from one element, by the key of the publication that they lead to."""


def ways(library: Library, identifier: str) -> Ways:
    """The hops from one element, named by its exact identifier."""
    return ways_from(library, identifier.partition(":")[0]).get(identifier, {})


def ways_from(library: Library, key: str) -> dict[str, Ways]:
    """The hops from each element of a publication, by its identifier; elements without a hop are left out."""
    holder = library.holder(key)
    return holder.once(("ways", key), lambda: _renewed(holder, key) or _gathered(holder, key))


def parts(library: Library, key: str) -> tuple[tuple[str, str], ...]:
    """Each part in a publication with its whole: an element, or a row of a profile that selects the part."""
    return library.once(("parts", key), lambda: tuple(_parts(library, key)))


def _parts(library: Library, key: str) -> Iterator[tuple[str, str]]:
    for start, onto in ways_from(library, key).items():
        for hop in onto.get(key, ()):
            if hop.kind in UP:
                yield start, hop.object


def hops(library: Library, identifier: str) -> tuple[Hop, ...]:
    """The hops from one element, named by its exact identifier; empty if none starts there."""
    return tuple(chain.from_iterable(ways(library, identifier).values()))


def held(library: Library, key: str) -> tuple[Element, ...]:
    """The elements of a publication by its key; none for the key of a profile, whose additions no publication has."""
    return library.load(key).elements if library.knows(key) else ()


def _gathered(library: Library, key: str) -> dict[str, Ways]:
    publication = library.load(key) if library.knows(key) else None
    mapped = _mapped(library, key, lambda start: start.startswith(f"{key}:"))
    return _by_start(chain(_structure(publication), mapped, _became(library, key)))


def _renewed(library: Library, key: str) -> dict[str, Ways] | None:
    """The hops that the library below has at hand, with those of the elements that added mappings touch made anew."""
    extends = library.extends(key)
    if extends is None or not extends[0].holder(key).once.has(("ways", key)):
        return None
    below, added = extends
    before = ways_from(below, key)
    ends = {end for mapping in added for end in (mapping.subject, mapping.object) if end is not None}
    touched = {end for end in ends if end.startswith(f"{key}:")}
    kept = [hop for start in touched for hop in hops(below, start) if hop.mapping is None]
    structure = [hop for hop in kept if hop.evidence is None]
    became = [hop for hop in kept if hop.evidence is not None]
    return before | _by_start(chain(structure, _mapped(library, key, touched.__contains__), became))


@garbage.put_off()
def _by_start(gathered: Iterable[Hop]) -> dict[str, Ways]:
    by_start: defaultdict[str, defaultdict[str, list[Hop]]] = defaultdict(lambda: defaultdict(list))
    for hop in gathered:
        by_start[hop.subject][hop.object.partition(":")[0]].append(hop)
    return {start: {key: tuple(to_key) for key, to_key in by_key.items()} for start, by_key in by_start.items()}


def _structure(publication: Publication | None) -> Iterator[Hop]:
    """Hops that the structure of a publication gives: its parts, and the rows of its profiles."""
    for element in publication or ():
        parent = publication.parent(element) if publication else None
        if parent is not None and is_part(element, parent):
            yield Hop(element.id, parent.id, HopKind.PART_OF, PART_OF)
            yield Hop(parent.id, element.id, HopKind.HAS_PART, _WHOLE)
        if isinstance(element, ProfileEntry):
            for selected in element.selects:
                yield Hop(element.id, selected, HopKind.SELECTS, _WHOLE)
                yield Hop(selected, element.id, HopKind.SELECTED_BY, PART_OF)


def _mapped(library: Library, key: str, starts: Callable[[str], bool]) -> Iterator[Hop]:
    """Hops along the mappings of a publication, from those of its elements that are to start one."""
    pairs = library.once(("crosswalks of each",), lambda: _of_each(library.crosswalk_pairs())).get(key, ())
    stored = (mapping for pair in pairs for mapping in library.mappings(*pair))
    others = dict.fromkeys(name for pair in pairs for name in pair)
    printed = (mapping for name in others for mapping in _printed_in_rows(library.load(name)))
    for mapping in chain(stored, printed):
        if mapping.object is not None:
            if starts(mapping.subject):
                yield Hop(mapping.subject, mapping.object, HopKind.MAPS_TO, mapping.relation, mapping)
            if starts(mapping.object):
                inverse = mapping.relation.inverse
                yield Hop(mapping.object, mapping.subject, HopKind.MAPS_TO, inverse, mapping)


def _printed_in_rows(publication: Publication) -> Iterator[Mapping]:
    """The controls that rows of a profile print, which its publication says they support."""
    for row in publication.of_kind(ProfileEntry):
        for control in row.related_controls:
            yield Mapping(
                subject=row.id,
                relation=Relation.SUPPORTS,
                object=control,
                basis=Basis.OFFICIAL,
                fidelity=row.fidelity,
                justification="semapv:UnspecifiedMatching",
                locator=str(row.locator),
                source=row.parent or publication.key,
            )


def _became(library: Library, key: str) -> Iterator[Hop]:
    """Along lineage, but for records that grade a wording: the crosswalk of the two revisions joins these."""
    pairs = library.once(("lineage of each",), lambda: _of_each(library.lineage_pairs())).get(key, ())
    for before, after in pairs:
        earlier, later = library.load(before), library.load(after)
        for record in (each for each in library.lineage(before, after) if each.grade is None):
            link = _kept(earlier, later, record)
            for old in record.before:
                for new in record.after:
                    if key == before:
                        yield Hop(old, new, HopKind.BECAME, link, record)
                    if key == after:
                        yield Hop(new, old, HopKind.CAME_FROM, link, record)


def _of_each(pairs: Iterable[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """The pairs of each publication, by its key, in their order."""
    by_key: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in pairs:
        for key in dict.fromkeys(pair):
            by_key[key].append(pair)
    return dict(by_key)


def _kept(earlier: Publication, later: Publication, record: LineageRecord) -> Relation:
    """``equal`` if one element became one element of the same wording, by fingerprint; else ``related``."""
    if len(record.before) == len(record.after) == 1:
        old, new = earlier[record.before[0]].fingerprint, later[record.after[0]].fingerprint
        if old is not None and old == new:
            return Relation.EQUAL
    return Relation.RELATED


def neighbours(library: Library) -> dict[str, frozenset[str]]:
    """The publications that a single hop can lead to from each publication, itself included."""
    return library.once(("neighbours",), lambda: _neighbours(library))


def _neighbours(library: Library) -> dict[str, frozenset[str]]:
    reachable: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in (*library.crosswalk_pairs(), *library.lineage_pairs()):
        reachable[one].update((one, other))
        reachable[other].update((one, other))
    return {key: frozenset(keys) for key, keys in reachable.items()}
