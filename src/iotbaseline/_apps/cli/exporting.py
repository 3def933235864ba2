"""Commands that write other people's formats: export, graph."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import click

import iotbaseline as ib
from iotbaseline._apps.cli import answer
from iotbaseline._apps.cli.answer import Answer
from iotbaseline._apps.cli.command import FORMAT, PLAIN, command
from iotbaseline._apps.cli.names import SELECTABLE, is_file, selected
from iotbaseline.errors import ArgumentTypeError, counted, printable
from iotbaseline.formats import graph_files
from iotbaseline.formats.graph_files import GRAPH_FORMATS
from iotbaseline.formats.registry import FORMATS

_PAIR = "--"
_WRITTEN = [each.name for each in FORMATS.values() if each.takes]


@command(
    "export ir8425 oscal-catalog ir8425.json",
    "export ir8425--ir8259a sssom crosswalk.tsv --strict",
    formats=PLAIN,
)
@click.argument("thing", type=SELECTABLE)
@click.argument("target_format", metavar="FORMAT", type=click.Choice(_WRITTEN))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Write nothing if anything would be lost.")
def export(thing: str, target_format: str, path: Path, strict: bool, library: ib.Library) -> Answer:
    """Write a publication, profile or crosswalk in the format of another tool, and say what is lost by it.

    THING is the name of a publication or profile, a profile file of your own, or SUBJECT--OBJECT for the crosswalk
    between two publications. PATH is a new file, or a new folder for a format of several files.
    """
    if os.path.exists(path):  # noqa: PTH110  # A name that is too long is no file either.
        raise click.ClickException(printable(f"{path} exists; name a new file or folder"))
    try:
        return answer.report(ib.export(_named(thing, library), target_format, path, strict=strict, library=library))
    except ArgumentTypeError as error:
        ways = {
            "profiles": f"the profiles are {', '.join(library.profile_keys)}",
            "crosswalks": "write SUBJECT--OBJECT",
        }
        hints = [ways[each] for each in FORMATS[target_format].takes if each in ways]
        raise click.ClickException("; ".join((str(error), *hints))) from error
    except OSError as error:
        raise click.FileError(str(path), str(error.strerror)) from error


def _named(thing: str, library: ib.Library) -> ib.Exportable:
    """What is exported: a crosswalk, a profile of a file, or the name as it is."""
    subject, pair, obj = thing.partition(_PAIR)
    if pair and not is_file(thing):
        return ib.crosswalk(subject, obj, library=library)
    return selected(thing, library)


@command("graph ir8425 ir8259a --output profile.graphml", "graph ir8425 --json", formats=PLAIN)
@click.argument("publications", nargs=-1, metavar="[PUBLICATION]...", type=SELECTABLE)
@click.option("--output", type=click.Path(dir_okay=False), help=f"A file: {', '.join(GRAPH_FORMATS)}.")
def graph(publications: Sequence[str], output: str | None, library: ib.Library) -> Answer:
    """Write publications, or all there are, as a graph to a file whose suffix names the format."""
    if output is None and click.get_current_context().meta[FORMAT] != "json":
        raise click.UsageError("give --output FILE, or --json for node-link JSON")
    made = ib.graph(*publications, library=library)
    if output is None:
        return Answer(document=json.loads(graph_files.node_link(made)))
    try:
        ib.export_graph(made, output)
    except OSError as error:
        raise click.FileError(output, str(error.strerror)) from error
    counts = {"nodes": len(made), "edges": made.number_of_edges()}
    return Answer(
        document={"written": output, **counts},
        text=f"{output}: {counted(counts['nodes'], 'node')}, {counted(counts['edges'], 'edge')}",
    )
