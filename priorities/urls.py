from django.urls import path

from priorities import views

app_name = "priorities"
urlpatterns = [
    path("", views.update_list, name="update-list"),
    path("<int:pk>/", views.update_detail, name="update-detail"),
    path("<int:pk>/edit/", views.update_edit, name="update-edit"),
    path("<int:pk>/submit/", views.update_submit, name="update-submit"),
    path("<int:pk>/accept/", views.update_accept, name="update-accept"),
    path("<int:pk>/return/", views.update_return, name="update-return"),
]
