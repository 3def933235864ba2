"""Reports in plain text and Markdown, line by line."""

from __future__ import annotations

import pytest

from iotbaseline._display.markdown import markdown, text
from iotbaseline._display.records import Cell, Named


def test_plain_text() -> None:
    assert text(
        "What changed", [("split", [("a became b and c", "its list of changes"), ("d", "")]), ("moved", [])]
    ) == ("What changed\n\nsplit (2)\n  a became b and c\n      its list of changes\n  d\n\nmoved (0)")


def test_markdown() -> None:
    rows: list[list[Cell]] = [[Named((("x:1", "One"), ("x:2", None))), 10, True], [None, "two\nlines", "a|b"]]
    assert markdown("What changed", "One split.", ["element", "strength", "why"], [("split", rows), ("moved", [])]) == (
        "# What changed\n"
        "\n"
        "One split.\n"
        "\n"
        "## split (2)\n"
        "\n"
        "| element | strength | why |\n"
        "|---|---|---|\n"
        "| `x:1` One<br>`x:2` | 10 | True |\n"
        "|  | two lines | a\\|b |\n"
        "\n"
        "## moved (0)\n"
        "\n"
        "| element | strength | why |\n"
        "|---|---|---|\n"
    )


@pytest.mark.parametrize(
    ("given", "shown"), [("<b>bold</b>", "&lt;b>bold&lt;/b>"), ("![a](http://b)", "![a]\\(http://b)")]
)
def test_no_text_of_a_user_is_taken_for_markup(given: str, shown: str) -> None:
    written = markdown(given, given, ["cell"], [("group", [[given], [Named((("x:1", given),))]])])
    assert written.count(shown) == 4
    assert given not in written
