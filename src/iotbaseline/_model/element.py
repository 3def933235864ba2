"""An element: anything in a publication that can be pointed at, and where it is."""

from __future__ import annotations

import re
import sys
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, ClassVar, cast

from attrs import field, fields, frozen

from iotbaseline._display import html
from iotbaseline._display.records import Column, Value
from iotbaseline._display.results import Item, Shown
from iotbaseline._model.provenance import Fidelity
from iotbaseline._model.wording import Fingerprint, Wording

if TYPE_CHECKING:
    from iotbaseline._model.locator import Locator


class Asks(Enum):
    """When an element of a kind asks for something on its own."""

    NEVER = auto()
    IF_BARE = auto()
    """If nothing below it does."""
    ALWAYS = auto()


@frozen(kw_only=True)
class Traits:
    """What holds for every element of a kind, unless its publication gives it as an example or for information.

    ``is_part`` says that an element is part of its parent's statement: what talks about the parent, such as a remark or
    a question, is not. ``extends_own_kind`` says that an element below one of its own kind is not part of it but adds
    to it, as a control enhancement does.
    """

    asks: Asks = Asks.NEVER
    is_part: bool = False
    extends_own_kind: bool = False


@frozen(kw_only=True, repr=False)
class Element(Item):
    """Anything in a publication that can be pointed at. Elements sort by identifier, AC-2 before AC-10.

    ``title`` is the printed name and ``label`` the printed number or letter, each ``None`` where the
    publication prints none; ``summary`` is this project's own wording; ``note`` is a remark of this
    project on the record itself. ``section``, ``table`` and ``page`` (the printed label) make up the
    ``locator``, ``words`` and ``sha256`` the ``fingerprint``. The official ``wording`` is there if
    :func:`~iotbaseline.attach` gave it to the library; elements that only differ in it are equal.
    """

    SHOWN: ClassVar[Shown] = {"element": ("id", "title"), "kind": ("kind",), "summary": ("summary",)}
    kind: ClassVar[str] = "element"
    traits: ClassVar[Traits] = Traits()

    id: str
    title: str | None = None
    label: str | None = None
    parent: str | None = None
    summary: str | None = None
    section: str | None = None
    table: str | None = None
    page: str | None = None
    words: int | None = None
    sha256: str | None = None
    fidelity: Fidelity = Fidelity.FULL
    note: str | None = None
    wording: Wording | None = field(default=None, eq=False)

    @property
    def locator(self) -> Locator:
        """Where it is in its publication."""
        from iotbaseline._model.locator import Locator

        return Locator(section=self.section, table=self.table, page=self.page, item=self.label)

    @property
    def fingerprint(self) -> Fingerprint | None:
        """The fingerprint of its official wording, or ``None`` where no complete copy was read."""
        return None if self.words is None or self.sha256 is None else Fingerprint(self.words, self.sha256)

    @property
    def publication(self) -> str:
        """The short key of the publication this element belongs to."""
        return self.id.partition(":")[0]

    @property
    def local(self) -> str:
        """The identifier without its publication."""
        return self.id.partition(":")[2]

    @property
    def is_illustrative(self) -> bool:
        """Whether the publication gives it as an example or for information only, and so asks for nothing by it."""
        return False

    @property
    def is_in_force(self) -> bool:
        """Whether it still counts: its publication has not withdrawn it."""
        return True

    @property
    def name(self) -> str:
        """The best short text there is for this element: title, summary or identifier."""
        return self.title or self.summary or self.local

    def __str__(self) -> str:
        return f"{self.id} {self.name}" if self.name != self.local else self.id

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"

    def __lt__(self, other: Element) -> bool:
        return _natural(self.id) < _natural(other.id)

    def columns(self) -> tuple[Column[Element], ...]:
        """The columns of every element, those of its kind, such as ``baselines``, and its wording where attached."""
        of_its_kind = fields(type(self))[len(fields(Element)) :]
        attached = () if self.wording is None else WORDING_COLUMNS
        return (*ELEMENT_COLUMNS, *(_column_of_kind(field.name) for field in of_its_kind), *attached)

    def _repr_html_(self) -> str:
        return html.card(
            self.id,
            self.title or self.kind,
            [self.kind, f"fidelity {self.fidelity}"],
            [
                ("summary", self.summary),
                ("where", str(self.locator)),
                ("note", self.note),
                ("wording", self.wording.text if self.wording else None),
                ("copied from", self.wording.origin if self.wording else None),
            ],
        )


ELEMENT_COLUMNS: tuple[Column[Element], ...] = (
    Column("id", lambda element: element.id),
    Column("kind", lambda element: element.kind, groups=()),
    Column("label", lambda element: element.label),
    Column("title", lambda element: element.title),
    Column("summary", lambda element: element.summary),
    Column("parent", lambda element: element.parent),
    Column("locator", lambda element: str(element.locator)),
    Column("fidelity", lambda element: element.fidelity),
)
"""The columns of every element."""
WORDING_COLUMNS: tuple[Column[Element], ...] = (
    Column("wording", lambda element: element.wording.text if element.wording else None),
    Column("wording_from", lambda element: element.wording.origin if element.wording else None),
)
"""The columns of an element whose wording is attached."""


@cache
def _column_of_kind(name: str) -> Column[Element]:
    """A column that elements of another kind leave empty."""
    return Column(name, lambda element: cast("Value", getattr(element, name, None)))


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """A sort key for identifiers: digits sort as numbers, and before letters."""
    return tuple((int(part), "") if part.isdecimal() else (sys.maxsize, part) for part in re.findall(r"\d+|\D+", text))
