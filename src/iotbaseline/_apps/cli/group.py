"""The command ``iotbaseline`` itself: which commands it has, and the module that each is imported from when it runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

import click

import iotbaseline as ib
from iotbaseline.errors import IoTBaselineError, printable

COMMANDS = {
    "assess": ("assessing:assess", "Hold a product against a baseline: questionnaire, report, what it shows elsewhere"),
    "check": ("profiling:check", "Check a profile file of your own"),
    "compare": ("profiling:compare", "Compare two profiles, or a profile and a publication, element by element"),
    "compare-draft": ("copies:compare_draft", "Tell, provisionally, what a draft changes of a publication"),
    "completion": ("shell:completion", "Print the script that completes commands, options and identifiers in a shell"),
    "coverage": ("mapping:coverage", "Show how far a publication or profile covers another, and what it leaves open"),
    "diff": ("revising:diff", "Show what changed between two publications"),
    "errata": ("looking_up:errata", "List the errors found in the publications"),
    "explain": ("mapping:explain", "Say how two elements are connected and why, with the source of every hop"),
    "export": ("exporting:export", "Write a publication, profile or crosswalk in the format of another tool"),
    "findings": ("mapping:findings", "List what is wrong in the crosswalks"),
    "fleet": ("fleets:fleet", "Hold many products against a baseline at once"),
    "graph": ("exporting:graph", "Write publications, or all there are, as a graph"),
    "history": ("revising:history", "Show all stages of a work"),
    "init": ("profiling:init", "Write a profile to begin with"),
    "list": ("looking_up:list_", "List the publications"),
    "map": (
        "mapping:map_",
        "Show the mappings of one element, of one element to a publication, or all between two publications",
    ),
    "mcp": ("serving:mcp", "Serve the library to software agents (MCP)"),
    "migrate": ("revising:migrate", "Migrate a list of identifiers, or a profile"),
    "profile": ("profiling:profile", "Show what a profile resolves to"),
    "profiles": ("looking_up:profiles", "List the profiles that ship"),
    "reach": ("mapping:reach", "List the elements of a publication that an element is connected with"),
    "schema": ("shell:schema", "Print the JSON Schema of what a command prints with --json"),
    "search": ("searching:search", "Find publications and elements by words of their titles and summaries"),
    "show": ("looking_up:show", "Show a publication or profile with its elements, or one element"),
    "site": ("publishing:site", "Build a site to browse"),
    "sources": ("looking_up:sources", "List the texts that the data was made from"),
    "tour": ("shell:tour", "Answer one real question of each kind"),
    "verify": ("copies:verify", "Tell which official wordings your own copy of a publication has"),
}
"""Each command: where it is in this package, and what the help of all commands says of it."""


class _Commands(Mapping[str, click.Command]):
    """The commands by name, each imported when it is asked for: all of them take longer than most answers."""

    def __getitem__(self, name: str) -> click.Command:
        module, _, function = COMMANDS[name][0].partition(":")
        command: click.Command = getattr(import_module(f"iotbaseline._apps.cli.{module}"), function)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


_KEY = re.compile(r'"([^"]*)"')
_CALLS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r'through=(?:"([^"]*)"|\(([^)]*)\))', lambda found: " ".join(map(_through, _KEY.findall(found[0])))),
    (r"diff\('([^']*)', '([^']*)'\)", lambda found: f"iotbaseline diff {found[1]} {found[2]}"),
)
"""How errors of the library write what to call, and how the command line writes the same."""


def _through(key: str) -> str:
    return f"--through {key}"


def _in_options(message: str) -> str:
    """An error of the library in the words of the command line."""
    for call, option in _CALLS:
        message = re.sub(call, option, message)
    return message


class _Group(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (IoTBaselineError, ValueError) as error:
            raise click.ClickException(_in_options(str(error))) from error
        except click.ClickException as error:
            shown = map(printable, error.message.split("\n"))
            error.message = "\n".join(shown)  # type: ignore[misc]  # pyright: ignore
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001
    if value:
        click.echo(f"{ctx.find_root().info_name} {ib.__version__}, data {ib.data_version}")
        ctx.exit()


@click.group(cls=_Group, commands=_Commands(), context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the versions of the code and the data, and exit.",
)
@click.option(
    "--require-data",
    metavar="VERSION",
    envvar="IOTBASELINE_REQUIRE_DATA",
    help="Stop unless the data has this version, such as 2026.11.",
)
def group(require_data: str | None) -> None:
    """NIST's IoT cybersecurity baselines as data."""
    if require_data is not None:
        ib.require_data(require_data)
