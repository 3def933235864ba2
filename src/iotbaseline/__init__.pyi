from typing import Final

from iotbaseline import errors as errors
from iotbaseline import formats as formats
from iotbaseline import kinds as kinds
from iotbaseline import relations as relations
from iotbaseline._library.library import Library as Library
from iotbaseline._library.search import Hit as Hit
from iotbaseline._library.search import search as search
from iotbaseline._library.shortcuts import (
    errata as errata,
)
from iotbaseline._library.shortcuts import (
    extended as extended,
)
from iotbaseline._library.shortcuts import (
    format_reference as format_reference,
)
from iotbaseline._library.shortcuts import (
    get as get,
)
from iotbaseline._library.shortcuts import (
    info as info,
)
from iotbaseline._library.shortcuts import (
    load as load,
)
from iotbaseline._library.shortcuts import (
    parse_reference as parse_reference,
)
from iotbaseline._library.shortcuts import (
    publications as publications,
)
from iotbaseline._library.shortcuts import (
    revisions as revisions,
)
from iotbaseline._library.shortcuts import (
    sources as sources,
)
from iotbaseline._library.shortcuts import (
    url as url,
)
from iotbaseline._mappings.connection import Connection as Connection
from iotbaseline._mappings.connection import EvidencePath as EvidencePath
from iotbaseline._mappings.connection import Reach as Reach
from iotbaseline._mappings.consistency import (
    Finding as Finding,
)
from iotbaseline._mappings.consistency import (
    FindingKind as FindingKind,
)
from iotbaseline._mappings.consistency import (
    Findings as Findings,
)
from iotbaseline._mappings.consistency import (
    check_crosswalks as check_crosswalks,
)
from iotbaseline._mappings.coverage import (
    Coverage as Coverage,
)
from iotbaseline._mappings.coverage import (
    CoverageGroup as CoverageGroup,
)
from iotbaseline._mappings.coverage import (
    CoverageItem as CoverageItem,
)
from iotbaseline._mappings.coverage import (
    CoverageLevel as CoverageLevel,
)
from iotbaseline._mappings.coverage import (
    coverage as coverage,
)
from iotbaseline._mappings.crosswalk import (
    Crosswalk as Crosswalk,
)
from iotbaseline._mappings.crosswalk import (
    crosswalk as crosswalk,
)
from iotbaseline._mappings.crosswalk import (
    crosswalks as crosswalks,
)
from iotbaseline._mappings.crosswalk import (
    mappings as mappings,
)
from iotbaseline._mappings.hops import Hop as Hop
from iotbaseline._mappings.hops import HopKind as HopKind
from iotbaseline._mappings.paths import explain as explain
from iotbaseline._mappings.paths import paths as paths
from iotbaseline._mappings.paths import reach as reach
from iotbaseline._model.element import Element as Element
from iotbaseline._model.element import Locator as Locator
from iotbaseline._model.errata import Defect as Defect
from iotbaseline._model.errata import Erratum as Erratum
from iotbaseline._model.lineage import LineageChange as LineageChange
from iotbaseline._model.lineage import LineageRecord as LineageRecord
from iotbaseline._model.mapping import Mapping as Mapping
from iotbaseline._model.provenance import Basis as Basis
from iotbaseline._model.provenance import Fidelity as Fidelity
from iotbaseline._model.provenance import SourceText as SourceText
from iotbaseline._model.provenance import Status as Status
from iotbaseline._model.publication import (
    Evidence as Evidence,
)
from iotbaseline._model.publication import (
    Publication as Publication,
)
from iotbaseline._model.publication import (
    PublicationInfo as PublicationInfo,
)
from iotbaseline._model.publication import (
    PublicationRelation as PublicationRelation,
)
from iotbaseline._model.wording import (
    Fingerprint as Fingerprint,
)
from iotbaseline._model.wording import (
    find_wordings as find_wordings,
)
from iotbaseline._model.wording import (
    fingerprint as fingerprint,
)
from iotbaseline._model.wording import (
    matches as matches,
)
from iotbaseline._model.wording import (
    normalize as normalize,
)
from iotbaseline._profiles.compare import (
    Comparison as Comparison,
)
from iotbaseline._profiles.compare import (
    ComparisonKind as ComparisonKind,
)
from iotbaseline._profiles.compare import (
    ComparisonRow as ComparisonRow,
)
from iotbaseline._profiles.compare import (
    compare as compare,
)
from iotbaseline._profiles.document import (
    MappedTo as MappedTo,
)
from iotbaseline._profiles.document import (
    Modification as Modification,
)
from iotbaseline._profiles.document import (
    ModificationKind as ModificationKind,
)
from iotbaseline._profiles.document import (
    OpenQuestion as OpenQuestion,
)
from iotbaseline._profiles.document import (
    ProfileImport as ProfileImport,
)
from iotbaseline._profiles.document import (
    Selector as Selector,
)
from iotbaseline._profiles.migrate import MigratedProfile as MigratedProfile
from iotbaseline._profiles.migrate import migrate_profile as migrate_profile
from iotbaseline._profiles.profile import (
    Profile as Profile,
)
from iotbaseline._profiles.profile import (
    ResolvedElement as ResolvedElement,
)
from iotbaseline._profiles.profile import (
    ResolvedProfile as ResolvedProfile,
)
from iotbaseline._profiles.profile import (
    Selection as Selection,
)
from iotbaseline._profiles.reader import (
    check_profile as check_profile,
)
from iotbaseline._profiles.reader import (
    profile as profile,
)
from iotbaseline._profiles.reader import (
    profiles as profiles,
)
from iotbaseline._profiles.reader import (
    read_profile as read_profile,
)
from iotbaseline._profiles.side_by_side import SideBySide as SideBySide
from iotbaseline._profiles.side_by_side import side_by_side as side_by_side
from iotbaseline._revisions.diff import Change as Change
from iotbaseline._revisions.diff import Diff as Diff
from iotbaseline._revisions.diff import diff as diff
from iotbaseline._revisions.migrate import (
    MigratedEntry as MigratedEntry,
)
from iotbaseline._revisions.migrate import (
    Migration as Migration,
)
from iotbaseline._revisions.migrate import (
    Outcome as Outcome,
)
from iotbaseline._revisions.migrate import (
    migrate as migrate,
)
from iotbaseline._revisions.pairing import ChangeKind as ChangeKind
from iotbaseline.formats.graph import EdgeAttributes as EdgeAttributes
from iotbaseline.formats.graph import NodeAttributes as NodeAttributes
from iotbaseline.formats.graph import graph as graph
from iotbaseline.formats.graph_files import export_graph as export_graph
from iotbaseline.formats.user_files import read_crosswalk as read_crosswalk
from iotbaseline.formats.user_files import read_framework as read_framework
from iotbaseline.relations import Relation as Relation
from iotbaseline.relations import Style as Style

__version__: Final[str]
data_version: Final[str]
__all__: list[str]
