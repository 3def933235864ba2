"""ReqIF: what is in a file. The package reqif and StrictDoc read it as a gate."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

import iotbaseline as ib
from iotbaseline._model.wording import Wording
from iotbaseline.errors import LossError, QueryError

NAMESPACE = {"r": "http://www.omg.org/spec/ReqIF/20110401/reqif.xsd", "h": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")


class File:
    """A file that was exported, with its objects by their foreign identifiers."""

    def __init__(self, path: Path) -> None:
        self.root = ET.fromstring(path.read_text("utf-8").partition("\n")[2])  # noqa: S314
        self.names = {
            each.get("IDENTIFIER"): each.get("LONG-NAME", "") for each in self.all("*") if each.get("LONG-NAME")
        }
        self.objects = {self.values(each)["ReqIF.ForeignID"]: each for each in self.all("SPEC-OBJECT")}
        self.identifiers = {each.get("IDENTIFIER"): name for name, each in self.objects.items()}

    def all(self, tag: str) -> list[ET.Element]:
        return self.root.findall(f".//r:{tag}" if tag != "*" else ".//*", NAMESPACE)

    def values(self, thing: ET.Element) -> dict[str, str]:
        found: dict[str, str] = {}
        for value in thing.findall("r:VALUES/*", NAMESPACE):
            [reference] = value.findall("r:DEFINITION/*", NAMESPACE)
            text = value.get("THE-VALUE") or value.findtext("r:THE-VALUE/h:div", None, NAMESPACE)
            found[self.names[reference.text]] = str(text)
        return found

    def type(self, thing: ET.Element) -> str:
        [reference] = thing.findall("r:TYPE/*", NAMESPACE)
        return self.names[reference.text]


def exported(tmp_path: Path, *things: Any, **options: Any) -> tuple[File, ib.ExportReport]:
    report = ib.export(things, "reqif", tmp_path / "a.reqif", **options)
    return File(tmp_path / "a.reqif"), report


def test_every_element_is_an_object_with_the_names_of_the_implementation_guide(tmp_path: Path) -> None:
    file, report = exported(tmp_path, "ir8259a", strict=True)
    publication = ib.load("ir8259a")
    assert list(file.objects) == [element.id for element in publication]
    assert len(report) == 0
    values = {name: file.values(each) for name, each in file.objects.items()}
    for element in publication:
        assert values[element.id].get("ReqIF.Text") == element.summary
    capability = publication["device-identification"]
    assert values[capability.id]["ReqIF.ChapterName"] == capability.title
    assert "kind: capability; " in values[capability.id]["Facts"]
    types = {name.partition(":")[2]: file.type(each) for name, each in file.objects.items()}
    assert types["device-identification"] == "SECTION"
    assert types["device-identification.1"] == "REQUIREMENT"
    assert types["device-identification.note"] == "INFORMATION"


def test_the_hierarchy_is_that_of_the_publication(tmp_path: Path) -> None:
    file, _ = exported(tmp_path, "ir8259a", "ir8259b")
    first, second = file.all("SPECIFICATION")
    for specification, publication in ((first, ib.load("ir8259a")), (second, ib.load("ir8259b"))):
        assert specification.get("DESC") == publication.title

        def tree(node: ET.Element) -> list[Any]:
            return [
                (file.identifiers[each.findtext("r:OBJECT/r:SPEC-OBJECT-REF", None, NAMESPACE)], tree(each))
                for each in node.findall("r:CHILDREN/r:SPEC-HIERARCHY", NAMESPACE)
            ]

        def expected(elements: Any, within: ib.Publication) -> list[Any]:
            return [(each.id, expected(within.children(each), within)) for each in elements]

        assert tree(specification) == expected(publication.roots, publication)


def test_each_relation_is_a_type_and_the_rationale_stays(tmp_path: Path) -> None:
    crosswalk = ib.crosswalk("ir8425", "sp800-213a")
    file, report = exported(tmp_path, crosswalk)
    relations = file.all("SPEC-RELATION")
    found = [
        (
            file.identifiers[each.findtext("r:SOURCE/r:SPEC-OBJECT-REF", None, NAMESPACE)],
            file.type(each),
            file.identifiers[each.findtext("r:TARGET/r:SPEC-OBJECT-REF", None, NAMESPACE)],
            file.values(each).get("Rationale"),
        )
        for each in relations
    ]
    held = [each for each in crosswalk.mappings if each.object is not None]
    assert found == [(each.subject, each.relation.value, each.object, each.rationale) for each in held]
    assert len(report) == 0
    types = [each.get("LONG-NAME") for each in file.all("SPEC-RELATION-TYPE")]
    assert types == sorted({each.relation.value for each in held})
    ends = {name for each in held for name in (each.subject, str(each.object))}
    assert {file.type(file.objects[name]) for name in ends} == {"REQUIREMENT"}


def test_what_names_no_element_is_counted(tmp_path: Path) -> None:
    crosswalk = ib.crosswalk("sp800-213a", "sp800-53r5")
    file, report = exported(tmp_path, crosswalk)
    missing = sum(each.object is None for each in crosswalk.mappings)
    assert report.counts() == {"weakened": 0, "renamed": 0, "left-out": missing}
    assert len(file.all("SPEC-RELATION")) == len(crosswalk.mappings) - missing
    with pytest.raises(LossError):
        exported(tmp_path, crosswalk, strict=True)


def test_the_same_things_give_the_same_bytes_and_no_name_twice(tmp_path: Path) -> None:
    for name in ("a.reqif", "b.reqif"):
        ib.export(ib.crosswalk("ir8425", "ir8259a"), "reqif", tmp_path / name)
    assert (tmp_path / "a.reqif").read_bytes() == (tmp_path / "b.reqif").read_bytes()
    identifiers = [each.get("IDENTIFIER") for each in File(tmp_path / "a.reqif").all("*") if each.get("IDENTIFIER")]
    assert len(identifiers) == len(set(identifiers))


def test_a_long_title_is_short_as_a_name_and_whole_beside_it(tmp_path: Path) -> None:
    file, _ = exported(tmp_path, "cra")
    [specification] = file.all("SPECIFICATION")
    assert len(specification.get("LONG-NAME", "")) == 120
    assert specification.get("DESC") == ib.load("cra").title


def test_text_is_never_markup(tmp_path: Path) -> None:
    [element, *_] = ib.load("ir8259a").elements
    one = evolve(ib.load("ir8259a"), elements=(evolve(element, summary="a < b & <b>c</b>", title='"d"', parent=None),))
    file, _ = exported(tmp_path, one)
    values = file.values(file.objects[element.id])
    assert (values["ReqIF.Text"], values["ReqIF.Name"]) == ("a < b & <b>c</b>", '"d"')


def test_a_publication_without_elements_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="ir8228 holds no elements; export a publication that does"):
        exported(tmp_path, "ir8228")


def test_an_attached_wording_is_the_text_and_says_from_which_file(tmp_path: Path) -> None:
    element = ib.get("ir8425:asset-identification.1")
    wording = Wording(text="Said <so>.", source="copy.pdf", sha256="ab" * 32, page=3)
    elements = [evolve(each, wording=wording) if each == element else each for each in ib.load("ir8425")]
    file, _ = exported(tmp_path, evolve(ib.load("ir8425"), elements=tuple(elements)))
    worded = file.values(file.objects[element.id])
    assert worded["ReqIF.Text"] == "Said <so>."
    mark = f"text: official wording, from copy.pdf, page 3 of the file (SHA-256 {'ab' * 32})"
    assert worded["Facts"].startswith(f"{mark}; summary: {element.summary}; element: {element.id}; ")
    other = file.values(file.objects["ir8425:asset-identification.2"])
    assert other["ReqIF.Text"] == ib.get("ir8425:asset-identification.2").summary
    assert other["Facts"].startswith("element: ")


@pytest.mark.parametrize("character", ["\x0c", "\ud800", "\ufffe"])
def test_what_no_xml_can_hold_is_refused(character: str, tmp_path: Path) -> None:
    element = evolve(ib.get("ir8259a:device-identification"), title=f"ab{character}c")
    bad = ib.Publication(info=ib.info("ir8259a"), elements=(element,), fidelity=ib.Fidelity.FULL)
    with pytest.raises(
        ib.errors.QueryError, match=rf"the character U\+{ord(character):04X}, which no file of this format can hold"
    ):
        ib.export(bad, "reqif", tmp_path / "a.reqif")
