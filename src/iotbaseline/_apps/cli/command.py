"""What all commands have in common: options, examples, errors, and how their answers are printed."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from io import StringIO
from typing import TYPE_CHECKING, Any, cast

import click
from attrs import frozen

from iotbaseline._apps.cli import answer as forms
from iotbaseline._apps.cli.answer import Answer, Saved, enveloped
from iotbaseline._apps.cli.own import extended
from iotbaseline.errors import printable

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = ("text", "json")
"""The formats of a command that has no rows."""
FORMATS = ("text", "table", "csv", "tsv", "json", "markdown", "html", "xlsx")
"""The formats of a command that has rows."""
_SUFFIXES = {".txt": "table", ".md": "markdown", ".htm": "html"} | {
    f".{name}": name for name in ("csv", "tsv", "json", "html", "xlsx")
}
_WIDE = 10_000
FORMAT = "iotbaseline.format"
"""Where the context of a command keeps the format that was named."""
FILES = "iotbaseline.files"
"""Where the context of a command keeps the files given with ``--with``."""


@frozen(kw_only=True, eq=False)
class _Output:
    """How the user wants to see an answer."""

    format: str | None
    """The format that was named."""
    path: Path | None = None

    @property
    def of_file(self) -> str:
        """The format named, or that of the file, or text."""
        return self.format or (_SUFFIXES[self.path.suffix.lower()] if self.path is not None else "text")


class Command(click.Command):
    """A command whose function is given a library and returns an :class:`Answer`, which is printed."""

    def __init__(self, *args: Any, formats: tuple[str, ...], examples: tuple[str, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.examples = examples
        self.params += _common(formats)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Show the examples."""
        with formatter.section("Examples"):
            formatter.write_text("\n\n".join(f"\b\niotbaseline {example}" for example in self.examples))

    def invoke(self, ctx: click.Context) -> None:
        """Run the command and print what it found."""
        output = _output({name: ctx.params.pop(name, None) for name in ("format", "as_json", "as_markdown", "to_file")})
        files: tuple[str, ...] = ctx.params.pop("files")
        query = {name: _plain(value) for name, value in ctx.params.items()} | {"with": list(files)}
        ctx.params["library"] = extended(files)
        ctx.meta[FORMAT] = output.format
        ctx.meta[FILES] = files
        found: Answer = super().invoke(ctx)
        _emit(found, output, called(ctx), query)
        if found.status:
            raise SystemExit(found.status)


def called(ctx: click.Context) -> str:
    """The words that call a command, after that of the program: ``coverage``, ``assess report``."""
    above = "" if ctx.parent is None or ctx.parent.parent is None else f"{called(ctx.parent)} "
    return f"{above}{ctx.info_name}"


def _plain(value: object) -> object:
    """An argument as JSON has it: a file by its name."""
    if isinstance(value, tuple):
        return list(cast("tuple[object, ...]", value))
    return getattr(value, "name", value) if hasattr(value, "read") else value


def _common(formats: tuple[str, ...]) -> list[click.Parameter]:
    """The options that all commands of a kind have."""
    options: list[click.Parameter] = [
        click.Option(
            ["--with", "files"],
            multiple=True,
            metavar="FILE",
            help="Your own framework ([KEY=]FILE.csv), crosswalk (FILE.tsv, or SUBJECT--OBJECT=FILE), or copy of a "
            "publication ([PUBLICATION=]FILE.pdf), whose official wordings are then used.",
        ),
        click.Option(["--json", "as_json"], is_flag=True, help="The same as --format json."),
    ]
    if "markdown" in formats:
        options += [
            click.Option(["--markdown", "as_markdown"], is_flag=True, help="The same as --format markdown."),
            click.Option(
                ["--output", "to_file"],
                type=click.Path(),
                help="A new file; its suffix names the format.",
            ),
        ]
    return [click.Option(["--format"], type=click.Choice(formats), help="How to print it."), *options]


def _output(given: Mapping[str, Any]) -> _Output:
    path = None if given["to_file"] is None else _path(given["to_file"])
    named = given["format"] or ("json" if given["as_json"] else "markdown" if given["as_markdown"] else None)
    if path is not None and named is None and path.suffix.lower() not in _SUFFIXES:
        raise click.UsageError(printable(f"{path} names no format; let it end in {', '.join(_SUFFIXES)}"))
    if named == "xlsx" and path is None:
        raise click.UsageError("a workbook is written to a file; give --output FILE.xlsx")
    return _Output(format=named, path=path)


def _path(name: str) -> Path:
    """A path; pathlib takes longer to import than most commands to run, and few write a file."""
    from pathlib import Path

    return Path(name)


def command(
    *examples: str, name: str | None = None, formats: tuple[str, ...] = FORMATS
) -> Callable[[Callable[..., Answer]], click.Command]:
    """Make a command of a function; the examples are what may follow ``iotbaseline`` in a shell."""
    return click.command(name, cls=Command, formats=formats, examples=examples)


# How answers are printed.


def _emit(found: Answer, output: _Output, name: str, query: Mapping[str, object]) -> None:
    if output.path is None:
        _print(found, output.format or "text", name, query)
    elif found.saved is not None and (found.saved.is_only or output.path.suffix in found.saved.suffixes):
        path, saved = _checked(output.path, found.saved), found.saved
        new_file(path, saved.write)
        _print(found, output.format or "text", name, query)
    elif output.of_file == "xlsx":
        path, asked = output.path, json.dumps({"command": name, **query}, ensure_ascii=False)
        new_file(path, lambda file: found.result.to_excel(file, query=asked))
    else:
        write_new(output.path, _written(found, output.of_file, name, query) + "\n")
        _warned(found, output.of_file)


def _checked(path: Path, saved: Saved) -> Path:
    if path.suffix not in saved.suffixes:
        raise click.UsageError(printable(f"{path} must end in {' or '.join(saved.suffixes)}"))
    return path


def _print(found: Answer, form: str, name: str, query: Mapping[str, object]) -> None:
    if form not in ("text", "table"):
        click.echo(_written(found, form, name, query))
        _warned(found, form)
        return
    if found.text is None and not found.rows:
        click.echo(printable(found.nothing) or "nothing found", err=True)
    text = _on_screen(found, form)
    if text:
        _paged(text)


def _warned(found: Answer, form: str | None) -> None:
    """Say on standard error what a table for programs has no place for."""
    if form in ("csv", "tsv") and found.notice:
        click.echo(found.notice, err=True)


def _written(found: Answer, form: str, name: str, query: Mapping[str, object]) -> str:
    if form == "json":
        return enveloped(found, name, query)
    if form in forms.FORMS:
        return forms.FORMS[form](found)
    return "\n".join(filter(None, (_table(found, _WIDE), found.notice)))


def _on_screen(found: Answer, form: str) -> str:
    is_terminal = sys.stdout.isatty()
    if found.text is not None and form == "text":
        return found.text
    if is_terminal or form == "table":
        shown = _table(found, shutil.get_terminal_size((80, 24)).columns if is_terminal else _WIDE)
        return "\n".join(filter(None, [found.heading, shown, *found.remarks, found.notice]))
    columns = forms.used(found.rows, found.columns)
    for line in filter(None, (found.heading, *found.remarks, found.notice)):
        click.echo(line, err=True)
    return "\n".join(["\t".join(columns), forms.lines(found.rows, columns)]) if columns else ""


def _table(found: Answer, width: int) -> str:
    from rich.console import Console

    from iotbaseline._apps.cli.table import table

    columns = forms.used(found.rows, found.columns)
    if not columns:
        return found.text or ""
    is_colourful = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    drawn: object
    if found.on_terminal is not None and width < _WIDE:
        drawn, needed = found.on_terminal(), width
    else:
        drawn, needed = table(found.rows, columns, width)
    console = Console(file=StringIO(), width=needed, force_terminal=is_colourful, soft_wrap=False)
    with console.capture() as printed:
        console.print(drawn)
    return "\n".join(line.rstrip() for line in printed.get().splitlines())


def _paged(text: str) -> None:
    """Print a text, through a pager if it is longer than the terminal is high."""
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if is_terminal and text.count("\n") >= shutil.get_terminal_size((80, 24)).lines:
        os.environ.setdefault("LESS", "FRX")
        click.echo_via_pager(text + "\n", color=True)
    else:
        click.echo(text)


def write_new(path: Path, text: str) -> None:
    """Write a file that does not exist yet."""
    new_file(path, lambda file: file.write_bytes(text.encode()))


def new_file(path: Path, write: Callable[[Path], object]) -> None:
    """Let a function write a file that does not exist yet: all of it, or nothing."""
    from iotbaseline._display.files import replacing

    try:
        path.touch(exist_ok=False)  # Of two commands that write the same file at once, one is refused.
        try:
            with replacing(path) as file:
                write(file)
        except BaseException:
            path.unlink()
            raise
    except OSError as error:
        reason = printable(f"{path} cannot be written ({error}); name a file that does not exist yet")
        raise click.ClickException(reason) from error


def joined(texts: Iterable[str]) -> str:
    """Texts, separated by commas, or a word for none."""
    return ", ".join(texts) or "none"
