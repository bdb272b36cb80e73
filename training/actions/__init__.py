"""Every change to the training programme and its attendance, a file for each noun."""

from training.actions.attendances import change_attendance, record_attendance, remove_attendance
from training.actions.courses import add_course, change_course
from training.actions.evaluation import (
    answer_evaluation,
    decline_evaluation,
    invite_people,
    release_quote,
    set_evaluation,
    take_back_quote,
)
from training.actions.licences import change_licences, record_licences
from training.actions.sessions import change_session, record_session

__all__ = [
    "add_course",
    "answer_evaluation",
    "change_attendance",
    "change_course",
    "change_licences",
    "change_session",
    "decline_evaluation",
    "invite_people",
    "record_attendance",
    "record_licences",
    "record_session",
    "release_quote",
    "remove_attendance",
    "set_evaluation",
    "take_back_quote",
]
