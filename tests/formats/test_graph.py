"""The graph holds what the library holds, no more and no less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NotRequired, get_origin, get_type_hints

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx import MultiDiGraph

import iotbaseline as ib
from iotbaseline._library.library import DEFAULT

if TYPE_CHECKING:
    from tests.conftest import DataFolder

WHOLE = ib.graph()
KEYS = [info.key for info in ib.publications()]
LINKS = {"part_of", "maps_to", "revises", "selects"}
SAMPLE = ["ir8259a", "ir8425", "cswp24", "csa2015", "fcc-24-26"]
Edges = Counter[tuple[str, str, frozenset[tuple[str, object]]]]


def edges(graph: MultiDiGraph[str], link: str) -> Edges:
    """The edges of one link with all they say, however often each is there; the keys aside."""
    return Counter(
        (start, end, frozenset(about.items())) for start, end, about in graph.edges(data=True) if about["link"] == link
    )


def said(link: str, **about: object) -> frozenset[tuple[str, object]]:
    return frozenset({"link": link, **{name: value for name, value in about.items() if value is not None}}.items())


def having(name: str, value: str) -> list[str]:
    """The nodes of the whole graph with that value of an attribute."""
    return [node for node, about in WHOLE.nodes(data=True) if about[name] == value]


def every_mapping() -> Iterator[ib.Mapping]:
    for pair in ib.crosswalks():
        yield from DEFAULT.mappings(*pair)


def test_nodes_are_the_publications_their_elements_and_what_is_cited() -> None:
    elements = {element.id for publication in DEFAULT.load_all() for element in publication}
    mapped = {end for mapping in every_mapping() for end in (mapping.subject, mapping.object) if end is not None}
    cited = mapped - elements
    assert cited
    assert set(WHOLE) == {*KEYS, *elements, *cited}
    assert len(WHOLE) == len(KEYS) + len(elements) + len(cited)
    assert set(having("kind", "cited")) == cited


def test_nodes_say_what_they_are() -> None:
    for node, about in WHOLE.nodes(data=True):
        assert node.partition(":")[0] == about["publication"]
        if about["kind"] == "publication":
            publication = ib.load(node)
            expected: dict[str, object] = {
                "kind": "publication",
                "name": publication.title or node,
                "publication": node,
                "fidelity": publication.fidelity.value,
                "status": publication.info.status.value,
                "published": publication.info.published,
            }
        elif about["kind"] == "cited":
            assert not ib.load(about["publication"]).elements
            expected = {"kind": "cited", "name": node.partition(":")[2], "publication": about["publication"]}
        else:
            element = ib.get(node)
            assert element.id == node
            expected = {
                "kind": element.kind,
                "name": element.name,
                "publication": element.publication,
                "fidelity": element.fidelity.value,
                "withdrawn": getattr(element, "withdrawn", None),
            }
        assert about == {name: value for name, value in expected.items() if value is not None}


def test_every_element_is_part_of_what_it_stands_in() -> None:
    expected = {
        (element.id, element.parent or publication.key) for publication in DEFAULT.load_all() for element in publication
    }
    expected |= {(node, node.partition(":")[0]) for node in having("kind", "cited")}
    assert edges(WHOLE, "part_of") == Counter((start, end, said("part_of")) for start, end in expected)


def test_every_mapping_with_an_object_is_an_edge() -> None:
    expected = Counter(
        (
            mapping.subject,
            mapping.object,
            said(
                "maps_to",
                relation=mapping.relation.value,
                basis=mapping.basis.value,
                fidelity=mapping.fidelity.value,
                crosswalk=mapping.source,
                strength=mapping.strength,
                rationale=mapping.rationale,
                locator=mapping.locator,
                printed=mapping.printed,
                path=" ".join(mapping.path) or None,
            ),
        )
        for mapping in every_mapping()
        if mapping.object is not None
    )
    assert edges(WHOLE, "maps_to") == expected
    assert max(Counter((mapping.subject, mapping.object, mapping.source) for mapping in every_mapping()).values()) > 1


def test_every_lineage_record_and_supersession_is_an_edge_from_later_to_earlier() -> None:
    records = [record for pair in DEFAULT.lineage_pairs() for record in DEFAULT.lineage(*pair)]
    expected = Counter(
        (
            after,
            before,
            said(
                "revises",
                change=record.change.value,
                basis=record.basis.value,
                fidelity=record.fidelity.value,
                evidence=record.evidence,
            ),
        )
        for record in records
        for before in record.before
        for after in record.after
    )
    expected.update((info.key, old, said("revises")) for info in ib.publications() for old in info.supersedes)
    assert edges(WHOLE, "revises") == expected
    dates = {info.key: info.published or "9" for info in ib.publications()}
    for start, end, about in WHOLE.edges(data=True):
        if about["link"] == "revises":
            later, earlier = dates[start.partition(":")[0]], dates[end.partition(":")[0]]
            assert earlier < later or earlier.startswith(later)


def test_every_selection_is_an_edge() -> None:
    entries = [entry for publication in DEFAULT.load_all() for entry in publication.of_kind(ib.kinds.ProfileEntry)]
    expected = Counter((entry.id, selected, said("selects")) for entry in entries for selected in entry.selects)
    assert expected
    assert edges(WHOLE, "selects") == expected


def test_there_is_nothing_else() -> None:
    assert {about["link"] for _, _, about in WHOLE.edges(data=True)} == LINKS
    assert type(WHOLE) is MultiDiGraph
    assert WHOLE.graph == {"data_version": ib.data_version}


def test_values_are_plain_and_of_the_types_that_are_documented() -> None:
    every: list[tuple[type, dict[str, object]]] = [(ib.NodeAttributes, about) for _, about in WHOLE.nodes(data=True)]
    every += [(ib.EdgeAttributes, about) for _, _, about in WHOLE.edges(data=True)]
    hints: dict[type, dict[str, object]]
    hints = {kind: get_type_hints(kind, include_extras=True) for kind in (ib.NodeAttributes, ib.EdgeAttributes)}
    for kind, about in every:
        assert {name for name, hint in hints[kind].items() if get_origin(hint) is not NotRequired} <= about.keys()
    plain: dict[type, dict[str, object]] = {kind: get_type_hints(kind) | {"link": str} for kind in hints}
    for kind, about in every:
        for name, value in about.items():
            assert type(value) is plain[kind][name]


def test_every_attribute_that_is_documented_occurs() -> None:
    graphs = (WHOLE, ib.graph("profile:industrial"))
    for kind, found in (
        (ib.NodeAttributes, {name for graph in graphs for _, about in graph.nodes(data=True) for name in about}),
        (ib.EdgeAttributes, {name for graph in graphs for _, _, about in graph.edges(data=True) for name in about}),
    ):
        assert found == set(get_type_hints(kind))
        assert all(name in str(kind.__doc__) for name in found)


def test_keys_say_link_and_mapping_set_and_number_what_is_there_twice() -> None:
    for start, end, key, about in WHOLE.edges(keys=True, data=True):
        plain = " ".join([about["link"], *([about["crosswalk"]] if "crosswalk" in about else [])])
        stem, _, number = key.rpartition(" ")
        assert key == plain or (stem == plain and int(number) > 1)
        if key != plain:
            assert {plain, *(f"{plain} {other}" for other in range(2, int(number)))} <= set(WHOLE[start][end])


@pytest.mark.slow
@given(st.lists(st.sampled_from(KEYS), min_size=1, max_size=6))
def test_a_graph_of_some_is_that_part_of_the_whole(names: list[str]) -> None:
    part = ib.graph(*names)
    inside = [node for node, about in WHOLE.nodes(data=True) if about["publication"] in names]
    assert networkx.utils.graphs_equal(part, WHOLE.subgraph(inside))
    assert list(part) == inside
    assert list(ib.graph(*reversed(names)).edges(keys=True)) == list(part.edges(keys=True))


@pytest.mark.parametrize("key", ["federal", "industrial", "ot-overlay"])
def test_profiles_by_name(key: str) -> None:
    profile, name = ib.profile(key), f"profile:{key}"
    made = ib.graph(name)
    publications = {each.publication for each in profile.resolve().elements} - {key}
    additions = {each.id for each in profile.resolve().added}
    assert set(made) == {name, *additions, *ib.graph(*publications)}
    about = {"kind": "profile", "name": profile.title, "publication": name}
    assert made.nodes[name] == {**about, "fidelity": profile.fidelity, "basis": profile.basis}
    selected = {end: about for _, end, about in made.out_edges(name, data=True)}
    assert selected.keys() == {each.id for each in profile.resolve()}
    for each in profile.resolve():
        assert selected[each.id].get("levels", "") == " ".join(each.levels)
        assert selected[each.id]["link"] == "selects"
    for addition in additions:
        assert made.nodes[addition]["kind"] == "addition"
        assert made.nodes[addition]["publication"] == name


def test_a_profile_beside_publications() -> None:
    made = ib.graph("profile:federal", "IR 8425")
    assert {"profile:federal", "ir8425", "sp800-213a"} <= set(made)
    assert "profile:federal" not in WHOLE
    with pytest.raises(ib.errors.UnknownIdentifierError, match="did you mean federal"):
        ib.graph("profile:fedral")


def test_names_in_any_spelling() -> None:
    expected = ib.graph("ir8259a", "ir8425")
    assert networkx.utils.graphs_equal(
        ib.graph("https://doi.org/10.6028/NIST.IR.8425", "NISTIR 8259A", "IR 8425"), expected
    )


@pytest.mark.parametrize(
    ("name", "problem"), [("ir8426", "ir8425"), ("ir8425:data-protection", "ir8425"), ("..", ""), ("manifest", "")]
)
def test_unknown_name(name: str, problem: str) -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError, match=f"unknown publication.*{problem}"):
        ib.graph("ir8259a", name)


@pytest.mark.parametrize("name", ["", " ", "ir\u200b8425", "x" * 201])
def test_no_name_at_all(name: str) -> None:
    with pytest.raises(ib.errors.IdentifierSyntaxError):
        ib.graph(name)


@pytest.mark.parametrize("other", [None, 8425, b"ir8425", [8425], SimpleNamespace(elements=(), notice=None)])
def test_what_is_no_publication(other: Any) -> None:
    with pytest.raises(ib.errors.ArgumentTypeError, match="selection is of type"):
        ib.graph(other)


def test_an_element_is_no_publication() -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError, match=r"unknown publication or .*; did you mean ir8425"):
        ib.graph(ib.get("ir8425:documentation"))  # type: ignore[arg-type]


def test_publications_and_profiles_themselves(tmp_path: Path) -> None:
    expected = ib.graph("profile:federal", "ir8425")
    profile, publication = ib.profile("federal"), ib.load("ir8425")
    for same in (("federal", publication), (["ir8425", profile],), ("federal", "IR 8425", profile)):
        assert networkx.utils.graphs_equal(ib.graph(*same), expected)
    assert len(ib.graph([])) == 0
    high = ib.profile("industrial").resolve("high")
    made = ib.graph(high)
    assert {end for _, end in made.out_edges("profile:industrial")} == {item.id for item in high}
    (tmp_path / "mine.json").write_text(
        '{"profile": "mine", "title": "Mine", "version": "1", "summary": "Mine.", '
        '"add": [{"id": "a", "title": "A", "summary": "A.", "rationale": "Because."}]}'
    )
    assert set(ib.graph(ib.read_profile(tmp_path / "mine.json"))) == {"profile:mine", "mine:a"}


def test_each_graph_is_its_own() -> None:
    first, second = ib.graph(*SAMPLE), ib.graph(*SAMPLE)
    rows = ib.load("ir8425").to_records()
    for _, about in first.nodes(data=True):
        about["name"] = "changed"
    for *_, about in first.edges(data=True):
        about["link"] = "changed"
    first.remove_node("ir8425")
    assert networkx.utils.graphs_equal(second, ib.graph(*SAMPLE))
    assert not networkx.utils.graphs_equal(first, second)
    assert ib.load("ir8425").to_records() == rows


def test_algorithms_of_networkx() -> None:
    def is_part(_start: str, _end: str, key: object) -> bool:
        return key == "part_of"

    tree = networkx.subgraph_view(WHOLE, filter_edge=is_part)
    assert networkx.is_forest(tree)
    assert networkx.number_weakly_connected_components(tree) == len(KEYS)
    for name in SAMPLE:
        assert networkx.ancestors(tree, name) == set(having("publication", name)) - {name}
    capability = ib.get("ir8425:data-protection")
    below = {element.id for element in ib.load("ir8425").descendants(capability)}
    assert networkx.ancestors(tree, capability.id) == below
    mapping = ib.crosswalk("ir8425", "ir8259a").mappings[0]
    assert networkx.shortest_path(WHOLE, mapping.subject, mapping.object) == [mapping.subject, mapping.object]
    assert len(networkx.shortest_path(WHOLE, "ir8425:data-protection.1", "ir8259a")) == 3


def test_a_mapping_from_or_to_nothing_is_an_error(folder: DataFolder) -> None:
    def astray(cells: list[str]) -> None:
        cells[2] = "ir8259a:nothing"

    folder.edit_row("crosswalks/ir8425--ir8259a.sssom.tsv", 1, astray)
    assert "ir8425" in ib.graph("ir8425", library=folder.library)
    with pytest.raises(ib.errors.DataError, match="there is no element ir8259a:nothing") as caught:
        ib.graph("ir8425", "ir8259a", library=folder.library)
    assert caught.value.file == "crosswalks/ir8425--ir8259a.sssom.tsv"


@pytest.mark.parametrize("selected", ["sp800-213a:nothing", "sp800-213a:"])
def test_a_selection_of_nothing_is_an_error(folder: DataFolder, selected: str) -> None:
    [holder] = {publication.key for publication in DEFAULT.load_all() if publication.of_kind(ib.kinds.ProfileEntry)}
    entry = ib.load(holder).of_kind(ib.kinds.ProfileEntry)[0]
    file = f"publications/{holder}.json"

    def select(document: dict[str, list[dict[str, object]]]) -> None:
        [record] = [record for record in document["elements"] if record["id"] == entry.id]
        record["selects"] = [selected, "unknown:1"]

    folder.edit(file, select)
    with pytest.raises(ib.errors.DataError, match=f"there is no element '{selected}'") as caught:
        ib.graph(holder, library=folder.library)
    assert (caught.value.file, caught.value.place) == (file, entry.id)


def test_what_is_selected_elsewhere_is_left_out_of_a_part(folder: DataFolder) -> None:
    def select(document: dict[str, list[dict[str, object]]]) -> None:
        for record in document["elements"]:
            if record["kind"] == "profile-entry":
                record["selects"] = ["sp800-53r5:ac-2"]

    folder.edit("publications/sp800-213a.json", select)
    alone, both = (ib.graph(*names, library=folder.library) for names in (["sp800-213a"], ["sp800-213a", "sp800-53r5"]))
    assert not edges(alone, "selects")
    assert {end for _, end, _ in edges(both, "selects")} == {"sp800-53r5:ac-2"}


def test_another_library(folder: DataFolder) -> None:
    assert networkx.utils.graphs_equal(ib.graph(*SAMPLE, library=folder.library), ib.graph(*SAMPLE))


def test_a_date_that_is_not_known_is_left_out(folder: DataFolder) -> None:
    def forget(document: dict[str, list[dict[str, object]]]) -> None:
        for entry in document["publications"]:
            entry["published"] = None

    folder.edit("publications.json", forget)
    assert "published" not in ib.graph("ir8425", library=folder.library).nodes["ir8425"]


def test_subjects_of_a_publication_without_elements_are_cited(folder: DataFolder) -> None:
    def turn(document: dict[str, list[dict[str, str]]]) -> None:
        for entry in document["crosswalks"]:
            if (entry["subject"], entry["object"]) == ("ir8259a", "csa2015"):
                entry["subject"], entry["object"] = "csa2015", "ir8259a"

    file = "crosswalks/ir8259a--csa2015.sssom.tsv"
    expected = ib.graph("ir8259a", "csa2015")
    for number in range(1, 1 + len(DEFAULT.mappings("ir8259a", "csa2015"))):
        folder.edit_row(file, number, lambda cells: cells.__setitem__(slice(0, 3, 2), cells[2::-2]))
    folder.edit("manifest.json", turn)
    turned = ib.graph("ir8259a", "csa2015", library=folder.library)
    assert list(turned.nodes(data=True)) == list(expected.nodes(data=True))
    ends = {(end, start) for start, end, _ in edges(expected, "maps_to")}
    assert {(start, end) for start, end, _ in edges(turned, "maps_to")} == ends
