from priorities.models.measures import Comparator, Measure, MeasureValue
from priorities.models.plan import BusinessPlan, Priority
from priorities.models.updates import QuarterlyUpdate, RequestedMeasure, UpdateRound

__all__ = [
    "BusinessPlan",
    "Comparator",
    "Measure",
    "MeasureValue",
    "Priority",
    "QuarterlyUpdate",
    "RequestedMeasure",
    "UpdateRound",
]
