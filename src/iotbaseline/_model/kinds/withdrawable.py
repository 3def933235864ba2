"""What a framework can withdraw and keep the number of: controls, outcomes and practices."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from iotbaseline._model.element import Asks, Element, Traits


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
