"""Each profile has to resolve, in compliance-trestle or in the package ``oscal``, to the controls that we say."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def trestle(profile: Path) -> Any:
    """The resolved catalog of compliance-trestle."""
    from trestle.core.profile_resolver import ProfileResolver

    (profile.parent / ".trestle").mkdir(exist_ok=True)
    os.chdir(profile.parent)
    resolved = ProfileResolver.get_resolved_profile_catalog(profile.parent, str(profile))
    return json.loads(resolved.oscal_serialize_json())["catalog"]


def package(profile: Path) -> Any:
    """The resolved catalog of the package ``oscal``."""
    from oscal.oscal_controls import Profile

    loaded = Profile.load(str(profile))
    loaded.resolve()
    return json.loads(loaded.dumps_catalog("json"))["catalog"]


def controls(node: dict[str, Any]) -> Iterator[str]:
    """The identifiers of all controls."""
    for group in node.get("groups", []):
        yield from controls(group)
    for control in node.get("controls", []):
        yield control["id"]
        yield from controls(control)


def problems(folder: Path, resolve: Callable[[Path], Any]) -> Iterator[str]:
    """What is not as it has to be."""
    for name, expected in json.loads((folder / "expected.json").read_text("utf-8")).items():
        profile = folder / "profiles" / name
        resolved = resolve(profile)
        found = sorted(controls(resolved))
        print(f"  {name}: {len(found)} controls")
        if found != expected:
            yield f"{name}: {len(found)} controls and not {len(expected)}: {set(found) ^ set(expected)}"
        text = json.dumps(resolved)
        for alter in json.loads(profile.read_text("utf-8"))["profile"].get("modify", {}).get("alters", []):
            for part in alter["adds"][0]["parts"]:
                if json.dumps(part["prose"]) not in text:
                    yield f"{name}: the change {part['id']} is lost"


if __name__ == "__main__":
    tool = trestle if find_spec("trestle") else package
    found = list(problems(Path(sys.argv[1]) / "oscal", tool))
    sys.exit("\n".join(found) or 0)
