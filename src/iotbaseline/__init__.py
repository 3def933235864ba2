"""NIST's IoT cybersecurity baselines as typed, versioned data.

    >>> import iotbaseline as ib
    >>> [capability.title for capability in ib.load("IR 8259A").capabilities][:2]
    ['Device Identification', 'Device Configuration']

Each name is imported when it is first used. Type checkers read ``__init__.pyi``.
"""

from iotbaseline._library import forking as _forking
from iotbaseline._library import hooks as _hooks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iotbaseline._library.library import Library
    from iotbaseline._profiles.profile import Profile

__version__ = "0.1.0"

_FACE = {
    "_display.results": "Listing",
    "_library.library": "Library",
    "_library.origins": "errata sources",
    "_library.search": "Hit SearchResult search",
    "_library.selection": "HasElements Selectable",
    "_library.shortcuts": "extended format_reference get info load parse_reference publications require_data"
    " revisions url",
    "_mappings.connection": "Connection EvidencePath Reach",
    "_mappings.consistency": "Finding FindingKind Findings check_crosswalks",
    "_mappings.coverage": "Coverage CoverageGroup CoverageItem",
    "_mappings.coverage_level": "CoverageLevel",
    "_mappings.covering": "coverage",
    "_mappings.crosswalk": "Crosswalk crosswalk crosswalks mappings",
    "_mappings.hops": "Hop HopKind",
    "_mappings.paths": "explain paths reach",
    "_model.element": "Element",
    "_model.errata": "Defect Erratum",
    "_model.fingerprints": "find_wordings fingerprint matches normalize",
    "_model.lineage": "LineageChange LineageRecord WordingGrade",
    "_model.locator": "Locator",
    "_model.mapping": "Mapping",
    "_model.provenance": "Basis Fidelity Status",
    "_model.publication": "Evidence Publication PublicationInfo PublicationRelation",
    "_model.sources": "SourceText",
    "_model.wording": "Fingerprint Wording",
    "_profiles.compare": "Comparison ComparisonKind ComparisonRow compare",
    "_profiles.document": "ProfileImport MappedTo Modification ModificationKind OpenQuestion Selector",
    "_profiles.migrate": "MigratedProfile migrate_profile",
    "_profiles.profile": "Profile ResolvedElement ResolvedProfile Selection",
    "_profiles.reader": "check_profile read_profile profile profiles",
    "_profiles.side_by_side": "SideBySide SideBySideRow side_by_side",
    "_revisions.diff": "Change Diff diff",
    "_revisions.history": "History history",
    "_revisions.migrate": "migrate",
    "_revisions.migration": "Grade MigratedEntry Migration Outcome",
    "_revisions.pairing": "ChangeKind",
    "formats.cyclonedx_reading": "read_cyclonedx",
    "formats.graph": "EdgeAttributes NodeAttributes graph",
    "formats.graph_files": "export_graph",
    "formats.losses": "ExportReport Loss LossKind",
    "formats.oscal_profile_reading": "read_oscal_profile",
    "formats.oscal_reading": "read_oscal_catalog",
    "formats.registry": "Exportable export",
    "formats.user_files": "read_crosswalk read_framework",
    "_wording.attach": "attach",
    "_wording.drafts": "DraftComparison compare_draft",
    "_wording.verify": "Verification verify",
    "relations": "Relation Style",
}
"""The public names by the module that holds each."""
_MODULES = ("assessments", "errors", "fleet", "formats", "kinds", "relations")
_HOME = {name: home for home, names in _FACE.items() for name in names.split()}

__all__ = sorted((*_HOME, *_MODULES, "__version__", "data_version"))  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "data_version":
        return import_module("iotbaseline._library.library").DEFAULT.data_version
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def _profile(key: str, *, library: "Library") -> "Profile":
    from iotbaseline._profiles.reader import profile

    return profile(key, library=library)


_forking.register()
_hooks.version = __version__
_hooks.profile = _profile


def __dir__() -> list[str]:
    return __all__
