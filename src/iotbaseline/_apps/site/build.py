"""Build the site: draw every page and write it to a folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from attrs import frozen

import iotbaseline as ib
from iotbaseline._apps.site import (
    changes,
    crosswalks,
    elements,
    errata,
    glossary,
    others,
    profiles,
    publications,
    searching,
    words,
)
from iotbaseline._apps.site.addresses import file_name
from iotbaseline._apps.site.held import Held
from iotbaseline._apps.site.page import Page
from iotbaseline._display.extras import require

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable
    from jinja2 import Environment

PARTS: tuple[Callable[[Held], Iterator[Page]], ...] = (
    others.pages,
    publications.pages,
    crosswalks.pages,
    profiles.pages,
    changes.pages,
    errata.pages,
    elements.pages,
)
"""What makes the pages of each kind."""

MENU = (
    ("publications", "publications.html", "Publications"),
    ("crosswalks", "crosswalks.html", "Crosswalks"),
    ("profiles", "profiles.html", "Profiles"),
    ("compare", "compare.html", "Compare"),
    ("changes", "changes.html", "Changes"),
    ("errata", "errata.html", "Errata"),
)
"""The entries of the menu: the area of a page, the address, the name."""


_MINISEARCH = ("vendor", "minisearch-7.2.0")
_ASSETS = {
    "style.css": ("assets", "style.css"),
    "site.js": ("assets", "site.js"),
    "find.js": ("assets", "find.js"),
    "minisearch.js": (*_MINISEARCH, "index.js"),
    "minisearch-licence.txt": (*_MINISEARCH, "LICENSE.txt"),
}
"""The other files of the site, and where they are in this package."""


@frozen
class Built:
    """What was built: how many pages and files, and how many bytes."""

    pages: int
    files: int
    size: int


def build(output: Path, library: ib.Library) -> Built:
    """Write the site to a new folder: all of it, or nothing.

    Raises ``OSError`` if the folder exists or cannot be written, and :class:`~iotbaseline.errors.MissingExtraError`
    if Jinja2 is not installed.
    """
    if output.exists():
        raise FileExistsError("it exists")
    half = output.with_name(f".{uuid4().hex}")
    sizes: dict[str, int] = {}
    try:
        for address, content in files(library):
            path = half / address
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            sizes[address] = len(content)
        half.rename(output)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return Built(sum(address.endswith(".html") for address in sizes), len(sizes), sum(sizes.values()))


def files(library: ib.Library) -> Iterator[tuple[str, bytes]]:
    """Every file of the site with its address."""
    held, pages = Held(library), set[str]()
    for part in PARTS:
        for page in part(held):
            pages.add(page.address)
            yield page.address, drawn(page, library).encode()
    yield "assets/search.js", searching.script(held, pages).encode()
    for name, path in _ASSETS.items():
        yield f"assets/{name}", _resource(*path).read_bytes()


def drawn(page: Page, library: ib.Library) -> str:
    """A page as HTML. Raises :class:`~iotbaseline.errors.MissingExtraError` if Jinja2 is not installed."""
    template = _environment().get_template(page.template)
    return template.render(
        page=page, root=page.root, menu=MENU, version=ib.__version__, data_version=library.data_version
    )


@cache
def _environment() -> Environment:
    require("jinja2")
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(lambda name: _resource("templates", name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(_FILTERS)
    return environment


_FILTERS: dict[str, Any] = {
    "date": words.date,
    "file": file_name,
    "host": words.host,
    "meaning": glossary.meaning,
    "plural": words.plural,
    "sentence": words.sentence,
}


def _resource(*path: str) -> Traversable:
    from importlib_resources import files as resources

    return resources("iotbaseline._apps.site").joinpath(*path)
