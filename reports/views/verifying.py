"""Whether a file is the signed report: for everybody, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from partnership.doing import posted
from reports.signing_forms import FileToVerifyForm
from reports.verifying import digest_of, verified


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def file_verify(request):
    form = FileToVerifyForm(posted(request), request.FILES or None)
    found = None
    if form.is_valid():
        found = verified(digest_of(form.cleaned_data["file"].chunks()))
    signatures = found.edition.signatures.given().select_related("agency") if found and found.edition else []
    context = {"form": form, "found": found, "signatures": signatures, "file": request.FILES.get("file")}
    return render(request, "reports/file_verify.html", context)
