"""Talking about a section beside its text."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done, made, posted
from partnership.permissions import requires
from reports import actions
from reports.comment_forms import AssignForm, CommentForm, ReplyForm
from reports.models import Comment
from reports.views.reading import get_section
from reports.views.threads import comments_context

NOT_YOURS = "A comment is resolved and assigned by whoever made it, settles it, or writes the section."


@require_safe
@requires(Permission.REPORT_READ)
def section_comments(request, pk):
    section = get_section(request, pk)
    return render(request, "reports/section_comments.html", {"section": section, **comments_context(request, section)})


@require_http_methods(["GET", "POST"])
@requires(Permission.COMMENT_WRITE)
def comment_add(request, pk):
    section = get_section(request, pk)
    form = CommentForm(posted(request), section=section, by=request.user)
    if form.is_valid() and (comment := _added(request, section, form)):
        return redirect(_address(request, comment))
    return render(request, "reports/comment_add.html", {"section": section, "comment_form": form})


def _added(request, section, form):
    """The comment; None where the words it is about are not found, which the form says."""
    try:
        data = {**form.cleaned_data, "kept": form.kept}
        return made(request, form, "Your comment is kept.", actions.add_comment, section=section, **data)
    except actions.NoSuchPassage as error:
        form.add_error("passage", str(error))
        return None


@require_safe
@requires(Permission.REPORT_READ)
def comment_detail(request, pk):
    return _show(request, _get_comment(request, pk))


@require_POST
@requires(Permission.COMMENT_WRITE)
def comment_reply(request, pk):
    comment = _get_comment(request, pk)
    form = ReplyForm(request.POST, by=request.user)
    said = "Your answer is kept."
    if form.is_valid() and is_done(
        request, form, said, actions.reply_to_comment, comment=comment, kept=form.kept, **form.cleaned_data
    ):
        return redirect(_address(request, comment))
    return _show(request, comment, form=form)


@require_POST
@requires(Permission.COMMENT_WRITE)
def comment_resolve(request, pk):
    comment = _get_comment_to_settle(request, pk)
    return do_and_say(
        request, "The comment is resolved.", actions.resolve_comment, then=[_address(request, comment)], comment=comment
    )


@require_POST
@requires(Permission.COMMENT_WRITE)
def comment_reopen(request, pk):
    comment = _get_comment_to_settle(request, pk)
    return do_and_say(
        request,
        "The comment is open again.",
        actions.reopen_comment,
        then=[_address(request, comment)],
        comment=comment,
    )


@require_POST
@requires(Permission.COMMENT_WRITE)
def comment_assign(request, pk):
    comment = _get_comment_to_settle(request, pk)
    form = AssignForm(request.POST, comment=comment)
    if form.is_valid():
        to = form.cleaned_data["to"]
        said = f"{to} finds the comment on their home page." if to else "Nobody in particular settles the comment now."
        if is_done(request, form, said, actions.assign_comment, comment=comment, **form.cleaned_data):
            return redirect(_address(request, comment))
    return _show(request, comment, assign_form=form)


def _get_comment(request, pk):
    return get_object_or_404(Comment.objects.visible_to(request.user).with_talk(), pk=pk)


def _get_comment_to_settle(request, pk):
    comment = _get_comment(request, pk)
    if not Comment.objects.settled_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied(NOT_YOURS)
    return comment


def _show(request, comment, **forms):
    can_settle = Comment.objects.settled_by(request.user).filter(pk=comment.pk).exists()
    context = {
        "comment": comment,
        "section": comment.section,
        "can_settle": can_settle,
        "form": ReplyForm(by=request.user),
        "assign_form": AssignForm(comment=comment) if can_settle else None,
        **forms,
    }
    return render(request, "reports/comment_detail.html", context)


def _address(request, comment):
    """The page that the form was sent from, at the comment."""
    match request.POST.get("from"):
        case "comment":
            return reverse("reports:comment-detail", args=[comment.pk])
        case "panel":
            name = "reports:section-comments"
        case _:
            name = "reports:section-detail"
    return f"{reverse(name, args=[comment.section_id])}#comment-{comment.pk}"
