"""OSCAL out and in: what comes back is what went out, and what others wrote is read as they mean it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._model.identifiers import fold_local
from iotbaseline._model.kinds import Clause, Withdrawable
from iotbaseline.formats.oscal import control_id
from iotbaseline.formats.user_files import user_framework
from tests.gates.oscal_checks import problems_of, read

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def write(path: Path, document: Json) -> Path:
    path.write_text(json.dumps(document), "utf-8")
    return path


def head(title: str = "Theirs", **more: object) -> Json:
    return {
        "title": title,
        "last-modified": "2026-01-01T00:00:00Z",
        "version": "1",
        "oscal-version": "1.2.1",
        **more,
    }


def catalog_of(*controls: Json, **more: object) -> Json:
    return {"catalog": {"uuid": "0", "metadata": head(), "controls": list(controls), **more}}


def profile_of(*imports: Json, **more: object) -> Json:
    return {"profile": {"uuid": "0", "metadata": head("Their profile"), "imports": list(imports), **more}}


# Catalogs.


@pytest.mark.parametrize("key", ["ir8425", "ir8259", "sp800-213a", "csf1.1", "en303645v3.1.3", "ir8431"])
def test_a_publication_comes_back_from_its_catalog(key: str, tmp_path: Path) -> None:
    publication = ib.load(key)
    report = ib.export(key, "oscal-catalog", tmp_path / "a.json", strict=True)
    assert not report.losses
    assert ib.read_oscal_catalog(tmp_path / "a.json", key=key).elements == publication.elements
    assert problems_of(read(tmp_path)) == []


def test_a_catalog_read_by_another_key_refers_to_itself(tmp_path: Path) -> None:
    ib.export("csf1.1", "oscal-catalog", tmp_path / "a.json")
    framework = ib.read_oscal_catalog(tmp_path / "a.json", key="mine", title="Mine")
    assert (framework.title, framework.info.role, len(framework)) == ("Mine", "user framework", len(ib.load("csf1.1")))
    assert {element.publication for element in framework} == {"mine"}
    moved = [each for each in framework if isinstance(each, Withdrawable) and each.withdrawn]
    assert all(target.startswith("mine:") for each in moved for target in each.moved_to)


def test_the_same_publication_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.json", "b.json"):
        ib.export("ir8425", "oscal-catalog", tmp_path / name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000001")
    ib.export("ir8425", "oscal-catalog", tmp_path / "b.json")
    one, other = (json.loads((tmp_path / name).read_text("utf-8"))["catalog"] for name in ("a.json", "b.json"))
    assert one["uuid"] == other["uuid"]
    assert one["metadata"]["last-modified"] != other["metadata"]["last-modified"]


def test_every_control_has_a_title_and_says_what_it_is(tmp_path: Path) -> None:
    ib.export("ir8425", "oscal-catalog", tmp_path / "a.json", oscal_version="1.1.2")
    catalog = json.loads((tmp_path / "a.json").read_text("utf-8"))["catalog"]
    assert catalog["metadata"]["oscal-version"] == "1.1.2"
    group = next(each for each in catalog["groups"] if each["id"] == "ir8425_asset-identification_group")
    [control] = group["controls"]
    assert (control["id"], control["class"]) == ("ir8425_asset-identification", "capability")
    below = control["controls"][0]
    assert below["title"].startswith(control["title"])
    assert [part["name"] for part in below["parts"]] == ["statement"]


def test_a_version_that_nobody_reads_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ib.errors.UnknownNameError, match=r"version of OSCAL '1\.0\.0'"):
        ib.export("ir8425", "oscal-catalog", tmp_path / "a.json", oscal_version="1.0.0")
    with pytest.raises(ib.errors.UnknownNameError, match=r"1\.1\.2"):
        ib.export(ib.crosswalk("sp800-213a", "csf2.0"), "oscal-mapping", tmp_path, oscal_version="1.1.2")


LOCALS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 .()/+_-]{0,8}", fullmatch=True).filter(lambda text: text == text.strip())
TEXTS = st.none() | st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20)


def both(row: tuple[str, str | None, str | None]) -> str:
    return fold_local(control_id(f"k:{row[0]}").removeprefix("k_"))


@given(st.lists(st.tuples(LOCALS, TEXTS, TEXTS), min_size=1, max_size=6, unique_by=both))
def test_a_framework_of_ones_own_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str | None, str | None]]
) -> None:
    elements = tuple(
        Clause(id=f"k:{local}", label=local, title=title, summary=summary) for local, title, summary in rows
    )
    path = tmp_path_factory.mktemp("k") / "k.json"
    report = ib.export(user_framework("k", "K", lambda: elements), "oscal-catalog", path)
    assert ib.read_oscal_catalog(path, key="k").elements == elements
    assert report.counts()[ib.LossKind.RENAMED] == sum(
        not control_id(each.id).endswith(each.local) for each in elements
    )


def test_two_elements_may_not_become_one_control(tmp_path: Path) -> None:
    made = user_framework("k", "K", lambda: (Clause(id="k:a b"), Clause(id="k:a+b")))
    with pytest.raises(ib.errors.QueryError, match="k:a b and k:a\\+b would both be the control k_a-b"):
        ib.export(made, "oscal-catalog", tmp_path / "a.json")


STATEMENT = {
    "id": "ac-1_smt",
    "name": "statement",
    "prose": "Review {{ insert: param, ac-1_prm_1 }}:",
    "parts": [
        {"name": "item", "props": [{"name": "label", "value": "a."}], "prose": "each {{ loop }}; and {{ none }}"}
    ],
}
THEIRS = {
    "catalog": {
        "uuid": "0",
        "metadata": head(),
        "groups": [
            {
                "title": "Access Control",
                "groups": [{"id": "GV", "class": "function", "title": "Govern"}],
                "controls": [
                    {
                        "id": "ac-1",
                        "class": "SP800-53",
                        "title": "Policy",
                        "params": [
                            {"id": "ac-1_prm_1", "select": {"choice": ["daily", "{{ insert: param, ac-1_prm_2 }}"]}},
                            {"id": "ac-1_prm_2", "label": "often"},
                            {"id": "loop", "values": ["{{ loop }}"]},
                        ],
                        "props": [
                            {"name": "label", "class": "zero-padded", "value": "AC-01"},
                            {"name": "label", "value": "AC-1"},
                            {"name": "label", "ns": "https://example.org", "value": "other"},
                        ],
                        "parts": [STATEMENT, {"name": "guidance", "prose": "not this"}],
                        "controls": [{"id": "ac-1.1", "title": "More"}],
                    },
                    {
                        "id": "ac-2",
                        "title": "Gone",
                        "props": [{"name": "status", "value": "Withdrawn"}],
                        "links": [
                            {"href": "#ac-1_smt.a", "rel": "incorporated-into"},
                            {"href": "#ac-1.1", "rel": "moved_to"},
                            {"href": "https://example.org", "rel": "moved-to"},
                            {"href": "#ac-1"},
                        ],
                    },
                ],
            }
        ],
    }
}


def test_a_catalog_of_others_is_read_as_they_mean_it(tmp_path: Path) -> None:
    found = ib.read_oscal_catalog(write(tmp_path / "a.json", THEIRS), key="theirs")
    assert found.title == "Theirs"
    assert [(each.local, each.kind, each.parent) for each in found] == [
        ("access-control", "family", None),
        ("GV", "function", "theirs:access-control"),
        ("ac-1", "control", "theirs:access-control"),
        ("ac-1.1", "control", "theirs:ac-1"),
        ("ac-2", "control", "theirs:access-control"),
    ]
    assert (found["ac-1"].label, found["ac-1.1"].label) == ("AC-1", None)
    assert found["ac-1"].summary is not None
    assert found["ac-1"].summary.startswith("Review [daily | [often]]: a. each ")
    assert found["ac-1"].summary.endswith("; and [none]")
    gone = found["ac-2"]
    assert isinstance(gone, Withdrawable)
    assert (gone.withdrawn, gone.moved_to) == (True, ("theirs:ac-1.1",))
    assert gone.incorporated_into == ("theirs:ac-1",)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"system-security-plan": {}}, "it is no catalog and no profile of OSCAL"),
        ([], "it is no catalog and no profile of OSCAL"),
        (profile_of(), "read it with read_oscal_profile"),
        (catalog_of({"id": "a"}), "title"),
        (catalog_of({"id": "a", "title": 7}), "catalog.controls.0..title: '7' is not a text"),
        (catalog_of({"id": "a", "title": "A"}, {"id": "A", "title": "B"}), "reads like that of 'a'"),
        (catalog_of({"id": "...", "title": "A"}), "'...' cannot be an identifier"),
        (catalog_of({"id": "\u0430", "title": "A"}), "CYRILLIC"),
        (
            catalog_of(
                {
                    "id": "a",
                    "title": "A",
                    "props": [
                        {"name": "element", "ns": "https://w3id.org/iotbaseline/oscal", "value": "k:a"},
                        {"name": "kind", "ns": "https://w3id.org/iotbaseline/oscal", "value": "nonsense"},
                    ],
                }
            ),
            "unknown kind 'element'",
        ),
    ],
)
def test_a_file_that_is_no_catalog_is_refused(tmp_path: Path, document: Json, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ib.read_oscal_catalog(write(tmp_path / "a.json", document), key="theirs")


def test_a_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("<catalog/>", "utf-8")
    with pytest.raises(ib.errors.DataError, match=r"it is not JSON .*; convert it to JSON"):
        ib.read_oscal_catalog(tmp_path / "a.json", key="theirs")
    (tmp_path / "a.json").write_text('{"catalog": ' + '{"groups": [' * 400 + "1" + "]}" * 400 + "}", "utf-8")
    with pytest.raises(ValueError, match=r"groups|nested"):
        ib.read_oscal_catalog(tmp_path / "a.json", key="theirs")


# Profiles.


@pytest.mark.parametrize("key", ["consumer", "consumer-router", "federal-low", "industrial", "ot-overlay"])
def test_a_profile_comes_back_level_by_level(key: str, tmp_path: Path) -> None:
    profile = ib.profile(key)
    report = ib.export(profile, "oscal-profile", tmp_path)
    assert report.counts() == {"weakened": 0, "renamed": 0, "left-out": len(profile.imports)}
    assert problems_of(read(tmp_path)) == []
    for level in profile.levels or (None,):
        name = f"{key}.{level}.profile.json" if level else f"{key}.profile.json"
        back = ib.read_oscal_profile(tmp_path / name, key="back")
        resolved = profile.resolve(level)
        assert changes(back.resolve(), "back") == changes(resolved, key)
        assert [each.question for each in back.questions] == [each.question for each in profile.questions]
        assert (back.base, back.missing, back.basis) == (profile.base, profile.missing, "user")


def changes(resolved: ib.ResolvedProfile, key: str) -> dict[str, list[tuple[object, ...]]]:
    """What a profile selects and changes, with its own additions under a name that depends on no key."""
    return {
        item.id.replace(f"{key}:", "own:"): [
            (each.change, each.text, each.parameter, each.value, each.rationale, each.sources)
            for each in item.modifications
        ]
        for item in resolved
    }


MINE = """
profile = "mine"
title = "Mine"
version = "1"
summary = "For a test."
[[imports]]
from = "ir8425"
rationale = "It is the one."
include = [{ ids = ["ir8425:asset-identification", "ir8425:asset-identification.1"] }]
[[modify]]
element = "ir8425:asset-identification.1"
change = "parameter"
parameter = "Length of the number"
value = "8 digits"
rationale = "Ours have 8."
[[add]]
id = "sticker"
title = "Sticker"
summary = "There is a sticker on it."
parent = "ir8425:asset-identification"
rationale = "People look for one."
[[add]]
id = "sticker.1"
title = "Large"
summary = "It is large."
parent = "mine:sticker"
rationale = "People are old."
[[open]]
question = "What colour?"
about = ["mine:sticker", "ir8425:asset-identification"]
why = "Nobody said."
"""


def test_parameters_and_additions_come_back(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(MINE, "utf-8")
    mine = ib.read_profile(tmp_path / "mine.toml")
    ib.export(mine, "oscal-profile", tmp_path / "out")
    assert problems_of(read(tmp_path / "out")) == []
    back = ib.read_oscal_profile(tmp_path / "out" / "mine.profile.json", key="back")
    assert changes(back.resolve(), "back") == changes(mine.resolve(), "mine")
    assert [(each.id, each.parent, each.rationale) for each in back.additions] == [
        ("back:sticker", "ir8425:asset-identification", "People look for one."),
        ("back:sticker.1", "back:sticker", "People are old."),
    ]


BASELINE = {"href": "#cat", "include-controls": [{"with-ids": ["AC-02", "ac-2.3"]}]}
MATTER = {"resources": [{"uuid": "other"}, {"uuid": "cat", "rlinks": [{"href": "../../nist.json"}]}]}


def test_a_profile_of_others_selects_from_what_is_passed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", profile_of(BASELINE, **{"back-matter": MATTER}))
    found = ib.read_oscal_profile(path, key="low", publications="sp800-53r5")
    assert [each.id for each in found.elements] == ["sp800-53r5:ac-2", "sp800-53r5:ac-2.3"]
    assert (found.title, found.summary, found.version) == ("Their profile", "Their profile", "1")


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ({"include-all": {}, "exclude-controls": [{"matching": [{"pattern": "??-*"}]}]}, set()),
        (
            {"include-controls": [{"matching": [{"pattern": "ac-2?"}]}]},
            {"ac-20", "ac-21", "ac-22", "ac-23", "ac-24", "ac-25"},
        ),
        (
            {
                "include-controls": [{"with-child-controls": "yes", "with-ids": ["ac-24"]}],
                "exclude-controls": [{"with-ids": ["ac-24.2"]}],
            },
            {"ac-24", "ac-24.1"},
        ),
    ],
)
def test_what_an_import_selects(tmp_path: Path, selection: Json, expected: set[str]) -> None:
    keep = {"href": "nist.json", "include-controls": [{"with-ids": ["ac-1"]}]}
    path = write(tmp_path / "a.json", profile_of({"href": "nist.json", **selection}, keep))
    found = ib.read_oscal_profile(path, key="low", publications=["sp800-53r5"])
    assert {each.local for each in found.elements} == expected | {"ac-1"}


def test_all_of_a_publication_is_all_that_it_asks_for(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", profile_of({"href": "nist.json"}))
    found = ib.read_oscal_profile(path, key="all", publications=ib.load("sp800-53r5"))
    assert set(found.elements) == set(ib.load("sp800-53r5").controls)


def test_all_of_a_catalog_is_all_of_its_controls(tmp_path: Path) -> None:
    write(tmp_path / "nist.json", catalog_of({"id": "ac-2", "title": "A", "controls": [{"id": "ac-3", "title": "B"}]}))
    below = {"include-controls": [{"with-ids": ["ac-2"], "with-child-controls": "yes"}]}
    selections: list[Json] = [{"include-all": {}}, below]
    for selection in selections:
        path = write(tmp_path / "a.json", profile_of({"href": "nist.json", **selection}))
        found = ib.read_oscal_profile(path, key="all", publications="sp800-53r5")
        assert [each.local for each in found.elements] == ["ac-2", "ac-3"]


def test_a_chain_of_profiles_and_what_they_change(tmp_path: Path) -> None:
    inner = profile_of(
        BASELINE,
        merge={"custom": {}},
        modify={
            "set-parameters": [
                {"param-id": "ac-02_odp.01", "values": ["one", "two"]},
                {"param-id": "ac-2_prm_9", "constraints": [{"description": "monthly"}]},
                {"param-id": "zz-1_prm_1", "values": ["x"]},
            ],
            "alters": [
                {"control-id": "ac-2", "removes": [{}], "adds": [{"props": [{"name": "a", "value": "b"}]}]},
                {
                    "control-id": "ac-2",
                    "adds": [{"parts": [{"name": "guidance", "prose": "Mind it."}, {"name": "item"}]}],
                },
            ],
        },
    )
    write(tmp_path / "inner.json", inner)
    path = write(tmp_path / "outer.json", profile_of({"href": "inner.json", "include-all": {}}))
    found = ib.read_oscal_profile(path, key="outer", publications="sp800-53r5")
    assert [str(each) for each in found.resolve()["sp800-53r5:ac-2"].modifications] == [
        "parameter ac-02_odp.01 = one, two",
        "parameter ac-2_prm_9 = monthly",
        "guidance: Mind it.",
    ]
    assert [each.question for each in found.questions] == [
        "The profile sets zz-1_prm_1, of no control that it selects: what does that change?",
        "The profile removes parts of controls: what does that change?",
        "The profile adds properties, links or parameters to controls: what does that change?",
        "The profile arranges its controls in groups of its own: what does that change?",
    ]
    assert found.questions[1].about == ("sp800-53r5:ac-2",)


def test_what_is_imported_again_and_again_is_read_and_changed_once(tmp_path: Path) -> None:
    """Each of the profiles imports the next twice: two to the power of fourteen readings otherwise."""
    change = {"set-parameters": [{"param-id": "ac-2_prm_1", "values": ["x"]}, {"param-id": "zz-1_prm_1"}]}
    write(tmp_path / "p14.json", profile_of(BASELINE, modify=change))
    for number in range(14):
        path = write(tmp_path / f"p{number}.json", profile_of(*[{"href": f"p{number + 1}.json"}] * 2))
    found = ib.read_oscal_profile(tmp_path / "p0.json", key="outer", publications="sp800-53r5")
    assert [str(each) for each in found.resolve()["sp800-53r5:ac-2"].modifications] == ["parameter ac-2_prm_1 = x"]
    assert len(found.questions) == 1
    write(path, profile_of(*[{"href": "p14.json"}] * 101))
    with pytest.raises(
        ib.errors.DataError, match="with all that it imports it has more than 100 imports; import fewer profiles"
    ):
        ib.read_oscal_profile(path, key="outer", publications="sp800-53r5")


@pytest.mark.parametrize(
    ("document", "publications", "says"),
    [
        (catalog_of(), (), "it is a catalog, not a profile"),
        (profile_of({"href": "#cat"}), (), "nothing is known of '#cat'; pass publications="),
        (profile_of({"href": "a.json"}), (), "the chain of imports is endless: a.json > a.json"),
        (profile_of({"href": "b.json"}), (), "nothing is known of 'b.json'"),
        (
            profile_of({"href": "x", "include-controls": [{"with-ids": ["ac-1", "ac-199", "q"]}]}),
            "sp800-53r5",
            "there is no control 'ac-199'; did you mean .*\n.*there is no control 'q'; name a control",
        ),
        (profile_of(BASELINE, modify={"alters": [{"control-id": "ac-3"}]}), "sp800-53r5", "'ac-3' is altered but not"),
        (profile_of({"href": 1}), (), "profile.imports.0..href: '1' is not a text"),
    ],
)
def test_a_profile_that_cannot_be_read(tmp_path: Path, document: Json, publications: str, says: str) -> None:
    write(tmp_path / "b.json", catalog_of())
    with pytest.raises(ValueError, match=says):
        ib.read_oscal_profile(write(tmp_path / "a.json", document), key="p", publications=publications)


def test_files_outside_the_folder_are_not_read(tmp_path: Path) -> None:
    write(tmp_path / "base.json", profile_of(BASELINE))
    (tmp_path / "in").mkdir()
    path = write(tmp_path / "in" / "a.json", profile_of({"href": "../base.json"}))
    with pytest.raises(ib.errors.DataErrors, match="nothing is known of"):
        ib.read_oscal_profile(path, key="p")
    assert ib.read_oscal_profile(path, key="p", folder=tmp_path, publications="sp800-53r5").elements


def test_two_publications_may_not_share_a_control(tmp_path: Path) -> None:
    both = """
profile = "both"
title = "Both"
version = "1"
summary = "s"
[[imports]]
from = "sp800-53r4"
rationale = "r"
include = [{ ids = ["sp800-53r4:ac-1"] }]
[[imports]]
from = "sp800-53r5"
rationale = "r"
include = [{ ids = ["sp800-53r5:ac-1"] }]
"""
    (tmp_path / "both.toml").write_text(both, "utf-8")
    with pytest.raises(ib.errors.QueryError, match="would both be the control ac-1"):
        ib.export(ib.read_profile(tmp_path / "both.toml"), "oscal-profile", tmp_path / "out")


# Mappings and components.


@pytest.mark.parametrize(
    "pair", [("sp800-213a", "csf2.0"), ("online-catalog-2021-11", "csf1.1"), ("ir8259a", "psa2.0beta")]
)
def test_a_mapping_collection_has_every_mapping(pair: tuple[str, str], tmp_path: Path) -> None:
    crosswalk = ib.crosswalk(*pair)
    report = ib.export(crosswalk, "oscal-mapping", tmp_path)
    documents = read(tmp_path)
    assert problems_of(documents) == []
    [mapping] = documents["--".join(pair) + ".mapping.json"]["mapping-collection"]["mappings"]
    identified = [each for each in crosswalk if each.object is not None]
    assert len(mapping["maps"]) == len(identified)
    for made, each in zip(mapping["maps"], identified, strict=True):
        assert made["sources"] == [{"type": "control", "id-ref": control_id(each.subject)}]
        assert made["relationship"].replace("-", "_").removesuffix("_to") == each.relation
        assert ("ns" in made) == (each.relation not in ("equal", "subset_of", "superset_of", "intersects_with"))
    gaps = mapping.get("source-gap-summary", {}).get("unmapped-controls", [{"with-ids": []}])
    assert set(gaps[0]["with-ids"]) == {control_id(each) for each in crosswalk.listed_without_object}
    cited = sum(each.object is None and not each.is_empty for each in crosswalk)
    assert report.counts()[ib.LossKind.LEFT_OUT] == cited


def test_a_crosswalk_without_an_object_is_no_mapping_collection(tmp_path: Path) -> None:
    crosswalk = ib.crosswalk("sp800-213a", "csf2.0").where(lambda each: each.is_empty)
    with pytest.raises(ib.errors.QueryError, match="has no mapping to an element"):
        ib.export(crosswalk, "oscal-mapping", tmp_path)


def test_a_component_definition_asks_for_every_control(tmp_path: Path) -> None:
    ib.export("industrial", "oscal-component", tmp_path, product="Lamp")
    documents = read(tmp_path)
    assert problems_of(documents) == []
    [component] = documents["industrial.component.json"]["component-definition"]["components"]
    assert component["title"] == "Lamp"
    counts = [len(each["implemented-requirements"]) for each in component["control-implementations"]]
    assert counts == [len(ib.profile("industrial").resolve(level)) for level in ("low", "moderate", "high")]


def test_parameters_that_insert_each_other_come_to_an_end(tmp_path: Path) -> None:
    choice = ["{{ insert: param, p }}"] * 50
    control = {
        "id": "a-1",
        "title": "t",
        "params": [{"id": "p", "select": {"choice": choice}}],
        "parts": [{"id": "s", "name": "statement", "prose": "{{ insert: param, p }}"}],
    }
    with pytest.raises(ib.errors.DataErrors, match="params: they insert each other too often"):
        ib.read_oscal_catalog(write(tmp_path / "a.json", catalog_of(control)), key="acme")
