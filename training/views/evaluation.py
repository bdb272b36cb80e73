"""Evaluation for the board: what is asked, who is asked, and which words may be quoted."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done
from partnership.permissions import requires
from partnership.states import WrongState
from training import actions
from training.choices import Moment
from training.evaluation import words_of
from training.forms.evaluation import EvaluationForm, InviteForm
from training.models import Course, EvaluationAnswer, Quotation, Session
from training.moments import may_invite, window


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAINING_MANAGE)
def evaluation_set(request, pk):
    course = _course(pk)
    evaluation = getattr(course, "evaluation_form", None)
    form = EvaluationForm(request.POST if request.method == "POST" else None, evaluation=evaluation)
    if request.method == "POST" and form.is_valid():
        said = "The evaluation is set. You can invite people on the page of each session."
        if is_done(request, form, said, actions.set_evaluation, course=course, **form.cleaned_data):
            return redirect("training:course-detail", pk=pk)
    return render(request, "training/evaluation_set.html", {"course": course, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAINING_MANAGE)
def evaluation_invite(request, pk):
    session = get_object_or_404(Session.objects.select_related("course__evaluation_form"), pk=pk)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            invited = actions.invite_people(session=session, emails=form.cleaned_data["emails"], by=request.user)
        except WrongState as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _said(form, invited))
            return redirect("training:session-detail", pk=pk)
    context = {
        "session": session,
        "form": form,
        "evaluation": getattr(session.course, "evaluation_form", None),
        "may_invite": may_invite(session.held_on, timezone.localdate()),
        "windows": [(Moment(moment).label, window(moment, session.held_on)) for moment in Moment],
    }
    return render(request, "training/evaluation_invite.html", context)


def _said(form, invited):
    """What came of a paste: how many are new, which stood there twice, how many were known."""
    count, known = len(invited), len(form.cleaned_data["emails"]) - len(invited)
    said = [f"{count} {'person is' if count == 1 else 'people are'} invited. The portal writes to them by itself."]
    if form.doubles:
        said.append(f"Pasted more than once and invited once: {', '.join(form.doubles[:10])}.")
    if known:
        said.append(f"{known} {'was' if known == 1 else 'were'} invited already.")
    return " ".join(said)


@require_safe
@requires(Permission.TRAINING_MANAGE)
def evaluation_words(request, pk):
    """What people wrote about a course, by year, without anything that says who; quotes are released here."""
    course = _course(pk)
    context = {"course": course, "years": words_of(course, timezone.localdate())}
    return render(request, "training/evaluation_words.html", context)


@require_POST
@requires(Permission.TRAINING_MANAGE)
def quote_release(request, pk, question):
    answer = get_object_or_404(EvaluationAnswer.objects.select_related("invitation__session"), pk=pk)
    said = "The quote can be shown in reports."
    then = ("training:evaluation-words", answer.invitation.session.course_id)
    return do_and_say(request, said, actions.release_quote, then=then, answer=answer, question=question)


@require_POST
@requires(Permission.TRAINING_MANAGE)
def quote_take_back(request, pk):
    quote = get_object_or_404(Quotation.objects.select_related("answer__invitation__session__course"), pk=pk)
    said = "The quote is not shown in reports any more."
    then = ("training:evaluation-words", quote.answer.invitation.session.course_id)
    return do_and_say(request, said, actions.take_back_quote, then=then, quote=quote)


def _course(pk):
    return get_object_or_404(Course.objects.select_related("evaluation_form"), pk=pk)
