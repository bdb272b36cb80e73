from django.urls import path

from partnership import views

app_name = "partnership"
urlpatterns = [
    path("", views.partnership_detail, name="partnership-detail"),
    path("people/", views.person_list, name="person-list"),
    path("people/add/", views.person_add, name="person-add"),
    path("people/<int:pk>/", views.person_detail, name="person-detail"),
    path("people/<int:pk>/close/", views.account_close, name="account-close"),
    path("people/<int:pk>/open/", views.account_open, name="account-open"),
    path("roles/<int:pk>/take/", views.role_take, name="role-take"),
    path("changes/", views.change_list, name="change-list"),
]
