from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.permissions import requires
from priorities.choices import Unit
from priorities.wording import people_in_words
from reviews.models import ChildDeathSummary, Inspection, PracticeReview


@require_safe
@requires(Permission.REPORT_READ)
def review_list(request):
    context = {
        "reviews": PracticeReview.objects.select_related("follows").prefetch_related("themes"),
        "inspections": Inspection.objects.select_related("agency", "follows_on"),
        "child_deaths": [
            {"summary": summary, "counts": _counts(summary)}
            for summary in ChildDeathSummary.objects.select_related("period", "area").prefetch_related("themes")
        ],
    }
    return render(request, "reviews/review_list.html", context)


def _counts(summary):
    """The summary's counts as they may be shown."""
    names = ("notified", "unexpected", "reviewed", "modifiable")
    counts = [(summary._meta.get_field(name).verbose_name, getattr(summary, name)) for name in names]
    return [
        {
            "label": label.capitalize(),
            "text": people_in_words(count, unit=Unit.CHILDREN),
        }
        for label, count in counts
        if count is not None
    ]
