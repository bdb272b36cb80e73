from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.permissions import requires
from reviews.due import what_is_due, what_is_late, what_waits

MOST_DUE = 6

PARTS = (
    # the heading, then for each part: words, what it holds, its route, who may read it
    (
        "What happened",
        (
            (
                "Practice reviews",
                "Serious incidents, rapid reviews and what followed, with what is due next.",
                "reviews:review-list",
                Permission.REPORT_READ,
            ),
            (
                "Child deaths",
                "Yearly counts for an area, and what could have been different.",
                "reviews:child-deaths-list",
                Permission.REPORT_READ,
            ),
            (
                "Review of restraint",
                "What the group saw when it viewed incidents, and what it asked.",
                "reviews:restraint-list",
                Permission.REPORT_READ,
            ),
        ),
    ),
    (
        "What others and we ourselves found",
        (
            (
                "Inspections",
                "What inspectorates looked at, what they found, and how far that is put right.",
                "reviews:inspection-list",
                Permission.REPORT_READ,
            ),
            (
                "Audits",
                "How agencies judge themselves against standards, and how their peers see it.",
                "reviews:audit-list",
                Permission.REPORT_READ,
            ),
            (
                "Voice",
                "What children, families and practitioners said, and what changed.",
                "reviews:feedback-list",
                Permission.REPORT_READ,
            ),
        ),
    ),
    (
        "Whether anything changed",
        (
            (
                "Recommendations",
                "One list, whatever made them: open, signed off, embedded.",
                "reviews:recommendation-list",
                Permission.REPORT_READ,
            ),
            (
                "Themes",
                "What comes back year after year, and where it was raised.",
                "reviews:theme-list",
                Permission.REPORT_READ,
            ),
            (
                "Challenge log",
                "What partners asked each other to answer for, and what came of it.",
                "reviews:partner-challenge-list",
                Permission.REPORT_READ,
            ),
            (
                "Risk log",
                "What could keep us from making children safer, and what is done about it.",
                "reviews:risk-list",
                Permission.RISK_READ,
            ),
        ),
    ),
)


@require_safe
@requires(Permission.REPORT_READ)
def learning(request):
    today = timezone.localdate()
    due = what_is_due(request.user, today=today)
    coming = [each for each in due if each.on >= today]
    groups = [(heading, [part[:3] for part in parts if request.user.may(part[3])]) for heading, parts in PARTS]
    context = {
        "late": what_is_late(due, today=today),
        "coming": coming[:MOST_DUE],
        "more_count": max(len(coming) - MOST_DUE, 0),
        "waiting": what_waits(request.user),
        "groups": groups,
    }
    return render(request, "reviews/learning.html", context)
