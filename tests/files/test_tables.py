"""Tables that strangers wrote: what they may hold, how many problems are told, and what is not read at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import iotbaseline as ib
from iotbaseline._files import tables
from iotbaseline._files.tables import Layout, Row
from iotbaseline._model.hidden import hidden_in

CSV = Layout("a list", ",", ("id",), ("title",), others=True, fold=str.lower)


def titles(text: str) -> tuple[str, ...]:
    return tables.read("a.csv", text, CSV, lambda row: row["title"])


def refused(text: str) -> list[str]:
    with pytest.raises(ib.errors.DataErrors) as caught:
        titles(text)
    assert all(error.line is None or error.place == f"line {error.line}" for error in caught.value.errors)
    return [f"{error.place}: {error.problem}" for error in caught.value.errors]


@pytest.mark.parametrize("hidden", ["\x01", "\x1b]0;x\x07", "\x7f", "\x9b", "\u202e", "\u2066", "\ud800"])
def test_characters_that_nobody_sees_are_refused_in_every_cell(hidden: str) -> None:
    code = f"U+{ord(hidden[0]):04X}"
    assert hidden_in(f"a{hidden}b") == code
    assert refused(f"id,title,more\na,b,\nc,d{hidden}e,\n") == [f"line 3: 'title' has the character {code}"]
    assert refused(f"id,title,more\na,b,c{hidden}d\n") == [f"line 2: 'more' has the character {code}"]


def test_lines_within_a_cell_end_as_on_any_system_but_not_with_a_carriage_return_alone() -> None:
    assert titles('id,title\na,"b\r\nc\nd\te"\n') == ("b\r\nc\nd\te",)
    assert titles("id,title\ra,b\rc,d\r") == ("b", "d")
    assert refused('id,title\na,"b\rc"\nd,e\n') == ["line 2: 'title' has the character U+000D"]


def test_problems_end_after_so_many() -> None:
    def make(row: Row) -> str:
        raise row.error("it is wrong", "mend it")

    with pytest.raises(ib.errors.DataErrors) as caught:
        tables.read("a.csv", "id\n" + "a\n" * 100_000, CSV, make)
    assert [error.line for error in caught.value.errors] == [*range(2, 502), None]
    assert str(caught.value.errors[-1]) == "a.csv: whole file: it has more than 500 problems; correct the others first"


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_LARGEST", 10)
    (tmp_path / "a.csv").write_text("id\n1234567")
    assert tables.text_of(tmp_path / "a.csv") == ("a.csv", "id\n1234567")
    (tmp_path / "a.csv").write_text("id\n12345678")
    with pytest.raises(ib.errors.DataError, match=r"a\.csv: whole file: it is larger than 10 bytes; split it"):
        tables.text_of(tmp_path / "a.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_only_regular_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", Path("/dev/zero")):
        with pytest.raises(ib.errors.DataError, match="it cannot be read \\(it is not a regular file\\)"):
            tables.text_of(path)
