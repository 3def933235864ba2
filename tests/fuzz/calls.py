"""Calls with arguments of any type and value: of Python, of the command line, of agents."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir
from datetime import date, datetime
from functools import cache, partial
from inspect import Parameter, isclass, isfunction, signature
from pathlib import Path
from random import Random
from shutil import rmtree
from typing import Any

from attrs import evolve
from click.testing import CliRunner

import iotbaseline as ib
from iotbaseline import assessments, fleet
from iotbaseline._apps.cli import cli
from iotbaseline._library.library import DEFAULT
from iotbaseline.errors import shorten
from tests.fuzz import small
from tests.fuzz.grown import grown
from tests.fuzz.target import Target, ours, place, text
from tests.project.test_argument_types import GOOD

_MORE: dict[str, dict[str, Any]] = {
    "add_sarif": {"path": "missing.sarif", "rules": "missing.csv"},
    "check_assessment": {"path": "missing.toml"},
    "evidence_for": {"identifier": "ir8425:data-protection.1"},
    "migrate_assessment": {"before": "ir8259", "after": "ir8259r1"},
    "met": {},
    "plan": {"target": "ir8259a"},
    "read_assessment": {"path": "missing.toml"},
    "shows": {"target": "ir8259a"},
    "start": {"against": "consumer", "product": "T"},
    "to_toml": {},
    "write_questionnaire": {"path": "new.xlsx"},
}
"""Arguments that the functions about assessments take, beside an assessment."""


class _Text(str):
    __slots__ = ()


class _Number(int):
    pass


def _nested(depth: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


def _endless() -> list[Any]:
    found: list[Any] = []
    found.append(found)
    return found


@cache
def values() -> tuple[Any, ...]:
    """What may be given for anything: good values of other arguments, and bad ones."""
    consumer = ib.profile("consumer")
    return (
        *(None, True, False, 0, 1, -1, 3, 10**9, 2**63, 10**5000, 0.0, 0.5, -1.5, math.nan, math.inf, 1j, _Number(2)),
        *("", " ", "\0", "a\0.csv", "\ud800", "\u202eab", "\x1b]0;x\x07", "x" * 10_000, ".", "/", "..", "a" * 300),
        *("ir8425", "ir8259a", "IR 8259", "ir8259r1", "sp800-53r5:ac-2", "AC-2(1)", "DO:SMP(5e)", "consumer"),
        *("profile:federal", "LOW", "control", "official", "update", "oscal-catalog", "sssom", "2026-11-30", "low"),
        *("a.json", "a.csv", "a.tsv", "a.xlsx", "a.graphml", "a.toml", "folder/a.json", "missing.pdf", b"ir8425", b""),
        *(_Text("ir8425"), _Text("\ud800"), bytearray(b"x"), memoryview(b"x"), object(), repr),
        *([], [[]], (), {}, set[str](), frozenset({"ir8425"}), {"a": 1}, range(3), range(-1), iter(["ir8425"])),
        *([None], ["ir8425"], ["ir8425", 3], [""], ["\ud800"], ("ir8425", "ir8259a"), ["ir8425"] * 3, "ir8425,ir8259a"),
        *([("ir8425", "ir8259a")], [{"id": "ac-2"}], [{"id": None}], [{}], {"id": "ac-2"}, _nested(5_000), _endless()),
        *(ib.load("ir8425"), ib.get("sp800-53r5:ac-2"), [ib.get("sp800-53r5:ac-2")], consumer, consumer.resolve()),
        *(ib.crosswalk("ir8425", "ir8259a"), ib.fingerprint("a b"), [ib.fingerprint("a b")], ib.info("ir8259")),
        *(ib.Relation.SUBSET_OF, ib.Basis.OFFICIAL, Path("a.csv"), Path(), Path("\0"), date.max, date.min),
        *(datetime(2026, 11, 30), [date(2026, 1, 1), None], ib.graph("ir8259a"), _assessment(), [_assessment()]),
        *(evolve(ib.get("ir8425:data-protection.1"), id="nowhere"), ib.diff("ir8259", "ir8259r1"), DEFAULT),
    )


@cache
def _assessment() -> assessments.Assessment:
    return assessments.start("ir8425", "T")


@cache
def _functions() -> tuple[tuple[Callable[..., object], dict[str, Any]], ...]:
    """Every public function, with arguments that it takes."""
    about = {name: (getattr(assessments, name), good) for name, good in _MORE.items()}
    held = [(function, _with_assessment(function, good)) for function, good in about.values()]
    fleets: list[tuple[Callable[..., object], dict[str, Any]]] = [
        (fleet.findings, {"assessments": [_assessment()]}),
        (fleet.tables, {"selection": "ir8425", "target": "ir8259a"}),
        (fleet.report, {"findings": fleet.findings([_assessment()]), "target": "ir8259a"}),
        (fleet.connect, {"made": fleet.tables("ir8425", "ir8259a"), "findings": fleet.findings([_assessment()])}),
    ]
    return (*((getattr(ib, name), good) for name, good in GOOD.items()), *held, *fleets)


def _with_assessment(function: Callable[..., object], good: dict[str, Any]) -> dict[str, Any]:
    name = next(iter(signature(function).parameters))
    return good if name in good else {name: _assessment(), **good}


@cache
def _methods() -> tuple[tuple[Callable[..., object], dict[str, Any]], ...]:
    """Every public method of what the functions return, with no arguments yet."""
    things = (
        *(ib.load("ir8425"), ib.get("sp800-53r5:ac-2"), ib.crosswalk("ir8425", "ir8259a"), DEFAULT, _assessment()),
        *(
            ib.profile("consumer"),
            ib.profile("consumer").resolve(),
            ib.coverage("ir8425", "ir8259a"),
            ib.publications(),
        ),
        *(ib.diff("ir8259", "ir8259r1"), ib.history("ir8259"), ib.search("update"), ib.check_crosswalks()),
        *(ib.migrate(["ac-2"], "sp800-53r4", "sp800-53r5"), ib.explain("AC-2", "AC-3"), ib.reach("AC-2", "ir8425")),
        *(ib.compare("consumer", "industrial"), ib.side_by_side("consumer", "federal"), ib.errata()),
        *(assessments.shows(_assessment(), "ir8259a"), assessments.plan(_assessment(), "ir8259a")),
    )
    return tuple((method, {}) for thing in things for method in _public(thing))


def _public(thing: object) -> Iterator[Callable[..., object]]:
    named = [name for name in dir(type(thing)) if not name.startswith("_")]
    for name in named:
        held = getattr(type(thing), name, None)
        is_own = str(getattr(held, "__module__", "")).startswith("iotbaseline")
        if held is not None and is_own and not isclass(held) and (isfunction(held) or callable(getattr(thing, name))):
            yield getattr(thing, name)


def _called(functions: Callable[[], Sequence[tuple[Callable[..., object], dict[str, Any]]]], raw: bytes) -> str:
    """Call the function that the first bytes choose; each two bytes after them choose an argument and its value."""
    chosen = functions()
    function, good = chosen[int.from_bytes(raw[:2]) % len(chosen)]
    parameters = [each for each in signature(function).parameters.values() if each.kind is not Parameter.VAR_KEYWORD]
    given = dict(good)
    for argument, value in zip(raw[2::2], raw[3::2], strict=False):
        if parameters:
            given[parameters[argument % len(parameters)].name] = values()[value % len(values())]
    by_place = {each.name for each in parameters if each.kind in (Parameter.POSITIONAL_ONLY, Parameter.VAR_POSITIONAL)}
    has_none = (each.name for each in parameters if each.default is Parameter.empty)
    if any(name not in given and name not in by_place for name in has_none):
        return ""
    positional = [value for each, value in given.items() if each in by_place]
    named = {each: value for each, value in given.items() if each not in by_place}
    name = getattr(function, "__qualname__", str(function))
    try:
        with _clean():
            return f"{name}: {ours(lambda: _used(function(*positional, **named)))}"
    except OSError:
        return f"{name}: OSError"
    except BaseException as error:
        shown = ", ".join(f"{each}={shorten(value)}" for each, value in given.items())
        error.add_note(f"{name}({shown})")
        raise


def _used(found: object) -> None:
    """Take what comes out one by one, as far as somebody would."""
    if isinstance(found, Iterator):
        for _ in zip(range(100), found, strict=False):
            pass
    repr(found)


@cache
def _room() -> Path:
    return place("room")


class _clean(chdir[Path]):  # noqa: N801
    """A folder to work in that is empty before and after."""

    def __init__(self, files: dict[str, str] | None = None) -> None:
        rmtree(_room(), ignore_errors=True)
        _room().mkdir()
        for name, content in (files or {}).items():
            _room().joinpath(name).write_text(content, "utf-8")
        super().__init__(_room())


def _few_bytes(random: Random, _: Sequence[bytes]) -> bytes:
    return random.randbytes(random.choice((4, 4, 6, 8)))


# The command line

_FILES = {
    "acme.csv": "id,title\nA.1,Accounts\nA.2,Logs\n",
    "acme.tsv": "subject_id\tpredicate_id\tobject_id\nir8425:documentation\trelated\tir8259a:data-protection\n",
    "list.csv": "id,note\nac-2,x\n",
    "mine.toml": 'profile = "mine"\ntitle = "M"\nversion = "1"\nsummary = "s"\n[[imports]]\nfrom = "ir8259a"\n'
    'rationale = "r"\n',
    "t.toml": 'against = "ir8425"\ndata_version = "2026.11.0"\nproduct.key = "t"\nproduct.name = "T"\n',
    "copy.txt": "Device Data Protection\n",
}
_COMMANDS = (
    *("show ir8425", "show AC-2(1) --json", "list --format csv", "search data update --limit 3 --kind control"),
    *("map ir8425 ir8259a --unmapped", "map AC-2 ir8425 --markdown", "explain AC-2 AC-3 --max-hops 2 --through csf2.0"),
    *("reach IA-3 ir8425 --relation subset_of --weak", "coverage consumer ir8259a --within data-protection --json"),
    *("coverage mine.toml ir8259a", "diff ir8259 ir8259r1", "history ir8259 --format tsv", "errata ir8259", "profiles"),
    *("migrate list.csv sp800-53r4 sp800-53r5 --output new.csv", "migrate - sp800-53r4 sp800-53r5", "sources --json"),
    *("profile mine.toml --format html --output a.html", "check mine.toml", "compare consumer mine.toml --json"),
    *("export ir8425 oscal-catalog a.json --strict", "export ir8425 ir8259a sssom a.tsv", "graph ir8259a a.graphml"),
    *("show acme --with acme.csv", "map ir8425 ir8259a --with acme.tsv", "verify copy.txt --publication ir8425"),
    *("assess init consumer new.toml --product T", "assess check t.toml", "assess report t.toml --on 2026-11-30"),
    *("assess shows t.toml ir8259a --json", "assess plan t.toml ir8259a", "fleet report . --target ir8259a --soon 3"),
    *("compare-draft copy.txt ir8425", "init new.toml", "schema coverage", "findings ir8425 ir8259a", "--version"),
    *("show ir8425 --format xlsx --output a.xlsx", "completion bash", "assess evidence t.toml a.sarif list.csv"),
)
_LEFT_OUT = ("mcp", "site", "tour")
"""Commands that read nothing hostile, and take long or wait."""


def _commanded(raw: bytes) -> str:
    """Run a command; its arguments are lines, and what comes after an empty line is its standard input."""
    words, _, given = raw.partition(b"\n\n")
    arguments = [each.replace("/", "_").replace("\0", "") for each in text(words).split("\n")]
    if arguments and arguments[0] in _LEFT_OUT:
        return ""
    with _clean(_FILES):
        found = CliRunner().invoke(cli, arguments, input=given, color=True, prog_name="iotbaseline")
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    shown = found.output.encode("utf-8", "backslashreplace").decode()
    hidden = [each for each in shown if not each.isprintable() and each not in "\n\t"]
    assert not hidden or found.exit_code == 0, f"{hidden[0]!r} in {shown[:300]!r}"
    assert not {"\x1b", "\x9b", "\u202e"} & {*hidden}, f"{shown[:300]!r}"
    return f"{arguments[0][:20]} {found.exit_code} {found.stderr[:60]}"


# Agents

_ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("search", {"words": "data update", "kind": "control", "publication": "ir8425", "in_force": True}),
    ("get", {"identifier": "ir8425", "offset": 3, "limit": 5}),
    ("explain", {"subject": "AC-2", "object": "AC-3", "max_hops": 2, "through": ["csf2.0"]}),
    ("crosswalk", {"subject": "ir8425", "object": "ir8259a", "unmapped": True}),
    ("reach", {"element": "IA-3", "publication": "ir8425", "through": "csf2.0"}),
    ("coverage", {"selection": "consumer", "target": "ir8259a", "baseline": None, "level": None, "within": None}),
    ("diff", {"before": "ir8259", "after": "ir8259r1"}),
    ("history", {"publication": "ir8259"}),
    ("migrate", {"identifiers": ["ac-2"], "before": "sp800-53r4", "after": "sp800-53r5"}),
    ("check_profile", {"profile": _FILES["mine.toml"]}),
    ("compare", {"left": "consumer", "right": "federal", "through": None}),
)


@cache
def _server() -> tuple[Any, asyncio.AbstractEventLoop]:
    from iotbaseline._apps.agents.server import server
    from iotbaseline._apps.agents.tools import Tools

    return server(Tools(DEFAULT)), asyncio.new_event_loop()


def _asked(raw: bytes) -> str:
    """Call a tool: ``["search", {"words": "update"}]``, or another one if none is named so."""
    from mcp.server.mcpserver.exceptions import ToolError
    from pydantic import ValidationError

    try:
        given = json.loads(raw)
    except (ValueError, RecursionError):
        return ""
    tools = [name for name, _ in _ASKED]
    named = [each for each in given if each in tools] if isinstance(given, list) else []
    arguments = next((each for each in given if isinstance(each, dict)), {}) if isinstance(given, list) else given
    tool = named[0] if named else tools[len(raw) % len(tools)]
    made, loop = _server()
    try:
        found = loop.run_until_complete(made.call_tool(tool, arguments if isinstance(arguments, dict) else {}))
    except ToolError as error:
        if not isinstance(error.__cause__, ValidationError):
            raise
        wrong = error.__cause__.errors(include_url=False, include_input=False, include_context=False)
        return f"{tool}: {', '.join(str(each['type']) for each in wrong)}"[:300]
    return f"{tool}: {found.is_error} {len(found.model_dump_json()) // 100}"


def _read(raw: bytes) -> str:
    """Read the resource of an identifier."""
    from mcp.server.mcpserver.exceptions import ResourceError

    from iotbaseline._apps.agents.server import _text as read
    from iotbaseline._apps.agents.tools import Tools

    try:
        return str(json.loads(read(Tools(DEFAULT), text(raw))).keys())
    except ResourceError as error:
        failed = str(error)
    assert all(line.isprintable() for line in failed.split("\n"))
    return failed[:20]


# Fleets

_FINDINGS = {
    "product": ["a", "a", "b"],
    "component": [None, "wall", None],
    "element": ["ir8425:data-protection.1", "ir8425:data-protection.2", "ir8425:documentation.1.f"],
    "status": ["met", "not met", "partly met"],
    "date": ["2026-01-01", None, "2026-10-01"],
    "expires": [None, "2027-01-01", None],
}


@cache
def _tables() -> fleet.Tables:
    return fleet.tables("ir8425", "ir8259a", library=small.library())


@cache
def _duck() -> Any:
    """A connection for all inputs: each of its own costs more than all that is asked of it."""
    import duckdb

    return duckdb.connect()


def _rolled_up(raw: bytes) -> None:
    """Findings in Arrow, whose columns are lists in JSON, or in a file that is not Parquet."""
    import pyarrow

    try:
        columns = json.loads(raw)
        given: Any = pyarrow.table(columns)
    except (ValueError, TypeError, RecursionError, AttributeError, pyarrow.ArrowException, OverflowError):
        path = place("findings.parquet")
        path.write_bytes(raw)
        given = str(path)
    found = fleet.connect(_tables(), given, on=date(2026, 11, 30), connection=_duck())
    found.execute("SELECT * FROM fleet_coverage").fetchall()


TARGETS: dict[str, Target] = {
    "arguments": Target(partial(_called, _functions), (b"",), _few_bytes),
    "arguments of methods": Target(partial(_called, _methods), (b"",), _few_bytes),
    "command line": Target(_commanded, tuple(each.replace(" ", "\n").encode() + b"\n\nac-2\n" for each in _COMMANDS)),
    "agents": Target(_asked, tuple(json.dumps(each).encode() for each in _ASKED), grown),
    "resources of agents": Target(_read, (b"ir8425", b"AC-2(3)", b"ir8425:data-protection.1")),
    "fleets": Target(_rolled_up, (json.dumps(_FINDINGS).encode(),), grown),
}
