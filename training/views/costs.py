from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.downloads import table_response
from partnership.permissions import requires
from training.costs import costs
from training.rates import COST_PER_ATTENDANCE


@require_safe
@requires(Permission.REPORT_READ)
def cost_list(request):
    """What training cost by course and year, and what an attendance cost."""
    return render(request, "training/cost_list.html", {"years": costs(), "definition": COST_PER_ATTENDANCE})


@require_safe
@requires(Permission.REPORT_READ)
def cost_export(request, kind):
    return table_response(
        kind,
        title="Costs of training",
        headings=(
            "Year",
            "Course",
            "Sessions held",
            "Sessions whose cost is known",
            "Cost in pounds",
            "Attendances at those sessions",
            "Cost per attendance",
            "What cost per attendance means",
        ),
        rows=(
            [
                year.period.label,
                row.course.title,
                row.held,
                row.sessions,
                row.cost,
                row.attended_text if row.attended.number is None else int(row.attended.number),
                row.each,
                COST_PER_ATTENDANCE,
            ]
            for year in costs()
            for row in year.rows
        ),
    )
