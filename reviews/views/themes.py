from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partnership.choices import Permission
from partnership.doing import posted
from partnership.downloads import table_response
from partnership.models import AuditEvent
from partnership.permissions import requires
from partnership.states import WrongState
from reviews import actions
from reviews.forms.themes import ThemeForm, ThemeMergeForm
from reviews.models import Recommendation, Theme
from reviews.queries import RECURRING_YEARS, theme_histories, years_side_by_side
from reviews.tracker import recommendation_rows


def _histories(user):
    """The themes with their years, as far as somebody may know: what only an unpublished review raised is its own."""
    histories = theme_histories(_with_recommendations(user), reader=user)
    return [history for history in histories if history.years or user.may(Permission.REVIEW_READ_ALL)]


@require_safe
@requires(Permission.REPORT_READ)
def theme_list(request):
    histories = _histories(request.user)
    context = {
        "histories": histories,
        "years": years_side_by_side(histories),
        "recurring_count": sum(history.is_recurring for history in histories),
        "recurring_years": RECURRING_YEARS,
    }
    return render(request, "reviews/theme_list.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def theme_export(request, kind):
    return table_response(
        kind,
        title="Themes",
        headings=(
            "Theme",
            "Years in all",
            "Recurring",
            "Years",
            "Recommendations",
            "Open",
            "Signed off, not embedded yet",
            "Embedded",
        ),
        rows=(
            [
                history.theme.name,
                len(history.years),
                "Yes" if history.is_recurring else "No",
                "; ".join(history.years),
                history.answers.total,
                history.answers.open,
                history.answers.signed_off,
                history.answers.embedded,
            ]
            for history in _histories(request.user)
        ),
    )


@require_safe
@requires(Permission.REPORT_READ)
def theme_detail(request, pk):
    user = request.user
    [history] = theme_histories(_with_recommendations(user).filter(pk=_theme(pk).pk), reader=user)
    recommendations = Recommendation.objects.readable_by(user).in_force().filter(themes=pk).with_names()
    context = {
        "history": history,
        "theme": history.theme,
        "recommendations": recommendation_rows(recommendations, user=user, today=timezone.localdate()),
        "reviews": history.reviews,
        "events": AuditEvent.objects.filter(target_model="reviews.theme", target_id=pk)
        if user.may(Permission.REVIEW_READ_ALL)
        else (),
    }
    return render(request, "reviews/theme_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def theme_add(request):
    form = ThemeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        theme = actions.add_theme(**form.cleaned_data, by=request.user)
        messages.success(request, f"“{theme}” is on the list.")
        return redirect("reviews:theme-list")
    return render(request, "reviews/theme_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def theme_rename(request, pk):
    theme = _theme(pk)
    form = ThemeForm(posted(request), theme=theme)
    if request.method == "POST" and form.is_valid():
        actions.rename_theme(theme=theme, **form.cleaned_data, by=request.user)
        messages.success(request, "The theme is renamed.")
        return redirect("reviews:theme-detail", pk=pk)
    return render(request, "reviews/theme_rename.html", {"theme": theme, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def theme_merge(request, pk):
    theme = _theme(pk)
    form = ThemeMergeForm(posted(request), theme=theme)
    if request.method == "POST" and form.is_valid():
        try:
            into = actions.merge_theme(theme=theme, **form.cleaned_data, by=request.user)
        except WrongState as error:
            form.add_error("into", str(error))
        else:
            messages.success(request, f"“{theme}” is now part of “{into}”.")
            return redirect("reviews:theme-detail", pk=into.pk)
    return render(request, "reviews/theme_merge.html", {"theme": theme, "form": form})


def _with_recommendations(user):
    """The themes with those recommendations whose words the reader may read."""
    readable = Recommendation.objects.readable_by(user).in_force()
    return Theme.objects.prefetch_related(Prefetch("recommendations", readable))


def _theme(pk):
    return get_object_or_404(Theme, pk=pk)
