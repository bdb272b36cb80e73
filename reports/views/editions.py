"""A frozen edition: reading it, taking it back, publishing and withdrawing it, and who is sent it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done, posted
from partnership.downloads import table_response
from partnership.permissions import requires
from reports import actions
from reports.models import Edition, Receipt, Recipient
from reports.rendering.html import document_body
from reports.retelling import told
from reports.signing import frozen
from reports.signing_forms import ReasonForm, ReceiptForm, RecipientForm
from reports.tasks import ring


def _edition(request, pk):
    editions = Edition.objects.visible_to(request.user).select_related("report__period", "frozen_by", "published_by")
    return get_object_or_404(editions, pk=pk)


@require_safe
@requires(Permission.REPORT_READ)
def edition_detail(request, pk):
    """The text that is signed, and no later one."""
    edition = _edition(request, pk)
    document = frozen(edition)
    context = {
        "edition": edition,
        "report": edition.report,
        "retellings": told(document),
        "body": document_body(document),
    }
    return render(request, "reports/edition_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGN_OFF_MANAGE)
def edition_take_back(request, pk):
    edition = _edition(request, pk)
    said = "The report can be changed again. Those who signed are told that their signatures no longer hold."
    return _with_reason(request, edition, said, actions.take_back_edition, "reports/edition_take_back.html")


@require_http_methods(["GET", "POST"])
@requires(Permission.EDITION_PUBLISH)
def edition_withdraw(request, pk):
    edition = _edition(request, pk)
    said = "The version is withdrawn. Its address says so, and why."
    return _with_reason(request, edition, said, actions.withdraw_edition, "reports/edition_withdraw.html")


def _with_reason(request, edition, said, act, template):
    form = ReasonForm(posted(request))
    if form.is_valid() and is_done(request, form, said, act, edition=edition, **form.cleaned_data):
        return _back(edition)
    return render(request, template, {"edition": edition, "form": form})


@require_POST
@requires(Permission.EDITION_PUBLISH)
def edition_publish(request, pk):
    edition = _edition(request, pk)
    actions.void_if_changed(edition=edition)
    said = "The report is published, for ever at its address. Its files are being made."
    then = ("reports:sign-off-detail", edition.report.period.code)
    response = do_and_say(request, said, actions.publish_edition, then=then, edition=edition)
    for publication in edition.files.all():
        ring(publication)
    return response


@require_http_methods(["GET", "POST"])
@requires(Permission.EDITION_PUBLISH)
def recipient_list(request):
    form = RecipientForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = f"{form.cleaned_data['name']} is added."
        if is_done(request, form, said, actions.add_recipient, **form.cleaned_data):
            return redirect("reports:recipient-list")
    return render(request, "reports/recipient_list.html", {"recipients": Recipient.objects.all(), "form": form})


@require_safe
@requires(Permission.EDITION_PUBLISH)
def recipient_export(request, kind):
    return table_response(
        kind,
        title="Who is sent the annual report",
        headings=("Name", "Email address", "Named by the guidance", "Within how many days"),
        rows=(
            [each.name, each.email, "Yes" if each.is_statutory else "No", each.within_days]
            for each in Recipient.objects.all()
        ),
    )


@require_POST
@requires(Permission.EDITION_PUBLISH)
def recipient_remove(request, pk):
    recipient = get_object_or_404(Recipient, pk=pk)
    said = f"{recipient} is removed."
    return do_and_say(request, said, actions.remove_recipient, then=("reports:recipient-list",), recipient=recipient)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDITION_PUBLISH)
def receipt_record(request, pk):
    receipt = get_object_or_404(Receipt.objects.select_related("edition__report__period"), pk=pk)
    form = ReceiptForm(posted(request))
    said = f"It is recorded that {receipt.name} was sent the report."
    if form.is_valid() and is_done(request, form, said, actions.record_receipt, receipt=receipt, **form.cleaned_data):
        return _back(receipt.edition)
    return render(request, "reports/receipt_record.html", {"receipt": receipt, "form": form})


@require_POST
@requires(Permission.EDITION_PUBLISH)
def receipt_send(request, pk):
    receipt = get_object_or_404(Receipt.objects.select_related("edition__report__period"), pk=pk)
    then = ("reports:sign-off-detail", receipt.edition.report.period.code)
    return do_and_say(request, f"{receipt.name} is sent the address.", actions.send_receipt, then=then, receipt=receipt)


def _back(edition):
    return redirect("reports:sign-off-detail", year=edition.report.period.code)
