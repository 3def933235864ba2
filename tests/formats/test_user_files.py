"""A framework and a crosswalk of the user's own: every query works across them, and a bad file changes nothing."""

from __future__ import annotations

import gc
import pickle
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._library import sssom
from iotbaseline._library.library import DEFAULT
from iotbaseline._mappings.hops import hops, ways_from
from iotbaseline._model.hidden import hidden_in
from iotbaseline.formats import framework

PAGE = Path(__file__).parents[2] / "docs" / "own.md"
Write = Callable[[str, str], Path]
ACME = (
    "id,title,parent,summary,kind\nA,Access,,,\nA.1,Accounts,A,One account for each person,requirement\nB,Backups,,,\n"
)
TABLE = "subject_id\tpredicate_id\tobject_id\n"


def with_framework(path: Path, *, library: ib.Library = DEFAULT, **options: str) -> ib.Library:
    return library.extended(ib.read_framework(path, **options))


def with_crosswalk(path: Path, *, library: ib.Library = DEFAULT, **options: str) -> ib.Library:
    return library.extended(*ib.read_crosswalk(path, library=library, **options))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8", newline="")
        return path

    return write


@pytest.fixture
def acme(write: Write) -> ib.Library:
    return with_framework(write("acme.csv", ACME), key="acme", title="Acme policy")


def lines_of(caught: pytest.ExceptionInfo[ib.errors.DataErrors]) -> list[str]:
    return [error.place for error in caught.value.errors]


# A framework


def test_framework_is_a_publication(acme: ib.Library) -> None:
    publication = acme.load("acme")
    assert [element.id for element in publication] == ["acme:A", "acme:A.1", "acme:B"]
    assert publication["A.1"] == ib.kinds.Requirement(
        id="acme:A.1", title="Accounts", label="A.1", parent="acme:A", summary="One account for each person"
    )
    assert isinstance(publication["A"], ib.kinds.Clause)
    assert publication.children("A") == (publication["A.1"],)
    assert publication.holds_all("clause")
    assert publication.title == "Acme policy"


def test_framework_is_labelled_as_the_users(acme: ib.Library) -> None:
    info = acme.info("Acme")
    assert (info.role, info.pubid, info.doi, info.url) == ("user framework", None, None, None)
    assert info.notice == "the user's own, not a publication of NIST"
    assert info.notice in str(info)
    assert info.notice in acme.load("acme")._repr_html_().replace("&#x27;", "'")
    assert repr(acme).startswith(f"<Library data {ib.data_version}, acme: ")
    assert not any(each.role == "user framework" for each in ib.publications())


def test_framework_answers_as_shipped_ones_do(acme: ib.Library) -> None:
    assert acme.get("acme:A.1") is acme.get("ACME:a1") is acme.load("acme")["A.1"]
    assert acme.url("acme:A.1") is None
    assert acme.url("acme") is None
    assert acme.revisions("acme") == (acme.info("acme"),)
    assert acme.publications == (*ib.publications(), acme.info("acme"))
    assert acme.load_all() == (*DEFAULT.load_all(), acme.load("acme"))
    assert [hit.element.id for hit in ib.search("each person", publication="acme", library=acme)] == ["acme:A.1"]
    assert acme.errata("acme") == ()
    with pytest.raises(ib.errors.UnknownIdentifierError, match=r"did you mean acme:A\.1"):
        acme.get("A.1")
    with pytest.raises(ib.errors.UnknownIdentifierError, match=r"unknown element of acme 'acme:A.2'; .* acme:A.1"):
        acme.get("acme:A.2")
    with pytest.raises(ib.errors.UnknownCrosswalkError):
        ib.crosswalk("acme", "ir8425", library=acme)


def test_shipped_answers_stay_and_are_read_once(acme: ib.Library) -> None:
    assert acme.load("ir8425") is DEFAULT.load("ir8425")
    assert acme.data_version == ib.data_version
    assert acme.sources is DEFAULT.sources
    assert acme.mappings("ir8425", "ir8259a") == DEFAULT.mappings("ir8425", "ir8259a")
    assert acme.lineage("ir8259", "ir8259r1") is DEFAULT.lineage("ir8259", "ir8259r1")
    assert acme.errata("sp800-213a") == ib.errata("sp800-213a")
    assert ib.diff("ir8259", "ir8259r1", library=acme) == ib.diff("ir8259", "ir8259r1")


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(write: Write, is_enabled: bool) -> None:
    path, bad = write("acme.csv", ACME), write("bad.csv", "id\n\u202e\n")
    try:
        if not is_enabled:
            gc.disable()
        ib.read_framework(path, key="acme")
        with pytest.raises(ib.errors.DataErrors):
            ib.read_framework(bad, key="acme")
        assert gc.isenabled() is is_enabled
    finally:
        gc.enable()


def test_two_frameworks_can_be_compared(acme: ib.Library, write: Write) -> None:
    path = write("next.csv", "id,title,parent,kind\nA,Access,,\nA.1,User accounts,A,requirement\nC,Copies,,\n")
    both = with_framework(path, key="acme-2", library=acme)
    found = ib.diff("acme", "acme-2", library=both)
    assert [change.before[0].id for change in found.retitled] == ["acme:A.1"]
    assert [str(change) for change in found.where(ib.ChangeKind.UNPAIRED)] == [
        "unpaired: acme:B Backups",
        "unpaired: acme-2:C Copies",
    ]
    assert both.load("acme-2").title == "next"
    assert repr(both).startswith(f"<Library data {ib.data_version}, acme, acme-2: ")
    assert not acme.knows("acme-2")


def test_given_library_stays_as_it_is(write: Write) -> None:
    library = ib.Library()
    library.load("ir8425")
    ib.search("update", library=library)
    kept = dict(library.once._kept)
    own = with_framework(write("acme.csv", ACME), key="acme", library=library)
    own = with_crosswalk(write("a.tsv", f"{TABLE}acme:A.1\trelated\tir8425:data-protection\n"), library=own)
    assert ib.search("backups", library=own)[0].element.id == "acme:B"
    assert ib.mappings("ir8425:data-protection", library=own)[-1].object == "acme:A.1"
    assert kept.items() <= library.once._kept.items()
    assert not any("acme" in key for key in library.once._kept)
    assert not library.knows("acme")
    assert library.crosswalk_pairs() == DEFAULT.crosswalk_pairs()
    assert all(hit.element.publication != "acme" for hit in ib.search("backups", library=library))
    with pytest.raises(ib.errors.UnknownIdentifierError):
        library.load("acme")


def test_parents_may_follow_their_children(write: Write) -> None:
    path = write("p.csv", "parent,ID\na,a.1\n,b\n,a\nA.1,a.1.1\na,a.2\n")
    publication = with_framework(path, key="p").load("p")
    assert [element.local for element in publication] == ["b", "a", "a.1", "a.1.1", "a.2"]
    assert publication["a.1.1"].parent == "p:a.1"


@pytest.mark.slow
@given(st.permutations(range(12)), st.data())
def test_every_tree_is_read_whole_in_any_order(tmp_path_factory: Any, order: list[int], data: Any) -> None:
    parents = {n: data.draw(st.none() | st.integers(0, n - 1)) if n else None for n in range(12)}
    rows = [f"e{n},{'' if parents[n] is None else f'e{parents[n]}'}" for n in order]
    path = tmp_path_factory.mktemp("tree") / "t.csv"
    path.write_text("\n".join(["id,parent", *rows]), "utf-8")
    publication = with_framework(path, key="tree").load("tree")
    above: set[str | None] = {None}
    for element in publication:
        assert element.parent in above
        above.add(element.id)
    found = {int(e.local[1:]): None if e.parent is None else int(e.parent.partition(":e")[2]) for e in publication}
    assert found == parents
    assert len(tuple(publication.walk())) == 12


@pytest.mark.parametrize("kind", framework.KINDS_ALLOWED)
def test_kinds(write: Write, kind: str) -> None:
    publication = with_framework(write("k.csv", f"id,kind\n1,{kind}\n"), key="k").load("k")
    assert type(publication["1"]) is ib.kinds.KINDS[kind]


@pytest.mark.parametrize(
    ("row", "problem", "fix"),
    [
        (",x,,,", "'acme:' has no|the id is empty", "as in A.1"),
        ("A:1,,,,", "the id 'A:1' cannot be an identifier", "as in A.1"),
        ("A|1,,,,", "cannot be an identifier", "as in A.1"),
        ("--,,,,", "the id '--' cannot be an identifier", "as in A.1"),
        ("Ä.1,,,,", "LATIN CAPITAL LETTER A WITH DIAERESIS", "plain ASCII"),
        ("А.1,,,,", "CYRILLIC CAPITAL LETTER A", "plain ASCII"),
        (f"{'x' * 201},,,,", "too long", "write at most 200 characters"),
        ("A.1,,,,", "the id 'A.1' reads like 'A.1' in line 3", "its own id"),
        ("a-01,,,,", "the id 'a-01' reads like 'A.1' in line 3", "its own id"),
        ("C,,A.7,,", "there is no row for the parent 'A.7'", r"did you mean A(\.1)?( or A(\.1)?)*\?"),
        ("C,,zzzzzz,,", "there is no row for the parent 'zzzzzz'", "name the id of another row, or leave it empty"),
        ("C,,--,,", "there is no row for the parent '--'", "leave it empty"),
        ("C,,C,,", "its parents lead in a circle", "leave the parent of the topmost one empty"),
        ("C,,,,claus", "there is no kind 'claus'", "use one of clause"),
        ("C,,,,capability", "there is no kind 'capability'", "use one of "),
        ("C,,,,Elephant", "there is no kind 'Elephant'", "use one of .*common-element"),
        ("C,,,", "the row has 4 cells for 5 columns", "one cell"),
        ("C,x,y,z,,", "the row has 6 cells for 5 columns", "quote a cell"),
    ],
)
def test_bad_row_of_a_framework(write: Write, row: str, problem: str, fix: str) -> None:
    with pytest.raises(ib.errors.DataErrors, match=problem) as caught:
        with_framework(write("acme.csv", f"{ACME}{row}\n"), key="acme")
    [error] = caught.value.errors
    assert (error.file, error.place) == ("acme.csv", "line 5")
    assert re.search(fix, error.fix)


def test_every_bad_row_of_a_framework_is_named(write: Write) -> None:
    rows = "id,parent\nA,\nB,Q\nA,\n\nC,D\nD,C\nä,\nE,R\n"
    with pytest.raises(ib.errors.DataErrors) as caught:
        with_framework(write("f.csv", rows), key="f")
    assert lines_of(caught) == ["line 8"]
    with pytest.raises(ib.errors.DataErrors) as caught:
        with_framework(write("f.csv", rows.replace("ä", "F")), key="f")
    assert lines_of(caught) == ["line 3", "line 4", "line 9"]
    with pytest.raises(ib.errors.DataErrors) as caught:
        with_framework(write("f.csv", "id,parent\nA,\nC,D\nD,C\nE,C\n"), key="f")
    assert lines_of(caught) == ["line 3", "line 4", "line 5"]


def test_levels(write: Write) -> None:
    def rows(count: int) -> str:
        return "id,parent\n" + "".join(f"n{n},{f'n{n - 1}' if n else ''}\n" for n in range(count))

    deepest = with_framework(write("d.csv", rows(framework.DEEPEST)), key="d").load("d")
    assert len(deepest.descendants("n0")) == framework.DEEPEST - 1
    with pytest.raises(ib.errors.DataErrors) as caught:
        with_framework(write("d.csv", rows(10_000)), key="d")
    assert lines_of(caught) == [f"line {framework.DEEPEST + 2}"]


@pytest.mark.parametrize(
    "key", ["", "A", "acme policy", "acme:x", "acme@1", "acmé", "x" * 61, "-a", "nist", "10.6028/x", None, 1]
)
def test_key_that_cannot_be_one(write: Write, key: Any) -> None:
    with pytest.raises((ib.errors.ArgumentTypeError, ib.errors.IdentifierSyntaxError)):
        with_framework(write("acme.csv", ACME), key=key)


@pytest.mark.parametrize("key", ["ir8425", "nistir-8425", "ir-8425", "nist.ir.8425", "sp800-53", "sp-800-213a", "acme"])
def test_key_that_is_taken(write: Write, acme: ib.Library, key: str) -> None:
    with pytest.raises(ib.errors.KeyTakenError, match="; choose another one"):
        with_framework(write("acme.csv", ACME), key=key, library=acme)


@pytest.mark.parametrize("key", ["profile", "federal", "industrial"])
def test_key_of_a_profile(write: Write, key: str) -> None:
    with pytest.raises(ib.errors.KeyTakenError, match=f"the key {key} is that of a profile"):
        ib.extended(ib.read_framework(write("a.csv", "id\nA.1\n"), key=key))


@pytest.mark.parametrize("hidden", ["\x1b", "\u202e", "\ud800", "\r", "\x9b"])
def test_title_that_could_write_to_a_terminal(write: Write, hidden: str) -> None:
    with pytest.raises(ib.errors.IdentifierSyntaxError, match=f"has the character U.{ord(hidden):04X}") as caught:
        ib.read_framework(write("a.csv", "id\nA.1\n"), key="acme", title=f"a{hidden}b")
    assert str(caught.value).isprintable()


def test_identifier_that_would_be_read_as_another_publications(write: Write) -> None:
    with pytest.raises(ib.errors.DataErrors, match="'IMS' cannot be an identifier"):
        with_framework(write("di.csv", "id\nIMS\n"), key="di")


# A crosswalk in SSSOM TSV


def test_crosswalk_is_read_both_ways_and_labelled(acme: ib.Library, write: Write) -> None:
    head = "\ufeff#license: x\nobject_id\tmore\tpredicate_id\tsubject_id\tcomment"
    rows = f"{head}\nAC-2\t?\tskos:broadMatch\tACME:a1\twhy\n"
    own = with_crosswalk(write("mine.sssom.tsv", rows), library=acme)
    mapping = ib.Mapping(
        subject="acme:A.1",
        relation=ib.Relation.SUBSET_OF,
        object="sp800-53r5:ac-2",
        basis=ib.Basis.USER,
        fidelity=ib.Fidelity.FULL,
        justification="semapv:ManualMappingCuration",
        rationale="why",
        source="mine.sssom.tsv",
    )
    assert ib.crosswalk("acme", "SP 800-53", library=own).mappings == (mapping,)
    assert ib.crosswalk("sp800-53r5", "acme", library=own).mappings == (mapping.inverse(),)
    assert ib.crosswalk("acme", "sp800-53r5", library=own).targets("A.1") == (mapping,)
    assert ib.mappings("acme:A.1", library=own) == (mapping,)
    assert ib.mappings("AC-2", library=own) == (*ib.mappings("AC-2"), mapping.inverse())
    assert ib.crosswalks(library=own) == (*ib.crosswalks(), ("acme", "sp800-53r5"))
    assert "1 mapping of mine.sssom.tsv" in repr(own)
    assert "user 1" in ib.crosswalk("acme", "sp800-53r5", library=own)._repr_html_()
    assert [e.id for e in ib.crosswalk("acme", "sp800-53r5", library=own).unmapped_subjects] == []


def test_one_file_may_map_several_publications(acme: ib.Library, write: Write) -> None:
    rows = "acme:A\tequal\tAC-2\nsp800-53r5:ac-3\tequal\tacme:B\nNIST IR 8425:data-protection\tequal\tacme:A\n"
    own = with_crosswalk(write("many.tsv", TABLE + rows), library=acme)
    new = [pair for pair in own.crosswalk_pairs() if pair not in DEFAULT.crosswalk_pairs()]
    assert new == [("acme", "sp800-53r5"), ("sp800-53r5", "acme"), ("ir8425", "acme")]
    assert len(ib.crosswalk("acme", "sp800-53r5", library=own)) == 2


def test_own_mappings_of_a_shipped_pair_follow_the_shipped_ones(write: Write) -> None:
    path = write("more.tsv", f"{TABLE}ir8425:data-protection\tsuperset of\tir8259a:data-protection\n" * 1)
    own = with_crosswalk(path)
    shipped, united = ib.crosswalk("ir8425", "ir8259a"), ib.crosswalk("ir8425", "ir8259a", library=own)
    assert united.mappings[:-1] == shipped.mappings
    assert str(united.mappings[-1]) == "ir8425:data-protection superset_of ir8259a:data-protection [user]"
    assert own.crosswalk_pairs() == DEFAULT.crosswalk_pairs()
    assert own.publications == ib.publications()
    twice = with_crosswalk(path, library=own)
    assert ib.crosswalk("ir8425", "ir8259a", library=twice) == united
    path.write_text(f"{TABLE}ir8425:data-protection\tequal\tir8259a:data-protection\n", "utf-8")
    third = ib.crosswalk("ir8425", "ir8259a", library=with_crosswalk(path, library=own))
    assert [str(mapping.relation) for mapping in third.mappings[-2:]] == ["superset_of", "equal"]
    assert own.mappings("ir8425", "ir8259a") == united.mappings


def test_row_that_is_there_twice_counts_once(acme: ib.Library, write: Write) -> None:
    own = with_crosswalk(write("twice.tsv", TABLE + "acme:A\tequal\tAC-2\n" * 2), library=acme)
    assert len(own.mappings("acme", "sp800-53r5")) == 1


PREDICATES = {
    **{f"ir8477:{relation}": relation for relation in ib.Relation},
    **{str(relation): relation for relation in ib.Relation},
    "Subset of": ib.Relation.SUBSET_OF,
    "intersects-with": ib.Relation.INTERSECTS_WITH,
    "IR8477:Supports": ib.Relation.SUPPORTS,
    "skos:exactMatch": ib.Relation.EQUIVALENT,
    "skos:broadMatch": ib.Relation.SUBSET_OF,
    "skos:narrowMatch": ib.Relation.SUPERSET_OF,
    "skos:closeMatch": ib.Relation.RELATED,
    "skos:relatedMatch": ib.Relation.RELATED,
}


@pytest.mark.parametrize(("predicate", "relation"), PREDICATES.items())
def test_predicates(acme: ib.Library, write: Write, predicate: str, relation: ib.Relation) -> None:
    own = with_crosswalk(write("p.tsv", f"{TABLE}acme:A\t{predicate}\tAC-2\n"), library=acme)
    assert own.mappings("acme", "sp800-53r5")[0].relation is relation


@pytest.mark.parametrize(
    ("confidence", "strength", "expected"),
    [("", "", None), ("0", "", 0), ("1", "", 10), ("0.84", "", 8), (".85", "", 9), ("0.25", "", 3), ("1e-1", "", 1),
     ("0.9", "2", 2), ("", "10", 10), ("", "0", 0)],
)  # fmt: skip
def test_strength(acme: ib.Library, write: Write, confidence: str, strength: str, expected: int | None) -> None:
    table = f"{TABLE.strip()}\tconfidence\tstrength\nacme:A\tequal\tAC-2\t{confidence}\t{strength}\n"
    assert with_crosswalk(write("s.tsv", table), library=acme).mappings("acme", "sp800-53r5")[0].strength == expected


def test_basis_is_the_users_whatever_the_file_says(write: Write) -> None:
    end = "semapv:X\twhy\tofficial\tpartial\tp. 3\t7\tII\tAC-2|ac-3"
    row = f"ir8425:data-protection\tir8477:equal\tir8259a:data-protection\tData\t\t{end}"
    table = "\t".join(sssom.COLUMNS) + f"\n{row}\n"
    mapping = with_crosswalk(write("o.tsv", table)).mappings("ir8425", "ir8259a")[-1]
    assert (mapping.basis, mapping.source) == (ib.Basis.USER, "o.tsv")
    assert (mapping.object_label, mapping.justification, mapping.rationale) == ("Data", "semapv:X", "why")
    assert (mapping.fidelity, mapping.locator, mapping.strength) == (ib.Fidelity.PARTIAL, "p. 3", 7)
    assert (mapping.printed, mapping.path) == ("II", ("sp800-53r5:ac-2", "sp800-53r5:ac-3"))


def test_publications_may_be_named_once(acme: ib.Library, write: Write) -> None:
    rows = f"A.1\tequal\tDI:IMS(1)\nACME:B\tequal\tSP 800-213A:DI.IMS.2\nacme:A\tequal\t{sssom.NOTHING}\n"
    path = write("n.tsv", TABLE + rows)
    own = with_crosswalk(path, subject="ACME", obj="NIST SP 800-213A", library=acme)
    found = own.mappings("acme", "sp800-213a")
    assert [mapping.object for mapping in found] == ["sp800-213a:DI.IMS.1", "sp800-213a:DI.IMS.2", None]
    assert ib.crosswalk("acme", "sp800-213a", library=own).listed_without_object == ("acme:A",)
    with pytest.raises(ib.errors.DataErrors) as caught:
        with_crosswalk(path, obj="sp800-213a", library=acme)
    assert [error.problem for error in caught.value.errors] == ["subject_id: 'A.1' names no publication"]
    with pytest.raises(ib.errors.DataErrors, match="which publication has none; pass obj=") as caught:
        with_crosswalk(path, subject="acme", library=acme)
    assert lines_of(caught) == ["line 4"]
    with pytest.raises(ib.errors.DataErrors, match=r"unknown element 'SP 800-213A:DI\.IMS\.2' of csf1\.1") as caught:
        with_crosswalk(path, subject="acme", obj="csf1.1", library=acme)
    assert lines_of(caught) == ["line 2", "line 3"]
    with pytest.raises(ib.errors.UnknownIdentifierError):
        with_crosswalk(path, subject="acme", obj="sp800-999", library=acme)


def test_object_of_which_only_a_label_is_left(acme: ib.Library, write: Write) -> None:
    table = f"{TABLE.strip()}\tobject_label\nacme:A\trelated\t\tPart 4\n"
    [mapping] = with_crosswalk(write("l.tsv", table), obj="csa2015", library=acme).mappings("acme", "csa2015")
    assert (mapping.object, mapping.object_label) == (None, "Part 4")


def test_publication_without_elements_takes_any_identifier(acme: ib.Library, write: Write) -> None:
    own = with_crosswalk(write("c.tsv", f"{TABLE}acme:A\trelated\tcsa2015:6.1\n"), library=acme)
    assert ib.crosswalk("acme", "csa2015", library=own).sources("6.1")[0].subject == "acme:A"
    within = with_crosswalk(write("c.tsv", f"{TABLE}acme:A\trelated\tAC-2\n"), obj="csa2015", library=acme)
    assert within.mappings("acme", "csa2015")[0].object == "csa2015:AC-2"
    with pytest.raises(ib.errors.DataErrors, match=r"unknown element 'csf1\.1:PR\.AC-1' of csa2015; see load"):
        with_crosswalk(write("c.tsv", f"{TABLE}acme:A\trelated\tcsf1.1:PR.AC-1\n"), obj="csa2015", library=acme)
    named = with_crosswalk(write("c.tsv", f"{TABLE}acme:A\trelated\tcsa2015:6\n"), obj="csa2015", library=acme)
    assert named.mappings("acme", "csa2015")[0].object == "csa2015:6"


@pytest.mark.parametrize(
    ("row", "problem", "fix"),
    [
        ("acme:A.7\tequal\tAC-2", "subject_id: unknown element 'A.7' of acme", "did you mean acme:A"),
        (
            "acme:A\tequal\tAC-2(99)",
            "object_id: unknown element 'AC-2(99)' of sp800-53r5",
            "did you mean sp800-53r5:ac-2",
        ),
        ("acme:zzzzzzzzz\tequal\tAC-2", "subject_id: unknown element 'zzzzzzzzz' of acme", "see load('acme')"),
        ("acne:A\tequal\tAC-2", "subject_id: unknown publication in 'acne:A'", "did you mean acme?"),
        ("qqqqqqqq:A\tequal\tAC-2", "subject_id: unknown publication in 'qqqqqqqq:A'", "read_framework()"),
        ("A\tequal\tAC-2", "subject_id: 'A' names no publication", "pass subject="),
        ("\tequal\tAC-2", "subject_id: an identifier cannot be empty", "pass e.g."),
        ("acme:А\tequal\tAC-2", "subject_id: 'acme:А' has CYRILLIC CAPITAL LETTER A at place 6", "plain ASCII"),
        (f"{'x' * 201}\tequal\tAC-2", "is too long", "write at most 200 characters"),
        ("acme:A\tsubset\tAC-2", "there is no predicate 'subset'", "use one of "),
        ("acme:A\tskos:broad\tAC-2", "there is no predicate 'skos:broad'", "skos:broadMatch"),
        ("acme:A\t\tAC-2", "there is no predicate ''", "ir8477:equal"),
        ("acme:A\tequal\t", "there is no object", sssom.NOTHING),
        ("acme:A\tequal", "the row has 2 cells for 3 columns", "one cell"),
        ("acme:A\tequal\tAC-2\tx", "the row has 4 cells for 3 columns", "quote a cell"),
    ],
)
def test_bad_row_of_a_crosswalk(acme: ib.Library, write: Write, row: str, problem: str, fix: str) -> None:
    path = write("bad.tsv", f"#a: b\n{TABLE}acme:A\tequal\tAC-3\n{row}\n")
    with pytest.raises(ib.errors.DataErrors) as caught:
        with_crosswalk(path, library=acme)
    [error] = caught.value.errors
    assert (error.file, error.place) == ("bad.tsv", "line 4")
    assert problem in error.problem
    assert fix in error.fix


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("predicate_modifier", "Not", "the predicate_modifier 'Not' denies the mapping"),
        ("confidence", "high", "the confidence is 'high'"),
        ("confidence", "nan", "the confidence is 'nan'"),
        ("confidence", "-0.1", "the confidence is '-0.1'"),
        ("confidence", "1.01", "the confidence is '1.01'"),
        ("strength", "11", "strength is '11'"),
        ("strength", "٣", "strength is '٣'"),
        ("strength", "1.0", "strength is '1.0'"),
        ("fidelity", "good", "there is no fidelity 'good'"),
        ("path", "AC-2|AC-99", "path: unknown element 'AC-99' of sp800-53r5"),
        ("path", "x", "path: 'x' names no publication"),
    ],
)
def test_bad_cell(acme: ib.Library, write: Write, column: str, value: str, problem: str) -> None:
    table = f"{TABLE.strip()}\t{column}\nacme:A\tequal\tAC-2\t{value}\n"
    with pytest.raises(ib.errors.DataErrors, match="1 problem:\n") as caught:
        with_crosswalk(write("bad.tsv", table), library=acme)
    assert problem in str(caught.value)


# A crosswalk in the columns of OLIR

FOCAL, REFERENCE = "Focal Document Element", "Reference Document Element"
SET_THEORY = (
    f"{FOCAL},{FOCAL} Description,Rationale,Relationship,{REFERENCE},{REFERENCE} Description,"
    "Comments (Optional),Strength of Relationship (Optional)\n"
)
SUPPORTIVE = f"{FOCAL},Relationship Type,Relationship Property,Relationship Explanation,{REFERENCE}\n"


def olir(acme: ib.Library, path: Path) -> tuple[ib.Mapping, ...]:
    own = with_crosswalk(path, subject="sp800-53r5", obj="acme", library=acme)
    return own.mappings("sp800-53r5", "acme")


def test_set_theory_relationship_mapping(acme: ib.Library, write: Write) -> None:
    rows = "AC-2 (3),x,Semantic,intersects with,A.1,y,because,2\nAC-3,x,,,,,,\n"
    assert olir(acme, write("o.csv", SET_THEORY + rows)) == (
        ib.Mapping(
            subject="sp800-53r5:ac-2.3",
            relation=ib.Relation.INTERSECTS_WITH,
            object="acme:A.1",
            basis=ib.Basis.USER,
            fidelity=ib.Fidelity.FULL,
            justification="semapv:ManualMappingCuration",
            rationale="rationale: Semantic; because",
            strength=2,
            printed="A.1",
            source="o.csv",
        ),
        ib.Mapping(
            subject="sp800-53r5:ac-3",
            relation=ib.Relation.RELATED,
            object=None,
            basis=ib.Basis.USER,
            fidelity=ib.Fidelity.FULL,
            justification="semapv:ManualMappingCuration",
            source="o.csv",
        ),
    )


def test_cells_may_name_the_publication_too(acme: ib.Library, write: Write) -> None:
    for cell in ("AC-2 (3)", "SP 800-53 AC-2(3)", "NIST SP 800-53 Rev. 5, AC-2(3)", "sp800-53r5:ac-2.3"):
        [mapping] = olir(acme, write("o.csv", f'{SET_THEORY}"{cell}",,,equal,A.1,,,\n'))
        assert mapping.subject == "sp800-53r5:ac-2.3"
    with pytest.raises(ib.errors.DataErrors, match="unknown element 'SP 800-53r4 AC-2' of sp800-53r5"):
        olir(acme, write("p.csv", f"{SET_THEORY}SP 800-53r4 AC-2,,,equal,A.1,,,\n"))


@pytest.mark.parametrize(
    ("word", "focal_to_reference"),
    [
        ("subset of", "superset_of"),
        ("Superset of", "subset_of"),
        ("intersects with", "intersects_with"),
        ("equal", "equal"),
        ("Equal to", "equal"),
        ("not related to", "no_relationship"),
    ],
)
def test_relationship_is_what_the_reference_is_to_the_focal_element(
    acme: ib.Library, write: Write, word: str, focal_to_reference: str
) -> None:
    """IR 8278A r1, Table 2: the comparison asserted for the reference element compared to the focal one."""
    [mapping] = olir(acme, write("o.csv", f"{SET_THEORY}AC-2,,,{word},A,,,\n"))
    assert mapping.relation == focal_to_reference
    reference_to_focal = word.lower().replace(" ", "_").replace("equal_to", "equal")
    assert mapping.inverse().relation == reference_to_focal.replace("not_related_to", "no_relationship")


def test_supportive_relationship_mapping(acme: ib.Library, write: Write) -> None:
    """IR 8278A r1, Table 6: a certificate authority, the reference element, supports PR.AA-01, the focal one."""
    rows = "AC-2,supports,example of,why,A\nAC-3,supported by,,,A.1\nAC-4,contrary,,,B\n"
    found = olir(acme, write("o.csv", SUPPORTIVE + rows))
    assert [str(mapping.relation) for mapping in found] == ["is_supported_by", "supports", "contrary"]
    assert found[0].rationale == "property: example of; why"
    assert str(found[0].inverse()) == "acme:A supports sp800-53r5:ac-2 [user]"


def test_concept_crosswalk(acme: ib.Library, write: Write) -> None:
    head = '"Focal\r\nDocument Element",Reference Document Element,Fulfilled By (Y/N),Group Identifier'
    rows = f"{head},Strength of Relationship\r\nAC-2,A,Y,G1,N/A\r\n"
    [mapping] = olir(acme, write("o.csv", rows))
    assert (mapping.relation, mapping.strength) == (ib.Relation.RELATED, None)
    assert mapping.rationale == "fulfilled by: Y; group: G1"


@pytest.mark.parametrize(
    ("table", "problem", "fix"),
    [
        (f"{SET_THEORY}AC-2,,,equals,A,,,\n", "there is no relationship 'equals'", "equal to"),
        (f"{SET_THEORY}AC-2,,,,A,,,\n", "there are 0 relationships", "fill in one of relationship"),
        (f"{SET_THEORY}AC-2,,,equal,,,,\n", "there is a relationship without a reference", "leave the row empty"),
        (f"{SET_THEORY}AC-2,,,,,,why,\n", "there is a comments without a reference", "leave the row empty"),
        (f"{SET_THEORY}AC-2,,gut,equal,A,,,\n", "the rationale is 'gut'", "syntactic, semantic, functional"),
        (f"{SET_THEORY}AC-2,,,equal,A,,,eleven\n", "strength of relationship is 'eleven'", "from 0 to 10"),
        (f"{SET_THEORY}AC-999,,,equal,A,,,\n", "focal document element: unknown element 'AC-999'", "did you mean"),
        (f"{SET_THEORY}AC-2,,,equal,A.9,,,\n", "reference document element: unknown element 'A.9' of acme", "acme:A"),
        (f"{SET_THEORY},,,equal,A,,,\n", "focal document element: an identifier cannot be empty", "pass e.g."),
        (f"{SUPPORTIVE}AC-2,no relationship,,,A\n", "there is no relationship type 'no relationship'", "supports"),
        (f"{SUPPORTIVE}AC-2,supports,cause of,,A\n", "the relationship property is 'cause of'", "example of"),
    ],
)  # fmt: skip
def test_bad_row_of_an_olir_table(acme: ib.Library, write: Write, table: str, problem: str, fix: str) -> None:
    with pytest.raises(ib.errors.DataErrors) as caught:
        olir(acme, write("o.csv", table))
    [error] = caught.value.errors
    assert error.place == "line 2"
    assert problem in error.problem
    assert fix in error.fix


@pytest.mark.parametrize("named", [{}, {"subject": "sp800-53r5"}, {"obj": "acme"}])
def test_olir_table_needs_its_publications(acme: ib.Library, write: Write, named: dict[str, str]) -> None:
    with pytest.raises(ib.errors.DataError, match=r"pass subject= .* and obj= "):
        with_crosswalk(write("o.csv", SET_THEORY), library=acme, **named)


# Whatever is put in


def own_framework(path: Path) -> ib.Library:
    return with_framework(path, key="acme")


def own_crosswalk(path: Path) -> ib.Library:
    return with_crosswalk(path, subject="sp800-53r5", obj="sp800-53r5")


READ = [pytest.param(own_framework, id="framework"), pytest.param(own_crosswalk, id="crosswalk")]


@pytest.mark.parametrize("read", READ)
@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "column|layout"),
        (b"#only\n#this\n", "column|layout"),
        (b"\n\n", "column|layout"),
        (b"\xff\xfeid\n", "it is not UTF-8"),
        (b"id\n\x00\n", "null character"),
        (b"name\nA\n", "layout|no column 'name'"),
        (b'"id\nA\n', "cannot be separated|layout"),
        ("ïd\n1\n".encode(), "layout|no column"),
    ],
)
def test_file_that_is_no_table(tmp_path: Path, read: Callable[[Path], object], raw: bytes, problem: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(raw)
    with pytest.raises(ib.errors.DataError, match=problem) as caught:
        read(path)
    assert caught.value.file == "x.csv"
    assert caught.value.fix


@pytest.mark.parametrize("read", READ)
def test_file_that_cannot_be_read(tmp_path: Path, read: Callable[[Path], object]) -> None:
    for path in (tmp_path, tmp_path / "none.csv", Path("\0")):
        with pytest.raises(ib.errors.DataError, match="it cannot be read"):
            read(path)


def test_unknown_columns_show_both_layouts(write: Write) -> None:
    with pytest.raises(ib.errors.DataError, match=r"subject_id, predicate_id, object_id .*focal document element"):
        own_crosswalk(write("x.csv", "from,to\nA,B\n"))
    with pytest.raises(ib.errors.DataError, match="no known layout"):
        own_crosswalk(write("x.csv", TABLE.replace("\t", ",") + "AC-1,equal,AC-2\n"))


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("id,title,Title\nA,x,y\n", "the column 'title' is there twice"),
        ("id,titel\nA,x\n", "there is no column 'titel' in a framework; did you mean title"),
        ("id,owner\nA,x\n", "there is no column 'owner' in a framework; the columns are id, title, parent"),
        ("id,\nA,x\n", "there is no column ''"),
        ("title\nA\n", "the column 'id' is missing"),
        ("id\n", "line 2: there are no rows"),
        ("id\n\n ,\n", "line 2: there are no rows"),
    ],
)
def test_header_of_a_framework(write: Write, table: str, problem: str) -> None:
    with pytest.raises(ib.errors.DataError, match=problem):
        own_framework(write("x.csv", table))


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (TABLE.strip() + "\tobject_id\nAC-1\tequal\tAC-2\tAC-3\n", "the column 'object_id' is there twice"),
        (TABLE, "there are no rows"),
        (SET_THEORY, "there are no rows"),
        (SET_THEORY.replace("Rationale", "Reason"), "there is no column 'Reason' in the OLIR layout"),
        (SET_THEORY.replace("Rationale", "Relationship"), "the column 'Relationship' is there twice"),
    ],
)
def test_header_of_a_crosswalk(write: Write, table: str, problem: str) -> None:
    with pytest.raises(ib.errors.DataError, match=problem):
        own_crosswalk(write("x.csv", table))


def test_quotes_line_ends_and_empty_rows(write: Write) -> None:
    rows = '\ufeffid,title,summary\r\n\r\nA,"one, ""two""\r\nthree", s \r\n,,\r\nB,\u2028,\r\n'
    publication = own_framework(write("x.csv", rows)).load("acme")
    assert publication["A"].title == 'one, "two"\r\nthree'
    assert publication["A"].summary == "s"
    assert publication["B"].title is None
    with pytest.raises(ib.errors.DataErrors) as caught:
        own_framework(write("x.csv", f"{rows}ä,,\n"))
    assert lines_of(caught) == ["line 7"]


def test_torn_table_names_what_is_before_and_where_it_tears(write: Write) -> None:
    with pytest.raises(ib.errors.DataErrors) as caught:
        own_framework(write("x.csv", 'id,title\nä,x\nB,y\nC,"open\nD,z\n'))
    assert lines_of(caught) == ["line 2", "line 4"]
    with pytest.raises(ib.errors.DataErrors, match="field larger than field limit"):
        own_framework(write("x.csv", f"id,title\nA,{'x' * 200_000}\n"))


@pytest.mark.slow
def test_many_rows_are_read_in_seconds(write: Write) -> None:
    controls = [element.id for element in ib.load("sp800-53r5")][:400]
    requirements = [element.local for element in ib.load("sp800-213a")][:250]
    rows = "".join(f"{one}\trelated\tSP 800-213A:{other}\n" for one in controls for other in requirements)
    start = time.process_time()
    own = with_crosswalk(write("big.tsv", TABLE + rows))
    assert time.process_time() - start < 30
    assert sum(mapping.basis is ib.Basis.USER for mapping in own.mappings("sp800-53r5", "sp800-213a")) == 100_000


@pytest.mark.slow
@pytest.mark.parametrize(
    ("bad", "first", "last"),
    [
        ("sp800-53r5:ac-2.{0}x", "did you mean sp800-53r5:ac-2", "see load('sp800-53r5')"),
        ("forgotten:{0}", "read_framework()", "read_framework()"),
        ("A{0}", "pass subject=", "pass subject="),
    ],
)
def test_many_errors_cost_only_so_many_hints(write: Write, bad: str, first: str, last: str) -> None:
    rows = "".join(f"{bad.format(n)}\trelated\tAC-2\n" for n in range(5_000))
    with pytest.raises(ib.errors.DataErrors) as caught:
        with_crosswalk(write("big.tsv", TABLE + rows))
    errors = caught.value.errors
    assert len(errors) == 501
    assert errors[-1].problem == "it has more than 500 problems"
    assert errors[-2].place == "line 501"
    assert first in errors[0].fix
    assert last in errors[-2].fix
    assert str(caught.value).endswith("… and 451 more")
    assert len(str(caught.value).split("\n")) == 52


def test_errors() -> None:
    errors = [ib.errors.DataError("f", f"line {n}", "bad", "mend it") for n in range(3)]
    assert str(ib.errors.DataErrors(iter(errors[:1]))) == "1 problem:\nf: line 0: bad; mend it"
    caught = ib.errors.DataErrors(errors)
    assert caught.errors == tuple(errors)
    assert str(caught) == "3 problems:\nf: line 0: bad; mend it\nf: line 1: bad; mend it\nf: line 2: bad; mend it"
    assert isinstance(caught, ib.errors.IoTBaselineError)


def test_nothing_of_a_bad_file_is_loaded(acme: ib.Library, write: Write) -> None:
    before = (repr(acme), acme.publications, acme.crosswalk_pairs(), ib.mappings("AC-2", library=acme))
    with pytest.raises(ib.errors.DataErrors):
        with_crosswalk(write("x.tsv", f"{TABLE}acme:A\tequal\tAC-2\nacme:Q\tequal\tAC-2\n"), library=acme)
    with pytest.raises(ib.errors.DataErrors):
        with_framework(write("x.csv", "id\nA\nä\n"), key="beta", library=acme)
    assert (repr(acme), acme.publications, acme.crosswalk_pairs(), ib.mappings("AC-2", library=acme)) == before


def test_threads_do_not_wait_for_each_other(write: Write) -> None:
    fresh = ib.Library()
    own = with_framework(write("acme.csv", ACME), key="acme", library=fresh)

    def ask(number: int) -> tuple[ib.LineageRecord, ...]:
        library = (own, fresh)[number % 2]
        ib.search("key", library=library)
        return library.lineage("ir8259", "ir8259r1")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(32), timeout=120))
    assert all(answer is answers[0] for answer in answers)


def test_parts_are_what_the_file_says(write: Write, acme: ib.Library) -> None:
    table = f"{TABLE}acme:A\tequal\tAC-2\nir8425:documentation\trelated\tacme:B\nacme:B\trelated\tAC-3\n" * 2
    first, second = ib.read_crosswalk(write("m.tsv", table.replace(f"\n{TABLE}", "\n")), library=acme)
    assert (first.subject, first.object) == (acme.load("acme"), ib.load("sp800-53r5"))
    assert [str(mapping) for mapping in first] == [
        "acme:A equal sp800-53r5:ac-2 [user]",
        "acme:B related sp800-53r5:ac-3 [user]",
    ]
    assert [mapping.object for mapping in second.targets("IR 8425: documentation")] == ["acme:B"]


def test_library_is_extended_by_several_at_once(write: Write) -> None:
    one = ib.read_framework(write("one.csv", "id\nA\n"), key="one")
    two = ib.read_framework(write("two.csv", "id\nB\n"), key="two")
    table = write("m.tsv", f"{TABLE}one:A\tequal\ttwo:B\n")
    crosswalks = ib.read_crosswalk(table, library=ib.extended(one, two))
    own = ib.extended(*crosswalks, one, two, *crosswalks)
    assert [str(mapping) for mapping in own.mappings("one", "two")] == ["one:A equal two:B [user]"]
    assert repr(own).startswith(f"<Library data {ib.data_version}, one, two, 1 mapping of m.tsv: ")
    with pytest.raises(ib.errors.UnknownIdentifierError, match="unknown publication 'one'"):
        ib.extended(*crosswalks)
    with pytest.raises(ib.errors.KeyTakenError, match="the key one is taken by one"):
        ib.extended(one, two, one)
    with pytest.raises(ib.errors.KeyTakenError, match="the key two is taken by two"):
        own.extended(two)


def test_extended_library_goes_to_other_processes(write: Write, acme: ib.Library) -> None:
    own = with_crosswalk(write("m.tsv", f"{TABLE}acme:A\tequal\tAC-2\n"), library=acme)
    copy = pickle.loads(pickle.dumps(own))  # noqa: S301
    assert repr(copy) == repr(own)
    assert copy.get("acme:A.1") == own.get("acme:A.1")
    assert ib.crosswalk("acme", "sp800-53r5", library=copy) == ib.crosswalk("acme", "sp800-53r5", library=own)
    assert copy.load("ir8425") is ib.load("ir8425")


def test_hops_of_what_an_extension_leaves_alone_are_shared(write: Write, acme: ib.Library) -> None:
    own = with_crosswalk(write("m.tsv", f"{TABLE}acme:A\tequal\tAC-2\n"), library=acme)
    assert ways_from(own, "ir8259a") is ways_from(acme, "ir8259a") is ways_from(DEFAULT, "ir8259a")
    assert ways_from(acme, "sp800-53r5") is ways_from(DEFAULT, "sp800-53r5")
    assert ways_from(own, "sp800-53r5") is not ways_from(DEFAULT, "sp800-53r5")
    assert [hop.object for hop in hops(own, "sp800-53r5:ac-2")][-1] == "acme:A"


def test_mapping_of_the_users_can_be_pickled(acme: ib.Library, write: Write) -> None:
    [mapping] = with_crosswalk(write("p.tsv", f"{TABLE}acme:A\tequal\tAC-2\n"), library=acme).mappings(
        "acme", "sp800-53r5"
    )
    assert pickle.loads(pickle.dumps(mapping)) == mapping  # noqa: S301


# Out and in again


def test_no_shipped_mapping_is_a_users() -> None:
    for pair in ib.crosswalks():
        assert all(mapping.basis is not ib.Basis.USER for mapping in DEFAULT.mappings(*pair))
    for pair in DEFAULT.lineage_pairs():
        assert all(record.basis is not ib.Basis.USER for record in DEFAULT.lineage(*pair))
    row = "a:1\tir8477:equal\tb:2\t\t\tsemapv:X\t\tuser\tfull\t\t\t\t"
    with pytest.raises(ib.errors.DataError, match="the basis 'user' is for tables that are read by read_crosswalk"):
        sssom.read("\t".join(sssom.COLUMNS) + f"\n{row}\n", "crosswalks/a--b.sssom.tsv")


def as_read(crosswalk: ib.Crosswalk, file: str) -> list[ib.Mapping]:
    return [evolve(mapping, basis=ib.Basis.USER, source=file) for mapping in crosswalk]


@pytest.mark.parametrize("pair", ib.crosswalks(), ids="--".join)
def test_shipped_crosswalk_is_written_and_read_back(write: Write, pair: tuple[str, str]) -> None:
    crosswalk = ib.crosswalk(*pair)
    own = with_crosswalk(write("x.sssom.tsv", crosswalk.to_sssom()), obj=pair[1])
    assert [mapping for mapping in own.mappings(*pair) if mapping.source == "x.sssom.tsv"] == as_read(
        crosswalk, "x.sssom.tsv"
    )


WORDS = st.text(min_size=1).filter(lambda text: hidden_in(text) is None).map(str.strip)
MAYBE = st.none() | WORDS.filter(bool)
ENDS = [element.id for element in ib.load("ir8425")]
OBJECTS = [element.id for element in ib.load("ir8259a")]
MAPPINGS = st.builds(
    ib.Mapping,
    subject=st.sampled_from(ENDS),
    relation=st.sampled_from(ib.Relation),
    object=st.none() | st.sampled_from(OBJECTS),
    object_label=MAYBE,
    basis=st.sampled_from(ib.Basis),
    fidelity=st.sampled_from(ib.Fidelity),
    justification=WORDS.filter(bool),
    rationale=MAYBE,
    locator=MAYBE,
    strength=st.none() | st.integers(0, 10),
    printed=MAYBE,
    path=st.lists(st.sampled_from(ENDS), max_size=3).map(tuple),
    source=st.just("any"),
)


@pytest.mark.slow
@given(st.lists(MAPPINGS, min_size=1, unique_by=lambda mapping: evolve(mapping, basis=ib.Basis.USER)))
def test_any_crosswalk_is_written_and_read_back(tmp_path_factory: Any, mappings: list[ib.Mapping]) -> None:
    crosswalk = ib.Crosswalk(subject=ib.load("ir8425"), object=ib.load("ir8259a"), mappings=tuple(mappings))
    path = tmp_path_factory.mktemp("out") / "x.sssom.tsv"
    path.write_text(crosswalk.to_sssom(), "utf-8", newline="")
    own = with_crosswalk(path, obj="ir8259a").mappings("ir8425", "ir8259a")
    assert [mapping for mapping in own if mapping.source == path.name] == as_read(crosswalk, path.name)


@pytest.mark.skipif(not PAGE.exists(), reason="the documentation is not here")
def test_examples_of_the_documentation(capsys: pytest.CaptureFixture[str]) -> None:
    page = PAGE.read_text("utf-8")
    cells = re.findall(r"^```{code-cell} python3\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(cells) == page.count("{code-cell}")
    names: dict[str, object] = {}
    for cell in cells:
        exec(compile(cell, "docs/own.md", "exec"), names)  # noqa: S102
    assert "3 problems:\nacme.sssom.tsv: line 2:" in capsys.readouterr().out


def test_table_says_what_it_is(acme: ib.Library, write: Write) -> None:
    own = with_crosswalk(write("m.tsv", f"{TABLE}acme:A\tequal\tAC-2\n"), library=acme)
    text = ib.crosswalk("acme", "sp800-53r5", library=own).to_sssom()
    assert '"acme": "https://w3id.org/iotbaseline/acme#"' in text
    assert f'"sp800-53r5": "https://doi.org/{ib.info("sp800-53r5").doi}#"' in text
    assert '#license: "https://w3id.org/sssom/license/unspecified"\n' in text
    assert (
        '#license: "https://creativecommons.org/publicdomain/zero/1.0/"\n'
        in ib.crosswalk("ir8425", "ir8259a").to_sssom()
    )
    assert text.endswith(
        "\nacme:A\tir8477:equal\tsp800-53r5:ac-2\t\t\tsemapv:ManualMappingCuration\t\tuser\tfull\t\t\t\t\n"
    )
