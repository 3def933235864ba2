"""The provisions and component requirements of standards."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from attrs import frozen

from iotbaseline._model.element import Asks, Element, Traits


class ProvisionStatus(StrEnum):
    """The status letters of ETSI EN 303 645, Annex B."""

    MANDATORY = "M"
    RECOMMENDATION = "R"


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
