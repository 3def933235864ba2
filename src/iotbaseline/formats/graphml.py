"""GraphML, read by Gephi, yEd, igraph and most other tools for graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def dumps(graph: MultiDiGraph[str]) -> str:
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
