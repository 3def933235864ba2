"""Write the data files, then the manifest that lists them with their hashes.

    python authoring/build.py [--check] [BUILDER ...]

A builder is named WING.MODULE, such as ``publications.ir8259a``; without a name all of them run. Most read source
texts, from the folder that the environment variable IOTBASELINE_SOURCES names. Those whose texts are not there are
left out, and told. The others need none: a mapping that is judged by hand can be changed in content/crosswalks/ and
a summary in content/summaries/ without any source text, and the files that hold them are written anew.

With ``--check`` nothing is written: the files that would change are listed, and the exit status is 1 if there are any.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from hashlib import sha256
from importlib import import_module
from inspect import getmodule, ismodule
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from authoring.shared import files, sources
from authoring.shared.records import Json
from authoring.shared.sources import VARIABLE, Sources
from iotbaseline._model.identifiers import nearest

DATA_VERSION = "2026.11.0"
WINGS = ("registry", "publications", "crosswalks", "lineage", "profiles", "errata", "evidence")
"""The folders of the builders, in the order in which they run."""

SUMMARIES = "publications.summaries"
"""Runs whenever a publication is built, and after all of them."""


def builders() -> list[str]:
    """Every module of a wing that has a function ``build``, in the order in which they run."""
    folder = Path(__file__).parent
    paths = [
        path for wing in WINGS for path in (folder / wing).glob("*.py") if "\ndef build(" in path.read_text("utf-8")
    ]
    names = [f"{path.parent.name}.{path.stem}" for path in paths]
    return sorted(names, key=lambda name: (WINGS.index(name.partition(".")[0]), name == SUMMARIES, name))


def chosen(names: list[str]) -> list[str]:
    """The builders that are named, or all; stops at a name that is none, with the nearest that are."""
    known = builders()
    for name in names:
        if name not in known:
            near = [each for each in known if name in each.split(".")] or nearest(name, known) or known
            raise SystemExit(f"there is no builder {name}; did you mean {' or '.join(near)}?")
    wanted = {*names, SUMMARIES} if any(name.startswith("publications.") for name in names) else {*names}
    return [name for name in known if name in wanted] if names else known


def needs(module: ModuleType, seen: frozenset[str] = frozenset()) -> set[str]:
    """The source texts that a module declares, with those of the modules whose functions it uses."""
    seen |= {module.__name__}
    declared = getattr(module, "SOURCES", None)
    needed = set(declared.names) if isinstance(declared, Sources) else set()
    used = {
        value if ismodule(value) else getmodule(value)
        for value in vars(module).values()
        if callable(value) or ismodule(value)
    }
    for other in used:
        if other and other.__name__.startswith("authoring.") and other.__name__ not in seen:
            needed |= needs(other, seen)
    return needed


def entry(name: str) -> Json:
    return {"file": name, "sha256": sha256(files.text_of(name).encode()).hexdigest()}


def pair_entries(folder: str, suffix: str, first: str, second: str) -> list[Json]:
    pairs = [(name, name.split("--")) for name in files.names(folder, suffix)]
    return [entry(f"{folder}/{name}{suffix}") | {first: before, second: after} for name, (before, after) in pairs]


def manifest() -> Json:
    """The manifest; stops if a file is about a publication that is not in the registry."""
    listed: Json = {
        "data_version": DATA_VERSION,
        "registry": entry("publications.json"),
        "sources": entry("SOURCES.json"),
        "errata": entry("errata.json"),
        "evidence": entry("evidence.json"),
        "publications": [
            entry(f"publications/{key}.json") | {"publication": key} for key in files.names("publications", ".json")
        ],
        "crosswalks": pair_entries("crosswalks", ".sssom.tsv", "subject", "object"),
        "lineage": pair_entries("lineage", ".json", "before", "after"),
        "profiles": [entry(f"profiles/{key}.json") | {"profile": key} for key in files.names("profiles", ".json")],
    }
    registered = {record["key"] for record in json.loads(files.text_of("publications.json"))["publications"]}
    ends = ("publication", "subject", "object", "before", "after")
    for group in ("publications", "crosswalks", "lineage"):
        for record in listed[group]:
            if unknown := {record[end] for end in ends if end in record} - registered:
                raise SystemExit(f"{record['file']}: not in the registry: {', '.join(sorted(unknown))}")
    return listed


def main(arguments: list[str]) -> int:
    parser = ArgumentParser(description="Write the data files.")
    parser.add_argument("names", nargs="*", metavar="BUILDER")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a file would change")
    options = parser.parse_args(arguments)
    for name in chosen(options.names):
        module = import_module(f"authoring.{name}")
        if not (absent := sources.absent(sorted(needs(module)))):
            module.build()
        elif options.names:
            raise SystemExit(f"{name} needs {', '.join(absent)}; let {VARIABLE} name the folder of source texts")
        else:
            print(f"left out: {name} (needs {absent[0]}{' and others' * (len(absent) > 1)})", file=sys.stderr)
    files.write("manifest.json", files.dump(manifest()))
    if options.check:
        print("\n".join(files.changed()), end="\n" * bool(files.changed()))
        return int(bool(files.changed()))
    files.save()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
