"""Graphs as files: GraphML, GEXF, node-link JSON, Cytoscape JSON, DOT and Mermaid."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from iotbaseline.errors import MissingExtraError, UnknownNameError
from iotbaseline.formats.graph import caption

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pydot import Dot, Edge, Node


GRAPH_FORMATS = {
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".json": "node_link",
    ".cyjs": "cytoscape",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
}
"""The suffix of a file of a graph, and its format."""


def export_graph(graph: MultiDiGraph[str], path: str | PathLike[str]) -> None:
    """Write a graph to a file in the format that its suffix names.

    ``.graphml`` is GraphML, ``.gexf`` GEXF, ``.json`` the node-link JSON of networkx and D3, ``.cyjs`` the JSON of
    Cytoscape, ``.dot`` or ``.gv`` DOT (Graphviz) and ``.mmd`` a Mermaid flowchart. Each holds all nodes and edges with
    their attributes, save Mermaid, which is a picture of a small graph: names and links only. A file that exists is
    replaced; nothing is written if the graph has an attribute that the format cannot hold.

    Raises :class:`~iotbaseline.errors.UnknownNameError` for another suffix,
    :class:`~iotbaseline.errors.MissingExtraError` for DOT without pydot, and ``OSError`` if it cannot be written.
    """
    file = Path(path)
    suffix = file.suffix.lower()
    if suffix not in GRAPH_FORMATS:
        raise UnknownNameError("suffix of a graph file", suffix, tuple(GRAPH_FORMATS))
    text = _WRITERS[GRAPH_FORMATS[suffix]](graph)
    file.write_text(text, "utf-8", newline="\n")


def cytoscape(graph: MultiDiGraph[str]) -> str:
    """Return the graph as the JSON of Cytoscape; what is known of the graph itself is an object, as it wants it."""
    from networkx import cytoscape_data

    document = cytoscape_data(graph)
    return json.dumps(document | {"data": graph.graph}, ensure_ascii=False, indent=1) + "\n"


Part = TypeVar("Part", "Dot", "Node", "Edge")


def dot(graph: MultiDiGraph[str]) -> str:
    """Return the graph as DOT.

    ``label`` is what a picture shows at an edge, and the ``name`` of a node is its ``tooltip``: pydot cannot read a
    node back that has an attribute ``name``. Raises :class:`~iotbaseline.errors.MissingExtraError` if pydot is
    not installed.
    """
    try:
        from pydot import Dot, Edge, Node
    except ModuleNotFoundError as error:
        raise MissingExtraError("pydot", "dot") from error
    made = _described(Dot("iotbaseline", graph_type="digraph"), graph.graph)
    for name, about in graph.nodes(data=True):
        renamed = {"tooltip" if each == "name" else each: value for each, value in about.items()}
        made.add_node(_described(Node(_quoted(name)), renamed))
    for start, end, key, about in graph.edges(keys=True, data=True):
        made.add_edge(_described(Edge(_quoted(start), _quoted(end)), about | {"key": key, "label": caption(about)}))
    return made.to_string()


def _described(part: Part, about: Mapping[str, object]) -> Part:
    for name, value in about.items():
        part.set(name, _quoted(str(value)))
    return part


def _quoted(text: str) -> str:
    """Quote every text: an identifier has a colon, which DOT would take for the port of a node."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def gexf(graph: MultiDiGraph[str]) -> str:
    """Return the graph as GEXF 1.2; the key of an edge is its attribute ``networkx_key``."""
    from networkx import generate_gexf

    return "\n".join(generate_gexf(graph)) + "\n"


def graphml(graph: MultiDiGraph[str]) -> str:
    """Return the graph as GraphML.

    The identifier of an edge has to be unique in the file, which its key need not be in the graph: edges are
    numbered, and ``key`` is one of their attributes.
    """
    from networkx import MultiDiGraph, generate_graphml

    numbered: MultiDiGraph[str] = MultiDiGraph(**graph.graph)
    for name, about in graph.nodes(data=True):
        numbered.add_node(name, **about)
    for number, (start, end, key, about) in enumerate(graph.edges(keys=True, data=True)):
        numbered.add_edge(start, end, f"e{number}", **about)
        numbered.edges[start, end, f"e{number}"]["key"] = key
    return "\n".join(generate_graphml(numbered)) + "\n"


_MERMAID_ESCAPED = str.maketrans({mark: f"#{ord(mark)};" for mark in '"#&<>`\\|'} | {"\n": " "})


def mermaid(graph: MultiDiGraph[str]) -> str:
    """Return the graph as a Mermaid flowchart that shows the names of nodes and the links.

    It is meant for small graphs: Mermaid draws no more than 500 edges unless it is configured to.
    """
    return "\n".join(_mermaid_lines(graph)) + "\n"


def _mermaid_lines(graph: MultiDiGraph[str]) -> Iterator[str]:
    yield "flowchart LR"
    numbers = {name: f"n{number}" for number, name in enumerate(graph)}
    for name, number in numbers.items():
        yield f'    {number}["{name.translate(_MERMAID_ESCAPED)}"]'
    for start, end, about in graph.edges(data=True):
        yield f'    {numbers[start]} -->|"{caption(about).translate(_MERMAID_ESCAPED)}"| {numbers[end]}'


def node_link(graph: MultiDiGraph[str]) -> str:
    """Return the graph as node-link JSON."""
    from networkx import node_link_data

    return json.dumps(node_link_data(graph, edges="edges"), ensure_ascii=False, indent=1) + "\n"


_WRITERS: dict[str, Callable[[MultiDiGraph[str]], str]] = {
    "cytoscape": cytoscape,
    "dot": dot,
    "gexf": gexf,
    "graphml": graphml,
    "mermaid": mermaid,
    "node_link": node_link,
}
