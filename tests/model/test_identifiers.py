"""Identifiers parsed and printed."""

from __future__ import annotations

import difflib
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._library.library import DEFAULT
from iotbaseline._model import identifiers as ids

DOI = "10.6028/NIST.IR.8425"

SPELLINGS = {
    "ir8425": [
        "IR 8425",
        "NISTIR 8425",
        "NISTIR8425",
        "nist ir 8425",
        "NIST.IR.8425",
        "NIST-IR-8425",
        "NIST_IR_8425",
        "NIST Internal Report 8425",
        "NIST Interagency Report 8425",
        "10.6028/NIST.IR.8425",
        f"doi:{DOI}",
        "DOI: 10.6028/nist.ir.8425",
        f"https://doi.org/{DOI}",
        f"http://dx.doi.org/{DOI}",
        "  IR\u00a08425\n",
        "ＩＲ ８４２５",
    ],
    "sp800-53r5": [
        "SP 800-53r5",
        "NIST SP 800-53 Rev. 5",
        "sp800-53 rev.5",
        "SP 800-53, Revision 5",
        "NIST Special Publication 800-53 Revision 5",
        "NIST.SP.800-53r5/Upd1",
        "SP 800–53 Rev 5",
        "SP 800‑53r5",
        "SP 800-53 rev5",
        "NIST SP 800-53 Rev5",
        "NIST_SP-800-53_rev5",
        "sp-800-53-rev-5",
        "SP 800-53",
        "800-53",
        "800-53 Rev. 5",
    ],
    "ir8259r1.ipd": ["NIST IR 8259 Rev. 1 (Initial Public Draft)", "IR 8259r1 ipd"],
    "ir8259r1.2pd": ["NIST IR 8259 Rev. 1 2nd Public Draft", "NISTIR 8259r1 (Second Public Draft)", "ir8259@2025-09"],
    "ir8259a": ["8259A", "NIST 8259A"],
    "ir8259": ["IR 8259", "8259", "NIST.IR.8259", "ir8259@2020-05"],
    "ir8259b": ["NISTIR 8259B", "nist.ir.8259b"],
    "csf1.1": ["CSF 1.1", "NIST CSWP 6", "Cybersecurity Framework Version 1.1", "nist csf 1.1"],
    "csf2.0": ["CSF 2.0", "csf", "NIST.CSWP.29"],
    "en303645v3.1.3": ["ETSI EN 303 645", "EN 303 645 V3.1.3"],
    "iec62443-4-2": ["IEC 62443-4-2:2019", "ISA/IEC 62443-4-2"],
}

NAMES = sorted({name for info in ib.publications() for name in (info.key, info.pubid, *info.aliases) if name})
ELEMENTS = [element for publication in DEFAULT.load_all() for element in publication]
CONTROLS = [element for element in ELEMENTS if isinstance(element, ib.kinds.Control)]


CITED = {
    "cra:annex-i.part-i.2.d": [
        "CRA Annex I Part I (2)(d)",
        "CRA: Annex I Part I (2)(d)",
        "CRA Annex I: Part I (2)(d)",
        "CRA Annex I, Part I, point (2)(d)",
        "Cyber Resilience Act, Annex I, Part I, 2 (d)",
    ],
    "en303645v3.1.3:5.1-1": ["EN 303 645 5.1-1", "ETSI EN 303 645 V3.1.3, provision 5.1-1"],
    "en303645v2.1.1:5.1-1": ["EN 303 645 V2.1.1 5.1-1"],
    "fcc-24-26:registry": ["FCC 24-26 registry", "U.S. Cyber Trust Mark: registry"],
    "iec62443-4-2:CR.1.1": ["IEC 62443-4-2 CR 1.1", "ISA/IEC 62443-4-2, CR 1.1"],
    "ir8259:activity-3": ["IR 8259 Activity 3", "8259 activity 3"],
    "ir8259a:data-protection.2": ["8259A data protection 2", "NIST IR 8259A, Data Protection (2)"],
    "ir8425:data-protection.1": [
        "IR 8425 Data Protection 1",
        "IR8425 data-protection.1",
        "NISTIR 8425 – Data Protection 1",
    ],
    "ir8425:documentation.1.f.iii": [
        "IR 8425 documentation 1 f iii",
        "ir8425 documentation 1f(iii)",
        "NIST IR 8425 Documentation (1)(f)(iii)",
        "8425: Documentation 1.f.iii",
    ],
    "sp800-213a:DI.IMS.1": [
        "800-213A DI:IMS(1)",
        "SP 800-213A: DI:IMS(1)",
        "DI: IMS(1)",
        "NIST SP 800-213A, DI: IMS (1)",
    ],
    "sp800-213a:DO.SMP.5.e": ["DO:SMP(5)(e)", "SP 800-213A DO:SMP(5e)", "DO: SMP (5e)"],
    "sp800-218:PO.1.1": ["SP 800-218 PO.1.1", "SSDF 1.1 PO.1.1"],
    "sp800-53r4:ac-2.3": ["SP 800-53r4 AC-2(3)", "800-53 revision 4, AC-02 (03)"],
    "sp800-53r5:ac-2.3": [
        "sp 800-53 rev 5 ac-2 (3)",
        "SP 800-53 AC-2(3)",
        "NIST SP 800-53 Rev. 5, AC-2 (3)",
        "AC-2 (3)",
    ],
    "uk-psti-2023:schedule-1.1": ["UK PSTI Schedule 1 (1)", "UK PSTI, Schedule 1, paragraph 1"],
}
"""How people cite elements, without a colon between the publication and the rest."""


@pytest.mark.parametrize(("citation", "identifier"), [(each, key) for key, all_ in CITED.items() for each in all_])
def test_elements_are_cited_in_many_ways(citation: str, identifier: str) -> None:
    element = ib.get(citation)
    assert element.id == identifier
    assert DEFAULT.identify(citation) == identifier
    assert ib.url(citation) == ib.url(identifier)
    assert [item.id for item in ib.coverage(citation, element.publication).selection] == [identifier]
    publication = ib.load(element.publication)
    if publication.info.is_named(DEFAULT.split(citation)[0] or ""):
        assert publication[citation] is element


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("IR 8425", (None, "IR 8425")),
        ("IR 8425 A", (None, "IR 8425 A")),
        ("IR 8259 @2020", (None, "IR 8259 @2020")),
        ("SP 800-53 Rev. 5", (None, "SP 800-53 Rev. 5")),
        ("IR 8425 nothing like it", ("IR 8425", "nothing like it")),
        ("IR 8259@2020 Activity 3", ("IR 8259@2020", "Activity 3")),
        ("SP 800-53 Rev. 5 AC-2", ("SP 800-53 Rev. 5", "AC-2")),
        ("data protection 1", (None, "data protection 1")),
        ("nobody: data protection", ("nobody", " data protection")),
    ],
)
def test_the_longest_beginning_that_names_a_publication(name: str, split: tuple[str | None, str]) -> None:
    assert DEFAULT.split(name) == split


def test_an_unknown_element_of_a_cited_publication_suggests_those_of_it() -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError, match=r"element of ir8425 .*; did you mean ir8425:data-"):
        ib.get("IR 8425 Data Protecton 1")
    with pytest.raises(ib.errors.UnknownIdentifierError, match=r"mean ir8259a:data-protection\.1, ir8425:data-"):
        ib.get("data protection 1")


@pytest.mark.parametrize(("spelling", "key"), [(each, key) for key, all_ in SPELLINGS.items() for each in all_])
def test_usual_spellings(spelling: str, key: str) -> None:
    assert ib.info(spelling).key == key


def test_every_name_in_the_registry_is_found() -> None:
    for info in ib.publications():
        for name in (info.key, info.pubid, info.doi, *info.aliases):
            if name is not None:
                for spelling in (name, name.upper(), name.lower(), f" {name}\n", name.replace("-", "–")):
                    assert ib.info(spelling) is info, spelling


@given(st.sampled_from(NAMES), st.data())
def test_publications_are_found_however_they_are_cased_and_separated(name: str, data: st.DataObject) -> None:
    respelt = "".join(
        data.draw(st.sampled_from([" ", ".", "-", ". "])) if character in " .-" else character for character in name
    )
    for spelling in (respelt, respelt.upper(), respelt.lower(), respelt.title()):
        assert ids.fold_publication(spelling) == ids.fold_publication(name)


@pytest.mark.parametrize("before", ["", "doi:", "doi: ", "https://doi.org/", "http://dx.doi.org/", "HTTPS://DOI.ORG/"])
def test_a_doi_folds_to_what_it_names(before: str) -> None:
    assert ids.fold_publication(f"{before}10.6028/NIST.IR.8425") == ids.fold_publication("IR 8425")


def test_folding_is_idempotent() -> None:
    for name in NAMES:
        assert ids.fold_publication(ids.fold_publication(name)) == ids.fold_publication(name), name
    for element in ELEMENTS:
        assert ids.fold_local(ids.fold_local(element.local)) == ids.fold_local(element.local), element.id


def test_every_element_is_found_by_its_own_identifier() -> None:
    for element in ELEMENTS:
        for spelling in (element.id, element.id.upper(), element.id.lower(), f"  {element.id}  "):
            assert ib.get(spelling) is element, spelling


def test_no_two_elements_of_a_publication_fold_alike() -> None:
    assert len({(element.publication, ids.fold_local(element.local)) for element in ELEMENTS}) == len(ELEMENTS)


def test_every_control_is_found_by_its_label_however_it_is_padded() -> None:
    for control in CONTROLS:
        label = ids.control_label(control.local)
        assert label == control.label
        family, _, number = label.rstrip(")").partition("-")
        base, _, enhancement = number.partition("(")
        padded = f"{family}-{base:0>2}" + (f"({enhancement:0>2})" if enhancement else "")
        for spelling in (label, padded, padded.lower(), padded.replace("(", " (")):
            assert ib.get(f"{control.publication}:{spelling}") is control, spelling


def test_a_bare_control_is_one_of_revision_5() -> None:
    for control in CONTROLS:
        if control.publication == "sp800-53r5":
            assert ib.get(ids.control_label(control.local)) is control
            assert ib.get(control.local) is control


@given(st.sampled_from(ELEMENTS), st.data())
def test_elements_are_found_however_they_are_cased_and_separated(element: ib.Element, data: st.DataObject) -> None:
    respelt = "".join(
        data.draw(st.sampled_from(".-_ ()")) if character in ".-" else data.draw(st.sampled_from(_cases(character)))
        for character in element.local
    )
    assert ib.load(element.publication).get(respelt) is element


def _cases(character: str) -> tuple[str, str]:
    return (character.lower(), character.upper())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ir8425:data-protection.1", ("ir8425", "data-protection.1")),
        ("IR 8425:a:b", ("IR 8425", "a:b")),
        (f"https://doi.org/{DOI}#data-protection", ("NIST.IR.8425", "data-protection")),
        (f"doi:{DOI}", (None, f"doi:{DOI}")),
        (f"https://doi.org/{DOI}", (None, f"https://doi.org/{DOI}")),
        ("DO:SMP(5e)", ("sp800-213a", "DO:SMP(5e)")),
        ("CS:AEI", ("sp800-213a", "CS:AEI")),
        ("AC-2(3)", ("sp800-53r5", "AC-2(3)")),
        ("ac-2.3", ("sp800-53r5", "ac-2.3")),
        ("PR.AA-01", ("csf2.0", "PR.AA-01")),
        ("pr.ac-1", ("csf1.1", "pr.ac-1")),
        ("ir8425", (None, "ir8425")),
        ("AC-200", (None, "AC-200")),
        ("#data-protection", (None, "#data-protection")),
    ],
)
def test_split(text: str, expected: tuple[str | None, str]) -> None:
    assert ids.split(text) == expected


def test_checked_makes_dashes_and_spaces_plain() -> None:
    assert ids.checked("\tSP\u00a0 800‐53‑r5\n") == "SP 800-53-r5"


@pytest.mark.parametrize("length", [ids.MAX_LENGTH - 1, ids.MAX_LENGTH])
def test_checked_up_to_the_longest(length: int) -> None:
    assert ids.checked("x" * length) == "x" * length


def test_what_is_longer_is_refused_and_not_repeated() -> None:
    with pytest.raises(
        ib.errors.IdentifierSyntaxError, match="too long for an identifier; write at most 200"
    ) as caught:
        ids.checked("a" * (ids.MAX_LENGTH + 1))
    assert len(str(caught.value)) < ids.MAX_LENGTH


def test_checked_says_where_a_foreign_character_stands() -> None:
    with pytest.raises(
        ib.errors.IdentifierSyntaxError, match="CYRILLIC SMALL LETTER A at place 4; identifiers are plain"
    ):
        ids.checked("  IR а8425")


@given(st.text())
def test_checked_text_is_plain_or_refused(text: str) -> None:
    try:
        plain = ids.checked(text)
    except ib.errors.IdentifierSyntaxError:
        return
    assert plain.isascii()
    assert plain.isprintable()
    assert plain == plain.strip() != ""
    assert ids.checked(plain) == plain


def test_nearest_is_best_first_and_keeps_the_case() -> None:
    assert ids.nearest("IR8425", ["ir8259", "Ir8425a", "IR8425", "x"]) == ("IR8425", "Ir8425a", "ir8259")
    assert ids.nearest("ir8425", ["IR8425"], count=1) == ("IR8425",)
    assert ids.nearest("zzz", ["ir8425"]) == ()
    assert ids.nearest("i" * 201, ["i" * 201]) == ()
    assert ids.nearest("ir8425", [f"ir842{digit}" for digit in range(5)]) == ("ir8424", "ir8423", "ir8422")


LOCALS = [element.local for element in ib.load("sp800-53r5")]


@given(st.text("ac-2.9(s "), st.integers(1, 4))
def test_the_nearest_are_those_that_difflib_finds(text: str, count: int) -> None:
    assert ids.nearest(text, LOCALS, count) == tuple(difflib.get_close_matches(text, LOCALS, count, 0.5))


@given(st.text(max_size=20), st.lists(st.text(max_size=20)))
def test_the_nearest_of_any_names_are_those_that_difflib_finds(text: str, known: list[str]) -> None:
    lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(text.lower(), lower, 3, 0.5)
    assert ids.nearest(text, known) == tuple(lower[name] for name in close)


@pytest.mark.parametrize(("text", "most"), [("qwertyuiop12", 5), ("ac-2.99", 60), ("a" * 200, 0)])
def test_few_names_are_compared_character_by_character(text: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    monkeypatch.setattr(difflib.SequenceMatcher, "set_seq1", lambda _, name: compared.append(name))
    monkeypatch.setattr(difflib.SequenceMatcher, "ratio", lambda _: 0.75)
    ids.nearest(text, LOCALS)
    assert len(compared[1:]) <= most


def test_a_name_of_many_words_has_few_beginnings() -> None:
    assert [len(list(ids.beginnings(text))) for text in ("a", "a b", "a b c", "a " * 100_000)] == [0, 1, 2, 12]
    assert next(ids.beginnings("a " * 14 + "b")) == (" ".join("a" * 12), "a a b")


@pytest.mark.parametrize("value", [None, 8425, b"ir8425", ("ir8425",)])
def test_only_a_text_can_be_an_identifier(value: object) -> None:
    with pytest.raises(ib.errors.ArgumentTypeError, match="identifier"):
        ids.checked(value)
    with pytest.raises(ib.errors.ArgumentTypeError, match="kinds"):
        ids.text(value, "kinds")


@given(st.text() | st.from_regex(r"[a-zA-Z0٣.( )-]{0,12}\Z"))
def test_folding_drops_leading_zeros_only(text: str) -> None:
    tokens = re.findall(r"[a-z]+|\d+", text.lower())
    assert ids.fold_local(text) == ".".join(token.lstrip("0") or "0" for token in tokens)


@given(st.text(max_size=50))
def test_plain_ascii_is_checked_like_any_other_text(text: str) -> None:
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")).split())
    if plain and all(" " <= character <= "~" for character in plain):
        assert ids.checked(text) == plain
    else:
        with pytest.raises(ib.errors.IdentifierSyntaxError):
            ids.checked(text)


def test_the_name_of_an_argument_is_a_text_too() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(ib.errors.ArgumentTypeError, match="argument is of type list; pass a string"):
        ids.text(b"x", endless)  # type: ignore[arg-type]
