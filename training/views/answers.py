"""The pages behind the personal links of evaluations: without an account, and kept nowhere."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from partnership.states import WrongState
from training import actions
from training.actions.evaluation import Answers, letter_of
from training.forms.evaluation import AnswerForm
from training.moments import window

PAGE = "training/evaluation_answer.html"


def personal(view):
    """A page that no search engine lists and no browser or proxy keeps.

    The portal's own referrer policy keeps its address from other sites. A stricter one would hide the origin from us
    as well, and the form could not be sent.
    """

    @login_not_required
    @wraps(view)
    def kept_nowhere(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "private, no-store"
        return response

    return kept_nowhere


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def evaluation_answer(request, token):
    """The questions of the moment that the link is for, once. Looking never uses the link up."""
    letter = letter_of(token)
    if letter is None:
        return _said(request, "unknown", status=404)
    invitation, session = letter.invitation, letter.invitation.session
    if invitation.answers.filter(moment=letter.moment).exists():
        return _said(request, "answered", letter)
    days = window(letter.moment, session.held_on)
    if not days.is_open(timezone.localdate()):
        return _said(request, "closed", letter)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        evaluation=session.course.evaluation_form,
        moment=letter.moment,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_evaluation(invitation=invitation, moment=letter.moment, answers=Answers(**form.cleaned_data))
        except WrongState as error:
            form.add_error(None, str(error))
        else:
            return _said(request, "thanks", letter)
    context = {"state": "open", "form": form, "letter": letter, "session": session, "days": days, "token": token}
    return render(request, PAGE, context)


@require_POST
@personal
def evaluation_decline(request, token):
    letter = letter_of(token)
    if letter is None:
        return _said(request, "unknown", status=404)
    actions.decline_evaluation(invitation=letter.invitation)
    return _said(request, "declined", letter)


def _said(request, state, letter=None, status=200):
    session = letter.invitation.session if letter else None
    context = {"state": state, "letter": letter, "session": session}
    return render(request, PAGE, context, status=status)
