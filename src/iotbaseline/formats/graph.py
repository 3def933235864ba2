"""Everything as a networkx graph: each publication and element is a node, each link between two an edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Attributes
from itertools import chain
from typing import TYPE_CHECKING, Literal, NotRequired, TypeAlias, TypedDict, cast

from iotbaseline._display.progress import watched
from iotbaseline._library import garbage
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import PROFILE, HasElements, parts_of
from iotbaseline._mappings.crosswalk import Crosswalk, checked
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import ProfileEntry, Withdrawable
from iotbaseline._model.lineage import LineageChange
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Basis, Fidelity, Status
from iotbaseline._model.publication import Publication
from iotbaseline.errors import ArgumentTypeError, DataError, UnknownIdentifierError, shorten
from iotbaseline.relations import Relation

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    from iotbaseline._profiles.profile import ResolvedProfile


class NodeAttributes(TypedDict):
    """The attributes of a node; what is unknown or does not apply is left out.

    ``kind`` is ``publication``, ``profile``, a kind of element, or ``cited``: what mappings name in a publication of
    which the library holds no elements. ``name`` is the best short text there is, ``publication`` the short key, of
    profiles and what they add ``profile:`` and the key of the profile. ``fidelity`` stands at publications, profiles
    and elements, ``status`` and ``published`` at publications, ``withdrawn`` at SP 800-53 controls and CSF
    subcategories, ``basis`` at profiles.
    """

    kind: str
    name: str
    publication: str
    fidelity: NotRequired[str]
    status: NotRequired[str]
    published: NotRequired[str]
    withdrawn: NotRequired[bool]
    basis: NotRequired[str]


class EdgeAttributes(TypedDict):
    """The attributes of an edge: its ``link`` and, if known, what it rests on.

    ``part_of``
        From an element to its parent, or from an element without one to its publication. No other attributes.
    ``maps_to``
        From subject to object of a mapping: ``relation``, ``basis``, ``fidelity``, ``crosswalk`` (its mapping set),
        ``strength`` (0 to 10), ``rationale``, ``locator``, ``printed`` and ``path`` (separated by spaces), as in
        :class:`~iotbaseline._model.mapping.Mapping`.
    ``revises``
        From an element to the one that it continues from an earlier publication, also where another publisher took
        it over, as the lineage records say: ``change``, ``basis``, ``fidelity``, ``evidence``. From a publication to
        the one that it supersedes: no other attributes.
    ``selects``
        From a row of a profile to what it takes from the catalog: no other attributes. From a profile to each element
        that it resolves to: ``levels`` (separated by spaces), if it has levels.
    """

    link: Literal["part_of", "maps_to", "revises", "selects"]
    relation: NotRequired[str]
    basis: NotRequired[str]
    fidelity: NotRequired[str]
    crosswalk: NotRequired[str]
    strength: NotRequired[int]
    rationale: NotRequired[str]
    locator: NotRequired[str]
    printed: NotRequired[str]
    path: NotRequired[str]
    change: NotRequired[str]
    evidence: NotRequired[str]
    levels: NotRequired[str]


_Node: TypeAlias = tuple[str, NodeAttributes]
_Edge: TypeAlias = tuple[str, str, str, EdgeAttributes]
_Selected: TypeAlias = "tuple[set[str], list[ResolvedProfile]]"

_PLAIN: dict[str, str] = {
    member: member.value for kind in (Basis, Fidelity, LineageChange, Relation, Status) for member in kind
}
"""The members of enumerations as the plain texts that any file format can write."""

_PART_OF: EdgeAttributes = {"link": "part_of"}
_SELECTS: EdgeAttributes = {"link": "selects"}
_SUPERSEDES: EdgeAttributes = {"link": "revises"}


@arguments.checked
@garbage.put_off()
def graph(*selection: str | HasElements | Iterable[str | HasElements], library: Library = DEFAULT) -> MultiDiGraph[str]:
    """Return a networkx graph of publications and profiles, given or named; by default of all publications.

    The nodes are the publications, by key, and their elements, by identifier. If the library holds no elements of a
    publication, what mappings name in it are nodes. A profile (``federal``, one of your own, or what it resolves to)
    brings its additions and the publications that it takes from. The edges are all links between two nodes; a mapping
    whose object is not identified has none. :class:`NodeAttributes` and :class:`EdgeAttributes` list the attributes.
    The key of an edge is its ``link``, followed for mappings by the name of their mapping set (``maps_to
    ir8425--ir8259a``). If that links two nodes more than once, the second key ends in 2, and so on.
    ``graph.graph["data_version"]`` is the version of the data.

    Each call makes a new graph, which you may change. Raises what :meth:`Library.load` and
    :func:`~iotbaseline.profile` raise, :class:`~iotbaseline.errors.ArgumentTypeError` for a value of another type, and
    :class:`~iotbaseline.errors.DataError` for a link to an element that does not exist.

    >>> print(ib.graph("ir8425", "ir8259a"))
    MultiDiGraph with 225 nodes and 312 edges
    """
    from networkx import MultiDiGraph

    keys, profiles = _selected(selection, library) if selection else ({info.key for info in library.publications}, [])
    held = {info.key: library.load(info.key) for info in library.publications if info.key in keys}
    nodes = {name: about for publication in held.values() for name, about in _nodes(publication, library)}
    for profile in profiles:
        nodes.update(_profile_nodes(profile))
    links = chain(
        _mappings(held, library), _lineage(held, library), _supersessions(held), _selections(held, nodes),
        *map(_profile_edges, profiles),
    )  # fmt: skip
    result: MultiDiGraph[str] = MultiDiGraph(data_version=library.data_version)
    result.add_nodes_from(cast("Iterable[tuple[str, dict[str, object]]]", nodes.items()))
    edges = chain(_structure(held, nodes), _numbered(links))
    for start, end, key, about in watched(edges, "linking", "edges"):
        result.add_edge(start, end, key, **about)
    return result


def caption(about: Attributes[str, object]) -> str:
    """The word at an edge in a picture: the relation of a mapping or the change of a revision, else the link."""
    return str(about.get("relation") or about.get("change") or about.get("link") or "")


def _nodes(publication: Publication, library: Library) -> Iterator[_Node]:
    key, info = publication.key, publication.info
    about: NodeAttributes = {
        "kind": "publication",
        "name": info.title or key,
        "publication": key,
        "fidelity": _PLAIN[publication.fidelity],
        "status": _PLAIN[info.status],
    }
    if info.published is not None:
        about["published"] = info.published
    yield key, about
    for element in publication.elements:
        fidelity = _PLAIN[element.fidelity]
        about = {"kind": element.kind, "name": element.name, "publication": key, "fidelity": fidelity}
        if isinstance(element, Withdrawable):
            about["withdrawn"] = element.withdrawn
        yield element.id, about
    if not publication.elements:
        for identifier in _cited(key, library):
            yield identifier, {"kind": "cited", "name": identifier.partition(":")[2], "publication": key}


def _selected(selection: Iterable[str | HasElements | Iterable[str | HasElements]], library: Library) -> _Selected:
    """The keys of the publications to show, those that profiles take from included, and the profiles, each once."""
    keys: set[str] = set()
    profiles: dict[tuple[str, str | None], ResolvedProfile] = {}
    for part in (part for one in selection for part in parts_of(library, one, "selection")):
        if isinstance(part, Element):
            raise UnknownIdentifierError("publication or profile", part.id, (part.publication,))
        if isinstance(part, Publication):
            keys.add(library.info(part.key).key)
        else:
            resolved = _resolved(part)
            profiles[resolved.profile.key, resolved.level] = resolved
            keys.update(filter(library.knows, (element.publication for element in part.elements)))
    return keys, [*profiles.values()]


def _resolved(profile: HasElements) -> ResolvedProfile:
    """What a profile resolves to; its wing is imported only if there is a profile."""
    from iotbaseline._profiles.profile import Profile, ResolvedProfile

    if isinstance(profile, Profile):
        return profile.resolve()
    if isinstance(profile, ResolvedProfile):
        return profile
    raise ArgumentTypeError("selection", type(profile).__name__, "publications and profiles, or their names")


def _profile_nodes(resolved: ResolvedProfile) -> Iterator[_Node]:
    profile, name = resolved.profile, f"{PROFILE}{resolved.profile.key}"
    yield (
        name,
        {
            "kind": "profile",
            "name": profile.title,
            "publication": name,
            "fidelity": _PLAIN[profile.fidelity],
            "basis": _PLAIN[profile.basis],
        },
    )
    for item in resolved.added:
        about: NodeAttributes = {"kind": item.element.kind, "name": item.element.name, "publication": name}
        yield item.id, {**about, "fidelity": _PLAIN[item.element.fidelity]}


def _profile_edges(resolved: ResolvedProfile) -> Iterator[_Edge]:
    for item in resolved:
        about: EdgeAttributes = {"link": "selects"}
        if item.levels:
            about["levels"] = " ".join(item.levels)
        yield f"{PROFILE}{resolved.profile.key}", item.id, "selects", about


def _cited(key: str, library: Library) -> Iterator[str]:
    for subject, obj in library.crosswalk_pairs():
        if subject == key:
            yield from (mapping.subject for mapping in library.mappings(subject, obj))
        if obj == key:
            yield from (mapping.object for mapping in library.mappings(subject, obj) if mapping.object is not None)


def _structure(held: dict[str, Publication], nodes: dict[str, NodeAttributes]) -> Iterator[_Edge]:
    for key, publication in held.items():
        for element in publication.elements:
            yield element.id, element.parent or key, "part_of", _PART_OF
    for identifier, about in nodes.items():
        if about["kind"] == "cited":
            yield identifier, about["publication"], "part_of", _PART_OF


def _mappings(held: dict[str, Publication], library: Library) -> Iterator[_Edge]:
    for subject, obj in library.crosswalk_pairs():
        if subject in held and obj in held:
            mappings = library.mappings(subject, obj)
            checked(Crosswalk(subject=held[subject], object=held[obj], mappings=mappings))
            keys = {source: f"maps_to {source}" for source in {mapping.source for mapping in mappings}}
            for mapping in mappings:
                if mapping.object is not None:
                    yield mapping.subject, mapping.object, keys[mapping.source], _asserted(mapping)


def _asserted(mapping: Mapping) -> EdgeAttributes:
    about: EdgeAttributes = {
        "link": "maps_to",
        "relation": _PLAIN[mapping.relation],
        "basis": _PLAIN[mapping.basis],
        "fidelity": _PLAIN[mapping.fidelity],
        "crosswalk": mapping.source,
    }
    if mapping.strength is not None:
        about["strength"] = mapping.strength
    if mapping.rationale is not None:
        about["rationale"] = mapping.rationale
    if mapping.locator is not None:
        about["locator"] = mapping.locator
    if mapping.printed is not None:
        about["printed"] = mapping.printed
    if mapping.path:
        about["path"] = " ".join(mapping.path)
    return about


def _lineage(held: dict[str, Publication], library: Library) -> Iterator[_Edge]:
    for before, after in library.lineage_pairs():
        if before in held and after in held:
            for record in library.lineage(before, after):
                about: EdgeAttributes = {
                    "link": "revises",
                    "change": _PLAIN[record.change],
                    "basis": _PLAIN[record.basis],
                    "fidelity": _PLAIN[record.fidelity],
                    "evidence": record.evidence,
                }
                yield from ((new, old, "revises", about) for new in record.after for old in record.before)


def _supersessions(held: dict[str, Publication]) -> Iterator[_Edge]:
    for key, publication in held.items():
        yield from ((key, old, "revises", _SUPERSEDES) for old in publication.info.supersedes if old in held)


def _selections(held: dict[str, Publication], nodes: dict[str, NodeAttributes]) -> Iterator[_Edge]:
    for key, publication in held.items():
        for entry in publication.of_kind(ProfileEntry):
            for selected in entry.selects:
                if selected in nodes:
                    yield entry.id, selected, "selects", _SELECTS
                elif selected.partition(":")[0] in held:
                    problem = f"there is no element {shorten(selected)}"
                    raise DataError(f"publications/{key}.json", entry.id, problem, "select an element that exists")


def _numbered(edges: Iterable[_Edge]) -> Iterator[_Edge]:
    """Give the second edge of the same key between the same nodes the number 2, and so on."""
    count: dict[tuple[str, str, str], int] = {}
    for start, end, key, about in edges:
        number = count[start, end, key] = count.get((start, end, key), 0) + 1
        yield start, end, key if number == 1 else f"{key} {number}", about
