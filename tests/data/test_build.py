"""The data files are what the builders make of the source texts, and the manifest lists them all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
BUILT = ("publications", "crosswalks", "lineage", "profiles")
MANIFEST: dict[str, Any] = json.loads((DATA / "manifest.json").read_text("utf-8"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def build(copy: Path, sources: str | None) -> None:
    """Run the builders in a copy of the repository, where an installed package may stand in for src/."""
    places = [str(copy / "src"), str(copy / "tools"), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, places)), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("IOTBASELINE_SOURCES", None)
    if sources:
        environment["IOTBASELINE_SOURCES"] = str(Path(sources).resolve())
    subprocess.run([sys.executable, "tools/build_data.py"], cwd=copy, env=environment, check=True)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("tools", "data", "src"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
    return tmp_path


@pytest.mark.slow
@pytest.mark.skipif(
    "IOTBASELINE_SOURCES" not in os.environ, reason="IOTBASELINE_SOURCES does not name the folder of source texts"
)
def test_builders_make_the_data_from_nothing_but_the_sources(copy: Path) -> None:
    for path in [copy / "data" / f"{name}.json" for name in ("manifest", "publications", "SOURCES", "errata")]:
        path.unlink()
    for path in [path for name in BUILT for path in (copy / "data" / name).iterdir()]:
        path.unlink()
    build(copy, os.environ["IOTBASELINE_SOURCES"])
    built, shipped = files(copy / "data"), files(DATA)
    assert built.keys() == shipped.keys()
    assert not [name for name in shipped if built[name] != shipped[name]]


def test_the_manifest_is_made_again_without_the_sources(copy: Path) -> None:
    (copy / "data" / "manifest.json").unlink()
    build(copy, None)
    assert files(copy / "data") == files(DATA)


def test_manifest_lists_every_file_with_its_hash() -> None:
    entries = [MANIFEST["registry"], MANIFEST["sources"], MANIFEST["errata"]]
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
