"""Commands about profiles: profile, compare, check, init."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

import iotbaseline as ib
from iotbaseline._apps.cli import answer
from iotbaseline._apps.cli.answer import Answer
from iotbaseline._apps.cli.command import PLAIN, command, write_new
from iotbaseline._apps.cli.names import PUBLICATION, SELECTABLE, profile_of, selected
from iotbaseline._display.records import Record
from iotbaseline._files.documents import decoded
from iotbaseline._profiles.reader import LARGEST, read_text
from iotbaseline._profiles.starter import starter
from iotbaseline.errors import DataError, DataErrors, printable


@command("profile federal", "profile my-profile.toml --level critical")
@click.argument("key_or_path", type=SELECTABLE)
@click.option("--level", help="Only what holds at one level of the profile.")
def profile(key_or_path: str, level: str | None, library: ib.Library) -> Answer:
    """Show what a profile resolves to: one that ships (federal), or a file of your own (my-profile.toml)."""
    return answer.of_profile(profile_of(key_or_path, library).resolve(level))


@command("compare consumer industrial", "compare consumer ir8259b --markdown")
@click.argument("left", type=SELECTABLE)
@click.argument("right", type=SELECTABLE)
@click.option("--through", multiple=True, type=PUBLICATION, metavar="PUBLICATION", help="What paths may lead through.")
def compare(left: str, right: str, through: Sequence[str], library: ib.Library) -> Answer:
    """Compare two profiles, or a profile and a publication, element by element."""
    one, other = selected(left, library), selected(right, library)
    found = ib.compare(one, other, through=through, library=library)
    return answer.of(found, ("side", "element", "name", "kind", "partners"), heading=str(found))


@command("check my-profile.toml", "check - < my-profile.toml", formats=PLAIN)
@click.argument("path")
def check(path: str, library: ib.Library) -> Answer:
    """Check a profile file of your own, or "-" for standard input; ends with status 1 if anything is wrong with it."""
    return of_problems(_of_input(library) if path == "-" else ib.check_profile(path, library=library), path)


def of_problems(errors: Sequence[DataError], name: str) -> Answer:
    """The problems of a profile, which is called ``name``."""
    return Answer(
        document={"problems": [_fields(error) for error in errors]},
        text=str(DataErrors(errors)) if errors else printable(f"{name}: no problems"),
        status=1 if errors else 0,
    )


def _of_input(library: ib.Library) -> tuple[DataError, ...]:
    try:
        text = decoded(sys.stdin.buffer.read(LARGEST + 1), "standard input", LARGEST)
    except DataError as error:
        return (error,)
    name = "stdin.json" if text.lstrip().startswith("{") else "stdin.toml"
    return read_text(text, name, library)[1]


def _fields(error: DataError) -> Record:
    return {name: getattr(error, name) for name in ("file", "place", "problem", "fix")}


@command("init my-profile.toml", "init mine.toml --json", formats=PLAIN)
@click.argument("path", type=click.Path(path_type=Path))
def init(path: Path, library: ib.Library) -> Answer:  # noqa: ARG001
    """Write a profile to begin with, as a TOML file that explains itself."""
    if path.suffix != ".toml":
        raise click.UsageError(printable(f"{path} is to be a TOML file; let it end in .toml"))
    write_new(path, starter(path.name))
    return Answer(document={"written": str(path)}, text=printable(f"{path} written; see: iotbaseline profile {path}"))
