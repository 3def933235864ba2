"""What a publication asks of a product or its maker: capabilities, actions and requirements."""

from __future__ import annotations

from enum import StrEnum
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


class CommonAction(Demanding):
    """A numbered common action of a capability of IR 8259B, or a lettered topic of one.

    ``demand`` says whether it may be necessary or is an example only.
    """

    __slots__ = ()

    kind: ClassVar[str] = "common-action"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS, is_part=True)


class Requirement(Demanding):
    """A requirement of a law or scheme, or one of SP 800-213A that may be necessary; or a part of one.

    ``demand`` is set for SP 800-213A: whether it may be necessary or is an example only.
    """

    __slots__ = ()

    kind: ClassVar[str] = "requirement"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS, is_part=True)
