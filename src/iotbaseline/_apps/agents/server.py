"""The server: tools, resources and prompts of the Model Context Protocol, over standard input or local HTTP."""

from __future__ import annotations

from asyncio import run
from collections.abc import Callable
from functools import partial

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from mcp.server.mcpserver.resources import FunctionResource
from mcp.types import CallToolResult, ToolAnnotations

import iotbaseline as ib
from iotbaseline._apps.agents import prompts
from iotbaseline._apps.agents.tools import Tools
from iotbaseline.errors import IoTBaselineError, UnknownIdentifierError

LOOPBACK = "127.0.0.1"
"""The only address that the server listens on."""
_JSON = "application/json"
_READS_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
INSTRUCTIONS = """\
NIST's IoT cybersecurity baselines and the frameworks they are mapped to, as data with sources. Offline and read-only.
1. Find identifiers with search; ask the other tools with them.
2. Read conclusion and cautions first, and repeat the cautions that concern what you say.
3. NOTHING FOLLOWS means that this data does not answer the question. Say so. Never fill it in from memory.
4. Cite each element by its identifier and locator with the url of its source, and each mapping with its basis.
   official: the publisher printed it. curated: this project's judgement. derived: computed. user: the user's own file.
   fidelity is full (checked against a whole copy), partial or secondary (by what others say).
5. related is a weak link and no evidence of compliance. not mapped is neither covered nor a gap.
6. Summaries are this project's words, not the publication's. Do not quote them as its wording.
7. A document holds one page of its list. Unless page.next_offset is null, ask again with that offset."""


def server(tools: Tools) -> MCPServer[object]:
    """The server of a library with its tools, resources and prompts."""
    made: MCPServer[object] = MCPServer(
        "iotbaseline",
        title="IoT cybersecurity baselines",
        version=ib.__version__,
        instructions="\n".join([INSTRUCTIONS, *_own(tools)]),
        log_level="WARNING",
    )
    for tool in offered(tools):
        made.add_tool(tool, annotations=_READS_ONLY)
    _add_resources(made, tools)
    for prompt in prompts.ALL:
        made.prompt()(prompt)
    return made


def serve(tools: Tools, port: int | None) -> None:
    """Answer until the client is done: over standard input and output, or over HTTP on a port of this machine."""
    made = server(tools)
    if port is None:
        made.run("stdio")
    else:
        made.run("streamable-http", host=LOOPBACK, port=port, stateless_http=True, json_response=True)


def offered(tools: Tools) -> tuple[Callable[..., CallToolResult], ...]:
    """The functions that are offered as tools."""
    return (
        tools.search,
        tools.get,
        tools.explain,
        tools.crosswalk,
        tools.reach,
        tools.coverage,
        tools.diff,
        tools.history,
        tools.migrate,
        tools.check_profile,
        tools.compare,
    )


def listed(made: MCPServer[object]) -> dict[str, object]:
    """The names of tools, resources and prompts with what they are for."""

    async def names() -> dict[str, object]:
        return {
            "tools": [{"name": each.name, "description": each.description} for each in await made.list_tools()],
            "resources": [each.uri_template for each in await made.list_resource_templates()],
            "prompts": [{"name": each.name, "description": each.description} for each in await made.list_prompts()],
        }

    return run(names())


def _own(tools: Tools) -> list[str]:
    """What the user brought, in words."""
    named = {"Files of the user's own": tools.files, "Profiles of the user's own": tools.profiles}
    return [f"{what}: {', '.join(files)}." for what, files in named.items() if files]


def _add_resources(made: MCPServer[object], tools: Tools) -> None:
    for info in tools.library.publications:
        made.add_resource(
            FunctionResource(
                fn=partial(_text, tools, info.key),
                uri=f"iotbaseline://publication/{info.key}",
                name=info.key,
                title=info.title,
                description=f"{info.published or 'undated'}, {info.notice or 'current'}",
                mime_type=_JSON,
            )
        )

    @made.resource("iotbaseline://publication/{key}", mime_type=_JSON)
    def publication(key: str) -> str:  # pyright: ignore[reportUnusedFunction]
        """A publication: what it is, how it is held, and its first elements; the tool get has the others."""
        return _text(tools, key)

    @made.resource("iotbaseline://element/{identifier}", mime_type=_JSON)
    def element(identifier: str) -> str:  # pyright: ignore[reportUnusedFunction]
        """An element: what it asks for, where it is printed, and what stands below it."""
        return _text(tools, identifier)


def _text(tools: Tools, identifier: str) -> str:
    """The text of a resource; raises :class:`ResourceError` if there is none."""
    try:
        return tools.read(identifier)
    except UnknownIdentifierError as error:
        raise ResourceNotFoundError(str(error)) from error
    except IoTBaselineError as error:
        raise ResourceError(str(error)) from error
