from django.urls import path

from priorities.views import updates

app_name = "priorities"
urlpatterns = [
    path("", updates.update_list, name="update-list"),
    path("<int:pk>/", updates.update_detail, name="update-detail"),
    path("<int:pk>/edit/", updates.update_edit, name="update-edit"),
    path("<int:pk>/submit/", updates.update_submit, name="update-submit"),
    path("<int:pk>/accept/", updates.update_accept, name="update-accept"),
    path("<int:pk>/return/", updates.update_return, name="update-return"),
]
