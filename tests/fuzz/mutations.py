"""Hostile inputs, made of good ones: bytes, tokens, lines, cells and values of JSON are altered, moved and mixed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any, TypeAlias, cast

Edit: TypeAlias = Callable[[Random, bytes, Sequence[bytes]], bytes]

LARGEST = 50_000
"""How many bytes an input has at most."""

HOSTILE = (
    b"\x00", b"\r", b"\x1b]0;x\x07", "\u202e".encode(), "\x9b".encode(), b"\xff", b"\xed\xa0\x80", b"\\ud800", b'"',
    b'""', b"'", b"'''", b'"""', b",", b"\t", b"\n", b"{", b"}", b"[", b"]", b"[" * 2_000, b'{"a":' * 2_000,
    b"9" * 5_000, b"0x" + b"f" * 5_000, b"-1", b"NaN", b"Infinity", b"null", b"true", b"x" * 10_000,
    b"\xcc\x80\xcc\xa3" * 500, b"../" * 20, b"/dev/zero", b"1e999", b"=cmd|' /C calc'!A0", b"<!--", b"<![CDATA[",
    b"&#x1b;", b"]](", b"|", b":", b"@", b"#", b"a." * 200, b"profile:federal", b"ir8259a", b"sp800-53r5:ac-2",
    b"\xef\xbb\xbf", "ﬃ".encode(), "\u2028".encode(), "İ".encode(), "\ufffe".encode(), b"&x ", b"*x ", b"<<: ",
    b"!!python/object:os.system ", b"9999-12-31", b"0001-01-01", b"2026-02-30", b"\\", b"%s", b"{0}", b"$",
    b"<!", b"<![", b"<?x", b"</", b"<a b=", b"&#x110000;", b"&#55296;", b"]]>", b"---", b"\n...\n", b"%YAML 9.9\n",
    b"? ", b"!!timestamp ", b"!!binary ", b"!!set ", b"!!omap ", b"1:30", b".inf", b"0b1", b"1_000", b" = ", b"-0",
    b"1979-05-27T07:32:00.999999Z", b"24:00:00", b"1979-05-27 07:32:00+99:99", b"[[", b"]]", b"\\u0000", b"\\U00110000",
    b"1e-400", b"{{", b"}}", b"{{ insert: param, ", b"](#", b"![", b"<sup>1</sup>", b"[^1]", b"```", b"\x0c", b"\x0b",
    b"\x1c", b"\xc2\x85", b"\xc2\xad", b"-\n", b"\n1. ", b"(a) ", b"#c ", b"\r\n", b"\n\n", b".", b"..", b"~", b"/",
)  # fmt: skip
"""Bytes that have broken readers before, or mean something to one of them."""
VALUES: tuple[object, ...] = (
    None, True, 0, -1, 10**400, 1e308, float("nan"), "", " ", "\0", "\x1b[31m", "\ud800", "\u202e", "x" * 5_000, "=1+1",
    [], {}, [[]], [None], {"": ""}, "ir8259a", "profile:federal", "sp800-53r5:ac-2", "9999-12-31", "a" * 300,
)  # fmt: skip
"""Values that may stand where others should."""
_TOKEN = re.compile(rb"[\w-]+|\s+|.", re.DOTALL)
_MARKS = (b"\t", b",", b";")


def mutated(random: Random, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds, altered a few times."""
    raw = random.choice(seeds)
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4, 6))):
        raw = random.choice(_EDITS)(random, raw, seeds)
    return raw[:LARGEST]


def shuffled(random: Random, seeds: Sequence[bytes]) -> bytes:
    """Tokens of a seed in any order, with hostile bytes among them."""
    tokens = _TOKEN.findall(random.choice(seeds)) or [b""]
    count = random.choice((3, 8, 20, 60))
    return b"".join(random.choice(HOSTILE if random.random() < 0.3 else tokens) for _ in range(count))[:LARGEST]


def _place(random: Random, raw: bytes) -> tuple[int, int]:
    """Where a part of an input begins and ends; most parts are short."""
    start = random.randint(0, len(raw))
    return start, min(len(raw), start + random.choice((0, 0, 1, 2, 8, 60)))


def _hostile(random: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _place(random, raw)
    return raw[:start] + random.choice(HOSTILE) + raw[end:]


def _odd(random: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _place(random, raw)
    odd = random.randbytes(2) if random.randint(0, 1) else chr(random.randint(0, 0xD7FF)).encode()
    return raw[:start] + odd + raw[end:]


def _without(random: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _place(random, raw)
    return raw[:start] + raw[end:]


def _repeated(random: Random, raw: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _place(random, raw)
    return raw[:end] + raw[start:end] * random.choice((1, 2, 500)) + raw[end:]


def _spliced(random: Random, raw: bytes, seeds: Sequence[bytes]) -> bytes:
    other = random.choice(seeds)
    return raw[: random.randint(0, len(raw))] + other[random.randint(0, len(other)) :]


def _token(random: Random, raw: bytes, seeds: Sequence[bytes]) -> bytes:
    """A token takes the place of another one."""
    tokens, others = (_TOKEN.findall(each) for each in (raw, random.choice(seeds)))
    if tokens and others:
        tokens[random.randrange(len(tokens))] = random.choice(others)
    return b"".join(tokens)


def _line(random: Random, raw: bytes, seeds: Sequence[bytes]) -> bytes:
    """A line is moved, repeated or left out, or one of another input comes in."""
    lines, others = (each.split(b"\n") for each in (raw, random.choice(seeds)))
    taken = lines.pop(random.randrange(len(lines)))
    for new in random.choice(((), (taken,), (taken, taken), (taken, random.choice(others)))):
        lines.insert(random.randint(0, len(lines)), new)
    return b"\n".join(lines)


def _cell(random: Random, raw: bytes, seeds: Sequence[bytes]) -> bytes:
    """A cell of a table is another one, hostile or gone; or a column is."""
    lines = raw.split(b"\n")
    mark = max(_MARKS, key=raw.count)
    place = random.randrange(len(lines))
    cells, others = lines[place].split(mark), random.choice(random.choice(seeds).split(b"\n")).split(mark)
    new = random.choice(
        (random.choice(HOSTILE), random.choice(others), b"", mark, b'"' + random.choice(HOSTILE) + b'"')
    )
    cells[random.randrange(len(cells))] = new
    lines[place] = mark.join(cells)
    return b"\n".join(lines)


def _value(random: Random, raw: bytes, seeds: Sequence[bytes]) -> bytes:
    """A value of a JSON text is another one, twice there or gone; a hostile edit if it is no such text."""
    try:
        document = json.loads(raw)
        places = [*_places(document)]
    except (ValueError, RecursionError):
        return _hostile(random, raw, seeds)
    if not places:
        return _hostile(random, raw, seeds)
    within, step = random.choice(places)
    other, name = random.choice(places)
    how = random.randint(0, 5)
    if how == 0:
        del within[step]
    elif how == 1 and isinstance(within, list):
        within.insert(step, json.loads(json.dumps(other[name])))
    elif how == 2 and isinstance(within, dict):
        within[str(random.choice((name, *VALUES)))] = within.pop(step)
    elif how == 3:
        within[step] = json.loads(json.dumps(other[name]))
    elif how == 4:
        within[step] = [within[step]]
    else:
        within[step] = random.choice(VALUES)
    try:
        return json.dumps(document, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
    except RecursionError:
        return raw


def _places(value: object) -> Iterator[tuple[Any, Any]]:
    """Every value within a value, by what holds it and its name or number there."""
    if isinstance(value, dict | list):
        steps = range(len(value)) if isinstance(value, list) else value
        for step in steps:
            yield value, step
            yield from _places(cast("Any", value)[step])


_EDITS: tuple[Edit, ...] = (_hostile, _odd, _without, _repeated, _spliced, _token, _line, _cell, _value, _value)
