"""What is written in a foreign format is read back as the same graph."""

from __future__ import annotations

import json
import re
import sys
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import numpy
import pydot
import pytest
from networkx import Graph, MultiDiGraph

import iotbaseline as ib
from iotbaseline.formats import graph_files as mermaid
from iotbaseline.formats.graph_files import GRAPH_FORMATS

Rows = tuple[dict[str, dict[str, Any]], dict[tuple[str, str, str], dict[str, Any]]]

HARD = 'a "quoted" \\ back\\"slash\\, <b>&amp; #35; | `tick` {x} [y] é 漢 🔒; end\\'


@pytest.fixture(scope="module")
def small() -> MultiDiGraph[str]:
    """A part of the whole with every link, every attribute and two mappings of one pair, and texts that are hard."""
    whole = ib.graph()
    chosen: set[str] = {"ir8425", "ir8425.ipd"}
    seen: set[str] = set()
    for start, end, key, about in whole.edges(keys=True, data=True):
        new = {*about, str(about["link"]), *([" 2"] if str(key).endswith(" 2") else [])} - seen
        if new:
            seen |= new
            chosen |= {start, end}
    chosen |= {next(node for node, about in whole.nodes(data=True) if about["kind"] == "cited")}
    part = whole.subgraph(chosen).copy()
    part.add_node(f"ir8425:{HARD}", kind="term", name=HARD, publication="ir8425", withdrawn=True)
    part.add_edge(f"ir8425:{HARD}", "ir8425", f"maps_to {HARD}", link="maps_to", rationale=HARD, strength=0)
    assert seen >= {"part_of", "maps_to", "revises", "selects", " 2", "path", "strength", "evidence"}
    return part


def rows(graph: Graph[str]) -> Rows:
    assert isinstance(graph, MultiDiGraph)
    edges = {(start, end, str(key)): dict(about) for start, end, key, about in graph.edges(keys=True, data=True)}
    return {node: dict(about) for node, about in graph.nodes(data=True)}, edges


def without(found: Rows, nodes: set[str], edges: set[str]) -> Rows:
    """The same without attributes that a format adds."""
    return (
        {node: {name: value for name, value in about.items() if name not in nodes} for node, about in found[0].items()},
        {edge: {name: value for name, value in about.items() if name not in edges} for edge, about in found[1].items()},
    )


def read_graphml(file: Path) -> Rows:
    graph = networkx.read_graphml(file, edge_key_type=str, force_multigraph=True)
    assert graph.graph["data_version"] == ib.data_version
    nodes, edges = rows(graph)
    assert sorted(key for *_, key in edges) == sorted(f"e{number}" for number in range(len(edges)))
    return nodes, {(start, end, about.pop("key")): about for (start, end, _), about in edges.items()}


def read_gexf(file: Path) -> Rows:
    return without(rows(networkx.read_gexf(file)), {"label"}, {"id"})


def read_node_link(file: Path) -> Rows:
    graph = networkx.node_link_graph(json.loads(file.read_text("utf-8")), edges="edges")
    assert graph.graph == {"data_version": ib.data_version}
    return rows(graph)


def read_cytoscape(file: Path) -> Rows:
    document = json.loads(file.read_text("utf-8"))
    assert document["data"] == {"data_version": ib.data_version}
    return without(rows(networkx.cytoscape_graph(document)), {"id", "value"}, {"source", "target", "key"})


def read_dot(file: Path) -> Rows:
    """All values are texts; ``label`` is that of a picture."""
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        [graph] = pydot.graph_from_dot_data(file.read_text("utf-8")) or [pydot.Dot()]
    assert plain(graph.get_attributes())["data_version"] == ib.data_version
    nodes = {unquoted(node.get_name()): plain(node.get_attributes()) for node in graph.get_nodes()}
    for about in nodes.values():
        about["name"] = about.pop("tooltip")
    edges = {}
    for edge in graph.get_edges():
        about = plain(edge.get_attributes())
        assert about.pop("label") == about.get("relation", about.get("change", about["link"]))
        edges[unquoted(str(edge.get_source())), unquoted(str(edge.get_destination())), about.pop("key")] = about
    return nodes, edges


def plain(about: dict[str, Any]) -> dict[str, str]:
    return {name: unquoted(value) for name, value in about.items()}


def unquoted(text: str) -> str:
    assert text[0] == text[-1] == '"'
    return re.sub(r"\\(.)", r"\1", text[1:-1])


READERS: dict[str, Callable[[Path], Rows]] = {
    ".graphml": read_graphml,
    ".gexf": read_gexf,
    ".json": read_node_link,
    ".cyjs": read_cytoscape,
    ".dot": read_dot,
    ".gv": read_dot,
}


@pytest.mark.slow
@pytest.mark.parametrize("suffix", READERS)
def test_read_back(small: MultiDiGraph[str], tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"part{suffix}"
    ib.export_graph(small, file)
    assert READERS[suffix](file) == (as_texts(rows(small)) if GRAPH_FORMATS[suffix] == "dot" else rows(small))


def as_texts(found: Rows) -> Rows:
    return (
        {node: {name: str(value) for name, value in about.items()} for node, about in found[0].items()},
        {edge: {name: str(value) for name, value in about.items()} for edge, about in found[1].items()},
    )


@pytest.fixture
def hard() -> MultiDiGraph[str]:
    """A small graph whose texts are hard to write, and two edges of one pair."""
    graph: MultiDiGraph[str] = MultiDiGraph(data_version=ib.data_version)
    graph.add_node(f"a:{HARD}", name=HARD, withdrawn=True)
    graph.add_node("b:1", name="plain", withdrawn=False)
    graph.add_edge(f"a:{HARD}", "b:1", f"maps_to {HARD}", link="maps_to", relation="equal", rationale=HARD, strength=0)
    graph.add_edge("b:1", f"a:{HARD}", "part_of", link="part_of")
    graph.add_edge("b:1", f"a:{HARD}", "selects", link="selects")
    return graph


@pytest.mark.parametrize("suffix", READERS)
def test_hard_texts_are_read_back(hard: MultiDiGraph[str], tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"hard{suffix}"
    ib.export_graph(hard, file)
    assert READERS[suffix](file) == (as_texts(rows(hard)) if GRAPH_FORMATS[suffix] == "dot" else rows(hard))
    assert file.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("suffix", [".json", ".cyjs"])
def test_json_is_small_and_can_be_read(hard: MultiDiGraph[str], tmp_path: Path, suffix: str) -> None:
    """It is indented by one space, and has letters of any script as they are."""
    ib.export_graph(hard, tmp_path / f"a{suffix}")
    text = (tmp_path / f"a{suffix}").read_text("utf-8")
    assert text.startswith('{\n "')
    assert "é 漢 🔒" in text


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_xml_has_texts_in_its_attributes_only(hard: MultiDiGraph[str], tmp_path: Path, suffix: str) -> None:
    ib.export_graph(hard, tmp_path / f"a{suffix}")
    parts = [*ET.parse(tmp_path / f"a{suffix}").iter()]  # noqa: S314
    assert not [part.tag for part in parts if (part.tail or "").strip()]
    scopes = {part.get("for") for part in parts if part.tag.endswith("}key")}
    assert scopes == ({"graph", "node", "edge"} if suffix == ".graphml" else set())


def test_what_is_no_graph(tmp_path: Path) -> None:
    wrong: Any = "ir8425"
    with pytest.raises(ib.errors.ArgumentTypeError, match=r"graph is of type str; pass what iotbaseline\.graph\(\)"):
        ib.export_graph(wrong, tmp_path / "a.json")


def test_every_format_is_read_back() -> None:
    assert {*READERS, ".mmd"} == set(GRAPH_FORMATS)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".graphml", ".json"])
def test_the_whole_graph_is_read_back(tmp_path: Path, suffix: str) -> None:
    whole = ib.graph()
    ib.export_graph(whole, tmp_path / f"whole{suffix}")
    assert READERS[suffix](tmp_path / f"whole{suffix}") == rows(whole)


def test_mermaid(small: MultiDiGraph[str]) -> None:
    head, *lines = mermaid.mermaid(small).splitlines()
    assert head == "flowchart LR"
    nodes: dict[str, str] = {}
    edges: list[tuple[str, str, str]] = []
    for line in lines:
        node = re.fullmatch(r' +(n\d+)\["([^"<>&`|\\]*)"\]', line)
        edge = re.fullmatch(r' +(n\d+) -->\|"([^"<>&`|\\]*)"\| (n\d+)', line)
        if node:
            nodes[node[1]] = marks(node[2])
        else:
            assert edge, line
            edges.append((nodes[edge[1]], nodes[edge[3]], marks(edge[2])))
    assert list(nodes.values()) == list(small)
    assert edges == [
        (start, end, about.get("relation") or about.get("change") or about["link"])
        for start, end, about in small.edges(data=True)
    ]


def marks(text: str) -> str:
    return re.sub(r"#(\d+);", lambda match: chr(int(match[1])), text)


def test_edges_that_say_nothing_have_no_caption() -> None:
    graph: MultiDiGraph[str] = MultiDiGraph()
    graph.add_edge("a", "b\nc")
    assert mermaid.mermaid(graph) == 'flowchart LR\n    n0["a"]\n    n1["b c"]\n    n0 -->|""| n1\n'


@pytest.mark.parametrize("name", ["graph.xls", "graph", "graph.graphml.gz", ".json"])
def test_unknown_suffix(tmp_path: Path, name: str) -> None:
    with pytest.raises(ib.errors.UnknownNameError, match=r"did you mean \.graphml, \.gexf") as caught:
        ib.export_graph(ib.graph("ir8425"), tmp_path / name)
    assert caught.value.suggestions == tuple(GRAPH_FORMATS)
    assert not list(tmp_path.iterdir())


def test_suffix_in_any_case_and_path_as_text(tmp_path: Path) -> None:
    file = tmp_path / "graph.GraphML"
    file.write_text("old")
    ib.export_graph(ib.graph("ir8425"), str(file))
    assert len(read_graphml(file)[0]) == 1 + len(ib.load("ir8425"))


@pytest.mark.parametrize("suffix", [".graphml", ".json"])
def test_nothing_is_written_of_what_a_format_cannot_hold(tmp_path: Path, suffix: str) -> None:
    graph = ib.graph("ir8425")
    graph.nodes["ir8425"]["note"] = frozenset({1, 2})
    file = tmp_path / f"graph{suffix}"
    with pytest.raises((TypeError, networkx.NetworkXError)):
        ib.export_graph(graph, file)
    assert not file.exists()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        ib.export_graph(ib.graph("ir8425"), tmp_path / "none" / "graph.json")


def test_dot_without_pydot(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pydot", None)
    with pytest.raises(ib.errors.MissingExtraError, match=r"pip install 'iotbaseline\[dot\]'"):
        ib.export_graph(ib.graph("ir8425"), tmp_path / "graph.dot")


def test_export_leaves_the_graph_as_it_is(small: MultiDiGraph[str], tmp_path: Path) -> None:
    before = small.copy()
    for suffix in GRAPH_FORMATS:
        ib.export_graph(small, tmp_path / f"graph{suffix}")
    assert networkx.utils.graphs_equal(small, before)


def test_the_same_graph_gives_the_same_file(small: MultiDiGraph[str], tmp_path: Path) -> None:
    for suffix in GRAPH_FORMATS:
        for number in (1, 2):
            ib.export_graph(small, tmp_path / f"{number}{suffix}")
        assert (tmp_path / f"1{suffix}").read_bytes() == (tmp_path / f"2{suffix}").read_bytes()
        assert b"\r" not in (tmp_path / f"1{suffix}").read_bytes()


def test_identifiers_of_edges_in_xml_are_unique(small: MultiDiGraph[str], tmp_path: Path) -> None:
    for suffix in (".graphml", ".gexf"):
        ib.export_graph(small, tmp_path / f"graph{suffix}")
        found = [edge.get("id") for edge in ET.parse(tmp_path / f"graph{suffix}").iter() if edge.tag.endswith("}edge")]  # noqa: S314
        assert len(set(found)) == len(found) == small.number_of_edges()
        assert None not in found


def test_numbers_in_graphml_stay_what_they_are(tmp_path: Path) -> None:
    graph: MultiDiGraph[str] = MultiDiGraph(data_version=ib.data_version)
    about = {"text": "1", "truth": True, "whole": 2, "real": 0.5, "theirs": numpy.int64(3), "line": "a\tb"}
    graph.add_node("\"a' & <b>", **about)
    ib.export_graph(graph, tmp_path / "graph.graphml")
    assert read_graphml(tmp_path / "graph.graphml") == ({"\"a' & <b>": about}, {})


@pytest.mark.parametrize("character", ["\x1b", "\x0b", "\ud800", "\uffff"])
@pytest.mark.parametrize("suffix", GRAPH_FORMATS)
def test_no_file_has_a_character_that_xml_cannot_have(suffix: str, character: str, tmp_path: Path) -> None:
    graph: MultiDiGraph[str] = MultiDiGraph()
    graph.add_node("a", title=f"a{character}b")
    with pytest.raises(ib.errors.QueryError, match=rf"U\+{ord(character):04X}, which no file"):
        ib.export_graph(graph, tmp_path / f"a{suffix}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_line_separators_of_unicode_stay_what_they_are(suffix: str, tmp_path: Path) -> None:
    graph: MultiDiGraph[str] = MultiDiGraph()
    graph.add_node("a", title="a\u2028b\x85c")
    ib.export_graph(graph, tmp_path / f"a{suffix}")
    read = ET.parse(tmp_path / f"a{suffix}")  # noqa: S314
    assert "a\u2028b\x85c" in [part.text or part.get("value") for part in read.iter()]


def test_gexf_has_no_date_of_today(tmp_path: Path) -> None:
    graph: MultiDiGraph[str] = MultiDiGraph()
    graph.add_node("a", title=' lastmodifieddate="x"')
    ib.export_graph(graph, tmp_path / "a.gexf")
    text = (tmp_path / "a.gexf").read_text("utf-8")
    assert "lastmodifieddate=" in text.partition("<graph")[2]
    assert "lastmodifieddate=" not in text.partition("<graph")[0]
