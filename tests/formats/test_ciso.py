"""Libraries of CISO Assistant, out and in. The rules of its loader are checked as a gate."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._model.element import Element
from iotbaseline._model.identifiers import fold_local
from iotbaseline._model.kinds import Clause, Control, Requirement
from iotbaseline._model.wording import Wording
from iotbaseline.errors import DataError, DataErrors, LossError, MissingExtraError, QueryError
from iotbaseline.formats.ciso_reading import read_ciso_library
from iotbaseline.formats.losses import LossKind
from iotbaseline.formats.user_files import user_framework

FRAMEWORK = """
urn: urn:acme:risk:library:a
version: 1
objects:
  framework:
    ref_id: a
    name: Policy
    requirement_nodes:
    - {urn: "urn:acme:risk:req_node:a:1", ref_id: 1, name: Access, assessable: false}
    - urn: "urn:acme:risk:req_node:a:1:1"
      parent_urn: "URN:acme:risk:req_node:a:1"
      description: "Lock\\n it."
      assessable: true
    - {urn: "urn:acme:risk:req_node:a:1.1", parent_urn: "urn:acme:risk:req_node:a:1", ref_id: 1.1, assessable: true}
    - {urn: "urn:acme:risk:req_node:a:Clé", annotation: "element: b:c\\nkind: capability", assessable: true}
    - {urn: "urn:acme:risk:req_node:a:note", annotation: "element: b:d\\nkind: remark", assessable: true}
"""


def library(tmp_path: Path, *things: Any, **options: Any) -> tuple[Any, ib.ExportReport]:
    report = ib.export(things, "ciso", tmp_path / "a.yaml", **options)
    return yaml.safe_load((tmp_path / "a.yaml").read_text("utf-8")), report


def read(tmp_path: Path, text: str, **options: Any) -> ib.Publication:
    (tmp_path / "in.yaml").write_text(text, "utf-8")
    return ib.read_framework(tmp_path / "in.yaml", key="acme", **options)


def test_a_publication_is_a_framework_of_what_can_be_assessed(tmp_path: Path) -> None:
    made, report = library(tmp_path, "ir8425", strict=True)
    assert (made["urn"], made["version"]) == ("urn:iotbaseline:risk:library:ir8425", 20261100)
    assert ("publication_date" in made, len(report)) == (False, 0)
    nodes = made["objects"]["framework"]["requirement_nodes"]
    assert [node["ref_id"] for node in nodes] == [element.local for _, element in ib.load("ir8425").walk()]
    [top] = (node for node in nodes if node["ref_id"] == "asset-identification")
    [below] = (node for node in nodes if node["ref_id"] == "asset-identification.1")
    assert (top["depth"], below["depth"], below["parent_urn"]) == (1, 2, top["urn"])
    assert (top["assessable"], below["assessable"]) == (False, True)
    assert "kind: criterion" in below["annotation"].split("\n")


def test_what_is_withdrawn_is_not_assessed(tmp_path: Path) -> None:
    made, _ = library(tmp_path, "csf2.0")
    nodes = {node["ref_id"]: node for node in made["objects"]["framework"]["requirement_nodes"]}
    withdrawn = [element.local for element in ib.load("csf2.0") if not element.is_in_force]
    assert withdrawn
    assert not any(nodes[local]["assessable"] for local in withdrawn)
    assert nodes["GV.OC-01"]["assessable"]


def test_profiles_are_implementation_groups(tmp_path: Path) -> None:
    made, report = library(tmp_path, "sp800-213a", "profile:federal", "profile:federal-low", version=3)
    assert made["version"] == 3
    framework = made["objects"]["framework"]
    assert [group["ref_id"] for group in framework["implementation_groups_definition"]] == ["federal", "federal-low"]
    for key in ("federal", "federal-low"):
        members = [n["ref_id"] for n in framework["requirement_nodes"] if key in n.get("implementation_groups", ())]
        assert sorted(members) == sorted(item.element.local for item in ib.profile(key).resolve())
    assert [loss.what for loss in report] == ["reasons of imports, for which there is no place"]
    with pytest.raises(LossError):
        library(tmp_path, "profile:federal", strict=True)


def test_a_profile_of_several_publications_has_a_framework_for_each(tmp_path: Path) -> None:
    made, _ = library(tmp_path, "profile:industrial")
    frameworks = {each["ref_id"]: each for each in made["objects"]["frameworks"]}
    assert set(frameworks) == {"ir8259a", "ir8259b", "sp800-213a", "industrial"}
    groups = [each["ref_id"] for each in frameworks["ir8259a"]["implementation_groups_definition"]]
    assert groups == ["industrial-low", "industrial-moderate", "industrial-high"]
    changed = [node for node in frameworks["ir8259a"]["requirement_nodes"] if "\nindustrial: " in node["annotation"]]
    wanted = {item.element.local for item in ib.profile("industrial").resolve("high") if item.modifications}
    assert {node["ref_id"] for node in changed} == {
        local for local in wanted if ib.load("ir8259a").get(local) is not None
    }
    back = read_ciso_library(tmp_path / "a.yaml", key="back", framework="ir8259b")
    assert len(back.elements) == len(ib.load("ir8259b").elements)
    with pytest.raises(DataError, match="there are 4 frameworks in it; pass framework=, one of ir8259a"):
        read_ciso_library(tmp_path / "a.yaml", key="back")
    with pytest.raises(DataError, match="there are 0 such frameworks"):
        read_ciso_library(tmp_path / "a.yaml", key="back", framework="ir8425")


def test_mappings_are_written_in_both_directions(tmp_path: Path) -> None:
    made, report = library(tmp_path, ib.crosswalk("sp800-213a", "sp800-53r5"), as_intersect=True)
    one, other = made["objects"]["requirement_mapping_sets"]
    assert (one["ref_id"], other["ref_id"]) == ("sp800-213a-to-sp800-53r5", "sp800-53r5-to-sp800-213a")
    assert other["source_framework_urn"] == "urn:intuitem:risk:framework:nist-sp-800-53-rev5"
    assert made["dependencies"] == [
        "urn:iotbaseline:risk:library:sp800-213a",
        "urn:intuitem:risk:library:nist-sp-800-53-rev5",
    ]
    first = one["requirement_mappings"][0]
    assert first["target_requirement_urn"] == "urn:intuitem:risk:req_node:nist-sp-800-53-rev5:ia-3"
    assert (first["relationship"], first["annotation"].split("\n")[0]) == ("intersect", "relation: supports")
    enhancements = {each["target_requirement_urn"].rpartition(":")[2] for each in one["requirement_mappings"]}
    assert "cm-8(8)" in enhancements
    lost = {loss.what: loss.count for loss in report}
    written = len(one["requirement_mappings"])
    weakened = [count for what, count in lost.items() if what.endswith("with the true word in the annotation")]
    assert (sum(weakened), written) == (len(other["requirement_mappings"]), sum(weakened))
    left_out = ("mappings to or from what CISO Assistant does not hold", "further mappings between the same two")
    assert written + sum(lost[what] for what in left_out) == len(ib.crosswalk("sp800-213a", "sp800-53r5").mappings)
    both = [ib.crosswalk("sp800-213a", "sp800-53r5"), ib.crosswalk("sp800-53r5", "sp800-213a")]
    assert len(library(tmp_path, *both, as_intersect=True)[0]["objects"]["requirement_mapping_sets"]) == 2


def test_a_relation_without_a_word_there_is_left_out_unless_asked_for(tmp_path: Path) -> None:
    made, report = library(tmp_path, ib.crosswalk("ir8425", "sp800-213a"))
    one, _ = made["objects"]["requirement_mapping_sets"]
    words = {each["relationship"] for each in one["requirement_mappings"]}
    assert words <= {"equal", "subset", "superset", "intersect", "not_related"}
    assert any("for which there is no word" in loss.what for loss in report)
    with pytest.raises(QueryError, match="pass as_intersect=True"):
        library(tmp_path, ib.crosswalk("sp800-213a", "csf2.0"))


def test_what_is_newer_or_older_than_their_collection_is_left_out(tmp_path: Path) -> None:
    of = ib.load("ir8259a").roots[0].id
    targets = ("sp800-53r5:sa-24", "csf2.0:ID.BE", "csf2.0:GV.OC-01")
    mine = [
        ib.Mapping(
            subject=of,
            relation=ib.Relation.EQUAL,
            object=target,
            basis=ib.Basis.USER,
            fidelity=ib.Fidelity.FULL,
            justification="semapv:ManualMappingCuration",
            strength=7,
            rationale="Both say so.",
            source="mine",
        )
        for target in targets
    ]
    crosswalks = [
        ib.Crosswalk(
            subject=ib.load("ir8259a"),
            object=ib.load(key),
            mappings=tuple(m for m in mine if str(m.object).startswith(key)),
        )
        for key in ("sp800-53r5", "csf2.0")
    ]
    made, report = library(tmp_path, *crosswalks)
    one, _ = made["objects"]["requirement_mapping_sets"]
    [mapping] = one["requirement_mappings"]
    assert mapping["target_requirement_urn"] == "urn:intuitem:risk:req_node:nist-csf-2.0:gv.oc-01"
    assert (mapping["strength_of_relationship"], mapping["annotation"].split("\n")[-1]) == (
        7,
        "rationale: Both say so.",
    )
    assert report.counts()[LossKind.LEFT_OUT] == 2


def test_a_full_date_is_a_date(tmp_path: Path) -> None:
    made, _ = library(tmp_path, "cra")
    assert made["publication_date"] == date(2024, 11, 20)


def test_the_same_things_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        ib.export("cra", "ciso", tmp_path / name)
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()


@pytest.mark.parametrize(
    ("things", "options", "says"),
    [
        (("ir8425", ib.crosswalk("ir8425", "ir8259a")), {}, "frameworks and mappings in one library"),
        (("ir8425",), {"version": 0}, "the version is 0; pass a whole number from 1 on"),
        (("ir8228",), {}, "ir8228 holds no elements"),
    ],
)
def test_what_no_library_can_be_is_refused(tmp_path: Path, things: Any, options: Any, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        library(tmp_path, *things, **options)


def test_names_that_do_not_fit_are_counted(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(f"id,title\nA 1,{'long' * 60}\nB/2,Short\n", "utf-8")
    own = ib.read_framework(tmp_path / "own.csv", key="own")
    made, report = library(tmp_path, own)
    first, second = made["objects"]["framework"]["requirement_nodes"]
    assert (first["urn"], len(first["name"])) == ("urn:iotbaseline:risk:req_node:own:a-1", 200)
    assert second["ref_id"] == "B/2"
    assert report.counts() == {"weakened": 1, "renamed": 2, "left-out": 0}


def test_two_names_that_become_one_are_refused(tmp_path: Path) -> None:
    elements = tuple(Element(id=f"own:{local}") for local in ("A+", "A/"))
    with pytest.raises(QueryError, match="would both be urn:iotbaseline:risk:req_node:own:a-"):
        library(tmp_path, evolve(ib.load("ir8425"), elements=elements))


def test_without_yaml_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in.yaml").write_text(FRAMEWORK, "utf-8")
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(MissingExtraError, match=r"iotbaseline\[ciso\]"):
        ib.export("cra", "ciso", tmp_path / "a.yaml")
    with pytest.raises(MissingExtraError, match=r"iotbaseline\[ciso\]"):
        read_ciso_library(tmp_path / "in.yaml", key="acme")


def test_a_framework_of_others_is_read_with_its_tree(tmp_path: Path) -> None:
    made = read(tmp_path, FRAMEWORK)
    assert made.title == "Policy"
    assert [(each.local, each.kind, each.parent) for each in made] == [
        ("1", "family", None),
        ("1.1", "control", "acme:1"),
        ("1.1.2", "control", "acme:1"),
        ("Cle", "control", None),
        ("note", "remark", None),
    ]
    assert (made["1"].title, made["1"].label, made["1.1"].summary) == ("Access", "1", "Lock it.")
    assert read(tmp_path, FRAMEWORK, title="Ours").title == "Ours"


@pytest.mark.parametrize("key", ["ir8425", "sp800-213a", "csf2.0"])
def test_what_we_write_we_read(tmp_path: Path, key: str) -> None:
    ib.export(key, "ciso", tmp_path / "a.yaml")
    back = read_ciso_library(tmp_path / "a.yaml", key="back")
    wanted = [element for _, element in ib.load(key).walk()]
    assert [each.local for each in back] == [each.local for each in wanted]
    assert [each.summary for each in back] == [each.summary and " ".join(each.summary.split()) for each in wanted]
    assert [each.title for each in back] == [each.title or each.label for each in wanted]
    assert [each.parent and each.parent.partition(":")[2] for each in back] == [
        above and above.local for above in map(ib.load(key).parent, wanted)
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("req_node:a:note", "req_node:a:1", "its urn is taken; give each requirement a URN of its own"),
        ("req_node:a:note", "req_node:a:---", "its urn names no requirement"),
        ("req_node:a:note", f"req_node:a:{'n' * 300}", "too long for an identifier"),
        ("URN:acme:risk:req_node:a:1", "urn:none", "there is no parent 'urn:none'"),
        ("ref_id: 1, name", 'parent_urn: "urn:acme:risk:req_node:a:1:1", name', "its parents lead in a circle"),
        ('urn: "urn:acme:risk:req_node:a:note"', "name: none", "requirement 5: .*names no requirement"),
    ],
)
def test_a_bad_requirement_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in FRAMEWORK
    with pytest.raises(DataErrors, match=says):
        read(tmp_path, FRAMEWORK.replace(old, new, 1))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [", "it is not plain YAML"),
        ("a: 2026-99-99", "it is not plain YAML"),
        ("[" * 5000, "it is not plain YAML"),
        ("- 1", "there is no framework in it"),
        ("objects: {threats: []}", "there is no framework in it"),
        ("!!python/object/apply:os.system [ls]", "it is not plain YAML"),
        ("a: !!float", "it is not plain YAML"),
        ("a: !!bool b", "it is not plain YAML"),
        ("a: !!timestamp b", "it is not plain YAML"),
        ("objects: {framework: {name: 0x" + "f" * 5_000 + "}}", "it has a number out of bounds"),
        ("a: &a {b: 1}\nc: {<<: [*a, *a]}", "it merges mappings"),
    ],
)
def test_what_is_no_library_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DataError, match=says):
        read(tmp_path, text)


def test_an_annotation_is_a_text_or_nothing(tmp_path: Path) -> None:
    """Lists of nine lists of nine lists would be gigabytes of text."""
    lists = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    text = FRAMEWORK.replace(
        "requirement_nodes:", "requirement_nodes:\n    - {urn: 'a:b:c:d:e:z', annotation: *a11}", 1
    )
    assert "z" in [each.local for each in read(tmp_path, f"a0: &a0 x\n{lists}{text}")]


def test_many_that_read_alike_are_numbered_in_linear_time(tmp_path: Path) -> None:
    nodes = "".join(f"    - {{urn: 'a:b:c:d:e:x{'-' * (n % 150)}.{'.' * (n // 150)}'}}\n" for n in range(5_000))
    started = process_time()
    found = read(tmp_path, f"objects:\n  framework:\n    ref_id: a\n    requirement_nodes:\n{nodes}")
    assert process_time() - started < 5
    assert [each.local for each in found][:3] == ["x.", "x-..2", "x--..3"]


@pytest.mark.skipif("CISO_ASSISTANT" not in os.environ, reason="CISO_ASSISTANT names no folder of libraries")
def test_frameworks_of_the_collection_are_read_and_answer_coverage() -> None:
    folder = Path(os.environ["CISO_ASSISTANT"])
    mine = read_ciso_library(folder / "nist-csf-2.0.yaml", key="theirs")
    ours = [element for element in ib.load("csf2.0") if element.is_in_force]
    assert {each.label for each in mine} == {each.label for each in ours}
    mappings = tuple(
        ib.Mapping(
            subject=f"theirs:{each.local}",
            relation=ib.Relation.EQUAL,
            object=each.id,
            basis=ib.Basis.USER,
            fidelity=ib.Fidelity.FULL,
            justification="semapv:ManualMappingCuration",
            source="theirs",
        )
        for each in ours
    )
    held = ib.extended(mine)
    extended = held.extended(ib.Crosswalk(subject=mine, object=ib.load("csf2.0"), mappings=mappings))
    covered = ib.coverage("csf2.0", "theirs", library=extended)
    assert covered.counts()


def test_an_attached_wording_is_the_description_and_says_from_which_file(tmp_path: Path) -> None:
    element = evolve(ib.get("ir8425:asset-identification.1"), parent=None, summary=None)
    wording = Wording(text="Said so.", source="copy.pdf", sha256="ab" * 32, page=3)
    made, _ = library(tmp_path, evolve(ib.load("ir8425"), elements=(evolve(element, wording=wording),)))
    [node] = made["objects"]["framework"]["requirement_nodes"]
    assert node["description"] == "Said so."
    mark = f"text: official wording, from copy.pdf, page 3 of the file (SHA-256 {'ab' * 32})"
    assert node["annotation"].split("\n")[:2] == [mark, f"element: {element.id}"]


LOCALS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.()_-]{0,8}", fullmatch=True)
SEEN = st.characters(
    exclude_categories=["Cc", "Cs"], exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
TEXTS = st.none() | st.text(SEEN, min_size=1, max_size=20).filter(lambda text: text == " ".join(text.split()))
ROWS = st.lists(
    st.tuples(LOCALS, st.sampled_from([Clause, Control, Requirement]), TEXTS, TEXTS, st.integers(0, 5)),
    min_size=1,
    max_size=6,
    unique_by=lambda row: fold_local(row[0]),
)


@given(ROWS)
def test_a_framework_of_ones_own_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[Any]) -> None:
    """Any titles and texts, below each other; what has no title has its identifier as its name there."""
    ids = [f"k:{row[0]}" for row in rows]
    elements = tuple(
        cls(
            id=ids[number],
            label=local,
            title=title,
            summary=summary,
            parent=ids[place] if place < number else None,
        )
        for number, (local, cls, title, summary, place) in enumerate(rows)
    )
    publication = user_framework("k", "K", lambda: elements)
    path = tmp_path_factory.mktemp("k") / "k.yaml"
    ib.export(publication, "ciso", path, strict=True)
    expected = [evolve(each, title=each.title or each.label) for _, each in publication.walk()]
    assert list(ib.read_framework(path, key="k")) == expected


@given(st.text(st.sampled_from("aB.1 /+"), min_size=1, max_size=6).filter(fold_local))
def test_an_identifier_that_a_urn_cannot_have_is_renamed_and_counted(
    tmp_path_factory: pytest.TempPathFactory, local: str
) -> None:
    publication = user_framework("k", "K", lambda: (Clause(id=f"k:{local}", label=local, title="T"),))
    path = tmp_path_factory.mktemp("k") / "k.yaml"
    report = ib.export(publication, "ciso", path)
    [back] = ib.read_framework(path, key="k")
    assert (back.local == local) == (not report.losses)
    assert back.label == " ".join(local.split())
