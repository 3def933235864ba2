"""SKOS by rdflib, which has to count what we wrote, pySHACL with shapes of ours, and the checks of skosify."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
from mutations import changed, unseen
from rdflib import Graph
from rdflib.namespace import RDF, SKOS
from skosify import check

FOLDER = Path(sys.argv[1]) / "skos"
SHAPES = Graph().parse(Path(__file__).parent / "skos_shapes.ttl")
MATCHES = (SKOS.exactMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
SKOSIFY = (check.hierarchy_cycles, check.disjoint_relations, check.hierarchical_redundancy, check.label_overlap)


def graph_of(path: Path) -> Graph:
    """The graph in a file."""
    return Graph().parse(path, format="json-ld")


@cache
def _expected() -> dict[str, list[int]]:
    return dict(json.loads((FOLDER / "expected.json").read_text("utf-8")))


def of_rdflib(folder: Path) -> list[str]:
    """The files of which rdflib has other numbers of concepts or mappings than we wrote."""
    found: list[str] = []
    for path in _files(folder):
        graph = graph_of(path)
        concepts = len(set(graph.subjects(RDF.type, SKOS.Concept)))
        counts = [concepts, sum(1 for match in MATCHES for _ in graph.subject_objects(match))]
        if counts != (wanted := _expected()[path.name]):
            found.append(f"{path.name}: {counts} concepts and mappings, and not {wanted}")
    return found


def of_shapes(folder: Path) -> list[str]:
    """What pySHACL finds."""
    found: list[str] = []
    for path in _files(folder):
        conforms, _, text = pyshacl.validate(graph_of(path), shacl_graph=SHAPES)
        if not conforms:
            found.append(f"{path.name}: {text[:300]}")
    return found


def of_skosify(folder: Path) -> list[str]:
    """What skosify warns of."""
    listener = _Listener(logging.WARNING)
    logging.getLogger().addHandler(listener)
    for path in _files(folder):
        graph = graph_of(path)
        for each in SKOSIFY:
            each(graph, fix=False)
    logging.getLogger().removeHandler(listener)
    return listener.heard


class _Listener(logging.Handler):
    """Keeps what is logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonld"))


def _concept(document: Any, number: int = 1) -> Any:
    return [each for each in document["@graph"] if each.get("@type") == "skos:Concept"][number]


def _matched(document: Any) -> Any:
    return next(each for each in document["@graph"] if "skos:relatedMatch" in each)


DEFECTS: dict[str, Callable[[Any], object]] = {
    "a concept without a label": lambda d: _concept(d).pop("skos:prefLabel"),
    "a second label in English": lambda d: _concept(d).update(
        {"skos:prefLabel": [_concept(d)["skos:prefLabel"], {"@value": "x", "@language": "en"}]}
    ),
    "the label again as another label": lambda d: _concept(d).update({"skos:altLabel": _concept(d)["skos:prefLabel"]}),
    "an identifier twice": lambda d: _concept(d, 2).update({"@id": _concept(d)["@id"]}),
    "a broader concept that is not there": lambda d: _concept(d).update({"skos:broader": f"{_concept(d)['@id']}-none"}),
    "a concept below itself": lambda d: _concept(d).update({"skos:broader": _concept(d)["@id"]}),
    "a concept of no scheme": lambda d: _concept(d).pop("skos:inScheme"),
    "a mapping property there is not": lambda d: _matched(d).update(
        {"skos:nearMatch": _matched(d).pop("skos:relatedMatch")}
    ),
    "an exact match that is a related one too": lambda d: _matched(d).update(
        {"skos:exactMatch": _matched(d)["skos:relatedMatch"]}
    ),
}
TOOLS = {"rdflib": of_rdflib, "pySHACL": of_shapes, "skosify": of_skosify}


def main(folder: Path) -> list[str]:
    """Everything that is wrong."""
    found = [f"{tool}: {each}" for tool, find in TOOLS.items() for each in find(folder)]
    print(f"  {len(_files(folder))} graphs, {len(found)} problems")
    damages = {defect: changed(change) for defect, change in DEFECTS.items()}
    found.extend(unseen(folder / "jc-star-1--ir8425.jsonld", damages, TOOLS))
    return found


if __name__ == "__main__":
    sys.exit("\n".join(main(FOLDER)) or 0)
