from django.urls import path

from partnership import views

app_name = "partnership"
urlpatterns = [
    path("", views.partnership_detail, name="partnership-detail"),
    path("people/", views.person_list, name="person-list"),
    path("people/add/", views.person_add, name="person-add"),
    path("changes/", views.change_list, name="change-list"),
]
