from typing import Final

from iotbaseline import assessments as assessments
from iotbaseline import errors as errors
from iotbaseline import fleet as fleet
from iotbaseline import formats as formats
from iotbaseline import kinds as kinds
from iotbaseline import relations as relations
from iotbaseline._display.results import Listing as Listing
from iotbaseline._library.library import Library as Library
from iotbaseline._library.origins import errata as errata, sources as sources
from iotbaseline._library.search import Hit as Hit, SearchResult as SearchResult, search as search
from iotbaseline._library.selection import HasElements as HasElements, Selectable as Selectable
from iotbaseline._library.shortcuts import (
    extended as extended,
    format_reference as format_reference,
    get as get,
    info as info,
    load as load,
    parse_reference as parse_reference,
    publications as publications,
    require_data as require_data,
    revisions as revisions,
    url as url,
)
from iotbaseline._mappings.connection import Connection as Connection, EvidencePath as EvidencePath, Reach as Reach
from iotbaseline._mappings.consistency import (
    Finding as Finding,
    FindingKind as FindingKind,
    Findings as Findings,
    check_crosswalks as check_crosswalks,
)
from iotbaseline._mappings.coverage import (
    Coverage as Coverage,
    CoverageGroup as CoverageGroup,
    CoverageItem as CoverageItem,
)
from iotbaseline._mappings.coverage_level import CoverageLevel as CoverageLevel
from iotbaseline._mappings.covering import coverage as coverage
from iotbaseline._mappings.crosswalk import (
    Crosswalk as Crosswalk,
    crosswalk as crosswalk,
    crosswalks as crosswalks,
    mappings as mappings,
)
from iotbaseline._mappings.hops import Hop as Hop, HopKind as HopKind
from iotbaseline._mappings.paths import explain as explain, paths as paths, reach as reach
from iotbaseline._model.element import Element as Element
from iotbaseline._model.errata import Defect as Defect, Erratum as Erratum
from iotbaseline._model.fingerprints import (
    find_wordings as find_wordings,
    fingerprint as fingerprint,
    matches as matches,
    normalize as normalize,
)
from iotbaseline._model.lineage import (
    LineageChange as LineageChange,
    LineageRecord as LineageRecord,
    WordingGrade as WordingGrade,
)
from iotbaseline._model.locator import Locator as Locator
from iotbaseline._model.mapping import Mapping as Mapping
from iotbaseline._model.provenance import Basis as Basis, Fidelity as Fidelity, Status as Status
from iotbaseline._model.publication import (
    Evidence as Evidence,
    Publication as Publication,
    PublicationInfo as PublicationInfo,
    PublicationRelation as PublicationRelation,
)
from iotbaseline._model.sources import SourceText as SourceText
from iotbaseline._model.wording import Fingerprint as Fingerprint, Wording as Wording
from iotbaseline._profiles.compare import (
    Comparison as Comparison,
    ComparisonKind as ComparisonKind,
    ComparisonRow as ComparisonRow,
    compare as compare,
)
from iotbaseline._profiles.document import (
    MappedTo as MappedTo,
    Modification as Modification,
    ModificationKind as ModificationKind,
    OpenQuestion as OpenQuestion,
    ProfileImport as ProfileImport,
    Selector as Selector,
)
from iotbaseline._profiles.migrate import MigratedProfile as MigratedProfile, migrate_profile as migrate_profile
from iotbaseline._profiles.profile import (
    Profile as Profile,
    ResolvedElement as ResolvedElement,
    ResolvedProfile as ResolvedProfile,
    Selection as Selection,
)
from iotbaseline._profiles.reader import (
    check_profile as check_profile,
    profile as profile,
    profiles as profiles,
    read_profile as read_profile,
)
from iotbaseline._profiles.side_by_side import (
    SideBySide as SideBySide,
    SideBySideRow as SideBySideRow,
    side_by_side as side_by_side,
)
from iotbaseline._revisions.diff import Change as Change, Diff as Diff, diff as diff
from iotbaseline._revisions.history import History as History, history as history
from iotbaseline._revisions.migrate import migrate as migrate
from iotbaseline._revisions.migration import (
    Grade as Grade,
    MigratedEntry as MigratedEntry,
    Migration as Migration,
    Outcome as Outcome,
)
from iotbaseline._revisions.pairing import ChangeKind as ChangeKind
from iotbaseline._wording.attach import attach as attach
from iotbaseline._wording.drafts import DraftComparison as DraftComparison, compare_draft as compare_draft
from iotbaseline._wording.verify import Verification as Verification, verify as verify
from iotbaseline.formats.cyclonedx_reading import read_cyclonedx as read_cyclonedx
from iotbaseline.formats.graph import EdgeAttributes as EdgeAttributes, NodeAttributes as NodeAttributes, graph as graph
from iotbaseline.formats.graph_files import export_graph as export_graph
from iotbaseline.formats.losses import ExportReport as ExportReport, Loss as Loss, LossKind as LossKind
from iotbaseline.formats.oscal_profile_reading import read_oscal_profile as read_oscal_profile
from iotbaseline.formats.oscal_reading import read_oscal_catalog as read_oscal_catalog
from iotbaseline.formats.registry import Exportable as Exportable, export as export
from iotbaseline.formats.user_files import read_crosswalk as read_crosswalk, read_framework as read_framework
from iotbaseline.relations import Relation as Relation, Style as Style

__version__: Final[str]
data_version: Final[str]
__all__: list[str]
