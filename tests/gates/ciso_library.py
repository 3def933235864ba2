"""What CISO Assistant expects of a library: what its loader refuses, and what it takes although it is wrong.

``CISO_ASSISTANT`` may name the folder of its own libraries (``backend/library/libraries`` of its repository); then the
requirements there that mappings name have to exist.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from mutations import unseen

REQUIRED = ("urn", "ref_id", "name", "version", "objects", "locale", "provider", "packager", "copyright")
HOLDS = ("framework", "frameworks", "requirement_mapping_sets")
RELATIONSHIPS = ("subset", "intersect", "equal", "superset", "not_related")
URN = re.compile(r"urn:[a-z0-9_-]+:risk:(library|framework|req_node|req_mapping_set):[0-9a-z\[\]().:_-]+")
LONGEST = {"urn": 255, "ref_id": 100, "name": 200}
LARGEST_NUMBER, STRONGEST = 2**31 - 1, 10


def loaded(path: Path) -> Any:
    """A library of a file; the C loader is there in every usual build, and much faster."""
    return yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def problems_of(folder: Path) -> list[str]:
    """What is wrong in the libraries of a folder, each looked at beside the others."""
    libraries = {path.name: loaded(path) for path in sorted(folder.glob("*.yaml"))}
    known = {name: nodes for library in libraries.values() for name, nodes in _nodes(library)}
    for path in sorted(Path(os.environ.get("CISO_ASSISTANT", "nowhere")).glob("nist-*.yaml")):
        known |= dict(_nodes(loaded(path)))
    return [f"{name}: {each}" for name, library in libraries.items() for each in _library(library, known)]


def _frameworks(library: Any) -> list[Any]:
    objects = library.get("objects", {})
    return [objects["framework"]] if "framework" in objects else objects.get("frameworks", [])


def _nodes(library: Any) -> Iterator[tuple[str, set[str]]]:
    """The requirements of each framework, by their URNs."""
    for each in _frameworks(library):
        yield each.get("urn"), {node.get("urn") for node in each.get("requirement_nodes", [])}


def _library(library: Any, known: dict[str, set[str]]) -> Iterator[str]:
    yield from (f"no {name}" for name in REQUIRED if not library.get(name))
    version = library.get("version")
    if type(version) is not int or not 0 < version <= LARGEST_NUMBER:
        yield f"the version is {version}"
    objects = library.get("objects", {})
    if not objects or set(objects) - set(HOLDS) or {"framework", "frameworks"} <= set(objects):
        yield f"it holds {sorted(objects)}"
    yield from _named(library, "library")
    for framework in _frameworks(library):
        yield from _framework(framework)
    for each in objects.get("requirement_mapping_sets", []):
        yield from _mapping_set(each, known)


def _named(thing: Any, kind: str) -> Iterator[str]:
    match = URN.fullmatch(str(thing.get("urn")))
    if match is None or match[1] != kind:
        yield f"bad urn of a {kind}: {thing.get('urn')}"
    for field, most in LONGEST.items():
        value = thing.get(field, "")
        if not isinstance(value, str) or len(value) > most:
            yield f"{thing.get('urn')}: {field} is no text, or longer than {most}"


def _twice(what: str, values: list[Any]) -> Iterator[str]:
    yield from (f"{what} {value} twice" for value, count in Counter(values).items() if count > 1)


def _framework(framework: Any) -> Iterator[str]:
    yield from _named(framework, "framework")
    if not framework.get("ref_id"):
        yield "a framework without ref_id"
    groups = [each.get("ref_id") for each in framework.get("implementation_groups_definition", [])]
    yield from _twice("group", groups)
    nodes = framework.get("requirement_nodes", [])
    if not nodes:
        yield "a framework without requirements"
    yield from _twice("urn", [node.get("urn") for node in nodes])
    yield from _twice("ref_id", [node.get("ref_id") for node in nodes])
    slug = str(framework.get("urn")).rpartition(":")[2]
    depths: dict[Any, int] = {None: 0}
    used: set[str] = set()
    for node in nodes:
        name = node.get("urn")
        yield from _named(node, "req_node")
        if not str(name).startswith(f"urn:iotbaseline:risk:req_node:{slug}:"):
            yield f"{name} is not of {slug}"
        above = node.get("parent_urn")
        if above not in depths:
            yield f"{name}: the parent {above} is not before it"
        elif node.get("depth") != depths[above] + 1:
            yield f"{name}: its depth is {node.get('depth')}"
        if not isinstance(node.get("assessable"), bool):
            yield f"{name}: assessable is {node.get('assessable')}"
        depths[name] = node.get("depth")
        used.update(node.get("implementation_groups", []))
    if used != set(groups):
        yield f"groups defined are {groups} and groups used are {sorted(used)}"


def _mapping_set(made: Any, known: dict[str, set[str]]) -> Iterator[str]:
    yield from _named(made, "req_mapping_set")
    mappings = made.get("requirement_mappings", [])
    if not mappings:
        yield "a set without mappings"
    pairs = [(each.get("source_requirement_urn"), each.get("target_requirement_urn")) for each in mappings]
    yield from _twice("pair", pairs)
    for place, side in enumerate(("source", "target")):
        framework = str(made.get(f"{side}_framework_urn"))
        before = framework.replace(":framework:", ":req_node:")
        for pair in pairs:
            if pair[place] not in known.get(framework, {pair[place]}) or not str(pair[place]).startswith(f"{before}:"):
                yield f"there is no {side} {pair[place]}"
    for each in mappings:
        if each.get("relationship") not in RELATIONSHIPS:
            yield f"unknown relationship {each.get('relationship')}"
        if not 0 <= each.get("strength_of_relationship", 0) <= STRONGEST:
            yield f"strength {each['strength_of_relationship']}"


def _changed(change: Callable[[Any], object]) -> Callable[[str], str]:
    def damage(text: str) -> str:
        library = yaml.safe_load(text)
        change(library)
        return str(yaml.safe_dump(library, sort_keys=False))

    return damage


def _node(library: Any, number: int = 1) -> Any:
    return library["objects"]["framework"]["requirement_nodes"][number]


def _mapping(library: Any) -> Any:
    return library["objects"]["requirement_mapping_sets"][0]["requirement_mappings"][0]


OF_FRAMEWORKS: dict[str, Callable[[Any], object]] = {
    "a version that is no whole number": lambda d: d.update(version="1.0"),
    "a library without a name": lambda d: d.pop("name"),
    "a URN twice": lambda d: _node(d).update(urn=_node(d, 2)["urn"]),
    "a URN in capitals": lambda d: _node(d).update(urn=_node(d)["urn"].upper()),
    "a URN with a space": lambda d: _node(d).update(urn=f"{_node(d)['urn']} 1"),
    "a reference twice": lambda d: _node(d).update(ref_id=_node(d, 2)["ref_id"]),
    "a parent that is not there": lambda d: _node(d).update(parent_urn="urn:iotbaseline:risk:req_node:ir8425:none"),
    "a group that is not defined": lambda d: _node(d).update(implementation_groups=["none"]),
    "a name that is too long": lambda d: _node(d).update(name="a" * 201),
}
OF_MAPPINGS: dict[str, Callable[[Any], object]] = {
    "a relationship that it does not know": lambda d: _mapping(d).update(relationship="supports"),
    "a mapping to another framework": lambda d: _mapping(d).update(
        target_requirement_urn="urn:intuitem:risk:req_node:iso27001-2022:4.1"
    ),
    "a set without mappings": lambda d: d["objects"]["requirement_mapping_sets"][0].update(requirement_mappings=[]),
}


def main(folder: Path) -> list[str]:
    """Everything that is wrong."""
    found = problems_of(folder)
    print(f"  {len(list(folder.glob('*.yaml')))} libraries, {len(found)} problems")
    checks = {"own checks": problems_of}
    for name, defects in (("consumer.yaml", OF_FRAMEWORKS), ("ir8425--sp800-213a.yaml", OF_MAPPINGS)):
        damages = {defect: _changed(change) for defect, change in defects.items()}
        found.extend(unseen(folder / name, damages, checks))
    return found


if __name__ == "__main__":
    sys.exit("\n".join(main(Path(sys.argv[1]) / "ciso")) or 0)
