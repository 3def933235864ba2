"""What a profile comes to: selecting, changing, adding, levels, and profiles of profiles."""

from __future__ import annotations

import copy
import json
import pickle
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline.relations import Relation

DATA = Path(__file__).parents[2] / "data"
Json = dict[str, Any]

HEAD: Json = {"profile": "mine", "title": "Mine", "version": "1", "summary": "What we ask for."}


def importing(source: str, **fields: Any) -> Json:
    return {"from": source, "rationale": f"because of {source}", **fields}


def written(folder: Path, name: str = "mine.json", **fields: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps({**HEAD, **fields}, indent=1), "utf-8")
    return path


def read(folder: Path, **fields: Any) -> ib.Profile:
    return ib.read_profile(written(folder, **fields))


def problems(folder: Path, **fields: Any) -> list[str]:
    """The problems of a profile, each as its path, problem and fix, without file and line."""
    found = ib.check_profile(written(folder, **fields))
    assert all(error.file == str(folder / "mine.json") for error in found)
    return [f"{error.place.partition(', ')[2]}: {error.problem}; {error.fix}" for error in found]


def shelf(folder: Path, **profiles: Json | bytes) -> Library:
    """A library with profiles of its own; underscores in their names stand for hyphens."""
    shutil.copytree(DATA, folder / "data")
    (folder / "data" / "profiles").mkdir(exist_ok=True)
    entries = []
    for name, profile in profiles.items():
        key = name.replace("_", "-")
        raw = profile if isinstance(profile, bytes) else json.dumps({**HEAD, "profile": key, **profile}).encode()
        (folder / "data" / "profiles" / f"{key}.json").write_bytes(raw)
        entries.append({"file": f"profiles/{key}.json", "sha256": sha256(raw).hexdigest(), "profile": key})
    manifest = json.loads((folder / "data" / "manifest.json").read_text("utf-8"))
    (folder / "data" / "manifest.json").write_text(json.dumps({**manifest, "profiles": entries}), "utf-8")
    return Library(folder / "data")


LEVELS = ["low", "moderate", "high"]
PUBLICATIONS = [publication for publication in DEFAULT.load_all() if publication.elements]
CORE = ib.load("ir8259a")
IDS = [element.id for element in CORE]


def identifiers(found: Iterable[ib.ResolvedElement]) -> list[str]:
    return [each.id for each in found]


@contextmanager
def a_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def made(**fields: Any) -> ib.Profile:
    with a_folder() as folder:
        return read(folder, **fields)


def taken(source: str, **selector: Any) -> list[str]:
    return identifiers(made(imports=[importing(source, include=[selector])]).resolve())


# Selectors


@pytest.mark.parametrize("publication", PUBLICATIONS, ids=lambda publication: publication.key)
def test_an_import_of_everything_is_the_publication(publication: ib.Publication) -> None:
    profile = made(imports=[importing(publication.key)])
    assert profile.resolve().elements == publication.elements
    assert {each.origin for each in profile.resolve()} == {("mine", publication.key)}
    assert {each.rationale for each in profile.resolve()} == {f"because of {publication.key}"}


@pytest.mark.parametrize("spelling", ["https://doi.org/10.6028/NIST.IR.8259A", "IR 8259A", "NIST.IR.8259A"])
def test_an_import_in_any_spelling(spelling: str) -> None:
    assert made(imports=[importing(spelling)]).resolve().elements == CORE.elements


@pytest.mark.parametrize(
    "spelling", ["ir8259a:data-protection.1", "data-protection.1", "Data Protection 1", "IR 8259A:data-protection.1",
                 "10.6028/NIST.IR.8259A#data-protection.1"]
)  # fmt: skip
def test_ids_in_any_spelling(spelling: str) -> None:
    assert taken("ir8259a", ids=[spelling]) == ["ir8259a:data-protection.1"]


@pytest.mark.parametrize(
    ("source", "spelling", "identifier"),
    [
        ("sp800-53r4", "AC-2(3)", "sp800-53r4:ac-2.3"),
        ("sp800-53r5", "AC-02 (03)", "sp800-53r5:ac-2.3"),
        ("SP 800-53", "SP 800-53:AC-2", "sp800-53r5:ac-2"),
        ("sp800-213a", "DI:IMS(1)", "sp800-213a:DI.IMS.1"),
        ("csf1.1", "PR.AC-1", "csf1.1:PR.AC-1"),
    ],
)
def test_ids_in_the_notation_of_their_publication(source: str, spelling: str, identifier: str) -> None:
    assert taken(source, ids=[spelling]) == [identifier]


def test_kinds() -> None:
    assert taken("ir8259a", kinds=["capability"]) == [each.id for each in CORE.capabilities]
    both = taken("ir8259a", kinds=["common-element", "capability"])
    assert both == [each.id for each in CORE if each.kind in ("capability", "common-element")]


def test_under() -> None:
    expected = [CORE["data-protection"], *CORE.descendants("data-protection")]
    assert set(taken("ir8259a", within=["data-protection"])) == {each.id for each in expected}
    assert taken("sp800-213a", within=["DI:IMS", "DI.IMS.1"]) == [
        each.id for each in ib.load("sp800-213a") if each.local == "DI.IMS" or each.local.startswith("DI.IMS.")
    ]


def test_words() -> None:
    texts = {each.id: ib.normalize(f"{each.title} {each.summary}").split() for each in CORE}
    words = ["verify", "update"]
    expected = [each for each, text in texts.items() if set(words) <= set(text)]
    assert taken("ir8259a", words="Update, VERIFY") == expected
    assert 0 < len(expected) < sum("update" in text for text in texts.values())


def test_words_of_a_title_or_of_a_summary() -> None:
    of_title = {each.id: ib.normalize(each.title or "").split() for each in CORE}
    of_summary = {each.id: ib.normalize(each.summary or "").split() for each in CORE}
    for texts, others in ((of_title, of_summary), (of_summary, of_title)):
        identifier, word = next(
            (each, word) for each, words in texts.items() for word in words if word not in others[each]
        )
        assert identifier in taken("ir8259a", words=word)
    whole = CORE["data-protection.1"]
    assert whole.id in taken("ir8259a", words=f"{whole.title or ''} {whole.summary or ''}")


@pytest.mark.parametrize("baseline", ["LOW", "moderate", "High", "privacy"])
def test_baseline(baseline: str) -> None:
    expected = [each.id for each in ib.load("sp800-53r5").controls if baseline.upper() in each.baselines]
    assert taken("sp800-53r5", baseline=baseline) == expected != []


def joined(source: str, target: str, objects: set[str] | None = None) -> set[str]:
    """What the mapping tables join, read on their own."""
    found = set[str]()
    for subject, obj in ib.crosswalks():
        for mapping in DEFAULT.mappings(subject, obj):
            for one, other in ((mapping.subject, mapping.object), (mapping.object, mapping.subject)):
                if one and other and one.startswith(f"{source}:") and other.startswith(f"{target}:"):
                    found |= {one} if objects is None or other in objects else set()
    return found


@pytest.mark.parametrize("pair", [*ib.crosswalks(), *(pair[::-1] for pair in ib.crosswalks())], ids="--".join)
def test_mapped_to(pair: tuple[str, str]) -> None:
    source, target = pair
    if ib.load(source).elements:
        expected = joined(source, target)
        assert {m.relation for m in ib.crosswalk(*pair)} & {Relation.NO_RELATIONSHIP} == set()
        if expected:
            found = taken(source, mapped_to={"publication": target})
            assert found == [each.id for each in ib.load(source) if each.id in expected]


def test_mapped_to_a_baseline() -> None:
    low = {each.id for each in ib.load("sp800-53r5").controls if "LOW" in each.baselines}
    found = taken("sp800-213a", mapped_to={"publication": "SP 800-53 Rev. 5", "baseline": "low"})
    assert set(found) == joined("sp800-213a", "sp800-53r5", low)
    assert set(found) < joined("sp800-213a", "sp800-53r5")


def test_a_mapping_that_denies_a_relation_joins_nothing(tmp_path: Path) -> None:
    library = shelf(tmp_path, one={"basis": "official", "imports": [
        importing("ir8425", include=[{"mapped_to": {"publication": "ir8259a"}}])
    ]})  # fmt: skip
    before = ib.profile("one", library=library).resolve()
    table = tmp_path / "data/crosswalks/ir8425--ir8259a.sssom.tsv"
    [subject] = [m.subject for m in ib.crosswalk("ir8425", "ir8259a").sources("device-identification")][:1]
    lines = [
        re.sub(r"ir8477:\w+", "ir8477:no_relationship", line, count=1) if line.startswith(f"{subject}\t") else line
        for line in table.read_text("utf-8").split("\n")
    ]
    raw = "\n".join(lines).encode()
    manifest = json.loads((tmp_path / "data/manifest.json").read_text("utf-8"))
    table.write_bytes(raw)
    for entry in manifest["crosswalks"]:
        if entry["file"].endswith(table.name):
            entry["sha256"] = sha256(raw).hexdigest()
    (tmp_path / "data/manifest.json").write_text(json.dumps(manifest), "utf-8")
    after = ib.profile("one", library=ib.Library(tmp_path / "data")).resolve()
    assert set(identifiers(before)) - set(identifiers(after)) == {subject}


def test_conditions_must_all_hold_and_selectors_add_up() -> None:
    within, kind = {"within": ["data-protection"]}, {"kinds": ["common-element"]}
    both = set(taken("ir8259a", **within)) & set(taken("ir8259a", **kind))
    assert set(taken("ir8259a", **within, **kind)) == both
    either = identifiers(made(imports=[importing("ir8259a", include=[within, kind])]).resolve())
    assert set(either) == set(taken("ir8259a", **within)) | set(taken("ir8259a", **kind))
    assert either == [each for each in IDS if each in set(either)]


some_ids = st.lists(st.sampled_from(IDS), min_size=1, max_size=8)
selectors = st.one_of(
    st.builds(lambda them: {"ids": them}, some_ids),
    st.builds(lambda them: {"within": them}, some_ids),
    st.builds(lambda them: {"kinds": them}, st.lists(st.sampled_from(["capability", "rationale"]), min_size=1)),
)


@pytest.mark.slow
@given(st.lists(selectors, min_size=1, max_size=3), st.lists(selectors, max_size=3))
def test_exclude_wins(include: list[Json], exclude: list[Json]) -> None:
    kept, left_out = (
        {each for selector in them for each in taken("ir8259a", **selector)} for them in (include, exclude)
    )
    with a_folder() as folder:
        document: Json = {"imports": [importing("ir8259a", include=include, exclude=exclude)]}
        if kept <= left_out:
            assert problems(folder, **document) == [
                "imports[0]: it takes nothing from ir8259a; select something, or take the import out"
            ]
        else:
            profile = read(folder, **document)
            assert identifiers(profile.resolve()) == [each for each in IDS if each in kept - left_out]
            assert profile == read(folder, **document)


# Levels


def levelled() -> st.SearchStrategy[dict[str, list[str]]]:
    """Some elements, and the levels that each is selected at."""
    levels = st.lists(st.sampled_from(LEVELS), min_size=1, unique=True)
    return st.dictionaries(st.sampled_from(IDS), levels, min_size=1, max_size=6)


def by_element(chosen: dict[str, list[str]], **fields: Any) -> ib.Profile:
    imports = [importing("ir8259a", include=[{"ids": [each]}], levels=at) for each, at in chosen.items()]
    return made(levels=LEVELS, imports=imports, **fields)


@given(levelled())
def test_the_levels_together_are_the_whole(chosen: dict[str, list[str]]) -> None:
    profile = by_element(chosen)
    whole = profile.resolve()
    at = {level: identifiers(profile.resolve(level)) for level in LEVELS}
    assert set(identifiers(whole)) == {each for found in at.values() for each in found} == set(chosen)
    for each in whole:
        assert list(each.levels) == [level for level in LEVELS if level in chosen[each.id]]
        assert [level for level in LEVELS if each.id in at[level]] == list(each.levels)
        assert [each.at(level) is not None for level in LEVELS] == [level in each.levels for level in LEVELS]


@pytest.mark.slow
@given(levelled())
def test_a_level_at_a_time_is_the_same_as_all_at_once(chosen: dict[str, list[str]]) -> None:
    pairs = [(each, level) for each, at in chosen.items() for level in at]
    apart = [importing("ir8259a", include=[{"ids": [each]}], levels=[level]) for each, level in pairs]
    together, one_by_one = by_element(chosen), made(levels=LEVELS, imports=apart)
    for level in (None, *LEVELS):
        assert [(each.id, each.levels, each.rationale) for each in together.resolve(level)] == [
            (each.id, each.levels, each.rationale) for each in one_by_one.resolve(level)
        ]


@given(st.permutations(["ir8259a", "ir8259b", "ir8425"]))
def test_the_order_of_imports_changes_only_the_order(order: list[str]) -> None:
    found = made(imports=[importing(source) for source in order]).resolve()
    assert [each.origin[1] for each in found.items[:1]] == [order[0]]
    assert set(found) == set(made(imports=[importing(source) for source in sorted(order)]).resolve())
    assert found.elements == tuple(each for source in order for each in ib.load(source))


def test_what_different_imports_take_at_different_levels_is_one_element() -> None:
    profile = made(levels=LEVELS, imports=[
        importing("ir8259a", include=[{"ids": ["data-protection"]}], levels=["high"], rationale="first"),
        importing("ir8259a", include=[{"ids": ["data-protection"]}], levels=["low"], rationale="second"),
    ])  # fmt: skip
    [whole] = profile.resolve()
    assert (whole.levels, whole.rationale) == (("low", "high"), "first / second")
    assert [(each.levels, each.rationales) for each in whole.selections] == [
        (("high",), ("first",)),
        (("low",), ("second",)),
    ]
    [low] = profile.resolve("low")
    assert (low.levels, low.rationale) == (("low", "high"), "second")
    assert len(profile.resolve("moderate")) == 0


def test_unknown_level() -> None:
    profile = made(levels=LEVELS, imports=[importing("ir8259a")])
    with pytest.raises(
        ib.errors.UnknownNameError, match="unknown level of mine 'hi'; did you mean low, moderate, high"
    ):
        profile.resolve("hi")
    with pytest.raises(ib.errors.ArgumentTypeError, match="level is of type int"):
        profile.resolve(1)  # type: ignore[arg-type]
    with pytest.raises(ib.errors.UnknownNameError, match=r"unknown level of mine 'low'$"):
        made(imports=[importing("ir8259a")]).resolve("low")


# Changing and adding

NARROW: Json = {"element": "Data Protection", "change": "narrow", "text": "Only AES.", "rationale": "policy"}
PARAMETER: Json = {
    "element": "ir8259a:software-update", "change": "parameter", "parameter": "days", "value": "7", "rationale": "r"
}  # fmt: skip
GUIDANCE: Json = {"element": "ir8259a:software-update", "change": "guidance", "text": "Ask us.", "rationale": "r"}
ADDED: Json = {"id": "seal", "title": "Seal", "summary": "A seal on the case.", "rationale": "thieves"}


def tailored(**fields: Any) -> ib.Profile:
    narrow = {**NARROW, "element": "ir8259a:Data Protection"}
    document: Json = {
        "levels": LEVELS,
        "imports": [importing("ir8259a")],
        "modify": [{**narrow, "levels": ["high"]}, PARAMETER, GUIDANCE, GUIDANCE],
        "add": [{**ADDED, "parent": "ir8259a:data-protection", "sources": ["sp800-53r5:pe-3", "IR 8259A, section 2"]},
                {**ADDED, "id": "mine:seal.wax", "parent": "seal", "levels": ["high", "moderate"]}],
        "open": [{"question": "Wax?", "about": ["mine:seal.wax", "AC-2"], "why": "cost"}],
    }  # fmt: skip
    return made(**{**document, **fields})


def test_modifications() -> None:
    found = tailored().resolve()
    assert [(each.id, [str(m) for m in each.modifications]) for each in found.modified] == [
        ("ir8259a:data-protection", ["narrow [high]: Only AES."]),
        ("ir8259a:software-update", [
            "parameter days = 7 [low, moderate, high]", *["guidance [low, moderate, high]: Ask us."] * 2
        ]),
    ]  # fmt: skip
    assert {m.by for each in found for m in each.modifications} == {"mine"}
    assert found["ir8259a:data-protection"].element == CORE["data-protection"]
    low = tailored().resolve("low")
    assert [each.id for each in low.modified] == ["ir8259a:software-update"]
    assert "ir8259a:data-protection" in low


def test_a_modification_without_levels_has_those_of_its_element() -> None:
    profile = made(levels=LEVELS, imports=[importing("ir8259a", levels=["high", "low"])], modify=[{**PARAMETER}])
    [changed] = profile.resolve().modified
    assert changed.modifications[0].levels == ("low", "high")


def test_additions() -> None:
    profile = tailored()
    seal, wax = profile.additions
    assert profile.resolve().elements[-2:] == (seal, wax)
    assert [each.element for each in profile.resolve("low").added] == [seal]
    assert (seal.id, seal.kind, seal.publication, seal.local) == ("mine:seal", "addition", "mine", "seal")
    assert (seal.parent, wax.parent) == ("ir8259a:data-protection", "mine:seal")
    assert (wax.levels, wax.rationale) == (("moderate", "high"), "thieves")
    assert seal.sources == ("sp800-53r5:pe-3", "IR 8259A, section 2")
    assert profile.resolve()["mine:SEAL"].origin == ("mine",)
    assert profile.questions[0].about == ("mine:seal.wax", "sp800-53r5:ac-2")


def test_an_addition_may_be_changed() -> None:
    profile = tailored(modify=[{**GUIDANCE, "element": "seal"}])
    assert [each.id for each in profile.resolve().modified] == ["mine:seal"]


# Profiles of profiles


def nested(folder: Path, inner: Json, **outer: Any) -> ib.Profile:
    written(folder, "inner.json", **{"profile": "inner", **inner})
    return read(folder, imports=[importing("inner.json")], **outer)


INNER: Json = {
    "levels": LEVELS,
    "imports": [importing("ir8259a", levels=["low", "high"])],
    "modify": [{**PARAMETER, "levels": ["low"]}, {**PARAMETER, "value": "3", "levels": ["high"]}],
    "add": [{**ADDED, "levels": ["moderate"]}],
}


def test_a_profile_imported_whole_is_the_same(tmp_path: Path) -> None:
    outer = nested(tmp_path, INNER, levels=LEVELS)
    inner = ib.read_profile(tmp_path / "inner.json")
    for level in (None, *LEVELS):
        of_inner, of_outer = inner.resolve(level), outer.resolve(level)
        assert of_outer.elements == of_inner.elements
        for one, other in zip(of_inner, of_outer, strict=True):
            assert (other.levels, other.modifications) == (one.levels, one.modifications)
            assert other.origin == ("mine", *one.origin)
            assert [each.rationales for each in other.selections] == [
                ("because of inner.json", *each.rationales) for each in one.selections
            ]
    assert outer.resolve("low").items[0].rationale == "because of inner.json / because of ir8259a"


@pytest.mark.slow
@given(levelled())
def test_any_profile_imported_whole_is_the_same(chosen: dict[str, list[str]]) -> None:
    with a_folder() as folder:
        imports = [importing("ir8259a", include=[{"ids": [each]}], levels=at) for each, at in chosen.items()]
        outer = nested(folder, {"levels": LEVELS, "imports": imports}, levels=LEVELS)
        inner = ib.read_profile(folder / "inner.json")
        for level in (None, *LEVELS):
            assert outer.resolve(level).elements == inner.resolve(level).elements


def test_levels_of_other_names_are_those_of_the_import(tmp_path: Path) -> None:
    inner = {**INNER, "modify": INNER["modify"][:1]}
    written(tmp_path, "inner.json", **{"profile": "inner", **inner})
    one = read(tmp_path, levels=["basic", "full"], imports=[importing("inner.json", levels=["full"])])
    assert {each.levels for each in one.resolve()} == {("full",)}
    assert len(one.resolve("full")) == len(CORE) + 1
    assert one.resolve()["ir8259a:software-update"].modifications[0].levels == ("full",)
    flat = read(tmp_path, imports=[importing("inner.json")])
    assert {each.levels for each in flat.resolve()} == {()}
    assert flat.resolve()["ir8259a:software-update"].modifications[0].levels == ()


OWN = ["SL1", "SL2"]


def test_own_level_names_over_an_import_that_has_none_of_them_are_reported(tmp_path: Path) -> None:
    said = problems(tmp_path, levels=OWN, imports=[importing("profile:industrial")])
    assert said == [
        "imports[0].levels: no level of profile:industrial (low, moderate, high) is one of this profile "
        '(SL1, SL2); say which is which, same_levels = [{ own = "SL1", theirs = "low" }], '
        "or list levels at which everything applies"
    ]
    assert problems(tmp_path, levels=OWN, imports=[importing("profile:industrial"), importing("profile:industrial")])[
        1:
    ] == [said[0].replace("imports[0]", "imports[1]")]
    assert not problems(tmp_path, levels=OWN, imports=[importing("profile:industrial", levels=OWN)])


def test_an_import_says_which_level_is_which() -> None:
    same = [{"own": "SL1", "theirs": "low"}, {"own": "SL2", "theirs": "moderate"}, {"own": "SL2", "theirs": "high"}]
    own, industrial = (
        made(levels=OWN, imports=[importing("profile:industrial", same_levels=same)]),
        ib.profile("industrial"),
    )
    low, moderate, high = ({each.id for each in industrial.resolve(level)} for level in industrial.levels)
    assert {each.id for each in own.resolve("SL1")} == low
    assert {each.id for each in own.resolve("SL2")} == moderate | high
    assert high - low
    assert "SL1 = low, SL2 = moderate, SL2 = high" in own._repr_html_()
    swapped = made(levels=OWN, imports=[importing("profile:industrial", same_levels=[{"own": "SL2", "theirs": "low"}])])
    assert (len(swapped.resolve("SL1")), {each.id for each in swapped.resolve("SL2")}) == (0, low)


def test_levels_that_are_said_to_be_the_same_have_to_exist(tmp_path: Path) -> None:
    wrong = importing("profile:industrial", same_levels=[{"own": "SL9", "theirs": "lo"}], levels=["SL1"])
    assert problems(tmp_path, levels=OWN, imports=[wrong, importing("profile:industrial", levels=["SL1"])]) == [
        "imports[0].same_levels: the import has levels as well; keep one of the two; "
        "same_levels names the levels of the import too",
        "imports[0].same_levels[0].own: there is no level 'SL9'; use SL1, SL2",
        "imports[0].same_levels[0].theirs: there is no level 'lo'; use low, moderate, high",
    ]
    plain = importing("ir8259a", same_levels=[{"own": "SL1", "theirs": "low"}])
    assert problems(tmp_path, levels=OWN, imports=[plain]) == [
        "imports[0].same_levels[0].theirs: there is no level 'low'; ir8259a has no levels; leave same_levels out"
    ]


def test_levels_in_common_are_kept_and_others_left_out(tmp_path: Path) -> None:
    inner = {**INNER, "modify": INNER["modify"][1:]}
    outer = nested(tmp_path, inner, levels=["low", "other"])
    assert {each.levels for each in outer.resolve()} == {("low",)}
    assert "inner:seal" not in outer.resolve()
    assert outer.resolve().modified == ()


def test_values_for_different_levels_conflict_where_there_are_none(tmp_path: Path) -> None:
    written(tmp_path, "inner.json", **{"profile": "inner", **INNER})
    assert problems(tmp_path, imports=[importing("inner.json")]) == [
        "imports[0]: ir8259a:software-update is changed twice: parameter by inner, parameter by inner;"
        " keep one of the two, or give them different levels"
    ]


def test_selecting_from_a_profile(tmp_path: Path) -> None:
    inner: Json = {
        "imports": [importing("ir8259a", include=[{"kinds": ["common-element"]}]), importing("ir8425")],
        "add": [ADDED, {**ADDED, "id": "wax", "parent": "seal"}],
    }
    written(tmp_path, "inner.json", **{"profile": "inner", **inner})

    def found(**selector: Any) -> list[str]:
        return identifiers(read(tmp_path, imports=[importing("inner.json", include=[selector])]).resolve())

    assert found(kinds=["addition"]) == ["inner:seal", "inner:wax"]
    assert found(within=["inner:seal"]) == ["inner:seal", "inner:wax"]
    assert found(ids=["inner:Wax", "IR 8425:data-protection"]) == ["ir8425:data-protection", "inner:wax"]
    assert found(within=["ir8259a:data-protection"]) == [
        each.id for each in CORE.descendants("data-protection") if each.kind == "common-element"
    ]
    mapped = joined("ir8425", "ir8259b") | joined("ir8259a", "ir8259b")
    assert set(found(mapped_to={"publication": "ir8259b"})) == mapped
    [problem] = problems(tmp_path, imports=[importing("inner.json", include=[{"ids": ["ir8259a:data-protection"]}])])
    assert "ids[0]: unknown element of profile:inner 'ir8259a:data-protection'; write " in problem
    assert "ir8425:data-protection" in problem


def test_a_name_needs_its_publication_where_a_profile_has_several(tmp_path: Path) -> None:
    document = {"imports": [importing("inner.json", include=[{"ids": ["data-protection", "inner:seal"]}])]}
    written(tmp_path, "inner.json", profile="inner", imports=[importing("ir8259a")], add=[ADDED])
    assert identifiers(read(tmp_path, **document).resolve()) == ["ir8259a:data-protection", "inner:seal"]
    written(tmp_path, "inner.json", profile="inner", imports=[importing("ir8259a"), importing("ir8425")], add=[ADDED])
    [problem] = problems(tmp_path, **document)
    assert "ids[0]: unknown element of profile:inner 'data-protection'; write " in problem


def test_selecting_from_a_profile_of_additions_alone(tmp_path: Path) -> None:
    written(tmp_path, "inner.json", profile="inner", add=[ADDED])
    seal, mapped, misspelled = ({"ids": ["inner:seal"]}, {"mapped_to": {"publication": "ir8259b"}}, {"ids": ["sael"]})
    profile = read(tmp_path, imports=[importing("inner.json", include=[seal])])
    assert identifiers(profile.resolve()) == ["inner:seal"]
    assert [problem.partition(":")[0] for problem in problems(
        tmp_path, imports=[importing("inner.json", include=[seal, mapped, misspelled])]
    )] == ["imports[0].include[1]", "imports[0].include[2].ids[0]"]  # fmt: skip


def test_a_library_of_profiles(tmp_path: Path) -> None:
    library = shelf(
        tmp_path,
        one={"basis": "official", "imports": [importing("ir8259a")]},
        two={"basis": "curated", "imports": [importing("profile:one"), importing("ir8259b")]},
    )
    assert library.profile_keys == ("one", "two")
    assert [each.key for each in ib.profiles(library=library)] == ["one", "two"]
    one, two = (ib.profile(key, library=library) for key in ("one", "profile:two"))
    assert one is ib.profile("one", library=library)
    assert (one.basis, one.notice) == (ib.Basis.OFFICIAL, None)
    assert two.basis is ib.Basis.CURATED
    assert list(two.resolve().by_origin) == [("two", "one", "ir8259a"), ("two", "ir8259b")]
    with pytest.raises(ib.errors.UnknownIdentifierError, match="unknown profile 'tow'; did you mean two"):
        ib.profile("tow", library=library)
    with pytest.raises(ib.errors.UnknownIdentifierError):
        library.profile_text("three")
    mine = ib.read_profile(written(tmp_path, imports=[importing("profile:two")]), library=library)
    assert mine.resolve().elements == two.resolve().elements
    assert mine.basis is ib.Basis.USER


def test_what_ships_resolves() -> None:
    assert tuple(each.key for each in ib.profiles()) == DEFAULT.profile_keys


# What the types show


def test_a_profile_says_whose_it_is(tmp_path: Path) -> None:
    library = shelf(tmp_path, one={"basis": "curated", "imports": [importing("ir8259a")]})
    curated, user = ib.profile("one", library=library), tailored(basis="official")
    assert user.basis is ib.Basis.USER
    assert "unofficial" in (curated.notice or "")
    assert "neither published nor endorsed by NIST" in (curated.notice or "")
    for profile in (curated, user):
        notice = profile.notice or "?"
        resolved = profile.resolve()
        for shown in (str(profile), repr(profile), profile._repr_html_(), str(resolved), repr(resolved),
                      resolved._repr_html_().replace("&#x27;", "'"), resolved.to_json()):  # fmt: skip
            assert notice in shown.replace("&#x27;", "'")
        assert {row["notice"] for row in resolved.to_records()} == {notice}
        assert profile.to_records()[0]["notice"] == notice
    official = evolve(curated, basis=ib.Basis.OFFICIAL)
    assert official.notice is None
    assert str(official) == "one Mine (1, official)"
    assert str(official.resolve()) == f"profile:one Mine: {len(CORE)} elements"
    assert "official" not in repr(official.resolve())


def test_a_resolved_profile_is_a_collection() -> None:
    found = tailored().resolve("high")
    element = CORE["data-protection"]
    assert len(found) == len(list(found)) == len(CORE) + 2
    assert [each in found for each in (element, found[element.id], element.id, "IR 8259A:Data Protection")] == [
        True
    ] * 4
    other = evolve(element, title="Other")
    assert [each in found for each in (other, "ir8259a:nothing", "data-protection", 7, ib.get("AC-2"))] == [False] * 5
    assert found.get("ir8425:data-protection") is None
    with pytest.raises(
        ib.errors.UnknownIdentifierError, match=r"unknown element of profile:mine \[high\].*ir8259a:data-protection"
    ):
        _ = found["ir8259a:data-protecton"]
    with pytest.raises(ib.errors.IdentifierSyntaxError):
        _ = found[""]
    assert found.by_origin == {("mine", "ir8259a"): found.items[:-2], ("mine",): found.items[-2:]}


def test_what_came_by_two_ways_stands_under_both(tmp_path: Path) -> None:
    written(tmp_path, "inner.json", profile="inner", imports=[importing("ir8259a")])
    imports = [importing("inner.json", levels=["low"]), importing("ir8259a", levels=["high"])]
    found = read(tmp_path, levels=LEVELS, imports=imports).resolve()
    assert list(found.by_origin) == [("mine", "inner", "ir8259a"), ("mine", "ir8259a")]
    assert all(each == found.items for each in found.by_origin.values())


def test_rows() -> None:
    profile = tailored(missing="nothing")
    found = profile.resolve()
    rows = {row["id"]: row for row in found.to_records()}
    columns = dict.fromkeys(column.name for column in found.columns())
    assert rows["ir8259a:data-protection"] == columns | {
        **CORE["data-protection"].to_records()[0],
        "origin": "mine > ir8259a",
        "levels": "low, moderate, high",
        "modifications": "narrow [high]: Only AES.",
        "rationale": "because of ir8259a",
        "notice": profile.notice,
    }
    assert len(found.to_pandas()) == len(found)
    [row] = profile.to_records()
    assert (row["elements"], row["modifications"], row["additions"], row["questions"]) == (len(found), 4, 2, 1)
    assert (row["key"], row["levels"], row["missing"]) == ("mine", "low, moderate, high", "nothing")


def test_json() -> None:
    document = json.loads(tailored().resolve("high").to_json())
    assert (document["profile"], document["basis"], document["level"]) == ("mine", "user", "high")
    assert document["open"] == [{"question": "Wax?", "about": ["mine:seal.wax", "sp800-53r5:ac-2"], "why": "cost"}]
    rows = {row["id"]: row for row in document["elements"]}
    assert rows["ir8259a:data-protection"]["modifications"][0]["change"] == "narrow"
    assert rows["ir8259a:data-protection"]["selections"] == [
        {"origin": ["mine", "ir8259a"], "levels": LEVELS, "rationales": ["because of ir8259a"]}
    ]
    assert rows["mine:seal"]["sources"] == ["sp800-53r5:pe-3", "IR 8259A, section 2"]


def test_display() -> None:
    profile = tailored(title="A & B", missing="the rest", base=["IR 8259A"])
    shown = profile._repr_html_()
    assert "A &amp; B" in shown
    assert all(
        f">{text}<" in shown for text in ("the rest", "Wax?", "ir8259a", "because of ir8259a", "low, moderate, high")
    )
    resolved = profile.resolve("high")._repr_html_()
    assert resolved.count("<tr>") >= len(profile.resolve("high"))
    assert "narrow [high]: Only AES." in resolved
    element = profile.resolve()["ir8259a:data-protection"]
    assert str(element) == "ir8259a:data-protection Data Protection [low, moderate, high] (narrow)"
    assert repr(element) == f"<ResolvedElement {element}>"
    assert repr(made().resolve()).startswith("<ResolvedProfile profile:mine: no elements; ")


def test_values_are_frozen_and_travel() -> None:
    profile = tailored()
    resolved = profile.resolve("high")
    assert "ir8259a:data-protection" in resolved
    for thing in (profile, resolved):
        for other in (pickle.loads(pickle.dumps(thing)), copy.deepcopy(thing)):  # noqa: S301
            assert other == thing
            assert hash(other) == hash(thing)
            assert not hasattr(other, "__dict__")
    assert "ir8259a:data-protection" in pickle.loads(pickle.dumps(resolved))  # noqa: S301


# Problems: what is wrong, and what is said of it.


def change(**fields: Any) -> Json:
    return {"imports": [importing("ir8259a")], "modify": [{**GUIDANCE, **fields}]}


def adding(*them: Json) -> Json:
    return {"imports": [importing("ir8259a")], "add": [{**ADDED, **each} for each in them]}


def of(source: str, **selector: Any) -> Json:
    return {"imports": [importing(source, include=[selector])]}


PROBLEMS: dict[str, tuple[Json, list[str]]] = {
    "key with a space": ({"profile": "my own"}, ["profile: 'my own' is not a valid key; use lower-case letters, "]),
    "key in capitals": ({"profile": "Mine"}, ["profile: 'Mine' is not a valid key"]),
    "long key": ({"profile": "x" * 81}, ["profile: 'xxx"]),
    "key of a publication": ({"profile": "ir8425"}, ["profile: ir8425 names a publication; give the profile another"]),
    "name of a work": ({"profile": "csf"}, ["profile: csf names a publication"]),
    "unknown base": ({"base": ["ir8425", "ir8426"]}, ["base[1]: unknown publication 'ir8426'; write ir8425"]),
    "base that is no name": ({"base": ["ir\u04308425"]}, ["base[0]: 'irа8425' has CYRILLIC SMALL LETTER A"]),
    "level twice": ({"levels": ["a", "b", "a"]}, ["levels[2]: the level 'a' occurs twice; take one of them out"]),
    "unknown source": ({"imports": [importing("ir8426")]}, ["imports[0].from: unknown publication 'ir8426'; write ir"]),
    "source without elements": ({"imports": [importing("csa2015")]}, ["imports[0].from: no elements of csa2015 are"]),
    "source that is no name": ({"imports": [importing("ir8425ä")]}, ["imports[0].from: 'ir8425ä' has LATIN SMALL"]),
    "unknown profile": ({"imports": [importing("profile:x")]}, ["imports[0].from: unknown profile 'x'; write "]),
    "no file": ({"imports": [importing("other.toml")]}, ["imports[0].from: there is no file "]),
    "unknown level": (
        {"levels": ["a", "b"], "imports": [importing("ir8259a", levels=["c"])]},
        ["imports[0].levels[0]: there is no level 'c'; use a, b"],
    ),
    "level of a profile without levels": (
        {"imports": [importing("ir8259a", levels=["c"])]},
        ["imports[0].levels[0]: there is no level 'c'; list the levels of the profile at its top"],
    ),
    "unknown element": (
        of("ir8259a", ids=["data-protection", "data-protecton"]),
        ["imports[0].include[0].ids[1]: unknown element of ir8259a 'data-protecton'; write ir8259a:data-protection"],
    ),
    "element of another publication": (
        of("ir8259a", ids=["ir8425:data-protection"]),
        ["imports[0].include[0].ids[0]: unknown element of ir8259a 'ir8425:data-protection'; write ir8259a:data-pro"],
    ),
    "nothing like it": (
        of("ir8259a", within=["zzz"]),
        ["imports[0].include[0].within[0]: unknown element of ir8259a 'zzz'; name one tha"],
    ),
    "no identifier": (of("ir8259a", ids=["dаta"]), ["imports[0].include[0].ids[0]: 'dаta' has CYRILLIC SMALL LETTER"]),
    "unknown kind": (
        of("ir8259a", kinds=["capability", "capabilty"]),
        ["imports[0].include[0].kinds[1]: unknown kind of element 'capabilty'; write capability or sub-capability"],
    ),
    "kind that is like no other": (of("ir8259a", kinds=["zzz"]), ["kinds[0]: unknown kind of element 'zzz'; write ca"]),
    "kind that is not there": (of("ir8259a", kinds=["control"]), ["imports[0].include[0]: it takes nothing from ir82"]),
    "no words": (of("ir8259a", words="--"), ["imports[0].include[0].words: there is no word in it; write words of"]),
    "unknown baseline": (
        of("sp800-53r5", baseline="lo"),
        ["include[0].baseline: sp800-53r5 has no control of a baseline 'lo'; use HIGH, LOW, MODERATE, PRIVACY"],
    ),
    "baseline without controls": (of("ir8259a", baseline="low"), ["baseline 'low'; take it out: only controls have"]),
    "mapped to nothing known": (
        of("ir8259a", mapped_to={"publication": "ir8426"}),
        ["include[0].mapped_to.publication: unknown publication 'ir8426'; write ir8425"],
    ),
    "mapped to what no mapping leads to": (
        of("ir8259a", mapped_to={"publication": "csf2.0"}),
        ["mapped_to.publication: no mappings are held between ir8259a and csf2.0; reach may connect their elements t"],
    ),
    "mapped to an unknown baseline": (
        of("sp800-213a", mapped_to={"publication": "sp800-53r5", "baseline": "lo"}),
        ["mapped_to.baseline: sp800-53r5 has no control of a baseline 'lo'; use HIGH"],
    ),
    "mapped to an unknown baseline twice": (
        {"imports": [importing("sp800-213a", include=[
            {"mapped_to": {"publication": "sp800-53r5", "baseline": "lo"}}
        ]) for _ in range(2)]},
        ["imports[0].include[0].mapped_to.baseline: sp800-53r5 has no control of a baseline 'lo'; use HIGH",
         "imports[1].include[0].mapped_to.baseline: sp800-53r5 has no control of a baseline 'lo'; use HIGH"],
    ),
    "mapped to a baseline of what has none": (
        of("ir8425", mapped_to={"publication": "ir8259a", "baseline": "low"}),
        ["mapped_to.baseline: ir8259a has no control of a baseline 'low'; take it out: only controls have baselines"],
    ),
    "everything excluded": (
        {"imports": [importing("ir8259a", include=[{"kinds": ["capability"]}], exclude=[{"kinds": ["capability"]}])]},
        ["imports[0]: it takes nothing from ir8259a; select something, or take the import out"],
    ),
    "exclude of nothing": (
        {"imports": [importing("ir8259a", exclude=[{"words": "zzyzx"}])]},
        ["imports[0].exclude[0]: it takes nothing from ir8259a; correct it, or take it out"],
    ),
    "double selection": (
        {"imports": [importing("ir8259a"), importing("ir8425"), importing("ir8259a", include=[{"ids": IDS[:2]}])]},
        [f"imports[2]: double selection: imports[0] selects {IDS[0]}, {IDS[1]} as well; exclude from one of the two"],
    ),
    "double selection of many": (
        {"imports": [importing("ir8259a"), importing("ir8259a")]},
        [f"imports[1]: double selection: imports[0] selects {', '.join(IDS[:3])} and {len(IDS) - 3} more as well"],
    ),
    "double selection at a level": (
        {"levels": ["a", "b", "c"], "imports": [
            importing("ir8259a", levels=["a"]), importing("ir8259a", levels=["b"]),
            importing("ir8259a", levels=["b", "c"], include=[{"ids": ["data-protection"]}]),
        ]},
        ["imports[2]: double selection: imports[1] selects ir8259a:data-protection as well"],
    ),
    "change of what is not selected": (
        {**of("ir8259a", ids=["data-protection"]), "modify": [GUIDANCE]},
        ["modify[0].element: ir8259a:software-update is not selected; select it by an import, or take this out"],
    ),
    "change of what does not exist": (
        change(element="ir8259a:software-updat"),
        ["modify[0].element: unknown element of ir8259a 'ir8259a:software-updat'; write ir8259a:software-"],
    ),
    "unknown change": (change(change="widne"), ["modify[0].change: 'widne' is not known here; use narrow, widen, par"]),
    "change without a text": (
        change(text=None), ["modify[0].text: a change of the kind guidance needs a text; write the text"]
    ),
    "parameter without a name or value": (
        change(change="parameter"),
        ["modify[0].parameter: a change of the kind parameter needs a parameter", "modify[0].value: a change of"],
    ),
    "text with a parameter": (
        change(parameter="p", value="v"),
        ["modify[0].parameter: a change of the kind guidance sets no parameter; take it out, or write parameter",
         "modify[0].value: a change of the kind guidance sets no parameter"],
    ),
    "change at a level of the others": (
        {"levels": ["a", "b"], "imports": [importing("ir8259a", levels=["b"])],
         "modify": [{**GUIDANCE, "levels": ["a"]}]},
        ["modify[0].levels: ir8259a:software-update is not selected at a; select it there, or take the level out"],
    ),
    "narrower and wider": (
        {"imports": [importing("ir8259a")],
         "modify": [{**GUIDANCE, "change": "narrow"}, {**GUIDANCE, "change": "widen"}]},
        ["modify[1]: ir8259a:software-update is changed twice: narrow by mine, widen by mine; keep one of the two"],
    ),
    "one parameter twice": (
        {"imports": [importing("ir8259a")], "modify": [PARAMETER, {**PARAMETER, "parameter": "hours"},
                                                       {**PARAMETER, "parameter": "Days"}]},
        ["modify[2]: ir8259a:software-update is changed twice: parameter by mine, parameter by mine"],
    ),
    "unknown source of a change": (
        change(sources=["ir8425:data-protecton", "ir8426, section 2", "ir8425", "IR 8425, section 2", "AC-2"]),
        ["modify[0].sources[0]: unknown element of ir8425 'ir8425:data-protecton'; write ir8425:data-",
         "modify[0].sources[1]: unknown publication 'ir8426'; write ir8425",
         "modify[0].sources[2]: unknown element (name its publication too"],
    ),
    "addition of a bad name": (adding({"id": "a b"}), ["add[0].id: 'a b' cannot be the identifier of an addition; us"]),
    "addition of a long name": (adding({"id": "x" * 81}), ["add[0].id: 'xxx"]),
    "addition to another profile": (adding({"id": "other:a"}), ["add[0].id: 'other:a' cannot be the identifier of an"]),
    "addition twice": (
        adding({"id": "a.1"}, {"id": "mine:A-01"}), ["add[1].id: mine:A-01 occurs twice; give each addition its own"]
    ),
    "problems of an addition of a bad name": (
        adding({"id": "a b", "parent": "ir8259a:x", "levels": ["z"], "sources": ["zzz, 1"]}),
        ["add[0].id: ", "add[0].parent: ", "add[0].levels[0]: ", "add[0].sources[0]: "],
    ),
    "unknown parent": (adding({"parent": "mine:sael"}, {"id": "sea"}), ["add[0].parent: unknown addition of mine 'mi"]),
    "parent that is not selected": (adding({"parent": "AC-2"}), ["add[0].parent: sp800-53r5:ac-2 is not selected"]),
    "parent of itself": (adding({"parent": "seal"}), ["add[0].parent: it is below itself: mine:seal > mine:seal; tak"]),
    "circle of parents": (
        adding({"parent": "b"}, {"id": "a", "parent": "b"}, {"id": "b", "parent": "c"}, {"id": "c", "parent": "a"},
               {"id": "d", "parent": "a"}),
        ["add[2].parent: it is below itself: mine:b > mine:c > mine:a > mine:b; take a parent out"],
    ),
    "question about nothing": ({"open": [{"question": "q", "about": ["x:y"], "why": "w"}]}, ["open[0].about[0]: unkn"]),
    # What follows from another problem is not told twice.
    "change of what was meant": (
        {**of("ir8259a", ids=["software-updat"]), "modify": [GUIDANCE]}, ["imports[0].include[0].ids[0]: unknown"]
    ),
    "change of what is below what was meant": (
        {**of("ir8259a", within=["software-updat"]), "modify": [{**GUIDANCE, "element": "ir8259a:software-update.1"}]},
        ["imports[0].include[0].within[0]: unknown"],
    ),
    "change of the kind that was meant": (
        {**of("ir8259a", kinds=["capabilty"]),
         "modify": [GUIDANCE, {**GUIDANCE, "element": "ir8259a:software-update.1"}]},
        ["imports[0].include[0].kinds[0]: unknown", "modify[1].element: ir8259a:software-update.1 is not selected"],
    ),
    "change of what a baseline may have": (
        {**of("sp800-53r5", baseline="lw"), "modify": [{**GUIDANCE, "element": "AC-2"}, GUIDANCE]},
        ["imports[0].include[0].baseline: ", "modify[1].element: ir8259a:software-update is not selected"],
    ),
    "change of what an unknown source may have": (
        {"imports": [importing("ir8259"), importing("ir8259aa")],
         "modify": [GUIDANCE, {**GUIDANCE, "element": "ir8259:x"}]},
        ["imports[1].from: unknown publication", "modify[1].element: unknown element of ir8259 'ir8259:x'"],
    ),
    "change of what an import selects at a level that does not exist": (
        {"levels": ["a"], "modify": [GUIDANCE],
         "imports": [importing("profile:industrial", same_levels=[{"own": "b", "theirs": "low"}])]},
        ["imports[0].same_levels[0].own: there is no level 'b'; use a"],
    ),
    "change of what the source that is known does not bring in": (
        {"imports": [importing("ir8259a", include=[{"ids": ["data-protection"]}]), importing("ir8259aa")],
         "modify": [GUIDANCE]},
        ["imports[1].from: unknown publication", "modify[0].element: ir8259a:software-update is not selected"],
    ),
    "double selection at levels that do not exist": (
        {"levels": ["a"], "imports": [
            importing("profile:industrial", same_levels=[{"own": "b", "theirs": "low"}]) for _ in range(2)
        ]},
        ["imports[0].same_levels[0].own: there is no level 'b'", "imports[1].same_levels[0].own: there is no level"],
    ),
    "double selection by a misread selector": (
        {"imports": [importing("ir8259a", include=[{"kinds": "capability", "words": "device"}]), importing("ir8259a")]},
        ["imports[0].include[0].kinds: 'capability' is not a list; put it in brackets: [...]"],
    ),
    "double selection at a misspelt level": (
        {"levels": ["a", "b"], "imports": [importing("ir8259a", levels=["a"]), importing("ir8259a", levels=["x"])]},
        ["imports[1].levels[0]: there is no level 'x'; use a, b"],
    ),
    # What does not fit the format.
    "unknown field": ({"sumary": "x"}, ["sumary: unknown field 'sumary'; use summary"]),
    "unknown field like no other": (change(zzz=1), ["modify[0].zzz: unknown field 'zzz'; use element or change or"]),
    "field that no file has": (change(by="me"), ["modify[0].by: unknown field 'by'; use "]),
    "text for a list": ({"base": "ir8425"}, ["base: 'ir8425' is not a list; put it in brackets: [...]"]),
    "number for a text": ({"title": 7}, ["title: '7' is not a text; write a text in quotes"]),
    "number in a list": ({"base": ["ir8425", 7]}, ["base[1]: '7' is not a text"]),
    "no text": ({"title": " "}, ["title: it is empty; write something, or take it out"]),
    "null": ({"title": None}, ["title: 'None' is not a text"]),
    "control character": ({"title": "a\x1b[31m"}, ["title: it has the character U+001B; take the character out"]),
    "half a character": ({"title": "a\ud800"}, ["title: it has the character U+D800"]),
    "text for a table": ({"imports": ["ir8259a"]}, ["imports[0]: 'ir8259a' is not a table; write a table with from,"]),
    "empty table": (
        {"imports": [{}]},
        ["imports[0]: it is empty; give from, include, exclude, levels, same_levels, rationale"],
    ),
    "empty selector": (of("ir8259a"), ["imports[0].include[0]: it is empty; give ids, kinds, within, words, baseline"]),
    "text for a selector": (
        {"imports": [importing("ir8259a", exclude=["x"])]}, ["imports[0].exclude[0]: 'x' is not a table; write a table"]
    ),
    "no selectors": (
        {"imports": [importing("ir8259a", include=[])]}, ["imports[0].include: it is empty; leave it out to take every"]
    ),
    "no ids": (of("ir8259a", ids=[], words="device"), ["imports[0].include[0].ids: it is empty; leave it out, or lis"]),
    "no levels": (
        {"levels": ["a"], "imports": [importing("ir8259a", levels=[])]},
        ["imports[0].levels: it is empty; leave it out to mean every level"],
    ),
    "no rationale": ({"imports": [{"from": "ir8259a"}]}, ["imports[0].rationale: it is missing; write the rationale"]),
    "misspelt rationale": (
        {"imports": [{"from": "ir8259a", "rationle": "x"}]}, ["imports[0].rationle: unknown field 'rationle'; use rati"]
    ),
    "no source": ({"imports": [{"rationale": "x"}]}, ["imports[0].from: it is missing; write the from"]),
    "nothing to be mapped to": (of("ir8259a", mapped_to={"baseline": "low"}), ["mapped_to.publication: it is missing"]),
    "unknown fidelity": ({"fidelity": "total"}, ["fidelity: 'total' is not known here; use full, partial, secondary"]),
    "unknown basis": ({"basis": "mine"}, ["basis: 'mine' is not known here; use official, curated, derived, user"]),
    "addition without an identifier": (
        {"add": [{key: value for key, value in ADDED.items() if key != "id"}]}, ["add[0].id: it is missing; write the"]
    ),
    "empty source": (change(sources=[""]), ["modify[0].sources[0]: it is empty"]),
    "empty levels": ({"levels": ["", ""]}, ["levels[0]: it is empty", "levels[1]: it is empty"]),
    "empty base": ({"base": [""]}, ["base[0]: it is empty"]),
    "empty level of the same levels": (
        {"levels": ["a"], "imports": [importing("profile:industrial", same_levels=[{"own": "", "theirs": ""}])]},
        ["imports[0].same_levels[0].own: it is empty", "imports[0].same_levels[0].theirs: it is empty"],
    ),
    "empty in lists": (
        {**of("ir8259a", ids=["", "data-protection"], kinds=["", "capability"]),
         "open": [{"question": "q", "about": [""], "why": "w"}]},
        ["imports[0].include[0].ids[0]: it is empty", "imports[0].include[0].kinds[0]: it is empty", "open[0].about[0"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("document", "expected"), PROBLEMS.values(), ids=PROBLEMS.keys())
def test_problems(document: Json, expected: list[str], tmp_path: Path) -> None:
    found = problems(tmp_path, **document)
    assert len(found) == len(expected), found
    for problem, words in zip(found, expected, strict=True):
        assert words in problem
    with pytest.raises(ib.errors.DataErrors) as caught:
        read(tmp_path, **document)
    errors = ib.check_profile(tmp_path / "mine.json")
    assert [str(error) for error in caught.value.errors] == [str(error) for error in errors]


WHOLE: Json = {
    "base": ["ir8259a"], "levels": LEVELS,
    "imports": [importing("ir8259a", exclude=[{"ids": ["data-protection.1"]}, {"words": "update"}]),
                importing("sp800-213a", levels=["low"], include=[
                    {"within": ["DI:IMS"], "mapped_to": {"publication": "sp800-53r5", "baseline": "low"}},
                    {"kinds": ["sub-capability"]}])],
    "modify": [{**GUIDANCE, "element": "ir8259a:data-protection"},
               {**PARAMETER, "element": "seal", "sources": ["AC-2"]}],
    "add": [{**ADDED, "parent": "ir8259a:data-protection"}],
    "open": [{"question": "q", "about": ["AC-2"], "why": "w"}],
}  # fmt: skip
junk: st.SearchStrategy[Any] = st.sampled_from([
    None, True, 0, -1.5, "", " ", "x", "ir8425", "profile:x", "a.toml", "..", "low", "kinds", "\ud800", "ä", ":",
    "mine:", [], {}, [[]], [{}], ["x"], [None], {"x": 1}, {"ids": ["AC-2"]}, importing("ir8259a"),
])  # fmt: skip


def places_in(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every list or object in a tree with each of its places."""
    for place in range(len(tree)) if isinstance(tree, list) else tree if isinstance(tree, dict) else ():
        yield tree, place
        yield from places_in(tree[place])


@pytest.mark.slow
@given(st.data())
def test_whatever_stands_in_a_file_it_is_read_or_told(data: st.DataObject) -> None:
    document = copy.deepcopy({**HEAD, **WHOLE})
    for _ in range(data.draw(st.integers(1, 3))):
        holder, place = data.draw(st.sampled_from(list(places_in(document))))
        holder[place] = copy.deepcopy(data.draw(junk))
    with a_folder() as folder:
        path = folder / "mine.json"
        path.write_text(json.dumps(document), "utf-8")
        errors = ib.check_profile(path)
        assert all(error.place.startswith("line 1") and error.problem and error.fix for error in errors)
        if not errors:
            profile = ib.read_profile(path)
            assert {level for each in profile.resolve() for level in each.levels} <= set(profile.levels)


def test_the_whole_of_it_is_right(tmp_path: Path) -> None:
    assert problems(tmp_path, **WHOLE) == []


def test_a_key_may_have_eighty_characters(tmp_path: Path) -> None:
    key = "a-" * 39 + "zz"
    assert read(tmp_path, profile=key, imports=[importing("ir8259a")]).key == key


def test_misspelt_name_of_a_profile(tmp_path: Path) -> None:
    library = shelf(tmp_path, federal={"basis": "official", "imports": [importing("ir8259a")]})

    def told(**fields: Any) -> str:
        [error] = ib.check_profile(written(tmp_path, **fields), library=library)
        return f"{error.problem}; {error.fix}"

    assert told(imports=[importing("federal")]) == "federal is a profile, not a publication; write profile:federal"
    assert told(imports=[importing("profile:fedral")]) == "unknown profile 'fedral'; write profile:federal"
    assert told(imports=[importing("profile:zzz")]) == "unknown profile 'zzz'; write profile:federal"
    assert told(profile="federal").startswith("federal is the key of a profile that ships with the package; give yours")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"profile": "other"}, "profiles/one.json: line 1, profile: it is 'other'; write one"),
        ({"basis": None}, "basis: a profile that ships is official or curated; write official or curated"),
        ({"basis": "user"}, "basis: a profile that ships is official or curated"),
        ({"imports": [importing("x.toml")]}, "imports[0].from: a profile that ships imports no file; import a profile"),
        ({"imports": [importing("profile:one")]}, "imports[0].from: it imports itself: profile:one > profile:one; tak"),
        ({"imports": [importing("profile:two")]}, "two.json: line 1, imports[0].from: it imports itself: profile:one"),
        ({"imports": [importing("ir8259a")], "modify": [GUIDANCE]}, "modify[0]: a change of a curated profile needs a"),
    ],
)  # fmt: skip
def test_a_broken_profile_of_the_library(document: Json, expected: str, tmp_path: Path) -> None:
    two: Json = {"basis": "curated", "imports": [importing("profile:one")]}
    library = shelf(tmp_path, one={"basis": "curated", **document}, two=two)
    with pytest.raises(ib.errors.DataErrors) as caught:
        ib.profile("one", library=library)
    assert len(caught.value.errors) == 1
    assert expected in str(caught.value)
    mine = written(tmp_path, imports=[importing("profile:one"), importing("profile:two")])
    assert set(map(str, ib.check_profile(mine, library=library))) >= {str(error) for error in caught.value.errors}


def test_a_curated_change_with_a_misread_source_is_told_once(tmp_path: Path) -> None:
    modify = [{**GUIDANCE, "sources": "x"}]
    library = shelf(tmp_path, one={"basis": "curated", "imports": [importing("ir8259a")], "modify": modify})
    with pytest.raises(ib.errors.DataErrors, match=r"^1 problem:\n.*modify\[0\]\.sources: 'x' is not a list"):
        ib.profile("one", library=library)


def test_a_profile_of_the_library_whose_bytes_are_others(tmp_path: Path) -> None:
    library = shelf(tmp_path, one={"basis": "curated"})
    (tmp_path / "data/profiles/one.json").write_text("{}")
    with pytest.raises(ib.errors.DataErrors) as caught:
        ib.profile("one", library=library)
    assert isinstance(caught.value.errors[0], ib.errors.IntegrityError)


def test_a_broken_publication_is_a_problem_too(tmp_path: Path) -> None:
    library = shelf(tmp_path)
    (tmp_path / "data/publications/ir8425.json").write_text("{}")
    [error] = ib.check_profile(written(tmp_path, imports=[importing("ir8425")]), library=library)
    assert (type(error), error.file) == (ib.errors.IntegrityError, "publications/ir8425.json")


def test_profiles_and_their_elements_are_named_as_people_do() -> None:
    assert ib.profile("Consumer") == ib.profile("consumer")
    assert str(ib.coverage("Consumer", "ir8259a")) == str(ib.coverage("consumer", "ir8259a"))
    resolved = ib.profile("consumer").resolve()
    for name in ("IR 8425 Data Protection 1", "IR 8425: data protection (1)", "ir8425:data-protection.1"):
        assert resolved[name].id == "ir8425:data-protection.1"
        assert name in resolved
    assert "IR 8259A Data Protection 1" not in resolved
