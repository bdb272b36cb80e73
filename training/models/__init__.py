from training.models.attendances import Attendance
from training.models.courses import Course
from training.models.evaluation import EvaluationAnswer, EvaluationForm, Invitation, Letter, Quotation
from training.models.licences import Licence
from training.models.sessions import Session
from training.models.sheets import AgencyAlias, AttendanceSheet, PeopleCounted, SheetFile

__all__ = [
    "AgencyAlias",
    "Attendance",
    "AttendanceSheet",
    "Course",
    "EvaluationAnswer",
    "EvaluationForm",
    "Invitation",
    "Letter",
    "Licence",
    "PeopleCounted",
    "Quotation",
    "Session",
    "SheetFile",
]
