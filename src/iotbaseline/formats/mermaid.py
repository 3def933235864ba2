"""Mermaid flowcharts, which GitHub, GitLab and many editors show as pictures in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from iotbaseline._graph import caption

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_ESCAPED = str.maketrans({mark: f"#{ord(mark)};" for mark in '"#&<>`\\|'} | {"\n": " "})


def dumps(graph: MultiDiGraph[str]) -> str:
    """Return the graph as a Mermaid flowchart that shows the names of nodes and the links.

    It is meant for small graphs: Mermaid draws no more than 500 edges unless it is configured to.
    """
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph: MultiDiGraph[str]) -> Iterator[str]:
    yield "flowchart LR"
    numbers = {name: f"n{number}" for number, name in enumerate(graph)}
    for name, number in numbers.items():
        yield f'    {number}["{name.translate(_ESCAPED)}"]'
    for start, end, about in graph.edges(data=True):
        yield f'    {numbers[start]} -->|"{caption(about).translate(_ESCAPED)}"| {numbers[end]}'
