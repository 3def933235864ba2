"""An element: anything in a publication that can be pointed at, and where it stands."""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from iotbaseline._display import html
from iotbaseline._display.records import Record, Tabular
from iotbaseline._model.provenance import Fidelity
from iotbaseline._model.wording import Fingerprint, Wording


@frozen(kw_only=True)
class Locator:
    """Where a statement stands in its publication; ``page`` is the printed page label, ``item`` the printed number."""

    section: str | None = None
    table: str | None = None
    page: str | None = None
    item: str | None = None

    def __str__(self) -> str:
        parts = (("section", self.section), ("table", self.table), ("p.", self.page), ("item", self.item))
        return ", ".join(f"{word} {value}" for word, value in parts if value)


@frozen(kw_only=True, repr=False)
class Element(Tabular):
    """Anything in a publication that can be pointed at.

    ``title`` is the printed name and ``label`` the printed number or letter, each ``None`` where the
    publication prints none; ``summary`` is this project's own wording; ``note`` is a remark of this
    project on the record itself. ``section``, ``table`` and ``page`` (the printed label) make up the
    ``locator``, ``words`` and ``sha256`` the ``fingerprint``. The official ``wording`` is there where the library has it
    from the user's own copy: see :func:`~iotbaseline.attach`; elements that only differ in it are equal.
    """

    kind: ClassVar[str] = "element"

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
        """Where it stands in its publication."""
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
    def name(self) -> str:
        """The best short text there is for this element: title, summary or identifier."""
        return self.title or self.summary or self.local

    def __str__(self) -> str:
        return f"{self.id} {self.name}" if self.name != self.local else self.id

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"

    def to_records(self) -> list[Record]:
        """One row of plain values: identifier, kind, label, title, summary, parent, locator, fidelity."""
        return [
            {
                "id": self.id,
                "kind": self.kind,
                "label": self.label,
                "title": self.title,
                "summary": self.summary,
                "parent": self.parent,
                "locator": str(self.locator),
                "fidelity": self.fidelity.value,
            }
        ]

    def _repr_html_(self) -> str:
        return html.card(
            self.id,
            self.title or self.kind,
            [self.kind, f"fidelity {self.fidelity}"],
            [("summary", self.summary), ("where", str(self.locator)), ("note", self.note)],
        )
