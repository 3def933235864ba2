"""The tiny HTML builder."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from iotbaseline._display import html
from iotbaseline._display.records import Named

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


class Page(HTMLParser):
    """The texts of a page, the names of its elements, and whether each start has its end."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.names: list[str] = []
        self.open: list[str] = []
        self.styles: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open += [tag] if tag != "br" else []
        self.names.append(tag)
        self.styles += [value or "" for name, value in attrs if name == "style"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@given(TEXT)
def test_badge(text: str) -> None:
    page = Page(html.badge(text))
    assert ("".join(page.texts), page.names) == (text, ["span"])


@given(st.lists(st.tuples(TEXT, TEXT), max_size=3))
def test_table(rows: list[tuple[str, str]]) -> None:
    page = Page(html.table(("left", "right"), rows))
    assert page.texts == ["left", "right", *(cell for row in rows for cell in row)]
    assert page.names.count("tr") == 1 + len(rows)
    assert page.names.count("td") == 2 * len(rows)


def test_table_of_plain_values() -> None:
    assert Page(html.table(("a", "b", "c"), [(None, 0, False)])).texts == ["a", "b", "c", "0", "False"]


@given(TEXT, TEXT)
def test_tree(name: str, text: str) -> None:
    page = Page(html.tree([(0, name, text), (2, name, text)]))
    assert "".join(page.texts) == f"{name} {text}" * 2
    assert page.styles == ["margin-left:0.0em", "margin-left:2.8em"]


@given(TEXT, TEXT, TEXT)
def test_card(identifier: str, title: str, value: str) -> None:
    rows = [("shown", value), ("absent", None), ("empty", "")]
    page = Page(html.card(identifier, title, [value, identifier], rows, "<p>more</p>"))
    assert "".join(page.texts) == f"{title} {identifier}{value}{identifier}shown{value}more"
    assert page.names.count("tr") == 1


@given(TEXT, TEXT)
def test_parts_of_a_page(name: str, text: str) -> None:
    """Each escapes what it is given, and keeps the HTML that it puts around."""
    content = "<p>more</p>"
    for made, names, texts in (
        (html.section(name, content), ["section", "h2", "p"], [name, "more"]),
        (html.details(name, content), ["details", "summary", "p"], [name, "more"]),
        (html.note(text), ["div"], [text]),
        (html.text(text), ["pre"], [text]),
    ):
        page = Page(made)
        assert (page.names, page.texts) == (names, texts)


def test_columns_of_numbers_are_aligned_right() -> None:
    """Their headings too; a truth is no number."""

    def sides(made: str) -> list[str]:
        return [style.rpartition("text-align:")[2] for style in Page(made).styles if "text-align:" in style]

    left, right = "left", "right"
    assert sides(html.table(("number", "truth", "some"), [(1, True, 1.5), (2, False, None)])) == [
        *(right, left, left),
        *(right, left, right),
        *(right, left, left),
    ]
    assert sides(html.table(("nothing",), [])) == [left]
    assert sides(html.facts([("name", "1")])) == [left, left]


@given(TEXT, TEXT)
def test_a_cell_of_named_elements_has_a_line_for_each(key: str, name: str) -> None:
    page = Page(html.table(("elements",), [(Named(((key, name), (key, None))),)]))
    assert "".join(page.texts).removeprefix("elements") == f"{key} {name}".rstrip() + key
    assert page.names[-3:] == ["code", "br", "code"]


def test_facts_and_cards_hold_no_more_than_they_are_given() -> None:
    assert Page(html.facts([("a", "1"), ("b", None), ("c", "2")])).texts == ["a", "1", "c", "2"]
    assert Page(html.card("id", "title", [], [])).texts == ["title", " ", "id"]


def test_colours_are_those_of_the_page() -> None:
    made = html.card("i", "t", ["b"], [("n", "v")], html.table(("h",), [("c",)]) + html.tree([(0, "n", "t")]))
    assert not any(word in made for word in ("#", "rgb(", "white", "black"))


def test_no_table_keeps_a_colour_of_its_own() -> None:
    """In a dark page, a table that does not inherit its colour is black on black."""
    page = html.card("id", "title", [], [("name", "value")], html.table(["a"], [["b"]]))
    style = "border-collapse:collapse;color:inherit;background:transparent"
    assert page.count("<table") == page.count(f'<table style="{style}">') == 2
