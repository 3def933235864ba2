"""The data files are what the builders make of the source texts, and the manifest lists them all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from authoring.build import needs
from authoring.publications import online_catalog, sp800_213a
from authoring.shared.sources import Sources

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
BUILT = ("publications", "crosswalks", "lineage", "profiles")
MANIFEST: dict[str, Any] = json.loads((DATA / "manifest.json").read_text("utf-8"))


needs_sources = pytest.mark.skipif(
    "IOTBASELINE_SOURCES" not in os.environ, reason="IOTBASELINE_SOURCES does not name the folder of source texts"
)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def build(copy: Path, *arguments: str, sources: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the builders in a copy of the repository, where an installed package may stand in for src/."""
    places = [str(copy / "src"), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, places)), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("IOTBASELINE_SOURCES", None)
    if sources:
        environment["IOTBASELINE_SOURCES"] = str(Path(sources).resolve())
    command = [sys.executable, "authoring/build.py", *arguments]
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def changed(copy: Path) -> set[str]:
    """The data files of the copy that differ from those that ship."""
    built, shipped = files(copy / "data"), files(DATA)
    return {name for name in built.keys() | shipped.keys() if built.get(name) != shipped.get(name)}


def elements(copy: Path, key: str) -> dict[str, Any]:
    document = json.loads((copy / "data" / "publications" / f"{key}.json").read_text("utf-8"))
    return {element["id"]: element for element in document["elements"]}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("authoring", "data", "src"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
    return tmp_path


@pytest.mark.slow
@needs_sources
def test_builders_make_the_data_from_nothing_but_the_sources(copy: Path) -> None:
    for path in [
        copy / "data" / f"{name}.json" for name in ("manifest", "publications", "SOURCES", "errata", "evidence")
    ]:
        path.unlink()
    for path in [path for name in BUILT for path in (copy / "data" / name).iterdir()]:
        path.unlink()
    done = build(copy, sources=os.environ["IOTBASELINE_SOURCES"])
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert changed(copy) == set()


@needs_sources
def test_a_builder_declares_all_the_sources_that_it_uses(copy: Path, tmp_path: Path) -> None:
    """With no more than what is declared for it in the source folder, and nothing cached, it still runs."""
    module = import_module("authoring.lineage.online_catalog")
    declared = needs(module)
    assert declared == {*online_catalog.SOURCES.names, *sp800_213a.SOURCES.names}
    for name in declared:
        target = tmp_path / "sources" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(Path(os.environ["IOTBASELINE_SOURCES"]).resolve() / name)
    done = build(copy, "lineage.online_catalog", "--check", sources=str(tmp_path / "sources"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_undeclared_source_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"nist/ir8425\.md is not a declared source; declared are nist/ir8259a\.md"):
        Sources("nist/ir8259a.md").read("nist/ir8425.md")


def test_without_the_sources_the_rest_is_made_again(copy: Path) -> None:
    (copy / "data" / "manifest.json").unlink()
    for path in [*(copy / "data" / "profiles").iterdir(), copy / "data" / "crosswalks" / "ir8425--ir8259a.sssom.tsv"]:
        path.unlink()
    done = build(copy)
    assert done.returncode == 0
    assert "left out: publications.ir8259a (needs nist/ir8259a.md)" in done.stderr.splitlines()
    assert changed(copy) == set()


def test_a_builder_that_is_named_asks_for_its_sources(copy: Path) -> None:
    done = build(copy, "publications.ir8259a")
    assert done.returncode == 1
    assert done.stderr == (
        "publications.ir8259a needs nist/ir8259a.md; let IOTBASELINE_SOURCES name the folder of source texts\n"
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [("publications.ir8259aa", "publications.ir8259a"), ("ir8259a", "publications.ir8259a"), ("?", "registry.build")],
)
def test_an_unknown_builder_is_an_error_that_suggests(copy: Path, name: str, meant: str) -> None:
    done = build(copy, name)
    assert done.returncode == 1
    assert done.stderr.startswith(f"there is no builder {name}; did you mean {meant}")


def test_check_tells_what_would_change_and_writes_nothing(copy: Path) -> None:
    assert build(copy, "--check").returncode == 0
    table = copy / "authoring" / "content" / "crosswalks" / "ir8425--ir8259a.tsv"
    replace(table, "intersects_with", "related")
    done = build(copy, "--check")
    assert done.returncode == 1
    assert done.stdout.splitlines() == ["crosswalks/ir8425--ir8259a.sssom.tsv", "manifest.json"]
    assert changed(copy) == set()


def test_a_mapping_is_changed_without_the_sources(copy: Path) -> None:
    table = copy / "authoring" / "content" / "crosswalks" / "ir8425--ir8259a.tsv"
    replace(table, "ir8425:asset-identification.1\tintersects_with", "ir8425:asset-identification.1\trelated")
    assert build(copy, "crosswalks.judged").returncode == 0
    assert changed(copy) == {"crosswalks/ir8425--ir8259a.sssom.tsv", "manifest.json"}
    crosswalk = (copy / "data" / "crosswalks" / "ir8425--ir8259a.sssom.tsv").read_text("utf-8")
    assert "ir8425:asset-identification.1\tir8477:related\tir8259a:device-identification\t" in crosswalk


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("\tintersects_with\t", "\tintersect\t", "relation is 'intersect'; write intersects_with"),
        ("\tir8259a:", "\tir8259b:", "is not of ir8259a; begin the object with ir8259a:"),
        ("\tBoth ask that", "\t\tBoth ask that", "for 5 columns"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(copy: Path, old: str, new: str, problem: str) -> None:
    replace(copy / "authoring" / "content" / "crosswalks" / "ir8425--ir8259a.tsv", old, new)
    done = build(copy, "crosswalks.judged")
    assert done.returncode == 1
    assert "content/crosswalks/ir8425--ir8259a.tsv: line " in done.stderr
    assert problem in done.stderr


def test_a_table_and_its_entry_belong_together(copy: Path) -> None:
    content = copy / "authoring" / "content" / "crosswalks"
    (content / "ir8425--ir8259a.tsv").rename(content / "ir8425--ir8259.tsv")
    done = build(copy, "crosswalks.judged")
    assert done.returncode == 1
    assert "ir8425--ir8259, ir8425--ir8259a" in done.stderr


def test_summaries_are_put_in_without_the_sources(copy: Path) -> None:
    """All of them come back where none are left, those of equal wording in the online catalog too."""
    for path in (copy / "data" / "publications").iterdir():
        document = json.loads(path.read_text("utf-8"))
        for element in document["elements"]:
            element.pop("summary", None)
        path.write_text(json.dumps(document), "utf-8")
    assert "publications/ir8259a.json" in changed(copy)
    assert build(copy, "publications.summaries").returncode == 0
    assert changed(copy) == set()


def test_a_summary_may_say_whether_a_statement_asks_for_something(copy: Path) -> None:
    table = copy / "authoring" / "content" / "summaries" / "ir8259b.ipd.tsv"
    header, first, *rest = table.read_text("utf-8").splitlines()
    local = first.partition("\t")[0]
    lines = [f"{header}\tdemand", f"{local}\tAnother summary\trequired", *(f"{row}\t" for row in rest)]
    table.write_text("\n".join(lines), "utf-8")
    assert build(copy, "publications.summaries").returncode == 0
    assert changed(copy) == {"publications/ir8259b.ipd.json", "manifest.json"}
    before, after = elements(ROOT, "ir8259b.ipd"), elements(copy, "ir8259b.ipd")
    identifier = f"ir8259b.ipd:{local}"
    assert after == before | {identifier: before[identifier] | {"summary": "Another summary", "demand": "required"}}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("documentation\tTwice", "documentation occurs twice; keep one of the rows"),
        ("documentation.9\t", "the summary is empty; write it, or take the row out"),
        ("nowhere\tOf nothing", "ir8259b.ipd: summaries of no element: nowhere"),
    ],
)
def test_a_summary_that_fits_nothing_is_refused(copy: Path, row: str, problem: str) -> None:
    with (copy / "authoring" / "content" / "summaries" / "ir8259b.ipd.tsv").open("a", encoding="utf-8") as table:
        table.write(f"{row}\n")
    done = build(copy, "publications.summaries")
    assert done.returncode == 1
    assert problem in done.stderr
    assert changed(copy) == set()


def test_a_statement_without_a_summary_is_told(copy: Path) -> None:
    table = copy / "authoring" / "content" / "summaries" / "ir8259a.tsv"
    lines = table.read_text("utf-8").splitlines()
    table.write_text("\n".join(line for line in lines if not line.startswith("device-identification.1\t")), "utf-8")
    done = build(copy, "publications.summaries")
    assert done.returncode == 1
    assert done.stderr == "ir8259a: without a summary: device-identification.1\n"


def test_a_summary_that_is_taken_over_needs_no_row(copy: Path) -> None:
    with (copy / "authoring" / "content" / "summaries" / "online-catalog-2021-11.tsv").open(
        "a", encoding="utf-8"
    ) as table:
        table.write("DI.IMS.1\tThe device can support a unique device ID\n")
    done = build(copy, "publications.summaries")
    assert done.returncode == 1
    assert done.stderr == "online-catalog-2021-11: the summary of the same wording is taken over: DI.IMS.1\n"


def test_the_summary_of_an_example_is_taken_over_by_examples_alone(copy: Path) -> None:
    table = copy / "authoring" / "content" / "summaries" / "online-catalog-2020-08.tsv"
    lines = table.read_text("utf-8").splitlines()
    table.write_text("\n".join(line for line in lines if not line.startswith("N-CE.5.M.1.b\t")), "utf-8")
    done = build(copy, "publications.summaries")
    assert done.returncode == 1
    assert done.stderr == "online-catalog-2020-08: without a summary: N-CE.5.M.1.b\n"


def test_a_term_takes_over_no_summary_of_another_term(copy: Path) -> None:
    """NIST defines a party in the words that define an entity."""
    table = copy / "authoring" / "content" / "summaries" / "csrc-glossary.tsv"
    lines = table.read_text("utf-8").splitlines()
    table.write_text("\n".join(line for line in lines if not line.startswith("party\t")), "utf-8")
    assert build(copy, "publications.summaries").returncode == 0
    before, after = elements(ROOT, "csrc-glossary"), elements(copy, "csrc-glossary")
    party = dict(before["csrc-glossary:party"])
    assert party.pop("summary").startswith("A party is ")
    assert after == before | {"csrc-glossary:party": party}


def test_a_profile_is_checked_as_those_of_users_are(copy: Path) -> None:
    profile = copy / "authoring" / "content" / "profiles" / "consumer.toml"
    replace(profile, 'basis = "official"', 'basis = "officially"')
    done = build(copy, "profiles.written")
    assert done.returncode == 1
    assert "content/profiles/consumer.toml: line " in done.stderr
    assert "'officially' is not known here" in done.stderr


def test_the_manifest_refuses_a_publication_that_is_not_registered(copy: Path) -> None:
    shutil.copy(copy / "data" / "publications" / "ir8259a.json", copy / "data" / "publications" / "ir8259z.json")
    done = build(copy, "crosswalks.judged")
    assert done.returncode == 1
    assert done.stderr == "publications/ir8259z.json: not in the registry: ir8259z\n"


def test_manifest_lists_every_file_with_its_hash() -> None:
    entries = [MANIFEST["registry"], MANIFEST["sources"], MANIFEST["errata"], MANIFEST["evidence"]]
    entries += [entry for name in BUILT for entry in MANIFEST[name]]
    shipped = {name: raw for name, raw in files(DATA).items() if not name.startswith("schema/")}
    del shipped["manifest.json"]
    assert sorted(entry["file"] for entry in entries) == sorted(shipped)
    for entry in entries:
        assert sha256(shipped[entry["file"]]).hexdigest() == entry["sha256"], entry["file"]


def test_manifest_names_what_the_files_hold() -> None:
    for entry in MANIFEST["publications"]:
        key = entry["publication"]
        assert entry["file"] == f"publications/{key}.json"
        assert json.loads((DATA / entry["file"]).read_text("utf-8"))["publication"] == key
    for entry in MANIFEST["crosswalks"]:
        assert entry["file"] == f"crosswalks/{entry['subject']}--{entry['object']}.sssom.tsv"
    for entry in MANIFEST["lineage"]:
        name = f"{entry['before']}--{entry['after']}"
        assert entry["file"] == f"lineage/{name}.json"
        assert json.loads((DATA / entry["file"]).read_text("utf-8"))["lineage"] == name
    for entry in MANIFEST["profiles"]:
        key = entry["profile"]
        assert entry["file"] == f"profiles/{key}.json"
        assert json.loads((DATA / entry["file"]).read_text("utf-8"))["profile"] == key
