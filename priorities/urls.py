from django.urls import path

from priorities.views import duties, exports, reminders, rounds, updates

app_name = "priorities"
urlpatterns = [
    path("", updates.update_list, name="update-list"),
    path("export/<slug:kind>/", exports.update_export, name="update-export"),
    path("<int:pk>/", updates.update_detail, name="update-detail"),
    path("<int:pk>/edit/", updates.update_edit, name="update-edit"),
    path("<int:pk>/submit/", updates.update_submit, name="update-submit"),
    path("<int:pk>/accept/", updates.update_accept, name="update-accept"),
    path("<int:pk>/return/", updates.update_return, name="update-return"),
    path("<int:pk>/reopen/", updates.update_reopen, name="update-reopen"),
    path("<int:pk>/remind/", reminders.update_remind, name="update-remind"),
    path("remind-late/", reminders.update_remind_late, name="update-remind-late"),
    path("emails/", reminders.email_choice, name="email-choice"),
    path("rounds/", rounds.round_list, name="round-list"),
    path("rounds/open/", rounds.round_open, name="round-open"),
    path("rounds/<int:pk>/", rounds.round_detail, name="round-detail"),
    path("rounds/<int:pk>/due-date/", rounds.round_change_due_date, name="round-change-due-date"),
    path("duties/", duties.duty_list, name="duty-list"),
    path("duties/add/", duties.duty_add, name="duty-add"),
    path("duties/<int:pk>/change/", duties.duty_change, name="duty-change"),
    path("duties/<int:pk>/end/", duties.duty_end, name="duty-end"),
]
