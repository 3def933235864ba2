"""An assessment as it stands in a file: the product, what it is held against, the findings."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from iotbaseline._model.ranked import Ranked
from iotbaseline._model.suggestions import EvidenceKind


class ComponentRole(StrEnum):
    """What a component of an IoT product is, after the component types of IR 8425."""

    DEVICE = "device"
    """The IoT device itself."""
    APP = "app"
    """Companion application software, such as an app for a phone."""
    BACKEND = "backend"
    """A backend, such as a cloud service."""
    GATEWAY = "gateway"
    """Specialty networking or gateway hardware that comes with the product, such as a hub."""
    NETWORK_EQUIPMENT = "network-equipment"
    """Other network equipment that the product needs."""


class FindingStatus(Ranked):
    """How a product stands against an element, worst first."""

    NOT_MET = "not met"
    PARTLY_MET = "partly met"
    NOT_ASSESSED = "not assessed"
    MET = "met"
    NOT_APPLICABLE = "not applicable"


@frozen(kw_only=True)
class Component:
    """A component of a product: a key to name it by in findings, its role, its name."""

    key: str
    role: ComponentRole
    name: str
    version: str | None = None


@frozen(kw_only=True)
class Product:
    """An IoT product with its components, none if they are not told apart."""

    key: str
    name: str
    version: str | None = None
    maker: str | None = None
    components: tuple[Component, ...] = ()


@frozen(kw_only=True)
class FindingEvidence:
    """What a finding rests on. ``date`` is an ISO 8601 date, ``sha256`` the hash of a file, ``address`` where it is."""

    reference: str
    kind: EvidenceKind
    date: str | None = None
    sha256: str | None = None
    address: str | None = None

    def __str__(self) -> str:
        return f"{self.kind}: {self.reference}" + (f" ({self.date})" if self.date else "")


@frozen(kw_only=True)
class WrittenFinding:
    """A finding as it stands in a file; ``component`` is empty where it holds for the whole product."""

    element: str
    component: str | None = None
    status: FindingStatus
    rationale: str | None = None
    assessor: str | None = None
    date: str | None = None
    expires: str | None = None
    evidence: tuple[FindingEvidence, ...] = ()


@frozen(kw_only=True)
class Document:
    """An assessment as it stands in a file."""

    product: Product
    against: str
    level: str | None = None
    data_version: str
    findings: tuple[WrittenFinding, ...] = ()
