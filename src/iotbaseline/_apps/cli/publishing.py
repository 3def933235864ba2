"""The command that builds the site."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import asdict

import iotbaseline as ib
from iotbaseline._apps.cli.answer import Answer
from iotbaseline._apps.cli.command import PLAIN, command
from iotbaseline.errors import counted, printable


@command("site public", "site public-2026 --json", formats=PLAIN)
@click.argument("output", type=click.Path(path_type=Path))
def site(output: Path, library: ib.Library) -> Answer:
    """Build a site to browse: every publication, element, crosswalk and profile as pages in a new folder.

    The site needs no server and no network: open OUTPUT/index.html, or put the folder on any web server.
    """
    from iotbaseline._apps.site.build import build

    try:
        built = build(output, library)
    except OSError as error:
        raise click.ClickException(printable(f"{output} cannot be written ({error}); name a new folder")) from error
    text = f"{output}: {counted(built.pages, 'page')}, {built.size / 1e6:.0f} MB; open {output / 'index.html'}"
    return Answer(document={"written": str(output), **asdict(built)}, text=text)
