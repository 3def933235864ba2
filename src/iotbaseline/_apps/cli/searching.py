"""The command search, apart from the others since it needs SQLite."""

from __future__ import annotations

from collections.abc import Sequence

import click

import iotbaseline as ib
from iotbaseline._apps.cli import answer
from iotbaseline._apps.cli.answer import Answer
from iotbaseline._apps.cli.command import command
from iotbaseline._apps.cli.names import PUBLICATION
from iotbaseline._library.bounds import HITS
from iotbaseline._library.search import SEARCHED


@command("search jtag", "search unique identifier --publication ir8259a --limit 3")
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(SEARCHED), metavar="KIND", help="Only one kind, such as control.")
@click.option("--publication", type=PUBLICATION, help="Only one publication.")
@click.option("--in-force", is_flag=True, help="Leave out what is superseded or withdrawn.")
@click.option("--limit", default=HITS, show_default=True, help="How many at most.")
def search(
    words: Sequence[str], kind: str | None, publication: str | None, in_force: bool, limit: int, library: ib.Library
) -> Answer:
    """Find publications and elements by words of their titles and summaries."""
    text = " ".join(words)
    found = ib.search(text, kind=kind, publication=publication, in_force=in_force, limit=limit, library=library)
    return answer.of(found, ("score", "id", "title", "summary"), nothing=f"nothing found for: {text}")
