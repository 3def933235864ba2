"""Crosswalks, forwards and backwards."""

from __future__ import annotations

import json
import re

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._library.library import DEFAULT

PAIRS = ib.crosswalks()
every_pair = pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "--".join(pair))


@pytest.fixture
def consumer() -> ib.Crosswalk:
    return ib.crosswalk("IR 8425", "IR 8259A")


@every_pair
def test_mappings_join_elements_that_exist(pair: tuple[str, str]) -> None:
    found = ib.crosswalk(*pair)
    assert (found.subject.key, found.object.key) == pair
    assert len(found) == len(list(found)) == len(found.mappings) > 0
    for mapping in found:
        for publication, identifier in ((found.subject, mapping.subject), (found.object, mapping.object)):
            if identifier is not None:
                assert identifier.startswith(f"{publication.key}:")
                assert not publication.elements or identifier in {element.id for element in publication}
        assert not (mapping.object and mapping.object_label)
        assert not mapping.is_empty or mapping.subject in found.listed_without_object


@every_pair
def test_every_mapping_is_found_from_either_side(pair: tuple[str, str]) -> None:
    found = ib.crosswalk(*pair)
    for subject in {mapping.subject for mapping in found}:
        own = [mapping for mapping in found if mapping.subject == subject]
        assert list(found.targets(subject)) == [mapping for mapping in own if not mapping.is_empty]
        assert set(own) <= set(ib.mappings(subject))
    for obj in {mapping.object for mapping in found if mapping.object is not None}:
        assert list(found.sources(obj)) == [mapping for mapping in found if mapping.object == obj]


@every_pair
def test_inverse(pair: tuple[str, str]) -> None:
    found = ib.crosswalk(*pair)
    identified = found.where(lambda mapping: mapping.object is not None)
    turned = found.inverse()
    assert (turned.subject, turned.object) == (found.object, found.subject)
    assert turned.inverse() == identified
    assert len(turned) == len(identified)
    for mapping in identified:
        assert mapping.inverse() in turned.targets(mapping.object or "")


def test_mappings_held_either_way_are_joined() -> None:
    both = ("sp800-213a", "sp800-53r5")
    assert {both, both[::-1]} <= set(PAIRS)
    there, back = DEFAULT.mappings(*both), DEFAULT.mappings(*both[::-1])
    joined = ib.crosswalk(*both)
    assert joined.mappings == (*there, *(mapping.inverse() for mapping in back if mapping.object is not None))
    assert {mapping.source for mapping in joined} == {"--".join(both), "--".join(both[::-1])}


def test_what_is_listed_without_an_object_is_unmapped() -> None:
    found = ib.crosswalk("csf1.1", "sp800-213a")
    listed = found.listed_without_object
    assert "csf1.1:ID.AM-5" in listed
    assert found.targets("ID.AM-5") == ()
    assert set(listed) <= {element.id for element in found.unmapped_subjects}
    assert ib.crosswalk("ir8425", "ir8259a").listed_without_object == ()


@every_pair
def test_the_other_way_round_is_the_inverse(pair: tuple[str, str]) -> None:
    if pair[::-1] not in PAIRS:
        assert ib.crosswalk(*pair[::-1]) == ib.crosswalk(*pair).inverse()


@every_pair
def test_mapped_and_unmapped_make_up_the_kinds(pair: tuple[str, str]) -> None:
    found = ib.crosswalk(*pair)
    for publication, mapped, unmapped in (
        (found.subject, {mapping.subject for mapping in found if not mapping.is_empty}, found.unmapped_subjects),
        (found.object, {mapping.object for mapping in found}, found.unmapped_objects),
    ):
        kinds = {element.kind for element in publication if element.id in mapped}
        expected = {element.id for element in publication if element.kind in kinds} - mapped
        withdrawn = {element.id for element in publication if getattr(element, "withdrawn", False)}
        assert {element.id for element in unmapped} == expected - withdrawn


def test_targets_in_any_spelling(consumer: ib.Crosswalk) -> None:
    mappings = consumer.targets("ir8425:asset-identification")
    assert mappings[0].object == "ir8259a:device-identification"
    for spelling in ("asset-identification", "Asset Identification", ib.get("ir8425:asset-identification")):
        assert consumer.targets(spelling) == mappings


def test_sources_in_any_spelling(consumer: ib.Crosswalk) -> None:
    found = consumer.sources("ir8259a:software-update")
    assert "ir8425:software-update" in {mapping.subject for mapping in found}
    for spelling in ("Software Update", ib.get("ir8259a:software-update")):
        assert consumer.sources(spelling) == found


def test_what_exists_but_is_not_mapped_has_no_targets(consumer: ib.Crosswalk) -> None:
    unmapped = consumer.unmapped_subjects[0]
    assert consumer.targets(unmapped) == consumer.targets(unmapped.id) == ()


@pytest.mark.parametrize("name", ["ir8425:software-updat", "ir8259a:software-update", "AC-2"])
def test_what_does_not_exist_is_an_error(consumer: ib.Crosswalk, name: str) -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError, match="unknown element of ir8425"):
        consumer.targets(name)


def test_objects_of_a_publication_that_is_not_held() -> None:
    found = ib.crosswalk("ir8259a", "csa2015")
    [mapping] = found.sources("csa2015:1")
    assert mapping.subject == "ir8259a:device-identification"
    assert found.sources("1") == found.sources(" 1 ") == (mapping,)
    assert found.sources("999") == ()
    assert found.unmapped_objects == ()
    with pytest.raises(ib.errors.IdentifierSyntaxError):
        found.sources("")


def test_controls_that_are_withdrawn_are_not_unmapped() -> None:
    found = ib.crosswalk("csf2.0", "sp800-53r5").unmapped_objects
    assert found
    assert not any(isinstance(element, ib.kinds.Control) and element.withdrawn for element in found)


def test_where(consumer: ib.Crosswalk) -> None:
    assert consumer.where(lambda mapping: mapping.basis == "derived").mappings == ()
    kept = consumer.where(lambda mapping: mapping.object == "ir8259a:software-update")
    assert kept.mappings == consumer.sources("ir8259a:software-update")
    assert (kept.subject, kept.object) == (consumer.subject, consumer.object)


def test_records_name_both_sides() -> None:
    rows = ib.crosswalk("ir8259a", "bitag2016").to_records()
    assert rows[0]["subject_name"] == "Device Configuration"
    assert (rows[0]["object"], rows[0]["object_label"], rows[0]["object_name"]) == (None, "7.", None)
    named = ib.crosswalk("ir8425", "ir8259a").to_records()[0]
    assert (named["subject_name"], named["object_name"]) == ("Asset Identification", "Device Identification")


@pytest.mark.parametrize(("pair", "rest"), [(("ir8425", "ir8259a"), 0), (("csf2.0", "sp800-53r5"), 100)])
def test_display(pair: tuple[str, str], rest: int) -> None:
    found = ib.crosswalk(*pair)
    shown = found._repr_html_()
    assert shown.count("<tr>") == 1 + min(len(found), 100)
    assert (f"… and {len(found) - rest} more" in shown) == bool(rest)
    badges = shown.partition("<table")[0]
    for basis in ib.Basis:
        count = len(found.where(lambda mapping, basis=basis: mapping.basis is basis))  # type: ignore[misc]
        assert (f">{basis} {count}<" in badges) == bool(count)
    assert f">{len(found)} mappings<" in badges
    assert str(found) == f"{pair[0]} to {pair[1]}: {len(found)} mappings"
    assert repr(found) == f"<Crosswalk {found}>"


JUDGED = "rest on this project's judgement: no publisher made or endorsed it, and it gives no presumption of conformity"


@pytest.mark.parametrize(
    "pair", [("ir8425", "cra"), ("ir8425", "en303645v3.1.3"), ("en303645v3.1.3", "cra"), ("cra", "ir8425")]
)
def test_a_judged_crosswalk_says_so_in_every_output(pair: tuple[str, str]) -> None:
    found = ib.crosswalk(*pair)
    told = f"{len(found)} of {len(found)} mappings {JUDGED}"
    assert found.notice == json.loads(found.to_json())["notice"] == told
    assert f"\n\n{told}\n" in found.to_text()
    assert f"\n\n{told}\n" in found.to_markdown()
    assert f">{told}<" in found._repr_html_().replace("&#x27;", "'")
    assert f'#comment: "{told}"' in found.to_sssom().split("\n")
    covered = ib.coverage(pair[0], pair[1])
    count = sum(bool(item.by) for item in covered)
    assert covered.notice == json.loads(covered.to_json())["notice"] == f"{count} of {len(covered)} items {JUDGED}"
    assert covered.notice in covered.to_text()
    assert covered.notice in covered.to_markdown()
    assert covered.notice in covered._repr_html_().replace("&#x27;", "'")


def test_only_what_is_judged_is_counted_in_the_notice() -> None:
    found = ib.crosswalk("ir8425", "cra")
    first, *rest = found
    mixed = evolve(found, mappings=(evolve(first, basis=ib.Basis.OFFICIAL), *rest))
    assert mixed.notice == f"{len(rest)} of {len(found)} mappings {JUDGED}"
    printed = ib.crosswalk("sp800-53r5", "sp800-213a").where("official")
    assert printed.notice is None
    assert "notice" not in json.loads(printed.to_json())
    assert "#comment" not in printed.to_sssom().partition("\nsubject_id")[0]
    assert "judgement" not in str(ib.coverage("jc-star-1", "ir8425").notice)


@pytest.mark.parametrize("number", [0, 1])
def test_display_shows_objects_or_their_labels_and_reasons_or_places(number: int) -> None:
    found = ib.crosswalk("ir8259a", "bitag2016")
    cells = re.findall("<t[hd] [^>]*>(.*?)</t[hd]>", found._repr_html_())
    mapping = found.mappings[number]
    assert cells[:7] == ["subject", "relation", "object", "cited as", "basis", "why", "where"]
    assert cells[7 * (number + 1) : 7 * (number + 2)] == [
        f"<code>{mapping.subject}</code> {ib.get(mapping.subject).title}",
        "related",
        ["", "<code>bitag2016:7.2</code>"][number],
        ["7.", ""][number],
        "official",
        mapping.rationale or "",
        mapping.locator or "",
    ]


def test_no_crosswalk_names_the_partners() -> None:
    with pytest.raises(ib.errors.UnknownCrosswalkError, match="between ir8431 and ir8425; see crosswalks"):
        ib.crosswalk("ir8431", "ir8425")
    partners = sorted({*(b for a, b in PAIRS if a == "csf1.1"), *(a for a, b in PAIRS if b == "csf1.1")})
    with pytest.raises(
        ib.errors.UnknownCrosswalkError, match=f"there are crosswalks of csf1.1 with {', '.join(partners)}$"
    ):
        ib.crosswalk("CSF 1.1", "ir8425")
    with pytest.raises(ib.errors.UnknownCrosswalkError, match=r"there are crosswalks of csa2015 with ir8259a$"):
        ib.crosswalk("csa2015", "ir8425")
    between = "ir8425 and sp800-53r5; reach may connect their elements through sp800-213a; there are crosswalks of"
    with pytest.raises(ib.errors.UnknownCrosswalkError, match=between):
        ib.crosswalk("ir8425", "sp800-53r5")


@pytest.mark.parametrize("pair", [("ir8425", "fcc-24-26"), ("fcc-24-26", "ir8425")])
def test_without_mappings_the_lineage_is_named(pair: tuple[str, str]) -> None:
    before, after = pair
    with pytest.raises(ib.errors.UnknownCrosswalkError) as caught:
        ib.crosswalk(before, after)
    assert f"see diff('{before}', '{after}')" in caught.value.fix
    assert len(ib.diff(before, after))


def test_mappings_of_a_control_that_moved() -> None:
    [moved] = ib.mappings("sp800-53r4:AU-8(1)")
    assert (moved.subject, moved.object) == ("sp800-53r4:au-8.1", "sp800-53r5:sc-45.1")
    assert moved.inverse() in ib.mappings(ib.get("SC-45(1)"))


@given(st.sampled_from([mapping for pair in PAIRS for mapping in DEFAULT.mappings(*pair) if mapping.object]))
def test_mappings_read_backwards_what_leads_here(mapping: ib.Mapping) -> None:
    obj = mapping.object
    assert obj is not None
    if ib.load(obj.partition(":")[0]).elements:
        assert mapping.inverse() in ib.mappings(obj)


def test_mappings_within_one_publication_are_read_both_ways() -> None:
    mapping = ib.crosswalk("ir8425", "ir8425").mappings[0]
    assert mapping.object is not None
    assert mapping in ib.mappings(mapping.subject)
    assert mapping.inverse() in ib.mappings(mapping.object)


def test_mappings_of_what_is_not_mapped() -> None:
    assert ib.mappings(evolve(ib.get("ir8431:applies-across-sectors"))) == ()
