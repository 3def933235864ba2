"""The server for agents, asked by the official client."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

pytest.importorskip("mcp", reason="the extra mcp is not installed")

from mcp import Client, MCPError, StdioServerParameters
from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult, TextContent

import iotbaseline as ib
from iotbaseline._apps import agents
from iotbaseline._apps.agents import prompts, told
from iotbaseline._apps.agents import server as server_module
from iotbaseline._apps.agents.server import LOOPBACK, offered, serve, server
from iotbaseline._apps.agents.tools import Tools
from iotbaseline._apps.cli import cli
from iotbaseline._apps.cli.own import extended
from iotbaseline._library.library import DEFAULT
from iotbaseline._profiles.starter import starter
from tests.apps.agents.questions import QUESTIONS, error_of, main, rate

SCHEMAS = Path(agents.__file__).parents[1] / "schemas"
TOOLS = Tools(DEFAULT)
ASKED: dict[str, dict[str, Any]] = {
    "search": {"words": "unique identifier"},
    "get": {"identifier": "ir8425"},
    "explain": {"subject": "ir8425:data-protection.1", "object": "SC-28"},
    "crosswalk": {"subject": "ir8425", "object": "ir8259a"},
    "reach": {"element": "IA-3", "publication": "ir8425"},
    "coverage": {"selection": "federal", "target": "sp800-53r5", "baseline": "LOW"},
    "diff": {"before": "ir8259", "after": "ir8259r1"},
    "history": {"publication": "ir8259"},
    "migrate": {"identifiers": ["AU-8(1)", "SC-19"], "before": "sp800-53r4", "after": "sp800-53r5"},
    "check_profile": {"profile": "profile = 'mine'"},
    "compare": {"left": "consumer", "right": "ir8259b"},
}
"""A question for each tool, which finds several things."""

T = TypeVar("T")


def with_client(ask: Callable[[Client], Awaitable[T]], tools: Tools = TOOLS) -> T:
    async def run() -> T:
        async with Client(server(tools), raise_exceptions=True) as client:
            return await ask(client)

    return asyncio.run(run())


def call(tool: str, tools: Tools = TOOLS, **arguments: Any) -> dict[str, Any]:
    """What a tool answers."""
    result = with_client(lambda client: client.call_tool(tool, arguments), tools)
    assert not result.is_error, result.content
    return structured(result)


def refused(tool: str, tools: Tools = TOOLS, **arguments: Any) -> dict[str, str]:
    """The error that a tool ends with."""
    result = with_client(lambda client: client.call_tool(tool, arguments), tools)
    assert result.is_error
    return error_of(result)


def structured(result: CallToolResult) -> dict[str, Any]:
    content: dict[str, Any] = result.structured_content
    return content


def test_every_question_has_its_known_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(QUESTIONS) == 40
    assert {question["tool"] for question in QUESTIONS} == set(ASKED)
    main()
    assert capsys.readouterr().out == "40 of 40 questions answered as they should be\n"
    with capsys.disabled():
        print("\nagents: 40 of 40 questions answered as they should be", end=" ")


@pytest.mark.slow
def test_a_wrong_answer_is_noticed() -> None:
    def altered(part: dict[str, Any]) -> dict[str, Any]:
        return {name: value if name == "at" else "no such value" for name, value in part.items()}

    wrong = [{**question, "answers": [altered(part) for part in question["answers"]]} for question in QUESTIONS]
    assert asyncio.run(rate(wrong))[0] == 0
    unexpected = [{**question, "refused": not question.get("refused", False)} for question in QUESTIONS]
    assert asyncio.run(rate(unexpected))[0] == 0


def test_every_tool_says_that_it_only_reads() -> None:
    listed = with_client(lambda client: client.list_tools()).tools
    assert {tool.name for tool in listed} == set(ASKED)
    for tool in listed:
        assert tool.description
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        assert all('"description"' in json.dumps(schema) for schema in tool.input_schema["properties"].values())


@pytest.mark.parametrize("tool", ASKED)
def test_an_answer_is_the_document_of_the_command_line(tool: str) -> None:
    """The document is valid, and its pages together are what the command prints."""
    pages = list(walked(tool, limit=3))
    for page in pages:
        document = page["document"]
        schema = json.loads((SCHEMAS / f"{document['query']['command']}.schema.json").read_text("utf-8"))
        Draft202012Validator(schema).validate(document)
        assert document["data_version"] == page["data_version"] == ib.data_version
    name = pages[0]["page"]["list"]
    whole = call(tool, **ASKED[tool], limit=100)
    items = [item for page in pages for item in page["document"]["result"][name]]
    assert items[: whole["page"]["returned"]] == whole["document"]["result"][name]
    assert len(items) == whole["page"]["total"] > 1
    assert [page["page"]["returned"] for page in pages[:-1]] == [3] * (len(pages) - 1)


def walked(tool: str, limit: int) -> Iterator[dict[str, Any]]:
    """All pages of an answer."""
    offset: int | None = 0
    while offset is not None:
        page = structured(getattr(TOOLS, tool)(**ASKED[tool], offset=offset, limit=limit))
        yield page
        offset = page["page"]["next_offset"]


@pytest.mark.parametrize("tool", ASKED)
def test_an_answer_carries_its_sources(tool: str) -> None:
    answer = call(tool, **ASKED[tool])
    assert answer["conclusion"]
    assert answer["basis"]
    named = set(re.findall(r"[a-z0-9.-]+(?=:)", json.dumps(answer["document"]["result"])))
    sources = {source["key"]: source["url"] for source in answer["sources"]}
    assert named & {info.key for info in ib.publications()} <= set(sources)
    assert all(url is None or url.startswith("https://") for url in sources.values())
    assert sources or tool == "check_profile"


def test_a_client_that_reads_only_text_is_told_the_same() -> None:
    first, second = TOOLS.explain("ir8425:data-protection.1", "sp800-53r5:pe-1").content
    assert isinstance(first, TextContent)
    assert isinstance(second, TextContent)
    assert first.text.startswith("NOTHING FOLLOWS: ")
    assert json.loads(second.text)["conclusion"] == first.text


@pytest.mark.slow
def test_answers_are_bounded() -> None:
    """The longest lists, and the biggest publications and profiles, at the largest page."""
    asked = [("get", (name,)) for name in (*(info.key for info in ib.publications()), *DEFAULT.profile_keys)]
    more: list[tuple[str, tuple[str, ...]]] = [
        ("diff", ("sp800-53r4", "sp800-53r5")),
        ("coverage", ("consumer", "en303645v3.1.3")),
        ("crosswalk", ("sp800-213a", "sp800-53r5")),
        ("compare", ("federal", "industrial")),
    ]
    for tool, arguments in (*asked, *more):
        result: CallToolResult = getattr(TOOLS, tool)(*arguments, limit=100)
        assert len(json.dumps(structured(result))) < 50_000, (tool, arguments)


def test_a_page_has_one_item_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "LARGEST", 10)
    page = structured(TOOLS.get("ir8425"))["page"]
    assert (page["returned"], page["next_offset"]) == (1, 1)


def test_a_page_behind_the_last_one_is_an_error() -> None:
    assert refused("get", identifier="ir8259r1", offset=700) == {
        "error": "QueryError",
        "problem": "offset is 700, and there are 16 elements",
        "fix": "ask below 16",
    }


@pytest.mark.parametrize(
    ("arguments", "problem", "fix"),
    [
        ({"subject": "ir8425"}, "name a second publication, or one element of ir8425", "it has crosswalks with: cra"),
        ({"subject": "ir8425:software-update", "object": "AC-2"}, "AC-2 is no publication", "ask explain with ir8425:"),
        (
            {"subject": "ir8425:software-update", "unmapped": True},
            "unmapped needs two publications",
            "name them as subject and object",
        ),
    ],
)
def test_errors_of_the_command_line_are_said_in_words_of_the_tools(
    arguments: dict[str, Any], problem: str, fix: str
) -> None:
    error = refused("crosswalk", **arguments)
    assert error["problem"] == problem
    assert error["fix"].startswith(fix)


def test_the_fix_of_an_error_can_be_followed_word_for_word() -> None:
    fix = refused("coverage", selection="ir8425", target="csf2.0")["fix"]
    found = re.match(r'pass through="([^"]*)"', fix)
    assert found
    one = call("coverage", selection="ir8425", target="csf2.0", through=found[1])
    assert one == call("coverage", selection="ir8425", target="csf2.0", through=[found[1]])


def test_a_title_is_no_name() -> None:
    error = refused("get", identifier="unique identifier")
    assert error["fix"].endswith('ask search with "unique identifier"')


def test_an_error_is_text_only() -> None:
    """Some clients hold what is structured against the schema of an answer, also of an error."""
    [content] = TOOLS.get("ir8425:data-protecton").content
    assert isinstance(content, TextContent)
    assert content.text == (
        "error: UnknownIdentifierError\nproblem: unknown element of ir8425 'ir8425:data-protecton'\n"
        "fix: did you mean ir8425:data-protection, ir8425:data-protection.3, ir8425:data-protection.2?"
    )


def test_everything_is_mapped() -> None:
    answer = call("crosswalk", subject="csf1.1", object="csf2.0", unmapped=True)
    assert answer["conclusion"] == "every element of csf1.1 is mapped to csf2.0"


def test_own_files(tmp_path: Path) -> None:
    policy = tmp_path / "acme.csv"
    policy.write_text("id,title\nR1,Signed updates\n", "utf-8")
    profile = tmp_path / "mine.toml"
    profile.write_text(starter("mine.toml"), "utf-8")
    tools = Tools(extended((str(policy),)), (str(policy),), (str(profile),))
    assert call("get", tools, identifier="acme:R1")["document"]["query"]["with"] == [str(policy)]
    assert call("get", tools, identifier=str(profile))["basis"].startswith("on this page: ")
    assert call("check_profile", tools, profile=str(profile))["conclusion"].startswith("VALID")
    assert call("compare", tools, left=str(profile), right="consumer")["page"]["total"] > 1
    error = refused("coverage", tools, selection=str(tmp_path / "other.json"), target="ir8259a")
    assert error["fix"] == f"name one of {profile}"
    instructions = with_client(lambda client: told_at_first(client), tools)
    assert instructions.endswith(f"Files of the user's own: {policy}.\nProfiles of the user's own: {profile}.")


async def told_at_first(client: Client) -> str:
    return client.instructions or ""


def test_all_problems_of_a_profile_are_counted() -> None:
    answer = call("check_profile", profile="profile = 'mine'", limit=1)
    assert answer["conclusion"] == f"NOT VALID: {answer['page']['total']} problems, each with a fix"
    assert answer["page"]["total"] > answer["page"]["returned"] == 1


def test_a_page_says_that_there_is_more() -> None:
    assert call("get", identifier="consumer")["cautions"] == ["this page has 20 of 88 elements; offset 20 is next"]
    assert call("get", identifier="consumer", offset=80)["cautions"] == []


def test_a_profile_given_as_text() -> None:
    assert call("check_profile", profile=starter("mine.toml"))["conclusion"].startswith("VALID")
    assert "line 1" in json.dumps(call("check_profile", profile='{"profile": "mine"}')["document"])
    text = '[[imports]]\nfrom = "other.toml"\nrationale = "Why."\n'
    problems = call("check_profile", profile=text)["document"]["result"]["problems"]
    assert problems[-1] == {
        "file": "profile.toml", "place": "line 2, imports[0].from",
        "problem": "a profile given as text imports no file", "fix": "import a profile by its key: profile:KEY",
    }  # fmt: skip


CODE = """
import sys
path = {path!r}

def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "subprocess.")):
        raise RuntimeError(f"{{event}} {{arguments}}")
    if event == "open" and (str(arguments[0]) == path or arguments[1] not in (None, "r", "rb")):
        raise RuntimeError(f"{{event}} {{arguments}}")

from iotbaseline._apps.agents.server import offered
from iotbaseline._apps.agents.tools import Tools
from iotbaseline._library.library import DEFAULT
tools = Tools(DEFAULT)
sys.addaudithook(refuse)
import json
asked = json.loads({asked!r})
for tool in offered(tools):
    assert not tool(**asked[tool.__name__]).is_error, tool
    for name, value in asked[tool.__name__].items():
        tool(**{{**asked[tool.__name__], name: [path] if isinstance(value, list) else path}})
tool(**{{**asked["compare"], "through": [path]}})
tools.check_profile('[[imports]]\\nfrom = ' + repr(path) + '\\n')
print("done")
"""


def test_no_tool_asks_the_network_or_opens_a_file_of_the_user(tmp_path: Path) -> None:
    path = tmp_path / "secret.toml"
    path.write_text(starter("secret.toml"), "utf-8")
    code = CODE.format(path=str(path), asked=json.dumps(ASKED))
    done = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, check=False, encoding="utf-8")
    assert (done.stdout, done.stderr) == ("done\n", "")


@pytest.mark.slow
@pytest.mark.parametrize("tool", offered(TOOLS), ids=lambda tool: tool.__name__)
@settings(max_examples=20)
@given(data=st.data())
def test_whatever_is_asked_is_answered_or_refused(tool: Callable[..., CallToolResult], data: st.DataObject) -> None:
    asked = ASKED[tool.__name__]
    name = data.draw(st.sampled_from(sorted(asked)))
    text = data.draw(st.text(max_size=30) | st.sampled_from(["ir8425:", ":", "AC-2 (3)", "profile:x", "a.toml", "-"]))
    result = tool(**{**asked, name: [text] if isinstance(asked[name], list) else text})
    assert error_of(result)["problem"] if result.is_error else structured(result)["conclusion"]


def test_resources() -> None:
    async def read(client: Client) -> None:
        templates = (await client.list_resource_templates()).resource_templates
        assert [each.uri_template for each in templates] == [
            "iotbaseline://publication/{key}", "iotbaseline://element/{identifier}",
        ]  # fmt: skip
        listed = (await client.list_resources()).resources
        assert [each.uri for each in listed] == [f"iotbaseline://publication/{each.key}" for each in ib.publications()]
        for uri, expected in (
            ("iotbaseline://publication/ir8425", "ir8425"),
            ("iotbaseline://publication/IR%208425", "ir8425"),
            ("iotbaseline://element/ir8425:data-protection.1", "ir8425"),
            ("iotbaseline://element/AC-2%283%29", "sp800-53r5"),
        ):
            [content] = (await client.read_resource(uri)).contents
            assert content.mime_type == "application/json"
            answer = json.loads(getattr(content, "text", ""))
            assert answer["sources"][0]["key"] == expected
        with pytest.raises(MCPError, match="did you mean ir8425:data-protection") as unknown:
            await client.read_resource("iotbaseline://element/ir8425:data-protecton")
        with pytest.raises(MCPError, match="was not named when the server started") as forbidden:
            await client.read_resource("iotbaseline://publication/mine.toml")
        assert unknown.value.error.code != forbidden.value.error.code

    with_client(read)


def test_prompts() -> None:
    async def read(client: Client) -> None:
        listed = (await client.list_prompts()).prompts
        assert [each.name for each in listed] == [prompt.__name__ for prompt in prompts.ALL]
        for prompt in listed:
            arguments = {argument.name: f"the {argument.name}" for argument in prompt.arguments or ()}
            [message] = (await client.get_prompt(prompt.name, arguments)).messages
            text = getattr(message.content, "text", "")
            assert all(value in text for value in arguments.values())
            assert "NOTHING FOLLOWS" in text
            assert any(f"{tool} " in text for tool in ASKED)

    with_client(read)


def test_over_standard_input() -> None:
    async def ask() -> dict[str, Any]:
        server = StdioServerParameters(
            command=sys.executable, args=["-W", "error", "-m", "iotbaseline", "mcp"], env={**os.environ}
        )
        async with Client(server) as client:
            return structured(await client.call_tool("explain", ASKED["explain"]))

    assert asyncio.run(ask())["conclusion"] == "ir8425:data-protection.1 related sp800-53r5:sc-28"


def test_over_http_on_this_machine_only() -> None:
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "iotbaseline", "mcp", "--http", str(port)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8")
    try:
        answer = asyncio.run(over_http(f"http://{LOOPBACK}:{port}/mcp"))
        assert answer["conclusion"] == "ir8425:data-protection.1 related sp800-53r5:sc-28"
        headers = {
            "Host": "elsewhere.example",
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
        }
        asked = b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}'
        foreign = urllib.request.Request(f"http://{LOOPBACK}:{port}/mcp", asked, headers)
        with pytest.raises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(foreign)  # noqa: S310
        assert refusal.value.code == 421
        refusal.value.close()
    finally:
        running.terminate()
        running.communicate()


async def over_http(address: str) -> dict[str, Any]:
    end = time.monotonic() + 20
    while True:
        try:
            async with Client(address) as client:
                return structured(await client.call_tool("explain", ASKED["explain"]))
        except Exception:
            if time.monotonic() > end:
                raise
            await asyncio.sleep(0.1)


def test_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[tuple[object, ...], dict[str, object]]] = []
    monkeypatch.setattr(MCPServer, "run", lambda _, *transport, **options: started.append((transport, options)))
    serve(TOOLS, None)
    serve(TOOLS, 8425)
    assert started[0] == (("stdio",), {})
    assert started[1][0] == ("streamable-http",)
    assert (started[1][1]["host"], started[1][1]["port"]) == ("127.0.0.1", 8425)


def test_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    policy, profile = tmp_path / "acme.csv", tmp_path / "mine.toml"
    policy.write_text("id,title\nR1,Signed updates\n", "utf-8")
    profile.write_text(starter("mine.toml"), "utf-8")
    started: list[tuple[Tools, int | None]] = []
    monkeypatch.setattr(server_module, "serve", lambda tools, port: started.append((tools, port)))
    arguments = ["mcp", "--http", "8425", "--with", str(policy), "--profile", str(profile)]
    result = CliRunner().invoke(cli, arguments)
    assert (result.exit_code, result.output) == (0, "")
    [(tools, port)] = started
    assert (tools.files, tools.profiles, port) == ((str(policy),), (str(profile),), 8425)
    assert tools.library.get("acme:R1").title == "Signed updates"


def test_what_is_offered() -> None:
    document = json.loads(CliRunner().invoke(cli, ["mcp", "--json"]).stdout)
    Draft202012Validator(json.loads((SCHEMAS / "mcp.schema.json").read_text("utf-8"))).validate(document)
    assert {tool["name"] for tool in document["result"]["tools"]} == set(ASKED)
    assert len(document["result"]["prompts"]) == 3


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    result = CliRunner().invoke(cli, ["mcp"])
    assert result.exit_code == 1
    assert "mcp is not installed; run: pip install 'iotbaseline[mcp]'" in result.stderr
