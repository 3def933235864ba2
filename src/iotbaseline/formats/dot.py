"""DOT, the language of Graphviz, written by pydot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from iotbaseline._graph import caption
from iotbaseline.errors import MissingExtraError

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pydot import Dot, Edge, Node

Part = TypeVar("Part", "Dot", "Node", "Edge")


def dumps(graph: MultiDiGraph[str]) -> str:
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
