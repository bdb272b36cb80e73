from django.urls import include, path

from sscb_portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("session/", views.session_state, name="session-state"),
    path("accounts/signed-in/", views.signed_in, name="signed-in"),
    path("accounts/", include("partnership.account_urls")),
    path("updates/", include("priorities.urls")),
    path("plan/", include("priorities.plan_urls")),
    path("partnership/", include("partnership.urls")),
    path("training/", include("training.urls")),
    path("learning/", include("reviews.urls")),
    path("", include("reports.urls")),
]
