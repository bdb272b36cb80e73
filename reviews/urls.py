from django.urls import include, path

from reviews.views import briefings, learning, practice_reviews, recommendations, themes

app_name = "reviews"
urlpatterns = [
    path("", learning.learning, name="learning"),
    path("", include("reviews.audit_urls")),
    path("", include("reviews.record_urls")),
    path("reviews/", practice_reviews.review_list, name="review-list"),
    path("reviews/export/<slug:kind>/", practice_reviews.review_export, name="review-export"),
    path("reviews/timeline/", practice_reviews.review_timeline, name="review-timeline"),
    path("reviews/record/", practice_reviews.review_record, name="review-record"),
    path("reviews/<int:pk>/", practice_reviews.review_detail, name="review-detail"),
    path("reviews/<int:pk>/change/", practice_reviews.review_change, name="review-change"),
    path("reviews/<int:pk>/move-on/", practice_reviews.review_move_on, name="review-move-on"),
    path("reviews/<int:pk>/dates/", practice_reviews.review_change_dates, name="review-change-dates"),
    path("reviews/<int:pk>/take-back/", practice_reviews.review_take_back, name="review-take-back"),
    path("reviews/<int:pk>/withdraw/", practice_reviews.review_withdraw, name="review-withdraw"),
    path("reviews/<int:pk>/briefing/", briefings.briefing_write, name="briefing-write"),
    path("briefings/<int:pk>/", briefings.briefing_detail, name="briefing-detail"),
    path("briefings/<int:pk>/clear/", briefings.briefing_clear, name="briefing-clear"),
    path("themes/", themes.theme_list, name="theme-list"),
    path("themes/export/<slug:kind>/", themes.theme_export, name="theme-export"),
    path("themes/add/", themes.theme_add, name="theme-add"),
    path("themes/<int:pk>/", themes.theme_detail, name="theme-detail"),
    path("themes/<int:pk>/rename/", themes.theme_rename, name="theme-rename"),
    path("themes/<int:pk>/merge/", themes.theme_merge, name="theme-merge"),
    path("recommendations/", recommendations.recommendation_list, name="recommendation-list"),
    path("recommendations/export/<slug:kind>/", recommendations.recommendation_export, name="recommendation-export"),
    path("recommendations/record/", recommendations.recommendation_record, name="recommendation-record"),
    path("recommendations/<int:pk>/", recommendations.recommendation_detail, name="recommendation-detail"),
    path("recommendations/<int:pk>/change/", recommendations.recommendation_change, name="recommendation-change"),
    path("recommendations/<int:pk>/sign-off/", recommendations.recommendation_sign_off, name="recommendation-sign-off"),
    path("recommendations/<int:pk>/check/", recommendations.recommendation_check, name="recommendation-check"),
    path("recommendations/<int:pk>/reopen/", recommendations.recommendation_reopen, name="recommendation-reopen"),
    path(
        "recommendations/<int:pk>/withdraw/", recommendations.recommendation_withdraw, name="recommendation-withdraw"
    ),
    path("recommendations/<int:pk>/agree-action/", recommendations.action_agree, name="recommended-action-agree"),
    path("recommendations/<int:pk>/link-action/", recommendations.action_link, name="recommended-action-link"),
]
