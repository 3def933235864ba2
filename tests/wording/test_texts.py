"""Copies that are no PDFs."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import pytest

from iotbaseline._wording import copies
from iotbaseline._wording.copies import files_in, read_copy
from iotbaseline._wording.pages import Page
from iotbaseline._wording.texts import READERS, html_pages, markdown_pages, oscal_pages, plain_pages
from iotbaseline.errors import DataError, QueryError


def texts(pages: tuple[Page, ...]) -> list[str]:
    return [line.text for page in pages for line in page.lines]


def test_form_feeds_part_pages() -> None:
    assert [page.number for page in plain_pages("a\n\nb")] == [None]
    assert [(page.number, len(page.lines)) for page in plain_pages("a\n\nb\fc")] == [(1, 2), (2, 1)]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("**Bold** and *so* on", "Bold and so on"),
        ("a snake_case name, 2 * 3 * 4", "a snake_case name, 2 * 3 * 4"),
        ("a [link](https://x.test/a_b) here", "a link here"),
        ("noted<sup>12</sup> and[^3] again[4](#page-1)", "noted and again"),
        ("the 3<sup>rd</sup> [5]", "the 3rd [5]"),
        ("![picture](a.png) text", " text"),
        ("one &amp; two \\[x\\]", "one & two [x]"),
        ("<span id='a'></span>x < y", "x < y"),
    ],
)
def test_markdown(written: str, text: str) -> None:
    assert texts(markdown_pages(written)) == [text]


def test_pages_of_markdown() -> None:
    pages = markdown_pages("{0}---------\none<br>two\n{1}---------\nthree")
    assert [(page.number, texts((page,))) for page in pages] == [(1, []), (2, ["one", "two"]), (3, ["three"])]


def test_html() -> None:
    page = """<head><title>No</title></head><p>One <b>bo</b>ld<sup>1</sup>
      line, the 2<sup>nd</sup></p><script>no()</script><ul><li>two</li></ul></b>"""
    assert [line.strip() for line in texts(html_pages(page))] == ["One bold line, the 2nd", "two"]


def test_sections_of_html_that_only_some_programs_know_are_skipped() -> None:
    page = "<![>a<![if !x]>b<![endif]>c<!--[if mso]>no<![endif]-->d<![CDATA[no]]>e<![x"
    assert texts(html_pages(page)) == ["abcde<![x"]


PARAMETERS = [
    {"id": "p1", "label": "a time", "props": [{"name": "alt-label", "value": "an hour"}]},
    {"id": "p2", "select": {"how-many": "one-or-more", "choice": ["x", "{{ insert: param, p1 }}"]}},
    {"id": "p3", "label": "organization-defined list"},
    {"id": "p4", "select": {"choice": ["y", "z"]}},
]
ITEM = {"name": "item", "prose": "as [AC-2](#ac-2) says {{ insert: param, p2 }};"}
STATEMENT = {"name": "statement", "prose": "Do {{ insert: param, p1 }}:", "parts": [ITEM]}
ENHANCEMENT = {"parts": [{"name": "statement", "prose": "{{ insert: param, p3 }} {{ insert: param, p4 }}"}]}
CONTROL = {
    "params": PARAMETERS,
    "parts": [STATEMENT, {"name": "guidance", "prose": "not this"}],
    "controls": [ENHANCEMENT],
}
CATALOG = {"catalog": {"groups": [{"controls": [CONTROL]}]}}


def test_oscal() -> None:
    assert texts(oscal_pages(json.dumps(CATALOG))) == [
        "Do [Assignment: organization-defined an hour]:",
        "as AC-2 says [Selection (one or more): x; [Assignment: organization-defined an hour]];",
        "[Assignment: organization-defined list] [Selection: y; z]",
    ]


@pytest.mark.parametrize("text", ["[]", "{", '{"catalog": 1}', '{"catalog": {"groups": [1]}}', "[" * 100_000])
def test_other_json(text: str, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text(text)
    with pytest.raises(DataError, match="no catalog in OSCAL"):
        read_copy(tmp_path / "other.json")


def test_refusals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QueryError, match=r"a\.docx is none of \.pdf, \.txt"):
        read_copy("a.docx")
    with pytest.raises(QueryError, match="there is no file"):
        read_copy(tmp_path / "none.txt")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    with pytest.raises(DataError, match="UTF-8"):
        read_copy(tmp_path / "latin.txt")
    monkeypatch.setattr(copies, "MOST_BYTES", 3)
    with pytest.raises(DataError, match="more than 3 bytes"):
        read_copy(tmp_path / "latin.txt")


def test_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("b.TXT", "a.pdf", "c.docx"):
        (tmp_path / name).touch()
    (tmp_path / "d.md").mkdir()
    assert [file.name for file in files_in(tmp_path)] == ["a.pdf", "b.TXT"]
    assert files_in(tmp_path / "c.docx") == [tmp_path / "c.docx"]


MARKS = {
    "html": ("<a ", "<a", "<!--", "<![CDATA[", "<p><!--x", "<a b='", "&a", "<script></s"),
    "md": ("[", "![", "[a](", "<a", "<sup>1", "*", "_", "\\[", "[\\", "[](", "![](", "[1](#", "[^1"),
}


@pytest.mark.parametrize(("suffix", "mark"), [(suffix, mark) for suffix, marks in MARKS.items() for mark in marks])
def test_marks_that_nothing_closes_take_linear_time(suffix: str, mark: str) -> None:
    started = process_time()
    READERS[f".{suffix}"](f"<p>{mark * (400_000 // len(mark))} x")
    assert process_time() - started < 2


def test_what_is_open_at_the_end_of_a_page_is_text() -> None:
    [page] = html_pages("<p>One <!-- two --> three <b>four</b> <a five <!-- six")
    assert [" ".join(line.text.split()) for line in page.lines] == ["One three four <a five <!-- six"]


def test_links_lose_their_addresses() -> None:
    escaped = "[" + r"\a" * 50 + "](g)"
    [page] = markdown_pages(rf"[one](#a) ![two](b) [t\[h\]ree](c) [3](#d) [four][e] [five](a [six](f) {escaped}")
    words = ["one", "t[h]ree", "[four][e]", "[five](a", "six", escaped]
    assert page.lines[0].text.split() == words


@pytest.mark.parametrize(
    ("label", "prose"), [("x" * 100_000, "{{ insert: param, p }} " * 30), ("x", "[](#" * 200_000), ("x", "[" * 800_000)]
)
def test_a_small_catalog_makes_no_large_text(label: str, prose: str) -> None:
    started = process_time()
    control = {"params": [{"id": "p", "label": label}], "parts": [{"name": "statement", "prose": prose}]}
    file = json.dumps({"catalog": {"groups": [{"controls": [control]}]}})
    if label == "x":
        assert oscal_pages(file)
    else:
        with pytest.raises(ValueError, match="it is no catalog in OSCAL"):
            oscal_pages(file)
    assert process_time() - started < 2


def test_parameters_that_insert_each_other_come_to_an_end() -> None:
    choice = ["{{ insert: param, p%d }}"] * 5
    params = [{"id": f"p{n}", "select": {"choice": [each % (n + 1) for each in choice]}} for n in range(20)]
    control = {
        "id": "a-1",
        "params": [*params, {"id": "p20", "label": "l"}],
        "parts": [{"name": "statement", "prose": "{{ insert: param, p0 }}"}],
    }
    with pytest.raises(ValueError, match="it is no catalog in OSCAL"):
        oscal_pages(json.dumps({"catalog": {"groups": [{"controls": [control]}]}}))


@pytest.mark.parametrize("mark", ["{{insert: param,", "[a](#"])
def test_marks_of_a_catalog_that_nothing_closes_take_linear_time(mark: str) -> None:
    part = {"name": "statement", "prose": mark * 30_000}
    catalog = json.dumps({"catalog": {"groups": [{"controls": [{"parts": [part]}]}]}})
    started = process_time()
    assert texts(oscal_pages(catalog)) == [mark * 30_000]
    assert process_time() - started < 5
