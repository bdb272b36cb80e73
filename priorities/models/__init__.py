from priorities.models.actions import AgreedAction, DateChange
from priorities.models.duties import DutyMeasure, ReportingDuty
from priorities.models.evidence import UpdateEvidence
from priorities.models.imports import MeasureImport
from priorities.models.measures import Comparator, Measure, MeasureValue
from priorities.models.plan import BusinessPlan, Objective, PartOfPlan, Priority, SuccessMeasure
from priorities.models.questions import Answer, ImpactEvidence, Question
from priorities.models.reminders import EmailChoice, Reminder
from priorities.models.targets import MeasureRating, Target
from priorities.models.updates import QuarterlyUpdate, RequestedMeasure, UpdateRound

__all__ = [
    "AgreedAction",
    "Answer",
    "BusinessPlan",
    "Comparator",
    "DateChange",
    "DutyMeasure",
    "EmailChoice",
    "ImpactEvidence",
    "Measure",
    "MeasureImport",
    "MeasureRating",
    "MeasureValue",
    "Objective",
    "PartOfPlan",
    "Priority",
    "QuarterlyUpdate",
    "Question",
    "Reminder",
    "ReportingDuty",
    "RequestedMeasure",
    "SuccessMeasure",
    "Target",
    "UpdateEvidence",
    "UpdateRound",
]
