from priorities.models.duties import DutyMeasure, ReportingDuty
from priorities.models.imports import MeasureImport
from priorities.models.measures import Comparator, Measure, MeasureValue
from priorities.models.plan import BusinessPlan, Priority
from priorities.models.reminders import EmailChoice, Reminder
from priorities.models.updates import QuarterlyUpdate, RequestedMeasure, UpdateRound

__all__ = [
    "BusinessPlan",
    "Comparator",
    "DutyMeasure",
    "EmailChoice",
    "Measure",
    "MeasureImport",
    "MeasureValue",
    "Priority",
    "QuarterlyUpdate",
    "Reminder",
    "ReportingDuty",
    "RequestedMeasure",
    "UpdateRound",
]
