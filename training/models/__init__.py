from training.models.attendances import Attendance
from training.models.courses import Course
from training.models.licences import Licence
from training.models.sessions import Session
from training.models.sheets import AgencyAlias, AttendanceSheet, PeopleCounted

__all__ = ["AgencyAlias", "Attendance", "AttendanceSheet", "Course", "Licence", "PeopleCounted", "Session"]
