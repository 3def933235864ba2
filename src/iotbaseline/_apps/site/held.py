"""Everything that a library says of each element, looked up once for all pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import words
from iotbaseline._apps.site.addresses import Addresses, of_publication
from iotbaseline.errors import NotComparableError, QueryError, UnknownIdentifierError

_STATUSES = {"current": 0, "unknown": 1, "draft": 2, "superseded": 3, "withdrawn": 3}


@frozen
class Ref:
    """A link to an element: its address, if it is held, what it is called, and its title or the like."""

    address: str | None
    label: str
    name: str
    is_old: bool = False


@frozen
class Standing:
    """The status of a publication in words, and the address and short name of each that superseded it."""

    said: str
    after: tuple[tuple[str, str], ...]
    is_old: bool


@frozen
class Became:
    """A change of an element, seen in one difference; ``is_before`` tells on which side it stands."""

    difference: ib.Diff
    change: ib.Change
    is_before: bool


class Held:
    """What the pages look up, by the identifier of the element or the key of the publication."""

    def __init__(self, library: ib.Library) -> None:
        self.library = library
        self.addresses = Addresses(library)
        self.publications = {publication.key: publication for publication in library.load_all()}
        self.infos = {info.key: info for info in library.publications}
        self.short = {key: words.short(info) for key, info in self.infos.items()}
        self._keys = _keys(self.short)
        self.elements = {each.id: each for publication in self.publications.values() for each in publication}
        self.places = {identifier: number for number, identifier in enumerate(self.elements)}
        self.profiles = _profiles(library)
        self.differences = {(each.before.key, each.after.key): each for each in _differences(library)}
        self._refs: dict[str, Ref] = {}
        self._mappings = _mappings(library)
        self._unmapped = _unmapped(library)
        self._changes = _changes(self.differences)
        self._errata = _errata(library)
        self._selected = _selected(self.profiles)
        self.profiled = _profiled(self.profiles)
        """The profiles that take from a publication, by its key."""

    @cached_property
    def federal(self) -> dict[str, str]:
        """How far the federal profile goes towards each control; nothing if these are not held."""
        try:
            found = self.profiles["federal"].coverage("sp800-53r5", through="sp800-213a", library=self.library)
        except (KeyError, QueryError, UnknownIdentifierError):
            return {}
        return {item.element.id: item.level.value for item in found}

    def mappings(self, identifier: str) -> dict[str, list[ib.Mapping]]:
        """The mappings of an element, each read from it, by the key of the other publication."""
        return self._mappings.get(identifier, {})

    def unmapped(self, identifier: str) -> list[tuple[str, str]]:
        """The crosswalks that list an element with nothing mapped to it."""
        return self._unmapped.get(identifier, [])

    def changes(self, identifier: str) -> list[Became]:
        """What the differences between revisions say of an element."""
        return self._changes.get(identifier, [])

    def errata(self, identifier: str) -> list[ib.Erratum]:
        """The errors that were found in a publication and touch an element."""
        return self._errata.get(identifier, [])

    def selected(self, identifier: str) -> list[tuple[ib.Profile, ib.ResolvedElement]]:
        """The profiles that take an element, and how."""
        return self._selected.get(identifier, [])

    def ref(self, identifier: str) -> Ref:
        """A link to an element, which may be one that is only cited."""
        if identifier not in self._refs:
            self._refs[identifier] = self._made(identifier)
        return self._refs[identifier]

    def _made(self, identifier: str) -> Ref:
        element = self.elements.get(identifier)
        if element is None:
            return Ref(None, identifier.partition(":")[2], "")
        label = words.label(element, self.publications[element.publication].ancestors(element))
        name = element.title if element.title and element.title != label else words.brief(element.summary or "")
        return Ref(self.addresses.of(identifier), label, name, not element.is_in_force)

    def rank(self, key: str) -> tuple[int, int, str]:
        """The place of a publication among others: those in force first, then by role."""
        info = self.infos[key]
        return _STATUSES[info.status], _ROLES.get(info.role, len(_ROLES)), key

    def asked(self, key: str) -> tuple[int, tuple[int, int, str]]:
        """The place of a publication among those that an element maps to, in the order in which people ask for them."""
        return _ASKED.get(self.infos[key].role, len(_ASKED)), self.rank(key)

    def standing(self, key: str) -> Standing:
        """The status of a publication, with links to what superseded it."""
        info = self.infos[key]
        said = (info.notice or info.status).partition(" by ")[0].strip()
        after = tuple((of_publication(one), self.short[one]) for one in info.superseded_by if one in self.infos)
        return Standing(said[:1].upper() + said[1:], after, self.is_old(key))

    def named(self, text: str) -> str:
        """A text that names publications by their keys, with their short names in place of these."""
        return self._keys.sub(lambda found: self.short.get(found[0], found[0]), text)

    def is_old(self, key: str) -> bool:
        """Whether a publication is a draft or no longer in force."""
        return _STATUSES[self.infos[key].status] > 1


def _keys(keys: Iterable[str]) -> re.Pattern[str]:
    """What finds keys of publications that are no part of an identifier, an address or a longer word."""
    either = "|".join(map(re.escape, sorted(keys, key=len, reverse=True)))
    return re.compile(rf"(?<![\w.:/=-])(?:{either})(?![\w/=-]|[.:]\w)")


_ROLES = {role: number for number, role in enumerate(words.ROLES)}
_ASKED = {
    role: number
    for number, role in enumerate(("profile", "baseline", "regulation", "catalog", "activities", "guide", "framework"))
}


def _profiles(library: ib.Library) -> dict[str, ib.Profile]:
    """The profiles by key, those first that their publisher printed."""
    profiles = [ib.profile(key, library=library) for key in library.profile_keys]
    return {each.key: each for each in sorted(profiles, key=lambda each: (each.basis != "official", each.key))}


def _differences(library: ib.Library) -> Iterator[ib.Diff]:
    """The differences that lineage is held for."""
    for before, after in library.lineage_pairs():
        with suppress(NotComparableError):
            yield ib.diff(before, after, library=library)


def _mappings(library: ib.Library) -> dict[str, dict[str, list[ib.Mapping]]]:
    found: defaultdict[str, defaultdict[str, list[ib.Mapping]]] = defaultdict(lambda: defaultdict(list))
    for subject, obj in library.crosswalk_pairs():
        for mapping in library.mappings(subject, obj):
            if mapping.is_empty:
                continue
            found[mapping.subject][obj].append(mapping)
            if mapping.object is not None and mapping.object != mapping.subject:
                found[mapping.object][subject].append(mapping.inverse())
    return {identifier: dict(groups) for identifier, groups in found.items()}


def _unmapped(library: ib.Library) -> dict[str, list[tuple[str, str]]]:
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in library.crosswalk_pairs():
        for mapping in library.mappings(*pair):
            if mapping.is_empty:
                found[mapping.subject].append(pair)
    return dict(found)


def _changes(differences: dict[tuple[str, str], ib.Diff]) -> dict[str, list[Became]]:
    found: defaultdict[str, list[Became]] = defaultdict(list)
    for difference in differences.values():
        for change in difference:
            for is_before, side in ((True, change.before), (False, change.after)):
                for element in side:
                    found[element.id].append(Became(difference, change, is_before))
    return dict(found)


def _errata(library: ib.Library) -> dict[str, list[ib.Erratum]]:
    found: defaultdict[str, list[ib.Erratum]] = defaultdict(list)
    for erratum in library.errata():
        for identifier in erratum.elements:
            found[identifier].append(erratum)
    return dict(found)


def _profiled(profiles: dict[str, ib.Profile]) -> dict[str, list[ib.Profile]]:
    found: defaultdict[str, list[ib.Profile]] = defaultdict(list)
    for profile in profiles.values():
        for key in {item.element.publication for item in profile.selected}:
            found[key].append(profile)
    return dict(found)


def _selected(profiles: dict[str, ib.Profile]) -> dict[str, list[tuple[ib.Profile, ib.ResolvedElement]]]:
    found: defaultdict[str, list[tuple[ib.Profile, ib.ResolvedElement]]] = defaultdict(list)
    for profile in profiles.values():
        for item in profile.selected:
            found[item.id].append((profile, item))
    return dict(found)
