"""Every kind of element with its traits: a new kind is one class here.

Only a kind with fields of its own is made by attrs, which takes most of the time that importing this module takes.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar

from attrs import frozen

from iotbaseline._model.element import Asks, Element, Traits


class Provider(StrEnum):
    """Who has to provide a capability."""

    DEVICE = "device"
    PRODUCT = "product"
    MANUFACTURER = "manufacturer"
    DEVELOPER = "developer"


class Demand(StrEnum):
    """Whether a publication asks for an item."""

    REQUIRED = "required"
    MAY_BE_NECESSARY = "may-be-necessary"
    """It may be needed; the reader decides."""
    EXAMPLE = "example"
    """It only illustrates what stands above it ("such as")."""


@frozen(kw_only=True, repr=False)
class Demanding(Element):
    """What a publication asks for, or gives as an example of what it asks for; ``None`` where nobody judged that."""

    demand: Demand | None = None

    @property
    def is_illustrative(self) -> bool:
        """Whether it is an example only."""
        return self.demand is Demand.EXAMPLE


@frozen(kw_only=True, repr=False)
class Capability(Demanding):
    """A cybersecurity capability (IR 8259A, 8259B, 8425, SP 800-213A).

    ``demand`` is set for IR 8259B and SP 800-213A.
    ``supports`` lists the risk mitigation areas of IR 8228 that the publication says it supports
    directly, ``supports_indirectly`` those reached through one of them.
    """

    kind: ClassVar[str] = "capability"
    traits: ClassVar[Traits] = Traits(asks=Asks.IF_BARE)
    provider: Provider
    supports: tuple[str, ...] = ()
    supports_indirectly: tuple[str, ...] = ()


class CommonElement(Element):
    """A numbered common element of a capability of IR 8259A, or a lettered part of one."""

    __slots__ = ()

    kind: ClassVar[str] = "common-element"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS, is_part=True)


class CommonAction(Demanding):
    """A numbered common action of a capability of IR 8259B, or a lettered topic of one.

    ``demand`` says whether it may be necessary or is an example only.
    """

    __slots__ = ()

    kind: ClassVar[str] = "common-action"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS, is_part=True)


@frozen(kw_only=True, repr=False)
class SubCapability(Demanding):
    """A sub-capability of SP 800-213A; ``related_controls`` are the SP 800-53 controls printed with it.

    ``demand`` is not set in the states of the online catalog.
    """

    kind: ClassVar[str] = "sub-capability"
    traits: ClassVar[Traits] = Traits(asks=Asks.IF_BARE, is_part=True)
    related_controls: tuple[str, ...] = ()


class Requirement(Demanding):
    """A requirement of a law or scheme, or one of SP 800-213A that may be necessary; or a part of one.

    ``demand`` is set for SP 800-213A: whether it may be necessary or is an example only.
    """

    __slots__ = ()

    kind: ClassVar[str] = "requirement"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS, is_part=True)


class Discussion(Element):
    """The discussion that SP 800-213A prints with a capability or sub-capability."""

    __slots__ = ()

    kind: ClassVar[str] = "discussion"


@frozen(kw_only=True, repr=False)
class ProfileEntry(Element):
    """A row of a profile table (SP 800-213A, Appendix A).

    ``selects`` names what it takes from the catalog: single requirements, or a sub-capability as a whole;
    ``related_controls`` are the controls printed in the row, ``bold_controls`` those of them that are printed in bold.
    The publication does not say why; they are not simply the controls of the LOW baseline.
    """

    kind: ClassVar[str] = "profile-entry"
    traits: ClassVar[Traits] = Traits(is_part=True)
    selects: tuple[str, ...]
    related_controls: tuple[str, ...] = ()
    bold_controls: tuple[str, ...] = ()


class Normativity(StrEnum):
    """Whether IR 8425, section 2.2, makes a lettered or roman item normative or informative."""

    NORMATIVE = "normative"
    INFORMATIVE = "informative"


@frozen(kw_only=True, repr=False)
class Criterion(Element):
    """A numbered, lettered or roman sub-criterion of IR 8425.

    ``normativity`` is ``None`` where the publication marks neither (the numbered sub-criteria themselves).
    """

    kind: ClassVar[str] = "criterion"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS, is_part=True)
    normativity: Normativity | None = None

    @property
    def is_illustrative(self) -> bool:
        """Whether it is informative."""
        return self.normativity is Normativity.INFORMATIVE


class Rationale(Element):
    """A bullet of a publication's own rationale for a capability."""

    __slots__ = ()

    kind: ClassVar[str] = "rationale"


class Utility(Element):
    """The "cybersecurity utility" that IR 8425 states for a capability."""

    __slots__ = ()

    kind: ClassVar[str] = "utility"


class Remark(Element):
    """What explains or qualifies a statement: a note, a footnote, or the scope or a condition that a law sets."""

    __slots__ = ()

    kind: ClassVar[str] = "remark"


class Term(Element):
    """A glossary term; ``title`` is the term."""

    __slots__ = ()

    kind: ClassVar[str] = "term"


class Phase(StrEnum):
    """When an activity mainly has its effect (IR 8259, sections 3 and 4)."""

    PRE_MARKET = "pre-market"
    POST_MARKET = "post-market"


@frozen(kw_only=True, repr=False)
class Activity(Element):
    """A foundational cybersecurity activity for manufacturers (IR 8259 and its revision 1)."""

    kind: ClassVar[str] = "activity"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS)
    phase: Phase | None = None


class Topic(Element):
    """A part of an activity: a communication topic, or a group of questions."""

    __slots__ = ()

    kind: ClassVar[str] = "topic"
    traits: ClassVar[Traits] = Traits(is_part=True)


class Question(Element):
    """A question a manufacturer or an organization is advised to answer."""

    __slots__ = ()

    kind: ClassVar[str] = "question"


class Step(Element):
    """A step of a process (SP 800-213 and its revision)."""

    __slots__ = ()

    kind: ClassVar[str] = "step"
    traits: ClassVar[Traits] = Traits(is_part=True)


class Example(Element):
    """A worked example, means or consideration that a publication lists."""

    __slots__ = ()

    kind: ClassVar[str] = "example"


class Insight(Element):
    """A key takeaway from a profiling process or a workshop report."""

    __slots__ = ()

    kind: ClassVar[str] = "insight"


class Feedback(Element):
    """A theme that readers or workshop participants put to the publisher."""

    __slots__ = ()

    kind: ClassVar[str] = "feedback"


class ComponentType(Element):
    """A kind of IoT product component (IR 8425, section 2.1)."""

    __slots__ = ()

    kind: ClassVar[str] = "component-type"


class Standard(Element):
    """A standard or guide that a publication names as a source of requirements."""

    __slots__ = ()

    kind: ClassVar[str] = "standard"


class Family(Element):
    """A control family of SP 800-53, or a group of practices of SP 800-218."""

    __slots__ = ()

    kind: ClassVar[str] = "family"


@frozen(kw_only=True, repr=False)
class Withdrawable(Element):
    """What its publication can withdraw and keep the number of.

    ``moved_to`` and ``incorporated_into`` name where it went.
    """

    withdrawn: bool = False
    moved_to: tuple[str, ...] = ()
    incorporated_into: tuple[str, ...] = ()

    @property
    def is_in_force(self) -> bool:
        """Whether it is not withdrawn."""
        return not self.withdrawn


@frozen(kw_only=True, repr=False)
class Control(Withdrawable):
    """A control or control enhancement of SP 800-53.

    ``moved_to`` and ``incorporated_into`` name where a withdrawn control went; ``baselines`` lists the
    control baselines of SP 800-53B (for revision 4: of its Appendix D) that select it.
    """

    kind: ClassVar[str] = "control"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS, is_part=True, extends_own_kind=True)
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


class Function(Element):
    """A function of the Cybersecurity Framework."""

    __slots__ = ()

    kind: ClassVar[str] = "function"


class Category(Withdrawable):
    """A category of the Cybersecurity Framework.

    ``withdrawn``, ``moved_to`` and ``incorporated_into`` are set for the categories of CSF 1.1 that CSF 2.0 withdrew.
    """

    __slots__ = ()

    kind: ClassVar[str] = "category"
    traits: ClassVar[Traits] = Traits(is_part=True)


class Subcategory(Withdrawable):
    """A subcategory (outcome) of the Cybersecurity Framework.

    ``withdrawn``, ``moved_to`` and ``incorporated_into`` are set for the numbers of CSF 1.1 that CSF 2.0 withdrew.
    """

    __slots__ = ()

    kind: ClassVar[str] = "subcategory"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS, is_part=True)


class Practice(Withdrawable):
    """A practice of the Secure Software Development Framework (SP 800-218), or one of its tasks.

    ``withdrawn``, ``moved_to`` and ``incorporated_into`` are set for the numbers of version 1.0 that are retired.
    """

    __slots__ = ()

    kind: ClassVar[str] = "practice"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS, is_part=True)


class ProvisionStatus(StrEnum):
    """The status letters of ETSI EN 303 645, Annex B."""

    MANDATORY = "M"
    RECOMMENDATION = "R"


class Clause(Element):
    """A clause of a standard, or an annex, schedule or section of a law, that groups what is asked."""

    __slots__ = ()

    kind: ClassVar[str] = "clause"
    traits: ClassVar[Traits] = Traits(asks=Asks.IF_BARE, is_part=True)


@frozen(kw_only=True, repr=False)
class Provision(Element):
    """A provision of ETSI EN 303 645; ``conditional`` where Annex B prints C."""

    kind: ClassVar[str] = "provision"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS, is_part=True)
    status: ProvisionStatus
    conditional: bool = False


@frozen(kw_only=True, repr=False)
class ComponentRequirement(Element):
    """A component requirement of IEC 62443-4-2, or one of its requirement enhancements."""

    kind: ClassVar[str] = "component-requirement"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS, is_part=True, extends_own_kind=True)
    component_type: str | None = None


@frozen(kw_only=True, repr=False)
class Addition(Element):
    """What a profile adds to the baselines that it tailors; no publication has it, so it is not among the ``KINDS``.

    Its identifier starts with the key of its profile, which stands in place of a publication. ``rationale`` says why
    it was added, ``sources`` what it rests on; ``levels`` are the levels of the profile that it belongs to.
    """

    kind: ClassVar[str] = "addition"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS)
    rationale: str
    sources: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


KINDS: MappingProxyType[str, type[Element]] = MappingProxyType(
    {
        cls.kind: cls
        for cls in tuple(globals().values())
        if isinstance(cls, type) and issubclass(cls, Element) and "kind" in vars(cls) and cls not in (Element, Addition)
    }
)
"""Every kind of element by the name it has in the files of publications, in the order of this module."""


def is_item(element: Element, parent: Element) -> bool:
    """Whether an element is an item of its parent's statement, an example included.

    An enhancement, of a control or of a component requirement, is not: it adds to the control it stands under.
    """
    adds = element.traits.extends_own_kind and element.kind == parent.kind
    return element.traits.is_part and not adds


def is_part(element: Element, parent: Element) -> bool:
    """Whether an element is part of what its parent asks for (:data:`iotbaseline.relations.PART_OF`).

    What the parent gives as an example is not: nothing that holds for the parent need hold for it.
    """
    return is_item(element, parent) and not element.is_illustrative
