from django.urls import path

from training.views import attendances, courses, coverage, licences, sessions, sheets

app_name = "training"
urlpatterns = [
    path("", courses.course_list, name="course-list"),
    path("courses/export/<slug:kind>/", courses.course_export, name="course-export"),
    path("courses/add/", courses.course_add, name="course-add"),
    path("courses/<int:pk>/", courses.course_detail, name="course-detail"),
    path("courses/<int:pk>/change/", courses.course_change, name="course-change"),
    path("courses/<int:pk>/years/export/<slug:kind>/", courses.story_export, name="story-export"),
    path("courses/<int:pk>/sessions/record/", sessions.session_record, name="session-record"),
    path("sessions/", sessions.session_list, name="session-list"),
    path("sessions/export/<slug:kind>/", sessions.session_export, name="session-export"),
    path("sessions/<int:pk>/", sessions.session_detail, name="session-detail"),
    path("sessions/<int:pk>/change/", sessions.session_change, name="session-change"),
    path("sessions/<int:pk>/attendances/record/", attendances.attendance_record, name="attendance-record"),
    path("attendances/<int:pk>/change/", attendances.attendance_change, name="attendance-change"),
    path("attendances/<int:pk>/remove/", attendances.attendance_remove, name="attendance-remove"),
    path("coverage/", coverage.coverage_detail, name="coverage"),
    path("coverage/export/<slug:kind>/", coverage.coverage_export, name="coverage-export"),
    path("licences/", licences.licence_list, name="licence-list"),
    path("licences/export/<slug:kind>/", licences.licence_export, name="licence-export"),
    path("licences/record/", licences.licence_record, name="licence-record"),
    path("licences/<int:pk>/change/", licences.licence_change, name="licence-change"),
    path("sheets/", sheets.sheet_send, name="sheet-send"),
    path("sheets/<int:pk>/", sheets.sheet_detail, name="sheet-detail"),
    path("sheets/<int:pk>/names/", sheets.sheet_names, name="sheet-names"),
    path("sheets/<int:pk>/confirm/", sheets.sheet_confirm, name="sheet-confirm"),
    path("sheets/<int:pk>/cancel/", sheets.sheet_cancel, name="sheet-cancel"),
]
