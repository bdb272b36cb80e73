from django.urls import path

from partnership.views import changes, organisations, people

app_name = "partnership"
urlpatterns = [
    path("", organisations.partnership_detail, name="partnership-detail"),
    path("agencies/export/<slug:kind>/", organisations.agency_export, name="agency-export"),
    path("groups/export/<slug:kind>/", organisations.group_export, name="group-export"),
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
