"""``python -m iotbaseline`` and the ``iotbaseline`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; without the ``cli`` extra only the plain ``tour`` runs."""
    try:
        from iotbaseline._apps.cli import cli
    except ModuleNotFoundError as error:
        if error.name not in ("click", "rich"):
            raise
        _without_extra(sys.argv[1:])
    else:
        cli(prog_name="iotbaseline")


def _without_extra(arguments: list[str]) -> None:
    if arguments != ["tour"]:
        sys.exit("only 'tour' runs without click and rich; for the rest run: pip install 'iotbaseline[cli]'")
    from iotbaseline._apps.tour import as_text, tour

    print(as_text(tour()))


if __name__ == "__main__":
    main()
