"""The text of a copy that is no PDF: plain text, Markdown, HTML, or a catalog in OSCAL."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any

from iotbaseline._wording.pages import Line, Page

_MARKDOWN = (
    # Each part is bounded or stops at the next mark: many marks that nothing closes would take a square of the time.
    (re.compile(r"<sup>\s{0,9}\d{1,9}\s{0,9}</sup>|\[\^\d{1,9}\]|\[\d+\.?\]\(#[^][)\s]*+\)|\^\d+"), ""),  # footnotes
    (re.compile(r"!\[[^][]*+\]\([^][)\s]*+\)"), ""),  # pictures
    (re.compile(r"\[((?:[^][\\]++|\\.){0,40}+)\]\([^][)\s]*+\)"), r"\1"),  # links
    (re.compile(r"<br\s{0,9}/?>"), "\n"),
    (re.compile(r"</?[A-Za-z][^<>\n]*+>"), ""),
    (re.compile(r"(?<!\w)[*_]{1,99}(?=\S)|(?<=\S)[*_]{1,99}(?!\w)"), ""),  # emphasis
    (re.compile(r"\\([^\w\s])"), r"\1"),
)
_PAGE_MARK = re.compile(r"^\{\d+\}-{3,}$", re.MULTILINE)
_SILENT = {"script", "style", "head", "template"}
_INLINE = {
    *("a", "abbr", "b", "bdi", "cite", "code", "dfn", "em", "font", "i", "ins", "mark", "q"),
    *("s", "small", "span", "strong", "sub", "sup", "u", "wbr"),
}


def plain_pages(text: str) -> tuple[Page, ...]:
    """The pages of a text, separated by form feeds."""
    parts = text.split("\f")
    return tuple(
        Page(number if len(parts) > 1 else None, tuple(Line(line) for line in part.splitlines() if line.strip()))
        for number, part in enumerate(parts, 1)
    )


def markdown_pages(text: str) -> tuple[Page, ...]:
    """The pages of a text in Markdown, without its marks."""
    for pattern, kept in _MARKDOWN:
        text = pattern.sub(kept, text)
    return plain_pages(unescape(_PAGE_MARK.sub("\f", text)))


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        if tag in _SILENT or tag == "sup":
            self._open.append(tag)
        self.text.append("" if tag in _INLINE else "\n")

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        self.text.append("" if tag in _INLINE else "\n")

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: ARG002
        """Skip ``<![...>``, of which html.parser knows some and fails at others, up to its end, as browsers do."""
        return self.rawdata.index(">", i) + 1

    def handle_data(self, data: str) -> None:
        is_mark = "sup" in self._open and data.strip("[] \n").isdecimal()
        if not is_mark and not _SILENT.intersection(self._open):
            self.text.append(" ".join(re.split(r"\s+", data)))


def html_pages(text: str) -> tuple[Page, ...]:
    """The text of a page of HTML as one page."""
    parser = _Parser()
    parser.feed(_closed(text))
    parser.close()
    return plain_pages("".join(parser.text))


def _closed(text: str) -> str:
    """A page in which no tag or comment is left open at its end: html.parser takes a square of the time for many."""
    for opening, closing in (("<!--", "-->"), ("<", ">")):
        before, end, after = text.rpartition(closing)
        text = before + end + after.replace(opening, f"&lt;{opening[1:]}")
    return text


_MOST_INSERTED = 2_000_000
"""How many characters a catalog inserts at most, by way of parameters; that of SP 800-53 inserts about 200,000."""
_INSERTION = re.compile(r"\{\{ *insert: param, *([^\s{}]+) *\}\}")
_REFERENCE = re.compile(r"\[([^][]*)\]\(#[^][)]*+\)")
_STRAY = re.compile(r"^Assignment\b[;:]? *")
_DEFINED = re.compile(r"^(?:list of )?organiz\w+[- ](?:defined|identified)\b")


def oscal_pages(text: str) -> tuple[Page, ...]:
    """The statements of the controls of a catalog, as they are printed; raises ``ValueError`` for anything else."""
    try:
        groups = json.loads(text)["catalog"]["groups"]
        controls = [control for group in groups for control in _controls(group)]
        parameters = {parameter["id"]: parameter for control in controls for parameter in control.get("params", ())}
        printed = _Printed(parameters)
        lines = [
            printed.of(prose)
            for control in controls
            for part in control.get("parts", ())
            if part["name"] == "statement"
            for prose in _prose(part)
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("it is no catalog in OSCAL") from None
    return plain_pages("\n".join(lines))


def _controls(group: Any) -> Iterator[Any]:
    for control in group.get("controls", ()):
        yield control
        yield from _controls(control)


def _prose(part: Any) -> Iterator[str]:
    yield part.get("prose", "")
    for inner in part.get("parts", ()):
        yield from _prose(inner)


class _Printed:
    """Prints prose with its parameters, as long as those do not insert each other without end."""

    def __init__(self, parameters: Any) -> None:
        self._parameters, self._left = parameters, _MOST_INSERTED

    def of(self, prose: str) -> str:
        filled = _INSERTION.sub(lambda found: self._counted(self._parameter(self._parameters[found[1]])), prose)
        return _REFERENCE.sub(r"\1", filled)

    def _counted(self, inserted: str) -> str:
        self._left -= len(inserted)
        if self._left < 0:
            raise ValueError("too much is inserted")
        return inserted

    def _parameter(self, parameter: Any) -> str:
        """A parameter as the publication prints it: in the words of SP 800-53, where a catalog has others too."""
        of_the_publication = (
            prop["value"] for prop in parameter.get("props", ()) if prop["name"] == "alt-label" and _is_own(prop)
        )
        label = next(of_the_publication, None) or parameter.get("label")
        if label:
            label = _STRAY.sub("", label)
            return f"[Assignment: {'' if _DEFINED.match(label) else 'organization-defined '}{label}]"
        select = parameter["select"]
        several = " (one or more)" if select.get("how-many") == "one-or-more" else ""
        return f"[Selection{several}: {'; '.join(map(self.of, select['choice']))}]"


def _is_own(prop: Any) -> bool:
    return prop.get("class") in (None, "sp800-53")


READERS: dict[str, Callable[[str], tuple[Page, ...]]] = {
    ".txt": plain_pages,
    ".md": markdown_pages,
    ".markdown": markdown_pages,
    ".html": html_pages,
    ".htm": html_pages,
    ".json": oscal_pages,
}
