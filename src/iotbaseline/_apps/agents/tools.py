"""The tools for agents, each an answer of the command line: what it says to Python and to people it says to a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, TypeAlias, cast

import click
from attrs import frozen
from mcp.types import CallToolResult
from pydantic import Field

import iotbaseline as ib
from iotbaseline._apps.agents.told import LIMIT, MOST, Told, as_result, refusal, told
from iotbaseline._apps.cli import answer, lists, profiling
from iotbaseline._apps.cli.answer import Answer
from iotbaseline._apps.cli.group import group
from iotbaseline._apps.cli.names import is_file
from iotbaseline._library.bounds import LIMIT as PATHS
from iotbaseline._library.bounds import MAX_HOPS, MOST_HOPS
from iotbaseline._profiles.reader import read_text
from iotbaseline.errors import IoTBaselineError, QueryError, shorten

_LONGEST = 300
_MOST_IDENTIFIERS = 1000
_LONGEST_PROFILE = 100_000
_HITS = 100

Element: TypeAlias = Annotated[
    str, Field(max_length=_LONGEST, description="An element: ir8425:data-protection.1, AC-2(3), DI:IMS(1).")
]
Publication: TypeAlias = Annotated[
    str, Field(max_length=_LONGEST, description="A publication: ir8425, IR 8259A, SP 800-53r5, csf2.0.")
]
Selection: TypeAlias = Annotated[
    str,
    Field(
        max_length=_LONGEST,
        description="A profile (consumer, federal, industrial), a publication, or an element with what is below it.",
    ),
]
Through: TypeAlias = Annotated[
    list[Publication] | Publication | None, Field(description="The publications that paths may lead through.")
]
Hops: TypeAlias = Annotated[int, Field(ge=1, le=MOST_HOPS, description="How many mappings a path has at most.")]
Offset: TypeAlias = Annotated[int, Field(ge=0, description="Where the page begins: page.next_offset of the last one.")]
Limit: TypeAlias = Annotated[int, Field(ge=1, le=MOST, description="How many items the page has at most.")]
Reply: TypeAlias = Annotated[CallToolResult, Told]


@frozen
class Tools:
    """What an agent may ask of a library.

    No tool reads a file but the ``profiles``, named as they were when the server started; ``files`` are those that the
    library was extended with.
    """

    library: ib.Library
    files: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()

    def search(
        self,
        words: Annotated[str, Field(max_length=_LONGEST, description="Words to find, such as: unique identifier.")],
        publication: Publication | None = None,
        kind: Annotated[str | None, Field(description="Only one kind: control, criterion, term, publication.")] = None,
        in_force: Annotated[bool, Field(description="Leave out what is superseded, withdrawn or a draft.")] = False,
        offset: Offset = 0,
        limit: Limit = LIMIT,
    ) -> Reply:
        """Find publications and elements by words of their titles and summaries. Use it first to get identifiers."""
        asked = {"words": [words], "kind": kind, "publication": publication, "in_force": in_force, "limit": _HITS}
        return self._ask("search", asked, offset, limit)

    def get(self, identifier: Selection, offset: Offset = 0, limit: Limit = LIMIT) -> Reply:
        """Get one element with its place and address, or a publication or profile with its elements."""
        return self._ask("show", {"identifier": identifier}, offset, limit)

    def explain(
        self,
        subject: Element,
        object: Element,  # noqa: A002
        max_hops: Hops = MAX_HOPS,
        through: Through = None,
        offset: Offset = 0,
        limit: Limit = LIMIT,
    ) -> Reply:
        """Say whether and why two elements are connected: each path, with source, place and basis of every mapping."""
        asked = {
            "subject": subject,
            "object": object,
            "max_hops": max_hops,
            "limit": PATHS,
            "through": _several(through),
            "weak": False,
        }
        return self._ask("explain", asked, offset, limit)

    def crosswalk(
        self,
        subject: Annotated[str, Field(max_length=_LONGEST, description="An element, or a publication.")],
        object: Publication | None = None,  # noqa: A002
        unmapped: Annotated[bool, Field(description="The elements of one publication without a mapping.")] = False,
        offset: Offset = 0,
        limit: Limit = LIMIT,
    ) -> Reply:
        """List the direct mappings of an element, to one publication or to all, or those between two publications."""
        return self._ask("map", {"subject": subject, "object": object, "unmapped": unmapped}, offset, limit)

    def reach(
        self,
        element: Element,
        publication: Publication,
        max_hops: Hops = MAX_HOPS,
        through: Through = None,
        offset: Offset = 0,
        limit: Limit = LIMIT,
    ) -> Reply:
        """List what an element is connected with in a publication, also through others, the firmest first."""
        asked = {"identifier": element, "publication": publication, "max_hops": max_hops, "through": _several(through)}
        return self._ask("reach", {**asked, "relation": (), "strongest": None, "weak": False}, offset, limit)

    def coverage(
        self,
        selection: Selection,
        target: Selection,
        baseline: Annotated[str | None, Field(description="LOW, MODERATE, HIGH or PRIVACY of SP 800-53B.")] = None,
        level: Annotated[str | None, Field(description="Only what the profile selects at one of its levels.")] = None,
        within: Annotated[str | None, Field(description="Only what is below one element of the target.")] = None,
        through: Through = None,
        offset: Offset = 0,
        limit: Limit = LIMIT,
    ) -> Reply:
        """Say how far a profile or publication covers another: covered, supported, related, gap or not mapped."""
        asked = {
            "selection": selection,
            "target": target,
            "baseline": baseline,
            "level": level,
            "within": within,
            "through": _several(through),
        }
        return self._ask("coverage", asked, offset, limit)

    def diff(self, before: Publication, after: Publication, offset: Offset = 0, limit: Limit = LIMIT) -> Reply:
        """Say what changed from one revision of a publication to another, with the evidence of each change."""
        return self._ask("diff", {"before": before, "after": after}, offset, limit)

    def history(self, publication: Publication, offset: Offset = 0, limit: Limit = LIMIT) -> Reply:
        """List all stages of a publication, drafts too: dates, status, and how much changed."""
        return self._ask("history", {"publication": publication}, offset, limit)

    def migrate(
        self,
        identifiers: Annotated[
            list[Element], Field(min_length=1, max_length=_MOST_IDENTIFIERS, description="Elements of before.")
        ],
        before: Publication,
        after: Publication,
        offset: Offset = 0,
        limit: Limit = LIMIT,
    ) -> Reply:
        """Say which identifiers, written for one revision, still hold in another, and which need review."""
        asked = {"identifiers": identifiers, "before": before, "after": after}

        def found() -> Answer:
            rows = [(number, {"id": each}) for number, each in enumerate(identifiers, 1)]
            return answer.report(lists.migrate(rows, "id", before, after, self.library))

        return self._reply("migrate", asked, found, (offset, limit))

    def check_profile(
        self,
        profile: Annotated[
            str,
            Field(max_length=_LONGEST_PROFILE, description="The text of a profile in TOML or JSON, or its name."),
        ],
        offset: Offset = 0,
        limit: Limit = LIMIT,
    ) -> Reply:
        """Find every problem of a profile, each with its line and a fix. Give its text; it may import no files."""
        if profile in self.profiles:
            return self._ask("check", {"path": profile}, offset, limit)

        def found() -> Answer:
            name = "profile.json" if profile.lstrip().startswith("{") else "profile.toml"
            return profiling.of_problems(read_text(profile, name, self.library, imports_files=False)[1], name)

        return self._reply("check", {"path": "-"}, found, (offset, limit))

    def compare(
        self,
        left: Selection,
        right: Selection,
        through: Through = None,
        offset: Offset = 0,
        limit: Limit = LIMIT,
    ) -> Reply:
        """Compare two profiles, or a profile and a publication, element by element: same, weaker, stronger, only."""
        asked = {"left": left, "right": right, "through": _several(through)}
        return self._ask("compare", asked, offset, limit)

    def read(self, identifier: str) -> str:
        """What :meth:`get` answers, as text; raises what the library raises."""
        asked = {"identifier": identifier}
        return self._told("show", asked, lambda: self._found("show", asked), (0, LIMIT)).model_dump_json()

    def _ask(self, command: str, asked: Mapping[str, object], offset: int, limit: int) -> CallToolResult:
        """Ask a command of the command line."""
        return self._reply(command, asked, lambda: self._found(command, asked), (offset, limit))

    def _found(self, command: str, asked: Mapping[str, object]) -> Answer:
        """What a command finds; raises what the library raises, for a file that agents may not read too."""
        for name in asked.values():
            if isinstance(name, str) and is_file(name) and name not in self.profiles:
                raise QueryError(f"the file {shorten(name)} was not named when the server started", self._readable())
        ask = cast("Callable[..., Answer]", group.commands[command].callback)
        try:
            return ask(**asked, library=self.library)
        except click.ClickException as error:
            raise _in_tools(error.message) from error

    def _readable(self) -> str:
        """Which files an agent may name."""
        if self.profiles:
            return f"name one of {', '.join(self.profiles)}"
        return "give the text of a profile to check_profile, or start the server with --profile FILE"

    def _told(
        self, command: str, asked: Mapping[str, object], find: Callable[[], Answer], page: tuple[int, int]
    ) -> Told:
        return told(find(), command, {**asked, "with": [*self.files]}, self.library, page)

    def _reply(
        self, command: str, asked: Mapping[str, object], find: Callable[[], Answer], page: tuple[int, int]
    ) -> CallToolResult:
        try:
            return as_result(self._told(command, asked, find, page))
        except IoTBaselineError as error:
            return refusal(error)


def _several(names: list[str] | str | None) -> list[str]:
    """One name or several as a list; errors of the library say ``through="sp800-213a"`` for one."""
    return [names] if isinstance(names, str) else names or []


_IN_TOOLS = (
    (r"--unmapped needs.*", "unmapped needs two publications; name them as subject and object"),
    (r"to connect two elements: iotbaseline explain (\S+) (.*)", r"\2 is no publication; ask explain with \1 and \2"),
    (r"(.*)iotbaseline search (.*)", r"\1ask search with \2"),
)
"""How errors of the command line are said to an agent."""


def _in_tools(message: str) -> QueryError:
    for said, meant in _IN_TOOLS:
        message = re.sub(said, meant, message)
    problem, _, fix = message.partition("; ")
    return QueryError(problem, fix)
