"""The types, and what a publication knows of its elements."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._library.library import DEFAULT

PUBLICATIONS = DEFAULT.load_all()
ELEMENTS = [element for publication in PUBLICATIONS for element in publication]
MAPPINGS = [mapping for subject, obj in ib.crosswalks() for mapping in DEFAULT.mappings(subject, obj) if mapping.object]

every_publication = pytest.mark.parametrize("publication", PUBLICATIONS, ids=lambda publication: publication.key)
some_element = given(st.sampled_from(ELEMENTS))


@pytest.fixture
def consumer() -> ib.Publication:
    return ib.load("ir8425")


def test_every_kind_of_element_is_registered() -> None:
    bases = {ib.kinds.Demanding, ib.kinds.Withdrawable}
    below: set[type[ib.Element]] = {*ib.Element.__subclasses__()} - bases
    below |= {*ib.kinds.Demanding.__subclasses__(), *ib.kinds.Withdrawable.__subclasses__()}
    home = ib.kinds.Addition.__module__.rpartition(".")[0]
    kinds = {cls for cls in below if cls.__module__.startswith(home)}
    assert {*ib.kinds.KINDS.values(), ib.kinds.Addition} == kinds
    assert all(cls.kind == kind for kind, cls in ib.kinds.KINDS.items())


@pytest.mark.parametrize("cls", ib.kinds.KINDS.values())
def test_every_kind_is_made_by_name_and_shows_itself(cls: type[ib.Element]) -> None:
    element = next(element for element in ELEMENTS if type(element) is cls)
    assert repr(element) == f"<{cls.__name__} {element}>"
    with pytest.raises(TypeError, match="positional"):
        cls(element.id)  # type: ignore[call-arg]


def test_every_kind_of_element_is_public() -> None:
    assert all(getattr(ib.kinds, cls.__name__) is cls for cls in ib.kinds.KINDS.values())


def test_the_data_uses_every_kind_but_says_nothing_of_others() -> None:
    assert {element.kind for element in ELEMENTS} == set(ib.kinds.KINDS)


@pytest.mark.parametrize(
    "thing",
    [ib.get("AC-2(3)"), ib.load("ir8259a"), ib.info("ir8425"), MAPPINGS[0], DEFAULT.lineage("csf1.1", "csf2.0")[0]],
    ids=lambda thing: type(thing).__name__,
)
def test_values_are_frozen_slotted_hashable_and_travel(thing: object) -> None:
    with pytest.raises(FrozenInstanceError):
        thing.key = "x"  # type: ignore[attr-defined]
    assert not hasattr(thing, "__dict__")
    for other in (pickle.loads(pickle.dumps(thing)), copy.deepcopy(thing)):  # noqa: S301
        assert other == thing
        assert hash(other) == hash(thing)


def test_a_publication_works_after_it_was_pickled(consumer: ib.Publication) -> None:
    consumer.get("data-protection")
    other = pickle.loads(pickle.dumps(consumer))  # noqa: S301
    assert other["DATA-PROTECTION"] == consumer["data-protection"]


def test_element_of_another_type_is_another_element() -> None:
    term: ib.Element = ib.kinds.Term(id="x:a")
    assert term != ib.kinds.Remark(id="x:a")
    assert term == ib.kinds.Term(id="x:a")


@pytest.mark.parametrize(
    ("element", "name", "shown"),
    [
        (ib.kinds.Term(id="x:a.1", title="Title", summary="Summary"), "Title", "x:a.1 Title"),
        (ib.kinds.Term(id="x:a.1", summary="Summary"), "Summary", "x:a.1 Summary"),
        (ib.kinds.Term(id="x:a.1"), "a.1", "x:a.1"),
    ],
)
def test_element_names_itself(element: ib.Element, name: str, shown: str) -> None:
    assert (element.publication, element.local, element.name) == ("x", "a.1", name)
    assert (str(element), repr(element)) == (shown, f"<Term {shown}>")


def test_locator() -> None:
    element = ib.kinds.Term(id="x:a", section="2.1", table="3", page="iv", label="b")
    assert element.locator == ib.Locator(section="2.1", table="3", page="iv", item="b")
    assert str(element.locator) == "section 2.1, table 3, p. iv, item b"
    assert str(ib.kinds.Term(id="x:a", page="4").locator) == "p. 4"
    assert str(ib.Locator()) == ""


def test_fingerprint_needs_both_halves() -> None:
    assert ib.kinds.Term(id="x:a", words=2, sha256="ab").fingerprint == ib.Fingerprint(2, "ab")
    assert ib.kinds.Term(id="x:a", words=2).fingerprint is None
    assert ib.kinds.Term(id="x:a", sha256="ab").fingerprint is None


def test_element_record() -> None:
    element = ib.kinds.Term(
        id="x:a", title="T", label="1", parent="x:b", summary="S", page="4", fidelity=ib.Fidelity.PARTIAL
    )
    assert element.to_records() == [
        {
            "id": "x:a",
            "kind": "term",
            "label": "1",
            "title": "T",
            "summary": "S",
            "parent": "x:b",
            "locator": "p. 4, item 1",
            "fidelity": "partial",
        }
    ]


@some_element
def test_elements_display_themselves(element: ib.Element) -> None:
    shown = element._repr_html_()
    assert f"<code>{element.id}</code>" in shown
    assert f"fidelity {element.fidelity}" in shown


def test_display_escapes() -> None:
    shown = ib.kinds.Term(id="x:a", title="<script>", summary="a & b", note='"')._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "a &amp; b" in shown


def test_control_knows_whether_it_is_an_enhancement() -> None:
    assert ib.load("sp800-53r5").controls[0].is_enhancement is False
    assert [control.is_enhancement for control in ib.load("sp800-53r5").controls[1:3]] == [False, True]


@pytest.mark.parametrize(
    ("changes", "notice"),
    [
        ({"status": ib.Status.CURRENT}, None),
        ({"status": ib.Status.DRAFT}, "draft"),
        ({"status": ib.Status.UNKNOWN}, "status unknown"),
        ({"status": ib.Status.SUPERSEDED, "superseded_by": ("a", "b")}, "superseded by a, b"),
        ({"status": ib.Status.WITHDRAWN, "superseded_by": ("a",)}, "withdrawn; superseded by a"),
        ({"status": ib.Status.WITHDRAWN, "withdrawn": "2026-04"}, "withdrawn 2026-04"),
    ],
)
def test_notice(changes: dict[str, Any], notice: str | None) -> None:
    info = evolve(ib.info("ir8425"), **changes)
    assert info.notice == notice
    publication = ib.Publication(info=info, elements=(), fidelity=ib.Fidelity.FULL)
    assert publication.notice == notice
    assert (notice or "current") in publication._repr_html_()
    assert str(publication) == str(info) == f"ir8425 {info.title} (2022-09, {notice or 'current'})"


def test_info_record() -> None:
    [row] = ib.info("ir8259").to_records()
    assert row["key"] == "ir8259"
    assert (row["status"], row["withdrawn"], row["superseded_by"]) == ("withdrawn", "2026-04-20", "ir8259r1")


def test_publication_is_a_collection(consumer: ib.Publication) -> None:
    element = consumer["data-protection"]
    assert len(consumer) == len(list(consumer)) == len(consumer.elements)
    assert element in consumer
    assert "data-protection" in consumer
    assert "IR8425:Data-Protection" in consumer
    assert "IR8259A:Data-Protection" not in consumer
    assert "ir8425:Data-Protection" in consumer
    assert evolve(element, title="Other") not in consumer
    assert ib.get("AC-2") not in consumer
    assert "nothing" not in consumer
    assert 3 not in consumer
    assert None not in consumer


def test_publication_gets_an_element_in_any_spelling(consumer: ib.Publication) -> None:
    element = consumer["data-protection.1"]
    assert element.id == "ir8425:data-protection.1"
    assert consumer.get("ir8425:data-protection.1") is consumer.get("Data Protection 1") is element
    assert consumer.get("data-protection.01") is element
    assert consumer.get("data-protection.10") is None


def test_publication_suggests(consumer: ib.Publication) -> None:
    with pytest.raises(
        ib.errors.UnknownIdentifierError, match="unknown element of ir8425 'ir8425:data-protecton'"
    ) as caught:
        consumer["ir8425:data-protecton"]
    assert caught.value.suggestions[0] == "ir8425:data-protection"


@every_publication
def test_kinds_partition_a_publication(publication: ib.Publication) -> None:
    found = [element for kind in ib.kinds.KINDS for element in publication.of_kind(kind)]
    assert sorted(element.id for element in found) == sorted(element.id for element in publication)
    assert all(publication.of_kind(cls) == publication.of_kind(kind) for kind, cls in ib.kinds.KINDS.items())


def test_of_kind(consumer: ib.Publication) -> None:
    assert [each.title for each in consumer.capabilities][:2] == ["Asset Identification", "Product Configuration"]
    assert consumer.of_kind(ib.Element) == consumer.elements
    assert [each.local for each in ib.load("ir8259").activities] == [f"activity-{number}" for number in range(1, 7)]
    assert all(type(control) is ib.kinds.Control for control in ib.load("sp800-53r4").controls)
    with pytest.raises(
        ib.errors.UnknownNameError, match="unknown kind of element 'capabilty'; did you mean capability"
    ):
        consumer.of_kind("capabilty")


def test_holds_all() -> None:
    assert ib.load("ir8425").holds_all("criterion")
    assert ib.load("ir8259r1").holds_all("activity")
    assert not ib.load("ir8259r1").holds_all("question")


@every_publication
def test_parents_stand_before_their_children(publication: ib.Publication) -> None:
    seen: set[str | None] = {None}
    for element in publication:
        assert element.parent in seen, element.id
        seen.add(element.id)


@every_publication
def test_tree_holds_every_element_once(publication: ib.Publication) -> None:
    walked = list(publication.walk())
    assert sorted(element.id for _, element in walked) == sorted(element.id for element in publication)
    assert all(len(publication.ancestors(element)) == depth for depth, element in walked)
    below = [element for root in publication.roots for element in (root, *publication.descendants(root))]
    assert below == [element for _, element in walked]


@some_element
def test_tree_is_the_same_upwards_and_downwards(element: ib.Element) -> None:
    publication = ib.load(element.publication)
    parent = publication.parent(element)
    assert element in (publication.roots if parent is None else publication.children(parent))
    assert all(publication.parent(child) is element for child in publication.children(element))
    for above in publication.ancestors(element):
        assert element in publication.descendants(above)


def test_tree_of_a_control() -> None:
    catalog = ib.load("sp800-53r5")
    assert [element.local for element in catalog.ancestors("AC-02(03)")] == ["ac-2", "ac"]
    assert catalog.parent("ac") is None
    assert catalog.children("AC-2(3)") == ()
    assert [element.local for element in catalog.children("ac-2")][:3] == ["ac-2.1", "ac-2.2", "ac-2.3"]
    with pytest.raises(ib.errors.UnknownIdentifierError):
        catalog.children(ib.get("ir8425:data-protection"))


def test_publication_displays_itself() -> None:
    publication = ib.load("ir8431")
    assert repr(publication) == f"<Publication {publication}: 2 insight>"
    shown = publication._repr_html_()
    assert "2 insight" in shown
    assert publication.missing is not None
    assert publication.missing in shown
    assert all(element.local in shown for element in publication)
    assert "no elements" in repr(ib.load("csa2015"))
    assert (publication.key, publication.title) == ("ir8431", publication.info.title)
    assert len(publication.to_records()) == 2


@given(st.sampled_from(MAPPINGS))
def test_inverse_of_the_inverse_of_a_mapping_is_the_mapping(mapping: ib.Mapping) -> None:
    assert mapping.inverse().inverse() == evolve(mapping, object_label=None)


def made_mapping(**changes: Any) -> ib.Mapping:
    mapping = ib.Mapping(
        subject="a:1",
        relation=ib.Relation.SUBSET_OF,
        object="b:2",
        basis=ib.Basis.CURATED,
        fidelity=ib.Fidelity.FULL,
        justification="semapv:ManualMappingCuration",
        rationale="why",
        locator="p. 1",
        strength=7,
        printed="Two",
        path=("a:1", "c:3", "b:2"),
        source="a--b",
    )
    return evolve(mapping, **changes)


def test_mapping_inverts_subject_object_relation_and_path_alone() -> None:
    turned = made_mapping().inverse()
    assert (turned.subject, turned.relation, turned.object) == ("b:2", ib.Relation.SUPERSET_OF, "a:1")
    path = ("b:2", "c:3", "a:1")
    assert turned == made_mapping(subject="b:2", relation=ib.Relation.SUPERSET_OF, object="a:1", path=path)


@pytest.mark.parametrize(("obj", "label", "empty"), [("b:2", None, False), (None, "II.", False), (None, None, True)])
def test_mapping_is_empty_without_any_object(obj: str | None, label: str | None, empty: bool) -> None:
    mapping = made_mapping(object=obj, object_label=label)
    assert mapping.is_empty is empty
    assert ("nothing" in str(mapping)) == empty


def test_mapping_without_object_cannot_be_inverted() -> None:
    mapping = made_mapping(object=None, object_label="EDR 2.")
    assert str(mapping) == "a:1 subset_of 'EDR 2.' [curated]"
    with pytest.raises(ValueError, match="its object is not identified"):
        mapping.inverse()


def test_mapping_shows_itself() -> None:
    assert repr(made_mapping()) == "<Mapping a:1 subset_of b:2 [curated]>"
    assert made_mapping().to_records() == [
        {
            "subject": "a:1",
            "relation": "subset_of",
            "object": "b:2",
            "object_label": None,
            "basis": "curated",
            "fidelity": "full",
            "strength": 7,
            "rationale": "why",
            "printed": "Two",
            "locator": "p. 1",
            "path": "a:1 c:3 b:2",
            "source": "a--b",
        }
    ]


def test_erratum() -> None:
    erratum = ib.Erratum(
        publication="x", defect=ib.Defect.MISPRINT, elements=("x:a", "x:b"), locator="p. 1", printed="teh",
        expected="the", used="the evident sense", evidence="the rest of the sentence",
        seen_in="a.pdf, p. 1",
    )  # fmt: skip
    assert str(erratum) == "x, p. 1: misprint: teh, expected the"
    assert str(evolve(erratum, expected=None)) == "x, p. 1: misprint: teh"
    assert erratum.to_records() == [
        {
            "publication": "x",
            "defect": "misprint",
            "elements": "x:a, x:b",
            "locator": "p. 1",
            "printed": "teh",
            "expected": "the",
            "used": "the evident sense",
            "evidence": "the rest of the sentence",
            "seen_in": "a.pdf, p. 1",
        }
    ]


def test_publication_has_what_is_named_exactly(consumer: ib.Publication) -> None:
    assert consumer.has("ir8425:data-protection")
    assert not consumer.has("data-protection")
    assert not consumer.has("ir8425:Data-Protection")


def test_names_of_other_types_are_refused() -> None:
    publication = ib.load("ir8259a")
    wrong: Any = [1]
    for ask in (publication.has, publication.local, publication.exact):
        with pytest.raises(ib.errors.ArgumentTypeError, match="identifier is of type list"):
            ask(wrong)


def test_mappings_that_differ_in_one_field_are_told_apart() -> None:
    mapping = ib.crosswalk("ir8425", "ir8259a").mappings[0]
    same, other = evolve(mapping), evolve(mapping, rationale="another one")
    assert hash(same) == hash(mapping)
    assert list(dict.fromkeys([mapping, same, other])) == [mapping, other]


def test_a_publication_has_an_element_of_exactly_an_identifier(consumer: ib.Publication) -> None:
    assert consumer.exact("ir8425:documentation") is consumer["documentation"]
    assert consumer.exact("IR 8425:documentation") is None
