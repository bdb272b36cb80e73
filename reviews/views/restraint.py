from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership.choices import Permission
from partnership.doing import is_done, made, posted
from partnership.downloads import table_response
from partnership.permissions import requires
from priorities.choices import Unit
from priorities.queries import figure_book
from priorities.wording import people_in_cell
from reviews import actions
from reviews.forms.restraint import AnswerForm, QuestionForm, RestraintChangeForm, RestraintForm
from reviews.models import RestraintQuestion, RestraintScrutiny
from reviews.shares import part_in_words, parts_of_total
from reviews.views.changes import changes_of


@require_safe
@requires(Permission.REPORT_READ)
def restraint_list(request):
    rows = [
        {"scrutiny": scrutiny, "counts": _counts(scrutiny), "open": _open_questions(scrutiny)}
        for scrutiny in _scrutinies(request.user).in_force()
    ]
    return render(request, "reviews/restraint_list.html", {"rows": rows})


@require_safe
@requires(Permission.REPORT_READ)
def restraint_export(request, kind):
    return table_response(
        kind,
        title="Review of restraint",
        headings=(
            "Establishment",
            "Period",
            "Dates covered",
            "Incidents viewed",
            "Within the expected standard",
            "Types looked at",
            "Findings",
            "Questions raised",
            "Questions answered",
        ),
        rows=(_row(scrutiny) for scrutiny in _scrutinies(request.user).in_force()),
    )


@require_safe
@requires(Permission.REPORT_READ)
def restraint_detail(request, pk):
    scrutiny = get_object_or_404(
        _scrutinies(request.user).select_related("training_measure", "paperwork_measure"), pk=pk
    )
    types = list(scrutiny.types.all())
    shown = parts_of_total([row.incidents for row in types], scrutiny.incidents, unit=Unit.INCIDENTS)
    context = {
        "scrutiny": scrutiny,
        "counts": _counts(scrutiny),
        "types": list(zip(types, shown, strict=True)),
        "has_split": any(shown),
        "figures": _figures(scrutiny),
        "questions": scrutiny.questions.all(),
        "events": changes_of(scrutiny) if request.user.may(Permission.REVIEW_READ_ALL) else (),
        "can_change": request.user.may(Permission.REVIEW_MANAGE) and not scrutiny.withdrawn_at,
    }
    return render(request, "reviews/restraint_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def restraint_record(request):
    form = RestraintForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {
            **{name: data[name] for name in ("period", "establishment", "types")},
            **form.fields_changed,
            "kept": form.kept,
        }
        if record := made(request, form, "The scrutiny is recorded.", actions.record_restraint, **fields):
            return redirect("reviews:restraint-detail", pk=record.pk)
    context = {
        "form": form,
        "heading": "Record a scrutiny of restraint",
        "intro": "What the group saw when it viewed incidents. No child’s details.",
        "button": "Record this scrutiny",
        "back_url": reverse("reviews:restraint-list"),
        "back_text": "Review of restraint",
    }
    return render(request, "pages/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def restraint_change(request, pk):
    scrutiny = _changeable(request, pk)
    form = RestraintChangeForm(posted(request), scrutiny=scrutiny)
    if request.method == "POST" and form.is_valid():
        fields = {
            **{name: form.cleaned_data[name] for name in ("version", "types")},
            "scrutiny": scrutiny,
            "fields": form.fields_changed,
            "kept": form.kept,
        }
        if is_done(request, form, "The scrutiny is changed.", actions.change_restraint, **fields):
            return redirect("reviews:restraint-detail", pk=pk)
    return render(request, "pages/form.html", _page(scrutiny, form, "Change what was seen", "Save"))


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def restraint_ask(request, pk):
    scrutiny = _changeable(request, pk)
    form = QuestionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        fields = {"scrutiny": scrutiny, **form.cleaned_data, "kept": form.kept}
        if is_done(request, form, "The question is kept.", actions.ask_restraint, **fields):
            return redirect("reviews:restraint-detail", pk=pk)
    return render(request, "pages/form.html", _page(scrutiny, form, "Raise a question", "Keep this question"))


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def restraint_answer(request, pk):
    scrutinies = RestraintScrutiny.objects.visible_to(request.user).in_force()
    questions = RestraintQuestion.objects.filter(scrutiny__in=scrutinies)
    question = get_object_or_404(questions.select_related("scrutiny__establishment", "scrutiny__period"), pk=pk)
    scrutiny = question.scrutiny
    form = AnswerForm(posted(request), question=question)
    if request.method == "POST" and form.is_valid():
        fields = {"question": question, **form.cleaned_data, "kept": form.kept}
        if is_done(request, form, "The answer is kept.", actions.answer_restraint, **fields):
            return redirect("reviews:restraint-detail", pk=scrutiny.pk)
    context = {**_page(scrutiny, form, "What was the answer?", "Keep this answer"), "intro": question.text}
    return render(request, "pages/form.html", context)


def _scrutinies(user):
    scrutinies = RestraintScrutiny.objects.visible_to(user).select_related("period", "establishment")
    return scrutinies.prefetch_related("types", "questions")


def _changeable(request, pk):
    return get_object_or_404(_scrutinies(request.user).in_force(), pk=pk)


def _page(scrutiny, form, heading, button):
    return {
        "form": form,
        "heading": heading,
        "caption": scrutiny,
        "button": button,
        "back_url": reverse("reviews:restraint-detail", args=[scrutiny.pk]),
        "back_text": f"{scrutiny.establishment.short_name}, {scrutiny.period}",
    }


def _counts(scrutiny):
    """How many incidents were viewed, and how many of them were as they should be, as it may be told."""
    return {
        "incidents": part_in_words(scrutiny.incidents, None, unit=Unit.INCIDENTS),
        "acceptable": part_in_words(scrutiny.acceptable, scrutiny.incidents, unit=Unit.INCIDENTS),
    }


def _figures(scrutiny):
    """The establishment's own figures for the period, from their measures."""
    measures = [each for each in (scrutiny.training_measure, scrutiny.paperwork_measure) if each]
    if not measures:
        return []
    book = figure_book(computed={}, periods=[scrutiny.period], codes={measure.code for measure in measures})
    entries = [(measure, book.entry(measure.code, scrutiny.period.code)) for measure in measures]
    return [(measure.name, entry.text() if entry else "No value for this period") for measure, entry in entries]


def _open_questions(scrutiny):
    return sum(question.answered_on is None for question in scrutiny.questions.all())


def _row(scrutiny):
    questions = scrutiny.questions.all()
    return [
        scrutiny.establishment.name,
        scrutiny.period.label,
        scrutiny.covers,
        people_in_cell(scrutiny.incidents, unit=Unit.INCIDENTS),
        _counts(scrutiny)["acceptable"],
        "; ".join(row.name for row in scrutiny.types.all()),
        scrutiny.findings,
        "; ".join(question.text for question in questions),
        len(questions) - _open_questions(scrutiny),
    ]
