"""Graphs as files: GraphML, GEXF, node-link JSON, Cytoscape JSON, DOT and Mermaid."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
from numbers import Integral, Real
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from iotbaseline._display.extras import require
from iotbaseline._display.files import write
from iotbaseline._model import arguments
from iotbaseline.errors import ArgumentTypeError, UnknownNameError, shorten
from iotbaseline.formats.graph import caption
from iotbaseline.formats.stable import in_xml

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

_DATED = re.compile(' lastmodifieddate="[^"]*"')


@arguments.checked
def export_graph(graph: MultiDiGraph[str], path: str | PathLike[str]) -> None:
    """Write a graph to a file in the format that its suffix names.

    ``.graphml`` is GraphML, ``.gexf`` GEXF, ``.json`` the node-link JSON of networkx and D3, ``.cyjs`` the JSON of
    Cytoscape, ``.dot`` or ``.gv`` DOT (Graphviz) and ``.mmd`` a Mermaid flowchart. Each holds all nodes and edges with
    their attributes, except Mermaid, a picture of a small graph: names and links only. An existing file is
    replaced once the new one is complete; nothing is written if the graph has an attribute that the format cannot hold.

    Raises :class:`~iotbaseline.errors.UnknownNameError` for another suffix,
    :class:`~iotbaseline.errors.QueryError` for a control character or lone surrogate,
    :class:`~iotbaseline.errors.MissingExtraError` for DOT without pydot, and ``OSError`` if it cannot be written.

    >>> ib.export_graph(ib.graph("ir8425", "ir8259a"), "consumer.graphml")
    """
    if not hasattr(graph, "edges"):
        raise ArgumentTypeError("graph", type(graph).__name__, "what iotbaseline.graph() returns")
    file = Path(path)
    suffix = file.suffix.lower()
    if suffix not in GRAPH_FORMATS:
        raise UnknownNameError("suffix of a graph file", suffix, tuple(GRAPH_FORMATS))
    for text in _texts(graph):
        in_xml(text)
    write(file, _WRITERS[GRAPH_FORMATS[suffix]](graph).encode())


def _texts(graph: MultiDiGraph[str]) -> Iterator[str]:
    """The names and attributes of everything that has more than printable characters in them."""
    nodes = ((name, about) for name, about in graph.nodes(data=True))
    edges = ((key, about) for _, _, key, about in graph.edges(keys=True, data=True))
    for name, about in chain([("", graph.graph)], nodes, edges):
        texts = [str(each) for each in (name, *about, *about.values())]
        if not "".join(texts).isprintable():
            yield from texts


def cytoscape(graph: MultiDiGraph[str]) -> str:
    """Return the graph as the JSON of Cytoscape, which expects the attributes of the graph as an object."""
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
    require("pydot")
    from pydot import Dot, Edge, Node

    drawing = _described(Dot("iotbaseline", graph_type="digraph"), graph.graph)
    for name, about in graph.nodes(data=True):
        renamed = {"tooltip" if key == "name" else key: value for key, value in about.items()}
        drawing.add_node(_described(Node(_quoted(name)), renamed))
    for start, end, key, about in graph.edges(keys=True, data=True):
        drawing.add_edge(_described(Edge(_quoted(start), _quoted(end)), about | {"key": key, "label": caption(about)}))
    return drawing.to_string()


def _described(part: Part, about: Mapping[str, object]) -> Part:
    for name, value in about.items():
        part.set(name, _quoted(str(value)))
    return part


def _quoted(text: str) -> str:
    """Quote every text: an identifier has a colon, which DOT would take for the port of a node."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def gexf(graph: MultiDiGraph[str]) -> str:
    """Return the graph as GEXF 1.2, without today's date; the key of an edge is its attribute ``networkx_key``."""
    from networkx import generate_gexf

    return _DATED.sub("", "\n".join(generate_gexf(graph)), 1) + "\n"


_GRAPHML = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_GRAPHML_TYPES: dict[type, str] = {str: "string", bool: "boolean", Integral: "long", Real: "double"}
"""The types of attributes in GraphML; a type of Python comes before those that have it as a case."""


def graphml(graph: MultiDiGraph[str]) -> str:
    """Return the graph as GraphML.

    GraphML needs identifiers of edges that are unique in the file, and the keys of edges are not: edges are numbered,
    and ``key`` is one of their attributes. Raises ``TypeError`` for an attribute that is neither a text nor a number
    nor a truth value. networkx takes several times as long, because it builds a tree of the whole file.
    """
    from xml.sax.saxutils import escape, quoteattr

    keys: dict[tuple[str, str, str], str] = {}
    quoted = cache(quoteattr)

    @lru_cache(maxsize=None, typed=True)
    def value_of(scope: str, name: str, value: object) -> str:
        """An attribute with its value. Most come again and again."""
        key = keys.setdefault((scope, name, _graphml_type(value)), f"d{len(keys)}")
        return f'<data key="{key}">{escape(str(value))}</data>'

    def data(scope: str, about: Mapping[str, object]) -> str:
        return "".join([value_of(scope, name, value) for name, value in about.items()])

    lines = [data("graph", graph.graph)]
    for name, about in graph.nodes(data=True):
        lines.append(f"<node id={quoted(str(name))}>{data('node', about)}</node>")
    for number, (start, end, key, about) in enumerate(graph.edges(keys=True, data=True)):
        ends = f"source={quoted(str(start))} target={quoted(str(end))}"
        lines.append(f'<edge id="e{number}" {ends}>{data("edge", {**about, "key": key})}</edge>')
    declared = [
        f'<key id="{key}" for="{scope}" attr.name={quoteattr(name)} attr.type="{kind}"/>'
        for (scope, name, kind), key in keys.items()
    ]
    return _GRAPHML + "\n".join([*declared, '<graph edgedefault="directed">', *lines, "</graph>", "</graphml>", ""])


def _graphml_type(value: object) -> str:
    for kind, name in _GRAPHML_TYPES.items():
        if isinstance(value, kind):
            return name
    raise TypeError(f"GraphML has no type for {shorten(value)}")


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
