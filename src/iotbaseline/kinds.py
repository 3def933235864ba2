"""The kinds of element; every kind has a type of its own."""

from iotbaseline._model.kinds import (
    KINDS as KINDS,
)
from iotbaseline._model.kinds import (
    Activity as Activity,
)
from iotbaseline._model.kinds import (
    Addition as Addition,
)
from iotbaseline._model.kinds import (
    Capability as Capability,
)
from iotbaseline._model.kinds import (
    Category as Category,
)
from iotbaseline._model.kinds import (
    Clause as Clause,
)
from iotbaseline._model.kinds import (
    CommonAction as CommonAction,
)
from iotbaseline._model.kinds import (
    CommonElement as CommonElement,
)
from iotbaseline._model.kinds import (
    ComponentRequirement as ComponentRequirement,
)
from iotbaseline._model.kinds import (
    ComponentType as ComponentType,
)
from iotbaseline._model.kinds import (
    Control as Control,
)
from iotbaseline._model.kinds import (
    Criterion as Criterion,
)
from iotbaseline._model.kinds import (
    Discussion as Discussion,
)
from iotbaseline._model.kinds import (
    Example as Example,
)
from iotbaseline._model.kinds import (
    Family as Family,
)
from iotbaseline._model.kinds import (
    Feedback as Feedback,
)
from iotbaseline._model.kinds import (
    Function as Function,
)
from iotbaseline._model.kinds import (
    Insight as Insight,
)
from iotbaseline._model.kinds import (
    Normativity as Normativity,
)
from iotbaseline._model.kinds import (
    OverlayEntry as OverlayEntry,
)
from iotbaseline._model.kinds import (
    Phase as Phase,
)
from iotbaseline._model.kinds import (
    Practice as Practice,
)
from iotbaseline._model.kinds import (
    ProfileEntry as ProfileEntry,
)
from iotbaseline._model.kinds import (
    Provider as Provider,
)
from iotbaseline._model.kinds import (
    Provision as Provision,
)
from iotbaseline._model.kinds import (
    ProvisionStatus as ProvisionStatus,
)
from iotbaseline._model.kinds import (
    Question as Question,
)
from iotbaseline._model.kinds import (
    Rationale as Rationale,
)
from iotbaseline._model.kinds import (
    Remark as Remark,
)
from iotbaseline._model.kinds import (
    Requirement as Requirement,
)
from iotbaseline._model.kinds import (
    Standard as Standard,
)
from iotbaseline._model.kinds import (
    Step as Step,
)
from iotbaseline._model.kinds import (
    SubCapability as SubCapability,
)
from iotbaseline._model.kinds import (
    Subcategory as Subcategory,
)
from iotbaseline._model.kinds import (
    Term as Term,
)
from iotbaseline._model.kinds import (
    Topic as Topic,
)
from iotbaseline._model.kinds import (
    Utility as Utility,
)

__all__ = [
    "KINDS",
    "Activity",
    "Addition",
    "Capability",
    "Category",
    "Clause",
    "CommonAction",
    "CommonElement",
    "ComponentRequirement",
    "ComponentType",
    "Control",
    "Criterion",
    "Discussion",
    "Example",
    "Family",
    "Feedback",
    "Function",
    "Insight",
    "Normativity",
    "OverlayEntry",
    "Phase",
    "Practice",
    "ProfileEntry",
    "Provider",
    "Provision",
    "ProvisionStatus",
    "Question",
    "Rationale",
    "Remark",
    "Requirement",
    "Standard",
    "Step",
    "SubCapability",
    "Subcategory",
    "Term",
    "Topic",
    "Utility",
]
