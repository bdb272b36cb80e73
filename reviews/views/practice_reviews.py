from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done, posted
from partnership.downloads import table_response
from partnership.models import AuditEvent
from partnership.permissions import requires
from reviews import actions
from reviews.choices import STEP_WORDS
from reviews.forms.practice_reviews import (
    MoveOnForm,
    ReviewDatesForm,
    ReviewFilterForm,
    ReviewForm,
    ReviewTextForm,
    ReviewWithdrawForm,
)
from reviews.models import Briefing, PracticeReview, Recommendation, ReviewStep
from reviews.queries import closed_periods_that_count, review_rows
from reviews.stages import order_of
from reviews.tracker import recommendation_rows

HEADINGS = (
    "Reference",
    "Kind",
    "Stage",
    "Follows",
    "Next due",
    "Due on",
    *STEP_WORDS.values(),
    "Decision",
    "Reason for the decision",
    "Where it stands",
    "What delays it",
    "More on the delay",
    "Themes",
    "Published at",
)


@require_safe
@requires(Permission.REPORT_READ)
def review_list(request):
    form = ReviewFilterForm(request.GET)
    rows = _rows(request, form)
    context = {
        "rows": rows,
        "filter_form": form,
        "late_count": sum(row.is_late for row in rows),
    }
    return render(request, "reviews/review_list.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def review_export(request, kind):
    """The reviews that the list shows, a line for each."""
    rows = (_line(row) for row in _rows(request, ReviewFilterForm(request.GET)))
    return table_response(kind, title="Practice reviews", headings=HEADINGS, rows=rows)


@require_safe
@requires(Permission.REPORT_READ)
def review_timeline(request):
    """Every step of every review, the latest first, and what is due."""
    visible = PracticeReview.objects.visible_to(request.user).in_force()
    rows = review_rows(visible.with_steps(), user=request.user, today=timezone.localdate())
    steps = ReviewStep.objects.filter(review__in=visible).select_related("review").order_by("-on", "review__reference")
    context = {"due": [row for row in rows if row.due], "steps": steps}
    return render(request, "reviews/review_timeline.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def review_detail(request, pk):
    review = _visible(request, pk)
    is_readable = review.is_readable_by(request.user)
    reached = order_of(review.kind).index(review.stage)
    events = AuditEvent.objects.filter(target_model="reviews.practicereview", target_id=pk)
    context = {
        "review": review,
        "row": review_rows([review], user=request.user, today=timezone.localdate())[0],
        "steps": [
            {"words": STEP_WORDS[stage], "on": review.dates.get(stage), "is_reached": number <= reached}
            for number, stage in enumerate(order_of(review.kind))
        ],
        "led_to": PracticeReview.objects.visible_to(request.user).filter(follows=review),
        "themes": review.themes.all() if is_readable else (),
        "recommendations": _recommendations(request, review),
        "briefing": Briefing.objects.visible_to(request.user).filter(review=review).first(),
        "events": events if request.user.may(Permission.REVIEW_READ_ALL) else (),
        "can_change": request.user.may(Permission.REVIEW_MANAGE) and not review.withdrawn_at,
        "can_take_back": len(review.dates) > 1 and review.stage in review.dates,
    }
    return render(request, "reviews/review_detail.html", context)


def _recommendations(request, review):
    found = Recommendation.objects.visible_to(request.user).in_force().filter(review=review)
    return recommendation_rows(found.with_names(), user=request.user, today=timezone.localdate())


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def review_record(request):
    form = ReviewForm(posted(request))
    if request.method == "POST" and form.is_valid():
        review = actions.record_review(**form.recorded, kept=form.kept, by=request.user)
        messages.success(request, f"{review} is recorded.")
        return redirect("reviews:review-detail", pk=review.pk)
    return render(request, "reviews/review_record.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def review_change(request, pk):
    review = _changeable(request, pk)
    form = ReviewTextForm(posted(request), review=review)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {"version": data["version"], "texts": form.texts, "themes": data["themes"], "kept": form.kept}
        if is_done(request, form, "The review is changed.", actions.change_review, review=review, **fields):
            return redirect("reviews:review-detail", pk=pk)
    return render(request, "reviews/review_change.html", {"review": review, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def review_move_on(request, pk):
    review = _changeable(request, pk)
    form = MoveOnForm(posted(request), review=review)
    if request.method == "POST" and form.is_valid():
        said = f"{STEP_WORDS[form.cleaned_data['stage']]}: kept with its date."
        fields = {**form.cleaned_data, "kept": form.kept}
        if is_done(request, form, said, actions.move_on_review, review=review, **fields):
            return redirect("reviews:review-detail", pk=pk)
    return render(request, "reviews/review_move_on.html", {"review": review, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def review_change_dates(request, pk):
    review = _changeable(request, pk)
    form = ReviewDatesForm(posted(request), review=review)
    if request.method == "POST" and form.is_valid():
        fields = {"version": form.cleaned_data["version"], "dates": form.dates}
        if is_done(request, form, "The dates are changed.", actions.change_review_dates, review=review, **fields):
            return redirect("reviews:review-detail", pk=pk)
    return render(request, "reviews/review_change_dates.html", {"review": review, "form": form})


@require_POST
@requires(Permission.REVIEW_MANAGE)
def review_take_back(request, pk):
    review = _changeable(request, pk)
    then = ("reviews:review-detail", pk)
    return do_and_say(request, "The last move is taken back.", actions.take_back_review, then=then, review=review)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def review_withdraw(request, pk):
    review = _changeable(request, pk)
    form = ReviewWithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        fields = {**form.cleaned_data, "kept": form.kept}
        if is_done(request, form, f"{review} is withdrawn.", actions.withdraw_review, review=review, **fields):
            return redirect("reviews:review-detail", pk=pk)
    context = {"review": review, "form": form, "closed": closed_periods_that_count(review)}
    return render(request, "reviews/review_withdraw.html", context)


def _visible(request, pk):
    return get_object_or_404(PracticeReview.objects.visible_to(request.user).with_steps(), pk=pk)


def _changeable(request, pk):
    return get_object_or_404(PracticeReview.objects.visible_to(request.user).in_force().with_steps(), pk=pk)


def _rows(request, form):
    """The reviews that the filter leaves, as the reader may see them."""
    chosen = form.cleaned_data if form.is_valid() else {}
    reviews = PracticeReview.objects.visible_to(request.user).with_steps().prefetch_related("themes")
    is_withdrawn = chosen.get("show") == "withdrawn"
    reviews = reviews.filter(withdrawn_at__isnull=not is_withdrawn)
    if chosen.get("kind"):
        reviews = reviews.filter(kind=chosen["kind"])
    rows = review_rows(reviews, user=request.user, today=timezone.localdate())
    wanted = {"due": lambda row: row.due, "late": lambda row: row.is_late}.get(chosen.get("show"))
    return [row for row in rows if wanted is None or wanted(row)]


def _line(row):
    review = row.review
    texts = (
        review.get_decision_display(),
        review.reason,
        review.outcome,
        review.get_delay_display(),
        review.delay_text,
        "; ".join(theme.name for theme in review.themes.all()),
        review.link,
    )
    return [
        review.reference,
        review.get_kind_display(),
        review.get_stage_display(),
        review.follows.reference if review.follows else "",
        row.due.what if row.due else "",
        row.due.due_on if row.due else None,
        *(review.dates.get(stage) for stage in STEP_WORDS),
        *(texts if row.is_readable else ("",) * len(texts)),
    ]
