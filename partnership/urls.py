from django.urls import path

from partnership.views import changes, funding, groups, meetings, organisations, people

app_name = "partnership"
urlpatterns = [
    path("", organisations.partnership_detail, name="partnership-detail"),
    path("agencies/export/<slug:kind>/", organisations.agency_export, name="agency-export"),
    path("groups/export/<slug:kind>/", organisations.group_export, name="group-export"),
    path("groups/<int:pk>/", groups.group_detail, name="group-detail"),
    path("groups/<int:pk>/meetings/export/<slug:kind>/", groups.meeting_export, name="meeting-export"),
    path("groups/<int:pk>/meetings/record/", meetings.meeting_record, name="meeting-record"),
    path("meetings/<int:pk>/change/", meetings.meeting_change, name="meeting-change"),
    path("meetings/<int:pk>/remove/", meetings.meeting_remove, name="meeting-remove"),
    path("groups/<int:pk>/seats/add/", groups.seat_add, name="seat-add"),
    path("seats/<int:pk>/change/", groups.seat_change, name="seat-change"),
    path("funding/", funding.funding_detail, name="funding-detail"),
    path("contributions/export/<slug:kind>/", funding.contribution_export, name="contribution-export"),
    path("contributions/<slug:year>/record/", funding.contribution_record, name="contribution-record"),
    path("contributions/<int:pk>/change/", funding.contribution_change, name="contribution-change"),
    path("contributions/<int:pk>/remove/", funding.contribution_remove, name="contribution-remove"),
    path("costs/export/<slug:kind>/", funding.cost_export, name="cost-export"),
    path("costs/<slug:year>/record/", funding.cost_record, name="cost-record"),
    path("costs/<int:pk>/change/", funding.cost_change, name="cost-change"),
    path("costs/<int:pk>/remove/", funding.cost_remove, name="cost-remove"),
    path("neighbours/export/<slug:kind>/", organisations.neighbour_export, name="neighbour-export"),
    path("neighbours/set/", organisations.neighbours_set, name="neighbours-set"),
    path("people/", people.person_list, name="person-list"),
    path("people/export/<slug:kind>/", people.person_export, name="person-export"),
    path("people/add/", people.person_add, name="person-add"),
    path("people/<int:pk>/", people.person_detail, name="person-detail"),
    path("people/<int:pk>/close/", people.account_close, name="account-close"),
    path("people/<int:pk>/open/", people.account_open, name="account-open"),
    path("roles/<int:pk>/take/", people.role_take, name="role-take"),
    path("changes/", changes.change_list, name="change-list"),
    path("changes/export/<slug:kind>/", changes.change_export, name="change-export"),
]
