"""Run the gates: make the files that we export, then let the software of others check them.

    python tests/gates/run.py [GATE ...]

Without names, all run but those on demand. The library is the one that this Python has. Environments are kept in
``.ci-gates`` until the versions in them change; gates with the same versions share one and run in it one by one. Two
environments are at work side by side, those that take longest first, as ``gates.toml`` has them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import NotRequired, TypeAlias, TypedDict

HERE = Path(__file__).parent
KEPT = Path(os.environ.get("GATES", HERE.parents[1] / ".ci-gates"))
NEWEST, OLDEST = 14, 11
AT_ONCE = 2


class Gate(TypedDict):
    """A gate in ``gates.toml``."""

    python: str
    requires: list[str]
    script: str
    on_demand: NotRequired[bool]


Versions: TypeAlias = tuple[str, tuple[str, ...]]
"""The least Python and the packages of an environment."""


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


def environment(versions: Versions) -> Path:
    """The interpreter for a set of versions, in an environment that is made if there is none."""
    least, requires = versions
    if not requires:
        return Path(sys.executable)
    folder = KEPT / sha256(repr(versions).encode()).hexdigest()[:12]
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([python_of(least), "-m", "venv", "--without-pip", folder], check=True)
        # Our pip fills it: a copy of pip for each takes longer than what some gates do.
        install: list[str | Path] = [sys.executable, "-m", "pip", "--python", python, "install", "-q", *requires]
        subprocess.run(install, check=True)
        (folder / "ready").touch()
    return python


def failed(names: list[str], gates: dict[str, Gate], versions: Versions, files: Future[Path]) -> list[str]:
    """Which of the gates with the same versions fail; prints what each says at once, so that two do not mix."""
    python = environment(versions)
    folder = files.result()
    found: list[str] = []
    for name in names:
        started = time.monotonic()
        command: list[str | Path] = [python, HERE / gates[name]["script"], folder]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        word = "FAILED" if done.returncode else "passed"
        print(f"{done.stdout}{name}: {word} ({time.monotonic() - started:.0f}s)", flush=True)
        found += [name] * bool(done.returncode)
    return found


def made_files(folder: Path) -> Path:
    """The folder with everything that the gates check."""
    subprocess.run([sys.executable, HERE / "make_files.py", folder], check=True)
    return folder


def main(chosen: list[str]) -> None:
    """Run the chosen gates, or all that are not on demand."""
    gates: dict[str, Gate] = tomllib.loads((HERE / "gates.toml").read_text("utf-8"))
    together: dict[Versions, list[str]] = {}
    for name in chosen or [name for name, gate in gates.items() if "on_demand" not in gate]:
        together.setdefault((gates[name]["python"], tuple(gates[name]["requires"])), []).append(name)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        files = pool.submit(made_files, Path(folder))
        jobs = [pool.submit(failed, names, gates, versions, files) for versions, names in together.items()]
        names = [name for job in jobs for name in job.result()]
    if names:
        raise SystemExit(f"gates that failed: {', '.join(names)}")


if __name__ == "__main__":
    main(sys.argv[1:])
