"""The kinds without fields of their own, which cost next to nothing."""

from __future__ import annotations

from typing import ClassVar

from iotbaseline._model.element import Asks, Element, Traits


class CommonElement(Element):
    """A numbered common element of a capability of IR 8259A, or a lettered part of one."""

    __slots__ = ()

    kind: ClassVar[str] = "common-element"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS, is_part=True)


class Discussion(Element):
    """The discussion that SP 800-213A prints with a capability or sub-capability."""

    __slots__ = ()

    kind: ClassVar[str] = "discussion"


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


class Function(Element):
    """A function of the Cybersecurity Framework."""

    __slots__ = ()

    kind: ClassVar[str] = "function"


class Clause(Element):
    """A clause of a standard, or an annex, schedule or section of a law, that groups what is asked."""

    __slots__ = ()

    kind: ClassVar[str] = "clause"
    traits: ClassVar[Traits] = Traits(asks=Asks.IF_BARE, is_part=True)
