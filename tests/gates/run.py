"""Run the gates: make the files that we export, then let the software of others check them.

    python tests/gates/run.py [GATE ...]

The library is the one that this Python has. Environments are kept in ``.ci-gates`` until the versions in them change;
gates with the same versions share one. Two gates run side by side, the longest first, as ``gates.toml`` has them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import TypedDict

HERE = Path(__file__).parent
KEPT = Path(os.environ.get("GATES", HERE.parents[1] / ".ci-gates"))
NEWEST, OLDEST = 14, 11
AT_ONCE = 2


class Gate(TypedDict):
    """A gate in ``gates.toml``."""

    python: str
    requires: list[str]
    script: str


def python_of(version: str) -> str:
    """A Python of at least that version, which is on the path or one of pyenv's."""
    least = int(version.partition(".")[2])
    if sys.version_info >= (3, least):
        return sys.executable
    for minor in range(max(least, OLDEST), NEWEST + 1):
        ours = sorted(Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python"))
        found = str(ours[-1]) if ours else shutil.which(f"python3.{minor}")
        if found is not None:
            return found
    raise SystemExit(f"a gate needs Python {version} or later")


def environment(gate: Gate) -> Path:
    """The interpreter for the versions of a gate, in an environment that is made if there is none."""
    if not gate["requires"]:
        return Path(sys.executable)
    stamp = sha256(repr((gate["python"], sorted(gate["requires"]))).encode()).hexdigest()[:12]
    folder = KEPT / stamp
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([python_of(gate["python"]), "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *gate["requires"]], check=True)
        (folder / "ready").touch()
    return python


def make_files(folder: str) -> None:
    """Make what the gates check."""
    subprocess.run([sys.executable, HERE / "make_files.py", folder], check=True)


def result_of(name: str, gate: Gate, python: Path, folder: str) -> bool:
    """Whether a gate passes; prints what it says, at once, so that two do not mix."""
    started = time.monotonic()
    command: list[str | Path] = [python, HERE / gate["script"], folder]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    word = "FAILED" if done.returncode else "passed"
    print(f"{done.stdout}{name}: {word} ({time.monotonic() - started:.0f}s)", flush=True)
    return not done.returncode


def main(chosen: list[str]) -> None:
    """Run the chosen gates, or all."""
    gates: dict[str, Gate] = tomllib.loads((HERE / "gates.toml").read_text("utf-8"))
    names = chosen or list(gates)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        made = pool.submit(make_files, folder)
        pythons = {name: environment(gates[name]) for name in names}
        made.result()
        passed = list(pool.map(lambda name: result_of(name, gates[name], pythons[name], folder), names))
    if failed := [name for name, is_good in zip(names, passed, strict=True) if not is_good]:
        raise SystemExit(f"gates that failed: {', '.join(failed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
