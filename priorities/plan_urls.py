from django.urls import path

from priorities.views import agreed, plan

app_name = "plan"
urlpatterns = [
    path("", plan.plan_current, name="plan-current"),
    path("add/", plan.plan_add, name="plan-add"),
    path("<int:pk>/", plan.plan_detail, name="plan-detail"),
    path("<int:pk>/change/", plan.plan_change, name="plan-change"),
    path("<int:pk>/priorities/add/", plan.priority_add, name="priority-add"),
    path("priorities/<int:pk>/", plan.priority_detail, name="priority-detail"),
    path("priorities/<int:pk>/change/", plan.priority_change, name="priority-change"),
    path("priorities/<int:pk>/objectives/add/", plan.objective_add, name="objective-add"),
    path("objectives/<int:pk>/change/", plan.objective_change, name="objective-change"),
    path("objectives/<int:pk>/success-measures/add/", plan.success_measure_add, name="success-measure-add"),
    path("success-measures/<int:pk>/change/", plan.success_measure_change, name="success-measure-change"),
    path("parts/<slug:noun>/<int:pk>/end/", plan.part_end, name="part-end"),
    path("parts/<slug:noun>/<int:pk>/resume/", plan.part_resume, name="part-resume"),
    path("actions/", agreed.action_list, name="action-list"),
    path("actions/export/<slug:kind>/", agreed.action_export, name="action-export"),
    path("actions/agree/", agreed.action_agree, name="action-agree"),
    path("actions/<int:pk>/", agreed.action_detail, name="action-detail"),
    path("actions/<int:pk>/change/", agreed.action_change, name="action-change"),
    path("actions/<int:pk>/rate/", agreed.action_rate, name="action-rate"),
    path("actions/<int:pk>/complete/", agreed.action_complete, name="action-complete"),
    path("actions/<int:pk>/due-date/", agreed.action_change_due_date, name="action-change-due-date"),
    path("actions/<int:pk>/withdraw/", agreed.action_withdraw, name="action-withdraw"),
    path("actions/<int:pk>/reopen/", agreed.action_reopen, name="action-reopen"),
]
