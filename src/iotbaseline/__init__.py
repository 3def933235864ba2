"""NIST's IoT cybersecurity baselines as typed, versioned data.

    >>> import iotbaseline as ib
    >>> [capability.title for capability in ib.load("IR 8259A").capabilities][:2]
    ['Device Identification', 'Device Configuration']

Everything public is here; nothing is imported before it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iotbaseline._crosswalk import Crosswalk, crosswalk, crosswalks, mappings
    from iotbaseline._diff import Change, Diff, diff
    from iotbaseline._search import Hit, search
    from iotbaseline.errors import (
        DataError,
        DataErrors,
        IdentifierSyntaxError,
        IntegrityError,
        IoTBaselineError,
        MissingExtraError,
        NotComparableError,
        QueryError,
        UnknownCrosswalkError,
        UnknownIdentifierError,
    )
    from iotbaseline.library import (
        Library,
        SourceText,
        errata,
        format_reference,
        get,
        info,
        load,
        parse_reference,
        publications,
        revisions,
        sources,
        url,
    )
    from iotbaseline.model import (
        KINDS,
        Activity,
        Basis,
        Capability,
        Category,
        Clause,
        CommonAction,
        CommonElement,
        ComponentRequirement,
        ComponentType,
        Control,
        Criterion,
        Defect,
        Discussion,
        Element,
        Erratum,
        Evidence,
        Example,
        Family,
        Feedback,
        Fidelity,
        Fingerprint,
        Force,
        Function,
        Insight,
        LineageChange,
        LineageRecord,
        Locator,
        Mapping,
        Phase,
        ProfileEntry,
        Provision,
        ProvisionStatus,
        Publication,
        PublicationInfo,
        PublicationRelation,
        Question,
        Rationale,
        Remark,
        Requirement,
        Side,
        Standard,
        Status,
        Step,
        SubCapability,
        Subcategory,
        Term,
        Topic,
        Utility,
    )
    from iotbaseline.own import with_crosswalk, with_framework
    from iotbaseline.pairing import ChangeKind
    from iotbaseline.relations import Relation, Style
    from iotbaseline.text import find_wordings, fingerprint, matches, normalise

    data_version: str

__version__ = "0.1.0"

__all__ = [
    "KINDS",
    "Activity",
    "Basis",
    "Capability",
    "Category",
    "Change",
    "ChangeKind",
    "Clause",
    "CommonAction",
    "CommonElement",
    "ComponentRequirement",
    "ComponentType",
    "Control",
    "Criterion",
    "Crosswalk",
    "DataError",
    "DataErrors",
    "Defect",
    "Diff",
    "Discussion",
    "Element",
    "Erratum",
    "Evidence",
    "Example",
    "Family",
    "Feedback",
    "Fidelity",
    "Fingerprint",
    "Force",
    "Function",
    "Hit",
    "IdentifierSyntaxError",
    "Insight",
    "IntegrityError",
    "IoTBaselineError",
    "Library",
    "LineageChange",
    "LineageRecord",
    "Locator",
    "Mapping",
    "MissingExtraError",
    "NotComparableError",
    "Phase",
    "ProfileEntry",
    "Provision",
    "ProvisionStatus",
    "Publication",
    "PublicationInfo",
    "PublicationRelation",
    "QueryError",
    "Question",
    "Rationale",
    "Relation",
    "Remark",
    "Requirement",
    "Side",
    "SourceText",
    "Standard",
    "Status",
    "Step",
    "Style",
    "SubCapability",
    "Subcategory",
    "Term",
    "Topic",
    "UnknownCrosswalkError",
    "UnknownIdentifierError",
    "Utility",
    "__version__",
    "crosswalk",
    "crosswalks",
    "data_version",
    "diff",
    "errata",
    "find_wordings",
    "fingerprint",
    "format_reference",
    "get",
    "info",
    "load",
    "mappings",
    "matches",
    "normalise",
    "parse_reference",
    "publications",
    "revisions",
    "search",
    "sources",
    "url",
    "with_crosswalk",
    "with_framework",
]

_HOMES = {
    "_crosswalk": (
        "Crosswalk",
        "crosswalk",
        "crosswalks",
        "mappings",
    ),
    "_diff": (
        "Change",
        "Diff",
        "diff",
    ),
    "errors": (
        "DataError",
        "DataErrors",
        "IdentifierSyntaxError",
        "IntegrityError",
        "IoTBaselineError",
        "MissingExtraError",
        "NotComparableError",
        "QueryError",
        "UnknownCrosswalkError",
        "UnknownIdentifierError",
    ),
    "library": (
        "Library",
        "SourceText",
        "errata",
        "format_reference",
        "get",
        "info",
        "load",
        "parse_reference",
        "publications",
        "revisions",
        "sources",
        "url",
    ),
    "model": (
        "KINDS",
        "Activity",
        "Basis",
        "Capability",
        "Category",
        "Clause",
        "CommonAction",
        "CommonElement",
        "Erratum",
        "Defect",
        "ProfileEntry",
        "Discussion",
        "Requirement",
        "SubCapability",
        "ComponentRequirement",
        "ComponentType",
        "Control",
        "Criterion",
        "Element",
        "Evidence",
        "Example",
        "Family",
        "Feedback",
        "Fidelity",
        "Fingerprint",
        "Force",
        "Function",
        "Insight",
        "LineageChange",
        "LineageRecord",
        "Locator",
        "Mapping",
        "Phase",
        "Provision",
        "ProvisionStatus",
        "Publication",
        "PublicationInfo",
        "PublicationRelation",
        "Question",
        "Rationale",
        "Remark",
        "Side",
        "Standard",
        "Status",
        "Step",
        "Subcategory",
        "Term",
        "Topic",
        "Utility",
    ),
    "own": (
        "with_crosswalk",
        "with_framework",
    ),
    "pairing": ("ChangeKind",),
    "relations": (
        "Relation",
        "Style",
    ),
    "_search": (
        "Hit",
        "search",
    ),
    "text": (
        "find_wordings",
        "fingerprint",
        "matches",
        "normalise",
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name == "data_version":
            return import_module("iotbaseline.library").DEFAULT.data_version
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
