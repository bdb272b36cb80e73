"""Inspections, child deaths, restraint, voice and the two logs: a list, a page and verbs for each noun."""

from django.urls import path

from reviews.views import child_deaths, inspections, partner_challenges, restraint, risks, voice, withdrawals

urlpatterns = [
    path("inspections/", inspections.inspection_list, name="inspection-list"),
    path("inspections/export/<slug:kind>/", inspections.inspection_export, name="inspection-export"),
    path("inspections/record/", inspections.inspection_record, name="inspection-record"),
    path("inspections/<int:pk>/", inspections.inspection_detail, name="inspection-detail"),
    path("inspections/<int:pk>/change/", inspections.inspection_change, name="inspection-change"),
    path("child-deaths/", child_deaths.child_deaths_list, name="child-deaths-list"),
    path("child-deaths/export/<slug:kind>/", child_deaths.child_deaths_export, name="child-deaths-export"),
    path("child-deaths/record/", child_deaths.child_deaths_record, name="child-deaths-record"),
    path("child-deaths/<int:pk>/", child_deaths.child_deaths_detail, name="child-deaths-detail"),
    path("child-deaths/<int:pk>/change/", child_deaths.child_deaths_change, name="child-deaths-change"),
    path("restraint/", restraint.restraint_list, name="restraint-list"),
    path("restraint/export/<slug:kind>/", restraint.restraint_export, name="restraint-export"),
    path("restraint/record/", restraint.restraint_record, name="restraint-record"),
    path("restraint/<int:pk>/", restraint.restraint_detail, name="restraint-detail"),
    path("restraint/<int:pk>/change/", restraint.restraint_change, name="restraint-change"),
    path("restraint/<int:pk>/ask/", restraint.restraint_ask, name="restraint-ask"),
    path("restraint/questions/<int:pk>/answer/", restraint.restraint_answer, name="restraint-answer"),
    path("voice/", voice.feedback_list, name="feedback-list"),
    path("voice/export/<slug:kind>/", voice.feedback_export, name="feedback-export"),
    path("voice/record/", voice.feedback_record, name="feedback-record"),
    path("voice/<int:pk>/", voice.feedback_detail, name="feedback-detail"),
    path("voice/<int:pk>/change/", voice.feedback_change, name="feedback-change"),
    path("voice/<int:pk>/confirm/", voice.feedback_confirm, name="feedback-confirm"),
    path("voice/<int:pk>/quotes/add/", voice.quote_add, name="quote-add"),
    path("voice/quotes/<int:pk>/remove/", voice.quote_remove, name="quote-remove"),
    path("challenge-log/", partner_challenges.partner_challenge_list, name="partner-challenge-list"),
    path(
        "challenge-log/export/<slug:kind>/",
        partner_challenges.partner_challenge_export,
        name="partner-challenge-export",
    ),
    path("challenge-log/record/", partner_challenges.partner_challenge_record, name="partner-challenge-record"),
    path("challenge-log/<int:pk>/", partner_challenges.partner_challenge_detail, name="partner-challenge-detail"),
    path(
        "challenge-log/<int:pk>/change/", partner_challenges.partner_challenge_change, name="partner-challenge-change"
    ),
    path("risks/", risks.risk_list, name="risk-list"),
    path("risks/export/<slug:kind>/", risks.risk_export, name="risk-export"),
    path("risks/record/", risks.risk_record, name="risk-record"),
    path("risks/<int:pk>/", risks.risk_detail, name="risk-detail"),
    path("risks/<int:pk>/change/", risks.risk_change, name="risk-change"),
    path("risks/<int:pk>/review/", risks.risk_review, name="risk-review"),
    path("risks/<int:pk>/close/", risks.risk_close, name="risk-close"),
    path("risks/<int:pk>/reopen/", risks.risk_reopen, name="risk-reopen"),
    path("records/<slug:noun>/<int:pk>/withdraw/", withdrawals.record_withdraw, name="record-withdraw"),
]
