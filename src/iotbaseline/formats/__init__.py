"""Foreign formats, one module each."""

from __future__ import annotations

from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from iotbaseline.errors import UnknownIdentifierError

if TYPE_CHECKING:
    from networkx import MultiDiGraph

GRAPH_FORMATS = {
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".json": "node_link",
    ".cyjs": "cytoscape",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
}
"""The suffix of a file of a graph, and the module whose ``dumps`` gives its text."""


def export_graph(graph: MultiDiGraph[str], path: str | PathLike[str]) -> None:
    """Write a graph to a file in the format that its suffix names.

    ``.graphml`` is GraphML, ``.gexf`` GEXF, ``.json`` the node-link JSON of networkx and D3, ``.cyjs`` the JSON of
    Cytoscape, ``.dot`` or ``.gv`` DOT (Graphviz) and ``.mmd`` a Mermaid flowchart. Each holds all nodes and edges with
    their attributes, save Mermaid, which is a picture of a small graph: names and links only. A file that exists is
    replaced; nothing is written if the graph has an attribute that the format cannot hold.

    Raises :class:`~iotbaseline.errors.UnknownIdentifierError` for another suffix,
    :class:`~iotbaseline.errors.MissingExtraError` for DOT without pydot, and ``OSError`` if it cannot be written.
    """
    file = Path(path)
    suffix = file.suffix.lower()
    if suffix not in GRAPH_FORMATS:
        raise UnknownIdentifierError("suffix of a graph file", suffix, tuple(GRAPH_FORMATS))
    text: str = import_module(f"{__name__}.{GRAPH_FORMATS[suffix]}").dumps(graph)
    file.write_text(text, "utf-8", newline="\n")
