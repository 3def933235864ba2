"""The types of the library: frozen, slotted, and ignorant of files and networks.

An :class:`Element` is anything in a publication that can be pointed at. Each kind of element has a
type of its own; ``kind`` is its name in the data files. Elements are linked by identifier, so that
any of them can be used, pickled or compared on its own; the tree lives in :class:`Publication`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar, TypeVar, overload

from attrs import evolve, frozen

from iotbaseline import html, ids
from iotbaseline.errors import UnknownIdentifierError
from iotbaseline.relations import Relation
from iotbaseline.tables import Record, Tabular


class Fidelity(StrEnum):
    """How a record was checked."""

    FULL = "full"
    """Against a complete copy of the publication."""
    PARTIAL = "partial"
    """Against part of it."""
    SECONDARY = "secondary"
    """Only against what others say of it."""


class Basis(StrEnum):
    """Where a mapping or a profile comes from."""

    OFFICIAL = "official"
    """The publisher printed it."""
    CURATED = "curated"
    """This project's judgement; the mapping carries its rationale."""
    DERIVED = "derived"
    """Computed; the mapping says how."""
    USER = "user"
    """The user's own: read from a file of theirs, which neither the publisher nor this project vouches for."""


class Status(StrEnum):
    """Whether a publication is in force; ``UNKNOWN`` if nobody looked into what became of it."""

    CURRENT = "current"
    DRAFT = "draft"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


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


@frozen
class Fingerprint:
    """The length in words and the SHA-256 of an official wording, normalised by :func:`iotbaseline.normalise`."""

    words: int
    sha256: str


@frozen(kw_only=True, repr=False)
class Element(Tabular):
    """Anything in a publication that can be pointed at.

    ``title`` is the printed name and ``label`` the printed number or letter, each ``None`` where the
    publication prints none; ``summary`` is this project's own wording; ``note`` is a remark of this
    project on the record itself. ``section``, ``table`` and ``page`` (the printed label) make up the
    ``locator``, ``words`` and ``sha256`` the ``fingerprint``.
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


class Side(StrEnum):
    """Who has to provide a capability."""

    DEVICE = "device"
    PRODUCT = "product"
    MANUFACTURER = "manufacturer"
    DEVELOPER = "developer"


@frozen(kw_only=True, repr=False)
class Capability(Element):
    """A cybersecurity capability (IR 8259A, 8259B, 8425).

    ``supports`` lists the risk mitigation areas of IR 8228 that the publication says it supports
    directly, ``supports_indirectly`` those reached through one of them.
    """

    kind: ClassVar[str] = "capability"
    side: Side
    supports: tuple[str, ...] = ()
    supports_indirectly: tuple[str, ...] = ()


@frozen(kw_only=True, repr=False)
class CommonElement(Element):
    """A numbered common element of a capability of IR 8259A, or a lettered part of one."""

    kind: ClassVar[str] = "common-element"


@frozen(kw_only=True, repr=False)
class CommonAction(Element):
    """A numbered common action of a capability of IR 8259B, or a lettered topic of one.

    ``illustrative`` marks what the action lists as examples only ("such as").
    """

    kind: ClassVar[str] = "common-action"
    illustrative: bool = False

    @property
    def is_illustrative(self) -> bool:
        """Whether the action lists it as an example only."""
        return self.illustrative


@frozen(kw_only=True, repr=False)
class SubCapability(Element):
    """A sub-capability of SP 800-213A; ``related_controls`` are the SP 800-53 controls printed with it."""

    kind: ClassVar[str] = "sub-capability"
    related_controls: tuple[str, ...] = ()


@frozen(kw_only=True, repr=False)
class Requirement(Element):
    """A requirement that may be necessary under a sub-capability of SP 800-213A, or a lettered part of one."""

    kind: ClassVar[str] = "requirement"


@frozen(kw_only=True, repr=False)
class Discussion(Element):
    """The discussion that SP 800-213A prints with a capability or sub-capability."""

    kind: ClassVar[str] = "discussion"


@frozen(kw_only=True, repr=False)
class ProfileEntry(Element):
    """A row of a profile table (SP 800-213A, Appendix A).

    ``selects`` names what it takes from the catalog: single requirements, or a sub-capability as a whole;
    ``related_controls`` are the controls printed in the row.
    """

    kind: ClassVar[str] = "profile-entry"
    selects: tuple[str, ...]
    related_controls: tuple[str, ...] = ()


class Force(StrEnum):
    """Whether IR 8425, section 2.2, makes a lettered or roman item normative or informative."""

    NORMATIVE = "normative"
    INFORMATIVE = "informative"


@frozen(kw_only=True, repr=False)
class Criterion(Element):
    """A numbered, lettered or roman sub-criterion of IR 8425.

    ``force`` is ``None`` where the publication marks neither (the numbered sub-criteria themselves).
    """

    kind: ClassVar[str] = "criterion"
    force: Force | None = None

    @property
    def is_illustrative(self) -> bool:
        """Whether it is informative."""
        return self.force is Force.INFORMATIVE


@frozen(kw_only=True, repr=False)
class Rationale(Element):
    """A bullet of a publication's own rationale for a capability."""

    kind: ClassVar[str] = "rationale"


@frozen(kw_only=True, repr=False)
class Utility(Element):
    """The "cybersecurity utility" that IR 8425 states for a capability."""

    kind: ClassVar[str] = "utility"


@frozen(kw_only=True, repr=False)
class Remark(Element):
    """A note or footnote that changes or explains the meaning of its parent."""

    kind: ClassVar[str] = "remark"


@frozen(kw_only=True, repr=False)
class Term(Element):
    """A glossary term; ``title`` is the term."""

    kind: ClassVar[str] = "term"


class Phase(StrEnum):
    """When an activity mainly has its effect (IR 8259, sections 3 and 4)."""

    PRE_MARKET = "pre-market"
    POST_MARKET = "post-market"


@frozen(kw_only=True, repr=False)
class Activity(Element):
    """A foundational cybersecurity activity for manufacturers (IR 8259 and its revision 1)."""

    kind: ClassVar[str] = "activity"
    phase: Phase | None = None


@frozen(kw_only=True, repr=False)
class Topic(Element):
    """A part of an activity: a communication topic, or a group of questions."""

    kind: ClassVar[str] = "topic"


@frozen(kw_only=True, repr=False)
class Question(Element):
    """A question a manufacturer or an organization is advised to answer."""

    kind: ClassVar[str] = "question"


@frozen(kw_only=True, repr=False)
class Step(Element):
    """A step of a process (SP 800-213 and its revision)."""

    kind: ClassVar[str] = "step"


@frozen(kw_only=True, repr=False)
class Example(Element):
    """A worked example, means or consideration that a publication lists."""

    kind: ClassVar[str] = "example"


@frozen(kw_only=True, repr=False)
class Insight(Element):
    """A key takeaway from a profiling process or a workshop report."""

    kind: ClassVar[str] = "insight"


@frozen(kw_only=True, repr=False)
class Feedback(Element):
    """A theme that readers or workshop participants put to the publisher."""

    kind: ClassVar[str] = "feedback"


@frozen(kw_only=True, repr=False)
class ComponentType(Element):
    """A kind of IoT product component (IR 8425, section 2.1)."""

    kind: ClassVar[str] = "component-type"


@frozen(kw_only=True, repr=False)
class Standard(Element):
    """A standard or guide that a publication names as a source of requirements."""

    kind: ClassVar[str] = "standard"


@frozen(kw_only=True, repr=False)
class Family(Element):
    """A control family of SP 800-53."""

    kind: ClassVar[str] = "family"


@frozen(kw_only=True, repr=False)
class Control(Element):
    """A control or control enhancement of SP 800-53.

    ``moved_to`` and ``incorporated_into`` name where a withdrawn control went; ``baselines`` lists the
    control baselines of SP 800-53B (for revision 4: of its Appendix D) that select it.
    """

    kind: ClassVar[str] = "control"
    withdrawn: bool = False
    moved_to: tuple[str, ...] = ()
    incorporated_into: tuple[str, ...] = ()
    baselines: tuple[str, ...] = ()

    @property
    def is_enhancement(self) -> bool:
        """Whether this is a control enhancement, such as AC-2(3)."""
        return "." in self.local


@frozen(kw_only=True, repr=False)
class OverlayEntry(Element):
    """What an overlay does with a control (SP 800-82r3, Appendix F).

    ``control`` is the control's identifier in SP 800-53; ``adds`` and ``removes`` name the baselines of SP 800-53B that
    the overlay adds it to or removes it from: ``low``, ``moderate``, ``high``.
    """

    kind: ClassVar[str] = "overlay-entry"
    control: str
    adds: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()


@frozen(kw_only=True, repr=False)
class Function(Element):
    """A function of the Cybersecurity Framework."""

    kind: ClassVar[str] = "function"


@frozen(kw_only=True, repr=False)
class Category(Element):
    """A category of the Cybersecurity Framework."""

    kind: ClassVar[str] = "category"


@frozen(kw_only=True, repr=False)
class Subcategory(Element):
    """A subcategory (outcome) of the Cybersecurity Framework.

    ``withdrawn``, ``moved_to`` and ``incorporated_into`` are set for the numbers of CSF 1.1 that CSF 2.0 withdrew.
    """

    kind: ClassVar[str] = "subcategory"
    withdrawn: bool = False
    moved_to: tuple[str, ...] = ()
    incorporated_into: tuple[str, ...] = ()


class ProvisionStatus(StrEnum):
    """The status letters of ETSI EN 303 645, Annex B."""

    MANDATORY = "M"
    RECOMMENDATION = "R"


@frozen(kw_only=True, repr=False)
class Clause(Element):
    """A clause of a standard of which only identifiers and titles are held."""

    kind: ClassVar[str] = "clause"


@frozen(kw_only=True, repr=False)
class Provision(Element):
    """A provision of ETSI EN 303 645; ``conditional`` where Annex B prints C."""

    kind: ClassVar[str] = "provision"
    status: ProvisionStatus
    conditional: bool = False


@frozen(kw_only=True, repr=False)
class ComponentRequirement(Element):
    """A component requirement of IEC 62443-4-2, or one of its requirement enhancements."""

    kind: ClassVar[str] = "component-requirement"
    component_type: str | None = None


@frozen(kw_only=True, repr=False)
class Addition(Element):
    """What a profile adds to the baselines that it tailors; no publication has it, so it is not among the ``KINDS``.

    Its identifier starts with the key of its profile, which stands in place of a publication. ``rationale`` says why
    it was added, ``sources`` what it rests on; ``levels`` are the levels of the profile that it belongs to.
    """

    kind: ClassVar[str] = "addition"
    rationale: str
    sources: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


KINDS: MappingProxyType[str, type[Element]] = MappingProxyType(
    {
        cls.kind: cls
        for cls in (
            Capability, CommonElement, CommonAction, SubCapability, Requirement, Discussion, ProfileEntry, Criterion,
            Rationale, Utility, Remark, Term, Activity, Topic, Question, Step, Example, Insight, Feedback,
            ComponentType, Standard, Family, Control, OverlayEntry, Function, Category, Subcategory, Clause, Provision,
            ComponentRequirement,
        )
    }
)  # fmt: skip
"""Every kind of element by the name it has in the files of publications."""


@frozen
class Evidence:
    """One fact of a registry entry, where it was seen, and how sure it is."""

    fact: str
    source: str
    confidence: str


@frozen
class PublicationRelation:
    """A typed link from one publication to another, such as ``profile_of``."""

    type: str
    target: str
    note: str | None = None


USER_FRAMEWORK = "user framework"
"""The role of a publication that the user has loaded; no shipped one has it."""


@frozen(kw_only=True)
class PublicationInfo(Tabular):
    """The registry entry of one revision of one document.

    ``pubid`` is NIST's publication identifier, ``work`` the key shared by all revisions of the document.
    ``published`` and ``withdrawn`` are ISO 8601 dates, as exact as known (``2020-05``).
    What is not known is ``None``; ``missing`` says what the library does not hold.
    """

    key: str
    pubid: str | None
    work: str
    title: str | None
    role: str
    series: str | None
    stage: str
    status: Status
    published: str | None
    withdrawn: str | None = None
    doi: str | None
    url: str | None = None
    authors: tuple[str, ...] | None
    aliases: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    relations: tuple[PublicationRelation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    fidelity: Fidelity
    missing: str | None = None

    @property
    def notice(self) -> str | None:
        """A line of warning if this revision is the user's own or anything but current, else ``None``."""
        if self.role == USER_FRAMEWORK:
            return "the user's own, not a publication of NIST"
        if self.status is Status.CURRENT:
            return None
        if self.status is Status.UNKNOWN:
            return "status unknown"
        when = f" {self.withdrawn}" if self.withdrawn else ""
        after = f" by {', '.join(self.superseded_by)}" if self.superseded_by else ""
        if self.status is Status.SUPERSEDED or not after:
            return f"{self.status}{when}{after}"
        return f"{self.status}{when}; superseded{after}"

    def __str__(self) -> str:
        return f"{self.key} {self.title} ({self.published or 'undated'}, {self.notice or 'current'})"

    def to_records(self) -> list[Record]:
        """One row of plain values."""
        return [
            {
                "key": self.key,
                "pubid": self.pubid,
                "title": self.title,
                "role": self.role,
                "stage": self.stage,
                "status": self.status.value,
                "published": self.published,
                "withdrawn": self.withdrawn,
                "doi": self.doi,
                "superseded_by": ", ".join(self.superseded_by),
                "fidelity": self.fidelity.value,
            }
        ]


E = TypeVar("E", bound=Element)


@frozen(kw_only=True, repr=False)
class Publication(Tabular):
    """One revision of one document with its elements, in document order.

    Behaves as a read-only collection: ``len``, iteration, ``in``, and ``publication["data-protection.1"]``.
    ``complete`` names the kinds of element of which all are held although the publication itself was not
    read in full; ``missing`` says what the library does not hold of it.
    """

    info: PublicationInfo
    elements: tuple[Element, ...]
    fidelity: Fidelity
    complete: tuple[str, ...] = ()
    missing: str | None = None

    @property
    def key(self) -> str:
        """The short key, used as the prefix of its elements' identifiers."""
        return self.info.key

    @property
    def title(self) -> str | None:
        """The printed title."""
        return self.info.title

    @property
    def notice(self) -> str | None:
        """A line of warning if this revision is the user's own or anything but current, else ``None``."""
        return self.info.notice

    @cached_property
    def _by_id(self) -> dict[str, Element]:
        return {element.id: element for element in self.elements}

    @cached_property
    def _by_fold(self) -> dict[str, Element]:
        return {ids.fold_local(element.local): element for element in self.elements}

    @cached_property
    def _children(self) -> dict[str | None, tuple[Element, ...]]:
        found: dict[str | None, list[Element]] = {}
        for element in self.elements:
            found.setdefault(element.parent, []).append(element)
        return {parent: tuple(children) for parent, children in found.items()}

    def holds_all(self, kind: str) -> bool:
        """Whether every element of that kind is held that stands in the parts which ``missing`` does not name."""
        return self.fidelity is Fidelity.FULL or kind in self.complete

    def __len__(self) -> int:
        return len(self.elements)

    def __iter__(self) -> Iterator[Element]:
        return iter(self.elements)

    def __contains__(self, item: object) -> bool:
        if isinstance(item, Element):
            return self._by_id.get(item.id) == item
        return isinstance(item, str) and self.get(item) is not None

    def has(self, identifier: str) -> bool:
        """Whether there is an element of exactly that identifier."""
        return identifier in self._by_id

    def get(self, identifier: str) -> Element | None:
        """Return the element of that name in any usual spelling, with or without the publication, else ``None``."""
        exact = self._by_id.get(ids.text(identifier))
        if exact is not None:
            return exact
        return self._by_fold.get(ids.fold_local(identifier.removeprefix(f"{self.key}:")))

    def __getitem__(self, identifier: str) -> Element:
        """Return the element of that name.

        Raises :class:`~iotbaseline.errors.UnknownIdentifierError` with suggestions if there is none.
        """
        element = self.get(ids.checked(identifier))
        if element is None:
            near = ids.nearest(identifier.removeprefix(f"{self.key}:"), (e.local for e in self.elements))
            raise UnknownIdentifierError(f"element of {self.key}", identifier, near)
        return element

    @overload
    def of_kind(self, kind: type[E]) -> tuple[E, ...]: ...
    @overload
    def of_kind(self, kind: str) -> tuple[Element, ...]: ...
    def of_kind(self, kind: type[E] | str) -> tuple[E, ...] | tuple[Element, ...]:
        """The elements of one kind, named by its type or by its name in the data files.

        Raises :class:`~iotbaseline.errors.UnknownIdentifierError` for a name that is no kind.
        """
        if isinstance(kind, type):
            return tuple(element for element in self.elements if isinstance(element, kind))
        if ids.text(kind) not in KINDS:
            raise UnknownIdentifierError("kind of element", kind, ids.nearest(kind, KINDS))
        return self.of_kind(KINDS[kind])

    @property
    def capabilities(self) -> tuple[Capability, ...]:
        """Its cybersecurity capabilities."""
        return self.of_kind(Capability)

    @property
    def activities(self) -> tuple[Activity, ...]:
        """Its manufacturer activities."""
        return self.of_kind(Activity)

    @property
    def controls(self) -> tuple[Control, ...]:
        """Its controls and control enhancements, withdrawn ones included."""
        return self.of_kind(Control)

    def roots(self) -> tuple[Element, ...]:
        """The elements that have no parent."""
        return self._children.get(None, ())

    def children(self, of: Element | str) -> tuple[Element, ...]:
        """The direct children of an element, in document order."""
        return self._children.get(self._known(of).id, ())

    def parent(self, of: Element | str) -> Element | None:
        """The parent of an element, or ``None`` at the top."""
        above = self._known(of).parent
        return None if above is None else self._by_id[above]

    def ancestors(self, of: Element | str) -> tuple[Element, ...]:
        """The parent, its parent and so on, nearest first."""
        found: list[Element] = []
        above = self.parent(of)
        while above is not None:
            found.append(above)
            above = self.parent(above)
        return tuple(found)

    def descendants(self, of: Element | str) -> tuple[Element, ...]:
        """All elements below an element, depth first, siblings in document order."""
        return tuple(below for _, below in self._walk(self.children(of), 0))

    def walk(self) -> Iterator[tuple[int, Element]]:
        """Every element with its depth in the tree, depth first, siblings in document order."""
        return self._walk(self.roots(), 0)

    def _walk(self, elements: tuple[Element, ...], depth: int) -> Iterator[tuple[int, Element]]:
        for element in elements:
            yield depth, element
            yield from self._walk(self._children.get(element.id, ()), depth + 1)

    def _known(self, of: Element | str) -> Element:
        return self[of.id if isinstance(of, Element) else of]

    def to_records(self) -> list[Record]:
        """One row per element."""
        return [row for element in self.elements for row in element.to_records()]

    def __str__(self) -> str:
        return str(self.info)

    def __repr__(self) -> str:
        return f"<Publication {self.info}: {self._counts()}>"

    def _counts(self) -> str:
        counts = Counter(element.kind for element in self.elements)
        return ", ".join(f"{count} {kind}" for kind, count in counts.items()) or "no elements"

    def _repr_html_(self) -> str:
        shown = ((depth, element.local, element.name) for depth, element in self.walk())
        outline = f"<details><summary>{self._counts()}</summary>{html.tree(shown)}</details>"
        return html.card(
            self.key,
            self.title or self.key,
            [self.info.stage, self.notice or "current", f"fidelity {self.fidelity}"],
            [("published", self.info.published), ("DOI", self.info.doi), ("not held", self.missing)],
            outline,
        )


@frozen(kw_only=True, repr=False)
class Mapping(Tabular):
    """One assertion: subject, relation, object, and why one may believe it.

    ``object`` is ``None`` where the publication cites something that cannot be identified, and ``object_label``
    then holds what is left of it; both are ``None`` where the source lists the subject with nothing mapped to it.
    ``printed`` is the reference as printed, ``strength`` a judgement from
    0 to 10, ``rationale`` the reason for a judgement, ``source`` the mapping set the row stands in. ``path`` lists
    the elements that a derived mapping leads through, from subject to object.
    """

    subject: str
    relation: Relation
    object: str | None
    object_label: str | None = None
    basis: Basis
    fidelity: Fidelity
    justification: str
    rationale: str | None = None
    locator: str | None = None
    strength: int | None = None
    printed: str | None = None
    path: tuple[str, ...] = ()
    source: str

    @property
    def is_empty(self) -> bool:
        """Whether the source lists the subject with nothing mapped to it."""
        return self.object is None and self.object_label is None

    def inverse(self) -> Mapping:
        """The same assertion read from object to subject.

        Raises ``ValueError`` if the object is not identified.
        """
        if self.object is None:
            raise ValueError(f"{self} cannot be inverted: its object is not identified")
        return evolve(
            self,
            subject=self.object,
            object=self.subject,
            relation=self.relation.inverse,
            object_label=None,
            path=self.path[::-1],
        )

    def __str__(self) -> str:
        found = self.object or (repr(self.object_label) if self.object_label else "nothing")
        return f"{self.subject} {self.relation} {found} [{self.basis}]"

    def __repr__(self) -> str:
        return f"<Mapping {self}>"

    def to_records(self) -> list[Record]:
        """One row of plain values."""
        return [
            {
                "subject": self.subject,
                "relation": self.relation.value,
                "object": self.object,
                "object_label": self.object_label,
                "basis": self.basis.value,
                "fidelity": self.fidelity.value,
                "strength": self.strength,
                "rationale": self.rationale,
                "printed": self.printed,
                "locator": self.locator,
                "path": " ".join(self.path),
                "source": self.source,
            }
        ]


class Defect(StrEnum):
    """What is wrong in a publication."""

    UNKNOWN_REFERENCE = "unknown-reference"
    """It refers to an element that does not exist."""
    WRONG_PREFIX = "wrong-prefix"
    """It prints a reference under a capability that it does not belong to."""
    UNKNOWN_CONTROL = "unknown-control"
    """It names a control or outcome that the cited framework does not have."""
    WITHDRAWN_CONTROL = "withdrawn-control"
    """It names a control that the cited framework has withdrawn."""
    DISAGREEMENT = "disagreement"
    """Two places in it that should say the same do not."""
    OMISSION = "omission"
    """Something is left out where all of its kind are listed."""
    MISPRINT = "misprint"
    """A word, number or name is printed wrongly."""
    OUTDATED_NUMBER = "outdated-number"
    """It cites an item by the number or letter that the item had in a draft."""


@frozen(kw_only=True)
class Erratum(Tabular):
    """An error in a publication, with both readings; the data never repairs one silently.

    ``printed`` is what stands there, ``expected`` the other reading, ``used`` says which one the data follows.
    """

    publication: str
    defect: Defect
    elements: tuple[str, ...] = ()
    locator: str
    printed: str
    expected: str | None = None
    used: str
    evidence: str

    def __str__(self) -> str:
        other = f", expected {self.expected}" if self.expected else ""
        return f"{self.publication}, {self.locator}: {self.defect}: {self.printed}{other}"

    def to_records(self) -> list[Record]:
        """One row of plain values."""
        return [
            {
                "publication": self.publication,
                "defect": self.defect.value,
                "elements": ", ".join(self.elements),
                "locator": self.locator,
                "printed": self.printed,
                "expected": self.expected,
                "used": self.used,
                "evidence": self.evidence,
            }
        ]


class LineageChange(StrEnum):
    """What a lineage record says became of its elements."""

    CONTINUED = "continued"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    INCORPORATED = "incorporated"
    ADDED = "added"
    REMOVED = "removed"


@frozen(kw_only=True)
class LineageRecord:
    """What became of elements of one revision in another, with its evidence."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    change: LineageChange
    basis: Basis
    fidelity: Fidelity
    evidence: str
