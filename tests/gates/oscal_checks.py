"""What no tool that we know of sees in documents of OSCAL; only the standard library, so that any Python runs it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAMESPACE = "https://w3id.org/iotbaseline/oscal"
THEIRS = {"equivalent-to", "equal-to", "subset-of", "superset-of", "intersects-with", "no-relationship"}
OURS = {"supports", "is-supported-by", "identical", "equivalent", "contrary", "related"}
PROPS = {
    "control": {"label", "sort-id", "alt-identifier", "status"},
    "group": {"label", "sort-id", "alt-identifier"},
    "part": {"label", "sort-id", "alt-identifier"},
    "param": {"label", "sort-id", "alt-identifier", "alt-label"},
}
"""The names of properties that the metaschema lists for OSCAL's namespace."""
PARTS = {"overview", "statement", "guidance", "example", "assessment", "assessment-method", "item"}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")

Folder = dict[str, Any]
"""The documents of a folder by the names of their files."""


def read(folder: Path) -> Folder:
    """The documents of a folder."""
    return {path.name: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}


def problems_of(folder: Folder) -> list[str]:
    """What is wrong in the documents, each looked at beside the others."""
    found: list[str] = []
    for name, document in folder.items():
        [(root, body)] = document.items()
        checks = {"catalog": _catalog, "profile": _profile, "mapping-collection": _mappings}
        problems = (*_any(body), *checks.get(root, _components)(body, folder))
        found.extend(f"{name}: {problem}" for problem in problems)
    return found


def _any(body: Any) -> Iterator[str]:
    """What holds for every document: identifiers, dates, and nothing that is empty."""
    uuids = [value for name, value in _fields(body) if name == "uuid"]
    yield from (f"bad uuid {each}" for each in uuids if not _UUID.fullmatch(str(each)))
    yield from (f"uuid {each} twice" for each, count in Counter(uuids).items() if count > 1)
    for name, value in _fields(body):
        if name in ("published", "last-modified") and not _ZONED.fullmatch(str(value)):
            yield f"{name} without a zone: {value}"
        if value in ("", [], {}):
            yield f"{name} is empty"


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield name, each
            yield from _fields(each)
    elif isinstance(value, list):
        for each in value:
            yield from _fields(each)


def _catalog(body: Any, _: Folder) -> Iterator[str]:
    nodes = list(_nodes(body))
    names = Counter(node["id"] for _, node in nodes if "id" in node)
    yield from (f"id {name} twice" for name, count in names.items() if count > 1)
    for kind, node in nodes:
        if kind in ("control", "group") and not node.get("title"):
            yield f"{kind} {node.get('id')} without a title"
        for prop in node.get("props", []):
            if "ns" not in prop and prop["name"] not in PROPS[kind]:
                yield f"property {prop['name']} of a {kind}, which OSCAL does not list"
        if kind == "part" and "ns" not in node and node["name"] not in PARTS:
            yield f"part {node['name']}, which OSCAL does not list"
        for link in node.get("links", []):
            if link["href"].startswith("#") and link["href"][1:] not in names:
                yield f"link to nothing: {link['href']}"


def _nodes(node: Any, kind: str = "catalog") -> Iterator[tuple[str, Any]]:
    """Every group, control, part and parameter, with what it is."""
    if kind != "catalog":
        yield kind, node
    for field in ("groups", "controls", "parts", "params"):
        for each in node.get(field, []):
            yield from _nodes(each, field[:-1])


def _controls(folder: Folder, href: str) -> set[str] | None:
    """The controls of a catalog, or those that a profile selects; ``None`` if there is no such file."""
    document = folder.get(href, {})
    if "profile" in document:
        return {name for each in document["profile"]["imports"] for name in _selected(each)}
    if "catalog" in document:
        return {node["id"] for kind, node in _nodes(document["catalog"]) if kind == "control"}
    return None


def _selected(each: Any) -> Iterator[str]:
    for select in each["include-controls"]:
        yield from select["with-ids"]


def _profile(body: Any, folder: Folder) -> Iterator[str]:
    selected: Counter[str] = Counter()
    parameters: set[str] = set()
    for each in body["imports"]:
        names = list(_selected(each))
        selected.update(names)
        known = _controls(folder, each["href"])
        if known is None:
            yield f"import of nothing: {each['href']}"
            continue
        yield from (f"unknown control {name}" for name in names if name not in known)
        catalog = folder[each["href"]]["catalog"]
        parameters |= {node["id"] for kind, node in _nodes(catalog) if kind == "param"}
    yield from (f"control {name} selected twice" for name, count in selected.items() if count > 1)
    modify = body.get("modify", {})
    for alter in modify.get("alters", []):
        if alter["control-id"] not in selected:
            yield f"altered but not selected: {alter['control-id']}"
    for setting in modify.get("set-parameters", []):
        if setting["param-id"] not in parameters:
            yield f"unknown parameter {setting['param-id']}"


def _mappings(body: Any, folder: Folder) -> Iterator[str]:
    for mapping in body["mappings"]:
        sides = {side: _controls(folder, mapping[f"{side}-resource"]["href"]) for side in ("source", "target")}
        for each in mapping["maps"]:
            words = OURS if each.get("ns") == NAMESPACE else THEIRS
            if each["relationship"] not in words:
                yield f"unknown relationship {each['relationship']}"
            for side, known in sides.items():
                for item in each[f"{side}s"]:
                    if known is not None and item["id-ref"] not in known:
                        yield f"unknown {side} {item['id-ref']}"
        for gap in mapping.get("source-gap-summary", {}).get("unmapped-controls", []):
            yield from (f"unknown gap {name}" for name in gap["with-ids"] if name not in (sides["source"] or ()))


def _components(body: Any, folder: Folder) -> Iterator[str]:
    for component in body["components"]:
        for implementation in component.get("control-implementations", []):
            known = _controls(folder, implementation["source"])
            if known is None:
                yield f"source of nothing: {implementation['source']}"
                continue
            names = [each["control-id"] for each in implementation["implemented-requirements"]]
            yield from (f"unknown control {name}" for name in names if name not in known)
            if not implementation["source"].endswith(".catalog.json"):
                yield from (f"control {name} left out" for name in known - set(names))
