"""Commands about the command line itself: tour, completion, schema."""

from __future__ import annotations

import json

import click
from attrs import asdict
from click.shell_completion import get_completion_class

import iotbaseline as ib
from iotbaseline._apps.cli.answer import Answer
from iotbaseline._apps.cli.command import PLAIN, command
from iotbaseline._apps.cli.group import group
from iotbaseline._apps.cli.names import OneOf

_SCHEMA = ".schema.json"
_SHELLS = ("bash", "zsh", "fish")
_BASH_WORDS = "COMP_WORDBREAKS=${COMP_WORDBREAKS//:}\n"
"""Bash takes a colon for the end of a word; identifiers have one."""


@command("tour", "tour --json", formats=PLAIN)
def tour(library: ib.Library) -> Answer:  # noqa: ARG001
    """Answer one real question of each kind."""
    from iotbaseline._apps.tour import as_text
    from iotbaseline._apps.tour import tour as walk

    stops = walk()
    return Answer(document={"stops": [asdict(stop) for stop in stops]}, text=as_text(stops))


@command("completion bash", "completion fish > ~/.config/fish/completions/iotbaseline.fish", formats=PLAIN)
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str, library: ib.Library) -> Answer:  # noqa: ARG001
    """Print the script that completes commands, options and identifiers in a shell."""
    complete = get_completion_class(shell)
    assert complete is not None  # noqa: S101
    script = complete(group, {}, "iotbaseline", "_IOTBASELINE_COMPLETE").source()
    script = _BASH_WORDS + script if shell == "bash" else script
    return Answer(document={"shell": shell, "script": script}, text=script.rstrip("\n"))


def _described() -> list[str]:
    """The commands whose output has a schema; one of a group is named with a dash: ``assess-report``."""
    from importlib_resources import files

    schemas = (path.name for path in (files("iotbaseline._apps") / "schemas").iterdir())
    return sorted(name.removesuffix(_SCHEMA) for name in schemas if name.endswith(_SCHEMA))


@command("schema coverage", "schema assess-report", formats=PLAIN)
@click.argument("name", metavar="COMMAND", type=OneOf(_described))
def schema(name: str, library: ib.Library) -> Answer:  # noqa: ARG001
    """Print the JSON Schema of what a command prints with --json."""
    from importlib_resources import files

    text = (files("iotbaseline._apps") / "schemas" / f"{name}{_SCHEMA}").read_text("utf-8")
    return Answer(document={"schema": json.loads(text)}, text=text.rstrip("\n"))
