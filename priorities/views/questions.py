"""What a round asks, for the board team to change."""

from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done, posted
from partnership.permissions import requires
from priorities import actions
from priorities.forms.questions import QuestionForm
from priorities.models import Question, UpdateRound


@require_safe
@requires(Permission.ROUND_MANAGE)
def round_questions(request, pk):
    round = get_object_or_404(UpdateRound.objects.select_related("period"), pk=pk)
    found = round.questions.select_related("priority").annotate(answer_count=Count("answers"))
    questions = list(found.order_by("order", "pk"))  # a count leaves out the model's own order
    asked = [question for question in questions if not question.ended_at]
    context = {
        "round": round,
        "groups": [
            ("Must be answered", [question for question in asked if question.is_required]),
            ("May be left empty", [question for question in asked if not question.is_required]),
        ],
        "ended": [question for question in questions if question.ended_at],
    }
    return render(request, "priorities/round_questions.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.ROUND_MANAGE)
def question_add(request, pk):
    round = get_object_or_404(UpdateRound, pk=pk)
    form = QuestionForm(posted(request), round=round)
    if request.method == "POST" and form.is_valid():
        said = f"{round} asks “{form.cleaned_data['words']}” now."
        if is_done(request, form, said, actions.add_question, round=round, **form.cleaned_data):
            return redirect("priorities:round-questions", pk=pk)
    return render(request, "priorities/question_add.html", {"round": round, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.ROUND_MANAGE)
def question_change(request, pk):
    question = _question(pk)
    form = QuestionForm(posted(request), round=question.round, question=question)
    if request.method == "POST" and form.is_valid():
        fields = {"question": question, **form.cleaned_data}
        if is_done(request, form, "The question is changed.", actions.change_question, **fields):
            return redirect("priorities:round-questions", pk=question.round_id)
    context = {"question": question, "form": form, "has_been_asked": question.has_been_asked}
    return render(request, "priorities/question_change.html", context)


@require_POST
@requires(Permission.ROUND_MANAGE)
def question_move(request, pk):
    is_up = request.POST.get("to") == "up"
    return _do(request, pk, "The question is moved.", actions.move_question, is_up=is_up)


@require_POST
@requires(Permission.ROUND_MANAGE)
def question_remove(request, pk):
    return _do(request, pk, "The question is removed.", actions.remove_question)


@require_POST
@requires(Permission.ROUND_MANAGE)
def question_end(request, pk):
    return _do(request, pk, "The question is no longer asked. Its answers stay.", actions.end_question)


@require_POST
@requires(Permission.ROUND_MANAGE)
def question_ask_again(request, pk):
    return _do(request, pk, "The question is asked again.", actions.ask_question_again)


def _do(request, pk, said, act, **arguments):
    question = _question(pk)
    then = ("priorities:round-questions", question.round_id)
    return do_and_say(request, said, act, then=then, question=question, **arguments)


def _question(pk):
    return get_object_or_404(Question.objects.select_related("round", "priority"), pk=pk)
