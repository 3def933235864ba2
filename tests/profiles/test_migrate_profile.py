"""Carrying a whole profile over to another revision."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline import Outcome
from iotbaseline._library.library import Library

Json = dict[str, Any]
Named = list[tuple[str, str]]
"""Identifiers of the earlier revision that a profile names, each after its place."""

HEAD: Json = {"profile": "mine", "title": "Mine", "version": "1", "summary": "What we ask for."}
STATE = "online-catalog-2021-02"
CATALOG = "sp800-213a"
R4, R5 = "sp800-53r4", "sp800-53r5"
RULE = "imports, by a rule"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for profile files."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def written(folder: Path, name: str = "mine.json", **fields: Any) -> ib.Profile:
    (folder / name).write_text(json.dumps({**HEAD, **fields}), "utf-8")
    return ib.read_profile(folder / name)


def made(**fields: Any) -> ib.Profile:
    with tempfile.TemporaryDirectory() as name:
        return evolve(written(Path(name), **fields), file=None)


def importing(source: str, *include: Json, **fields: Any) -> Json:
    taken = {"include": list(include)} if include else {}
    return {"from": source, "rationale": f"because of {source}", **taken, **fields}


def changing(element: str, **fields: Any) -> Json:
    return {"element": element, "change": "narrow", "text": "all of it", "rationale": "policy", **fields}


def read_back(found: ib.MigratedProfile) -> ib.Profile:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "carried.json").write_text(found.profile_json(), "utf-8")
        return ib.read_profile(Path(name) / "carried.json")


def fates(found: ib.MigratedProfile) -> list[tuple[str, str, Outcome, list[str]]]:
    """Place, local name, outcome and what follows, of each entry."""
    return [
        (each.entry["place"], each.before.local, each.outcome, [after.local for after in each.after])
        for each in found
        if each.before is not None
    ]


# Laws, over profiles that are made up of real identifiers

PAIRS = [(STATE, CATALOG), (R4, R5), ("csf1.1", "csf2.0"), ("ir8259", "ir8259r1"), (CATALOG, STATE)]


def spelled(element: ib.Element, within: bool) -> st.SearchStrategy[str]:
    """An identifier in some spelling; ``within`` an import from its publication that can be left out."""
    doi = ib.info(element.publication).doi
    ways = [
        element.id,
        *([element.local] if within else []),
        *([f"https://doi.org/{doi}#{element.local}"] if doi else []),
    ]
    return st.sampled_from(ways)


@st.composite
def documents(draw: st.DrawFn, pair: tuple[str, str], plain: bool = False) -> tuple[Json, Named]:
    """A profile of the earlier revision, and all that it names of that; in a plain one by whole identifiers."""
    before = ib.load(pair[0])
    some = st.lists(st.sampled_from(before.elements), unique=True, max_size=4)
    named: Named = []

    def spelling(place: str, elements: list[ib.Element], within: bool = False) -> list[str]:
        named.extend((place, each.id) for each in elements)
        return [each.id if plain else draw(spelled(each, within)) for each in elements]

    taken = draw(st.lists(st.sampled_from(before.elements), unique=True, min_size=1, max_size=6))
    left_out = [each for each in draw(some) if each not in taken]
    include: list[Json] = [
        {"ids": spelling("imports[0].include[0].ids", taken, True)},
        {"within": spelling("imports[0].include[1].within", [draw(st.sampled_from(before.elements))], True)},
    ]
    if draw(st.booleans()):
        include.append({"kinds": [draw(st.sampled_from(before.elements)).kind]})
    exclude = [{"ids": spelling("imports[0].exclude[0].ids", left_out, True)}] if left_out else []
    changed = draw(st.lists(st.sampled_from(taken), unique=True, max_size=3))
    advised = draw(st.lists(st.sampled_from(taken), max_size=3))
    others = ["ir8259b, section 2", "ir8259b:documentation"]
    modify = [
        changing(
            spelling(f"modify[{number}].element", [each])[0],
            change="narrow" if number < len(changed) else "guidance",
            sources=[*spelling(f"modify[{number}].sources", draw(some)), *others],
        )
        for number, each in enumerate((*changed, *advised))
    ]
    add = [
        {
            "id": f"own-{number}",
            "title": "Own",
            "summary": "Ours.",
            "rationale": "policy",
            "parent": spelling(f"add[{number}].parent", [each])[0],
            "sources": spelling(f"add[{number}].sources", draw(some)),
        }
        for number, each in enumerate(draw(st.lists(st.sampled_from(taken), max_size=2)))
    ]
    alone = {"id": "alone", "title": "Alone", "summary": "Ours too.", "rationale": "policy"}
    about = [*spelling("open[0].about", draw(some)), "ir8259b:documentation", "mine:alone"]
    document: Json = {
        "base": draw(st.sampled_from([[], [pair[0]], list(dict.fromkeys(["ir8259b", *pair]))])),
        "levels": draw(st.sampled_from([[], ["low", "high"]])),
        "imports": [importing(pair[0], *include, exclude=exclude), importing("ir8259b")],
        "modify": modify,
        "add": [*add, alone],
        "open": [{"question": "Why?", "why": "It is not said.", "about": about}],
    }
    return document, named


pairs = st.sampled_from(PAIRS)
few = settings(max_examples=15)


@pytest.mark.slow
@few
@given(pairs, st.data())
def test_nothing_is_lost(pair: tuple[str, str], data: st.DataObject) -> None:
    document, named = data.draw(documents(pair))
    profile = made(**document)
    found = ib.migrate_profile(profile, *pair)
    entries = [(each.entry["place"], each.entry["id"]) for each in found]
    assert Counter(entry for entry in entries if entry[0] != RULE) == Counter(named)
    by_rule = [identifier for place, identifier in entries if place == RULE]
    known = {identifier for _, identifier in named}
    own = (each.id for each in profile.selected if each.element.publication == pair[0])
    assert by_rule == [each for each in own if each not in known]
    groups = [each for outcome in Outcome for each in found.where(outcome)]
    assert sorted(map(id, groups)) == sorted(map(id, found))
    assert len(found) == len(found.to_records()) == len(entries)
    expected = ib.migrate([identifier for _, identifier in entries], *pair)
    assert [(e.before, e.after, e.outcome, e.reason) for e in found] == [
        (e.before, e.after, e.outcome, e.reason) for e in expected
    ]


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a document, with the names of the fields that lead to it."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from texts(each, f"{path}.{name}")
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, path)
    else:
        yield path, str(value)


@pytest.mark.slow
@few
@given(pairs, st.data())
def test_nothing_of_the_earlier_revision_is_named_any_more(pair: tuple[str, str], data: st.DataObject) -> None:
    document, named = data.draw(documents(pair))
    found = ib.migrate_profile(made(**document), *pair)
    result = json.loads(found.profile_json())
    before, after = map(ib.load, pair)
    said = {".open.question", ".open.why"}
    for path, text in texts(result):
        assert path in said or (text != before.key and not text.startswith(f"{before.key}:"))
    follows = {each.before.id: {new.id for new in each.after} for each in found if each.before is not None}
    for field in (".imports.include.ids", ".imports.include.within", ".imports.exclude.ids", ".modify.element"):
        there = {text for path, text in texts(result) if path == field and after.has(text)}
        place = field.rpartition(".")[2]
        part = next((f"{each}[" for each in ("include", "exclude") if each in field), "modify")
        expected = {new for where, each in named if part in where and where.endswith(place) for new in follows[each]}
        assert there == (expected if len(result["imports"]) == 2 or part == "modify" else set())
    assert set(found.profile.questions[0].about) - {"ir8259b:documentation", "mine:alone"} == {
        new for place, each in named if place == "open[0].about" for new in follows[each]
    }
    base = [after.key if key == before.key else key for key in document["base"]]
    assert result.get("base", []) == list(dict.fromkeys(base))


@pytest.mark.slow
@few
@given(pairs, st.data())
def test_what_does_not_simply_go_on_is_asked(pair: tuple[str, str], data: st.DataObject) -> None:
    document, _ = data.draw(documents(pair))
    found = ib.migrate_profile(made(**document), *pair)
    asked = [each for each in found if each.outcome in (Outcome.NEEDS_REVIEW, Outcome.ORPHANED)]
    asked = [each for each in asked if each.entry["place"] != RULE]
    first, *questions = found.profile.questions
    assert first.question == "Why?"
    assert "mine:alone" in first.about
    for each, question in zip(asked, questions, strict=True):
        assert each.before is not None
        assert question.question.startswith(each.entry["place"])
        assert f"{each.before.id} " in question.question
        assert question.about == tuple(new.id for new in each.after)
        assert question.why.startswith(each.reason)
        assert ("Rule E1: " in question.why) == ("rule E1" in each.reason)


@pytest.mark.slow
@few
@given(pairs, st.data())
def test_the_file_holds_what_was_carried_over(pair: tuple[str, str], data: st.DataObject) -> None:
    document, _ = data.draw(documents(pair))
    found = ib.migrate_profile(made(**document), *pair)
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "mine.json").write_text(found.profile_json(), "utf-8")
        problems = ib.check_profile(Path(name) / "mine.json")
        assert [str(each).partition(": ")[2] for each in found.problems] == [
            str(each).partition(": ")[2] for each in problems
        ]
        if problems:
            assert found.profile.selected == ()
        else:
            assert ib.read_profile(Path(name) / "mine.json") == found.profile
            assert found.profile.resolve().elements


@few
@given(st.sampled_from(sorted({key for pair in PAIRS for key in pair})), st.data())
def test_the_same_revision_keeps_everything(key: str, data: st.DataObject) -> None:
    document, named = data.draw(documents((key, key), plain=True))
    profile = made(**document)
    found = ib.migrate_profile(profile, key, key)
    assert found.counts()[Outcome.KEPT] == len(found) > 0
    assert len(found) >= len(named)
    assert found.problems == ()
    assert found.profile == profile


# What happened


def test_the_online_catalog_to_the_final() -> None:
    profile = made(
        base=[STATE, "ir8259a"],
        imports=[
            importing(
                STATE,
                {"ids": ["LA.ROL.6.c.i", "LA:IFC(14a)"]},
                {"within": ["DI:IMS(3)"], "kinds": ["requirement"]},
                {"kinds": ["capability"]},
                exclude=[{"ids": ["CS"]}],
            )
        ],
        modify=[changing(f"{STATE}:DI.IMS.3", sources=[f"{STATE}:DI.IMS.1"])],
    )
    found = ib.migrate_profile(profile, STATE, "SP 800-213A")
    assert fates(found)[:6] == [
        ("imports[0].include[0].ids", "LA.ROL.6.c.i", Outcome.RENAMED, ["LA.ROL.6.d"]),
        ("imports[0].include[0].ids", "LA.IFC.14.a", Outcome.NEEDS_REVIEW, ["LA.IFC.14.a", "LA.IFC.14.b"]),
        ("imports[0].include[1].within", "DI.IMS.3", Outcome.NEEDS_REVIEW, ["DI.IMS.3"]),
        ("imports[0].exclude[0].ids", "CS", Outcome.KEPT, ["CS"]),
        ("modify[0].element", "DI.IMS.3", Outcome.NEEDS_REVIEW, ["DI.IMS.3"]),
        ("modify[0].sources", "DI.IMS.1", Outcome.KEPT, ["DI.IMS.1"]),
    ]
    assert {(place, name) for place, name, _, _ in fates(found)[6:]} == {
        (RULE, each.local) for each in ib.load(STATE).capabilities if each.local not in ("CS", "DI.IMS.3")
    }
    assert found.problems == ()
    assert found.profile.base == (CATALOG, "ir8259a")
    [wanted] = found.profile.imports
    assert wanted.source == CATALOG
    assert wanted.include[0].ids == tuple(f"{CATALOG}:{each}" for each in ("LA.ROL.6.d", "LA.IFC.14.a", "LA.IFC.14.b"))
    assert wanted.include[1] == ib.Selector(within=(f"{CATALOG}:DI.IMS.3",), kinds=("requirement",))
    assert wanted.include[2] == ib.Selector(kinds=("capability",))
    assert f"{CATALOG}:CS" not in found.profile.resolve()
    assert found.profile.modifications[0].element == f"{CATALOG}:DI.IMS.3"
    assert [each.question for each in found.profile.questions] == [
        f"imports[0].include[0].ids: {STATE}:LA.IFC.14.a became {CATALOG}:LA.IFC.14.a, {CATALOG}:LA.IFC.14.b. "
        "Does this part of the profile still hold?",
        f"imports[0].include[1].within: {STATE}:DI.IMS.3 became {CATALOG}:DI.IMS.3. "
        "Does this part of the profile still hold?",
        f"modify[0].element (narrow: all of it): {STATE}:DI.IMS.3 became {CATALOG}:DI.IMS.3. "
        "Does this part of the profile still hold?",
    ]


def test_controls_of_revision_4() -> None:
    """A control that moved, one withdrawn in revision 4 already, one that went into another, one that is gone."""
    doi = ib.info(R4).doi
    profile = made(
        imports=[
            importing(
                "SP 800-53 Rev. 4",
                {"ids": ["AU-8(1)", "AC-3(1)", f"https://doi.org/{doi}#ac-2", "sp800-53r4:AC-2(10)"]},
                exclude=[{"ids": ["SC-19"]}],
            )
        ],
        modify=[changing("sp800-53r4:AU-8(1)", sources=["SP 800-53 Rev. 4, appendix F", "sp800-53r4:sc-19"])],
    )
    found = ib.migrate_profile(profile, R4, R5)
    assert [each[1:] for each in fates(found)] == [
        ("au-8.1", Outcome.NEEDS_REVIEW, ["sc-45.1"]),
        ("ac-3.1", Outcome.NEEDS_REVIEW, ["ac-6"]),
        ("ac-2", Outcome.NEEDS_REVIEW, ["ac-2"]),
        ("ac-2.10", Outcome.NEEDS_REVIEW, ["ac-2"]),
        ("sc-19", Outcome.ORPHANED, []),
        ("au-8.1", Outcome.NEEDS_REVIEW, ["sc-45.1"]),
        ("sc-19", Outcome.ORPHANED, []),
    ]
    assert found.problems == ()
    assert [each.id for each in found.profile.selected] == [f"{R5}:{each}" for each in ("ac-2", "ac-6", "sc-45.1")]
    [wanted] = found.profile.imports
    assert wanted.exclude == ()
    [change] = found.profile.modifications
    assert (change.element, change.sources) == (f"{R5}:sc-45.1", ("SP 800-53 Rev. 4, appendix F",))
    gone = [each for each in found.profile.questions if "sc-19" in each.question]
    assert [each.about for each in gone] == [(), ()]
    assert all(f"{R4}:sc-19 has no successor" in each.question for each in gone)


def test_activities_that_a_rule_takes() -> None:
    """A rule takes what it takes in the later revision; the report tells what became of what it took."""
    profile = made(imports=[importing("IR 8259", {"kinds": ["activity"]})], add=[
        {"id": "own", "title": "t", "summary": "s", "rationale": "r", "parent": "ir8259:activity-3"}
    ])  # fmt: skip
    found = ib.migrate_profile(profile, "ir8259", "ir8259r1")
    activities = [each.local for each in ib.load("ir8259").activities]
    assert {(place, name) for place, name, _, _ in fates(found)} == {
        ("add[0].parent", "activity-3"),
        *((RULE, each) for each in activities if each != "activity-3"),
    }
    assert found.problems == ()
    assert [each.id for each in found.profile.selected[:-1]] == [each.id for each in ib.load("ir8259r1").activities]
    assert found.profile.additions[0].parent == "ir8259r1:activity-3"
    [question] = found.profile.questions
    assert question.about == ("ir8259r1:activity-3", "ir8259r1:activity-4")


def test_an_import_of_which_nothing_is_left() -> None:
    profile = made(
        imports=[importing(R4, {"ids": ["SC-19"]}, {"ids": ["CP-10(3)"], "kinds": ["control"]}), importing("ir8259b")],
        modify=[changing(f"{R4}:sc-19")],
    )
    found = ib.migrate_profile(profile, R4, R5)
    assert found.counts()[Outcome.ORPHANED] == len(found) == 3
    assert [each.source for each in found.profile.imports] == ["ir8259b"]
    assert found.profile.modifications == ()
    assert found.problems == ()
    assert "modify[0].element (narrow: all of it): sp800-53r4:sc-19 has no successor" in (
        found.profile.questions[-1].question
    )


def test_an_addition_whose_place_is_gone_stands_alone() -> None:
    profile = made(imports=[importing(R4, {"ids": ["SC-19", "AC-2"]})], add=[
        {"id": "own", "title": "t", "summary": "s", "rationale": "r", "parent": f"{R4}:sc-19"},
        {"id": "part", "title": "t", "summary": "s", "rationale": "r", "parent": "own"},
    ])  # fmt: skip
    found = ib.migrate_profile(profile, R4, R5)
    assert [each.parent for each in found.profile.additions] == [None, "mine:own"]
    assert found.profile.additions == read_back(found).additions


MERGED = {"imports": [importing(R4, {"ids": ["AC-2", "AC-2(10)"]})]}


def test_changes_of_what_became_one() -> None:
    """The first is kept and the other is asked; guidance of both is kept, and so is what sets another parameter."""
    days: Json = {"change": "parameter", "parameter": "days", "text": None}
    profile = made(
        **MERGED,
        modify=[
            changing(f"{R4}:ac-2", text="first"),
            changing(f"{R4}:ac-2.10", text="second"),
            changing(f"{R4}:ac-2", change="guidance"),
            changing(f"{R4}:ac-2.10", change="guidance"),
            changing(f"{R4}:ac-2", **days, value="7"),
            changing(f"{R4}:ac-2.10", **days, value="9"),
            changing(f"{R4}:ac-2.10", **{**days, "parameter": "hours"}, value="1"),
        ],
    )
    found = ib.migrate_profile(profile, R4, R5)
    assert found.problems == ()
    assert [str(each) for each in found.profile.modifications] == [
        "narrow: first", "guidance: all of it", "guidance: all of it", "parameter days = 7", "parameter hours = 1"
    ]  # fmt: skip
    asked = "\n".join(each.question for each in found.profile.questions)
    assert all(f"modify[{number}].element ({each})" in asked for number, each in enumerate(profile.modifications))


def test_changes_that_contradict_each_other_are_a_problem_with_its_line() -> None:
    profile = made(**MERGED, modify=[changing(f"{R4}:ac-2"), changing(f"{R4}:ac-2.10", change="widen")])
    found = ib.migrate_profile(profile, R4, R5)
    [problem] = found.problems
    assert problem.file == "mine.json"
    number, place = problem.place.removeprefix("line ").split(", ")
    assert place == "modify[1]"
    lines = found.profile_json().split("\n")
    assert lines[int(number) - 1 :][1] == '   "element": "sp800-53r5:ac-2",'
    assert "ac-2 is changed twice: narrow by mine, widen by mine" in problem.problem
    assert found.profile.selected == ()
    assert len(found.profile.modifications) == 2
    assert repr(found).endswith("problems: 1>")
    assert "problems: 1\n" in found.to_text()
    assert f"to be fixed (1)\n  {problem.place}: {problem.problem}\n      {problem.fix}" in found.to_text()
    assert f"| {problem.place} | {problem.problem} | {problem.fix} |" in found.to_markdown()
    assert "to be fixed" in found._repr_html_()


def test_what_two_imports_named_and_became_one_is_a_problem() -> None:
    imports = [importing(R4, {"ids": ["AC-2"]}), importing(R4, {"ids": ["AC-2(10)"]}, {"ids": ["PE-1"]})]
    found = ib.migrate_profile(made(imports=imports), R4, R5)
    [problem] = found.problems
    assert problem.problem == "double selection: imports[0] selects sp800-53r5:ac-2 as well"


# Profiles that import profiles


@pytest.mark.parametrize("name", ["AC-2", "ac-2", f"{R4}:ac-2"])
@pytest.mark.parametrize("part", ["include", "exclude"])
def test_names_within_an_imported_profile_are_those_of_its_publication(folder: Path, name: str, part: str) -> None:
    """``AC-2`` alone would be a control of revision 5; within a profile of revision 4 it is one of that."""
    written(folder, "inner.json", profile="inner", imports=[importing(R4, {"ids": ["AC-2", "AC-3"]})])
    profile = written(folder, imports=[{**importing("inner.json"), part: [{"ids": [name]}]}])
    found = ib.migrate_profile(profile, R4, R5)
    assert (f"imports[0].{part}[0].ids", "ac-2", Outcome.NEEDS_REVIEW, ["ac-2"]) in fates(found)
    assert [each.file for each in found.problems] == [str(folder / "mine.json")]
    assert "unknown element of profile:inner" in found.problems[0].problem
    inner = ib.migrate_profile(ib.read_profile(folder / "inner.json"), R4, R5)
    (folder / "inner.json").write_text(inner.profile_json(), "utf-8")
    again = ib.migrate_profile(profile, R4, R5)
    assert again.problems == ()
    assert again.profile.resolve().elements == (ib.get("AC-2" if part == "include" else "AC-3"),)


def test_a_name_is_that_of_the_publication_imported_from() -> None:
    """Both have a capability of that name; only one of them is carried over."""
    profile = made(
        imports=[importing("ir8259a", {"ids": ["data-protection"]}), importing("csf1.1", {"ids": ["ID.AM"]})]
    )
    found = ib.migrate_profile(profile, "ir8425", "ir8425")
    assert len(found) == 0
    assert found.profile == profile


def test_a_profile_of_a_profile_that_ships() -> None:
    profile = made(imports=[importing("profile:federal", {"within": ["DI.IMS.1"]})])
    found = ib.migrate_profile(profile, CATALOG, CATALOG)
    assert [each[0] for each in fates(found)] == ["imports[0].include[0].within"]
    assert found.problems == ()
    assert found.profile.selected == profile.selected


def test_a_profile_that_ships_needs_a_key_of_its_own() -> None:
    found = ib.migrate_profile(ib.profile("consumer"), "ir8425", "ir8425")
    assert found.counts()[Outcome.KEPT] == len(found) > 0
    [problem] = found.problems
    assert problem.fix == "give yours another key"
    mine = ib.migrate_profile(evolve(ib.profile("consumer"), key="mine"), "ir8425", "ir8425")
    assert mine.problems == ()
    assert [each.element for each in mine.profile.selected] == [e.element for e in ib.profile("consumer").selected]


def test_a_file_that_is_gone_is_a_problem_and_loses_nothing(folder: Path) -> None:
    written(folder, "inner.json", profile="inner", imports=[importing(R4, {"ids": ["AC-2"]})])
    profile = written(folder, imports=[importing("inner.json", {"ids": [f"{R4}:ac-2", "AC-2"]})])
    (folder / "inner.json").unlink()
    found = ib.migrate_profile(profile, R4, R5)
    assert [each[0] for each in fates(found)] == ["imports[0].include[0].ids"]
    [problem] = found.problems
    assert problem.problem == f"there is no file {folder / 'inner.json'}"


# What is refused, and how it is shown


def test_unknown_publications() -> None:
    profile = made(imports=[importing("ir8259b")])
    with pytest.raises(ib.errors.UnknownIdentifierError, match="did you mean"):
        ib.migrate_profile(profile, "sp800-53r44", R5)
    with pytest.raises(ib.errors.NotComparableError):
        ib.migrate_profile(profile, "ir8431", "csa2015")


def test_a_library_of_ones_own(small_library: Callable[..., Library]) -> None:
    """A capability that became two, and one that is the same; the import takes all but one."""

    def element(name: str, wording: int) -> ib.kinds.Capability:
        return ib.kinds.Capability(
            id=name, provider=ib.kinds.Provider.DEVICE, title="T", words=1, sha256=f"{wording:064x}"
        )

    elements = [element(f"{key}:{local}", number) for key, local, number in (
        ("old", "a", 1), ("old", "b", 2), ("old", "c", 3), ("new", "a", 1), ("new", "d", 2)
    )]  # fmt: skip
    library = small_library(elements, works={"old": "work", "new": "work"})
    profile = evolve(
        made(imports=[importing("ir8259b")]),
        base=("old", "new"),
        imports=(ib.ProfileImport(source="old", rationale="r", exclude=(ib.Selector(ids=("c",)),)),),
        selected=tuple(
            ib.ResolvedElement(element=each, selections=(ib.Selection(origin=("mine", "old"), rationales=("r",)),))
            for each in elements[:2]
        ),
    )
    found = ib.migrate_profile(profile, "old", "new", library=library)
    assert fates(found) == [
        ("imports[0].exclude[0].ids", "c", Outcome.ORPHANED, []),
        (RULE, "a", Outcome.KEPT, ["a"]),
        (RULE, "b", Outcome.RENAMED, ["d"]),
    ]
    assert found.profile.base == ("new",)
    assert found.profile.resolve().elements == tuple(elements[3:])


@pytest.fixture(scope="module")
def shown() -> ib.MigratedProfile:
    profile = made(imports=[importing(R4, {"ids": ["SC-19", "AU-8(1)"]}), importing("ir8259b")])
    return ib.migrate_profile(profile, R4, R5)


def test_rows(shown: ib.MigratedProfile) -> None:
    rows = shown.to_records()
    assert [row.pop("place") for row in rows] == ["imports[0].include[0].ids"] * 2
    assert rows == shown.report.to_records()


def test_text(shown: ib.MigratedProfile) -> None:
    lines = shown.to_text().split("\n")
    assert lines[0] == str(shown) == f"mine, {shown.report}; problems: 0"
    assert [line for line in lines if line and line[0] != " "][1:] == ["needs-review (1)", "orphaned (1)"]
    for each in shown:
        assert lines[lines.index(f"  {each}") + 1] == f"      imports[0].include[0].ids: {each.reason}"


def test_markdown(shown: ib.MigratedProfile) -> None:
    text = shown.to_markdown()
    assert text.startswith(f"# mine: {R4} → {R5}\n\n{shown}\n\n## needs-review (1)\n\n| place | before | after | why |")
    [row] = [line for line in text.split("\n") if "`sp800-53r4:au-8.1`" in line]
    assert row.startswith("| imports[0].include[0].ids | `sp800-53r4:au-8.1` ")
    assert "to be fixed" not in text


def test_display(shown: ib.MigratedProfile) -> None:
    html = shown._repr_html_()
    assert html.partition("<tbody>")[2].count("<tr>") == len(shown)
    assert "needs-review 1" in html
    assert "to be fixed" not in html
