"""Publications, profiles and crosswalks as a library of CISO Assistant. https://github.com/intuitem/ciso-assistant-community

A library holds frameworks, whose implementation groups are the profiles, or sets of mappings. SP 800-53 and the
Cybersecurity Framework are in the collection of CISO Assistant, so that mappings name the requirements there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from iotbaseline._display.extras import require
from iotbaseline._library.library import Library
from iotbaseline._mappings.crosswalk import Crosswalk
from iotbaseline._mappings.items import asking
from iotbaseline._model.element import Element
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.publication import Publication
from iotbaseline._model.texts import text_of
from iotbaseline._profiles.profile import Profile
from iotbaseline.errors import QueryError
from iotbaseline.formats.facts import as_text, facts_beside_text, facts_of_mapping
from iotbaseline.formats.losses import Losses
from iotbaseline.formats.oscal_profile import publications_of
from iotbaseline.relations import Relation

if TYPE_CHECKING:
    from iotbaseline.formats.registry import Things

Node: TypeAlias = dict[str, "object"]


@frozen
class _Groups:
    """The implementation groups that profiles are: their definitions, their elements, and what they say of these."""

    defined: dict[str, Node]
    of: dict[str, list[str]]
    notes: dict[str, dict[str, None]]


THEIRS = {"sp800-53r5": "nist-sp-800-53-rev5", "csf2.0": "nist-csf-2.0", "csf1.1": "nist-csf-1.1"}
"""The publications that are in their collection, by our keys, and their names there."""
NEWER = ("ia-13", "ia-13.1", "ia-13.2", "ia-13.3", "sa-15.13", "sa-24", "si-2.7")
"""The controls of SP 800-53 that are newer than the release in their collection."""

RELATIONSHIPS = {
    Relation.EQUAL: "equal",
    Relation.SUBSET_OF: "subset",
    Relation.SUPERSET_OF: "superset",
    Relation.INTERSECTS_WITH: "intersect",
    Relation.NO_RELATIONSHIP: "not_related",
}
"""What the set-theory relations are there; it has no word for any other."""
AS_INTERSECT = (Relation.SUPPORTS, Relation.IS_SUPPORTED_BY, Relation.RELATED)
"""What ``as_intersect`` also writes."""

LONGEST_NAME = 200
_NOT_URN = re.compile(r"[^0-9a-z\[\]().:_-]+")
_FULL_DATE = len("2026-11-30")
_NOTICE = (
    "The descriptions are summaries in the words of the iotbaseline project, not the text of the publication, "
    "unless an annotation says that one is the official wording, and from which file. "
    "They are neither published nor endorsed by NIST."
)


def write(things: Things, losses: Losses, *, version: int | None = None, as_intersect: bool = False) -> bytes:
    """Make a library of frameworks, or of mappings.

    ``version`` is by default that of the data as a whole number; CISO Assistant takes a library again only with a
    higher one. ``as_intersect`` writes ``supports``, ``is_supported_by`` and ``related``, for which it has no word, as
    ``intersect``; the annotation of the mapping holds the true word.
    """
    if things.crosswalks and (things.publications or things.profiles):
        raise QueryError("frameworks and mappings in one library", "export crosswalks to a file of their own")
    number = _version(things.library) if version is None else version
    if number < 1:
        raise QueryError(f"the version is {version}", "pass a whole number from 1 on")
    if things.crosswalks:
        return _dumped(_of_mappings(things, losses, number, as_intersect=as_intersect))
    return _dumped(_of_frameworks(things, losses, number))


def urn(kind: str, name: str) -> str:
    """A name of ours: ``urn:iotbaseline:risk:framework:ir8425``."""
    return f"urn:iotbaseline:risk:{kind}:{_NOT_URN.sub('-', name.lower())}"


def _version(library: Library) -> int:
    """``2026.11.0`` as 20261100."""
    year, month, patch = map(int, library.data_version.split("."))
    return (year * 100 + month) * 100 + patch


def _dumped(document: Node) -> bytes:
    require("yaml")
    import yaml

    text: str = yaml.safe_dump(  # pyright: ignore[reportUnknownMemberType]
        document, sort_keys=False, allow_unicode=True, width=120
    )
    return text.encode()


def _library(name: str, title: str, number: int, **more: object) -> Node:
    return {
        "urn": urn("library", name),
        "locale": "en",
        "ref_id": name,
        "name": title[:LONGEST_NAME],
        "description": _NOTICE,
        "copyright": "Apache-2.0, the iotbaseline project",
        "version": number,
        "provider": "iotbaseline",
        "packager": "iotbaseline",
        **more,
    }


# Frameworks


def _of_frameworks(things: Things, losses: Losses, number: int) -> Node:
    publications = {each.key: each for each in things.publications}
    for profile in things.profiles:
        for each in publications_of(profile.elements, things.library):
            publications.setdefault(each.key, each)
    groups = _groups(things.profiles, losses)
    frameworks = [_framework(each, things.library, groups, losses) for each in publications.values()]
    named = things.profiles or things.publications
    dates = {each.info.published for each in publications.values()}
    published = dates.pop() if len(dates) == 1 else None
    dated = {"publication_date": date.fromisoformat(published)} if published and len(published) == _FULL_DATE else {}
    objects = {"framework": frameworks[0]} if len(frameworks) == 1 else {"frameworks": frameworks}
    title = " + ".join(each.title or each.key for each in named)
    return _library("-".join(each.key for each in named), title, number, **dated, objects=objects)


def _groups(profiles: Iterable[Profile], losses: Losses) -> _Groups:
    found = _Groups({}, {}, {})
    for profile in profiles:
        for level in profile.levels or (None,):
            name = f"{profile.key}-{level}" if level else profile.key
            title = f"{profile.title}, {level}" if level else profile.title
            found.defined[name] = {"ref_id": name, "name": title, "description": profile.summary}
            for item in profile.resolve(level):
                found.of.setdefault(item.id, []).append(name)
                said = [f"{profile.key}: {' '.join(str(change).split())}" for change in item.modifications]
                found.notes.setdefault(item.id, {}).update(dict.fromkeys(said))
        for imported in profile.imports:
            losses.left_out("reasons of imports, for which there is no place", imported.source)
    return found


def _framework(publication: Publication, library: Library, groups: _Groups, losses: Losses) -> Node:
    if not publication.elements:
        raise QueryError(f"{publication.key} holds no elements", "export a publication that does")
    title = publication.title or publication.key
    asked = {each.id for each in asking(library, {each.id: each for each in publication})}
    found: Node = {
        "urn": urn("framework", publication.key),
        "ref_id": publication.key,
        "name": title[:LONGEST_NAME],
        "description": publication.notice or publication.missing or title,
    }
    used = {group for element in publication for group in groups.of.get(element.id, ())}
    if used:
        found["implementation_groups_definition"] = [each for name, each in groups.defined.items() if name in used]
    taken: dict[str, str] = {}
    nodes: list[Node] = []
    for level, element in publication.walk():
        name = urn("req_node", element.id)
        other = taken.setdefault(name, element.id)
        if other != element.id:
            raise QueryError(f"{other} and {element.id} would both be {name}", "give one of them another identifier")
        if not name.endswith(element.local.lower()):
            losses.renamed("identifiers with characters that a URN there cannot have", element.id)
        above = publication.parent(element)
        place: Node = {"depth": level + 1, **({"parent_urn": urn("req_node", above.id)} if above else {})}
        is_assessable = element.id in asked and element.is_in_force
        nodes.append({"urn": name, "assessable": is_assessable, **place, **_said(element, groups, losses)})
    found["requirement_nodes"] = nodes
    return found


def _said(element: Element, groups: _Groups, losses: Losses) -> Node:
    title = element.title or element.label
    if title and len(title) > LONGEST_NAME:
        losses.weakened(f"titles longer than {LONGEST_NAME} characters", element.id)
        title = f"{title[: LONGEST_NAME - 1]}…"
    told = text_of(element)
    found: Node = {
        "ref_id": element.local,
        "name": title,
        "description": told.text if told else None,
        "annotation": "\n".join((as_text(facts_beside_text(element)), *groups.notes.get(element.id, ()))),
        "implementation_groups": groups.of.get(element.id),
    }
    return {field: value for field, value in found.items() if value is not None}


# Mappings


def _of_mappings(things: Things, losses: Losses, number: int, *, as_intersect: bool) -> Node:
    """Sets for both readings of each crosswalk, as CISO Assistant follows a set in its own direction only.

    A crosswalk holds what was printed in either direction.
    """
    given = {(each.subject.key, each.object.key): each for each in things.crosswalks}
    backwards = {(obj, subject): each.inverse() for (subject, obj), each in given.items()}
    sets = [_mapping_set(each, losses, as_intersect) for each in given.values()]
    sets.extend(_mapping_set(each, Losses(), as_intersect) for pair, each in backwards.items() if pair not in given)
    held = [each for each in sets if each is not None]
    if not held:
        problem = "no mapping between elements has a relation that CISO Assistant has a word for"
        raise QueryError(problem, "pass as_intersect=True for supports and related, or export another crosswalk")
    dependencies = [_library_urn(key) for key in dict.fromkeys(key for pair in given for key in pair)]
    names = ["--".join(pair) for pair in given]
    title = f"Mappings: {', '.join(names)}"
    objects = {"requirement_mapping_sets": held}
    return _library("-".join(("map", *names)), title, number, dependencies=dependencies, objects=objects)


def _library_urn(key: str) -> str:
    return f"urn:intuitem:risk:library:{THEIRS[key]}" if key in THEIRS else urn("library", key)


def _mapping_set(crosswalk: Crosswalk, losses: Losses, as_intersect: bool) -> Node | None:
    """The mappings of a crosswalk in its direction; ``None`` if it has none to write."""
    words = RELATIONSHIPS | (dict.fromkeys(AS_INTERSECT, "intersect") if as_intersect else {})
    found: dict[tuple[str, str], Node] = {}
    for mapping in crosswalk.mappings:
        ends = _ends(mapping, crosswalk)
        word = words.get(mapping.relation)
        if ends is None:
            losses.left_out("mappings to or from what CISO Assistant does not hold", str(mapping))
        elif word is None:
            losses.left_out(f"mappings with the relation {mapping.relation}, for which there is no word", str(mapping))
        elif ends in found:
            losses.left_out("further mappings between the same two", str(mapping))
        else:
            if mapping.relation in AS_INTERSECT:
                losses.weakened(f"{mapping.relation} as intersect, with the true word in the annotation", str(mapping))
            found[ends] = _requirement_mapping(mapping, ends, word)
    if not found:
        return None
    subject, obj = crosswalk.subject, crosswalk.object
    name = f"{subject.key}-to-{obj.key}"
    return {
        "urn": urn("req_mapping_set", name),
        "ref_id": name,
        "name": f"{subject.key} -> {obj.key}",
        "description": f"The mapping of {subject.title} to {obj.title} as iotbaseline holds it.",
        "source_framework_urn": _framework_urn(subject.key),
        "target_framework_urn": _framework_urn(obj.key),
        "requirement_mappings": list(found.values()),
    }


def _framework_urn(key: str) -> str:
    return f"urn:intuitem:risk:framework:{THEIRS[key]}" if key in THEIRS else urn("framework", key)


def _ends(mapping: Mapping, crosswalk: Crosswalk) -> tuple[str, str] | None:
    source = _requirement_urn(crosswalk.subject.get(mapping.subject))
    target = _requirement_urn(None if mapping.object is None else crosswalk.object.get(mapping.object))
    return (source, target) if source and target else None


def _requirement_urn(element: Element | None) -> str | None:
    """The requirement that an element is there, in their framework or in ours; ``None`` if there is none."""
    if element is None:
        return None
    if element.publication not in THEIRS:
        return urn("req_node", element.id)
    if element.local.lower() in NEWER or (element.publication == "csf2.0" and not element.is_in_force):
        return None
    label = (element.label or element.local).lower()
    return f"urn:intuitem:risk:req_node:{THEIRS[element.publication]}:{label}"


def _requirement_mapping(mapping: Mapping, ends: tuple[str, str], word: str) -> Node:
    source, target = ends
    annotation = as_text(facts_of_mapping(mapping))
    found: Node = {"source_requirement_urn": source, "target_requirement_urn": target, "relationship": word}
    if mapping.strength is not None:
        found["strength_of_relationship"] = mapping.strength
    rationale = f"\nrationale: {mapping.rationale}" if mapping.rationale else ""
    return found | {"annotation": f"{annotation}{rationale}"}
