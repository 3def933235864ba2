"""Many products at once: tables, the queries over them, and the report of a fleet."""

from iotbaseline._fleet.duck import connect
from iotbaseline._fleet.findings import findings
from iotbaseline._fleet.report import FamilyCoverage, FleetReport, Outcome, report
from iotbaseline._fleet.schema import TABLES, TableColumn, Type
from iotbaseline._fleet.tables import Tables, tables
from iotbaseline._fleet.views import views

__all__ = [
    "TABLES",
    "FamilyCoverage",
    "FleetReport",
    "Outcome",
    "TableColumn",
    "Tables",
    "Type",
    "connect",
    "findings",
    "report",
    "tables",
    "views",
]
