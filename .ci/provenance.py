"""Print where built files come from, as an in-toto statement with SLSA Provenance v1: provenance.py FILE..."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

LOCK = Path(__file__).parent / "locks" / "release.txt"


def digest(path: Path) -> dict[str, str]:
    return {"sha256": sha256(path.read_bytes()).hexdigest()}


def git(*command: str) -> str:
    return subprocess.check_output(["git", *command], text=True).strip()


def statement(files: list[Path]) -> dict[str, object]:
    commit = git("rev-parse", "HEAD")
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": path.name, "digest": digest(path)} for path in files],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "https://w3id.org/iotbaseline/terms/build",
                "externalParameters": {"commit": commit, "tag": git("tag", "--points-at", commit)},
                "internalParameters": {"python": platform.python_version()},
                "resolvedDependencies": [
                    {"name": "source", "digest": {"gitCommit": commit}},
                    {"name": ".ci/locks/release.txt", "digest": digest(LOCK)},
                ],
            },
            "runDetails": {"builder": {"id": "https://w3id.org/iotbaseline/terms/release"}},
        },
    }


if __name__ == "__main__":
    print(json.dumps(statement([Path(name) for name in sys.argv[1:]]), indent=1))
