"""GEXF, the format of Gephi."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def dumps(graph: MultiDiGraph[str]) -> str:
    """Return the graph as GEXF 1.2; the key of an edge is its attribute ``networkx_key``."""
    from networkx import generate_gexf

    return "\n".join(generate_gexf(graph)) + "\n"
