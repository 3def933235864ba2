"""``python -m iotbaseline`` and the ``iotbaseline`` command."""

from __future__ import annotations

import os
import sys
from errno import ENOSPC
from importlib.util import find_spec
from io import TextIOWrapper


def main() -> None:
    """Run the command line; without the ``cli`` extra ``tour``, ``--help`` and ``--version`` run."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # It was closed before this process began.
            setattr(sys, name, open(os.devnull, "w"))  # noqa: PTH123, SIM115
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        _run()
    except OSError as error:
        if error.errno != ENOSPC:
            raise
        sys.exit(f"Error: the output cannot be written ({error.strerror}); make room, or write it elsewhere")


def _run() -> None:
    try:
        _find("rich")
        from iotbaseline._apps.cli import cli
    except ModuleNotFoundError as error:
        if error.name not in ("click", "rich"):
            raise
        _without_extra(sys.argv[1:])
    else:
        cli(prog_name="iotbaseline")


def _find(library: str) -> None:
    """Make sure that a library is there, which is only imported when it is needed."""
    if find_spec(library) is None:
        raise ModuleNotFoundError(f"No module named {library!r}", name=library)


_INSTALL = "pip install 'iotbaseline[cli]'"
_HELP = f"""\
Usage: iotbaseline [--help | --version | tour]

  NIST's IoT cybersecurity baselines as data.

  --help     Show this text.
  --version  Show the versions of the code and the data.
  tour       Answer one real question of each kind.

All other commands need click and rich. To install them, run:
  {_INSTALL}"""


def _without_extra(arguments: list[str]) -> None:
    try:
        print(_plain(arguments), flush=True)
    except BrokenPipeError:
        # Whoever read the output has seen enough; without this Python would complain when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _plain(arguments: list[str]) -> str:
    """What an argument prints without click and rich."""
    match arguments:
        case [] | ["--help"] | ["-h"]:
            return _HELP
        case ["--version"]:
            import iotbaseline

            return f"iotbaseline {iotbaseline.__version__}, data {iotbaseline.data_version}"
        case ["tour"]:
            from iotbaseline._apps.tour import as_text, tour

            return as_text(tour())
        case _:
            sys.exit(f"{' '.join(arguments)!r} needs click and rich; run: {_INSTALL}")


if __name__ == "__main__":
    main()
