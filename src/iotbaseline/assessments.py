"""Products held against a baseline: findings with evidence, and what they show for other publications."""

from iotbaseline._assessments.assessment import Assessment, Finding, Statement, start
from iotbaseline._assessments.conclusions import Conclusion, Conclusions, Shows, met, shows
from iotbaseline._assessments.document import (
    Component,
    ComponentRole,
    FindingEvidence,
    FindingStatus,
    Product,
)
from iotbaseline._assessments.migrating import MigratedAssessment, migrate_assessment
from iotbaseline._assessments.planning import Plan, Step, plan
from iotbaseline._assessments.questionnaire import write_questionnaire
from iotbaseline._assessments.reader import check_assessment, read_assessment
from iotbaseline._assessments.suggesting import evidence_for
from iotbaseline._assessments.writing import to_toml
from iotbaseline._model.suggestions import EvidenceKind, EvidenceSuggestion
from iotbaseline.formats.sarif import Scanned, add_sarif

__all__ = [
    "Assessment",
    "Component",
    "ComponentRole",
    "Conclusion",
    "Conclusions",
    "EvidenceKind",
    "EvidenceSuggestion",
    "Finding",
    "FindingEvidence",
    "FindingStatus",
    "MigratedAssessment",
    "Plan",
    "Product",
    "Scanned",
    "Shows",
    "Statement",
    "Step",
    "add_sarif",
    "check_assessment",
    "evidence_for",
    "met",
    "migrate_assessment",
    "plan",
    "read_assessment",
    "shows",
    "start",
    "to_toml",
    "write_questionnaire",
]
