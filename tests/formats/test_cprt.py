"""CPRT: what goes out comes back up to what was reported, and NIST's own files are read as NIST means them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._model.element import Element
from iotbaseline._model.identifiers import fold_local
from iotbaseline._model.kinds import Category, Clause, Control, Example, Family, Function, Requirement, Subcategory
from iotbaseline.formats.cprt_reading import read_cprt
from iotbaseline.formats.framework import KINDS_ALLOWED
from iotbaseline.formats.user_files import user_framework

PLACED = ("id", "title", "summary", "parent", "withdrawn", "moved_to", "incorporated_into")


def as_written(element: Element) -> Element:
    """The element with no more than a file of CPRT says of it."""
    cls = type(element) if element.kind in KINDS_ALLOWED else Clause
    kept = {name: getattr(element, name) for name in PLACED if hasattr(element, name) and name in fields_of(cls)}
    return cls(**kept, label=element.local)


def fields_of(cls: type[Element]) -> set[str]:
    return {each.name for each in fields(cls)}


@pytest.mark.parametrize("key", [info.key for info in ib.publications() if ib.load(info.key).elements])
def test_every_publication_comes_back_up_to_what_was_reported(key: str, tmp_path: Path) -> None:
    publication = ib.load(key)
    ib.export(publication, "cprt", tmp_path / "a.json")
    back = ib.read_framework(tmp_path / "a.json", key=key)
    expected = [as_written(each) for _, each in publication.walk()]
    lost = {each.id for each in publication if each.parent and not publication.has(each.parent)}
    assert list(back) == [evolve(each, parent=None) if each.id in lost else each for each in expected]
    assert back.title == (publication.title or key)


def test_what_is_lost_is_counted(tmp_path: Path) -> None:
    report = ib.export("ir8425", "cprt", tmp_path / "a.json")
    lost = {loss.what: loss.count for loss in report}
    labelled = [each for each in ib.load("ir8425") if each.label != each.local]
    assert lost["labels other than the identifier"] == len(labelled)
    assert lost["sha256 of elements, for which there is no place"] == sum(bool(e.sha256) for e in ib.load("ir8425"))


def test_what_is_not_held_is_counted(tmp_path: Path) -> None:
    elements = (
        Clause(id="k:a", label="a", parent="other:b"),
        Control(id="k:b", label="b", withdrawn=True, moved_to=("other:c",)),
    )
    report = ib.export(user_framework("k", "K", lambda: elements), "cprt", tmp_path / "a.json")
    lost = ["1 left-out: parents that are not held", "1 left-out: where something went that is not held"]
    assert [str(loss) for loss in report] == lost


def test_a_file_says_whose_texts_it_holds(tmp_path: Path) -> None:
    ib.export("csf2.0", "cprt", tmp_path / "a.json")
    [document] = json.loads((tmp_path / "a.json").read_text("utf-8"))["documents"]
    assert document["version"].startswith("2024-02-26 (summaries by the iotbaseline project")
    assert document["website"] == "https://doi.org/10.6028/NIST.CSWP.29"


LOCALS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 .()/+_-]{0,8}", fullmatch=True).filter(
    lambda text: text == " ".join(text.split())
)
TEXTS = st.none() | st.from_regex(r"[a-zé]{1,9}( [a-zé]{1,9})?", fullmatch=True)
KINDS = st.sampled_from([Clause, Control, Subcategory, Requirement])
ROWS = st.lists(
    st.tuples(LOCALS, KINDS, TEXTS, TEXTS, st.integers(0, 5), st.booleans()),
    min_size=1,
    max_size=6,
    unique_by=lambda row: fold_local(row[0]),
)


@given(ROWS)
def test_a_framework_of_ones_own_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[Any]) -> None:
    """Any identifiers, titles and texts, below each other, withdrawn to each other."""
    ids = [f"k:{row[0]}" for row in rows]
    made = []
    for number, (local, cls, title, summary, place, gone) in enumerate(rows):
        more = {"withdrawn": True, "moved_to": (ids[-1],)} if gone and cls in (Control, Subcategory) else {}
        parent = ids[place] if place < number else None
        made.append(cls(id=ids[number], label=local, title=title, summary=summary, parent=parent, **more))
    publication = user_framework("k", "K", lambda: tuple(made))
    path = tmp_path_factory.mktemp("k") / "k.json"
    ib.export(publication, "cprt", path, strict=True)
    assert list(read_cprt(path, key="k")) == [each for _, each in publication.walk()]


def test_the_same_publication_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        ib.export("sp800-53r5", "cprt", tmp_path / name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def element(kind: str, name: Any, title: str = "", text: str = "", document: str = "D_1") -> dict[str, Any]:
    fields = ("element_type", "element_identifier", "title", "text", "doc_identifier")
    return dict(zip(fields, (kind, name, title, text, document), strict=True))


def link(source: str, target: str, how: str = "projection", to: str = "D_1") -> dict[str, str]:
    ends = {"source_element_identifier": source, "dest_element_identifier": target}
    return {**ends, "source_doc_identifier": "D_1", "dest_doc_identifier": to, "relationship_identifier": how}


def write(path: Path, elements: Any, links: Any = (), documents: Any = ("D_1",)) -> Path:
    """A file as the tool serves it for download."""
    named = [{"doc_identifier": each, "name": f"Document {each}"} for each in documents]
    lists = {"documents": named, "relationship_types": [], "elements": elements, "relationships": links}
    path.write_text(json.dumps({"response": {"requestType": 4, "elements": lists}}), "utf-8")
    return path


THEIRS = (
    element("control", "AC-02", "ACCOUNT  MANAGEMENT ", " Text.\n"),
    element("control_enhancement", "AC-02(02)"),
    element("control_enhancement", "AC-02(01)"),
    element("family", "AC", "ACCESS CONTROL"),
    element("sort", "S-AC-02(02)", "00001"),
    element("sort", "S-AC-02(01)", "00002"),
    element("withdraw_reason", "WR", "", "Incorporated into AC-02"),
    element("requirement", "R-1"),
    element("withdraw_reason", "WR-R", "", "Addressed by AC-02"),
    element("practice_area", "P-1"),
    element("implementation_example", "X-1", "Ex1", "Do."),
)
LINKS = (
    link("AC", "AC-02"),
    link("AC-02", "AC-02(01)"),
    link("AC-02", "AC-02(02)"),
    link("AC-02(01)", "S-AC-02(01)"),
    link("AC-02(02)", "S-AC-02(02)"),
    link("AC-02(01)", "WR"),
    link("WR", "AC-02", "incorporated_into"),
    link("WR", "nothing", "incorporated_into"),
    link("R-1", "WR-R"),
    link("WR-R", "AC-02", "addressed_by"),
    link("AC", "AC-02(01)", to="OTHER"),
    link("AC-02", "X-1"),
    link("P-1", "AC-02"),
)


def test_a_file_of_nist_is_read_as_nist_means_it(tmp_path: Path) -> None:
    found = ib.read_framework(write(tmp_path / "a.json", THEIRS, LINKS), key="theirs")
    assert found.title == "Document D_1"
    assert list(found) == [
        Family(id="theirs:AC", title="ACCESS CONTROL", label="AC"),
        Control(id="theirs:AC-02", title="ACCOUNT MANAGEMENT", label="AC-02", summary="Text.", parent="theirs:AC"),
        Control(id="theirs:AC-02(02)", label="AC-02(02)", parent="theirs:AC-02"),
        Control(
            id="theirs:AC-02(01)",
            label="AC-02(01)",
            parent="theirs:AC-02",
            withdrawn=True,
            incorporated_into=("theirs:AC-02",),
        ),
        Clause(id="theirs:P-1", label="P-1"),
        Control(id="theirs:R-1", label="R-1", withdrawn=True),
    ]


def test_types_names_what_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", THEIRS, LINKS)
    assert [each.kind for each in read_cprt(path, key="k", types=["implementation_example"])] == ["clause"]
    path = write(tmp_path / "b.json", [element("example", "E-1")])
    assert list(read_cprt(path, key="k")) == [Example(id="k:E-1", label="E-1")]
    path = write(tmp_path / "b.json", [element("odp", "A.ODP[01]")])
    assert len(read_cprt(path, key="k", types="odp")) == 1
    with pytest.raises(ib.errors.ArgumentTypeError, match="types is of type int"):
        read_cprt(path, key="k", types=7)  # type: ignore[arg-type]
    with pytest.raises(ib.errors.DataError, match="no element of a type that is read; pass types=, some of odp"):
        read_cprt(path, key="k")


def test_one_of_several_documents(tmp_path: Path) -> None:
    several = [element("control", "A"), element("control", "B", document="D_2")]
    path = write(tmp_path / "a.json", several, documents=["D_1", "D_2", "D_3"])
    assert [each.local for each in read_cprt(path, key="k", document="D_2")] == ["B"]
    with pytest.raises(ib.errors.DataError, match=r"it has 2 documents .* pass document=, one of D_1, D_2"):
        read_cprt(path, key="k")
    with pytest.raises(ib.errors.DataError, match=r"it has 0 documents .* has elements"):
        read_cprt(write(path, []), key="k")


@pytest.mark.parametrize(
    ("elements", "links", "says"),
    [
        ([element("control", "A-1"), element("control", "a.1")], [], "element 'a.1': it reads like 'A-1'"),
        ([element("control", "...")], [], "'...' cannot be an identifier"),
        ([element("control", "a:b")], [], "'a:b' cannot be an identifier"),
        ([element("control", "\u0430")], [], "CYRILLIC"),
        ([element("control", 7)], [], "element_identifier: '7' is not a text"),
        (
            [element("control", "A"), element("control", "B")],
            [link("A", "B"), link("B", "A")],
            "its parents lead in a circle",
        ),
    ],
)
def test_bad_elements_are_refused(tmp_path: Path, elements: Any, links: Any, says: str) -> None:
    with pytest.raises(ib.errors.DataErrors, match=says):
        read_cprt(write(tmp_path / "a.json", elements, links), key="k")


@pytest.mark.parametrize("text", ["[]", "{}", '{"documents": [], "elements": {}}', '{"catalog": {}}'])
def test_a_file_of_another_tool_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    with pytest.raises(ib.errors.DataError, match="no lists of documents"):
        ib.read_framework(tmp_path / "a.json", key="k")


OF_NIST = Path(os.environ.get("IOTBASELINE_SOURCES", "nowhere")) / "cprt"


@pytest.mark.skipif(not OF_NIST.is_dir(), reason="needs the folder cprt of the source texts, with exports of the tool")
@pytest.mark.parametrize(("file", "key"), [("cprt_CSF_2_0_0", "csf2.0"), ("cprt_SP_800_53_B_5_2_0", "sp800-53r5")])
def test_exports_of_nist_give_the_elements_that_the_library_holds(file: str, key: str) -> None:
    """The Core of CSF 2.0, and the controls of SP 800-53 as SP 800-53B lists them."""
    [path] = OF_NIST.glob(f"{file}*.json")
    ours = ib.load(key)
    read = ib.read_framework(path, key="theirs")
    pairs = [(each, ours[each.local]) for each in read]
    assert len(read) == len({our.id for _, our in pairs}) == len(ours)
    assert all(their.kind == our.kind for their, our in pairs)
    assert all((read.parent(their) is None) == (our.parent is None) for their, our in pairs)
    above = [(read.parent(their), ours.parent(our)) for their, our in pairs]
    assert all(their is None or ours[their.local] == our for their, our in above)


def test_a_function_a_category_and_a_subcategory(tmp_path: Path) -> None:
    rows = [element("function", "GV", "GOVERN"), element("category", "GV.OC"), element("subcategory", "GV.OC-01")]
    found = read_cprt(write(tmp_path / "a.json", rows, [link("GV", "GV.OC"), link("GV.OC", "GV.OC-01")]), key="k")
    assert [type(each) for each in found] == [Function, Category, Subcategory]
