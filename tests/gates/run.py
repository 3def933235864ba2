"""Run the gates: make the files that we export, then let the software of others check them.

    python tests/gates/run.py [GATE ...]

Without names, all run but those on demand. The library is the one that this Python has. Environments are kept in
``.ci-gates`` until the versions of a gate change.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
KEPT = Path(os.environ.get("GATES", HERE.parents[1] / ".ci-gates"))
NEWEST, OLDEST = 14, 11


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


def environment(name: str, gate: dict[str, str]) -> Path:
    """The interpreter of a gate, in an environment that is made when its versions change."""
    stamp = sha256(repr(sorted(gate.items())).encode()).hexdigest()[:12]
    folder = KEPT / f"{name}-{stamp}"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([python_of(gate["python"]), "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *gate["requires"]], check=True)
        (folder / "ready").touch()
    return python


def main(chosen: list[str]) -> None:
    """Run the chosen gates, or all that are not on demand."""
    gates = tomllib.loads((HERE / "gates.toml").read_text("utf-8"))
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, HERE / "make_files.py", folder], check=True)
        for name in chosen or [name for name, gate in gates.items() if "on_demand" not in gate]:
            started = time.monotonic()
            command = [environment(name, gates[name]), HERE / gates[name]["script"], folder]
            if subprocess.run(command, check=False).returncode:
                failed.append(name)
            print(f"{name}: {'FAILED' if name in failed else 'passed'} ({time.monotonic() - started:.0f}s)", flush=True)
    if failed:
        raise SystemExit(f"gates that failed: {', '.join(failed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
