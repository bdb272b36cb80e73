"""One section as it stands: to be read, handed in and decided on."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.permissions import requires
from reports.assemble import assemble_with_figures
from reports.attention import promises, tally
from reports.blocks import KINDS
from reports.carrying import names_year
from reports.choices import RETELLINGS, SECTION_TRANSITIONS, SectionStatus, Variant, VersionAct
from reports.content import content_of
from reports.lapses import lapses, open_lapse
from reports.models import Block, Section
from reports.outline_forms import ReturnForm
from reports.overview import approved_figures, changed_in, words_of
from reports.plainness import hints
from reports.queries import points_on_impact, with_contents
from reports.rendering.html import section_body, with_changed_figures, with_remarks
from reports.retelling import own_parts, retelling_of, retold
from reports.views.threads import comments_context

ACTIVITY_ONLY = "Activity only: nothing linked shows it"
LATEST_VERSIONS = 5
NOT_YOURS = "This section is written by the board team and whoever they asked to write it."


def get_section(request, pk):
    sections = Section.objects.visible_to(request.user)
    return get_object_or_404(
        sections.select_related(
            "report__period", "parent", "owner", "priority", "writer", "carried_from__report__period"
        ),
        pk=pk,
    )


def get_section_to_write(request, pk):
    """The section; refused to those who may read it and not write it."""
    section = get_section(request, pk)
    if not Section.objects.editable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied(NOT_YOURS)
    return section


def read_section(document, section):
    """The section as it stands in the Document."""
    return next(each for each in document.sections if each.id == section.pk)


@require_safe
@requires(Permission.REPORT_READ)
def section_detail(request, pk):
    return show_section(request, get_section(request, pk))


def show_section(request, section, **more):
    """The section's page; `more` is what a decision that failed has to say."""
    document, figures = assemble_with_figures(section.report)
    points = points_on_impact([section], document.figures)
    blocks = list(with_contents(section.blocks.all()))
    changed = changed_in(blocks, approved_figures([section]).get(section.pk, ()), figures.get(section.pk, ()))
    body = section_body(document, with_remarks(read_section(document, section), _remarks(points)))
    versions = list(section.versions.select_related("by").defer("blocks", "figures"))
    ended, lapse = lapses(versions), open_lapse(versions)
    context = {
        "section": section,
        "body": with_changed_figures(body, changed),
        "words": words_of(block for block in blocks if block.is_in_report),
        "retellings": _retellings(document, section, blocks),
        "changed": changed,
        "activity": [point for point in points if point.is_activity_only],
        "impact": tally(points),
        "problems": _problems(document, section),
        "can_record": request.user.may(Permission.MEASURE_MANAGE),
        "history": [{"version": version, "ended": ended.get(version.pk)} for version in versions[:LATEST_VERSIONS]],
        "lapse": lapse and {"version": lapse, "ended": ended[lapse.pk]},
        "carried": _carried(section, blocks),
        "promises": promises(item for block in blocks for item in content_of(block).items),
        "drawn": _drawn_from_records(blocks),
        "item_answers": _item_answers(section),
        "taken_out": Block.with_removed.filter(section=section, removed_at__isnull=False).select_related("removed_by"),
        **_what_can_be_done(request.user, section, versions),
        **comments_context(request, section),
        **more,
    }
    return render(request, "reports/section_detail.html", context)


def _retellings(document, section, blocks):
    """What the section says in the short version and the children's version: its own parts, and those of the report."""
    shown = [read_section(document, section)]
    found = []
    for variant in RETELLINGS:
        told_here = next((each for each in retelling_of(document, variant).sections if each.id == section.pk), None)
        own = told_here and own_parts(told_here, shown)
        found.append(
            {
                "variant": variant,
                "body": section_body(retold(document, variant), own) if own and own.blocks else "",
                "from_above": [
                    block for block in blocks if block.stands_in(variant) and not (own and _is_in(own, block))
                ],
                "hints": hints(told_here) if told_here and variant == Variant.CHILDRENS else [],
            }
        )
        shown += [own] if own else []
    return found


def _is_in(section, block):
    return any(each.id == block.pk for each in section.blocks)


def _what_can_be_done(user, section, versions):
    can_edit = Section.objects.editable_by(user).filter(pk=section.pk).exists()
    can_decide = user.may(Permission.SECTION_APPROVE) and section.status == SectionStatus.SUBMITTED
    seen = max((version.number for version in versions), default=0)
    return {
        "can_edit": can_edit,
        "can_submit": can_edit and SectionStatus.SUBMITTED in SECTION_TRANSITIONS[section.status],
        "can_decide": can_decide,
        "can_arrange": user.may(Permission.REPORT_ARRANGE),
        "seen": seen,
        "form": ReturnForm(initial={"seen": seen}) if can_decide else None,
        "returned": _returned(versions),
    }


def _returned(versions):
    """The version with which the board asked for changes, until the section is handed in again."""
    acts = (VersionAct.SUBMITTED, VersionAct.RETURNED, VersionAct.APPROVED)
    last = next((version for version in versions if version.act in acts), None)
    return last if last and last.act == VersionAct.RETURNED else None


def _problems(document, section):
    """What could not be resolved in the section, each once."""
    return list({each.message: each for each in document.problems if each.section_id == section.pk}.values())


def _carried(section, blocks):
    """The blocks that nobody has checked since they were carried over, each with whether it names the year before."""
    before = section.carried_from.report.period if section.carried_from else None
    return [
        {"block": block, "names": before if before and names_year(content_of(block), before) else ""}
        for block in blocks
        if block.is_carried
    ]


def _item_answers(section):
    """What the section answers of the guidance that its report answers."""
    answers = section.item_answers.filter(item__guidance=section.report.guidance_id, item__withdrawn_at=None)
    return answers.select_related("item").order_by("item__order")


def _drawn_from_records(blocks):
    """The kinds of the section's blocks that are drawn from records, in their order, each once."""
    kinds = dict.fromkeys(block.kind for block in blocks)
    return [KINDS[kind] for kind in kinds if KINDS[kind].records]


def _remarks(points):
    """What the section's page says beneath its points on impact, by block and place."""
    return {(point.block_id, point.position): "; ".join(map(str, point.evidence)) or ACTIVITY_ONLY for point in points}
