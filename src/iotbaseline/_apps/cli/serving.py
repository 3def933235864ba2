"""The command mcp: the answers of the others for software agents."""

from __future__ import annotations

import click

import iotbaseline as ib
from iotbaseline._apps.cli.answer import Answer
from iotbaseline._apps.cli.command import FILES, FORMAT, PLAIN, command
from iotbaseline._display.extras import require


@command("mcp", "mcp --http 8425 --profile my-profile.toml", formats=PLAIN)
@click.option("--http", type=click.IntRange(1, 65535), metavar="PORT", help="Serve over HTTP on this machine instead.")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="A profile of your own (.toml, .json) that agents may name.",
)
def mcp(http: int | None, profiles: tuple[str, ...], library: ib.Library) -> Answer:
    """Serve the library to software agents (MCP), over standard input and output; --json lists what is offered."""
    require("mcp")
    from iotbaseline._apps.agents import server
    from iotbaseline._apps.agents.tools import Tools

    context = click.get_current_context()
    tools = Tools(library, context.meta[FILES], profiles)
    if context.meta[FORMAT] == "json":
        return Answer(document=server.listed(server.server(tools)))
    server.serve(tools, http)
    return Answer(document={}, text="")
