"""The history of a section: its versions, what differs between two of them, and bringing one back."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partnership.choices import Permission
from partnership.doing import is_done, posted
from partnership.downloads import table_response
from partnership.permissions import requires
from reports import actions
from reports.comparison import compare_versions, read_version
from reports.content import as_json, from_json, words_in
from reports.lapses import lapses
from reports.models import Section
from reports.outline_forms import CompareForm, RestoreForm
from reports.queries import with_contents
from reports.views.reading import get_section, get_section_to_write

ON_A_PAGE = 50
A_MINUTE = timedelta(minutes=1)


@require_safe
@requires(Permission.REPORT_READ)
def version_list(request, pk):
    section = get_section(request, pk)
    versions = _named(section)
    ended = lapses(versions)
    page = Paginator(section.versions.select_related("by"), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": section,
        "page": page,
        "rows": [
            {
                "version": version,
                "words": _words(version),
                "is_long": version.at - version.began_at >= A_MINUTE,
                "ended": ended.get(version.pk),
            }
            for version in page
        ],
        "compare": CompareForm(versions=versions, initial=_first_comparison(versions)),
        "can_edit": _is_writable(request.user, section),
    }
    return render(request, "reports/version_list.html", context)


def _named(section):
    """Every version of a section without what stood there, to choose from."""
    return list(section.versions.select_related("by").defer("blocks", "figures"))


def _words(version):
    return sum(words_in(from_json(data)) for data in version.blocks)


def _first_comparison(versions):
    """The latest version with the one before it; a first one with the section as it stands."""
    numbers = [str(version.number) for version in versions[:2]]
    return dict(zip(("to", "from"), numbers, strict=True)) if len(numbers) > 1 else {"from": "".join(numbers)}


def _is_writable(user, section):
    return Section.objects.editable_by(user).filter(pk=section.pk).exists()


@require_safe
@requires(Permission.REPORT_READ)
def version_export(request, pk, kind):
    """Every version of a section: who did what when, and why."""
    section = get_section(request, pk)
    versions = section.versions.select_related("by")
    return table_response(
        kind,
        title=f"Versions of {section}",
        headings=("Version", "What was done", "By", "From", "To", "Reason", "Words"),
        rows=(
            [
                version.number,
                version.get_act_display(),
                str(version.by or ""),
                _written(version.began_at),
                _written(version.at),
                version.reason,
                _words(version),
            ]
            for version in versions
        ),
    )


def _written(moment):
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


@require_safe
@requires(Permission.REPORT_READ)
def section_version(request, pk, number):
    section = get_section(request, pk)
    version = get_object_or_404(section.versions.select_related("by"), number=number)
    context = {
        "section": section,
        "version": version,
        "blocks": read_version(version.blocks),
        "words": _words(version),
        "can_edit": _is_writable(request.user, section),
    }
    return render(request, "reports/section_version.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def version_compare(request, pk):
    """`?from=3&to=5`, or without `to` against the section as it stands now."""
    section = get_section(request, pk)
    versions = _named(section)
    form = CompareForm(request.GET, versions=versions)
    if not form.is_valid():
        return redirect("reports:version-list", pk=pk)
    by_number = {str(version.number): version for version in versions}
    old, new = by_number[form.cleaned_data["from"]], by_number.get(form.cleaned_data["to"])
    now = new.blocks if new else [as_json(block) for block in with_contents(section.blocks.all())]
    compared = compare_versions(old.blocks, now)
    context = {
        "section": section,
        "form": form,
        "old": old,
        "new": new,
        "compared": compared,
        "is_same": all(block.fate == "kept" for block in compared),
        "can_edit": _is_writable(request.user, section),
    }
    return render(request, "reports/version_compare.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_READ)
def version_restore(request, pk, number):
    section = get_section_to_write(request, pk)
    version = _to_restore(request, section, number)
    form = RestoreForm(posted(request), initial={"version": version.pk})
    said = f"{section} stands again as in version {version.number}. What stood before is kept as a version too."
    if (
        request.method == "POST"
        and form.is_valid()
        and is_done(request, form, said, actions.restore_version, version=version, reason=form.cleaned_data["reason"])
    ):
        return redirect("reports:section-detail", pk=pk)
    now = [as_json(block) for block in with_contents(section.blocks.all())]
    context = {
        "section": section,
        "version": version,
        "form": form,
        "compared": compare_versions(now, version.blocks),
    }
    return render(request, "reports/version_restore.html", context)


def _to_restore(request, section, number):
    """The version that the page showed: while somebody reads it, others who write may give it another number."""
    form = RestoreForm(request.POST)
    form.is_valid()
    shown = form.cleaned_data.get("version")
    return get_object_or_404(section.versions.select_related("by"), **({"pk": shown} if shown else {"number": number}))
