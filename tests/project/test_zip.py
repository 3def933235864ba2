"""The library works out of a zip file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import iotbaseline as ib
from iotbaseline._library.library import DEFAULT
from iotbaseline._profiles.starter import starter

CODE = """
import sys
import iotbaseline as ib
from iotbaseline._library.library import DEFAULT
from iotbaseline._profiles.starter import starter
print(ib.__file__)
print(repr(DEFAULT))
print(sum(len(publication) for publication in DEFAULT.load_all()))
print(sum(len(ib.crosswalk(*pair)) for pair in ib.crosswalks()))
print(ib.diff("ir8259", "ir8259r1"))
print(ib.search("software update")[0].element)
print(len(starter("mine.toml")))
print("networkx" in sys.modules)
"""


def test_data_is_read_from_a_zip(tmp_path: Path) -> None:
    package, data = Path(ib.__file__).parent, Path(__file__).parents[2] / "data"
    archive = tmp_path / "iotbaseline.zip"
    with ZipFile(archive, "w") as zipped:
        for path in (path for suffix in ("py", "toml") for path in package.rglob(f"*.{suffix}")):
            zipped.write(path, f"iotbaseline/{path.relative_to(package).as_posix()}")
        for path in data.rglob("*"):
            if path.is_file():
                zipped.write(path, f"iotbaseline/data/{path.relative_to(data).as_posix()}")
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(archive), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.stdout.splitlines() == [
        str(archive / "iotbaseline" / "__init__.py"),
        repr(DEFAULT),
        str(sum(len(publication) for publication in DEFAULT.load_all())),
        str(sum(len(ib.crosswalk(*pair)) for pair in ib.crosswalks())),
        str(ib.diff("ir8259", "ir8259r1")),
        str(ib.search("software update")[0].element),
        str(len(starter("mine.toml"))),
        "False",
    ]
    assert done.stderr == ""
