"""The JSON of Cytoscape and Cytoscape.js."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def dumps(graph: MultiDiGraph[str]) -> str:
    """Return the graph as the JSON of Cytoscape; what is known of the graph itself is an object, as it wants it."""
    from networkx import cytoscape_data

    document = cytoscape_data(graph)
    return json.dumps(document | {"data": graph.graph}, ensure_ascii=False, indent=1) + "\n"
