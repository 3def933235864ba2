"""Commands about the user's own copies of publications: verify, compare-draft."""

from __future__ import annotations

import click

import iotbaseline as ib
from iotbaseline._apps.cli import answer
from iotbaseline._apps.cli.answer import Answer
from iotbaseline._apps.cli.command import command
from iotbaseline._apps.cli.names import PUBLICATION

_COPY = click.Path(exists=True, dir_okay=False)


@command("verify NIST.SP.800-213.pdf --publication sp800-213", "verify excerpt.txt --publication ir8425 --json")
@click.argument("copy", type=_COPY)
@click.option("--publication", type=PUBLICATION, help="What it is a copy of; without it, the wordings tell.")
def verify(copy: str, publication: str | None, library: ib.Library) -> Answer:
    """Tell which official wordings your own copy of a publication has, and on which page."""
    return answer.report(ib.verify(copy, publication=publication, library=library))


@command(
    "compare-draft draft.txt sp800-213",
    "compare-draft draft.txt sp800-213 --with sp800-213=NIST.SP.800-213.pdf",
    name="compare-draft",
)
@click.argument("draft", type=_COPY)
@click.argument("publication", type=PUBLICATION)
def compare_draft(draft: str, publication: str, library: ib.Library) -> Answer:
    """Tell, provisionally, what a draft changes of a publication; --with your copy of that shows both texts."""
    return answer.report(ib.compare_draft(draft, publication, library=library))
