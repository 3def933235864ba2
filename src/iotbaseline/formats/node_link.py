"""The node-link JSON that networkx and D3 read: a list of nodes and a list of edges."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def dumps(graph: MultiDiGraph[str]) -> str:
    """Return the graph as node-link JSON."""
    from networkx import node_link_data

    return json.dumps(node_link_data(graph, edges="edges"), ensure_ascii=False, indent=1) + "\n"
