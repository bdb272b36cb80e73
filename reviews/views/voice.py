from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done, made, posted
from partnership.downloads import table_response
from partnership.permissions import requires
from priorities.choices import Unit
from priorities.queries import figure_book
from priorities.wording import people_in_cell, people_in_words
from reviews import actions
from reviews.forms.voice import FeedbackConfirmForm, FeedbackFilterForm, FeedbackForm, QuoteForm
from reviews.models import Feedback, FeedbackQuote
from reviews.views.changes import changes_of


@require_safe
@requires(Permission.REPORT_READ)
def feedback_list(request):
    form = FeedbackFilterForm(request.GET)
    found = list(_chosen(request, form))
    told = _took_part(found)
    rows = [{"feedback": feedback, "took_part": told[feedback.pk]} for feedback in found]
    return render(request, "reviews/feedback_list.html", {"filter_form": form, "rows": rows})


@require_safe
@requires(Permission.REPORT_READ)
def feedback_export(request, kind):
    return table_response(
        kind,
        title="Voice",
        headings=(
            "Whose voice",
            "How it was heard",
            "About",
            "Period",
            "Agency",
            "Priority",
            "Number taking part",
            "What they said",
            "What changed",
            "May be quoted",
            "Quotes",
        ),
        rows=_rows(request),
    )


@require_safe
@requires(Permission.REPORT_READ)
def feedback_detail(request, pk):
    feedback = get_object_or_404(_all(request.user), pk=pk)
    context = {
        "feedback": feedback,
        "took_part": _took_part([feedback])[pk],
        "quotes": feedback.quotes.all(),
        "events": changes_of(feedback) if request.user.may(Permission.REVIEW_READ_ALL) else (),
        "can_change": request.user.may(Permission.REVIEW_MANAGE) and not feedback.withdrawn_at,
    }
    return render(request, "reviews/feedback_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def feedback_record(request):
    form = FeedbackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        fields = {**form.recorded, "kept": form.kept}
        said = "It is recorded. Check it before it is quoted."
        if record := made(request, form, said, actions.record_feedback, **fields):
            return redirect("reviews:feedback-detail", pk=record.pk)
    context = {
        "form": form,
        "heading": "Record what people said",
        "button": "Record this",
        "back_url": reverse("reviews:feedback-list"),
        "back_text": "Voice",
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def feedback_change(request, pk):
    feedback = _changeable(request, pk)
    form = FeedbackForm(posted(request), feedback=feedback)
    if request.method == "POST" and form.is_valid():
        fields = {
            "feedback": feedback,
            "version": form.cleaned_data["version"],
            "fields": form.recorded,
            "kept": form.kept,
        }
        if is_done(request, form, "It is changed.", actions.change_feedback, **fields):
            return redirect("reviews:feedback-detail", pk=pk)
    context = _page(feedback, form, "Change what is kept", "Save")
    context["intro"] = "New words must be checked again before they are quoted."
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def feedback_confirm(request, pk):
    feedback = _changeable(request, pk)
    form = FeedbackConfirmForm(posted(request), initial={"version": feedback.version})
    if request.method == "POST" and form.is_valid():
        fields = {"feedback": feedback, **form.confirmed}
        if is_done(request, form, "It is confirmed.", actions.confirm_feedback, **fields):
            return redirect("reviews:feedback-detail", pk=pk)
    context = {"form": form, "feedback": feedback, "quotes": feedback.quotes.all()}
    return render(request, "reviews/feedback_confirm.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def quote_add(request, pk):
    feedback = _changeable(request, pk)
    form = QuoteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        fields = {"feedback": feedback, **form.cleaned_data, "kept": form.kept}
        if is_done(request, form, "The quote is kept. Check it before it is quoted.", actions.add_quote, **fields):
            return redirect("reviews:feedback-detail", pk=pk)
    context = _page(feedback, form, "Add a quote", "Add this quote")
    context["intro"] = "A new quote needs consent and a check of its own, so both are asked for again."
    return render(request, "pages/form.html", context)


@require_POST
@requires(Permission.REVIEW_MANAGE)
def quote_remove(request, pk):
    feedback = Feedback.objects.visible_to(request.user).in_force()
    quote = get_object_or_404(FeedbackQuote.objects.filter(feedback__in=feedback).select_related("feedback"), pk=pk)
    then = ("reviews:feedback-detail", quote.feedback_id)
    return do_and_say(request, "The quote is removed.", actions.remove_quote, then=then, quote=quote)


def _all(user):
    feedback = Feedback.objects.visible_to(user).select_related("period", "agency", "priority", "counted_by")
    return feedback.prefetch_related("quotes")


def _changeable(request, pk):
    return get_object_or_404(_all(request.user).in_force(), pk=pk)


def _chosen(request, form):
    """What the filter leaves."""
    chosen = form.cleaned_data if form.is_valid() else {}
    wanted = {name: value for name, value in chosen.items() if value}
    return _all(request.user).in_force().filter(**wanted)


def _rows(request):
    found = list(_chosen(request, FeedbackFilterForm(request.GET)))
    told = _took_part(found)
    yield from (_row(feedback, told) for feedback in found)


def _page(feedback, form, heading, button):
    return {
        "form": form,
        "heading": heading,
        "caption": feedback,
        "button": button,
        "back_url": reverse("reviews:feedback-detail", args=[feedback.pk]),
        "back_text": feedback.title,
    }


def _took_part(found):
    """How many took part, as it may be told, by feedback: a number of its own, or that of its measure."""
    codes = {feedback.counted_by.code for feedback in found if feedback.counted_by}
    periods = {feedback.period for feedback in found if feedback.counted_by}
    book = figure_book(computed={}, periods=list(periods), codes=codes) if codes else None
    return {feedback.pk: _in_words(feedback, book) for feedback in found}


def _in_words(feedback, book):
    if feedback.counted_by:
        entry = book.entry(feedback.counted_by.code, feedback.period.code)
        return entry.text() if entry else "No value for this period"
    if feedback.took_part is None:
        return "Not known"
    return people_in_words(feedback.took_part, unit=Unit.PEOPLE)


def _cell(feedback, told):
    """A number to reckon with where it is one of its own, else the words."""
    if feedback.took_part is None:
        return told[feedback.pk]
    return people_in_cell(feedback.took_part, unit=Unit.PEOPLE)


def _row(feedback, told):
    return [
        feedback.get_source_display(),
        feedback.get_method_display(),
        feedback.title,
        feedback.period.label,
        feedback.agency.name,
        feedback.priority.title if feedback.priority else "",
        _cell(feedback, told),
        feedback.summary,
        feedback.changed,
        "Yes" if feedback.is_quotable else "Not yet",
        "; ".join(quote.words for quote in feedback.quotes.all()) if feedback.is_quotable else "",
    ]
