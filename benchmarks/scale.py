"""Measure how the time of building and asking grows with the library, each beside plain networkx in the same run.

    python benchmarks/scale.py [--sizes 1 10 100] [--semra PYTHON] [--json]

A library of size N is the shipped one N times: every copy has publications, elements, rows of profiles, mappings and
lineage records of its own, under keys of its own (``c7.sp800-53r5``). Of the crosswalks every tenth leads to the next
copy instead, a different tenth in each, so that the copies hang together as frameworks of different fields do. That
keeps the number of elements of each kind per publication, the mappings per relation and basis, the strengths, and
exactly the number of hops at each element; the number of publications that a publication has crosswalks with stays the
same too. It does not keep that a few publications (SP 800-53) would be mapped to by ever more others.

Everything is held in memory; nothing is written. Copies are made when they are first asked for, which is not timed.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from statistics import median
from typing import Any

import networkx as nx
from attrs import asdict, evolve, fields, frozen
from run import Line, compared, selected_by_the_profile, timed

import iotbaseline as ib
from iotbaseline._library.bounds import MAX_HOPS
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.memory import MemoryStore
from iotbaseline._mappings import closure, consistency
from iotbaseline._mappings import hops as network
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.publication import Publication
from iotbaseline.relations import UNIVERSE, Relation

SEED = 20
QUERIES = 20
SIMPLE_PATHS = 10_000
"""networkx stops after so many simple paths."""
ROUNDS, FEWEST = 15, 3
REWIRED = 10
"""One crosswalk in so many leads to the next copy."""


def copies(count: int) -> Library:
    """The shipped library, ``count`` times in memory; the first of them under its own keys."""
    publications = (
        _publication(DEFAULT.load(info.key), copy) for copy in range(count) for info in DEFAULT.publications
    )
    lineage = {
        (_name(before, copy), _name(after, copy)): tuple(
            evolve(record, before=_names(record.before, copy), after=_names(record.after, copy))
            for record in DEFAULT.lineage(before, after)
        )
        for copy in range(count) for before, after in DEFAULT.lineage_pairs()
    }  # fmt: skip
    return Library(MemoryStore(publications, _crosswalks(count), lineage))


def _publication(publication: Publication, copy: int) -> Publication:
    if not copy:
        return publication
    info = publication.info
    renamed = evolve(
        info, key=_name(info.key, copy), pubid=None, doi=None, aliases=(), work=_name(info.work, copy),
        supersedes=_names(info.supersedes, copy), superseded_by=_names(info.superseded_by, copy),
    )  # fmt: skip
    return evolve(publication, info=renamed, elements=tuple(_copied(element, copy) for element in publication))


def _crosswalks(count: int) -> dict[tuple[str, str], tuple[Mapping, ...]]:
    crosswalks: dict[tuple[str, str], tuple[Mapping, ...]] = {}
    for copy in range(count):
        for number, (subject, obj) in enumerate(DEFAULT.crosswalk_pairs()):
            away = (number + copy) % REWIRED == 0 and subject != obj
            other = (copy + 1) % count if away else copy
            crosswalks[_name(subject, copy), _name(obj, other)] = tuple(
                evolve(
                    held, subject=_name(held.subject, copy), object=held.object and _name(held.object, other),
                    path=_names(held.path, copy), source=_name(held.source, copy),
                )
                for held in DEFAULT.mappings(subject, obj)
            )  # fmt: skip
    return crosswalks


def _name(name: str, copy: int) -> str:
    return f"c{copy}.{name}" if copy else name


def _names(names: tuple[str, ...], copy: int) -> tuple[str, ...]:
    return tuple(_name(name, copy) for name in names)


_REFERRING = frozenset({"id", "parent", "selects", "related_controls", "moved_to", "incorporated_into"})


def _copied(element: ib.Element, copy: int) -> ib.Element:
    changed: dict[str, Any] = {}
    for field in fields(type(element)):
        value = getattr(element, field.name) if field.name in _REFERRING else None
        if value:
            changed[field.name] = _name(value, copy) if isinstance(value, str) else _names(value, copy)
    return evolve(element, **changed)


@frozen(kw_only=True)
class Case:
    """Something measured at every size; each call of ``subject`` and of ``floor`` does it ``per`` times."""

    what: str
    note: str
    unit: str = "ms"
    subject: Callable[[], object]
    floor: Callable[[], object]
    per: int = 1
    rounds: int = ROUNDS


def cases(library: Library) -> Iterator[Case]:
    """All that is measured of a library. What a floor needs is made before, and is given back after its case."""
    keys = [info.key for info in library.publications]
    edges = [(hop.subject, hop.object) for key in keys for hop in gathered(library, key)]
    bare: nx.DiGraph[str] = nx.DiGraph(edges)
    yield graphs(library)
    yield Case(
        what="hops of all publications", note="networkx, a graph of the same, bare",
        subject=lambda: [gathered(library, key) for key in keys], floor=lambda: nx.DiGraph(edges),
    )  # fmt: skip
    yield one_hop(library, bare)
    yield paths(library, bare, 2, QUERIES, ROUNDS)
    yield paths(library, bare, 5, QUERIES // 2, FEWEST)
    yield reached(library, bare)
    yield coverage(library, bare)
    yield compared_sides(library, bare)
    yield migrated(library)
    yield contradictions(library)


def gathered(library: Library, key: str) -> list[network.Hop]:
    """The hops that start in a publication, gathered anew."""
    found = network._gathered(library, key)  # noqa: SLF001
    return [hop for ways in found.values() for hops in ways.values() for hop in hops]


def graphs(library: Library) -> Case:
    """A new graph of everything; the floor has its nodes, edges and attributes at hand."""
    made = ib.graph(library=library)
    nodes, edges = list(made.nodes(data=True)), list(made.edges(keys=True, data=True))

    def build() -> object:
        built: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        built.add_nodes_from(nodes)
        for start, end, key, about in edges:
            built.add_edge(start, end, key, **about)
        return built

    note = "networkx, from lists of its nodes and edges"
    return Case(what="graph()", note=note, subject=partial(ib.graph, library=library), floor=build)


def one_hop(library: Library, bare: nx.DiGraph[str]) -> Case:
    """The hops of requirements, which are at hand."""
    mapped = [each.id for each in library.load("sp800-213a") if network.ways(library, each.id)]
    starts = random.Random(SEED).sample(mapped, QUERIES)  # noqa: S311
    return Case(
        what="hops of one element", note="networkx, its neighbours", unit="µs", per=QUERIES,
        subject=lambda: [network.hops(library, start) for start in starts],
        floor=lambda: [list(bare[start]) for start in starts],
    )  # fmt: skip


def paths(library: Library, bare: nx.DiGraph[str], length: int, count: int, rounds: int) -> Case:
    """Pairs that a random walk of as many hops joins."""
    chosen = random.Random(SEED)  # noqa: S311
    pairs = [walk(library, chosen, length) for _ in range(count)]

    def simple() -> object:
        found = (nx.all_simple_paths(bare, *pair, cutoff=length) for pair in pairs)
        return [sum(1 for _ in islice(each, SIMPLE_PATHS)) for each in found]

    return Case(
        what=f"paths of at most {length} hops", note="networkx, simple paths as long", per=count, rounds=rounds,
        subject=lambda: [ib.paths(*pair, max_hops=length, library=library) for pair in pairs], floor=simple,
    )  # fmt: skip


def walk(library: Library, chosen: random.Random, length: int) -> tuple[str, str]:
    """Both ends of a random walk that leads from an element of the original to another publication."""
    elements = [each.id for publication in DEFAULT.load_all() for each in publication]
    while True:
        start = here = chosen.choice(elements)
        for _ in range(length):
            onwards = network.hops(library, here)
            here = chosen.choice(onwards).object if onwards else here
        if here.partition(":")[0] != start.partition(":")[0]:
            return start, here


def coverage(library: Library, bare: nx.DiGraph[str]) -> Case:
    """The federal profile against the LOW baseline; the floor asks which of its controls are neighbours."""
    required = selected_by_the_profile(library)
    controls = {each.id for each in library.load("sp800-53r5").controls if "LOW" in each.baselines}
    catalog = library.load("sp800-213a")
    parts = [part.id for each in required for part in (each, *catalog.descendants(each)) if part.id in bare]
    return Case(
        what="coverage of LOW", note="networkx, the neighbours in LOW",
        subject=partial(ib.coverage, required, "sp800-53r5", baseline="LOW", library=library),
        floor=lambda: controls & {there for part in parts for there in bare[part]},
    )  # fmt: skip


def reached(library: Library, bare: nx.DiGraph[str]) -> Case:
    """What each element of the catalog reaches in SP 800-53; the floor goes as many hops in any direction."""
    starts = [each.id for each in library.load("sp800-213a") if each.id in bare]
    return Case(
        what="reach of SP 800-213A", note="networkx, all within as many hops",
        subject=lambda: [ib.reach(start, "sp800-53r5", library=library) for start in starts],
        floor=lambda: [nx.single_source_shortest_path_length(bare, start, MAX_HOPS) for start in starts],
        per=len(starts), rounds=FEWEST,
    )  # fmt: skip


def compared_sides(library: Library, bare: nx.DiGraph[str]) -> Case:
    """IR 8425 and the catalog, side by side; the floor asks which of their elements are neighbours."""
    here, there = (library.load(key) for key in ("ir8425", "sp800-213a"))
    ids = [{each.id for each in side if each.id in bare} for side in (here, there)]
    return Case(
        what="compare", note="networkx, the neighbours on both sides",
        subject=partial(ib.compare, here, there, library=library),
        floor=lambda: [ids[1 - side] & {near for each in ids[side] for near in bare[each]} for side in (0, 1)],
    )  # fmt: skip


def migrated(library: Library) -> Case:
    """All of SP 800-53 from revision 4 to 5; the floor pairs them by identifier, in a dictionary."""
    old, new = (library.load(f"sp800-53r{revision}") for revision in (4, 5))
    known = {each.local: each for each in new}
    return Case(
        what="migration of SP 800-53", note="a dictionary, by identifier",
        subject=partial(ib.migrate, old, old, new, library=library),
        floor=lambda: [known.get(each.local) for each in old],
    )  # fmt: skip


def contradictions(library: Library) -> Case:
    """What is wrong among all mappings; the floor finds the components of those of the set-theory style."""
    mappings = [each for pair in library.crosswalk_pairs() for each in library.mappings(*pair)]
    exact = [(each.subject, each.object) for each in mappings if each.object and each.relation in UNIVERSE]
    return Case(
        what="contradictions", note="networkx, connected components",
        subject=lambda: list(consistency.contradictions(mappings, library=library)),
        floor=lambda: list(nx.connected_components(nx.Graph(exact))),
    )  # fmt: skip


def measured(size: int) -> Iterator[Line]:
    """Every case at one size."""
    library = copies(size)
    for case in cases(library):
        yield compared(
            case.what, case.note, case.unit, case.floor, case.subject, max(FEWEST, case.rounds // size), "takes", None,
            case.per, warm_ups=1,
        )  # fmt: skip


CHAINED = {
    Relation.EQUAL: "skos:exactMatch",
    Relation.SUBSET_OF: "skos:broadMatch",
    Relation.SUPERSET_OF: "skos:narrowMatch",
    Relation.INTERSECTS_WITH: "skos:relatedMatch",
}
"""The set-theory relations as predicates of SKOS, of which SeMRA chains the first three."""


def chains(size: int, python: str) -> Line:
    """What follows from chains of set-theory mappings: the closure here, SeMRA in an interpreter of its own."""
    library = copies(size)
    mappings = [each for pair in library.crosswalk_pairs() for each in library.mappings(*pair)]
    exact = [each for each in mappings if each.object and each.relation in CHAINED]
    rounds = max(FEWEST, ROUNDS // size)
    rows = ["subject_id\tpredicate_id\tobject_id\tmapping_justification"]
    rows += [f"{m.subject}\t{CHAINED[m.relation]}\t{m.object}\tsemapv:ManualMappingCuration" for m in exact]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mappings.sssom.tsv"
        file.write_text("\n".join(rows) + "\n", "utf-8")
        command = [python, str(Path(__file__).with_name("semra_chains.py")), str(file), str(rounds)]
        other = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603
    taken = [timed(lambda: closure.closure(exact)) * 1e3 for _ in range(rounds)]
    derived = sum(map(len, closure.closure(exact)[0].values()))
    return Line(
        what="chains of set-theory mappings", unit="ms", floor=median(other["seconds"]) * 1e3, taken=median(taken),
        note=f"SeMRA {other['version']}: {other['found']:,} relations from {len(exact):,} mappings; here {derived:,}",
    )  # fmt: skip


def as_text(sizes: list[int], table: list[list[Line]]) -> str:
    """A row for each thing measured: subject and floor at every size, and the exponents that they grow by."""

    def shown(line: Line) -> str:
        return "-" if line.taken is None else f"{line.taken:,.3f} ({line.floor:,.3f}) {line.unit}"

    def grown(lines: list[Line], name: str) -> str:
        times = [getattr(line, name) for line in lines]
        steps = zip(pairwise(times), pairwise(sizes), strict=True)
        return ", ".join(f"{math.log(b / a) / math.log(n / m):.2f}" for (a, b), (m, n) in steps if a and b) or "-"

    rows = [("what", *(f"{size}x (floor)" for size in sizes), "grows by", "floor by", "floor is, or note")]
    rows += [
        (of[0].what, *map(shown, of), grown(of, "taken"), grown(of, "floor"), of[-1].note)
        for of in map(list, zip(*table, strict=True))
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def main() -> None:
    """Measure at every size and print."""
    parser = argparse.ArgumentParser(description="Measure how building and asking grow with the library.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 100], help="how many copies")
    parser.add_argument("--semra", metavar="PYTHON", help="an interpreter that has SeMRA, to compare chains with it")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    sizes: list[int] = options.sizes
    table: list[list[Line]] = []
    for size in sizes:
        missing = Line(what="chains of set-theory mappings", note="not measured: pass --semra PYTHON")
        table.append([*measured(size), chains(size, options.semra) if options.semra else missing])
        print(f"{size}x done", file=sys.stderr)
    machine = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} CPUs"
    if options.json:
        found = [{"size": size, "lines": list(map(asdict, lines))} for size, lines in zip(sizes, table, strict=True)]
        print(json.dumps({"machine": machine, "data_version": ib.data_version, "sizes": found}, indent=1))
    else:
        print(f"iotbaseline {ib.__version__}, data {ib.data_version}, networkx {nx.__version__}, {machine}; medians\n")
        print(as_text(sizes, table))


if __name__ == "__main__":
    main()
