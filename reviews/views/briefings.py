from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, made, posted
from partnership.permissions import requires
from reviews import actions
from reviews.briefing import page_of
from reviews.forms.briefings import BriefingForm
from reviews.models import Briefing, PracticeReview


@require_safe
@requires(Permission.REPORT_READ)
def briefing_detail(request, pk):
    """The page as it will be printed, and whether it may leave the portal."""
    found = Briefing.objects.visible_to(request.user).select_related("review", "cleared_by")
    briefing = get_object_or_404(found, pk=pk)
    page = page_of(briefing)
    context = {
        "briefing": briefing,
        "page": page,
        "is_cleared": briefing.cleared_hash == page.hash,
        "can_manage": request.user.may(Permission.REVIEW_MANAGE) and not briefing.review.withdrawn_at,
    }
    return render(request, "reviews/briefing_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def briefing_write(request, pk):
    """The briefing on the review of this number."""
    review = get_object_or_404(PracticeReview.objects.visible_to(request.user).in_force(), pk=pk)
    briefing = Briefing.objects.filter(review=review).first()
    form = BriefingForm(posted(request), briefing=briefing)
    if request.method == "POST" and form.is_valid():
        said, written = "The briefing is saved. Read the page, then clear it.", {**form.cleaned_data, "kept": form.kept}
        if briefing := made(request, form, said, actions.write_briefing, review=review, **written):
            return redirect("reviews:briefing-detail", pk=briefing.pk)
    return render(request, "reviews/briefing_write.html", {"review": review, "form": form})


@require_POST
@requires(Permission.REVIEW_MANAGE)
def briefing_clear(request, pk):
    briefing = get_object_or_404(Briefing.objects.visible_to(request.user), pk=pk)
    said, seen = "Cleared. Those who may read the review can download the page.", request.POST.get("seen", "")
    then = ("reviews:briefing-detail", pk)
    return do_and_say(request, said, actions.clear_briefing, then=then, briefing=briefing, seen=seen)
