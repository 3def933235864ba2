"""Hostile inputs made from scratch: well-formed JSON, TOML and tables of known names with whatever may be in them."""

from __future__ import annotations

import csv
import json
import math
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from io import StringIO
from random import Random
from typing import Any, cast

from attrs import frozen

from tests.fuzz.mutations import HOSTILE, LARGEST, VALUES, mutated, shuffled

_NUMBERS: tuple[object, ...] = (
    *(0, -0.0, 1, -1, 0.1, 2**31, 2**53 + 1, -(2**63), 10**30, 1e-320, 1.8e308, math.nan, math.inf, -math.inf),
    *("0", "1", "-1", "1.0", "1e3", "0x10", "１", "9" * 400, "NaN"),
)
_DAYS = ("2026-11-30", "2026-1-1", "2026-02-29", "0000-00-00", "10000-01-01", "2026-11-30T25:00:00Z", "2026-W01-1")
_TEXTS = (
    *("null", "true", "None", "id", "*", "**", ".*", "a:b:c", ":", "a:", ":a", "ir8425:", "IR 8425", "ir8425@2020"),
    *("sp800-53r5:ac-2", "AC-2(1)", "ac-2.1.1.1.1", "DO:SMP(5e)", "profile:", "profile:mine", "profile:consumer"),
    *(f"{'a' * 300}.json", f"{'a' * 300}.toml", "a.json", "b.toml"),
    *("/etc/passwd", "../..", "C:\\x", "file:///x", "http://x.test/", "a\u200bb", "\u0130", "ß", "ﬃ", "\u0344" * 40),
    *("\U0001f600", "\ufeff", "\udcff", "a\x00b", "\x7f", "a\tb", " a ", "a\u00a0b", "é", "e\u0301", "\u1e9b\u0323"),
)
_ANYTHING: tuple[object, ...] = (*VALUES, *_NUMBERS, *_DAYS, *_TEXTS)
_DEEP = 8
"""How many levels of a value are made anew."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@frozen
class _Seed:
    """What a seed says, everything within it, the names in it, and how such a thing is written."""

    document: Any
    parts: tuple[Any, ...]
    names: tuple[str, ...]
    write: Callable[[Random, Any], str]


def hostile(random: Random, seeds: Sequence[bytes]) -> bytes:
    """A seed that is altered, something new that is like one, or tokens of one in any order."""
    [make] = random.choices((mutated, grown, shuffled), (6, 4, 1))
    return make(random, seeds)


def grown(random: Random, seeds: Sequence[bytes]) -> bytes:
    """Something new in the format of a seed, made of its names and values.

    An altered seed if the seed has no format, or what is made is too deep to be written.
    """
    seed = _read(random.choice(seeds))
    if seed is None:
        return mutated(random, seeds)
    try:
        text = seed.write(
            random, _tree(random, seed, 4) if random.random() < 0.05 else _regrown(random, seed.document, seed)
        )
    except RecursionError:
        return mutated(random, seeds)
    for mark in ("\ufeff", " \n", "{", "\x00"):
        text = mark + text if random.random() < 0.01 else text
    return text.encode("utf-8", "surrogatepass")[:LARGEST]


@lru_cache(maxsize=2_000)
def _read(raw: bytes) -> _Seed | None:
    """A seed, or ``None`` for one in no format."""
    try:
        text = raw.decode()
    except ValueError:
        return None
    for parse, write in _FORMATS:
        try:
            document = parse(text)
            if isinstance(document, dict | list) and document:
                parts = (document, *_parts(document))
                return _Seed(document, parts, tuple(each for each in parts if isinstance(each, str)) or ("a",), write)
        except (ValueError, RecursionError):
            continue
    return None


def _table(text: str) -> list[list[str]]:
    """The rows of a table; raises ``ValueError`` for a text that is none."""
    lines = [line for line in text.splitlines() if line]
    mark = max("\t,;", key=text.count)
    if len(lines) < 2 or mark not in text:
        raise ValueError("it is no table")
    return [line.split(mark) for line in lines]


def _parts(value: Any) -> Iterator[Any]:
    """Everything within a value."""
    for each in (*value, *value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield each
        yield from _parts(each)


def _regrown(random: Random, value: Any, seed: _Seed, depth: int = 0) -> Any:
    """Something like a value: most of it is kept, a little of it is anything; what lies deep is kept as it is."""
    if depth > _DEEP:
        return value
    if random.random() < 0.04:
        return _any(random, seed)
    if isinstance(value, dict):
        made = {_key(random, name, seed): _regrown(random, each, seed, depth + 1) for name, each in value.items()}
        for name in [name for name in made if random.random() < 0.04]:
            del made[name]
        return made | ({_name(random, seed): _any(random, seed)} if random.random() < 0.05 else {})
    if isinstance(value, list):
        count = random.choice((len(value), len(value), len(value), 0, 1, 2, 2 * len(value), 40 // (1 + depth * depth)))
        few = value[:count] + random.choices(value or [None], k=max(0, min(count, 100) - len(value)))
        return [_regrown(random, each, seed, depth + 1) for each in few]
    if isinstance(value, str) and random.random() < 0.1:
        return _respelled(random, value)
    return value


def _any(random: Random, seed: _Seed) -> Any:
    """Anything: a hostile value, something that stands elsewhere, a small tree, or a deep one."""
    roll = random.random()
    if roll < 0.5:
        return random.choice(_ANYTHING)
    if roll < 0.85:
        return random.choice(seed.parts)
    if roll < 0.97:
        return _tree(random, seed, 3)
    nested: Any = random.choice(_ANYTHING)
    name = _name(random, seed)
    for _ in range(random.choice((5, 60, 300, 900))):
        nested = {name: nested} if random.random() < 0.5 else [nested]
    return nested


def _tree(random: Random, seed: _Seed, depth: int) -> Any:
    roll = random.random() if depth else 1
    if roll < 0.4:
        return {_name(random, seed): _tree(random, seed, depth - 1) for _ in range(random.randint(0, 5))}
    if roll < 0.7:
        return [_tree(random, seed, depth - 1) for _ in range(random.randint(0, 4))]
    return random.choice(_ANYTHING) if random.random() < 0.5 else random.choice(seed.parts)


def _key(random: Random, name: str, seed: _Seed) -> str:
    return _name(random, seed) if random.random() < 0.02 else name


def _name(random: Random, seed: _Seed) -> str:
    """The name of a key, mostly one that is known."""
    return random.choice(seed.names if random.random() < 0.8 else _TEXTS)[:200]


def _respelled(random: Random, text: str) -> str:
    spelled = (text.upper, text.title, text.strip, text.swapcase)
    ways = (*(way() for way in spelled), text[:-1], text[1:], text * 2, f"{text} {text}", f" {text}\n", text[::-1])
    odd = random.choice(HOSTILE).decode("utf-8", "surrogateescape")
    place = random.randint(0, len(text))
    return random.choice((*ways, text[:place] + odd + text[place:], text + random.choice(_TEXTS)))


def _json(random: Random, value: Any) -> str:
    indent = 1 if random.random() < 0.05 else None
    written = json.dumps(value, indent=indent, ensure_ascii=random.random() < 0.5, default=str)
    if isinstance(value, dict) and value and random.random() < 0.02:
        return f'{{"{random.choice([*value])}":0,{written[1:]}'  # A name that is there twice.
    return written


def _toml(random: Random, value: Any) -> str:
    """A document in TOML, its tables with heads of their own or within a line."""
    if not isinstance(value, dict):
        return _json(random, value)
    lines: list[str] = []
    tables: list[str] = []
    for name, held in cast("dict[str, Any]", value).items():
        each = held if isinstance(held, list) and held and all(isinstance(one, dict) for one in held) else None
        if each is not None and random.random() < 0.8:
            tables += [f"[[{_quoted(name)}]]\n{_lines(random, one)}" for one in each]
        elif isinstance(held, dict) and random.random() < 0.8:
            tables.append(f"[{_quoted(name)}]\n{_lines(random, held)}")
        else:
            lines.append(_lines(random, {name: held}))
    return "\n".join((*lines, *tables))


def _lines(random: Random, table: dict[str, Any]) -> str:
    return "\n".join(f"{_quoted(name)} = {_inline(random, held)}" for name, held in table.items())


def _inline(random: Random, value: Any, depth: int = 0) -> str:
    if depth > 200:
        return "[" * 500 + "]" * 500
    if isinstance(value, dict):
        table = cast("dict[str, Any]", value).items()
        inside = ", ".join(f"{_quoted(name)} = {_inline(random, held, depth + 1)}" for name, held in table)
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{', '.join(_inline(random, each, depth + 1) for each in value)}]"
    if isinstance(value, str):
        return value if _DATE.fullmatch(value) and random.random() < 0.3 else json.dumps(value)
    return "[]" if value is None else str(value).lower()


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)


def _csv(random: Random, rows: Any) -> str:
    """A table, whose cells may be anything, or something else in JSON."""
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return _json(random, rows)
    out = StringIO()
    written = csv.writer(
        out, delimiter=random.choice("\t\t\t,,,;|"), lineterminator=random.choice(("\n", "\r\n", "\r"))
    )
    written.writerows([str(cell) for cell in row] for row in rows)
    return out.getvalue()


_FORMATS: tuple[tuple[Callable[[str], Any], Callable[[Random, Any], str]], ...] = (
    (json.loads, _json),
    (tomllib.loads, _toml),
    (_table, _csv),
)
