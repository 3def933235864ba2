"""The answers of many calls over all the data, saved by one version of the code and compared with those of another.

    PYTHONPATH=<checkout>/src python tests/project/golden.py save FILE.json.gz
    PYTHONPATH=<checkout>/src python tests/project/golden.py compare FILE.json.gz

Everything is asked through the public face. An answer is plain JSON under an identifier such as
``diff/sp800-53r4/sp800-53r5/facts``; what a result shows of itself (``/to_text``, ``/str`` ...) and the words of errors
(``/message``) are answers of their own, so that a change of wording is no change of facts.

``compare`` prints the answers that differ or are missing, and ends with status 1 if there are any that ``ALLOWED``
does not list. A new answer is counted and is no difference.
"""

from __future__ import annotations

import json
import os
import re
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from enum import Enum
from fnmatch import fnmatchcase
from functools import cache, partial
from gzip import open as open_gzip
from hashlib import sha256
from importlib import import_module
from inspect import signature
from io import StringIO
from itertools import combinations, pairwise, product, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any
from unittest.mock import patch

from attrs import fields, frozen

ALLOWED: dict[str, str] = {
    "paths/*/explain": "limit is 3 by default, as for reach and explain",
    "paths/*/facts": "limit is 3 by default, as for reach and explain",
    "paths/*/repr": "limit is 3 by default, as for reach and explain",
    "paths/*/repr_html": "limit is 3 by default, as for reach and explain",
    "paths/*/to_records": "limit is 3 by default, as for reach and explain",
    "frame/paths": "limit is 3 by default, as for reach and explain",
    "cli/reach *": "4 hops by default, as in Python",
    "search/*/message": "one wording for bounds",
    "wrong/get *": "ArgumentTypeError for what is no string",
    "*/repr_html": "tables are capped, and have one column for identifier and name",
    "diff/*/to_json": "the columns of the rows, with lists",
    "rebase/*/to_json": "the columns of the rows, with lists",
    "compare/*/to_json": "the columns of the rows, with lists",
    "align/*/to_json": "the columns of the rows, with lists",
    "own/*/to_json": "the columns of the rows, with lists",
    "profile*/to_json": "the columns of the rows, with lists",
    "diff/*/to_markdown": "kinds are joined as in rows",
    "align/*/to_markdown": "a table of what is beyond the baseline, and identifier and name in one cell",
    "align/*/to_text": "no heading without anything below it",
    "rebase_profile/*/to_markdown": "the problems have a table of their own",
    "frame/*": "columns of the kinds of element",
}
"""Patterns of identifiers of answers that may differ (``*/to_text``), each with the reason."""


# The adapters: all that has to be edited when the face changes.

WORDS: dict[str, tuple[str, ...]] = {
    "Alignment": ("SideBySide",),
    "Force": ("Normativity",),
    "Import": ("ProfileImport",),
    "Rebase": ("Migration",),
    "RebasedProfile": ("ProfileMigration", "MigratedProfile"),
    "Side": ("Provider",),
    "Carried": ("MigratedEntry",),
    "align": ("side_by_side",),
    "carried_over": ("migrated",),
    "counts": ("counts_by_side",),
    "errors": ("exceptions",),
    "force": ("normativity",),
    "load_profile": ("read_profile",),
    "normalise": ("normalize",),
    "rebase": ("migrate",),
    "rebase_profile": ("migrate_profile",),
    "side": ("provider",),
    "under": ("within",),
}
"""Functions, types, attributes, arguments, columns and commands: their names here, and those they got later."""

HERE = {later: word for word, names in WORDS.items() for later in names}


def named(word: str, known: Callable[[str], bool]) -> str:
    """The name that a word has now."""
    return next(filter(known, WORDS.get(word, ())), word)


@cache
def homes() -> list[ModuleType]:
    """The modules that public names may stand in."""
    found = [import_module("iotbaseline")]
    for name in ("kinds", "errors", "relations"):
        try:
            found.append(import_module(f"iotbaseline.{name}"))
        except ModuleNotFoundError:
            continue
    return found


@cache
def face(word: str) -> Any:
    """What the face has under a word."""
    for home in homes():
        name = named(word, partial(hasattr, home))
        if hasattr(home, name):
            return getattr(home, name)
    raise AttributeError(f"the face has no {word}")


def argument(function: Callable[..., Any], word: str) -> str:
    """The name of an argument."""
    return named(word, signature(function).parameters.__contains__)


def call(word: str, *arguments: Any, **options: Any) -> Any:
    """Ask a function of the face."""
    function = face(word)
    return function(*arguments, **{argument(function, name): value for name, value in options.items()})


def value_of(thing: Any, word: str) -> Any:
    """An attribute, be it a value or a method without arguments."""
    found = getattr(thing, named(word, partial(hasattr, thing)), GONE)
    return found() if callable(found) else found


GONE = "(no such attribute)"


def shipped() -> Any:
    """The library that ships with the package."""
    return call("Library")


def own_library(framework: str, sssom: str, olir: str) -> Any:
    """A library with a framework and two crosswalks of the user's own."""
    library = with_framework(framework, key="acme", title="Acme device policy")
    library = with_crosswalk(sssom, library)
    return with_crosswalk(olir, library, subject="sp800-53r5", obj="acme")


def with_framework(path: str, **options: str) -> Any:
    """The shipped library with a framework of the user's own."""
    if hasattr(homes()[0], "with_framework"):
        return call("with_framework", path, **options)
    return call("extended", call("read_framework", path, **options))


def with_crosswalk(path: str, library: Any = None, **options: str) -> Any:
    """A library, by default the shipped one, with a crosswalk of the user's own."""
    named_library = {} if library is None else {"library": library}
    if hasattr(homes()[0], "with_crosswalk"):
        return call("with_crosswalk", path, **options, **named_library)
    return call("extended", *call("read_crosswalk", path, **options, **named_library), **named_library)


def by_kind(found: Any, kind: str) -> Any:
    """The part of a result that is of one kind."""
    return found.of_kind(kind)


def command_line(words: tuple[str, ...]) -> tuple[int, str, str]:
    """Run the command line in this process: its status, what it prints and what it complains of."""
    from iotbaseline.__main__ import main

    now = {"rebase": face("rebase").__name__, "--under": f"--{argument(face('coverage'), 'under')}"}
    out, complaints = StringIO(), StringIO()
    status: object = 0
    arguments = ["iotbaseline", *(now.get(word, word) for word in words)]
    with patch.object(sys, "argv", arguments), redirect_stdout(out), redirect_stderr(complaints):
        try:
            main()
        except SystemExit as end:
            status = end.code
    return int(status) if isinstance(status, int) else 1, out.getvalue(), complaints.getvalue()


def profile_file(text: str) -> str:
    """A profile in TOML by the names that its conditions have now."""
    names = {each.name for each in fields(face("Selector"))}
    return text.replace("under =", f"{named('under', names.__contains__)} =")


# Plain values

FACTS: dict[str, tuple[str, ...]] = {
    "Alignment": ("base", "profiles", "cells", "beyond"),
    "Carried": ("entry", "before", "after", "outcome", "kinds", "basis", "reason", "carried_over"),
    "Change": ("kinds", "before", "after", "basis", "evidence"),
    "Comparison": ("left", "right", "left_rows", "right_rows", "only_left", "only_right", "counts"),
    "ComparisonRow": ("element", "kind", "partners", "closest", "modifications", "because"),
    "Connection": (
        "subject", "object", "paths", "possible", "weaker", "relation", "is_contradiction", "is_connected", "strength",
        "found",
    ),
    "Coverage": (
        "selection", "target", "items", "groups", "counts", "covered", "partly_covered", "supported", "related", "gaps",
        "unmapped", "unused",
    ),
    "CoverageGroup": ("element", "counts", "total"),
    "CoverageItem": ("element", "level", "by", "unmapped_in"),
    "Crosswalk": ("subject", "object", "mappings", "unmapped_subjects", "unmapped_objects", "listed_without_object"),
    "DataError": ("file", "place", "problem", "fix"),
    "Diff": (
        "before", "after", "pairings", "counts", "changes", "added", "removed", "split", "merged", "moved",
        "renumbered", "retitled", "reworded", "continued", "unchanged",
    ),
    "Erratum": ("publication", "defect", "elements", "locator", "printed", "expected", "used", "evidence"),
    "Evidence": ("fact", "source", "confidence"),
    "EvidencePath": ("start", "hops", "elements", "judgements", "strength"),
    "Finding": ("kind", "elements", "mappings", "text"),
    "Findings": ("crosswalks", "findings"),
    "Fingerprint": ("words", "sha256"),
    "Hit": ("element", "score"),
    "Hop": ("subject", "object", "kind", "link", "basis", "is_judgement"),
    "Import": ("source", "include", "exclude", "levels", "rationale"),
    "LineageRecord": ("before", "after", "change", "basis", "fidelity", "evidence"),
    "Locator": ("section", "table", "page", "item"),
    "MappedTo": ("publication", "baseline"),
    "Mapping": (
        "subject", "relation", "object", "object_label", "basis", "fidelity", "justification", "rationale", "locator",
        "strength", "printed", "path", "source", "is_empty",
    ),
    "Modification": ("element", "change", "text", "parameter", "value", "levels", "rationale", "sources", "by"),
    "OpenQuestion": ("question", "about", "why"),
    "Profile": (
        "key", "title", "version", "basis", "summary", "fidelity", "missing", "base", "levels", "imports",
        "modifications", "additions", "questions", "selected", "notice",
    ),
    "PublicationInfo": (
        "key", "pubid", "work", "title", "role", "series", "stage", "status", "published", "withdrawn", "doi", "url",
        "authors", "aliases", "supersedes", "superseded_by", "relations", "evidence", "fidelity", "missing", "notice",
    ),
    "PublicationRelation": ("type", "target", "note"),
    "Reach": ("subject", "target", "connections", "objects"),
    "Rebase": ("before", "after", "entries", "counts", "kept", "renamed", "needs_review", "orphaned", "carried_over"),
    "RebasedProfile": ("report", "profile", "problems"),
    "ResolvedElement": ("element", "levels", "selections", "modifications", "origin", "rationale"),
    "ResolvedProfile": ("level", "items", "notice", "elements", "modified", "added", "by_origin"),
    "Selection": ("origin", "levels", "rationales"),
    "Selector": ("ids", "kinds", "under", "words", "baseline", "mapped_to"),
    "SourceText": ("name", "publication", "sha256", "address", "fidelity", "use"),
}  # fmt: skip
"""What is asked of each type; of an element elsewhere its identifier, of a publication its key."""

COUNTED = {
    ("Diff", name)
    for name in ("changes", "added", "removed", "split", "merged", "moved", "renumbered", "retitled", "reworded",
                 "continued", "unchanged")
} | {("Rebase", name) for name in ("kept", "renamed", "needs_review", "orphaned")}  # fmt: skip
"""Parts of which the whole is told already, so that their number is enough."""

NAMED = {("ResolvedProfile", "modified"), ("ResolvedProfile", "added"), ("ResolvedProfile", "by_origin")}
"""The like, where the identifiers are enough."""


def plain(value: Any) -> Any:
    """A value as JSON has it, with keys by their names here."""
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case float():
            return round(value, 6)
        case Mapping():
            return {HERE.get(key, key): plain(each) for key, each in ((key_of(k), v) for k, v in value.items())}
        case set() | frozenset():
            return sorted(map(plain, value))
        case list() | tuple() | Iterator():
            return [plain(each) for each in value]
    if isinstance(value, face("Element")):
        return value.id
    if isinstance(value, face("Publication")):
        return value.key
    return facts(value)


def key_of(key: Any) -> str:
    return " > ".join(key) if isinstance(key, tuple) else str(plain(key))


def facts(thing: Any) -> dict[str, Any]:
    """What stands in ``FACTS`` of a thing."""
    names = (HERE.get(each.__name__, each.__name__) for each in type(thing).__mro__)
    name = next(each for each in (*names, type(thing).__name__) if each in FACTS)
    return {word: plain(part(name, word, value_of(thing, word))) for word in FACTS[name]}


def part(name: str, word: str, value: Any) -> Any:
    if word == "counts" and name in ("Diff", "Rebase"):
        return {group: count for group, count in value.items() if count}
    if (name, word) in COUNTED:
        return len(value)
    if (name, word) not in NAMED:
        return value
    if isinstance(value, Mapping):
        return {origin: [each.id for each in found] for origin, found in value.items()}
    return [each.id for each in value]


def element_facts(publication: Any, element: Any) -> dict[str, Any]:
    """All fields of an element and what can be asked of it; the summary stands in an answer of its own."""
    words = [HERE.get(each.name, each.name) for each in fields(type(element)) if each.name != "summary"]
    words += ["kind", "publication", "local", "is_illustrative", "locator", "fingerprint"]
    tree = {"children": publication.children(element), "ancestors": publication.ancestors(element)}
    around: dict[str, Any] = {**tree, "above": publication.parent(element), "url": call("url", element.id)}
    return {word: plain(value_of(element, word)) for word in words} | {k: plain(v) for k, v in around.items()}


SHOWN_BY_ALL = ("to_records", "_repr_html_", "__str__", "__repr__")
SHOWN = (*SHOWN_BY_ALL, "to_json", "to_text", "to_markdown", "to_sssom", "explain")


def shown(thing: Any) -> Iterator[tuple[str, Any]]:
    """What a thing shows of itself, by the name of the method."""
    for name in SHOWN:
        if hasattr(thing, name):
            yield name.strip("_"), showing(thing, name)


def showing(thing: Any, method: str) -> Any:
    """What one method shows of a thing, with the name of its type here."""
    said = getattr(thing, "profile_json" if hasattr(thing, "profile_json") and method == "to_json" else method)()
    if method == "to_records":
        return [plain(of_elements(row)) for row in said]
    if method == "__repr__":
        name = type(thing).__name__
        return said.replace(name, HERE.get(name, name), 1)
    return plain(json.loads(said) if method == "to_json" else said)


def of_elements(row: dict[str, Any]) -> dict[str, Any]:
    """A row without the columns that only some kinds of element have."""
    return {name: row[name] for name in row if name in COLUMNS} if row.keys() >= ELEMENT else row


ELEMENT = {"id", "kind", "label", "title", "summary", "parent", "locator", "fidelity"}
COLUMNS = ELEMENT | {"score", "origin", "levels", "modifications", "rationale", "notice"}


def frames(thing: Any) -> dict[str, Any]:
    """The columns of the data frames made from a thing, with their types, and how large they are."""
    pandas, polars = thing.to_pandas(), thing.to_polars()
    return {
        "pandas": [list(pandas.shape), *(f"{HERE.get(name, name)} {kind}" for name, kind in pandas.dtypes.items())],
        "polars": [list(polars.shape), *(f"{HERE.get(name, name)} {kind}" for name, kind in polars.schema.items())],
    }


# The questions


@frozen
class Ask:
    """A question; a ``result`` is asked for its facts, and if ``whole`` for all that it shows of itself."""

    id: str
    ask: Callable[[], Any]
    result: bool = False
    whole: bool = False


def answers_to(asked: Ask) -> Iterator[tuple[str, Any]]:
    """The answers to one question: plain values, or the error and its words."""
    try:
        found = asked.ask()
        if not (asked.result or asked.whole):
            yield asked.id, plain(found)
            return
        yield f"{asked.id}/facts", facts(found)
        if asked.whole:
            yield from ((f"{asked.id}/{name}", said) for name, said in shown(found))
    except Exception as error:
        about = {word: plain(getattr(error, word, None)) for word in ("suggestions", "file", "place")}
        parts = plain(getattr(error, named("errors", partial(hasattr, error)), ()))
        yield f"{asked.id}/error", {"type": type(error).__name__, "parts": parts, **about}
        yield f"{asked.id}/message", str(error)


def sample(items: Iterable[str], count: int, salt: str = "") -> list[str]:
    """Some of the items, chosen by their hashes: most stay chosen when others come or go."""
    return sorted(set(items), key=lambda each: sha256(f"{salt}{each}".encode()).digest())[:count]


@cache
def keys() -> list[str]:
    return [info.key for info in call("publications")]


@cache
def held() -> list[str]:
    """The publications that have elements."""
    return [key for key in keys() if len(call("load", key))]


@cache
def elements() -> list[str]:
    return [element.id for key in held() for element in call("load", key)]


@cache
def profile_keys() -> list[str]:
    return [each.key for each in call("profiles")]


def ids_of(key: str) -> list[str]:
    return [element.id for element in call("load", key)]


def registry() -> Iterator[Ask]:
    yield Ask("registry/keys", keys)
    yield Ask("registry/data_version", lambda: face("data_version"))
    yield Ask("registry/library", lambda: repr(shipped()))
    yield Ask("registry/kinds", lambda: {kind: cls.__name__ for kind, cls in face("KINDS").items()})
    for name in ("Basis", "Fidelity", "Status", "Force", "Side", "Phase", "ProvisionStatus", "Defect", "LineageChange",
                 "ChangeKind", "ComparisonKind", "CoverageLevel", "FindingKind", "HopKind", "ModificationKind",
                 "Outcome", "Relation", "Style"):  # fmt: skip
        yield Ask(f"registry/enum/{name}", partial(lambda name: {e.name: e.value for e in face(name)}, name))
    yield Ask("registry/relations", lambda: [[each, each.inverse, each.style] for each in face("Relation")])
    for key in keys():
        yield Ask(f"info/{key}", partial(call, "info", key), whole=True)
        yield Ask(f"spellings/{key}", partial(spellings, key))
        yield Ask(f"revisions/{key}", partial(lambda key: [each.key for each in call("revisions", key)], key))
        yield Ask(f"url/{key}", partial(call, "url", key))
        yield Ask(f"errata/{key}", partial(call, "errata", key))
    yield Ask("errata/all", partial(call, "errata"))
    yield Ask("errata/records", lambda: [each.to_records()[0] for each in call("errata")])
    yield Ask("errata/str", lambda: list(map(str, call("errata"))))
    yield Ask("sources/all", partial(call, "sources"))


def spellings(key: str) -> dict[str, Any]:
    """What every name of a publication means, and its work, in several spellings."""
    info = call("info", key)
    names = [name for name in (key, info.pubid, info.work, info.doi, info.published, *info.aliases) if name]
    names += [name.upper() for name in names] + [name.replace(" ", "-") for name in names]
    names += [f"{info.work}@{info.published}", f"https://doi.org/{info.doi}", f"{key}@{info.published}"]
    return {name: meaning(name) for name in names}


def meaning(name: str) -> Any:
    try:
        return call("info", name).key
    except (LookupError, ValueError) as error:
        return type(error).__name__


def publications() -> Iterator[Ask]:
    for key in keys():
        yield Ask(f"publication/{key}/head", partial(head, key))
        yield Ask(f"publication/{key}/elements", partial(publication_elements, key))
        yield Ask(f"publication/{key}/summaries", partial(summaries, key))
        yield Ask(f"publication/{key}/walk", partial(lambda key: call("load", key).walk(), key))
        yield Ask(f"publication/{key}/names", partial(names_of, key))
        for method in SHOWN_BY_ALL:
            ask = partial(lambda key, method: showing(call("load", key), method), key, method)
            yield Ask(f"publication/{key}/{method.strip('_')}", ask)
    for name in sample(elements(), 100, "element"):
        for method in SHOWN_BY_ALL:
            ask = partial(lambda name, method: showing(call("get", name), method), name, method)
            yield Ask(f"element/{name}/{method.strip('_')}", ask)
        yield Ask(f"element/{name}/mappings", partial(call, "mappings", name))
        yield Ask(f"element/{name}/url", partial(call, "url", name))
        yield Ask(f"element/{name}/spellings", partial(element_spellings, name))
    for spelling in ("AC-2(3)", "ac-2 (3)", "AC-02(03)", "SP 800-53 Rev. 5:AC-2", "sp800-53r4:AU-8(1)",
                     "NIST SP 800-53:AC-2", "PR.AC-1", "GV.OC-01", "csf1.1:PR.AC-1", "IR 8425: documentation 1 f",
                     "en303645v3.1.3:5.1-1", "IR 8259:activity-3", "ir8259@2025-09:activity-1", "DI:IMS(1)",
                     "sp800-213a:DI:IMS(1)", "10.6028/NIST.IR.8425:data-protection"):  # fmt: skip
        yield Ask(f"get/{spelling}", partial(call, "get", spelling))


def head(key: str) -> dict[str, Any]:
    publication = call("load", key)
    words = ("key", "title", "notice", "fidelity", "complete", "missing", "roots", "capabilities", "activities",
             "controls")  # fmt: skip
    kinds = Counter(element.kind for element in publication)
    return {word: plain(value_of(publication, word)) for word in words} | {
        "kinds": kinds,
        "size": len(publication),
        "of_kind": {kind: len(by_kind(publication, kind)) for kind in face("KINDS")},
        "of_type": {kind: len(publication.of_kind(cls)) for kind, cls in face("KINDS").items()},
        "holds_all": [kind for kind in face("KINDS") if publication.holds_all(kind)],
    }


def publication_elements(key: str) -> list[Any]:
    publication = call("load", key)
    return [element_facts(publication, element) for element in publication]


def summaries(key: str) -> dict[str, Any]:
    return {element.id: [element.name, element.summary] for element in call("load", key)}


def names_of(key: str) -> dict[str, Any]:
    """What the elements of a publication are found under: printed labels and other spellings of their names."""
    publication = call("load", key)
    names = dict.fromkeys(
        name
        for element in publication
        for name in (element.local, element.local.upper(), element.local.replace(".", " "), element.label)
        if name
    )
    return {name: plain(publication.get(name)) for name in names} | {
        f"in: {name}": name in publication for name in sample(names, 5)
    }


def element_spellings(name: str) -> dict[str, Any]:
    key, _, local = name.partition(":")
    info = call("info", key)
    spelled = (f"{prefix}:{local.upper()}" for prefix in (key, info.pubid, *info.aliases[:2]) if prefix)
    return {each: plain(call("get", each)) for each in (*spelled, f"{key} : {local}", name)}


def references() -> Iterator[Ask]:
    catalog = call("load", "sp800-213a")
    for sub in by_kind(catalog, "sub-capability"):
        below = [each for each in catalog.descendants(sub) if each.kind == "requirement"]
        yield Ask(f"reference/format/{sub.local}", partial(call, "format_reference", below))
        yield Ask(f"reference/back/{sub.local}", partial(there_and_back, below))
    for text in ("DO:SMP(5e,f,g,h)", "DO:SMP(5e,f), CS:AEI(1)", "di:ims(1)", "DI:IMS", "DI", "DO:SMP(1-3)",
                 "DI:IMS(99)", "DI:XXX(1)", "DI:IMS(", "", "AC-2", "DI:IMS(1), DI:IMS(1)"):  # fmt: skip
        yield Ask(f"reference/parse/{text}", partial(call, "parse_reference", text))
    yield Ask("reference/format/wrong", lambda: call("format_reference", [call("get", "AC-2")]))


def there_and_back(below: list[Any]) -> Any:
    return call("parse_reference", call("format_reference", below)) if below else None


def crosswalks() -> Iterator[Ask]:
    pairs = list(call("crosswalks"))
    yield Ask("crosswalk/pairs", lambda: pairs)
    yield Ask("crosswalk/library-pairs", lambda: shipped().crosswalk_pairs())
    for subject, obj in pairs:
        name = f"crosswalk/{subject}--{obj}"
        yield Ask(name, partial(call, "crosswalk", subject, obj), whole=True)
        yield Ask(f"{name}/held", partial(lambda a, b: shipped().mappings(a, b), subject, obj))
        yield Ask(f"{name}/backwards", partial(call, "crosswalk", obj, subject), result=True)
        yield Ask(f"{name}/inverse", partial(lambda a, b: facts(call("crosswalk", a, b).inverse()), subject, obj))
        yield Ask(f"{name}/looked-up", partial(looked_up, subject, obj))
    yield Ask("crosswalk/spelled", partial(call, "crosswalk", "IR 8425", "NISTIR 8259A"), result=True)


def looked_up(subject: str, obj: str) -> dict[str, Any]:
    xw = call("crosswalk", subject, obj)
    starts = sorted({mapping.subject for mapping in xw})
    ends = sorted({mapping.object for mapping in xw if mapping.object is not None})
    return {
        "targets": {each: [m.object or m.object_label for m in xw.targets(each)] for each in starts},
        "sources": {each: [m.subject for m in xw.sources(each)] for each in ends},
        "official": len(xw.where(lambda mapping: mapping.basis == "official")),
    }


def consistency() -> Iterator[Ask]:
    yield Ask("consistency/all", partial(call, "check_crosswalks"), whole=True)
    for pair in (("ir8425", "ir8259a"), ("csf1.1", "sp800-53r5"), ("sp800-53r5", "IR 8425")):
        yield Ask(f"consistency/{'--'.join(pair)}", partial(call, "check_crosswalks", pair), whole=True)


def revision_pairs() -> list[tuple[str, str]]:
    works = {tuple(each.key for each in call("revisions", key)) for key in keys()}
    found = {pair for revisions in works for pair in pairwise(revisions)} | set(shipped().lineage_pairs())
    alike = {("ir8425", "ir8259a"), ("ir8259a", "ir8425"), ("ir8259a", "ir8259b"), ("sp800-213a", "ir8259a"),
             ("ir8425a", "ir8425"), ("csf2.0", "sp800-53r5"), ("cswp33.ipd", "ir8259b"), ("csf2.0", "csf1.1"),
             ("sp800-53r5", "sp800-53r4"), ("ir8259a", "iec62443-4-2")}  # fmt: skip
    return sorted(found | alike)


def revisions() -> Iterator[Ask]:
    yield Ask("lineage/pairs", lambda: shipped().lineage_pairs())
    for pair in shipped().lineage_pairs():
        yield Ask(f"lineage/{'--'.join(pair)}", partial(lambda a, b: shipped().lineage(a, b), *pair))
    for pair in revision_pairs():
        name = f"diff/{'--'.join(pair)}"
        yield Ask(name, partial(call, "diff", *pair), whole=True)
        yield Ask(f"{name}/applied", partial(applied, *pair))


def applied(before: str, after: str) -> Any:
    """Whether a difference leads from the earlier publication to the later one."""
    found = call("diff", before, after)
    return found.apply(call("load", before)) == call("load", after)


def lists() -> dict[str, tuple[Any, str, str]]:
    """What is carried over: entries, the publication they were written for, and another one."""
    states = ("online-catalog-2020-08", "online-catalog-2021-02", "online-catalog-2021-11", "sp800-213a")
    pairs = [("sp800-53r4", "sp800-53r5"), ("sp800-53r5", "sp800-53r4"), ("csf1.1", "csf2.0"), *pairwise(states),
             (states[0], states[-1]), ("ir8259", "ir8259r1"), ("ir8259.ipd", "ir8259.2pd"), ("cswp24", "ir8425"),
             ("sp800-213", "sp800-213r1.ipd"), ("ir8425", "ir8259a")]  # fmt: skip
    found: dict[str, tuple[Any, str, str]] = {f"{a}--{b}": (ids_of(a), a, b) for a, b in pairs}
    records = [{"id": each, "owner": "me"} for each in ("AU-8(1)", "SC-19", "ac-2 (3)")]
    found["records"] = records, "sp800-53r4", "sp800-53r5"
    found["elements"] = list(call("load", "csf1.1"))[:40], "csf1.1", "csf2.0"
    for subject, obj, before, after in (("csf1.1", "sp800-53r5", "csf1.1", "csf2.0"),
                                        ("sp800-213a", "sp800-53r5", "sp800-53r5", "sp800-53r4"),
                                        ("online-catalog-2021-11", "csf1.1", "csf1.1", "csf2.0"),
                                        ("ir8425", "ir8259a", "ir8425", "fcc-24-26")):  # fmt: skip
        rows = call("crosswalk", subject, obj).where(lambda mapping: mapping.object is not None)
        found[f"mappings {subject}--{obj}"] = rows, before, after
    found["wrong"] = ["AC-2", "nonsense", "", "AC-99"], "sp800-53r4", "sp800-53r5"
    return found


def carrying_over() -> Iterator[Ask]:
    for name, arguments in lists().items():
        yield Ask(f"rebase/{name}", partial(call, "rebase", *arguments), whole=True)
    pairs = (("sp800-213a", "online-catalog-2021-11"), ("sp800-53r5", "sp800-53r4"), ("ir8425", "cswp24"),
             ("ir8259a", "ir8425"))  # fmt: skip
    for key, pair in product(profile_keys(), pairs):
        ask = partial(lambda key, pair: call("rebase_profile", call("profile", key), *pair), key, pair)
        yield Ask(f"rebase_profile/{key}/{'--'.join(pair)}", ask, whole=True)
    for file, pair in (("old-controls.toml", ("sp800-53r4", "sp800-53r5")), ("old-csf.toml", ("csf1.1", "csf2.0")),
                       ("old-catalog.toml", ("online-catalog-2021-11", "sp800-213a"))):  # fmt: skip
        ask = partial(lambda file, pair: call("rebase_profile", call("load_profile", file), *pair), file, pair)
        yield Ask(f"rebase_profile/{file}", ask, whole=True)


LEVELS: tuple[str | None, ...] = (None, "low", "moderate", "high")


def profiles() -> Iterator[Ask]:
    yield Ask("profile/keys", profile_keys)
    for key in profile_keys():
        yield Ask(f"profile/{key}", partial(call, "profile", key), whole=True)
        for level in LEVELS:
            name = f"profile/{key}/{level}"
            yield Ask(name, partial(lambda key, level: call("profile", key).resolve(level), key, level), whole=True)
            for baseline in ("LOW", "MODERATE", "HIGH"):
                options = {"level": level, "baseline": baseline}
                yield Ask(f"{name}/coverage/{baseline}", partial(profile_coverage, key, options), result=True)
        through = {"through": ("sp800-213a", "csf1.1")}
        yield Ask(f"profile/{key}/coverage/through", partial(profile_coverage, key, through), result=True)
    for file in ("sensor.toml", "camera.toml", "broken.toml", "old-controls.toml", "old-csf.toml", "old-catalog.toml"):
        yield Ask(f"profile-file/{file}/check", partial(call, "check_profile", file))
        yield Ask(f"profile-file/{file}/messages", partial(problems, file))
        yield Ask(f"profile-file/{file}", partial(call, "load_profile", file), whole=True)
        for level in (None, "standard", "critical"):
            ask = partial(lambda file, level: call("load_profile", file).resolve(level), file, level)
            yield Ask(f"profile-file/{file}/{level}", ask, whole=True)


def problems(file: str) -> list[str]:
    return [str(error) for error in call("check_profile", file)]


def profile_coverage(key: str, options: dict[str, Any]) -> Any:
    return call("profile", key).coverage("sp800-53r5", **options)


def comparing() -> Iterator[Ask]:
    for pair in combinations(profile_keys(), 2):
        yield Ask(f"compare/{'--'.join(pair)}", partial(call, "compare", *pair), whole=True)
        yield Ask(f"align/{'--'.join(pair)}", partial(call, "align", *pair), whole=True)
    for key, base in product(profile_keys(), ("ir8259a", "ir8259b", "sp800-213a", "sp800-53r5")):
        yield Ask(f"compare/{key}--{base}", partial(call, "compare", key, base), result=True)
    through = {"through": ("ir8259a", "sp800-53r5")}
    yield Ask("compare/through", partial(call, "compare", "consumer", "federal", **through), whole=True)
    industrial = call("profile", "industrial")
    yield Ask("compare/level", lambda: call("compare", industrial.resolve("low"), "consumer"), whole=True)
    yield Ask("align/all", partial(call, "align", *profile_keys()), whole=True)
    yield Ask("align/through", partial(call, "align", "consumer", "federal", **through), result=True)
    yield Ask("align/base", partial(call, "align", "consumer", "federal", base=("ir8425",)), whole=True)
    yield Ask("align/levels", lambda: call("align", *map(industrial.resolve, LEVELS)), whole=True)


FRAMEWORKS = ("sp800-53r5", "csf1.1", "csf2.0", "sp800-213a", "en303645v3.1.3", "iec62443-4-2", "ir8259a", "ir8259b",
              "ir8425", "sp800-53r4")  # fmt: skip


def covering() -> Iterator[Ask]:
    for pair in product(held(), FRAMEWORKS):
        yield Ask(f"coverage/{'--'.join(pair)}", partial(call, "coverage", *pair), result=True)
    for key in ("ir8259a", "ir8259b", "ir8425"):
        for pair in product((key,), ("sp800-53r5", "csf1.1", "csf2.0", "ir8259a")):
            yield Ask(f"coverage-shown/{'--'.join(pair)}", partial(call, "coverage", *pair), whole=True)
        for baseline in ("LOW", "moderate", "HIGH", "PRIVACY"):
            ask = partial(call, "coverage", key, "sp800-53r5", baseline=baseline, through=("sp800-213a",))
            yield Ask(f"coverage/{key}--sp800-53r5/{baseline}", ask, result=True)
    mixed = ["ir8425:data-protection", "IR 8259A: software update", "AC-2(3)"]
    yield Ask("coverage/mixed", partial(call, "coverage", mixed, "sp800-53r5"), result=True)
    yield Ask("coverage/under", partial(call, "coverage", "ir8425", "sp800-213a", under="sp800-213a:DI"), result=True)
    yield Ask("coverage/kinds", partial(call, "coverage", "ir8425", "ir8259a", kinds=["capability"]), result=True)
    yield Ask("coverage/elements", lambda: call("coverage", list(call("load", "ir8259a"))[:9], "ir8425"), result=True)
    yield Ask("coverage/contributions", lambda: {
        name: [connection.object for connection in found]
        for name, found in call("coverage", "ir8425", "ir8259a").contributions.items()
    })  # fmt: skip
    yield Ask("coverage/item", lambda: call("coverage", "ir8425", "sp800-53r5", through=("sp800-213a",))["AC-2"])
    yield Ask("coverage/no-item", lambda: call("coverage", "ir8425", "sp800-53r5")["AC-99"])


def two_elements() -> list[tuple[str, str]]:
    """Pairs of elements: some that mappings lead between in one to three steps, some chosen blindly."""
    with_elements = set(held())

    def onwards(start: str, salt: str) -> str:
        mapped = (mapping.object for mapping in call("mappings", start))
        known = [each for each in mapped if each and each.partition(":")[0] in with_elements and each != start]
        return next(iter(sample(known, 1, salt)), start)

    mapped = {mapping.subject for pair in call("crosswalks") if pair[0] in with_elements
              for mapping in shipped().mappings(*pair) if not mapping.is_empty}  # fmt: skip
    pairs: list[tuple[str, str]] = []
    for number, start in enumerate(sample(mapped, 60, "walk")):
        end = start
        for step in range(number % 3 + 1):
            end = onwards(end, f"{start}{step}")
        pairs.append((start, end))
    walked = [pair for pair in pairs if pair[0] != pair[1]][:45]
    return walked + list(zip(sample(elements(), 15, "left"), sample(elements(), 15, "right"), strict=True))


def connections() -> Iterator[Ask]:
    for start, end in two_elements():
        name = f"{start}--{end}"
        yield Ask(f"paths/{name}", partial(call, "paths", start, end), whole=True)
        yield Ask(f"paths/{name}/short", partial(call, "paths", start, end, max_hops=2, limit=2), result=True)
        through = ("sp800-213a", "ir8259a")
        yield Ask(f"paths/{name}/through", partial(call, "paths", start, end, through=through), result=True)
        yield Ask(f"explain/{name}", partial(call, "explain", start, end))
        target = end.partition(":")[0]
        yield Ask(f"reach/{start}--{target}", partial(call, "reach", start, target, max_hops=3), whole=True)
        yield Ask(f"reach/{start}--{target}/default", partial(call, "reach", start, target), result=True)


QUERIES = (
    "update", "software update", "password", "unique identifier", "encryption", "cryptography", "logging", "audit",
    "vulnerability", "disclosure", "end of support", "documentation", "access control", "data protection", "reset",
    "supply chain", "education", "awareness", "privacy", "configuration", "authentication", "network", "physical",
    "manufacturer", "customers", "risk assessment", "incident", "secure boot", "AC-2", "router", "the", "zzzz", "!!",
    '"quoted" OR NEAR', "naïve café",
)  # fmt: skip


def searching() -> Iterator[Ask]:
    for query in QUERIES:
        yield Ask(f"search/{query}", partial(lambda query: [each.element for each in call("search", query)], query))
        yield Ask(f"search/{query}/records", partial(hits, query))
    narrowed: tuple[dict[str, Any], ...] = (
        {"kind": "control"}, {"publication": "IR 8425"}, {"limit": 3}, {"kind": "requirement", "limit": 40},
        {"kind": "nonsense"}, {"publication": "nonsense"}, {"limit": 0},
    )  # fmt: skip
    for number, options in enumerate(narrowed):
        yield Ask(f"search/update/{number}", partial(call, "search", "software update", **options))


def hits(query: str) -> list[Any]:
    return [of_elements(row) for hit in call("search", query) for row in hit.to_records()]


def texts() -> Iterator[Ask]:
    for text in ("Secure  Boot!", "naïve ﬁle № 5", "", "A_b-C", "İstanbul ſtraße"):
        yield Ask(f"text/normalise/{text}", partial(call, "normalise", text))
        yield Ask(f"text/fingerprint/{text}", partial(call, "fingerprint", text))
    marks = ["The device", "the DEVICE can", "not there"]
    yield Ask("text/find", lambda: list(found_in("Here the device can be updated.", marks)))
    yield Ask("text/matches", lambda: call("matches", "The DEVICE", call("fingerprint", "the device")))


def found_in(text: str, wordings: list[str]) -> Iterator[Any]:
    found = call("find_wordings", text, [call("fingerprint", each) for each in wordings])
    return ([plain(mark), words] for mark, words in found.items())


GRAPHS: dict[str, tuple[str, ...]] = {
    "all": (),
    "small": ("ir8425", "IR 8259A", "ir8259b"),
    "revisions": ("ir8259", "ir8259r1.ipd", "ir8259r1", "csf1.1", "csf2.0"),
    "profiles": ("ir8259a", "profile:industrial", "profile:federal"),
    "cited": ("ir8259a", "bitag2016", "sp800-213a"),
}


def graphs() -> Iterator[Ask]:
    made = cache(lambda name: call("graph", *GRAPHS[name]))
    for name in GRAPHS:
        nodes = partial(lambda name: [[*each] for each in made(name).nodes(data=True)], name)
        edges = partial(lambda name: [[*each] for each in made(name).edges(keys=True, data=True)], name)
        yield Ask(f"graph/{name}/nodes", nodes)
        yield Ask(f"graph/{name}/edges", edges)
        yield Ask(f"graph/{name}/about", partial(lambda name: [made(name).graph, type(made(name)).__name__], name))
    for name, suffix in product(("all", "small", "profiles"), (".graphml", ".gexf", ".json", ".cyjs", ".dot", ".mmd")):
        yield Ask(f"export/{name}{suffix}", partial(lambda name, suffix: exported(made(name), suffix), name, suffix))
    yield Ask("export/small.gv", lambda: exported(made("small"), ".gv"))
    yield Ask("export/small.txt", lambda: exported(made("small"), ".txt"))
    yield Ask("graph/nonsense", partial(call, "graph", "nonsense"))
    yield Ask("graph/no-profile", partial(call, "graph", "profile:nonsense"))


def exported(made: Any, suffix: str) -> list[Any]:
    """The hash and the size of a file, without the day on which it was written."""
    file = Path(f"graph{suffix}")
    call("export_graph", made, file)
    text = re.sub(r'lastmodifieddate="[^"]*"', "", file.read_text("utf-8"))
    return [sha256(text.encode()).hexdigest(), len(text)]


def tables() -> Iterator[Ask]:
    asked: dict[str, Callable[[], Any]] = {
        "publication": partial(call, "load", "ir8425"),
        "info": partial(call, "info", "ir8425"),
        "element": partial(call, "get", "AC-2"),
        "crosswalk": partial(call, "crosswalk", "ir8425", "ir8259a"),
        "diff": partial(call, "diff", "ir8259", "ir8259r1"),
        "coverage": partial(call, "coverage", "ir8425", "ir8259a"),
        "compare": partial(call, "compare", "consumer", "federal"),
        "align": partial(call, "align", "consumer", "federal"),
        "profile": partial(call, "profile", "industrial"),
        "resolved": lambda: call("profile", "industrial").resolve("low"),
        "rebase": partial(call, "rebase", ["AC-2"], "sp800-53r4", "sp800-53r5"),
        "findings": partial(call, "check_crosswalks"),
        "reach": partial(call, "reach", "ir8425:data-protection", "sp800-53r5"),
        "paths": partial(call, "paths", "ir8425:data-protection", "ir8259a:data-protection"),
    }
    for name, ask in asked.items():
        yield Ask(f"frame/{name}", partial(lambda ask: frames(ask()), ask))


def own() -> Iterator[Ask]:
    library = own_library("acme.csv", "acme.sssom.tsv", "acme-olir.csv")
    yield Ask("own/library", lambda: repr(library))
    yield Ask("own/info", lambda: library.info("ACME"), whole=True)
    yield Ask("own/elements", lambda: [own_facts(each) for each in library.load("acme")])
    yield Ask("own/get", lambda: library.get("ACME:ac-1"))
    yield Ask("own/pairs", partial(call, "crosswalks", library=library))
    for pair in (("acme", "sp800-53r5"), ("sp800-53r5", "acme"), ("ir8425", "acme")):
        yield Ask(f"own/crosswalk/{'--'.join(pair)}", partial(call, "crosswalk", *pair, library=library), whole=True)
    yield Ask("own/mappings", partial(call, "mappings", "AC-11", library=library))
    for pair in (("acme", "sp800-53r5"), ("sp800-53r5", "acme"), ("ir8425", "acme"), ("acme", "ir8259a")):
        options = {"through": ("ir8425",), "library": library}
        yield Ask(f"own/coverage/{'--'.join(pair)}", partial(call, "coverage", *pair, **options), result=True)
    yield Ask("own/compare", partial(call, "compare", "acme", "consumer", library=library), whole=True)
    ends = ("acme:AC.1", "ir8425:interface-access-control")
    yield Ask("own/paths", partial(call, "paths", *ends, library=library), whole=True)
    yield Ask("own/reach", partial(call, "reach", "acme:AC", "ir8259a", library=library), whole=True)
    yield Ask("own/search", partial(call, "search", "session", publication="acme", library=library))
    yield Ask("own/graph", lambda: [*call("graph", "acme", "ir8425", library=library).edges(keys=True, data=True)])
    yield Ask("own/findings", partial(call, "check_crosswalks", library=library), result=True)
    yield Ask("own/diff", partial(call, "diff", "acme", "ir8259a", library=library))
    for key in ("acme", "ir8425", "NIST", "Bad Key"):
        yield Ask(f"own/key/{key}", partial(lambda key: repr(with_framework("acme.csv", key=key)), key))
    for file in ("broken.csv", "list.txt", "missing.csv"):
        yield Ask(f"own/framework/{file}", partial(lambda f: repr(with_framework(f, key="other")), file))
        yield Ask(f"own/crosswalk-file/{file}", partial(lambda f: repr(with_crosswalk(f)), file))
    yield Ask("own/crosswalk-file/broken", partial(with_crosswalk, "broken.sssom.tsv"))
    yield Ask("own/crosswalk-file/no-ends", partial(with_crosswalk, "acme-olir.csv"))


def own_facts(element: Any) -> dict[str, Any]:
    words = [each.name for each in fields(type(element))]
    return {word: plain(value_of(element, word)) for word in (*words, "kind", "locator", "fingerprint")}


def wrong_names() -> Iterator[Ask]:
    wrong: dict[str, Callable[[], Any]] = {
        f"{word} {name!r}": partial(call, word, name)
        for word, names in {
            "load": ("IR 8245", "NIST.IR.8259r2", "", " ", "ir8425:data-protection", "x" * 300, "ir8425é",
                     "ir8259@1999", "ir8259@2025", "ir8259@", "en303645"),
            "info": ("csf2.1", "sp800-53r6", "http://example.org", "\x00", "8259"),
            "get": ("ir8425:data-protectoin.1", "ir8425x:data-protection", "AC-2(99)", "data-protection", "ir8425:",
                    "ir8425:.", "10.6028/NIST.IR.8425#", "sp800-53r5:()", "ir8425", "csa2015:1", 3, None, ["AC-2"]),
            "url": ("nonsense", "ir8425:nonsense"),
            "revisions": ("nonsense",),
            "errata": ("nonsense",),
            "mappings": ("nonsense", "AC-99", "ir8425"),
            "profile": ("federl", "", "profile:nonsense"),
            "load_profile": ("nonsense.toml", "nonsense.txt", "list.txt"),
            "check_crosswalks": (("ir8425", "csf2.0"), ("ir8425", "nonsense")),
        }.items()
        for name in names
    }  # fmt: skip
    wrong |= {
        f"{word} {first!r} {second!r}": partial(call, word, first, second)
        for word, first, second in (
            ("crosswalk", "ir8425", "csf2.0"), ("crosswalk", "ir8431", "ir8425"), ("crosswalk", "nonsense", "ir8425"),
            ("diff", "ir8425", "csa2015"), ("diff", "ir8425", "nonsense"), ("compare", "federal", "nonsense"),
            ("compare", "federal", "csa2015"), ("coverage", "nonsense", "ir8425"), ("coverage", [], "ir8425"),
            ("coverage", "ir8425", "csa2015"), ("coverage", ["AC-99"], "ir8425"), ("paths", "AC-2", "AC-99"),
            ("reach", "AC-2", "nonsense"), ("explain", "nonsense", "AC-2"), ("align", "federal", "nonsense"),
        )
    }  # fmt: skip
    wrong |= {
        "publication item": lambda: call("load", "ir8425")["documentatoin"],
        "publication children": lambda: call("load", "ir8425").children("nonsense"),
        "publication kind": lambda: call("load", "ir8425").of_kind("criterium"),
        "crosswalk targets": lambda: call("crosswalk", "ir8425", "ir8259a").targets("nonsense"),
        "crosswalk sources": lambda: call("crosswalk", "ir8425", "ir8259a").sources("nonsense"),
        "profile level": lambda: call("profile", "industrial").resolve("medium"),
        "profile no level": lambda: call("profile", "consumer").resolve("low"),
        "profile item": lambda: call("profile", "federal").resolve()["sp800-213a:DI.IMS.99"],
        "coverage baseline": partial(call, "coverage", "ir8425", "sp800-53r5", baseline="medium"),
        "coverage under": partial(call, "coverage", "ir8425", "sp800-53r5", under="AC-99"),
        "coverage kinds": partial(call, "coverage", "ir8425", "sp800-53r5", kinds=["controls"]),
        "coverage through": partial(call, "coverage", "ir8425", "sp800-53r5", through=["nonsense"]),
        "paths no hops": partial(call, "paths", "AC-2", "AC-3", max_hops=0),
        "paths no limit": partial(call, "paths", "AC-2", "AC-3", limit=0),
        "diff elsewhere": lambda: call("diff", "csf1.1", "csf2.0").apply(call("load", "ir8425")),
        "mapping inverse": lambda: without_object("ir8259a", "bitag2016").inverse(),
        "reach item": lambda: call("reach", "AC-2", "ir8425")["nonsense"],
        "library folder": lambda: face("Library")("missing-folder").publications,
    }
    for name, ask in wrong.items():
        yield Ask(f"wrong/{name[:60]}", ask)


def without_object(subject: str, obj: str) -> Any:
    return next(mapping for mapping in call("crosswalk", subject, obj) if mapping.object is None)


COMMANDS = """\
list
list --role activities
list --role nonsense
show ir8425
show csa2015
show ir8431
show ir8425:documentation.1.f
show AC-2(3)
show ir8259:activity-3
show nonsense
show ir8425:nonsense
map ir8425 ir8259a
map ir8425 ir8259a --unmapped
map ir8259a bitag2016
map ir8425:software-update
map sp800-53r4:AU-8(1)
map ir8425 csf2.0
map ir8425 --unmapped
diff ir8259 ir8259r1
diff csf1.1 csf2.0
diff ir8425 csa2015
rebase list.txt sp800-53r4 sp800-53r5
rebase table.csv sp800-53r4 sp800-53r5
rebase old-csf.toml csf1.1 csf2.0
rebase old-controls.toml sp800-53r4 sp800-53r5
rebase wrong.txt csf1.1 csf2.0
search software update
search --kind requirement --publication sp800-213a --limit 3 password
search !!
explain ir8425:data-protection AC-2
explain ir8425:data-protection ir8259a:data-protection --max-hops 2
reach ir8425:data-protection sp800-53r5
reach AC-2 ir8425 --through sp800-213a
coverage ir8425 ir8259a
coverage federal sp800-53r5 --baseline LOW
coverage sensor.toml ir8259a
coverage ir8425 sp800-53r5 --under AC-2
coverage ir8425 sp800-213a --under sp800-213a:DI --through ir8259a
compare consumer federal
compare consumer ir8259a
compare sensor.toml industrial --through ir8425
findings
profile federal
profile industrial --level low
profile sensor.toml
profile nonsense
profile federal --level low
check sensor.toml
check broken.toml
check missing.toml
sources
tour
nonsense
""".splitlines()
REPORTS = """\
diff ir8259 ir8259r1
compare consumer federal
rebase list.txt sp800-53r4 sp800-53r5
rebase old-csf.toml csf1.1 csf2.0
""".splitlines()
ONLY_ONCE = """\
init mine.toml
init mine.toml --json
init other.toml --json
init mine.json
profile mine.toml
graph ir8425 --json
graph ir8425
graph ir8425 ir8259a --output graph.mmd
graph ir8425 --output graph.txt
rebase old-csf.toml csf1.1 csf2.0 --output new.json
check new.json
profile new.json --json
--version
""".splitlines()


def commands() -> Iterator[Ask]:
    both = (f"{line}{json}" for line in COMMANDS for json in ("", " --json"))
    for line in (*both, *(f"{line} --markdown" for line in REPORTS), *ONLY_ONCE):
        yield Ask(f"cli/{line}", partial(printed, line))


def printed(line: str) -> dict[str, Any]:
    """What a command prints: its text by lines, its JSON by its names here."""
    status, out, complaints = command_line(tuple(line.split()))
    said = plain(json.loads(out)) if "--json" in line and out else out.splitlines()
    return {"status": status, "out": said, "complaints": complaints.splitlines()}


SECTIONS = (registry, publications, references, crosswalks, consistency, revisions, carrying_over, profiles, comparing,
            covering, connections, searching, texts, graphs, tables, own, wrong_names, commands)  # fmt: skip


# The user's files

_PROFILE = """\
profile = "{key}"
title = "Made for {base}"
version = "1"
summary = "What was chosen from {base}."
base = ["{base}"]
levels = ["standard", "critical"]

[[imports]]
from = "{base}"
levels = ["standard"]
include = [{{ {include} }}, {{ under = [{under}] }}]
exclude = [{{ ids = [{exclude}] }}]
rationale = "Chosen for a test."

[[imports]]
from = "{base}"
levels = ["critical"]
include = [{{ {more} }}]
rationale = "Chosen by a rule."

[[modify]]
element = "{base}:{changed}"
change = "narrow"
text = "Twice a year."
levels = ["standard"]
rationale = "Once is too little."

[[add]]
id = "seal"
title = "Seal"
summary = "The case shows that it was opened."
parent = "{base}:{changed}"
sources = ["{base}:{changed}"]
rationale = "Anybody can reach it."

[[open]]
question = "Is that enough?"
about = ["{base}:{changed}"]
why = "Nobody has tried."
"""


def _made_for(base: str, key: str, **texts: str) -> str:
    return _PROFILE.format(base=base, key=key, **texts)


FILES = {
    "acme.csv": """\
id,title,parent,summary,kind
AC,Access,,,
AC.1,Personal accounts,AC,Every person signs in with an account that nobody else uses,requirement
AC.2,Idle sessions,AC,A session ends after ten minutes without input,
B,Backups,,,
""",
    "acme.sssom.tsv": """\
subject_id\tpredicate_id\tobject_id\tcomment\tconfidence
acme:AC.1\tskos:broadMatch\tAC-2\tAC-2 asks for more than personal accounts\t0.8
acme:AC.2\tir8477:subset_of\tSP 800-53 Rev. 5:AC-11\tten minutes is one choice of the period\t
IR 8425:interface-access-control\tsuperset of\tacme:AC\t\t
""",
    "acme-olir.csv": """\
Focal Document Element,Rationale,Relationship,Reference Document Element,Strength of Relationship (optional)
AC-2 (5),Semantic,subset of,AC.2,4
AC-7,,,,
""",
    "broken.csv": "id,title,parent\nA,One,\nA,Two,\nB,Three,Z\n,Four,\nC,Five\n",
    "broken.sssom.tsv": "subject_id\tpredicate_id\tobject_id\nAC-2\tnonsense\tAC-3\nAC-99\trelated\tAC-3\nAC-2\tx\n",
    "list.txt": " AU-8(1)\n\nSC-19\nAC-2\n",
    "wrong.txt": "PR.AC-1\nnonsense\nPR.AC-99\n",
    "table.csv": 'owner,ID,note\nme,AU-8(1),"a, b"\nyou,AC-2 (3),\n',
    "old-controls.toml": _made_for("sp800-53r4", "old-controls", include='ids = ["AU-8(1)", "AC-2", "SC-19"]',
                                   under='"AC-3"', exclude='"AC-3(3)"', more='baseline = "low"', changed="au-8.1"),
    "old-csf.toml": _made_for("csf1.1", "old-csf", include='ids = ["PR.AC-1", "ID.AM-1"]', under='"PR.IP"',
                              exclude='"PR.IP-1"', more='words = "communication"', changed="PR.AC-1"),
    "old-catalog.toml": _made_for("online-catalog-2021-11", "old-catalog", include='kinds = ["capability"]',
                                  under='"DI"', exclude='"DI.IMS"', more='mapped_to = { publication = "csf1.1" }',
                                  changed="DI.AID"),
    "sensor.toml": """\
profile = "sensor"
title = "Connected sensors"
version = "1"
summary = "What our sensors have to do."
base = ["ir8259a"]
levels = ["standard", "critical"]

[[imports]]
from = "IR 8259A"
include = [{ kinds = ["capability"] }]
exclude = [{ ids = ["device-configuration"] }]
rationale = "All of the baseline but configuration; our sensors have no settings."

[[imports]]
from = "SP 800-213A"
levels = ["critical"]
include = [
  { mapped_to = { publication = "SP 800-53", baseline = "low" }, under = ["DI"], kinds = ["requirement"] },
]
rationale = "Agencies have to tell our sensors apart."

[[modify]]
element = "ir8259a:data-protection"
change = "narrow"
text = "Readings are encrypted on the air."
levels = ["critical"]
rationale = "They tell when nobody is there."

[[add]]
id = "seal"
title = "Seal"
summary = "The case shows that it was opened."
parent = "ir8259a:data-protection"
rationale = "Sensors hang where anybody can reach them."
""",
    "camera.toml": """\
profile = "camera"
title = "Cameras"
version = "1"
summary = "What our cameras have to do: all that sensors have to, but without a seal."
levels = ["standard", "critical"]

[[imports]]
from = "sensor.toml"
exclude = [{ kinds = ["addition"] }]
rationale = "A camera is a sensor."

[[imports]]
from = "profile:industrial"
include = [{ words = "update", kinds = ["common-action"] }]
rationale = "It is used in plants."
""",
    "broken.toml": """\
profile = "broken"
title = 3
version = "1"
summary = "A profile with many mistakes."
levels = ["standard"]
surprise = true

[[imports]]
from = "IR 9999"
rationale = "No such publication."

[[imports]]
from = "ir8259a"
levels = ["critical"]
include = [{ ids = ["data-protectoin"] }, { kinds = ["capabilities"] }, { words = "" }, { ids = [] }]

[[imports]]
from = "missing.toml"
rationale = "No such file."

[[imports]]
from = "ir8259a"
include = [{ ids = ["data-protection"] }]
rationale = "Good."

[[modify]]
element = "ir8259a:software-update"
change = "narrow"
text = "It is not selected."
rationale = "None."

[[modify]]
element = "ir8259a:data-protection"
change = "shrink"
text = "No such change."
rationale = "None."
""",
}  # fmt: skip


# Save and compare

KEPT = 100_000
"""The longest answer, in characters, that is saved itself; of a longer one there are only the hashes of its records."""


def records(answer: Any) -> list[str]:
    """An answer as lines that can be told apart: the records of a list, the parts of a record, the lines of a text."""
    match answer:
        case str():
            return answer.splitlines()
        case list():
            return [written(each) for each in answer]
        case dict():
            parts = ((name, each) for name, value in sorted(answer.items()) for each in listed(value))
            return [f"{name}: {written(each)}" for name, each in parts]
    return [written(answer)]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) and value else [value]


def written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def hashed(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def made(answer: Any) -> dict[str, Any]:
    """An answer as it is compared."""
    return {"sha256": hashed(written(answer)), "records": records(answer)}


def kept(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer as it is saved."""
    lines = answer["records"]
    if sum(map(len, lines)) <= KEPT:
        return answer
    return {"sha256": answer["sha256"], "hashes": [hashed(line)[:16] for line in lines]}


def answers() -> Iterator[tuple[str, Any]]:
    """All answers. A section that breaks down gives one that says so, which no saved file has."""
    settings = {"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}
    with TemporaryDirectory() as folder, chdir(folder), patch.dict(os.environ, settings):
        for name, text in FILES.items():
            Path(name).write_text(profile_file(text) if name.endswith(".toml") else text, "utf-8", newline="")
        for section in SECTIONS:
            try:
                for asked in section():
                    yield from answers_to(asked)
            except Exception:
                traceback.print_exc()
                yield f"{BROKEN}{section.__name__}", traceback.format_exc()


BROKEN = "broken down: "
_OURS = {"AttributeError", "TypeError", "NameError", "StopIteration", "AssertionError", "ImportError"}


def collected() -> dict[str, dict[str, Any]]:
    """All answers by their identifiers."""
    found: dict[str, dict[str, Any]] = {}
    for identifier, answer in answers():
        if identifier in found:
            raise ValueError(f"two answers are called {identifier}")
        found[identifier] = made(answer)
        if identifier.startswith(BROKEN) or GONE in written(answer):
            print(f"look at {identifier}: something is not there", file=sys.stderr)
        if identifier.endswith("/error") and answer["type"] in _OURS:
            print(f"look at {identifier}: {answer['type']}", file=sys.stderr)
    return found


def difference(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """A few lines that tell two answers apart; of a long one that was saved only the hashes can be shown."""
    texts = {line if "records" in before else hashed(line)[:16]: line for line in after["records"]}
    names = {line: name for name, line in texts.items()}
    old = Counter(before["records"] if "records" in before else before["hashes"])
    new = Counter(names[line] for line in after["records"])
    gone, come = list((old - new).elements()), list((new - old).elements())
    yield f"  {old.total()} records before, {new.total()} now: {len(gone)} gone, {len(come)} new"
    if not gone and not come:
        yield "  only the order or the shape differs"
    for pair in list(zip_longest(gone, come, fillvalue=""))[:SHOWN_OF_EACH]:
        was, now = (texts.get(line, line) for line in pair)
        start = max(0, next((place for place, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), 0) - 60)
        yield from (f"  {sign} {line[start : start + 220]}" for sign, line in (("-", was), ("+", now)) if line)


SHOWN_OF_EACH = 3


def compare(before: dict[str, Any], after: dict[str, Any]) -> int:
    """Print what differs, and return how many differences are not allowed."""
    differing = [name for name in before if before[name]["sha256"] != after.get(name, {}).get("sha256")]
    differing += [name for name in after if name.startswith(BROKEN)]
    reasons = {name: [pattern for pattern in ALLOWED if fnmatchcase(name, pattern)] for name in differing}
    unexpected = [name for name in differing if not reasons[name]]
    for name in unexpected:
        print(name)
        print(*(difference(before[name], after[name]) if name in before and name in after else ["  missing"]), sep="\n")
    groups = Counter(f"{name.partition('/')[0]}/…/{name.rpartition('/')[2]}" for name in unexpected)
    for group, count in groups.most_common():
        print(f"{count} of {group}")
    for pattern, count in Counter(patterns[0] for patterns in reasons.values() if patterns).items():
        print(f"allowed: {count} of {pattern} ({ALLOWED[pattern]})")
    for pattern in ALLOWED.keys() - {pattern for patterns in reasons.values() for pattern in patterns}:
        print(f"allowed, but nothing differs: {pattern}")
    print(f"{len(before)} answers saved: {len(before.keys() - set(differing))} equal")
    print(f"{len(unexpected)} differ or are missing, {len(differing) - len(unexpected)} as allowed")
    print(f"{len(after.keys() - before.keys())} new")
    return len(unexpected)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["save", file]:
            with open_gzip(file, "wt", encoding="utf-8") as out:
                found = {name: kept(answer) for name, answer in collected().items()}
                json.dump(found, out, ensure_ascii=False, indent=0, sort_keys=True)
            print(f"{len(found)} answers saved to {file}")
            return 0
        case ["compare", file]:
            with open_gzip(file, "rt", encoding="utf-8") as saved_file:
                before = json.load(saved_file)
            return 1 if compare(before, collected()) else 0
    print("usage: golden.py save|compare FILE.json.gz", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
